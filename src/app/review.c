#include "app/review.h"

#include "app/access.h"
#include "app/attach.h"
#include "app/change.h"
#include "app/place.h"
#include "app/words.h"
#include "base/limits.h"
#include "store/review.h"
#include "store/store.h"

struct job {
	struct app *app;
	const struct app_review *review;
	struct app_attach attach;
	struct store_answer answer;
	struct view_reviewed *out;
};

/* ---- the queue ---- */

struct queue {
	struct app *app;
	str unit;
	int64_t after;
	size_t limit;
	const struct model *model;
	struct store_tree tree;
	int top;
	struct view_review *list;
	size_t n;
	int64_t waiting, last;
	bool more;
	struct view_reviews *out;
};

static enum status add_waiting(void *ctx, const struct store_answer *answer, struct err *err)
{
	struct queue *q = ctx;
	int unit = unit_find(&q->tree.tree, answer->said.unit);
	const struct model_objective *o = model_objective_find(q->model, answer->said.objective);
	if (unit == UNIT_NONE || !unit_below(&q->tree.tree, unit, q->top) || !o)
		return OK;
	q->waiting++;
	if (answer->seq <= q->after)
		return OK;
	if (q->n == q->limit) {
		q->more = true;
		return OK;
	}
	struct view_review *v = &q->list[q->n++];
	*v = (struct view_review){0};
	TRY(app_place_show(q->app, answer, &v->said, err));
	const struct measure m = {.observed_ms = answer->said.observed_ms, .expires_ms = answer->said.expires_ms};
	v->stale = score_is_stale(&m, o, q->app->now_ms);
	v->evident = v->said.n_documents > 0;
	q->last = answer->seq;
	return OK;
}

static enum status list(void *ctx, struct err *err)
{
	struct queue *q = ctx;
	struct app *app = q->app;
	TRY(app_load_model(app, &q->model, err));
	TRY(app_load_tree(app, app->now_ms, &q->tree, err));
	TRY(app_access_look(app, ACCESS_ASSESSOR, &q->tree.tree, q->unit, &q->top, err));
	q->list = arena_new(app->arena, struct view_review, q->limit);
	if (!q->list)
		return err_full(err);
	TRY(store_answer_waiting(app->db, q->model->line, app->now_ms, app->arena, add_waiting, q, err));
	*q->out =
	    (struct view_reviews){q->tree.tree.units[q->top].id, q->waiting, q->n, q->list, q->more ? q->last : 0};
	return OK;
}

enum status app_review_list(struct app *app, str unit, int64_t after, size_t limit, struct view_reviews *out,
			    struct err *err)
{
	struct queue q = {.app = app,
			  .unit = unit,
			  .after = after,
			  .limit = limit < 1 || limit > LIMIT_PAGE ? LIMIT_PAGE : limit,
			  .out = out};
	return store_read(app->db, list, &q, err);
}

/* ---- one answer ---- */

static struct store_answer_place place_of(const struct store_answer *answer)
{
	return (struct store_answer_place){answer->said.line, answer->said.unit, answer->said.objective};
}

static enum status check_current(struct app *app, const struct store_answer *answer, struct err *err)
{
	struct store_answer_place place = place_of(answer);
	struct store_answer now;
	TRY(store_answer_current(app->db, &place, app->now_ms, app->arena, &now, err));
	if (now.seq == answer->seq)
		return OK;
	err_set(err, E_CONFLICT, "%.*s at \"%.*s\" was answered again since", STR_ARG(place.objective),
		STR_ARG(place.unit));
	err_detail(err, "the answer is number %lld now, by \"%.*s\"", (long long)now.seq, STR_ARG(now.actor));
	err_hint(err, "look at the new one: aismm review list");
	return E_CONFLICT;
}

/* The answer, if it waits for this person. */
static enum status find(struct job *job, struct err *err)
{
	struct app *app = job->app;
	struct store_answer *answer = &job->answer;
	struct store_review before;
	bool known = true;
	TRY(store_answer_find(app->db, job->review->seq, app->arena, answer, err));
	if (answer->seq)
		TRY(app_access_knows(app, answer->said.unit, &known, err));
	if (!answer->seq || !known) {
		err_set(err, E_NOT_FOUND, "no answer number %lld", (long long)job->review->seq);
		err_hint(err, "see: aismm review list");
		return E_NOT_FOUND;
	}
	TRY(app_place_permit(app, ACCESS_ASSESSOR, answer->said.objective, answer->said.unit, false, err));
	if (app_words_same(answer->actor, app->actor)) {
		err_set(err, E_DENIED, "\"%.*s\" cannot review an own answer", STR_ARG(app->actor));
		err_hint(err, "a second person looks at it");
		return E_DENIED;
	}
	TRY(check_current(app, answer, err));
	TRY(store_review_of(app->db, answer->seq, app->arena, &before, err));
	if (before.id)
		return err_set(err, E_CONFLICT, "\"%.*s\" has returned this answer; it waits to be given again",
			       STR_ARG(before.actor));
	if (answer->said.basis != MEASURE_ATTESTED)
		return err_set(err, E_CONFLICT, "this answer was reviewed already, by \"%.*s\"",
			       STR_ARG(answer->said.reviewer));
	return OK;
}

