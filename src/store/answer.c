#include "store/answer.h"

#include "base/time.h"
#include "db/db.h"
#include "store/store.h"

static bool copy(struct arena *a, struct db_stmt *st, int column, str *out)
{
	if (db_is_null(st, column))
		return true;
	*out = str_copy(a, db_text(st, column));
	return out->p != NULL;
}

static enum status fill(struct db_stmt *st, struct arena *a, struct store_answer *out, struct err *err)
{
	*out = (struct store_answer){
	    .seq = db_i64(st, 0),
	    .said = {.basis = (enum measure_basis)db_i64(st, 4),
		     .tally = {db_i64(st, 5), db_i64(st, 6), db_i64(st, 7)},
		     .not_applicable = db_i64(st, 8),
		     .observed_ms = db_i64(st, 9),
		     .expires_ms = db_is_null(st, 10) ? TIME_FOREVER : db_i64(st, 10),
		     .override_until_ms = db_is_null(st, 11) ? INT64_MIN : db_i64(st, 11)},
	    .recorded_ms = db_i64(st, 16),
	};
	struct store_measure *m = &out->said;
	if (m->basis > MEASURE_MEASURED)
		return store_damaged(err, "an answer has an impossible basis");
	bool whole = copy(a, st, 1, &m->line) && copy(a, st, 2, &m->unit) && copy(a, st, 3, &m->objective) &&
		     copy(a, st, 12, &m->justification) && copy(a, st, 13, &m->evidence_sha256) &&
		     copy(a, st, 14, &m->reviewer) && copy(a, st, 15, &out->actor);
	m->source = S("answer");
	return whole ? OK : err_full(err);
}

static void bind_place(struct db_stmt *st, const struct store_answer_place *place)
{
	db_bind_text(st, 1, place->line);
	db_bind_text(st, 2, place->unit);
	db_bind_text(st, 3, place->objective);
}

/* The answer in the statement's only row. */
static enum status read_one(struct db_stmt *st, struct arena *a, struct store_answer *out, struct err *err)
{
	bool row;
	struct store_answer found = {0};
	TRY(db_step(st, &row, err));
	enum status status = row ? fill(st, a, &found, err) : OK;
	db_reset(st);
	if (status == OK)
		*out = found;
	return status;
}

enum status store_answer_current(struct db *db, const struct store_answer_place *place, int64_t at_ms, struct arena *a,
				 struct store_answer *out, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("SELECT m.seq, m.line, m.unit, m.objective, m.basis, m.yes, m.no, m.unknown, m.not_applicable, "
		"m.observed_at, m.expires_at, m.override_until, m.justification, m.evidence_sha256, m.reviewer, "
		"m.actor, "
		"m.recorded_at FROM measure m WHERE m.line = $1 AND m.unit = $2 AND m.objective = $3 AND "
		"m.source = 'answer' AND m.observed_at <= $4 AND "
		"NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq) "
		"ORDER BY m.observed_at DESC, m.seq DESC LIMIT 1"),
	    &st, err));
	bind_place(st, place);
	db_bind_i64(st, 4, at_ms);
	return read_one(st, a, out, err);
}

enum status store_answer_find(struct db *db, int64_t seq, struct arena *a, struct store_answer *out, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("SELECT m.seq, m.line, m.unit, m.objective, m.basis, m.yes, m.no, m.unknown, m.not_applicable, "
		"m.observed_at, m.expires_at, m.override_until, m.justification, m.evidence_sha256, m.reviewer, "
		"m.actor, "
		"m.recorded_at FROM measure m WHERE m.seq = $1 AND m.source = 'answer' AND "
		"NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq)"),
	    &st, err));
	db_bind_i64(st, 1, seq);
	return read_one(st, a, out, err);
}

