#include "db/sandbox_inside.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/limits.h"

/* What the names and statements of the tables may take. */
#define SANDBOX_ARENA_BYTES ((size_t)16 << 20)
/* How much a check may put into temporary files. */
#define SANDBOX_DISK_BYTES ((int64_t)1 << 30)
/* How much memory SQLite may take in the whole program while a check runs. */
#define SANDBOX_MEMORY_BYTES ((int64_t)1 << 30)
/* How many steps go by between two looks at the budget. */
enum { STEPS_PER_LOOK = 500 };

/* ---- opening ---- */

static enum status fail_own(struct sandbox *sb, struct err *err)
{
	(void)err_set(err, E_IO, "the sandbox for checks failed");
	err_detail(err, "SQLite: %s", sb->h ? sqlite3_errmsg(sb->h) : "no memory");
	return E_IO;
}

static enum status exec(struct sandbox *sb, const char *z, struct err *err)
{
	return sqlite3_exec(sb->h, z, NULL, NULL, NULL) == SQLITE_OK ? OK : fail_own(sb, err);
}

static str text_of(sqlite3_value *v)
{
	const char *p = (const char *)sqlite3_value_text(v);
	return p ? (str){p, (size_t)sqlite3_value_bytes(v)} : (str){NULL, 0};
}

/* SQLite's own replace, instr and two-argument trim take time that grows with the product of two lengths, in one step
   that nothing can interrupt. memmem is linear. */
static ptrdiff_t find(str s, str needle)
{
	if (!needle.n || needle.n > s.n)
		return needle.n ? -1 : 0;
	const char *p = memmem(s.p, s.n, needle.p, needle.n);
	return p ? p - s.p : -1;
}

static void replace_text(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	(void)n;
	str s = text_of(values[0]), from = text_of(values[1]), to = text_of(values[2]);
	if (!s.p || !from.p || !to.p)
		return;
	size_t limit = (size_t)sqlite3_limit(sqlite3_context_db_handle(ctx), SQLITE_LIMIT_LENGTH, -1);
	struct buf out = BUF(limit);
	for (ptrdiff_t at; from.n && (at = find(s, from)) >= 0 && out.status == OK;) {
		buf_add(&out, str_slice(s, 0, (size_t)at));
		buf_add(&out, to);
		s = str_slice(s, (size_t)at + from.n, s.n);
	}
	buf_add(&out, s);
	if (out.status == E_TOO_LARGE)
		sqlite3_result_error_toobig(ctx);
	else if (out.status != OK)
		sqlite3_result_error_nomem(ctx);
	else
		sqlite3_result_text64(ctx, out.p ? out.p : "", out.n, SQLITE_TRANSIENT, SQLITE_UTF8);
	buf_release(&out);
}

/* In characters, from 1. */
static void find_text(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	(void)n;
	str s = text_of(values[0]), needle = text_of(values[1]);
	if (!s.p || !needle.p)
		return;
	ptrdiff_t at = find(s, needle);
	sqlite3_int64 place = at >= 0;
	for (ptrdiff_t i = 0; i < at; i++)
		place += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	sqlite3_result_int64(ctx, place);
}

static void refuse_call(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	(void)n;
	(void)values;
	sqlite3_result_error(ctx, "trim, ltrim and rtrim take one argument in a check", -1);
}

static bool add_functions(sqlite3 *h)
{
	static const struct {
		const char *name;
		int n;
		void (*call)(sqlite3_context *, int, sqlite3_value **);
	} own[] = {
	    {"replace", 3, replace_text}, {"instr", 2, find_text},   {"trim", 2, refuse_call},
	    {"ltrim", 2, refuse_call},    {"rtrim", 2, refuse_call},
	};
	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
		if (sqlite3_create_function(h, own[i].name, own[i].n, flags, NULL, own[i].call, NULL, NULL) !=
		    SQLITE_OK)
			return false;
	}
	return true;
}

static bool set_options(sqlite3 *h)
{
	static const int options[][2] = {
	    {SQLITE_DBCONFIG_DEFENSIVE, 1},
	    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
	    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
	    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
	    {SQLITE_DBCONFIG_DQS_DDL, 0},
	    {SQLITE_DBCONFIG_DQS_DML, 0},
	    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
	};
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		if (sqlite3_db_config(h, options[i][0], options[i][1], NULL) != SQLITE_OK)
			return false;
	/* No virtual tables: json_each, dbstat, fts5 and their like do not exist here. */
	return sqlite3_drop_modules(h, NULL) == SQLITE_OK && add_functions(h);
}

