/* Rules 5 to 9, by hand: verdicts, levels, indexes, coverage and means. Rules 1 to 4 are in score_own.c. */
#include "score_fixture.h"

#ifndef TEST_TOP
#define TEST_TOP "."
#endif

static struct score_category category_of(struct world *w, const char *unit)
{
	return world_score(w, unit).categories[0];
}

/* The same tally for an objective at both leaves, by a machine. */
static void both(struct world *w, int objective, int64_t yes, int64_t no, int64_t unknown)
{
	(void)world_say(w, "east", objective, yes, no, unknown);
	(void)world_say(w, "west", objective, yes, no, unknown);
}

/* Objectives first..last are met, not met or open everywhere. */
static void met(struct world *w, int first, int last)
{
	for (int o = first; o <= last; o++)
		both(w, o, 1, 0, 0);
}

static void failed(struct world *w, int first, int last)
{
	for (int o = first; o <= last; o++)
		both(w, o, 0, 1, 0);
}

static void exempt(struct world *w, int first, int last, enum measure_basis basis)
{
	for (int o = first; o <= last; o++) {
		(void)world_na(w, "east", o, basis);
		(void)world_na(w, "west", o, basis);
	}
}

/* Another category instead of "2345". */
static void with_levels(struct world *w, const char *levels)
{
	w->model.n_categories = w->model.n_objectives = 0;
	(void)world_category(w, 0, levels);
}

/* ---- rule 5 ---- */

static void nothing_to_count_is_not_applicable(void **state)
{
	(void)state;
	assert_int_equal(score_verdict((struct measure_tally){0, 0, 0}, 900), SCORE_NOT_APPLICABLE);
	assert_int_equal(score_verdict((struct measure_tally){0, 0, 1}, 900), SCORE_OPEN);
}

static void the_threshold_itself_is_met_and_one_less_is_not(void **state)
{
	(void)state;
	assert_int_equal(score_verdict((struct measure_tally){900, 100, 0}, 900), SCORE_MET);
	assert_int_equal(score_verdict((struct measure_tally){899, 101, 0}, 900), SCORE_NOT_MET);
	assert_int_equal(score_verdict((struct measure_tally){899, 100, 1}, 900), SCORE_OPEN);
	assert_int_equal(score_verdict((struct measure_tally){900, 99, 1}, 900), SCORE_MET);
	assert_int_equal(score_verdict((struct measure_tally){899, 100, 0}, 900), SCORE_NOT_MET); /* 899.9 of 1000 */
	assert_int_equal(score_verdict((struct measure_tally){8991, 999, 0}, 900), SCORE_MET);
	assert_int_equal(score_verdict((struct measure_tally){2, 1, 0}, 667), SCORE_NOT_MET);
	assert_int_equal(score_verdict((struct measure_tally){2, 1, 0}, 666), SCORE_MET);
}

static void unknown_is_never_a_pass_and_never_a_failure(void **state)
{
	(void)state;
	assert_int_equal(score_verdict((struct measure_tally){999, 0, 1}, 1000), SCORE_OPEN);
	assert_int_equal(score_verdict((struct measure_tally){0, 0, 1000000000}, 1), SCORE_OPEN);
	assert_int_equal(score_verdict((struct measure_tally){0, 1, 999}, 1000), SCORE_NOT_MET);
	assert_int_equal(score_verdict((struct measure_tally){0, 1, 999}, 999), SCORE_OPEN);
}

static void attainment_is_rounded_down_and_never_above_a_thousand(void **state)
{
	(void)state;
	assert_int_equal(score_attainment((struct measure_tally){899, 101, 0}, 900), 998); /* 998.9 */
	assert_int_equal(score_attainment((struct measure_tally){900, 100, 0}, 900), 1000);
	assert_int_equal(score_attainment((struct measure_tally){1000, 0, 0}, 900), 1000);
	assert_int_equal(score_attainment((struct measure_tally){1, 2, 0}, 1000), 333);
	assert_int_equal(score_attainment((struct measure_tally){2, 1, 0}, 1000), 666);
	assert_int_equal(score_attainment((struct measure_tally){0, 0, 7}, 1), 0);
	assert_int_equal(score_attainment((struct measure_tally){999999999, 1, 0}, 1000), 999);
}

