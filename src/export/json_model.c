#include "export/json.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/time.h"
#include "core/framework.h"

/* ---- what is stored ---- */

static void put_stored(struct json_writer *w, const struct view_model *v)
{
	json_put_text(w, S("name"), v->name);
	json_put_text(w, S("id"), v->id);
	json_put_text(w, S("version"), v->version);
	json_put_text(w, S("title"), v->title);
	json_put_text(w, S("line"), v->line);
	if (v->base.p)
		json_put_text(w, S("base"), v->base);
	json_put_bool(w, S("active"), v->active);
	json_put_time(w, S("imported"), v->imported_ms);
	json_put_int(w, S("categories"), v->categories);
	json_put_int(w, S("objectives"), v->objectives);
	json_put_int(w, S("checks"), v->checks);
	if (!v->base.p)
		return;
	json_key(w, S("overlay"));
	json_object(w);
	for (int act = 0; act < MODEL_OVERLAY_ACTS; act++)
		json_put_int(w, export_json_model_act((enum model_overlay_act)act), v->overlay[act]);
	json_object_end(w);
}

static void put_activation(struct json_writer *w, const struct view_activation *v)
{
	json_key(w, S("measures"));
	json_object(w);
	json_put_text(w, S("previous"), v->previous);
	json_put_text(w, S("line"), v->previous_line);
	json_put_bool(w, S("same_line"), v->same_line);
	json_put_int(w, S("same"), v->carry);
	json_put_int(w, S("judge"), v->judge);
	export_json_import_texts(w, S("lost"), v->lost, v->n_lost);
	json_object_end(w);
}

void export_json_model_list(struct export o, const struct view_model *models, size_t n)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.models/1"));
	json_key(&w, S("models"));
	json_array(&w);
	for (size_t i = 0; i < n; i++) {
		json_object(&w);
		put_stored(&w, &models[i]);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}

void export_json_model_one(struct export o, const struct view_model *v, str what, bool changed)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.stored-model/1"));
	json_put_bool(&w, what, changed);
	json_key(&w, S("model"));
	json_object(&w);
	put_stored(&w, v);
	json_object_end(&w);
	if (v->carried.p)
		json_put_text(&w, S("base_stored"), v->carried);
	if (v->waiting.p)
		json_put_text(&w, S("waiting"), v->waiting);
	if (v->activation)
		put_activation(&w, v->activation);
	json_object_end(&w);
	export_line(o);
}

void export_json_model_problems(struct export o, const struct model_problems *p, bool strict)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.lint/1"));
	json_put_int(&w, S("errors"), (int64_t)p->n_errors);
	json_put_int(&w, S("warnings"), (int64_t)(p->n - p->n_errors));
	json_put_bool(&w, S("strict"), strict);
	json_key(&w, S("problems"));
	json_array(&w);
	for (size_t i = 0; i < p->n; i++) {
		json_object(&w);
		json_put_text(&w, S("file"), p->list[i].place.file);
		json_put_int(&w, S("line"), p->list[i].place.line);
		json_put_int(&w, S("column"), p->list[i].place.column);
		json_put_text(&w, S("severity"), p->list[i].warning ? S("warning") : S("error"));
		json_put_text(&w, S("message"), p->list[i].message);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}

/* ---- the model in its own format ---- */

static void put_if(struct json_writer *w, str name, str text)
{
	if (text.n)
		json_put_text(w, name, text);
}

static void put_days(struct json_writer *w, str name, int64_t ms)
{
	char text[32];
	int n = snprintf(text, sizeof text, "P%" PRId64 "D", ms / TIME_DAY_MS);
	json_put_text(w, name, (str){text, (size_t)n});
}

/* A share with three decimals; the writer itself knows integers only. */
static void put_share(struct json_writer *w, str name, int32_t thousandths)
{
	json_key(w, name);
	buf_printf(w->out, "%" PRId32 ".%03" PRId32, thousandths / 1000, thousandths % 1000);
	w->after_key = false;
}

/* Inside an open object. */
static void put_ref(struct json_writer *w, const struct model_ref *ref)
{
	json_put_text(w, S("framework"), ref->framework);
	json_put_text(w, S("version"), ref->version);
	export_json_import_texts(w, S("ids"), ref->ids, ref->n_ids);
}

static void put_refs(struct json_writer *w, const struct model_objective *mo)
{
	json_key(w, S("refs"));
	json_array(w);
	for (size_t i = 0; i < mo->n_refs; i++) {
		json_object(w);
		put_ref(w, &mo->refs[i]);
		json_object_end(w);
	}
	json_array_end(w);
}

