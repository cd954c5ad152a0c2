#include "export/json.h"

void export_json_import_facts(struct json_writer *w, const struct view_kind_count *kinds, size_t n)
{
	json_key(w, S("facts"));
	json_object(w);
	for (size_t i = 0; i < n; i++)
		json_put_int(w, evidence_kinds[kinds[i].kind].name, kinds[i].rows);
	json_object_end(w);
}

void export_json_import_texts(struct json_writer *w, str name, const str *texts, size_t n)
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

static void put_skipped(struct json_writer *w, const struct view_receipt *v)
{
	json_key(w, S("skipped"));
	json_object(w);
	json_put_int(w, S("allowed"), v->may_skip);
	json_put_int(w, S("count"), (int64_t)v->n_skipped);
	json_key(w, S("list"));
	json_array(w);
	for (size_t i = 0; i < v->n_skipped; i++) {
		json_object(w);
		json_put_int(w, S("record"), v->skipped[i].record);
		json_put_text(w, S("where"), v->skipped[i].where);
		json_put_text(w, S("reason"), v->skipped[i].reason);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

static void put_cell(struct json_writer *w, const struct view_cell *cell)
{
	switch (cell->type) {
	case EVIDENCE_TEXT:
		json_put_text(w, cell->column, cell->text);
		break;
	case EVIDENCE_INT:
		json_put_int(w, cell->column, cell->i64);
		break;
	case EVIDENCE_BOOL:
		json_put_bool(w, cell->column, cell->i64 != 0);
		break;
	case EVIDENCE_TIME:
		json_put_time(w, cell->column, cell->i64);
		break;
	}
}

static void put_rows(struct json_writer *w, const struct view_row *rows, size_t n)
{
	json_put_bool(w, S("dry_run"), true);
	json_key(w, S("rows"));
	json_array(w);
	for (size_t i = 0; i < n; i++) {
		json_object(w);
		json_put_text(w, S("kind"), rows[i].kind);
		json_put_text(w, S("unit"), rows[i].unit);
		json_put_text(w, S("id"), rows[i].id);
		json_key(w, S("columns"));
		json_object(w);
		for (size_t c = 0; c < rows[i].n_cells; c++)
			put_cell(w, &rows[i].cells[c]);
		json_object_end(w);
		json_object_end(w);
	}
	json_array_end(w);
}

/* Members that only some options bring. */
static void put_extras(struct json_writer *w, const struct view_receipt *v)
{
	if (v->map.p) {
		json_key(w, S("map"));
		json_object(w);
		json_put_text(w, S("file"), v->map);
		json_put_text(w, S("sha256"), v->map_sha256);
		json_object_end(w);
	}
	if (v->may_skip)
		put_skipped(w, v);
	if (v->dry_run)
		put_rows(w, v->rows, v->n_rows);
}

void export_json_import_receipt(struct export o, const struct view_receipt *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	put_head(&w, v->file, v->sha256, v->format);
	json_put_text(&w, S("feed"), v->feed);
	json_put_text(&w, S("unit"), v->unit);
	json_put_time(&w, S("observed"), v->observed_ms);
	put_records(&w, v);
	export_json_import_facts(&w, v->kinds, v->n_kinds);
	export_json_import_texts(&w, S("warnings"), v->warnings, v->n_warnings);
	export_json_import_texts(&w, S("unresolved"), v->unresolved, v->n_unresolved);
	put_extras(&w, v);
	json_object_end(&w);
	export_line(o);
}

static void put_if_any(struct json_writer *w, str name, const char *text)
{
	if (text[0])
		json_put_text(w, name, str_from(text));
}

void export_json_import_refusal(struct export o, str file, str moved, const struct err *err)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.refusal/1"));
	json_put_text(&w, S("file"), file);
	json_put_text(&w, S("moved"), moved);
	json_put_text(&w, S("message"), str_from(err->message));
	put_if_any(&w, S("where"), err->where);
	put_if_any(&w, S("detail"), err->detail);
	put_if_any(&w, S("hint"), err->hint);
	json_object_end(&w);
	export_line(o);
}

void export_json_import_measures(struct export o, const struct view_measures_import *v)
{
	struct json_writer w = json_writer(o.text);
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
	export_json_import_texts(&w, S("warnings"), v->warnings, v->n_warnings);
	export_json_import_texts(&w, S("unresolved"), NULL, 0);
	if (v->dry_run)
		put_rows(&w, v->rows, v->n_rows);
	json_object_end(&w);
	export_line(o);
}
