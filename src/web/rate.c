#include "web/rate.h"

#include <pthread.h>

#include "base/address.h"
#include "base/hash.h"

enum { SLOTS = 8192, WAYS = 4, KEY_BYTES = 32 /* of the hash's text */, MINUTE_MS = 60000, SECOND_MS = 1000 };

struct slot {
	char key[KEY_BYTES]; /* empty: free */
	int64_t at_ms;       /* when it was looked at last */
	int64_t parts;       /* what is left, in requests times MINUTE_MS */
};

struct rate {
	pthread_mutex_t mutex;
	struct slot *slots;
};

enum status rate_open(struct arena *a, struct rate **out, struct err *err)
{
	struct rate *r = arena_new(a, struct rate, 1);
	if (!r || !(r->slots = arena_new(a, struct slot, SLOTS)))
		return err_full(err);
	(void)pthread_mutex_init(&r->mutex, NULL);
	*out = r;
	return OK;
}

static void key_of(str kind, str key, char out[HASH_TEXT])
{
	struct hash h;
	char text[ADDRESS_TEXT];
	hash_init(&h);
	hash_add_field(&h, kind);
	hash_add_field(&h, str_eq(kind, S("address")) ? address_network(key, text) : key);
	(void)hash_hex(&h, out);
}

/* The slot of a key; a new one starts full. */
static struct slot *slot_of(struct rate *r, str key, int64_t full, int64_t now_ms)
{
	size_t n = 0;
	for (int i = 0; i < 8; i++)
		n = n * 16 + (size_t)(key.p[i] <= '9' ? key.p[i] - '0' : key.p[i] - 'a' + 10);
	struct slot *set = &r->slots[n % (SLOTS / WAYS) * WAYS], *oldest = set;
	for (int i = 0; i < WAYS; i++) {
		if (str_eq((str){set[i].key, KEY_BYTES}, key))
			return &set[i];
		if (set[i].at_ms < oldest->at_ms)
			oldest = &set[i];
	}
	*oldest = (struct slot){.at_ms = now_ms, .parts = full};
	for (size_t i = 0; i < KEY_BYTES; i++)
		oldest->key[i] = key.p[i];
	return oldest;
}

bool rate_take(struct rate *r, str kind, str key, int64_t limit, int64_t now_ms, struct rate_state *out)
{
	char text[HASH_TEXT];
	int64_t full = limit * MINUTE_MS;
	key_of(kind, key, text);
	(void)pthread_mutex_lock(&r->mutex);
	struct slot *s = slot_of(r, (str){text, KEY_BYTES}, full, now_ms);
	int64_t passed = now_ms > s->at_ms ? now_ms - s->at_ms : 0;
	s->parts = passed >= MINUTE_MS || s->parts + passed * limit > full ? full : s->parts + passed * limit;
	s->at_ms = now_ms;
	bool there = s->parts >= MINUTE_MS;
	if (there)
		s->parts -= MINUTE_MS;
	int64_t parts = s->parts, a_second = limit * SECOND_MS;
	(void)pthread_mutex_unlock(&r->mutex);
	*out = (struct rate_state){.limit = limit,
				   .remaining = parts / MINUTE_MS,
				   .reset_s = (full - parts + a_second - 1) / a_second,
				   .retry_s = there ? 0 : (MINUTE_MS - parts + a_second - 1) / a_second};
	return there;
}
