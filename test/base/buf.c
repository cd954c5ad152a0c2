#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void texts_are_appended(void **state)
{
	(void)state;
	struct buf b = BUF(1000);
	assert_int_equal(buf_str(&b).n, 0);
	buf_add(&b, S("ab"));
	buf_add(&b, (str){NULL, 0});
	buf_char(&b, '-');
	buf_i64(&b, INT64_MIN);
	buf_printf(&b, "<%s %d>", "x", 7);
	assert_true(str_eq(buf_str(&b), S("ab--9223372036854775808<x 7>")));
	assert_int_equal(b.p[b.n], 0);
	assert_int_equal(b.status, OK);
	buf_release(&b);
	assert_null(b.p);
	buf_add(&b, S("again"));
	assert_true(str_eq(buf_str(&b), S("again")));
	buf_release(&b);
}

static void nul_bytes_are_kept(void **state)
{
	(void)state;
	struct buf b = BUF(10);
	buf_add(&b, S("a\0b"));
	buf_char(&b, '\0');
	assert_true(str_eq(buf_str(&b), S("a\0b\0")));
	buf_release(&b);
}

static void the_ceiling_is_exact_and_the_failure_sticks(void **state)
{
	(void)state;
	struct buf b = BUF(5);
	buf_add(&b, S("12345"));
	assert_int_equal(b.status, OK);
	buf_char(&b, '6');
	assert_int_equal(b.status, E_TOO_LARGE);
	assert_true(str_eq(buf_str(&b), S("12345")));
	buf_clear(&b);
	assert_int_equal(b.status, OK);
	assert_int_equal(b.n, 0);
	buf_add(&b, S("123456"));
	assert_int_equal(b.status, E_TOO_LARGE);
	buf_char(&b, 'x'); /* would fit, but comes too late */
	buf_printf(&b, "y");
	assert_int_equal(b.n, 0);
	buf_release(&b);
	assert_int_equal(b.status, OK);
	buf_printf(&b, "%s", "12345");
	assert_int_equal(b.status, OK);
	buf_printf(&b, "%d", 6);
	assert_int_equal(b.status, E_TOO_LARGE);
	assert_true(str_eq(buf_str(&b), S("12345")));
	buf_release(&b);
}

static void a_buffer_of_nothing_holds_nothing(void **state)
{
	(void)state;
	struct buf b = BUF(0);
	buf_add(&b, S(""));
	assert_int_equal(b.status, OK);
	buf_char(&b, 'x');
	assert_int_equal(b.status, E_TOO_LARGE);
	buf_release(&b);
}

static void it_grows_over_many_appends(void **state)
{
	(void)state;
	struct buf b = BUF(1 << 20);
	for (int i = 0; i < 100000; i++)
		buf_char(&b, (char)('a' + i % 26));
	assert_int_equal(b.n, 100000);
	for (size_t i = 0; i < b.n; i++)
		assert_int_equal(b.p[i], 'a' + i % 26);
	buf_release(&b);
}

static void sizes_that_overflow_are_no_memory(void **state)
{
	(void)state;
	static const char byte = 'x';
	struct buf b = BUF(SIZE_MAX);
	buf_char(&b, 'x');
	buf_add(&b, (str){&byte, SIZE_MAX - 1}); /* never read: no machine has room for it */
	assert_int_equal(b.status, E_NO_MEMORY);
	assert_int_equal(b.n, 1);
	buf_clear(&b);
	buf_add(&b, (str){&byte, SIZE_MAX / 2 + 2});
	assert_int_equal(b.status, E_NO_MEMORY);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(texts_are_appended),
	    cmocka_unit_test(nul_bytes_are_kept),
	    cmocka_unit_test(the_ceiling_is_exact_and_the_failure_sticks),
	    cmocka_unit_test(a_buffer_of_nothing_holds_nothing),
	    cmocka_unit_test(it_grows_over_many_appends),
	    cmocka_unit_test(sizes_that_overflow_are_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
