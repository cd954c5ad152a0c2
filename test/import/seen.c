#include "collect.h"

#include "import/seen.h"

static struct import_seen_rows rows_of(struct collect *c)
{
	return (struct import_seen_rows){.seen.arena = &c->arena};
}

static void push(struct collect *c, struct import_seen_rows *rows, str id, str check)
{
	struct import_sink sink = {c, collect_record, collect_warn};
	struct import_input in = {.arena = &c->arena, .facts = &c->facts, .sink = &sink};
	struct evidence_record r = {.kind = EVIDENCE_POSTURE, .id = id, .line = 3};
	evidence_set_text(&r, S("check_id"), check);
	assert_int_equal(import_seen_push(rows, &in, &r, &c->arena, &c->err), OK);
}

static void many_ids_are_told_apart_and_found_again(void **state)
{
	struct collect *c = *state;
	struct import_seen seen = {.arena = &c->arena};
	struct import_seen_entry *e;
	char id[32];
	assert_null(import_seen_find(&seen, S("s"), S("0")));
	for (int round = 1; round <= 2; round++)
		for (int i = 0; i < 5000; i++) {
			int n = snprintf(id, sizeof id, "%d", i);
			assert_int_equal(import_seen_add(&seen, S("s"), (str){id, (size_t)n}, &e, NULL), OK);
			assert_int_equal(e->count, round);
		}
	assert_int_equal(import_seen_find(&seen, S("s"), S("4999"))->count, 2);
	assert_null(import_seen_find(&seen, S("s"), S("5000")));
}

static void scope_and_id_are_not_one_text(void **state)
{
	struct collect *c = *state;
	struct import_seen seen = {.arena = &c->arena};
	struct import_seen_entry *e;
	assert_int_equal(import_seen_add(&seen, S("ab"), S("c"), &e, NULL), OK);
	assert_int_equal(import_seen_add(&seen, S("a"), S("bc"), &e, NULL), OK);
	assert_int_equal(e->count, 1);
}

static void a_row_that_repeats_another_is_left_out(void **state)
{
	struct collect *c = *state;
	struct import_seen_rows rows = rows_of(c);
	push(c, &rows, S("x"), S("one"));
	push(c, &rows, S("x"), S("one"));
	assert_int_equal(c->n, 1);
	assert_int_equal(rows.same.count, 1);
	assert_int_equal(rows.differs.count, 0);
}

static void rows_that_differ_get_distinct_ids(void **state)
{
	struct collect *c = *state;
	struct import_seen_rows rows = rows_of(c);
	push(c, &rows, S("x#2"), S("own"));
	push(c, &rows, S("x"), S("one"));
	push(c, &rows, S("x"), S("two"));
	push(c, &rows, S("x"), S("three"));
	assert_int_equal(c->n, 4);
	collect_no_same_ids(c);
	assert_true(str_eq(c->rows[2].id, S("x#3")));
	assert_int_equal(rows.differs.count, 2);
	assert_int_equal(rows.differs.first_line, 3);
}

static void long_ids_stay_distinct(void **state)
{
	struct collect *c = *state;
	struct import_seen_rows rows = rows_of(c);
	char id[2000];
	memset(id, 'a', sizeof id);
	push(c, &rows, (str){id, 512}, S("exact"));
	push(c, &rows, (str){id, 1999}, S("one"));
	push(c, &rows, (str){id, 2000}, S("two"));
	push(c, &rows, (str){id, 2000}, S("three"));
	assert_int_equal(c->n, 4);
	collect_no_same_ids(c);
	assert_int_equal(rows.shortened.count, 3);
	assert_int_equal(c->rows[0].id.n, 512);
	assert_int_equal(c->rows[1].id.n, 512);
}

static void a_shortened_id_is_still_utf8(void **state)
{
	struct collect *c = *state;
	char id[1200];
	for (size_t shift = 0; shift < 3; shift++) {
		memset(id, 'a', shift);
		for (size_t i = shift; i + 3 <= sizeof id; i += 3)
			memcpy(id + i, "\xE2\x82\xAC", 3);
		assert_true(str_is_utf8(import_seen_fit(&c->arena, (str){id, 900 + shift})));
	}
}

static void what_is_released_is_forgotten(void **state)
{
	struct collect *c = *state;
	struct import_seen seen = {.arena = &c->arena};
	struct import_seen_entry *e;
	import_seen_release(&seen);
	for (int round = 0; round < 2; round++) {
		assert_int_equal(import_seen_add(&seen, S("s"), S("a"), &e, &c->err), OK);
		assert_int_equal(e->count, 1);
		import_seen_release(&seen);
		assert_null(import_seen_find(&seen, S("s"), S("a")));
	}
}

static void a_full_arena_is_an_error(void **state)
{
	struct collect *c = *state;
	struct arena small = ARENA(20000);
	struct import_seen seen = {.arena = &small};
	struct import_seen_entry *e;
	enum status status = OK;
	char id[32];
	for (int i = 0; i < 5000 && status == OK; i++) {
		int n = snprintf(id, sizeof id, "%d", i);
		status = import_seen_add(&seen, S("s"), (str){id, (size_t)n}, &e, &c->err);
	}
	assert_int_equal(status, E_TOO_LARGE);
	arena_release(&small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(many_ids_are_told_apart_and_found_again),
	    COLLECT_TEST(scope_and_id_are_not_one_text),
	    COLLECT_TEST(a_row_that_repeats_another_is_left_out),
	    COLLECT_TEST(rows_that_differ_get_distinct_ids),
	    COLLECT_TEST(long_ids_stay_distinct),
	    COLLECT_TEST(a_shortened_id_is_still_utf8),
	    COLLECT_TEST(what_is_released_is_forgotten),
	    COLLECT_TEST(a_full_arena_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
