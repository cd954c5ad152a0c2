#include "app/verdict.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "core/view_step.h"
#include "store/evidence.h"
#include "store/link.h"
#include "store/store.h"

enum { SILENT_LISTED = 50, SIGHTINGS_SHOWN = 5 };

struct question {
	struct app *app;
	str word, unit; /* objective or category; unit */
	int64_t as_of_ms, offset, limit;
	struct app_state state;
	int node;
	struct score score;
	struct view_objective *objective;
	struct view_category *category;
};

/* The unit is named before the objective, so that a question with two mistakes has one answer. */
static enum status load_objective(struct question *q, struct err *err)
{
	TRY(app_load_objective_state(q->app, q->as_of_ms, q->word, q->unit, &q->node, &q->state, err));
	return score_at(&q->state.input, q->node, q->app->arena, &q->score, err);
}

/* The units whose own tally counts at the node: all below it, or the root for a program objective. */
static void span(const struct question *q, const struct model_objective *o, int *first, int *end)
{
	bool program = o->scope == MODEL_SCOPE_PROGRAM;
	*first = program ? 0 : q->node;
	*end = program ? 1 : q->node + q->state.tree.tree.units[q->node].span;
}

/* What one measure adds to the node: nothing when the unit does not count, or rule 2 leaves it out. */
static struct view_measure describe(const struct question *q, const struct model_objective *o,
				    const struct score_facts *f, const struct measure *m, bool applies)
{
	enum view_left_out why = !applies                            ? VIEW_BY_DEPLOYMENT
				 : f->not_applicable                 ? VIEW_BY_NOT_APPLICABLE
				 : score_keeps(o, f, m, q->as_of_ms) ? VIEW_KEPT
				 : f->override_in_force              ? VIEW_BY_OVERRIDE
								     : VIEW_BY_MEASUREMENT;
	bool kept = why == VIEW_KEPT;
	int64_t aged = m->observed_ms + o->max_age_ms;
	return (struct view_measure){
	    .unit = q->state.tree.tree.units[m->unit].id,
	    .source = q->state.measures.sources[m->source],
	    .basis = m->basis,
	    .not_applicable = m->not_applicable,
	    .overrides = m->overrides,
	    .stale = score_is_stale(m, o, q->as_of_ms),
	    .kept = kept,
	    .left_out = why,
	    .tally = m->tally,
	    .counted = kept ? score_counts(o, m, q->as_of_ms) : (struct measure_tally){0, 0, 0},
	    .observed_ms = m->observed_ms,
	    .expires_ms = m->expires_ms < aged ? m->expires_ms : aged,
	    .override_until_ms = m->override_until_ms,
	};
}

struct lists {
	struct view_measure *measures;
	size_t n_measures, measures_cap;
	struct view_silent_unit *silent;
	size_t n_silent, n_listed, silent_cap;
};

static enum status add_measure(struct question *q, struct lists *l, const struct measure *m, struct view_measure v,
			       struct err *err)
{
	struct store_measure_more more;
	TRY(store_measure_more(q->app->db, m->recorded, q->app->arena, &more, err));
	v.justification = more.justification;
	v.evidence_sha256 = more.evidence_sha256;
	v.error = more.error;
	v.author = more.actor;
	v.file = more.file_name;
	v.file_sha256 = more.file_sha256;
	v.file_line = more.file_line;
	v.reviewer = more.reviewer;
	if (l->n_measures == l->measures_cap &&
	    !(l->measures = arena_grow(q->app->arena, l->measures, l->n_measures, l->n_measures + 1,
				       sizeof *l->measures, &l->measures_cap)))
		return err_full(err);
	l->measures[l->n_measures++] = v;
	return OK;
}

static enum status add_silent(struct question *q, struct lists *l, int unit, struct err *err)
{
	const struct unit *u = &q->state.tree.tree.units[unit];
	l->n_silent++;
	if (l->n_listed == SILENT_LISTED)
		return OK;
	if (l->n_listed == l->silent_cap &&
	    !(l->silent = arena_grow(q->app->arena, l->silent, l->n_listed, l->n_listed + 1, sizeof *l->silent,
				     &l->silent_cap)))
		return err_full(err);
	l->silent[l->n_listed++] = (struct view_silent_unit){u->id, u->size};
	return OK;
}

