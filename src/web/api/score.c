#include "web/api.h"

const struct route_document api_score_document = {
    .id = S("score"),
    .summary = S("The score of a unit: program, domains, categories, objectives"),
    .query = {API_UNIT, {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("score"),
};

enum status api_score(struct request *q, struct reply *r, struct err *err)
{
	struct view_score v;
	TRY(app_score(q->app, api_text(q, S("unit")), api_time(q, S("at")), &v, err));
	export_json_score(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_score_check_document = {
    .id = S("check"),
    .summary = S("Do the levels of a unit hold?"),
    .about = S("For pipelines: below is the number of bounds that do not hold."),
    .query = {{.name = S("min"), .required = true, .about = S("The least levels, as GOV=3,IAM=2 or program=2.")},
	      API_UNIT,
	      {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("check"),
};

enum status api_score_check(struct request *q, struct reply *r, struct err *err)
{
	struct view_check v;
	TRY(app_check(q->app, api_text(q, S("unit")), api_text(q, S("min")), api_time(q, S("at")), &v, err));
	export_json_score_check(api_json(r), &v);
	return api_done(r, err);
}
