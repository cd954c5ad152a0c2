/**
 * The schema: made once, refused when it is not the one this program knows, and never half made.
 */
#define ROOM_KEEPS_TABLES 0
#include "store/room.h"

#include "base/embed.h"

/* Another store, without a schema. */
static struct db *open_empty(const struct room *room)
{
	char url[URL_BYTES + 8];
	struct db *db = NULL;
	if (room->engine == DB_POSTGRES) {
		script(room->db, S("DROP SCHEMA IF EXISTS empty_of_migrate CASCADE; CREATE SCHEMA empty_of_migrate"));
		const char *base = getenv("AISMM_TEST_POSTGRES");
		(void)snprintf(url, sizeof url, "%s%coptions=-csearch_path%%3Dempty_of_migrate", base,
			       strchr(base, '?') ? '&' : '?');
	} else {
		(void)snprintf(url, sizeof url, "%s/other", room->folder);
	}
	RUN(db_open(url, DB_CREATE, &db, err));
	return db;
}

static void close_empty(const struct room *room, struct db *db)
{
	db_close(db);
	if (room->engine == DB_POSTGRES)
		script(room->db, S("DROP SCHEMA empty_of_migrate CASCADE"));
}

static enum status migrate(struct db *db, struct err *why)
{
	bool made;
	*why = (struct err){0};
	return store_migrate(db, DAY(1), &made, why);
}

static void the_schema_is_made_once(void **state)
{
	const struct room *room = *state;
	char before[HASH_TEXT], after[HASH_TEXT];
	bool made = true;
	content_of(room->db, true, before);
	RUN(store_migrate(room->db, DAY(1), &made, err));
	assert_false(made);
	RUN(store_migrate_check(room->db, err));
	content_of(room->db, true, after);
	assert_string_equal(before, after);
}

static void a_store_of_a_newer_program_is_refused(void **state)
{
	const struct room *room = *state;
	struct err why;
	char before[HASH_TEXT], after[HASH_TEXT];
	RUN(db_exec(room->db,
		    SQL("INSERT INTO migration (version, sha256, applied_at) SELECT max(version) + 1, 'x', 0 "
			"FROM migration"),
		    err));
	content_of(room->db, true, before);
	assert_int_equal(migrate(room->db, &why), E_CONFLICT);
	assert_non_null(strstr(why.message, "newer"));
	assert_int_equal(store_migrate_check(room->db, &why), E_CONFLICT);
	assert_non_null(strstr(why.message, "newer"));
	content_of(room->db, true, after);
	assert_string_equal(before, after);
}

static void a_step_that_is_not_the_one_this_program_knows_is_refused(void **state)
{
	const struct room *room = *state;
	struct err why;
	RUN(db_exec(room->db, SQL("UPDATE migration SET sha256 = 'f00d' WHERE version = 1"), err));
	assert_int_equal(migrate(room->db, &why), E_CONFLICT);
	assert_non_null(strstr(why.message, "step 1"));
	assert_int_equal(store_migrate_check(room->db, &why), E_CONFLICT);
}

static int64_t count_tables(struct db *db)
{
	return db_engine(db) == DB_SQLITE ? number(db, SQL("SELECT count(*) FROM sqlite_master"))
					  : number(db, SQL("SELECT count(*) FROM information_schema.tables WHERE "
							   "table_schema = current_schema()"));
}

/* The store as the first release made it, with a subject in it. */
static struct db *open_first(const struct room *room)
{
	struct db *db = open_empty(room);
	char sum[HASH_TEXT];
	str first = embed_find(S("store/sql/0001_start.sql"));
	script(db, S("CREATE TABLE migration (version @i64@ PRIMARY KEY, sha256 @text@ NOT NULL, applied_at @i64@ NOT "
		     "NULL) @strict@;"));
	script(db, first);
	script(db, embed_find(S("store/sql/derived.sql")));
	struct db_stmt *st = prepared(db, SQL("INSERT INTO migration (version, sha256, applied_at) VALUES (1, $1, 0)"));
	db_bind_text(st, 1, hash_of(first, sum));
	RUN(db_run(st, err));
	script(db,
	       S("INSERT INTO feed (id, name, unit) VALUES (1, 'f', 'u');"
		 "INSERT INTO snapshot (id, feed_id, observed_at, recorded_at, actor) VALUES (1, 1, 0, 0, 'a');"
		 "INSERT INTO file (sha256, bytes, recorded_at) VALUES ('s', 0, 0);"
		 "INSERT INTO snapshot_file (id, snapshot_id, sha256, name, format) VALUES (1, 1, 's', 'f', 'model');"
		 "INSERT INTO ev_model (feed_id, unit_id, id, seen_from, seen_to, file_id, record, line, main, digest, "
		 "name) VALUES (1, 'u', 'm', 0, 1, 1, 1, 1, 1, 'd', 'llama');"));
	return db;
}

