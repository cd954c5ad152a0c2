#include "base/gzip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

/* What comes out when another program unpacks it. */
static size_t unpacked(str packed, char *out, size_t cap)
{
	z_stream z = {.next_in = (unsigned char *)(uintptr_t)packed.p,
		      .avail_in = (unsigned)packed.n,
		      .next_out = (unsigned char *)out,
		      .avail_out = (unsigned)cap};
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(inflateEnd(&z), Z_OK);
	return z.total_out;
}

static void what_is_packed_comes_out_again(void **state)
{
	(void)state;
	enum { N = 200000 };
	char *bytes = malloc(N), *again = malloc(N);
	struct buf packed = BUF(N);
	struct err err;
	assert_non_null(bytes);
	assert_non_null(again);
	for (size_t i = 0; i < N; i++)
		bytes[i] = (char)(i * i / 7);
	assert_int_equal(gzip_pack((str){bytes, N}, GZIP_QUICK, &packed, &err), OK);
	assert_true(packed.n < N);
	assert_int_equal(unpacked(buf_str(&packed), again, N), N);
	assert_memory_equal(bytes, again, N);
	buf_release(&packed);
	free(bytes);
	free(again);
}

static void nothing_is_packed_as_nothing(void **state)
{
	(void)state;
	char out[1];
	struct buf packed = BUF(100);
	struct err err;
	assert_int_equal(gzip_pack((str){0}, GZIP_SMALL, &packed, &err), OK);
	assert_int_equal(unpacked(buf_str(&packed), out, 1), 0);
	buf_release(&packed);
}

static void a_buf_that_is_too_small_is_said(void **state)
{
	(void)state;
	char bytes[4096];
	struct buf packed = BUF(64);
	struct err err;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 2654435761u >> 13);
	assert_int_equal(gzip_pack((str){bytes, sizeof bytes}, GZIP_SMALL, &packed, &err), E_TOO_LARGE);
	buf_release(&packed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_packed_comes_out_again),
	    cmocka_unit_test(nothing_is_packed_as_nothing),
	    cmocka_unit_test(a_buf_that_is_too_small_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