static enum status list_unit(struct question *q, const struct model_objective *o, int unit, struct lists *l,
			     struct err *err)
{
	const struct score_input *in = &q->state.input;
	int objective = (int)(o - q->state.model->objectives);
	size_t first, n = score_group(in, unit, objective, &first);
	const struct measure *group = in->measures + first, *m;
	struct score_facts f = score_facts(in, objective, group, n);
	bool program = o->scope == MODEL_SCOPE_PROGRAM;
	bool applies = program || in->tree->units[unit].deployment & o->deployment;
	for (size_t at = 0; (m = score_next(in, group, n, &at));)
		TRY(add_measure(q, l, m, describe(q, o, &f, m, applies), err));
	if (f.present || !applies || !(program || unit_is_leaf(in->tree, unit)))
		return OK;
	return add_silent(q, l, unit, err);
}

static enum status list_measures(struct question *q, const struct model_objective *o, struct err *err)
{
	struct lists l = {0};
	int first, end;
	span(q, o, &first, &end);
	for (int u = first; u < end; u++)
		TRY(list_unit(q, o, u, &l, err));
	q->objective->measures = l.measures;
	q->objective->n_measures = l.n_measures;
	q->objective->silent = l.silent;
	q->objective->n_silent = l.n_silent;
	q->objective->n_silent_listed = l.n_listed;
	return OK;
}

/* The check's current measure of a unit; NULL when there is none. */
static const struct measure *check_measure(const struct question *q, int unit, int objective)
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
	struct question *q;
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
	struct question *q = s->q;
	struct app_verdict_book book;
	struct app_verdict_result r;
	int objective = (int)(s->o - q->state.model->objectives), first, end;
	bool program = s->o->scope == MODEL_SCOPE_PROGRAM;
	TRY(app_verdict_open(q->app, q->state.model, &q->state.tree.tree, at_ms, &book, err));
	TRY(app_verdict_run(&book, s->o, &r, err));
	span(q, s->o, &first, &end);
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
	struct question *q = s->q;
	int objective = (int)(s->o - q->state.model->objectives), first, end;
	bool *done = arena_new(q->app->arena, bool, (size_t)q->state.tree.tree.n);
	bool found;
	int64_t at_ms;
	if (!done)
		return err_full(err);
	TRY(store_measure_run_before(q->app->db, q->state.model->line, q->as_of_ms, &found, &at_ms, err));
	if (found)
		TRY(look_at(s, at_ms, false, done, err));
	span(q, s->o, &first, &end);
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

