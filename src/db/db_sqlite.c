#include "db/db_engine.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static sqlite3 *handle(const struct db *db)
{
	return db->engine;
}

/* The application id of our files: "AISM". */
#define MARK 1095324493
#define MARK_TEXT "1095324493"
#define FEW_PAGES "PRAGMA cache_size = -2048; PRAGMA temp.cache_size = -2048"

static enum status fail(sqlite3 *h, int rc, struct err *err)
{
	int code = h ? sqlite3_extended_errcode(h) : rc;
	if ((code & 0xff) != (rc & 0xff))
		code = rc;
	const char *words = h && code != SQLITE_MISUSE ? sqlite3_errmsg(h) : sqlite3_errstr(code);
	enum status status = E_IO;
	if (code == SQLITE_CONSTRAINT_DATATYPE)
		(void)err_set(err, E_IO, "a value has another type than its column");
	else if ((code & 0xff) == SQLITE_CONSTRAINT)
		status = err_set(err, E_CONFLICT, "the store refused a row that breaks one of its rules");
	else if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
		(void)err_set(err, E_IO, "the store is locked by another program");
	else if ((code & 0xff) == SQLITE_NOTADB || (code & 0xff) == SQLITE_CORRUPT)
		(void)err_set(err, E_IO, "the file is not a store, or it is damaged");
	else if ((code & 0xff) == SQLITE_NOMEM)
		status = err_set(err, E_NO_MEMORY, "the store has no more memory");
	else if ((code & 0xff) == SQLITE_READONLY)
		(void)err_set(err, E_IO, "the store cannot be written to");
	else
		(void)err_set(err, E_IO, "the store failed");
	err_detail(err, "SQLite: %s (%d)", words, code);
	if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
		err_hint(err, "wait until the other program has finished, then try again");
	return status;
}

/* ---- statements ---- */

static enum status sqlite_prepare(struct db_stmt *st, struct err *err)
{
	sqlite3 *h = handle(st->db);
	sqlite3_stmt *made = NULL;
	const char *tail = NULL;
	int rc = sqlite3_prepare_v3(h, st->sql.z, -1, SQLITE_PREPARE_PERSISTENT, &made, &tail);
	if (rc != SQLITE_OK)
		return fail(h, rc, err);
	if (!made || (tail && tail[strspn(tail, " \t\r\n;")])) {
		(void)sqlite3_finalize(made);
		return err_set(err, E_BUG, "one statement was expected");
	}
	st->engine = made;
	return OK;
}

static int bind_one(sqlite3_stmt *s, int at, const struct db_value *v)
{
	const char *p = v->bytes.p ? v->bytes.p : "";
	if (v->is_null)
		return sqlite3_bind_null(s, at);
	switch (v->kind) {
	case DB_KIND_I64:
		return sqlite3_bind_int64(s, at, v->i64);
	case DB_KIND_TEXT:
		return sqlite3_bind_text64(s, at, p, v->bytes.n, SQLITE_STATIC, SQLITE_UTF8);
	case DB_KIND_BLOB:
		return sqlite3_bind_blob64(s, at, p, v->bytes.n, SQLITE_STATIC);
	case DB_KIND_UNKNOWN:
		break;
	}
	return SQLITE_MISUSE;
}

/* SQLite numbers $k by first appearance, so each is looked up by its name. */
static int bind_all(struct db_stmt *st)
{
	for (int k = 1; k <= st->shape.n_params; k++) {
		char name[16];
		(void)sqlite3_snprintf(sizeof name, name, "$%d", k);
		int at = sqlite3_bind_parameter_index(st->engine, name);
		int rc = at ? bind_one(st->engine, at, &st->values[k - 1]) : SQLITE_MISUSE;
		if (rc != SQLITE_OK)
			return rc;
	}
	return SQLITE_OK;
}

/* PostgreSQL refuses these by itself; here temporary tables would slip through. */
static enum status check_may_write(const struct db_stmt *st, struct err *err)
{
	const struct db *db = st->db;
	bool reading = db->mode == DB_READ || (db->in_transaction && !db->writing);
	if (!reading || sqlite3_stmt_readonly(st->engine))
		return OK;
	return err_set(err, E_IO, "a statement that writes was run while only reading is allowed");
}

