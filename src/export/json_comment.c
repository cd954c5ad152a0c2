#include "export/json.h"

/* Inside an open object. */
static void put_comment(struct json_writer *w, const struct view_comment *c)
{
	json_put_int(w, S("id"), c->id);
	json_put_text(w, S("author"), c->author);
	json_put_time(w, S("recorded"), c->recorded_ms);
	json_put_text(w, S("text"), c->body);
	json_put_time(w, S("withdrawn"), c->withdrawn_ms);
}

void export_json_comment(struct export o, const struct view_comment *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.comment/1"));
	put_comment(&w, v);
	json_object_end(&w);
	export_line(o);
}

void export_json_comment_list(struct export o, const struct view_comments *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.comments/1"));
	json_put_text(&w, S("objective"), v->objective);
	json_put_text(&w, S("unit"), v->unit);
	json_key(&w, S("comments"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		json_object(&w);
		put_comment(&w, &v->list[i]);
		json_object_end(&w);
		export_drain(o);
	}
	json_array_end(&w);
	export_json_next(&w, v->next);
	json_object_end(&w);
	export_line(o);
}
