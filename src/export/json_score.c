#include "export/json.h"

static void not_applicable(struct json_writer *w)
{
	json_put_bool(w, S("applicable"), false);
}

void export_json_score_mean(struct json_writer *w, const struct score_mean *m)
{
	if (!m->applicable) {
		not_applicable(w);
		return;
	}
	json_put_int(w, S("index"), m->index);
	json_put_int(w, S("index_high"), m->index_high);
	json_put_int(w, S("index_evidenced"), m->index_evidenced);
	json_put_int(w, S("floor"), m->floor);
	json_put_int(w, S("coverage"), m->coverage);
}

void export_json_score_category(struct json_writer *w, str id, const struct score_category *c)
{
	json_put_text(w, S("id"), id);
	if (!c->applicable) {
		not_applicable(w);
		return;
	}
	json_put_int(w, S("level"), c->level);
	json_put_int(w, S("level_high"), c->level_high);
	json_put_int(w, S("level_evidenced"), c->level_evidenced);
	json_put_int(w, S("ceiling"), c->ceiling);
	json_put_int(w, S("index"), c->index);
	json_put_int(w, S("index_high"), c->index_high);
	json_put_int(w, S("index_evidenced"), c->index_evidenced);
	json_put_int(w, S("progress"), c->progress);
	json_put_int(w, S("coverage"), c->coverage);
}

void export_json_score_objective(struct json_writer *w, str id, const struct score_objective *s)
{
	json_put_text(w, S("id"), id);
	json_put_text(w, S("verdict"), score_verdict_name(s->verdict));
	json_put_int(w, S("yes"), s->tally.yes);
	json_put_int(w, S("no"), s->tally.no);
	json_put_int(w, S("unknown"), s->tally.unknown);
	if (s->verdict != SCORE_NOT_APPLICABLE)
		json_put_int(w, S("attainment"), s->attainment);
}

static void parts(struct json_writer *w, const struct model *m, const struct score *s)
{
	json_key(w, S("domains"));
	json_array(w);
	for (size_t i = 0; i < m->n_domains; i++) {
		json_object(w);
		json_put_text(w, S("id"), m->domains[i].id);
		export_json_score_mean(w, &s->domains[i]);
		json_object_end(w);
	}
	json_array_end(w);
	json_key(w, S("categories"));
	json_array(w);
	for (size_t i = 0; i < m->n_categories; i++) {
		json_object(w);
		export_json_score_category(w, m->categories[i].id, &s->categories[i]);
		json_object_end(w);
	}
	json_array_end(w);
	json_key(w, S("objectives"));
	json_array(w);
	for (size_t i = 0; i < m->n_objectives; i++) {
		json_object(w);
		export_json_score_objective(w, m->objectives[i].id, &s->objectives[i]);
		if (m->objectives[i].overlaid)
			json_put_text(w, S("overlay"), export_json_model_act(m->objectives[i].overlaid->act));
		json_object_end(w);
	}
	json_array_end(w);
}

void export_json_score(struct export o, const struct view_score *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.score/1"));
	json_put_text(&w, S("model"), v->model->name);
	export_json_model_overlay(&w, v->model);
	json_put_int(&w, S("rules"), SCORE_RULES);
	json_put_text(&w, S("unit"), v->unit_id);
	json_put_time(&w, S("as_of"), v->as_of_ms);
	json_key(&w, S("units"));
	json_object(&w);
	json_put_int(&w, S("leaves"), v->score.leaves);
	json_put_int(&w, S("known"), v->score.known);
	json_object_end(&w);
	json_key(&w, S("program"));
	json_object(&w);
	export_json_score_mean(&w, &v->score.program);
	json_object_end(&w);
	parts(&w, v->model, &v->score);
	json_object_end(&w);
	export_line(o);
}

void export_json_score_check(struct export o, const struct view_check *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.check/1"));
	json_put_text(&w, S("model"), v->model->name);
	export_json_model_overlay(&w, v->model);
	json_put_text(&w, S("unit"), v->unit_id);
	json_put_time(&w, S("as_of"), v->as_of_ms);
	json_put_int(&w, S("below"), v->below);
	json_key(&w, S("bounds"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		const struct view_bound *b = &v->bounds[i];
		json_object(&w);
		json_put_text(&w, S("category"), b->category);
		json_put_int(&w, S("wanted"), b->wanted);
		if (b->found)
			json_put_int(&w, S("found"), b->found);
		else
			json_put_bool(&w, S("applicable"), false);
		json_put_bool(&w, S("holds"), b->holds);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