static void put_untouched(struct json_writer *w, const struct model *m)
{
	if (!m->n_untouched)
		return;
	json_key(w, S("untouched"));
	json_array(w);
	for (size_t i = 0; i < m->n_untouched; i++) {
		json_object(w);
		put_ref(w, &m->untouched[i].ref);
		json_put_text(w, S("because"), m->untouched[i].because);
		json_object_end(w);
	}
	json_array_end(w);
}

static void put_rules(struct json_writer *w, const struct model *m, const struct model_objective *mo)
{
	static const str modes[] = {
	    [MODEL_MANUAL] = S("manual"), [MODEL_AUTOMATED] = S("automated"), [MODEL_EITHER] = S("either")};
	static const str empties[] = {[MODEL_EMPTY_NOT_APPLICABLE] = S("not_applicable"),
				      [MODEL_EMPTY_UNKNOWN] = S("unknown"),
				      [MODEL_EMPTY_NOT_MET] = S("not_met")};
	put_share(w, S("threshold"), mo->threshold_milli);
	put_days(w, S("window"), mo->window_ms);
	put_days(w, S("max_age"), mo->max_age_ms);
	json_put_text(w, S("scope"), mo->scope == MODEL_SCOPE_PROGRAM ? S("program") : S("unit"));
	export_json_unit_deployments(w, S("deployment"), mo->deployment);
	json_put_text(w, S("mode"), modes[mo->mode]);
	json_put_text(w, S("basis"), mo->sample ? S("sample") : S("census"));
	json_put_text(w, S("empty"), empties[mo->empty]);
	json_key(w, S("may_lack"));
	json_array(w);
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (mo->may_lack >> k & 1)
			json_string(w, evidence_kinds[k].name);
	json_array_end(w);
	json_put_int(w, S("effort"), mo->effort_days);
	json_key(w, S("requires"));
	json_array(w);
	for (size_t i = 0; i < mo->n_requires; i++)
		json_string(w, m->objectives[mo->requires[i]].id);
	json_array_end(w);
}

/* ---- what an overlay did ---- */

str export_json_model_act(enum model_overlay_act act)
{
	static const str words[MODEL_OVERLAY_ACTS] = {
	    [MODEL_ADDED] = S("added"),       [MODEL_ADAPTED] = S("adapted"), [MODEL_TIGHTENED] = S("tightened"),
	    [MODEL_LOOSENED] = S("loosened"), [MODEL_RETIRED] = S("retired"),
	};
	return words[act];
}

void export_json_model_overlay(struct json_writer *w, const struct model *m)
{
	int counts[MODEL_OVERLAY_ACTS];
	if (!m->base.p)
		return;
	model_overlay_count(m, counts);
	json_key(w, S("overlay"));
	json_object(w);
	json_put_text(w, S("base"), m->base);
	json_put_text(w, S("line"), m->line);
	for (int act = 0; act < MODEL_OVERLAY_ACTS; act++)
		json_put_int(w, export_json_model_act((enum model_overlay_act)act), counts[act]);
	json_object_end(w);
}

void export_json_model_overlaid(struct json_writer *w, const struct model_overlaid *mark)
{
	if (!mark)
		return;
	json_key(w, S("overlay"));
	json_object(w);
	json_put_text(w, S("act"), export_json_model_act(mark->act));
	if (mark->base) {
		put_share(w, S("base_threshold"), mark->base->threshold_milli);
		put_days(w, S("base_max_age"), mark->base->max_age_ms);
		export_json_unit_deployments(w, S("base_deployment"), mark->base->deployment);
	}
	put_if(w, S("approver"), mark->approver);
	put_if(w, S("because"), mark->because);
	json_object_end(w);
}

void export_json_model_retired(struct json_writer *w, const struct model *m, const struct model_category *category)
{
	if (!m->base.p)
		return;
	json_key(w, S("retired"));
	json_array(w);
	for (size_t i = 0; i < m->n_retired; i++) {
		const struct model_overlaid *r = &m->retired[i];
		if (category && r->base->category != category - m->categories)
			continue;
		json_object(w);
		json_put_text(w, S("id"), r->base->id);
		json_put_text(w, S("title"), r->base->title);
		json_put_text(w, S("approver"), r->approver);
		json_put_text(w, S("because"), r->because);
		json_object_end(w);
	}
	json_array_end(w);
}

/* ---- the parts ---- */

static void put_objective(struct json_writer *w, const struct model *m, const struct model_objective *mo)
{
	json_object(w);
	json_put_text(w, S("id"), mo->id);
	json_put_text(w, S("title"), mo->title);
	json_put_text(w, S("kpi"), mo->kpi);
	if (mo->subject >= 0)
		json_put_text(w, S("subject"), evidence_kinds[mo->subject].name);
	put_if(w, S("population"), mo->population);
	put_if(w, S("condition"), mo->condition);
	put_rules(w, m, mo);
	put_if(w, S("threshold_why"), mo->threshold_why);
	put_if(w, S("rationale"), mo->rationale);
	put_if(w, S("guidance"), mo->guidance);
	put_if(w, S("owner"), mo->owner);
	export_json_import_texts(w, S("evidence"), mo->evidence, mo->n_evidence);
	put_if(w, S("check"), mo->check);
	put_if(w, S("population_size"), mo->population_size);
	put_refs(w, mo);
	export_json_model_overlaid(w, mo->overlaid);
	json_object_end(w);
}

