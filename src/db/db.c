#include "db/db_engine.h"

#include <stdlib.h>
#include <string.h>

struct db_text {
	struct db_text *next;
	const char *z;
};

/* ---- opening ---- */

static bool is_postgres(str url)
{
	return str_starts(url, S("postgresql://")) || str_starts(url, S("postgres://"));
}

enum status db_open(const char *url, enum db_mode mode, struct db **out, struct err *err)
{
	struct db *db = calloc(1, sizeof *db);
	if (!db)
		return err_set(err, E_NO_MEMORY, "no memory to open the store");
	db->mode = mode;
	db->arena = ARENA(DB_ARENA_BYTES);
	enum status status = is_postgres(str_from(url)) ? db_pg_open(db, url, err) : db_sqlite_open(db, url, err);
	if (status != OK) {
		arena_release(&db->arena);
		free(db);
		return status;
	}
	*out = db;
	return OK;
}

static void finish(struct db_stmt *st)
{
	st->db->ops->finish(st);
	for (int i = 0; i < st->shape.n_params; i++)
		buf_release(&st->values[i].bytes);
}

void db_close(struct db *db)
{
	if (!db)
		return;
	db_rollback(db);
	for (size_t i = 0; i < DB_BUCKETS; i++)
		for (struct db_stmt *st = db->statements[i]; st; st = st->next)
			finish(st);
	db->ops->close(db);
	arena_release(&db->arena);
	free(db);
}

enum db_engine db_engine(const struct db *db)
{
	return db->ops->engine;
}

/* ---- statements ---- */

static struct db_stmt **bucket_of(struct db *db, const char *z)
{
	uint32_t hash = 2166136261u;
	for (; *z; z++)
		hash = (hash ^ (unsigned char)*z) * 16777619u;
	return &db->statements[hash % DB_BUCKETS];
}

static void unbind(struct db_stmt *st)
{
	for (int i = 0; i < st->shape.n_params; i++) {
		st->values[i].kind = DB_KIND_UNKNOWN;
		st->values[i].is_null = true;
	}
	st->bad = NULL;
	st->ended = false;
}

/* In PostgreSQL an error ends the transaction; SQLite is made to do the same. */
static enum status spoil(struct db *db, enum status status)
{
	if (db->in_transaction)
		db->failed = true;
	return status;
}

static enum status check_usable(const struct db *db, struct err *err)
{
	if (!db->failed)
		return OK;
	return err_set(err, E_IO, "a statement of this transaction failed before; it can only be rolled back");
}

static enum status make(struct db *db, struct db_sql sql, struct db_stmt **out, struct err *err)
{
	struct db_shape shape;
	TRY(db_shape_of(sql.z, &shape, err));
	struct db_stmt *st = arena_new(&db->arena, struct db_stmt, 1);
	const char *z = str_z(&db->arena, str_from(sql.z));
	struct db_value *values = arena_new(&db->arena, struct db_value, (size_t)shape.n_params + 1);
	if (!st || !z || !values)
		return err_full(err);
	for (int i = 0; i < shape.n_params; i++)
		values[i].bytes = BUF(DB_VALUE_BYTES);
	*st = (struct db_stmt){.db = db, .sql = {z}, .shape = shape, .values = values};
	enum status status = db->ops->prepare(st, err);
	if (status != OK)
		return spoil(db, status);
	struct db_stmt **bucket = bucket_of(db, sql.z);
	st->next = *bucket;
	*bucket = st;
	*out = st;
	return OK;
}

enum status db_prepare(struct db *db, struct db_sql sql, struct db_stmt **out, struct err *err)
{
	TRY(check_usable(db, err));
	struct db_stmt *st = *bucket_of(db, sql.z);
	while (st && (st->running || strcmp(st->sql.z, sql.z) != 0))
		st = st->next;
	if (!st)
		TRY(make(db, sql, &st, err));
	unbind(st);
	*out = st;
	return OK;
}

static void refuse(struct db_stmt *st, int k, enum status status, const char *why)
{
	if (st->bad)
		return;
	st->bad = why;
	st->bad_status = status;
	st->bad_k = k;
}

