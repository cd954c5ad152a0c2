/* A world to score: units, a model and measures, built by hand or at random. No file, no YAML. */
#ifndef TEST_CORE_SCORE_FIXTURE_H
#define TEST_CORE_SCORE_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"
#include "core/score.h"

/* So many units that one chain of them reaches LIMIT_UNIT_DEPTH. */
enum { WORLD_UNITS = 65, WORLD_CATEGORIES = 4, WORLD_OBJECTIVES = 64, WORLD_MEASURES = 1024, WORLD_RETIRED = 16 };

/* Days are the unit of time in the tests by hand; NOW is as_of, WINDOW the max_age of every objective. */
#define DAY TIME_DAY_MS
#define NOW (1000 * DAY)
#define WINDOW (90 * DAY)

struct world {
	struct arena a;
	struct err err;
	char ids[WORLD_UNITS][16];
	struct unit_row rows[WORLD_UNITS];
	size_t n_units;
	struct model_domain domains[WORLD_CATEGORIES];
	struct model_category categories[WORLD_CATEGORIES];
	struct model_objective objectives[WORLD_OBJECTIVES];
	struct model model;
	/* As they were said; `unit` is the row until world_settle. */
	struct measure said[WORLD_MEASURES], measures[WORLD_MEASURES];
	size_t n_measures;
	struct measure_retired retired_said[WORLD_RETIRED], retired[WORLD_RETIRED];
	size_t n_retired;
	struct unit_tree tree;
	struct score_input in;
};

static inline int world_unit(struct world *w, const char *id, const char *parent)
{
	assert_in_range(w->n_units, 0, WORLD_UNITS - 1);
	size_t i = w->n_units++;
	(void)snprintf(w->ids[i], sizeof w->ids[i], "%s", id);
	w->rows[i] =
	    (struct unit_row){.id = str_from(w->ids[i]), .parent = str_from(parent), .size = 1, .line = (int64_t)i + 2};
	return (int)i;
}

static inline int world_row(const struct world *w, const char *id)
{
	for (size_t i = 0; i < w->n_units; i++)
		if (str_eq(w->rows[i].id, str_from(id)))
			return (int)i;
	fail_msg("the world has no unit %s", id);
	return UNIT_NONE;
}

/* A category with one objective at each of the given levels, e.g. "2345" or "22345". */
static inline int world_category(struct world *w, int domain, const char *levels)
{
	size_t c = w->model.n_categories++;
	assert_in_range(c, 0, WORLD_CATEGORIES - 1);
	w->categories[c] = (struct model_category){.domain = domain, .weight = 1};
	w->categories[c].first_objective = (int)w->model.n_objectives;
	w->categories[c].n_objectives = (int)strlen(levels);
	for (const char *l = levels; *l; l++) {
		assert_in_range(w->model.n_objectives, 0, WORLD_OBJECTIVES - 1);
		w->objectives[w->model.n_objectives++] = (struct model_objective){
		    .category = (int)c,
		    .level = *l - '0',
		    .subject = -1,
		    .threshold_milli = 1000,
		    .window_ms = WINDOW,
		    .max_age_ms = WINDOW,
		    .deployment = MODEL_ANY_DEPLOYMENT,
		    .mode = MODEL_EITHER,
		};
	}
	if (w->model.n_domains <= (size_t)domain)
		w->model.n_domains = (size_t)domain + 1;
	return (int)c;
}

/* A measured tally, seen today, by source 0. The caller changes what its test is about. */
static inline struct measure *world_say(struct world *w, const char *unit, int objective, int64_t yes, int64_t no,
					int64_t unknown)
{
	assert_in_range(w->n_measures, 0, WORLD_MEASURES - 1);
	struct measure *m = &w->said[w->n_measures++];
	*m = (struct measure){
	    .unit = world_row(w, unit),
	    .objective = objective,
	    .basis = MEASURE_MEASURED,
	    .tally = {yes, no, unknown},
	    .observed_ms = NOW,
	    .expires_ms = TIME_FOREVER,
	    .recorded = (int64_t)w->n_measures,
	};
	return m;
}

