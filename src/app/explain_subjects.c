#include "app/explain_inside.h"

#include <stdlib.h>

#include "app/trace.h"

/* The check's current measure of a unit; NULL when there is none. */
static const struct measure *check_measure(const struct app_explain *q, int unit, int objective)
{
	size_t part = app_load_part(&q->state, objective);
	const struct score_input *in = &q->state.parts[part];
	size_t first, n = score_group(in, unit, objective, &first);
	const struct measure *m;
	for (size_t at = 0; (m = score_next(in, in->measures + first, n, &at));)
		if (m->source == q->state.measures[part].check)
			return m;
	return NULL;
}

/* The subjects behind the checks' measures. */
struct search {
	struct app_explain *q;
	const struct model_objective *o;
	struct app_verdict *list;
	int64_t *at_ms; /* by entry: the instant whose evidence was looked at */
	size_t n, cap;
	bool changed;  /* the evidence no longer gives the tally of a measure */
	bool orphaned; /* that of a measure is gone, and nobody looks at the unit any more: another run changes nothing
			*/
};

static enum status add_subject(struct search *s, struct app_verdict v, int64_t at_ms, struct err *err)
{
	struct arena *a = s->q->app->arena;
	if (s->n == s->cap) {
		size_t cap = s->cap;
		s->list = arena_grow(a, s->list, s->n, s->n + 1, sizeof *s->list, &cap);
		s->at_ms = arena_grow(a, s->at_ms, s->n, s->n + 1, sizeof *s->at_ms, &s->cap);
		if (!s->list || !s->at_ms)
			return err_full(err);
	}
	s->list[s->n] = v;
	s->at_ms[s->n++] = at_ms;
	return OK;
}

static bool tally_is(const struct measure *m, struct measure_tally t)
{
	return m->tally.yes == t.yes && m->tally.no == t.no && m->tally.unknown == t.unknown;
}

/* What was found of a unit's measure. */
enum found { NOT_FOUND, SILENT /* the newest run found nobody who looks */, FOUND };

/* Runs the check on the evidence as it was at an instant and takes the rows of the units whose measures it gives.
   found: by unit. */
static enum status look_at(struct search *s, int64_t at_ms, bool last_try, enum found *found, struct err *err)
{
	struct app_explain *q = s->q;
	struct app_verdict_book book;
	struct app_verdict_result r;
	int objective = (int)(s->o - q->state.model->objectives), first, end;
	bool program = s->o->scope == MODEL_SCOPE_PROGRAM;
	TRY(app_verdict_open(q->app, q->state.model, &q->state.tree.tree, at_ms, &book, err));
	TRY(app_verdict_run(&book, s->o, &r, err));
	app_explain_span(q, s->o, &first, &end);
	size_t at = 0;
	for (int u = 0; u < end; u++) {
		size_t from = at;
		while (at < r.n && (program || r.list[at].unit == u))
			at++;
		const struct measure *m = u >= first && found[u] != FOUND ? check_measure(q, u, objective) : NULL;
		struct app_verdict_tally t;
		if (!m)
			continue;
		TRY(app_verdict_tally(&book, s->o, &r, u, from, at - from, measure_total(m->tally), &t, err));
		bool same = !t.silent && tally_is(m, t.tally);
		if (!same && !(last_try && at_ms == m->observed_ms)) {
			found[u] = !last_try && t.silent ? SILENT : found[u];
			continue;
		}
		s->orphaned |= !same && found[u] == SILENT;
		s->changed |= !same && found[u] != SILENT;
		found[u] = FOUND;
		bool none_counts = t.tally.yes == 0 && t.tally.no == 0; /* a kind is missing: every row is unknown */
		for (size_t i = from; i < at; i++) {
			struct app_verdict v = r.list[i];
			v.meets = none_counts && !s->o->sample ? -1 : v.meets;
			if (v.meets != 1)
				TRY(add_subject(s, v, at_ms, err));
		}
	}
	return OK;
}

/* First the evidence of the newest run, which found what still holds; then, for units it gave nothing for, that of the
   run which recorded their measure. */
static enum status find_subjects(struct search *s, struct err *err)
{
	struct app_explain *q = s->q;
	int objective = (int)(s->o - q->state.model->objectives), first, end;
	enum found *found = arena_new(q->app->arena, enum found, (size_t)q->state.tree.tree.n);
	bool any;
	int64_t at_ms;
	if (!found)
		return err_full(err);
	TRY(store_measure_run_before(q->app->db, q->state.model->line, q->as_of_ms, &any, &at_ms, err));
	if (any)
		TRY(look_at(s, at_ms, false, found, err));
	app_explain_span(q, s->o, &first, &end);
	for (int u = first; u < end; u++) {
		const struct measure *m = found[u] == FOUND ? NULL : check_measure(q, u, objective);
		if (m)
			TRY(look_at(s, m->observed_ms, true, found, err));
	}
	return OK;
}

