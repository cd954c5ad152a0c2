#include "core/view_step.h"

#include <stdlib.h>

#include "core/view_heat.h"

int64_t view_step_missing(struct measure_tally t, int32_t threshold_milli)
{
	__int128 need = ((__int128)threshold_milli * measure_total(t) + 999) / 1000;
	return need > t.yes ? (int64_t)(need - t.yes) : 0;
}

static int order_steps(const void *left, const void *right)
{
	const struct view_step *a = left, *b = right;
	if (a->effort_days != b->effort_days)
		return a->effort_days < b->effort_days ? -1 : 1;
	return str_cmp(a->objective->id, b->objective->id);
}

/* The level when everything up to next_level is met: what is met above it counts again. */
static int reached(const struct model *m, const struct score *s, int category, int next_level)
{
	int to = next_level;
	for (int level = next_level + 1; level <= MODEL_LEVELS; level++) {
		struct view_heat h = view_heat_at(m, s, category, level);
		if (h.met < h.applicable)
			break;
		to = h.applicable ? level : to;
	}
	return to;
}

/* The floor of the program when one category stands at `to`. */
static int floor_with(const struct model *m, const struct score *s, int category, int to)
{
	int floor = to;
	for (size_t i = 0; i < m->n_categories; i++)
		if ((int)i != category && s->categories[i].applicable && s->categories[i].level < floor)
			floor = s->categories[i].level;
	return floor;
}

/* To be lifted by one level, everything of the next level that applies must be met; lower levels are met already. */
enum status view_step_lift(const struct model *m, const struct score *s, int category, struct arena *a,
			   struct view_lift *out, struct err *err)
{
	const struct model_category *c = &m->categories[category];
	const struct score_category *sc = &s->categories[category];
	*out = (struct view_lift){.category = -1};
	if (!sc->applicable || !sc->next_level)
		return OK;
	struct view_step *steps = arena_new(a, struct view_step, (size_t)c->n_objectives);
	if (!steps)
		return err_full(err);
	*out = (struct view_lift){.category = category,
				  .to = reached(m, s, category, sc->next_level),
				  .holds_floor = sc->level == s->program.floor,
				  .steps = steps};
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		const struct model_objective *o = &m->objectives[i];
		const struct score_objective *so = &s->objectives[i];
		bool wanted = so->verdict == SCORE_OPEN || so->verdict == SCORE_NOT_MET;
		if (o->level > sc->next_level || !wanted)
			continue;
		steps[out->n_steps++] = (struct view_step){o, *so, view_step_missing(so->tally, o->threshold_milli),
							   o->effort_days, o->level == sc->next_level};
		out->days += o->effort_days;
		out->n_open += so->verdict == SCORE_OPEN;
	}
	out->floor_to = floor_with(m, s, category, out->to);
	qsort(steps, out->n_steps, sizeof *steps, order_steps);
	return OK;
}

struct ranked {
	struct view_lift lift;
	bool lifts_floor;
};

static int order_lifts(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;
	if (a->lifts_floor != b->lifts_floor)
		return a->lifts_floor ? -1 : 1;
	if (a->lift.days != b->lift.days)
		return a->lift.days < b->lift.days ? -1 : 1;
	return a->lift.category < b->lift.category ? -1 : a->lift.category > b->lift.category;
}

enum status view_step_lifts(const struct model *m, const struct score *s, struct arena *a, const struct view_lift **out,
			    size_t *n, struct err *err)
{
	struct ranked *ranked = arena_new(a, struct ranked, m->n_categories);
	struct view_lift *lifts = arena_new(a, struct view_lift, m->n_categories);
	size_t found = 0;
	if (!ranked || !lifts)
		return err_full(err);
	for (size_t i = 0; i < m->n_categories; i++) {
		struct ranked *r = &ranked[found];
		TRY(view_step_lift(m, s, (int)i, a, &r->lift, err));
		r->lifts_floor = r->lift.floor_to > s->program.floor;
		found += r->lift.category >= 0;
	}
	qsort(ranked, found, sizeof *ranked, order_lifts);
	for (size_t i = 0; i < found; i++)
		lifts[i] = ranked[i].lift;
	*out = lifts;
	*n = found;
	return OK;
}
