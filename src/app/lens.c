#include "app/lens_held.h"

#include "app/access.h"
#include "app/setting.h"
#include "base/time.h"
#include "core/view_current.h"

/* A tree, with all measures of its units. */
struct app_lens_tree {
	struct app_lens_tree *next;
	struct app_state state;
	struct unit_tree seen; /* with the deployment types of the lens */
};

/* All reading of state: the tree that holds at an instant, and its measures. *out is NULL when no tree holds then. */
static enum status read_tree(struct app_lens_held *held, int64_t at_ms, struct app_lens_tree **out, struct err *err)
{
	struct app *app = held->app;
	struct app_lens_tree *t = arena_new(app->arena, struct app_lens_tree, 1);
	struct err none = {0};
	if (!t)
		return err_full(err);
	enum status status = app_load_tree(app, at_ms, &t->state.tree, &none);
	*out = NULL;
	if (status == E_NOT_FOUND)
		return OK;
	if (status != OK && err)
		*err = none;
	TRY(status);
	t->state.model = held->model;
	TRY(app_load_parts(app, at_ms, &t->state, err));
	*out = t;
	return OK;
}

static bool holds(const struct app_lens_tree *t, int64_t at_ms)
{
	return t->state.tree.since_ms <= at_ms && at_ms <= t->state.tree.until_ms;
}

/* Each tree is read once. */
static enum status tree_at(struct app_lens_held *held, int64_t at_ms, const struct app_lens_tree **out, struct err *err)
{
	struct app_lens_tree *t = held->trees;
	while (t && !holds(t, at_ms))
		t = t->next;
	if (!t) {
		TRY(read_tree(held, at_ms, &t, err));
		if (t) {
			t->seen = t->state.tree.tree;
			if (held->deployment != MODEL_ANY_DEPLOYMENT)
				TRY(unit_tree_mask(&t->state.tree.tree, held->deployment, held->app->arena, &t->seen,
						   err));
			t->next = held->trees;
			held->trees = t;
		}
	}
	*out = t;
	return OK;
}

static enum status show(const struct app_lens_held *held, const struct app_lens_tree *t, int unit, int64_t at_ms,
			struct app_lens_moment *out, struct err *err)
{
	struct score_input *parts;
	TRY(app_load_parts_at(held->app, &t->state, &t->seen, at_ms, &parts, err));
	*out = (struct app_lens_moment){.there = true,
					.known = view_current_any(parts, t->state.n_parts, unit),
					.unit = unit,
					.state = &t->state,
					.tree = &t->seen,
					.parts = parts,
					.n_parts = t->state.n_parts};
	return OK;
}

/* Of one objective an assignment opens the unit, too. */
static bool may_read(const struct app_lens_held *held, const struct unit_tree *tree, int unit)
{
	if (held->objective.n)
		return app_access_objective(held->app, ACCESS_READER, held->objective, tree, unit, NULL) == OK;
	return app_access(held->app, ACCESS_READER, tree, unit, NULL) == OK;
}

enum status app_lens_moment(struct app_lens_held *held, str unit, int64_t at_ms, struct app_lens_moment *out,
			    struct err *err)
{
	const struct app_lens_tree *t;
	TRY(tree_at(held, at_ms, &t, err));
	int u = t ? unit_find(&t->seen, unit) : UNIT_NONE;
	*out = (struct app_lens_moment){0};
	if (u == UNIT_NONE || !may_read(held, &t->seen, u))
		return OK;
	return show(held, t, u, at_ms, out, err);
}

enum status app_lens_now(const struct app_lens_held *held, struct app_lens_moment *out, struct err *err)
{
	return show(held, held->at, held->view.unit, held->view.at_ms, out, err);
}

enum status app_lens_mask(struct app_lens_held *held, struct app_lens_moment *moment, unsigned deployment,
			  struct err *err)
{
	struct unit_tree *tree = arena_new(held->app->arena, struct unit_tree, 1);
	if (!tree)
		return err_full(err);
	TRY(unit_tree_mask(moment->tree, deployment, held->app->arena, tree, err));
	moment->tree = tree;
	return app_load_parts_at(held->app, moment->state, tree, moment->parts->as_of_ms, &moment->parts, err);
}

enum status app_lens_score(const struct app_lens_held *held, const struct app_lens_moment *moment, struct score *out,
			   struct err *err)
{
	return score_at_parts(moment->parts, moment->n_parts, moment->unit, held->app->arena, out, err);
}

enum status app_lens_score_of(const struct app_lens_held *held, const struct app_lens_moment *moment, int category,
			      struct score *out, struct err *err)
{
	size_t part = app_load_part(moment->state, held->model->categories[category].first_objective);
	return score_at_parts(&moment->parts[part], 1, moment->unit, held->app->arena, out, err);
}

/* A tree there must be. */
static enum status need_tree(struct app_lens_held *held, int64_t at_ms, const struct app_lens_tree **out,
			     struct err *err)
{
	struct store_tree none;
	TRY(tree_at(held, at_ms, out, err));
	return *out ? OK : app_load_tree(held->app, at_ms, &none, err); /* says so as everywhere */
}

