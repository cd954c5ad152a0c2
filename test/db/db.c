/*
 * The contract of db.h, on both engines: values, rows, what is refused, scripts.
 */
#include "room.h"

/* ---- values ---- */

static void values_come_back_as_they_were_bound(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	static const char raw[] = "\0\1\xff'\\x41\n\0";
	struct db_stmt *st = prepared(db, SQL("INSERT INTO unit (id, size, note, raw) VALUES ($1, $2, $3, $4)"));
	db_bind_text(st, 1, S("gr\xc3\xbc\xc3\x9f' \\ \" $1 \xf0\x9f\x98\x80"));
	db_bind_i64(st, 2, INT64_MAX);
	db_bind_text(st, 3, S(""));
	db_bind_blob(st, 4, (str){raw, sizeof raw});
	MUST(db_run(st, NULL));
	st = prepared(db, SQL("SELECT id, size, note, raw FROM unit"));
	step_to(st, true);
	assert_str(db_text(st, 0), S("gr\xc3\xbc\xc3\x9f' \\ \" $1 \xf0\x9f\x98\x80"));
	assert_true(db_i64(st, 1) == INT64_MAX);
	assert_false(db_is_null(st, 2));
	assert_non_null(db_text(st, 2).p);
	assert_int_equal(db_text(st, 2).n, 0);
	assert_str(db_text(st, 3), (str){raw, sizeof raw});
	step_to(st, false);
}

static void the_smallest_integer_comes_back(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct db_stmt *st = prepared(db, SQL("SELECT CAST($1 AS BIGINT), -$2"));
	db_bind_i64(st, 1, INT64_MIN);
	db_bind_i64(st, 2, INT64_MAX);
	step_to(st, true);
	assert_true(db_i64(st, 0) == INT64_MIN);
	assert_true(db_i64(st, 1) == -INT64_MAX);
}

static void null_reads_as_zero_and_as_no_text(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct db_stmt *st = prepared(db, SQL("INSERT INTO unit (id, size, note, raw) VALUES ($1, $2, $3, $4)"));
	db_bind_text(st, 1, S("u"));
	db_bind_null(st, 2);
	db_bind_text_or_null(st, 3, (str){NULL, 0});
	MUST(db_run(st, NULL));
	st = prepared(db, SQL("SELECT size, note, raw FROM unit"));
	step_to(st, true);
	for (int i = 0; i < 3; i++) {
		assert_true(db_is_null(st, i));
		assert_true(db_i64(st, i) == 0);
		assert_null(db_text(st, i).p);
		assert_int_equal(db_text(st, i).n, 0);
	}
}

static void parameters_are_found_by_their_number_in_any_order(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct db_stmt *st = prepared(db, SQL("SELECT $2 - $1, $1, $2 WHERE $3 = 'x' AND $1 < $2"));
	db_bind_i64(st, 1, 10);
	db_bind_i64(st, 2, INT64_C(5000000000));
	db_bind_text(st, 3, S("x"));
	step_to(st, true);
	assert_true(db_i64(st, 0) == INT64_C(4999999990));
	assert_true(db_i64(st, 1) == 10);
	assert_true(db_i64(st, 2) == INT64_C(5000000000));
	step_to(st, false);
}

static void a_bound_integer_has_64_bits_beside_a_small_literal(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct db_stmt *st = prepared(db, SQL("SELECT $1 + 1, coalesce($1, 0), CASE WHEN 1 = 1 THEN $1 ELSE 0 END"));
	db_bind_i64(st, 1, INT64_C(1700000000000));
	step_to(st, true);
	assert_true(db_i64(st, 0) == INT64_C(1700000000001));
	assert_true(db_i64(st, 1) == INT64_C(1700000000000));
	assert_true(db_i64(st, 2) == INT64_C(1700000000000));
}

static void a_parameter_may_be_null_first_and_a_value_later(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	add(db, S("a"), 1);
	add(db, S("b"), 2);
	struct db_stmt *st = prepared(db, SQL("SELECT count(*) FROM unit WHERE ($1 IS NULL OR id = $1)"));
	db_bind_text_or_null(st, 1, (str){NULL, 0});
	step_to(st, true);
	assert_true(db_i64(st, 0) == 2);
	db_reset(st);
	db_bind_text(st, 1, S("b"));
	step_to(st, true);
	assert_true(db_i64(st, 0) == 1);
	db_reset(st);
	st = prepared(db, SQL("INSERT INTO unit (id, size) VALUES ($1, $2)"));
	db_bind_text(st, 1, S("c"));
	db_bind_null(st, 2);
	MUST(db_run(st, NULL));
	db_bind_text(st, 1, S("d"));
	db_bind_i64(st, 2, INT64_C(1) << 40);
	MUST(db_run(st, NULL));
	assert_true(number(db, SQL("SELECT size FROM unit WHERE id = 'd'")) == INT64_C(1) << 40);
}

