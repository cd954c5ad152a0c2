/* What moved the index: events by hand, and that their effects add up whatever happens. */
#include "score_fixture.h"

#include "core/view_course.h"

enum { SEEDS = 300 };
#define MONTH (30 * DAY)

/* The second category of the tests: two objectives of level 2, one of level 3. The first is "2345". */
static int course_setup(void **state)
{
	(void)world_setup(state);
	struct world *w = *state;
	(void)world_category(w, 0, "223");
	for (size_t i = 0; i < w->model.n_objectives; i++)
		w->objectives[i].max_age_ms = 400 * DAY;
	return 0;
}
#define COURSE(name) cmocka_unit_test_setup_teardown(name, course_setup, world_teardown)

/* Both leaves say it of an objective, in a month. */
static void both(struct world *w, int month, int objective, int64_t yes, int64_t no, int64_t unknown)
{
	world_say(w, "east", objective, yes, no, unknown)->observed_ms = NOW + month * MONTH;
	world_say(w, "west", objective, yes, no, unknown)->observed_ms = NOW + month * MONTH;
}

static void look(struct world *w, int months, struct view_point *points)
{
	for (int i = 0; i < months; i++) {
		w->in.as_of_ms = NOW + i * MONTH;
		points[i] =
		    (struct view_point){.at_ms = w->in.as_of_ms, .known = true, .score = world_score(w, "acme")};
	}
}

static struct view_moves moves_of(struct world *w, int months, struct view_point *points)
{
	struct view_moves out;
	look(w, months, points);
	assert_int_equal(view_course_moves(&w->model, points, (size_t)months, &w->a, &out, &w->err), OK);
	return out;
}

static void the_year_ends_at_the_instant_and_keeps_its_day(void **state)
{
	(void)state;
	int64_t times[VIEW_COURSE_POINTS], at, text;
	assert_true(time_parse(S("2026-03-31T10:00Z"), &at));
	view_course_times(at, times);
	assert_true(times[12] == at);
	assert_true(time_parse(S("2026-02-28T10:00Z"), &text) && times[11] == text);
	assert_true(time_parse(S("2025-03-31T10:00Z"), &text) && times[0] == text);
}

static void a_level_that_is_reached_is_told_apart_from_other_progress(void **state)
{
	struct world *w = *state;
	struct view_point p[2];
	for (int o = 0; o < 7; o++)
		both(w, 0, o, 0, 1, 0);
	both(w, 1, 0, 1, 0, 0); /* the first category reaches level 2: 1000 to 2000 */
	both(w, 1, 4, 1, 0, 0); /* the second has one of two: 1000 to 1500 */
	struct view_moves m = moves_of(w, 2, p);
	assert_true(m.known);
	assert_int_equal(m.difference, 750); /* (2000 + 1500) / 2 - 1000 */
	assert_int_equal(m.n, 1);
	assert_int_equal(m.other, 250);
	assert_int_equal(m.list[0].kind, VIEW_MOVE_RISE);
	assert_int_equal(m.list[0].level, 2);
	assert_int_equal(m.list[0].effect, 500);
	assert_int_equal(m.list[0].n_categories, 1);
	assert_int_equal(m.list[0].categories[0], 0);
	assert_int_equal(m.list[0].n_objectives, 1);
	assert_int_equal(m.list[0].objectives[0].objective, 0);
	assert_int_equal(m.list[0].objectives[0].before.verdict, SCORE_NOT_MET);
	assert_int_equal(m.list[0].objectives[0].after.verdict, SCORE_MET);
	assert_true(m.list[0].from_ms == NOW && m.list[0].at_ms == NOW + MONTH);
}

static void categories_that_reach_the_same_level_are_one_event(void **state)
{
	struct world *w = *state;
	struct view_point p[2];
	for (int o = 0; o < 7; o++)
		both(w, 0, o, 0, 1, 0);
	both(w, 1, 0, 1, 0, 0);
	both(w, 1, 4, 1, 0, 0);
	both(w, 1, 5, 1, 0, 0);
	struct view_moves m = moves_of(w, 2, p);
	assert_int_equal(m.n, 1);
	assert_int_equal(m.list[0].n_categories, 2);
	assert_int_equal(m.list[0].n_objectives, 3);
	assert_int_equal(m.list[0].effect, 1000);
	assert_int_equal(m.other, 0);
}