static void the_greatest_counts_of_a_million_units_do_not_overflow(void **state)
{
	(void)state;
	const int64_t million_units = INT64_C(1000000000000000); /* 10^6 units of 10^9 each */
	struct measure_tally t = {million_units * 9, million_units, 0};
	assert_int_equal(score_verdict(t, 900), SCORE_MET);
	assert_int_equal(score_attainment(t, 1000), 900);
	t.yes--;
	t.no++;
	assert_int_equal(score_verdict(t, 900), SCORE_NOT_MET);
	assert_int_equal(score_attainment(t, 900), 999);
	t = (struct measure_tally){INT64_C(3000000000000000000), INT64_C(3000000000000000000), 1};
	assert_int_equal(score_verdict(t, 500), SCORE_OPEN);
	assert_int_equal(score_attainment(t, 1000), 499);
}

static void tallies_are_added_over_the_subtree_and_over_nothing_else(void **state)
{
	struct world *w = *state;
	world_unit(w, "east-1", "east");
	world_say(w, "acme", 0, 100, 0, 0);
	world_say(w, "east", 0, 10, 0, 0);
	world_say(w, "east-1", 0, 1, 2, 3);
	world_say(w, "west", 0, 0, 0, 1000);
	EXPECT_TALLY(world_score(w, "acme").objectives[0].tally, 111, 2, 1003);
	EXPECT_TALLY(world_score(w, "east").objectives[0].tally, 11, 2, 3);
	EXPECT_TALLY(world_score(w, "east-1").objectives[0].tally, 1, 2, 3);
	EXPECT_TALLY(world_score(w, "west").objectives[0].tally, 0, 0, 1000);
}

static void a_unit_without_the_deployment_type_adds_nothing_whatever_it_says(void **state)
{
	struct world *w = *state;
	w->objectives[0].deployment = MODEL_PAAS;
	w->rows[world_row(w, "west")].deployment = MODEL_SAAS;
	w->rows[world_row(w, "west")].size = 50;
	EXPECT_TALLY(world_score(w, "acme").objectives[0].tally, 0, 0, 1);
	both(w, 0, 4, 3, 2);
	EXPECT_TALLY(world_score(w, "acme").objectives[0].tally, 4, 3, 2);
	EXPECT_TALLY(world_score(w, "acme").objectives[0].evidenced, 4, 3, 2);
	assert_int_equal(world_score(w, "west").objectives[0].verdict, SCORE_NOT_APPLICABLE);
}

static void every_verdict_has_the_name_of_the_contract(void **state)
{
	(void)state;
	assert_true(str_eq(score_verdict_name(SCORE_NOT_APPLICABLE), S("not_applicable")));
	assert_true(str_eq(score_verdict_name(SCORE_MET), S("met")));
	assert_true(str_eq(score_verdict_name(SCORE_OPEN), S("open")));
	assert_true(str_eq(score_verdict_name(SCORE_NOT_MET), S("not_met")));
}

/* ---- scope program (rule 4) ---- */

static void a_program_objective_is_answered_at_the_root_and_holds_everywhere(void **state)
{
	struct world *w = *state;
	w->objectives[0].scope = MODEL_SCOPE_PROGRAM;
	world_say(w, "acme", 0, 3, 1, 0);
	world_say(w, "east", 0, 0, 99, 0); /* nobody asked */
	EXPECT_TALLY(world_score(w, "acme").objectives[0].tally, 3, 1, 0);
	EXPECT_TALLY(world_score(w, "east").objectives[0].tally, 3, 1, 0);
	EXPECT_TALLY(world_score(w, "west").objectives[0].tally, 3, 1, 0);
}

static void an_unanswered_program_objective_is_one_unknown_at_every_node(void **state)
{
	struct world *w = *state;
	w->objectives[0].scope = MODEL_SCOPE_PROGRAM;
	EXPECT_TALLY(world_score(w, "acme").objectives[0].tally, 0, 0, 1);
	EXPECT_TALLY(world_score(w, "west").objectives[0].tally, 0, 0, 1);
}

static void a_program_objective_holds_only_where_some_unit_below_has_a_deployment_type_of_it(void **state)
{
	struct world *w = *state;
	world_unit(w, "east-1", "east");
	w->objectives[0].scope = MODEL_SCOPE_PROGRAM;
	w->objectives[0].deployment = MODEL_SELF_HOSTED;
	w->rows[world_row(w, "acme")].deployment = MODEL_SAAS;
	w->rows[world_row(w, "east-1")].deployment = MODEL_SELF_HOSTED | MODEL_PAAS;
	struct measure *m = world_say(w, "acme", 0, 3, 1, 0);
	EXPECT_TALLY(world_score(w, "east-1").objectives[0].tally, 3, 1, 0);
	EXPECT_TALLY(world_score(w, "east").objectives[0].tally, 3, 1, 0);
	EXPECT_TALLY(world_score(w, "west").objectives[0].tally, 0, 0, 0);
	/* The root's own types do not matter: one unit below it has them. */
	EXPECT_TALLY(world_score(w, "acme").objectives[0].tally, 3, 1, 0);
	m->not_applicable = true;
	m->tally = (struct measure_tally){0};
	EXPECT_TALLY(world_score(w, "east-1").objectives[0].tally, 0, 0, 0);
}

