/**
 * Pages that were made before. One is good for the same address in the same session as long as the store's generation
 * is the one it was made of, and never longer than a short time; so it needs no look at the store at all, and who may
 * see what is not asked again: a session that ends, a grant that is taken back are changes of the store, too.
 */
#ifndef WEB_CACHE_H
#define WEB_CACHE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/shared.h"

struct cache;

struct cache_page {
	struct shared *plain, *packed; /* packed: NULL when it is not smaller */
};

/* most: bytes that it holds. */
MUST_USE enum status cache_open(struct arena *a, size_t most, struct cache **out, struct err *err);
void cache_close(struct cache *c);
/* *out is held and has to be dropped. false: there is none, or it is not good any more. */
bool cache_find(struct cache *c, str session, str address, int64_t generation, int64_t now_ms, struct cache_page *out);
/* Keeps a page; the oldest ones make room. Takes nothing over: the page is copied. */
void cache_put(struct cache *c, str session, str address, int64_t generation, int64_t until_ms, str body);
void cache_drop(struct cache_page *page);

#endif
