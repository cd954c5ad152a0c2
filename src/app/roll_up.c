#include "app/roll_up.h"

#include "app/explain_inside.h"
#include "app/lens_held.h"
#include "store/store.h"

struct question {
	struct app *app;
	str word;
	const struct app_lens *lens;
	struct view_roll_up *out;
};

/* The unit's own measures, with what is said beside each. */
static enum status list_own(const struct question *q, const struct app_state *state, struct score_input *parts,
			    struct err *err)
{
	struct view_objective own = {0};
	struct app_explain e = {.app = q->app,
				.as_of_ms = q->out->lens.at_ms,
				.node = q->out->lens.unit,
				.state = *state,
				.objective = &own};
	e.state.tree.tree = *q->out->lens.tree;
	e.state.parts = parts;
	TRY(app_explain_own(&e, q->out->objective, err));
	q->out->measures = own.measures;
	q->out->n_measures = own.n_measures;
	return OK;
}

/* Reads the measures of the one objective, where they can be read by it. */
static enum status look(void *ctx, struct err *err)
{
	struct question *q = ctx;
	const struct model_objective *o;
	const struct model *model;
	struct view_lens lens;
	struct app_state state;
	struct score_input *parts;
	int node;
	TRY(app_lens_view(q->app, q->lens, &model, &lens, err));
	if (!q->word.n && model->n_objectives)
		q->word = model->objectives[0].id;
	TRY(app_load_objective(model, q->word, &o, err));
	int objective = (int)(o - model->objectives);
	TRY(app_load_objective_state(q->app, lens.at_ms, o->id, lens.unit_id, &node, &state, err));
	TRY(app_load_parts_at(q->app, &state, lens.tree, lens.at_ms, &parts, err));
	TRY(view_roll_up_fill(&parts[app_load_part(&state, objective)], lens.unit, objective, q->app->arena, q->out,
			      err));
	q->out->lens = lens;
	return list_own(q, &state, parts, err);
}

enum status app_roll_up(struct app *app, str objective, const struct app_lens *lens, struct view_roll_up *out,
			struct err *err)
{
	struct view_roll_up filled;
	struct question q = {.app = app, .word = objective, .lens = lens, .out = &filled};
	TRY(store_read(app->db, look, &q, err));
	*out = filled;
	return OK;
}