enum status app_lens_other(struct app_lens_held *held, str unit, int64_t at_ms, struct app_lens_moment *out,
			   struct err *err)
{
	const struct app_lens_tree *t;
	int u;
	TRY(need_tree(held, at_ms, &t, err));
	TRY(app_access_look(held->app, ACCESS_READER, &t->seen, unit, &u, err));
	return show(held, t, u, at_ms, out, err);
}

enum status app_lens_against(struct app *app, const struct app_lens *lens, const struct model *model, int64_t at_ms,
			     int64_t *out, struct err *err)
{
	int64_t months, before, first;
	bool some;
	if (lens->vs.given) {
		*out = lens->vs.ms;
		return OK;
	}
	TRY(app_setting_number(app, APP_SETTING_AGAINST, &months, err));
	TRY(store_measure_first(app->db, model->line, &some, &first, err));
	before = time_add_months(at_ms, -(int)months);
	*out = some && first > before && first < at_ms ? first : before;
	return OK;
}

/* Finds the unit, asks for permission to read it, and says what the lens shows. */
static enum status fill_view(struct app *app, const struct app_lens *lens, str objective, const struct model *model,
			     const struct unit_tree *tree, struct view_lens *out, struct err *err)
{
	int64_t at_ms = app_load_time(app, lens->at);
	unsigned bits = lens->deployment & MODEL_ANY_DEPLOYMENT;
	bool evaluated;
	int unit;
	TRY(objective.n ? app_access_look_objective(app, objective, tree, lens->unit, &unit, err)
			: app_access_look(app, ACCESS_READER, tree, lens->unit, &unit, err));
	struct view_lens view = {
	    .tree = tree,
	    .unit = unit,
	    .unit_id = tree->units[unit].id,
	    .unit_name = tree->units[unit].name,
	    .at_ms = at_ms,
	    .deployment = bits == MODEL_ANY_DEPLOYMENT ? 0 : bits,
	};
	TRY(app_lens_against(app, lens, model, at_ms, &view.vs_ms, err));
	TRY(store_measure_run_before(app->db, model->line, at_ms, &evaluated, &view.evaluated_ms, err));
	if (!evaluated)
		view.evaluated_ms = INT64_MIN;
	*out = view;
	return OK;
}

enum status app_lens_open_objective(struct app *app, const struct app_lens *lens, str objective,
				    struct app_lens_held *out, struct err *err)
{
	unsigned bits = lens->deployment & MODEL_ANY_DEPLOYMENT;
	struct app_lens_held held = {
	    .app = app, .deployment = bits ? bits : MODEL_ANY_DEPLOYMENT, .objective = objective};
	TRY(app_load_model(app, &held.model, err));
	TRY(need_tree(&held, app_load_time(app, lens->at), &held.at, err));
	TRY(fill_view(app, lens, objective, held.model, &held.at->seen, &held.view, err));
	*out = held;
	return OK;
}

enum status app_lens_view(struct app *app, const struct app_lens *lens, const struct model **model,
			  struct view_lens *out, struct err *err)
{
	unsigned bits = lens->deployment & MODEL_ANY_DEPLOYMENT;
	struct unit_tree *seen = arena_new(app->arena, struct unit_tree, 1);
	struct store_tree stored;
	if (!seen)
		return err_full(err);
	TRY(app_load_model(app, model, err));
	TRY(app_load_tree(app, app_load_time(app, lens->at), &stored, err));
	*seen = stored.tree;
	if (bits && bits != MODEL_ANY_DEPLOYMENT)
		TRY(unit_tree_mask(&stored.tree, bits, app->arena, seen, err));
	return fill_view(app, lens, (str){0}, *model, seen, out, err);
}

enum status app_lens_open(struct app *app, const struct app_lens *lens, struct app_lens_held *out, struct err *err)
{
	return app_lens_open_objective(app, lens, (str){0}, out, err);
}

enum status app_lens_past(struct app_lens_held *held, int64_t at_ms, int category, bool *known, struct score *out,
			  struct err *err)
{
	struct app_lens_moment moment;
	TRY(app_lens_moment(held, held->view.unit_id, at_ms, &moment, err));
	*known = moment.there && moment.known;
	if (!*known)
		return OK;
	return category == APP_LENS_WHOLE ? app_lens_score(held, &moment, out, err)
					  : app_lens_score_of(held, &moment, category, out, err);
}

enum status app_lens_course(struct app_lens_held *held, int category, bool known, const struct score *now,
			    struct view_point out[VIEW_COURSE_POINTS], struct err *err)
{
	int64_t times[VIEW_COURSE_POINTS];
	view_course_times(held->view.at_ms, times);
	for (int i = 0; i < VIEW_COURSE_POINTS; i++) {
		out[i] = (struct view_point){.at_ms = times[i]};
		if (i + 1 == VIEW_COURSE_POINTS) {
			out[i].known = known;
			out[i].score = *now;
		} else {
			TRY(app_lens_past(held, times[i], category, &out[i].known, &out[i].score, err));
		}
	}
	return OK;
}
