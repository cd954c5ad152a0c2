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

int main(void)
{
	static const struct CMUnitTest cases[] = {
	    POSTGRES(a_malformed_address_does_not_show_its_password),
	    POSTGRES(a_lost_connection_is_an_error_and_no_more),
	};
	return run_postgres("PostgreSQL", cases, sizeof cases / sizeof *cases);
}
