#include "core/view_current.h"

/* How many measures of one unit and objective stand at `at`. */
static size_t group_at(const struct score_input *in, size_t at)
{
	const struct measure *first = &in->measures[at];
	size_t n = 1;
	while (at + n < in->n_measures && first[n].unit == first->unit && first[n].objective == first->objective)
		n++;
	return n;
}

static bool counts(const struct score_facts *f, const struct model_objective *o, const struct measure *m, int64_t at_ms)
{
	if (f->not_applicable)
		return m->not_applicable && !score_is_stale(m, o, at_ms);
	return score_keeps(o, f, m, at_ms);
}

static enum status visit_group(const struct score_input *in, size_t first, size_t n, view_current_fn *fn, void *ctx,
			       struct err *err)
{
	const struct measure *group = &in->measures[first], *m;
	const struct model_objective *o = &in->model->objectives[group->objective];
	struct score_facts f = score_facts(in, group->objective, group, n);
	for (size_t at = 0; (m = score_next(in, group, n, &at));) {
		if (!counts(&f, o, m, in->as_of_ms))
			continue;
		struct view_current c = {.measure = m,
					 .objective = o,
					 .stale = score_is_stale(m, o, in->as_of_ms),
					 .ends_ms = score_fresh_until(m, o),
					 .group = group,
					 .n_group = n};
		bool rules = f.override_in_force && !f.not_applicable && o->mode != MODEL_MANUAL;
		if (rules && m->override_until_ms < c.ends_ms) {
			c.ends_ms = m->override_until_ms;
			c.ends_ruling = true;
		}
		TRY(fn(ctx, &c, err));
	}
	return OK;
}

int64_t view_current_seen(const struct measure *m, const struct model_objective *o, bool by_check)
{
	int64_t by_age_ms = m->expires_ms - o->max_age_ms;
	return by_check && by_age_ms < m->observed_ms ? by_age_ms : m->observed_ms;
}

unsigned view_current_deployment(const struct unit_tree *tree, int unit)
{
	unsigned bits = 0;
	for (int u = unit; u < unit + tree->units[unit].span; u++)
		bits |= tree->units[u].deployment;
	return bits;
}

/* Of one part. below: deployment types of the unit and all below it. */
static enum status visit_part(const struct score_input *in, int unit, unsigned below, view_current_fn *fn, void *ctx,
			      struct err *err)
{
	int end = unit + in->tree->units[unit].span;
	size_t at = 0, n;
	if (unit > 0) /* of the root only what it says about the program, then on to the unit itself */
		for (; at < in->n_measures && in->measures[at].unit == 0; at += n) {
			const struct model_objective *o = &in->model->objectives[in->measures[at].objective];
			n = group_at(in, at);
			if (o->scope == MODEL_SCOPE_PROGRAM && below & o->deployment)
				TRY(visit_group(in, at, n, fn, ctx, err));
		}
	if (unit > 0)
		(void)score_group(in, unit, -1, &at);
	for (; at < in->n_measures && in->measures[at].unit < end; at += n) {
		const struct measure *m = &in->measures[at];
		const struct model_objective *o = &in->model->objectives[m->objective];
		bool program = o->scope == MODEL_SCOPE_PROGRAM;
		unsigned types = program ? below : in->tree->units[m->unit].deployment;
		n = group_at(in, at);
		if (types & o->deployment && (!program || m->unit == 0))
			TRY(visit_group(in, at, n, fn, ctx, err));
	}
	return OK;
}

enum status view_current_each(const struct score_input *parts, size_t n, int unit, view_current_fn *fn, void *ctx,
			      struct err *err)
{
	unsigned below = view_current_deployment(parts->tree, unit);
	for (size_t i = 0; i < n; i++)
		TRY(visit_part(&parts[i], unit, below, fn, ctx, err));
	return OK;
}

static bool any_in_part(const struct score_input *in, int unit)
{
	size_t at;
	int end = unit + in->tree->units[unit].span;
	for (at = 0; unit > 0 && at < in->n_measures && in->measures[at].unit == 0; at++)
		if (in->measures[at].observed_ms <= in->as_of_ms &&
		    in->model->objectives[in->measures[at].objective].scope == MODEL_SCOPE_PROGRAM)
			return true;
	(void)score_group(in, unit, -1, &at);
	for (; at < in->n_measures && in->measures[at].unit < end; at++)
		if (in->measures[at].observed_ms <= in->as_of_ms)
			return true;
	return false;
}

bool view_current_any(const struct score_input *parts, size_t n, int unit)
{
	for (size_t i = 0; i < n; i++)
		if (any_in_part(&parts[i], unit))
			return true;
	return false;
}
