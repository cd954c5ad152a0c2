/**
 * The rows of a query as an array: all of them and in their order, however many; none is no array; and what cannot be
 * made of a row leaves nothing behind.
 */
#include "store/room.h"

#include "store/rows.h"

struct number {
	int64_t is, twice;
};

static enum status fill_number(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct number *out = to;
	(void)a;
	*out = (struct number){db_i64(st, 0), db_i64(st, 1)};
	return out->is == 13 ? err_set(err, E_CONFLICT, "thirteen") : OK;
}

static enum status count(const struct room *room, int64_t from, int64_t to, struct arena *a, struct store_rows *out)
{
	struct db_stmt *st;
	struct err err = {0};
	TRY(db_prepare(
	    room->db,
	    SQL("WITH RECURSIVE n(i) AS (SELECT CAST($1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < $2) "
		"SELECT i, i * 2 FROM n WHERE i <= $2 ORDER BY i"),
	    &st, &err));
	db_bind_i64(st, 1, from);
	db_bind_i64(st, 2, to);
	enum status status = store_rows_read(st, a, sizeof(struct number), fill_number, out, &err);
	db_reset(st);
	return status;
}

static void all_rows_come_in_their_order(void **state)
{
	struct arena a = ARENA(1 << 20);
	struct store_rows rows;
	assert_int_equal(count(*state, 100, 1099, &a, &rows), OK);
	const struct number *list = rows.list;
	assert_int_equal(rows.n, 1000);
	for (size_t i = 0; i < rows.n; i++) {
		assert_int_equal(list[i].is, 100 + i);
		assert_int_equal(list[i].twice, 200 + 2 * i);
	}
	arena_release(&a);
}

static void no_rows_are_no_array(void **state)
{
	struct arena a = ARENA(1 << 20);
	struct store_rows rows = {&a, 7};
	assert_int_equal(count(*state, 2, 1, &a, &rows), OK);
	assert_null(rows.list);
	assert_int_equal(rows.n, 0);
	arena_release(&a);
}

static void what_fails_halfway_gives_nothing(void **state)
{
	struct arena a = ARENA(1 << 20), small = ARENA(1 << 10);
	struct store_rows rows = {&a, 7};
	assert_int_equal(count(*state, 1, 20, &a, &rows), E_CONFLICT);
	assert_int_equal(count(*state, 100, 9999, &small, &rows), E_TOO_LARGE);
	assert_ptr_equal(rows.list, &a);
	assert_int_equal(rows.n, 7);
	arena_release(&a);
	arena_release(&small);
}

#define CASES(X) X(all_rows_come_in_their_order), X(no_rows_are_no_array), X(what_fails_halfway_gives_nothing)

STORE_MAIN("store/rows")