static void the_end_of_the_roots_answer_ends_the_score_of_every_unit(void **state)
{
	struct world *w = *state;
	w->objectives[0].scope = MODEL_SCOPE_PROGRAM;
	world_say(w, "acme", 0, 1, 0, 0)->expires_ms = NOW + 5;
	assert_int_equal(world_score(w, "east").valid_until_ms, NOW + 5);
}

/* ---- rule 6 ---- */

static void everybody_starts_at_level_one(void **state)
{
	struct world *w = *state;
	struct score_category c = category_of(w, "acme");
	assert_true(c.applicable);
	assert_int_equal(c.level, 1);
	assert_int_equal(c.level_high, 5); /* nobody said no */
	assert_int_equal(c.level_evidenced, 1);
	assert_int_equal(c.ceiling, 5);
	assert_int_equal(c.index, 1000);
	assert_int_equal(c.index_high, 5000);
	assert_int_equal(c.coverage, 0);
}

static void a_level_needs_every_objective_of_it_and_of_the_levels_below(void **state)
{
	struct world *w = *state;
	with_levels(w, "22345");
	met(w, 0, 0);
	failed(w, 1, 1);
	met(w, 2, 4);
	struct score_category c = category_of(w, "acme");
	assert_int_equal(c.level, 1);
	assert_int_equal(c.level_high, 1);
	assert_int_equal(c.next_level, 2);
	assert_int_equal(c.index, 1500);
}

static void all_met_is_level_five(void **state)
{
	struct world *w = *state;
	met(w, 0, 3);
	struct score_category c = category_of(w, "acme");
	assert_true(c.level == 5 && c.level_high == 5 && c.level_evidenced == 5 && c.next_level == 0);
	assert_true(c.index == 5000 && c.index_high == 5000 && c.index_evidenced == 5000);
	assert_true(c.progress == 1000 && c.coverage == 1000);
}

static void a_level_with_nothing_applicable_is_passed_through(void **state)
{
	struct world *w = *state;
	met(w, 0, 0);
	exempt(w, 1, 1, MEASURE_REVIEWED);
	met(w, 2, 2);
	failed(w, 3, 3);
	struct score_category c = category_of(w, "acme");
	assert_int_equal(c.level, 4);
	assert_int_equal(c.next_level, 5);
}

static void a_level_with_nothing_applicable_is_never_awarded(void **state)
{
	struct world *w = *state;
	met(w, 0, 0);
	exempt(w, 1, 2, MEASURE_REVIEWED);
	failed(w, 3, 3);
	struct score_category c = category_of(w, "acme");
	assert_int_equal(c.level, 2);
	assert_int_equal(c.next_level, 5);
	assert_int_equal(c.index, 2000);
}

static void the_ceiling_is_the_highest_level_with_an_applicable_objective(void **state)
{
	struct world *w = *state;
	met(w, 0, 1);
	exempt(w, 2, 3, MEASURE_REVIEWED);
	struct score_category c = category_of(w, "acme");
	assert_int_equal(c.ceiling, 3);
	assert_int_equal(c.level, 3);
	assert_int_equal(c.next_level, 0);
	assert_int_equal(c.index, 3000);
	assert_int_equal(c.progress, 1000);
}

static void level_high_counts_open_as_met(void **state)
{
	struct world *w = *state;
	both(w, 0, 1, 0, 1);
	both(w, 1, 0, 0, 1);
	failed(w, 2, 2);
	met(w, 3, 3);
	struct score_category c = category_of(w, "acme");
	assert_int_equal(c.level, 1);
	assert_int_equal(c.level_high, 3);
	assert_int_equal(c.index, 1000);
	assert_int_equal(c.index_high, 3000);
}

static void level_evidenced_does_not_believe_what_people_only_say(void **state)
{
	struct world *w = *state;
	met(w, 0, 0);
	for (int o = 1; o <= 3; o++) {
		world_attest(w, "east", o, 1, 0);
		world_attest(w, "west", o, 1, 0);
	}
	struct score_category c = category_of(w, "acme");
	assert_true(c.level == 5 && c.level_evidenced == 2);
	assert_true(c.index == 5000 && c.index_evidenced == 2000);
	for (size_t i = 0; i < w->n_measures; i++)
		if (w->said[i].basis == MEASURE_ATTESTED)
			w->said[i].basis = MEASURE_REVIEWED;
	c = category_of(w, "acme");
	assert_true(c.level_evidenced == 5 && c.index_evidenced == 5000);
}

