/**
 * The state of a feed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* first the above */
#include <cmocka.h>

#include "core/feed.h"

static void the_worst_that_holds_is_the_state(void **state)
{
	(void)state;
	struct feed_facts f = {.newest_ms = 1000, .every_ms = -1, .failed_ms = -1, .written_ms = 1100};
	assert_int_equal(feed_state(&f, 999999), FEED_FRESH); /* nothing was promised */
	f.every_ms = 50;
	assert_int_equal(feed_state(&f, 1050), FEED_FRESH); /* due now */
	assert_int_equal(feed_state(&f, 1051), FEED_LATE);
	f.too_old = true;
	assert_int_equal(feed_state(&f, 1051), FEED_STALE);
	f.failed_ms = 1099; /* and mended since */
	assert_int_equal(feed_state(&f, 1051), FEED_STALE);
	f.failed_ms = 1100;
	assert_int_equal(feed_state(&f, 1051), FEED_FAILING);
	f.retired = true;
	assert_int_equal(feed_state(&f, 1051), FEED_RETIRED);
}

static void a_feed_that_never_showed_anything_is_not_late(void **state)
{
	(void)state;
	struct feed_facts f = {.newest_ms = -1, .every_ms = 50, .failed_ms = -1, .written_ms = -1};
	assert_int_equal(feed_state(&f, 1000), FEED_FRESH);
	f.failed_ms = 10;
	assert_int_equal(feed_state(&f, 1000), FEED_FAILING);
}

static void each_state_has_its_word(void **state)
{
	(void)state;
	for (int s = 0; s < FEED_STATES; s++)
		for (int k = 0; k < s; k++)
			assert_false(str_eq(feed_state_name((enum feed_state)s), feed_state_name((enum feed_state)k)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_worst_that_holds_is_the_state),
	    cmocka_unit_test(a_feed_that_never_showed_anything_is_not_late),
	    cmocka_unit_test(each_state_has_its_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
