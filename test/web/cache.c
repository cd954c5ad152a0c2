#include "web/cache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

struct fixture {
	struct arena a;
	struct cache *cache;
};

static int open_it(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct err err;
	assert_non_null(f);
	f->a = ARENA((size_t)16 << 20);
	assert_int_equal(cache_open(&f->a, LIMIT_CACHE_BYTES, &f->cache, &err), OK);
	*state = f;
	return 0;
}

static int close_it(void **state)
{
	struct fixture *f = *state;
	cache_close(f->cache);
	arena_release(&f->a);
	free(f);
	return 0;
}

static bool has(struct fixture *f, str session, str address, int64_t generation, int64_t now_ms)
{
	struct cache_page page = {0};
	bool found = cache_find(f->cache, session, address, generation, now_ms, &page);
	cache_drop(&page);
	return found;
}

static void a_page_is_good_for_its_session_address_generation_and_time(void **state)
{
	struct fixture *f = *state;
	struct cache_page page = {0};
	cache_put(f->cache, S("ada"), S("/?unit=a"), 7, 1000, S("a page"));
	assert_true(cache_find(f->cache, S("ada"), S("/?unit=a"), 7, 999, &page));
	assert_true(str_eq(shared_bytes(page.plain), S("a page")));
	cache_drop(&page);
	assert_false(has(f, S("bo"), S("/?unit=a"), 7, 999));
	assert_false(has(f, S("ada"), S("/?unit=b"), 7, 999));
	assert_false(has(f, S("ada"), S("/?unit=a"), 8, 999));
	assert_false(has(f, S("ada"), S("/?unit=a"), 7, 1000));
	assert_false(has(f, S("ada/?unit=a"), S(""), 7, 999));
}

static void a_newer_page_takes_the_place_of_an_older_one(void **state)
{
	struct fixture *f = *state;
	struct cache_page page = {0}, old = {0};
	cache_put(f->cache, S("ada"), S("/"), 1, 1000, S("old"));
	assert_true(cache_find(f->cache, S("ada"), S("/"), 1, 0, &old));
	cache_put(f->cache, S("ada"), S("/"), 2, 1000, S("new"));
	assert_true(cache_find(f->cache, S("ada"), S("/"), 2, 0, &page));
	assert_true(str_eq(shared_bytes(page.plain), S("new")));
	assert_true(str_eq(shared_bytes(old.plain), S("old")));
	cache_drop(&page);
	cache_drop(&old);
}

static void it_never_grows_beyond_its_limit(void **state)
{
	struct fixture *f = *state;
	enum { N = 1 << 19 };
	char *bytes = malloc(N), address[32];
	int kept = 0;
	assert_non_null(bytes);
	srand(1);
	for (size_t i = 0; i < N; i++)
		bytes[i] = (char)rand();
	for (int i = 0; i < 100; i++) {
		(void)snprintf(address, sizeof address, "/%d", i);
		cache_put(f->cache, S("ada"), str_from(address), 1, 1000, (str){bytes, N});
	}
	for (int i = 0; i < 100; i++) {
		(void)snprintf(address, sizeof address, "/%d", i);
		kept += has(f, S("ada"), str_from(address), 1, 0);
	}
	assert_true(kept > 4);
	assert_true((size_t)kept * N <= LIMIT_CACHE_BYTES);
	assert_true(has(f, S("ada"), S("/99"), 1, 0));
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(a_page_is_good_for_its_session_address_generation_and_time, open_it,
					    close_it),
	    cmocka_unit_test_setup_teardown(a_newer_page_takes_the_place_of_an_older_one, open_it, close_it),
	    cmocka_unit_test_setup_teardown(it_never_grows_beyond_its_limit, open_it, close_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
