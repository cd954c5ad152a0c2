/* Whatever the numbers are, a chart that is drawn stays inside, closes its groups, is XML, and comes out the same
 * twice. */
#include "seen.h"

#include "base/time.h"
#include "chart/bar.h"
#include "chart/measures.h"
#include "chart/radar.h"
#include "chart/range.h"
#include "chart/rule.h"
#include "chart/spark.h"
#include "chart/strip.h"
#include "chart/tally.h"
#include "chart/trend.h"

enum { ROUNDS = 400, MOST = 60 };

/* A generator with its state outside (xorshift64*), so that every run sees the same numbers. */
static uint64_t next(uint64_t *seed)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return *seed * UINT64_C(2685821657736338717);
}

static int64_t below(uint64_t *seed, int64_t n)
{
	return (int64_t)((next(seed) >> 11) % (uint64_t)n);
}

/* An index; often absent, at a border or equal to others. */
static int32_t index_of(uint64_t *seed)
{
	switch (below(seed, 6)) {
	case 0:
		return CHART_ABSENT;
	case 1:
		return 1000;
	case 2:
		return 5000;
	case 3:
		return (int32_t)(1 + below(seed, 5)) * 1000;
	default:
		return (int32_t)(1000 + below(seed, 4001));
	}
}

static int64_t count_any(uint64_t *seed)
{
	static const int64_t most[] = {1, 4, 60, 100000, INT64_C(1) << 53};
	return below(seed, most[below(seed, 5)]);
}

static struct measure_tally tally_of(uint64_t *seed)
{
	return (struct measure_tally){count_any(seed), count_any(seed), count_any(seed)};
}

static void some_rule(uint64_t *s, struct arena *a, struct chart *c)
{
	static const str levels[] = {S("Initial"), S("Repeatable"), S("Defined"), S("Capable"), S("Efficient")};
	struct chart_rule in = {index_of(s), index_of(s), index_of(s), index_of(s), S("then"), index_of(s), levels};
	assert_int_equal(chart_rule(&in, a, c, NULL), OK);
}

static void some_range(uint64_t *s, struct arena *a, struct chart *c)
{
	struct chart_range in = {index_of(s), index_of(s), index_of(s)};
	assert_int_equal(chart_range(&in, a, c, NULL), OK);
}

static void some_tally(uint64_t *s, struct arena *a, struct chart *c)
{
	struct chart_tally in = {tally_of(s), (int32_t)(1 + below(s, 1000)), below(s, 2) == 0};
	assert_int_equal(chart_tally(&in, a, c, NULL), OK);
}

static void some_bar(uint64_t *s, struct arena *a, struct chart *c)
{
	int64_t total = count_any(s);
	if (below(s, 2) == 0) {
		assert_int_equal(chart_bar_progress(below(s, total + 1), total, a, c, NULL), OK);
		return;
	}
	struct chart_bar_distribution in = {.noun = S("units")};
	for (int i = 0; i < 5; i++)
		in.counts[i] = count_any(s) >> 13;
	assert_int_equal(chart_bar_distribution(&in, a, c, NULL), OK);
}

static void some_radar(uint64_t *s, struct arena *a, struct chart *c)
{
	struct chart_radar_spoke spokes[24];
	size_t n = (size_t)below(s, 25);
	for (size_t i = 0; i < n; i++)
		spokes[i] = (struct chart_radar_spoke){S("ABC"), S("/x"), index_of(s), index_of(s), index_of(s)};
	assert_int_equal(chart_radar(&(struct chart_radar){spokes, n}, a, c, NULL), OK);
}

static void some_trend(uint64_t *s, struct arena *a, struct chart *c)
{
	struct chart_trend_point points[MOST];
	size_t events[5], n = (size_t)below(s, MOST + 1);
	for (size_t i = 0; i < n; i++)
		points[i] = (struct chart_trend_point){(int64_t)i * 9 * TIME_DAY_MS, index_of(s), index_of(s),
						       index_of(s), (int32_t)(1 + below(s, 5)) * 1000};
	for (size_t i = 0; n && i < 5; i++)
		events[i] = (size_t)below(s, (int64_t)n);
	struct chart_trend in = {.what = S("Index"),
				 .span = S("a while"),
				 .points = points,
				 .n = n,
				 .target = index_of(s),
				 .events = events,
				 .n_events = n ? 5 : 0,
				 .small = below(s, 2) == 0};
	assert_int_equal(chart_trend(&in, a, c, NULL), OK);
}

static void some_measures(uint64_t *s, struct arena *a, struct chart *c)
{
	struct chart_measures_point points[MOST];
	size_t n = (size_t)below(s, MOST + 1);
	for (size_t i = 0; i < n; i++)
		points[i] = (struct chart_measures_point){(int64_t)i * 30 * TIME_DAY_MS, tally_of(s)};
	struct chart_measures in = {S("a while"), points, n, (int32_t)(1 + below(s, 1000))};
	assert_int_equal(chart_measures(&in, a, c, NULL), OK);
}

static void some_spark(uint64_t *s, struct arena *a, struct chart *c)
{
	int32_t values[MOST];
	size_t n = (size_t)below(s, MOST + 1);
	for (size_t i = 0; i < n; i++)
		values[i] = index_of(s);
	assert_int_equal(chart_spark(&(struct chart_spark){values, n, 0}, a, c, NULL), OK);
}

static void some_strip(uint64_t *s, struct arena *a, struct chart *c)
{
	struct chart_strip_unit units[MOST * 5];
	size_t n = (size_t)below(s, MOST * 5 + 1);
	for (size_t i = 0; i < n; i++)
		units[i] = (struct chart_strip_unit){S("unit & co"), index_of(s)};
	struct chart_strip in = {S("GOV"), S("group"), index_of(s), units, n};
	assert_int_equal(chart_strip(&in, a, c, NULL), OK);
}

static void whatever_the_numbers_are_the_chart_is_sound(void **state)
{
	(void)state;
	static void (*const all[])(uint64_t *, struct arena *, struct chart *) = {
	    some_rule, some_range, some_tally, some_bar, some_radar, some_trend, some_measures, some_spark, some_strip};
	uint64_t seed = UINT64_C(20261122);
	for (size_t i = 0; i < ROUNDS * sizeof all / sizeof *all; i++) {
		struct arena a = ARENA((size_t)64 << 20);
		struct chart one, two;
		uint64_t again = seed;
		all[i % (sizeof all / sizeof *all)](&seed, &a, &one);
		all[i % (sizeof all / sizeof *all)](&again, &a, &two);
		expect_inside(&one);
		const char *svg = svg_of(&one, &a);
		expect_xml(svg);
		assert_string_equal(svg, svg_of(&two, &a));
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(whatever_the_numbers_are_the_chart_is_sound)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
