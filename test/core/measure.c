#include "score_fixture.h"

static void tallies_add_part_by_part(void **state)
{
	(void)state;
	EXPECT_TALLY(measure_add((struct measure_tally){1, 2, 3}, (struct measure_tally){10, 20, 30}), 11, 22, 33);
	EXPECT_TALLY(measure_add((struct measure_tally){0}, (struct measure_tally){7, 0, 5}), 7, 0, 5);
}

static void the_order_of_adding_does_not_matter(void **state)
{
	(void)state;
	struct measure_tally a = {1000000000, 3, 0}, b = {0, 1000000000, 9}, c = {4, 5, 1000000000};
	struct measure_tally left = measure_add(measure_add(a, b), c), right = measure_add(c, measure_add(b, a));
	EXPECT_TALLY(left, right.yes, right.no, right.unknown);
	EXPECT_TALLY(left, 1000000004, 1000000008, 1000000009);
}

static void the_total_counts_the_unknown_too(void **state)
{
	(void)state;
	assert_int_equal(measure_total((struct measure_tally){1, 20, 300}), 321);
	assert_int_equal(measure_total((struct measure_tally){0}), 0);
	assert_int_equal(measure_total((struct measure_tally){1000000000, 1000000000, 1000000000}),
			 INT64_C(3000000000));
}

static void every_basis_is_found_by_the_word_that_names_it(void **state)
{
	(void)state;
	static const enum measure_basis all[] = {MEASURE_ATTESTED, MEASURE_REVIEWED, MEASURE_MEASURED};
	static const char *const words[] = {"attested", "reviewed", "measured"};
	for (size_t i = 0; i < 3; i++) {
		assert_true(str_eq(measure_basis_name(all[i]), str_from(words[i])));
		assert_int_equal(measure_basis_find(str_from(words[i])), all[i]);
	}
}

static void a_word_that_names_no_basis_is_not_found(void **state)
{
	(void)state;
	static const char *const words[] = {"", " ", "attest", "attestedx", " attested", "measured ", "self", "0"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		assert_int_equal(measure_basis_find(str_from(words[i])), -1);
	assert_int_equal(measure_basis_find((str){"attested\0x", 10}), -1);
}

static int sign(int order)
{
	return (order > 0) - (order < 0);
}

static void measures_are_ordered_by_unit_objective_source_instant_and_record(void **state)
{
	(void)state;
	const struct measure base = {.unit = 5, .objective = 5, .source = 5, .observed_ms = 5, .recorded = 5};
	struct measure later[5] = {base, base, base, base, base};
	later[0].unit = 6, later[0].objective = later[0].source = 0, later[0].observed_ms = later[0].recorded = 0;
	later[1].objective = 6, later[1].source = 0, later[1].observed_ms = later[1].recorded = 0;
	later[2].source = 6, later[2].observed_ms = later[2].recorded = 0;
	later[3].observed_ms = 6, later[3].recorded = 0;
	later[4].recorded = 6;
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(sign(measure_order(&base, &later[i])), -1);
		assert_int_equal(sign(measure_order(&later[i], &base)), 1);
	}
	assert_int_equal(measure_order(&base, &base), 0);
	for (size_t i = 0; i + 1 < 5; i++)
		assert_int_equal(sign(measure_order(&later[i + 1], &later[i])), -1);
}

static void instants_that_do_not_fit_an_int_are_ordered_too(void **state)
{
	(void)state;
	struct measure a = {.observed_ms = INT64_MIN, .recorded = INT64_MAX};
	struct measure b = {.observed_ms = INT64_MAX, .recorded = INT64_MIN};
	assert_int_equal(sign(measure_order(&a, &b)), -1);
	a.observed_ms = b.observed_ms;
	assert_int_equal(sign(measure_order(&a, &b)), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tallies_add_part_by_part),
	    cmocka_unit_test(the_order_of_adding_does_not_matter),
	    cmocka_unit_test(the_total_counts_the_unknown_too),
	    cmocka_unit_test(every_basis_is_found_by_the_word_that_names_it),
	    cmocka_unit_test(a_word_that_names_no_basis_is_not_found),
	    cmocka_unit_test(measures_are_ordered_by_unit_objective_source_instant_and_record),
	    cmocka_unit_test(instants_that_do_not_fit_an_int_are_ordered_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
