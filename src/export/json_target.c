#include "export/json.h"

#include "base/time.h"

/* ---- targets ---- */

static void put_target(struct json_writer *w, const struct view_target *v)
{
	json_object(w);
	json_put_int(w, S("id"), v->id);
	json_put_text(w, S("unit"), v->unit);
	json_put_text(w, S("category"), v->category);
	json_put_int(w, S("level"), v->level);
	json_put_time(w, S("by_date"), v->due_ms);
	json_put_text(w, S("because"), v->because);
	json_put_text(w, S("owner"), v->owner);
	json_put_text(w, S("approver"), v->approver);
	json_put_text(w, S("author"), v->author);
	json_put_time(w, S("recorded"), v->recorded_ms);
	json_put_bool(w, S("in_force"), v->in_force);
	json_put_time(w, S("withdrawn"), v->withdrawn_ms);
	if (v->withdrawn_ms != TIME_FOREVER) {
		json_put_text(w, S("withdrawn_by"), v->withdrawn_by);
		json_put_text(w, S("withdrawn_because"), v->withdrawn_because);
	}
	json_object_end(w);
}

void export_json_target_list(struct export o, const struct view_target *list, size_t n)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.targets/1"));
	json_key(&w, S("targets"));
	json_array(&w);
	for (size_t i = 0; i < n; i++) {
		put_target(&w, &list[i]);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}

/* ---- the gap ---- */

static void put_step(struct json_writer *w, const struct view_step *s)
{
	json_object(w);
	export_json_score_objective(w, s->objective->id, &s->score);
	json_put_text(w, S("title"), s->objective->title);
	json_put_int(w, S("level"), s->objective->level);
	json_put_int(w, S("missing"), s->missing);
	json_put_int(w, S("effort_days"), s->effort_days);
	json_put_bool(w, S("in_next_level"), s->in_next_level);
	json_object_end(w);
}

static void put_wanted(struct json_writer *w, const struct view_gap_category *g)
{
	json_key(w, S("target"));
	if (!g->target) {
		json_null(w);
		return;
	}
	json_object(w);
	json_put_int(w, S("level"), g->target->level);
	json_put_time(w, S("by_date"), g->target->due_ms);
	json_put_text(w, S("unit"), g->target->unit);
	json_put_bool(w, S("inherited"), g->inherited);
	json_put_text(w, S("because"), g->target->because);
	json_put_text(w, S("owner"), g->target->owner);
	json_put_text(w, S("approver"), g->target->approver);
	json_object_end(w);
}

static void put_gap(struct json_writer *w, const struct view_gap_category *g)
{
	json_object(w);
	export_json_score_category(w, g->category->id, &g->score);
	json_put_text(w, S("state"), target_state_name(g->state));
	put_wanted(w, g);
	if (g->target && g->score.applicable)
		json_put_int(w, S("difference"), g->difference);
	json_key(w, S("steps"));
	json_array(w);
	for (size_t k = 0; k < g->n_steps; k++)
		put_step(w, &g->steps[k]);
	json_array_end(w);
	json_object_end(w);
}

void export_json_target_gap(struct export o, const struct view_gaps *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.gap/1"));
	json_put_text(&w, S("model"), v->model->name);
	json_put_text(&w, S("unit"), v->unit_id);
	json_put_time(&w, S("as_of"), v->as_of_ms);
	json_key(&w, S("categories"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		put_gap(&w, &v->categories[i]);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
