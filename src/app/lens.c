#include "app/lens_held.h"

#include "app/frame.h"
#include "base/time.h"
#include "core/view_current.h"

/* A tree, with all measures of its units. */
struct app_lens_tree {
	struct app_lens_tree *next;
	struct store_tree stored;
	struct unit_tree seen; /* with the deployment types of the lens */
	struct store_measures measures;
};

/* All reading of state: the tree that holds at an instant, and its measures. *out is NULL when no tree holds then. */
static enum status read_tree(struct app_lens_held *held, int64_t at_ms, struct app_lens_tree **out, struct err *err)
{
	struct app *app = held->app;
	struct app_lens_tree *t = arena_new(app->arena, struct app_lens_tree, 1);
	struct err none = {0};
	if (!t)
		return err_full(err);
	enum status status = app_load_tree(app, at_ms, &t->stored, &none);
	*out = NULL;
	if (status == E_NOT_FOUND)
		return OK;
	if (status != OK && err)
		*err = none;
	TRY(status);
	TRY(store_measure_load(app->db, held->model, &t->stored.tree, app->arena, &t->measures, err));
	*out = t;
	return OK;
}

static bool holds(const struct app_lens_tree *t, int64_t at_ms)
{
	return t->stored.since_ms <= at_ms && at_ms <= t->stored.until_ms;
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
			t->seen = t->stored.tree;
			if (held->deployment != MODEL_ANY_DEPLOYMENT)
				TRY(unit_tree_mask(&t->stored.tree, held->deployment, held->app->arena, &t->seen, err));
			t->next = held->trees;
			held->trees = t;
		}
	}
	*out = t;
	return OK;
}

static void show(const struct app_lens_held *held, const struct app_lens_tree *t, int unit, int64_t at_ms,
		 struct app_lens_moment *out)
{
	*out = (struct app_lens_moment){
	    .there = true,
	    .unit = unit,
	    .measures = &t->measures,
	    .input = {.model = held->model,
		      .tree = &t->seen,
		      .measures = t->measures.list,
		      .n_measures = t->measures.n,
		      .retired = t->measures.retired,
		      .n_retired = t->measures.n_retired,
		      .as_of_ms = at_ms},
	};
	out->known = view_current_any(&out->input, unit);
}

enum status app_lens_moment(struct app_lens_held *held, str unit, int64_t at_ms, struct app_lens_moment *out,
			    struct err *err)
{
	const struct app_lens_tree *t;
	TRY(tree_at(held, at_ms, &t, err));
	int u = t ? unit_find(&t->seen, unit) : UNIT_NONE;
	*out = (struct app_lens_moment){0};
	if (u != UNIT_NONE && app_access(held->app, ACCESS_READER, &t->seen, u, NULL) == OK)
		show(held, t, u, at_ms, out);
	return OK;
}

void app_lens_now(const struct app_lens_held *held, struct app_lens_moment *out)
{
	show(held, held->at, held->view.unit, held->view.at_ms, out);
}

enum status app_lens_mask(struct app_lens_held *held, struct app_lens_moment *moment, unsigned deployment,
			  struct err *err)
{
	struct unit_tree *tree = arena_new(held->app->arena, struct unit_tree, 1);
	if (!tree)
		return err_full(err);
	TRY(unit_tree_mask(moment->input.tree, deployment, held->app->arena, tree, err));
	moment->input.tree = tree;
	return OK;
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
	TRY(app_frame_unit(held->app, &t->seen, unit, &u, err));
	show(held, t, u, at_ms, out);
	return OK;
}

enum status app_lens_open(struct app *app, const struct app_lens *lens, struct app_lens_held *out, struct err *err)
{
	int64_t at_ms = app_load_time(app, lens->at);
	unsigned bits = lens->deployment & MODEL_ANY_DEPLOYMENT;
	struct app_lens_held held = {.app = app, .deployment = bits ? bits : MODEL_ANY_DEPLOYMENT};
	bool evaluated;
	int unit;
	TRY(app_load_model(app, &held.model, err));
	TRY(need_tree(&held, at_ms, &held.at, err));
	TRY(app_frame_unit(app, &held.at->seen, lens->unit, &unit, err));
	const struct unit *u = &held.at->seen.units[unit];
	held.view = (struct view_lens){
	    .tree = &held.at->seen,
	    .unit = unit,
	    .unit_id = u->id,
	    .unit_name = u->name,
	    .at_ms = at_ms,
	    .vs_ms = lens->vs.given ? lens->vs.ms : time_add_months(at_ms, -12),
	    .deployment = held.deployment == MODEL_ANY_DEPLOYMENT ? 0 : held.deployment,
	};
	TRY(store_measure_run_before(app->db, held.model->line, at_ms, &evaluated, &held.view.evaluated_ms, err));
	if (!evaluated)
		held.view.evaluated_ms = INT64_MIN;
	*out = held;
	return OK;
}

enum status app_lens_past(struct app_lens_held *held, int64_t at_ms, bool *known, struct score *out, struct err *err)
{
	struct app_lens_moment moment;
	TRY(app_lens_moment(held, held->view.unit_id, at_ms, &moment, err));
	*known = moment.there && moment.known;
	return *known ? score_at(&moment.input, moment.unit, held->app->arena, out, err) : OK;
}

enum status app_lens_course(struct app_lens_held *held, bool known, const struct score *now,
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
			TRY(app_lens_past(held, times[i], &out[i].known, &out[i].score, err));
		}
	}
	return OK;
}
