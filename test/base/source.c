#include "base/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"

static void a_text_is_given_in_pieces(void **state)
{
	(void)state;
	struct source s = source_text(S("t"), S("abcdefg"));
	char p[3];
	size_t n;
	struct err err;
	assert_int_equal(source_read(&s, p, 3, &n, &err), OK);
	assert_true(n == 3 && memcmp(p, "abc", 3) == 0);
	assert_int_equal(source_read(&s, p, 3, &n, &err), OK);
	assert_int_equal(source_read(&s, p, 3, &n, &err), OK);
	assert_true(n == 1 && p[0] == 'g');
	assert_int_equal(s.consumed, 7);
	assert_int_equal(source_read(&s, p, 3, &n, &err), OK);
	assert_int_equal(n, 0);
	assert_int_equal(source_rewind(&s, S("xy"), &err), OK);
	assert_int_equal(s.consumed, 0);
	assert_int_equal(source_read(&s, p, 3, &n, &err), OK);
	assert_true(n == 2 && memcmp(p, "xy", 2) == 0);
	source_close(&s);
	struct source empty = source_text(S("t"), (str){NULL, 0});
	assert_int_equal(source_read(&empty, p, 3, &n, &err), OK);
	assert_int_equal(n, 0);
}

static void a_file_is_read_and_rewound(void **state)
{
	(void)state;
	char path[] = "/tmp/aismm-source-XXXXXX", p[16];
	int fd = mkstemp(path);
	struct source s;
	struct err err;
	size_t n;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "hello", 5), 5);
	assert_int_equal(close(fd), 0);
	assert_int_equal(source_open_file(&s, path, S("named"), &err), OK);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(source_read(&s, p, sizeof p, &n, &err), OK);
		assert_true(n == 5 && memcmp(p, "hello", 5) == 0);
		assert_int_equal(source_read(&s, p, sizeof p, &n, &err), OK);
		assert_int_equal(n, 0);
		assert_int_equal(s.consumed, 5);
		assert_int_equal(source_rewind(&s, (str){NULL, 0}, &err), OK);
	}
	source_close(&s);
	assert_int_equal(s.fd, -1);
	source_close(&s);
	assert_int_equal(unlink(path), 0);
}

static void what_cannot_be_read_is_said_by_name(void **state)
{
	(void)state;
	struct source s = {.fd = 77};
	struct err err = {0};
	assert_int_equal(source_open_file(&s, "/tmp", S("the dir"), &err), E_INVALID);
	assert_string_equal(err.where, "the dir");
	assert_string_equal(err.message, "a directory, where a file was expected");
	assert_int_equal(source_open_file(&s, "/tmp/no-such-dir/x", S("x"), &err), E_NOT_FOUND);
	assert_string_equal(err.where, "x");
	assert_int_equal(source_open_file(&s, "/dev/null/x", S("x"), &err), E_NOT_FOUND);
	assert_int_equal(source_open_file(&s, "", S("x"), NULL), E_NOT_FOUND);
	char name[5000];
	memset(name, 'n', sizeof name);
	name[sizeof name - 1] = '\0';
	assert_int_equal(source_open_file(&s, name, S("long"), &err), E_IO);
	assert_int_equal(s.fd, 77); /* written only on success */
}

static void a_failing_read_is_an_io_error(void **state)
{
	(void)state;
	int ends[2];
	char p[4];
	size_t n = 9;
	struct err err = {0};
	assert_int_equal(pipe(ends), 0);
	struct source s = {.name = S("pipe"), .fd = ends[1]}; /* the end that can only be written */
	assert_int_equal(source_read(&s, p, sizeof p, &n, &err), E_IO);
	assert_string_equal(err.where, "pipe");
	assert_int_equal(n, 9);
	s.fd = ends[0];
	assert_int_equal(source_rewind(&s, (str){NULL, 0}, &err), E_IO);
	assert_string_equal(err.where, "pipe");
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static void the_import_limit_holds(void **state)
{
	(void)state;
	char p[8];
	size_t n;
	struct err err = {0};
	struct source s = source_text(S("big"), S("abcd"));
	s.consumed = LIMIT_IMPORT_BYTES - 3;
	assert_int_equal(source_read(&s, p, 3, &n, &err), OK);
	assert_int_equal(source_read(&s, p, 3, &n, &err), E_TOO_LARGE);
	assert_string_equal(err.where, "big");
	assert_int_equal(n, 3);
}

/* Gives 3, 2, 1 and 0 bytes, and fails when it is asked again. */
static enum status give(void *ctx, char *p, size_t cap, size_t *n, struct err *err)
{
	size_t *left = ctx;
	if (*left == SIZE_MAX)
		return err_set(err, E_IO, "asked again");
	assert_true(cap >= *left);
	memset(p, 'x', *left);
	*n = *left;
	*left = *left ? *left - 1 : SIZE_MAX;
	return OK;
}

static void another_module_may_give_the_bytes(void **state)
{
	(void)state;
	struct err err = {0};
	size_t left = 3, n = 1;
	char piece[8], sum[HASH_TEXT];
	struct source s = source_pull(S("made"), give, &left);
	source_hash(&s);
	while (n)
		assert_int_equal(source_read(&s, piece, sizeof piece, &n, &err), OK);
	assert_int_equal(s.consumed, 6);
	(void)hash_hex(&s.hash, sum);
	char expected[HASH_TEXT];
	assert_string_equal(sum, hash_of(S("xxxxxx"), expected).p);
	assert_int_equal(source_read(&s, piece, sizeof piece, &n, &err), E_IO);
	assert_int_equal(source_rewind(&s, (str){NULL, 0}, &err), E_IO);
	assert_string_equal(err.message, "what is given piece by piece cannot be read twice");
	source_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_text_is_given_in_pieces),
	    cmocka_unit_test(a_file_is_read_and_rewound),
	    cmocka_unit_test(what_cannot_be_read_is_said_by_name),
	    cmocka_unit_test(a_failing_read_is_an_io_error),
	    cmocka_unit_test(the_import_limit_holds),
	    cmocka_unit_test(another_module_may_give_the_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
