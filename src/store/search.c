#include "store/search.h"

#include "base/buf.h"
#include "base/limits.h"
#include "db/db.h"

/* The text as a pattern of LIKE, in small letters; \ escapes. */
static void pattern(struct buf *b, str text, bool anywhere)
{
	if (anywhere)
		buf_char(b, '%');
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '%' || c == '_' || c == '\\')
			buf_char(b, '\\');
		buf_char(b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
	buf_char(b, '%');
}

static enum status give(struct db_stmt *st, store_search_fn *file, void *ctx, struct err *err)
{
	for (;;) {
		bool row;
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		struct store_search_file f = {db_text(st, 0), db_text(st, 1), db_text(st, 2), db_text(st, 3)};
		TRY(file(ctx, &f, err));
	}
}

enum status store_search_files(struct db *db, str text, store_search_fn *file, void *ctx, struct err *err)
{
	struct db_stmt *st;
	struct buf name = BUF(LIMIT_ID_BYTES * 2 + 8), sum = BUF(LIMIT_ID_BYTES * 2 + 8);
	TRY(db_prepare(db,
		       SQL("SELECT f.name, f.sha256, d.name, d.unit FROM snapshot_file f "
			   "JOIN snapshot s ON s.id = f.snapshot_id JOIN feed d ON d.id = s.feed_id "
			   "WHERE lower(f.name) LIKE $1 ESCAPE '\\' OR f.sha256 LIKE $2 ESCAPE '\\' "
			   "GROUP BY f.name, f.sha256, d.name, d.unit ORDER BY max(f.id) DESC"),
		       &st, err));
	pattern(&name, text, true);
	pattern(&sum, text, false);
	db_bind_text(st, 1, buf_str(&name));
	db_bind_text(st, 2, buf_str(&sum));
	enum status status = name.status == OK && sum.status == OK ? give(st, file, ctx, err) : err_full(err);
	if (status != OK)
		db_reset(st);
	buf_release(&name);
	buf_release(&sum);
	return status;
}

static enum status give_answers(struct db_stmt *st, store_search_answer_fn *answer, void *ctx, struct err *err)
{
	for (;;) {
		bool row;
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		struct store_search_answer one = {db_text(st, 0), db_text(st, 1), db_text(st, 2), db_i64(st, 3)};
		TRY(answer(ctx, &one, err));
	}
}

enum status store_search_answers(struct db *db, str line, int64_t at_ms, str text, store_search_answer_fn *answer,
				 void *ctx, struct err *err)
{
	struct db_stmt *st;
	struct buf words = BUF(LIMIT_ID_BYTES * 2 + 8);
	TRY(db_prepare(
	    db,
	    SQL("WITH said AS (SELECT m.seq, m.unit, m.objective, m.justification, m.observed_at, row_number() OVER "
		"(PARTITION BY m.unit, m.objective ORDER BY m.observed_at DESC, m.seq DESC) AS place FROM measure m "
		"WHERE m.line = $1 AND m.source = 'answer' AND m.observed_at <= $2 AND "
		"NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq)) "
		"SELECT s.unit, s.objective, s.justification, s.observed_at FROM said s WHERE s.place = 1 AND "
		"lower(s.justification) LIKE $3 ESCAPE '\\' ORDER BY s.observed_at DESC, s.seq DESC"),
	    &st, err));
	pattern(&words, text, true);
	db_bind_text(st, 1, line);
	db_bind_i64(st, 2, at_ms);
	db_bind_text(st, 3, buf_str(&words));
	enum status status = words.status == OK ? give_answers(st, answer, ctx, err) : err_full(err);
	if (status != OK)
		db_reset(st);
	buf_release(&words);
	return status;
}
