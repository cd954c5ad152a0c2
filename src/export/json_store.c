#include "export/json.h"

#include "base/time.h"

void export_json_store_health(struct export o, const struct view_health *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.store/1"));
	json_put_text(&w, S("version"), v->version);
	json_put_text(&w, S("engine"), v->postgres ? S("postgresql") : S("sqlite"));
	json_put_int(&w, S("shape"), v->schema);
	json_put_int(&w, S("bytes"), v->store_bytes);
	json_put_time(&w, S("evaluated"), v->evaluated_ms == INT64_MIN ? TIME_FOREVER : v->evaluated_ms);
	json_put_int(&w, S("units"), v->units);
	json_put_int(&w, S("users"), v->users);
	json_put_int(&w, S("audit_rows"), v->audit_rows);
	json_put_int(&w, S("snapshots"), v->snapshots);
	json_key(&w, S("feeds"));
	json_object(&w);
	for (int i = 0; i < FEED_STATES; i++)
		json_put_int(&w, feed_state_name((enum feed_state)i), v->feeds[i]);
	json_object_end(&w);
	json_object_end(&w);
	export_line(o);
}

void export_json_store_settings(struct export o, const struct view_setting *list, size_t n)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.settings/1"));
	json_key(&w, S("settings"));
	json_array(&w);
	for (size_t i = 0; i < n; i++) {
		json_object(&w);
		json_put_text(&w, S("name"), list[i].name);
		json_put_text(&w, S("value"), list[i].value);
		json_put_text(&w, S("author"), list[i].author);
		json_put_time(&w, S("recorded"), list[i].recorded_ms);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
