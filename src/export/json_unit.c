#include "export/json.h"

#include "base/time.h"

void export_json_unit_deployments(struct json_writer *w, str name, unsigned bits)
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
	export_json_unit_deployments(w, S("declared"), u->unit->declared);
	export_json_unit_deployments(w, S("deployments"), u->unit->deployment);
	json_put_int(w, S("size"), u->unit->size);
	json_key(w, S("program"));
	json_object(w);
	export_json_score_mean(w, &u->program);
	json_object_end(w);
	json_key(w, S("categories"));
	json_array(w);
	for (size_t i = 0; i < m->n_categories; i++) {
		json_object(w);
		export_json_score_category(w, m->categories[i].id, &u->categories[i]);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

void export_json_unit_list(struct export o, const struct view_units *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.units/1"));
	json_put_text(&w, S("model"), v->model->name);
	export_json_model_overlay(&w, v->model);
	json_put_int(&w, S("rules"), SCORE_RULES);
	json_put_time(&w, S("as_of"), v->as_of_ms);
	json_put_time(&w, S("since"), v->since_ms == INT64_MIN ? TIME_FOREVER : v->since_ms);
	json_key(&w, S("units"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		put_unit(&w, v->model, &v->units[i]);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}

static void put_map_row(struct json_writer *w, const struct view_unit_map *v, const struct view_unit_map_row *row)
{
	const struct unit *u = &v->lens.tree->units[row->unit];
	json_object(w);
	json_put_text(w, S("id"), u->id);
	json_put_text(w, S("name"), u->name);
	json_put_int(w, S("depth"), row->depth);
	json_put_bool(w, S("leaf"), row->leaf);
	json_put_bool(w, S("open"), row->open);
	json_put_int(w, S("leaves"), row->leaves);
	json_put_int(w, S("known"), row->known);
	json_key(w, S("program"));
	json_object(w);
	export_json_score_mean(w, &row->program);
	json_object_end(w);
	json_key(w, S("categories"));
	json_array(w);
	for (size_t i = 0; i < v->model->n_categories; i++) {
		json_object(w);
		export_json_score_category(w, v->model->categories[i].id, &row->categories[i]);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

void export_json_unit_map(struct export o, const struct view_unit_map *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.unit-map/1"));
	json_put_text(&w, S("model"), v->model->name);
	json_put_int(&w, S("rules"), SCORE_RULES);
	json_put_time(&w, S("as_of"), v->lens.at_ms);
	export_json_overview_deployment(&w, v->lens.deployment);
	json_put_int(&w, S("units"), v->units);
	json_put_int(&w, S("leaves"), v->leaves);
	json_key(&w, S("rows"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		put_map_row(&w, v, &v->rows[i]);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
