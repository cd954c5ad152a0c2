#include "chart/radar.h"

#include "base/limits.h"
#include "chart/strip.h"
#include "seen.h"

static struct chart draw(const struct chart_radar_spoke *spokes, size_t n, struct arena *a)
{
	struct chart c;
	struct err err = {0};
	if (chart_radar(&(struct chart_radar){spokes, n}, a, &c, &err) != OK)
		fail_msg("%s", err.message);
	expect_inside(&c);
	expect_xml(svg_of(&c, a));
	return c;
}

static void fill(struct chart_radar_spoke *spokes, size_t n, int32_t index)
{
	for (size_t i = 0; i < n; i++)
		spokes[i] = (struct chart_radar_spoke){S("ABC"), S("/c"), index, CHART_ABSENT, CHART_ABSENT};
}

static void spokes_go_clockwise_from_the_top(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart_radar_spoke spokes[4];
	fill(spokes, 4, 5000);
	struct chart c = draw(spokes, 4, &a);
	const struct chart_point *p = mark_of(&c, CHART_NOW, 0)->points; /* 5 * 27.6 = 138 around 230, 200 */
	assert_int_equal(p[0].x, 230000);
	assert_int_equal(p[0].y, 62000);
	assert_int_equal(p[1].x, 368000);
	assert_int_equal(p[1].y, 200000);
	assert_int_equal(p[2].y, 338000);
	assert_int_equal(p[3].x, 92000);
	assert_true(c.links);
	assert_int_equal(count_of(&c, CHART_TARGET_SHAPE) + count_of(&c, CHART_PAST_SHAPE), 0);
	arena_release(&a);
}

static void thirty_degrees_are_right(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart_radar_spoke spokes[12];
	fill(spokes, 12, 5000);
	struct chart c = draw(spokes, 12, &a);
	const struct chart_point *p = mark_of(&c, CHART_NOW, 0)->points;
	assert_int_equal(p[1].x, 299000); /* 230 + 138 / 2 */
	assert_int_equal(p[1].y, 80500);  /* 200 - 138 * 0.8660 = 80.49 */
	assert_int_equal(p[7].x, 161000);
	assert_int_equal(p[7].y, 319500);
	arena_release(&a);
}

static void a_category_that_is_not_applicable_is_a_gap(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart_radar_spoke spokes[12];
	fill(spokes, 12, 2000);
	spokes[2].index = CHART_ABSENT;
	struct chart c = draw(spokes, 12, &a);
	assert_false(mark_of(&c, CHART_NOW, 0)->closed);
	assert_int_equal(mark_of(&c, CHART_NOW, 0)->n, 11);
	assert_true(mark_of(&c, CHART_NOW, 0)->points[0].moved);
	assert_int_equal(count_of(&c, CHART_DOT), 11);
	assert_int_equal(count_of(&c, CHART_AXIS_OFF), 1);
	assert_non_null(words_of(&c, "\xE2\x80\x93"));
	/* Between two gaps a value is a dash. */
	spokes[0].index = CHART_ABSENT;
	c = draw(spokes, 12, &a);
	assert_int_equal(mark_of(&c, CHART_NOW, 0)->n, 9 + 2);
	arena_release(&a);
}

static void nothing_applicable_leaves_the_rings(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart_radar_spoke spokes[12];
	fill(spokes, 12, CHART_ABSENT);
	struct chart c = draw(spokes, 12, &a);
	assert_int_equal(count_of(&c, CHART_NOW) + count_of(&c, CHART_DOT), 0);
	expect_label(&c, "Radar of 12 categories, none of which is applicable");
	arena_release(&a);
}

static void two_spokes_make_no_shape_and_too_many_are_refused(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart_radar_spoke spokes[LIMIT_CHART_SPOKES + 1];
	struct chart c;
	fill(spokes, LIMIT_CHART_SPOKES + 1, 3000);
	assert_int_equal(draw(spokes, 0, &a).n, 0);
	assert_int_equal(draw(spokes, 2, &a).n, 0);
	assert_true(draw(spokes, 3, &a).n > 0);
	assert_true(draw(spokes, LIMIT_CHART_SPOKES, &a).n > 0);
	assert_int_equal(chart_radar(&(struct chart_radar){spokes, LIMIT_CHART_SPOKES + 1}, &a, &c, NULL), E_TOO_LARGE);
	spokes[1].past = 0;
	assert_int_equal(chart_radar(&(struct chart_radar){spokes, 3}, &a, &c, NULL), E_BUG);
	arena_release(&a);
}

static struct chart strip(const struct chart_strip_unit *units, size_t n, int32_t whole, struct arena *a)
{
	struct chart c;
	struct err err = {0};
	if (chart_strip(&(struct chart_strip){S("GOV"), S("group"), whole, units, n}, a, &c, &err) != OK)
		fail_msg("%s", err.message);
	expect_inside(&c);
	expect_xml(svg_of(&c, a));
	return c;
}

static void equal_units_are_stacked_in_order_of_their_names(void **state)
{
	(void)state;
	static const struct chart_strip_unit units[] = {
	    {S("b"), 3000}, {S("a"), 3000}, {S("none"), CHART_ABSENT}, {S("<i>"), 1000}};
	struct arena a = ARENA(1 << 20);
	struct chart c = strip(units, 4, 2000, &a);
	assert_int_equal(count_of(&c, CHART_UNIT), 3);
	assert_int_equal(mark_of(&c, CHART_UNIT, 1)->x, 49900); /* 1.5 + 2 * 24.2 */
	assert_int_equal(mark_of(&c, CHART_UNIT, 1)->y, 23000);
	assert_int_equal(mark_of(&c, CHART_UNIT, 2)->y, 15000);
	assert_true(str_eq(mark_of(&c, CHART_UNIT, 2)->title, S("b 3.00")));
	expect_label(&c, "GOV: lowest <i> 1.00, highest b 3.00, group 2.00");
	assert_non_null(strstr(svg_of(&c, &a), "<title>&lt;i&gt; 1.00</title>"));
	assert_int_equal(strip(units + 2, 1, 2000, &a).n, 0);
	c = strip(units, 1, CHART_ABSENT, &a);
	expect_label(&c, "GOV: b 3.00");
	arena_release(&a);
}

static void a_crowd_stays_inside_and_says_how_many_it_is(void **state)
{
	(void)state;
	enum { CROWD = 100000 };
	struct arena a = ARENA((size_t)64 << 20);
	struct chart_strip_unit *units = arena_new(&a, struct chart_strip_unit, CROWD);
	assert_non_null(units);
	for (int i = 0; i < CROWD; i++)
		units[i] = (struct chart_strip_unit){S("u"), 1000 + i % 4001};
	struct chart c = strip(units, CROWD, 3000, &a);
	assert_true(c.n < 97 * 12 + 20);
	for (int i = 0; i < 20; i++)
		units[i].index = 2000;
	c = strip(units, 20, 3000, &a);
	assert_int_equal(count_of(&c, CHART_UNIT), 12);
	assert_true(str_eq(mark_of(&c, CHART_UNIT, 11)->title, S("9 more from 2.00")));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(spokes_go_clockwise_from_the_top),
	    cmocka_unit_test(thirty_degrees_are_right),
	    cmocka_unit_test(a_category_that_is_not_applicable_is_a_gap),
	    cmocka_unit_test(nothing_applicable_leaves_the_rings),
	    cmocka_unit_test(two_spokes_make_no_shape_and_too_many_are_refused),
	    cmocka_unit_test(equal_units_are_stacked_in_order_of_their_names),
	    cmocka_unit_test(a_crowd_stays_inside_and_says_how_many_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