static enum status keep(struct job *job, int64_t reviewed_seq, struct err *err)
{
	struct app *app = job->app;
	const struct store_answer *answer = &job->answer;
	int64_t id;
	struct store_review review = {.answer_seq = answer->seq,
				      .reviewed_seq = reviewed_seq,
				      .comment = str_trim(job->review->comment),
				      .actor = app->actor,
				      .recorded_ms = app->now_ms};
	if (!review.comment.n)
		review.comment = S("");
	TRY(store_review_add(app->db, &review, &id, err));
	*job->out = (struct view_reviewed){.answer = answer->seq,
					   .seq = reviewed_seq,
					   .objective = answer->said.objective,
					   .unit = answer->said.unit,
					   .author = answer->actor,
					   .reviewer = app->actor,
					   .comment = review.comment};
	return OK;
}

/* The answer once more, now reviewed: its author stays its author. */
static enum status confirm(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_answer_document *before = NULL;
	size_t n;
	bool added;
	int64_t seq;
	TRY(find(job, err));
	TRY(store_answer_documents(app->db, job->answer.seq, app->arena, &before, &n, err));
	TRY(app_attach_store(&job->attach, err));
	TRY(app_attach_before(&job->attach, before, n, err));
	if (!job->attach.n) {
		err_set(err, E_INVALID, "no document stands behind this answer");
		err_hint(err, "a reviewed answer needs evidence: --evidence FILE, or return it");
		return E_INVALID;
	}
	struct store_measure m = job->answer.said;
	m.basis = MEASURE_REVIEWED;
	m.reviewer = app->actor;
	TRY(app_attach_fill(&job->attach, &m, err));
	TRY(store_measure_add(app->db, &m, (struct store_stamp){app->now_ms, job->answer.actor}, &added, err));
	if (!added)
		return err_set(err, E_BUG, "a review was recorded before");
	TRY(store_measure_newest(app->db, &seq, err));
	TRY(store_answer_attach(app->db, seq, job->attach.list, job->attach.n, err));
	TRY(keep(job, seq, err));
	return app_place_forget_answer(app, &job->answer, err);
}

enum status app_review_confirm(struct app *app, const struct app_review *review, struct view_reviewed *out,
			       struct err *err)
{
	struct job job = {.app = app, .review = review, .out = out};
	TRY(app_words_check(review->comment, false, "the comment", err));
	TRY(app_attach_open(app, review->evidence_file, review->documents, review->n_documents, &job.attach, err));
	enum status status = app_change(app, confirm, &job, err);
	app_attach_close(&job.attach);
	return status;
}

static enum status give_back(void *ctx, struct err *err)
{
	struct job *job = ctx;
	TRY(find(job, err));
	return keep(job, 0, err);
}

enum status app_review_return(struct app *app, const struct app_review *review, struct view_reviewed *out,
			      struct err *err)
{
	struct job job = {.app = app, .review = review, .out = out};
	if (app_words_check(review->comment, true, "the comment", err) != OK) {
		err_hint(err, "say what is missing, so that the author can act on it");
		return E_INVALID;
	}
	return app_change(app, give_back, &job, err);
}

/* ---- taking it back ---- */

static enum status check_undo(struct app *app, const struct store_review *review, const struct store_answer *answer,
			      struct err *err)
{
	struct store_answer_place place = place_of(answer);
	int64_t last, newest = review->reviewed_seq ? review->reviewed_seq : answer->seq;
	if (!str_eq(review->actor, app->actor))
		return err_set(err, E_DENIED, "only \"%.*s\", who reviewed this answer, may take that back",
			       STR_ARG(review->actor));
	if (app->now_ms - review->recorded_ms >= APP_PLACE_UNDO_MS) {
		err_set(err, E_CONFLICT, "a review can be taken back for 15 minutes");
		err_hint(err, "the question can be answered again");
		return E_CONFLICT;
	}
	TRY(store_answer_last(app->db, &place, &last, err));
	return last == newest ? OK : err_set(err, E_CONFLICT, "another answer was recorded since");
}

static enum status undo(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_answer *answer = &job->answer;
	struct store_stamp stamp = {app->now_ms, app->actor};
	struct store_review review;
	bool known = true;
	TRY(store_answer_find(app->db, job->review->seq, app->arena, answer, err));
	TRY(store_review_of(app->db, job->review->seq, app->arena, &review, err));
	if (answer->seq)
		TRY(app_access_knows(app, answer->said.unit, &known, err));
	if (!answer->seq || !review.id || !known)
		return err_set(err, E_NOT_FOUND, "no review of an answer number %lld", (long long)job->review->seq);
	TRY(app_place_permit(app, ACCESS_ASSESSOR, answer->said.objective, answer->said.unit, false, err));
	TRY(check_undo(app, &review, answer, err));
	TRY(store_review_undo(app->db, review.id, stamp, err));
	if (review.reviewed_seq)
		TRY(store_answer_undo(app->db, review.reviewed_seq, stamp, err));
	*job->out = (struct view_reviewed){.answer = answer->seq,
					   .seq = review.reviewed_seq,
					   .objective = answer->said.objective,
					   .unit = answer->said.unit,
					   .author = answer->actor,
					   .reviewer = review.actor,
					   .comment = review.comment,
					   .undone = true};
	return review.reviewed_seq ? app_place_forget_answer(app, answer, err) : OK;
}

enum status app_review_undo(struct app *app, int64_t seq, struct view_reviewed *out, struct err *err)
{
	struct app_review named = {.seq = seq};
	struct job job = {.app = app, .review = &named, .out = out};
	return app_change(app, undo, &job, err);
}
