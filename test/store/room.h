/**
 * What the tests of store/ and app/ share: a store with its schema for each case, on either engine; chance with a fixed
 * seed; and the whole content of a store as text.
 */
#ifndef TEST_STORE_ROOM_H
#define TEST_STORE_ROOM_H

#include "db/room.h"

#include <dirent.h>

#include "base/hash.h"
#include "base/time.h"
#include "core/evidence.h"
#include "store/migrate.h"
#include "store/store.h"

/* 0 before the inclusion: a case may leave other tables behind than those of a store. */
#ifndef ROOM_KEEPS_TABLES
#define ROOM_KEEPS_TABLES 1
#endif

#define DAY(n) (INT64_C(1700000000000) + (int64_t)(n)*TIME_DAY_MS)

#define RUN(call)                                                                                                      \
	do {                                                                                                           \
		struct err run_err_ = {0}, *err = &run_err_;                                                           \
		if ((call) != OK)                                                                                      \
			fail_msg("%s:%d: %s | %s | %s", __FILE__, __LINE__, err->message, err->where, err->detail);    \
	} while (0)

static inline int store_setup(void **state, enum db_engine engine)
{
	struct room *room = calloc(1, sizeof *room);
	bool made;
	assert_non_null(room);
	room->engine = engine;
	(void)snprintf(room->folder, sizeof room->folder, "/tmp/aismm-store-XXXXXX");
	assert_non_null(mkdtemp(room->folder));
	room->keeps_tables = ROOM_KEEPS_TABLES;
	if (engine == DB_POSTGRES)
		in_own_schema(room, getenv("AISMM_TEST_POSTGRES"));
	else
		(void)snprintf(room->url, sizeof room->url, "%s/store", room->folder);
	room->db = open_again(room, DB_CREATE);
	RUN(store_migrate(room->db, DAY(0), &made, err));
	*state = room;
	return 0;
}

static inline int store_setup_sqlite(void **state)
{
	return store_setup(state, DB_SQLITE);
}

static inline int store_setup_postgres(void **state)
{
	return store_setup(state, DB_POSTGRES);
}

/* The files that a case wrote into its folder go first. */
static inline int store_teardown(void **state)
{
	const struct room *room = *state;
	DIR *folder = opendir(room->folder);
	assert_non_null(folder);
	for (const struct dirent *e; (e = readdir(folder));)
		if (e->d_name[0] != '.' && strncmp(e->d_name, "store", 5) != 0)
			assert_int_equal(unlinkat(dirfd(folder), e->d_name, 0), 0);
	(void)closedir(folder);
	return teardown(state);
}

#define STORE_SQLITE(f)                                                                                                \
	{                                                                                                              \
#f " (sqlite)", f, store_setup_sqlite, store_teardown, NULL                                            \
	}
#define STORE_POSTGRES(f)                                                                                              \
	{                                                                                                              \
#f " (postgres)", f, store_setup_postgres, store_teardown, NULL                                        \
	}
#define STORE_MAIN(name)                                                                                               \
	int main(void)                                                                                                 \
	{                                                                                                              \
		static const struct CMUnitTest sqlite[] = {CASES(STORE_SQLITE)};                                       \
		static const struct CMUnitTest postgres[] = {CASES(STORE_POSTGRES)};                                   \
		return cmocka_run_group_tests_name(name " on SQLite", sqlite, NULL, NULL) +                            \
		       run_postgres(name " on PostgreSQL", postgres, sizeof postgres / sizeof *postgres);              \
	}

/* Fewer worlds where a statement costs a message to another process. */
static inline int worlds(const struct room *room, int on_sqlite, int on_postgres)
{
	return room->engine == DB_SQLITE ? on_sqlite : on_postgres;
}

/* ---- chance ---- */

struct dice {
	uint64_t state;
};

static inline struct dice dice(int seed)
{
	return (struct dice){(uint64_t)seed * 0x9E3779B97F4A7C15u + 0xD1B54A32D192ED03u};
}

/* 0 .. n - 1 */
static inline int roll(struct dice *d, int n)
{
	d->state ^= d->state << 13;
	d->state ^= d->state >> 7;
	d->state ^= d->state << 17;
	return (int)((d->state >> 20) % (uint64_t)n);
}

/* A random order of 0 .. n - 1. */
static inline void shuffle(struct dice *d, int *order, int n)
{
	for (int i = 0; i < n; i++)
		order[i] = i;
	for (int i = n - 1; i > 0; i--) {
		int k = roll(d, i + 1), was = order[i];
		order[i] = order[k];
		order[k] = was;
	}
}

