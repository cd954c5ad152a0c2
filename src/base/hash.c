#include "base/hash.h"

#include <sodium/utils.h>

void hash_init(struct hash *h)
{
	(void)crypto_hash_sha256_init(&h->state);
}

void hash_add(struct hash *h, str bytes)
{
	if (bytes.n)
		(void)crypto_hash_sha256_update(&h->state, (const unsigned char *)bytes.p, bytes.n);
}

void hash_add_field(struct hash *h, str field)
{
	unsigned char head[9] = {field.p ? 1 : 0};
	for (int i = 0; i < 8; i++)
		head[1 + i] = (unsigned char)((uint64_t)field.n >> (8 * i));
	(void)crypto_hash_sha256_update(&h->state, head, sizeof head);
	hash_add(h, field);
}

str hash_hex(struct hash *h, char out[HASH_TEXT])
{
	static const char digit[] = "0123456789abcdef";
	unsigned char sum[crypto_hash_sha256_BYTES];
	(void)crypto_hash_sha256_final(&h->state, sum);
	for (size_t i = 0; i < sizeof sum; i++) {
		out[2 * i] = digit[sum[i] >> 4];
		out[2 * i + 1] = digit[sum[i] & 15];
	}
	out[HASH_TEXT - 1] = '\0';
	return (str){out, HASH_TEXT - 1};
}

str hash_of(str bytes, char out[HASH_TEXT])
{
	struct hash h;
	hash_init(&h);
	hash_add(&h, bytes);
	return hash_hex(&h, out);
}

str hash_base64(str bytes, char out[HASH_BASE64])
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	struct hash h;
	hash_init(&h);
	hash_add(&h, bytes);
	(void)crypto_hash_sha256_final(&h.state, sum);
	(void)sodium_bin2base64(out, HASH_BASE64, sum, sizeof sum, sodium_base64_VARIANT_ORIGINAL);
	return (str){out, HASH_BASE64 - 1};
}
