#include <string.h>

#include "base/limits.h"
#include "core/evidence.h"
#include "core/framework.h"
#include "core/model_read.h"

enum { REFS_MAX = 64, REF_IDS_MAX = 100, EFFORT_MAX = 100000 };

static const str objective_keys[] = {S("id"),
				     S("title"),
				     S("kpi"),
				     S("subject"),
				     S("population"),
				     S("condition"),
				     S("threshold"),
				     S("window"),
				     S("max_age"),
				     S("scope"),
				     S("threshold_why"),
				     S("rationale"),
				     S("guidance"),
				     S("deployment"),
				     S("mode"),
				     S("basis"),
				     S("population_size"),
				     S("empty"),
				     S("may_lack"),
				     S("evidence"),
				     S("effort"),
				     S("owner"),
				     S("requires"),
				     S("check"),
				     S("refs"),
				     {0}};
static const str ref_keys[] = {S("framework"), S("version"), S("ids"), {0}};

/* In the order of their enums. */
static const str modes[] = {S("manual"), S("automated"), S("either"), {0}};
static const str scopes[] = {S("unit"), S("program"), {0}};
static const str bases[] = {S("census"), S("sample"), {0}};
static const str empties[] = {S("not_applicable"), S("unknown"), S("not_met"), {0}};
static const str deployments[] = {S("self_hosted"), S("paas"), S("saas"), {0}};

/* The level of "GOV-02.1" in category GOV; 0 when the id is not of that form. */
static int level_of(str id, str category)
{
	if (!str_starts(id, category) || id.n > MODEL_ID_BYTES)
		return 0;
	str rest = str_slice(id, category.n, id.n);
	if (!str_starts(rest, S("-0")) || rest.n < 5 || rest.n > 7 || rest.p[2] < '2' || rest.p[2] > '5' ||
	    rest.p[3] != '.' || rest.p[4] == '0')
		return 0;
	for (size_t i = 4; i < rest.n; i++)
		if (rest.p[i] < '0' || rest.p[i] > '9')
			return 0;
	return rest.p[2] - '0';
}

/* Before anything is said about the objective: messages begin with its id when it has a good one. */
static void about_read(struct model_reader *r, const struct yaml_node *node,
		       const struct model_draft_category *category)
{
	const struct yaml_node *id = yaml_get(node, S("id"));
	if (id && id->kind == YAML_SCALAR && category->c.id.n && level_of(id->text, category->c.id))
		r->about = id->text;
}

static void id_read(struct model_reader *r, const struct yaml_node *node, struct model_draft_category *category,
		    struct model_objective *o)
{
	o->id = model_read_needed_text(r, node, S("id"));
	o->level = category->c.id.n ? level_of(o->id, category->c.id) : 0;
	if (o->level)
		return;
	category->bad_ids = true;
	if (o->id.n && category->c.id.n)
		model_read_error(r, yaml_get(node, S("id")),
				 "objective id \"%.*s\" is not %.*s-0L.N with a level L from 2 to 5 and a number N",
				 STR_ARG(model_read_clip(o->id)), STR_ARG(model_read_clip(category->c.id)));
}

static void texts_read(struct model_reader *r, const struct yaml_node *node, struct model_objective *o)
{
	o->title = model_read_line(r, node, S("title"), true);
	o->kpi = model_read_needed_text(r, node, S("kpi"));
	o->population = model_read_text(r, node, S("population"));
	o->condition = model_read_text(r, node, S("condition"));
	o->threshold_why = model_read_text(r, node, S("threshold_why"));
	o->rationale = model_read_text(r, node, S("rationale"));
	o->guidance = model_read_text(r, node, S("guidance"));
	o->owner = model_read_line(r, node, S("owner"), false);
	if (o->owner.n)
		model_category_function(r, yaml_get(node, S("owner")), o->owner);
}

static void numbers_read(struct model_reader *r, const struct yaml_node *node, struct model_objective *o)
{
	o->threshold_milli = model_read_share(r, node, S("threshold"));
	if (yaml_is_null(yaml_get(node, S("window"))))
		model_read_error(r, node, "window is missing");
	o->window_ms = model_read_days(r, node, S("window"), 0);
	o->max_age_ms = model_read_days(r, node, S("max_age"), o->window_ms);
	o->effort_days = model_read_int(r, node, S("effort"), (struct model_range){0, EFFORT_MAX, 0});
}

unsigned model_objective_deployment(struct model_reader *r, const struct yaml_node *node)
{
	const struct yaml_node *list = model_read_list(r, node, S("deployment"));
	unsigned bits = 0;
	for (size_t i = 0; list && i < list->n; i++) {
		int word = model_read_word_at(r, list->items[i], S("deployment"), deployments);
		bits |= word < 0 ? 0U : 1U << word;
	}
	if (list && list->n == 0)
		model_read_error(r, list, "deployment is empty: the objective would apply nowhere");
	return bits ? bits : MODEL_ANY_DEPLOYMENT;
}

