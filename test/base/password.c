#include "base/password.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool good(str password, str name)
{
	struct err err = {0};
	enum status status = password_check(password, name, &err);
	assert_true(status == OK || status == E_INVALID);
	if (status != OK && password.n > 3) {
		char text[400];
		(void)snprintf(text, sizeof text, "%.*s", STR_ARG(password));
		assert_null(strstr(err.message, text)); /* never the password itself */
	}
	return status == OK;
}

static void twelve_characters_are_enough_and_eleven_are_not(void **state)
{
	(void)state;
	assert_true(good(S("kettle-ocean"), S("grace")));
	assert_false(good(S("kettle-ocea"), S("grace")));
	assert_false(good(S(""), S("grace")));
	assert_true(good(S("Ærøskøbingsø"), S("grace")));
	assert_false(good(S("æøåæøå"), S("grace"))); /* twelve bytes, six characters */
}

static void the_longest_has_256_bytes(void **state)
{
	(void)state;
	char text[257];
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)('a' + i * 7 % 26);
	assert_true(good((str){text, 256}, S("grace")));
	assert_false(good((str){text, 257}, S("grace")));
}

static void what_everybody_tries_first_is_refused(void **state)
{
	(void)state;
	static const str first[] = {S("password1234"),   S("Password2026!"),
				    S("123456789012"),   S("aaaaaaaaaaaa"),
				    S("qwertyuiop12"),   S("1q2w3e4r5t6y"),
				    S("abababababab"),   S("administrator"),
				    S("CHANGEME-12345"), S("Welcome!2026#"),
				    S("letmein12345"),   S("1111111111112"),
				    S("P@ssw0rd20261"),  S("correcthorsebatterystaple"),
				    S("ChickenWing101"), S("leavemealone"),
				    S("MichaelJackson"), S("4815162342lost")};
	for (size_t i = 0; i < sizeof first / sizeof first[0]; i++)
		if (good(first[i], S("grace")))
			fail_msg("%s is good", first[i].p);
}

static void the_name_is_refused_with_any_tail(void **state)
{
	(void)state;
	assert_false(good(S("grace.hopper"), S("grace.hopper")));
	assert_false(good(S("Grace.Hopper"), S("grace.hopper")));
	assert_false(good(S("grace.hopper2026!"), S("grace.hopper")));
	assert_false(good(S("2026 gracehopper"), S("gracehopper1")));
	assert_true(good(S("gracefulness in motion"), S("grace")));
}

static void what_is_no_text_is_refused(void **state)
{
	(void)state;
	assert_false(good((str){"kettle-\xff\xfeocean", 14}, S("grace")));
	assert_false(good((str){"kettle\0ocean.", 13}, S("grace")));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(twelve_characters_are_enough_and_eleven_are_not),
	    cmocka_unit_test(the_longest_has_256_bytes),
	    cmocka_unit_test(what_everybody_tries_first_is_refused),
	    cmocka_unit_test(the_name_is_refused_with_any_tail),
	    cmocka_unit_test(what_is_no_text_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
