/**
 * One arena per command or request: allocate, never free single things, release once.
 *
 * Memory comes zeroed. An arena has a ceiling in bytes; past it, or when the machine has no
 * more memory, an allocation gives NULL and the caller returns err_full(). What is not memory
 * (files, statements) is registered with arena_defer and undone by arena_release, newest first.
 * With ARENA_EACH_OBJECT (test builds) every object is a malloc of its own, so that the
 * sanitizers see each overrun.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;
struct arena_cleanup;

struct arena {
	size_t limit_bytes;
	size_t used_bytes;
	struct arena_chunk *chunks;
	struct arena_cleanup *cleanups;
};

/* An empty arena; holds nothing until the first allocation. */
#define ARENA(limit) ((struct arena){.limit_bytes = (limit)})

/* n objects of a type, zeroed; NULL when full or when n * sizeof overflows. */
#define arena_new(a, type, n) ((type *)arena_array((a), (n), sizeof(type), _Alignof(type)))

void *arena_alloc(struct arena *a, size_t bytes, size_t align);
void *arena_array(struct arena *a, size_t n, size_t size, size_t align);
/* Grows an array of `old` objects to at least `want` (doubling); copies, the old one stays valid. Writes *cap. */
void *arena_grow(struct arena *a, const void *array, size_t old, size_t want, size_t size, size_t *cap);
/* Calls undo(payload) at release. false when full: then undo has been called already. */
bool arena_defer(struct arena *a, void (*undo)(void *payload), void *payload);
/* For a program that runs on: few heaps, and what was given back goes to the system soon. Once, before threads. */
void arena_settle(void);
/* Gives the system what was given back; for after something large. */
void arena_trim(void);
/* Runs the deferred calls, then gives all memory back; the arena is empty and usable again. */
void arena_release(struct arena *a);

#endif
