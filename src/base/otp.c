#include "base/otp.h"

#include <gnutls/crypto.h>

enum { SUM_BYTES = 20, MODULUS = 1000000 };

int64_t otp_step(int64_t ms)
{
	return ms / OTP_STEP_MS;
}

enum status otp_code(str secret, int64_t step, uint32_t *out, struct err *err)
{
	unsigned char counter[8], sum[SUM_BYTES];
	for (int i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	if (gnutls_hmac_fast(GNUTLS_MAC_SHA1, secret.p, secret.n, counter, sizeof counter, sum) != 0)
		return err_set(err, E_BUG, "the library makes no HMAC");
	const unsigned char *at = &sum[sum[SUM_BYTES - 1] & 15];
	uint32_t cut = (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	*out = cut % MODULUS;
	return OK;
}

/* Six digits with spaces among them; false on anything else. */
static bool read_code(str text, uint32_t *out)
{
	uint32_t value = 0;
	int digits = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == ' ')
			continue;
		if (text.p[i] < '0' || text.p[i] > '9' || ++digits > OTP_DIGITS)
			return false;
		value = value * 10 + (uint32_t)(text.p[i] - '0');
	}
	*out = value;
	return digits == OTP_DIGITS;
}

enum status otp_find(str secret, str text, int64_t now_ms, int64_t used, int64_t *step, struct err *err)
{
	uint32_t given, code;
	int64_t found = -1;
	if (!read_code(text, &given)) {
		*step = -1;
		return OK;
	}
	for (int64_t s = otp_step(now_ms) - OTP_WINDOW; s <= otp_step(now_ms) + OTP_WINDOW; s++) {
		TRY(otp_code(secret, s, &code, err));
		bool fits = code == given && s > used;
		found = fits ? s : found;
	}
	*step = found;
	return OK;
}

str otp_secret_text(const unsigned char secret[OTP_SECRET_BYTES], char out[OTP_SECRET_TEXT])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint64_t bits = 0;
	int waiting = 0, n = 0;
	for (int i = 0; i < OTP_SECRET_BYTES; i++) {
		bits = bits << 8 | secret[i];
		for (waiting += 8; waiting >= 5; waiting -= 5)
			out[n++] = letters[bits >> (waiting - 5) & 31];
	}
	out[n] = '\0';
	return (str){out, (size_t)n};
}

static void put_escaped(struct buf *b, str text)
{
	static const char digit[] = "0123456789ABCDEF";
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
			     c == '.' || c == '_' || c == '~';
		if (plain) {
			buf_char(b, (char)c);
			continue;
		}
		buf_char(b, '%');
		buf_char(b, digit[c >> 4]);
		buf_char(b, digit[c & 15]);
	}
}

void otp_uri(struct buf *b, str issuer, str account, str secret_text)
{
	buf_add(b, S("otpauth://totp/"));
	put_escaped(b, issuer);
	buf_char(b, ':');
	put_escaped(b, account);
	buf_add(b, S("?secret="));
	buf_add(b, secret_text);
	buf_add(b, S("&issuer="));
	put_escaped(b, issuer);
}
