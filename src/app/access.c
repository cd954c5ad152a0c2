#include "app/access.h"

#include "app/load.h"

static enum status deny(const struct app *app, enum access_role at_least, str unit, struct err *err)
{
	err_set(err, E_DENIED, "this needs the role \"%.*s\" at \"%.*s\"", STR_ARG(access_role_name(at_least)),
		STR_ARG(unit));
	err_detail(err, "\"%.*s\" does not have it there", STR_ARG(app->who->user));
	err_hint(err, "an administrator can grant it");
	return E_DENIED;
}

enum status app_access(const struct app *app, enum access_role at_least, const struct unit_tree *tree, int unit,
		       struct err *err)
{
	if (!app->who || access_role_at(app->who, tree, unit) >= at_least)
		return OK;
	return deny(app, at_least, unit < tree->n ? tree->units[unit].id : S("the root"), err);
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
	return deny(app, at_least, tree->units[unit].id, err);
}

bool app_access_may(const struct app *app, enum access_role at_least, const struct unit_tree *tree, str unit)
{
	int at = unit.n ? unit_find(tree, unit) : 0;
	return !app->who || access_role_at(app->who, tree, at == UNIT_NONE ? 0 : at) >= at_least;
}

enum status app_access_at(const struct app *app, enum access_role at_least, const struct unit_tree *tree, str unit,
			  struct err *err)
{
	return app_access_may(app, at_least, tree, unit) ? OK : deny(app, at_least, unit.n ? unit : S("the root"), err);
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
