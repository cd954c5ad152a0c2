#include "export/json.h"

#include "base/time.h"

static void put_feed(struct json_writer *w, const struct view_feed *f)
{
	json_put_text(w, S("name"), f->name);
	json_put_text(w, S("state"), feed_state_name(f->state));
	json_put_text(w, S("owner"), f->owner);
	json_put_time(w, S("due"), f->due_ms);
	json_key(w, S("every_days"));
	if (f->every_ms < 0)
		json_null(w);
	else
		json_int(w, f->every_ms / TIME_DAY_MS);
	json_key(w, S("objectives"));
	json_object(w);
	json_put_int(w, S("reading"), (int64_t)f->n_objectives);
	json_put_int(w, S("too_old"), (int64_t)f->n_too_old);
	json_object_end(w);
	json_key(w, S("failure"));
	if (f->failed_reason.p) {
		json_object(w);
		json_put_text(w, S("file"), f->failed_file);
		json_put_text(w, S("reason"), f->failed_reason);
		json_put_time(w, S("at"), f->failed_ms);
		json_object_end(w);
	} else {
		json_null(w);
	}
	json_put_text(w, S("unit"), f->unit);
	json_put_text(w, S("format"), f->format);
	json_put_time(w, S("retired"), f->retired ? f->retired_ms : TIME_FOREVER);
	json_put_time(w, S("first"), f->first_ms);
	json_put_time(w, S("newest"), f->newest_ms);
	json_put_int(w, S("snapshots"), f->snapshots);
	json_put_int(w, S("rows"), f->rows);
	export_json_import_facts(w, f->kinds, f->n_kinds);
}

static void put_lacks(struct json_writer *w, const struct view_feeds *v)
{
	json_key(w, S("lacks"));
	json_array(w);
	for (size_t i = 0; i < v->n_lacks; i++) {
		json_object(w);
		json_put_text(w, S("kind"), evidence_kinds[v->lacks[i].kind].name);
		json_put_int(w, S("objectives"), (int64_t)v->lacks[i].n_objectives);
		json_object_end(w);
	}
	json_array_end(w);
}

void export_json_feed_list(struct export o, const struct view_feeds *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.feeds/1"));
	json_key(&w, S("feeds"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		json_object(&w);
		put_feed(&w, &v->list[i]);
		json_object_end(&w);
		export_drain(o);
	}
	json_array_end(&w);
	put_lacks(&w, v);
	json_object_end(&w);
	export_line(o);
}

void export_json_feed_show(struct export o, const struct view_feed *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.feed/1"));
	put_feed(&w, v);
	json_key(&w, S("files"));
	json_array(&w);
	for (size_t i = 0; i < v->n_files; i++) {
		json_object(&w);
		json_put_text(&w, S("file"), v->files[i].file);
		json_put_text(&w, S("sha256"), v->files[i].sha256);
		json_put_time(&w, S("observed"), v->files[i].observed_ms);
		json_put_time(&w, S("recorded"), v->files[i].recorded_ms);
		json_object_end(&w);
	}
	json_array_end(&w);
	export_json_import_texts(&w, S("units"), v->units, v->n_units);
	json_object_end(&w);
	export_line(o);
}
