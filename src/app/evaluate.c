#include "app/change.h"
#include "app/verdict.h"

#include <stdio.h>
#include <string.h>

#include "app/access.h"
#include "app/link.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/score.h"

/* One evaluation at one instant; its arena goes when it is done. */
struct run {
	struct app app; /* the caller's, with an arena of its own */
	struct app *caller;
	struct app_state state;
	struct app_verdict_book book;
	int64_t at_ms, id;
	const bool *only; /* by objective: look at these; NULL = at all */
	bool *changed;    /* by objective: a measure was recorded */
	bool first;       /* the run that was asked for; its numbers are reported */
	int64_t newest;   /* running number of the last measure before this command */
	int64_t *tree;    /* of the run that was asked for */
	struct view_evaluation *out;
	size_t failures_cap, warnings_cap;
};

/* The check's last measure of (unit, objective) not later than an instant; NULL when there is none. */
static const struct measure *last_measure(const struct run *r, int unit, int objective, int64_t until_ms)
{
	size_t part = app_load_part(&r->state, objective);
	const struct score_input *in = &r->state.parts[part];
	const struct measure *last = NULL;
	size_t first, n = score_group(in, unit, objective, &first);
	for (size_t i = first; i < first + n; i++) {
		const struct measure *m = &in->measures[i];
		if (m->source == r->state.measures[part].check && m->observed_ms <= until_ms)
			last = m;
	}
	return last;
}

static bool says_the_same(const struct measure *m, const struct app_verdict_tally *t)
{
	return m && m->tally.yes == t->tally.yes && m->tally.no == t->tally.no &&
	       m->tally.unknown == t->tally.unknown && m->expires_ms == t->expires_ms;
}

static enum status record(struct run *r, const struct model_objective *o, int unit, const struct app_verdict_tally *t,
			  str error, struct err *err)
{
	struct store_measure m = {
	    .line = r->state.model->line,
	    .unit = r->state.tree.tree.units[unit].id,
	    .objective = o->id,
	    .source = S("check"),
	    .basis = MEASURE_MEASURED,
	    .tally = t->tally,
	    .observed_ms = r->at_ms,
	    .expires_ms = t->expires_ms,
	    .override_until_ms = INT64_MIN,
	    .error = error,
	    .run_id = r->id,
	};
	bool added;
	r->changed[o - r->state.model->objectives] = true;
	r->out->measures += r->first;
	return store_measure_add(r->app.db, &m, (struct store_stamp){r->app.now_ms, r->app.actor}, &added, err);
}

/* What an earlier run of this command has changed still stands at this one, and so for the next. */
static bool stands_on_this_command(const struct run *r, const struct measure *last)
{
	return !r->first && last && last->recorded > r->newest;
}

static enum status settle_unit(struct run *r, const struct model_objective *o, const struct app_verdict_result *result,
			       int unit, size_t first, size_t n, struct err *err)
{
	int objective = (int)(o - r->state.model->objectives);
	const struct measure *last = last_measure(r, unit, objective, r->at_ms);
	const struct measure *before = last_measure(r, unit, objective, r->at_ms - 1);
	struct app_verdict_tally t;
	bool leaf = unit_is_leaf(r->book.tree, unit), program = o->scope == MODEL_SCOPE_PROGRAM;
	if (!leaf && !program && !n && !last)
		return OK;
	TRY(app_verdict_tally(&r->book, o, result, unit, first, n, before ? measure_total(before->tally) : 0, &t, err));
	if (t.silent) {
		r->out->silent += r->first;
		r->changed[objective] |= stands_on_this_command(r, last);
		return OK;
	}
	if (says_the_same(last, &t)) {
		r->out->unchanged += r->first;
		r->changed[objective] |= stands_on_this_command(r, last);
		return OK;
	}
	return record(r, o, unit, &t, result->failed ? result->error : (str){NULL, 0}, err);
}

static enum status note_failure(struct run *r, const struct model_objective *o, str error, struct err *err)
{
	struct view_evaluation *out = r->out;
	struct arena *a = r->caller->arena;
	TRY(store_measure_run_failed(r->app.db, r->id, o->id, error, err));
	if (!r->first)
		return OK;
	struct view_check_failure *list = (struct view_check_failure *)out->failures;
	if (out->n_failures == r->failures_cap &&
	    !(list = arena_grow(a, list, out->n_failures, out->n_failures + 1, sizeof *list, &r->failures_cap)))
		return err_full(err);
	list[out->n_failures] = (struct view_check_failure){str_copy(a, o->id), str_copy(a, error)};
	out->failures = list;
	out->n_failures++;
	return OK;
}

static enum status note_strangers(struct run *r, const struct model_objective *o, int64_t n, struct err *err)
{
	struct view_evaluation *out = r->out;
	struct arena *a = r->caller->arena;
	char text[160];
	if (!r->first || !n)
		return OK;
	str *list = (str *)out->warnings;
	if (out->n_warnings == r->warnings_cap &&
	    !(list = arena_grow(a, list, out->n_warnings, out->n_warnings + 1, sizeof *list, &r->warnings_cap)))
		return err_full(err);
	int length = snprintf(text, sizeof text,
			      "%.*s: %lld rows belong to units that are not in the tree and count for nothing",
			      STR_ARG(o->id), (long long)n);
	list[out->n_warnings] = str_copy(a, (str){text, (size_t)length});
	out->warnings = list;
	out->n_warnings++;
	return OK;
}

