#include "export/json.h"

#include "base/time.h"

void export_json_answer(struct export o, const struct view_answer *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.answer/1"));
	json_put_text(&w, S("objective"), v->objective);
	json_put_text(&w, S("unit"), v->unit);
	json_put_text(&w, S("source"), v->source);
	json_put_text(&w, S("basis"), measure_basis_name(v->basis));
	json_put_bool(&w, S("not_applicable"), v->not_applicable);
	json_put_int(&w, S("yes"), v->tally.yes);
	json_put_int(&w, S("no"), v->tally.no);
	json_put_int(&w, S("unknown"), v->tally.unknown);
	json_put_time(&w, S("observed"), v->observed_ms);
	json_put_time(&w, S("expires"), v->expires_ms);
	json_put_time(&w, S("override_until"), v->override_until_ms == INT64_MIN ? TIME_FOREVER : v->override_until_ms);
	json_put_text(&w, S("evidence_sha256"), v->evidence_sha256);
	json_put_bool(&w, S("unchanged"), v->unchanged);
	json_object_end(&w);
	export_line(o);
}

void export_json_evaluation(struct export o, const struct view_evaluation *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.evaluation/1"));
	json_put_time(&w, S("as_of"), v->as_of_ms);
	json_put_int(&w, S("checks"), v->checks);
	json_put_int(&w, S("measures"), v->measures);
	json_put_int(&w, S("unchanged"), v->unchanged);
	json_put_int(&w, S("silent"), v->silent);
	json_put_int(&w, S("reruns"), v->reruns);
	json_put_int(&w, S("unresolved_rows"), v->unresolved_rows);
	json_put_int(&w, S("unresolved_names"), v->unresolved_names);
	json_key(&w, S("failures"));
	json_array(&w);
	for (size_t i = 0; i < v->n_failures; i++) {
		json_object(&w);
		json_put_text(&w, S("objective"), v->failures[i].objective);
		json_put_text(&w, S("message"), v->failures[i].message);
		json_object_end(&w);
	}
	json_array_end(&w);
	export_json_import_texts(&w, S("warnings"), v->warnings, v->n_warnings);
	json_object_end(&w);
	export_line(o);
}