static void an_attested_not_applicable_holds_back_the_evidenced_level_only(void **state)
{
	struct world *w = *state;
	exempt(w, 0, 0, MEASURE_ATTESTED);
	met(w, 1, 3);
	struct score s = world_score(w, "acme");
	assert_int_equal(s.objectives[0].verdict, SCORE_NOT_APPLICABLE);
	EXPECT_TALLY(s.objectives[0].tally, 0, 0, 0);
	EXPECT_TALLY(s.objectives[0].evidenced, 0, 0, 2); /* one from each leaf */
	assert_true(s.categories[0].level == 5 && s.categories[0].level_evidenced == 1);
	assert_int_equal(s.categories[0].index_evidenced, 1000);
	for (size_t i = 0; i < w->n_measures; i++)
		if (w->said[i].not_applicable)
			w->said[i].basis = MEASURE_REVIEWED;
	assert_int_equal(category_of(w, "acme").level_evidenced, 5);
}

/* The claim that level 5 does not apply lifts the ceiling of the plain reading only. */
static void the_evidenced_reading_has_its_own_ceiling(void **state)
{
	struct world *w = *state;
	met(w, 0, 2);
	exempt(w, 3, 3, MEASURE_ATTESTED);
	struct score_category c = category_of(w, "acme");
	assert_true(c.ceiling == 4 && c.level == 4 && c.level_evidenced == 4);
	assert_true(c.index == 4000 && c.index_evidenced == 4000 && c.progress == 1000);
}

static void a_category_where_nothing_applies_is_not_applicable_even_on_peoples_word(void **state)
{
	struct world *w = *state;
	exempt(w, 0, 3, MEASURE_ATTESTED);
	struct score s = world_score(w, "acme");
	assert_false(s.categories[0].applicable);
	assert_false(s.domains[0].applicable);
	assert_false(s.program.applicable);
	assert_true(s.leaves == 2 && s.known == 2);
}

/* ---- rule 7 ---- */

static void the_index_adds_the_share_of_met_objectives_of_the_next_level(void **state)
{
	struct world *w = *state;
	with_levels(w, "2333455");
	met(w, 0, 1);
	failed(w, 2, 2);
	both(w, 3, 0, 0, 1);
	met(w, 4, 6); /* nothing above the next level counts */
	struct score_category c = category_of(w, "acme");
	assert_int_equal(c.level, 2);
	assert_int_equal(c.index, 2333);
	assert_int_equal(c.index_high, 2666);
}

static void objectives_that_do_not_apply_leave_the_share(void **state)
{
	struct world *w = *state;
	with_levels(w, "2333455");
	met(w, 0, 1);
	failed(w, 2, 2);
	exempt(w, 3, 3, MEASURE_REVIEWED);
	assert_int_equal(category_of(w, "acme").index, 2500);
}

static void the_next_level_may_lie_beyond_one_where_nothing_applies(void **state)
{
	struct world *w = *state;
	with_levels(w, "234455");
	met(w, 0, 0);
	exempt(w, 1, 1, MEASURE_REVIEWED);
	met(w, 2, 2);
	failed(w, 3, 5);
	struct score_category c = category_of(w, "acme");
	assert_true(c.level == 2 && c.next_level == 4 && c.index == 2500);
}

static void nearly_met_adds_nothing_to_the_index_and_much_to_progress(void **state)
{
	struct world *w = *state;
	with_levels(w, "23345");
	met(w, 0, 0);
	w->objectives[1].threshold_milli = 900;
	both(w, 1, 899, 101, 0);
	w->objectives[2].threshold_milli = 500;
	both(w, 2, 1, 2, 0);
	struct score_category c = category_of(w, "acme");
	assert_int_equal(c.index, 2000);
	assert_int_equal(c.progress, (998 + 666) / 2);
}

static void progress_is_over_the_applicable_objectives_of_the_next_level_with_any(void **state)
{
	struct world *w = *state;
	with_levels(w, "234455");
	met(w, 0, 0);
	exempt(w, 1, 1, MEASURE_REVIEWED);
	exempt(w, 2, 2, MEASURE_REVIEWED);
	both(w, 3, 1, 3, 0);
	met(w, 4, 5);
	struct score_category c = category_of(w, "acme");
	assert_int_equal(c.next_level, 4);
	assert_int_equal(c.progress, 250);
}

/* ---- rule 8 ---- */