static void bindings_are_kept_after_the_end_and_cleared_by_prepare(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct db_sql sql = SQL("SELECT coalesce($1, -1)");
	struct db_stmt *st = prepared(db, sql);
	db_bind_i64(st, 1, 7);
	for (int i = 0; i < 2; i++) {
		step_to(st, true);
		assert_true(db_i64(st, 0) == 7);
		step_to(st, false);
	}
	assert_ptr_equal(prepared(db, sql), st);
	step_to(st, true);
	assert_true(db_i64(st, 0) == -1);
}

static void a_nul_byte_in_a_text_is_refused(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct err err = {0};
	assert_int_equal(add_unit(db, S("a\0b"), 1, &err), E_INVALID);
	assert_non_null(strstr(err.message, "$1"));
	assert_int_equal(add_unit(db, S("\0"), 1, &err), E_INVALID);
	assert_true(units(db) == 0);
}

static void text_that_is_not_utf8_is_refused(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct err err = {0};
	assert_int_equal(add_unit(db, S("\xc3"), 1, &err), E_INVALID);
	assert_int_equal(add_unit(db, S("\xed\xa0\x80"), 1, &err), E_INVALID);
	assert_true(units(db) == 0);
}

static void a_parameter_the_text_does_not_use_is_our_bug(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct db_stmt *st = prepared(db, SQL("SELECT count(*) FROM unit WHERE id = $1 AND note <> '$2' -- $3"));
	static const int wrong[] = {2, 0, -1, 3};
	bool row;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		db_bind_i64(st, wrong[i], 1);
		assert_int_equal(db_step(st, &row, NULL), E_BUG);
	}
	assert_int_equal(db_prepare(db, SQL("SELECT $1, $3"), &st, NULL), E_BUG);
	assert_int_equal(db_prepare(db, SQL("SELECT $999999999999999999999"), &st, NULL), E_BUG);
}

static void sums_and_comparisons_read_as_integers(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	add(db, S("a"), INT64_C(1) << 61);
	add(db, S("b"), INT64_C(1) << 61);
	assert_true(number(db, SQL("SELECT sum(size) FROM unit")) == INT64_C(1) << 62);
	assert_true(number(db, SQL("SELECT id = 'a' FROM unit ORDER BY id")) == 1);
	assert_true(number(db, SQL("SELECT id = 'b' FROM unit ORDER BY id")) == 0);
}

static void like_tells_upper_from_lower_case(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	add(db, S("Scan"), 1);
	assert_true(number(db, SQL("SELECT count(*) FROM unit WHERE id LIKE 'SC%'")) == 0);
	assert_true(number(db, SQL("SELECT count(*) FROM unit WHERE lower(id) LIKE 'sc%'")) == 1);
}

static void text_is_ordered_by_its_bytes(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	static const str order[] = {{"B", 1}, {"_", 1}, {"a", 1}, {"\xc3\xa4", 2}};
	for (size_t i = 4; i-- > 0;)
		add(db, order[i], 1);
	struct db_stmt *st = prepared(db, SQL("SELECT id FROM unit ORDER BY id"));
	for (size_t i = 0; i < 4; i++) {
		step_to(st, true);
		assert_str(db_text(st, 0), order[i]);
	}
	step_to(st, false);
}

/* ---- what is refused ---- */

static void a_broken_constraint_is_a_conflict(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct err err = {0};
	add(db, S("a"), 1);
	assert_int_equal(add_unit(db, S("a"), 1, &err), E_CONFLICT);
	assert_true(strlen(err.detail) > 0);
	assert_int_equal(add_unit(db, S("b"), -1, &err), E_CONFLICT);
	assert_int_equal(db_exec(db, SQL("INSERT INTO unit (size) VALUES (1)"), &err), E_CONFLICT);
	assert_int_equal(db_exec(db, SQL("INSERT INTO child VALUES (1, 'nowhere')"), &err), E_CONFLICT);
	assert_true(units(db) == 1);
}

static void a_value_of_the_wrong_type_is_refused(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct err err = {0};
	struct db_stmt *st = prepared(db, SQL("INSERT INTO unit (id, size) VALUES ($1, $2)"));
	db_bind_text(st, 1, S("a"));
	db_bind_text(st, 2, S("not a number"));
	assert_int_equal(db_run(st, &err), E_IO);
	assert_true(units(db) == 0);
}