/* NULL when there is no such parameter. A bound value ends a query that is still giving rows. */
static struct db_value *value_of(struct db_stmt *st, int k, enum db_kind kind)
{
	if (st->running || st->ended)
		db_reset(st);
	if (k < 1 || k > st->shape.n_params) {
		refuse(st, k, E_BUG, "is not a parameter of the statement");
		return NULL;
	}
	struct db_value *v = &st->values[k - 1];
	v->kind = kind;
	v->is_null = true;
	return v;
}

void db_bind_i64(struct db_stmt *st, int k, int64_t n)
{
	struct db_value *v = value_of(st, k, DB_KIND_I64);
	if (!v)
		return;
	v->i64 = n;
	v->is_null = false;
}

static void bind_bytes(struct db_stmt *st, int k, struct db_value *v, str bytes)
{
	buf_clear(&v->bytes);
	buf_add(&v->bytes, bytes);
	if (v->bytes.status != OK)
		refuse(st, k, v->bytes.status, "is too large to be bound");
	v->is_null = false;
}

void db_bind_text(struct db_stmt *st, int k, str text)
{
	struct db_value *v = value_of(st, k, DB_KIND_TEXT);
	if (!v)
		return;
	if (text.n && memchr(text.p, 0, text.n))
		refuse(st, k, E_INVALID, "holds a NUL byte, which a text may not");
	else if (!str_is_utf8(text))
		refuse(st, k, E_INVALID, "is not UTF-8 text");
	else
		bind_bytes(st, k, v, text);
}

void db_bind_text_or_null(struct db_stmt *st, int k, str text)
{
	if (text.p)
		db_bind_text(st, k, text);
	else
		(void)value_of(st, k, DB_KIND_TEXT);
}

void db_bind_blob(struct db_stmt *st, int k, str bytes)
{
	struct db_value *v = value_of(st, k, DB_KIND_BLOB);
	if (v)
		bind_bytes(st, k, v, bytes);
}

void db_bind_null(struct db_stmt *st, int k)
{
	(void)value_of(st, k, DB_KIND_UNKNOWN);
}

static enum status check_ready(struct db_stmt *st, struct err *err)
{
	TRY(check_usable(st->db, err));
	if (st->ended)
		return err_set(err, E_BUG, "a query was stepped on after its transaction had ended");
	if (!st->bad)
		return OK;
	enum status status = err_set(err, st->bad_status, "$%d %s", st->bad_k, st->bad);
	if (status == E_BUG)
		err_detail(err, "%s", st->sql.z);
	st->bad = NULL;
	return status;
}

enum status db_step(struct db_stmt *st, bool *row, struct err *err)
{
	TRY(check_ready(st, err));
	bool more = false;
	enum status status = st->db->ops->step(st, &more, err);
	st->running = status == OK && more;
	if (!st->running)
		st->db->ops->reset(st);
	if (status != OK)
		return spoil(st->db, status);
	*row = more;
	return OK;
}

enum status db_run(struct db_stmt *st, struct err *err)
{
	TRY(check_ready(st, err));
	if (st->running)
		db_reset(st);
	st->changed = 0;
	enum status status = st->db->ops->run(st, err);
	st->db->ops->reset(st);
	return status == OK ? OK : spoil(st->db, status);
}

int64_t db_changed(const struct db_stmt *st)
{
	return st->db->ops->changed(st);
}

int64_t db_i64(struct db_stmt *st, int column)
{
	return st->db->ops->i64(st, column);
}

str db_text(struct db_stmt *st, int column)
{
	return st->db->ops->text(st, column);
}

bool db_is_null(struct db_stmt *st, int column)
{
	return st->db->ops->is_null(st, column);
}

void db_reset(struct db_stmt *st)
{
	st->db->ops->reset(st);
	st->running = false;
	st->ended = false;
}

/* ---- literals and scripts ---- */

enum status db_exec(struct db *db, struct db_sql sql, struct err *err)
{
	TRY(check_usable(db, err));
	struct db_shape shape;
	TRY(db_shape_of(sql.z, &shape, err));
	if (shape.n_params || shape.rows != DB_ROWS_NONE)
		return err_set(err, E_BUG, "a statement with parameters or rows was given to db_exec");
	enum status status = db->ops->exec(db, sql.z, &shape, err);
	return status == OK ? OK : spoil(db, status);
}