static void coverage_is_rounded_down_twice(void **state)
{
	struct world *w = *state;
	both(w, 0, 1, 1, 1); /* 666 */
	both(w, 1, 1, 0, 2); /* 333 */
	both(w, 2, 0, 2, 1); /* 666 */
	both(w, 3, 0, 0, 3); /* 0 */
	assert_int_equal(category_of(w, "acme").coverage, (666 + 333 + 666) / 4);
}

static void coverage_leaves_out_what_does_not_apply(void **state)
{
	struct world *w = *state;
	both(w, 0, 1, 0, 0);
	both(w, 1, 0, 0, 1);
	exempt(w, 2, 3, MEASURE_REVIEWED);
	assert_int_equal(category_of(w, "acme").coverage, 500);
}

/* ---- rule 9 ---- */

static void means_are_weighted_and_rounded_down_and_coverage_is_not_weighted(void **state)
{
	struct world *w = *state;
	(void)world_category(w, 0, "2345");
	(void)world_category(w, 1, "2345");
	w->categories[0].weight = 1;
	w->categories[1].weight = 2;
	w->categories[2].weight = 1000;
	met(w, 0, 1); /* level 3 */
	failed(w, 2, 2);
	met(w, 4, 4); /* level 2 */
	failed(w, 5, 5);
	met(w, 8, 11); /* level 5 */
	struct score s = world_score(w, "acme");
	assert_int_equal(s.domains[0].index, 2333); /* (3000 + 2 * 2000) / 3 */
	assert_int_equal(s.domains[0].index_high, 2333);
	assert_int_equal(s.domains[0].floor, 2);
	assert_int_equal(s.domains[0].coverage, (750 + 500) / 2);
	assert_int_equal(s.domains[1].index, 5000);
	assert_int_equal(s.domains[1].floor, 5);
	assert_int_equal(s.program.index, (3000 + 2 * 2000 + 1000 * 5000) / 1003);
	assert_int_equal(s.program.floor, 2);
	assert_int_equal(s.program.coverage, (750 + 500 + 1000) / 3);
}

static void a_category_that_does_not_apply_leaves_every_average(void **state)
{
	struct world *w = *state;
	(void)world_category(w, 0, "2345");
	(void)world_category(w, 1, "2345");
	w->categories[1].weight = 1000;
	met(w, 0, 3);
	exempt(w, 4, 7, MEASURE_REVIEWED);
	exempt(w, 8, 11, MEASURE_REVIEWED);
	struct score s = world_score(w, "acme");
	assert_false(s.categories[1].applicable);
	assert_false(s.domains[1].applicable);
	assert_true(s.domains[0].applicable && s.program.applicable);
	assert_true(s.domains[0].index == 5000 && s.domains[0].floor == 5 && s.domains[0].coverage == 1000);
	assert_true(s.program.index == 5000 && s.program.floor == 5 && s.program.coverage == 1000);
}

static void the_floor_is_the_lowest_level_claimed_not_evidenced(void **state)
{
	struct world *w = *state;
	for (int o = 0; o < 4; o++) {
		world_attest(w, "east", o, 1, 0);
		world_attest(w, "west", o, 1, 0);
	}
	struct score s = world_score(w, "acme");
	assert_int_equal(s.program.floor, 5);
	assert_int_equal(s.program.index, 5000);
	assert_int_equal(s.program.index_evidenced, 1000);
}

/* ---- leaves and known ---- */

static void known_leaves_have_a_measure_that_is_not_stale(void **state)
{
	struct world *w = *state;
	world_unit(w, "north", "acme");
	world_unit(w, "north-1", "north");
	world_unit(w, "north-2", "north");
	struct measure *east = world_say(w, "east", 0, 0, 0, 5);
	world_say(w, "acme", 0, 1, 0, 0); /* inner units are no leaves */
	world_say(w, "north", 0, 1, 0, 0);
	world_na(w, "north-2", 3, MEASURE_ATTESTED);
	struct score s = world_score(w, "acme");
	assert_true(s.leaves == 4 && s.known == 2);
	s = world_score(w, "north");
	assert_true(s.leaves == 2 && s.known == 1);
	s = world_score(w, "east");
	assert_true(s.leaves == 1 && s.known == 1);
	east->expires_ms = NOW - 1;
	s = world_score(w, "east");
	assert_true(s.leaves == 1 && s.known == 0);
	s = world_score(w, "west");
	assert_true(s.leaves == 1 && s.known == 0);
}

/* ---- the machinery ---- */

