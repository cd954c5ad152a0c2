#include "web/api.h"

const struct route_document api_evaluate_document = {
    .id = S("evaluate"),
    .summary = S("Runs every check on the evidence and records the measures"),
    .body = {{.name = S("at"),
	      .type = ROUTE_TIME,
	      .about = S("The instant of the evidence; now when it is left out.")}},
    .schema = S("evaluation"),
};

enum status api_evaluate(struct request *q, struct reply *r, struct err *err)
{
	struct view_evaluation v;
	TRY(app_evaluate(q->app, api_time(q, S("at")), &v, err));
	export_json_evaluation(api_json(r), &v);
	return api_done(r, err);
}