enum status store_answer_last(struct db *db, const struct store_answer_place *place, int64_t *seq, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db,
		       SQL("SELECT coalesce(max(m.seq), 0) FROM measure m WHERE m.line = $1 AND m.unit = $2 AND "
			   "m.objective = $3 AND m.source = 'answer' AND "
			   "NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq)"),
		       &st, err));
	bind_place(st, place);
	TRY(db_step(st, &row, err));
	*seq = db_i64(st, 0);
	db_reset(st);
	return OK;
}

enum status store_answer_waiting(struct db *db, str line, int64_t at_ms, struct arena *a, store_answer_fn *each,
				 void *ctx, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(
	    db,
	    SQL("WITH said AS (SELECT m.*, row_number() OVER (PARTITION BY m.unit, m.objective "
		"ORDER BY m.observed_at DESC, m.seq DESC) AS place FROM measure m WHERE m.line = $1 AND "
		"m.source = 'answer' AND m.observed_at <= $2 AND "
		"NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq)) "
		"SELECT m.seq, m.line, m.unit, m.objective, m.basis, m.yes, m.no, m.unknown, m.not_applicable, "
		"m.observed_at, m.expires_at, m.override_until, m.justification, m.evidence_sha256, m.reviewer, "
		"m.actor, "
		"m.recorded_at FROM said m WHERE m.place = 1 AND m.basis = 0 AND "
		"NOT EXISTS (SELECT 1 FROM review r WHERE r.answer_seq = m.seq AND r.reviewed_seq IS NULL AND "
		"NOT EXISTS (SELECT 1 FROM review_undo v WHERE v.review_id = r.id)) ORDER BY m.seq"),
	    &st, err));
	db_bind_text(st, 1, line);
	db_bind_i64(st, 2, at_ms);
	for (;;) {
		struct store_answer answer;
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		TRY(fill(st, a, &answer, err));
		TRY(each(ctx, &answer, err));
	}
}

enum status store_answer_waiting_count(struct db *db, str line, int64_t at_ms, store_answer_count_fn *each, void *ctx,
				       struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(
	    db,
	    SQL("WITH said AS (SELECT m.seq, m.unit, m.objective, m.actor, m.basis, row_number() OVER (PARTITION BY "
		"m.unit, "
		"m.objective ORDER BY m.observed_at DESC, m.seq DESC) AS place FROM measure m WHERE m.line = $1 AND "
		"m.source = 'answer' AND m.observed_at <= $2 AND "
		"NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq)) "
		"SELECT m.unit, m.objective, m.actor, count(*) FROM said m WHERE m.place = 1 AND m.basis = 0 AND "
		"NOT EXISTS (SELECT 1 FROM review r WHERE r.answer_seq = m.seq AND r.reviewed_seq IS NULL AND "
		"NOT EXISTS (SELECT 1 FROM review_undo v WHERE v.review_id = r.id)) "
		"GROUP BY m.unit, m.objective, m.actor ORDER BY m.unit, m.objective, m.actor"),
	    &st, err));
	db_bind_text(st, 1, line);
	db_bind_i64(st, 2, at_ms);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		TRY(each(ctx,
			 &(struct store_answer_count){db_text(st, 0), db_text(st, 1), db_text(st, 2), db_i64(st, 3)},
			 err));
	}
}

enum status store_answer_returned(struct db *db, str line, str actor, struct arena *a, store_answer_returned_fn *each,
				  void *ctx, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(
	    db,
	    SQL("SELECT m.seq, m.objective, m.unit, r.actor, r.recorded_at FROM review r JOIN measure m ON "
		"m.seq = r.answer_seq WHERE r.reviewed_seq IS NULL AND m.line = $1 AND m.actor = $2 AND "
		"NOT EXISTS (SELECT 1 FROM review_undo v WHERE v.review_id = r.id) AND "
		"NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq) AND "
		"NOT EXISTS (SELECT 1 FROM measure n WHERE n.line = m.line AND n.unit = m.unit AND "
		"n.objective = m.objective AND n.source = 'answer' AND (n.observed_at > m.observed_at OR "
		"(n.observed_at = m.observed_at AND n.seq > m.seq)) AND "
		"NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = n.seq)) ORDER BY r.recorded_at, r.id"),
	    &st, err));
	db_bind_text(st, 1, line);
	db_bind_text(st, 2, actor);
	for (;;) {
		struct store_answer_returned found;
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		found = (struct store_answer_returned){db_i64(st, 0), str_copy(a, db_text(st, 1)),
						       str_copy(a, db_text(st, 2)), str_copy(a, db_text(st, 3)),
						       db_i64(st, 4)};
		if (!found.objective.p || !found.unit.p || !found.by.p)
			return err_full(err);
		TRY(each(ctx, &found, err));
	}
}