static enum status set_up(struct sandbox *sb, struct err *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
	sb->arena = ARENA(SANDBOX_ARENA_BYTES);
	sb->disk = sandbox_disk_new();
	if (!sb->disk)
		return err_set(err, E_NO_MEMORY, "no memory for the sandbox of the checks");
	/* An empty name: a temporary file that nobody else can open. */
	if (sqlite3_open_v2("", &sb->h, flags, sandbox_disk_name(sb->disk)) != SQLITE_OK || !set_options(sb->h))
		return fail_own(sb, err);
	return exec(sb,
		    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
		    "PRAGMA cache_size = -16384; PRAGMA case_sensitive_like = ON",
		    err);
}

enum status sandbox_open(struct sandbox **out, struct err *err)
{
	struct sandbox *sb = calloc(1, sizeof *sb);
	if (!sb)
		return err_set(err, E_NO_MEMORY, "no memory for the sandbox of the checks");
	enum status status = set_up(sb, err);
	if (status != OK) {
		sandbox_close(sb);
		return status;
	}
	*out = sb;
	return OK;
}

void sandbox_close(struct sandbox *sb)
{
	if (!sb)
		return;
	for (int i = 0; i < sb->n_tables; i++)
		(void)sqlite3_finalize(sb->tables[i].insert);
	(void)sqlite3_close(sb->h);
	sandbox_disk_free(sb->disk);
	arena_release(&sb->arena);
	free(sb);
}

/* ---- tables ---- */

static bool is_name(str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		if (!((c >= 'a' && c <= 'z') || c == '_' || (i > 0 && c >= '0' && c <= '9')))
			return false;
	}
	return name.n > 0 && !str_starts(name, S("sqlite_")) && !str_starts(name, S("pragma_"));
}

enum status sandbox_settle(struct sandbox *sb, struct err *err)
{
	if (!sb->is_filling)
		return OK;
	sb->is_filling = false;
	return exec(sb, "COMMIT", err);
}

static bool are_names(str name, const struct sandbox_column *columns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!is_name(columns[i].name))
			return false;
	return n > 0 && is_name(name);
}

static enum status run_built(struct sandbox *sb, struct buf *sql, struct err *err)
{
	buf_char(sql, 0);
	enum status status = sql->status == OK ? exec(sb, sql->p, err) : err_full(err);
	buf_release(sql);
	return status;
}

static enum status create(struct sandbox *sb, str name, const struct sandbox_column *columns, size_t n, struct err *err)
{
	struct buf sql = BUF(64 << 10);
	buf_printf(&sql, "CREATE TABLE \"%.*s\" (", STR_ARG(name));
	for (size_t i = 0; i < n; i++)
		buf_printf(&sql, "%s\"%.*s\" %s", i ? ", " : "", STR_ARG(columns[i].name),
			   columns[i].is_text ? "TEXT" : "INTEGER");
	buf_add(&sql, S(") STRICT"));
	return run_built(sb, &sql, err);
}

static enum status prepare_insert(struct sandbox *sb, struct sandbox_table *t, struct err *err)
{
	struct buf sql = BUF(64 << 10);
	buf_printf(&sql, "INSERT INTO \"%s\" VALUES (", t->name);
	for (size_t i = 0; i < t->n_columns; i++)
		buf_add(&sql, i ? S(", ?") : S("?"));
	buf_add(&sql, S(")"));
	int rc = SQLITE_NOMEM;
	if (sql.status == OK)
		rc = sqlite3_prepare_v3(sb->h, sql.p, (int)sql.n, SQLITE_PREPARE_PERSISTENT, &t->insert, NULL);
	buf_release(&sql);
	return rc == SQLITE_OK ? OK : fail_own(sb, err);
}

enum status sandbox_table(struct sandbox *sb, str name, const struct sandbox_column *columns, size_t n, int *out,
			  struct err *err)
{
	if (sb->n_tables == SANDBOX_TABLES_MAX)
		return err_set(err, E_TOO_LARGE, "a sandbox has at most %d tables", SANDBOX_TABLES_MAX);
	if (!are_names(name, columns, n))
		return err_set(err, E_BUG, "a table of the sandbox or one of its columns has a wrong name");
	struct sandbox_table *t = &sb->tables[sb->n_tables];
	struct sandbox_column *copy = arena_new(&sb->arena, struct sandbox_column, n);
	*t = (struct sandbox_table){.name = str_z(&sb->arena, name), .columns = copy, .n_columns = n};
	if (!copy || !t->name)
		return err_full(err);
	for (size_t i = 0; i < n; i++) {
		copy[i] = (struct sandbox_column){str_copy(&sb->arena, columns[i].name), columns[i].is_text};
		if (!copy[i].name.p)
			return err_full(err);
	}
	TRY(sandbox_settle(sb, err));
	TRY(create(sb, name, columns, n, err));
	TRY(prepare_insert(sb, t, err));
	*out = sb->n_tables++;
	return OK;
}

