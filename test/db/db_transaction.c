/*
 * The contract of db.h, on both engines: transactions, several connections, opening.
 */
#include "room.h"

/* ---- transactions ---- */

static void a_rollback_leaves_nothing(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	MUST(db_begin(db, true, NULL));
	add(db, S("a"), 1);
	assert_true(units(db) == 1);
	db_rollback(db);
	assert_true(units(db) == 0);
	db_rollback(db);
	MUST(db_begin(db, true, NULL));
	add(db, S("b"), 1);
	MUST(db_commit(db, NULL));
	assert_true(units(db) == 1);
}

static void an_open_transaction_is_rolled_back_by_close(void **state)
{
	struct room *room = *state;
	struct db *other = open_again(room, DB_WRITE);
	MUST(db_begin(other, true, NULL));
	add(other, S("a"), 1);
	db_close(other);
	db_close(NULL);
	assert_true(units(room->db) == 0);
}

static void transactions_do_not_nest(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	assert_int_equal(db_commit(db, NULL), E_BUG);
	MUST(db_begin(db, true, NULL));
	assert_int_equal(db_begin(db, false, NULL), E_BUG);
	MUST(db_commit(db, NULL));
}

/* The error comes at the latest with the next call that needs an answer. */
static void an_error_fails_the_whole_transaction(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct err err = {0};
	add(db, S("a"), 1);
	MUST(db_begin(db, true, NULL));
	add(db, S("b"), 1);
	enum status status = add_unit(db, S("a"), 1, &err);
	if (status == OK)
		status = db_commit(db, &err);
	else
		assert_int_equal(db_commit(db, NULL), E_IO);
	assert_int_equal(status, E_CONFLICT);
	assert_true(strlen(err.detail) > 0);
	assert_true(units(db) == 1);
	add(db, S("c"), 1);
	assert_true(units(db) == 2);
}

static void after_an_error_only_a_rollback_helps(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct err err = {0};
	struct db_stmt *st = prepared(db, SQL("SELECT count(*) FROM unit")), *none;
	add(db, S("a"), 1);
	MUST(db_begin(db, true, NULL));
	bool row;
	enum status status = add_unit(db, S("a"), 1, &err);
	if (status == OK)
		status = db_step(st, &row, &err);
	assert_int_equal(status, E_CONFLICT);
	assert_int_equal(db_step(st, &row, &err), E_IO);
	assert_int_equal(db_prepare(db, SQL("SELECT 1"), &none, &err), E_IO);
	assert_int_equal(db_script(db, S("DELETE FROM unit"), &err), E_IO);
	assert_int_equal(db_exec(db, SQL("DELETE FROM unit"), &err), E_IO);
	db_rollback(db);
	assert_true(units(db) == 1);
}

static void an_error_found_while_counting_is_told_later(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	add(db, S("a"), 1);
	MUST(db_begin(db, true, NULL));
	struct db_stmt *st = prepared(db, SQL("INSERT INTO unit (id) VALUES ($1)"));
	db_bind_text(st, 1, S("a"));
	enum status status = db_run(st, NULL);
	assert_true(db_changed(st) == 0);
	if (status == OK)
		status = db_commit(db, NULL);
	else
		db_rollback(db);
	assert_int_equal(status, E_CONFLICT);
	assert_true(units(db) == 1);
}

static void thousands_of_writes_in_one_transaction_arrive(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	fill(db, 5000);
	assert_true(units(db) == 5000);
	assert_true(number(db, SQL("SELECT sum(size) FROM unit")) == INT64_C(4999) * 2500);
}

static void a_read_transaction_sees_one_state(void **state)
{
	struct room *room = *state;
	struct db *other = open_again(room, DB_WRITE);
	MUST(db_begin(other, false, NULL));
	assert_true(units(other) == 0);
	add(room->db, S("a"), 1);
	assert_true(units(other) == 0);
	MUST(db_commit(other, NULL));
	assert_true(units(other) == 1);
	db_close(other);
}

static void a_query_outside_a_transaction_sees_one_state(void **state)
{
	struct room *room = *state;
	fill(room->db, 200);
	struct db *other = open_again(room, DB_WRITE);
	struct db_stmt *st = prepared(room->db, SQL("SELECT size FROM unit ORDER BY id"));
	step_to(st, true);
	MUST(db_exec(other, SQL("DELETE FROM unit"), NULL));
	for (int i = 1; i < 200; i++) {
		step_to(st, true);
		assert_true(db_i64(st, 0) == i);
	}
	step_to(st, false);
	assert_true(units(room->db) == 0);
	db_close(other);
}

