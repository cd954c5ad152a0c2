#include "app/compare.h"
#include "web/api.h"

const struct route_document api_compare_document = {
    .id = S("compare"),
    .summary = S("Two units, two instants, or both, side by side"),
    .query = {API_UNIT,
	      {.name = S("with_unit"), .about = S("The other one; the same when it is left out.")},
	      {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")},
	      {.name = S("with_at"),
	       .type = ROUTE_TIME,
	       .about = S("The other instant; that of at for two units, else a year before it (setting "
			  "against.months), or the first at which "
			  "anything was known.")},
	      {.name = S("deployment"),
	       .about = S("self_hosted, paas, saas, or several with commas; all when it is left out.")}},
    .schema = S("compare"),
};

enum status api_compare(struct request *q, struct reply *r, struct err *err)
{
	struct app_compare sides = {.unit = api_text(q, S("unit")),
				    .with_unit = api_text(q, S("with_unit")),
				    .at = api_time(q, S("at")),
				    .with_at = api_time(q, S("with_at"))};
	struct view_compare v;
	TRY(api_deployment(q, &sides.deployment, err));
	TRY(app_compare(q->app, &sides, &v, err));
	export_json_compare(api_json(r), &v);
	return api_done(r, err);
}
