#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void a_literal_and_a_c_text_give_the_same(void **state)
{
	(void)state;
	assert_true(str_eq(S("abc"), str_from("abc")));
	assert_int_equal(S("a\0b").n, 3);
	assert_int_equal(str_from("a\0b").n, 1);
	assert_int_equal(str_from(NULL).n, 0);
	char text[32];
	(void)snprintf(text, sizeof text, "<%.*s|%.*s>", STR_ARG(S("ab")), STR_ARG(str_from(NULL)));
	assert_string_equal(text, "<ab|>");
}

static void texts_compare_by_bytes(void **state)
{
	(void)state;
	static const str sorted[] = {S(""),     S("\0"), S("A"),    S("AB"),   S("B"),        S("a"),   S("a\0"),
				     S("a\0b"), S("ab"), S("\x7F"), S("\x80"), S("\xC3\xA9"), S("\xFF")};
	for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++)
		for (size_t k = 0; k < sizeof sorted / sizeof *sorted; k++) {
			int order = str_cmp(sorted[i], sorted[k]);
			assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
			assert_int_equal(str_eq(sorted[i], sorted[k]), i == k);
		}
	assert_true(str_eq((str){NULL, 0}, S("")));
	assert_int_equal(str_cmp((str){NULL, 0}, S("")), 0);
}

static void folding_touches_ascii_letters_only(void **state)
{
	(void)state;
	assert_true(str_eq_fold(S("Unit-ID 1"), S("uNIT-id 1")));
	assert_false(str_eq_fold(S("a"), S("ab")));
	assert_false(str_eq_fold(S("@"), S("`")));
	assert_false(str_eq_fold(S("["), S("{")));
	assert_false(str_eq_fold(S("\xC3\x84"), S("\xC3\xA4")));
	assert_true(str_eq_fold((str){NULL, 0}, S("")));
}

static void starts_ends_and_finds(void **state)
{
	(void)state;
	assert_true(str_starts(S("abc"), S("ab")));
	assert_true(str_starts(S("abc"), S("")));
	assert_true(str_starts((str){NULL, 0}, (str){NULL, 0}));
	assert_false(str_starts(S("ab"), S("abc")));
	assert_false(str_starts(S("xab"), S("ab")));
	assert_true(str_ends(S("abc"), S("bc")));
	assert_true(str_ends(S("abc"), S("abc")));
	assert_true(str_ends(S(""), S("")));
	assert_false(str_ends(S("bc"), S("abc")));
	assert_false(str_ends(S("bcx"), S("bc")));
	assert_int_equal(str_find(S("aab"), S("ab")), 1);
	assert_int_equal(str_find(S("aabaab"), S("aab")), 0);
	assert_int_equal(str_find(S("abc"), S("c")), 2);
	assert_int_equal(str_find(S("abc"), S("abcd")), -1);
	assert_int_equal(str_find(S("abc"), S("x")), -1);
	assert_int_equal(str_find(S(""), S("x")), -1);
	assert_int_equal(str_find((str){NULL, 0}, S("")), 0);
	assert_int_equal(str_find(S("a\0b"), S("\0b")), 1);
}

static void slices_are_clamped(void **state)
{
	(void)state;
	assert_true(str_eq(str_slice(S("abcd"), 1, 3), S("bc")));
	assert_true(str_eq(str_slice(S("abcd"), 0, 99), S("abcd")));
	assert_true(str_eq(str_slice(S("abcd"), 2, SIZE_MAX), S("cd")));
	assert_int_equal(str_slice(S("abcd"), 3, 1).n, 0);
	assert_int_equal(str_slice(S("abcd"), 4, 5).n, 0);
	assert_int_equal(str_slice(S("abcd"), SIZE_MAX, SIZE_MAX).n, 0);
	assert_int_equal(str_slice((str){NULL, 0}, 0, 1).n, 0);
}

static void trimming_takes_space_tab_cr_lf_from_both_ends(void **state)
{
	(void)state;
	assert_true(str_eq(str_trim(S(" \t\r\n a b\n ")), S("a b")));
	assert_true(str_eq(str_trim(S(" \t ")), S("")));
	assert_true(str_eq(str_trim(S("\v x\f")), S("\v x\f")));
	assert_true(str_eq(str_trim(S("\xC2\xA0x")), S("\xC2\xA0x")));
	assert_int_equal(str_trim((str){NULL, 0}).n, 0);
}

static void cutting_splits_at_the_first_separator(void **state)
{
	(void)state;
	str head, tail;
	assert_true(str_cut(S("a=b=c"), '=', &head, &tail));
	assert_true(str_eq(head, S("a")) && str_eq(tail, S("b=c")));
	assert_true(str_cut(S("="), '=', &head, &tail));
	assert_true(head.n == 0 && tail.n == 0);
	assert_false(str_cut(S("abc"), '=', &head, &tail));
	assert_true(str_eq(head, S("abc")) && tail.n == 0);
	assert_false(str_cut((str){NULL, 0}, '=', &head, &tail));
	assert_true(head.n == 0 && tail.n == 0);
	size_t n = 0;
	str rest = S("a,b,,c");
	for (bool more = true; more; n++)
		more = str_cut(rest, ',', &head, &rest); /* the tail may replace the text */
	assert_int_equal(n, 4);
	assert_true(str_eq(head, S("c")));
}

