#include "core/model_diff.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/model_text.h"

enum { FIELDS = 32, WARNINGS = 4, SENTENCE = 400 };

struct key {
	str key;
	enum model_diff_class class;
	bool words;  /* they say what is counted where no check does */
	bool counts; /* it only says how a check counts */
	bool maybe;  /* where one side has none, nothing else is counted than before */
	const char *why;
};

/* Every key of an objective but `id`; see the head of model_diff.h. */
static const struct key objective_keys[] = {
    {.key = S("title"), .class = MODEL_DIFF_REWORDED},
    {.key = S("kpi"), .class = MODEL_DIFF_REWORDED, .words = true},
    {.key = S("subject"), .class = MODEL_DIFF_MEANING, .maybe = true, .why = "other things are counted"},
    {.key = S("population"), .class = MODEL_DIFF_REWORDED, .words = true},
    {.key = S("condition"), .class = MODEL_DIFF_REWORDED, .words = true},
    {.key = S("threshold"), .class = MODEL_DIFF_ADJUSTED, .why = "judged by another threshold"},
    {.key = S("window"), .class = MODEL_DIFF_MEANING, .why = "it looks back over another time"},
    {.key = S("max_age"), .class = MODEL_DIFF_ADJUSTED, .why = "they stay fresh for another time"},
    {.key = S("scope"), .class = MODEL_DIFF_MEANING, .why = "it is asked of other units"},
    {.key = S("threshold_why"), .class = MODEL_DIFF_REWORDED},
    {.key = S("rationale"), .class = MODEL_DIFF_REWORDED},
    {.key = S("guidance"), .class = MODEL_DIFF_REWORDED},
    {.key = S("deployment"), .class = MODEL_DIFF_ADJUSTED, .why = "it applies to other units"},
    {.key = S("mode"), .class = MODEL_DIFF_ADJUSTED, .why = "other sources count"},
    {.key = S("basis"), .class = MODEL_DIFF_MEANING, .why = "a sample is not a census"},
    {.key = S("population_size"),
     .class = MODEL_DIFF_MEANING,
     .counts = true,
     .why = "a sample stands for another population"},
    {.key = S("empty"),
     .class = MODEL_DIFF_MEANING,
     .counts = true,
     .why = "an empty population was recorded as something else"},
    {.key = S("may_lack"),
     .class = MODEL_DIFF_MEANING,
     .counts = true,
     .why = "silence was recorded as something else"},
    {.key = S("evidence"), .class = MODEL_DIFF_REWORDED},
    {.key = S("effort"), .class = MODEL_DIFF_REWORDED},
    {.key = S("owner"), .class = MODEL_DIFF_REWORDED},
    {.key = S("requires"), .class = MODEL_DIFF_REWORDED},
    {.key = S("check"), .class = MODEL_DIFF_MEANING, .maybe = true, .why = "the check counts by another rule"},
    {.key = S("refs"), .class = MODEL_DIFF_REWORDED},
};

static const struct key category_keys[] = {
    {.key = S("domain"), .class = MODEL_DIFF_ADJUSTED},  {.key = S("title"), .class = MODEL_DIFF_REWORDED},
    {.key = S("summary"), .class = MODEL_DIFF_REWORDED}, {.key = S("weight"), .class = MODEL_DIFF_ADJUSTED},
    {.key = S("owners"), .class = MODEL_DIFF_REWORDED},  {.key = S("levels"), .class = MODEL_DIFF_REWORDED},
};