static enum status sqlite_step(struct db_stmt *st, bool *row, struct err *err)
{
	sqlite3 *h = handle(st->db);
	if (!st->running) {
		TRY(check_may_write(st, err));
		int rc = bind_all(st);
		if (rc != SQLITE_OK)
			return fail(h, rc, err);
	}
	int rc = sqlite3_step(st->engine);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		return fail(h, rc, err);
	if (rc == SQLITE_DONE)
		st->changed = st->shape.changes ? sqlite3_changes64(h) : 0;
	*row = rc == SQLITE_ROW;
	return OK;
}

static enum status sqlite_run(struct db_stmt *st, struct err *err)
{
	bool row = true;
	enum status status = OK;
	while (status == OK && row) {
		status = sqlite_step(st, &row, err);
		st->running = row;
	}
	st->running = false;
	return status;
}

static int64_t sqlite_changed(const struct db_stmt *st)
{
	return st->changed;
}

static void sqlite_reset(struct db_stmt *st)
{
	(void)sqlite3_reset(st->engine);
}

static void sqlite_finish(struct db_stmt *st)
{
	(void)sqlite3_finalize(st->engine);
}

static int64_t sqlite_i64(struct db_stmt *st, int column)
{
	return sqlite3_column_int64(st->engine, column);
}

static str sqlite_text(struct db_stmt *st, int column)
{
	sqlite3_stmt *s = st->engine;
	int type = sqlite3_column_type(s, column);
	if (type == SQLITE_NULL)
		return (str){NULL, 0};
	const void *p = type == SQLITE_BLOB ? sqlite3_column_blob(s, column) : sqlite3_column_text(s, column);
	int n = sqlite3_column_bytes(s, column);
	return p ? (str){p, (size_t)n} : (str){"", 0};
}

static bool sqlite_is_null(struct db_stmt *st, int column)
{
	return sqlite3_column_type(st->engine, column) == SQLITE_NULL;
}

/* ---- literals and transactions ---- */

static enum status exec_literal(sqlite3 *h, const char *z, struct err *err)
{
	int rc = sqlite3_exec(h, z, NULL, NULL, NULL);
	return rc == SQLITE_OK ? OK : fail(h, rc, err);
}

static enum status sqlite_exec(struct db *db, const char *z, const struct db_shape *shape, struct err *err)
{
	if (shape->writes && (db->mode == DB_READ || (db->in_transaction && !db->writing)))
		return err_set(err, E_IO, "a statement that writes was run while only reading is allowed");
	return exec_literal(handle(db), z, err);
}

static enum status sqlite_begin(struct db *db, enum db_how how, struct err *err)
{
	return exec_literal(handle(db), how == DB_BEGIN_WRITE ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED", err);
}

static enum status sqlite_patience(struct db *db, int ms, struct err *err)
{
	int rc = sqlite3_busy_timeout(handle(db), ms);
	return rc == SQLITE_OK ? OK : fail(handle(db), rc, err);
}

static enum status sqlite_frugal(struct db *db, struct err *err)
{
	return exec_literal(handle(db), FEW_PAGES, err);
}

/* Some errors (a full disk) have ended the transaction already. */
static void sqlite_rollback(struct db *db)
{
	if (!sqlite3_get_autocommit(handle(db)))
		(void)sqlite3_exec(handle(db), "ROLLBACK", NULL, NULL, NULL);
}

static enum status sqlite_commit(struct db *db, struct err *err)
{
	enum status status = exec_literal(handle(db), "COMMIT", err);
	if (status != OK)
		sqlite_rollback(db);
	return status;
}

/* ---- many commits, one write to the disk ---- */

static enum status sqlite_version(struct db *db, int64_t *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("PRAGMA data_version"), &st, err));
	TRY(db_step(st, &row, err));
	*out = db_i64(st, 0);
	db_reset(st);
	return OK;
}

static int note_log(void *db, sqlite3 *h, const char *name, int pages)
{
	(void)h;
	(void)name;
	((struct db *)db)->log_pages = pages;
	return SQLITE_OK;
}

