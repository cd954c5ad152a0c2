#include "web/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void one_goes_on_to_pages_of_this_server_alone(void **state)
{
	(void)state;
	assert_true(str_eq(session_next(S("/category/GOV?unit=a")), S("/category/GOV?unit=a")));
	const str bad[] = {S(""),
			   S("https://evil.example/"),
			   S("//evil.example/"),
			   S("/\\evil.example"),
			   S("javascript:alert(1)"),
			   S("/a\r\nSet-Cookie: x=1"),
			   S("/a b")};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_true(str_eq(session_next(bad[i]), S("/")));
}

static enum status check(const char *origin, const char *referer, const char *token, bool free)
{
	struct arena a = ARENA(1 << 16);
	struct request q = {.host = S("aismm.example:8443"),
			    .origin = str_from(origin),
			    .referer = str_from(referer),
			    .csrf = S("secret-of-the-session")};
	struct err err;
	if (token)
		assert_int_equal(request_fields_add(&q.form, S("csrf"), str_from(token), &a, &err), OK);
	enum status status = session_check_origin(&q, free, &err);
	arena_release(&a);
	return status;
}

static void a_form_comes_from_a_page_of_this_server_and_brings_its_token(void **state)
{
	(void)state;
	const char *ours = "https://aismm.example:8443", *token = "secret-of-the-session";
	assert_int_equal(check(ours, NULL, token, false), OK);
	assert_int_equal(check(NULL, "https://aismm.example:8443/category/GOV", token, false), OK);
	assert_int_equal(check(ours, NULL, NULL, true), OK);
	assert_int_equal(check(ours, NULL, "another", false), E_DENIED);
	assert_int_equal(check(ours, NULL, NULL, false), E_DENIED);
	assert_int_equal(check(NULL, NULL, token, false), E_DENIED);
	assert_int_equal(check("null", NULL, token, false), E_DENIED);
	assert_int_equal(check("https://evil.example", ours, token, false), E_DENIED);
	assert_int_equal(check("https://aismm.example", NULL, token, false), E_DENIED);
	assert_int_equal(check("https://aismm.example:8443.evil.example", NULL, token, true), E_DENIED);
}

static void a_cookie_is_closed_to_scripts_and_other_sites(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 16);
	struct request q = {.arena = &a};
	struct err err;
	str header;
	assert_int_equal(session_cookie(&q, S("v"), &header, &err), OK);
	assert_true(str_eq(header, S("aismm=v; Path=/; HttpOnly; SameSite=Lax")));
	q.tls = true;
	assert_int_equal(session_cookie(&q, S("v"), &header, &err), OK);
	assert_true(str_eq(header, S("__Host-aismm=v; Path=/; HttpOnly; SameSite=Lax; Secure")));
	assert_int_equal(session_cookie(&q, (str){0}, &header, &err), OK);
	assert_true(str_ends(header, S("; Max-Age=0")));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_goes_on_to_pages_of_this_server_alone),
	    cmocka_unit_test(a_form_comes_from_a_page_of_this_server_and_brings_its_token),
	    cmocka_unit_test(a_cookie_is_closed_to_scripts_and_other_sites),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