static int order_verdicts(const struct app_verdict *a, const struct app_verdict *b)
{
	if (a->meets != b->meets)
		return a->meets < b->meets ? 1 : -1; /* not met (0) before unknown (-1) */
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	return str_cmp(a->subject, b->subject);
}

struct placed {
	struct app_verdict v;
	int64_t at_ms;
};

static int order_placed(const void *left, const void *right)
{
	const struct placed *a = left, *b = right;
	return order_verdicts(&a->v, &b->v);
}

/* Does the filter let it through? */
static bool passes(const struct app_explain *q, const struct model_objective *o, const struct app_verdict *v)
{
	const struct view_filter *f = q->filter;
	const struct unit_tree *tree = &q->state.tree.tree;
	const struct unit *u = &tree->units[v->unit];
	int kind = o->subject;
	str id;
	if (!f)
		return true;
	(void)app_trace_kind(v->subject, &kind, &id);
	return (f->of == VIEW_FILTER_ALL || (f->of == VIEW_FILTER_NOT_MET) == (v->meets == 0)) &&
	       (!f->kind.n || (kind >= 0 && str_eq(evidence_kinds[kind].name, f->kind))) &&
	       (!f->unit.n || unit_below(tree, v->unit, unit_find(tree, f->unit))) &&
	       (!f->text.n || str_has_fold(v->subject, f->text) || str_has_fold(u->id, f->text) ||
		str_has_fold(u->name, f->text));
}

static enum status page(struct app_explain *q, const struct model_objective *o, struct search *s,
			struct view_offenders *out, struct err *err)
{
	struct app_trace trace = {.app = q->app, .tree = &q->state.tree.tree};
	struct placed *all = arena_new(q->app->arena, struct placed, s->n + 1);
	size_t passed = 0;
	if (!all)
		return err_full(err);
	for (size_t i = 0; i < s->n; i++) {
		int kind = o->subject;
		str id;
		(void)app_trace_kind(s->list[i].subject, &kind, &id);
		out->kinds |= kind >= 0 ? EVIDENCE_BIT(kind) : 0;
		out->not_met += s->list[i].meets == 0;
		out->unknown += s->list[i].meets < 0;
		if (passes(q, o, &s->list[i]))
			all[passed++] = (struct placed){s->list[i], s->at_ms[i]};
	}
	qsort(all, passed, sizeof *all, order_placed);
	size_t first = q->offset < (int64_t)passed ? (size_t)q->offset : passed;
	size_t n = passed - first < (size_t)q->limit ? passed - first : (size_t)q->limit;
	struct view_subject *list = arena_new(q->app->arena, struct view_subject, n);
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < n; i++) {
		const struct placed *p = &all[first + i];
		list[i] = (struct view_subject){
		    .unit = q->state.tree.tree.units[p->v.unit].id, .id = p->v.subject, .meets = p->v.meets};
		TRY(app_trace_subject(&trace, o->subject, p->at_ms, &list[i], err));
	}
	out->list = list;
	out->n = n;
	out->passed = (int64_t)passed;
	out->known = true;
	if (s->changed)
		out->note = S("evidence was imported since that run; aismm evaluate brings the numbers up to date");
	else if (s->orphaned)
		out->note = S("a feed was retired, and nobody looks any more: the last count stands until it is stale");
	return OK;
}

/* A check that failed has no subjects to show, and is not tried again to find that out. */
static bool check_failed(const struct view_objective *v)
{
	for (size_t i = 0; i < v->n_measures; i++)
		if (v->measures[i].error.p)
			return true;
	return false;
}

enum status app_explain_subjects(struct app_explain *q, const struct model_objective *o, struct view_offenders *out,
				 struct err *err)
{
	const struct unit_tree *tree = &q->state.tree.tree;
	struct search s = {.q = q, .o = o};
	*out = (struct view_offenders){.model = q->state.model, .objective = o, .offset = q->offset};
	if (q->filter && q->filter->unit.n) {
		int unit;
		TRY(app_access_find(q->app, tree, q->filter->unit, &unit, err));
	}
	if (check_failed(q->objective)) {
		out->note = S("the check failed; its error stands with its measure");
		return OK;
	}
	/* The population of the program is that of every unit. */
	if (o->scope == MODEL_SCOPE_PROGRAM && !app_access_may(q->app, ACCESS_READER, tree, (str){0})) {
		out->note = S("they are listed for those who may read the whole program");
		return OK;
	}
	TRY(find_subjects(&s, err));
	return page(q, o, &s, out, err);
}
