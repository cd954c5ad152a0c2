#include "core/score.h"

#include "base/time.h"

int64_t score_fresh_until(const struct measure *m, const struct model_objective *o)
{
	int64_t aged = m->observed_ms + o->max_age_ms;
	return m->expires_ms < aged ? m->expires_ms : aged;
}

bool score_is_stale(const struct measure *m, const struct model_objective *o, int64_t as_of_ms)
{
	return as_of_ms > score_fresh_until(m, o);
}

static bool is_retired(const struct score_input *in, const struct measure *m)
{
	for (size_t i = 0; i < in->n_retired; i++) {
		const struct measure_retired *r = &in->retired[i];
		if (r->source == m->source && (r->unit == UNIT_NONE || r->unit == m->unit) && r->at_ms <= in->as_of_ms)
			return true;
	}
	return false;
}

const struct measure *score_next(const struct score_input *in, const struct measure *group, size_t n, size_t *at)
{
	while (*at < n) {
		const struct measure *current = NULL;
		int source = group[*at].source;
		for (; *at < n && group[*at].source == source; ++*at)
			if (group[*at].observed_ms <= in->as_of_ms)
				current = &group[*at];
		if (current && !is_retired(in, current))
			return current;
	}
	return NULL;
}

static bool override_in_force(const struct measure *m, const struct model_objective *o, int64_t as_of_ms)
{
	return m->overrides && m->basis != MEASURE_MEASURED && as_of_ms <= m->override_until_ms &&
	       !score_is_stale(m, o, as_of_ms);
}

struct score_facts score_facts(const struct score_input *in, int objective, const struct measure *group, size_t n)
{
	const struct model_objective *o = &in->model->objectives[objective];
	struct score_facts f = {.na_attested_only = true};
	const struct measure *m;
	for (size_t at = 0; (m = score_next(in, group, n, &at));) {
		f.present = true;
		if (score_is_stale(m, o, in->as_of_ms))
			continue;
		f.fresh = true;
		f.override_in_force |= override_in_force(m, o, in->as_of_ms);
		f.measured_fresh |= m->basis == MEASURE_MEASURED;
		if (m->not_applicable) {
			f.not_applicable = true;
			f.na_attested_only &= m->basis == MEASURE_ATTESTED;
		}
	}
	return f;
}

bool score_keeps(const struct model_objective *o, const struct score_facts *f, const struct measure *m,
		 int64_t as_of_ms)
{
	if (o->mode == MODEL_MANUAL)
		return true;
	if (f->override_in_force)
		return override_in_force(m, o, as_of_ms);
	if (f->measured_fresh)
		return m->basis == MEASURE_MEASURED;
	return true;
}

struct measure_tally score_counts(const struct model_objective *o, const struct measure *m, int64_t as_of_ms)
{
	if (!score_is_stale(m, o, as_of_ms))
		return m->tally;
	int64_t n = measure_total(m->tally);
	return (struct measure_tally){0, 0, n > 1 ? n : 1};
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The last instant before a retirement that is to come takes the measure away. */
static int64_t retired_after(const struct score_input *in, const struct measure *m)
{
	int64_t until = TIME_FOREVER;
	for (size_t i = 0; i < in->n_retired; i++) {
		const struct measure_retired *r = &in->retired[i];
		if (r->source == m->source && (r->unit == UNIT_NONE || r->unit == m->unit) && r->at_ms > in->as_of_ms)
			until = earlier(until, r->at_ms - 1);
	}
	return until;
}

/* When the next thing that is known already changes what this group says. Measures that are superseded say nothing. */
static int64_t valid_until(const struct score_input *in, int objective, const struct measure *group, size_t n)
{
	const struct model_objective *o = &in->model->objectives[objective];
	int64_t until = TIME_FOREVER;
	const struct measure *m;
	for (size_t i = 0; i < n; i++)
		if (group[i].observed_ms > in->as_of_ms)
			until = earlier(until, group[i].observed_ms - 1);
	for (size_t at = 0; (m = score_next(in, group, n, &at));) {
		until = earlier(until, retired_after(in, m));
		if (!score_is_stale(m, o, in->as_of_ms))
			until = earlier(until, score_fresh_until(m, o));
		if (o->mode != MODEL_MANUAL && override_in_force(m, o, in->as_of_ms))
			until = earlier(until, m->override_until_ms);
	}
	return until;
}

static void sum_kept(const struct score_input *in, const struct model_objective *o, const struct score_facts *f,
		     const struct measure *group, size_t n, struct score_own *own)
{
	const struct measure *m;
	for (size_t at = 0; (m = score_next(in, group, n, &at));) {
		if (!score_keeps(o, f, m, in->as_of_ms))
			continue;
		struct measure_tally t = score_counts(o, m, in->as_of_ms);
		own->tally = measure_add(own->tally, t);
		if (m->basis == MEASURE_ATTESTED)
			t = (struct measure_tally){0, 0, measure_total(t)};
		own->evidenced = measure_add(own->evidenced, t);
	}
}

struct score_own score_own(const struct score_input *in, int unit, int objective, const struct measure *group, size_t n)
{
	const struct model_objective *o = &in->model->objectives[objective];
	const struct unit *u = &in->tree->units[unit];
	bool program = o->scope == MODEL_SCOPE_PROGRAM;
	struct score_facts f = score_facts(in, objective, group, n);
	struct score_own own = {
	    .present = f.present, .fresh = f.fresh, .valid_until_ms = valid_until(in, objective, group, n)};
	if (!program && !(u->deployment & o->deployment))
		return own;
	if (f.not_applicable) {
		own.evidenced.unknown = f.na_attested_only;
		return own;
	}
	own.applies = true;
	if (f.present)
		sum_kept(in, o, &f, group, n, &own);
	else if (program)
		own.tally.unknown = own.evidenced.unknown = 1;
	else if (unit_is_leaf(in->tree, unit))
		own.tally.unknown = own.evidenced.unknown = u->size;
	return own;
}

size_t score_group(const struct score_input *in, int unit, int objective, size_t *first)
{
	size_t low = 0, high = in->n_measures;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct measure *m = &in->measures[middle];
		if (m->unit < unit || (m->unit == unit && m->objective < objective))
			low = middle + 1;
		else
			high = middle;
	}
	size_t end = low;
	while (end < in->n_measures && in->measures[end].unit == unit && in->measures[end].objective == objective)
		end++;
	*first = low;
	return end - low;
}
