#include "export/json.h"

static void put_value(struct json_writer *w, const struct evidence_column *column, const struct evidence_value *v)
{
	if (!v->known)
		json_put_text(w, column->name, (str){0});
	else if (column->type == EVIDENCE_TEXT)
		json_put_text(w, column->name, v->text);
	else if (column->type == EVIDENCE_BOOL)
		json_put_bool(w, column->name, v->i64 != 0);
	else if (column->type == EVIDENCE_TIME)
		json_put_time(w, column->name, v->i64);
	else
		json_put_int(w, column->name, v->i64);
}

/* Inside an open object. */
static void put_row(struct json_writer *w, enum evidence_kind_id kind, const struct view_register_row *row)
{
	const struct evidence_kind *k = &evidence_kinds[kind];
	json_put_text(w, S("id"), row->id);
	json_put_text(w, S("unit"), row->unit);
	json_put_time(w, S("observed"), row->observed_ms);
	json_key(w, S("values"));
	json_object(w);
	for (int c = 0; c < k->n_columns; c++)
		put_value(w, &k->columns[c], &row->values[c]);
	json_object_end(w);
}

static void put_rows(struct export o, struct json_writer *w, str name, const struct view_register *v)
{
	json_key(w, name);
	json_array(w);
	for (size_t i = 0; i < v->n; i++) {
		json_object(w);
		put_row(w, v->kind, &v->rows[i]);
		json_object_end(w);
		export_drain(o);
	}
	json_array_end(w);
}

void export_json_register_list(struct export o, const struct view_register *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.register/1"));
	json_put_text(&w, S("kind"), evidence_kinds[v->kind].name);
	json_put_time(&w, S("as_of"), v->at_ms);
	json_put_int(&w, S("total"), v->total);
	put_rows(o, &w, S("subjects"), v);
	json_object_end(&w);
	export_line(o);
}

void export_json_register_subject(struct export o, enum evidence_kind_id kind, const struct view_register_subject *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.subject/1"));
	json_put_text(&w, S("kind"), evidence_kinds[kind].name);
	put_row(&w, kind, &v->row);
	export_json_import_texts(&w, S("names"), v->names, v->n_names);
	json_key(&w, S("records"));
	json_array(&w);
	for (size_t i = 0; i < v->n_records; i++)
		export_json_explain_record(&w, &v->records[i]);
	json_array_end(&w);
	json_put_int(&w, S("findings_total"), v->findings.total);
	put_rows(o, &w, S("findings"), &v->findings);
	json_key(&w, S("approvals"));
	json_array(&w);
	for (size_t i = 0; i < v->n_approvals; i++) {
		json_object(&w);
		export_json_approval_put(&w, &v->approvals[i]);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}

void export_json_register_kinds(struct export o)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.registers/1"));
	json_key(&w, S("registers"));
	json_array(&w);
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		json_object(&w);
		json_put_text(&w, S("kind"), evidence_kinds[k].name);
		json_put_text(&w, S("title"), evidence_kinds[k].title);
		json_put_bool(&w, S("event"), evidence_kinds[k].event);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
