#include "export/json.h"

#include "base/time.h"

void export_json_overview_deployment(struct json_writer *w, unsigned bits)
{
	static const str names[] = {S("self_hosted"), S("paas"), S("saas")};
	json_key(w, S("deployment"));
	json_array(w);
	for (int i = 0; i < 3; i++)
		if (!bits || bits >> i & 1)
			json_string(w, names[i]);
	json_array_end(w);
}

static void put_mean(struct json_writer *w, str key, const struct score_mean *m)
{
	json_key(w, key);
	json_object(w);
	export_json_score_mean(w, m);
	json_object_end(w);
}

static void put_head(struct json_writer *w, const struct view_overview *v)
{
	bool run = v->lens.evaluated_ms != INT64_MIN;
	json_put_text(w, S("schema"), S("aismm.overview/1"));
	json_put_text(w, S("model"), v->model->name);
	json_put_int(w, S("rules"), SCORE_RULES);
	json_put_text(w, S("unit"), v->lens.unit_id);
	json_put_text(w, S("name"), v->lens.unit_name);
	json_put_time(w, S("as_of"), v->lens.at_ms);
	json_put_time(w, S("against"), v->lens.vs_ms);
	json_put_time(w, S("evaluated"), run ? v->lens.evaluated_ms : TIME_FOREVER);
	export_json_overview_deployment(w, v->lens.deployment);
	json_put_bool(w, S("known"), v->known);
	put_mean(w, S("program"), &v->now.program);
	json_key(w, S("past"));
	if (v->has_past) {
		json_object(w);
		export_json_score_mean(w, &v->past.program);
		json_object_end(w);
	} else {
		json_null(w);
	}
	json_key(w, S("objectives"));
	json_object(w);
	json_put_int(w, S("applicable"), v->counts.applicable);
	json_put_int(w, S("met"), v->counts.met);
	json_put_int(w, S("open"), v->counts.open);
	json_put_int(w, S("not_met"), v->counts.not_met);
	json_object_end(w);
}

