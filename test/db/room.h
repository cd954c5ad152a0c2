/**
 * What the tests of db/ share: a store of its own for each case, on either engine, with two tables.
 *
 * The environment variable AISMM_TEST_POSTGRES is the url of a PostgreSQL that may be written to (test/postgres makes
 * one); without it the cases of PostgreSQL fail, with "none" they are left out.
 */
#ifndef TEST_DB_ROOM_H
#define TEST_DB_ROOM_H

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "db/db.h"

enum { URL_BYTES = 1024 };

struct room {
	enum db_engine engine;
	char folder[64], schema[64], url[URL_BYTES];
	struct db *db;
	bool keeps_tables; /* the next case finds them, empty */
};

#define MUST(call) assert_int_equal((call), OK)

static inline struct db *open_again(const struct room *room, enum db_mode mode)
{
	struct db *db = NULL;
	struct err err = {0};
	if (db_open(room->url, mode, &db, &err) != OK)
		fail_msg("%s: %s", err.message, err.detail);
	return db;
}

static inline void script(struct db *db, str text)
{
	struct err err = {0};
	if (db_script(db, text, &err) != OK)
		fail_msg("%s: %s", err.message, err.detail);
}

static const char table[] =
    "CREATE TABLE unit (id @text@ NOT NULL PRIMARY KEY, size @i64@ CHECK (size >= 0), note @text@,"
    " raw @blob@) @strict@;"
    "CREATE TABLE child (id @i64@ NOT NULL PRIMARY KEY, unit @text@ NOT NULL REFERENCES unit (id))"
    " @strict@";

static inline void in_own_schema(struct room *room, const char *base)
{
	char text[256];
	(void)snprintf(room->schema, sizeof room->schema, "test_%ld", (long)getpid());
	struct db *db = NULL;
	struct err err = {0};
	if (db_open(base, DB_WRITE, &db, &err) != OK)
		fail_msg("%s: %s", err.message, err.detail);
	(void)snprintf(text, sizeof text, "CREATE SCHEMA IF NOT EXISTS %s", room->schema);
	script(db, str_from(text));
	db_close(db);
	(void)snprintf(room->url, sizeof room->url, "%s%coptions=-csearch_path%%3D%s", base,
		       strchr(base, '?') ? '&' : '?', room->schema);
}

static inline int setup(void **state, enum db_engine engine)
{
	struct room *room = calloc(1, sizeof *room);
	assert_non_null(room);
	room->engine = engine;
	const char *postgres = getenv("AISMM_TEST_POSTGRES");
	(void)snprintf(room->folder, sizeof room->folder, "/tmp/aismm-db-XXXXXX");
	assert_non_null(mkdtemp(room->folder));
	if (engine == DB_POSTGRES)
		in_own_schema(room, postgres);
	else
		(void)snprintf(room->url, sizeof room->url, "%s/store", room->folder);
	room->db = open_again(room, DB_CREATE);
	script(room->db, str_from(table));
	*state = room;
	return 0;
}

static inline int setup_sqlite(void **state)
{
	return setup(state, DB_SQLITE);
}

static inline int setup_postgres(void **state)
{
	return setup(state, DB_POSTGRES);
}

static inline void remove_in(const char *folder, const char *name)
{
	char path[128];
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	(void)unlink(path);
}

/* Making the tables of a store takes half a second on PostgreSQL, emptying them a tenth of that. */
#define EMPTY_TABLES                                                                                                   \
	"DO $do$ DECLARE name text; BEGIN SET LOCAL session_replication_role = replica; FOR name IN SELECT "           \
	"format('%%I.%%I', schemaname, tablename) FROM pg_tables WHERE schemaname = '%s' AND tablename <> "            \
	"'migration' LOOP EXECUTE 'DELETE FROM ' || name; END LOOP; END $do$"

