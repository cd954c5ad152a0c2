#include "app/ladder.h"

#include "app/lens_held.h"
#include "app/target.h"
#include "store/answer.h"
#include "store/store.h"

struct question {
	struct app *app;
	str category;
	const struct app_lens *lens;
	struct app_lens_held held;
	struct app_lens_moment now;
	int at; /* index of the category */
	struct view_ladder_unit *units;
	struct view_spread *spread;
	int deepest; /* of the rows */
	struct view_ladder out;
};

/* ---- by unit ---- */

static int depth_below(const struct question *q, int unit)
{
	const struct unit_tree *tree = q->out.lens.tree;
	return tree->units[unit].depth - tree->units[q->out.lens.unit].depth;
}

/* Two levels of units, or one when that would be more than a page shows. */
static int choose_depth(const struct question *q)
{
	const struct unit_tree *tree = q->out.lens.tree;
	int top = q->out.lens.unit, rows = 0;
	for (int u = top + 1; u < top + tree->units[top].span; u++)
		rows += depth_below(q, u) <= 2;
	return rows > VIEW_LADDER_UNITS ? 1 : 2;
}

/* Rows and leaves by their places in the tree; packed afterwards. */
static enum status take_unit(void *ctx, const struct score *s, struct err *err)
{
	struct question *q = ctx;
	const struct unit_tree *tree = q->out.lens.tree;
	int place = s->unit - q->out.lens.unit - 1;
	(void)err;
	if (place < 0 || s->unit >= q->out.lens.unit + tree->units[q->out.lens.unit].span)
		return OK;
	const struct score_category *c = &s->categories[q->at];
	bool leaf = unit_is_leaf(tree, s->unit);
	int depth = depth_below(q, s->unit);
	if (depth <= q->deepest)
		q->units[place] = (struct view_ladder_unit){s->unit, depth, leaf, *c};
	if (leaf)
		q->spread[place] = (struct view_spread){s->unit, c->applicable ? c->index : 0};
	return OK;
}

static void pack(struct question *q, size_t n)
{
	struct view_ladder *out = &q->out;
	int32_t least = 0;
	out->lowest = UNIT_NONE;
	for (size_t i = 0; i < n; i++) {
		if (q->units[i].depth)
			q->units[out->n_units++] = q->units[i];
		if (!q->spread[i].unit) /* the root is below nothing, so 0 is no unit here */
			continue;
		if (q->spread[i].index && (out->lowest == UNIT_NONE || q->spread[i].index < least)) {
			out->lowest = q->spread[i].unit;
			least = q->spread[i].index;
		}
		q->spread[out->n_spread++] = q->spread[i];
	}
	out->units = q->units;
	out->spread = q->spread;
}

static enum status list_units(struct question *q, struct err *err)
{
	size_t n = (size_t)q->out.lens.tree->units[q->out.lens.unit].span - 1;
	size_t part = app_load_part(q->now.state, q->out.category->first_objective);
	q->units = arena_new(q->app->arena, struct view_ladder_unit, n);
	q->spread = arena_new(q->app->arena, struct view_spread, n);
	if (!q->units || !q->spread)
		return err_full(err);
	q->deepest = choose_depth(q);
	if (n)
		TRY(score_all(&q->now.parts[part], q->app->arena, take_unit, q, err));
	pack(q, n);
	return OK;
}

/* ---- reviews ---- */

/* As app_review_list has them: of the units and objectives that there are. */
static enum status count_waiting(void *ctx, const struct store_answer_count *count, struct err *err)
{
	struct question *q = ctx;
	struct view_ladder *out = &q->out;
	int unit = unit_find(out->lens.tree, count->unit);
	const struct model_objective *o = model_objective_find(out->model, count->objective);
	(void)err;
	if (unit != UNIT_NONE && unit_below(out->lens.tree, unit, out->lens.unit) && o && o->category == q->at &&
	    o->level <= out->now.level)
		out->waiting += count->n;
	return OK;
}

static enum status find_waiting(struct question *q, struct err *err)
{
	struct app *app = q->app;
	if (!q->out.attested || q->out.lens.at_ms != app->now_ms)
		return OK;
	return store_answer_waiting_count(app->db, q->out.model->line, app->now_ms, count_waiting, q, err);
}

/* ---- by deployment type ---- */

static enum status list_types(struct question *q, struct err *err)
{
	static const unsigned bits[] = {MODEL_SELF_HOSTED, MODEL_PAAS, MODEL_SAAS};
	const struct model_category *c = q->out.category;
	for (int t = 0; t < 3; t++) {
		struct view_ladder_type *out = &q->out.types[t];
		struct app_lens_moment moment = q->now;
		struct score s;
		TRY(app_lens_mask(&q->held, &moment, bits[t], err));
		TRY(app_lens_score_of(&q->held, &moment, q->at, &s, err));
		*out = (struct view_ladder_type){
		    .deployment = bits[t], .of = c->n_objectives, .score = s.categories[q->at]};
		for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++)
			out->objectives += (q->held.model->objectives[i].deployment & bits[t]) != 0;
	}
	return OK;
}

/* ---- the whole ---- */

static enum status find_category(struct question *q, struct err *err)
{
	const struct model *m = q->held.model;
	q->out.category = model_category_find(m, q->category);
	if (q->out.category) {
		q->at = (int)(q->out.category - m->categories);
		return OK;
	}
	err_set(err, E_NOT_FOUND, "the model %.*s has no category \"%.*s\"", STR_ARG(m->name), STR_ARG(q->category));
	err_hint(err, "see: aismm model show");
	return E_NOT_FOUND;
}

static enum status look(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct view_ladder *out = &q->out;
	struct score now, past = {0};
	const struct view_target_level *targets = NULL;
	TRY(app_lens_open(q->app, q->lens, &q->held, err));
	TRY(find_category(q, err));
	TRY(app_lens_now(&q->held, &q->now, err));
	out->model = q->held.model;
	out->lens = q->held.view;
	out->known = q->now.known;
	TRY(app_lens_score(&q->held, &q->now, &now, err));
	TRY(app_lens_past(&q->held, out->lens.vs_ms, q->at, &out->has_past, &past, err));
	if (out->has_past)
		out->past = past.categories[q->at];
	TRY(app_target_levels(q->app, out->model, out->lens.tree, out->lens.at_ms, &now, &targets, err));
	out->target = targets && targets[q->at].level ? &targets[q->at] : NULL;
	size_t part = app_load_part(q->now.state, out->category->first_objective);
	TRY(view_ladder_fill(out, &q->now.parts[part], &now, q->now.state->measures[part].check, q->app->arena, err));
	TRY(find_waiting(q, err));
	TRY(app_lens_course(&q->held, q->at, out->known, &now, out->points, err));
	TRY(list_units(q, err));
	return list_types(q, err);
}

enum status app_ladder(struct app *app, str category, const struct app_lens *lens, struct view_ladder *out,
		       struct err *err)
{
	struct question q = {.app = app, .category = category, .lens = lens};
	TRY(store_read(app->db, look, &q, err));
	*out = q.out;
	return OK;
}
