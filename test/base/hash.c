#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void the_vectors_of_fips_180_4_hold(void **state)
{
	(void)state;
	char text[HASH_TEXT];
	assert_string_equal(hash_of(S(""), text).p, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_string_equal(hash_of(S("abc"), text).p,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(hash_of(S("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), text).p,
			    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	assert_string_equal(hash_of(S("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
				      "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
				    text)
				.p,
			    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
	assert_int_equal(hash_of((str){NULL, 0}, text).n, 64);
	assert_string_equal(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void a_million_letters_may_come_in_pieces(void **state)
{
	(void)state;
	char text[HASH_TEXT], piece[997];
	struct hash h;
	memset(piece, 'a', sizeof piece);
	hash_init(&h);
	for (size_t left = 1000000, n; left; left -= n) {
		n = left < sizeof piece ? left : sizeof piece;
		hash_add(&h, (str){piece, n});
		hash_add(&h, (str){NULL, 0});
	}
	assert_string_equal(hash_hex(&h, text).p, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static str fields(const str *v, size_t n, char out[HASH_TEXT])
{
	struct hash h;
	hash_init(&h);
	for (size_t i = 0; i < n; i++)
		hash_add_field(&h, v[i]);
	return hash_hex(&h, out);
}

static void fields_that_differ_hash_differently(void **state)
{
	(void)state;
	static const str rows[][3] = {
	    {S("ab"), S("c"), S("")},     {S("a"), S("bc"), S("")},     {S("abc"), S(""), S("")},
	    {S(""), S("abc"), S("")},     {S(""), S(""), S("abc")},     {S("a"), S("b"), S("c")},
	    {S("abc"), {NULL, 0}, S("")}, {S("abc"), S(""), {NULL, 0}}, {S("abc"), {NULL, 0}, {NULL, 0}},
	};
	char sums[9][HASH_TEXT];
	for (size_t i = 0; i < 9; i++)
		(void)fields(rows[i], 3, sums[i]);
	for (size_t i = 0; i < 9; i++)
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(sums[i], sums[k]);
	char two[HASH_TEXT], again[HASH_TEXT];
	(void)fields(rows[6], 2, two);
	assert_string_not_equal(two, sums[8]);
	assert_true(str_eq(fields(rows[5], 3, again), str_from(sums[5])));
}

static void a_field_is_its_flag_its_length_and_its_bytes(void **state)
{
	(void)state;
	/* Stored hashes depend on this layout: it must never change. */
	char field[HASH_TEXT], bytes[HASH_TEXT];
	(void)fields((str[]){S("ab")}, 1, field);
	(void)hash_of(S("\1\2\0\0\0\0\0\0\0ab"), bytes);
	assert_string_equal(field, bytes);
	(void)fields((str[]){{NULL, 0}}, 1, field);
	(void)hash_of(S("\0\0\0\0\0\0\0\0\0"), bytes);
	assert_string_equal(field, bytes);
}

static void a_policy_takes_the_hash_in_base64(void **state)
{
	(void)state;
	char text[HASH_BASE64];
	/* openssl dgst -sha256 -binary | base64 */
	assert_true(str_eq(hash_base64(S(""), text), S("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")));
	assert_true(str_eq(hash_base64(S("abc"), text), S("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")));
	assert_int_equal(text[HASH_BASE64 - 1], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_vectors_of_fips_180_4_hold),
	    cmocka_unit_test(a_million_letters_may_come_in_pieces),
	    cmocka_unit_test(fields_that_differ_hash_differently),
	    cmocka_unit_test(a_field_is_its_flag_its_length_and_its_bytes),
	    cmocka_unit_test(a_policy_takes_the_hash_in_base64),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
