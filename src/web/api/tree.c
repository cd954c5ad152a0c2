#include "app/unit.h"

#include "base/time.h"
#include "web/api.h"

/* ---- what a request says ---- */

#define SINCE                                                                                                          \
	{                                                                                                              \
		.name = S("since"),                                                                                    \
		.about = S("From when on it holds: now when it is left out; always, for a correction, as long as the " \
			   "tree that it changes; or a day that is over.")                                             \
	}

static enum status read_when(const struct request *q, struct app_unit_when *out, struct err *err)
{
	str text = api_text(q, S("since"));
	*out = (struct app_unit_when){.since = APP_UNIT_NOW};
	if (!text.n || str_eq(text, S("now")))
		return OK;
	out->since = str_eq(text, S("always")) ? APP_UNIT_ALWAYS : APP_UNIT_FROM;
	if (out->since == APP_UNIT_ALWAYS || time_parse(text, &out->from_ms))
		return OK;
	err_set(err, E_INVALID, "\"%.*s\" is not a time", STR_ARG(str_slice(text, 0, 80)));
	err_where(err, "since");
	err_hint(err, "now, always, or a day as 2026-11-01");
	return E_INVALID;
}

/* What is left out stays as it is in `out`. */
static enum status read_unit(const struct request *q, struct app_unit *out, struct err *err)
{
	if (api_given(q, S("parent")))
		out->parent = str_trim(api_text(q, S("parent")));
	if (api_given(q, S("name")))
		out->name = str_trim(api_text(q, S("name")));
	if (api_given(q, S("deployment")))
		TRY(api_deployment(q, &out->deployment, err));
	out->size = api_count(q, S("size"), out->size);
	return OK;
}

/* ---- the answers ---- */

static enum status place(enum status status, const enum app_unit_field *at, struct err *err)
{
	static const char *const members[] = {
	    [APP_UNIT_FIELD_NONE] = "",     [APP_UNIT_FIELD_ID] = "id",     [APP_UNIT_FIELD_PARENT] = "parent",
	    [APP_UNIT_FIELD_NAME] = "name", [APP_UNIT_FIELD_SIZE] = "size", [APP_UNIT_FIELD_SINCE] = "since"};
	if (status != OK && *at != APP_UNIT_FIELD_NONE)
		err_where(err, "%s", members[*at]);
	return status;
}

static enum status done(struct reply *r, const struct view_unit_change *v, struct err *err)
{
	export_json_tree_change(api_json(r), v);
	return api_done(r, err);
}

/* ---- the tree that holds ---- */

const struct route_document api_tree_document = {
    .id = S("tree"),
    .summary = S("The tree of units that holds now, as it is kept"),
    .about = S("In pre-order: each unit stands before those below it."),
    .schema = S("tree"),
    .paged = true,
};

static str unit_key(const void *list, size_t i, struct arena *a)
{
	(void)a;
	return ((const struct view_unit_step *)list)->units->units[i].id;
}

enum status api_tree(struct request *q, struct reply *r, struct err *err)
{
	struct view_unit_step v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	TRY(app_unit_step(q->app, 0, &v, err));
	TRY(api_page_cut(q, r, &v, (size_t)v.units->n, unit_key, &page, err));
	export_json_tree(api_json(r), &v, page.from, page.n);
	return api_done(r, err);
}

const struct route_document api_tree_unit_document = {
    .id = S("unit"),
    .summary = S("A unit of the tree that holds now, as it is kept"),
    .schema = S("unit"),
};

static enum status find(struct request *q, struct view_unit_step *v, int *unit, struct err *err)
{
	TRY(app_unit_step(q->app, 0, v, err));
	*unit = unit_find(v->units, q->part[0]);
	if (*unit != UNIT_NONE)
		return OK;
	return err_set(err, E_NOT_FOUND, "no unit \"%.*s\"", STR_ARG(str_slice(q->part[0], 0, 80)));
}

