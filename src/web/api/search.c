#include "app/search.h"
#include "web/api.h"

const struct route_document api_search_document = {
    .id = S("search"),
    .summary = S("Everything in which a text occurs: units, the model, what people wrote, files, subjects, people"),
    .about = S("Of each kind the first ten, and how many there are. People are found by administrators alone."),
    .query = {{.name = S("text"), .required = true, .about = S("The text, with capitals or without.")},
	      {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("search"),
};

enum status api_search(struct request *q, struct reply *r, struct err *err)
{
	struct app_lens lens = {.at = api_time(q, S("at"))};
	struct view_search v;
	str text = str_trim(api_text(q, S("text")));
	TRY(app_search(q->app, &lens, text, &v, err));
	export_json_search(api_json(r), text, &v);
	return api_done(r, err);
}
