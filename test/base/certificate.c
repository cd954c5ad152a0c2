#include "base/certificate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gnutls/x509.h>

/* 2026-11-20T09:00:00Z */
#define NOW INT64_C(1795165200000)

static gnutls_x509_crt_t read_back(const struct certificate *c)
{
	gnutls_x509_crt_t crt;
	gnutls_datum_t pem = {(unsigned char *)(uintptr_t)c->pem.p, (unsigned)c->pem.n};
	assert_int_equal(gnutls_x509_crt_init(&crt), 0);
	assert_int_equal(gnutls_x509_crt_import(crt, &pem, GNUTLS_X509_FMT_PEM), 0);
	return crt;
}

static void a_certificate_is_for_the_machine_itself_and_the_name(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct certificate c;
	struct err err;
	assert_int_equal(certificate_make(S("aismm.example"), NOW, 90, &a, &c, &err), OK);
	gnutls_x509_crt_t crt = read_back(&c);
	assert_true(gnutls_x509_crt_check_hostname(crt, "localhost"));
	assert_true(gnutls_x509_crt_check_hostname(crt, "127.0.0.1"));
	assert_true(gnutls_x509_crt_check_hostname(crt, "::1"));
	assert_true(gnutls_x509_crt_check_hostname(crt, "aismm.example"));
	assert_false(gnutls_x509_crt_check_hostname(crt, "other.example"));
	assert_int_equal(gnutls_x509_crt_get_expiration_time(crt) - NOW / 1000, 90 * 86400);
	assert_int_equal(c.fingerprint.n, 32 * 3 - 1);
	assert_true(str_starts(c.key, S("-----BEGIN ")));
	gnutls_x509_crt_deinit(crt);
	arena_release(&a);
}

static void no_two_are_the_same(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct certificate one, other;
	struct err err;
	assert_int_equal(certificate_make((str){0}, NOW, 1, &a, &one, &err), OK);
	assert_int_equal(certificate_make((str){0}, NOW, 1, &a, &other, &err), OK);
	assert_false(str_eq(one.key, other.key));
	assert_false(str_eq(one.fingerprint, other.fingerprint));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_certificate_is_for_the_machine_itself_and_the_name),
	    cmocka_unit_test(no_two_are_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