enum status api_tree_unit(struct request *q, struct reply *r, struct err *err)
{
	struct view_unit_step v;
	int unit;
	TRY(find(q, &v, &unit, err));
	export_json_tree_unit(api_json(r), v.units, unit);
	return api_done(r, err);
}

/* ---- changes ---- */

const struct route_document api_tree_add_document = {
    .id = S("addUnit"),
    .summary = S("Adds a unit to the tree"),
    .about = S("The first one of a store is its root, and holds for all time."),
    .body = {{.name = S("id"), .about = S("What files call it, for good; made of the name when it is left out.")},
	     {.name = S("name"), .about = S("What people call it; the id when it is left out.")},
	     {.name = S("parent"), .about = S("The id of the unit above; of the root alone there is none.")},
	     {.name = S("deployment"),
	      .about = S("self_hosted, paas, saas, or several with commas; as the unit above when it is left out.")},
	     {.name = S("size"),
	      .type = ROUTE_COUNT,
	      .about = S("The population to assume while nothing is known; 1 when it is left out.")},
	     SINCE},
    .schema = S("unitChange"),
};

enum status api_tree_add(struct request *q, struct reply *r, struct err *err)
{
	struct app_unit_act act = {.unit = {.id = str_trim(api_text(q, S("id"))), .size = 1}};
	struct view_unit_change v;
	enum app_unit_field at = APP_UNIT_FIELD_NONE;
	TRY(read_unit(q, &act.unit, err));
	TRY(read_when(q, &act.when, err));
	TRY(place(app_unit_add(q->app, &act, &at, &v, err), &at, err));
	return done(r, &v, err);
}

const struct route_document api_tree_set_document = {
    .id = S("setUnit"),
    .summary = S("Renames a unit, moves it, or says how it uses AI"),
    .about = S("A member that is left out stays as it is. The id is kept for good."),
    .body = {{.name = S("name"), .about = S("What people call it; an empty text: the id.")},
	     {.name = S("parent"), .about = S("The id of the unit above.")},
	     {.name = S("deployment"),
	      .about = S("self_hosted, paas, saas, or several with commas; an empty text: as the unit above.")},
	     {.name = S("size"), .type = ROUTE_COUNT, .about = S("The population to assume while nothing is known.")},
	     SINCE},
    .schema = S("unitChange"),
};

/* The unit as it is; who changes it meanwhile is not overwritten. */
static enum status was(struct request *q, struct app_unit *out, struct err *err)
{
	struct view_unit_step v;
	int unit;
	TRY(find(q, &v, &unit, err));
	const struct unit *u = &v.units->units[unit];
	*out = (struct app_unit){.id = u->id,
				 .parent = u->parent == UNIT_NONE ? (str){NULL, 0} : v.units->units[u->parent].id,
				 .name = u->name,
				 .deployment = u->declared,
				 .size = u->size};
	return OK;
}

enum status api_tree_set(struct request *q, struct reply *r, struct err *err)
{
	struct app_unit before;
	struct view_unit_change v;
	enum app_unit_field at = APP_UNIT_FIELD_NONE;
	TRY(was(q, &before, err));
	struct app_unit_act act = {.unit = before, .expected = &before};
	TRY(read_unit(q, &act.unit, err));
	TRY(read_when(q, &act.when, err));
	TRY(place(app_unit_set(q->app, &act, &at, &v, err), &at, err));
	return done(r, &v, err);
}

const struct route_document api_tree_remove_document = {
    .id = S("removeUnit"),
    .summary = S("Removes a unit, with all that are below it"),
    .about = S("Evidence, answers and targets stay on record and no longer count; a unit that comes back under its id "
	       "has them again."),
    .query = {SINCE},
    .schema = S("unitChange"),
};

enum status api_tree_remove(struct request *q, struct reply *r, struct err *err)
{
	struct app_unit_act act = {.unit = {.id = q->part[0]}};
	struct view_unit_change v;
	enum app_unit_field at = APP_UNIT_FIELD_NONE;
	TRY(read_when(q, &act.when, err));
	TRY(place(app_unit_remove(q->app, &act, &at, &v, err), &at, err));
	return done(r, &v, err);
}

