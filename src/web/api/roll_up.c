#include "app/roll_up.h"
#include "web/api.h"

const struct route_document api_roll_up_document = {
    .id = S("rollUp"),
    .summary = S("How the tally of an objective at a unit adds up"),
    .about = S("What the unit says itself, and each unit directly below it with all that is below that one; a page of "
	       "these. A tally is null where nothing is added. An objective that is asked once for the whole program "
	       "has no such units: the root answers it."),
    .query = {{.name = S("objective"), .required = true, .about = S("The id of the objective.")},
	      {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")},
	      {.name = S("deployment"),
	       .about = S("self_hosted, paas, saas, or several with commas; all when it is left out.")}},
    .schema = S("rollUp"),
    .paged = true,
};

static str part_key(const void *list, size_t i, struct arena *a)
{
	const struct view_roll_up *v = list;
	(void)a;
	return v->lens.tree->units[v->parts[i].unit].id;
}

enum status api_roll_up(struct request *q, struct reply *r, struct err *err)
{
	struct app_lens lens = {.unit = q->part[0]};
	struct view_roll_up v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	TRY(api_deployment(q, &lens.deployment, err));
	lens.at = page.at;
	TRY(app_roll_up(q->app, api_text(q, S("objective")), &lens, &v, err));
	TRY(api_page_cut(q, r, &v, v.n, part_key, &page, err));
	export_json_roll_up(api_json(r), &v, page.from, page.n);
	return api_done(r, err);
}