/* id, version and categories are compared as such; see struct model_diff. */
static const struct key head_keys[] = {
    {.key = S("title"), .class = MODEL_DIFF_REWORDED},     {.key = S("notice"), .class = MODEL_DIFF_REWORDED},
    {.key = S("levels"), .class = MODEL_DIFF_REWORDED},    {.key = S("domains"), .class = MODEL_DIFF_REWORDED},
    {.key = S("untouched"), .class = MODEL_DIFF_REWORDED}, {.key = S("about"), .class = MODEL_DIFF_REWORDED},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct key *key_find(str key)
{
	for (size_t i = 0; i < COUNT(objective_keys); i++)
		if (str_eq(objective_keys[i].key, key))
			return &objective_keys[i];
	return NULL;
}

enum model_diff_class model_diff_class_of(str key)
{
	const struct key *k = key_find(key);
	return k ? k->class : MODEL_DIFF_SAME;
}

/* ---- one pair ---- */

/* The fields of a pair, as they are found. */
struct pair {
	struct arena *a;
	struct model_diff_entry *entry;
	struct model_diff_field fields[FIELDS];
	size_t n;
};

static void field_add(struct pair *p, str key, enum model_diff_class class, str from, str to)
{
	if (p->n < FIELDS)
		p->fields[p->n++] = (struct model_diff_field){key, class, from, to};
	if (class > p->entry->class)
		p->entry->class = class;
}

static enum status pair_end(struct pair *p, struct err *err)
{
	struct model_diff_field *kept = arena_new(p->a, struct model_diff_field, p->n);
	if (!kept)
		return err_full(err);
	memcpy(kept, p->fields, p->n * sizeof *kept);
	p->entry->fields = kept;
	p->entry->n_fields = p->n;
	return OK;
}

static enum model_diff_class class_here(const struct key *k, const struct model_diff_entry *e, str from, str to)
{
	bool check = e->from->check.p && e->to->check.p;
	bool sql = str_eq(k->key, S("check")) || str_eq(k->key, S("population_size"));
	if (k->maybe && (from.n == 0 || to.n == 0))
		return MODEL_DIFF_ADJUSTED;
	if ((k->counts && !check) || (sql && model_text_same_sql(from, to)))
		return MODEL_DIFF_REWORDED;
	return k->class;
}

/* Approver and reason are no key of an objective, but a difference between two versions of an overlay. */
static enum status approval_of(const struct model_objective *o, struct arena *a, str *out, struct err *err)
{
	const struct model_overlaid *mark = o->overlaid;
	char text[SENTENCE] = "";
	int n = 0;
	if (mark && (mark->approver.n || mark->because.n))
		n = snprintf(text, sizeof text, "%.*s%s%.*s", STR_ARG(mark->approver), mark->approver.n ? ": " : "",
			     STR_ARG(mark->because));
	size_t whole = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
	*out = str_copy(a, (str){text, str_utf8_prefix((str){text, whole})});
	return out->p ? OK : err_full(err);
}

static enum status objective_fields(const struct model_diff *d, struct model_diff_entry *e, struct arena *a,
				    struct err *err)
{
	struct pair p = {.a = a, .entry = e};
	str from, to;
	for (size_t i = 0; i < COUNT(objective_keys); i++) {
		const struct key *k = &objective_keys[i];
		TRY(model_text_objective(d->from, e->from, k->key, a, &from, err));
		TRY(model_text_objective(d->to, e->to, k->key, a, &to, err));
		if (!str_eq(from, to))
			field_add(&p, k->key, class_here(k, e, from, to), from, to);
	}
	TRY(approval_of(e->from, a, &from, err));
	TRY(approval_of(e->to, a, &to, err));
	if (!str_eq(from, to))
		field_add(&p, S("approval"), MODEL_DIFF_REWORDED, from, to);
	return pair_end(&p, err);
}

/* ---- do measures carry over? ---- */

/* A check that is the same, runs, and cannot be answered instead: then words do not say what is counted. */
static bool machine_tells(const struct model_diff_entry *e)
{
	for (size_t i = 0; i < e->n_fields; i++)
		if (str_eq(e->fields[i].key, S("check")) && e->fields[i].class != MODEL_DIFF_REWORDED)
			return false;
	return e->to->check.p && e->from->mode == MODEL_AUTOMATED && e->to->mode == MODEL_AUTOMATED;
}

/* "other things are counted; it looks back over another time": of the fields of one class. */
static enum status reasons(const struct model_diff_entry *e, enum model_diff_class class, const char *begin,
			   struct arena *a, str *out, struct err *err)
{
	char text[SENTENCE];
	size_t n = (size_t)snprintf(text, sizeof text, "%s", begin);
	const char *between = *begin ? ", " : "";
	for (size_t i = 0; i < e->n_fields && n < sizeof text; i++) {
		const struct key *k = key_find(e->fields[i].key);
		if (e->fields[i].class != class || !k)
			continue;
		const char *why = k->why ? k->why : "";
		if (k->maybe && class == MODEL_DIFF_ADJUSTED)
			why = e->fields[i].from.n == 0 ? "a machine can count it now" : "no machine counts it any more";
		if (str_eq(k->key, S("subject")) && class == MODEL_DIFF_ADJUSTED)
			continue; /* the check says it */
		n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", between, why);
		between = *begin ? ", " : "; ";
	}
	*out = str_copy(a, (str){text, n < sizeof text ? n : sizeof text - 1});
	return out->p ? OK : err_full(err);
}

static enum status carry_find(struct model_diff_entry *e, struct arena *a, struct err *err)
{
	bool words = false;
	for (size_t i = 0; i < e->n_fields; i++) {
		const struct key *k = key_find(e->fields[i].key);
		words = words || (k && k->words);
	}
	if (e->class == MODEL_DIFF_MEANING) {
		e->carries = MODEL_DIFF_WRONG;
		return reasons(e, MODEL_DIFF_MEANING, "", a, &e->why, err);
	}
	e->carries = words && !machine_tells(e) ? MODEL_DIFF_JUDGE : MODEL_DIFF_CARRIES;
	if (e->carries == MODEL_DIFF_JUDGE)
		e->why = S("only if the new words ask for the same");
	else if (e->class == MODEL_DIFF_ADJUSTED)
		return reasons(e, MODEL_DIFF_ADJUSTED, "the same is counted", a, &e->why, err);
	else
		e->why = S("the same is counted");
	return OK;
}

/* ---- all objectives ---- */

static enum status objective_compare(const struct model_diff *d, struct model_diff_entry *e, struct arena *a,
				     struct err *err)
{
	const struct model_objective *shown = e->to ? e->to : e->from;
	e->id = shown->id;
	e->title = shown->title;
	e->overlaid = e->to ? e->to->overlaid : NULL;
	if (e->from && e->to) {
		TRY(objective_fields(d, e, a, err));
		return carry_find(e, a, err);
	}
	e->class = e->to ? MODEL_DIFF_NEW : MODEL_DIFF_GONE;
	e->carries = MODEL_DIFF_NONE;
	e->why = e->to ? S("there are none yet") : S("they are kept, but nothing counts them");
	for (size_t i = 0; !e->to && i < d->to->n_retired; i++)
		if (str_eq(d->to->retired[i].base->id, e->id))
			e->overlaid = &d->to->retired[i];
	return OK;
}

static enum status objectives_compare(struct model_diff *d, struct arena *a, struct err *err)
{
	size_t n = 0;
	struct model_diff_entry *list =
	    arena_new(a, struct model_diff_entry, d->from->n_objectives + d->to->n_objectives + 1);
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < d->to->n_objectives; i++, n++) {
		list[n].to = &d->to->objectives[i];
		list[n].from = model_objective_find(d->from, list[n].to->id);
	}
	for (size_t i = 0; i < d->from->n_objectives; i++)
		if (!model_objective_find(d->to, d->from->objectives[i].id))
			list[n++].from = &d->from->objectives[i];
	for (size_t i = 0; i < n; i++) {
		TRY(objective_compare(d, &list[i], a, err));
		d->counts[list[i].class]++;
		d->carries[list[i].carries]++;
	}
	d->objectives = list;
	d->n_objectives = n;
	return OK;
}

