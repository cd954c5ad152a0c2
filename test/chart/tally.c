#include "chart/tally.h"

#include "seen.h"

static const int32_t thresholds[] = {1, 10, 250, 333, 500, 667, 900, 950, 999, 1000};

/* What the rule of scoring says and what is drawn. */
static void expect_rule(struct measure_tally t, int32_t threshold, int32_t least)
{
	int64_t n = t.yes + t.unknown + t.no;
	struct chart_tally_cuts cuts = chart_tally_cuts(t, threshold, least);
	bool met = 1000 * t.yes >= threshold * n, possible = 1000 * (t.yes + t.unknown) >= threshold * n;
	if ((cuts.yes >= threshold * 100) != met || (cuts.unknown >= threshold * 100) != possible)
		fail_msg("%d yes, %d unknown, %d no at %d: cut at %d and %d", (int)t.yes, (int)t.unknown, (int)t.no,
			 threshold, cuts.yes, cuts.unknown);
	/* What is not nothing is seen, what is nothing is not. */
	assert_true((t.yes > 0) == (cuts.yes > 0));
	assert_true((t.unknown > 0) == (cuts.unknown > cuts.yes));
	assert_true((t.no > 0) == (CHART_WIDTH > cuts.unknown));
	assert_true(cuts.yes >= 0 && cuts.yes <= cuts.unknown && cuts.unknown <= CHART_WIDTH);
}

static void the_tick_stands_in_yes_if_and_only_if_the_objective_is_met(void **state)
{
	(void)state;
	for (int64_t n = 1; n <= 60; n++) {
		for (int64_t yes = 0; yes <= n; yes++) {
			for (int64_t unknown = 0; unknown <= n - yes; unknown++) {
				struct measure_tally t = {yes, n - yes - unknown, unknown};
				for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++) {
					expect_rule(t, thresholds[i], 1250);
					expect_rule(t, thresholds[i], 334);
				}
			}
		}
	}
}

static void one_more_or_less_decides_in_great_populations_too(void **state)
{
	(void)state;
	for (int64_t n = 1000; n <= INT64_C(1000000000000); n *= 10) {
		for (int32_t threshold = 1; threshold < 1000; threshold += 37) {
			int64_t needed = n / 1000 * threshold;
			expect_rule((struct measure_tally){needed, n - needed, 0}, threshold, 1250);
			expect_rule((struct measure_tally){needed - 1, n - needed + 1, 0}, threshold, 1250);
			expect_rule((struct measure_tally){needed - 1, n - needed, 1}, threshold, 1250);
		}
		expect_rule((struct measure_tally){n - 1, 0, 1}, 1000, 1250);
		expect_rule((struct measure_tally){n - 1, 1, 0}, 1000, 1250);
		expect_rule((struct measure_tally){n - 2, 1, 1}, 999, 1250);
		expect_rule((struct measure_tally){1, n - 2, 1}, 1, 1250);
	}
}

static void cuts_are_in_proportion(void **state)
{
	(void)state;
	/* 412 / 487 = .845995…, 443 / 487 = .909650…; 31 and 44 are wider than a pixel. */
	struct chart_tally_cuts cuts = chart_tally_cuts((struct measure_tally){412, 44, 31}, 900, 1250);
	assert_int_equal(cuts.yes, 84599);
	assert_int_equal(cuts.unknown, 90965);
}

static void a_single_no_is_a_pixel_wide_unless_the_tick_forbids_it(void **state)
{
	(void)state;
	struct chart_tally_cuts cuts = chart_tally_cuts((struct measure_tally){9999, 1, 0}, 900, 1250);
	assert_int_equal(cuts.yes, 98750);
	cuts = chart_tally_cuts((struct measure_tally){9999, 1, 0}, 995, 1250);
	assert_int_equal(cuts.yes, 99500); /* met: yes reaches the tick */
	cuts = chart_tally_cuts((struct measure_tally){1, 9999, 0}, 10, 1250);
	assert_int_equal(cuts.yes, 999); /* not met: yes stops before the tick */
	cuts = chart_tally_cuts((struct measure_tally){1, 9999, 0}, CHART_ABSENT, 1250);
	assert_int_equal(cuts.yes, 1250);
}

static void draw(const struct chart_tally *in, struct arena *a, struct chart *out)
{
	struct err err = {0};
	assert_int_equal(chart_tally(in, a, out, &err), OK);
	expect_inside(out);
}

