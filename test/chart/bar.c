#include "chart/bar.h"

#include "chart/spark.h"
#include "seen.h"

static void a_fuse_burns_in_proportion_and_never_past_its_end(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c;
	assert_int_equal(chart_bar_age(&(struct chart_bar_age){63, 180, false}, &a, &c, NULL), OK);
	assert_int_equal(mark_of(&c, CHART_ELAPSED, 0)->x2, 35000);
	assert_int_equal(c.label.n, 0);
	assert_int_equal(chart_bar_age(&(struct chart_bar_age){INT64_MAX, 30, false}, &a, &c, NULL), OK);
	assert_int_equal(mark_of(&c, CHART_ELAPSED, 0)->x2, 100000);
	assert_int_equal(chart_bar_age(&(struct chart_bar_age){-5, 30, false}, &a, &c, NULL), OK);
	assert_int_equal(count_of(&c, CHART_ELAPSED), 0);
	assert_int_equal(count_of(&c, CHART_TRACK), 1);
	assert_int_equal(chart_bar_age(&(struct chart_bar_age){5, 0, false}, &a, &c, NULL), OK);
	assert_int_equal(c.n, 0);
	arena_release(&a);
}

static void soon_is_the_last_quarter_of_the_window(void **state)
{
	(void)state;
	assert_int_equal(chart_bar_age_state(&(struct chart_bar_age){74, 100, false}), CHART_BAR_FRESH);
	assert_int_equal(chart_bar_age_state(&(struct chart_bar_age){75, 100, false}), CHART_BAR_SOON);
	assert_int_equal(chart_bar_age_state(&(struct chart_bar_age){1, 100, true}), CHART_BAR_STALE);
	assert_int_equal(chart_bar_age_state(&(struct chart_bar_age){1, 0, false}), CHART_BAR_NO_DATA);
	assert_int_equal(chart_bar_age_state(&(struct chart_bar_age){INT64_MAX, INT64_MAX, false}), CHART_BAR_SOON);
}

static void a_stale_fuse_has_burnt_down(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c;
	assert_int_equal(chart_bar_age(&(struct chart_bar_age){1, 30, true}, &a, &c, NULL), OK);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.marks[0].role, CHART_TRACK);
	arena_release(&a);
}

static int32_t progress(int64_t done, int64_t total)
{
	struct arena a = ARENA(1 << 20);
	struct chart c;
	assert_int_equal(chart_bar_progress(done, total, &a, &c, NULL), OK);
	int32_t width = count_of(&c, CHART_ELAPSED) ? mark_of(&c, CHART_ELAPSED, 0)->x2 : 0;
	arena_release(&a);
	return width;
}

static void progress_is_full_only_when_all_is_done(void **state)
{
	(void)state;
	assert_int_equal(progress(0, 18), 0);
	assert_int_equal(progress(11, 18), 61111);
	assert_int_equal(progress(18, 18), 100000);
	assert_int_equal(progress(999999, 1000000), 99000);
	assert_int_equal(progress(1, 1000000), 1000);
	struct arena a = ARENA(1 << 20);
	struct chart c;
	assert_int_equal(chart_bar_progress(0, 0, &a, &c, NULL), OK);
	assert_int_equal(c.n, 0);
	assert_int_equal(chart_bar_progress(19, 18, &a, &c, NULL), E_BUG);
	assert_int_equal(chart_bar_progress(-1, 18, &a, &c, NULL), E_BUG);
	arena_release(&a);
}

static void a_cell_is_filled_to_its_attainment(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c;
	assert_int_equal(chart_bar_fill(4, 763, &a, &c, NULL), OK);
	assert_string_equal(
	    svg_of(&c, &a),
	    "<svg class=\"fill\" aria-hidden=\"true\"><rect class=\"t4\" width=\"76.3%\" height=\"100%\"/></svg>");
	assert_int_equal(chart_bar_fill(4, 0, &a, &c, NULL), OK);
	assert_int_equal(c.n, 0);
	assert_int_equal(chart_bar_fill(4, CHART_ABSENT, &a, &c, NULL), OK);
	assert_int_equal(c.n, 0);
	assert_int_equal(chart_bar_fill(6, 10, &a, &c, NULL), E_BUG);
	assert_int_equal(chart_bar_fill(1, 1001, &a, &c, NULL), E_BUG);
	arena_release(&a);
}

