#include "core/model_text.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "core/evidence.h"

/* What is being written, and whose value it is. */
struct text {
	struct buf b;
	const struct model *m;
	const struct model_objective *o;
	const struct model_category *c;
};

static void join(struct text *t, str text, const char *between)
{
	if (t->b.n)
		buf_add(&t->b, str_from(between));
	buf_add(&t->b, text);
}

/* ---- objectives ---- */

static void put_share(struct buf *b, int32_t milli)
{
	char digits[8];
	int n = snprintf(digits, sizeof digits, "%d.%03d", (int)(milli / 1000), (int)(milli % 1000));
	while (n > 1 && digits[n - 1] == '0')
		n--;
	if (n > 1 && digits[n - 1] == '.')
		n--;
	buf_add(b, (str){digits, (size_t)n});
}

static void put_days(struct buf *b, int64_t ms)
{
	buf_printf(b, "P%" PRId64 "D", ms / TIME_DAY_MS);
}

static void put_id(struct text *t)
{
	buf_add(&t->b, t->o->id);
}

static void put_title(struct text *t)
{
	buf_add(&t->b, t->o->title);
}

static void put_kpi(struct text *t)
{
	buf_add(&t->b, t->o->kpi);
}

static void put_subject(struct text *t)
{
	if (t->o->subject >= 0)
		buf_add(&t->b, evidence_kinds[t->o->subject].name);
}

static void put_population(struct text *t)
{
	buf_add(&t->b, t->o->population);
}

static void put_condition(struct text *t)
{
	buf_add(&t->b, t->o->condition);
}

static void put_threshold(struct text *t)
{
	put_share(&t->b, t->o->threshold_milli);
}

static void put_window(struct text *t)
{
	put_days(&t->b, t->o->window_ms);
}

static void put_max_age(struct text *t)
{
	put_days(&t->b, t->o->max_age_ms);
}

static void put_scope(struct text *t)
{
	buf_add(&t->b, t->o->scope == MODEL_SCOPE_PROGRAM ? S("program") : S("unit"));
}

static void put_threshold_why(struct text *t)
{
	buf_add(&t->b, t->o->threshold_why);
}

static void put_rationale(struct text *t)
{
	buf_add(&t->b, t->o->rationale);
}

static void put_guidance(struct text *t)
{
	buf_add(&t->b, t->o->guidance);
}

static void put_deployment(struct text *t)
{
	static const str words[] = {S("self_hosted"), S("paas"), S("saas")};
	for (int i = 0; i < 3; i++)
		if (t->o->deployment >> i & 1)
			join(t, words[i], ", ");
}

static void put_mode(struct text *t)
{
	static const str words[] = {
	    [MODEL_MANUAL] = S("manual"), [MODEL_AUTOMATED] = S("automated"), [MODEL_EITHER] = S("either")};
	buf_add(&t->b, words[t->o->mode]);
}

static void put_basis(struct text *t)
{
	buf_add(&t->b, t->o->sample ? S("sample") : S("census"));
}

static void put_population_size(struct text *t)
{
	buf_add(&t->b, t->o->population_size);
}

static void put_empty(struct text *t)
{
	static const str words[] = {[MODEL_EMPTY_NOT_APPLICABLE] = S("not_applicable"),
				    [MODEL_EMPTY_UNKNOWN] = S("unknown"),
				    [MODEL_EMPTY_NOT_MET] = S("not_met")};
	buf_add(&t->b, words[t->o->empty]);
}

static void put_may_lack(struct text *t)
{
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (t->o->may_lack >> k & 1)
			join(t, evidence_kinds[k].name, ", ");
}

static void put_evidence(struct text *t)
{
	for (size_t i = 0; i < t->o->n_evidence; i++)
		join(t, t->o->evidence[i], "\n");
}

static void put_effort(struct text *t)
{
	buf_i64(&t->b, t->o->effort_days);
}

static void put_owner(struct text *t)
{
	buf_add(&t->b, t->o->owner);
}

