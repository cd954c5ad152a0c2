/*
 * What a stranger's statement may be. Three things look at it: SQLite's authorizer while it is compiled and run; the
 * rules on its form; and its compiled program, in which every table that is opened must be one of ours. The program is
 * looked at because the authorizer is not told of columns that a USING or NATURAL join compares.
 */
#include "db/sandbox_inside.h"

#include <string.h>

#include "base/buf.h"

enum { CHECK_BYTES = 64 << 10 };

/* Pure, and nearly all of them the same on PostgreSQL. None makes a text that is much longer than its arguments, but
   replace, which the limit on lengths ends. */
const char *const sandbox_functions[] = {
    "abs",   "avg",       "coalesce",   "count",  "cume_dist",    "dense_rank", "first_value", "ifnull", "iif",
    "instr", "lag",       "last_value", "lead",   "length",       "like",       "lower",       "ltrim",  "max",
    "min",   "nth_value", "ntile",      "nullif", "percent_rank", "rank",       "replace",     "round",  "row_number",
    "rtrim", "substr",    "sum",        "total",  "trim",         "upper",      NULL};

static int refuse(struct sandbox *sb, const char *format, const char *what)
{
	if (!sb->refused[0])
		(void)sqlite3_snprintf(sizeof sb->refused, sb->refused, format, what ? what : "");
	return SQLITE_DENY;
}

static bool is_function(const char *name)
{
	for (size_t i = 0; sandbox_functions[i]; i++)
		if (sqlite3_stricmp(name, sandbox_functions[i]) == 0)
			return true;
	return false;
}

static int find_table(const struct sandbox *sb, const char *name)
{
	for (int i = 0; i < sb->n_tables; i++)
		if (sqlite3_stricmp(sb->tables[i].name, name) == 0)
			return i;
	return -1;
}

static bool has_column(const struct sandbox_table *t, const char *name)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (str_eq_fold(t->columns[i].name, str_from(name)))
			return true;
	return false;
}

/* With an empty column the name is a table from which no column is taken, or a WITH table; its program tells which. */
static int authorize_read(struct sandbox *sb, const char *table, const char *column)
{
	if (sqlite3_strnicmp(table, "sqlite_", 7) == 0 || sqlite3_strnicmp(table, "pragma_", 7) == 0)
		return refuse(sb, "a check cannot read %s", table);
	if (!*column)
		return SQLITE_OK;
	int i = find_table(sb, table);
	if (i < 0)
		return refuse(sb, "a check cannot read %s", table);
	if (!has_column(&sb->tables[i], column))
		return refuse(sb, "a check cannot read the column %s", column);
	sb->reads |= UINT64_C(1) << i;
	return SQLITE_OK;
}

static const char *name_of_action(int action)
{
	switch (action) {
	case SQLITE_INSERT:
		return "INSERT";
	case SQLITE_UPDATE:
		return "UPDATE";
	case SQLITE_DELETE:
		return "DELETE";
	case SQLITE_PRAGMA:
		return "PRAGMA";
	case SQLITE_ATTACH:
		return "ATTACH";
	case SQLITE_DETACH:
		return "DETACH";
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
		return "a transaction";
	case SQLITE_DROP_TABLE:
	case SQLITE_DROP_INDEX:
	case SQLITE_DROP_VIEW:
	case SQLITE_DROP_TRIGGER:
		return "DROP";
	case SQLITE_ALTER_TABLE:
		return "ALTER";
	case SQLITE_ANALYZE:
		return "ANALYZE";
	case SQLITE_REINDEX:
		return "REINDEX";
	default:
		return "CREATE";
	}
}

static int authorize(void *ctx, int action, const char *a, const char *b, const char *database, const char *inside)
{
	struct sandbox *sb = ctx;
	(void)database;
	(void)inside;
	if (action == SQLITE_SELECT || action == SQLITE_RECURSIVE)
		return SQLITE_OK;
	if (action == SQLITE_READ)
		return authorize_read(sb, a ? a : "", b ? b : "");
	if (action == SQLITE_FUNCTION)
		return b && is_function(b) ? SQLITE_OK : refuse(sb, "a check cannot call the function %s", b);
	return refuse(sb, "a check can only SELECT, this is %s", name_of_action(action));
}

