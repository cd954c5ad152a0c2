#include "chart/svg.h"

#include "chart/radar.h"
#include "chart/strip.h"
#include "seen.h"

static struct chart blank(enum chart_frame frame, struct arena *a)
{
	return chart_new(CHART_AGE, frame, CHART_WIDTH, 50000, a);
}

static void numbers_are_as_short_as_they_can_be(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c = blank(CHART_FLUID, &a);
	chart_add(&c, (struct chart_mark){
			  .shape = CHART_LINE, .role = CHART_TICK, .x = 0, .x2 = 12345, .y = -1500, .y2 = 20});
	assert_string_equal(svg_of(&c, &a),
			    "<svg aria-hidden=\"true\"><line class=\"t\" x1=\"0\" x2=\"12.345%\" y1=\"-1.5\" "
			    "y2=\"0.02\"/></svg>");
	arena_release(&a);
}

static void inside_of_an_area_or_place_units_count(void **state)
{
	(void)state;
	static const struct chart_point points[] = {{0, 0, true}, {50000, 100000, false}};
	struct arena a = ARENA(1 << 20);
	struct chart c = blank(CHART_FLUID, &a);
	chart_add(&c, (struct chart_mark){.shape = CHART_AREA, .y = 20000, .x2 = 84000, .y2 = 30000});
	chart_add(&c, (struct chart_mark){.shape = CHART_PATH, .role = CHART_INDEX, .n = 2, .points = points});
	chart_end(&c);
	chart_add(&c, (struct chart_mark){.shape = CHART_PLACE, .x = 50000, .y = 5000});
	chart_add(&c, (struct chart_mark){.shape = CHART_DISC, .role = CHART_DOT, .x = 1000, .r = 4500});
	chart_end(&c);
	chart_add(&c, (struct chart_mark){.shape = CHART_DISC, .role = CHART_DOT, .x = 1000, .r = 4500});
	assert_string_equal(
	    svg_of(&c, &a),
	    "<svg aria-hidden=\"true\"><svg x=\"0\" y=\"20\" width=\"84%\" height=\"10\" viewBox=\"0 0 100 "
	    "100\" preserveAspectRatio=\"none\"><path class=\"idx\" d=\"M0 0L50 100\"/></svg><svg x=\"50%\" "
	    "y=\"5\" width=\"1\" height=\"1\"><circle class=\"dot\" cx=\"1\" cy=\"0\" r=\"4.5\"/></svg>"
	    "<circle class=\"dot\" cx=\"1%\" cy=\"0\" r=\"4.5\"/></svg>");
	arena_release(&a);
}

static void texts_cannot_become_markup(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c = blank(CHART_FLUID, &a);
	str evil = S("\"'><script>&\x01");
	c.label = evil;
	chart_add(&c, (struct chart_mark){.shape = CHART_LINK, .text = evil});
	chart_add(&c, (struct chart_mark){.shape = CHART_WORDS, .text = evil, .more = evil});
	chart_add(&c, (struct chart_mark){.shape = CHART_DISC, .title = evil});
	chart_end(&c);
	const char *svg = svg_of(&c, &a);
	expect_xml(svg);
	assert_null(strstr(svg, "<script"));
	assert_non_null(strstr(svg, " role=\"group\" aria-label=\"&quot;&#39;&gt;&lt;script&gt;&amp;"));
	arena_release(&a);
}

static void texts_that_are_no_text_make_xml_too(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c;
	struct chart_radar_spoke spokes[3];
	for (int i = 0; i < 3; i++)
		spokes[i] = (struct chart_radar_spoke){S("\xff\xfe\0<"), S("x\"y"), 2000, 2000, 2000};
	assert_int_equal(chart_radar(&(struct chart_radar){spokes, 3}, &a, &c, NULL), OK);
	expect_xml(svg_of(&c, &a));
	struct chart_strip_unit unit = {S("\xc3(\n]]>"), 2000};
	assert_int_equal(chart_strip(&(struct chart_strip){S("\xff"), S("&"), 2000, &unit, 1}, &a, &c, NULL), OK);
	expect_xml(svg_of(&c, &a));
	arena_release(&a);
}

static void a_full_buffer_is_seen_in_its_status(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c = blank(CHART_FLUID, &a);
	struct buf b = BUF(20);
	chart_add(&c, (struct chart_mark){.shape = CHART_WORDS, .text = S("words")});
	chart_svg(&b, &c);
	assert_int_equal(b.status, E_TOO_LARGE);
	buf_release(&b);
	arena_release(&a);
}

static void the_texture_is_xml_and_has_the_name_that_tallies_use(void **state)
{
	(void)state;
	struct buf b = BUF(4096);
	chart_svg_patterns(&b);
	expect_xml(b.p);
	assert_non_null(strstr(b.p, "id=\"p-unk\""));
	buf_release(&b);
}

static void an_empty_chart_is_nothing(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct chart c = blank(CHART_BOX, &a);
	assert_string_equal(svg_of(&c, &a), "");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_are_as_short_as_they_can_be),
	    cmocka_unit_test(inside_of_an_area_or_place_units_count),
	    cmocka_unit_test(texts_cannot_become_markup),
	    cmocka_unit_test(texts_that_are_no_text_make_xml_too),
	    cmocka_unit_test(a_full_buffer_is_seen_in_its_status),
	    cmocka_unit_test(the_texture_is_xml_and_has_the_name_that_tallies_use),
	    cmocka_unit_test(an_empty_chart_is_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
