#include "base/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void the_status_is_returned_and_the_story_kept(void **state)
{
	(void)state;
	struct err err;
	memset(&err, 'x', sizeof err);
	assert_int_equal(err_set(&err, E_CONFLICT, "%d units", 3), E_CONFLICT);
	assert_int_equal(err.status, E_CONFLICT);
	assert_string_equal(err.message, "3 units");
	assert_string_equal(err.where, "");
	assert_string_equal(err.detail, "");
	assert_string_equal(err.hint, "");
	err_detail(&err, "d%d", 1);
	err_hint(&err, "h%d", 2);
	err_where(&err, "w%d", 3);
	assert_string_equal(err.message, "3 units");
	assert_string_equal(err.detail, "d1");
	assert_string_equal(err.hint, "h2");
	assert_string_equal(err.where, "w3");
}

static void nobody_has_to_listen(void **state)
{
	(void)state;
	assert_int_equal(err_set(NULL, E_IO, "x"), E_IO);
	err_at(NULL, S("f"), 1, 2);
	err_where(NULL, "x");
	err_detail(NULL, "x");
	err_hint(NULL, "x");
	assert_int_equal(err_full(NULL), E_TOO_LARGE);
}

static void the_place_leaves_out_what_is_not_known(void **state)
{
	(void)state;
	struct err err = {0};
	err_at(&err, S("f.csv"), 3, 4);
	assert_string_equal(err.where, "f.csv:3:4");
	err_at(&err, S("f.csv"), 3, 0);
	assert_string_equal(err.where, "f.csv:3");
	err_at(&err, S("f.csv"), 0, 4);
	assert_string_equal(err.where, "f.csv");
	err_at(&err, S(""), 3, 4);
	assert_string_equal(err.where, "line 3:4");
	err_at(&err, (str){NULL, 0}, 3, 0);
	assert_string_equal(err.where, "line 3");
	err_at(&err, (str){NULL, 0}, 0, 0);
	assert_string_equal(err.where, "");
}

static void a_long_path_loses_its_start_but_not_the_line(void **state)
{
	(void)state;
	struct err err = {0};
	char path[4096];
	memset(path, 'p', sizeof path);
	memcpy(path + sizeof path - 9, "/last.csv", 9);
	err_at(&err, (str){path, sizeof path}, INT64_MAX, INT64_MAX);
	assert_true(str_starts(str_from(err.where), S("...pp")));
	assert_true(str_ends(str_from(err.where), S("/last.csv:9223372036854775807:9223372036854775807")));
	for (size_t i = 0; i + 1 < sizeof path; i += 2)
		memcpy(path + i, "\xC3\xA9", 2);
	for (size_t n = sizeof path - 6; n < sizeof path; n += 2) {
		err_at(&err, (str){path, n}, 12, 3);
		assert_true(str_is_utf8(str_from(err.where)));
		assert_true(str_ends(str_from(err.where), S("\xC3\xA9:12:3")));
	}
}

static void long_texts_are_cut_between_characters(void **state)
{
	(void)state;
	static const str letters[] = {S("x"), S("\xC3\xA9"), S("\xE2\x82\xAC"), S("\xF0\x9F\x98\x80")};
	for (size_t i = 0; i < 4; i++)
		for (size_t lead = 0; lead < 4; lead++) {
			struct err err = {0};
			char text[1001] = "abc";
			for (size_t at = lead; at + letters[i].n < sizeof text; at += letters[i].n)
				memcpy(text + at, letters[i].p, letters[i].n);
			err_set(&err, E_INVALID, "%s", text);
			err_detail(&err, "%s", text);
			assert_true(str_is_utf8(str_from(err.message)));
			assert_true(strlen(err.message) + 4 >= sizeof err.message - 1);
			assert_true(str_is_utf8(str_from(err.detail)));
			assert_true(strlen(err.detail) + 4 >= sizeof err.detail - 1);
			assert_memory_equal(err.message, text, strlen(err.message));
		}
}

static void control_characters_never_reach_a_terminal(void **state)
{
	(void)state;
	struct err err = {0};
	err_set(&err, E_INVALID, "a\x1B[2Jb\r\nc\x07\x7F\td");
	assert_string_equal(err.message, "a?[2Jb  c?? d");
	err_hint(&err, "x\xC2\x9B"
		       "2J\xC2\xA0\xC3\xA9\xC2");
	assert_string_equal(err.hint, "x??2J\xC2\xA0\xC3\xA9\xC2");
	err_at(&err, S("a\nb.csv"), 1, 1);
	assert_string_equal(err.where, "a b.csv:1:1");
}

static void a_story_may_quote_itself(void **state)
{
	(void)state;
	struct err err = {0};
	err_set(&err, E_INVALID, "inner");
	err_at(&err, S("f"), 1, 2);
	err_set(&err, E_IO, "outer: %s at %s", err.message, err.where);
	assert_string_equal(err.message, "outer: inner at f:1:2");
	assert_string_equal(err.where, "");
	err_set(&err, E_IO, "again: %s", err.message);
	assert_string_equal(err.message, "again: outer: inner at f:1:2");
}

static enum status tries(enum status first, int *reached)
{
	TRY(first);
	++*reached;
	return OK;
}

static void try_returns_what_failed(void **state)
{
	(void)state;
	int reached = 0;
	assert_int_equal(tries(E_DENIED, &reached), E_DENIED);
	assert_int_equal(reached, 0);
	assert_int_equal(tries(OK, &reached), OK);
	assert_int_equal(reached, 1);
	struct err err = {0};
	assert_int_equal(err_full(&err), E_TOO_LARGE);
	assert_int_equal(err.status, E_TOO_LARGE);
	assert_true(err.message[0] && err.hint[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_status_is_returned_and_the_story_kept),
	    cmocka_unit_test(nobody_has_to_listen),
	    cmocka_unit_test(the_place_leaves_out_what_is_not_known),
	    cmocka_unit_test(a_long_path_loses_its_start_but_not_the_line),
	    cmocka_unit_test(long_texts_are_cut_between_characters),
	    cmocka_unit_test(control_characters_never_reach_a_terminal),
	    cmocka_unit_test(a_story_may_quote_itself),
	    cmocka_unit_test(try_returns_what_failed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