static int bind(sqlite3_stmt *st, int at, const struct sandbox_value *v)
{
	if (v->is_null)
		return sqlite3_bind_null(st, at);
	if (!v->is_text)
		return sqlite3_bind_int64(st, at, v->i64);
	return sqlite3_bind_text64(st, at, v->text.p ? v->text.p : "", v->text.n, SQLITE_STATIC, SQLITE_UTF8);
}

static enum status check_value(const struct sandbox_column *c, const struct sandbox_value *v, struct err *err)
{
	if (v->is_null)
		return OK;
	if (v->is_text != c->is_text)
		return err_set(err, E_BUG, "the column %.*s was given a value of the wrong type", STR_ARG(c->name));
	if (v->is_text && v->text.n && (memchr(v->text.p, 0, v->text.n) || !str_is_utf8(v->text)))
		return err_set(err, E_INVALID, "a value of %.*s is not UTF-8 text without NUL", STR_ARG(c->name));
	return OK;
}

enum status sandbox_add(struct sandbox *sb, int table, const struct sandbox_value *values, struct err *err)
{
	if (table < 0 || table >= sb->n_tables)
		return err_set(err, E_BUG, "the sandbox has no table %d", table);
	struct sandbox_table *t = &sb->tables[table];
	int64_t bytes = 0;
	for (size_t i = 0; i < t->n_columns; i++) {
		TRY(check_value(&t->columns[i], &values[i], err));
		bytes += values[i].is_text && !values[i].is_null ? (int64_t)values[i].text.n : 9;
	}
	if (!sb->is_filling)
		TRY(exec(sb, "BEGIN", err));
	sb->is_filling = true;
	int rc = SQLITE_OK;
	for (size_t i = 0; i < t->n_columns && rc == SQLITE_OK; i++)
		rc = bind(t->insert, (int)i + 1, &values[i]);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(t->insert);
	(void)sqlite3_reset(t->insert);
	if (rc != SQLITE_DONE)
		return fail_own(sb, err);
	if (bytes > sb->longest_row)
		sb->longest_row = bytes;
	return OK;
}

enum status sandbox_index(struct sandbox *sb, int table, str column, struct err *err)
{
	if (table < 0 || table >= sb->n_tables || !is_name(column))
		return err_set(err, E_BUG, "an index for a table that the sandbox does not have");
	TRY(sandbox_settle(sb, err));
	struct buf sql = BUF(4096);
	const char *name = sb->tables[table].name;
	buf_printf(&sql, "CREATE INDEX IF NOT EXISTS \"%s.%.*s\" ON \"%s\" (\"%.*s\")", name, STR_ARG(column), name,
		   STR_ARG(column));
	return run_built(sb, &sql, err);
}

enum status sandbox_clear(struct sandbox *sb, struct err *err)
{
	TRY(sandbox_settle(sb, err));
	for (int i = 0; i < sb->n_tables; i++) {
		struct buf sql = BUF(4096);
		buf_printf(&sql, "DELETE FROM \"%s\"", sb->tables[i].name);
		TRY(run_built(sb, &sql, err));
	}
	sb->longest_row = 0;
	return OK;
}

/* ---- runs ---- */

enum status sandbox_fail(struct sandbox *sb, int rc, struct err *err)
{
	switch (rc & 0xff) {
	case SQLITE_NOMEM:
		return err_set(err, E_NO_MEMORY, "no memory for the check");
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		return fail_own(sb, err);
	case SQLITE_FULL:
		if (!sandbox_disk_is_full(sb->disk))
			return fail_own(sb, err);
		return err_set(err, E_TOO_LARGE, "the check used up its %" PRId64 " MB of temporary space",
			       SANDBOX_DISK_BYTES >> 20);
	case SQLITE_TOOBIG:
		return err_set(err, E_TOO_LARGE, "the check made a text that is too long");
	case SQLITE_INTERRUPT:
		if (sb->used_up)
			return err_set(err, E_TOO_LARGE, "%s", sb->used_up);
		break;
	default:
		break;
	}
	return err_set(err, E_INVALID, "%s", sqlite3_errmsg(sb->h));
}

