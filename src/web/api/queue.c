#include "app/queue.h"
#include "web/api.h"

const struct route_document api_queue_document = {
    .id = S("queue"),
    .summary = S("What waits for an answer of who asks"),
    .about = S("Of each part the first 200; counts has all of them."),
    .query = {API_UNIT,
	      {.name = S("interview"),
	       .type = ROUTE_FLAG,
	       .about = S("The questions of the guided interview instead.")}},
    .schema = S("queue"),
};

enum status api_queue(struct request *q, struct reply *r, struct err *err)
{
	struct app_queue ask = {.unit = api_text(q, S("unit")), .interview = api_flag(q, S("interview"))};
	struct view_queue v;
	TRY(app_queue(q->app, &ask, &v, err));
	export_json_queue(api_json(r), &v);
	return api_done(r, err);
}