static void a_read_transaction_cannot_write(void **state)
{
	struct db *db = ((struct room *)*state)->db;
	struct err err = {0};
	MUST(db_begin(db, false, NULL));
	assert_int_equal(add_unit(db, S("a"), 1, &err), E_IO);
	db_rollback(db);
	MUST(db_begin(db, false, NULL));
	assert_int_equal(db_exec(db, SQL("DELETE FROM unit"), &err), E_IO);
	db_rollback(db);
	MUST(db_begin(db, false, NULL));
	assert_int_equal(db_script(db, S("CREATE TEMPORARY TABLE t (a @i64@)"), &err), E_IO);
	db_rollback(db);
	add(db, S("a"), 1);
}

static void a_store_opened_for_reading_cannot_be_written(void **state)
{
	struct room *room = *state;
	add(room->db, S("a"), 1);
	struct err err = {0};
	struct db *reader = open_again(room, DB_READ);
	assert_true(units(reader) == 1);
	assert_int_equal(add_unit(reader, S("b"), 1, &err), E_IO);
	assert_int_equal(db_exec(reader, SQL("DELETE FROM unit"), &err), E_IO);
	assert_int_equal(db_begin(reader, true, &err), E_IO);
	assert_int_equal(db_script(reader, S("CREATE TABLE t (a @i64@)"), &err), E_IO);
	assert_true(units(reader) == 1);
	MUST(db_begin(reader, false, NULL));
	assert_true(units(reader) == 1);
	MUST(db_commit(reader, NULL));
	db_close(reader);
}

static void a_second_writer_is_told_that_the_store_is_locked(void **state)
{
	struct room *room = *state;
	struct db *other = open_again(room, DB_WRITE);
	MUST(db_begin(other, true, NULL));
	struct err err = {0};
	assert_int_equal(db_begin(room->db, true, &err), E_IO);
	assert_non_null(strstr(err.message, "locked"));
	assert_true(strlen(err.hint) > 0);
	MUST(db_commit(other, NULL));
	MUST(db_begin(room->db, true, NULL));
	add(room->db, S("a"), 1);
	MUST(db_commit(room->db, NULL));
	db_close(other);
}

static void how_long_a_writer_waits_can_be_said(void **state)
{
	struct room *room = *state;
	struct db *other = open_again(room, DB_WRITE);
	struct err err = {0};
	MUST(db_begin(other, true, NULL));
	assert_int_equal(db_patience(other, 1, &err), E_BUG);
	assert_int_equal(db_frugal(other, &err), E_BUG);
	MUST(db_frugal(room->db, NULL));
	MUST(db_patience(room->db, 1, NULL));
	assert_int_equal(db_begin(room->db, true, &err), E_IO);
	assert_non_null(strstr(err.message, "locked"));
	MUST(db_commit(other, NULL));
	db_close(other);
}

/* Aside: temporary tables are written while another one writes, and one state is seen. */
static void what_is_written_aside_waits_for_nobody(void **state)
{
	struct room *room = *state;
	struct db *other = open_again(room, DB_WRITE);
	add(room->db, S("a"), 1);
	MUST(db_begin_aside(room->db, NULL));
	assert_true(db_is_writing(room->db));
	assert_int_equal(units(room->db), 1);
	MUST(db_begin(other, true, NULL));
	add(other, S("b"), 2);
	script(room->db, S("CREATE TEMP TABLE aside (n @i64@) @strict@; INSERT INTO aside VALUES (7);"));
	MUST(db_commit(other, NULL));
	assert_int_equal(units(room->db), 1);
	MUST(db_commit(room->db, NULL));
	assert_int_equal(units(room->db), 2);
	MUST(db_begin(room->db, true, NULL));
	MUST(db_exec(room->db, SQL("DELETE FROM aside"), NULL));
	MUST(db_commit(room->db, NULL));
	db_close(other);
}

static void one_process(const struct room *room)
{
	struct db *db = NULL;
	if (db_open(room->url, DB_WRITE, &db, NULL) != OK)
		_exit(2);
	for (int i = 0; i < 50; i++) {
		struct db_stmt *st = NULL;
		bool row = false;
		if (db_begin(db, true, NULL) != OK ||
		    db_prepare(db, SQL("SELECT size FROM unit WHERE id = 'n' LIMIT 1"), &st, NULL) != OK ||
		    db_step(st, &row, NULL) != OK || !row)
			_exit(3);
		int64_t n = db_i64(st, 0);
		db_reset(st);
		if (db_prepare(db, SQL("UPDATE unit SET size = $1 WHERE id = 'n'"), &st, NULL) != OK)
			_exit(4);
		db_bind_i64(st, 1, n + 1);
		if (db_run(st, NULL) != OK || db_commit(db, NULL) != OK)
			_exit(5);
	}
	db_close(db);
	_exit(0);
}

