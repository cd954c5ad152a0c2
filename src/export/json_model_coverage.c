#include "export/json.h"

static void put_objectives(struct json_writer *w, const struct model *m, const int *list, size_t n)
{
	json_key(w, S("objectives"));
	json_array(w);
	for (size_t i = 0; i < n; i++)
		json_string(w, m->objectives[list[i]].id);
	json_array_end(w);
}

static void put_id(struct json_writer *w, const struct model_coverage *c, const struct model_coverage_id *id)
{
	json_object(w);
	json_put_text(w, S("id"), id->id);
	json_put_text(w, S("title"), id->title);
	if (id->heading)
		json_put_bool(w, S("heading"), true);
	if (id->moves) {
		json_put_text(w, S("moved"), id->moved.n ? id->moved : (str){NULL, 0});
		json_put_bool(w, S("review"), id->review);
	}
	put_objectives(w, c->model, id->objectives, id->n_objectives);
	if (id->left_out.p)
		json_put_text(w, S("left_out"), id->left_out);
	json_object_end(w);
}

static void put_group(struct json_writer *w, const struct model_coverage *c, const struct model_coverage_group *g,
		      enum export_json_model_which which)
{
	json_object(w);
	json_put_text(w, S("id"), g->id);
	json_put_text(w, S("title"), g->title);
	json_put_int(w, S("ids"), g->n_ids);
	json_put_int(w, S("reached"), g->reached);
	json_put_int(w, S("left_out"), g->left_out);
	put_objectives(w, c->model, g->objectives, g->n_objectives);
	json_key(w, S("entries"));
	json_array(w);
	for (size_t i = 0; i < g->n; i++)
		if (which == EXPORT_MODEL_ALL || (which == EXPORT_MODEL_REACHED) == (g->ids[i].n_objectives > 0))
			put_id(w, c, &g->ids[i]);
	json_array_end(w);
	json_object_end(w);
}

void export_json_model_coverage(struct export o, const struct model_coverage *c, enum export_json_model_which which)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.model-coverage/1"));
	json_put_text(&w, S("model"), c->model->name);
	json_put_text(&w, S("framework"), c->framework);
	json_put_text(&w, S("title"), c->title);
	json_put_text(&w, S("version"), c->version);
	json_put_text(&w, S("translated"), c->other);
	json_put_int(&w, S("ids"), c->ids);
	json_put_int(&w, S("reached"), c->reached);
	json_put_int(&w, S("left_out"), c->left_out);
	json_put_int(&w, S("objectives"), c->objectives);
	json_put_int(&w, S("elsewhere"), c->elsewhere);
	json_key(&w, S("groups"));
	json_array(&w);
	for (size_t i = 0; i < c->n; i++) {
		put_group(&w, c, &c->groups[i], which);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