static int64_t now_ms(void)
{
	struct timespec t = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Not 0 ends the statement. */
static int look_at_budget(void *ctx)
{
	struct sandbox *sb = ctx;
	sb->steps += STEPS_PER_LOOK;
	if (sb->steps / 1000 >= sb->budget.ksteps)
		sb->used_up = "the check used up its steps: it looks at too many combinations of rows";
	else if (sqlite3_memory_used() >= sb->until_memory)
		sb->used_up = "the check used up its memory";
	else if (now_ms() >= sb->until_ms)
		sb->used_up = "the check used up its time";
	return sb->used_up != NULL;
}

static void start_budget(struct sandbox *sb, const struct sandbox_budget *budget)
{
	struct sandbox_budget b = budget ? *budget : (struct sandbox_budget){0};
	b.rows = b.rows > 0 ? b.rows : LIMIT_CHECK_ROWS;
	b.ksteps = b.ksteps > 0 ? b.ksteps : LIMIT_CHECK_KSTEPS;
	b.ms = b.ms > 0 ? b.ms : LIMIT_CHECK_MS;
	sb->budget = b;
	sb->steps = 0;
	sb->used_up = NULL;
	if (__builtin_add_overflow(now_ms(), b.ms, &sb->until_ms))
		sb->until_ms = INT64_MAX;
	sb->until_memory = sqlite3_memory_used() + SANDBOX_MEMORY_BYTES;
	sandbox_disk_allow(sb->disk, SANDBOX_DISK_BYTES);
	sqlite3_progress_handler(sb->h, STEPS_PER_LOOK, look_at_budget, sb);
}

static void end_budget(struct sandbox *sb)
{
	sqlite3_progress_handler(sb->h, 0, NULL, NULL);
	sandbox_disk_allow(sb->disk, -1);
}

static int bind_times(sqlite3_stmt *st, int64_t as_of_ms, int64_t since_ms)
{
	int first = sqlite3_bind_parameter_index(st, "$1");
	int second = sqlite3_bind_parameter_index(st, "$2");
	int rc = first ? sqlite3_bind_int64(st, first, as_of_ms) : SQLITE_OK;
	return rc == SQLITE_OK && second ? sqlite3_bind_int64(st, second, since_ms) : rc;
}

/* An id is a text, or an integer that is written as one. */
static enum status read_id(sqlite3_stmt *st, int column, str *out, struct err *err)
{
	const char *name = column ? "subject" : "unit_id";
	int type = sqlite3_column_type(st, column);
	if (type != SQLITE_TEXT && type != SQLITE_INTEGER)
		return err_set(err, E_INVALID, "%s is %s, not a text", name,
			       type == SQLITE_NULL   ? "NULL"
			       : type == SQLITE_BLOB ? "a blob"
						     : "a number with a fraction");
	const char *p = (const char *)sqlite3_column_text(st, column);
	str s = {p, p ? (size_t)sqlite3_column_bytes(st, column) : 0};
	if (!p)
		return err_set(err, E_NO_MEMORY, "no memory for the check");
	if (s.n && (memchr(s.p, 0, s.n) || !str_is_utf8(s)))
		return err_set(err, E_INVALID, "%s is not UTF-8 text without NUL", name);
	*out = s;
	return OK;
}

static enum status read_meets(sqlite3_stmt *st, str subject, int *out, struct err *err)
{
	int type = sqlite3_column_type(st, 2);
	sqlite3_int64 v = type == SQLITE_INTEGER ? sqlite3_column_int64(st, 2) : -1;
	if (type != SQLITE_NULL && v != 0 && v != 1) {
		(void)err_set(err, E_INVALID, "meets is neither the integer 1 nor 0 nor NULL");
		err_detail(err, "subject \"%.*s\"", (int)(subject.n < 200 ? subject.n : 200), subject.p);
		return E_INVALID;
	}
	*out = type == SQLITE_NULL ? -1 : (int)v;
	return OK;
}

static enum status give_row(sqlite3_stmt *st, sandbox_row_fn *row, void *ctx, struct err *err)
{
	str unit_id, subject;
	int meets;
	TRY(read_id(st, 0, &unit_id, err));
	TRY(read_id(st, 1, &subject, err));
	TRY(read_meets(st, subject, &meets, err));
	return row(ctx, unit_id, subject, meets, err);
}

static enum status give_rows(struct sandbox *sb, sqlite3_stmt *st, sandbox_row_fn *row, void *ctx, struct err *err)
{
	int64_t n = 0;
	int rc;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (n++ == sb->budget.rows)
			return err_set(err, E_TOO_LARGE, "the check gave more than %" PRId64 " rows", sb->budget.rows);
		TRY(give_row(st, row, ctx, err));
	}
	return rc == SQLITE_DONE ? OK : sandbox_fail(sb, rc, err);
}

enum status sandbox_run(struct sandbox *sb, str sql, int64_t as_of_ms, int64_t since_ms,
			const struct sandbox_budget *budget, sandbox_row_fn *row, void *ctx, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int offset;
	TRY(sandbox_prepare(sb, sql, &st, &offset, err));
	int rc = bind_times(st, as_of_ms, since_ms);
	start_budget(sb, budget);
	enum status status = rc == SQLITE_OK ? give_rows(sb, st, row, ctx, err) : sandbox_fail(sb, rc, err);
	(void)sqlite3_finalize(st);
	end_budget(sb);
	sandbox_unguard(sb);
	return status;
}
