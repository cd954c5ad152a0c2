#include "export/json.h"

static void put_place(struct json_writer *w, const struct view_queue *v, const struct view_queue_item *item)
{
	json_object(w);
	json_put_text(w, S("part"), view_queue_part_name(item->part));
	json_put_text(w, S("objective"), item->objective->id);
	json_put_text(w, S("title"), item->objective->title);
	json_put_int(w, S("level"), item->objective->level);
	json_put_text(w, S("unit"), v->tree->units[item->unit].id);
	json_put_time(w, S("when"), item->when_ms);
	json_put_text(w, S("by"), item->by);
	json_put_bool(w, S("done"), item->done);
	json_object_end(w);
}

void export_json_queue(struct export o, const struct view_queue *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.queue/1"));
	json_put_text(&w, S("unit"), v->top == UNIT_NONE ? (str){0} : v->tree->units[v->top].id);
	json_put_int(&w, S("done"), v->done);
	json_put_int(&w, S("of"), v->of);
	json_key(&w, S("counts"));
	json_object(&w);
	for (int part = 0; part < VIEW_QUEUE_PARTS; part++)
		json_put_int(&w, view_queue_part_name((enum view_queue_part)part), v->counts[part]);
	json_object_end(&w);
	json_key(&w, S("places"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		put_place(&w, v, &v->list[i]);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