static void a_world_without_measures_can_be_scored(void **state)
{
	struct world *w = *state;
	w->objectives[0].scope = MODEL_SCOPE_PROGRAM;
	world_settle(w);
	w->in.measures = NULL;
	w->in.retired = NULL;
	struct score s = world_score_at(w, 0);
	assert_true(s.known == 0 && s.leaves == 2 && s.categories[0].level == 1);
	assert_int_equal(s.valid_until_ms, TIME_FOREVER);
}

static enum status stop_at_the_second(void *ctx, const struct score *s, struct err *err)
{
	(void)s;
	int *calls = ctx;
	return ++*calls == 2 ? err_set(err, E_IO, "the disk is full") : OK;
}

static void an_error_of_the_receiver_ends_the_pass_and_is_handed_on(void **state)
{
	struct world *w = *state;
	int calls = 0;
	world_settle(w);
	assert_int_equal(score_all(&w->in, &w->a, stop_at_the_second, &calls, &w->err), E_IO);
	assert_string_equal(w->err.message, "the disk is full");
	assert_int_equal(calls, 2);
}

struct order {
	int units[16], n;
};

static enum status note_unit(void *ctx, const struct score *s, struct err *err)
{
	(void)err;
	struct order *order = ctx;
	order->units[order->n++] = s->unit;
	return OK;
}

static void every_node_comes_once_after_its_children(void **state)
{
	struct world *w = *state;
	world_unit(w, "east-1", "east");
	world_unit(w, "east-2", "east");
	world_settle(w); /* acme 0: east 1: east-1 2, east-2 3; west 4 */
	struct order order = {.n = 0};
	assert_int_equal(score_all(&w->in, &w->a, note_unit, &order, &w->err), OK);
	static const int wanted[] = {2, 3, 1, 4, 0};
	assert_int_equal(order.n, 5);
	for (int i = 0; i < 5; i++)
		assert_int_equal(order.units[i], wanted[i]);
}

static void a_full_arena_is_an_error_and_no_crash(void **state)
{
	struct world *w = *state;
	met(w, 0, 3);
	world_settle(w);
	int refused = 0;
	for (size_t limit = 0; limit < 4096; limit += 32) {
		struct arena small = ARENA(limit);
		struct score s = {.unit = -5};
		struct order order = {.n = 0};
		enum status at = score_at(&w->in, 0, &small, &s, &w->err);
		assert_true(at == OK || (w->err.status == at && s.unit == -5));
		enum status all = score_all(&w->in, &small, note_unit, &order, &w->err);
		assert_true(all != OK || order.n == 3);
		refused += at != OK;
		arena_release(&small);
	}
	assert_true(refused > 0);
}

static void the_deepest_tree_can_be_scored(void **state)
{
	(void)state;
	struct world *w = world_new();
	(void)world_category(w, 0, "2345");
	for (int i = 0; i < WORLD_UNITS; i++) {
		char id[16];
		(void)snprintf(id, sizeof id, "u%d", i);
		(void)world_unit(w, id, i ? w->ids[i - 1] : "");
		(void)world_say(w, id, 0, 1, 0, 0);
	}
	EXPECT_TALLY(world_score(w, "u0").objectives[0].tally, WORLD_UNITS, 0, 0);
	EXPECT_TALLY(world_score(w, "u60").objectives[0].tally, WORLD_UNITS - 60, 0, 0);
	world_end(w);
}

/* ---- the worked example of docs/scoring.md ---- */

#define EXAMPLE_NOW INT64_C(1793491200000) /* 2026-11-01 */

static void example_say(struct world *w, const char *unit, int objective, int64_t yes, int64_t no, int64_t unknown)
{
	world_say(w, unit, objective, yes, no, unknown)->observed_ms = EXAMPLE_NOW - 31 * DAY;
}

static void example_attest(struct world *w, const char *unit, int objective, int64_t yes, enum measure_basis basis)
{
	struct measure *m = world_attest(w, unit, objective, yes, 0);
	m->basis = basis;
	m->observed_ms = EXAMPLE_NOW - 31 * DAY;
}

