#include "store/measure.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "db/db.h"
#include "store/store.h"

static void add_number(struct hash *h, int64_t v)
{
	hash_add_field(h, (str){(const char *)&v, sizeof v});
}

/* Everything that was stated; two measures of equal digest say the same. */
static str digest(const struct store_measure *m, char out[HASH_TEXT])
{
	struct hash h;
	hash_init(&h);
	hash_add_field(&h, m->line);
	hash_add_field(&h, m->unit);
	hash_add_field(&h, m->objective);
	hash_add_field(&h, m->source);
	add_number(&h, m->basis);
	add_number(&h, m->tally.yes);
	add_number(&h, m->tally.no);
	add_number(&h, m->tally.unknown);
	add_number(&h, m->not_applicable);
	add_number(&h, m->observed_ms);
	add_number(&h, m->expires_ms);
	add_number(&h, m->override_until_ms);
	hash_add_field(&h, m->justification);
	hash_add_field(&h, m->evidence_sha256);
	hash_add_field(&h, m->reviewer);
	for (size_t i = 0; i < m->n_more_evidence; i++)
		hash_add_field(&h, m->more_evidence[i]);
	return hash_hex(&h, out);
}

static enum status is_stored(struct db *db, str sum, bool *stored, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("SELECT 1 FROM measure WHERE digest = $1 LIMIT 1"), &st, err));
	db_bind_text(st, 1, sum);
	TRY(db_step(st, stored, err));
	db_reset(st);
	return OK;
}

/* A person may say one thing, then another, then the first again. */
static enum status is_last_word(struct db *db, const struct store_measure *m, str sum, bool *stored, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(
	    db,
	    SQL("SELECT digest FROM measure m WHERE line = $1 AND unit = $2 AND objective = $3 AND source = $4 "
		"AND observed_at = $5 AND NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq) "
		"ORDER BY seq DESC LIMIT 1"),
	    &st, err));
	db_bind_text(st, 1, m->line);
	db_bind_text(st, 2, m->unit);
	db_bind_text(st, 3, m->objective);
	db_bind_text(st, 4, m->source);
	db_bind_i64(st, 5, m->observed_ms);
	TRY(db_step(st, &row, err));
	*stored = row && str_eq(db_text(st, 0), sum);
	db_reset(st);
	return OK;
}

static void bind_unless(struct db_stmt *st, int k, int64_t v, int64_t none)
{
	if (v == none)
		db_bind_null(st, k);
	else
		db_bind_i64(st, k, v);
}

static enum status insert(struct db *db, const struct store_measure *m, str sum, struct store_stamp stamp,
			  struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("INSERT INTO measure (seq, line, unit, objective, source, basis, yes, no, unknown, not_applicable,"
		" observed_at, expires_at, override_until, justification, evidence_sha256, reviewer, error, run_id,"
		" digest, actor, recorded_at, file_name, file_sha256, file_line) VALUES ((SELECT coalesce(max(seq), 0) "
		"+ 1 FROM measure), $1, $2, $3, $4,"
		" $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)"),
	    &st, err));
	db_bind_text(st, 1, m->line);
	db_bind_text(st, 2, m->unit);
	db_bind_text(st, 3, m->objective);
	db_bind_text(st, 4, m->source);
	db_bind_i64(st, 5, m->basis);
	db_bind_i64(st, 6, m->tally.yes);
	db_bind_i64(st, 7, m->tally.no);
	db_bind_i64(st, 8, m->tally.unknown);
	db_bind_i64(st, 9, m->not_applicable);
	db_bind_i64(st, 10, m->observed_ms);
	bind_unless(st, 11, m->expires_ms, TIME_FOREVER);
	bind_unless(st, 12, m->override_until_ms, INT64_MIN);
	db_bind_text_or_null(st, 13, m->justification);
	db_bind_text_or_null(st, 14, m->evidence_sha256);
	db_bind_text_or_null(st, 15, m->reviewer);
	db_bind_text_or_null(st, 16, m->error);
	bind_unless(st, 17, m->run_id, 0);
	db_bind_text(st, 18, sum);
	db_bind_text(st, 19, stamp.actor);
	db_bind_i64(st, 20, stamp.now_ms);
	db_bind_text_or_null(st, 21, m->file_name);
	db_bind_text_or_null(st, 22, m->file_sha256);
	bind_unless(st, 23, m->file_line, 0);
	return db_run(st, err);
}

