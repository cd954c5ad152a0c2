#include "score_fixture.h"

#include <math.h>

#include "core/sample.h"

/* The interval by another road: its ends are the shares p with (share - p)^2 = z^2 p (1 - p) / n, found by halving. */
static long double wilson_end(int64_t yes, int64_t n, bool upper)
{
	const long double z = 1.959963984540054L, share = (long double)yes / n;
	long double inside = share, outside = upper ? 1 : 0;
	for (int i = 0; i < 200; i++) {
		long double p = (inside + outside) / 2;
		if ((share - p) * (share - p) <= z * z * p * (1 - p) / n)
			inside = p;
		else
			outside = p;
	}
	return inside;
}

static void nothing_looked_at_is_all_unknown(void **state)
{
	(void)state;
	EXPECT_TALLY(sample_tally(0, 0, 500), 0, 0, 500);
	EXPECT_TALLY(sample_tally(0, 0, 0), 0, 0, 0);
	EXPECT_TALLY(sample_tally(0, 0, -5), 0, 0, 0);
}

static void a_whole_population_leaves_nothing_unknown(void **state)
{
	(void)state;
	EXPECT_TALLY(sample_tally(97, 3, 100), 97, 3, 0);
	EXPECT_TALLY(sample_tally(1, 0, 1), 1, 0, 0);
	EXPECT_TALLY(sample_tally(0, 9, 9), 0, 9, 0);
}

static void a_population_smaller_than_what_was_seen_is_not_believed(void **state)
{
	(void)state;
	EXPECT_TALLY(sample_tally(40, 10, 30), 40, 10, 0);
	EXPECT_TALLY(sample_tally(4, 1, 0), 4, 1, 0);
}

/* 81 of 100, z = 1.96: centre (0.81 + 0.0192073) / 1.0384146 = 0.7980940, reach 0.0764, so 0.722215 to 0.874851
 * (the interval that handbooks print for 81 %: 0.7222 to 0.8749). */
static void eighty_one_of_a_hundred_bound_a_population_of_ten_thousand(void **state)
{
	(void)state;
	struct measure_tally t = sample_tally(81, 19, 10000);
	assert_in_range(t.yes, 7220, 7224);
	assert_in_range(t.no, 1249, 1253);
	assert_int_equal(measure_total(t), 10000);
}

/* All 10 of 10: the lower end is n / (n + z^2) = 10 / 13.8414588 = 0.72246; nobody is surely without. */
static void ten_of_ten_say_seven_hundred_and_twenty_two_of_a_thousand(void **state)
{
	(void)state;
	EXPECT_TALLY(sample_tally(10, 0, 1000), 722, 0, 278);
	EXPECT_TALLY(sample_tally(0, 10, 1000), 0, 722, 278);
}

/* The example of docs/checks.md: 0.728041 to 0.962882, where 80 % of 200 would be 160. */
static void twenty_five_of_twenty_eight_do_not_prove_eighty_percent(void **state)
{
	(void)state;
	EXPECT_TALLY(sample_tally(25, 3, 200), 145, 7, 48);
	assert_int_equal(sample_tally(26, 2, 200).yes, 154);
	assert_int_equal(sample_tally(27, 1, 200).yes, 164);
	EXPECT_TALLY(sample_tally(25, 3, 28), 25, 3, 0);
}

/* One of one: 1 / (1 + 3.8414588) = 0.20655. */
static void one_of_one_says_little(void **state)
{
	(void)state;
	EXPECT_TALLY(sample_tally(1, 0, 1000), 206, 0, 794);
}

static void what_was_seen_is_certain_whatever_the_interval_says(void **state)
{
	(void)state;
	EXPECT_TALLY(sample_tally(1, 0, 2), 1, 0, 1);
	EXPECT_TALLY(sample_tally(1, 1, 3), 1, 1, 1);
	EXPECT_TALLY(sample_tally(50, 49, 100), 50, 49, 1);
}

static void every_sample_agrees_with_the_interval_found_by_halving(void **state)
{
	(void)state;
	static const int64_t populations[] = {10, 99, 100, 101, 777, 10000, 123456789, 1000000000};
	int64_t compared = 0, bounded = 0;
	for (int64_t n = 1; n <= 60; n++)
		for (int64_t yes = 0; yes <= n; yes++)
			for (size_t i = 0; i < sizeof populations / sizeof *populations; i++) {
				int64_t all = populations[i], no = n - yes;
				struct measure_tally t = sample_tally(yes, no, all);
				if (all <= n)
					continue;
				long double low = all * wilson_end(yes, n, false);
				long double high = all * (1 - wilson_end(yes, n, true));
				int64_t surely = (int64_t)floorl(low), surely_not = (int64_t)floorl(high);
				surely = surely < yes ? yes : surely;
				surely_not = surely_not < no ? no : surely_not;
				/* A whole member apart only where the interval ends on a whole number. */
				assert_true(llabs(t.yes - surely) <= 1 && llabs(t.no - surely_not) <= 1);
				assert_true(t.yes == surely || fabsl(low - roundl(low)) < 1e-4L);
				assert_true(t.no == surely_not || fabsl(high - roundl(high)) < 1e-4L);
				compared++;
				bounded += t.unknown > 0;
			}
	assert_true(compared > 10000 && bounded > 10000);
}

static void a_sample_never_invents_nor_loses_a_member(void **state)
{
	(void)state;
	for (int64_t n = 1; n <= 40; n++)
		for (int64_t yes = 0; yes <= n; yes++)
			for (int64_t all = n; all <= n + 60; all++) {
				struct measure_tally t = sample_tally(yes, n - yes, all);
				assert_int_equal(measure_total(t), all);
				assert_true(t.yes >= yes && t.no >= n - yes && t.unknown >= 0);
				struct measure_tally mirror = sample_tally(n - yes, yes, all);
				assert_true(llabs(mirror.no - t.yes) <= 1 && llabs(mirror.yes - t.no) <= 1);
			}
}

static void the_greatest_counts_do_not_overflow(void **state)
{
	(void)state;
	struct measure_tally t = sample_tally(500000000, 499999999, 1000000000);
	EXPECT_TALLY(t, 500000000, 499999999, 1);
	EXPECT_TALLY(sample_tally(1000000000, 0, 1000000000), 1000000000, 0, 0);
	t = sample_tally(1000000000, 1000000000, INT64_C(3000000000));
	assert_int_equal(measure_total(t), INT64_C(3000000000));
	assert_true(t.yes >= 1000000000 && t.no >= 1000000000 && t.unknown >= 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_looked_at_is_all_unknown),
	    cmocka_unit_test(a_whole_population_leaves_nothing_unknown),
	    cmocka_unit_test(a_population_smaller_than_what_was_seen_is_not_believed),
	    cmocka_unit_test(eighty_one_of_a_hundred_bound_a_population_of_ten_thousand),
	    cmocka_unit_test(ten_of_ten_say_seven_hundred_and_twenty_two_of_a_thousand),
	    cmocka_unit_test(twenty_five_of_twenty_eight_do_not_prove_eighty_percent),
	    cmocka_unit_test(one_of_one_says_little),
	    cmocka_unit_test(what_was_seen_is_certain_whatever_the_interval_says),
	    cmocka_unit_test(every_sample_agrees_with_the_interval_found_by_halving),
	    cmocka_unit_test(a_sample_never_invents_nor_loses_a_member),
	    cmocka_unit_test(the_greatest_counts_do_not_overflow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
