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

/* ---- files ---- */

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

/* ---- words ---- */

static enum status give_words(struct db_stmt *st, store_search_words_fn *take, void *ctx, struct err *err)
{
	for (;;) {
		bool row;
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		struct store_search_words one = {db_text(st, 0), db_text(st, 1), db_text(st, 2)};
		TRY(take(ctx, &one, err));
	}
}

/* Of a statement that asks for a line of models, an instant and a pattern. */
static enum status find_words(struct db_stmt *st, str line, int64_t at_ms, str text, store_search_words_fn *take,
			      void *ctx, struct err *err)
{
	struct buf words = BUF(LIMIT_ID_BYTES * 2 + 8);
	pattern(&words, text, true);
	db_bind_text(st, 1, line);
	db_bind_i64(st, 2, at_ms);
	db_bind_text(st, 3, buf_str(&words));
	enum status status = words.status == OK ? give_words(st, take, ctx, err) : err_full(err);
	if (status != OK)
		db_reset(st);
	buf_release(&words);
	return status;
}

enum status store_search_answers(struct db *db, str line, int64_t at_ms, str text, store_search_words_fn *take,
				 void *ctx, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("WITH said AS (SELECT m.seq, m.unit, m.objective, m.justification, m.observed_at, row_number() OVER "
		"(PARTITION BY m.unit, m.objective ORDER BY m.observed_at DESC, m.seq DESC) AS place FROM measure m "
		"WHERE m.line = $1 AND m.source = 'answer' AND m.observed_at <= $2 AND "
		"NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq)) "
		"SELECT s.unit, s.objective, s.justification FROM said s WHERE s.place = 1 AND "
		"lower(s.justification) LIKE $3 ESCAPE '\\' ORDER BY s.observed_at DESC, s.seq DESC"),
	    &st, err));
	return find_words(st, line, at_ms, text, take, ctx, err);
}

enum status store_search_comments(struct db *db, str line, int64_t at_ms, str text, store_search_words_fn *take,
				  void *ctx, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("SELECT c.unit, c.objective, c.body FROM comment c WHERE c.line = $1 AND "
			   "c.recorded_at <= $2 AND lower(c.body) LIKE $3 ESCAPE '\\' AND NOT EXISTS (SELECT 1 FROM "
			   "comment_withdrawal w WHERE w.comment_id = c.id) ORDER BY c.id DESC"),
		       &st, err));
	return find_words(st, line, at_ms, text, take, ctx, err);
}

enum status store_search_targets(struct db *db, str line, int64_t at_ms, str text, store_search_words_fn *take,
				 void *ctx, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("WITH aim AS (SELECT t.id, t.unit, t.category, t.reason, row_number() OVER "
		"(PARTITION BY t.unit, t.category ORDER BY t.id DESC) AS place FROM target t "
		"WHERE t.line = $1 AND t.recorded_at <= $2 AND NOT EXISTS (SELECT 1 FROM target_withdrawal w "
		"WHERE w.target_id = t.id AND w.recorded_at <= $2)) "
		"SELECT a.unit, a.category, a.reason FROM aim a WHERE a.place = 1 AND "
		"lower(a.reason) LIKE $3 ESCAPE '\\' ORDER BY a.id DESC"),
	    &st, err));
	return find_words(st, line, at_ms, text, take, ctx, err);
}

/* ---- documents ---- */

static enum status give_documents(struct db_stmt *st, store_search_document_fn *take, void *ctx, struct err *err)
{
	for (;;) {
		bool row;
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		struct store_search_document one = {db_text(st, 0), db_text(st, 1), db_text(st, 2), db_text(st, 3)};
		TRY(take(ctx, &one, err));
	}
}

enum status store_search_documents(struct db *db, str line, int64_t at_ms, str text, store_search_document_fn *take,
				   void *ctx, struct err *err)
{
	struct db_stmt *st;
	struct buf name = BUF(LIMIT_ID_BYTES * 2 + 8), sum = BUF(LIMIT_ID_BYTES * 2 + 8);
	TRY(db_prepare(db,
		       SQL("SELECT d.name, d.sha256, m.unit, m.objective FROM "
			   "(SELECT e.seq, e.name, e.sha256 FROM measure_evidence e UNION ALL "
			   "SELECT o.seq, '', o.evidence_sha256 FROM measure o WHERE o.evidence_sha256 IS NOT NULL AND "
			   "NOT EXISTS (SELECT 1 FROM measure_evidence e WHERE e.seq = o.seq)) d "
			   "JOIN measure m ON m.seq = d.seq WHERE m.line = $1 AND m.source = 'answer' AND "
			   "m.observed_at <= $2 AND NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq) AND "
			   "(lower(d.name) LIKE $3 ESCAPE '\\' OR d.sha256 LIKE $4 ESCAPE '\\') "
			   "GROUP BY d.name, d.sha256, m.unit, m.objective ORDER BY max(m.seq) DESC, d.name, d.sha256"),
		       &st, err));
	pattern(&name, text, true);
	pattern(&sum, text, false);
	db_bind_text(st, 1, line);
	db_bind_i64(st, 2, at_ms);
	db_bind_text(st, 3, buf_str(&name));
	db_bind_text(st, 4, buf_str(&sum));
	enum status status = name.status == OK && sum.status == OK ? give_documents(st, take, ctx, err) : err_full(err);
	if (status != OK)
		db_reset(st);
	buf_release(&name);
	buf_release(&sum);
	return status;
}