/* Lengths bound what one step may cost, so that the budget of steps and time holds. */
static void set_limits(struct sandbox *sb)
{
	static const int limits[][2] = {
	    {SQLITE_LIMIT_SQL_LENGTH, CHECK_BYTES + 16},
	    {SQLITE_LIMIT_COLUMN, 200},
	    {SQLITE_LIMIT_EXPR_DEPTH, 100},
	    {SQLITE_LIMIT_COMPOUND_SELECT, 50},
	    {SQLITE_LIMIT_VDBE_OP, 25000},
	    {SQLITE_LIMIT_FUNCTION_ARG, 32},
	    {SQLITE_LIMIT_ATTACHED, 0},
	    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 128},
	    {SQLITE_LIMIT_VARIABLE_NUMBER, 100},
	    {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
	    {SQLITE_LIMIT_WORKER_THREADS, 0},
	};
	enum { LENGTH_LEAST = 128 << 10, LENGTH_MOST = 1 << 30 };
	int64_t length = sb->longest_row > LENGTH_MOST / 4 ? LENGTH_MOST : sb->longest_row * 2;
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		(void)sqlite3_limit(sb->h, limits[i][0], limits[i][1]);
	(void)sqlite3_limit(sb->h, SQLITE_LIMIT_LENGTH, length < LENGTH_LEAST ? LENGTH_LEAST : (int)length);
}

static void guard(struct sandbox *sb)
{
	sb->reads = 0;
	sb->refused[0] = 0;
	set_limits(sb);
	(void)sqlite3_set_authorizer(sb->h, authorize, sb);
}

void sandbox_unguard(struct sandbox *sb)
{
	(void)sqlite3_set_authorizer(sb->h, NULL, NULL);
	(void)sqlite3_limit(sb->h, SQLITE_LIMIT_LENGTH, 1 << 30);
}

/* ---- the form ---- */

static enum status bad_form(struct err *err, int *offset, ptrdiff_t at, const char *message)
{
	*offset = (int)at;
	return err_set(err, E_INVALID, "%s", message);
}

static enum status check_text(str sql, int *offset, struct err *err)
{
	const char *nul = sql.n ? memchr(sql.p, 0, sql.n) : NULL;
	if (sql.n > CHECK_BYTES)
		return err_set(err, E_INVALID, "the check is longer than %d bytes", CHECK_BYTES);
	if (nul)
		return bad_form(err, offset, nul - sql.p, "the check holds a NUL byte");
	if (!str_is_utf8(sql))
		return err_set(err, E_INVALID, "the check is not UTF-8 text");
	return sandbox_weigh(sql, err);
}

/* Whether there is nothing but blanks and comments. */
static bool is_blank(str s)
{
	while (s.n) {
		ptrdiff_t skip = memchr(" \t\r\n\f", *s.p, 5) ? 1 : 0;
		if (str_starts(s, S("--"))) {
			skip = str_find(s, S("\n")) + 1;
			skip = skip ? skip : (ptrdiff_t)s.n;
		} else if (str_starts(s, S("/*"))) {
			ptrdiff_t end = str_find(str_slice(s, 2, s.n), S("*/"));
			skip = end < 0 ? (ptrdiff_t)s.n : end + 4;
		}
		if (!skip)
			return false;
		s = str_slice(s, (size_t)skip, s.n);
	}
	return true;
}

static enum status check_params(sqlite3_stmt *st, str sql, int *offset, struct err *err)
{
	int n = sqlite3_bind_parameter_count(st);
	for (int i = 1; i <= n; i++) {
		const char *name = sqlite3_bind_parameter_name(st, i);
		if (name && (strcmp(name, "$1") == 0 || strcmp(name, "$2") == 0))
			continue;
		*offset = (int)str_find(sql, name ? str_from(name) : S("?"));
		return err_set(err, E_INVALID, "a check has the parameters $1 and $2, not %s", name ? name : "?");
	}
	return OK;
}

static enum status check_columns(sqlite3_stmt *st, struct err *err)
{
	static const char *const names[] = {"unit_id", "subject", "meets"};
	enum status status = OK;
	bool good = sqlite3_column_count(st) == 3;
	for (int i = 0; i < 3 && good; i++) {
		const char *name = sqlite3_column_name(st, i);
		good = name && sqlite3_stricmp(name, names[i]) == 0;
	}
	if (!good) {
		status =
		    err_set(err, E_INVALID, "a check has the three columns unit_id, subject, meets, in this order");
		err_hint(err, "name them with AS");
	}
	return status;
}

static enum status check_form(sqlite3_stmt *st, str sql, const char *tail, int *offset, struct err *err)
{
	size_t used = (size_t)(tail - sql.p);
	if (!is_blank(str_slice(sql, used, sql.n)))
		return bad_form(err, offset, (ptrdiff_t)used,
				"a check is one statement; more follows after its semicolon");
	if (!st)
		return err_set(err, E_INVALID, "the check is empty");
	if (sqlite3_stmt_isexplain(st))
		return err_set(err, E_INVALID, "a check can only SELECT, this is EXPLAIN");
	if (!sqlite3_stmt_readonly(st))
		return err_set(err, E_INVALID, "a check can only SELECT");
	TRY(check_params(st, sql, offset, err));
	return check_columns(st, err);
}

