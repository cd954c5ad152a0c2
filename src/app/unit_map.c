#include "app/unit_map.h"

#include "app/hold.h"
#include "app/lens_held.h"
#include "core/portfolio.h"
#include "store/store.h"

/* What is done with a unit of the tree. */
struct place {
	bool in, open, shut;     /* in scope; its children are shown, or are not whatever else opens them */
	int row, leaf;           /* places in the view; -1: not shown, no leaf in scope */
	int64_t children, shown; /* directly below and in scope; of those, rows */
};

struct question {
	struct app *app;
	const struct app_unit_map *map;
	const struct model *model;
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

static bool is_top(const struct question *q, int unit)
{
	int parent = q->out.lens.tree->units[unit].parent;
	return parent == UNIT_NONE || !q->places[parent].in;
}

/* A child of an open unit that is on its page. */
static bool on_page(const struct question *q, int unit)
{
	const struct place *parent = &q->places[q->out.lens.tree->units[unit].parent];
	int64_t at = parent->children - (parent->row == 0 ? q->out.from : 0);
	bool there = parent->row >= 0 && parent->open && at >= 0;
	return there && (!q->map->limit || at < q->map->limit);
}

/* Scope comes first: what is opened depends on how many units there are. */
static void scope_unit(struct question *q, int unit)
{
	struct place *p = &q->places[unit];
	p->in = in_scope(q, unit);
	p->row = p->leaf = -1;
	if (!p->in)
		return;
	q->out.units++;
	if (unit_is_leaf(q->out.lens.tree, unit))
		p->leaf = (int)q->out.leaves++;
}

static void place_unit(struct question *q, int unit)
{
	struct place *p = &q->places[unit];
	bool top = is_top(q, unit), all = q->map->all || q->out.units <= q->map->few;
	if (!p->in)
		return;
	p->open = top || ((p->open || all) && !p->shut);
	bool shown = top || on_page(q, unit);
	if (shown && q->map->limit && q->out.n == VIEW_UNIT_MAP_ROWS) {
		q->out.cut = true;
		shown = false;
	}
	if (shown)
		p->row = (int)q->out.n++;
	if (top)
		return;
	struct place *parent = &q->places[q->out.lens.tree->units[unit].parent];
	parent->children++;
	parent->shown += shown;
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
	for (size_t i = 0; i < q->map->n_shut; i++) {
		int unit = unit_find(tree, q->map->shut[i]);
		if (unit != UNIT_NONE)
			q->places[unit].shut = true;
	}
	q->out.from = q->map->from;
	for (int u = 0; u < tree->n; u++)
		scope_unit(q, u);
	for (int u = 0; u < tree->n; u++)
		place_unit(q, u);
	size_t leaves = (size_t)q->out.leaves, n_categories = q->model->n_categories;
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

/* What is known of one unit. */
struct standing {
	int unit;
	int64_t leaves, known;
	const struct score_mean *program;
	const struct score_category *categories;
};

static enum status take(struct question *q, const struct standing *s, struct err *err)
{
	const struct place *p = &q->places[s->unit];
	size_t n = q->model->n_categories;
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
	bool leaf = unit_is_leaf(q->out.lens.tree, s->unit);
	q->rows[p->row] = (struct view_unit_map_row){.unit = s->unit,
						     .depth = depth_of(q, s->unit),
						     .leaf = leaf,
						     .open = p->open && !leaf,
						     .children = p->children,
						     .shown = p->shown,
						     .leaves = s->leaves,
						     .known = s->known,
						     .program = *s->program,
						     .categories = categories};
	return OK;
}

static enum status take_score(void *ctx, const struct score *s, struct err *err)
{
	struct standing one = {s->unit, s->leaves, s->known, &s->program, s->categories};
	return take(ctx, &one, err);
}

/* From the scores that are held. */
static enum status take_held(void *ctx, const struct app_base *base, const struct portfolio *p, struct err *err)
{
	struct question *q = ctx;
	for (int u = 0; u < base->tree.tree.n; u++) {
		struct standing one = {u, 0, 0, portfolio_program(p, u), portfolio_categories(p, u)};
		portfolio_leaves(p, u, &one.leaves, &one.known);
		TRY(take(q, &one, err));
	}
	return OK;
}

static enum status find_lowest(struct question *q, struct err *err)
{
	size_t n = q->model->n_categories;
	int *lowest = arena_new(q->app->arena, int, n);
	if (!lowest)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		lowest[i] = view_unit_map_lowest(&q->out, i);
	q->out.lowest = lowest;
	return OK;
}

/* From the measures: of fewer deployment types, or where nothing is held. */
static enum status score_units(struct question *q, struct err *err)
{
	struct app_lens_held held;
	struct app_lens_moment now;
	TRY(app_lens_open(q->app, &q->map->lens, &held, err));
	TRY(app_lens_now(&held, &now, err));
	return score_all_parts(now.parts, now.n_parts, q->app->arena, take_score, q, err);
}

static enum status look(void *ctx, struct err *err)
{
	struct question *q = ctx;
	bool looked = false;
	TRY(app_lens_view(q->app, &q->map->lens, &q->model, &q->out.lens, err));
	q->out.model = q->model;
	TRY(place_all(q, err));
	if (!q->out.lens.deployment)
		TRY(app_hold_look(q->app, q->out.lens.at_ms, take_held, q, &looked, err));
	if (!looked)
		TRY(score_units(q, err));
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
