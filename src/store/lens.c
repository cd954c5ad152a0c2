#include "store/lens.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "db/db.h"
#include "db/sandbox.h"

enum { ID_COLUMNS = 3 }; /* unit_id, id and observed_at stand before the kind's own columns */

static void close_sandbox(void *payload)
{
	sandbox_close(payload);
}

static enum status make_view(struct sandbox *sb, const struct evidence_kind *kind, int expected, struct err *err)
{
	struct sandbox_column columns[EVIDENCE_COLUMNS_MAX + ID_COLUMNS] = {
	    {S("unit_id"), true}, {S("id"), true}, {S("observed_at"), false}};
	int number;
	for (int c = 0; c < kind->n_columns; c++)
		columns[ID_COLUMNS + c] =
		    (struct sandbox_column){kind->columns[c].name, kind->columns[c].type == EVIDENCE_TEXT};
	TRY(sandbox_table(sb, kind->name, columns, (size_t)kind->n_columns + ID_COLUMNS, &number, err));
	return number == expected ? OK : err_set(err, E_BUG, "the views are out of order");
}

enum status store_lens_open(struct arena *a, struct store_lens *out, struct err *err)
{
	struct sandbox *sb;
	TRY(sandbox_open(&sb, err));
	if (!arena_defer(a, close_sandbox, sb))
		return err_full(err);
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		TRY(make_view(sb, &evidence_kinds[k], k, err));
	*out = (struct store_lens){.sandbox = sb};
	return OK;
}

/* One subject being put together from the rows of several feeds. */
struct merge {
	struct store_lens *lens;
	enum evidence_kind_id kind;
	const struct store_sight *sight;
	struct buf text; /* unit, id and texts of the subject at hand */
	bool open;
	size_t unit_at, unit_n, id_at, id_n;
	int64_t observed_ms; /* the newest snapshot of a feed that shows it */
	struct {
		bool known;
		int64_t newest_ms, feed_id; /* of the feed whose value it is */
		int64_t i64;
		size_t at, n; /* in text */
	} values[EVIDENCE_COLUMNS_MAX];
};

/* Puts the finished subject into its view. */
static enum status flush(struct merge *m, struct err *err)
{
	const struct evidence_kind *kind = &evidence_kinds[m->kind];
	struct sandbox_value row[EVIDENCE_COLUMNS_MAX + ID_COLUMNS];
	if (!m->open)
		return OK;
	if (m->text.status != OK)
		return err_set(err, m->text.status, "one subject of %.*s is too large", STR_ARG(kind->name));
	const char *base = m->text.p;
	str unit = {base + m->unit_at, m->unit_n};
	row[0] = (struct sandbox_value){.is_text = true, .text = unit};
	row[1] = (struct sandbox_value){.is_text = true, .text = {base + m->id_at, m->id_n}};
	row[2] = (struct sandbox_value){.i64 = m->observed_ms};
	for (int c = 0; c < kind->n_columns; c++)
		row[ID_COLUMNS + c] = (struct sandbox_value){
		    .is_null = !m->values[c].known,
		    .is_text = kind->columns[c].type == EVIDENCE_TEXT,
		    .i64 = m->values[c].i64,
		    .text = {base + m->values[c].at, m->values[c].n},
		};
	m->open = false;
	return sandbox_add(m->lens->sandbox, (int)m->kind, row, err);
}

static size_t keep_text(struct merge *m, str s)
{
	size_t at = m->text.n;
	buf_add(&m->text, s);
	return at;
}

static void start(struct merge *m, str unit, str id)
{
	buf_clear(&m->text);
	memset(m->values, 0, sizeof m->values);
	buf_char(&m->text, ' '); /* so that the text is never NULL */
	m->unit_at = keep_text(m, unit);
	m->unit_n = unit.n;
	m->id_at = keep_text(m, id);
	m->id_n = id.n;
	m->observed_ms = INT64_MIN;
	m->open = true;
}

/* The newest snapshot of a feed for the kind; false when the feed is not to be looked at. */
static bool feed_newest(const struct merge *m, int64_t feed_id, int64_t *newest_ms)
{
	const struct store_sight *s = m->sight;
	for (size_t i = 0; i < s->n_supply; i++) {
		if (s->supply[i].feed_id != feed_id || s->supply[i].kind != m->kind)
			continue;
		*newest_ms = s->supply[i].newest_ms;
		return s->max_age_ms == TIME_FOREVER || s->at_ms - s->max_age_ms <= *newest_ms;
	}
	return false;
}

