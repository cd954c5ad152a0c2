#include "app/answer.h"

#include "app/attach.h"
#include "app/change.h"
#include "app/place.h"
#include "base/limits.h"
#include "base/time.h"

struct job {
	struct app *app;
	const struct app_answer *answer;
	struct app_attach attach;
	struct view_answer *out;
};

static enum status check_reasons(const struct app_answer *a, struct err *err)
{
	if (a->not_applicable && !str_trim(a->because).n) {
		err_set(err, E_INVALID, "\"not applicable\" needs its justification");
		err_hint(err, "say why: --because TEXT");
		return E_INVALID;
	}
	if (a->override_until.given && !str_trim(a->because).n) {
		err_set(err, E_INVALID, "an override needs its reason");
		err_hint(err, "say why the check is wrong: --because TEXT");
		return E_INVALID;
	}
	if (a->reviewed && ((!a->evidence_file.n && !a->n_documents) || !str_trim(a->reviewer).n)) {
		err_set(err, E_INVALID, "a reviewed answer needs evidence and a reviewer");
		err_hint(err, "give both: --evidence FILE --reviewed-by NAME");
		return E_INVALID;
	}
	return OK;
}

static enum status check_tally(struct measure_tally t, struct err *err)
{
	const int64_t counts[] = {t.yes, t.no, t.unknown};
	static const char *const names[] = {"yes", "no", "unknown"};
	for (int i = 0; i < 3; i++) {
		if (counts[i] >= 0 && counts[i] <= LIMIT_COUNT)
			continue;
		err_set(err, E_INVALID, "\"%lld\" is no count for %s", (long long)counts[i], names[i]);
		err_hint(err, "a count is a whole number from 0 to " MEASURE_COUNT_MOST);
		return E_INVALID;
	}
	return OK;
}

static enum status check_answer(const struct app *app, const struct app_answer *a, struct err *err)
{
	TRY(check_reasons(a, err));
	TRY(check_tally(a->tally, err));
	if (a->reviewed && app->who) {
		err_set(err, E_DENIED, "nobody confirms in another person's name");
		err_hint(err, "who reviews it confirms it in the review");
		return E_DENIED;
	}
	if (!a->reviewed || !str_eq(str_trim(a->reviewer), app->actor))
		return OK;
	err_set(err, E_INVALID, "\"%.*s\" cannot review an own answer", STR_ARG(app->actor));
	err_hint(err, "a second person confirms it; who answers is named by --by");
	return E_INVALID;
}

/* Where the answer counts: the unit, as the tree was when it was observed. */
static enum status find_place(struct job *job, const struct model *m, int64_t observed_ms,
			      const struct model_objective **o, struct store_tree *tree, int *unit, struct err *err)
{
	TRY(app_load_objective(m, job->answer->objective, o, err));
	TRY(app_load_tree(job->app, observed_ms, tree, err));
	bool program = (*o)->scope == MODEL_SCOPE_PROGRAM;
	if (!job->answer->unit.n && !program) {
		err_set(err, E_INVALID, "%.*s is answered unit by unit", STR_ARG((*o)->id));
		err_hint(err, "name the unit: --unit UNIT");
		return E_INVALID;
	}
	TRY(app_access_find(job->app, &tree->tree, job->answer->unit, unit, err));
	TRY(app_place_permit(job->app, ACCESS_ASSESSOR, (*o)->id, tree->tree.units[*unit].id, true, err));
	if (!program || *unit == 0)
		return OK;
	err_set(err, E_INVALID, "%.*s is answered for the whole program, at the root \"%.*s\", not at \"%.*s\"",
		STR_ARG((*o)->id), STR_ARG(tree->tree.units[0].id), STR_ARG(job->answer->unit));
	return E_INVALID;
}