static void copies_have_a_nul_behind_them(void **state)
{
	(void)state;
	struct arena a = ARENA(9);
	str copy = str_copy(&a, S("a\0b"));
	assert_true(str_eq(copy, S("a\0b")));
	assert_int_equal(copy.p[3], 0);
	str empty = str_copy(&a, (str){NULL, 0});
	assert_non_null(empty.p);
	assert_string_equal(empty.p, "");
	assert_string_equal(str_z(&a, S("xy")), "xy");
	assert_null(str_z(&a, S("x")));
	str none = str_copy(&a, S("x"));
	assert_true(none.p == NULL && none.n == 0);
	arena_release(&a);
}

static void integers_are_read_up_to_their_limits(void **state)
{
	(void)state;
	static const struct {
		str text;
		int64_t value;
	} good[] = {
	    {S("0"), 0},
	    {S("-0"), 0},
	    {S("+7"), 7},
	    {S("007"), 7},
	    {S("-12"), -12},
	    {S("9223372036854775807"), INT64_MAX},
	    {S("+9223372036854775807"), INT64_MAX},
	    {S("-9223372036854775808"), INT64_MIN},
	    {S("00000000000000000000000000000000000001"), 1},
	};
	static const str bad[] = {
	    S(""),
	    S("-"),
	    S("+"),
	    S("--1"),
	    S("+-1"),
	    S(" 1"),
	    S("1 "),
	    S("1.0"),
	    S("1e3"),
	    S("0x1"),
	    S("1,000"),
	    S("\xD9\xA1"),
	    S("1\0"),
	    S("abc"),
	    S("9223372036854775808"),
	    S("-9223372036854775809"),
	    S("92233720368547758070"),
	    S("99999999999999999999999999999999"),
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int64_t value = 42;
		assert_true(str_to_i64(good[i].text, &value));
		assert_true(value == good[i].value);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t value = 42;
		assert_false(str_to_i64(bad[i], &value));
		assert_int_equal(value, 42);
	}
}

static void utf8_is_checked_as_the_standard_says(void **state)
{
	(void)state;
	static const struct {
		str text;
		size_t good; /* bytes at the start that are well-formed */
	} rows[] = {
	    {S(""), 0},
	    {S("ascii \0\x7F"), 8},
	    {S("\xC2\x80"), 2},
	    {S("\xDF\xBF"), 2},
	    {S("\xE0\xA0\x80"), 3},
	    {S("\xED\x9F\xBF"), 3},
	    {S("\xEE\x80\x80"), 3},
	    {S("\xEF\xBF\xBF"), 3},
	    {S("\xF0\x90\x80\x80"), 4},
	    {S("\xF4\x8F\xBF\xBF"), 4},
	    {S("\x80"), 0},
	    {S("a\xBF"), 1},
	    {S("\xC0\x80"), 0},
	    {S("\xC1\xBF"), 0},
	    {S("\xC2"), 0},
	    {S("\xC2"
	       "A"),
	     0},
	    {S("\xC2\xC2\x80"), 0},
	    {S("\xE0\x80\x80"), 0},
	    {S("\xE0\x9F\xBF"), 0},
	    {S("\xE2\x82"), 0},
	    {S("\xE2\x82"
	       "A"),
	     0},
	    {S("\xED\xA0\x80"), 0},
	    {S("\xED\xBF\xBF"), 0},
	    {S("\xF0\x80\x80\x80"), 0},
	    {S("\xF0\x8F\xBF\xBF"), 0},
	    {S("\xF0\x9F\x98"), 0},
	    {S("\xF4\x90\x80\x80"), 0},
	    {S("\xF5\x80\x80\x80"), 0},
	    {S("\xF8\x88\x80\x80\x80"), 0},
	    {S("\xFE"), 0},
	    {S("\xFF"), 0},
	    {S("12345678\xFF"), 8},
	    {S("1234567\xC3\xA9"
	       "12345678\x80"),
	     17},
	    {S("12345678123456\xC3"), 14},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		/* From the heap, at its exact size: reading past the end is seen. */
		char *p = malloc(rows[i].text.n + (rows[i].text.n == 0));
		assert_non_null(p);
		memcpy(p, rows[i].text.p, rows[i].text.n);
		str text = {p, rows[i].text.n};
		assert_int_equal(str_utf8_prefix(text), rows[i].good);
		assert_int_equal(str_is_utf8(text), rows[i].good == text.n);
		free(p);
	}
	assert_true(str_is_utf8((str){NULL, 0}));
}

static size_t encode(uint32_t c, unsigned char p[4])
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
	for (size_t i = n; i-- > 1; c >>= 6)
		p[i] = (unsigned char)(0x80 | (c & 0x3F));
	p[0] = (unsigned char)(first[n] | c);
	return n;
}

static void every_code_point_but_surrogates_is_utf8(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x110100; c++) {
		unsigned char p[4];
		size_t n = encode(c, p);
		bool want = (c < 0xD800 || c > 0xDFFF) && c <= 0x10FFFF;
		if (str_is_utf8((str){(const char *)p, n}) != want)
			fail_msg("U+%04X", c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_literal_and_a_c_text_give_the_same),
	    cmocka_unit_test(texts_compare_by_bytes),
	    cmocka_unit_test(folding_touches_ascii_letters_only),
	    cmocka_unit_test(starts_ends_and_finds),
	    cmocka_unit_test(slices_are_clamped),
	    cmocka_unit_test(trimming_takes_space_tab_cr_lf_from_both_ends),
	    cmocka_unit_test(cutting_splits_at_the_first_separator),
	    cmocka_unit_test(copies_have_a_nul_behind_them),
	    cmocka_unit_test(integers_are_read_up_to_their_limits),
	    cmocka_unit_test(utf8_is_checked_as_the_standard_says),
	    cmocka_unit_test(every_code_point_but_surrogates_is_utf8),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
