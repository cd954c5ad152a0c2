#include "export/json.h"

static void put_files(struct export o, struct json_writer *w, const struct view_files *v)
{
	json_put_int(w, S("total"), v->total);
	json_key(w, S("files"));
	json_array(w);
	for (size_t i = 0; i < v->n; i++) {
		const struct view_file *f = &v->list[i];
		json_object(w);
		json_put_text(w, S("file"), f->file);
		json_put_text(w, S("sha256"), f->sha256);
		json_put_int(w, S("bytes"), f->bytes);
		json_put_bool(w, S("kept"), f->kept);
		json_put_text(w, S("feed"), f->feed);
		json_put_text(w, S("unit"), f->unit);
		json_put_text(w, S("format"), f->format);
		json_put_text(w, S("author"), f->author);
		json_put_time(w, S("observed"), f->observed_ms);
		json_put_time(w, S("recorded"), f->recorded_ms);
		json_object_end(w);
		export_drain(o);
	}
	json_array_end(w);
}

void export_json_file_list(struct export o, const struct view_files *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.files/1"));
	put_files(o, &w, v);
	json_object_end(&w);
	export_line(o);
}

void export_json_file_history(struct export o, str feed, const struct view_history *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.feed-history/1"));
	json_put_text(&w, S("feed"), feed);
	put_files(o, &w, &v->files);
	json_key(&w, S("refusals"));
	json_array(&w);
	for (size_t i = 0; i < v->n_refusals; i++) {
		json_object(&w);
		json_put_text(&w, S("file"), v->refusals[i].file);
		json_put_text(&w, S("reason"), v->refusals[i].reason);
		json_put_text(&w, S("author"), v->refusals[i].author);
		json_put_time(&w, S("at"), v->refusals[i].failed_ms);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
