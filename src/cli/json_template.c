#include "cli/json_view.h"
#include "core/evidence.h"

static void put_kind(struct json_writer *w, const struct evidence_kind *kind)
{
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
			put_kind(&w, &evidence_kinds[k]);
	json_array_end(&w);
	json_object_end(&w);
	out_line(o);
}
