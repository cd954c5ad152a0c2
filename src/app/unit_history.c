#include "app/unit_inside.h"

#include "base/time.h"
#include "store/store.h"

struct history {
	struct app *app;
	struct store_tree now;
	struct store_tree_head *heads; /* the last one recorded first */
	size_t n;
	struct view_unit_tree *list;
	int64_t tree;
	struct view_unit_step *step;
};

/* Until when a tree holds: the next one begins, or another one with the same beginning was recorded later. */
static int64_t until_of(const struct history *h, size_t i)
{
	int64_t until = TIME_FOREVER;
	for (size_t k = 0; k < h->n; k++) {
		const struct store_tree_head *other = &h->heads[k];
		if (other->since_ms > h->heads[i].since_ms && other->since_ms - 1 < until)
			until = other->since_ms - 1;
		if (k < i && other->since_ms == h->heads[i].since_ms)
			return INT64_MIN;
	}
	return until;
}

static struct view_unit_tree tree_of(const struct history *h, size_t i)
{
	const struct store_tree_head *head = &h->heads[i];
	return (struct view_unit_tree){.id = head->id,
				       .since_ms = head->since_ms,
				       .until_ms = until_of(h, i),
				       .recorded_ms = head->recorded_ms,
				       .actor = head->actor,
				       .units = head->units,
				       .now = head->id == h->now.id};
}

static enum status load(struct history *h, struct err *err)
{
	bool some;
	TRY(app_unit_allow(h->app, &some, &h->now, err));
	return store_unit_heads(h->app->db, h->app->arena, &h->heads, &h->n, err);
}

static enum status list(void *ctx, struct err *err)
{
	struct history *h = ctx;
	TRY(load(h, err));
	h->list = arena_new(h->app->arena, struct view_unit_tree, h->n);
	if (!h->list)
		return err_full(err);
	for (size_t i = 0; i < h->n; i++)
		h->list[i] = tree_of(h, i);
	return OK;
}

enum status app_unit_history(struct app *app, const struct view_unit_tree **out, size_t *n, struct err *err)
{
	struct history h = {.app = app};
	TRY(store_read(app->db, list, &h, err));
	*out = h.list;
	*n = h.n;
	return OK;
}

static enum status load_tree(const struct history *h, int64_t id, const struct unit_tree **out, struct err *err)
{
	struct store_tree *t = arena_new(h->app->arena, struct store_tree, 1);
	if (!t)
		return err_full(err);
	TRY(store_unit_tree_of(h->app->db, id, h->app->arena, t, err));
	*out = &t->tree;
	return OK;
}

static enum status step(void *ctx, struct err *err)
{
	struct history *h = ctx;
	TRY(load(h, err));
	if (!h->tree && !h->now.id)
		return err_set(err, E_NOT_FOUND, "no units yet");
	if (!h->tree)
		h->tree = h->now.id;
	TRY(load_tree(h, h->tree, &h->step->units, err));
	for (size_t i = 0; i < h->n; i++) {
		if (h->heads[i].id != h->tree)
			continue;
		h->step->tree = tree_of(h, i);
		if (i + 1 < h->n)
			TRY(load_tree(h, h->heads[i + 1].id, &h->step->before, err));
	}
	return unit_diff(h->step->before, h->step->units, h->app->arena, &h->step->diff, err);
}

enum status app_unit_step(struct app *app, int64_t tree, struct view_unit_step *out, struct err *err)
{
	struct view_unit_step filled = {0};
	struct history h = {.app = app, .tree = tree, .step = &filled};
	TRY(store_read(app->db, step, &h, err));
	*out = filled;
	return OK;
}

/* ---- since when there is a unit ---- */

struct begin {
	struct app *app;
	str unit;
	int64_t at_ms, since_ms;
	bool found;
};

static enum status find_begin(void *ctx, struct err *err)
{
	struct begin *b = ctx;
	struct store_tree then;
	bool some;
	TRY(store_unit_begin(b->app->db, b->unit, b->at_ms, &some, &b->since_ms, err));
	if (!some)
		return OK;
	TRY(app_load_tree(b->app, b->since_ms, &then, err));
	b->found = app_access(b->app, ACCESS_READER, &then.tree, unit_find(&then.tree, b->unit), NULL) == OK;
	return OK;
}

enum status app_unit_begin(struct app *app, str unit, int64_t at_ms, bool *found, int64_t *since_ms, struct err *err)
{
	struct begin b = {.app = app, .unit = unit, .at_ms = at_ms};
	TRY(store_read(app->db, find_begin, &b, err));
	*found = b.found;
	*since_ms = b.since_ms;
	return OK;
}

/* ---- what a file would do ---- */

struct look {
	struct app *app;
	const struct unit_tree *tree;
	int64_t since_ms;
	struct unit_diff *diff;
	struct view_unit_import *out;
};

static enum status compare(void *ctx, struct err *err)
{
	struct look *l = ctx;
	struct store_tree now, *then = arena_new(l->app->arena, struct store_tree, 1);
	struct err none = {0};
	bool some;
	if (!then)
		return err_full(err);
	TRY(app_unit_allow(l->app, &some, &now, err));
	enum status status = app_load_tree(l->app, l->since_ms, then, &none);
	if (status != OK && status != E_NOT_FOUND) {
		*err = none;
		return status;
	}
	TRY(unit_diff(status == OK ? &then->tree : NULL, l->tree, l->app->arena, l->diff, err));
	l->out->unchanged = status == OK && !l->diff->n;
	return OK;
}

enum status app_unit_look(struct app *app, struct source *from, struct app_time since, struct unit_diff *diff,
			  struct view_unit_import *out, struct err *err)
{
	struct unit_tree *tree = arena_new(app->arena, struct unit_tree, 1);
	struct view_unit_import v = {.since_ms = app_load_time(app, since)};
	struct look l = {.app = app, .tree = tree, .since_ms = v.since_ms, .diff = diff, .out = &v};
	if (!tree)
		return err_full(err);
	TRY(app_unit_read(from, app->arena, tree, err));
	TRY(store_read(app->db, compare, &l, err));
	v.units = tree->n;
	v.root_id = tree->units[0].id;
	for (int u = 0; u < tree->n; u++)
		v.leaves += unit_is_leaf(tree, u);
	*out = v;
	return OK;
}
