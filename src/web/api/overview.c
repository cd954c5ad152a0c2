#include "app/overview.h"
#include "web/api.h"

const struct route_document api_overview_document = {
    .id = S("overview"),
    .summary = S("Where a program stands, what moved it, and what comes next"),
    .query = {API_UNIT,
	      {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")},
	      {.name = S("against"),
	       .type = ROUTE_TIME,
	       .about = S("The instant to compare with; when it is left out a year before (setting against.months), or "
			  "the first at which "
			  "anything was known.")},
	      {.name = S("deployment"),
	       .about = S("self_hosted, paas, saas, or several with commas; all when it is left out.")}},
    .schema = S("overview"),
};

enum status api_overview(struct request *q, struct reply *r, struct err *err)
{
	struct app_lens lens = {
	    .unit = api_text(q, S("unit")), .at = api_time(q, S("at")), .vs = api_time(q, S("against"))};
	struct view_overview v;
	TRY(api_deployment(q, &lens.deployment, err));
	TRY(app_overview(q->app, &lens, &v, err));
	export_json_overview(api_json(r), &v);
	return api_done(r, err);
}
