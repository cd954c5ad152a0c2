#include "app/explain_inside.h"

#include "core/view_current.h"
#include "core/view_step.h"
#include "store/store.h"

enum { SILENT_LISTED = 50 };

/* The unit is named before the objective, so that a question with two mistakes has one answer. */
static enum status load_objective(struct app_explain *q, struct err *err)
{
	TRY(app_load_objective_state(q->app, q->as_of_ms, q->word, q->unit, &q->node, &q->state, err));
	return score_at_parts(q->state.parts, q->state.n_parts, q->node, q->app->arena, &q->score, err);
}

void app_explain_span(const struct app_explain *q, const struct model_objective *o, int *first, int *end)
{
	bool program = o->scope == MODEL_SCOPE_PROGRAM;
	*first = program ? 0 : q->node;
	*end = program ? 1 : q->node + q->state.tree.tree.units[q->node].span;
}

/* What one measure adds to the node: nothing when the unit does not count, or rule 2 leaves it out. */
static struct view_measure describe(const struct app_explain *q, const struct model_objective *o,
				    const struct score_facts *f, const struct measure *m, bool applies)
{
	enum view_left_out why = !applies                            ? VIEW_BY_DEPLOYMENT
				 : f->not_applicable                 ? VIEW_BY_NOT_APPLICABLE
				 : score_keeps(o, f, m, q->as_of_ms) ? VIEW_KEPT
				 : f->override_in_force              ? VIEW_BY_OVERRIDE
								     : VIEW_BY_MEASUREMENT;
	bool kept = why == VIEW_KEPT;
	int64_t aged = m->observed_ms + o->max_age_ms;
	const struct store_measures *measures = &q->state.measures[app_load_part(&q->state, m->objective)];
	return (struct view_measure){
	    .unit = q->state.tree.tree.units[m->unit].id,
	    .source = measures->sources[m->source],
	    .basis = m->basis,
	    .not_applicable = m->not_applicable,
	    .overrides = m->overrides,
	    .stale = score_is_stale(m, o, q->as_of_ms),
	    .kept = kept,
	    .left_out = why,
	    .tally = m->tally,
	    .counted = kept ? score_counts(o, m, q->as_of_ms) : (struct measure_tally){0, 0, 0},
	    .observed_ms = m->observed_ms,
	    .seen_ms = view_current_seen(m, o, m->source == measures->check),
	    .expires_ms = m->expires_ms < aged ? m->expires_ms : aged,
	    .override_until_ms = m->override_until_ms,
	};
}

struct lists {
	struct view_measure *measures;
	int64_t *recorded; /* their running numbers */
	size_t n_measures, measures_cap;
	struct view_silent_unit *silent;
	size_t n_silent, n_listed, silent_cap;
};

static enum status add_measure(struct app_explain *q, struct lists *l, const struct measure *m, struct view_measure v,
			       struct err *err)
{
	if (l->n_measures == l->measures_cap) {
		size_t cap = l->measures_cap;
		l->recorded =
		    arena_grow(q->app->arena, l->recorded, l->n_measures, l->n_measures + 1, sizeof *l->recorded, &cap);
		l->measures = arena_grow(q->app->arena, l->measures, l->n_measures, l->n_measures + 1,
					 sizeof *l->measures, &l->measures_cap);
		if (!l->recorded || !l->measures)
			return err_full(err);
	}
	l->recorded[l->n_measures] = m->recorded;
	l->measures[l->n_measures++] = v;
	return OK;
}

/* Who said each of them, why, and from which file. */
static enum status name_origins(struct app_explain *q, struct lists *l, struct err *err)
{
	struct store_measure_more *more = arena_new(q->app->arena, struct store_measure_more, l->n_measures);
	if (!more)
		return err_full(err);
	TRY(store_measure_more_of(q->app->db, l->recorded, l->n_measures, q->app->arena, more, err));
	for (size_t i = 0; i < l->n_measures; i++) {
		struct view_measure *v = &l->measures[i];
		v->justification = more[i].justification;
		v->evidence_sha256 = more[i].evidence_sha256;
		v->error = more[i].error;
		v->author = more[i].actor;
		v->file = more[i].file_name;
		v->file_sha256 = more[i].file_sha256;
		v->file_line = more[i].file_line;
		v->reviewer = more[i].reviewer;
	}
	return OK;
}

static enum status add_silent(struct app_explain *q, struct lists *l, int unit, struct err *err)
{
	const struct unit *u = &q->state.tree.tree.units[unit];
	l->n_silent++;
	if (l->n_listed == SILENT_LISTED)
		return OK;
	if (l->n_listed == l->silent_cap &&
	    !(l->silent = arena_grow(q->app->arena, l->silent, l->n_listed, l->n_listed + 1, sizeof *l->silent,
				     &l->silent_cap)))
		return err_full(err);
	l->silent[l->n_listed++] = (struct view_silent_unit){u->id, u->size};
	return OK;
}