static void add_values(struct merge *m, struct db_stmt *st, int64_t feed_id, int64_t newest_ms)
{
	const struct evidence_kind *kind = &evidence_kinds[m->kind];
	m->observed_ms = newest_ms > m->observed_ms ? newest_ms : m->observed_ms;
	for (int c = 0; c < kind->n_columns; c++) {
		bool newer = !m->values[c].known || newest_ms > m->values[c].newest_ms ||
			     (newest_ms == m->values[c].newest_ms && feed_id > m->values[c].feed_id);
		if (!newer || db_is_null(st, 3 + c))
			continue;
		m->values[c].known = true;
		m->values[c].newest_ms = newest_ms;
		m->values[c].feed_id = feed_id;
		if (kind->columns[c].type != EVIDENCE_TEXT) {
			m->values[c].i64 = db_i64(st, 3 + c);
			continue;
		}
		str text = db_text(st, 3 + c);
		m->values[c].at = keep_text(m, text);
		m->values[c].n = text.n;
	}
}

static enum status prepare_rows(struct db *db, enum evidence_kind_id kind, struct db_stmt **out, struct err *err)
{
	struct buf columns = BUF(8192);
	struct db_sql sql;
	for (int c = 0; c < evidence_kinds[kind].n_columns; c++)
		buf_printf(&columns, ", %.*s", STR_ARG(evidence_kinds[kind].columns[c].name));
	struct db_part parts[] = {{"@kind@", evidence_kinds[kind].name}, {"@columns@", buf_str(&columns)}};
	enum status status =
	    db_sql_table(db,
			 SQL("SELECT feed_id, unit_id, id@columns@ FROM ev_@kind@ WHERE seen_from <= $1 AND "
			     "seen_to > $1 ORDER BY unit_id, id, feed_id"),
			 parts, 2, &sql, err);
	buf_release(&columns);
	return status == OK ? db_prepare(db, sql, out, err) : status;
}

static enum status merge_rows(struct merge *m, struct db_stmt *st, struct err *err)
{
	for (;;) {
		int64_t newest_ms;
		bool row;
		TRY(db_step(st, &row, err));
		if (!row)
			return flush(m, err);
		int64_t feed_id = db_i64(st, 0);
		if (!feed_newest(m, feed_id, &newest_ms))
			continue;
		str unit = db_text(st, 1), id = db_text(st, 2);
		if (m->open && (!str_eq(unit, (str){m->text.p + m->unit_at, m->unit_n}) ||
				!str_eq(id, (str){m->text.p + m->id_at, m->id_n})))
			TRY(flush(m, err));
		if (!m->open)
			start(m, unit, id);
		add_values(m, st, feed_id, newest_ms);
	}
}

static enum status fill_kind(struct store_lens *lens, struct db *db, const struct store_sight *sight,
			     enum evidence_kind_id kind, struct err *err)
{
	struct merge m = {.lens = lens, .kind = kind, .sight = sight, .text = BUF(LIMIT_RECORD_BYTES)};
	struct db_stmt *st;
	TRY(prepare_rows(db, kind, &st, err));
	db_bind_i64(st, 1, sight->at_ms);
	enum status status = merge_rows(&m, st, err);
	buf_release(&m.text);
	if (status != OK) {
		db_reset(st);
		return status;
	}
	lens->filled |= EVIDENCE_BIT(kind);
	return sandbox_index(lens->sandbox, (int)kind, S("id"), err);
}

enum status store_lens_fill(struct store_lens *lens, struct db *db, const struct store_sight *sight, uint64_t kinds,
			    struct err *err)
{
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if ((kinds & ~lens->filled) >> k & 1)
			TRY(fill_kind(lens, db, sight, (enum evidence_kind_id)k, err));
	return OK;
}

enum status store_lens_compile(struct store_lens *lens, str sql, uint64_t *kinds, int *offset, struct err *err)
{
	return sandbox_compile(lens->sandbox, sql, kinds, offset, err);
}

enum status store_lens_run(struct store_lens *lens, str sql, int64_t as_of_ms, int64_t since_ms, store_lens_row_fn *row,
			   void *ctx, struct err *err)
{
	static const struct sandbox_budget defaults = {0};
	return sandbox_run(lens->sandbox, sql, as_of_ms, since_ms, &defaults, row, ctx, err);
}