static enum status run_script(struct db *db, const char *z, struct err *err)
{
	/* Whatever the first statement is, a script is treated as one that writes. */
	enum status status = db->ops->exec(db, z, &(struct db_shape){.writes = true}, err);
	return status == OK ? OK : spoil(db, status);
}

static enum status run_script_alone(struct db *db, const char *z, struct err *err)
{
	TRY(db_begin(db, true, err));
	enum status status = run_script(db, z, err);
	if (status == OK)
		return db_commit(db, err);
	db_rollback(db);
	return status;
}

enum status db_script(struct db *db, str script, struct err *err)
{
	TRY(check_usable(db, err));
	if (script.n && memchr(script.p, 0, script.n))
		return err_set(err, E_BUG, "a script holds a NUL byte");
	struct buf text = BUF(DB_VALUE_BYTES);
	db_marks(db_engine(db), script, &text);
	buf_char(&text, 0);
	enum status status = text.status;
	if (status != OK)
		(void)err_set(err, status, "no memory for the script");
	else if (db->in_transaction)
		status = run_script(db, text.p, err);
	else
		status = run_script_alone(db, text.p, err);
	buf_release(&text);
	return status;
}

/* ---- SQL for tables of one shape ---- */

static bool is_name_text(str text)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ ,.()=$";
	for (size_t i = 0; i < text.n; i++)
		if (!text.p[i] || !strchr(allowed, text.p[i]))
			return false;
	return text.n > 0;
}

/* The length of a mark such as @columns@ at the start of z; 0 when there is none. */
static size_t mark_length(const char *z)
{
	size_t n = 1;
	while ((z[n] >= 'a' && z[n] <= 'z') || z[n] == '_')
		n++;
	return z[0] == '@' && n > 1 && z[n] == '@' ? n + 1 : 0;
}

static const struct db_part *part_of(const struct db_part *parts, size_t n, str mark)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(str_from(parts[i].mark), mark))
			return &parts[i];
	return NULL;
}

static enum status fill(struct buf *out, const char *z, const struct db_part *parts, size_t n, struct err *err)
{
	while (*z) {
		size_t length = mark_length(z);
		if (!length) {
			buf_char(out, *z++);
			continue;
		}
		const struct db_part *part = part_of(parts, n, (str){z, length});
		if (!part)
			return err_set(err, E_BUG, "a pattern of SQL has the mark %.*s, for which there is no part",
				       (int)length, z);
		buf_add(out, part->text);
		z += length;
	}
	buf_char(out, 0);
	return out->status == OK ? OK : err_set(err, out->status, "no memory for a pattern of SQL");
}

/* The same text is kept once, so that a loop does not fill the memory. */
static const char *keep_text(struct db *db, const char *z)
{
	for (struct db_text *t = db->texts; t; t = t->next)
		if (strcmp(t->z, z) == 0)
			return t->z;
	struct db_text *t = arena_new(&db->arena, struct db_text, 1);
	const char *copy = str_z(&db->arena, str_from(z));
	if (!t || !copy)
		return NULL;
	*t = (struct db_text){db->texts, copy};
	db->texts = t;
	return copy;
}

enum status db_sql_table(struct db *db, struct db_sql pattern, const struct db_part *parts, size_t n,
			 struct db_sql *out, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_name_text(parts[i].text))
			return err_set(err, E_BUG, "the part for %s is not made of names", parts[i].mark);
		if (!strstr(pattern.z, parts[i].mark))
			return err_set(err, E_BUG, "a pattern of SQL has no mark %s", parts[i].mark);
	}
	struct buf text = BUF(DB_ARENA_BYTES);
	enum status status = fill(&text, pattern.z, parts, n, err);
	const char *kept = status == OK ? keep_text(db, text.p) : NULL;
	buf_release(&text);
	if (status != OK)
		return status;
	if (!kept)
		return err_full(err);
	*out = (struct db_sql){kept};
	return OK;
}

/* ---- transactions ---- */

/* Queries do not live across the start or the end of a transaction; stepping on would begin them anew, unnoticed. */
static void end_queries(struct db *db)
{
	for (size_t i = 0; i < DB_BUCKETS; i++)
		for (struct db_stmt *st = db->statements[i]; st; st = st->next)
			if (st->running) {
				db_reset(st);
				st->ended = true;
			}
}