static void put_requires(struct text *t)
{
	for (size_t i = 0; i < t->o->n_requires; i++)
		join(t, t->m->objectives[t->o->requires[i]].id, ", ");
}

static void put_check(struct text *t)
{
	buf_add(&t->b, t->o->check);
}

static void put_ref(struct text *t, const struct model_ref *ref)
{
	for (size_t k = 0; k < ref->n_ids; k++) {
		join(t, ref->framework, ", ");
		buf_printf(&t->b, " %.*s %.*s", STR_ARG(ref->version), STR_ARG(ref->ids[k]));
	}
}

static void put_refs(struct text *t)
{
	for (size_t i = 0; i < t->o->n_refs; i++)
		put_ref(t, &t->o->refs[i]);
}

/* ---- categories ---- */

static void put_category_id(struct text *t)
{
	buf_add(&t->b, t->c->id);
}

static void put_domain(struct text *t)
{
	buf_add(&t->b, t->m->domains[t->c->domain].id);
}

static void put_category_title(struct text *t)
{
	buf_add(&t->b, t->c->title);
}

static void put_summary(struct text *t)
{
	buf_add(&t->b, t->c->summary);
}

static void put_weight(struct text *t)
{
	buf_i64(&t->b, t->c->weight);
}

static void put_owners(struct text *t)
{
	for (size_t i = 0; i < t->c->n_owners; i++)
		join(t, t->c->owners[i], ", ");
}

static void put_category_levels(struct text *t)
{
	for (int l = 0; l < MODEL_LEVELS; l++)
		buf_printf(&t->b, "%s%d: %.*s", l ? "\n" : "", l + 1, STR_ARG(t->c->levels[l]));
}

static void put_objectives(struct text *t)
{
	for (int i = 0; i < t->c->n_objectives; i++)
		join(t, t->m->objectives[t->c->first_objective + i].id, ", ");
}

/* ---- the head ---- */

static void put_schema(struct text *t)
{
	buf_add(&t->b, S("aismm.model/1"));
}

static void put_model_id(struct text *t)
{
	buf_add(&t->b, t->m->id);
}

static void put_version(struct text *t)
{
	buf_add(&t->b, t->m->version);
}

static void put_model_title(struct text *t)
{
	buf_add(&t->b, t->m->title);
}

static void put_notice(struct text *t)
{
	buf_add(&t->b, t->m->notice);
}

static void put_about(struct text *t)
{
	for (size_t i = 0; i < t->m->n_about; i++)
		buf_printf(&t->b, "%s%.*s", i ? "\n" : "", STR_ARG(t->m->about[i]));
}

static void put_levels(struct text *t)
{
	for (int l = 0; l < MODEL_LEVELS; l++)
		buf_printf(&t->b, "%s%d %.*s: %.*s", l ? "\n" : "", l + 1, STR_ARG(t->m->level_names[l]),
			   STR_ARG(t->m->level_summaries[l]));
}

static void put_domains(struct text *t)
{
	for (size_t d = 0; d < t->m->n_domains; d++)
		buf_printf(&t->b, "%s%.*s %.*s: %.*s", d ? "\n" : "", STR_ARG(t->m->domains[d].id),
			   STR_ARG(t->m->domains[d].title), STR_ARG(t->m->domains[d].summary));
}

static void put_categories(struct text *t)
{
	for (size_t c = 0; c < t->m->n_categories; c++)
		join(t, t->m->categories[c].id, ", ");
}

static void put_untouched(struct text *t)
{
	for (size_t i = 0; i < t->m->n_untouched; i++) {
		put_ref(t, &t->m->untouched[i].ref);
		buf_printf(&t->b, ": %.*s", STR_ARG(t->m->untouched[i].because));
	}
}

/* ---- by key ---- */

struct getter {
	str key;
	void (*put)(struct text *t);
};

