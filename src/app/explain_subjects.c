#include "app/explain_inside.h"

#include <stdlib.h>

#include "store/evidence.h"
#include "store/link.h"

enum { SIGHTINGS_SHOWN = 5 };

/* The check's current measure of a unit; NULL when there is none. */
static const struct measure *check_measure(const struct app_explain *q, int unit, int objective)
{
	const struct score_input *in = &q->state.input;
	size_t first, n = score_group(in, unit, objective, &first);
	const struct measure *m;
	for (size_t at = 0; (m = score_next(in, in->measures + first, n, &at));)
		if (m->source == q->state.measures.check)
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
	bool changed; /* the evidence no longer gives the tally of a measure */
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

/* Runs the check on the evidence as it was at an instant and takes the rows of the units whose measures it gives. done:
 * by unit. */
static enum status look_at(struct search *s, int64_t at_ms, bool last_try, bool *done, struct err *err)
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
		const struct measure *m = u >= first && !done[u] ? check_measure(q, u, objective) : NULL;
		struct app_verdict_tally t;
		if (!m)
			continue;
		TRY(app_verdict_tally(&book, s->o, &r, u, from, at - from, measure_total(m->tally), &t, err));
		bool same = !t.silent && tally_is(m, t.tally);
		if (!same && !(last_try && at_ms == m->observed_ms))
			continue;
		s->changed |= !same;
		done[u] = true;
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
	bool *done = arena_new(q->app->arena, bool, (size_t)q->state.tree.tree.n);
	bool found;
	int64_t at_ms;
	if (!done)
		return err_full(err);
	TRY(store_measure_run_before(q->app->db, q->state.model->line, q->as_of_ms, &found, &at_ms, err));
	if (found)
		TRY(look_at(s, at_ms, false, done, err));
	app_explain_span(q, s->o, &first, &end);
	for (int u = first; u < end; u++) {
		const struct measure *m = done[u] ? NULL : check_measure(q, u, objective);
		if (m)
			TRY(look_at(s, m->observed_ms, true, done, err));
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

static enum status show_records(struct app_explain *q, enum evidence_kind_id kind, const struct store_record *records,
				size_t n, struct view_subject *out, struct err *err)
{
	struct view_record *list = arena_new(q->app->arena, struct view_record, n);
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct view_record){.kind = evidence_kinds[kind].name,
					       .feed = records[i].feed,
					       .file = records[i].file,
					       .sha256 = records[i].sha256,
					       .record = records[i].record,
					       .line = records[i].line,
					       .observed_ms = records[i].observed_ms};
	out->records = list;
	out->n_records = n;
	return OK;
}

static enum status fill_records(struct app_explain *q, enum evidence_kind_id kind, str id, int64_t at_ms,
				struct view_subject *out, struct err *err)
{
	struct store_record *records = NULL;
	size_t n = 0;
	TRY(store_evidence_records(q->app->db, kind, out->unit, id, at_ms, q->app->arena, &records, &n, err));
	return show_records(q, kind, records, n, out, err);
}

/* Of a system that stands in no register: the rows that show it, of the first kind that does. */
static enum status fill_sightings(struct app_explain *q, str name, int64_t at_ms, struct view_subject *out,
				  struct err *err)
{
	for (int k = 0; k < EVIDENCE_KINDS && !out->n_records; k++) {
		int c = evidence_system_column((enum evidence_kind_id)k);
		struct store_record *records = NULL;
		size_t n = 0;
		if (c < 0 || evidence_role((enum evidence_kind_id)k, c) != EVIDENCE_SIGHTING)
			continue;
		TRY(store_link_sightings(q->app->db, (enum evidence_kind_id)k, out->unit, name, at_ms, SIGHTINGS_SHOWN,
					 q->app->arena, &records, &n, err));
		TRY(show_records(q, (enum evidence_kind_id)k, records, n, out, err));
	}
	return OK;
}

/* A check that takes its population from several kinds writes its subjects as "kind id". */
static bool cut_kind(str subject, int *kind, str *id)
{
	str head, tail;
	if (!str_cut(subject, ' ', &head, &tail) || evidence_kind_find(head) < 0)
		return false;
	*kind = evidence_kind_find(head);
	*id = tail;
	return true;
}

/* The record of a subject stands in the table of its kind, or of the kind that its name says. */
static enum status fill_subject(struct app_explain *q, const struct model_objective *o, const struct placed *p,
				struct view_subject *out, struct err *err)
{
	*out = (struct view_subject){
	    .unit = q->state.tree.tree.units[p->v.unit].id, .id = p->v.subject, .meets = p->v.meets};
	int kind;
	str id;
	TRY(fill_records(q, (enum evidence_kind_id)o->subject, p->v.subject, p->at_ms, out, err));
	if (!out->n_records && o->subject == EVIDENCE_AI_SYSTEM)
		TRY(fill_sightings(q, p->v.subject, p->at_ms, out, err));
	if (out->n_records || !cut_kind(p->v.subject, &kind, &id)) {
		kind = o->subject;
		id = p->v.subject;
	} else {
		TRY(fill_records(q, (enum evidence_kind_id)kind, id, p->at_ms, out, err));
	}
	return store_evidence_name(q->app->db, (enum evidence_kind_id)kind, out->unit, id, p->at_ms, q->app->arena,
				   &out->name, err);
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
	(void)cut_kind(v->subject, &kind, &id);
	return (f->of == VIEW_FILTER_ALL || (f->of == VIEW_FILTER_NOT_MET) == (v->meets == 0)) &&
	       (!f->kind.n || (kind >= 0 && str_eq(evidence_kinds[kind].name, f->kind))) &&
	       (!f->unit.n || unit_below(tree, v->unit, unit_find(tree, f->unit))) &&
	       (!f->text.n || str_has_fold(v->subject, f->text) || str_has_fold(u->id, f->text) ||
		str_has_fold(u->name, f->text));
}

static enum status page(struct app_explain *q, const struct model_objective *o, struct search *s,
			struct view_offenders *out, struct err *err)
{
	struct placed *all = arena_new(q->app->arena, struct placed, s->n + 1);
	size_t passed = 0;
	if (!all)
		return err_full(err);
	for (size_t i = 0; i < s->n; i++) {
		int kind = o->subject;
		str id;
		(void)cut_kind(s->list[i].subject, &kind, &id);
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
	for (size_t i = 0; i < n; i++)
		TRY(fill_subject(q, o, &all[first + i], &list[i], err));
	out->list = list;
	out->n = n;
	out->passed = (int64_t)passed;
	out->known = true;
	if (s->changed)
		out->note = S("evidence was imported since that run; aismm evaluate brings the numbers up to date");
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
		TRY(app_load_unit(tree, q->filter->unit, &unit, err));
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
