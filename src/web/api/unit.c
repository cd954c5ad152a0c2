#include "app/unit_map.h"
#include "web/api.h"

const struct route_document api_unit_list_document = {
    .id = S("units"),
    .summary = S("The units of a subtree with their levels"),
    .about = S("In pre-order: each unit stands before those below it."),
    .query = {API_UNIT, {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("units"),
    .paged = true,
};

static str unit_key(const void *list, size_t i, struct arena *a)
{
	const struct view_units *v = list;
	(void)a;
	return v->units[i].unit->id;
}

enum status api_unit_list(struct request *q, struct reply *r, struct err *err)
{
	struct view_units v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	TRY(app_unit_list(q->app, api_text(q, S("unit")), page.at, &v, err));
	TRY(api_page_cut(q, r, &v, v.n, unit_key, &page, err));
	v.units += page.from;
	v.n = page.n;
	export_json_unit_list(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_unit_map_document = {
    .id = S("unitMap"),
    .summary = S("The tree of units with their levels, seen through deployment types"),
    .query = {API_UNIT,
	      {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")},
	      {.name = S("deployment"),
	       .about = S("self_hosted, paas, saas, or several with commas; all when it is left out.")}},
    .schema = S("unitMap"),
    .paged = true,
};

static str row_key(const void *list, size_t i, struct arena *a)
{
	const struct view_unit_map *v = list;
	(void)a;
	return v->lens.tree->units[v->rows[i].unit].id;
}

enum status api_unit_map(struct request *q, struct reply *r, struct err *err)
{
	struct app_unit_map map = {.lens = {.unit = api_text(q, S("unit"))}, .all = true};
	struct view_unit_map v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	TRY(api_deployment(q, &map.lens.deployment, err));
	map.lens.at = page.at;
	TRY(app_unit_map(q->app, &map, &v, err));
	TRY(api_page_cut(q, r, &v, v.n, row_key, &page, err));
	v.rows += page.from;
	v.n = page.n;
	export_json_unit_map(api_json(r), &v);
	return api_done(r, err);
}
