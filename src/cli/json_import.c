#include "cli/json_view.h"

void json_import_facts(struct json_writer *w, const struct view_kind_count *kinds, size_t n)
{
	json_key(w, S("facts"));
	json_object(w);
	for (size_t i = 0; i < n; i++)
		json_put_int(w, evidence_kinds[kinds[i].kind].name, kinds[i].rows);
	json_object_end(w);
}

void json_import_texts(struct json_writer *w, str name, const str *texts, size_t n)
{
	json_key(w, name);
	json_array(w);
	for (size_t i = 0; i < n; i++)
		json_string(w, texts[i]);
	json_array_end(w);
}

static void put_head(struct json_writer *w, str file, str sha256, str format)
{
	json_put_text(w, S("schema"), S("aismm.receipt/1"));
	json_put_text(w, S("file"), file);
	json_put_text(w, S("sha256"), sha256);
	json_put_text(w, S("format"), format);
}

static void put_records(struct json_writer *w, const struct view_receipt *v)
{
	json_key(w, S("records"));
	json_object(w);
	json_put_int(w, S("read"), v->read);
	json_put_int(w, S("new"), v->added);
	json_put_int(w, S("changed"), v->changed);
	json_put_int(w, S("unchanged"), v->unchanged);
	json_put_int(w, S("gone"), v->gone);
	json_object_end(w);
}

void json_import_receipt(struct out *o, const struct view_receipt *v)
{
	struct json_writer w = json_writer(&o->text);
	json_object(&w);
	put_head(&w, v->file, v->sha256, v->format);
	json_put_text(&w, S("feed"), v->feed);
	json_put_text(&w, S("unit"), v->unit);
	json_put_time(&w, S("observed"), v->observed_ms);
	put_records(&w, v);
	json_import_facts(&w, v->kinds, v->n_kinds);
	json_import_texts(&w, S("warnings"), v->warnings, v->n_warnings);
	json_import_texts(&w, S("unresolved"), v->unresolved, v->n_unresolved);
	json_object_end(&w);
	out_line(o);
}

static void put_if_any(struct json_writer *w, str name, const char *text)
{
	if (text[0])
		json_put_text(w, name, str_from(text));
}

void json_import_refusal(struct out *o, str file, str moved, const struct err *err)
{
	struct json_writer w = json_writer(&o->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.refusal/1"));
	json_put_text(&w, S("file"), file);
	json_put_text(&w, S("moved"), moved);
	json_put_text(&w, S("message"), str_from(err->message));
	put_if_any(&w, S("where"), err->where);
	put_if_any(&w, S("detail"), err->detail);
	put_if_any(&w, S("hint"), err->hint);
	json_object_end(&w);
	out_line(o);
}

void json_import_measures(struct out *o, const struct view_measures_import *v)
{
	struct json_writer w = json_writer(&o->text);
	struct view_receipt r = {.read = v->read, .added = v->added, .unchanged = v->unchanged};
	json_object(&w);
	put_head(&w, v->file, v->sha256, S("measures"));
	json_put_text(&w, S("feed"), (str){0}); /* measures are no feed, and each row names its unit and time */
	json_put_text(&w, S("unit"), (str){0});
	json_put_text(&w, S("observed"), (str){0});
	put_records(&w, &r);
	json_key(&w, S("facts"));
	json_object(&w);
	json_put_int(&w, S("measure"), v->read);
	json_object_end(&w);
	json_import_texts(&w, S("warnings"), v->warnings, v->n_warnings);
	json_import_texts(&w, S("unresolved"), NULL, 0);
	json_object_end(&w);
	out_line(o);
}