static void writers_take_turns_and_see_each_others_work(void **state)
{
	struct room *room = *state;
	add(room->db, S("n"), 0);
	pid_t children[3];
	for (int i = 0; i < 3; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0)
			one_process(room);
	}
	for (int i = 0; i < 3; i++) {
		int status = 0;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
	assert_true(number(room->db, SQL("SELECT size FROM unit WHERE id = 'n'")) == 150);
}

static void a_store_that_is_missing_is_not_found(void **state)
{
	struct room *room = *state;
	struct db *db = NULL;
	struct err err = {0};
	char url[URL_BYTES + 64];
	if (room->engine == DB_SQLITE)
		(void)snprintf(url, sizeof url, "%s/other", room->folder);
	else
		(void)snprintf(url, sizeof url, "%s&dbname=no_such_store", room->url);
	assert_int_equal(db_open(url, DB_READ, &db, &err), E_NOT_FOUND);
	assert_int_equal(db_open(url, DB_WRITE, &db, &err), E_NOT_FOUND);
	assert_null(db);
	assert_int_not_equal(access(url, F_OK), 0);
}

/* ---- watching, and many commits with one flush ---- */

static int64_t version_of(struct db *db)
{
	int64_t version = 0;
	MUST(db_version(db, &version, NULL));
	return version;
}

static void the_version_differs_after_another_connections_commit_and_not_before(void **state)
{
	struct room *room = *state;
	struct db *watch = open_again(room, DB_READ);
	int64_t first = version_of(watch);
	MUST(db_begin(room->db, true, NULL));
	add(room->db, S("a"), 1);
	if (room->engine == DB_SQLITE) /* elsewhere it may differ for any reason */
		assert_int_equal(version_of(watch), first);
	MUST(db_commit(room->db, NULL));
	int64_t second = version_of(watch);
	assert_int_not_equal(second, first);
	add(room->db, S("b"), 1);
	assert_int_not_equal(version_of(watch), second);
	MUST(db_begin(watch, false, NULL));
	assert_int_equal(db_version(watch, &first, NULL), E_BUG);
	db_rollback(watch);
	db_close(watch);
}

static void deferred_commits_are_seen_by_others_and_flushed_together(void **state)
{
	struct room *room = *state;
	struct db *other = open_again(room, DB_WRITE);
	MUST(db_flush(room->db, NULL));
	MUST(db_defer(room->db, NULL));
	MUST(db_flush(room->db, NULL));
	for (int i = 0; i < 300; i++) {
		char id[8];
		(void)snprintf(id, sizeof id, "u%d", i);
		MUST(db_begin(room->db, true, NULL));
		add(room->db, str_from(id), 1);
		if (i == 0)
			assert_int_equal(db_flush(room->db, NULL), E_BUG);
		MUST(db_commit(room->db, NULL));
	}
	assert_true(units(other) == 300);
	MUST(db_flush(room->db, NULL));
	MUST(db_tidy(room->db, NULL));
	MUST(db_defer(other, NULL));
	MUST(db_tidy(other, NULL));
	db_trim(other);
	add(other, S("more"), 1);
	assert_true(units(room->db) == 301);
	db_close(other);
}

#define CASES(ON)                                                                                                      \
	ON(a_rollback_leaves_nothing), ON(an_open_transaction_is_rolled_back_by_close), ON(transactions_do_not_nest),  \
	    ON(an_error_fails_the_whole_transaction), ON(after_an_error_only_a_rollback_helps),                        \
	    ON(an_error_found_while_counting_is_told_later), ON(thousands_of_writes_in_one_transaction_arrive),        \
	    ON(a_read_transaction_sees_one_state), ON(a_query_outside_a_transaction_sees_one_state),                   \
	    ON(a_read_transaction_cannot_write), ON(a_store_opened_for_reading_cannot_be_written),                     \
	    ON(a_second_writer_is_told_that_the_store_is_locked), ON(how_long_a_writer_waits_can_be_said),             \
	    ON(what_is_written_aside_waits_for_nobody), ON(writers_take_turns_and_see_each_others_work),               \
	    ON(a_store_that_is_missing_is_not_found),                                                                  \
	    ON(the_version_differs_after_another_connections_commit_and_not_before),                                   \
	    ON(deferred_commits_are_seen_by_others_and_flushed_together)

MAIN("transactions")
