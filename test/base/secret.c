#include "base/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_secret_text_is_base64url_of_32_bytes_and_never_the_same(void **state)
{
	(void)state;
	enum { TEXTS = 200 };
	char texts[TEXTS][SECRET_TEXT];
	struct err err;
	for (int i = 0; i < TEXTS; i++) {
		assert_int_equal(secret_text(texts[i], &err), OK);
		assert_int_equal(strlen(texts[i]), 43);
		assert_int_equal(strspn(texts[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
				 43);
		for (int k = 0; k < i; k++)
			assert_string_not_equal(texts[i], texts[k]);
	}
}

static void random_bytes_fill_all_that_was_asked_for(void **state)
{
	(void)state;
	unsigned char seen[64] = {0}, bytes[64];
	struct err err;
	for (int round = 0; round < 64; round++) {
		assert_int_equal(secret_bytes(bytes, sizeof bytes, &err), OK);
		for (size_t i = 0; i < sizeof bytes; i++)
			seen[i] |= bytes[i];
	}
	for (size_t i = 0; i < sizeof seen; i++)
		assert_int_equal(seen[i], 255);
}

static void a_hash_names_its_parameters_and_verifies_its_password_alone(void **state)
{
	(void)state;
	char one[SECRET_HASH], two[SECRET_HASH];
	struct err err;
	assert_int_equal(secret_hash(S("correct horse"), one, &err), OK);
	assert_int_equal(secret_hash(S("correct horse"), two, &err), OK);
	assert_ptr_equal(strstr(one, "$argon2id$v=19$m=19456,t=2,p=1$"), one);
	assert_string_not_equal(one, two);
	assert_true(secret_verify(S("correct horse"), str_from(one)));
	assert_true(secret_verify(S("correct horse"), str_from(two)));
	assert_false(secret_verify(S("correct horsf"), str_from(one)));
	assert_false(secret_verify(S("correct horse "), str_from(one)));
	assert_false(secret_verify((str){0}, str_from(one)));
	assert_false(secret_is_dated(str_from(one)));
}

static void an_empty_password_is_a_password_like_any_other(void **state)
{
	(void)state;
	char hash[SECRET_HASH];
	struct err err;
	assert_int_equal(secret_hash((str){0}, hash, &err), OK);
	assert_true(secret_verify(S(""), str_from(hash)));
	assert_false(secret_verify(S("x"), str_from(hash)));
}

static void what_is_no_hash_verifies_nothing_and_is_dated(void **state)
{
	(void)state;
	static const str none[] = {S(""), S("x"), S("$argon2id$"), S("$argon2id$v=19$m=19456,t=2,p=1$AAAA$BBBB")};
	char big[300];
	memset(big, 'a', sizeof big);
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		assert_false(secret_verify(S("x"), none[i]));
		assert_true(secret_is_dated(none[i]));
	}
	assert_false(secret_verify(S("x"), (str){big, sizeof big}));
	assert_false(secret_verify(S("x"), (str){"a\0b", 3}));
}

static void a_hash_with_other_parameters_verifies_and_is_dated(void **state)
{
	(void)state;
	/* "password" with the salt "somesalt", from the tests of the reference implementation (m = 256 KiB, t = 2). */
	str old = S("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
	assert_true(secret_verify(S("password"), old));
	assert_false(secret_verify(S("Password"), old));
	assert_true(secret_is_dated(old));
}

static void equal_is_equal_in_length_and_bytes(void **state)
{
	(void)state;
	assert_true(secret_equal(S("abc"), S("abc")));
	assert_true(secret_equal((str){0}, S("")));
	assert_false(secret_equal(S("abc"), S("abd")));
	assert_false(secret_equal(S("abc"), S("abcd")));
	assert_false(secret_equal(S("abc"), S("")));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_secret_text_is_base64url_of_32_bytes_and_never_the_same),
	    cmocka_unit_test(random_bytes_fill_all_that_was_asked_for),
	    cmocka_unit_test(a_hash_names_its_parameters_and_verifies_its_password_alone),
	    cmocka_unit_test(an_empty_password_is_a_password_like_any_other),
	    cmocka_unit_test(what_is_no_hash_verifies_nothing_and_is_dated),
	    cmocka_unit_test(a_hash_with_other_parameters_verifies_and_is_dated),
	    cmocka_unit_test(equal_is_equal_in_length_and_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
