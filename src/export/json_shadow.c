#include "export/json.h"

#include "base/time.h"

static void put_dismissal(struct json_writer *w, const struct view_dismissal *d)
{
	json_object(w);
	json_put_text(w, S("name"), d->name);
	json_put_text(w, S("unit"), d->unit);
	json_put_text(w, S("because"), d->reason);
	json_put_text(w, S("author"), d->author);
	json_put_time(w, S("recorded"), d->recorded_ms);
	json_put_time(w, S("ended"), d->ended_ms);
	if (d->ended_ms != TIME_FOREVER)
		json_put_text(w, S("ended_by"), d->ended_by);
	json_put_bool(w, S("unchanged"), d->unchanged);
	json_object_end(w);
}

void export_json_shadow_list(struct export o, const struct view_register *v)
{
	struct json_writer w = json_writer(o.text);
	int seen = evidence_column_find(&evidence_kinds[EVIDENCE_AI_SYSTEM], S("last_seen_at"));
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.shadow/1"));
	json_put_time(&w, S("as_of"), v->at_ms);
	json_put_int(&w, S("open"), v->open);
	json_put_int(&w, S("dismissed"), v->dismissed);
	json_key(&w, S("systems"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		const struct view_register_row *row = &v->rows[i];
		json_object(&w);
		json_put_text(&w, S("name"), row->id);
		json_put_text(&w, S("unit"), row->unit);
		json_put_time(&w, S("last_seen"), row->values[seen].known ? row->values[seen].i64 : TIME_FOREVER);
		json_key(&w, S("dismissed"));
		if (row->dismissed)
			put_dismissal(&w, row->dismissed);
		else
			json_null(&w);
		json_object_end(&w);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}

void export_json_shadow_one(struct export o, const struct view_dismissal *d)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.dismissal/1"));
	json_key(&w, S("dismissal"));
	put_dismissal(&w, d);
	json_object_end(&w);
	export_line(o);
}

void export_json_shadow_dismissals(struct export o, const struct view_dismissal *list, size_t n)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.dismissals/1"));
	json_key(&w, S("dismissals"));
	json_array(&w);
	for (size_t i = 0; i < n; i++) {
		put_dismissal(&w, &list[i]);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
