#include "app/access.h"

#include "app/load.h"

/* ---- the unit that somebody names ---- */

static bool sees(const struct app *app, const struct unit_tree *tree, int unit)
{
	return !app->who || access_sees(app->who, tree, unit);
}

static enum status no_unit(const struct app *app, const struct unit_tree *tree, str id, struct err *err)
{
	err_set(err, E_NOT_FOUND, "no unit \"%.*s\"", STR_ARG(id));
	for (int u = 0; u < tree->n; u++)
		if (str_eq_fold(tree->units[u].id, id) && sees(app, tree, u)) {
			err_hint(err, "did you mean \"%.*s\"?", STR_ARG(tree->units[u].id));
			return E_NOT_FOUND;
		}
	err_hint(err, "see: aismm unit list");
	return E_NOT_FOUND;
}

enum status app_access_find(const struct app *app, const struct unit_tree *tree, str id, int *out, struct err *err)
{
	int unit = id.n ? unit_find(tree, id) : 0;
	if (unit == UNIT_NONE || (id.n && !sees(app, tree, unit)))
		return no_unit(app, tree, id, err);
	*out = unit;
	return OK;
}

enum status app_access_look(const struct app *app, enum access_role at_least, const struct unit_tree *tree, str id,
			    int *out, struct err *err)
{
	int unit = 0;
	if (id.n)
		TRY(app_access_find(app, tree, id, &unit, err));
	else if (app->who)
		unit = access_top(app->who, tree, at_least);
	if (unit == UNIT_NONE)
		unit = 0;
	TRY(app_access(app, at_least, tree, unit, err));
	*out = unit;
	return OK;
}

/* The first unit where the objective is assigned to who asks; UNIT_NONE: there is none. */
static int assigned_unit(const struct access *who, str objective, const struct unit_tree *tree)
{
	int unit = UNIT_NONE;
	for (size_t i = 0; i < who->n_assigned && unit == UNIT_NONE; i++)
		if (str_eq(who->assigned[i].objective, objective))
			unit = unit_find(tree, who->assigned[i].unit);
	return unit;
}

enum status app_access_look_objective(const struct app *app, str objective, const struct unit_tree *tree, str id,
				      int *out, struct err *err)
{
	int unit = UNIT_NONE;
	if (id.n)
		TRY(app_access_find(app, tree, id, &unit, err));
	else if (app->who && access_top(app->who, tree, ACCESS_READER) == UNIT_NONE)
		unit = assigned_unit(app->who, objective, tree);
	if (unit == UNIT_NONE)
		return app_access_look(app, ACCESS_READER, tree, id, out, err);
	TRY(app_access_objective(app, ACCESS_READER, objective, tree, unit, err));
	*out = unit;
	return OK;
}

/* Where a fact is kept: at the root, when its unit is no more. */
static int place_of(const struct unit_tree *tree, str unit)
{
	int at = unit.n ? unit_find(tree, unit) : 0;
	return at == UNIT_NONE ? 0 : at;
}

enum status app_access_knows(struct app *app, str unit, bool *out, struct err *err)
{
	struct store_tree tree;
	if (app->who)
		TRY(app_load_tree(app, app->now_ms, &tree, err));
	*out = !app->who || sees(app, &tree.tree, place_of(&tree.tree, unit));
	return OK;
}

enum status app_access_find_feed(struct app *app, enum access_role at_least, str name, struct store_feed *out,
				 struct err *err)
{
	bool there = false;
	TRY(store_feed_find(app->db, name, app->arena, out, err));
	if (out->id)
		TRY(app_access_knows(app, out->unit, &there, err));
	if (there)
		return app_access_unit(app, at_least, out->unit, err);
	err_set(err, E_NOT_FOUND, "no feed \"%.*s\"", STR_ARG(name));
	err_hint(err, "see: aismm feed list");
	return E_NOT_FOUND;
}

/* ---- what may be done there ---- */

/* A unit that who asks may not know of is not named. */
static enum status deny(const struct app *app, enum access_role at_least, const struct unit_tree *tree, int unit,
			struct err *err)
{
	str role = access_role_name(at_least);
	if (unit < tree->n && sees(app, tree, unit))
		err_set(err, E_DENIED, "this needs the role \"%.*s\" at \"%.*s\"", STR_ARG(role),
			STR_ARG(tree->units[unit].id));
	else
		err_set(err, E_DENIED, "this needs the role \"%.*s\" at %s", STR_ARG(role),
			unit ? "its unit" : "the root");
	err_detail(err, "\"%.*s\" does not have it there", STR_ARG(app->who->user));
	err_hint(err, "an administrator can grant it");
	return E_DENIED;
}

enum status app_access(const struct app *app, enum access_role at_least, const struct unit_tree *tree, int unit,
		       struct err *err)
{
	if (!app->who || access_role_at(app->who, tree, unit) >= at_least)
		return OK;
	return deny(app, at_least, tree, unit, err);
}

enum status app_access_all(const struct app *app, enum access_role at_least, const struct unit_tree *tree,
			   struct err *err)
{
	return app_access(app, at_least, tree, 0, err);
}

enum status app_access_objective(const struct app *app, enum access_role at_least, str objective,
				 const struct unit_tree *tree, int unit, struct err *err)
{
	if (!app->who || access_role_at(app->who, tree, unit) >= at_least)
		return OK;
	if (at_least <= ACCESS_ASSESSOR && access_is_assigned(app->who, objective, tree->units[unit].id))
		return OK;
	return deny(app, at_least, tree, unit, err);
}

bool app_access_may(const struct app *app, enum access_role at_least, const struct unit_tree *tree, str unit)
{
	return !app->who || access_role_at(app->who, tree, place_of(tree, unit)) >= at_least;
}

enum status app_access_at(const struct app *app, enum access_role at_least, const struct unit_tree *tree, str unit,
			  struct err *err)
{
	return app_access(app, at_least, tree, place_of(tree, unit), err);
}

enum status app_access_unit(struct app *app, enum access_role at_least, str unit, struct err *err)
{
	struct store_tree tree;
	if (!app->who)
		return OK;
	TRY(app_load_tree(app, app->now_ms, &tree, err));
	return app_access_at(app, at_least, &tree.tree, unit, err);
}

enum status app_access_feed(const struct app *app, const struct unit_tree *tree, str feed, str unit, struct err *err)
{
	const struct access *who = app->who;
	if (who && who->feed.p && str_eq(who->feed, feed)) {
		int granted = who->within.n ? unit_find(tree, who->within) : 0, asked = unit_find(tree, unit);
		if (granted != UNIT_NONE && asked != UNIT_NONE && unit_below(tree, asked, granted))
			return OK;
		return err_set(err, E_DENIED, "this token writes the feed \"%.*s\" of \"%.*s\" alone", STR_ARG(feed),
			       STR_ARG(who->within));
	}
	return app_access_at(app, ACCESS_ASSESSOR, tree, unit, err);
}