static int kind_read(struct model_reader *r, const struct yaml_node *at, const char *key, str name)
{
	str names[EVIDENCE_KINDS + 1] = {{0}};
	int kind = evidence_kind_find(name);
	if (kind >= 0)
		return kind;
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		names[k] = evidence_kinds[k].name;
	str nearest = model_read_nearest(name, names);
	model_read_error(r, at, "%s: there is no evidence kind \"%.*s\"%s%.*s%s", key, STR_ARG(model_read_clip(name)),
			 nearest.n ? "; did you mean \"" : "", STR_ARG(nearest), nearest.n ? "\"?" : "");
	return -1;
}

static void words_read(struct model_reader *r, const struct yaml_node *node, struct model_objective *o)
{
	int scope = model_read_word(r, node, S("scope"), scopes);
	int mode = model_read_word(r, node, S("mode"), modes);
	int empty = model_read_word(r, node, S("empty"), empties);
	str subject = model_read_text(r, node, S("subject"));
	size_t n_lack;
	const str *lack = model_read_texts(r, node, S("may_lack"), &n_lack);
	o->scope = scope < 0 ? MODEL_SCOPE_UNIT : (enum model_scope)scope;
	o->mode = mode >= 0 ? (enum model_mode)mode : o->check.p ? MODEL_EITHER : MODEL_MANUAL;
	o->empty = empty < 0 ? MODEL_EMPTY_NOT_APPLICABLE : (enum model_empty)empty;
	o->sample = model_read_word(r, node, S("basis"), bases) == 1;
	o->deployment = model_objective_deployment(r, node);
	o->subject = subject.n ? kind_read(r, yaml_get(node, S("subject")), "subject", subject) : -1;
	for (size_t i = 0; i < n_lack; i++) {
		int kind = kind_read(r, yaml_get(node, S("may_lack")), "may_lack", lack[i]);
		o->may_lack |= kind < 0 ? 0 : EVIDENCE_BIT(kind);
	}
}

static void check_rules(struct model_reader *r, const struct yaml_node *node, const struct model_objective *o)
{
	const struct yaml_node *check = yaml_get(node, S("check"));
	if (o->mode == MODEL_AUTOMATED && !o->check.p)
		model_read_error(r, node, "mode is automated, but there is no check");
	if (o->check.p && yaml_is_null(yaml_get(node, S("subject"))))
		model_read_error(r, check, "a check needs a subject: the evidence kind that it counts");
	if (o->check.p && o->mode == MODEL_MANUAL)
		model_read_warning(r, check, "the check is never run, because mode is manual");
	if (o->population_size.p && !o->sample)
		model_read_error(r, yaml_get(node, S("population_size")),
				 "population_size without basis: sample has no meaning");
	if (o->sample && o->check.p && !o->population_size.p)
		model_read_error(r, yaml_get(node, S("basis")), "a check on a sample needs population_size");
}

static void check_read(struct model_reader *r, const struct yaml_node *node, struct model_objective *o)
{
	const struct yaml_node *check = yaml_get(node, S("check"));
	o->check = model_read_sql(r, node, S("check"));
	o->population_size = model_read_sql(r, node, S("population_size"));
	if (!o->check.p)
		return;
	o->check_place = (struct model_place){r->file, check->text_line, 1};
	if (check->text_line == check->line)
		o->check_place.column = check->column;
}

static str texts_join(struct model_reader *r, const str *texts, size_t n)
{
	size_t bytes = 0, at = 0;
	for (size_t i = 0; i < n; i++)
		bytes += model_read_clip(texts[i]).n + 2;
	char *p = arena_new(r->a, char, bytes + 1);
	if (!p) {
		model_read_full(r);
		return (str){NULL, 0};
	}
	for (size_t i = 0; i < n; i++) {
		str text = model_read_clip(texts[i]);
		if (at) {
			memcpy(p + at, ", ", 2);
			at += 2;
		}
		memcpy(p + at, text.p, text.n);
		at += text.n;
	}
	return (str){p, at};
}

/* All ids that the catalogue lacks, in one problem. */
static void ref_ids_check(struct model_reader *r, const struct yaml_node *node, const struct model_ref *ref)
{
	size_t n_bad = 0;
	str bad[REF_IDS_MAX];
	if (r->problems->n_errors >= MODEL_PROBLEMS)
		return;
	for (size_t i = 0; i < ref->n_ids; i++)
		if (!framework_has(ref->framework, ref->version, ref->ids[i]))
			bad[n_bad++] = ref->ids[i];
	if (n_bad)
		model_read_error(r, yaml_get(node, S("ids")), "%.*s %.*s has no %.*s", STR_ARG(ref->framework),
				 STR_ARG(ref->version), STR_ARG(texts_join(r, bad, n_bad)));
}

