#include "db/sandbox_inside.h"

#include "base/buf.h"
#include "base/limits.h"

enum { SQL_BYTES = 64 << 10, TEXT_PARAM = 1, FIRST_MATCH = 2 };

struct list {
	struct sandbox *sb;
	const struct sandbox_table *table;
	const struct sandbox_question *question;
};

static void add_where(struct buf *sql, const struct list *l)
{
	const struct sandbox_question *q = l->question;
	bool some = false;
	buf_add(sql, S(" WHERE 1"));
	for (size_t i = 0; i < q->n_match; i++)
		buf_printf(sql, " AND \"%.*s\" = ?%d", STR_ARG(l->table->columns[q->match[i].column].name),
			   FIRST_MATCH + (int)i);
	if (!q->text.n)
		return;
	buf_add(sql, S(" AND ("));
	for (size_t i = 0; i < l->table->n_columns; i++) {
		if (!l->table->columns[i].is_text)
			continue;
		buf_printf(sql, "%sinstr(lower(\"%.*s\"), lower(?%d)) > 0", some ? " OR " : "",
			   STR_ARG(l->table->columns[i].name), TEXT_PARAM);
		some = true;
	}
	buf_add(sql, some ? S(")") : S("0)"));
}

/* The place of a word among those that have an order; behind them for any other, NULL for none. */
static void add_place(struct buf *sql, const struct list *l, str column)
{
	const struct sandbox_question *q = l->question;
	buf_printf(sql, " CASE \"%.*s\"", STR_ARG(column));
	for (size_t i = 0; i < q->n_words; i++)
		buf_printf(sql, " WHEN ?%d THEN %d", FIRST_MATCH + (int)q->n_match + (int)i, (int)i);
	buf_printf(sql, " ELSE CASE WHEN \"%.*s\" IS NOT NULL THEN %d END END%s NULLS LAST,", STR_ARG(column),
		   (int)q->n_words, q->down ? " DESC" : "");
}

static void add_order(struct buf *sql, const struct list *l)
{
	const struct sandbox_column *c = l->table->columns;
	str column = c[l->question->order].name;
	buf_add(sql, S(" ORDER BY"));
	if (l->question->n_words)
		add_place(sql, l, column);
	buf_printf(sql, " \"%.*s\"%s NULLS LAST", STR_ARG(column), l->question->down ? " DESC" : "");
	for (size_t i = 0; i < 2 && i < l->table->n_columns; i++)
		buf_printf(sql, ", \"%.*s\"", STR_ARG(c[i].name));
	buf_printf(sql, " LIMIT %lld OFFSET %lld", (long long)l->question->limit, (long long)l->question->offset);
}

static int bind_words(sqlite3_stmt *st, const struct sandbox_question *q)
{
	int rc = SQLITE_OK;
	for (size_t i = 0; i < q->n_words && rc == SQLITE_OK; i++)
		rc = sqlite3_bind_text64(st, FIRST_MATCH + (int)q->n_match + (int)i, q->words[i].p, q->words[i].n,
					 SQLITE_STATIC, SQLITE_UTF8);
	return rc;
}

static int bind_all(sqlite3_stmt *st, const struct sandbox_question *q)
{
	int rc = SQLITE_OK;
	if (q->text.n)
		rc = sqlite3_bind_text64(st, TEXT_PARAM, q->text.p, q->text.n, SQLITE_STATIC, SQLITE_UTF8);
	for (size_t i = 0; i < q->n_match && rc == SQLITE_OK; i++) {
		const struct sandbox_value *v = &q->match[i].value;
		int at = FIRST_MATCH + (int)i;
		rc = v->is_text ? sqlite3_bind_text64(st, at, v->text.p ? v->text.p : "", v->text.n, SQLITE_STATIC,
						      SQLITE_UTF8)
				: sqlite3_bind_int64(st, at, v->i64);
	}
	return rc;
}

/* rows: the rows themselves, else how many there are. */
static enum status prepare(const struct list *l, bool rows, sqlite3_stmt **out, struct err *err)
{
	struct buf sql = BUF(SQL_BYTES);
	buf_printf(&sql, "SELECT %s FROM \"%s\"", rows ? "*" : "count(*)", l->table->name);
	add_where(&sql, l);
	if (rows)
		add_order(&sql, l);
	int rc = SQLITE_NOMEM;
	if (sql.status == OK)
		rc = sqlite3_prepare_v2(l->sb->h, sql.p, (int)sql.n, out, NULL);
	buf_release(&sql);
	if (rc == SQLITE_OK)
		rc = bind_all(*out, l->question);
	if (rc == SQLITE_OK && rows)
		rc = bind_words(*out, l->question);
	return rc == SQLITE_OK ? OK : sandbox_fail(l->sb, rc, err);
}

static enum status count(const struct list *l, int64_t *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	enum status status = prepare(l, false, &st, err);
	int rc = status == OK ? sqlite3_step(st) : SQLITE_OK;
	if (rc == SQLITE_ROW)
		*out = sqlite3_column_int64(st, 0);
	else if (status == OK)
		status = sandbox_fail(l->sb, rc, err);
	(void)sqlite3_finalize(st);
	return status;
}

static struct sandbox_value value_at(sqlite3_stmt *st, int column)
{
	int type = sqlite3_column_type(st, column);
	if (type == SQLITE_NULL)
		return (struct sandbox_value){.is_null = true};
	if (type == SQLITE_INTEGER)
		return (struct sandbox_value){.i64 = sqlite3_column_int64(st, column)};
	const char *p = (const char *)sqlite3_column_text(st, column);
	return (struct sandbox_value){.is_text = true, .text = {p, p ? (size_t)sqlite3_column_bytes(st, column) : 0}};
}

static enum status give(const struct list *l, sqlite3_stmt *st, sandbox_cells_fn *row, void *ctx, struct err *err)
{
	struct arena a = ARENA(1 << 20);
	struct sandbox_value *values = arena_new(&a, struct sandbox_value, l->table->n_columns);
	enum status status = values ? OK : err_full(err);
	int rc = SQLITE_DONE;
	while (status == OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		for (size_t i = 0; i < l->table->n_columns; i++)
			values[i] = value_at(st, (int)i);
		status = row(ctx, values, err);
	}
	arena_release(&a);
	return status != OK || rc == SQLITE_DONE ? status : sandbox_fail(l->sb, rc, err);
}

static bool fits(const struct sandbox *sb, const struct sandbox_question *q)
{
	if (q->table < 0 || q->table >= sb->n_tables)
		return false;
	int n = (int)sb->tables[q->table].n_columns;
	for (size_t i = 0; i < q->n_match; i++)
		if (q->match[i].column < 0 || q->match[i].column >= n || q->match[i].value.is_null)
			return false;
	return q->order >= 0 && q->order < n;
}

enum status sandbox_list(struct sandbox *sb, const struct sandbox_question *question, sandbox_cells_fn *row, void *ctx,
			 int64_t *total, struct err *err)
{
	sqlite3_stmt *st = NULL;
	if (!fits(sb, question))
		return err_set(err, E_BUG, "a question to a table that the sandbox does not have");
	struct list l = {sb, &sb->tables[question->table], question};
	TRY(sandbox_settle(sb, err));
	TRY(count(&l, total, err));
	enum status status = prepare(&l, true, &st, err);
	if (status == OK)
		status = give(&l, st, row, ctx, err);
	(void)sqlite3_finalize(st);
	return status;
}
