/**
 * One-time passwords by time (TOTP, RFC 6238): SHA-1, steps of 30 seconds, six digits; the HMAC is GnuTLS's. What every
 * authenticator app can do.
 */
#ifndef BASE_OTP_H
#define BASE_OTP_H

#include "base/buf.h"
#include "base/err.h"

enum { OTP_SECRET_BYTES = 20, OTP_DIGITS = 6, OTP_STEP_MS = 30000, OTP_WINDOW = 1 };

/* A secret in base32 without padding (RFC 4648), and a NUL. */
#define OTP_SECRET_TEXT 33

/* The step of an instant. */
int64_t otp_step(int64_t ms);
/* The code of a step, as a number below a million. E_BUG when the library refuses. */
MUST_USE enum status otp_code(str secret, int64_t step, uint32_t *out, struct err *err);
/**
 * Is the text (digits, spaces among them allowed) the code of a step within one of now? *step: the one that it is the
 * code of; -1: of none. Steps up to `used` are not accepted again; every step is looked at, so time tells nothing.
 */
MUST_USE enum status otp_find(str secret, str text, int64_t now_ms, int64_t used, int64_t *step, struct err *err);
/* Base32 of a secret of OTP_SECRET_BYTES. */
str otp_secret_text(const unsigned char secret[OTP_SECRET_BYTES], char out[OTP_SECRET_TEXT]);
/* Adds otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=ISSUER, as authenticator apps read it from a QR code. */
void otp_uri(struct buf *b, str issuer, str account, str secret_text);

#endif