static void a_mistake_in_the_sql_is_told_with_the_engines_words(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct err err = {0};
	struct db_stmt *st = NULL;
	bool row;
	enum status status = db_prepare(db, SQL("SELECT x FROM nowhere"), &st, &err);
	if (status == OK)
		status = db_step(st, &row, &err);
	assert_int_equal(status, E_IO);
	assert_non_null(strstr(err.detail, "nowhere"));
	assert_true(units(db) == 0);
}

static void a_text_in_double_quotes_is_a_name(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	assert_int_equal(db_exec(db, SQL("INSERT INTO unit (id) VALUES (\"a\")"), NULL), E_IO);
}

static void a_literal_with_rows_or_parameters_is_not_for_exec(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	assert_int_equal(db_exec(db, SQL("SELECT 1"), NULL), E_BUG);
	assert_int_equal(db_exec(db, SQL("DELETE FROM unit WHERE id = $1"), NULL), E_BUG);
}

/* ---- rows ---- */

static void read_all(struct db *db, int n)
{
	struct db_stmt *st = prepared(db, SQL("SELECT size FROM unit ORDER BY id"));
	for (int i = 0; i < n; i++) {
		step_to(st, true);
		assert_true(db_i64(st, 0) == i);
	}
	step_to(st, false);
}

static void many_rows_come_in_order_inside_and_outside_a_transaction(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	/* Around the sizes of PostgreSQL's batches. */
	static const int sizes[] = {0, 1, 31, 32, 33, 1031, 1032, 1033, 2500};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		MUST(db_exec(db, SQL("DELETE FROM unit"), NULL));
		fill(db, sizes[i]);
		read_all(db, sizes[i]);
		MUST(db_begin(db, false, NULL));
		read_all(db, sizes[i]);
		read_all(db, sizes[i]);
		MUST(db_commit(db, NULL));
		MUST(db_begin(db, true, NULL));
		read_all(db, sizes[i]);
		db_rollback(db);
	}
}

static void nest(struct db *db)
{
	struct db_sql sql = SQL("SELECT size FROM unit WHERE size < $1 ORDER BY size");
	struct db_stmt *outer = prepared(db, sql);
	db_bind_i64(outer, 1, 40);
	for (int i = 0; i < 40; i++) {
		step_to(outer, true);
		/* The same text, while the first is in the middle of its rows. */
		struct db_stmt *inner = prepared(db, sql);
		assert_ptr_not_equal(inner, outer);
		db_bind_i64(inner, 1, i);
		for (int k = 0; k < i; k++) {
			step_to(inner, true);
			assert_true(db_i64(inner, 0) == k);
		}
		step_to(inner, false);
		assert_true(db_i64(outer, 0) == i);
	}
	step_to(outer, false);
}

static void queries_nest_and_do_not_disturb_each_other(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	fill(db, 100);
	nest(db);
	MUST(db_begin(db, false, NULL));
	nest(db);
	MUST(db_commit(db, NULL));
}

static void writes_may_run_between_the_rows_of_a_query(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	fill(db, 100);
	for (int inside = 0; inside < 2; inside++) {
		if (inside)
			MUST(db_begin(db, true, NULL));
		struct db_stmt *st = prepared(db, SQL("SELECT id FROM unit ORDER BY id"));
		struct db_stmt *put = prepared(db, SQL("INSERT INTO child (id, unit) VALUES ($1, $2)"));
		for (int i = 0; i < 100; i++) {
			step_to(st, true);
			db_bind_i64(put, 1, inside * 1000 + i);
			db_bind_text(put, 2, db_text(st, 0));
			MUST(db_run(put, NULL));
		}
		step_to(st, false);
		if (inside)
			MUST(db_commit(db, NULL));
	}
	assert_true(number(db, SQL("SELECT count(*) FROM child")) == 200);
}

static void a_query_can_be_ended_early_and_begun_again(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	fill(db, 100);
	for (int inside = 0; inside < 2; inside++) {
		if (inside)
			MUST(db_begin(db, false, NULL));
		for (int i = 0; i < 3; i++) {
			struct db_stmt *st = prepared(db, SQL("SELECT size FROM unit ORDER BY id"));
			step_to(st, true);
			assert_true(db_i64(st, 0) == 0);
			db_reset(st);
		}
		if (inside)
			MUST(db_commit(db, NULL));
	}
}