/* ---- categories and the head ---- */

/* Do the objectives that both have stand in another order? */
static bool order_changed(const struct model_diff *d, const struct model_category *from,
			  const struct model_category *to)
{
	int at = 0;
	for (int i = 0; i < from->n_objectives; i++) {
		const struct model_objective *o = &d->from->objectives[from->first_objective + i];
		if (!model_objective_find(d->to, o->id))
			continue;
		while (at < to->n_objectives &&
		       !model_objective_find(d->from, d->to->objectives[to->first_objective + at].id))
			at++;
		if (at == to->n_objectives || !str_eq(d->to->objectives[to->first_objective + at].id, o->id))
			return true;
		at++;
	}
	return false;
}

static enum status category_compare(const struct model_diff *d, const struct model_category *from,
				    const struct model_category *to, struct model_diff_entry *e, struct arena *a,
				    struct err *err)
{
	struct pair p = {.a = a, .entry = e};
	str x, y;
	e->id = to ? to->id : from->id;
	e->title = to ? to->title : from->title;
	if (!from || !to) {
		e->class = to ? MODEL_DIFF_NEW : MODEL_DIFF_GONE;
		return OK;
	}
	for (size_t i = 0; i < COUNT(category_keys); i++) {
		TRY(model_text_category(d->from, from, category_keys[i].key, a, &x, err));
		TRY(model_text_category(d->to, to, category_keys[i].key, a, &y, err));
		if (!str_eq(x, y))
			field_add(&p, category_keys[i].key, category_keys[i].class, x, y);
	}
	if (order_changed(d, from, to)) {
		TRY(model_text_category(d->from, from, S("objectives"), a, &x, err));
		TRY(model_text_category(d->to, to, S("objectives"), a, &y, err));
		field_add(&p, S("objectives"), MODEL_DIFF_REWORDED, x, y);
	}
	return pair_end(&p, err);
}

