#include "export/json.h"

#include "base/time.h"

static void put_document(struct json_writer *w, const struct view_document_of *v)
{
	json_put_text(w, S("name"), v->name);
	json_put_text(w, S("media"), v->media);
	json_put_int(w, S("bytes"), v->bytes);
	json_put_text(w, S("sha256"), v->sha256);
}

/* What was said, inside an open object. */
static void put_said(struct json_writer *w, const struct view_said *v)
{
	json_put_int(w, S("answer"), v->seq);
	json_put_text(w, S("objective"), v->objective);
	json_put_text(w, S("unit"), v->unit);
	json_put_text(w, S("author"), v->author);
	json_put_bool(w, S("not_applicable"), v->not_applicable);
	json_put_int(w, S("yes"), v->tally.yes);
	json_put_int(w, S("no"), v->tally.no);
	json_put_int(w, S("unknown"), v->tally.unknown);
	json_put_time(w, S("observed"), v->observed_ms);
	json_put_time(w, S("recorded"), v->recorded_ms);
	json_put_text(w, S("because"), v->because);
	json_key(w, S("documents"));
	json_array(w);
	for (size_t i = 0; i < v->n_documents; i++) {
		json_object(w);
		put_document(w, &v->documents[i]);
		json_object_end(w);
	}
	json_array_end(w);
}

/* The instant of an end that may be none. */
static void put_until(struct json_writer *w, str name, int64_t ms)
{
	json_put_time(w, name, ms == INT64_MIN ? TIME_FOREVER : ms);
}

void export_json_review_list(struct export o, const struct view_reviews *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.reviews/1"));
	json_put_text(&w, S("unit"), v->unit_id);
	json_put_int(&w, S("waiting"), v->waiting);
	json_key(&w, S("answers"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		json_object(&w);
		put_said(&w, &v->list[i].said);
		json_put_bool(&w, S("stale"), v->list[i].stale);
		json_object_end(&w);
		export_drain(o);
	}
	json_array_end(&w);
	export_json_next(&w, v->next);
	json_object_end(&w);
	export_line(o);
}

void export_json_review_done(struct export o, const struct view_reviewed *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.review/1"));
	json_put_int(&w, S("answer"), v->answer);
	json_key(&w, S("reviewed"));
	if (v->seq)
		json_int(&w, v->seq);
	else
		json_null(&w);
	json_put_text(&w, S("objective"), v->objective);
	json_put_text(&w, S("unit"), v->unit);
	json_put_text(&w, S("author"), v->author);
	json_put_text(&w, S("reviewer"), v->reviewer);
	json_put_text(&w, S("comment"), v->comment);
	json_put_bool(&w, S("undone"), v->undone);
	json_object_end(&w);
	export_line(o);
}

static void put_current(struct json_writer *w, const struct view_said *v)
{
	json_object(w);
	put_said(w, v);
	json_put_text(w, S("basis"), measure_basis_name(v->basis));
	json_put_text(w, S("reviewer"), v->reviewer);
	json_put_time(w, S("expires"), v->expires_ms);
	put_until(w, S("override_until"), v->override_until_ms);
	json_put_text(w, S("returned_by"), v->returned_by);
	if (v->returned_by.p) {
		json_put_time(w, S("returned"), v->returned_ms);
		json_put_text(w, S("returned_because"), v->returned_because);
	}
	json_object_end(w);
}

void export_json_review_answer(struct export o, const struct view_answer_now *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.current-answer/1"));
	json_key(&w, S("current"));
	if (v->said.seq)
		put_current(&w, &v->said);
	else
		json_null(&w);
	put_until(&w, S("undo_until"), v->undo_until_ms);
	json_object_end(&w);
	export_line(o);
}

void export_json_review_document(struct export o, const struct view_document_of *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.document/1"));
	put_document(&w, v);
	json_object_end(&w);
	export_line(o);
}
