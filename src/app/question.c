#include "app/question.h"

#include "app/access.h"
#include "app/load.h"
#include "core/view_step.h"
#include "store/store.h"

struct job {
	struct app *app;
	str objective, unit;
	struct app_state state;
	struct measure_tally before; /* what the next answer takes the place of */
	struct view_question *out;
};

/* The tally of a node when the unit that is asked says yes for everybody: that takes the place of its last answer, or
   of the size that is assumed while nobody has said anything. */
static struct measure_tally granted(struct measure_tally node, struct measure_tally before, int64_t population)
{
	return (struct measure_tally){node.yes - before.yes + population, node.no - before.no,
				      node.unknown - before.unknown};
}

static enum status effect_at(struct job *job, int unit, struct err *err)
{
	struct view_question *out = job->out;
	const struct model *m = out->model;
	const struct model_objective *o = out->objective;
	size_t at = (size_t)(o - m->objectives);
	struct view_question_effect *e = &out->effects[out->n_effects++];
	struct score s;
	TRY(score_at_parts(job->state.parts, job->state.n_parts, unit, job->app->arena, &s, err));
	struct score_objective *then = arena_new(job->app->arena, struct score_objective, m->n_objectives);
	if (!then)
		return err_full(err);
	for (size_t i = 0; i < m->n_objectives; i++)
		then[i] = s.objectives[i];
	if (then[at].verdict != SCORE_NOT_APPLICABLE) {
		then[at].tally = granted(then[at].tally, job->before, out->population);
		then[at].verdict = score_verdict(then[at].tally, o->threshold_milli);
	}
	*e = (struct view_question_effect){.unit = unit,
					   .now = s.objectives[at],
					   .missing = view_step_missing(s.objectives[at].tally, o->threshold_milli),
					   .met = then[at].verdict == SCORE_MET,
					   .from = score_level(m, &m->categories[o->category], s.objectives),
					   .to = score_level(m, &m->categories[o->category], then)};
	return OK;
}

/* What the unit says now, by whom, and how many it is about. */
static void read_own(struct job *job)
{
	struct view_question *out = job->out;
	const struct model_objective *o = out->objective;
	int objective = (int)(o - job->state.model->objectives);
	size_t part = app_load_part(&job->state, objective);
	const struct score_input *in = &job->state.parts[part];
	const str *sources = job->state.measures[part].sources;
	size_t first = 0, n = score_group(in, out->unit, objective, &first), at = 0;
	const struct measure *group = in->measures + first, *m;
	struct score_facts facts = score_facts(in, objective, group, n);
	struct score_own own = score_own(in, out->unit, objective, group, n);
	int64_t said = 0;
	out->applies = own.applies;
	out->own = own.tally;
	job->before = own.present ? (struct measure_tally){0} : own.tally;
	while ((m = score_next(in, group, n, &at))) {
		bool check = m->basis == MEASURE_MEASURED && o->mode != MODEL_MANUAL && !facts.override_in_force;
		out->measured |= check;
		out->measured_stale |= check && !facts.measured_fresh;
		if (!str_eq(sources[m->source], S("answer")))
			continue;
		said = measure_total(m->tally);
		if (score_keeps(o, &facts, m, in->as_of_ms))
			job->before = score_counts(o, m, in->as_of_ms);
	}
	out->population = said > 0 ? said : measure_total(own.tally) > 0 ? measure_total(own.tally) : 1;
}

static enum status look(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct view_question *out = job->out;
	struct app_state *state = &job->state;
	struct unit_tree *tree = arena_new(app->arena, struct unit_tree, 1);
	if (!tree)
		return err_full(err);
	*out = (struct view_question){0};
	TRY(app_load_state(app, app->now_ms, state, err));
	TRY(app_load_objective(state->model, job->objective, &out->objective, err));
	TRY(app_access_look_objective(app, job->objective, &state->tree.tree, job->unit, &out->unit, err));
	*tree = state->tree.tree;
	out->tree = tree;
	out->model = state->model;
	read_own(job);
	if (app_access(app, ACCESS_READER, tree, out->unit, NULL) == OK)
		TRY(effect_at(job, out->unit, err));
	return out->unit && app_access(app, ACCESS_READER, tree, 0, NULL) == OK ? effect_at(job, 0, err) : OK;
}

enum status app_question(struct app *app, str objective, str unit, struct view_question *out, struct err *err)
{
	struct view_question filled;
	struct job job = {.app = app, .objective = objective, .unit = unit, .out = &filled};
	TRY(store_read(app->db, look, &job, err));
	*out = filled;
	return OK;
}
