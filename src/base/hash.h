/**
 * SHA-256 (FIPS 180-4), by libsodium.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <sodium/crypto_hash_sha256.h>

#include "base/str.h"

/* 64 lower-case hexadecimal digits and a NUL. */
#define HASH_TEXT 65

struct hash {
	crypto_hash_sha256_state state;
};

void hash_init(struct hash *h);
void hash_add(struct hash *h, str bytes);
/* Length-prefixed, so that ("ab","c") and ("a","bc") differ; absent (p NULL) differs from empty. */
void hash_add_field(struct hash *h, str field);
/* Ends the hash; the text as str. */
str hash_hex(struct hash *h, char out[HASH_TEXT]);
/* The hash of one text. */
str hash_of(str bytes, char out[HASH_TEXT]);
/* The same in base64, as content security policies and integrity attributes write it. */
#define HASH_BASE64 45
str hash_base64(str bytes, char out[HASH_BASE64]);

#endif
