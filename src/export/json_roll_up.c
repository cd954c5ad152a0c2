#include "export/json.h"

#include "base/time.h"

static void put_tally(struct json_writer *w, const struct view_roll_up_part *p)
{
	json_key(w, S("tally"));
	if (!p->count.say && !measure_total(p->tally)) {
		json_null(w);
		return;
	}
	json_object(w);
	json_put_int(w, S("yes"), p->tally.yes);
	json_put_int(w, S("no"), p->tally.no);
	json_put_int(w, S("unknown"), p->tally.unknown);
	json_object_end(w);
}

static void put_count(struct json_writer *w, const struct view_roll_up_count *c)
{
	json_key(w, S("count"));
	json_object(w);
	json_put_int(w, S("units"), c->units);
	json_put_int(w, S("say"), c->say);
	json_put_int(w, S("silent"), c->silent);
	json_put_int(w, S("other_type"), c->other_type);
	json_put_int(w, S("not_applicable"), c->not_applicable);
	json_put_int(w, S("pass"), c->pass);
	json_object_end(w);
}

/* The unit by itself has no verdict: one is made of the sum alone. */
static void put_part(struct json_writer *w, const struct view_roll_up *v, const struct view_roll_up_part *p, bool own)
{
	const struct unit *unit = &v->lens.tree->units[p->unit];
	json_object(w);
	json_put_text(w, S("unit"), unit->id);
	json_put_text(w, S("name"), unit->name);
	json_put_bool(w, S("leaf"), p->leaf);
	export_json_unit_deployments(w, S("deployments"), unit->deployment);
	put_tally(w, p);
	if (!own)
		json_put_text(w, S("verdict"), score_verdict_name(p->verdict));
	put_count(w, &p->count);
	json_object_end(w);
}

static void put_head(struct json_writer *w, const struct view_roll_up *v)
{
	json_put_text(w, S("schema"), S("aismm.roll-up/1"));
	json_put_text(w, S("model"), v->model->name);
	json_put_int(w, S("rules"), SCORE_RULES);
	json_put_time(w, S("as_of"), v->lens.at_ms);
	export_json_overview_deployment(w, v->lens.deployment);
	json_put_text(w, S("unit"), v->lens.unit_id);
	json_put_text(w, S("objective"), v->objective->id);
	json_put_int(w, S("threshold"), v->objective->threshold_milli);
	json_put_text(w, S("scope"), v->program ? S("program") : S("unit"));
	if (v->program)
		json_put_bool(w, S("holds"), v->holds);
}

void export_json_roll_up(struct export o, const struct view_roll_up *v, size_t from, size_t n)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	put_head(&w, v);
	json_key(&w, S("own"));
	put_part(&w, v, &v->own, true);
	export_json_explain_measures(o, &w, v->measures, v->n_measures);
	json_put_int(&w, S("below_total"), (int64_t)v->n);
	json_key(&w, S("below"));
	json_array(&w);
	for (size_t i = from; i < from + n; i++) {
		put_part(&w, v, &v->parts[i], false);
		export_drain(o);
	}
	json_array_end(&w);
	json_key(&w, S("total"));
	put_part(&w, v, &v->total, false);
	json_object_end(&w);
	export_line(o);
}