static const struct getter objective_getters[] = {
    {S("id"), put_id},
    {S("title"), put_title},
    {S("kpi"), put_kpi},
    {S("subject"), put_subject},
    {S("population"), put_population},
    {S("condition"), put_condition},
    {S("threshold"), put_threshold},
    {S("window"), put_window},
    {S("max_age"), put_max_age},
    {S("scope"), put_scope},
    {S("threshold_why"), put_threshold_why},
    {S("rationale"), put_rationale},
    {S("guidance"), put_guidance},
    {S("deployment"), put_deployment},
    {S("mode"), put_mode},
    {S("basis"), put_basis},
    {S("population_size"), put_population_size},
    {S("empty"), put_empty},
    {S("may_lack"), put_may_lack},
    {S("evidence"), put_evidence},
    {S("effort"), put_effort},
    {S("owner"), put_owner},
    {S("requires"), put_requires},
    {S("check"), put_check},
    {S("refs"), put_refs},
    {{0}, NULL},
};

static const struct getter category_getters[] = {
    {S("id"), put_category_id},         {S("domain"), put_domain},         {S("title"), put_category_title},
    {S("summary"), put_summary},        {S("weight"), put_weight},         {S("owners"), put_owners},
    {S("levels"), put_category_levels}, {S("objectives"), put_objectives}, {{0}, NULL},
};

static const struct getter head_getters[] = {
    {S("schema"), put_schema},
    {S("id"), put_model_id},
    {S("version"), put_version},
    {S("title"), put_model_title},
    {S("notice"), put_notice},
    {S("levels"), put_levels},
    {S("domains"), put_domains},
    {S("categories"), put_categories},
    {S("untouched"), put_untouched},
    {S("about"), put_about},
    {{0}, NULL},
};

static enum status get(struct text *t, const struct getter *list, str key, struct arena *a, str *out, struct err *err)
{
	while (list->put && !str_eq(list->key, key))
		list++;
	if (!list->put)
		return err_set(err, E_BUG, "a model has no key \"%.*s\" here", STR_ARG(key));
	list->put(t);
	enum status status = t->b.status;
	*out = str_copy(a, buf_str(&t->b));
	buf_release(&t->b);
	return status == OK && out->p ? OK : err_full(err);
}

enum status model_text_objective(const struct model *m, const struct model_objective *o, str key, struct arena *a,
				 str *out, struct err *err)
{
	struct text t = {.b = BUF(LIMIT_MODEL_BYTES), .m = m, .o = o};
	return get(&t, objective_getters, key, a, out, err);
}

enum status model_text_category(const struct model *m, const struct model_category *c, str key, struct arena *a,
				str *out, struct err *err)
{
	struct text t = {.b = BUF(LIMIT_MODEL_BYTES), .m = m, .c = c};
	return get(&t, category_getters, key, a, out, err);
}

enum status model_text_head(const struct model *m, str key, struct arena *a, str *out, struct err *err)
{
	struct text t = {.b = BUF(LIMIT_MODEL_BYTES), .m = m};
	return get(&t, head_getters, key, a, out, err);
}

/* ---- SQL ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The next character of the text without its layout: any white space outside of quotes is one space. 0 at the end. */
static int next(str s, size_t *at, char *quote)
{
	size_t i = *at;
	if (i == s.n)
		return 0;
	char c = s.p[i];
	if (*quote || !is_blank(c)) {
		*quote = *quote == c ? 0 : !*quote && (c == '\'' || c == '"' || c == '`') ? c : *quote;
		*at = i + 1;
		return (unsigned char)c + 1;
	}
	while (i < s.n && is_blank(s.p[i]))
		i++;
	*at = i;
	return ' ' + 1;
}

/* A comment ends with its line, so where there is one the layout is not free. */
bool model_text_same_sql(str a, str b)
{
	size_t i = 0, k = 0;
	char in_a = 0, in_b = 0;
	a = str_trim(a);
	b = str_trim(b);
	if (str_find(a, S("--")) >= 0 || str_find(b, S("--")) >= 0)
		return str_eq(a, b);
	for (;;) {
		int x = next(a, &i, &in_a), y = next(b, &k, &in_b);
		if (x != y)
			return false;
		if (x == 0)
			return true;
	}
}
