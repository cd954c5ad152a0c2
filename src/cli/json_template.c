#include "app/app.h"
#include "cli/json_view.h"
#include "core/evidence.h"

/* The formats that supply the kind, beside the CSV of its own name. */
static void put_formats(struct json_writer *w, int kind)
{
	json_key(w, S("formats"));
	json_array(w);
	for (size_t i = 0; app_import_format(i).n; i++)
		if ((app_import_kinds(i) >> kind & 1) && !str_eq(app_import_format(i), evidence_kinds[kind].name))
			json_string(w, app_import_format(i));
	json_array_end(w);
}

static void put_kind(struct json_writer *w, int id)
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
	put_formats(w, id);
	json_object_end(w);
}

void json_template(struct out *o, int kind)
{
	struct json_writer w = json_writer(&o->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.template/1"));
	json_key(&w, S("kinds"));
	json_array(&w);
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (kind < 0 || kind == k)
			put_kind(&w, k);
	json_array_end(&w);
	json_object_end(&w);
	out_line(o);
}