static inline struct measure *world_attest(struct world *w, const char *unit, int objective, int64_t yes, int64_t no)
{
	struct measure *m = world_say(w, unit, objective, yes, no, 0);
	m->basis = MEASURE_ATTESTED;
	m->source = 1;
	return m;
}

static inline struct measure *world_na(struct world *w, const char *unit, int objective, enum measure_basis basis)
{
	struct measure *m = world_say(w, unit, objective, 0, 0, 0);
	m->basis = basis;
	m->source = 2;
	m->not_applicable = true;
	return m;
}

static inline void world_retire(struct world *w, int source, const char *unit, int64_t at_ms)
{
	assert_in_range(w->n_retired, 0, WORLD_RETIRED - 1);
	w->retired_said[w->n_retired++] =
	    (struct measure_retired){source, unit ? world_row(w, unit) : UNIT_NONE, at_ms};
}

/* Builds the tree and sorts the measures; may be called again after changes. */
static inline void world_settle(struct world *w)
{
	if (unit_tree_build(w->rows, w->n_units, S("units.csv"), &w->a, &w->tree, &w->err) != OK)
		fail_msg("%s", w->err.message);
	for (size_t i = 0; i < w->n_measures; i++) {
		w->measures[i] = w->said[i];
		w->measures[i].unit = unit_find(&w->tree, w->rows[w->said[i].unit].id);
	}
	for (size_t i = 0; i < w->n_retired; i++) {
		w->retired[i] = w->retired_said[i];
		if (w->retired[i].unit != UNIT_NONE)
			w->retired[i].unit = unit_find(&w->tree, w->rows[w->retired_said[i].unit].id);
	}
	if (w->n_measures)
		qsort(w->measures, w->n_measures, sizeof *w->measures, measure_order);
	w->model.domains = w->domains;
	w->model.categories = w->categories;
	w->model.objectives = w->objectives;
	w->in.model = &w->model;
	w->in.tree = &w->tree;
	w->in.measures = w->measures;
	w->in.n_measures = w->n_measures;
	w->in.retired = w->retired;
	w->in.n_retired = w->n_retired;
}

static inline struct world *world_new(void)
{
	struct world *w = calloc(1, sizeof *w);
	assert_non_null(w);
	w->a = ARENA((size_t)1 << 30);
	w->in.as_of_ms = NOW;
	return w;
}

static inline void world_end(struct world *w)
{
	arena_release(&w->a);
	free(w);
}

/* For cmocka: a world with the root "acme", its leaves "east" and "west", and one category "2345". */
static inline int world_setup(void **state)
{
	struct world *w = world_new();
	(void)world_unit(w, "acme", "");
	(void)world_unit(w, "east", "acme");
	(void)world_unit(w, "west", "acme");
	(void)world_category(w, 0, "2345");
	*state = w;
	return 0;
}

static inline int world_teardown(void **state)
{
	world_end(*state);
	return 0;
}

/* What score_all says of one unit, copied out of the call. */
struct world_catch {
	struct world *w;
	int unit;
	struct score score;
	bool caught;
};

static inline enum status world_caught(void *ctx, const struct score *s, struct err *err)
{
	(void)err;
	struct world_catch *c = ctx;
	if (s->unit != c->unit)
		return OK;
	const struct model *m = &c->w->model;
	struct score_mean *domains = arena_new(&c->w->a, struct score_mean, m->n_domains);
	struct score_category *categories = arena_new(&c->w->a, struct score_category, m->n_categories);
	struct score_objective *objectives = arena_new(&c->w->a, struct score_objective, m->n_objectives);
	assert_true(domains && categories && objectives);
	memcpy(domains, s->domains, m->n_domains * sizeof *domains);
	memcpy(categories, s->categories, m->n_categories * sizeof *categories);
	memcpy(objectives, s->objectives, m->n_objectives * sizeof *objectives);
	assert_false(c->caught);
	c->score = *s;
	c->score.domains = domains;
	c->score.categories = categories;
	c->score.objectives = objectives;
	c->caught = true;
	return OK;
}

