#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

static void memory_comes_zeroed_and_aligned(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	static const size_t aligns[] = {1, 2, 4, 8, 16};
	for (size_t i = 0; i < 500; i++) {
		size_t align = aligns[i % 5], bytes = i % 37;
		unsigned char *p = arena_alloc(&a, bytes, align);
		assert_non_null(p);
		assert_int_equal((uintptr_t)p % align, 0);
		for (size_t k = 0; k < bytes; k++)
			assert_int_equal(p[k], 0);
		memset(p, 0xAA, bytes);
	}
	arena_release(&a);
}

static void objects_do_not_overlap(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 24);
	unsigned char *p[300];
	size_t size[300];
	for (size_t i = 0; i < 300; i++) {
		size[i] = i % 10 == 9 ? ARENA_CHUNK_BYTES / 2 + i : 1 + i;
		p[i] = arena_new(&a, unsigned char, size[i]);
		assert_non_null(p[i]);
		memset(p[i], (int)(i & 255), size[i]);
	}
	for (size_t i = 0; i < 300; i++)
		for (size_t k = 0; k < size[i]; k++)
			assert_int_equal(p[i][k], i & 255);
	arena_release(&a);
}

static void the_ceiling_is_exact(void **state)
{
	(void)state;
	struct arena a = ARENA(100);
	assert_null(arena_alloc(&a, 101, 1));
	assert_non_null(arena_alloc(&a, 60, 1));
	assert_null(arena_alloc(&a, 41, 1));
	assert_non_null(arena_alloc(&a, 40, 1));
	assert_null(arena_alloc(&a, 1, 1));
	assert_non_null(arena_alloc(&a, 0, 1));
	assert_int_equal(a.used_bytes, 100);
	arena_release(&a);
	assert_int_equal(a.used_bytes, 0);
	assert_non_null(arena_alloc(&a, 100, 1));
	arena_release(&a);
}

static void sizes_that_overflow_give_null(void **state)
{
	(void)state;
	struct arena a = ARENA(SIZE_MAX);
	assert_null(arena_array(&a, SIZE_MAX / 2, 3, 1));
	assert_null(arena_array(&a, SIZE_MAX, SIZE_MAX, 1));
	assert_null(arena_new(&a, int64_t, SIZE_MAX / 8 + 1));
	/* The product fits, but the chunk around it does not. */
	assert_null(arena_alloc(&a, SIZE_MAX, 1));
	assert_null(arena_alloc(&a, SIZE_MAX - 8, 1));
	assert_int_equal(a.used_bytes, 0);
	size_t cap = 7;
	assert_null(arena_grow(&a, NULL, 0, SIZE_MAX / 2, 16, &cap));
	assert_int_equal(cap, 7);
	arena_release(&a);
}

static void arrays_grow_and_keep_what_they_hold(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	int *v = NULL;
	size_t n = 0, cap = 0, grown = 0;
	for (int i = 0; i < 1000; i++) {
		if (n == cap) {
			const int *old = v;
			v = arena_grow(&a, v, n, n + 1, sizeof *v, &cap);
			assert_non_null(v);
			assert_true(n == 0 || old[n - 1] == i - 1);
			assert_true(cap > n);
			grown++;
		}
		v[n++] = i;
	}
	assert_int_equal(grown, 8);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(v[i], i);
	v = arena_grow(&a, v, n, 5000, sizeof *v, &cap);
	assert_non_null(v);
	assert_int_equal(cap, 5000);
	assert_int_equal(v[999], 999);
	assert_int_equal(v[4999], 0);
	arena_release(&a);
}

struct note {
	char *order;
	char name;
};

static void undo(void *payload)
{
	struct note *note = payload;
	note->order[strlen(note->order)] = note->name;
}

static void deferred_calls_run_newest_first_before_the_memory_goes(void **state)
{
	(void)state;
	char order[8] = "";
	struct arena a = ARENA(1 << 20);
	for (char c = 'a'; c <= 'c'; c++) {
		struct note *note = arena_new(&a, struct note, 1); /* lives in the arena itself */
		assert_non_null(note);
		*note = (struct note){order, c};
		assert_true(arena_defer(&a, undo, note));
	}
	assert_string_equal(order, "");
	arena_release(&a);
	assert_string_equal(order, "cba");
	arena_release(&a);
	assert_string_equal(order, "cba");
}

static void a_deferred_call_that_finds_no_room_runs_at_once(void **state)
{
	(void)state;
	char order[8] = "";
	struct note note = {order, 'x'};
	struct arena a = ARENA(1);
	assert_false(arena_defer(&a, undo, &note));
	assert_string_equal(order, "x");
	arena_release(&a);
	assert_string_equal(order, "x");
}

#ifdef ARENA_EACH_OBJECT
static void every_object_is_a_piece_of_its_own(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct arena_chunk *last = NULL;
	for (int i = 0; i < 10; i++) {
		assert_non_null(arena_alloc(&a, 3, 1));
		assert_ptr_not_equal(a.chunks, last);
		last = a.chunks;
	}
	arena_release(&a);
}
#else
static void small_objects_share_a_piece(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	assert_non_null(arena_alloc(&a, 3, 1));
	struct arena_chunk *first = a.chunks;
	for (int i = 0; i < 10; i++)
		assert_non_null(arena_alloc(&a, 3, 1));
	assert_ptr_equal(a.chunks, first);
	assert_non_null(arena_alloc(&a, ARENA_CHUNK_BYTES + 1, 1));
	assert_ptr_not_equal(a.chunks, first);
	arena_release(&a);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(memory_comes_zeroed_and_aligned),
	    cmocka_unit_test(objects_do_not_overlap),
	    cmocka_unit_test(the_ceiling_is_exact),
	    cmocka_unit_test(sizes_that_overflow_give_null),
	    cmocka_unit_test(arrays_grow_and_keep_what_they_hold),
	    cmocka_unit_test(deferred_calls_run_newest_first_before_the_memory_goes),
	    cmocka_unit_test(a_deferred_call_that_finds_no_room_runs_at_once),
#ifdef ARENA_EACH_OBJECT
	    cmocka_unit_test(every_object_is_a_piece_of_its_own),
#else
	    cmocka_unit_test(small_objects_share_a_piece),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
