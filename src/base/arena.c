#include "base/arena.h"

#include <stdint.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, cap;
	_Alignas(max_align_t) char bytes[];
};

struct arena_cleanup {
	struct arena_cleanup *next;
	void (*undo)(void *payload);
	void *payload;
};

#ifdef ARENA_EACH_OBJECT
enum { EACH_OBJECT = true };
#else
enum { EACH_OBJECT = false };
#endif

/* Small where little is needed: a server holds one for each client that keeps it waiting. */
static size_t chunk_bytes(const struct arena *a)
{
	if (EACH_OBJECT)
		return 0;
	if (a->used_bytes <= ARENA_FIRST_BYTES)
		return ARENA_FIRST_BYTES;
	return a->used_bytes < ARENA_CHUNK_BYTES ? a->used_bytes : ARENA_CHUNK_BYTES;
}

static struct arena_chunk *chunk_add(struct arena *a, size_t bytes)
{
	size_t usual = chunk_bytes(a), cap = bytes > usual ? bytes : usual;
	if (cap > SIZE_MAX - sizeof(struct arena_chunk))
		return NULL;
	struct arena_chunk *chunk = calloc(1, sizeof *chunk + cap);
	if (!chunk)
		return NULL;
	chunk->cap = cap;
	chunk->next = a->chunks;
	a->chunks = chunk;
	return chunk;
}

void *arena_alloc(struct arena *a, size_t bytes, size_t align)
{
	if (bytes > a->limit_bytes || a->used_bytes > a->limit_bytes - bytes)
		return NULL;
	struct arena_chunk *chunk = EACH_OBJECT ? NULL : a->chunks;
	size_t at = chunk ? (chunk->used + align - 1) & ~(align - 1) : 0;
	if (!chunk || at > chunk->cap || bytes > chunk->cap - at) {
		chunk = chunk_add(a, bytes);
		at = 0;
	}
	if (!chunk)
		return NULL;
	chunk->used = at + bytes;
	a->used_bytes += bytes;
	return chunk->bytes + at;
}

void *arena_array(struct arena *a, size_t n, size_t size, size_t align)
{
	size_t bytes;
	if (__builtin_mul_overflow(n, size, &bytes))
		return NULL;
	return arena_alloc(a, bytes, align);
}

void *arena_grow(struct arena *a, const void *array, size_t old, size_t want, size_t size, size_t *cap)
{
	size_t twice = old > SIZE_MAX / 2 ? want : old * 2;
	size_t n = twice > want ? twice : want;
	if (n < 8)
		n = 8;
	void *grown = arena_array(a, n, size, _Alignof(max_align_t));
	if (!grown)
		return NULL;
	if (old)
		memcpy(grown, array, old * size);
	*cap = n;
	return grown;
}

bool arena_defer(struct arena *a, void (*undo)(void *payload), void *payload)
{
	struct arena_cleanup *c = arena_new(a, struct arena_cleanup, 1);
	if (!c) {
		undo(payload);
		return false;
	}
	*c = (struct arena_cleanup){a->cleanups, undo, payload};
	a->cleanups = c;
	return true;
}

void arena_release(struct arena *a)
{
	for (struct arena_cleanup *c = a->cleanups; c; c = c->next)
		c->undo(c->payload);
	struct arena_chunk *chunk = a->chunks;
	while (chunk) {
		struct arena_chunk *next = chunk->next;
		free(chunk);
		chunk = next;
	}
	a->chunks = NULL;
	a->cleanups = NULL;
	a->used_bytes = 0;
}

void arena_settle(void)
{
	(void)mallopt(M_ARENA_MAX, 2);
	(void)mallopt(M_TRIM_THRESHOLD, 1 << 20);
	(void)mallopt(M_MMAP_THRESHOLD, 1 << 18);
}

void arena_trim(void)
{
	(void)malloc_trim(0);
}
