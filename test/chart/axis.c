#include "chart/axis.h"

#include "base/time.h"
#include "chart/line.h"
#include "seen.h"

static void labels_that_keep_their_distance_stay(void **state)
{
	(void)state;
	int32_t y[] = {10000, 25000, 100000};
	chart_axis_spread(y, 3, 15000, 200000);
	assert_int_equal(y[0], 10000);
	assert_int_equal(y[1], 25000);
	assert_int_equal(y[2], 100000);
}

static void labels_that_would_touch_move_down_in_order(void **state)
{
	(void)state;
	int32_t y[] = {10000, 12000, 13000, 60000};
	chart_axis_spread(y, 4, 15000, 200000);
	assert_int_equal(y[0], 10000);
	assert_int_equal(y[1], 25000);
	assert_int_equal(y[2], 40000);
	assert_int_equal(y[3], 60000);
}

static void at_the_bottom_they_move_up(void **state)
{
	(void)state;
	int32_t y[] = {195000, 195000, 195000};
	chart_axis_spread(y, 3, 15000, 200000);
	assert_int_equal(y[2], 200000);
	assert_int_equal(y[1], 185000);
	assert_int_equal(y[0], 170000);
	chart_axis_spread(y, 0, 15000, 200000);
}

static void the_top_is_the_lowest_level_that_nothing_is_above(void **state)
{
	(void)state;
	static const int32_t values[] = {CHART_ABSENT, 1000, 3000, 3001, 5000};
	assert_int_equal(chart_axis_top(values, 0), 2);
	assert_int_equal(chart_axis_top(values, 1), 2);
	assert_int_equal(chart_axis_top(values, 3), 3);
	assert_int_equal(chart_axis_top(values, 4), 4);
	assert_int_equal(chart_axis_top(values, 5), 5);
}

/* The names of n points, `step` days apart from the given day on: "Nov 25<" starts, ">" ends, "|" is centred; (…) where
   they go below 860 px. */
static const char *names(const char *day, size_t n, int64_t step, enum chart_axis_names which, struct arena *a)
{
	struct chart c = chart_new(CHART_TREND, CHART_FLUID, CHART_WIDTH, 100000, a);
	struct buf b = BUF(4096);
	int64_t first, *at_ms = arena_new(a, int64_t, n);
	assert_true(time_parse(str_from(day), &first));
	for (size_t i = 0; i < n; i++)
		at_ms[i] = first + (int64_t)i * step * TIME_DAY_MS;
	chart_axis_time(&c, &(struct chart_axis_time){at_ms, n, 84000, 90000, which});
	expect_inside(&c);
	for (size_t i = 0; i < c.n; i++)
		buf_printf(&b, "%s%s%.*s%c%s", i ? " " : "", c.marks[i].show == CHART_WIDE ? "(" : "",
			   STR_ARG(c.marks[i].text), "<|>"[c.marks[i].anchor],
			   c.marks[i].show == CHART_WIDE ? ")" : "");
	const char *z = str_z(a, buf_str(&b));
	buf_release(&b);
	return z;
}

static void time_is_named_by_months_with_years_at_the_ends(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	assert_string_equal(names("2025-11-15", 4, 31, CHART_AXIS_ALL, &a), "Nov 25< (Dec|) (Jan|) Feb 26|");
	/* A year of months: beside "Nov 25" there is no room for "Dec". */
	const char *year = names("2025-11-15", 13, 30, CHART_AXIS_ALL, &a);
	assert_non_null(strstr(year, "Nov 25< (Jan|) Feb|"));
	assert_string_equal(names("2025-11-15", 5, 31, CHART_AXIS_QUARTERS, &a), "Nov 25< Dec| Jan| Feb| Mar 26>");
	assert_string_equal(names("2025-11-15", 5, 31, CHART_AXIS_ENDS, &a), "Nov 25< Mar 26>");
	arena_release(&a);
}

static void days_are_named_where_months_would_repeat(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	assert_string_equal(names("2026-11-01", 3, 7, CHART_AXIS_ALL, &a), "1 Nov< (8 Nov|) 15 Nov|");
	arena_release(&a);
}

