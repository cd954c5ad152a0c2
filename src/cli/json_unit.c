#include "cli/json_view.h"

#include "base/time.h"

static void put_deployments(struct json_writer *w, str name, unsigned bits)
{
	json_key(w, name);
	json_array(w);
	if (bits & MODEL_SELF_HOSTED)
		json_string(w, S("self_hosted"));
	if (bits & MODEL_PAAS)
		json_string(w, S("paas"));
	if (bits & MODEL_SAAS)
		json_string(w, S("saas"));
	json_array_end(w);
}

static void put_unit(struct json_writer *w, const struct model *m, const struct view_unit *u)
{
	json_object(w);
	json_put_text(w, S("id"), u->unit->id);
	json_put_text(w, S("name"), u->unit->name);
	json_put_text(w, S("parent"), u->parent_id);
	json_put_int(w, S("depth"), u->unit->depth);
	json_put_bool(w, S("leaf"), u->leaf);
	put_deployments(w, S("declared"), u->unit->declared);
	put_deployments(w, S("deployments"), u->unit->deployment);
	json_put_int(w, S("size"), u->unit->size);
	json_key(w, S("program"));
	json_object(w);
	json_score_mean(w, &u->program);
	json_object_end(w);
	json_key(w, S("categories"));
	json_array(w);
	for (size_t i = 0; i < m->n_categories; i++) {
		json_object(w);
		json_score_category(w, m->categories[i].id, &u->categories[i]);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

void json_unit_list(struct out *o, const struct view_units *v)
{
	struct json_writer w = json_writer(&o->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.units/1"));
	json_put_text(&w, S("model"), v->model->name);
	json_model_overlay(&w, v->model);
	json_put_int(&w, S("rules"), SCORE_RULES);
	json_put_time(&w, S("as_of"), v->as_of_ms);
	json_put_time(&w, S("since"), v->since_ms == INT64_MIN ? TIME_FOREVER : v->since_ms);
	json_key(&w, S("units"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		put_unit(&w, v->model, &v->units[i]);
		out_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	out_line(o);
}
