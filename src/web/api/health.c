#include "app/user.h"
#include "web/api.h"

const struct route_document api_health_document = {
    .id = S("health"),
    .summary = S("Is the server there, and does the store answer?"),
    .about = S("Asks for no session and tells nothing else. 503: the store does not answer."),
    .schema = S("health"),
};

enum status api_health(struct request *q, struct reply *r, struct err *err)
{
	struct export o = api_json(r);
	struct json_writer w = json_writer(o.text);
	bool none;
	TRY(app_user_none(q->app, &none, err));
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.health/1"));
	json_put_text(&w, S("version"), S(AISMM_VERSION));
	json_put_bool(&w, S("store"), true);
	json_object_end(&w);
	export_line(o);
	return api_done(r, err);
}
