/*
 * What only PostgreSQL has: addresses and connections.
 */
#include "room.h"

static void a_malformed_address_does_not_show_its_password(void **state)
{
	(void)state;
	struct db *db = NULL;
	struct err err = {0};
	assert_int_equal(db_open("postgresql://u:s3cret@[::1/x", DB_WRITE, &db, &err), E_INVALID);
	assert_null(strstr(err.message, "s3cret"));
	assert_null(strstr(err.detail, "s3cret"));
	assert_null(strstr(err.where, "s3cret"));
	assert_int_equal(db_open("postgres://u:s3cret@/x?host=/nowhere", DB_WRITE, &db, &err), E_IO);
	assert_null(strstr(err.detail, "s3cret"));
}

static void a_lost_connection_is_an_error_and_no_more(void **state)
{
	struct room *room = *state;
	struct db *other = open_again(room, DB_WRITE);
	int64_t pid = number(other, SQL("SELECT pg_backend_pid()"));
	MUST(db_begin(other, true, NULL));
	add(other, S("a"), 1);
	struct db_stmt *st = prepared(room->db, SQL("SELECT pg_terminate_backend(CAST($1 AS INTEGER))"));
	db_bind_i64(st, 1, pid);
	step_to(st, true);
	db_reset(st);
	(void)usleep(200000);
	struct err err = {0};
	(void)add_unit(other, S("b"), 1, &err);
	assert_int_equal(db_commit(other, &err), E_IO);
	db_close(other);
	assert_true(units(room->db) == 0);
}

/* Ends the connection of `db` from another one, and waits until the server has forgotten it. */
static void cut(const struct room *room, struct db *db)
{
	int64_t pid = number(db, SQL("SELECT pg_backend_pid() LIMIT 1"));
	struct db *other = open_again(room, DB_WRITE);
	struct db_stmt *st = prepared(other, SQL("SELECT pg_terminate_backend(CAST($1 AS INTEGER), 5000) LIMIT 1"));
	db_bind_i64(st, 1, pid);
	step_to(st, true);
	db_close(other);
}

static enum status look(struct db *db, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT id FROM unit"), &st, err));
	return db_step(st, &row, err);
}

static void the_next_transaction_after_a_loss_has_a_new_connection(void **state)
{
	const struct room *room = *state;
	struct db *db = open_again(room, DB_WRITE);
	assert_true(units(db) == 0);
	assert_false(db_renewed(db));
	cut(room, db);
	MUST(db_begin(db, true, NULL));
	add(db, S("a"), 1);
	MUST(db_commit(db, NULL));
	assert_true(db_renewed(db));
	assert_false(db_renewed(db));
	cut(room, db);
	MUST(db_begin(db, false, NULL));
	assert_true(units(db) == 1);
	MUST(db_commit(db, NULL));
	assert_true(db_renewed(db));
	/* Writes and reads that are a transaction of their own. */
	cut(room, db);
	add(db, S("b"), 2);
	cut(room, db);
	assert_true(units(db) == 2);
	cut(room, db);
	MUST(db_exec(db, SQL("DELETE FROM unit WHERE id = 'b'"), NULL));
	assert_true(units(room->db) == 1);
	db_close(db);
}

static void a_loss_inside_a_transaction_fails_it_and_nothing_of_it_stays(void **state)
{
	const struct room *room = *state;
	struct db *db = open_again(room, DB_WRITE);
	struct err err = {0};
	for (int i = 0; i < 2; i++) {
		MUST(db_begin(db, true, NULL));
		add(db, S("a"), 1);
		assert_true(units(db) == 1);
		cut(room, db);
		enum status status = add_unit(db, S("b"), 1, &err);
		if (status == OK)
			status = i ? db_commit(db, &err) : look(db, &err);
		assert_int_equal(status, E_IO);
		assert_non_null(strstr(err.message, "was lost"));
		db_rollback(db);
		assert_true(units(room->db) == 0);
	}
	MUST(db_begin(db, true, NULL));
	add(db, S("c"), 1);
	MUST(db_commit(db, NULL));
	assert_true(units(room->db) == 1);
	db_close(db);
}

static void a_new_connection_is_set_up_as_the_old_one_was(void **state)
{
	const struct room *room = *state;
	struct db *db = open_again(room, DB_READ);
	struct err err = {0};
	int64_t version = 0, before = 0;
	MUST(db_patience(db, 1234, NULL));
	MUST(db_version(db, &before, NULL));
	cut(room, db);
	MUST(db_version(db, &version, NULL));
	assert_true(version != before);
	assert_true(
	    number(db, SQL("SELECT count(*) FROM pg_settings WHERE (name = 'lock_timeout' AND setting = '1234') "
			   "OR (name = 'default_transaction_read_only' AND setting = 'on') OR (name = "
			   "'bytea_output' AND setting = 'hex') LIMIT 1")) == 3);
	assert_int_equal(db_exec(db, SQL("DELETE FROM unit"), &err), E_IO);
	db_close(db);
}

static void a_query_whose_rows_were_coming_ends_with_an_error(void **state)
{
	struct room *room = *state;
	struct db *db = open_again(room, DB_WRITE);
	struct err err = {0};
	bool row = true;
	fill(room->db, 500);
	struct db_stmt *st = prepared(db, SQL("SELECT id FROM unit ORDER BY id"));
	int n = 0;
	step_to(st, true);
	cut(room, db);
	/* Another read has a new connection, on which that query never was. */
	assert_true(units(db) == 500);
	enum status status = OK;
	for (; status == OK && row; n++)
		status = db_step(st, &row, &err);
	assert_int_equal(status, E_IO);
	assert_true(n < 500);
	assert_true(units(db) == 500);
	db_close(db);
}

static void what_was_laid_aside_is_missed_and_not_taken_for_empty(void **state)
{
	const struct room *room = *state;
	struct db *db = open_again(room, DB_WRITE);
	struct err err = {0};
	MUST(db_begin_aside(db, NULL));
	script(db, S("CREATE TEMP TABLE IF NOT EXISTS stage (id @text@); INSERT INTO stage VALUES ('a')"));
	MUST(db_commit(db, NULL));
	cut(room, db);
	MUST(db_begin(db, true, NULL));
	struct db_stmt *st = prepared(db, SQL("INSERT INTO unit (id) SELECT id FROM stage"));
	enum status status = db_run(st, &err);
	if (status == OK)
		status = db_commit(db, &err);
	db_rollback(db);
	assert_int_equal(status, E_IO);
	assert_non_null(strstr(err.message, "laid aside"));
	assert_true(units(room->db) == 0);
	MUST(db_begin_aside(db, NULL));
	script(db, S("CREATE TEMP TABLE IF NOT EXISTS stage (id @text@)"));
	MUST(db_commit(db, NULL));
	db_close(db);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
	    POSTGRES(a_malformed_address_does_not_show_its_password),
	    POSTGRES(a_lost_connection_is_an_error_and_no_more),
	    POSTGRES(the_next_transaction_after_a_loss_has_a_new_connection),
	    POSTGRES(a_loss_inside_a_transaction_fails_it_and_nothing_of_it_stays),
	    POSTGRES(a_new_connection_is_set_up_as_the_old_one_was),
	    POSTGRES(a_query_whose_rows_were_coming_ends_with_an_error),
	    POSTGRES(what_was_laid_aside_is_missed_and_not_taken_for_empty),
	};
	return run_postgres("PostgreSQL", cases, sizeof cases / sizeof *cases);
}
