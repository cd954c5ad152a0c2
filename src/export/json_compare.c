#include "export/json.h"

static void put_side(struct json_writer *w, str key, const struct view_compare_side *s)
{
	json_key(w, key);
	json_object(w);
	json_put_text(w, S("unit"), s->unit_id);
	json_put_time(w, S("as_of"), s->at_ms);
	json_put_bool(w, S("known"), s->known);
	export_json_score_mean(w, &s->score.program);
	json_object_end(w);
}

static void put_compared_category(struct json_writer *w, const struct view_compare *v, size_t i)
{
	int32_t difference;
	json_object(w);
	json_put_text(w, S("id"), v->model->categories[i].id);
	json_key(w, S("a"));
	json_object(w);
	export_json_score_category(w, v->model->categories[i].id, &v->a.score.categories[i]);
	json_object_end(w);
	json_key(w, S("b"));
	json_object(w);
	export_json_score_category(w, v->model->categories[i].id, &v->b.score.categories[i]);
	json_object_end(w);
	if (view_compare_category(v, i, &difference))
		json_put_int(w, S("difference"), difference);
	json_object_end(w);
}

static void put_compared_objective(struct json_writer *w, const struct view_compare *v,
				   const struct view_compare_objective *c)
{
	str id = v->model->objectives[c->objective].id;
	json_object(w);
	json_put_text(w, S("id"), id);
	json_put_bool(w, S("verdict_differs"), c->verdict);
	json_key(w, S("a"));
	json_object(w);
	export_json_score_objective(w, id, &v->a.score.objectives[c->objective]);
	json_object_end(w);
	json_key(w, S("b"));
	json_object(w);
	export_json_score_objective(w, id, &v->b.score.objectives[c->objective]);
	json_object_end(w);
	json_object_end(w);
}

void export_json_compare(struct export o, const struct view_compare *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.compare/1"));
	json_put_text(&w, S("model"), v->model->name);
	json_put_int(&w, S("rules"), SCORE_RULES);
	export_json_overview_deployment(&w, v->deployment);
	put_side(&w, S("a"), &v->a);
	put_side(&w, S("b"), &v->b);
	if (v->comparable)
		json_put_int(&w, S("difference"), v->difference);
	json_key(&w, S("categories"));
	json_array(&w);
	for (size_t i = 0; i < v->model->n_categories; i++)
		put_compared_category(&w, v, i);
	json_array_end(&w);
	json_key(&w, S("objectives"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++)
		put_compared_objective(&w, v, &v->objectives[i]);
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