enum status store_measure_add(struct db *db, const struct store_measure *m, struct store_stamp stamp, bool *added,
			      struct err *err)
{
	char text[HASH_TEXT];
	str sum = digest(m, text);
	bool stored = false;
	if (m->file_sha256.p)
		TRY(is_stored(db, sum, &stored, err));
	else if (!m->run_id)
		TRY(is_last_word(db, m, sum, &stored, err));
	*added = !stored;
	return stored ? OK : insert(db, m, sum, stamp, err);
}

static bool is_time(int64_t ms)
{
	return ms >= TIME_MIN_MS && ms <= TIME_MAX_MS;
}

enum status store_measure_newest(struct db *db, int64_t *seq, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT coalesce(max(seq), 0) FROM measure"), &st, err));
	TRY(db_step(st, &row, err));
	*seq = db_i64(st, 0);
	db_reset(st);
	return OK;
}

static str copy_or_null(struct arena *a, struct db_stmt *st, int column, bool *full)
{
	if (db_is_null(st, column))
		return (str){NULL, 0};
	str s = str_copy(a, db_text(st, column));
	*full |= !s.p;
	return s;
}

#define MORE                                                                                                           \
	"SELECT seq, justification, evidence_sha256, reviewer, error, actor, file_name, file_sha256, file_line FROM "  \
	"measure "

static enum status read_more(struct db_stmt *st, struct arena *a, struct store_measure_more *out, struct err *err)
{
	bool full = false;
	out->justification = copy_or_null(a, st, 1, &full);
	out->evidence_sha256 = copy_or_null(a, st, 2, &full);
	out->reviewer = copy_or_null(a, st, 3, &full);
	out->error = copy_or_null(a, st, 4, &full);
	out->actor = copy_or_null(a, st, 5, &full);
	out->file_name = copy_or_null(a, st, 6, &full);
	out->file_sha256 = copy_or_null(a, st, 7, &full);
	out->file_line = db_i64(st, 8);
	return full ? err_full(err) : OK;
}

enum status store_measure_more(struct db *db, int64_t seq, struct arena *a, struct store_measure_more *out,
			       struct err *err)
{
	return store_measure_more_of(db, &seq, 1, a, out, err);
}

/* At most MORE_AT_ONCE of them. */
enum { MORE_AT_ONCE = 16 };
static enum status read_some(struct db *db, const int64_t *seqs, size_t n, struct arena *a,
			     struct store_measure_more *out, struct err *err)
{
	struct db_stmt *st;
	enum status status = OK;
	bool row = true;
	TRY(db_prepare(db,
		       SQL(MORE "WHERE seq IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"),
		       &st, err));
	for (int i = 0; i < MORE_AT_ONCE; i++)
		db_bind_i64(st, i + 1, seqs[(size_t)i < n ? (size_t)i : 0]);
	while (status == OK && (status = db_step(st, &row, err)) == OK && row)
		for (size_t i = 0; i < n && status == OK; i++)
			if (seqs[i] == db_i64(st, 0))
				status = read_more(st, a, &out[i], err);
	db_reset(st);
	return status;
}

enum status store_measure_more_of(struct db *db, const int64_t *seqs, size_t n, struct arena *a,
				  struct store_measure_more *out, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (struct store_measure_more){0};
	for (size_t i = 0; i < n; i += MORE_AT_ONCE)
		TRY(read_some(db, seqs + i, n - i < MORE_AT_ONCE ? n - i : MORE_AT_ONCE, a, out + i, err));
	return OK;
}

enum status store_measure_retire(struct db *db, str source, str unit, int64_t at_ms, struct store_stamp stamp,
				 struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("INSERT INTO retirement (seq, source, unit, at, recorded_at, actor) VALUES ("
			   "(SELECT coalesce(max(seq), 0) + 1 FROM retirement), $1, $2, $3, $4, $5)"),
		       &st, err));
	db_bind_text(st, 1, source);
	db_bind_text_or_null(st, 2, unit);
	db_bind_i64(st, 3, at_ms);
	db_bind_i64(st, 4, stamp.now_ms);
	db_bind_text(st, 5, stamp.actor);
	return db_run(st, err);
}

