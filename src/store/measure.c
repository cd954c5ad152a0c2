#include "store/measure.h"

#include <stdlib.h>

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

/* Names seen so far, and what the last row resolved to: rows come sorted, so most look-ups are one comparison. */
struct loader {
	const struct model *model;
	const struct unit_tree *tree;
	struct arena *arena;
	struct measure *list;
	size_t n, cap;
	str *sources;
	size_t n_sources, sources_cap;
	int unit, objective; /* of the row before; -2 = none yet */
	str unit_name, objective_name;
	int64_t *undone; /* running numbers of what was taken back, ascending */
	size_t n_undone, undone_cap;
};

/* The names of all sources of the line, in byte order. */
static enum status load_sources(struct db *db, struct loader *l, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT DISTINCT source FROM measure WHERE line = $1 ORDER BY source"), &st, err));
	db_bind_text(st, 1, l->model->line);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		if (l->n_sources == l->sources_cap &&
		    !(l->sources = arena_grow(l->arena, l->sources, l->n_sources, l->n_sources + 1, sizeof *l->sources,
					      &l->sources_cap)))
			return err_full(err);
		l->sources[l->n_sources] = str_copy(l->arena, db_text(st, 0));
		if (!l->sources[l->n_sources++].p)
			return err_full(err);
	}
}

/* -1 when no measure of the line has this source. */
static int source_number(const struct loader *l, str name)
{
	size_t low = 0, high = l->n_sources;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_cmp(l->sources[middle], name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < l->n_sources && str_eq(l->sources[low], name) ? (int)low : -1;
}

static enum status load_undone(struct db *db, struct loader *l, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT seq FROM measure_undo ORDER BY seq"), &st, err));
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		if (l->n_undone == l->undone_cap &&
		    !(l->undone = arena_grow(l->arena, l->undone, l->n_undone, l->n_undone + 1, sizeof *l->undone,
					     &l->undone_cap)))
			return err_full(err);
		l->undone[l->n_undone++] = db_i64(st, 0);
	}
}

static bool is_undone(const struct loader *l, int64_t seq)
{
	size_t low = 0, high = l->n_undone;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (l->undone[middle] < seq)
			low = middle + 1;
		else
			high = middle;
	}
	return low < l->n_undone && l->undone[low] == seq;
}

static bool is_time(int64_t ms)
{
	return ms >= TIME_MIN_MS && ms <= TIME_MAX_MS;
}

static bool is_count(int64_t n)
{
	return n >= 0 && n <= LIMIT_COUNT;
}

/* Numbers that this program writes; anything else would be computed with all the same. */
static bool is_possible(const struct measure *m)
{
	return m->basis <= MEASURE_MEASURED && is_count(m->tally.yes) && is_count(m->tally.no) &&
	       is_count(m->tally.unknown) && is_time(m->observed_ms) &&
	       (m->expires_ms == TIME_FOREVER || is_time(m->expires_ms)) &&
	       (!m->overrides || is_time(m->override_until_ms)) && m->source >= 0;
}

static enum status resolve(struct loader *l, str unit, str objective, struct err *err)
{
	if (l->unit == -2 || !str_eq(unit, l->unit_name)) {
		l->unit_name = str_copy(l->arena, unit);
		l->unit = unit_find(l->tree, unit);
		if (!l->unit_name.p)
			return err_full(err);
	}
	if (l->objective == -2 || !str_eq(objective, l->objective_name)) {
		const struct model_objective *o = model_objective_find(l->model, objective);
		l->objective_name = str_copy(l->arena, objective);
		l->objective = o ? (int)(o - l->model->objectives) : -1;
		if (!l->objective_name.p)
			return err_full(err);
	}
	return OK;
}

