#include "app/answer.h"

#include "app/access.h"
#include "app/change.h"
#include "app/place.h"
#include "store/review.h"
#include "store/store.h"

struct job {
	struct app *app;
	str objective, unit;
	int64_t seq;
	struct view_answer_now *out;
};

/* Why it cannot be taken back; OK: it can. */
static enum status check_undo(struct app *app, const struct store_answer *answer, struct err *err)
{
	struct store_answer_place place = {answer->said.line, answer->said.unit, answer->said.objective};
	struct store_review review;
	int64_t last;
	if (!str_eq(answer->actor, app->actor))
		return err_set(err, E_DENIED, "only \"%.*s\", who gave this answer, may take it back",
			       STR_ARG(answer->actor));
	if (app->now_ms - answer->recorded_ms >= APP_PLACE_UNDO_MS) {
		err_set(err, E_CONFLICT, "an answer can be taken back for 15 minutes");
		err_hint(err, "give another one: it counts instead from its time on");
		return E_CONFLICT;
	}
	TRY(store_review_made(app->db, answer->seq, app->arena, &review, err));
	if (!review.id)
		TRY(store_review_of(app->db, answer->seq, app->arena, &review, err));
	if (review.id)
		return err_set(err, E_CONFLICT, "\"%.*s\" has reviewed this answer", STR_ARG(review.actor));
	TRY(store_answer_last(app->db, &place, &last, err));
	if (last != answer->seq)
		return err_set(err, E_CONFLICT, "another answer was recorded since");
	return OK;
}

static enum status fill_now(struct app *app, const struct store_answer_place *place, struct view_answer_now *out,
			    struct err *err)
{
	struct store_answer answer;
	struct err why;
	*out = (struct view_answer_now){.undo_until_ms = INT64_MIN};
	TRY(store_answer_current(app->db, place, app->now_ms, app->arena, &answer, err));
	if (!answer.seq)
		return OK;
	TRY(app_place_show(app, &answer, &out->said, err));
	enum status status = check_undo(app, &answer, &why);
	if (status == OK)
		out->undo_until_ms = answer.recorded_ms + APP_PLACE_UNDO_MS;
	if (status == OK || status == E_DENIED || status == E_CONFLICT)
		return OK;
	if (err)
		*err = why;
	return status;
}

static enum status now(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app_place place;
	TRY(app_place_find(job->app, ACCESS_READER, job->objective, job->unit, &place, err));
	return fill_now(job->app, &place.key, job->out, err);
}

enum status app_answer_now(struct app *app, str objective, str unit, struct view_answer_now *out, struct err *err)
{
	struct job job = {.app = app, .objective = objective, .unit = unit, .out = out};
	return store_read(app->db, now, &job, err);
}

static enum status undo(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_answer answer;
	bool known = true;
	TRY(store_answer_find(app->db, job->seq, app->arena, &answer, err));
	if (answer.seq)
		TRY(app_access_knows(app, answer.said.unit, &known, err));
	if (!answer.seq || !known)
		return err_set(err, E_NOT_FOUND, "no answer number %lld", (long long)job->seq);
	TRY(app_place_permit(app, ACCESS_ASSESSOR, answer.said.objective, answer.said.unit, true, err));
	TRY(check_undo(app, &answer, err));
	TRY(store_answer_undo(app->db, answer.seq, (struct store_stamp){app->now_ms, app->actor}, err));
	TRY(app_place_forget_answer(app, &answer, err));
	struct store_answer_place place = {answer.said.line, answer.said.unit, answer.said.objective};
	return fill_now(app, &place, job->out, err);
}

enum status app_answer_undo(struct app *app, int64_t seq, struct view_answer_now *out, struct err *err)
{
	struct job job = {.app = app, .seq = seq, .out = out};
	return app_change(app, undo, &job, err);
}