static void a_store_of_the_first_release_is_brought_up_and_keeps_its_facts(void **state)
{
	const struct room *room = *state;
	struct err why = {0};
	bool made = true;
	struct db *db = open_first(room);
	assert_int_equal(store_migrate_check(db, &why), E_CONFLICT);
	assert_non_null(strstr(why.message, "older"));
	RUN(store_migrate(db, DAY(2), &made, err));
	assert_false(made);
	RUN(store_migrate_check(db, err));
	assert_int_equal(number(db, SQL("SELECT count(*) FROM ev_model WHERE name = 'llama' AND retires_at IS NULL")),
			 1);
	assert_int_equal(number(db, SQL("SELECT count(*) FROM ev_account")), 0);
	assert_int_equal(number(db, SQL("SELECT count(*) FROM migration WHERE applied_at = 0")), 1);
	assert_int_equal(count_tables(db), count_tables(room->db));
	close_empty(room, db);
}

static void a_store_that_was_left_behind_is_refused_for_reading(void **state)
{
	const struct room *room = *state;
	struct err why = {0};
	RUN(db_exec(room->db, SQL("DELETE FROM migration"), err));
	assert_int_equal(store_migrate_check(room->db, &why), E_CONFLICT);
	assert_non_null(strstr(why.message, "older"));
	assert_non_null(strstr(why.hint, "aismm init"));
}

static void an_empty_store_is_not_found(void **state)
{
	const struct room *room = *state;
	struct err why = {0};
	struct db *empty = open_empty(room);
	assert_int_equal(store_migrate_check(empty, &why), E_NOT_FOUND);
	assert_non_null(strstr(why.hint, "aismm init"));
	close_empty(room, empty);
}

/* A table that is in the way makes the step fail in its middle; each table once. */
static void a_migration_that_fails_leaves_nothing(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct db *empty = open_empty(room);
	char name[64], sql[128];
	for (int i = 0; i < TABLES; i += worlds(room, 1, 6)) {
		const char *one = table_name(i, name, sizeof name);
		if (strcmp(one, "migration") == 0 || strcmp(one, "derived_score") == 0)
			continue;
		(void)snprintf(sql, sizeof sql, "CREATE TABLE %s (x INTEGER)", one);
		script(empty, str_from(sql));
		assert_int_equal(count_tables(empty), 1);
		assert_int_equal(migrate(empty, &why), E_IO);
		assert_int_equal(count_tables(empty), 1);
		assert_int_equal(store_migrate_check(empty, &why), E_NOT_FOUND);
		(void)snprintf(sql, sizeof sql, "DROP TABLE %s", one);
		script(empty, str_from(sql));
	}
	assert_int_equal(count_tables(empty), 0);
	assert_int_equal(migrate(empty, &why), OK);
	RUN(store_migrate_check(empty, err));
	close_empty(room, empty);
}

static void the_derived_tables_are_made_again_without_touching_a_fact(void **state)
{
	const struct room *room = *state;
	char before[HASH_TEXT], after[HASH_TEXT];
	RUN(db_exec(room->db,
		    SQL("INSERT INTO derived_score VALUES ('u', '', 'm', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)"),
		    err));
	content_of(room->db, false, before);
	RUN(db_begin(room->db, true, err));
	RUN(store_migrate_derived(room->db, err));
	RUN(db_commit(room->db, err));
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM derived_score")), 0);
	content_of(room->db, false, after);
	assert_string_equal(before, after);
}

#define CASES(ON)                                                                                                      \
	ON(the_schema_is_made_once), ON(a_store_of_a_newer_program_is_refused),                                        \
	    ON(a_step_that_is_not_the_one_this_program_knows_is_refused),                                              \
	    ON(a_store_of_the_first_release_is_brought_up_and_keeps_its_facts),                                        \
	    ON(a_store_that_was_left_behind_is_refused_for_reading), ON(an_empty_store_is_not_found),                  \
	    ON(a_migration_that_fails_leaves_nothing), ON(the_derived_tables_are_made_again_without_touching_a_fact)
STORE_MAIN("store/migrate")
