#include "base/secret.h"

#include <string.h>

#include <sodium/core.h>
#include <sodium/crypto_pwhash.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

enum { PASSES = 2, MEMORY_BYTES = 19 << 20, TEXT_BYTES = 32 };

_Static_assert(crypto_pwhash_STRBYTES <= SECRET_HASH, "a hash has room");
_Static_assert(sodium_base64_ENCODED_LEN(TEXT_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == SECRET_TEXT,
	       "a text has room");

static enum status prepare(struct err *err)
{
	if (sodium_init() >= 0)
		return OK;
	return err_set(err, E_IO, "the system gives no random numbers");
}

enum status secret_bytes(unsigned char *out, size_t n, struct err *err)
{
	TRY(prepare(err));
	randombytes_buf(out, n);
	return OK;
}

enum status secret_text(char out[SECRET_TEXT], struct err *err)
{
	unsigned char bytes[TEXT_BYTES];
	TRY(secret_bytes(bytes, sizeof bytes, err));
	(void)sodium_bin2base64(out, SECRET_TEXT, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof bytes);
	return OK;
}

enum status secret_hash(str password, char out[SECRET_HASH], struct err *err)
{
	char text[crypto_pwhash_STRBYTES];
	TRY(prepare(err));
	if (crypto_pwhash_str_alg(text, password.n ? password.p : "", password.n, PASSES, MEMORY_BYTES,
				  crypto_pwhash_ALG_ARGON2ID13) != 0)
		return err_set(err, E_NO_MEMORY, "there is no memory to hash a password in");
	memset(out, 0, SECRET_HASH);
	memcpy(out, text, sizeof text);
	return OK;
}

/* The library wants a whole field with a NUL behind the text. */
static bool in_field(str hash, char out[crypto_pwhash_STRBYTES])
{
	memset(out, 0, crypto_pwhash_STRBYTES);
	if (!hash.n || hash.n >= crypto_pwhash_STRBYTES || memchr(hash.p, '\0', hash.n))
		return false;
	memcpy(out, hash.p, hash.n);
	return true;
}

bool secret_verify(str password, str hash)
{
	char field[crypto_pwhash_STRBYTES];
	return prepare(NULL) == OK && in_field(hash, field) &&
	       crypto_pwhash_str_verify(field, password.n ? password.p : "", password.n) == 0;
}

bool secret_is_dated(str hash)
{
	char field[crypto_pwhash_STRBYTES];
	return !in_field(hash, field) || crypto_pwhash_str_needs_rehash(field, PASSES, MEMORY_BYTES) != 0;
}

void secret_verify_nobody(str password)
{
	/* The sum is all zeros; the parameters are those above. */
	(void)secret_verify(password, S("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
					"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
}

bool secret_equal(str a, str b)
{
	return a.n == b.n && (!a.n || sodium_memcmp(a.p, b.p, a.n) == 0);
}
