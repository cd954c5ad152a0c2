/* What lifts a category, and what the cells of the heat map say. */
#include "score_fixture.h"

#include "core/view_heat.h"
#include "core/view_step.h"

static const char *const ids[] = {"A-2", "A-3", "A-4", "A-5", "B-2", "B-3", "B-4", "B-5"};

/* Two categories "2345" with ids and efforts. */
static int step_setup(void **state)
{
	(void)world_setup(state);
	struct world *w = *state;
	(void)world_category(w, 0, "2345");
	for (int o = 0; o < 8; o++) {
		w->objectives[o].id = str_from(ids[o]);
		w->objectives[o].effort_days = 10 - o;
	}
	return 0;
}
#define STEP(name) cmocka_unit_test_setup_teardown(name, step_setup, world_teardown)

static void say(struct world *w, int objective, int64_t yes, int64_t no, int64_t unknown)
{
	(void)world_say(w, "east", objective, yes, no, unknown);
	(void)world_na(w, "west", objective, MEASURE_REVIEWED);
}

static struct view_lift lift_of(struct world *w, int category)
{
	struct view_lift out;
	struct score s = world_score(w, "acme");
	assert_int_equal(view_step_lift(&w->model, &s, category, &w->a, &out, &w->err), OK);
	return out;
}

static void missing_is_the_smallest_number_that_meets_the_threshold(void **state)
{
	(void)state;
	assert_int_equal(view_step_missing((struct measure_tally){412, 44, 31}, 900), 27); /* 438.3 of 487 */
	assert_int_equal(view_step_missing((struct measure_tally){439, 48, 0}, 900), 0);
	assert_int_equal(view_step_missing((struct measure_tally){438, 49, 0}, 900), 1);
	assert_int_equal(view_step_missing((struct measure_tally){0, 0, 1}, 1000), 1);
	assert_int_equal(view_step_missing((struct measure_tally){0, 0, 0}, 1000), 0);
	assert_int_equal(view_step_missing((struct measure_tally){0, INT64_C(3000000000000000000), 0}, 1000),
			 INT64_C(3000000000000000000));
}

static void a_lift_lists_the_next_level_and_counts_what_is_held_above(void **state)
{
	struct world *w = *state;
	say(w, 0, 1, 1, 0);
	say(w, 1, 1, 0, 0); /* met already: level 3 comes with level 2 */
	say(w, 2, 0, 1, 0);
	say(w, 3, 1, 0, 0); /* but not over the gap of level 4 */
	struct view_lift l = lift_of(w, 0);
	assert_int_equal(l.category, 0);
	assert_int_equal(l.n_steps, 1);
	assert_true(str_eq(l.steps[0].objective->id, S("A-2")));
	assert_int_equal(l.steps[0].missing, 1);
	assert_int_equal(l.to, 3);
	assert_int_equal(l.days, 10);
	assert_int_equal(l.n_open, 0);
	(void)world_na(w, "east", 2, MEASURE_REVIEWED); /* nothing applies at level 4: level 5 comes too */
	assert_int_equal(lift_of(w, 0).to, 5);
}

static void nothing_lifts_a_category_at_its_ceiling_or_one_that_does_not_apply(void **state)
{
	struct world *w = *state;
	for (int o = 0; o < 4; o++) {
		say(w, o, 1, 0, 0);
		(void)world_na(w, "east", o + 4, MEASURE_REVIEWED);
		(void)world_na(w, "west", o + 4, MEASURE_REVIEWED);
	}
	assert_int_equal(lift_of(w, 0).category, -1);
	assert_int_equal(lift_of(w, 1).category, -1);
}

static void what_lifts_the_floor_comes_before_what_is_cheaper(void **state)
{
	struct world *w = *state;
	const struct view_lift *lifts;
	size_t n;
	for (int o = 0; o < 8; o++)
		say(w, o, o == 4, o != 4, 0); /* B stands at 2 and needs 5 days, A at 1 and needs 10 */
	struct score s = world_score(w, "acme");
	assert_int_equal(view_step_lifts(&w->model, &s, &w->a, &lifts, &n, &w->err), OK);
	assert_int_equal(n, 2);
	assert_int_equal(lifts[0].category, 0);
	assert_true(lifts[0].holds_floor);
	assert_int_equal(lifts[0].floor_to, 2);
	assert_int_equal(lifts[1].category, 1);
	assert_false(lifts[1].holds_floor);
	assert_int_equal(lifts[1].floor_to, 1);
}

