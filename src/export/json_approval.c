#include "export/json.h"

/* A request is for one type. */
static str deployment_name(unsigned bit)
{
	return bit == MODEL_SELF_HOSTED ? S("self_hosted") : bit == MODEL_PAAS ? S("paas") : S("saas");
}

void export_json_approval_put(struct json_writer *w, const struct view_approval *v)
{
	json_put_int(w, S("id"), v->id);
	json_put_text(w, S("system"), v->system);
	json_put_text(w, S("unit"), v->unit);
	json_put_text(w, S("deployment"), deployment_name(v->deployment));
	json_put_text(w, S("state"), approval_state_name(v->state));
	json_put_time(w, S("expires"), v->expires_ms);
	json_key(w, S("steps"));
	json_array(w);
	for (size_t i = 0; i < v->n_steps; i++) {
		json_object(w);
		json_put_text(w, S("act"), approval_act_name(v->steps[i].act));
		json_put_text(w, S("by"), v->steps[i].actor);
		json_put_time(w, S("at"), v->steps[i].at_ms);
		json_put_text(w, S("words"), v->steps[i].words);
		json_object_end(w);
	}
	json_array_end(w);
	json_put_text(w, S("sha256"), v->sha256);
}

void export_json_approval(struct export o, const struct view_approval *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.approval/1"));
	export_json_approval_put(&w, v);
	json_object_end(&w);
	export_line(o);
}

void export_json_approval_list(struct export o, const struct view_approval *list, size_t n)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.approvals/1"));
	json_key(&w, S("approvals"));
	json_array(&w);
	for (size_t i = 0; i < n; i++) {
		json_object(&w);
		export_json_approval_put(&w, &list[i]);
		json_object_end(&w);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
