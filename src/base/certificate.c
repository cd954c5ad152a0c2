#include "base/certificate.h"

#include <arpa/inet.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>

#include "base/buf.h"

enum { SERIAL_BYTES = 16, SUM_BYTES = 32 };

static enum status failed(int code, struct err *err)
{
	return err_set(err, E_IO, "no certificate can be made: %s", gnutls_strerror(code));
}

/* 0 or an error of the library, as all below. */
static int add_address(gnutls_x509_crt_t crt, const char *text)
{
	unsigned char bytes[16];
	if (inet_pton(AF_INET, text, bytes) == 1)
		return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, bytes, 4, GNUTLS_FSAN_APPEND);
	if (inet_pton(AF_INET6, text, bytes) == 1)
		return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, bytes, 16, GNUTLS_FSAN_APPEND);
	str name = str_from(text);
	return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, name.p, (unsigned)name.n,
						    GNUTLS_FSAN_APPEND);
}

static int fill(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, const char *name, int64_t now_ms, int days)
{
	static const char *const always[] = {"localhost", "127.0.0.1", "::1"};
	unsigned char serial[SERIAL_BYTES];
	time_t from = (time_t)(now_ms / 1000);
	int code = gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial);
	serial[0] &= 0x7F;
	code = code ? code : gnutls_x509_crt_set_version(crt, 3);
	code = code ? code : gnutls_x509_crt_set_serial(crt, serial, sizeof serial);
	code = code ? code : gnutls_x509_crt_set_activation_time(crt, from - 300);
	code = code ? code : gnutls_x509_crt_set_expiration_time(crt, from + (time_t)days * 86400);
	code = code ? code : gnutls_x509_crt_set_key(crt, key);
	code = code ? code : gnutls_x509_crt_set_dn(crt, "CN=aismm self-made", NULL);
	code = code ? code : gnutls_x509_crt_set_basic_constraints(crt, 0, -1);
	code = code ? code : gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_DIGITAL_SIGNATURE);
	code = code ? code : gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_SERVER, 0);
	for (size_t i = 0; i < sizeof always / sizeof always[0] && !code; i++)
		code = add_address(crt, always[i]);
	if (!code && *name)
		code = add_address(crt, name);
	return code ? code : gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0);
}

static int fingerprint(gnutls_x509_crt_t crt, struct buf *out)
{
	unsigned char sum[SUM_BYTES];
	size_t n = sizeof sum;
	int code = gnutls_x509_crt_get_fingerprint(crt, GNUTLS_DIG_SHA256, sum, &n);
	for (size_t i = 0; i < n && !code; i++)
		buf_printf(out, "%s%02X", i ? ":" : "", sum[i]);
	return code;
}

static int make(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, const char *name, int64_t now_ms, int days,
		struct arena *a, struct certificate *out)
{
	gnutls_datum_t pem = {0}, secret = {0};
	struct buf sum = BUF(256);
	int code =
	    gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
	code = code ? code : fill(crt, key, name, now_ms, days);
	code = code ? code : gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &pem);
	code = code ? code : gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &secret);
	code = code ? code : fingerprint(crt, &sum);
	if (!code) {
		out->pem = str_copy(a, (str){(const char *)pem.data, pem.size});
		out->key = str_copy(a, (str){(const char *)secret.data, secret.size});
		out->fingerprint = str_copy(a, buf_str(&sum));
	}
	gnutls_free(pem.data);
	gnutls_free(secret.data);
	buf_release(&sum);
	return code;
}

enum status certificate_make(str name, int64_t now_ms, int days, struct arena *a, struct certificate *out,
			     struct err *err)
{
	gnutls_x509_crt_t crt = NULL;
	gnutls_x509_privkey_t key = NULL;
	const char *z = str_z(a, name);
	struct certificate made = {0};
	if (!z)
		return err_full(err);
	int code = gnutls_x509_crt_init(&crt);
	code = code ? code : gnutls_x509_privkey_init(&key);
	code = code ? code : make(crt, key, z, now_ms, days, a, &made);
	if (key)
		gnutls_x509_privkey_deinit(key);
	if (crt)
		gnutls_x509_crt_deinit(crt);
	if (code)
		return failed(code, err);
	if (!made.pem.p || !made.key.p || !made.fingerprint.p)
		return err_full(err);
	*out = made;
	return OK;
}