static void a_fall_has_a_negative_effect_and_names_what_was_lost(void **state)
{
	struct world *w = *state;
	struct view_point p[2];
	for (int o = 0; o < 3; o++)
		both(w, 0, o, 1, 0, 0);
	for (int o = 3; o < 7; o++)
		both(w, 0, o, 0, 1, 0);
	both(w, 1, 0, 0, 0, 1); /* level 4 to 1: objectives of levels 3 and 4 stay met */
	struct view_moves m = moves_of(w, 2, p);
	assert_int_equal(m.n, 1);
	assert_int_equal(m.list[0].kind, VIEW_MOVE_FALL);
	assert_int_equal(m.list[0].level, 1);
	assert_int_equal(m.list[0].effect, -1500); /* (1000 - 4000) / 2 */
	assert_int_equal(m.difference, -1500);
	assert_int_equal(m.list[0].n_objectives, 1);
	assert_int_equal(m.list[0].objectives[0].after.verdict, SCORE_OPEN);
}

static void a_level_that_became_possible_is_told_and_moves_nothing(void **state)
{
	struct world *w = *state;
	struct view_point p[2];
	for (int o = 0; o < 7; o++)
		both(w, 0, o, 0, 1, 0);
	both(w, 1, 0, 0, 0, 1);
	struct view_moves m = moves_of(w, 2, p);
	assert_int_equal(m.n, 1);
	assert_int_equal(m.list[0].kind, VIEW_MOVE_COULD);
	assert_int_equal(m.list[0].level, 2);
	assert_int_equal(m.list[0].effect, 0);
	assert_int_equal(m.difference, 0);
}

static void what_no_longer_applies_is_other(void **state)
{
	struct world *w = *state;
	struct view_point p[2];
	for (int o = 0; o < 7; o++)
		both(w, 0, o, o < 4, o >= 4, 0); /* 5000 and 1000 */
	for (int o = 4; o < 7; o++) {
		world_na(w, "east", o, MEASURE_REVIEWED)->observed_ms = NOW + MONTH;
		world_na(w, "west", o, MEASURE_REVIEWED)->observed_ms = NOW + MONTH;
	}
	struct view_moves m = moves_of(w, 2, p);
	assert_int_equal(m.difference, 2000); /* 3000 to 5000 */
	assert_int_equal(m.n, 0);
	assert_int_equal(m.other, 2000);
}

/* Of three categories one reaches level 2 in each month: 1.000, 1.333, 1.666, 2.000. */
static void shown_effects_are_differences_of_the_shown_index(void **state)
{
	struct world *w = *state;
	struct view_point p[4];
	int third = world_category(w, 0, "2");
	static const int32_t effects[] = {333, 333, 334}, shown[] = {330, 330, 340};
	for (int o = 0; o < 8; o++)
		both(w, 0, o, 0, 1, 0);
	both(w, 1, 0, 1, 0, 0);
	both(w, 2, 4, 1, 0, 0);
	both(w, 2, 5, 1, 0, 0);
	both(w, 3, w->categories[third].first_objective, 1, 0, 0);
	struct view_moves m = moves_of(w, 4, p);
	assert_int_equal(m.n, 3);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(m.list[i].effect, effects[i]);
		assert_int_equal(m.list[i].shown, shown[i]);
	}
	assert_int_equal(m.shown_difference, 1000);
	assert_int_equal(m.shown_other, 0);
}

static void a_gap_is_stepped_over(void **state)
{
	struct world *w = *state;
	struct view_point p[4];
	struct view_moves m;
	for (int o = 0; o < 7; o++)
		both(w, 0, o, 0, 1, 0);
	both(w, 2, 0, 1, 0, 0);
	look(w, 4, p);
	p[0].known = p[2].known = false;
	assert_int_equal(view_course_moves(&w->model, p, 4, &w->a, &m, &w->err), OK);
	assert_int_equal(m.n, 1);
	assert_true(m.from_ms == NOW + MONTH && m.list[0].from_ms == NOW + MONTH && m.list[0].at_ms == NOW + 3 * MONTH);
	p[3].known = false;
	assert_int_equal(view_course_moves(&w->model, p, 4, &w->a, &m, &w->err), OK);
	assert_false(m.known);
	assert_int_equal(m.n, 0);
}

