#include "export/json.h"

#include "core/evidence.h"

/* The formats that supply the kind, beside the CSV of its own name. */
static void put_formats(struct json_writer *w, int kind, const struct view_format *formats, size_t n)
{
	json_key(w, S("formats"));
	json_array(w);
	for (size_t i = 0; i < n; i++)
		if ((formats[i].kinds >> kind & 1) && !str_eq(formats[i].name, evidence_kinds[kind].name))
			json_string(w, formats[i].name);
	json_array_end(w);
}

static void put_kind(struct json_writer *w, int id, const struct view_format *formats, size_t n)
{
	const struct evidence_kind *kind = &evidence_kinds[id];
	static const str types[] = {[EVIDENCE_TEXT] = S("text"),
				    [EVIDENCE_INT] = S("count"),
				    [EVIDENCE_BOOL] = S("boolean"),
				    [EVIDENCE_TIME] = S("time")};
	json_object(w);
	json_put_text(w, S("kind"), kind->name);
	json_put_text(w, S("title"), kind->title);
	json_put_text(w, S("rows"), kind->event ? S("events") : S("states"));
	json_key(w, S("columns"));
	json_array(w);
	for (int c = 0; c < kind->n_columns; c++) {
		json_object(w);
		json_put_text(w, S("name"), kind->columns[c].name);
		json_put_text(w, S("type"), types[kind->columns[c].type]);
		json_put_text(w, S("meaning"), kind->columns[c].doc);
		json_object_end(w);
	}
	json_array_end(w);
	put_formats(w, id, formats, n);
	json_object_end(w);
}

void export_json_template(struct export o, int kind, const struct view_format *formats, size_t n)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.template/1"));
	json_key(&w, S("kinds"));
	json_array(&w);
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (kind < 0 || kind == k)
			put_kind(&w, k, formats, n);
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