static void a_query_does_not_go_on_after_its_transaction(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	fill(db, 100);
	MUST(db_begin(db, false, NULL));
	struct db_stmt *st = prepared(db, SQL("SELECT size FROM unit ORDER BY id"));
	step_to(st, true);
	MUST(db_commit(db, NULL));
	bool row;
	assert_int_equal(db_step(st, &row, NULL), E_BUG);
	db_reset(st);
	step_to(st, true);
	assert_true(db_i64(st, 0) == 0);
}

static void large_values_come_in_small_batches(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	enum { PIECE = 1 << 20, N = 40 };
	char *bytes = malloc(PIECE);
	assert_non_null(bytes);
	MUST(db_begin(db, true, NULL));
	struct db_stmt *st = prepared(db, SQL("INSERT INTO unit (id, size, raw) VALUES ($1, $2, $3)"));
	for (int i = 0; i < N; i++) {
		char id[16];
		(void)snprintf(id, sizeof id, "%02d", i);
		memset(bytes, i, PIECE);
		db_bind_text(st, 1, str_from(id));
		db_bind_i64(st, 2, i);
		db_bind_blob(st, 3, (str){bytes, PIECE});
		MUST(db_run(st, NULL));
	}
	MUST(db_commit(db, NULL));
	st = prepared(db, SQL("SELECT size, raw FROM unit ORDER BY id"));
	for (int i = 0; i < N; i++) {
		step_to(st, true);
		memset(bytes, i, PIECE);
		assert_str(db_text(st, 1), (str){bytes, PIECE});
	}
	step_to(st, false);
	free(bytes);
}

static void a_small_limit_gives_its_rows(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	fill(db, 100);
	struct db_stmt *st = prepared(db, SQL("SELECT size FROM unit WHERE size >= $1 ORDER BY id LIMIT 2;"));
	db_bind_i64(st, 1, 98);
	for (int i = 0; i < 3; i++) {
		step_to(st, true);
		assert_true(db_i64(st, 0) == 98);
		step_to(st, true);
		assert_true(db_i64(st, 0) == 99);
		step_to(st, false);
	}
}

static void returning_gives_rows_and_counts_changes(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	fill(db, 50);
	for (int inside = 0; inside < 2; inside++) {
		if (inside)
			MUST(db_begin(db, true, NULL));
		struct db_stmt *st =
		    prepared(db, SQL("UPDATE unit SET size = size + $1 WHERE size < 10 RETURNING id, size"));
		db_bind_i64(st, 1, 0);
		int n = 0;
		bool row = true;
		while (MUST(db_step(st, &row, NULL)), row)
			n++;
		assert_int_equal(n, 10);
		assert_true(db_changed(st) == 10);
		if (inside)
			MUST(db_commit(db, NULL));
	}
}

static void the_number_of_changed_rows_is_known(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	for (int inside = 0; inside < 2; inside++) {
		MUST(db_exec(db, SQL("DELETE FROM unit"), NULL));
		fill(db, 20);
		if (inside)
			MUST(db_begin(db, true, NULL));
		struct db_stmt *up = prepared(db, SQL("UPDATE unit SET size = size WHERE size < $1"));
		db_bind_i64(up, 1, 5);
		MUST(db_run(up, NULL));
		db_bind_i64(up, 1, 7);
		MUST(db_run(up, NULL));
		struct db_stmt *put =
		    prepared(db, SQL("INSERT INTO unit (id) VALUES ('u00001') ON CONFLICT DO NOTHING"));
		MUST(db_run(put, NULL));
		assert_true(db_changed(up) == 7);
		assert_true(db_changed(put) == 0);
		db_bind_i64(up, 1, 0);
		MUST(db_run(up, NULL));
		assert_true(db_changed(up) == 0);
		if (inside)
			MUST(db_commit(db, NULL));
	}
}

/* ---- scripts and patterns ---- */

static void a_script_that_fails_changes_nothing(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct err err = {0};
	assert_int_equal(db_script(db, S("INSERT INTO unit (id) VALUES ('a'); INSERT INTO nowhere VALUES (1)"), &err),
			 E_IO);
	assert_true(units(db) == 0);
	script(db, S("INSERT INTO unit (id) VALUES ('a'); INSERT INTO unit (id, note) VALUES ('b', 'x@y @ @no@')"));
	assert_true(units(db) == 2);
	assert_true(number(db, SQL("SELECT count(*) FROM unit WHERE note = 'x@y @ @no@'")) == 1);
}

