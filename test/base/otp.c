#include "base/otp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The secret of both RFCs. */
static const str secret = S("12345678901234567890");

static uint32_t code_of(int64_t step)
{
	uint32_t code = 0;
	struct err err;
	assert_int_equal(otp_code(secret, step, &code, &err), OK);
	return code;
}

static void the_vectors_of_rfc_4226_hold(void **state)
{
	(void)state;
	static const uint32_t codes[] = {755224, 287082, 359152, 969429, 338314,
					 254676, 287922, 162583, 399871, 520489};
	for (int i = 0; i < 10; i++)
		assert_int_equal(code_of(i), codes[i]);
}

static void the_vectors_of_rfc_6238_hold(void **state)
{
	(void)state;
	/* Its codes have eight digits: 94287082, 07081804, 14050471, 89005924, 69279037, 65353130. */
	static const struct {
		int64_t seconds;
		uint32_t code;
	} vectors[] = {{59, 287082},       {1111111109, 81804},  {1111111111, 50471},
		       {1234567890, 5924}, {2000000000, 279037}, {INT64_C(20000000000), 353130}};
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
		assert_int_equal(code_of(otp_step(vectors[i].seconds * 1000)), vectors[i].code);
}

static int64_t found(const char *text, int64_t now_ms, int64_t used)
{
	int64_t step = -2;
	struct err err;
	assert_int_equal(otp_find(secret, str_from(text), now_ms, used, &step, &err), OK);
	return step;
}

static void a_code_is_taken_one_step_early_or_late_and_no_more(void **state)
{
	(void)state;
	/* 287082 is step 1: seconds 30 to 59. */
	assert_int_equal(found("287082", 30000, 0), 1);
	assert_int_equal(found("287082", 59999, 0), 1);
	assert_int_equal(found("287082", 60000, 0), 1);
	assert_int_equal(found("287082", 89999, 0), 1);
	assert_int_equal(found("287082", 90000, 0), -1);
	assert_int_equal(found("287082", 0, 0), 1);
	assert_int_equal(found("359152", 29999, 0), -1);
}

static void a_step_that_was_used_is_not_taken_again(void **state)
{
	(void)state;
	assert_int_equal(found("287082", 59000, 1), -1);
	assert_int_equal(found("287082", 59000, 2), -1);
	assert_int_equal(found("359152", 59000, 1), 2);
}

static void a_code_is_six_digits_with_spaces_at_will(void **state)
{
	(void)state;
	assert_int_equal(found("287 082", 59000, 0), 1);
	assert_int_equal(found(" 287082 ", 59000, 0), 1);
	static const char *const wrong[] = {"",       "28708",   "2870820", "28708a",
					    "+87082", "287-082", "１23456", "0287082"};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_int_equal(found(wrong[i], 59000, 0), -1);
}

static void a_secret_is_shown_in_base32(void **state)
{
	(void)state;
	char text[OTP_SECRET_TEXT];
	assert_string_equal(otp_secret_text((const unsigned char *)secret.p, text).p,
			    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	static const unsigned char ones[OTP_SECRET_BYTES] = {255, 255, 255, 255, 255};
	assert_string_equal(otp_secret_text(ones, text).p, "77777777AAAAAAAAAAAAAAAAAAAAAAAA");
}

static void the_uri_escapes_what_is_not_plain(void **state)
{
	(void)state;
	struct buf b = BUF(1024);
	otp_uri(&b, S("aismm"), S("Łuna & co/1"), S("GEZDGNBV"));
	buf_char(&b, '\0');
	assert_string_equal(b.p, "otpauth://totp/aismm:%C5%81una%20%26%20co%2F1?secret=GEZDGNBV&issuer=aismm");
	buf_release(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_vectors_of_rfc_4226_hold),
	    cmocka_unit_test(the_vectors_of_rfc_6238_hold),
	    cmocka_unit_test(a_code_is_taken_one_step_early_or_late_and_no_more),
	    cmocka_unit_test(a_step_that_was_used_is_not_taken_again),
	    cmocka_unit_test(a_code_is_six_digits_with_spaces_at_will),
	    cmocka_unit_test(a_secret_is_shown_in_base32),
	    cmocka_unit_test(the_uri_escapes_what_is_not_plain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
