#include "app/unit.h"

#include <string.h>

#include "app/change.h"
#include "app/hold.h"
#include "app/unit_inside.h"

#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/score.h"
#include "store/store.h"

static const str columns[] = {S("unit"), S("parent"), S("name"), S("deployments"), S("size")};
enum { UNIT, PARENT, NAME, DEPLOYMENTS, SIZE, COLUMNS };

static str cell(const struct csv_reader *csv, int at)
{
	return at < 0 ? (str){NULL, 0} : str_trim(csv->cells[at]);
}

static enum status read_row(const struct csv_reader *csv, const int at[COLUMNS], struct arena *a, struct unit_row *out,
			    struct err *err)
{
	str id = cell(csv, at[UNIT]), parent = cell(csv, at[PARENT]);
	str deployments = cell(csv, at[DEPLOYMENTS]), size = cell(csv, at[SIZE]);
	*out = (struct unit_row){.size = 1, .line = csv->line};
	if (app_load_check_id(id, "the unit's id", err) != OK)
		return csv_at(csv, (size_t)at[UNIT], err);
	if (parent.n && app_load_check_id(parent, "the parent's id", err) != OK)
		return csv_at(csv, (size_t)at[PARENT], err);
	out->deployment = deployments.n ? model_deployment_read(deployments) : 0;
	if (deployments.n && !out->deployment) {
		err_set(err, E_INVALID, "\"%.*s\" are not deployment types", STR_ARG(deployments));
		err_hint(err, "a type is self_hosted, paas or saas; several with ; between");
		return csv_at(csv, (size_t)at[DEPLOYMENTS], err);
	}
	if (size.n && (!str_to_i64(size, &out->size) || out->size < 1 || out->size > UNIT_SIZE_MAX)) {
		err_set(err, E_INVALID, "the size \"%.*s\" is not a whole number from 1 to %d", STR_ARG(size),
			UNIT_SIZE_MAX);
		err_hint(err, "size is the population to assume while nothing is known; leave it empty for 1");
		return csv_at(csv, (size_t)at[SIZE], err);
	}
	out->id = str_copy(a, id);
	out->parent = str_copy(a, parent);
	out->name = str_copy(a, cell(csv, at[NAME]));
	return out->id.p && out->parent.p && out->name.p ? OK : err_full(err);
}

enum status app_unit_read(struct source *from, struct arena *a, struct unit_tree *out, struct err *err)
{
	struct csv_reader csv;
	struct unit_row *rows = NULL;
	size_t n = 0, cap = 0;
	int at[COLUMNS];
	bool more;
	TRY(csv_open(&csv, from, a, err));
	TRY(csv_pick(&csv, from->name, columns, COLUMNS, NAME, at, err));
	for (;;) {
		TRY(csv_next(&csv, &more, err));
		if (!more)
			break;
		if (n == LIMIT_UNITS)
			return err_set(err, E_TOO_LARGE, "more than %d units", LIMIT_UNITS);
		if (n == cap && !(rows = arena_grow(a, rows, n, n + 1, sizeof *rows, &cap)))
			return err_full(err);
		TRY(read_row(&csv, at, a, &rows[n], err));
		n++;
	}
	return unit_tree_build(rows, n, from->name, a, out, err);
}

struct import {
	struct app *app;
	struct unit_tree tree;
	struct app_time since;
	struct view_unit_import *out;
};

enum status app_unit_allow(struct app *app, bool *some, struct store_tree *now, struct err *err)
{
	struct err why = {0};
	enum status status = app_load_tree(app, app->now_ms, now, &why);
	*some = status == OK;
	if (status == OK)
		return app_access_all(app, ACCESS_ADMIN, &now->tree, err);
	if (status == E_NOT_FOUND && (!app->who || access_role_most(app->who) == ACCESS_ADMIN))
		return OK;
	if (status == E_NOT_FOUND)
		return err_set(err, E_DENIED, "this needs the role \"admin\"");
	*err = why;
	return status;
}

static enum status add(void *ctx, struct err *err)
{
	struct import *in = ctx;
	struct store_tree now;
	bool unchanged, some;
	int64_t since;
	TRY(app_unit_allow(in->app, &some, &now, err));
	TRY(store_unit_add(in->app->db, &in->tree, in->since.given, in->since.ms, in->app->now_ms, in->app->actor,
			   &unchanged, &since, err));
	*in->out = (struct view_unit_import){
	    .unchanged = unchanged, .units = in->tree.n, .since_ms = since, .root_id = in->tree.units[0].id};
	for (int u = 0; u < in->tree.n; u++)
		in->out->leaves += unit_is_leaf(&in->tree, u);
	return unchanged ? OK : store_score_forget_all(in->app->db, err);
}

