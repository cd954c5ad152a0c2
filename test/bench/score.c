/* How far scoring is from the speed of memory: 100 000 units, 20 objectives, one measure each. Prints one line of a
 * table: milliseconds of a copy of the measures, of score_at the root, of score_all, and both as multiples of the copy.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/time.h"
#include "core/score.h"

enum { UNITS = 100000, OBJECTIVES = 20, CATEGORIES = 5, RUNS = 5 };

#define NOW (1000 * TIME_DAY_MS)

struct bench {
	struct arena a;
	struct err err;
	struct model_domain domain;
	struct model_category categories[CATEGORIES];
	struct model_objective objectives[OBJECTIVES];
	struct model model;
	struct unit_tree tree;
	struct measure *measures;
	struct score_input in;
	int64_t sum; /* so that nothing is optimised away */
};

static double now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void *must(void *p)
{
	if (p)
		return p;
	(void)fprintf(stderr, "not enough memory\n");
	exit(1);
}

static void fill_model(struct bench *b)
{
	for (int c = 0; c < CATEGORIES; c++)
		b->categories[c] = (struct model_category){.weight = 1, .first_objective = c * 4, .n_objectives = 4};
	for (int o = 0; o < OBJECTIVES; o++)
		b->objectives[o] = (struct model_objective){.category = o / 4,
							    .level = 2 + o % 4,
							    .threshold_milli = 900,
							    .max_age_ms = 90 * TIME_DAY_MS,
							    .deployment = MODEL_ANY_DEPLOYMENT,
							    .mode = MODEL_EITHER};
	b->model = (struct model){.n_domains = 1,
				  .n_categories = CATEGORIES,
				  .n_objectives = OBJECTIVES,
				  .domains = &b->domain,
				  .categories = b->categories,
				  .objectives = b->objectives};
}

/* Each unit has ten below it, so that nine of ten are leaves. */
static void fill_tree(struct bench *b)
{
	struct unit_row *rows = must(arena_new(&b->a, struct unit_row, UNITS));
	char(*ids)[24] = must(arena_alloc(&b->a, UNITS * sizeof *ids, 1));
	for (int i = 0; i < UNITS; i++) {
		(void)snprintf(ids[i], sizeof *ids, "unit-%06d", i);
		rows[i] = (struct unit_row){.id = str_from(ids[i]), .size = 10, .line = i + 2};
		if (i)
			rows[i].parent = rows[(i - 1) / 10].id;
	}
	if (unit_tree_build(rows, UNITS, S("units.csv"), &b->a, &b->tree, &b->err) != OK) {
		(void)fprintf(stderr, "%s\n", b->err.message);
		exit(1);
	}
}

static void fill_measures(struct bench *b)
{
	size_t n = (size_t)UNITS * OBJECTIVES;
	b->measures = must(calloc(n, sizeof *b->measures));
	for (size_t i = 0; i < n; i++)
		b->measures[i] = (struct measure){.unit = (int)(i / OBJECTIVES),
						  .objective = (int)(i % OBJECTIVES),
						  .basis = (enum measure_basis)(i * 7 % 3),
						  .tally = {(int64_t)(90 + i % 10), (int64_t)(i % 7), (int64_t)(i % 3)},
						  .observed_ms = NOW - (int64_t)(i * 31 % 100) * TIME_DAY_MS,
						  .expires_ms = TIME_FOREVER,
						  .recorded = (int64_t)i + 1};
	b->in = (struct score_input){
	    .model = &b->model, .tree = &b->tree, .measures = b->measures, .n_measures = n, .as_of_ms = NOW};
}

static enum status take(void *ctx, const struct score *s, struct err *err)
{
	(void)err;
	struct bench *b = ctx;
	b->sum += s->program.index;
	return OK;
}

static void run_copy(struct bench *b, void *other)
{
	memcpy(other, b->measures, b->in.n_measures * sizeof *b->measures);
	b->sum += ((const struct measure *)other)[b->sum & 1023].tally.yes;
}

static void run_at(struct bench *b)
{
	struct arena a = ARENA((size_t)1 << 30);
	struct score s = {0};
	if (score_at(&b->in, 0, &a, &s, &b->err) != OK)
		exit(1);
	b->sum += s.program.index;
	arena_release(&a);
}

static void run_all(struct bench *b)
{
	struct arena a = ARENA((size_t)1 << 30);
	if (score_all(&b->in, &a, take, b, &b->err) != OK)
		exit(1);
	arena_release(&a);
}

int main(void)
{
	struct bench *b = must(calloc(1, sizeof *b));
	double copy = 1e9, at = 1e9, all = 1e9; /* the best of some runs: the others measure the neighbours */
	b->a = ARENA((size_t)1 << 30);
	fill_model(b);
	fill_tree(b);
	fill_measures(b);
	size_t bytes = b->in.n_measures * sizeof *b->measures;
	void *other = must(malloc(bytes));
	memset(other, 1, bytes);
	for (int run = 0; run < RUNS; run++) {
		double start = now_ms();
		run_copy(b, other);
		double copied = now_ms();
		run_at(b);
		double scored = now_ms();
		run_all(b);
		double end = now_ms();
		copy = copied - start < copy ? copied - start : copy;
		at = scored - copied < at ? scored - copied : at;
		all = end - scored < all ? end - scored : all;
	}
	(void)printf(
	    "| score, %d units, %d objectives, %zu MB | copy %.1f ms | score_at %.1f ms (%.1fx) | score_all %.1f ms "
	    "(%.1fx) | %lld |\n",
	    UNITS, OBJECTIVES, bytes >> 20, copy, at, at / copy, all, all / copy, (long long)b->sum);
	free(other);
	free(b->measures);
	arena_release(&b->a);
	free(b);
	return 0;
}