/* ---- the whole store ---- */

/* From the bottom up: no row is deleted before those that point to it. */
static const char *const fact_tables[] = {
    "approval_step",
    "approval",
    "comment_withdrawal",
    "comment",
    "measure_evidence",
    "document",
    "review_undo",
    "review",
    "measure_undo",
    "target_withdrawal",
    "target",
    "derived_score",
    "run_failure",
    "run",
    "retirement",
    "measure",
    "feed_unit",
    "snapshot_kind",
    "snapshot_file",
    "snapshot",
    "feed",
    "file_piece",
    "file",
    "unit",
    "tree",
    "model_active",
    "model_file",
    "model",
    "migration",
};
enum { FACT_TABLES = sizeof fact_tables / sizeof *fact_tables, TABLES = FACT_TABLES + EVIDENCE_KINDS };

/* All tables, those of evidence first. */
static inline const char *table_name(int i, char *room, size_t bytes)
{
	if (i >= EVIDENCE_KINDS)
		return fact_tables[i - EVIDENCE_KINDS];
	(void)snprintf(room, bytes, "ev_%.*s", STR_ARG(evidence_kinds[i].name));
	return room;
}

/* A test may make SQL of any text. */
static inline struct db_stmt *any_sql(struct db *db, const char *z)
{
	return prepared(db, (struct db_sql){z});
}

static inline void hash_rows(struct db *db, const char *sql, struct hash *h)
{
	struct db_stmt *st = any_sql(db, sql);
	bool row = true;
	while (row) {
		RUN(db_step(st, &row, err));
		if (row)
			hash_add_field(h, db_text(st, 0));
	}
}

/* One text column that holds every column of a row. */
static inline void row_sql(struct db *db, const char *name, char *out, size_t bytes)
{
	if (db_engine(db) == DB_POSTGRES) {
		(void)snprintf(out, bytes, "SELECT CAST(t AS TEXT) FROM %s t ORDER BY 1", name);
		return;
	}
	char sql[128];
	(void)snprintf(sql, sizeof sql, "SELECT name FROM pragma_table_info('%s')", name);
	struct db_stmt *st = any_sql(db, sql);
	size_t at = (size_t)snprintf(out, bytes, "SELECT ''");
	for (bool row = true;;) {
		RUN(db_step(st, &row, err));
		if (!row)
			break;
		at += (size_t)snprintf(out + at, bytes - at, "||quote(%.*s)||','", STR_ARG(db_text(st, 0)));
	}
	(void)snprintf(out + at, bytes - at, " FROM %s ORDER BY 1", name);
}

/* Two stores of equal sum hold the same rows, byte for byte. derived: with the derived rows. */
static inline void content_of(struct db *db, bool derived, char out[HASH_TEXT])
{
	static char sql[16384];
	struct hash h;
	char name[64];
	hash_init(&h);
	for (int i = 0; i < TABLES; i++) {
		const char *table_at_i = table_name(i, name, sizeof name);
		if (!derived && strcmp(table_at_i, "derived_score") == 0)
			continue;
		hash_add_field(&h, str_from(table_at_i));
		row_sql(db, table_at_i, sql, sizeof sql);
		hash_rows(db, sql, &h);
	}
	(void)hash_hex(&h, out);
}

static inline void count_rows(struct db *db, int64_t out[TABLES])
{
	char name[64], sql[128];
	for (int i = 0; i < TABLES; i++) {
		(void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table_name(i, name, sizeof name));
		out[i] = number(db, (struct db_sql){sql});
	}
}

static inline void assert_same_counts(const int64_t before[TABLES], const int64_t after[TABLES])
{
	char name[64];
	for (int i = 0; i < TABLES; i++)
		if (before[i] != after[i])
			fail_msg("%s had %lld rows and has %lld", table_name(i, name, sizeof name),
				 (long long)before[i], (long long)after[i]);
}

/* Everything but the schema and the models goes. */
static inline void wipe(struct db *db)
{
	char name[64], sql[128];
	RUN(db_begin(db, true, err));
	for (int i = 0; i < TABLES; i++) {
		const char *one = table_name(i, name, sizeof name);
		if (strncmp(one, "model", 5) == 0 || strcmp(one, "migration") == 0)
			continue;
		(void)snprintf(sql, sizeof sql, "DELETE FROM %s", one);
		RUN(db_run(any_sql(db, sql), err));
	}
	RUN(db_commit(db, err));
}

#endif
