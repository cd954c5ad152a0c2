#include "web/cache.h"

#include <pthread.h>

#include "base/gzip.h"
#include "base/hash.h"
#include "base/limits.h"

enum { SLOTS = 2048, WAYS = 4 };

struct slot {
	char key[HASH_TEXT]; /* of session and address; empty: free */
	int64_t generation, until_ms, used;
	size_t bytes;
	struct cache_page page;
};

struct cache {
	pthread_mutex_t mutex;
	int64_t clock; /* counts uses, to tell the oldest */
	size_t bytes, most;
	struct slot *slots;
};

enum status cache_open(struct arena *a, size_t most, struct cache **out, struct err *err)
{
	struct cache *c = arena_new(a, struct cache, 1);
	if (!c || !(c->slots = arena_new(a, struct slot, SLOTS)))
		return err_full(err);
	c->most = most;
	(void)pthread_mutex_init(&c->mutex, NULL);
	*out = c;
	return OK;
}

void cache_drop(struct cache_page *page)
{
	shared_drop(page->plain);
	shared_drop(page->packed);
	*page = (struct cache_page){0};
}

static void clear(struct cache *c, struct slot *s)
{
	c->bytes -= s->bytes;
	cache_drop(&s->page);
	*s = (struct slot){0};
}

void cache_close(struct cache *c)
{
	for (size_t i = 0; i < SLOTS; i++)
		clear(c, &c->slots[i]);
}

static void key_of(str session, str address, char out[HASH_TEXT])
{
	struct hash h;
	hash_init(&h);
	hash_add_field(&h, session);
	hash_add_field(&h, address);
	(void)hash_hex(&h, out);
}

/* The few slots in which a key may stand. */
static struct slot *slots_of(struct cache *c, const char key[HASH_TEXT])
{
	size_t n = 0;
	for (int i = 0; i < 8; i++)
		n = n * 16 + (size_t)(key[i] <= '9' ? key[i] - '0' : key[i] - 'a' + 10);
	return &c->slots[n % (SLOTS / WAYS) * WAYS];
}

static struct slot *slot_find(struct cache *c, const char key[HASH_TEXT])
{
	struct slot *s = slots_of(c, key);
	for (int i = 0; i < WAYS; i++)
		if (str_eq(str_from(s[i].key), str_from(key)))
			return &s[i];
	return NULL;
}

bool cache_find(struct cache *c, str session, str address, int64_t generation, int64_t now_ms, struct cache_page *out)
{
	char key[HASH_TEXT];
	key_of(session, address, key);
	(void)pthread_mutex_lock(&c->mutex);
	struct slot *s = slot_find(c, key);
	bool good = s && s->generation == generation && now_ms < s->until_ms;
	if (good) {
		s->used = ++c->clock;
		out->plain = shared_hold(s->page.plain);
		out->packed = s->page.packed ? shared_hold(s->page.packed) : NULL;
	}
	(void)pthread_mutex_unlock(&c->mutex);
	return good;
}

static struct slot *oldest(struct slot *s, size_t n)
{
	struct slot *found = NULL;
	for (size_t i = 0; i < n; i++)
		if (s[i].key[0] && (!found || s[i].used < found->used))
			found = &s[i];
	return found;
}

static void place(struct cache *c, const struct slot *page)
{
	struct slot *to = slot_find(c, page->key), *set = slots_of(c, page->key);
	for (int i = 0; i < WAYS && !to; i++)
		if (!set[i].key[0])
			to = &set[i];
	if (!to)
		to = oldest(set, WAYS);
	clear(c, to);
	while (c->bytes && c->bytes + page->bytes > c->most)
		clear(c, oldest(c->slots, SLOTS));
	*to = *page;
	to->used = ++c->clock;
	c->bytes += page->bytes;
}

void cache_put(struct cache *c, str session, str address, int64_t generation, int64_t until_ms, str body)
{
	struct buf packed = BUF(LIMIT_PAGE_BYTES);
	struct slot page = {.generation = generation, .until_ms = until_ms};
	struct err err;
	if (body.n > c->most / 4 || !(page.page.plain = shared_new(body)))
		return;
	if (gzip_pack(body, GZIP_QUICK, &packed, &err) == OK && packed.n < body.n)
		page.page.packed = shared_new(buf_str(&packed));
	page.bytes = body.n + (page.page.packed ? packed.n : 0) + sizeof page;
	buf_release(&packed);
	key_of(session, address, page.key);
	(void)pthread_mutex_lock(&c->mutex);
	place(c, &page);
	(void)pthread_mutex_unlock(&c->mutex);
}
