#include "web/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void fields_are_taken_apart_and_decoded(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct request_fields f = {0};
	struct err err;
	assert_int_equal(request_fields_read(S("a=1&b=x+y%26z&&c&a=2"), &a, &f, &err), OK);
	assert_int_equal(f.n, 4);
	assert_true(str_eq(request_field(&f, S("a")), S("1")));
	assert_true(str_eq(request_field(&f, S("b")), S("x y&z")));
	assert_true(str_eq(request_field(&f, S("c")), S("")));
	assert_null(request_field(&f, S("d")).p);
	arena_release(&a);
}

static void what_cannot_be_decoded_is_refused(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	const str bad[] = {S("a=%"), S("a=%2"), S("a=%zz"), S("a=%00"), S("a=%ff"), S("%c3%28=1")};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct request_fields f = {0};
		struct err err;
		assert_int_equal(request_fields_read(bad[i], &a, &f, &err), E_INVALID);
	}
	arena_release(&a);
}

static void there_is_a_most_of_fields(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct request_fields f = {0};
	struct err err;
	for (int i = 0; i < REQUEST_FIELDS; i++)
		assert_int_equal(request_fields_add(&f, S("a"), S("1"), &a, &err), OK);
	assert_int_equal(request_fields_add(&f, S("a"), S("1"), &a, &err), E_TOO_LARGE);
	assert_int_equal(request_fields_read(S("a=1"), &a, &f, &err), E_INVALID);
	assert_string_equal(err.message, "the address has more than 256 fields");
	arena_release(&a);
}

static void a_cookie_is_found_by_its_whole_name(void **state)
{
	(void)state;
	struct request q = {.cookie = S("xaismm=1; aismm=two; aismm2=3")};
	assert_true(str_eq(request_cookie(&q, S("aismm")), S("two")));
	assert_null(request_cookie(&q, S("mm")).p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fields_are_taken_apart_and_decoded),
	    cmocka_unit_test(what_cannot_be_decoded_is_refused),
	    cmocka_unit_test(there_is_a_most_of_fields),
	    cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