enum status app_unit_import(struct app *app, struct source *from, struct app_time since, struct view_unit_import *out,
			    struct err *err)
{
	struct import in = {.app = app, .since = since, .out = out};
	TRY(app_unit_read(from, app->arena, &in.tree, err));
	return app_change(app, add, &in, err);
}

struct listing {
	struct app *app;
	str unit;
	struct app_time as_of;
	struct view_units *out;
	struct app_state state;
	struct view_unit *units; /* of the whole tree */
	struct store_score *cached;
	bool missing;
};

static void use(struct listing *l, int u, struct score_mean program, const struct score_category *categories)
{
	const struct unit *unit = &l->state.tree.tree.units[u];
	l->units[u] = (struct view_unit){
	    .unit = unit,
	    .parent_id = unit->parent == UNIT_NONE ? (str){NULL, 0} : l->state.tree.tree.units[unit->parent].id,
	    .leaf = unit_is_leaf(&l->state.tree.tree, u),
	    .program = program,
	    .categories = categories,
	};
}

static enum status take_score(void *ctx, const struct score *s, struct err *err)
{
	struct listing *l = ctx;
	size_t n = l->state.model->n_categories;
	struct score_category *copy = arena_new(l->app->arena, struct score_category, n);
	if (!copy)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		copy[i] = s->categories[i];
	use(l, s->unit, s->program, copy);
	return OK;
}

/* From the scores that are held: of the unit and those below it alone. */
static enum status take_held(void *ctx, const struct app_base *base, const struct portfolio *p, struct err *err)
{
	struct listing *l = ctx;
	size_t n = base->model->n_categories;
	int top;
	TRY(app_access_look(l->app, ACCESS_READER, &base->tree.tree, l->unit, &top, err));
	size_t span = (size_t)base->tree.tree.units[top].span;
	struct score_category *all = arena_new(l->app->arena, struct score_category, span * n);
	l->units = arena_new(l->app->arena, struct view_unit, (size_t)base->tree.tree.n);
	if (!l->units || !all)
		return err_full(err);
	l->state.model = base->model;
	l->state.tree = base->tree;
	for (int u = top; u < top + (int)span; u++, all += n) {
		memcpy(all, portfolio_categories(p, u), n * sizeof *all);
		use(l, u, *portfolio_program(p, u), all);
	}
	return OK;
}

/* Only the current instant has derived rows; any other is computed in full. */
static enum status load_listing(void *ctx, struct err *err)
{
	struct listing *l = ctx;
	int64_t at = app_load_time(l->app, l->as_of);
	bool held;
	TRY(app_hold_look(l->app, at, take_held, l, &held, err));
	if (held)
		return OK;
	TRY(app_load_model(l->app, &l->state.model, err));
	TRY(app_load_tree(l->app, at, &l->state.tree, err));
	int n = l->state.tree.tree.n;
	l->units = arena_new(l->app->arena, struct view_unit, (size_t)n);
	if (!l->units)
		return err_full(err);
	l->missing = l->as_of.given;
	if (!l->as_of.given) {
		TRY(store_score_load(l->app->db, l->state.model, &l->state.tree.tree, at, l->app->arena, &l->cached,
				     err));
		for (int u = 0; u < n; u++) {
			l->missing |= !l->cached[u].valid;
			use(l, u, l->cached[u].program, l->cached[u].categories);
		}
	}
	if (!l->missing)
		return OK;
	TRY(app_load_state(l->app, at, &l->state, err));
	return score_all_parts(l->state.parts, l->state.n_parts, l->app->arena, take_score, l, err);
}

enum status app_unit_list(struct app *app, str unit, struct app_time as_of, struct view_units *out, struct err *err)
{
	struct listing l = {.app = app, .unit = unit, .as_of = as_of};
	int top;
	TRY(store_read(app->db, load_listing, &l, err));
	TRY(app_access_look(app, ACCESS_READER, &l.state.tree.tree, unit, &top, err));
	*out = (struct view_units){
	    .model = l.state.model,
	    .as_of_ms = app_load_time(app, as_of),
	    .since_ms = l.state.tree.since_ms,
	    .n = (size_t)l.state.tree.tree.units[top].span,
	    .units = l.units + top,
	};
	return OK;
}
