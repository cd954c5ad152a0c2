/* The charts of the reference pages, from their numbers: the SVG, byte for byte. AISMM_GOLDEN=write writes it down. */
#include "seen.h"

#include "chart/bar.h"
#include "chart/measures.h"
#include "chart/radar.h"
#include "chart/range.h"
#include "chart/rule.h"
#include "chart/spark.h"
#include "chart/strip.h"
#include "chart/tally.h"
#include "chart/trend.h"

enum { MONTHS = 13, PATH_BYTES = 512 };

static const str levels[] = {S("Initial"), S("Repeatable"), S("Defined"), S("Capable"), S("Efficient")};

/* 22 Nov 2025 and the same day of the twelve months after it. */
static const int64_t months[MONTHS] = {INT64_C(1763769600000), INT64_C(1766361600000), INT64_C(1769040000000),
				       INT64_C(1771718400000), INT64_C(1774137600000), INT64_C(1776816000000),
				       INT64_C(1779408000000), INT64_C(1782086400000), INT64_C(1784678400000),
				       INT64_C(1787356800000), INT64_C(1790035200000), INT64_C(1792627200000),
				       INT64_C(1795305600000)};

static void path_of(const char *name, char *path)
{
	(void)snprintf(path, PATH_BYTES, "%s/test/golden/chart/%s.svg", TEST_TOP, name);
}

static void write_down(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0 && fputc('\n', f) == '\n');
	assert_int_equal(fclose(f), 0);
}

static void expect_file(const char *path, const char *text)
{
	size_t n = strlen(text);
	char *wanted = malloc(n + 3);
	FILE *f = fopen(path, "r");
	if (!f)
		fail_msg("%s is missing", path);
	assert_non_null(wanted);
	size_t got = fread(wanted, 1, n + 2, f);
	if (got != n + 1 || memcmp(wanted, text, n) != 0 || wanted[n] != '\n')
		fail_msg("%s is not what is drawn:\n%s", path, text);
	free(wanted);
	(void)fclose(f);
}

static void expect_golden(const char *name, const struct chart *c, struct arena *a)
{
	char path[PATH_BYTES];
	const char *svg = svg_of(c, a), *golden = getenv("AISMM_GOLDEN");
	path_of(name, path);
	expect_xml(svg);
	if (golden && strcmp(golden, "write") == 0)
		write_down(path, svg);
	expect_file(path, svg);
}

/* A chart of an input of its kind, against its golden file. */
#define GOLDEN(name, call, ...)                                                                                        \
	do {                                                                                                           \
		struct arena a_ = ARENA((size_t)16 << 20);                                                             \
		struct chart c_;                                                                                       \
		struct err err_ = {0};                                                                                 \
		if (call(__VA_ARGS__, &a_, &c_, &err_) != OK)                                                          \
			fail_msg("%s", err_.message);                                                                  \
		expect_golden(name, &c_, &a_);                                                                         \
		arena_release(&a_);                                                                                    \
	} while (0)

static void the_rule_of_the_overview(void **state)
{
	(void)state;
	struct chart_rule in = {.index = 2284,
				.high = 2520,
				.evidenced = 2104,
				.past = 1069,
				.past_words = S("a year ago"),
				.target = 3333,
				.levels = levels};
	GOLDEN("rule", chart_rule, &in);
}

static void the_rule_of_an_empty_store(void **state)
{
	(void)state;
	struct chart_rule in = {.index = 1000,
				.high = 5000,
				.evidenced = CHART_ABSENT,
				.past = CHART_ABSENT,
				.target = CHART_ABSENT,
				.levels = levels};
	GOLDEN("rule_empty", chart_rule, &in);
}

static void the_small_scales_of_a_category(void **state)
{
	(void)state;
	GOLDEN("range_evidenced", chart_range, &((struct chart_range){3333, 3333, 3000}));
	GOLDEN("range_all", chart_range, &((struct chart_range){1333, 1667, 1000}));
	GOLDEN("range_alone", chart_range, &((struct chart_range){1667, 1667, 1667}));
}

static void the_tallies(void **state)
{
	(void)state;
	GOLDEN("tally", chart_tally, &((struct chart_tally){{412, 44, 31}, 900, false}));
	GOLDEN("tally_big", chart_tally, &((struct chart_tally){{412, 44, 31}, 900, true}));
	GOLDEN("tally_known", chart_tally, &((struct chart_tally){{23, 108, 0}, 900, false}));
}

static void the_small_bars(void **state)
{
	(void)state;
	GOLDEN("age", chart_bar_age, &((struct chart_bar_age){2, 30, false}));
	GOLDEN("age_stale", chart_bar_age, &((struct chart_bar_age){39, 30, true}));
	GOLDEN("rungs", chart_bar_rungs, 2);
	GOLDEN("progress", chart_bar_progress, 11, 18);
	GOLDEN("fill", chart_bar_fill, 4, 763);
	GOLDEN("distribution", chart_bar_distribution, &((struct chart_bar_distribution){{4, 3, 2, 1, 0}, S("units")}));
}

static void the_radar(void **state)
{
	(void)state;
	struct chart_radar_spoke spokes[] = {
	    {S("GOV"), S("category.html"), 3000, 4000, 1333}, {S("ORG"), S("category.html"), 2000, 3000, 1000},
	    {S("IAM"), S("category.html"), 2333, 4000, 1000}, {S("MON"), S("category.html"), 2000, 3000, 1000},
	    {S("INF"), S("category.html"), 3333, 3000, 1000}, {S("MOD"), S("category.html"), 2000, 3000, 1000},
	    {S("APP"), S("category.html"), 2250, 4000, 1000}, {S("DAT"), S("category.html"), 1500, 3000, 1000},
	    {S("RSK"), S("category.html"), 3000, 3000, 1000}, {S("DEV"), S("category.html"), 2000, 3000, 1000},
	    {S("CMP"), S("category.html"), 2000, 3000, 1000}, {S("IR"), S("category.html"), 2000, 4000, 1500}};
	GOLDEN("radar", chart_radar, &((struct chart_radar){spokes, 12}));
	spokes[2].index = spokes[2].target = spokes[2].past = CHART_ABSENT;
	GOLDEN("radar_gap", chart_radar, &((struct chart_radar){spokes, 12}));
}