static enum status list_unit(struct app_explain *q, const struct model_objective *o, int unit, struct lists *l,
			     struct err *err)
{
	int objective = (int)(o - q->state.model->objectives);
	const struct score_input *in = &q->state.parts[app_load_part(&q->state, objective)];
	size_t first, n = score_group(in, unit, objective, &first);
	const struct measure *group = in->measures + first, *m;
	struct score_facts f = score_facts(in, objective, group, n);
	bool program = o->scope == MODEL_SCOPE_PROGRAM;
	bool applies = program || in->tree->units[unit].deployment & o->deployment;
	for (size_t at = 0; (m = score_next(in, group, n, &at));)
		TRY(add_measure(q, l, m, describe(q, o, &f, m, applies), err));
	if (f.present || !applies || !(program || unit_is_leaf(in->tree, unit)))
		return OK;
	return add_silent(q, l, unit, err);
}

static enum status list_measures(struct app_explain *q, const struct model_objective *o, int first, int end,
				 struct err *err)
{
	struct lists l = {0};
	for (int u = first; u < end; u++)
		TRY(list_unit(q, o, u, &l, err));
	TRY(name_origins(q, &l, err));
	q->objective->measures = l.measures;
	q->objective->n_measures = l.n_measures;
	q->objective->silent = l.silent;
	q->objective->n_silent = l.n_silent;
	q->objective->n_silent_listed = l.n_listed;
	return OK;
}

enum status app_explain_fill(struct app_explain *q, const struct model_objective *o, struct err *err)
{
	*q->objective = (struct view_objective){
	    .model = q->state.model,
	    .objective = o,
	    .unit_id = q->state.tree.tree.units[q->node].id,
	    .as_of_ms = q->as_of_ms,
	    .score = q->score.objectives[o - q->state.model->objectives],
	    .has_check = o->check.p && o->mode != MODEL_MANUAL,
	    .offset = q->offset,
	};
	int first, end;
	app_explain_span(q, o, &first, &end);
	TRY(list_measures(q, o, first, end, err));
	return q->objective->has_check ? app_explain_gaps(q, o, err) : OK;
}

enum status app_explain_own(struct app_explain *q, const struct model_objective *o, struct err *err)
{
	int first, end;
	app_explain_span(q, o, &first, &end);
	return list_measures(q, o, first, first + 1, err);
}

static enum status explain_objective(void *ctx, struct err *err)
{
	struct app_explain *q = ctx;
	const struct model_objective *o = NULL;
	struct view_offenders found;
	TRY(load_objective(q, err));
	TRY(app_load_objective(q->state.model, q->word, &o, err));
	TRY(app_explain_fill(q, o, err));
	if (!q->objective->has_check)
		return OK;
	TRY(app_explain_subjects(q, o, &found, err));
	q->objective->subjects_known = found.known;
	q->objective->subjects_not_met = found.not_met;
	q->objective->subjects_unknown = found.unknown;
	q->objective->n_subjects = found.n;
	q->objective->subjects = found.list;
	q->objective->subjects_note = found.note;
	return OK;
}

enum status app_explain_objective(struct app *app, str objective, str unit, struct app_time as_of, int64_t offset,
				  int64_t limit, struct view_objective *out, struct err *err)
{
	struct app_explain q = {.app = app,
				.word = objective,
				.unit = unit,
				.as_of_ms = app_load_time(app, as_of),
				.offset = offset,
				.limit = limit,
				.objective = out};
	return store_read(app->db, explain_objective, &q, err);
}

static enum status explain_category(void *ctx, struct err *err)
{
	struct app_explain *q = ctx;
	struct app_scored s;
	TRY(app_load_score(q->app, q->as_of_ms, q->unit, &s, err));
	q->state.model = s.model;
	q->score = s.score;
	const struct model_category *c = model_category_find(q->state.model, q->word);
	if (!c) {
		err_set(err, E_NOT_FOUND, "the model %.*s has no category \"%.*s\"", STR_ARG(q->state.model->name),
			STR_ARG(q->word));
		err_hint(err, "see: aismm model show");
		return E_NOT_FOUND;
	}
	struct score_category level = q->score.categories[c - q->state.model->categories];
	*q->category = (struct view_category){
	    .model = q->state.model,
	    .category = c,
	    .unit_id = s.tree.tree.units[s.node].id,
	    .as_of_ms = q->as_of_ms,
	    .score = level,
	    .target_level = level.applicable ? level.next_level : 0,
	    .objectives = q->score.objectives + c->first_objective,
	    .n_objectives = (size_t)c->n_objectives,
	};
	struct view_lift lift;
	TRY(view_step_lift(q->state.model, &q->score, (int)(c - q->state.model->categories), q->app->arena, &lift,
			   err));
	q->category->steps = lift.steps;
	q->category->n_steps = lift.n_steps;
	return OK;
}

enum status app_explain_category(struct app *app, str category, str unit, struct app_time as_of,
				 struct view_category *out, struct err *err)
{
	struct app_explain q = {
	    .app = app, .word = category, .unit = unit, .as_of_ms = app_load_time(app, as_of), .category = out};
	return store_read(app->db, explain_category, &q, err);
}

static enum status is_category(void *ctx, struct err *err)
{
	struct app_explain *q = ctx;
	TRY(app_load_model(q->app, &q->state.model, err));
	q->node = model_category_find(q->state.model, q->word) != NULL;
	return OK;
}

enum status app_explain_is_category(struct app *app, str word, bool *out, struct err *err)
{
	struct app_explain q = {.app = app, .word = word};
	TRY(store_read(app->db, is_category, &q, err));
	*out = q.node;
	return OK;
}