static struct world *example_world(void)
{
	struct world *w = world_new();
	w->in.as_of_ms = EXAMPLE_NOW;
	w->rows[world_unit(w, "acme", "")].deployment = MODEL_PAAS | MODEL_SAAS;
	(void)world_unit(w, "north", "acme");
	(void)world_unit(w, "south", "acme");
	w->rows[world_unit(w, "lab", "acme")].size = 3;
	(void)world_category(w, 0, "223345"); /* GOV */
	(void)world_category(w, 0, "2345");   /* IAM */
	w->categories[1].weight = 2;
	static const int32_t thresholds[] = {900, 1000, 1000, 800, 1000, 500};
	for (int o = 0; o < 6; o++)
		w->objectives[o].threshold_milli = thresholds[o];
	w->objectives[1].scope = MODEL_SCOPE_PROGRAM;
	w->objectives[4].deployment = MODEL_SELF_HOSTED;
	for (int o = 6; o < 10; o++)
		w->objectives[o].scope = MODEL_SCOPE_PROGRAM;
	example_say(w, "north", 0, 95, 3, 2);
	example_attest(w, "south", 0, 40, MEASURE_ATTESTED);
	world_na(w, "lab", 0, MEASURE_REVIEWED)->observed_ms = EXAMPLE_NOW - 31 * DAY;
	example_attest(w, "acme", 1, 1, MEASURE_REVIEWED);
	example_say(w, "north", 2, 8, 0, 0);
	example_say(w, "south", 2, 5, 0, 0);
	example_say(w, "lab", 2, 3, 0, 0);
	world_say(w, "north", 3, 62, 5, 0)->observed_ms = EXAMPLE_NOW - 123 * DAY; /* 2026-07-01: stale */
	example_say(w, "south", 3, 27, 3, 0);
	example_say(w, "north", 5, 3, 3, 0);
	example_say(w, "south", 5, 1, 2, 0);
	example_say(w, "lab", 5, 0, 1, 0);
	example_attest(w, "acme", 6, 1, MEASURE_REVIEWED);
	example_attest(w, "acme", 7, 1, MEASURE_REVIEWED);
	example_say(w, "acme", 8, 0, 1, 0);
	return w;
}

static str example_manual(struct world *w)
{
	const char *path = TEST_TOP "/docs/scoring.md";
	char *text = arena_alloc(&w->a, 1 << 18, 1);
	assert_non_null(text);
	FILE *f = fopen(path, "rb");
	if (!f)
		fail_msg("%s is missing", path);
	size_t n = fread(text, 1, 1 << 18, f);
	(void)fclose(f);
	assert_in_range(n, 1, (1 << 18) - 1);
	return (str){text, n};
}

static void example_expect_line(str manual, const char *line)
{
	if (str_find(manual, str_from(line)) < 0)
		fail_msg("docs/scoring.md should have: %s", line);
}

static void the_manuals_worked_example_is_what_the_program_computes(void **state)
{
	(void)state;
	static const char *const ids[] = {"GOV-02.1", "GOV-02.2", "GOV-03.1", "GOV-03.2", "GOV-04.1",
					  "GOV-05.1", "IAM-02.1", "IAM-03.1", "IAM-04.1", "IAM-05.1"};
	static const char *const categories[] = {"GOV", "IAM"};
	struct world *w = example_world();
	struct score s = world_score(w, "acme");
	str manual = example_manual(w);
	char line[200];
	for (int o = 0; o < 10; o++) {
		const struct score_objective *got = &s.objectives[o];
		char attainment[12] = "–";
		if (got->verdict != SCORE_NOT_APPLICABLE)
			(void)snprintf(attainment, sizeof attainment, "%d", got->attainment);
		(void)snprintf(line, sizeof line, "| %s | %d | %lld | %lld | %lld | %.*s | %s |\n", ids[o],
			       w->objectives[o].threshold_milli, (long long)got->tally.yes, (long long)got->tally.no,
			       (long long)got->tally.unknown, STR_ARG(score_verdict_name(got->verdict)), attainment);
		example_expect_line(manual, line);
	}
	for (int c = 0; c < 2; c++) {
		const struct score_category *got = &s.categories[c];
		(void)snprintf(line, sizeof line, "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d |\n",
			       categories[c], got->level, got->level_high, got->level_evidenced, got->ceiling,
			       got->index, got->index_high, got->index_evidenced, got->progress, got->coverage);
		example_expect_line(manual, line);
	}
	(void)snprintf(line, sizeof line, "| %d | %d | %d | %d | %d |\n", s.program.index, s.program.index_high,
		       s.program.index_evidenced, s.program.floor, s.program.coverage);
	example_expect_line(manual, line);
	/* And by hand. */
	EXPECT_TALLY(s.objectives[0].tally, 135, 3, 2);
	EXPECT_TALLY(s.objectives[3].tally, 27, 3, 70);
	assert_true(s.categories[0].level == 2 && s.categories[0].index == 2500 && s.categories[0].index_high == 3000);
	assert_true(s.categories[0].index_evidenced == 1500 && s.categories[0].progress == 668);
	assert_true(s.program.index == 2833 && s.program.index_evidenced == 2500 && s.program.floor == 2);
	assert_true(s.leaves == 3 && s.known == 3);
	world_end(w);
}