static void put_category(struct json_writer *w, const struct view_overview *v, size_t i)
{
	json_object(w);
	export_json_score_category(w, v->model->categories[i].id, &v->now.categories[i]);
	if (view_overview_has_past(v, i))
		json_put_int(w, S("past_index"), v->past.categories[i].index);
	json_key(w, S("levels"));
	json_array(w);
	for (int level = 1; level <= MODEL_LEVELS; level++) {
		const struct view_heat *h = &v->heat[i * MODEL_LEVELS + (size_t)level - 1];
		json_object(w);
		json_put_text(w, S("state"), view_heat_name(h->state));
		json_put_int(w, S("met"), h->met);
		json_put_int(w, S("open"), h->open);
		json_put_int(w, S("applicable"), h->applicable);
		json_put_int(w, S("attainment"), h->attainment);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

static void put_parts(struct json_writer *w, const struct view_overview *v)
{
	json_key(w, S("domains"));
	json_array(w);
	for (size_t i = 0; i < v->model->n_domains; i++) {
		json_object(w);
		json_put_text(w, S("id"), v->model->domains[i].id);
		export_json_score_mean(w, &v->now.domains[i]);
		if (v->has_past && v->past.domains[i].applicable)
			json_put_int(w, S("past_index"), v->past.domains[i].index);
		json_object_end(w);
	}
	json_array_end(w);
	json_key(w, S("categories"));
	json_array(w);
	for (size_t i = 0; i < v->model->n_categories; i++)
		put_category(w, v, i);
	json_array_end(w);
}

static void put_course(struct json_writer *w, const struct view_overview *v)
{
	json_key(w, S("course"));
	json_array(w);
	for (int i = 0; i < VIEW_COURSE_POINTS; i++) {
		const struct view_point *p = &v->points[i];
		json_object(w);
		json_put_time(w, S("at"), p->at_ms);
		json_put_bool(w, S("known"), p->known);
		if (p->known)
			export_json_score_mean(w, &p->score.program);
		json_object_end(w);
	}
	json_array_end(w);
}

static void put_category_ids(struct json_writer *w, const struct model *m, const int *list, size_t n)
{
	json_key(w, S("categories"));
	json_array(w);
	for (size_t i = 0; i < n; i++)
		json_string(w, m->categories[list[i]].id);
	json_array_end(w);
}

static void put_move(struct json_writer *w, const struct model *m, const struct view_move *move)
{
	json_object(w);
	json_put_text(w, S("kind"), view_course_kind(move->kind));
	json_put_int(w, S("level"), move->level);
	json_put_time(w, S("from"), move->from_ms);
	json_put_time(w, S("at"), move->at_ms);
	json_put_int(w, S("effect"), move->effect);
	put_category_ids(w, m, move->categories, move->n_categories);
	json_key(w, S("objectives"));
	json_array(w);
	for (size_t i = 0; i < move->n_objectives; i++) {
		const struct view_moved *o = &move->objectives[i];
		json_object(w);
		json_put_text(w, S("id"), m->objectives[o->objective].id);
		json_put_text(w, S("before"), score_verdict_name(o->before.verdict));
		json_put_text(w, S("after"), score_verdict_name(o->after.verdict));
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

static void put_moves(struct json_writer *w, const struct view_overview *v)
{
	const struct view_moves *m = &v->moves;
	json_key(w, S("moved"));
	if (!m->known) {
		json_null(w);
		return;
	}
	json_object(w);
	json_put_time(w, S("from"), m->from_ms);
	json_put_time(w, S("at"), m->at_ms);
	json_put_int(w, S("difference"), m->difference);
	json_put_int(w, S("other"), m->other);
	json_key(w, S("moves"));
	json_array(w);
	for (size_t i = 0; i < m->n; i++)
		put_move(w, v->model, &m->list[i]);
	json_array_end(w);
	json_object_end(w);
}

static void put_word_unit(struct json_writer *w, const struct view_overview *v, int unit)
{
	json_put_text(w, S("unit"), unit == UNIT_NONE ? (str){NULL, 0} : v->lens.tree->units[unit].id);
}

static void put_words(struct json_writer *w, const struct view_overview *v)
{
	json_key(w, S("on_word"));
	json_array(w);
	for (size_t i = 0; i < v->words.n_falls; i++) {
		const struct view_word_fall *f = &v->words.falls[i];
		json_object(w);
		json_put_text(w, S("category"), v->model->categories[f->category].id);
		json_put_int(w, S("from"), f->from);
		json_put_int(w, S("to"), f->to);
		json_key(w, S("objectives"));
		json_array(w);
		for (size_t k = 0; k < f->n; k++) {
			json_object(w);
			json_put_text(w, S("id"), v->model->objectives[f->objectives[k].objective].id);
			json_put_int(w, S("units"), f->objectives[k].units);
			put_word_unit(w, v, f->objectives[k].unit);
			json_object_end(w);
		}
		json_array_end(w);
		json_object_end(w);
	}
	json_array_end(w);
	json_key(w, S("possible"));
	json_array(w);
	for (size_t i = 0; i < v->words.n_rises; i++) {
		const struct view_word_rise *r = &v->words.rises[i];
		json_object(w);
		json_put_text(w, S("category"), v->model->categories[r->category].id);
		json_put_int(w, S("from"), r->from);
		json_put_int(w, S("to"), r->to);
		json_put_int(w, S("open"), r->n_open);
		json_put_int(w, S("unknown"), r->unknown);
		json_object_end(w);
	}
	json_array_end(w);
}

static void put_lifts(struct json_writer *w, const struct view_overview *v)
{
	json_key(w, S("next"));
	json_array(w);
	for (size_t i = 0; i < v->n_lifts; i++) {
		const struct view_lift *l = &v->lifts[i];
		json_object(w);
		json_put_text(w, S("category"), v->model->categories[l->category].id);
		json_put_int(w, S("to"), l->to);
		json_put_int(w, S("days"), l->days);
		json_put_int(w, S("floor_to"), l->floor_to);
		json_key(w, S("steps"));
		json_array(w);
		for (size_t k = 0; k < l->n_steps; k++) {
			json_object(w);
			export_json_score_objective(w, l->steps[k].objective->id, &l->steps[k].score);
			json_put_int(w, S("missing"), l->steps[k].missing);
			json_put_int(w, S("days"), l->steps[k].effort_days);
			json_object_end(w);
		}
		json_array_end(w);
		json_object_end(w);
	}
	json_array_end(w);
}

static void put_expiries(struct json_writer *w, const struct view_overview *v)
{
	json_key(w, S("expires"));
	json_object(w);
	json_put_int(w, S("total"), (int64_t)v->expiries.total);
	json_key(w, S("first"));
	json_array(w);
	for (size_t i = 0; i < v->expiries.n; i++) {
		const struct view_expiry *e = &v->expiries.list[i];
		json_object(w);
		json_put_text(w, S("objective"), v->model->objectives[e->objective].id);
		json_put_time(w, S("ends"), e->ends_ms);
		json_put_bool(w, S("override"), e->ends_ruling);
		json_put_int(w, S("from"), e->from);
		json_put_int(w, S("to"), e->to);
		json_put_text(w, S("basis"), measure_basis_name(e->basis));
		json_put_text(w, S("source"), e->source_name);
		json_put_int(w, S("units"), e->units);
		put_word_unit(w, v, e->unit);
		json_put_text(w, S("author"), e->author);
		json_put_text(w, S("reviewer"), e->reviewer);
		json_put_text(w, S("feed"), e->feed);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

static void put_troubles(struct json_writer *w, const struct view_overview *v)
{
	const struct view_troubles *t = &v->troubles;
	json_key(w, S("feeds"));
	json_object(w);
	json_put_int(w, S("all"), (int64_t)t->feeds);
	json_put_int(w, S("unlinked_rows"), t->unlinked_rows);
	json_put_int(w, S("unlinked_names"), t->unlinked_names);
	json_key(w, S("trouble"));
	json_array(w);
	for (size_t i = 0; i < t->n; i++) {
		const struct view_feed *f = t->list[i].feed;
		json_object(w);
		json_put_text(w, S("name"), f->name);
		json_put_text(w, S("kind"), view_overview_trouble(t->list[i].kind));
		json_put_time(w, S("newest"), f->snapshots ? f->newest_ms : TIME_FOREVER);
		json_put_time(w, S("ends"), t->list[i].ends_ms);
		json_put_time(w, S("due"), f->due_ms);
		json_put_text(w, S("reason"), f->failed_reason);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

void export_json_overview(struct export o, const struct view_overview *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	put_head(&w, v);
	put_parts(&w, v);
	put_course(&w, v);
	put_moves(&w, v);
	put_words(&w, v);
	put_lifts(&w, v);
	put_expiries(&w, v);
	put_troubles(&w, v);
	json_object_end(&w);
	export_line(o);
}