static enum status show_records(struct question *q, enum evidence_kind_id kind, const struct store_record *records,
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

static enum status fill_records(struct question *q, enum evidence_kind_id kind, str id, int64_t at_ms,
				struct view_subject *out, struct err *err)
{
	struct store_record *records = NULL;
	size_t n = 0;
	TRY(store_evidence_records(q->app->db, kind, out->unit, id, at_ms, q->app->arena, &records, &n, err));
	return show_records(q, kind, records, n, out, err);
}

/* Of a system that stands in no register: the rows that show it, of the first kind that does. */
static enum status fill_sightings(struct question *q, str name, int64_t at_ms, struct view_subject *out,
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
static enum status fill_subject(struct question *q, const struct model_objective *o, const struct placed *p,
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

static enum status page_subjects(struct question *q, const struct model_objective *o, struct search *s, struct err *err)
{
	struct view_objective *out = q->objective;
	struct placed *all = arena_new(q->app->arena, struct placed, s->n + 1);
	if (!all)
		return err_full(err);
	for (size_t i = 0; i < s->n; i++) {
		all[i] = (struct placed){s->list[i], s->at_ms[i]};
		out->subjects_not_met += s->list[i].meets == 0;
		out->subjects_unknown += s->list[i].meets < 0;
	}
	qsort(all, s->n, sizeof *all, order_placed);
	size_t first = q->offset < (int64_t)s->n ? (size_t)q->offset : s->n;
	size_t n = s->n - first < (size_t)q->limit ? s->n - first : (size_t)q->limit;
	struct view_subject *page = arena_new(q->app->arena, struct view_subject, n);
	if (!page)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		TRY(fill_subject(q, o, &all[first + i], &page[i], err));
	out->subjects = page;
	out->n_subjects = n;
	out->subjects_known = true;
	if (s->changed)
		out->subjects_note =
		    S("evidence was imported since that run; aismm evaluate brings the numbers up to date");
	return OK;
}

/* Of one kind: how many leaf units nobody looks at, and a feed that has grown too old. */
static enum status fill_gap(struct question *q, struct app_verdict_book *book, const struct model_objective *o,
			    enum evidence_kind_id kind, struct view_gap *out, struct err *err)
{
	const int64_t *coverage;
	bool program = o->scope == MODEL_SCOPE_PROGRAM;
	int first, end;
	*out = (struct view_gap){.kind = evidence_kinds[kind].name};
	TRY(app_verdict_coverage(book, kind, o->max_age_ms, &coverage, err));
	span(q, o, &first, &end);
	for (int u = first; u < end; u++) {
		bool counts =
		    program || (unit_is_leaf(book->tree, u) && book->tree->units[u].deployment & o->deployment);
		out->of += counts;
		out->units += counts && coverage[u] == TIME_FOREVER;
	}
	for (size_t i = 0; i < book->n_supply; i++) {
		const struct store_supply *s = &book->supply[i];
		if (s->kind != kind || s->remarks || s->newest_ms >= book->at_ms - o->max_age_ms ||
		    s->newest_ms < out->stale_ms)
			continue;
		out->stale_feed = s->feed;
		out->stale_ms = s->newest_ms;
	}
	return OK;
}

/* A feed of the kind that still counts and is overdue: of several the one that is so longest. */
static enum status fill_late(struct question *q, struct app_verdict_book *book, const struct model_objective *o,
			     enum evidence_kind_id kind, struct view_gap *out, struct err *err)
{
	for (size_t i = 0; i < book->n_supply; i++) {
		const struct store_supply *s = &book->supply[i];
		struct store_feed_setting setting;
		if (s->kind != kind || s->newest_ms < book->at_ms - o->max_age_ms)
			continue;
		TRY(store_feed_setting(q->app->db, s->feed_id, book->at_ms, q->app->arena, &setting, err));
		int64_t due_ms = s->newest_ms + setting.every_ms;
		if (setting.every_ms < 0 || due_ms >= book->at_ms || (out->late_feed.p && due_ms >= out->late_due_ms))
			continue;
		out->late_feed = s->feed;
		out->late_owner = setting.owner;
		out->late_due_ms = due_ms;
	}
	return OK;
}

static bool is_below(const struct question *q, str unit)
{
	const struct unit_tree *tree = &q->state.tree.tree;
	int u = unit_find(tree, unit);
	return u != UNIT_NONE && unit_below(tree, u, q->node);
}

/* Rows below the unit that name AI systems nobody knows: they add nothing to any of them. */
static enum status fill_unresolved(struct question *q, struct app_verdict_book *book, enum evidence_kind_id kind,
				   struct view_gap *out, struct err *err)
{
	struct store_named *named = NULL;
	size_t n = 0;
	if (kind == EVIDENCE_AI_SYSTEM)
		return OK;
	TRY(store_link_names(q->app->db, kind, book->at_ms, q->app->arena, &named, &n, err));
	for (size_t i = 0, known_at = SIZE_MAX; i < n; i++) {
		const struct store_named *x = &named[i];
		if (!is_below(q, x->unit) || link_find(&book->links, x->feed_id, x->name).by != LINK_UNRESOLVED)
			continue;
		out->unresolved_rows += x->rows;
		out->unresolved_names += known_at == SIZE_MAX || !str_eq(named[known_at].name, x->name);
		known_at = i;
	}
	return OK;
}

static enum status list_gaps(struct question *q, const struct model_objective *o, struct err *err)
{
	struct app_verdict_book book;
	struct view_gap *gaps = arena_new(q->app->arena, struct view_gap, EVIDENCE_KINDS);
	uint64_t kinds;
	size_t n = 0;
	if (!gaps)
		return err_full(err);
	TRY(app_verdict_open(q->app, q->state.model, &q->state.tree.tree, q->as_of_ms, &book, err));
	kinds = app_verdict_reads(&book, o);
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		if (!(kinds >> k & 1))
			continue;
		TRY(fill_gap(q, &book, o, (enum evidence_kind_id)k, &gaps[n], err));
		TRY(fill_late(q, &book, o, (enum evidence_kind_id)k, &gaps[n], err));
		TRY(fill_unresolved(q, &book, (enum evidence_kind_id)k, &gaps[n], err));
		n += gaps[n].units > 0 || gaps[n].stale_feed.p || gaps[n].late_feed.p || gaps[n].unresolved_rows;
	}
	q->objective->gaps = gaps;
	q->objective->n_gaps = n;
	return OK;
}

/* A check that failed has no subjects to show, and is not tried again to find that out. */
static bool check_failed(struct view_objective *out)
{
	for (size_t i = 0; i < out->n_measures; i++)
		if (out->measures[i].error.p) {
			out->subjects_note = S("the check failed; its error stands with its measure");
			return true;
		}
	return false;
}

static enum status explain_objective(void *ctx, struct err *err)
{
	struct question *q = ctx;
	const struct model_objective *o = NULL;
	TRY(load_objective(q, err));
	TRY(app_load_objective(q->state.model, q->word, &o, err));
	*q->objective = (struct view_objective){
	    .model = q->state.model,
	    .objective = o,
	    .unit_id = q->state.tree.tree.units[q->node].id,
	    .as_of_ms = q->as_of_ms,
	    .score = q->score.objectives[o - q->state.model->objectives],
	    .has_check = o->check.p && o->mode != MODEL_MANUAL,
	    .offset = q->offset,
	};
	TRY(list_measures(q, o, err));
	if (!q->objective->has_check)
		return OK;
	TRY(list_gaps(q, o, err));
	if (check_failed(q->objective))
		return OK;
	struct search s = {.q = q, .o = o};
	TRY(find_subjects(&s, err));
	return page_subjects(q, o, &s, err);
}

enum status app_explain_objective(struct app *app, str objective, str unit, struct app_time as_of, int64_t offset,
				  int64_t limit, struct view_objective *out, struct err *err)
{
	struct question q = {.app = app,
			     .word = objective,
			     .unit = unit,
			     .as_of_ms = app_load_time(app, as_of),
			     .offset = offset,
			     .limit = limit,
			     .objective = out};
	return store_read(app->db, explain_objective, &q, err);
}

static enum status explain_category(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct app_scored s;
	TRY(app_load_score(q->app, q->as_of_ms, q->unit, &s, err));
	q->state.model = s.model;
	q->score = s.score;
	const struct model_category *c = model_category_find(q->state.model, q->word);
	if (!c) {
		err_set(err, E_NOT_FOUND, "the model %.*s has no category \"%.*s\"", STR_ARG(q->state.model->name),
			STR_ARG(q->word));
		err_hint(err, "see: aismm model show");
		return E_NOT_FOUND;
	}
	struct score_category level = q->score.categories[c - q->state.model->categories];
	*q->category = (struct view_category){
	    .model = q->state.model,
	    .category = c,
	    .unit_id = s.tree.tree.units[s.node].id,
	    .as_of_ms = q->as_of_ms,
	    .score = level,
	    .target_level = level.applicable ? level.next_level : 0,
	    .objectives = q->score.objectives + c->first_objective,
	    .n_objectives = (size_t)c->n_objectives,
	};
	struct view_lift lift;
	TRY(view_step_lift(q->state.model, &q->score, (int)(c - q->state.model->categories), q->app->arena, &lift,
			   err));
	q->category->steps = lift.steps;
	q->category->n_steps = lift.n_steps;
	return OK;
}

enum status app_explain_category(struct app *app, str category, str unit, struct app_time as_of,
				 struct view_category *out, struct err *err)
{
	struct question q = {
	    .app = app, .word = category, .unit = unit, .as_of_ms = app_load_time(app, as_of), .category = out};
	return store_read(app->db, explain_category, &q, err);
}

static enum status is_category(void *ctx, struct err *err)
{
	struct question *q = ctx;
	TRY(app_load_model(q->app, &q->state.model, err));
	q->node = model_category_find(q->state.model, q->word) != NULL;
	return OK;
}

enum status app_explain_is_category(struct app *app, str word, bool *out, struct err *err)
{
	struct question q = {.app = app, .word = word};
	TRY(store_read(app->db, is_category, &q, err));
	*out = q.node;
	return OK;
}