static enum status check_whole(const struct db *db, struct err *err)
{
	if (!db->torn)
		return OK;
	err_set(err, E_IO, "the store could not be written to the disk");
	err_detail(err, "what was said shortly before may be lost");
	err_hint(err, "look at the disk, then start again; until then nothing more is written");
	return E_IO;
}

static enum status begin(struct db *db, enum db_how how, struct err *err)
{
	if (db->in_transaction)
		return err_set(err, E_BUG, "a transaction is open already");
	if (how != DB_BEGIN_READ && db->mode == DB_READ)
		return err_set(err, E_IO, "the store was opened for reading only");
	if (how != DB_BEGIN_READ)
		TRY(check_whole(db, err));
	end_queries(db);
	TRY(db->ops->begin(db, how, err));
	db->in_transaction = true;
	db->writing = how != DB_BEGIN_READ;
	db->failed = false;
	return OK;
}

enum status db_begin(struct db *db, bool write, struct err *err)
{
	return begin(db, write ? DB_BEGIN_WRITE : DB_BEGIN_READ, err);
}

enum status db_begin_aside(struct db *db, struct err *err)
{
	return begin(db, DB_BEGIN_ASIDE, err);
}

enum status db_patience(struct db *db, int ms, struct err *err)
{
	if (db->in_transaction)
		return err_set(err, E_BUG, "a transaction is open");
	return db->ops->patience(db, ms, err);
}

enum status db_frugal(struct db *db, struct err *err)
{
	if (db->in_transaction)
		return err_set(err, E_BUG, "a transaction is open");
	return db->ops->frugal(db, err);
}

enum status db_commit(struct db *db, struct err *err)
{
	if (!db->in_transaction)
		return err_set(err, E_BUG, "there is no transaction to commit");
	enum status status = check_usable(db, err);
	if (status != OK) {
		db_rollback(db);
		return status;
	}
	end_queries(db);
	status = db->ops->commit(db, err);
	db->in_transaction = false;
	db->writing = false;
	return status;
}

void db_rollback(struct db *db)
{
	end_queries(db);
	if (!db->in_transaction)
		return;
	db->ops->rollback(db);
	db->in_transaction = false;
	db->writing = false;
	db->failed = false;
}

bool db_is_writing(const struct db *db)
{
	return db->in_transaction && db->writing;
}

bool db_renewed(struct db *db)
{
	bool renewed = db->renewed;
	db->renewed = false;
	return renewed;
}

/* ---- many commits, one write to the disk ---- */

static enum status check_outside(const struct db *db, struct err *err)
{
	return db->in_transaction ? err_set(err, E_BUG, "a transaction is open") : OK;
}

enum status db_version(struct db *db, int64_t *out, struct err *err)
{
	TRY(check_outside(db, err));
	return db->ops->version(db, out, err);
}

enum status db_defer(struct db *db, struct err *err)
{
	TRY(check_outside(db, err));
	return db->ops->defer(db, &db->deferred, err);
}

/* The kernel tells of a failed write once and then forgets it: a second try would say that all is well. */
static enum status whole_or_torn(struct db *db, enum status status)
{
	db->torn |= status != OK;
	return status;
}

enum status db_flush(struct db *db, struct err *err)
{
	TRY(check_outside(db, err));
	TRY(check_whole(db, err));
	return db->deferred ? whole_or_torn(db, db->ops->flush(db, err)) : OK;
}

enum status db_tidy(struct db *db, struct err *err)
{
	TRY(check_outside(db, err));
	TRY(check_whole(db, err));
	return db->deferred ? whole_or_torn(db, db->ops->tidy(db, err)) : OK;
}

enum status db_copy_check(const struct db *db, struct err *err)
{
	if (db->ops->copy)
		return OK;
	err_set(err, E_INVALID, "a store on PostgreSQL is copied and put back with its own tools");
	err_hint(err, "pg_dump --format=custom, and pg_restore into an empty database");
	return E_INVALID;
}

enum status db_copy(struct db *db, const char *path, struct err *err)
{
	TRY(check_outside(db, err));
	TRY(db_copy_check(db, err));
	return db->ops->copy(db, path, err);
}

enum status db_check(struct db *db, struct err *err)
{
	TRY(check_outside(db, err));
	return db->ops->check ? db->ops->check(db, err) : OK;
}

void db_trim(struct db *db)
{
	db->ops->trim(db);
}
