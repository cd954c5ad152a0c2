#include "chart/trend.h"

#include "base/limits.h"
#include "base/time.h"
#include "chart/measures.h"
#include "seen.h"

enum { POINTS = 8 };

/* A program that stands still at one index, known at all points. */
static void still(struct chart_trend_point *points, int32_t index)
{
	for (int i = 0; i < POINTS; i++)
		points[i] = (struct chart_trend_point){i * 30 * TIME_DAY_MS, index, index, index, index / 1000 * 1000};
}

static struct chart_trend of(const struct chart_trend_point *points)
{
	return (struct chart_trend){
	    .what = S("Index"), .span = S("seven months"), .points = points, .n = POINTS, .target = CHART_ABSENT};
}

static struct chart draw(const struct chart_trend *in, struct arena *a)
{
	struct chart c;
	struct err err = {0};
	if (chart_trend(in, a, &c, &err) != OK)
		fail_msg("%s", err.message);
	expect_inside(&c);
	expect_xml(svg_of(&c, a));
	return c;
}

static void the_level_axis_starts_at_one_and_reaches_the_highest_value(void **state)
{
	(void)state;
	struct arena a = ARENA(8 << 20);
	struct chart_trend_point points[POINTS];
	still(points, 2000);
	struct chart_trend in = of(points);
	struct chart c = draw(&in, &a);
	assert_int_equal(count_of(&c, CHART_LEVEL_NAME), 4);
	assert_int_equal(words_of(&c, "1")->y, 247750); /* 248 - 228 * 0.2 / 3.2 + 14 */
	assert_int_equal(words_of(&c, "4")->y, 15000);
	points[3].high = 4001;
	c = draw(&in, &a);
	assert_int_equal(count_of(&c, CHART_LEVEL_NAME), 5);
	in.small = true;
	c = draw(&in, &a);
	assert_int_equal(words_of(&c, "1")->y, 126000);
	assert_int_equal(words_of(&c, "5")->y, 6000);
	in.top = 4;
	assert_int_equal(chart_trend(&in, &a, &c, NULL), E_BUG);
	arena_release(&a);
}

static void nothing_known_is_an_empty_chart(void **state)
{
	(void)state;
	struct arena a = ARENA(8 << 20);
	struct chart_trend_point points[POINTS];
	still(points, 2000);
	struct chart_trend in = of(points);
	in.n = 0;
	assert_int_equal(draw(&in, &a).n, 0);
	in.n = POINTS;
	for (int i = 0; i < POINTS; i++)
		points[i].index = CHART_ABSENT;
	assert_int_equal(draw(&in, &a).n, 0);
	arena_release(&a);
}

static void one_point_is_a_dash_at_the_right_end(void **state)
{
	(void)state;
	struct arena a = ARENA(8 << 20);
	struct chart_trend_point points[POINTS];
	still(points, 2280);
	struct chart_trend in = of(points);
	in.n = 1;
	struct chart c = draw(&in, &a);
	assert_int_equal(mark_of(&c, CHART_INDEX, 0)->n, 2);
	assert_int_equal(mark_of(&c, CHART_INDEX, 0)->points[1].x, 100000);
	expect_label(&c, "Index: 2.28, at most 2.28, evidenced 2.28, floor 2");
	arena_release(&a);
}

static void equal_values_keep_their_labels_apart_and_inside(void **state)
{
	(void)state;
	struct arena a = ARENA(8 << 20);
	struct chart_trend_point points[POINTS];
	still(points, 1000);
	struct chart_trend in = of(points);
	in.target = 1000;
	struct chart c = draw(&in, &a);
	/* All four stand at 237.75 and have until 248: the lowest there, the others 15 above each other. */
	assert_int_equal(words_of(&c, "Target 1.00")->y, 203000);
	assert_int_equal(words_of(&c, "Index 1.00")->y, 218000);
	assert_int_equal(words_of(&c, "Evidenced 1.00")->y, 233000);
	assert_int_equal(words_of(&c, "Floor 1")->y, 248000);
	arena_release(&a);
}

static void at_most_is_named_only_above_the_index(void **state)
{
	(void)state;
	struct arena a = ARENA(8 << 20);
	struct chart_trend_point points[POINTS];
	still(points, 2000);
	struct chart_trend in = of(points);
	struct chart c = draw(&in, &a);
	assert_null(words_of(&c, "at most 2.00"));
	points[POINTS - 1].high = 2500;
	c = draw(&in, &a);
	assert_non_null(words_of(&c, "at most 2.50"));
	arena_release(&a);
}