enum status store_measure_source(struct db *db, str line, str source, bool *known, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("SELECT 1 FROM measure WHERE line = $1 AND source = $2 LIMIT 1"), &st, err));
	db_bind_text(st, 1, line);
	db_bind_text(st, 2, source);
	TRY(db_step(st, known, err));
	db_reset(st);
	return OK;
}

enum status store_measure_objective(struct db *db, const struct store_measure_like *like, bool *known, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("SELECT 1 FROM measure m WHERE m.line = $1 AND m.objective = $2 "
			   "AND (CAST($3 AS BIGINT) = 0 OR m.source <> 'check') "
			   "AND (CAST($4 AS TEXT) = '' OR EXISTS (SELECT 1 FROM model_active a WHERE a.model = $4 "
			   "AND a.at <= m.recorded_at AND NOT EXISTS (SELECT 1 FROM model_active b "
			   "WHERE b.seq = a.seq + 1 AND b.at < m.recorded_at))) "
			   "AND NOT EXISTS (SELECT 1 FROM measure_undo u WHERE u.seq = m.seq) LIMIT 1"),
		       &st, err));
	db_bind_text(st, 1, like->line);
	db_bind_text(st, 2, like->objective);
	db_bind_i64(st, 3, like->answers);
	db_bind_text(st, 4, like->model.p ? like->model : S(""));
	TRY(db_step(st, known, err));
	db_reset(st);
	return OK;
}

enum status store_measure_run(struct db *db, const struct model *m, int64_t as_of_ms, struct store_stamp stamp,
			      int64_t *id, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT coalesce(max(id), 0) + 1 FROM run"), &st, err));
	TRY(db_step(st, &row, err));
	*id = db_i64(st, 0);
	db_reset(st);
	TRY(db_prepare(
	    db, SQL("INSERT INTO run (id, line, model, as_of, recorded_at, actor) VALUES ($1, $2, $3, $4, $5, $6)"),
	    &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_text(st, 2, m->line);
	db_bind_text(st, 3, m->name);
	db_bind_i64(st, 4, as_of_ms);
	db_bind_i64(st, 5, stamp.now_ms);
	db_bind_text(st, 6, stamp.actor);
	return db_run(st, err);
}

enum status store_measure_run_failed(struct db *db, int64_t run, str objective, str message, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("INSERT INTO run_failure (run_id, objective, message) VALUES ($1, $2, $3)"), &st, err));
	db_bind_i64(st, 1, run);
	db_bind_text(st, 2, objective);
	db_bind_text(st, 3, message);
	return db_run(st, err);
}

enum status store_measure_first(struct db *db, str line, bool *found, int64_t *out, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("SELECT observed_at FROM measure m WHERE line = $1 AND NOT EXISTS (SELECT 1 FROM "
			   "measure_undo u WHERE u.seq = m.seq) ORDER BY observed_at, seq LIMIT 1"),
		       &st, err));
	db_bind_text(st, 1, line);
	TRY(db_step(st, found, err));
	*out = *found ? db_i64(st, 0) : 0;
	db_reset(st);
	return is_time(*out) ? OK : store_damaged(err, "a measure has an impossible time");
}

static enum status run_time(struct db *db, struct db_sql sql, str line, int64_t at_ms, bool *found, int64_t *out,
			    struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, sql, &st, err));
	db_bind_text(st, 1, line);
	db_bind_i64(st, 2, at_ms);
	TRY(db_step(st, &row, err));
	*found = row && !db_is_null(st, 0);
	*out = *found ? db_i64(st, 0) : 0;
	db_reset(st);
	return is_time(*out) ? OK : store_damaged(err, "a run has an impossible time");
}

enum status store_measure_run_after(struct db *db, str line, int64_t at_ms, bool *found, int64_t *out, struct err *err)
{
	return run_time(db, SQL("SELECT min(as_of) FROM run WHERE line = $1 AND as_of > $2"), line, at_ms, found, out,
			err);
}

enum status store_measure_run_before(struct db *db, str line, int64_t at_ms, bool *found, int64_t *out, struct err *err)
{
	return run_time(db, SQL("SELECT max(as_of) FROM run WHERE line = $1 AND as_of <= $2"), line, at_ms, found, out,
			err);
}