static inline int teardown(void **state)
{
	struct room *room = *state;
	if (room->engine == DB_POSTGRES) {
		char text[512];
		(void)snprintf(text, sizeof text, room->keeps_tables ? EMPTY_TABLES : "DROP SCHEMA %s CASCADE",
			       room->schema);
		script(room->db, str_from(text));
	}
	db_close(room->db);
	static const char *const files[] = {"store", "store-wal", "store-shm", "other", "other-wal", "other-shm"};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		remove_in(room->folder, files[i]);
	assert_int_equal(rmdir(room->folder), 0);
	free(room);
	return 0;
}

/* ---- small things that every case uses ---- */

static inline struct db_stmt *prepared(struct db *db, struct db_sql sql)
{
	struct db_stmt *st = NULL;
	struct err err = {0};
	if (db_prepare(db, sql, &st, &err) != OK)
		fail_msg("%s: %s", err.message, err.detail);
	return st;
}

static inline enum status add_unit(struct db *db, str id, int64_t size, struct err *err)
{
	struct db_stmt *st = prepared(db, SQL("INSERT INTO unit (id, size) VALUES ($1, $2)"));
	db_bind_text(st, 1, id);
	db_bind_i64(st, 2, size);
	return db_run(st, err);
}

static inline void add(struct db *db, str id, int64_t size)
{
	struct err err = {0};
	if (add_unit(db, id, size, &err) != OK)
		fail_msg("%s: %s", err.message, err.detail);
}

/* The first column of the first row. */
static inline int64_t number(struct db *db, struct db_sql sql)
{
	struct db_stmt *st = prepared(db, sql);
	struct err err = {0};
	bool row = false;
	if (db_step(st, &row, &err) != OK)
		fail_msg("%s: %s", err.message, err.detail);
	assert_true(row);
	int64_t n = db_i64(st, 0);
	db_reset(st);
	return n;
}

static inline int64_t units(struct db *db)
{
	return number(db, SQL("SELECT count(*) FROM unit"));
}

static inline void step_to(struct db_stmt *st, bool expected)
{
	bool row = !expected;
	struct err err = {0};
	if (db_step(st, &row, &err) != OK)
		fail_msg("%s: %s", err.message, err.detail);
	assert_int_equal(row, expected);
}

static inline void assert_str(str got, str expected)
{
	assert_int_equal(got.n, expected.n);
	assert_memory_equal(got.p, expected.p, expected.n);
}

static inline void fill(struct db *db, int n)
{
	MUST(db_begin(db, true, NULL));
	char id[16];
	for (int i = 0; i < n; i++) {
		(void)snprintf(id, sizeof id, "u%05d", i);
		add(db, str_from(id), i);
	}
	MUST(db_commit(db, NULL));
}

#define SQLITE(f)                                                                                                      \
	{                                                                                                              \
#f " (sqlite)", f, setup_sqlite, teardown, NULL                                                        \
	}
#define POSTGRES(f)                                                                                                    \
	{                                                                                                              \
#f " (postgres)", f, setup_postgres, teardown, NULL                                                    \
	}

static inline int run_postgres(const char *name, const struct CMUnitTest *cases, size_t n)
{
	const char *url = getenv("AISMM_TEST_POSTGRES");
	if (url && strcmp(url, "none") == 0)
		return 0;
	if (url)
		return _cmocka_run_group_tests(name, cases, n, NULL, NULL);
	(void)fprintf(stderr, "AISMM_TEST_POSTGRES is not set; see test/postgres, or set it to none\n");
	return (int)n;
}

/* A main for cases that both engines must pass: CASES is a macro ON(a), ON(b), … */
#define MAIN(name)                                                                                                     \
	int main(void)                                                                                                 \
	{                                                                                                              \
		static const struct CMUnitTest sqlite[] = {CASES(SQLITE)};                                             \
		static const struct CMUnitTest postgres[] = {CASES(POSTGRES)};                                         \
		return cmocka_run_group_tests_name(name " on SQLite", sqlite, NULL, NULL) +                            \
		       run_postgres(name " on PostgreSQL", postgres, sizeof postgres / sizeof *postgres);              \
	}

#endif
