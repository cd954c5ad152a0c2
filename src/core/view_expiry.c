#include "core/view_expiry.h"

#include <stdlib.h>
#include <string.h>

#include "core/view_current.h"

/* One measure that ends, and what its unit then says less or more. */
struct ending {
	int objective, source, unit;
	size_t part;
	enum measure_basis basis;
	bool ends_ruling;
	int64_t ends_ms, recorded;
	struct measure_tally tally, change;
};

struct look {
	const struct score_input *parts;
	size_t n_parts, part; /* part: the one at hand */
	const struct score *score;
	struct arena *arena;
	int64_t until_ms;
	struct ending *list; /* NULL: they are only counted */
	size_t n;
	struct measure *copy; /* of the group at hand */
	size_t cap;
};

/* Can the level depend on it: is the category applicable, and the objective not above the next level? */
static bool matters(const struct look *l, const struct model_objective *o)
{
	const struct score_category *c = &l->score->categories[o->category];
	return c->applicable && (!c->next_level || o->level <= c->next_level);
}

/* What the unit says when one of its measures has ended, minus what it says now. */
static enum status change_of(struct look *l, const struct view_current *c, struct measure_tally *out, struct err *err)
{
	const struct score_input *in = &l->parts[l->part];
	const struct measure *m = c->measure;
	if (c->n_group > l->cap) {
		l->copy = arena_grow(l->arena, l->copy, 0, c->n_group, sizeof *l->copy, &l->cap);
		if (!l->copy)
			return err_full(err);
	}
	memcpy(l->copy, c->group, c->n_group * sizeof *l->copy);
	struct measure *ended = &l->copy[m - c->group];
	if (c->ends_ruling)
		ended->override_until_ms = in->as_of_ms - 1;
	else
		ended->expires_ms = in->as_of_ms - 1;
	struct measure_tally now = score_own(in, m->unit, m->objective, c->group, c->n_group).tally;
	struct measure_tally then = score_own(in, m->unit, m->objective, l->copy, c->n_group).tally;
	*out = (struct measure_tally){then.yes - now.yes, then.no - now.no, then.unknown - now.unknown};
	return OK;
}

static enum status note(void *ctx, const struct view_current *c, struct err *err)
{
	struct look *l = ctx;
	const struct measure *m = c->measure;
	if (c->stale || c->ends_ms > l->until_ms || !matters(l, c->objective))
		return OK;
	if (l->list) {
		struct ending *e = &l->list[l->n];
		*e = (struct ending){.objective = m->objective,
				     .source = m->source,
				     .unit = m->unit,
				     .part = l->part,
				     .basis = m->basis,
				     .ends_ruling = c->ends_ruling,
				     .ends_ms = c->ends_ms,
				     .recorded = m->recorded,
				     .tally = m->tally};
		TRY(change_of(l, c, &e->change, err));
	}
	l->n++;
	return OK;
}

static int compare(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

/* By reason: time, objective, source; then by unit. */
static int order_reasons(const struct ending *a, const struct ending *b)
{
	if (a->ends_ms != b->ends_ms)
		return compare(a->ends_ms, b->ends_ms);
	if (a->objective != b->objective)
		return compare(a->objective, b->objective);
	if (a->source != b->source)
		return compare(a->source, b->source);
	return compare(a->ends_ruling, b->ends_ruling);
}

static int order_endings(const void *left, const void *right)
{
	const struct ending *a = left, *b = right;
	int order = order_reasons(a, b);
	return order ? order : compare(a->unit, b->unit);
}

/* All endings of one reason as one expiry; *change: what they do to the tally of the unit. */
static struct view_expiry gather(const struct ending *first, size_t n, struct measure_tally *change)
{
	struct view_expiry e = {.objective = first->objective,
				.part = first->part,
				.source = first->source,
				.ends_ms = first->ends_ms,
				.ends_ruling = first->ends_ruling,
				.basis = first->basis,
				.units = (int)n,
				.unit = n == 1 ? first->unit : UNIT_NONE};
	*change = (struct measure_tally){0, 0, 0};
	for (size_t i = 0; i < n; i++) {
		*change = measure_add(*change, first[i].change);
		e.tally = measure_add(e.tally, first[i].tally);
		e.recorded = first[i].recorded > e.recorded ? first[i].recorded : e.recorded;
	}
	return e;
}

/* The level of the category when the tally of one objective has changed. scratch: the objectives of now, and again
 * afterwards. */
static int level_with(const struct look *l, int objective, struct measure_tally change, struct score_objective *scratch)
{
	const struct model *m = l->parts->model;
	const struct model_objective *o = &m->objectives[objective];
	struct score_objective now = scratch[objective];
	enum score_verdict verdict = score_verdict(measure_add(now.tally, change), o->threshold_milli);
	int level = l->score->categories[o->category].level;
	if (verdict == now.verdict)
		return level;
	scratch[objective].verdict = verdict;
	level = score_level(m, &m->categories[o->category], scratch);
	scratch[objective] = now;
	return level;
}

static enum status judge(const struct look *l, size_t most, struct view_expiries *out, struct err *err)
{
	size_t n_objectives = l->parts->model->n_objectives;
	struct score_objective *scratch = arena_new(l->arena, struct score_objective, n_objectives);
	struct view_expiry *list = arena_new(l->arena, struct view_expiry, most);
	if (!scratch || !list)
		return err_full(err);
	memcpy(scratch, l->score->objectives, n_objectives * sizeof *scratch);
	for (size_t at = 0, n; at < l->n; at += n) {
		struct measure_tally change;
		for (n = 1; at + n < l->n && order_reasons(&l->list[at], &l->list[at + n]) == 0;)
			n++;
		struct view_expiry e = gather(&l->list[at], n, &change);
		e.from = l->score->categories[l->parts->model->objectives[e.objective].category].level;
		e.to = level_with(l, e.objective, change, scratch);
		if (e.to == e.from)
			continue;
		out->total++;
		if (out->n < most)
			list[out->n++] = e;
	}
	out->list = list;
	return OK;
}

static enum status visit(struct look *l, struct err *err)
{
	for (l->part = 0; l->part < l->n_parts; l->part++)
		TRY(view_current_each(&l->parts[l->part], 1, l->score->unit, note, l, err));
	return OK;
}

enum status view_expiry_list(const struct score_input *parts, size_t n, const struct score *s, int64_t within_ms,
			     size_t most, struct arena *a, struct view_expiries *out, struct err *err)
{
	struct look l = {.parts = parts, .n_parts = n, .score = s, .arena = a, .until_ms = parts->as_of_ms + within_ms};
	*out = (struct view_expiries){.within_ms = within_ms};
	TRY(visit(&l, err)); /* how many */
	l.list = arena_new(a, struct ending, l.n + 1);
	if (!l.list)
		return err_full(err);
	l.n = 0;
	TRY(visit(&l, err));
	qsort(l.list, l.n, sizeof *l.list, order_endings);
	return judge(&l, most, out, err);
}