/* ---- whatever happens ---- */

static uint32_t roll(uint64_t *state, uint32_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33) % n;
}

static void populate(struct world *w, uint64_t *dice)
{
	static const char *const units[] = {"acme", "east", "west"};
	for (int i = 0; i < 400; i++) {
		int objective = (int)roll(dice, (uint32_t)w->model.n_objectives);
		const char *unit = units[roll(dice, 3)];
		struct measure *m = roll(dice, 8)
					? world_say(w, unit, objective, roll(dice, 4), roll(dice, 2), roll(dice, 2))
					: world_na(w, unit, objective, MEASURE_REVIEWED);
		m->basis = (enum measure_basis)roll(dice, 3);
		m->observed_ms = NOW + roll(dice, 390) * DAY;
		if (roll(dice, 4) == 0)
			m->expires_ms = m->observed_ms + roll(dice, 60) * DAY;
	}
}

static void assert_adds_up(const struct world *w, const struct view_moves *m, const struct view_point *p, int seed)
{
	int32_t sum = m->other, shown = m->shown_other;
	assert_in_range(m->n, 0, VIEW_COURSE_MOVES);
	for (size_t i = 0; i < m->n; i++) {
		sum += m->list[i].effect;
		shown += m->list[i].shown;
		assert_true(m->list[i].n_categories > 0);
		assert_true(i == 0 || m->list[i - 1].at_ms <= m->list[i].at_ms);
		for (size_t k = 0; k < m->list[i].n_categories; k++)
			assert_in_range(m->list[i].categories[k], 0, w->model.n_categories - 1);
	}
	if (shown != m->shown_difference)
		fail_msg("seed %d: shown effects give %d, the shown index moved by %d", seed, shown,
			 m->shown_difference);
	if (sum != m->difference || p[12].score.program.index - p[0].score.program.index != m->difference)
		fail_msg("seed %d: effects and other give %d, the index moved by %d", seed, sum, m->difference);
}

static void effects_add_up_to_the_difference_on_random_facts(void **state)
{
	size_t told = 0;
	(void)state;
	for (int seed = 1; seed <= SEEDS; seed++) {
		uint64_t dice = (uint64_t)seed;
		void *made;
		struct view_point p[VIEW_COURSE_POINTS];
		(void)course_setup(&made);
		struct world *w = made;
		(void)world_category(w, 1, "2233445");
		w->categories[1].weight = 3;
		for (size_t i = 0; i < w->model.n_objectives; i++) {
			w->objectives[i].max_age_ms = (20 + roll(&dice, 90)) * DAY;
			w->objectives[i].threshold_milli = 500 + (int32_t)roll(&dice, 501);
		}
		populate(w, &dice);
		struct view_moves m = moves_of(w, VIEW_COURSE_POINTS, p);
		if (p[0].score.program.applicable && p[12].score.program.applicable)
			assert_adds_up(w, &m, p, seed);
		told += m.n;
		world_end(w);
	}
	assert_true(told > SEEDS); /* something happened */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_year_ends_at_the_instant_and_keeps_its_day),
	    COURSE(a_level_that_is_reached_is_told_apart_from_other_progress),
	    COURSE(categories_that_reach_the_same_level_are_one_event),
	    COURSE(a_fall_has_a_negative_effect_and_names_what_was_lost),
	    COURSE(a_level_that_became_possible_is_told_and_moves_nothing),
	    COURSE(what_no_longer_applies_is_other),
	    COURSE(shown_effects_are_differences_of_the_shown_index),
	    COURSE(a_gap_is_stepped_over),
	    cmocka_unit_test(effects_add_up_to_the_difference_on_random_facts),
	};
	return cmocka_run_group_tests_name("core/view_course", tests, NULL, NULL);
}