static void what_is_drawn_keeps_the_rule(void **state)
{
	(void)state;
	for (int64_t i = 0; i < 9 * 9 * 9; i++) {
		struct arena a = ARENA(1 << 20);
		struct measure_tally t = {i % 9, i / 9 % 9, i / 81};
		struct chart c;
		draw(&(struct chart_tally){t, 500, i % 2 == 0}, &a, &c);
		if (t.yes + t.unknown + t.no == 0)
			continue;
		bool met = 1000 * t.yes >= 500 * (t.yes + t.unknown + t.no);
		int32_t end = t.yes ? mark_of(&c, CHART_YES, 0)->x2 : 0;
		assert_true((end >= mark_of(&c, CHART_TICK, 0)->x) == met);
		assert_int_equal(count_of(&c, CHART_UNKNOWN), t.unknown > 0);
		assert_int_equal(count_of(&c, CHART_NO), t.no > 0);
		arena_release(&a);
	}
}

static void an_empty_population_is_an_empty_chart(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c;
	draw(&(struct chart_tally){{0, 0, 0}, 900, true}, &a, &c);
	assert_int_equal(c.n, 0);
	assert_string_equal(svg_of(&c, &a), "");
	arena_release(&a);
}

static void parts_of_nothing_are_not_drawn(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c;
	draw(&(struct chart_tally){{0, 0, 7}, 1000, false}, &a, &c);
	assert_int_equal(count_of(&c, CHART_YES) + count_of(&c, CHART_NO), 0);
	assert_int_equal(mark_of(&c, CHART_UNKNOWN, 0)->x2, CHART_WIDTH);
	assert_int_equal(mark_of(&c, CHART_TICK, 0)->x, CHART_WIDTH);
	expect_label(&c, "0 yes, 7 unknown, 0 no; threshold 100 percent");
	arena_release(&a);
}

static void the_words_at_the_tick_stay_inside(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c;
	draw(&(struct chart_tally){{1, 1, 1}, 955, true}, &a, &c);
	const struct chart_mark *words = words_of(&c, "needs 95.5\xE2\x80\xAF%");
	assert_non_null(words);
	assert_int_equal(words->x, 95500);
	assert_int_equal(words->anchor, CHART_FINISH);
	draw(&(struct chart_tally){{1, 1, 1}, 900, true}, &a, &c);
	assert_int_equal(words_of(&c, "needs 90\xE2\x80\xAF%")->anchor, CHART_MIDDLE);
	draw(&(struct chart_tally){{1, 1, 1}, 50, true}, &a, &c);
	assert_int_equal(words_of(&c, "needs 5\xE2\x80\xAF%")->anchor, CHART_START);
	arena_release(&a);
}

static void refused(struct measure_tally t, int32_t threshold)
{
	struct arena a = ARENA(1 << 20);
	struct chart c = {.n = 7};
	assert_int_equal(chart_tally(&(struct chart_tally){t, threshold, false}, &a, &c, NULL), E_BUG);
	assert_int_equal(c.n, 7);
	arena_release(&a);
}

static void impossible_numbers_are_not_drawn(void **state)
{
	(void)state;
	refused((struct measure_tally){-1, 2, 0}, 900);
	refused((struct measure_tally){1, INT64_MAX, 0}, 900);
	refused((struct measure_tally){1, 1, 1}, 0);
	refused((struct measure_tally){1, 1, 1}, 1001);
}

static void a_full_arena_is_said(void **state)
{
	(void)state;
	struct arena a = ARENA(64);
	struct chart c = {.n = 7};
	struct err err = {0};
	enum status status = chart_tally(&(struct chart_tally){{1, 1, 1}, 900, true}, &a, &c, &err);
	assert_int_not_equal(status, OK);
	assert_int_equal(status, err.status);
	assert_int_equal(c.n, 7);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_tick_stands_in_yes_if_and_only_if_the_objective_is_met),
	    cmocka_unit_test(one_more_or_less_decides_in_great_populations_too),
	    cmocka_unit_test(cuts_are_in_proportion),
	    cmocka_unit_test(a_single_no_is_a_pixel_wide_unless_the_tick_forbids_it),
	    cmocka_unit_test(what_is_drawn_keeps_the_rule),
	    cmocka_unit_test(an_empty_population_is_an_empty_chart),
	    cmocka_unit_test(parts_of_nothing_are_not_drawn),
	    cmocka_unit_test(the_words_at_the_tick_stay_inside),
	    cmocka_unit_test(impossible_numbers_are_not_drawn),
	    cmocka_unit_test(a_full_arena_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