static bool is_shown(const struct export_json_model_filter *f, const struct model_objective *mo)
{
	return !f->deployment || mo->deployment & f->deployment;
}

static void put_category(struct export o, struct json_writer *w, const struct model *m, const struct model_category *mc,
			 const struct export_json_model_filter *filter)
{
	json_object(w);
	json_put_text(w, S("id"), mc->id);
	json_put_text(w, S("domain"), m->domains[mc->domain].id);
	json_put_text(w, S("title"), mc->title);
	put_if(w, S("summary"), mc->summary);
	json_put_int(w, S("weight"), mc->weight);
	export_json_import_texts(w, S("owners"), mc->owners, mc->n_owners);
	json_key(w, S("levels"));
	json_object(w);
	for (int i = 0; i < MODEL_LEVELS; i++) {
		char digit = (char)('1' + i);
		put_if(w, (str){&digit, 1}, mc->levels[i]);
	}
	json_object_end(w);
	json_key(w, S("objectives"));
	json_array(w);
	for (int i = 0; i < mc->n_objectives; i++) {
		if (is_shown(filter, &m->objectives[mc->first_objective + i]))
			put_objective(w, m, &m->objectives[mc->first_objective + i]);
		export_drain(o);
	}
	json_array_end(w);
	json_object_end(w);
}

static void put_head(struct json_writer *w, const struct model *m)
{
	json_put_text(w, S("schema"), S("aismm.model/1"));
	json_put_text(w, S("id"), m->id);
	json_put_text(w, S("version"), m->version);
	json_put_text(w, S("title"), m->title);
	put_if(w, S("notice"), m->notice);
	if (m->n_about)
		export_json_import_texts(w, S("about"), m->about, m->n_about);
	put_untouched(w, m);
	json_key(w, S("levels"));
	json_array(w);
	for (int i = 0; i < MODEL_LEVELS; i++) {
		json_object(w);
		json_put_int(w, S("level"), i + 1);
		json_put_text(w, S("name"), m->level_names[i]);
		put_if(w, S("summary"), m->level_summaries[i]);
		json_object_end(w);
	}
	json_array_end(w);
	json_key(w, S("domains"));
	json_array(w);
	for (size_t i = 0; i < m->n_domains; i++) {
		json_object(w);
		json_put_text(w, S("id"), m->domains[i].id);
		json_put_text(w, S("title"), m->domains[i].title);
		put_if(w, S("summary"), m->domains[i].summary);
		json_object_end(w);
	}
	json_array_end(w);
}

void export_json_model_show(struct export o, const struct model *m, const struct export_json_model_filter *filter)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	put_head(&w, m);
	json_key(&w, S("categories"));
	json_array(&w);
	for (size_t i = 0; i < m->n_categories; i++)
		if (!filter->category || filter->category == &m->categories[i])
			put_category(o, &w, m, &m->categories[i], filter);
	json_array_end(&w);
	export_json_model_overlay(&w, m);
	export_json_model_retired(&w, m, NULL);
	json_object_end(&w);
	export_line(o);
}

static void put_titles(struct json_writer *w, const struct model_ref *ref)
{
	for (size_t k = 0; k < ref->n_ids; k++) {
		json_object(w);
		json_put_text(w, S("framework"), ref->framework);
		json_put_text(w, S("version"), ref->version);
		json_put_text(w, S("id"), ref->ids[k]);
		json_put_text(w, S("title"), framework_title(ref->framework, ref->version, ref->ids[k]));
		json_object_end(w);
	}
}

void export_json_model_objective(struct export o, const struct model *m, const struct model_objective *mo)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.objective/1"));
	json_put_text(&w, S("model"), m->name);
	json_put_text(&w, S("category"), m->categories[mo->category].id);
	json_put_int(&w, S("level"), mo->level);
	json_key(&w, S("objective"));
	put_objective(&w, m, mo);
	json_key(&w, S("required_by"));
	json_array(&w);
	for (size_t i = 0; i < m->n_objectives; i++)
		if (model_objective_requires(m, &m->objectives[i], mo))
			json_string(&w, m->objectives[i].id);
	json_array_end(&w);
	json_key(&w, S("titles"));
	json_array(&w);
	for (size_t i = 0; i < mo->n_refs; i++)
		put_titles(&w, &mo->refs[i]);
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