static void of_two_at_the_floor_neither_lifts_it_alone(void **state)
{
	struct world *w = *state;
	const struct view_lift *lifts;
	size_t n;
	for (int o = 0; o < 8; o++)
		say(w, o, 0, 1, 0);
	struct score s = world_score(w, "acme");
	assert_int_equal(view_step_lifts(&w->model, &s, &w->a, &lifts, &n, &w->err), OK);
	assert_int_equal(lifts[0].category, 1); /* 6 days; A-2 takes 10 */
	assert_int_equal(lifts[0].floor_to, 1);
	assert_int_equal(lifts[1].floor_to, 1);
}

/* ---- cells ---- */

static enum view_heat_state cell(struct world *w, int level)
{
	struct score s = world_score(w, "acme");
	return view_heat_at(&w->model, &s, 0, level).state;
}

static void each_level_says_how_it_stands(void **state)
{
	struct world *w = *state;
	say(w, 0, 1, 0, 0);
	struct measure *word = world_attest(w, "east", 1, 1, 0);
	(void)world_na(w, "west", 1, MEASURE_REVIEWED);
	say(w, 2, 3, 1, 0);
	say(w, 3, 1, 0, 0);
	assert_int_equal(cell(w, 1), VIEW_HEAT_START);
	assert_int_equal(cell(w, 2), VIEW_HEAT_AWARDED);
	assert_int_equal(cell(w, 3), VIEW_HEAT_CLAIMED);
	assert_int_equal(cell(w, 4), VIEW_HEAT_PARTIAL);
	assert_int_equal(cell(w, 5), VIEW_HEAT_HELD);
	word->basis = MEASURE_REVIEWED;
	assert_int_equal(cell(w, 3), VIEW_HEAT_AWARDED);
	w->said[4].tally = (struct measure_tally){3, 0, 1};
	assert_int_equal(cell(w, 4), VIEW_HEAT_POSSIBLE);
	w->said[4].tally = (struct measure_tally){0, 4, 0};
	assert_int_equal(cell(w, 4), VIEW_HEAT_BLANK);
	(void)world_na(w, "east", 2, MEASURE_REVIEWED);
	assert_int_equal(cell(w, 4), VIEW_HEAT_NOT_APPLICABLE);
}

static void a_held_level_may_be_possible_as_well(void **state)
{
	struct world *w = *state;
	say(w, 0, 0, 0, 1);
	say(w, 1, 1, 0, 0);
	say(w, 2, 1, 1, 0);
	struct score s = world_score(w, "acme");
	struct view_heat h = view_heat_at(&w->model, &s, 0, 3);
	assert_int_equal(h.state, VIEW_HEAT_HELD);
	assert_true(h.possible);
	assert_false(view_heat_at(&w->model, &s, 0, 4).possible);
}

static void a_cell_counts_objectives_and_cuts_the_mean_of_their_attainment(void **state)
{
	struct world *w = *state;
	w->model.n_categories = w->model.n_objectives = 0;
	(void)world_category(w, 0, "2225");
	say(w, 0, 1, 0, 0); /* 1000 */
	say(w, 1, 1, 2, 0); /* 333 */
	say(w, 2, 0, 1, 1); /* 0, not met */
	struct score s = world_score(w, "acme");
	struct view_heat h = view_heat_at(&w->model, &s, 0, 2);
	assert_int_equal(h.applicable, 3);
	assert_int_equal(h.met, 1);
	assert_int_equal(h.open, 0);
	assert_int_equal(h.attainment, 444);
	struct view_counts c = view_heat_count(&w->model, &s, -1);
	assert_int_equal(c.applicable, 4);
	assert_int_equal(c.met, 1);
	assert_int_equal(c.open, 1);
	assert_int_equal(c.not_met, 2);
	assert_int_equal(c.known, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(missing_is_the_smallest_number_that_meets_the_threshold),
	    STEP(a_lift_lists_the_next_level_and_counts_what_is_held_above),
	    STEP(nothing_lifts_a_category_at_its_ceiling_or_one_that_does_not_apply),
	    STEP(what_lifts_the_floor_comes_before_what_is_cheaper),
	    STEP(of_two_at_the_floor_neither_lifts_it_alone),
	    STEP(each_level_says_how_it_stands),
	    STEP(a_held_level_may_be_possible_as_well),
	    STEP(a_cell_counts_objectives_and_cuts_the_mean_of_their_attainment),
	};
	return cmocka_run_group_tests_name("core/view_step", tests, NULL, NULL);
}