static void a_unit_that_is_left_without_a_deployment_type_counts_nowhere(void **state)
{
	struct world *w = *state;
	struct unit_tree seen;
	struct score s;
	w->rows[world_row(w, "west")].deployment = MODEL_SAAS;
	w->rows[world_row(w, "west")].size = 50;
	both(w, 0, 4, 3, 2);
	world_settle(w);
	assert_int_equal(unit_tree_mask(&w->tree, MODEL_PAAS, &w->a, &seen, &w->err), OK);
	w->in.tree = &seen;
	assert_int_equal(score_at(&w->in, 0, &w->a, &s, &w->err), OK);
	EXPECT_TALLY(s.objectives[0].tally, 4, 3, 2);
	EXPECT_TALLY(s.objectives[1].tally, 0, 0, 1);
	assert_int_equal(s.leaves, 1);
	assert_int_equal(s.known, 1);
	assert_int_equal(score_at(&w->in, unit_find(&seen, S("west")), &w->a, &s, &w->err), OK);
	assert_false(s.program.applicable);
}

static void the_plain_level_is_that_of_the_whole_score(void **state)
{
	struct world *w = *state;
	met(w, 0, 1);
	failed(w, 2, 2);
	struct score s = world_score(w, "acme");
	assert_int_equal(score_level(&w->model, &w->categories[0], s.objectives), 3);
	exempt(w, 0, 3, MEASURE_REVIEWED);
	s = world_score(w, "acme");
	assert_int_equal(score_level(&w->model, &w->categories[0], s.objectives), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(nothing_to_count_is_not_applicable),
	    TEST(the_threshold_itself_is_met_and_one_less_is_not),
	    TEST(unknown_is_never_a_pass_and_never_a_failure),
	    TEST(attainment_is_rounded_down_and_never_above_a_thousand),
	    TEST(the_greatest_counts_of_a_million_units_do_not_overflow),
	    TEST(tallies_are_added_over_the_subtree_and_over_nothing_else),
	    TEST(a_unit_without_the_deployment_type_adds_nothing_whatever_it_says),
	    TEST(every_verdict_has_the_name_of_the_contract),
	    TEST(a_program_objective_is_answered_at_the_root_and_holds_everywhere),
	    TEST(an_unanswered_program_objective_is_one_unknown_at_every_node),
	    TEST(a_program_objective_holds_only_where_some_unit_below_has_a_deployment_type_of_it),
	    TEST(the_end_of_the_roots_answer_ends_the_score_of_every_unit),
	    TEST(everybody_starts_at_level_one),
	    TEST(a_level_needs_every_objective_of_it_and_of_the_levels_below),
	    TEST(all_met_is_level_five),
	    TEST(a_level_with_nothing_applicable_is_passed_through),
	    TEST(a_level_with_nothing_applicable_is_never_awarded),
	    TEST(the_ceiling_is_the_highest_level_with_an_applicable_objective),
	    TEST(level_high_counts_open_as_met),
	    TEST(level_evidenced_does_not_believe_what_people_only_say),
	    TEST(an_attested_not_applicable_holds_back_the_evidenced_level_only),
	    TEST(the_evidenced_reading_has_its_own_ceiling),
	    TEST(a_category_where_nothing_applies_is_not_applicable_even_on_peoples_word),
	    TEST(the_index_adds_the_share_of_met_objectives_of_the_next_level),
	    TEST(objectives_that_do_not_apply_leave_the_share),
	    TEST(the_next_level_may_lie_beyond_one_where_nothing_applies),
	    TEST(nearly_met_adds_nothing_to_the_index_and_much_to_progress),
	    TEST(progress_is_over_the_applicable_objectives_of_the_next_level_with_any),
	    TEST(coverage_is_rounded_down_twice),
	    TEST(coverage_leaves_out_what_does_not_apply),
	    TEST(means_are_weighted_and_rounded_down_and_coverage_is_not_weighted),
	    TEST(a_category_that_does_not_apply_leaves_every_average),
	    TEST(the_floor_is_the_lowest_level_claimed_not_evidenced),
	    TEST(known_leaves_have_a_measure_that_is_not_stale),
	    TEST(a_unit_that_is_left_without_a_deployment_type_counts_nowhere),
	    TEST(the_plain_level_is_that_of_the_whole_score),
	    TEST(a_world_without_measures_can_be_scored),
	    TEST(an_error_of_the_receiver_ends_the_pass_and_is_handed_on),
	    TEST(every_node_comes_once_after_its_children),
	    TEST(a_full_arena_is_an_error_and_no_crash),
	    cmocka_unit_test(the_deepest_tree_can_be_scored),
	    cmocka_unit_test(the_manuals_worked_example_is_what_the_program_computes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
