#include "chart/rule.h"

#include "chart/range.h"
#include "seen.h"

#define NONE CHART_ABSENT

static const str levels[] = {S("Initial"), S("Repeatable"), S("Defined"), S("Capable"), S("Efficient")};

static struct chart draw(struct chart_rule in, struct arena *a)
{
	struct chart c;
	struct err err = {0};
	if (chart_rule(&in, a, &c, &err) != OK)
		fail_msg("%s", err.message);
	expect_inside(&c);
	expect_xml(svg_of(&c, a));
	return c;
}

static void a_level_is_a_quarter_of_the_scale(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c = draw((struct chart_rule){3000, 4000, NONE, NONE, S("a year ago"), NONE, NULL}, &a);
	assert_int_equal(mark_of(&c, CHART_POSSIBLE, 0)->x, 46500); /* 2 * 93 / 4 */
	assert_int_equal(mark_of(&c, CHART_POSSIBLE, 0)->x2, 69750);
	assert_int_equal(mark_of(&c, CHART_NUMBER_BIG, 0)->x, 45400);
	expect_label(&c, "Scale from 1 to 5: index 3.00, at most 4.00");
	c = draw((struct chart_rule){5000, NONE, NONE, NONE, S("a year ago"), NONE, NULL}, &a);
	assert_int_equal(mark_of(&c, CHART_POINT, 0)->x, 93000);
	c = draw((struct chart_rule){1000, NONE, NONE, NONE, S("a year ago"), NONE, NULL}, &a);
	assert_int_equal(mark_of(&c, CHART_POINT, 0)->x, 0);
	arena_release(&a);
}

static void without_an_index_there_is_nothing_to_show(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c = draw((struct chart_rule){CHART_ABSENT, NONE, NONE, NONE, S("a year ago"), 3000, NULL}, &a);
	assert_int_equal(c.n, 0);
	arena_release(&a);
}

static void a_single_point_has_no_range(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c = draw((struct chart_rule){2500, 2500, NONE, NONE, S("a year ago"), NONE, NULL}, &a);
	assert_int_equal(count_of(&c, CHART_POSSIBLE), 0);
	assert_null(words_of(&c, "at most "));
	assert_int_equal(c.height, 112000);
	arena_release(&a);
}

static void a_name_gives_way_to_a_line_that_stands_in_it(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c = draw((struct chart_rule){3300, NONE, NONE, NONE, S("a year ago"), NONE, levels}, &a);
	assert_int_equal(words_of(&c, "3")->more.n, 0);
	assert_true(str_eq(words_of(&c, "2")->more, S(" Repeatable")));
	assert_int_equal(words_of(&c, "2")->more_show, CHART_WIDE);
	assert_int_equal(words_of(&c, "5")->more.n, 0);
	arena_release(&a);
}

static void labels_that_would_collide_go_a_row_down_in_order_of_value(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c = draw((struct chart_rule){.index = 2400,
						  .high = 2600,
						  .evidenced = 2300,
						  .past = 2200,
						  .past_words = S("a year ago"),
						  .target = 2400},
			      &a);
	assert_int_equal(c.height, 168000 + 2 * 30000);
	assert_int_equal(words_of(&c, "2.20")->y, 135000);
	assert_int_equal(words_of(&c, "2.30")->y, 165000);
	assert_int_equal(words_of(&c, "target")->y, 210000);
	c = draw((struct chart_rule){2400, NONE, 2000, NONE, S("a year ago"), 4000, NULL}, &a);
	assert_int_equal(c.height, 168000);
	assert_int_equal(words_of(&c, "2.00")->y, words_of(&c, "4.00")->y);
	arena_release(&a);
}

static void words_at_the_edges_stay_inside(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c = draw((struct chart_rule){4900, 5000, NONE, 1000, S("a year ago"), 5000, NULL}, &a);
	assert_int_equal(words_of(&c, "1.00")->anchor, CHART_START);
	assert_int_equal(words_of(&c, "5.00")->anchor, CHART_FINISH);
	assert_int_equal(words_of(&c, "at most ")->anchor, CHART_FINISH);
	/* The number of the index stands to the left, where the words would be: they go above it. */
	assert_int_equal(words_of(&c, "at most ")->y, 16000);
	arena_release(&a);
}

static void a_value_outside_of_the_scale_is_not_drawn(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c;
	assert_int_equal(
	    chart_rule(&(struct chart_rule){999, NONE, NONE, NONE, S("a year ago"), NONE, NULL}, &a, &c, NULL), E_BUG);
	assert_int_equal(
	    chart_rule(&(struct chart_rule){2000, NONE, NONE, NONE, S("a year ago"), 5001, NULL}, &a, &c, NULL), E_BUG);
	assert_int_equal(chart_range(&(struct chart_range){0, 2000, 2000}, &a, &c, NULL), E_BUG);
	arena_release(&a);
}

static void equal_marks_of_the_small_scale_collapse(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c;
	assert_int_equal(chart_range(&(struct chart_range){2000, 2000, 2000}, &a, &c, NULL), OK);
	assert_int_equal(count_of(&c, CHART_POSSIBLE) + count_of(&c, CHART_EVIDENCED), 0);
	assert_int_equal(mark_of(&c, CHART_DOT, 0)->x, 26000); /* 2 + 24 */
	expect_label(&c, "index 2.00, evidenced 2.00, at most 2.00");
	assert_int_equal(chart_range(&(struct chart_range){3500, 5000, CHART_ABSENT}, &a, &c, NULL), OK);
	assert_int_equal(mark_of(&c, CHART_DOT, 0)->x, 62000);
	assert_int_equal(mark_of(&c, CHART_POINT, 0)->x, 98000);
	expect_label(&c, "index 3.50, at most 5.00");
	assert_int_equal(chart_range(&(struct chart_range){CHART_ABSENT, 5000, 1000}, &a, &c, NULL), OK);
	assert_int_equal(c.n, 0);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_level_is_a_quarter_of_the_scale),
	    cmocka_unit_test(without_an_index_there_is_nothing_to_show),
	    cmocka_unit_test(a_single_point_has_no_range),
	    cmocka_unit_test(a_name_gives_way_to_a_line_that_stands_in_it),
	    cmocka_unit_test(labels_that_would_collide_go_a_row_down_in_order_of_value),
	    cmocka_unit_test(words_at_the_edges_stay_inside),
	    cmocka_unit_test(a_value_outside_of_the_scale_is_not_drawn),
	    cmocka_unit_test(equal_marks_of_the_small_scale_collapse),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