static void the_range_has_an_edge_of_its_own_up_to_what_is_possible(void **state)
{
	(void)state;
	struct arena a = ARENA(8 << 20);
	struct chart_trend_point points[POINTS];
	still(points, 2000);
	points[0].high = 4000;
	struct chart_trend in = of(points);
	for (int small = 0; small < 2; small++) {
		in.small = small;
		struct chart c = draw(&in, &a);
		assert_int_equal(count_of(&c, CHART_POSSIBLE), 1);
		const struct chart_mark *edge = mark_of(&c, CHART_POSSIBLE, 0);
		assert_int_equal(edge->n, POINTS);
		assert_int_equal(edge->points[0].y, 0); /* the highest level */
		assert_int_equal(edge->points[1].y, mark_of(&c, CHART_INDEX, 0)->points[1].y);
	}
	arena_release(&a);
}

static void what_is_not_known_at_the_end_is_not_said_of_now(void **state)
{
	(void)state;
	struct arena a = ARENA(8 << 20);
	struct chart_trend_point points[POINTS];
	still(points, 2000);
	points[POINTS - 1].index = points[POINTS - 1].evidenced = points[POINTS - 1].high = CHART_ABSENT;
	points[POINTS - 1].floor = CHART_ABSENT;
	struct chart_trend in = of(points);
	struct chart c = draw(&in, &a);
	assert_int_equal(count_of(&c, CHART_LABEL), 0);
	assert_int_equal(count_of(&c, CHART_LABEL_2), 0);
	expect_label(&c, "Index over seven months from 2.00; not known at the end");
	arena_release(&a);
}

static void events_at_one_point_have_one_badge_and_apart_from_it_each_its_own(void **state)
{
	(void)state;
	static const size_t at[] = {2, 3, 3, 3, 2};
	struct arena a = ARENA(8 << 20);
	struct chart_trend_point points[POINTS];
	still(points, 2000);
	struct chart_trend in = of(points);
	in.events = at;
	in.n_events = 5;
	struct chart c = draw(&in, &a);
	int32_t line = 162500; /* 248 - 228 * 1.2 / 3.2 */
	const struct chart_mark *several = words_of(&c, "2–4"), *five = words_of(&c, "5");
	assert_true(several && five);
	assert_int_equal(five->y, line - 20000 + 4000);
	assert_int_equal(several->y, line + 4000);
	assert_int_equal(mark_of(&c, CHART_DROP, 0)->y, line);
	size_t discs = 0;
	for (size_t i = 0; i < c.n; i++) {
		if (c.marks[i].shape == CHART_DISC)
			assert_int_equal(c.marks[i].y, line - 20000 * (int32_t)(discs++ / 2));
	}
	assert_int_equal(discs, 3);
	arena_release(&a);
}

static void many_events_stay_inside_and_too_many_are_refused(void **state)
{
	(void)state;
	size_t at[LIMIT_CHART_EVENTS + 1] = {0};
	struct arena a = ARENA(8 << 20);
	struct chart_trend_point points[POINTS];
	still(points, 4000);
	struct chart_trend in = of(points);
	struct chart c;
	in.events = at;
	in.n_events = LIMIT_CHART_EVENTS;
	(void)draw(&in, &a);
	in.n_events++;
	assert_int_equal(chart_trend(&in, &a, &c, NULL), E_TOO_LARGE);
	in.n_events = 1;
	at[0] = POINTS;
	assert_int_equal(chart_trend(&in, &a, &c, NULL), E_BUG);
	in.n_events = 0;
	in.n = LIMIT_CHART_POINTS + 1;
	assert_int_equal(chart_trend(&in, &a, &c, NULL), E_TOO_LARGE);
	in.n = POINTS;
	points[2].evidenced = 0;
	assert_int_equal(chart_trend(&in, &a, &c, NULL), E_BUG);
	arena_release(&a);
}

static void names_of_levels_and_labels_give_way_below_860_px(void **state)
{
	(void)state;
	static const str levels[] = {S("Initial"), S("Repeatable"), S("Defined"), S("Capable"), S("Efficient")};
	struct arena a = ARENA(8 << 20);
	struct chart_trend_point points[POINTS];
	still(points, 2000);
	struct chart_trend in = of(points);
	in.levels = levels;
	struct chart c = draw(&in, &a);
	const char *svg = svg_of(&c, &a);
	assert_non_null(strstr(svg, ">2<tspan class=\"hide-n\"> Repeatable</tspan>"));
	assert_non_null(strstr(svg, "<g class=\"only-n\">"));
	assert_non_null(strstr(svg, "<g class=\"hide-n\">"));
	arena_release(&a);
}