/* The hook takes the place of SQLite's own checkpoints, which keep the errors of the disk to themselves. */
static enum status sqlite_defer(struct db *db, bool *deferred, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("PRAGMA journal_mode"), &st, err));
	TRY(db_step(st, &row, err));
	bool has_log = row && str_eq(db_text(st, 0), S("wal"));
	db_reset(st);
	if (!has_log || db->mode == DB_READ)
		return OK;
	(void)sqlite3_wal_hook(handle(db), note_log, db);
	TRY(exec_literal(handle(db), "PRAGMA synchronous = NORMAL", err));
	db->log_pages = -1;
	*deferred = true;
	return OK;
}

/* Through the very file that the commits were written with, and by SQLite's own way of syncing it: that one does the
   folder of a log that is new, too. */
static enum status sqlite_flush(struct db *db, struct err *err)
{
	sqlite3_file *log = NULL;
	int rc = sqlite3_file_control(handle(db), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	if (rc == SQLITE_OK && log && log->pMethods)
		rc = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
	return rc == SQLITE_OK ? OK : fail(NULL, rc, err);
}

/* Another connection may hold parts of the log, or the disk may have no room for the store to grow: the log has all of
   it, made durable before anything is moved, so what can be moved is, and the rest the next time. */
static bool may_wait(sqlite3 *h, int rc)
{
	int code = sqlite3_extended_errcode(h);
	return rc == SQLITE_OK || rc == SQLITE_BUSY || code == SQLITE_FULL || code == SQLITE_IOERR_WRITE;
}

static enum status sqlite_tidy(struct db *db, struct err *err)
{
	if (db->log_pages >= 0 && db->log_pages < DB_LOG_PAGES)
		return OK;
	int rc = sqlite3_wal_checkpoint_v2(handle(db), "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	if (!may_wait(handle(db), rc))
		return fail(handle(db), rc, err);
	if (db->log_pages > 0)
		db->log_pages = 0;
	return OK;
}

/* ---- a copy ---- */

static enum status sync_file(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;
	int code = errno;
	if (fd >= 0)
		(void)close(fd);
	return synced ? OK : err_set(err, E_IO, "the copy cannot be made durable: %s", strerror(code));
}

/* A whole path: SQLite takes some names for something else than a file. */
static enum status sqlite_copy(struct db *db, const char *path, struct err *err)
{
	char *real = realpath(path, NULL);
	char *sql = real ? sqlite3_mprintf("VACUUM INTO %Q", real) : NULL;
	enum status status = sql    ? exec_literal(handle(db), sql, err)
			     : real ? err_full(err)
				    : err_set(err, E_IO, "the file for the copy cannot be found: %s", strerror(errno));
	if (status == OK)
		status = sync_file(real, err);
	sqlite3_free(sql);
	free(real);
	return status;
}

/* The first complaint of a check; a check that is content says "ok", or nothing. */
static enum status first_complaint(sqlite3 *h, const char *sql, const char *what, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(h, sql, -1, &st, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	enum status status = OK;
	const char *words = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(st, 0) : NULL;
	if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
		status = fail(h, rc, err);
	} else if (rc == SQLITE_ROW && (!words || strcmp(words, "ok") != 0)) {
		status = err_set(err, E_IO, "the file is damaged: %s", what);
		err_detail(err, "SQLite: %s", words ? words : "");
	}
	(void)sqlite3_finalize(st);
	return status;
}

static enum status sqlite_check(struct db *db, struct err *err)
{
	TRY(first_complaint(handle(db), "PRAGMA integrity_check(1)", "its pages do not fit together", err));
	return first_complaint(handle(db), "PRAGMA foreign_key_check", "a row names one that is not there", err);
}

static void sqlite_trim(struct db *db)
{
	(void)sqlite3_db_release_memory(handle(db));
}

static void sqlite_close(struct db *db)
{
	(void)sqlite3_close(handle(db));
}

static const struct db_ops sqlite_ops = {
    .engine = DB_SQLITE,
    .prepare = sqlite_prepare,
    .step = sqlite_step,
    .run = sqlite_run,
    .changed = sqlite_changed,
    .reset = sqlite_reset,
    .finish = sqlite_finish,
    .i64 = sqlite_i64,
    .text = sqlite_text,
    .is_null = sqlite_is_null,
    .exec = sqlite_exec,
    .begin = sqlite_begin,
    .patience = sqlite_patience,
    .frugal = sqlite_frugal,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .version = sqlite_version,
    .defer = sqlite_defer,
    .flush = sqlite_flush,
    .tidy = sqlite_tidy,
    .copy = sqlite_copy,
    .check = sqlite_check,
    .trim = sqlite_trim,
    .close = sqlite_close,
};

/* ---- opening ---- */

static bool set_options(sqlite3 *h)
{
	static const int options[][2] = {
	    {SQLITE_DBCONFIG_DEFENSIVE, 1},   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
	    {SQLITE_DBCONFIG_ENABLE_FKEY, 1}, {SQLITE_DBCONFIG_DQS_DDL, 0},
	    {SQLITE_DBCONFIG_DQS_DML, 0},     {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
	};
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		if (sqlite3_db_config(h, options[i][0], options[i][1], NULL) != SQLITE_OK)
			return false;
	return sqlite3_busy_timeout(h, DB_BUSY_MS) == SQLITE_OK;
}

/* The one number that a statement gives. */
static enum status one_number(sqlite3 *h, const char *sql, int64_t *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(h, sql, -1, &st, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		*out = sqlite3_column_int64(st, 0);
	enum status status = rc == SQLITE_ROW ? OK : fail(h, rc, err);
	(void)sqlite3_finalize(st);
	return status;
}

/* A database with tables must carry our mark: the files of other programs are neither read nor changed. */
static enum status know_owner(sqlite3 *h, enum db_mode mode, struct err *err)
{
	int64_t objects, mark;
	TRY(one_number(h, "SELECT count(*) FROM sqlite_schema", &objects, err));
	TRY(one_number(h, "PRAGMA application_id", &mark, err));
	if (objects == 0 && mode == DB_CREATE)
		return exec_literal(h, "PRAGMA application_id = " MARK_TEXT, err);
	if (objects == 0 || mark == MARK)
		return OK;
	err_set(err, E_INVALID, "the file is a database of another program");
	err_hint(err, "name another file for the store; nothing was changed");
	return E_INVALID;
}

/* LIKE tells upper case from lower case, as in PostgreSQL. */
static enum status set_up(sqlite3 *h, enum db_mode mode, struct err *err)
{
	if (!set_options(h))
		return err_set(err, E_IO, "the store could not be made safe to use");
	TRY(exec_literal(h, "PRAGMA cell_size_check = ON; PRAGMA case_sensitive_like = ON", err));
	/* Reads the file's first page: a wrong file is found here. */
	TRY(know_owner(h, mode, err));
	/* Who only reads keeps 2 MB of pages: a server has several of them, and the system keeps the file in memory
	 * anyway. */
	if (mode == DB_READ)
		return exec_literal(h, FEW_PAGES, err);
	/* 8 MB of pages each for the store and for temporary tables, four times the default: a third less work for a
	   large import. */
	TRY(exec_literal(h, "PRAGMA cache_size = -8192; PRAGMA temp.cache_size = -8192", err));
	/* A file system that cannot do WAL keeps its rollback journal: slower, and just as safe. */
	return exec_literal(h, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", err);
}

/* *code is SQLite's reason when it fails. */
static enum status open_handle(const char *name, enum db_mode mode, int flags, sqlite3 **out, int *code,
			       struct err *err)
{
	sqlite3 *h = NULL;
	if (mode == DB_READ)
		flags |= SQLITE_OPEN_READONLY;
	else
		flags |= SQLITE_OPEN_READWRITE;
	int rc = sqlite3_open_v2(name, &h, flags | SQLITE_OPEN_EXRESCODE, NULL);
	enum status status = rc == SQLITE_OK ? set_up(h, mode, err) : fail(h, rc, err);
	if (status != OK) {
		*code = (h ? sqlite3_extended_errcode(h) : rc) & 0xff;
		if (*code == SQLITE_NOTADB || *code == SQLITE_CORRUPT)
			status = E_INVALID;
		if (err)
			err->status = status;
		(void)sqlite3_close(h);
		return status;
	}
	*out = h;
	return OK;
}

/* true when the write-ahead log of a store holds nothing. */
static bool is_log_empty(const char *path)
{
	struct stat st;
	struct buf name = BUF(8192);
	buf_printf(&name, "%s-wal", path);
	buf_char(&name, 0);
	bool empty = name.status == OK && (stat(name.p, &st) != 0 ? errno == ENOENT : st.st_size == 0);
	buf_release(&name);
	return empty;
}

/* The path as a URI that tells SQLite that nobody changes the file. */
static void add_unchanging_uri(struct buf *out, const char *path)
{
	buf_add(out, S("file:"));
	for (; *path; path++) {
		bool plain = (*path >= 'a' && *path <= 'z') || (*path >= 'A' && *path <= 'Z') ||
			     (*path >= '0' && *path <= '9') || strchr("/._-", *path);
		if (plain)
			buf_char(out, *path);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*path);
	}
	buf_add(out, S("?immutable=1"));
	buf_char(out, 0);
}

/* A store at rest in a place where nothing can be written (a read-only disk, another person's folder): SQLite cannot
   make the index of the log. With an empty log the file is whole and can be read as it stands. */
static enum status open_unchanging(const char *path, sqlite3 **out, struct err *err)
{
	if (!is_log_empty(path)) {
		err_hint(err, "the store has changes in %s-wal; reading it needs write permission to its folder", path);
		return E_IO;
	}
	struct buf uri = BUF(32768);
	add_unchanging_uri(&uri, path);
	enum status status = uri.status;
	int code;
	if (status == OK)
		status = open_handle(uri.p, DB_READ, SQLITE_OPEN_URI, out, &code, err);
	else
		(void)err_set(err, status, "the path of the store is too long");
	buf_release(&uri);
	return status;
}

/* *made: the file did not exist and was created, readable by its owner only. */
static enum status find_file(const char *path, enum db_mode mode, bool *made, struct err *err)
{
	struct stat st;
	*made = false;
	if (stat(path, &st) == 0) {
		if (!S_ISREG(st.st_mode))
			return err_set(err, E_INVALID, "the store is not a file");
		return OK;
	}
	if (errno != ENOENT && errno != ENOTDIR)
		goto system_failed;
	if (mode != DB_CREATE) {
		enum status status = err_set(err, E_NOT_FOUND, "there is no store");
		err_hint(err, "make one with aismm init, or name another one with --db");
		return status;
	}
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		goto system_failed;
	(void)close(fd);
	*made = true;
	return OK;
system_failed:
	(void)err_set(err, E_IO, "the store could not be opened");
	err_detail(err, "%s", strerror(errno));
	return E_IO;
}

static enum status open_path(const char *path, enum db_mode mode, sqlite3 **out, struct err *err)
{
	bool made;
	TRY(find_file(path, mode, &made, err));
	struct err first = {0};
	int code = SQLITE_OK;
	enum status status = open_handle(path, mode, 0, out, &code, &first);
	if (mode == DB_READ && (code == SQLITE_CANTOPEN || code == SQLITE_READONLY))
		status = open_unchanging(path, out, &first);
	if (status != OK && made)
		(void)unlink(path);
	if (status != OK && err)
		*err = first;
	return status;
}

enum status db_sqlite_open(struct db *db, const char *path, struct err *err)
{
	sqlite3 *h = NULL;
	enum status status;
	int code;
	if (!*path)
		return err_set(err, E_INVALID, "the path of the store is empty");
	if (strcmp(path, ":memory:") == 0) {
		status = open_handle(path, DB_CREATE, SQLITE_OPEN_CREATE, &h, &code, err);
	} else {
		/* Debian's SQLite takes a name that starts with file: for a URI, and a : for a special name. */
		struct buf plain = BUF(8192);
		bool special = *path == ':' || strncmp(path, "file:", 5) == 0;
		buf_printf(&plain, "%s%s", special ? "./" : "", path);
		buf_char(&plain, 0);
		/* SQLite keeps its log beside the file that a link leads to, and so do we look for it there. */
		char *real = plain.status == OK ? realpath(plain.p, NULL) : NULL;
		status = plain.status == OK ? open_path(real ? real : plain.p, db->mode, &h, err)
					    : err_set(err, E_INVALID, "the path of the store is too long");
		free(real);
		buf_release(&plain);
	}
	if (status == OK) {
		db->engine = h;
		db->ops = &sqlite_ops;
	} else {
		err_where(err, "%s", path);
	}
	return status;
}