static enum status categories_compare(struct model_diff *d, struct arena *a, struct err *err)
{
	size_t n = 0;
	struct model_diff_entry *list =
	    arena_new(a, struct model_diff_entry, d->from->n_categories + d->to->n_categories + 1);
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < d->to->n_categories; i++, n++) {
		const struct model_category *to = &d->to->categories[i];
		TRY(category_compare(d, model_category_find(d->from, to->id), to, &list[n], a, err));
	}
	for (size_t i = 0; i < d->from->n_categories; i++) {
		const struct model_category *from = &d->from->categories[i];
		if (!model_category_find(d->to, from->id))
			TRY(category_compare(d, from, NULL, &list[n++], a, err));
	}
	d->categories = list;
	d->n_categories = n;
	return OK;
}

static enum status head_compare(struct model_diff *d, struct arena *a, struct err *err)
{
	struct model_diff_entry e = {0};
	struct pair p = {.a = a, .entry = &e};
	str from, to;
	for (size_t i = 0; i < COUNT(head_keys); i++) {
		TRY(model_text_head(d->from, head_keys[i].key, a, &from, err));
		TRY(model_text_head(d->to, head_keys[i].key, a, &to, err));
		if (!str_eq(from, to))
			field_add(&p, head_keys[i].key, head_keys[i].class, from, to);
	}
	TRY(pair_end(&p, err));
	d->head = e.fields;
	d->n_head = e.n_fields;
	return OK;
}

/* ---- version numbers ---- */

static enum model_diff_step step_said(str from, str to)
{
	str a, b, from_rest, to_rest;
	if (str_eq(from, to))
		return MODEL_DIFF_NOTHING;
	(void)str_cut(from, '.', &a, &from_rest);
	(void)str_cut(to, '.', &b, &to_rest);
	if (!str_eq(a, b))
		return MODEL_DIFF_MAJOR;
	(void)str_cut(from_rest, '.', &a, &from);
	(void)str_cut(to_rest, '.', &b, &to);
	return str_eq(a, b) ? MODEL_DIFF_PATCH : MODEL_DIFF_MINOR;
}

static enum model_diff_step step_of(enum model_diff_class class)
{
	static const enum model_diff_step steps[MODEL_DIFF_CLASSES] = {
	    [MODEL_DIFF_SAME] = MODEL_DIFF_NOTHING,   [MODEL_DIFF_REWORDED] = MODEL_DIFF_PATCH,
	    [MODEL_DIFF_ADJUSTED] = MODEL_DIFF_MINOR, [MODEL_DIFF_MEANING] = MODEL_DIFF_MAJOR,
	    [MODEL_DIFF_NEW] = MODEL_DIFF_MINOR,      [MODEL_DIFF_GONE] = MODEL_DIFF_MINOR,
	};
	return steps[class];
}

static enum model_diff_step step_needed(const struct model_diff *d)
{
	enum model_diff_step needed = d->n_head ? MODEL_DIFF_PATCH : MODEL_DIFF_NOTHING;
	for (size_t i = 0; i < d->n_objectives; i++)
		if (step_of(d->objectives[i].class) > needed)
			needed = step_of(d->objectives[i].class);
	for (size_t i = 0; i < d->n_categories; i++)
		if (step_of(d->categories[i].class) > needed)
			needed = step_of(d->categories[i].class);
	return needed;
}