static struct chart measures(const struct chart_measures *in, struct arena *a)
{
	struct chart c;
	struct err err = {0};
	if (chart_measures(in, a, &c, &err) != OK)
		fail_msg("%s", err.message);
	expect_inside(&c);
	expect_xml(svg_of(&c, a));
	return c;
}

static void shares_are_stacked_from_yes_to_no(void **state)
{
	(void)state;
	static const struct chart_measures_point points[] = {{0, {1, 1, 2}}, {40 * TIME_DAY_MS, {3, 1, 0}}};
	struct arena a = ARENA(1 << 20);
	struct chart c = measures(&(struct chart_measures){S("a month"), points, 2, 750}, &a);
	assert_non_null(strstr(svg_of(&c, &a), "<path class=\"ar-y\" d=\"M0 75L100 25L100 100L0 100Z\"/>"));
	assert_non_null(strstr(svg_of(&c, &a), "<path class=\"ar-ub\" d=\"M0 25L100 25L100 25L0 75Z\"/>"));
	assert_non_null(strstr(svg_of(&c, &a), "<path class=\"ar-n\" d=\"M0 0L100 0L100 25L0 25Z\"/>"));
	assert_int_equal(mark_of(&c, CHART_THRESHOLD, 0)->y, 56500); /* 184 - 170 * 0.75 */
	/* The line of 75 % has no words of its own beside those of the threshold. */
	assert_int_equal(count_of(&c, CHART_LEVEL_NAME), 3);
	expect_label(&c,
		     "Yes over a month from 25 to 75 percent, now unknown 0 and no 25 percent; threshold 75 percent");
	arena_release(&a);
}

static void an_empty_population_is_a_gap_in_the_measures(void **state)
{
	(void)state;
	static const struct chart_measures_point points[] = {{0, {1, 0, 0}}, {1, {0, 0, 0}}, {2, {0, 0, 0}}};
	struct arena a = ARENA(1 << 20);
	struct chart c = measures(&(struct chart_measures){S("a day"), points, 3, CHART_ABSENT}, &a);
	expect_label(&c, "Yes over a day from 100 percent; not known at the end");
	assert_int_equal(count_of(&c, CHART_THRESHOLD), 0);
	assert_int_equal(mark_of(&c, CHART_YES_AREA, 0)->n, 4);
	assert_int_equal(measures(&(struct chart_measures){S("a day"), points + 1, 2, 900}, &a).n, 0);
	assert_int_equal(measures(&(struct chart_measures){S("a day"), points, 0, 900}, &a).n, 0);
	arena_release(&a);
}

static void impossible_measures_are_not_drawn(void **state)
{
	(void)state;
	static const struct chart_measures_point points[] = {{0, {-1, 2, 0}}};
	struct arena a = ARENA(1 << 20);
	struct chart c;
	assert_int_equal(chart_measures(&(struct chart_measures){S(""), points, 1, 900}, &a, &c, NULL), E_BUG);
	assert_int_equal(chart_measures(&(struct chart_measures){S(""), points, 0, 0}, &a, &c, NULL), E_BUG);
	assert_int_equal(
	    chart_measures(&(struct chart_measures){S(""), points, LIMIT_CHART_POINTS + 1, 900}, &a, &c, NULL),
	    E_TOO_LARGE);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_level_axis_starts_at_one_and_reaches_the_highest_value),
	    cmocka_unit_test(nothing_known_is_an_empty_chart),
	    cmocka_unit_test(one_point_is_a_dash_at_the_right_end),
	    cmocka_unit_test(equal_values_keep_their_labels_apart_and_inside),
	    cmocka_unit_test(at_most_is_named_only_above_the_index),
	    cmocka_unit_test(the_range_has_an_edge_of_its_own_up_to_what_is_possible),
	    cmocka_unit_test(what_is_not_known_at_the_end_is_not_said_of_now),
	    cmocka_unit_test(events_at_one_point_have_one_badge_and_apart_from_it_each_its_own),
	    cmocka_unit_test(many_events_stay_inside_and_too_many_are_refused),
	    cmocka_unit_test(names_of_levels_and_labels_give_way_below_860_px),
	    cmocka_unit_test(shares_are_stacked_from_yes_to_no),
	    cmocka_unit_test(an_empty_population_is_a_gap_in_the_measures),
	    cmocka_unit_test(impossible_measures_are_not_drawn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