/* ---- a file with the whole tree ---- */

const struct route_document api_tree_import_document = {
    .id = S("importUnits"),
    .summary = S("Hands in a file with the whole tree"),
    .about = S("A CSV file with the columns unit, parent and perhaps name, deployments, size; it is the body, as it "
	       "is. A unit that it leaves out is no more; its history is kept."),
    .query = {{.name = S("since"),
	       .type = ROUTE_TIME,
	       .about = S("From when on it holds; now when it is left out, and the first tree for all time.")},
	      {.name = S("dry_run"), .type = ROUTE_FLAG, .about = S("Shows what would change, and stores nothing.")},
	      {.name = S("file"), .about = S("The name of the file, for messages; units.csv when it is left out.")}},
    .schema = S("unitImport"),
};

enum status api_tree_import(struct request *q, struct reply *r, struct err *err)
{
	str name = api_text(q, S("file"));
	struct source from = source_text(name.n ? name : S("units.csv"), (str){NULL, 0});
	struct app_time since = api_time(q, S("since"));
	bool dry = api_flag(q, S("dry_run"));
	struct view_unit_import v;
	struct unit_diff diff;
	if (q->file.fd < 0)
		return err_set(err, E_INVALID, "no file was sent");
	from.fd = q->file.fd;
	TRY(dry ? app_unit_look(q->app, &from, since, &diff, &v, err) : app_unit_import(q->app, &from, since, &v, err));
	export_json_tree_import(api_json(r), &v, dry ? &diff : NULL);
	return api_done(r, err);
}

/* ---- the trees that were ---- */

const struct route_document api_tree_history_document = {
    .id = S("trees"),
    .summary = S("Every tree that was imported or made by a change, the last one first"),
    .schema = S("trees"),
    .paged = true,
};

static str tree_key(const void *list, size_t i, struct arena *a)
{
	return api_key(a, ((const struct view_unit_tree *)list)[i].id);
}

enum status api_tree_history(struct request *q, struct reply *r, struct err *err)
{
	const struct view_unit_tree *list;
	struct api_page page;
	size_t n;
	TRY(api_page_open(q, &page, err));
	TRY(app_unit_history(q->app, &list, &n, err));
	TRY(api_page_cut(q, r, list, n, tree_key, &page, err));
	export_json_tree_history(api_json(r), list + page.from, page.n);
	return api_done(r, err);
}

static enum status tree_number(const struct request *q, int64_t *out, struct err *err)
{
	TRY(api_number(q, "tree", out, err));
	return *out > 0 ? OK : err_set(err, E_NOT_FOUND, "no tree %lld", (long long)*out);
}

const struct route_document api_tree_step_document = {
    .id = S("treeStep"),
    .summary = S("One tree, with what it changed of the one before it"),
    .schema = S("treeStep"),
};

enum status api_tree_step(struct request *q, struct reply *r, struct err *err)
{
	struct view_unit_step v;
	int64_t tree;
	TRY(tree_number(q, &tree, err));
	TRY(app_unit_step(q->app, tree, &v, err));
	export_json_tree_step(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_tree_restore_document = {
    .id = S("restoreTree"),
    .summary = S("Makes an earlier tree hold again"),
    .about = S("This also takes back a change: restore the tree that it names as the one before."),
    .body = {{.name = S("expected"),
	      .type = ROUTE_COUNT,
	      .about = S("The number of the tree that holds, as it was seen; any when it is left out.")},
	     SINCE},
    .schema = S("unitChange"),
};

enum status api_tree_restore(struct request *q, struct reply *r, struct err *err)
{
	struct app_unit_when when;
	struct view_unit_change v;
	enum app_unit_field at = APP_UNIT_FIELD_NONE;
	int64_t tree, expected = api_count(q, S("expected"), 0);
	TRY(tree_number(q, &tree, err));
	TRY(read_when(q, &when, err));
	TRY(place(app_unit_restore(q->app, tree, expected, &when, &at, &v, err), &at, err));
	return done(r, &v, err);
}