/* Did another answer come in since the caller looked? */
static enum status check_expected(struct job *job, const struct store_measure *m, struct err *err)
{
	const struct app_answer *a = job->answer;
	struct app *app = job->app;
	struct store_answer_place place = {m->line, m->unit, m->objective};
	struct store_answer now;
	if (!a->expected.given)
		return OK;
	TRY(store_answer_current(app->db, &place, app->now_ms, app->arena, &now, err));
	if (now.seq == a->expected.seq)
		return OK;
	if (a->conflict) {
		*a->conflict = (struct view_answer_conflict){.there = now.seq != 0};
		if (now.seq)
			TRY(app_place_show(app, &now, &a->conflict->theirs, err));
	}
	if (a->forced)
		return OK;
	if (!now.seq)
		err_set(err, E_CONFLICT, "the answer that was there was taken back");
	else
		err_set(err, E_CONFLICT, "\"%.*s\" answered in between", STR_ARG(now.actor));
	err_detail(err, "%.*s at \"%.*s\"", STR_ARG(m->objective), STR_ARG(m->unit));
	err_hint(err, "look at both; saving yours all the same keeps both, and yours counts");
	return E_CONFLICT;
}

static struct store_measure measure_of(const struct app_answer *a, const struct model *m,
				       const struct model_objective *o, str unit, int64_t observed)
{
	return (struct store_measure){
	    .line = m->line,
	    .unit = unit,
	    .objective = o->id,
	    .source = S("answer"),
	    .basis = a->reviewed ? MEASURE_REVIEWED : MEASURE_ATTESTED,
	    .tally = a->tally,
	    .not_applicable = a->not_applicable,
	    .observed_ms = observed,
	    .expires_ms = a->expires.given ? a->expires.ms : TIME_FOREVER,
	    .override_until_ms = a->override_until.given ? a->override_until.ms : INT64_MIN,
	    .justification = a->because.n ? a->because : (str){NULL, 0},
	    .reviewer = a->reviewed ? str_trim(a->reviewer) : (str){NULL, 0},
	};
}

static enum status keep(struct job *job, const struct store_measure *m, struct err *err)
{
	struct app *app = job->app;
	bool added;
	int64_t seq = 0;
	TRY(store_measure_add(app->db, m, (struct store_stamp){app->now_ms, app->actor}, &added, err));
	if (added) {
		TRY(store_measure_newest(app->db, &seq, err));
		TRY(store_answer_attach(app->db, seq, job->attach.list, job->attach.n, err));
	}
	*job->out = (struct view_answer){
	    .objective = m->objective,
	    .unit = m->unit,
	    .source = m->source,
	    .basis = m->basis,
	    .tally = m->tally,
	    .not_applicable = m->not_applicable,
	    .observed_ms = m->observed_ms,
	    .expires_ms = m->expires_ms,
	    .override_until_ms = m->override_until_ms,
	    .evidence_sha256 = m->evidence_sha256,
	    .unchanged = !added,
	    .seq = seq,
	};
	return OK;
}

static enum status record(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	const struct model *m = NULL;
	const struct model_objective *o = NULL;
	struct store_tree tree;
	int unit = 0;
	int64_t observed = app_load_time(app, job->answer->observed);
	TRY(app_load_check_observed(app, observed, err));
	TRY(app_load_model(app, &m, err));
	TRY(find_place(job, m, observed, &o, &tree, &unit, err));
	struct store_measure measure = measure_of(job->answer, m, o, tree.tree.units[unit].id, observed);
	TRY(check_expected(job, &measure, err));
	TRY(app_attach_store(&job->attach, err));
	TRY(app_attach_fill(&job->attach, &measure, err));
	TRY(keep(job, &measure, err));
	return app_place_forget(app, o, measure.unit, err);
}

enum status app_answer(struct app *app, const struct app_answer *answer, struct view_answer *out, struct err *err)
{
	struct job job = {.app = app, .answer = answer, .out = out};
	*out = (struct view_answer){0};
	TRY(check_answer(app, answer, err));
	TRY(app_attach_open(app, answer->evidence_file, answer->documents, answer->n_documents, &job.attach, err));
	enum status status = app_change(app, record, &job, err);
	app_attach_close(&job.attach);
	return status;
}
