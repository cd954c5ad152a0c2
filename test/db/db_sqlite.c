/*
 * What only SQLite has: files.
 */
#include "room.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "db/db_engine.h"

static void a_new_file_is_for_its_owner_only(void **state)
{
	struct room *room = *state;
	static const char *const names[] = {"store", "store-wal", "store-shm"};
	add(room->db, S("a"), 1);
	for (size_t i = 0; i < 3; i++) {
		char path[128];
		struct stat st;
		(void)snprintf(path, sizeof path, "%s/%s", room->folder, names[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
}

/* ---- a disk that fails ---- */

static int no_sync(sqlite3_file *file, int flags)
{
	(void)file;
	(void)flags;
	return SQLITE_IOERR_FSYNC;
}

/* From now on the log of the connection cannot be synced. */
static const sqlite3_io_methods *break_log(struct db *db, sqlite3_io_methods *broken)
{
	sqlite3_file *log = NULL;
	assert_int_equal(sqlite3_file_control(db->engine, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log), SQLITE_OK);
	assert_non_null(log);
	const sqlite3_io_methods *whole = log->pMethods;
	assert_non_null(whole);
	*broken = *whole;
	broken->xSync = no_sync;
	log->pMethods = broken;
	return whole;
}

static void mend_log(struct db *db, const sqlite3_io_methods *whole)
{
	sqlite3_file *log = NULL;
	assert_int_equal(sqlite3_file_control(db->engine, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log), SQLITE_OK);
	log->pMethods = whole;
}

static void after_a_failed_flush_nothing_is_flushed_or_written_any_more(void **state)
{
	struct room *room = *state;
	struct err err = {0};
	sqlite3_io_methods broken;
	MUST(db_defer(room->db, NULL));
	add(room->db, S("a"), 1);
	MUST(db_flush(room->db, NULL));
	add(room->db, S("b"), 1);
	const sqlite3_io_methods *whole = break_log(room->db, &broken);
	assert_int_equal(db_flush(room->db, &err), E_IO);
	assert_non_null(strstr(err.detail, "SQLite"));
	mend_log(room->db, whole);
	/* The disk would say now that all is well. */
	assert_int_equal(db_flush(room->db, &err), E_IO);
	assert_string_equal(err.message, "the store could not be written to the disk");
	assert_int_equal(db_tidy(room->db, NULL), E_IO);
	assert_int_equal(db_begin(room->db, true, NULL), E_IO);
	assert_true(units(room->db) == 2);
}

static void a_deferred_connection_that_cannot_move_the_log_is_told_so(void **state)
{
	struct room *room = *state;
	struct err err = {0};
	sqlite3_io_methods broken;
	struct db *tidier = open_again(room, DB_WRITE);
	MUST(db_defer(tidier, NULL));
	assert_true(units(tidier) == 0);
	add(room->db, S("a"), 1);
	assert_true(units(tidier) == 1);
	const sqlite3_io_methods *whole = break_log(tidier, &broken);
	assert_int_equal(db_tidy(tidier, &err), E_IO);
	mend_log(tidier, whole);
	assert_int_equal(db_begin(tidier, true, NULL), E_IO);
	db_close(tidier);
	add(room->db, S("b"), 1);
	assert_true(units(room->db) == 2);
}

/* No file may grow beyond what the store has: a disk that is full. */
static void a_log_that_has_no_room_to_go_stays_where_it_is(void **state)
{
	struct room *room = *state;
	struct db *tidier = open_again(room, DB_WRITE);
	struct stat before, after;
	struct rlimit all, full;
	char path[128];
	(void)snprintf(path, sizeof path, "%s/store", room->folder);
	MUST(db_defer(tidier, NULL));
	assert_int_equal(stat(path, &before), 0);
	fill(room->db, 2000);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &all), 0);
	full = (struct rlimit){(rlim_t)before.st_size, all.rlim_max};
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
	enum status status = db_tidy(tidier, NULL);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &all), 0);
	(void)signal(SIGXFSZ, handler);
	assert_int_equal(status, OK);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(after.st_size, before.st_size);
	assert_int_equal(units(tidier), 2000);
	MUST(db_tidy(tidier, NULL));
	assert_int_equal(stat(path, &after), 0);
	assert_true(after.st_size > before.st_size);
	db_close(tidier);
}

static void only_a_log_can_be_flushed_later(void **state)
{
	(void)state;
	struct db *db = NULL;
	MUST(db_open(":memory:", DB_CREATE, &db, NULL));
	MUST(db_defer(db, NULL));
	assert_false(db->deferred);
	MUST(db_flush(db, NULL));
	MUST(db_tidy(db, NULL));
	db_close(db);
}