static void the_course_of_the_program(void **state)
{
	(void)state;
	static const int32_t index[] = {1069, 1111, 1305, 1444, 1597, 1777, 1930, 2000, 2041, 2166, 2215, 2243, 2284};
	static const int32_t high[] = {1111, 1194, 1333, 1527, 1624, 1833, 1930, 2000, 2083, 2166, 2215, 2243, 2520};
	static const int32_t shown[] = {1069, 1111, 1305, 1444, 1555, 1708, 1833, 1874, 1888, 2013, 2034, 2062, 2104};
	static const size_t events[] = {3, 6, 8, 9, 12};
	struct chart_trend_point points[MONTHS];
	for (size_t i = 0; i < MONTHS; i++)
		points[i] = (struct chart_trend_point){months[i], index[i], high[i], shown[i], 1000};
	struct chart_trend in = {.what = S("Program index"),
				 .span = S("twelve months"),
				 .points = points,
				 .n = MONTHS,
				 .target = 3333,
				 .events = events,
				 .n_events = 5,
				 .levels = levels};
	GOLDEN("trend", chart_trend, &in);
	for (size_t i = 4; i < 7; i++)
		points[i].index = points[i].high = points[i].evidenced = points[i].floor = CHART_ABSENT;
	GOLDEN("trend_gap", chart_trend, &in);
}

static void the_course_of_a_category(void **state)
{
	(void)state;
	static const int32_t index[] = {1000, 1000, 1000, 1333, 1333, 1667, 2000, 2000, 2000, 2000, 2333, 2333, 2333};
	static const int32_t high[] = {1000, 1000, 1333, 1333, 1667, 2000, 2000, 2000, 2000, 2000, 2333, 2333, 3333};
	struct chart_trend_point points[MONTHS];
	for (size_t i = 0; i < MONTHS; i++)
		points[i] =
		    (struct chart_trend_point){months[i], index[i], high[i], CHART_ABSENT, index[i] / 1000 * 1000};
	struct chart_trend in = {.what = S("IAM index"),
				 .span = S("twelve months"),
				 .points = points,
				 .n = MONTHS,
				 .target = 4000,
				 .small = true};
	GOLDEN("trend_small", chart_trend, &in);
}

static void the_measures_of_an_objective(void **state)
{
	(void)state;
	static const struct measure_tally tallies[] = {{199, 220, 68}, {204, 215, 68}, {214, 210, 63}, {228, 201, 58},
						       {228, 201, 58}, {253, 186, 48}, {282, 162, 43}, {297, 152, 38},
						       {321, 142, 24}, {345, 118, 24}, {374, 99, 14},  {404, 83, 0},
						       {412, 44, 31}};
	struct chart_measures_point points[MONTHS];
	for (size_t i = 0; i < MONTHS; i++)
		points[i] = (struct chart_measures_point){months[i], tallies[i]};
	GOLDEN("measures", chart_measures, &((struct chart_measures){S("twelve months"), points, MONTHS, 900}));
}

static void the_lines_of_the_map(void **state)
{
	(void)state;
	static const int32_t index[] = {1333, 1333, 1667, 2000, 2000, 2000, 2000, 2333, 2667, 3000, 3000, 3000, 3000};
	GOLDEN("spark", chart_spark, &((struct chart_spark){index, MONTHS, 0}));
}

static void the_spread_over_the_units(void **state)
{
	(void)state;
	static const struct chart_strip_unit gov[] = {{S("Payments"), 4500},         {S("Cards & Lending"), 4000},
						      {S("Digital Channels"), 3333}, {S("Claims"), 1333},
						      {S("Underwriting"), 1333},     {S("Advisory"), 4000},
						      {S("Market Research"), 1333},  {S("Cloud Platform"), 4500},
						      {S("ML Platform"), 3000},      {S("Corporate IT"), 4000}};
	static const struct chart_strip_unit app[] = {{S("Payments"), 2500},         {S("Cards & Lending"), 4500},
						      {S("Digital Channels"), 2500}, {S("Claims"), 1000},
						      {S("Underwriting"), 2500},     {S("Advisory"), 2500},
						      {S("Market Research"), 1667},  {S("Cloud Platform"), 4000},
						      {S("ML Platform"), 2500},      {S("Corporate IT"), 2500}};
	GOLDEN("strip", chart_strip, &((struct chart_strip){S("GOV"), S("group"), 3000, gov, 10}));
	GOLDEN("strip_high", chart_strip, &((struct chart_strip){S("APP"), S("group"), 2250, app, 10}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_rule_of_the_overview),
	    cmocka_unit_test(the_rule_of_an_empty_store),
	    cmocka_unit_test(the_small_scales_of_a_category),
	    cmocka_unit_test(the_tallies),
	    cmocka_unit_test(the_small_bars),
	    cmocka_unit_test(the_radar),
	    cmocka_unit_test(the_course_of_the_program),
	    cmocka_unit_test(the_course_of_a_category),
	    cmocka_unit_test(the_measures_of_an_objective),
	    cmocka_unit_test(the_lines_of_the_map),
	    cmocka_unit_test(the_spread_over_the_units),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
