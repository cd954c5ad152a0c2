/* Differences as they are shown: what a reader gets who subtracts the shown numbers. */
#include "core/view_shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void a_number_is_cut_towards_zero(void **state)
{
	(void)state;
	assert_int_equal(view_shown(2419), 2410);
	assert_int_equal(view_shown(-1219), -1210);
	assert_int_equal(view_shown(-9), 0);
}

static void a_difference_is_that_of_the_shown_numbers(void **state)
{
	(void)state;
	assert_int_equal(view_shown_change(1333, 3000), 1670); /* 3.00 - 1.33, although 1.667 would be cut to 1.66 */
	assert_int_equal(view_shown_change(3000, 1333), -1670);
	assert_int_equal(view_shown_change(1229, 2180), 960); /* 2.18 - 1.22, although it is 0.951 */
	assert_int_equal(view_shown_change(2181, 2189), 0);
	assert_int_equal(view_shown_change(2189, 2190), 10);
}

static void the_differences_of_a_chain_add_up(void **state)
{
	static const int32_t chain[] = {1037, 1353, 1577, 1216, 1527, 1658, 2041, 2207, 2114, 2196};
	enum { LINKS = sizeof chain / sizeof *chain - 1 };
	int32_t sum = 0;
	(void)state;
	for (int i = 0; i < LINKS; i++)
		sum += view_shown_change(chain[i], chain[i + 1]);
	assert_int_equal(sum, 1160); /* 2.19 - 1.03 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_number_is_cut_towards_zero),
	    cmocka_unit_test(a_difference_is_that_of_the_shown_numbers),
	    cmocka_unit_test(the_differences_of_a_chain_add_up),
	};
	return cmocka_run_group_tests_name("core/view_shown", tests, NULL, NULL);
}