static void a_long_time_has_at_most_thirteen_names_with_years(void **state)
{
	(void)state;
	struct arena a = ARENA(4 << 20);
	const char *ten_years = names("2016-11-15", 121, 30, CHART_AXIS_ALL, &a);
	assert_true(strlen(ten_years) < 13 * sizeof "(Nov 16|)");
	assert_non_null(strstr(ten_years, "Nov 16<"));
	assert_null(strstr(ten_years, "Nov|"));
	arena_release(&a);
}

static void a_single_instant_stands_at_the_right_end(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	assert_int_equal(chart_axis_x(0, 1, 84000), 84000);
	assert_int_equal(chart_axis_x(0, 13, 84000), 0);
	assert_int_equal(chart_axis_x(3, 13, 84000), 21000);
	assert_int_equal(chart_axis_x(4095, 4096, 84000), 84000);
	assert_string_equal(names("2026-11-22", 1, 30, CHART_AXIS_ALL, &a), "Nov 26|");
	arena_release(&a);
}

/* The path of a line as the pen writes it. */
static const char *path_of(struct arena *a, const struct chart_line *l, int how, const int32_t *lower)
{
	struct chart c = chart_new(CHART_TREND, CHART_BOX, 100000, 100000, a);
	if (how == 0)
		chart_line(&c, CHART_PLAIN, l);
	if (how == 1)
		chart_line_steps(&c, CHART_PLAIN, l);
	if (how == 2)
		chart_line_area(&c, CHART_PLAIN, l, lower);
	const char *svg = svg_of(&c, a), *d = strstr(svg, " d=\"");
	return d ? d + 4 : "";
}

static void a_gap_in_the_facts_is_a_gap_in_the_line(void **state)
{
	(void)state;
	static const int32_t values[] = {0, 100, CHART_ABSENT, 50, 50};
	static const int32_t lower[] = {0, 0, 0, 0, CHART_ABSENT};
	struct arena a = ARENA(1 << 20);
	struct chart_line l = {values, 5, 100000, {0, 100000, 100, 100000}};
	assert_string_equal(path_of(&a, &l, 0, NULL), "M0 100L25 0M75 50L100 50\"/></svg>");
	assert_string_equal(path_of(&a, &l, 1, NULL), "M0 100L25 100L25 0M75 50L100 50\"/></svg>");
	assert_string_equal(path_of(&a, &l, 2, lower),
			    "M0 100L25 0L25 100L0 100ZM74 50L76 50L76 100L74 100Z\"/></svg>");
	l.n = 0;
	assert_string_equal(path_of(&a, &l, 0, NULL), "");
	l.n = 1;
	assert_string_equal(path_of(&a, &l, 0, NULL), "M98 100L100 100\"/></svg>");
	arena_release(&a);
}

static void steps_hold_until_the_next_value(void **state)
{
	(void)state;
	static const int32_t values[] = {0, 0, 100, 100, 0};
	struct arena a = ARENA(1 << 20);
	struct chart_line l = {values, 5, 100000, {0, 100000, 100, 100000}};
	assert_string_equal(path_of(&a, &l, 1, NULL), "M0 100L50 100L50 0L100 0L100 100\"/></svg>");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(labels_that_keep_their_distance_stay),
	    cmocka_unit_test(labels_that_would_touch_move_down_in_order),
	    cmocka_unit_test(at_the_bottom_they_move_up),
	    cmocka_unit_test(the_top_is_the_lowest_level_that_nothing_is_above),
	    cmocka_unit_test(time_is_named_by_months_with_years_at_the_ends),
	    cmocka_unit_test(days_are_named_where_months_would_repeat),
	    cmocka_unit_test(a_long_time_has_at_most_thirteen_names_with_years),
	    cmocka_unit_test(a_single_instant_stands_at_the_right_end),
	    cmocka_unit_test(a_gap_in_the_facts_is_a_gap_in_the_line),
	    cmocka_unit_test(steps_hold_until_the_next_value),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
