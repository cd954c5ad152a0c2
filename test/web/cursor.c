#include "db/room.h"

#include "web/cursor.h"

static void a_cursor_is_read_as_it_was_written(void **state)
{
	struct arena a = ARENA(1 << 20);
	struct cursor c = {.at_ms = 1795165200000, .offset = 100}, again;
	(void)state;
	cursor_mark(S("retail"), c.mark);
	str text = cursor_write(&c, &a);
	assert_int_equal(cursor_read(text, &again, NULL), OK);
	assert_true(again.given);
	assert_int_equal(again.at_ms, c.at_ms);
	assert_int_equal(again.offset, 100);
	assert_string_equal(again.mark, c.mark);
	arena_release(&a);
}

static void no_cursor_is_the_beginning(void **state)
{
	struct cursor c = {.given = true};
	(void)state;
	assert_int_equal(cursor_read(S(""), &c, NULL), OK);
	assert_false(c.given);
}

static void rows_have_marks_of_their_own(void **state)
{
	char one[CURSOR_MARK + 1], two[CURSOR_MARK + 1];
	(void)state;
	cursor_mark(S("a"), one);
	cursor_mark(S("b"), two);
	assert_string_not_equal(one, two);
	/* the beginning of the SHA-256 of "a" */
	assert_string_equal(one, "ca978112ca1bbdca");
}

static void what_is_not_a_cursor_is_refused(void **state)
{
	static const char *const bad[] = {"x",
					  "1.1",
					  "1.1.",
					  "1.0.ca978112ca1bbdca",
					  "1.-1.ca978112ca1bbdca",
					  "a.1.ca978112ca1bbdca",
					  "1.1.ca978112ca1bbdcA",
					  "1.1.ca978112ca1bbdca0",
					  "1.1.ca978112ca1bbdc",
					  "99999999999999999999.1.ca978112ca1bbdca"};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct cursor c;
		if (cursor_read(str_from(bad[i]), &c, NULL) != E_INVALID)
			fail_msg("%s", bad[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_cursor_is_read_as_it_was_written),
	    cmocka_unit_test(no_cursor_is_the_beginning),
	    cmocka_unit_test(rows_have_marks_of_their_own),
	    cmocka_unit_test(what_is_not_a_cursor_is_refused),
	};
	return cmocka_run_group_tests_name("cursor", tests, NULL, NULL);
}