PRINTF(4, 5)
static enum status warn(struct model_diff *d, str *list, struct arena *a, const char *format, ...)
{
	char text[SENTENCE];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
	list[d->n_warnings] = str_copy(a, (str){text, length});
	return list[d->n_warnings++].p ? OK : E_NO_MEMORY;
}

static enum status warnings_find(struct model_diff *d, struct arena *a)
{
	str *list = arena_new(a, str, WARNINGS);
	int changed = d->counts[MODEL_DIFF_MEANING], judge = d->carries[MODEL_DIFF_JUDGE];
	d->warnings = list;
	if (!list)
		return E_NO_MEMORY;
	bool overlays =
	    d->from->base.p || d->to->base.p; /* their line is another model's, whatever their version says */
	if (d->same_line && changed && d->same_id && !overlays)
		TRY(warn(d, list, a,
			 "%d objective%s changed meaning, but the major version is the same: measures would be carried "
			 "over wrongly",
			 changed, changed == 1 ? "" : "s"));
	else if (d->same_line && changed)
		TRY(warn(d, list, a,
			 "%d objective%s changed meaning, and both models share the measures of %.*s: they would be "
			 "carried over wrongly; give what is new another id",
			 changed, changed == 1 ? "" : "s", STR_ARG(d->to->line)));
	if (d->same_line && judge)
		TRY(warn(d, list, a,
			 "the words of %d objective%s that people answer changed: read both; if they ask for something "
			 "else, measures are carried over wrongly",
			 judge, judge == 1 ? "" : "s"));
	if (d->same_id && d->needed == MODEL_DIFF_MINOR && d->said < MODEL_DIFF_MINOR)
		TRY(warn(d, list, a, "verdicts may differ, so the minor version should have grown"));
	if (d->same_id && d->needed != MODEL_DIFF_NOTHING && d->said == MODEL_DIFF_NOTHING)
		TRY(warn(d, list, a, "both say version %.*s, but they differ", STR_ARG(d->to->version)));
	return OK;
}

enum status model_diff(const struct model *from, const struct model *to, struct arena *a, struct model_diff *out,
		       struct err *err)
{
	*out = (struct model_diff){.from = from, .to = to};
	out->same_line = str_eq(from->line, to->line);
	out->same_id = str_eq(from->id, to->id);
	TRY(head_compare(out, a, err));
	TRY(categories_compare(out, a, err));
	TRY(objectives_compare(out, a, err));
	out->needed = step_needed(out);
	out->said = out->same_id ? step_said(from->version, to->version) : MODEL_DIFF_NOTHING;
	out->differ = out->needed != MODEL_DIFF_NOTHING || !str_eq(from->name, to->name);
	return warnings_find(out, a) == OK ? OK : err_full(err);
}

static bool same_retired(const struct model *x, const struct model *y)
{
	if (x->n_retired != y->n_retired)
		return false;
	for (size_t i = 0; i < x->n_retired; i++) {
		const struct model_overlaid *one = &x->retired[i], *other = &y->retired[i];
		if (!str_eq(one->base->id, other->base->id) || !str_eq(one->approver, other->approver) ||
		    !str_eq(one->because, other->because))
			return false;
	}
	return true;
}

/* Approver and reason of what both have, whole: model_diff shows them cut. */
static bool same_marks(const struct model_diff *d)
{
	for (size_t i = 0; i < d->n_objectives; i++) {
		const struct model_overlaid *x = d->objectives[i].from->overlaid, *y = d->objectives[i].to->overlaid;
		if ((x != NULL) != (y != NULL))
			return false;
		if (x && (x->act != y->act || !str_eq(x->approver, y->approver) || !str_eq(x->because, y->because)))
			return false;
	}
	return true;
}

enum status model_diff_same(const struct model *x, const struct model *y, struct arena *a, bool *same, struct err *err)
{
	struct model_diff d;
	*same = false;
	if (!str_eq(x->name, y->name) || !str_eq(x->base, y->base) || !same_retired(x, y))
		return OK;
	TRY(model_diff(x, y, a, &d, err));
	*same = d.needed == MODEL_DIFF_NOTHING && same_marks(&d);
	for (size_t i = 0; *same && i < x->n_categories; i++)
		*same = str_eq(x->categories[i].id, y->categories[i].id);
	return OK;
}
