#include "app/health.h"
#include "app/setting.h"
#include "web/api.h"

const struct route_document api_store_health_document = {
    .id = S("storeHealth"),
    .summary = S("How the store is: its engine and size, what is kept in it, how the feeds are"),
    .schema = S("store"),
};

enum status api_store_health(struct request *q, struct reply *r, struct err *err)
{
	struct view_health v;
	TRY(app_health(q->app, &v, err));
	export_json_store_health(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_store_settings_document = {
    .id = S("settings"),
    .summary = S("The settings of the store"),
    .schema = S("settings"),
};

enum status api_store_settings(struct request *q, struct reply *r, struct err *err)
{
	const struct view_setting *list;
	size_t n;
	TRY(app_setting_list(q->app, &list, &n, err));
	export_json_store_settings(api_json(r), list, n);
	return api_done(r, err);
}

const struct route_document api_store_setting_document = {
    .id = S("setting"),
    .summary = S("One setting; the list is empty while it was never set"),
    .schema = S("settings"),
};

enum status api_store_setting(struct request *q, struct reply *r, struct err *err)
{
	const struct view_setting *list;
	size_t n, i = 0;
	TRY(app_setting_list(q->app, &list, &n, err));
	while (i < n && !str_eq(list[i].name, q->part[0]))
		i++;
	export_json_store_settings(api_json(r), list + i, i < n);
	return api_done(r, err);
}

const struct route_document api_store_set_document = {
    .id = S("setSetting"),
    .summary = S("Sets a setting"),
    .about = S("The value before stays in the record. The program itself reads `organisation`, `against.months`, "
	       "`expiry.days` and `second.factor` and takes only what they mean; other names are kept for programs of "
	       "yours. `second.factor` is set by a person in a session, by no token."),
    .body = {{.name = S("value"), .required = true, .about = S("The new value.")}},
    .schema = S("settings"),
};

enum status api_store_set(struct request *q, struct reply *r, struct err *err)
{
	struct view_setting v;
	TRY(app_setting_set(q->app, q->part[0], api_text(q, S("value")), &v, err));
	export_json_store_settings(api_json(r), &v, 1);
	return api_done(r, err);
}
