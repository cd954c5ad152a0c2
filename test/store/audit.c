/**
 * The audit trail shows every change of what was written: in a row, of a row, between rows; and with a sum that was
 * kept elsewhere, that its end was cut off.
 */
#include "store/room.h"

#include "store/audit.h"

enum { ROWS = 6 };

static void write_rows(const struct room *room, int n)
{
	static const str acts[] = {S("user.add"), S("user.grant")};
	static const str actors[] = {S("ada"), S("bo"), S("")};
	for (int i = 0; i < n; i++) {
		struct store_audit row = {.at_ms = DAY(1) + i,
					  .actor = actors[i % 3],
					  .act = acts[i % 2],
					  .object = S("kofi"),
					  .detail = i ? S("Łuna \"x\"") : (str){0}};
		RUN(db_begin(room->db, true, err));
		RUN(store_audit_add(room->db, &row, err));
		RUN(db_commit(room->db, err));
	}
}

static struct store_audit_check check(const struct room *room, str expected)
{
	struct store_audit_check out;
	RUN(store_audit_verify(room->db, expected, &out, err));
	return out;
}

static void a_trail_that_nobody_touched_is_good(void **state)
{
	const struct room *room = *state;
	struct store_audit_check c = check(room, S(""));
	assert_int_equal(c.rows, 0);
	assert_int_equal(c.broken, 0);
	assert_string_equal(c.head, "");
	write_rows(room, ROWS);
	c = check(room, S(""));
	assert_int_equal(c.rows, ROWS);
	assert_int_equal(c.broken, 0);
	assert_int_equal(strlen(c.head), 64);
}

/* The sum is what ARCHITECTURE and the manual say it is; computed here once more, by hand. */
static void a_sum_is_over_the_one_before_and_every_field(void **state)
{
	const struct room *room = *state;
	struct hash h;
	char first[HASH_TEXT], second[HASH_TEXT], at[32];
	write_rows(room, 2);
	hash_init(&h);
	hash_add_field(&h, S(""));
	hash_add_field(&h, S("1"));
	(void)snprintf(at, sizeof at, "%lld", (long long)DAY(1));
	hash_add_field(&h, str_from(at));
	hash_add_field(&h, S("ada"));
	hash_add_field(&h, S("user.add"));
	hash_add_field(&h, S("kofi"));
	hash_add_field(&h, S(""));
	(void)hash_hex(&h, first);
	hash_init(&h);
	hash_add_field(&h, str_from(first));
	hash_add_field(&h, S("2"));
	(void)snprintf(at, sizeof at, "%lld", (long long)DAY(1) + 1);
	hash_add_field(&h, str_from(at));
	hash_add_field(&h, S("bo"));
	hash_add_field(&h, S("user.grant"));
	hash_add_field(&h, S("kofi"));
	hash_add_field(&h, S("Łuna \"x\""));
	(void)hash_hex(&h, second);
	assert_string_equal(check(room, S("")).head, second);
	assert_true(check(room, str_from(first)).met);
}

static void every_change_of_a_row_is_found_where_it_is(void **state)
{
	const struct room *room = *state;
	static const char *const changes[] = {
	    "UPDATE audit SET at = at + 1 WHERE id = 3",
	    "UPDATE audit SET actor = 'mallory' WHERE id = 3",
	    "UPDATE audit SET act = 'user.show' WHERE id = 3",
	    "UPDATE audit SET object = 'bo' WHERE id = 3",
	    "UPDATE audit SET detail = '' WHERE id = 3",
	    "UPDATE audit SET sha256 = 'f00d' WHERE id = 3",
	    "UPDATE audit SET actor = act, act = actor WHERE id = 3",
	    "DELETE FROM audit WHERE id = 3",
	    "UPDATE audit SET id = 99 WHERE id = 3",
	};
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		script(room->db, S("DELETE FROM audit"));
		write_rows(room, ROWS);
		script(room->db, str_from(changes[i]));
		struct store_audit_check c = check(room, S(""));
		if (c.broken != 3 || c.rows != 2)
			fail_msg("%s: broken %lld", changes[i], (long long)c.broken);
	}
}

static void a_row_before_the_first_is_found(void **state)
{
	const struct room *room = *state;
	write_rows(room, ROWS);
	script(room->db, S("INSERT INTO audit VALUES (0, 0, 'm', 'a', 'o', 'd', 'f00d')"));
	assert_int_equal(check(room, S("")).broken, 1);
}

static void an_end_that_was_cut_off_is_shown_by_a_sum_that_was_kept(void **state)
{
	const struct room *room = *state;
	struct store_audit_check whole, cut;
	write_rows(room, ROWS);
	whole = check(room, S(""));
	script(room->db, S("DELETE FROM audit WHERE id > 4"));
	cut = check(room, str_from(whole.head));
	assert_int_equal(cut.broken, 0);
	assert_int_equal(cut.rows, 4);
	assert_false(cut.met);
	assert_true(check(room, str_from(cut.head)).met);
	write_rows(room, 2); /* and filled up again */
	assert_int_equal(check(room, S("")).rows, ROWS);
	assert_false(check(room, str_from(whole.head)).met);
}

static void the_list_is_filtered_and_paged_newest_first(void **state)
{
	const struct room *room = *state;
	struct arena a = ARENA(1 << 20);
	struct store_audit *rows;
	size_t n;
	write_rows(room, ROWS);
	RUN(store_audit_list(room->db, S(""), S(""), 0, 4, &a, &rows, &n, err));
	assert_int_equal(n, 4);
	assert_int_equal(rows[0].id, 6);
	assert_int_equal(rows[3].id, 3);
	RUN(store_audit_list(room->db, S(""), S(""), 3, 4, &a, &rows, &n, err));
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].id, 2);
	RUN(store_audit_list(room->db, S("ada"), S(""), 0, 4, &a, &rows, &n, err));
	assert_int_equal(n, 2); /* 1 and 4 */
	assert_int_equal(rows[0].id, 4);
	RUN(store_audit_list(room->db, S(""), S("user.grant"), 0, 4, &a, &rows, &n, err));
	assert_int_equal(n, 3); /* 2, 4, 6 */
	RUN(store_audit_list(room->db, S("ada"), S("user.grant"), 0, 4, &a, &rows, &n, err));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].id, 4);
	RUN(store_audit_list(room->db, S("ada"), S("user.grant"), 4, 4, &a, &rows, &n, err));
	assert_int_equal(n, 0);
	arena_release(&a);
}

#define CASES(X)                                                                                                       \
	X(a_trail_that_nobody_touched_is_good), X(a_sum_is_over_the_one_before_and_every_field),                       \
	    X(every_change_of_a_row_is_found_where_it_is), X(a_row_before_the_first_is_found),                         \
	    X(an_end_that_was_cut_off_is_shown_by_a_sum_that_was_kept), X(the_list_is_filtered_and_paged_newest_first)

STORE_MAIN("the audit trail")