static void as_many_rungs_are_filled_as_the_level_says(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	for (int level = 1; level <= 5; level++) {
		struct chart c;
		assert_int_equal(chart_bar_rungs(level, &a, &c, NULL), OK);
		assert_int_equal(count_of(&c, CHART_PLAIN), level);
		assert_int_equal(count_of(&c, CHART_OFF), 5 - level);
		expect_inside(&c);
	}
	struct chart c;
	assert_int_equal(chart_bar_rungs(0, &a, &c, NULL), E_BUG);
	arena_release(&a);
}

static void a_distribution_fills_the_width_and_loses_nobody(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c;
	struct chart_bar_distribution in = {{1, 0, 999999, 1, 0}, S("units")};
	assert_int_equal(chart_bar_distribution(&in, &a, &c, NULL), OK);
	assert_int_equal(mark_of(&c, CHART_BOX_1, 0)->x2, 1000);
	assert_int_equal(mark_of(&c, CHART_BOX_3, 0)->x2, 99000);
	assert_int_equal(mark_of(&c, CHART_BOX_4, 0)->x2, 100000);
	assert_int_equal(c.n, 3);
	expect_label(&c, "1000001 units: 1 at level 1, 999999 at level 3, 1 at level 4");
	expect_inside(&c);
	in = (struct chart_bar_distribution){{0}, S("units")};
	assert_int_equal(chart_bar_distribution(&in, &a, &c, NULL), OK);
	assert_int_equal(c.n, 0);
	in.counts[2] = -1;
	assert_int_equal(chart_bar_distribution(&in, &a, &c, NULL), E_BUG);
	arena_release(&a);
}

static void a_spark_is_one_line_with_gaps(void **state)
{
	(void)state;
	static const int32_t index[] = {1000, 4000, CHART_ABSENT, 2500, CHART_ABSENT};
	struct arena a = ARENA(1 << 20);
	struct chart c;
	assert_int_equal(chart_spark(&(struct chart_spark){index, 5, 0}, &a, &c, NULL), OK);
	/* Level 1 at 22, level 4 at 2; the lonely value in the middle is a dash. */
	assert_string_equal(svg_of(&c, &a),
			    "<svg class=\"spark\" viewBox=\"0 0 100 24\" preserveAspectRatio=\"none\" "
			    "aria-hidden=\"true\"><line class=\"base\" x1=\"0\" x2=\"100\" y1=\"22\" y2=\"22\"/>"
			    "<path d=\"M0 22L25 2M74 12L76 12\"/></svg>");
	assert_int_equal(chart_spark(&(struct chart_spark){index, 0, 0}, &a, &c, NULL), OK);
	assert_int_equal(c.n, 0);
	assert_int_equal(chart_spark(&(struct chart_spark){index + 2, 1, 0}, &a, &c, NULL), OK);
	assert_int_equal(c.n, 0);
	assert_int_equal(chart_spark(&(struct chart_spark){index, 5, 3}, &a, &c, NULL), E_BUG);
	assert_int_equal(chart_spark(&(struct chart_spark){index, 5, 5}, &a, &c, NULL), OK);
	assert_int_equal(c.marks[1].points[1].y, 7000); /* 22 - 3 * 20 / 4 */
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_fuse_burns_in_proportion_and_never_past_its_end),
	    cmocka_unit_test(soon_is_the_last_quarter_of_the_window),
	    cmocka_unit_test(a_stale_fuse_has_burnt_down),
	    cmocka_unit_test(progress_is_full_only_when_all_is_done),
	    cmocka_unit_test(a_cell_is_filled_to_its_attainment),
	    cmocka_unit_test(as_many_rungs_are_filled_as_the_level_says),
	    cmocka_unit_test(a_distribution_fills_the_width_and_loses_nobody),
	    cmocka_unit_test(a_spark_is_one_line_with_gaps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