enum status store_answer_since(struct db *db, const struct store_answer_place *place, int64_t *recorded_ms,
			       struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db,
		       SQL("SELECT coalesce(max(m.recorded_at), 0) FROM measure m WHERE m.line = $1 AND m.unit = $2 "
			   "AND m.objective = $3 AND m.source = 'answer' AND "
			   "NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq)"),
		       &st, err));
	bind_place(st, place);
	TRY(db_step(st, &row, err));
	*recorded_ms = db_i64(st, 0);
	db_reset(st);
	return OK;
}

enum status store_answer_undo(struct db *db, int64_t seq, struct store_stamp stamp, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("INSERT INTO measure_undo (seq, recorded_at, actor) VALUES ($1, $2, $3)"), &st, err));
	db_bind_i64(st, 1, seq);
	db_bind_i64(st, 2, stamp.now_ms);
	db_bind_text(st, 3, stamp.actor);
	return db_run(st, err);
}

enum status store_answer_attach(struct db *db, int64_t seq, const struct store_answer_document *list, size_t n,
				struct err *err)
{
	struct db_stmt *st;
	for (size_t i = 0; i < n; i++) {
		TRY(db_prepare(db,
			       SQL("INSERT INTO measure_evidence (seq, place, name, media, bytes, sha256) "
				   "VALUES ($1, $2, $3, $4, $5, $6)"),
			       &st, err));
		db_bind_i64(st, 1, seq);
		db_bind_i64(st, 2, (int64_t)i + 1);
		db_bind_text(st, 3, list[i].name);
		db_bind_text(st, 4, list[i].media);
		db_bind_i64(st, 5, list[i].bytes);
		db_bind_text(st, 6, list[i].sha256);
		TRY(db_run(st, err));
	}
	return OK;
}

static enum status add_document(struct db_stmt *st, struct arena *a, struct store_answer_document **list, size_t *n,
				size_t *cap, struct err *err)
{
	if (*n == *cap && !(*list = arena_grow(a, *list, *n, *n + 1, sizeof **list, cap)))
		return err_full(err);
	struct store_answer_document *d = &(*list)[(*n)++];
	*d = (struct store_answer_document){str_copy(a, db_text(st, 0)), str_copy(a, db_text(st, 1)),
					    str_copy(a, db_text(st, 3)), db_i64(st, 2)};
	return d->name.p && d->media.p && d->sha256.p ? OK : err_full(err);
}

enum status store_answer_documents(struct db *db, int64_t seq, struct arena *a, struct store_answer_document **out,
				   size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_answer_document *list = NULL;
	size_t used = 0, cap = 0;
	bool row;
	TRY(db_prepare(
	    db,
	    SQL("SELECT e.name, e.media, e.bytes, e.sha256, e.place FROM measure_evidence e WHERE e.seq = $1 "
		"UNION ALL SELECT '', '', f.bytes, f.sha256, 1 FROM measure m JOIN file f ON "
		"f.sha256 = m.evidence_sha256 WHERE m.seq = $1 AND "
		"NOT EXISTS (SELECT 1 FROM measure_evidence e WHERE e.seq = $1) ORDER BY 5"),
	    &st, err));
	db_bind_i64(st, 1, seq);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		TRY(add_document(st, a, &list, &used, &cap, err));
	}
	*out = list;
	*n = used;
	return OK;
}
