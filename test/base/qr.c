/**
 * QR codes, read back by the rules of ISO/IEC 18004 rather than by the library that made them.
 */
#include "base/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

enum { SIDE_1 = 21, FORMAT_MASK = 0x5412, M_DATA_BYTES = 16 };

static int at(const struct qr *c, int x, int y)
{
	return c->dark[y * c->side + x];
}

/* A finder: a dark ring of 7, a light one, a dark square of 3. */
static void assert_finder(const struct qr *c, int x0, int y0)
{
	for (int y = 0; y < 7; y++)
		for (int x = 0; x < 7; x++) {
			int dx = x < 3 ? 3 - x : x - 3, dy = y < 3 ? 3 - y : y - 3;
			int ring = dx > dy ? dx : dy;
			assert_int_equal(at(c, x0 + x, y0 + y), ring != 2);
		}
}

/* The 15 bits around the first finder: correction level, mask and their check. */
static int format_of(const struct qr *c)
{
	static const int xs[] = {0, 1, 2, 3, 4, 5, 7, 8, 8, 8, 8, 8, 8, 8, 8};
	static const int ys[] = {8, 8, 8, 8, 8, 8, 8, 8, 7, 5, 4, 3, 2, 1, 0};
	int bits = 0;
	for (int i = 0; i < 15; i++)
		bits = bits << 1 | at(c, xs[i], ys[i]);
	return bits ^ FORMAT_MASK;
}

static bool is_masked(int mask, int x, int y)
{
	switch (mask) {
	case 0:
		return (x + y) % 2 == 0;
	case 1:
		return y % 2 == 0;
	case 2:
		return x % 3 == 0;
	case 3:
		return (x + y) % 3 == 0;
	case 4:
		return (y / 2 + x / 3) % 2 == 0;
	case 5:
		return x * y % 2 + x * y % 3 == 0;
	case 6:
		return (x * y % 2 + x * y % 3) % 2 == 0;
	default:
		return ((x + y) % 2 + x * y % 3) % 2 == 0;
	}
}

/* Version 1: finders with their format in the corners, timing in row and column 6. */
static bool is_function(int x, int y)
{
	return (x < 9 && y < 9) || (x > 12 && y < 9) || (x < 9 && y > 12) || x == 6 || y == 6;
}

/* The codewords, two columns at a time from the right, up and down in turn. */
static void read_codewords(const struct qr *c, int mask, unsigned char out[M_DATA_BYTES])
{
	int bit = 0;
	memset(out, 0, M_DATA_BYTES);
	bool up = true;
	for (int right = SIDE_1 - 1; right > 0; right -= 2, up = !up) {
		if (right == 6)
			right--;
		for (int i = 0; i < SIDE_1 * 2; i++) {
			int y = up ? SIDE_1 - 1 - i / 2 : i / 2, x = right - i % 2;
			if (is_function(x, y) || bit >= M_DATA_BYTES * 8)
				continue;
			int value = at(c, x, y) ^ is_masked(mask, x, y);
			out[bit / 8] = (unsigned char)(out[bit / 8] | value << (7 - bit % 8));
			bit++;
		}
	}
}

static void a_small_code_is_read_back_by_the_rules(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct qr code;
	unsigned char words[M_DATA_BYTES];
	str text = S("otp://a?b=c");
	assert_int_equal(qr_make(text, &a, &code, NULL), OK);
	assert_int_equal(code.side, SIDE_1);
	assert_finder(&code, 0, 0);
	assert_finder(&code, SIDE_1 - 7, 0);
	assert_finder(&code, 0, SIDE_1 - 7);
	int format = format_of(&code);
	assert_int_equal(format >> 13, 0); /* 00: level M */
	read_codewords(&code, format >> 10 & 7, words);
	/* Four bits of mode (0100: bytes), eight of length, then the bytes. */
	assert_int_equal(words[0] >> 4, 4);
	assert_int_equal((words[0] & 15) << 4 | words[1] >> 4, text.n);
	for (size_t i = 0; i < text.n; i++)
		assert_int_equal((words[i + 1] & 15) << 4 | words[i + 2] >> 4, (unsigned char)text.p[i]);
	arena_release(&a);
}

static void a_code_grows_with_its_text_up_to_a_limit(void **state)
{
	(void)state;
	static char text[LIMIT_QR_BYTES + 1];
	struct arena a = ARENA(1 << 20);
	struct qr code;
	struct err why;
	memset(text, 'x', sizeof text);
	assert_int_equal(qr_make((str){text, 15}, &a, &code, &why), OK);
	assert_int_equal(code.side, 25);
	assert_int_equal(qr_make((str){text, LIMIT_QR_BYTES}, &a, &code, &why), OK);
	assert_int_equal(code.side, 97); /* version 20 */
	assert_int_equal(qr_make((str){text, LIMIT_QR_BYTES + 1}, &a, &code, &why), E_TOO_LARGE);
	assert_int_equal(qr_make(S(""), &a, &code, &why), E_INVALID);
	assert_int_equal(qr_make(S("a\0b"), &a, &code, &why), E_INVALID);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_small_code_is_read_back_by_the_rules),
	    cmocka_unit_test(a_code_grows_with_its_text_up_to_a_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