static enum status load_row(struct loader *l, struct db_stmt *st, struct err *err)
{
	struct measure m;
	int source;
	TRY(resolve(l, db_text(st, 1), db_text(st, 2), err));
	if (l->unit < 0 || l->objective < 0 || is_undone(l, db_i64(st, 0)))
		return OK;
	source = source_number(l, db_text(st, 3));
	m = (struct measure){
	    .unit = l->unit,
	    .objective = l->objective,
	    .source = source,
	    .basis = (enum measure_basis)db_i64(st, 4),
	    .tally = {db_i64(st, 5), db_i64(st, 6), db_i64(st, 7)},
	    .not_applicable = db_i64(st, 8),
	    .observed_ms = db_i64(st, 9),
	    .expires_ms = db_is_null(st, 10) ? TIME_FOREVER : db_i64(st, 10),
	    .overrides = !db_is_null(st, 11),
	    .override_until_ms = db_i64(st, 11),
	    .recorded = db_i64(st, 0),
	};
	if (!is_possible(&m))
		return store_damaged(err, "a measure has an impossible number");
	if (l->n == l->cap && !(l->list = arena_grow(l->arena, l->list, l->n, l->n + 1, sizeof *l->list, &l->cap)))
		return err_full(err);
	l->list[l->n++] = m;
	return OK;
}

static enum status load_retired(struct db *db, struct loader *l, struct store_measures *out, struct err *err)
{
	struct db_stmt *st;
	struct measure_retired *list = NULL;
	size_t n = 0, cap = 0;
	bool row;
	TRY(db_prepare(db, SQL("SELECT source, unit, at FROM retirement ORDER BY seq"), &st, err));
	for (;;) {
		struct measure_retired r;
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		r.source = source_number(l, db_text(st, 0));
		r.unit = db_is_null(st, 1) ? UNIT_NONE : unit_find(l->tree, db_text(st, 1));
		r.at_ms = db_i64(st, 2);
		if (r.source < 0 || (!db_is_null(st, 1) && r.unit == UNIT_NONE))
			continue;
		if (n == cap && !(list = arena_grow(l->arena, list, n, n + 1, sizeof *list, &cap)))
			return err_full(err);
		list[n++] = r;
	}
	out->retired = list;
	out->n_retired = n;
	return OK;
}

enum status store_measure_load(struct db *db, const struct model *m, const struct unit_tree *tree, struct arena *a,
			       struct store_measures *out, struct err *err)
{
	struct loader l = {.model = m, .tree = tree, .arena = a, .unit = -2, .objective = -2};
	struct db_stmt *st;
	bool row;
	l.list = arena_new(a, struct measure, 1);
	l.cap = 1;
	if (!l.list)
		return err_full(err);
	TRY(load_sources(db, &l, err));
	TRY(load_undone(db, &l, err));
	TRY(db_prepare(
	    db,
	    SQL("SELECT seq, unit, objective, source, basis, yes, no, unknown, not_applicable, observed_at, expires_at,"
		" override_until FROM measure WHERE line = $1 ORDER BY unit, objective, source, observed_at, seq"),
	    &st, err));
	db_bind_text(st, 1, m->line);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		TRY(load_row(&l, st, err));
	}
	*out = (struct store_measures){0};
	TRY(load_retired(db, &l, out, err));
	qsort(l.list, l.n, sizeof *l.list, measure_order);
	out->list = l.list;
	out->n = l.n;
	out->sources = l.sources;
	out->n_sources = l.n_sources;
	out->check = -1;
	for (size_t i = 0; i < l.n_sources; i++)
		if (str_eq(l.sources[i], S("check")))
			out->check = (int)i;
	return OK;
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

enum status store_measure_more(struct db *db, int64_t seq, struct arena *a, struct store_measure_more *out,
			       struct err *err)
{
	struct db_stmt *st;
	bool row, full = false;
	*out = (struct store_measure_more){0};
	TRY(db_prepare(db,
		       SQL("SELECT justification, evidence_sha256, reviewer, error, actor, file_name, file_sha256, "
			   "file_line FROM measure WHERE seq = $1"),
		       &st, err));
	db_bind_i64(st, 1, seq);
	TRY(db_step(st, &row, err));
	if (row) {
		out->justification = copy_or_null(a, st, 0, &full);
		out->evidence_sha256 = copy_or_null(a, st, 1, &full);
		out->reviewer = copy_or_null(a, st, 2, &full);
		out->error = copy_or_null(a, st, 3, &full);
		out->actor = copy_or_null(a, st, 4, &full);
		out->file_name = copy_or_null(a, st, 5, &full);
		out->file_sha256 = copy_or_null(a, st, 6, &full);
		out->file_line = db_i64(st, 7);
	}
	db_reset(st);
	return full ? err_full(err) : OK;
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
