/* Worlds made by chance, the same for the same seed; time is a small integer, so that instants meet. */
#ifndef TEST_CORE_SCORE_RANDOM_H
#define TEST_CORE_SCORE_RANDOM_H

#include "score_fixture.h"

enum { SOURCES = 4, LAST_INSTANT = 100 };

struct dice {
	uint64_t state;
};

static inline uint64_t dice_throw(struct dice *d)
{
	uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static inline int64_t dice_below(struct dice *d, int64_t n)
{
	return (int64_t)(dice_throw(d) % (uint64_t)n);
}

static inline bool dice_percent(struct dice *d, int64_t percent)
{
	return dice_below(d, 100) < percent;
}

/* What colours one whole world, so that the high levels and the empty categories are seen too. */
struct colour {
	int64_t met, answered, people, exempt, moving, narrow_deployment;
	bool large;
};

static inline void random_units(struct world *w, struct dice *d, const struct colour *c)
{
	int n = (int)(1 + dice_below(d, dice_percent(d, 30) ? 12 : 5));
	int names[12], chain = (int)dice_below(d, 3);
	for (int i = 0; i < n; i++)
		names[i] = i;
	for (int i = n - 1; i > 0; i--) { /* the byte order of ids has nothing to do with the tree */
		int j = (int)dice_below(d, i + 1), name = names[i];
		names[i] = names[j];
		names[j] = name;
	}
	for (int i = 0; i < n; i++) {
		char id[16];
		(void)snprintf(id, sizeof id, "u%d", names[i]);
		int parent = i == 0 ? 0 : (int)(chain ? dice_below(d, i) : i - 1);
		struct unit_row *row = &w->rows[world_unit(w, id, i ? w->ids[parent] : "")];
		row->deployment = dice_percent(d, c->narrow_deployment) ? (unsigned)(1 + dice_below(d, 7)) : 0;
		row->size = dice_percent(d, 70) ? 1 : 1 + dice_below(d, c->large ? UNIT_SIZE_MAX : 9);
	}
}

static inline int32_t random_threshold(struct dice *d, const struct colour *c)
{
	static const int32_t edges[] = {1, 333, 500, 667, 899, 900, 901, 999, 1000};
	if (dice_percent(d, 20))
		return (int32_t)(1 + dice_below(d, 1000));
	return dice_percent(d, c->met) ? edges[dice_below(d, 5)] : edges[dice_below(d, 9)];
}

static inline void random_model(struct world *w, struct dice *d, const struct colour *c)
{
	int categories = (int)(1 + dice_below(d, 3));
	for (int i = 0; i < categories; i++) {
		char levels[24];
		size_t n = 0;
		for (char level = '2'; level <= '5'; level++)
			for (int64_t times = dice_percent(d, 80) ? 1 : 1 + dice_below(d, 4); times > 0; times--)
				levels[n++] = level;
		levels[n] = 0;
		(void)world_category(w, i == 2 ? (int)dice_below(d, 2) : i ? (int)dice_below(d, 2) : 0, levels);
		w->categories[i].weight = dice_percent(d, 50) ? 1 : 1 + dice_below(d, dice_percent(d, 50) ? 5 : 1000);
	}
	for (size_t o = 0; o < w->model.n_objectives; o++) {
		struct model_objective *objective = &w->objectives[o];
		objective->threshold_milli = random_threshold(d, c);
		objective->max_age_ms = c->moving ? dice_below(d, 60) : 2 * LAST_INSTANT - dice_below(d, 150);
		objective->mode = (enum model_mode)dice_below(d, 3);
		objective->scope = dice_percent(d, 20) ? MODEL_SCOPE_PROGRAM : MODEL_SCOPE_UNIT;
		if (dice_percent(d, c->narrow_deployment))
			objective->deployment = (unsigned)(1 + dice_below(d, 7));
	}
}

static inline struct measure_tally random_tally(struct dice *d, const struct colour *c)
{
	int64_t most = c->large && dice_percent(d, 70) ? 1000000000 : 3;
	if (dice_percent(d, 5))
		return (struct measure_tally){0};
	if (dice_percent(d, c->met))
		return (struct measure_tally){1 + dice_below(d, most), 0, 0};
	if (dice_percent(d, 10))
		return (struct measure_tally){900 - dice_below(d, 2), 100, 0};
	return (struct measure_tally){dice_below(d, most + 1), dice_below(d, most + 1), dice_below(d, most + 1)};
}

static inline void random_measure(struct world *w, struct dice *d, const struct colour *c, int unit, int objective)
{
	int64_t observed = dice_below(d, c->moving ? LAST_INSTANT : 10);
	if (w->n_measures && dice_percent(d, 25)) /* equal instants */
		observed = w->said[w->n_measures - 1].observed_ms;
	struct measure m = {
	    .unit = unit,
	    .objective = objective,
	    .source = (int)dice_below(d, SOURCES),
	    .basis = dice_percent(d, c->people) ? (enum measure_basis)dice_below(d, 2) : MEASURE_MEASURED,
	    .not_applicable = dice_percent(d, c->exempt),
	    .overrides = dice_percent(d, 25),
	    .observed_ms = observed,
	    .expires_ms = dice_percent(d, c->moving) ? dice_below(d, LAST_INSTANT) : TIME_FOREVER,
	    .override_until_ms = dice_below(d, LAST_INSTANT),
	};
	if (!m.not_applicable)
		m.tally = random_tally(d, c);
	w->said[w->n_measures++] = m;
}

/* The recorded numbers are a random order of their own: neither the array's nor that of time. */
static inline void random_recorded(struct world *w, struct dice *d)
{
	for (size_t i = 0; i < w->n_measures; i++)
		w->said[i].recorded = (int64_t)i + 1;
	for (size_t i = w->n_measures; i > 1; i--) {
		size_t j = (size_t)dice_below(d, (int64_t)i);
		int64_t recorded = w->said[i - 1].recorded;
		w->said[i - 1].recorded = w->said[j].recorded;
		w->said[j].recorded = recorded;
	}
}

static inline struct world *random_world(uint64_t seed)
{
	struct dice d = {seed};
	struct world *w = world_new();
	struct colour c = {
	    .met = dice_below(&d, 3) ? 95 : dice_below(&d, 100),
	    .answered = dice_below(&d, 2) ? 95 : dice_below(&d, 100),
	    .people = dice_below(&d, 100),
	    .exempt = dice_percent(&d, 60) ? 3 : dice_below(&d, 90),
	    .moving = dice_percent(&d, 50) ? 0 : dice_below(&d, 60),
	    .narrow_deployment = dice_percent(&d, 50) ? 0 : dice_below(&d, 80),
	    .large = dice_percent(&d, 15),
	};
	if (dice_percent(&d, 5)) /* nothing applies, on nearly everybody's word */
		c.exempt = c.answered = 100, c.moving = 0;
	random_units(w, &d, &c);
	random_model(w, &d, &c);
	for (int u = 0; u < (int)w->n_units; u++)
		for (int o = 0; o < (int)w->model.n_objectives; o++) {
			bool some = dice_percent(&d, c.answered);
			int64_t n = some ? 1 + dice_below(&d, dice_percent(&d, 30) ? 5 : 1) : 0;
			for (; n > 0 && w->n_measures < WORLD_MEASURES; n--)
				random_measure(w, &d, &c, u, o);
		}
	random_recorded(w, &d);
	for (int64_t n = dice_percent(&d, 30) ? dice_below(&d, 4) : 0; n > 0; n--)
		world_retire(w, (int)dice_below(&d, SOURCES),
			     dice_percent(&d, 40) ? NULL : w->ids[dice_below(&d, (int64_t)w->n_units)],
			     dice_below(&d, LAST_INSTANT));
	w->in.as_of_ms = dice_below(&d, LAST_INSTANT);
	world_settle(w);
	return w;
}

#endif