/* ---- the program ---- */

/* The table that a root page of the file belongs to; -1: none of ours. */
static int table_of_root(struct sandbox *sb, int64_t root)
{
	sqlite3_stmt *st = NULL;
	int found = -1;
	int rc = sqlite3_prepare_v2(sb->h, "SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?", -1, &st, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(st, 1, root);
	if (rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		found = find_table(sb, (const char *)sqlite3_column_text(st, 0));
	(void)sqlite3_finalize(st);
	return found;
}

/* Columns of EXPLAIN: addr, opcode, p1, p2, p3, … */
static enum status check_opcode(struct sandbox *sb, sqlite3_stmt *program, struct err *err)
{
	const char *opcode = (const char *)sqlite3_column_text(program, 1);
	if (!opcode)
		return err_set(err, E_NO_MEMORY, "no memory to look at the check");
	bool opens = strcmp(opcode, "OpenRead") == 0 || strcmp(opcode, "ReopenIdx") == 0;
	bool foreign = strcmp(opcode, "OpenWrite") == 0 || strcmp(opcode, "VOpen") == 0;
	if (!opens && !foreign)
		return OK;
	int table =
	    foreign || sqlite3_column_int(program, 4) ? -1 : table_of_root(sb, sqlite3_column_int64(program, 3));
	if (table < 0)
		return err_set(err, E_INVALID, "a check cannot read the tables of the engine");
	sb->reads |= UINT64_C(1) << table;
	return OK;
}

static enum status check_program(struct sandbox *sb, str sql, struct err *err)
{
	struct buf text = BUF(CHECK_BYTES + 64);
	sqlite3_stmt *program = NULL;
	buf_add(&text, S("EXPLAIN "));
	buf_add(&text, sql);
	(void)sqlite3_set_authorizer(sb->h, NULL, NULL);
	int rc = SQLITE_NOMEM;
	if (text.status == OK)
		rc = sqlite3_prepare_v2(sb->h, text.p, (int)text.n, &program, NULL);
	enum status status = rc == SQLITE_OK ? OK : sandbox_fail(sb, rc, err);
	while (status == OK && (rc = sqlite3_step(program)) == SQLITE_ROW)
		status = check_opcode(sb, program, err);
	if (status == OK && rc != SQLITE_DONE)
		status = sandbox_fail(sb, rc, err);
	(void)sqlite3_finalize(program);
	buf_release(&text);
	(void)sqlite3_set_authorizer(sb->h, authorize, sb);
	return status;
}

/* ---- all of it ---- */

static enum status fail_to_compile(struct sandbox *sb, int rc, int *offset, struct err *err)
{
	*offset = sqlite3_error_offset(sb->h);
	if (!sb->refused[0])
		return sandbox_fail(sb, rc, err);
	return err_set(err, E_INVALID, "%s", sb->refused);
}

/* What compiling one check may take; the largest check of the reference model takes less than one hundredth of it. */
#define COMPILE_MEMORY_BYTES ((sqlite3_int64)64 << 20)

enum status sandbox_prepare(struct sandbox *sb, str sql, sqlite3_stmt **out, int *offset, struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *tail = NULL;
	*offset = -1;
	TRY(check_text(sql, offset, err));
	TRY(sandbox_settle(sb, err));
	guard(sb);
	/* Nothing interrupts SQLite while it compiles, and a short statement can unfold into a huge one. */
	sqlite3_int64 before = sqlite3_hard_heap_limit64(-1);
	(void)sqlite3_hard_heap_limit64(sqlite3_memory_used() + COMPILE_MEMORY_BYTES);
	const char *text = sql.p ? sql.p : "";
	int rc = sqlite3_prepare_v3(sb->h, text, (int)sql.n, 0, &st, &tail);
	enum status status = rc == SQLITE_OK ? check_form(st, (str){text, sql.n}, tail, offset, err)
					     : fail_to_compile(sb, rc, offset, err);
	if (status == OK)
		status = check_program(sb, sql, err);
	(void)sqlite3_hard_heap_limit64(before);
	if (rc == SQLITE_NOMEM)
		status = err_set(err, E_INVALID, "the check is too complicated: compiling it needs too much memory");
	if (status != OK) {
		(void)sqlite3_finalize(st);
		sandbox_unguard(sb);
		return status;
	}
	*out = st;
	return OK;
}

enum status sandbox_compile(struct sandbox *sb, str sql, uint64_t *reads, int *offset, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int at = -1;
	enum status status = sandbox_prepare(sb, sql, &st, &at, err);
	if (status == OK) {
		(void)sqlite3_finalize(st);
		sandbox_unguard(sb);
		*reads = sb->reads;
	}
	if (offset)
		*offset = at;
	return status;
}
