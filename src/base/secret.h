/**
 * Secrets, by libsodium: random bytes, hashes of passwords, and comparing without telling by time.
 *
 * Each function that needs the library prepares it first; E_IO when the system has no randomness to give.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/err.h"
#include "base/str.h"

MUST_USE enum status secret_bytes(unsigned char *out, size_t n, struct err *err);

/* 256 random bits as base64url without padding: 43 characters and a NUL. */
#define SECRET_TEXT 44
MUST_USE enum status secret_text(char out[SECRET_TEXT], struct err *err);

/* Argon2id with two passes over 19 MiB (OWASP, 2024). The text names its own parameters. */
#define SECRET_HASH 128
MUST_USE enum status secret_hash(str password, char out[SECRET_HASH], struct err *err);
/* Was the hash made of this password? false as well for a text that is no hash. Takes as long as making one. */
bool secret_verify(str password, str hash);
/* Was it made with other parameters than those of today? */
bool secret_is_dated(str hash);
/* Verifies against a hash that no password has: for who does not exist, so that it takes as long. */
void secret_verify_nobody(str password);

/* Equal, in a time that depends on the lengths alone. */
bool secret_equal(str a, str b);

#endif
