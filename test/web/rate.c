#include "db/room.h"

#include "web/rate.h"

static struct rate *opened(struct arena *a)
{
	struct rate *r = NULL;
	assert_int_equal(rate_open(a, &r, NULL), OK);
	return r;
}

static void a_bucket_gives_its_limit_and_then_one_at_a_time(void **state)
{
	struct arena a = ARENA(4 << 20);
	struct rate *r = opened(&a);
	struct rate_state s;
	(void)state;
	for (int i = 0; i < 60; i++) {
		assert_true(rate_take(r, S("token"), S("1"), 60, 1000, &s));
		assert_int_equal(s.remaining, 59 - i);
		assert_int_equal(s.retry_s, 0);
	}
	assert_false(rate_take(r, S("token"), S("1"), 60, 1000, &s));
	assert_int_equal(s.limit, 60);
	assert_int_equal(s.remaining, 0);
	assert_int_equal(s.retry_s, 1);
	assert_int_equal(s.reset_s, 60);
	assert_false(rate_take(r, S("token"), S("1"), 60, 1999, &s));
	assert_true(rate_take(r, S("token"), S("1"), 60, 2000, &s));
	assert_false(rate_take(r, S("token"), S("1"), 60, 2000, &s));
	arena_release(&a);
}

static void a_bucket_is_full_after_a_minute_and_never_fuller(void **state)
{
	struct arena a = ARENA(4 << 20);
	struct rate *r = opened(&a);
	struct rate_state s;
	(void)state;
	assert_true(rate_take(r, S("token"), S("1"), 3, 0, &s));
	assert_true(rate_take(r, S("token"), S("1"), 3, 0, &s));
	assert_true(rate_take(r, S("token"), S("1"), 3, 600000, &s));
	assert_int_equal(s.remaining, 2);
	assert_int_equal(s.reset_s, 20);
	arena_release(&a);
}

static void the_same_key_of_another_kind_is_somebody_else(void **state)
{
	struct arena a = ARENA(4 << 20);
	struct rate *r = opened(&a);
	struct rate_state s;
	(void)state;
	assert_true(rate_take(r, S("token"), S("1"), 1, 0, &s));
	assert_false(rate_take(r, S("token"), S("1"), 1, 0, &s));
	assert_true(rate_take(r, S("session"), S("1"), 1, 0, &s));
	assert_true(rate_take(r, S("token"), S("2"), 1, 0, &s));
	arena_release(&a);
}

static void all_addresses_of_a_network_share_a_bucket(void **state)
{
	struct arena a = ARENA(4 << 20);
	struct rate *r = opened(&a);
	struct rate_state s;
	(void)state;
	assert_true(rate_take(r, S("address"), S("fd00:77::1"), 2, 0, &s));
	assert_true(rate_take(r, S("address"), S("fd00:77::2:0:0:3"), 2, 0, &s));
	assert_false(rate_take(r, S("address"), S("fd00:77::3"), 2, 0, &s));
	assert_true(rate_take(r, S("address"), S("fd00:77:0:1::3"), 2, 0, &s));
	assert_true(rate_take(r, S("address"), S("192.0.2.1"), 1, 0, &s));
	assert_true(rate_take(r, S("address"), S("192.0.2.2"), 1, 0, &s));
	arena_release(&a);
}

static void a_clock_that_goes_back_gives_nothing(void **state)
{
	struct arena a = ARENA(4 << 20);
	struct rate *r = opened(&a);
	struct rate_state s;
	(void)state;
	assert_true(rate_take(r, S("token"), S("1"), 1, 5000, &s));
	assert_false(rate_take(r, S("token"), S("1"), 1, 1000, &s));
	arena_release(&a);
}

/* Far more strangers than places: the table stays as it is, and each is answered. */
static void the_table_does_not_grow(void **state)
{
	struct arena a = ARENA(4 << 20);
	struct rate *r = opened(&a);
	struct rate_state s;
	size_t before = a.used_bytes;
	char key[16];
	(void)state;
	for (int i = 0; i < 50000; i++) {
		int n = snprintf(key, sizeof key, "%d", i);
		assert_true(rate_take(r, S("address"), (str){key, (size_t)n}, 1, i, &s));
	}
	assert_int_equal(a.used_bytes, before);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_bucket_gives_its_limit_and_then_one_at_a_time),
	    cmocka_unit_test(a_bucket_is_full_after_a_minute_and_never_fuller),
	    cmocka_unit_test(the_same_key_of_another_kind_is_somebody_else),
	    cmocka_unit_test(all_addresses_of_a_network_share_a_bucket),
	    cmocka_unit_test(a_clock_that_goes_back_gives_nothing),
	    cmocka_unit_test(the_table_does_not_grow),
	};
	return cmocka_run_group_tests_name("rate", tests, NULL, NULL);
}