static void temporary_tables_can_be_made_in_a_write_transaction(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	MUST(db_begin(db, true, NULL));
	script(db, S("CREATE TEMPORARY TABLE incoming (id @text@ NOT NULL, n @i64@)"));
	struct db_stmt *st = prepared(db, SQL("INSERT INTO incoming (id, n) VALUES ($1, $2)"));
	db_bind_text(st, 1, S("a"));
	db_bind_i64(st, 2, 3);
	MUST(db_run(st, NULL));
	MUST(db_exec(db,
		     SQL("INSERT INTO unit (id, size) SELECT id, n FROM incoming WHERE 1 = 1 "
			 "ON CONFLICT (id) DO UPDATE SET size = excluded.size"),
		     NULL));
	MUST(db_exec(db, SQL("DROP TABLE incoming"), NULL));
	MUST(db_commit(db, NULL));
	assert_true(units(db) == 1);
}

static void a_pattern_is_filled_with_names(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	static const struct db_part parts[] = {{"@table@", {"unit", 4}}, {"@columns@", {"id, size", 8}}};
	struct db_sql sql, again;
	MUST(db_sql_table(db, SQL("INSERT INTO @table@ (@columns@) VALUES ($1, $2)"), parts, 2, &sql, NULL));
	assert_string_equal(sql.z, "INSERT INTO unit (id, size) VALUES ($1, $2)");
	MUST(db_sql_table(db, SQL("INSERT INTO @table@ (@columns@) VALUES ($1, $2)"), parts, 2, &again, NULL));
	assert_ptr_equal(sql.z, again.z);
	struct db_stmt *st = prepared(db, sql);
	db_bind_text(st, 1, S("a"));
	db_bind_i64(st, 2, 1);
	MUST(db_run(st, NULL));
	assert_true(units(db) == 1);
}

static void a_pattern_takes_nothing_but_names(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	static const char *const bad[] = {
	    "unit; DROP TABLE unit", "unit--", "'a'", "a\"b", "/*", "", "a\nb", "u\xc3\xa4"};
	struct db_sql sql;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct db_part part = {"@table@", str_from(bad[i])};
		assert_int_equal(db_sql_table(db, SQL("SELECT 1 FROM @table@"), &part, 1, &sql, NULL), E_BUG);
	}
	struct db_part part = {"@table@", {"unit", 4}};
	assert_int_equal(db_sql_table(db, SQL("SELECT 1 FROM @other@"), &part, 1, &sql, NULL), E_BUG);
	assert_int_equal(db_sql_table(db, SQL("SELECT @a@ FROM @table@"), &part, 1, &sql, NULL), E_BUG);
	part.text = (str){"a\0b", 3};
	assert_int_equal(db_sql_table(db, SQL("SELECT 1 FROM @table@"), &part, 1, &sql, NULL), E_BUG);
}

#define CASES(ON)                                                                                                      \
	ON(values_come_back_as_they_were_bound), ON(the_smallest_integer_comes_back),                                  \
	    ON(null_reads_as_zero_and_as_no_text), ON(parameters_are_found_by_their_number_in_any_order),              \
	    ON(a_bound_integer_has_64_bits_beside_a_small_literal),                                                    \
	    ON(a_parameter_may_be_null_first_and_a_value_later),                                                       \
	    ON(bindings_are_kept_after_the_end_and_cleared_by_prepare), ON(a_nul_byte_in_a_text_is_refused),           \
	    ON(text_that_is_not_utf8_is_refused), ON(a_parameter_the_text_does_not_use_is_our_bug),                    \
	    ON(sums_and_comparisons_read_as_integers), ON(like_tells_upper_from_lower_case),                           \
	    ON(text_is_ordered_by_its_bytes), ON(a_broken_constraint_is_a_conflict),                                   \
	    ON(a_value_of_the_wrong_type_is_refused), ON(a_mistake_in_the_sql_is_told_with_the_engines_words),         \
	    ON(a_text_in_double_quotes_is_a_name), ON(a_literal_with_rows_or_parameters_is_not_for_exec),              \
	    ON(many_rows_come_in_order_inside_and_outside_a_transaction),                                              \
	    ON(queries_nest_and_do_not_disturb_each_other), ON(writes_may_run_between_the_rows_of_a_query),            \
	    ON(a_query_can_be_ended_early_and_begun_again), ON(a_query_does_not_go_on_after_its_transaction),          \
	    ON(large_values_come_in_small_batches), ON(a_small_limit_gives_its_rows),                                  \
	    ON(returning_gives_rows_and_counts_changes), ON(the_number_of_changed_rows_is_known),                      \
	    ON(a_script_that_fails_changes_nothing), ON(temporary_tables_can_be_made_in_a_write_transaction),          \
	    ON(a_pattern_is_filled_with_names), ON(a_pattern_takes_nothing_but_names)

MAIN("db")