static void framework_unknown(struct model_reader *r, const struct yaml_node *at, str name)
{
	str names[FRAMEWORKS + 1] = {{0}};
	for (int f = 0; f < FRAMEWORKS; f++)
		names[f] = framework_all[f].id;
	model_read_error(r, at, "unknown framework \"%.*s\"; known: %.*s", STR_ARG(model_read_clip(name)),
			 STR_ARG(texts_join(r, names, FRAMEWORKS)));
}

void model_read_ref(struct model_reader *r, const struct yaml_node *node, struct model_ref *ref)
{
	ref->framework = model_read_needed_text(r, node, S("framework"));
	str version = model_read_needed_text(r, node, S("version"));
	ref->ids = model_read_texts(r, node, S("ids"), &ref->n_ids);
	const struct yaml_node *ids = yaml_get(node, S("ids"));
	if (yaml_is_null(ids) || (ids->kind == YAML_LIST && ids->n == 0))
		model_read_error(r, ids ? ids : node, "ids is missing");
	if (ref->n_ids > REF_IDS_MAX) {
		model_read_error(r, ids, "more than %d ids in one reference", REF_IDS_MAX);
		return;
	}
	const struct framework *f = framework_find(ref->framework);
	ref->version = framework_version(ref->framework, version);
	if (ref->framework.n && !f)
		framework_unknown(r, yaml_get(node, S("framework")), ref->framework);
	else if (f && version.n && !ref->version.p)
		model_read_error(r, yaml_get(node, S("version")), "%.*s has no version \"%.*s\"; known: %.*s",
				 STR_ARG(f->id), STR_ARG(model_read_clip(version)),
				 STR_ARG(texts_join(r, f->versions, f->n_versions)));
	else if (f && ref->version.p)
		ref_ids_check(r, node, ref);
}

static void refs_read(struct model_reader *r, const struct yaml_node *node, struct model_objective *o)
{
	const struct yaml_node *list = model_read_list(r, node, S("refs"));
	if (!list || list->n == 0)
		return;
	if (list->n > REFS_MAX) {
		model_read_error(r, list, "more than %d references", REFS_MAX);
		return;
	}
	struct model_ref *refs = arena_new(r->a, struct model_ref, list->n);
	if (!refs) {
		model_read_full(r);
		return;
	}
	for (size_t i = 0; i < list->n; i++)
		if (model_read_map(r, list->items[i], "a reference", ref_keys))
			model_read_ref(r, list->items[i], &refs[i]);
	o->refs = refs;
	o->n_refs = list->n;
}

static void draft_add(struct model_reader *r, const struct model_draft *d)
{
	if (r->n_objectives >= LIMIT_OBJECTIVES) {
		if (r->status == OK)
			r->status = err_set(r->err, E_TOO_LARGE, "more than %d objectives", LIMIT_OBJECTIVES);
		return;
	}
	if (r->n_objectives == r->cap_objectives) {
		void *grown = arena_grow(r->a, r->objectives, r->n_objectives, r->n_objectives + 1,
					 sizeof *r->objectives, &r->cap_objectives);
		if (!grown) {
			model_read_full(r);
			return;
		}
		r->objectives = grown;
	}
	r->objectives[r->n_objectives] = *d;
	r->objectives[r->n_objectives].found = (int)r->n_objectives;
	r->n_objectives++;
}

void model_read_objective(struct model_reader *r, const struct yaml_node *node, struct model_draft_category *category,
			  int index)
{
	struct model_draft d = {.o = {.category = index, .subject = -1, .place = model_read_place(r, node)}};
	about_read(r, node, category);
	if (!model_read_map(r, node, "an objective", objective_keys)) {
		category->bad_ids = true;
		return;
	}
	id_read(r, node, category, &d.o);
	texts_read(r, node, &d.o);
	numbers_read(r, node, &d.o);
	check_read(r, node, &d.o);
	words_read(r, node, &d.o);
	check_rules(r, node, &d.o);
	d.o.evidence = model_read_texts(r, node, S("evidence"), &d.o.n_evidence);
	d.requires = model_read_list(r, node, S("requires"));
	refs_read(r, node, &d.o);
	model_lint_objective(r, node, &d.o);
	if (d.o.level)
		draft_add(r, &d);
}

const str *model_objective_keys(void)
{
	return objective_keys;
}