static inline bool world_same_tally(struct measure_tally a, struct measure_tally b)
{
	return a.yes == b.yes && a.no == b.no && a.unknown == b.unknown;
}

static inline bool world_same_mean(const struct score_mean *a, const struct score_mean *b)
{
	if (!a->applicable || !b->applicable)
		return a->applicable == b->applicable;
	return a->index == b->index && a->index_high == b->index_high && a->index_evidenced == b->index_evidenced &&
	       a->coverage == b->coverage && a->floor == b->floor;
}

static inline bool world_same_category(const struct score_category *a, const struct score_category *b)
{
	if (!a->applicable || !b->applicable)
		return a->applicable == b->applicable;
	return a->level == b->level && a->level_high == b->level_high && a->level_evidenced == b->level_evidenced &&
	       a->ceiling == b->ceiling && a->next_level == b->next_level && a->index == b->index &&
	       a->index_high == b->index_high && a->index_evidenced == b->index_evidenced &&
	       a->progress == b->progress && a->coverage == b->coverage;
}

static inline bool world_same_objective(const struct score_objective *a, const struct score_objective *b)
{
	return a->verdict == b->verdict && world_same_tally(a->tally, b->tally) &&
	       world_same_tally(a->evidenced, b->evidenced) &&
	       (a->verdict == SCORE_NOT_APPLICABLE || a->attainment == b->attainment);
}

/* The name of the first part in which two scores differ (valid_until_ms aside); NULL when they are equal. */
static inline const char *world_difference(const struct model *m, const struct score *a, const struct score *b)
{
	for (size_t o = 0; o < m->n_objectives; o++)
		if (!world_same_objective(&a->objectives[o], &b->objectives[o]))
			return "an objective";
	for (size_t c = 0; c < m->n_categories; c++)
		if (!world_same_category(&a->categories[c], &b->categories[c]))
			return "a category";
	for (size_t d = 0; d < m->n_domains; d++)
		if (!world_same_mean(&a->domains[d], &b->domains[d]))
			return "a domain";
	if (!world_same_mean(&a->program, &b->program))
		return "the program";
	if (a->unit != b->unit)
		return "the unit";
	if (a->leaves != b->leaves || a->known != b->known)
		return "leaves and known";
	return NULL;
}

/* The score of a unit, by both ways, which must agree. */
static inline struct score world_score_at(struct world *w, int unit)
{
	struct score s = {0};
	if (score_at(&w->in, unit, &w->a, &s, &w->err) != OK)
		fail_msg("%s", w->err.message);
	struct world_catch c = {.w = w, .unit = unit};
	if (score_all(&w->in, &w->a, world_caught, &c, &w->err) != OK)
		fail_msg("%s", w->err.message);
	assert_true(c.caught);
	const char *different = world_difference(&w->model, &s, &c.score);
	if (different)
		fail_msg("score_at and score_all disagree in %s", different);
	assert_int_equal(s.valid_until_ms, c.score.valid_until_ms);
	return s;
}

static inline struct score world_score(struct world *w, const char *unit)
{
	world_settle(w);
	return world_score_at(w, unit_find(&w->tree, str_from(unit)));
}

/* Fails at the line of the caller. */
#define EXPECT_TALLY(got_, yes_, no_, unknown_)                                                                        \
	do {                                                                                                           \
		struct measure_tally tally_ = (got_);                                                                  \
		assert_int_equal(tally_.yes, yes_);                                                                    \
		assert_int_equal(tally_.no, no_);                                                                      \
		assert_int_equal(tally_.unknown, unknown_);                                                            \
	} while (0)

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

#endif