static void a_file_that_is_no_database_is_invalid(void **state)
{
	struct room *room = *state;
	char path[128];
	(void)snprintf(path, sizeof path, "%s/other", room->folder);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	for (int i = 0; i < 4096; i++)
		assert_true(fputs("not a database ", f) >= 0);
	assert_int_equal(fclose(f), 0);
	struct db *db = NULL;
	struct err err = {0};
	for (int mode = DB_READ; mode <= DB_CREATE; mode++) {
		assert_int_equal(db_open(path, (enum db_mode)mode, &db, &err), E_INVALID);
		assert_non_null(strstr(err.where, "other"));
	}
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(db_open(room->folder, DB_CREATE, &db, &err), E_INVALID);
	assert_int_equal(db_open("", DB_CREATE, &db, &err), E_INVALID);
	assert_int_equal(db_open("/nowhere/at/all", DB_CREATE, &db, &err), E_IO);
}

static void a_path_is_never_a_uri(void **state)
{
	struct room *room = *state;
	assert_int_equal(chdir(room->folder), 0);
	struct db *db = NULL;
	MUST(db_open("file:x?mode=memory", DB_CREATE, &db, NULL));
	script(db, S("CREATE TABLE t (a @i64@) @strict@"));
	db_close(db);
	assert_int_equal(access("./file:x?mode=memory", F_OK), 0);
	assert_int_equal(unlink("./file:x?mode=memory"), 0);
	assert_int_equal(chdir("/"), 0);
}

static void a_store_in_memory_works(void **state)
{
	(void)state;
	struct db *db = NULL;
	MUST(db_open(":memory:", DB_CREATE, &db, NULL));
	script(db, str_from(table));
	add(db, S("a"), 1);
	assert_true(units(db) == 1);
	assert_int_equal(db_engine(db), DB_SQLITE);
	db_close(db);
}

static void copy(const struct room *room, const char *from, const char *to)
{
	char command[256];
	(void)snprintf(command, sizeof command, "cp %s/%s %s/%s && chmod 644 %s/%s", room->folder, from, room->folder,
		       to, room->folder, to);
	assert_int_equal(system(command), 0);
}

/* A person without write permission: tried in a child, which gives up being root first. */
static int read_as_stranger(const char *url)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(99);
		struct db *db = NULL;
		struct err err = {0};
		enum status status = db_open(url, DB_READ, &db, &err);
		bool good = status == OK ? units(db) == 1 && add_unit(db, S("x"), 1, NULL) == E_IO : err.hint[0] != 0;
		db_close(db);
		_exit(good ? (int)status : 98);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void a_store_can_be_read_in_a_folder_that_cannot_be_written(void **state)
{
	struct room *room = *state;
	char other[128];
	(void)snprintf(other, sizeof other, "%s/other", room->folder);
	add(room->db, S("a"), 1);
	/* At rest, without a log. */
	db_close(room->db);
	copy(room, "store", "other");
	assert_int_equal(chmod(room->folder, 0555), 0);
	assert_int_equal(read_as_stranger(other), OK);
	assert_int_equal(chmod(room->folder, 0755), 0);
	/* With a log that holds changes: leaving them out would give an old state. */
	room->db = open_again(room, DB_WRITE);
	MUST(db_exec(room->db, SQL("UPDATE unit SET size = 2"), NULL));
	copy(room, "store", "other");
	copy(room, "store-wal", "other-wal");
	assert_int_equal(chmod(room->folder, 0555), 0);
	assert_int_equal(read_as_stranger(other), E_IO);
	assert_int_equal(chmod(room->folder, 0755), 0);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
	    SQLITE(a_new_file_is_for_its_owner_only),
	    SQLITE(a_file_that_is_no_database_is_invalid),
	    SQLITE(a_path_is_never_a_uri),
	    SQLITE(a_store_in_memory_works),
	    SQLITE(a_store_can_be_read_in_a_folder_that_cannot_be_written),
	    SQLITE(after_a_failed_flush_nothing_is_flushed_or_written_any_more),
	    SQLITE(a_deferred_connection_that_cannot_move_the_log_is_told_so),
	    SQLITE(a_log_that_has_no_room_to_go_stays_where_it_is),
	    SQLITE(only_a_log_can_be_flushed_later),
	};
	return cmocka_run_group_tests_name("SQLite", cases, NULL, NULL);
}