static enum status settle_check(struct run *r, const struct model_objective *o, struct err *err)
{
	struct app_verdict_result result;
	TRY(app_verdict_run(&r->book, o, &result, err));
	if (result.failed)
		TRY(note_failure(r, o, result.error, err));
	TRY(note_strangers(r, o, result.strangers, err));
	r->out->checks += r->first;
	if (o->scope == MODEL_SCOPE_PROGRAM)
		return settle_unit(r, o, &result, 0, 0, result.n, err);
	size_t at = 0;
	for (int u = 0; u < r->book.tree->n; u++) {
		size_t first = at;
		while (at < result.n && result.list[at].unit == u)
			at++;
		TRY(settle_unit(r, o, &result, u, first, at - first, err));
	}
	return OK;
}

/* The rows of one check go before the next one runs. */
static enum status run_check(struct run *r, const struct model_objective *o, struct err *err)
{
	struct arena rows = ARENA(LIMIT_CHECK_BYTES);
	r->book.rows = &rows;
	enum status status = settle_check(r, o, err);
	arena_release(&rows);
	r->book.rows = NULL;
	return status;
}

static enum status evaluate_at(struct run *r, struct err *err)
{
	struct app *app = &r->app;
	TRY(app_load_state(app, r->at_ms, &r->state, err));
	if (r->first)
		*r->tree = r->state.tree.id;
	TRY(store_measure_run(app->db, r->state.model, r->at_ms, (struct store_stamp){app->now_ms, app->actor}, &r->id,
			      err));
	TRY(app_verdict_open(app, r->state.model, &r->state.tree.tree, r->at_ms, &r->book, err));
	for (size_t o = 0; o < r->state.model->n_objectives; o++) {
		const struct model_objective *objective = &r->state.model->objectives[o];
		if (!objective->check.p || objective->mode == MODEL_MANUAL || (r->only && !r->only[o]))
			continue;
		if (app->progress)
			app->progress(app->progress_ctx, objective->id, (int64_t)o,
				      (int64_t)r->state.model->n_objectives);
		TRY(run_check(r, objective, err));
		/* In another tree the units that were changed may be missing, only to come back. */
		r->changed[o] |= *r->tree != r->state.tree.id;
	}
	if (!r->first)
		return OK;
	return app_link_count(app, &r->book.links, r->at_ms, &r->out->unresolved_rows, &r->out->unresolved_names, err);
}

struct job {
	struct app *app;
	int64_t at_ms, tree, newest;
	struct view_evaluation *out;
	bool *only, *changed; /* by objective: to look at, and what was changed */
};

static enum status run_at(struct job *job, int64_t at_ms, bool first, struct err *err)
{
	struct arena arena = ARENA(LIMIT_COMMAND_BYTES);
	struct run r = {.app = *job->app,
			.caller = job->app,
			.at_ms = at_ms,
			.only = first ? NULL : job->only,
			.changed = job->changed,
			.first = first,
			.newest = job->newest,
			.tree = &job->tree,
			.out = job->out};
	r.app.arena = &arena;
	enum status status = evaluate_at(&r, err);
	arena_release(&arena);
	return status;
}

static bool any(const bool *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i])
			return true;
	return false;
}

/* An evaluation in the past may take away what a later run built on: that run looks again at what has changed. */
static enum status evaluate(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	const struct model *m = NULL;
	TRY(app_access_unit(app, ACCESS_ASSESSOR, (str){0}, err)); /* it judges every unit */
	TRY(app_load_model(app, &m, err));
	job->only = arena_new(app->arena, bool, m->n_objectives);
	job->changed = arena_new(app->arena, bool, m->n_objectives);
	if (!job->only || !job->changed)
		return err_full(err);
	TRY(store_measure_newest(app->db, &job->newest, err));
	int64_t at = job->at_ms;
	bool again = true;
	for (bool first = true; again; first = false) {
		memset(job->changed, 0, m->n_objectives * sizeof *job->changed);
		TRY(run_at(job, at, first, err));
		memcpy(job->only, job->changed, m->n_objectives * sizeof *job->changed);
		job->out->reruns += !first;
		again = any(job->changed, m->n_objectives);
		if (again)
			TRY(store_measure_run_after(app->db, m->line, at, &again, &at, err));
	}
	if (job->out->measures)
		TRY(store_score_forget_all(app->db, err));
	return app_load_repair(app, NULL, err);
}

enum status app_evaluate(struct app *app, struct app_time as_of, struct view_evaluation *out, struct err *err)
{
	struct job job = {.app = app, .at_ms = app_load_time(app, as_of), .out = out};
	*out = (struct view_evaluation){.as_of_ms = job.at_ms};
	TRY(app_load_check_observed(app, job.at_ms, err));
	return app_change(app, evaluate, &job, err);
}
