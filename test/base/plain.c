#include "base/plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"

static void becomes(const char *text, size_t n, const char *expected)
{
	str rest = {text, n};
	struct buf b = BUF(4096);
	while (rest.n)
		buf_add(&b, plain_next(&rest));
	assert_true(str_is_utf8(buf_str(&b)));
	if (!str_eq(buf_str(&b), str_from(expected)))
		fail_msg("expected %s, got %.*s", expected, STR_ARG(buf_str(&b)));
	buf_release(&b);
}

#define BECOMES(text, expected) becomes(text, sizeof(text) - 1, expected)

static void text_of_any_script_stays(void **state)
{
	(void)state;
	BECOMES("a\tb\n\xC3\xA9 \xE6\x95\xB0\xE6\x8D\xAE \xF0\x9F\x99\x82 \xD7\xA9",
		"a\tb\n\xC3\xA9 \xE6\x95\xB0\xE6\x8D\xAE \xF0\x9F\x99\x82 \xD7\xA9");
	BECOMES("\xC2\xA0", "\xC2\xA0");
}

static void control_characters_are_replaced(void **state)
{
	(void)state;
	BECOMES("a\0b", "a\xEF\xBF\xBD"
			"b");
	BECOMES("\x1b[31m", "\xEF\xBF\xBD[31m");
	BECOMES("\r\x7F", "\xEF\xBF\xBD\xEF\xBF\xBD");
	BECOMES("\xC2\x9B", "\xEF\xBF\xBD");
}

static void marks_that_turn_the_text_are_replaced(void **state)
{
	(void)state;
	static const char *const marks[] = {"\xD8\x9C",     "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xAA",
					    "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA9"};
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		becomes(marks[i], str_from(marks[i]).n, "\xEF\xBF\xBD");
	BECOMES("\xE2\x80\x93\xE2\x80\xA9\xE2\x81\xA5", "\xE2\x80\x93\xE2\x80\xA9\xE2\x81\xA5");
}

static void bytes_that_are_not_utf_8_are_replaced_one_by_one(void **state)
{
	(void)state;
	BECOMES("\xFF", "\xEF\xBF\xBD");
	BECOMES("\x80z", "\xEF\xBF\xBDz");
	BECOMES("\xE2\x80", "\xEF\xBF\xBD\xEF\xBF\xBD");
	BECOMES("\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD");
	BECOMES("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	BECOMES("\xF4\x90\x80\x80<", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD<");
}

static void a_name_is_clear_when_it_can_mislead_nobody(void **state)
{
	(void)state;
	static const char *const clear[] = {
	    "Ada Lovelace",
	    "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE\xD9\x88", /* Persian, with a joiner that is not one */
	    "\xE5\xBC\xA0\xE3\x80\x80\xE4\xBC\x9F",         /* Chinese, with its own space */
	    "\xE2\x9D\xA4\xEF\xB8\x8F",                     /* a heart, with the selector of its colour */
	    "<script>",
	};
	static const char *const unclear[] = {
	    "",
	    " ",
	    "\xE2\x80\x8D",         /* a joiner alone */
	    "\xE3\x85\xA4",         /* a filler of Hangul */
	    "bo\xE2\x80\x8Bss",     /* a space without width */
	    "\xE2\x80\xAEssob",     /* from the right to the left */
	    "boss\xF3\xA0\x80\xA0", /* a tag */
	    "boss\xEF\xBB\xBF",
	    "bo\xC2\xADss",
	    "two\nlines",
	    "a\xFF",
	};
	for (size_t i = 0; i < sizeof clear / sizeof clear[0]; i++)
		if (!plain_is_clear(str_from(clear[i])))
			fail_msg("unclear: %s", clear[i]);
	for (size_t i = 0; i < sizeof unclear / sizeof unclear[0]; i++)
		if (plain_is_clear(str_from(unclear[i])))
			fail_msg("clear: %zu", i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_of_any_script_stays),
	    cmocka_unit_test(control_characters_are_replaced),
	    cmocka_unit_test(marks_that_turn_the_text_are_replaced),
	    cmocka_unit_test(bytes_that_are_not_utf_8_are_replaced_one_by_one),
	    cmocka_unit_test(a_name_is_clear_when_it_can_mislead_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
