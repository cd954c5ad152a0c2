#include "app/unit_map.h"

#include "app/lens_held.h"
#include "store/store.h"

/* What is done with a unit of the tree. */
struct place {
	bool in, open; /* in scope; its children are shown */
	int row, leaf; /* places in the view; -1: not shown, no leaf in scope */
};

struct question {
	struct app *app;
	const struct app_unit_map *map;
	struct app_lens_held held;
	struct place *places; /* by unit */
	struct view_unit_map_row *rows;
	int *spread_units;
	int32_t *spread;
	struct view_unit_map out;
};

/* Is the unit in scope: below the unit of the lens, or, where none was named, whatever the person may read? */
static bool in_scope(const struct question *q, int unit)
{
	const struct view_lens *lens = &q->out.lens;
	if (q->map->lens.unit.n || !q->app->who)
		return unit_below(lens->tree, unit, lens->unit);
	int parent = lens->tree->units[unit].parent;
	bool inherited = parent != UNIT_NONE && q->places[parent].in;
	return inherited || app_access(q->app, ACCESS_READER, lens->tree, unit, NULL) == OK;
}

static void place_unit(struct question *q, int unit)
{
	const struct unit_tree *tree = q->out.lens.tree;
	struct place *p = &q->places[unit];
	int parent = tree->units[unit].parent;
	*p = (struct place){.in = in_scope(q, unit), .open = p->open, .row = -1, .leaf = -1};
	if (!p->in)
		return;
	bool top = parent == UNIT_NONE || !q->places[parent].in;
	bool shown = top || (q->places[parent].row >= 0 && q->places[parent].open);
	p->open |= top || q->map->all;
	q->out.units++;
	if (shown)
		p->row = (int)q->out.n++;
	if (unit_is_leaf(tree, unit))
		p->leaf = (int)q->out.leaves++;
}

static enum status place_all(struct question *q, struct err *err)
{
	const struct unit_tree *tree = q->out.lens.tree;
	q->places = arena_new(q->app->arena, struct place, (size_t)tree->n);
	if (!q->places)
		return err_full(err);
	for (size_t i = 0; i < q->map->n_open; i++) {
		int unit = unit_find(tree, q->map->open[i]);
		if (unit != UNIT_NONE)
			q->places[unit].open = true;
	}
	for (int u = 0; u < tree->n; u++)
		place_unit(q, u);
	size_t leaves = (size_t)q->out.leaves, n_categories = q->held.model->n_categories;
	q->rows = arena_new(q->app->arena, struct view_unit_map_row, q->out.n);
	q->spread_units = arena_new(q->app->arena, int, leaves);
	q->spread = arena_new(q->app->arena, int32_t, leaves * n_categories);
	return q->rows && q->spread_units && q->spread ? OK : err_full(err);
}

/* How far below the topmost unit in scope. */
static int depth_of(const struct question *q, int unit)
{
	const struct unit_tree *tree = q->out.lens.tree;
	int depth = 0;
	for (int u = tree->units[unit].parent; u != UNIT_NONE && q->places[u].in; u = tree->units[u].parent)
		depth++;
	return depth;
}

static enum status take_score(void *ctx, const struct score *s, struct err *err)
{
	struct question *q = ctx;
	const struct place *p = &q->places[s->unit];
	size_t n = q->held.model->n_categories;
	if (p->leaf >= 0) {
		q->spread_units[p->leaf] = s->unit;
		for (size_t i = 0; i < n; i++)
			if (s->categories[i].applicable)
				q->spread[i * (size_t)q->out.leaves + (size_t)p->leaf] = s->categories[i].index;
	}
	if (p->row < 0)
		return OK;
	struct score_category *categories = arena_new(q->app->arena, struct score_category, n);
	if (!categories)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		categories[i] = s->categories[i];
	q->rows[p->row] = (struct view_unit_map_row){.unit = s->unit,
						     .depth = depth_of(q, s->unit),
						     .leaf = unit_is_leaf(q->out.lens.tree, s->unit),
						     .open = p->open && !unit_is_leaf(q->out.lens.tree, s->unit),
						     .leaves = s->leaves,
						     .known = s->known,
						     .program = s->program,
						     .categories = categories};
	return OK;
}

static enum status find_lowest(struct question *q, struct err *err)
{
	size_t n = q->held.model->n_categories;
	int *lowest = arena_new(q->app->arena, int, n);
	if (!lowest)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		lowest[i] = view_unit_map_lowest(&q->out, i);
	q->out.lowest = lowest;
	return OK;
}

static enum status look(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct app_lens_moment now;
	TRY(app_lens_open(q->app, &q->map->lens, &q->held, err));
	TRY(app_lens_now(&q->held, &now, err));
	q->out.model = q->held.model;
	q->out.lens = q->held.view;
	TRY(place_all(q, err));
	TRY(score_all_parts(now.parts, now.n_parts, q->app->arena, take_score, q, err));
	q->out.rows = q->rows;
	q->out.spread_units = q->spread_units;
	q->out.spread = q->spread;
	return find_lowest(q, err);
}

enum status app_unit_map(struct app *app, const struct app_unit_map *map, struct view_unit_map *out, struct err *err)
{
	struct question q = {.app = app, .map = map};
	TRY(store_read(app->db, look, &q, err));
	*out = q.out;
	return OK;
}
