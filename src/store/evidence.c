#include "store/evidence.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/evidence_sql.h"
#include "store/rows.h"

enum { COLUMNS_BYTES = 8192, FIRST_COLUMN = 9 /* parameter of the first view column */ };

/* The names of a kind's columns, or their parameters, as a list that starts with a comma. */
static void list_columns(const struct evidence_kind *kind, bool as_parameters, struct buf *out)
{
	for (int c = 0; c < kind->n_columns; c++) {
		if (as_parameters)
			buf_printf(out, ", $%d", FIRST_COLUMN + c);
		else
			buf_printf(out, ", %.*s", STR_ARG(kind->columns[c].name));
	}
}

enum status store_evidence_prepare(struct db *db, enum evidence_kind_id kind, struct db_sql pattern,
				   struct db_stmt **out, struct err *err)
{
	const struct evidence_kind *k = &evidence_kinds[kind];
	struct buf columns = BUF(COLUMNS_BYTES), values = BUF(COLUMNS_BYTES);
	struct db_sql sql;
	list_columns(k, false, &columns);
	list_columns(k, true, &values);
	const struct db_part all[] = {
	    {"@kind@", k->name},
	    {"@columns@", buf_str(&columns)},
	    {"@values@", buf_str(&values)},
	    {"@from@", k->event ? S("shown_from") : S("seen_from")},
	    {"@to@", k->event ? S("shown_to") : S("seen_to")},
	    {"@own@", k->columns[0].name},
	};
	struct db_part parts[sizeof all / sizeof *all];
	size_t n = 0;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strstr(pattern.z, all[i].mark))
			parts[n++] = all[i];
	enum status status = columns.status ? columns.status : values.status;
	if (status != OK)
		status = err_set(err, status, "the statement for %.*s is too long", STR_ARG(k->name));
	else
		status = db_sql_table(db, pattern, parts, n, &sql, err);
	buf_release(&columns);
	buf_release(&values);
	return status == OK ? db_prepare(db, sql, out, err) : status;
}

/* One number from a statement that gives one row; unknown is 0. */
static enum status one_number(struct db_stmt *st, int64_t *out, struct err *err)
{
	bool row;
	TRY(db_step(st, &row, err));
	*out = row ? db_i64(st, 0) : 0;
	db_reset(st);
	return OK;
}

static enum status make_table(struct db *db, const struct evidence_kind *kind, struct err *err)
{
	struct buf script = BUF(COLUMNS_BYTES);
	buf_printf(&script,
		   "CREATE TEMP TABLE IF NOT EXISTS stage_%.*s (grp @i64@, file_no @i64@, file_id @i64@, unit_id "
		   "@text@, id @text@,"
		   " record @i64@, line @i64@, main @i64@, shown_at @i64@, digest @text@",
		   STR_ARG(kind->name));
	for (int c = 0; c < kind->n_columns; c++)
		buf_printf(&script, ", %.*s %s", STR_ARG(kind->columns[c].name),
			   kind->columns[c].type == EVIDENCE_TEXT ? "@text@" : "@i64@");
	buf_printf(&script, ") @strict@; DROP INDEX IF EXISTS stage_%.*s_subject; DELETE FROM stage_%.*s;",
		   STR_ARG(kind->name), STR_ARG(kind->name));
	enum status status = script.status == OK ? db_script(db, buf_str(&script), err)
						 : err_set(err, E_BUG, "the staging table is too long");
	buf_release(&script);
	return status;
}

enum status store_evidence_stage(struct db *db, uint64_t kinds, struct store_stage *out, struct err *err)
{
	*out = (struct store_stage){.db = db, .kinds = kinds};
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		if (!(kinds >> k & 1))
			continue;
		TRY(make_table(db, &evidence_kinds[k], err));
		TRY(store_evidence_prepare(
		    db, (enum evidence_kind_id)k,
		    SQL("INSERT INTO stage_@kind@ (grp, file_no, unit_id, id, record, line, main, "
			"digest@columns@) VALUES ($1, $2, $3, $4, $5, $6, $7, $8@values@)"),
		    &out->insert[k], err));
	}
	return OK;
}

/* 128 bits of SHA-256 over what the row says; the unit and the place in the file are not part of it. */
static str row_digest(const struct evidence_record *r, char out[HASH_TEXT])
{
	const struct evidence_kind *kind = &evidence_kinds[r->kind];
	struct hash h;
	hash_init(&h);
	for (int c = 0; c < kind->n_columns; c++) {
		const struct evidence_value *v = &r->values[c];
		str field = {NULL, 0};
		if (v->known)
			field = kind->columns[c].type == EVIDENCE_TEXT ? (str){v->text.p ? v->text.p : "", v->text.n}
								       : (str){(const char *)&v->i64, sizeof v->i64};
		hash_add_field(&h, field);
	}
	return str_slice(hash_hex(&h, out), 0, 32);
}

enum status store_evidence_add(struct store_stage *stage, int64_t file_no, const struct evidence_record *r, str unit,
			       struct err *err)
{
	const struct evidence_kind *kind = &evidence_kinds[r->kind];
	struct db_stmt *st = stage->insert[r->kind];
	char digest[HASH_TEXT];
	if (!st)
		return err_set(err, E_BUG, "the format gives rows of a kind it does not declare: %.*s",
			       STR_ARG(kind->name));
	db_bind_null(st, 1);
	db_bind_i64(st, 2, file_no);
	db_bind_text(st, 3, unit);
	db_bind_text(st, 4, r->id);
	db_bind_i64(st, 5, r->record);
	db_bind_i64(st, 6, r->line);
	db_bind_i64(st, 7, r->main);
	db_bind_text(st, 8, row_digest(r, digest));
	for (int c = 0; c < kind->n_columns; c++) {
		const struct evidence_value *v = &r->values[c];
		if (!v->known)
			db_bind_null(st, FIRST_COLUMN + c);
		else if (kind->columns[c].type == EVIDENCE_TEXT)
			db_bind_text(st, FIRST_COLUMN + c, v->text);
		else
			db_bind_i64(st, FIRST_COLUMN + c, v->i64);
	}
	return db_run(st, err);
}

enum status store_evidence_staged(struct store_stage *stage, struct err *err)
{
	struct buf script = BUF(COLUMNS_BYTES);
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (stage->kinds >> k & 1)
			buf_printf(&script, "CREATE INDEX stage_%.*s_subject ON stage_%.*s (unit_id, id);",
				   STR_ARG(evidence_kinds[k].name), STR_ARG(evidence_kinds[k].name));
	enum status status = script.status == OK ? db_script(stage->db, buf_str(&script), err)
						 : err_set(err, E_BUG, "the staging indexes are too long");
	buf_release(&script);
	return status;
}

enum status store_evidence_scope(struct store_stage *stage, int64_t file_no, str unit, struct err *err)
{
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		struct db_stmt *st;
		if (!(stage->kinds >> k & 1))
			continue;
		TRY(store_evidence_prepare(
		    stage->db, (enum evidence_kind_id)k,
		    SQL("UPDATE stage_@kind@ SET unit_id = $2 WHERE file_no = $1 AND unit_id = ''"), &st, err));
		db_bind_i64(st, 1, file_no);
		db_bind_text(st, 2, unit);
		TRY(db_run(st, err));
	}
	return OK;
}

/* What the kinds of a file call AI systems, each in byte order. */
struct naming {
	struct db_stmt *st[EVIDENCE_KINDS];
	bool row[EVIDENCE_KINDS], same[EVIDENCE_KINDS]; /* it has a name left; that name is the least */
	size_t n;
};

static enum status begin_naming(struct store_stage *stage, int64_t file_no, struct naming *out, struct err *err)
{
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		struct db_stmt *st;
		if (!(stage->kinds >> k & 1) || evidence_system_column((enum evidence_kind_id)k) < 0)
			continue;
		TRY(store_evidence_prepare(stage->db, (enum evidence_kind_id)k,
					   SQL("SELECT DISTINCT system_id FROM stage_@kind@ WHERE file_no = $1 AND "
					       "system_id IS NOT NULL ORDER BY 1"),
					   &st, err));
		db_bind_i64(st, 1, file_no);
		out->st[out->n] = st;
		TRY(db_step(st, &out->row[out->n++], err));
	}
	return OK;
}

/* The least name of all kinds, valid until the next step; false: there is none left. */
static bool least_name(struct naming *names, str *out)
{
	bool found = false;
	for (size_t i = 0; i < names->n; i++)
		if (names->row[i] && (!found || str_cmp(db_text(names->st[i], 0), *out) < 0)) {
			*out = db_text(names->st[i], 0);
			found = true;
		}
	for (size_t i = 0; i < names->n; i++)
		names->same[i] = names->row[i] && str_eq(db_text(names->st[i], 0), *out);
	return found;
}

enum status store_evidence_unresolved(struct store_stage *stage, int64_t file_no, const struct link_book *links,
				      int64_t feed_id, struct store_names *out, struct arena *a, struct err *err)
{
	struct naming names = {0};
	str name;
	TRY(begin_naming(stage, file_no, &names, err));
	while (least_name(&names, &name)) {
		bool unresolved = link_find(links, feed_id, name).by == LINK_UNRESOLVED;
		if (unresolved && out->n < out->cap) {
			out->list[out->n] = str_copy(a, name);
			if (!out->list[out->n++].p)
				return err_full(err);
		} else {
			out->more += unresolved;
		}
		for (size_t i = 0; i < names.n; i++)
			if (names.same[i])
				TRY(db_step(names.st[i], &names.row[i], err));
	}
	return OK;
}

enum status store_evidence_group(struct store_stage *stage, int64_t file_no, int64_t group, int64_t file_id,
				 struct err *err)
{
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		struct db_stmt *st;
		if (!(stage->kinds >> k & 1))
			continue;
		TRY(store_evidence_prepare(
		    stage->db, (enum evidence_kind_id)k,
		    SQL("DELETE FROM stage_@kind@ WHERE grp = $1 AND file_no <> $2 AND EXISTS (SELECT 1 "
			"FROM stage_@kind@ n WHERE "
			"n.file_no = $2 AND n.unit_id = stage_@kind@.unit_id AND n.id = stage_@kind@.id)"),
		    &st, err));
		db_bind_i64(st, 1, group);
		db_bind_i64(st, 2, file_no);
		TRY(db_run(st, err));
		TRY(store_evidence_prepare(stage->db, (enum evidence_kind_id)k,
					   SQL("UPDATE stage_@kind@ SET grp = $1, file_id = $3 WHERE file_no = $2"),
					   &st, err));
		db_bind_i64(st, 1, group);
		db_bind_i64(st, 2, file_no);
		db_bind_i64(st, 3, file_id);
		TRY(db_run(st, err));
	}
	return OK;
}

static enum status report_twice(struct db_stmt *st, enum evidence_kind_id kind, str file, struct err *err)
{
	err_set(err, E_INVALID, "the %.*s \"%.*s\" of unit \"%.*s\" stands twice in the file",
		STR_ARG(evidence_kinds[kind].name), STR_ARG(db_text(st, 1)), STR_ARG(db_text(st, 0)));
	err_detail(err, "in records %lld and %lld", (long long)db_i64(st, 4), (long long)db_i64(st, 5));
	err_hint(err, "a file shows each subject once; remove one of the two");
	err_at(err, file, db_i64(st, 3), 0);
	return E_INVALID;
}

enum status store_evidence_check_unique(struct store_stage *stage, int64_t file_no, str file, struct err *err)
{
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		struct db_stmt *st;
		bool row;
		if (!(stage->kinds >> k & 1))
			continue;
		TRY(store_evidence_prepare(
		    stage->db, (enum evidence_kind_id)k,
		    SQL("SELECT unit_id, id, min(line), max(line), min(record), max(record) FROM stage_@kind@ WHERE "
			"file_no = $1 GROUP BY unit_id, id HAVING count(*) > 1 ORDER BY 1, 2 LIMIT 1"),
		    &st, err));
		db_bind_i64(st, 1, file_no);
		TRY(db_step(st, &row, err));
		enum status status = row ? report_twice(st, (enum evidence_kind_id)k, file, err) : OK;
		db_reset(st);
		TRY(status);
	}
	return OK;
}

enum status store_evidence_staged_kinds(struct store_stage *stage, int64_t group, uint64_t *kinds, struct err *err)
{
	*kinds = 0;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		struct db_stmt *st;
		int64_t any;
		if (!(stage->kinds >> k & 1))
			continue;
		TRY(store_evidence_prepare(stage->db, (enum evidence_kind_id)k,
					   SQL("SELECT 1 FROM stage_@kind@ WHERE grp = $1 LIMIT 1"), &st, err));
		db_bind_i64(st, 1, group);
		TRY(one_number(st, &any, err));
		*kinds |= (uint64_t)any << k;
	}
	return OK;
}

enum status store_evidence_feed_kinds(struct db *db, int64_t feed, int64_t at_ms, uint64_t *kinds, struct err *err)
{
	*kinds = 0;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		struct db_stmt *st;
		int64_t any;
		TRY(store_evidence_prepare(db, (enum evidence_kind_id)k,
					   SQL("SELECT 1 FROM ev_@kind@ WHERE feed_id = $1 AND @from@ <= $2 LIMIT 1"),
					   &st, err));
		db_bind_i64(st, 1, feed);
		db_bind_i64(st, 2, at_ms);
		TRY(one_number(st, &any, err));
		*kinds |= (uint64_t)any << k;
	}
	return OK;
}

enum status store_evidence_compare(struct db *db, const struct store_snapshot_place *p, enum evidence_kind_id kind,
				   int64_t *present, int64_t *gone, struct err *err)
{
	struct db_stmt *st;
	TRY(store_evidence_rows(db, p->feed_id, kind, p->observed_ms, present, err));
	TRY(store_evidence_prepare(
	    db, kind,
	    SQL("SELECT count(*) FROM ev_@kind@ e WHERE feed_id = $1 AND seen_from <= $2 AND seen_to > $2 AND NOT "
		"EXISTS "
		"(SELECT 1 FROM stage_@kind@ s WHERE s.grp = $3 AND s.unit_id = e.unit_id AND s.id = e.id)"),
	    &st, err));
	db_bind_i64(st, 1, p->feed_id);
	db_bind_i64(st, 2, p->observed_ms);
	db_bind_i64(st, 3, p->group);
	return one_number(st, gone, err);
}

enum status store_evidence_differs(struct db *db, const struct store_snapshot_place *p, enum evidence_kind_id kind,
				   int64_t *out, struct err *err)
{
	struct db_stmt *st;
	TRY(store_evidence_prepare(
	    db, kind,
	    SQL("SELECT count(*) FROM stage_@kind@ s WHERE s.grp = $3 AND NOT EXISTS (SELECT 1 FROM ev_@kind@ e WHERE "
		"e.feed_id = $1 AND e.unit_id = s.unit_id AND e.id = s.id AND e.seen_from <= $2 AND e.seen_to > $2 "
		"AND e.digest = s.digest AND e.shown_at IS NOT DISTINCT FROM s.shown_at)"),
	    &st, err));
	db_bind_i64(st, 1, p->feed_id);
	db_bind_i64(st, 2, p->observed_ms);
	db_bind_i64(st, 3, p->group);
	return one_number(st, out, err);
}

enum status store_evidence_count_gone(struct db *db, const struct store_snapshot_place *p, enum evidence_kind_id kind,
				      int64_t *out, struct err *err)
{
	struct db_stmt *st;
	TRY(store_evidence_prepare(
	    db, kind,
	    SQL("SELECT count(*) FROM ev_@kind@ e WHERE feed_id = $1 AND seen_from <= $2 AND seen_to > $2 AND main = 1 "
		"AND NOT EXISTS (SELECT 1 FROM stage_@kind@ s WHERE s.grp = $3 AND s.unit_id = e.unit_id AND "
		"s.id = e.id)"),
	    &st, err));
	db_bind_i64(st, 1, p->feed_id);
	db_bind_i64(st, 2, p->observed_ms);
	db_bind_i64(st, 3, p->group);
	return one_number(st, out, err);
}

enum status store_evidence_count_file(struct db *db, const struct store_snapshot_place *p, enum evidence_kind_id kind,
				      int64_t file_no, struct store_counts *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(store_evidence_prepare(
	    db, kind,
	    SQL("SELECT sum(CASE WHEN e.id IS NULL THEN 1 ELSE 0 END),"
		" sum(CASE WHEN e.digest <> s.digest THEN 1 ELSE 0 END),"
		" sum(CASE WHEN e.digest = s.digest THEN 1 ELSE 0 END)"
		" FROM stage_@kind@ s LEFT JOIN ev_@kind@ e ON e.feed_id = $1 AND e.unit_id = s.unit_id AND e.id = s.id"
		" AND e.seen_from <= $2 AND e.seen_to > $2 WHERE s.file_no = $3 AND s.main = 1"),
	    &st, err));
	db_bind_i64(st, 1, p->feed_id);
	db_bind_i64(st, 2, p->observed_ms);
	db_bind_i64(st, 3, file_no);
	TRY(db_step(st, &row, err));
	*out = (struct store_counts){db_i64(st, 0), db_i64(st, 1), db_i64(st, 2), 0};
	db_reset(st);
	return OK;
}

enum status store_evidence_rows(struct db *db, int64_t feed, enum evidence_kind_id kind, int64_t at_ms, int64_t *out,
				struct err *err)
{
	struct db_stmt *st;
	TRY(store_evidence_prepare(
	    db, kind, SQL("SELECT count(*) FROM ev_@kind@ WHERE feed_id = $1 AND seen_from <= $2 AND seen_to > $2"),
	    &st, err));
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, at_ms);
	return one_number(st, out, err);
}

/* One step of apply_states: a statement with $1 feed, $2 this snapshot, $3 the next one, $4 the group. */
static enum status apply_step(struct db *db, const struct store_snapshot_place *p, enum evidence_kind_id kind,
			      struct db_sql pattern, struct err *err)
{
	struct db_stmt *st;
	TRY(store_evidence_prepare(db, kind, pattern, &st, err));
	db_bind_i64(st, 1, p->feed_id);
	db_bind_i64(st, 2, p->observed_ms);
	db_bind_i64(st, 3, p->next_ms[kind]);
	db_bind_i64(st, 4, p->group);
	return db_run(st, err);
}

/* What held beyond the next snapshot holds again from there: rows that this snapshot changes or ends. */
#define REOPEN                                                                                                         \
	SQL("INSERT INTO ev_@kind@ (feed_id, unit_id, id, @from@, @to@, file_id, record, line, main, shown_at, "       \
	    "digest@columns@) "                                                                                        \
	    "SELECT feed_id, unit_id, id, CAST($3 AS BIGINT), @to@, file_id, record, line, main, shown_at, "           \
	    "digest@columns@ "                                                                                         \
	    "FROM ev_@kind@ e WHERE feed_id = $1 AND @from@ <= $2 AND @to@ > $3 AND NOT EXISTS (SELECT 1 FROM "        \
	    "stage_@kind@ s WHERE s.grp = $4 AND s.unit_id = e.unit_id AND s.id = e.id AND s.digest = e.digest "       \
	    "AND s.shown_at IS NOT DISTINCT FROM e.shown_at)")
#define CLOSE                                                                                                          \
	SQL("UPDATE ev_@kind@ SET @to@ = $2 WHERE feed_id = $1 AND @from@ <= $2 AND @to@ > $2 AND $3 >= $2 "           \
	    "AND NOT "                                                                                                 \
	    "EXISTS (SELECT 1 FROM stage_@kind@ s WHERE s.grp = $4 AND s.unit_id = ev_@kind@.unit_id AND "             \
	    "s.id = ev_@kind@.id AND s.digest = ev_@kind@.digest AND s.shown_at IS NOT DISTINCT FROM "                 \
	    "ev_@kind@.shown_at)")
#define INSERT                                                                                                         \
	SQL("INSERT INTO ev_@kind@ (feed_id, unit_id, id, @from@, @to@, file_id, record, line, main, shown_at, "       \
	    "digest@columns@) "                                                                                        \
	    "SELECT CAST($1 AS BIGINT), unit_id, id, CAST($2 AS BIGINT), CAST($3 AS BIGINT), file_id, record, line, "  \
	    "main, shown_at, "                                                                                         \
	    "digest@columns@ FROM stage_@kind@ s WHERE grp = $4 AND NOT EXISTS (SELECT 1 FROM ev_@kind@ e WHERE "      \
	    "e.feed_id = $1 AND e.unit_id = s.unit_id AND e.id = s.id AND e.@from@ <= $2 AND e.@to@ > $2)")
/* A row that ends at the next snapshot and starts there again, unchanged, is one row. */
#define EXTEND                                                                                                         \
	SQL("UPDATE ev_@kind@ SET @to@ = (SELECT max(r.@to@) FROM ev_@kind@ r WHERE r.feed_id = $1 AND "               \
	    "r.unit_id = ev_@kind@.unit_id AND r.id = ev_@kind@.id AND r.digest = ev_@kind@.digest AND r.@from@ = "    \
	    "$3 AND "                                                                                                  \
	    "r.@to@ > $3) WHERE feed_id = $1 AND @to@ = $3 AND @from@ < $3 AND $2 <= $3 AND $4 = $4 AND "              \
	    "EXISTS "                                                                                                  \
	    "(SELECT 1 FROM ev_@kind@ r WHERE r.feed_id = $1 AND r.unit_id = ev_@kind@.unit_id AND r.id = "            \
	    "ev_@kind@.id AND "                                                                                        \
	    "r.digest = ev_@kind@.digest AND r.shown_at IS NOT DISTINCT FROM ev_@kind@.shown_at AND r.@from@ = $3 "    \
	    "AND r.@to@ > $3)")
#define EMPTY                                                                                                          \
	SQL("UPDATE ev_@kind@ SET @to@ = @from@ WHERE feed_id = $1 AND @from@ = $3 AND @to@ > $3 AND $2 "              \
	    "<= $3 AND "                                                                                               \
	    "$4 = $4 AND EXISTS (SELECT 1 FROM ev_@kind@ r WHERE r.feed_id = $1 AND r.unit_id = ev_@kind@.unit_id "    \
	    "AND "                                                                                                     \
	    "r.id = ev_@kind@.id AND r.digest = ev_@kind@.digest AND r.shown_at IS NOT DISTINCT FROM "                 \
	    "ev_@kind@.shown_at AND r.@from@ < $3 AND r.@to@ > $3)")

static enum status apply_states(struct db *db, const struct store_snapshot_place *p, enum evidence_kind_id kind,
				struct err *err)
{
	bool spliced = p->next_ms[kind] != TIME_FOREVER;
	if (spliced)
		TRY(apply_step(db, p, kind, REOPEN, err));
	TRY(apply_step(db, p, kind, CLOSE, err));
	TRY(apply_step(db, p, kind, INSERT, err));
	if (!spliced)
		return OK;
	TRY(apply_step(db, p, kind, EXTEND, err));
	return apply_step(db, p, kind, EMPTY, err);
}

/* An event has happened, whoever shows it how often: it keeps no time at which it was shown last. */
#define CARRY(shown)                                                                                                   \
	SQL("INSERT INTO stage_@kind@ (grp, file_no, file_id, unit_id, id, record, line, main, shown_at, "             \
	    "digest@columns@) SELECT CAST($3 AS BIGINT), -1, file_id, unit_id, id, record, line, main, " shown         \
	    ", digest@columns@ FROM ev_@kind@ e WHERE feed_id = $1 AND @from@ <= $2 AND @to@ > $2 AND NOT EXISTS "     \
	    "(SELECT 1 FROM stage_@kind@ s WHERE s.grp = $3 AND s.unit_id = e.unit_id AND s.id = e.id)")
#define BEFORE                                                                                                         \
	"NULLIF(coalesce(shown_at, (SELECT max(n.observed_at) FROM snapshot n JOIN snapshot_kind k ON "                \
	"k.snapshot_id = n.id WHERE n.feed_id = $1 AND n.observed_at <= $2 AND k.kind = '@kind@' AND k.speaks = 1)), " \
	"$2)"

enum status store_evidence_carry(struct db *db, const struct store_snapshot_place *p, enum evidence_kind_id kind,
				 struct err *err)
{
	struct db_stmt *st;
	TRY(store_evidence_prepare(db, kind, evidence_kinds[kind].event ? CARRY("NULL") : CARRY(BEFORE), &st, err));
	db_bind_i64(st, 1, p->feed_id);
	db_bind_i64(st, 2, p->observed_ms);
	db_bind_i64(st, 3, p->group);
	return db_run(st, err);
}

/* Several snapshots at one instant: an event that this one leaves out is still shown by the one before. */
static enum status keep_shown(struct db *db, const struct store_snapshot_place *p, enum evidence_kind_id kind,
			      struct err *err)
{
	struct db_stmt *st;
	int64_t snapshots;
	TRY(db_prepare(db,
		       SQL("SELECT count(*) FROM snapshot s JOIN snapshot_kind k ON k.snapshot_id = s.id WHERE "
			   "s.feed_id = $1 AND s.observed_at = $2 AND k.kind = $3 AND k.speaks = 1"),
		       &st, err));
	db_bind_i64(st, 1, p->feed_id);
	db_bind_i64(st, 2, p->observed_ms);
	db_bind_text(st, 3, evidence_kinds[kind].name);
	TRY(one_number(st, &snapshots, err));
	if (snapshots < 2)
		return OK;
	return store_evidence_carry(db, p, kind, err);
}

/* A version holds until snapshots show another one; the first holds from its own time. */
#define SETTLE                                                                                                         \
	SQL("UPDATE ev_@kind@ SET seen_from = CASE WHEN @from@ < @to@ AND @own@ < @from@ AND NOT EXISTS (SELECT 1 "    \
	    "FROM ev_@kind@ b WHERE b.feed_id = $1 AND b.unit_id = ev_@kind@.unit_id AND b.id = ev_@kind@.id AND "     \
	    "b.@from@ < ev_@kind@.@from@ AND b.@from@ < b.@to@) THEN @own@ ELSE @from@ END, "                          \
	    "seen_to = CASE WHEN @from@ < @to@ THEN coalesce((SELECT min(n.@from@) FROM ev_@kind@ n WHERE n.feed_id "  \
	    "= $1 AND n.unit_id = ev_@kind@.unit_id AND n.id = ev_@kind@.id AND n.@from@ > ev_@kind@.@from@ AND "      \
	    "n.@from@ < n.@to@), $4) ELSE @from@ END "                                                                 \
	    "WHERE feed_id = $1 AND EXISTS (SELECT 1 FROM ev_@kind@ x WHERE x.feed_id = $1 AND x.unit_id = "           \
	    "ev_@kind@.unit_id AND x.id = ev_@kind@.id AND x.@from@ IN ($2, $3))")

static enum status apply_events(struct db *db, const struct store_snapshot_place *p, enum evidence_kind_id kind,
				struct err *err)
{
	struct db_stmt *st;
	TRY(keep_shown(db, p, kind, err));
	TRY(apply_states(db, p, kind, err));
	TRY(store_evidence_prepare(db, kind, SETTLE, &st, err));
	db_bind_i64(st, 1, p->feed_id);
	db_bind_i64(st, 2, p->observed_ms);
	db_bind_i64(st, 3, p->next_ms[kind]);
	db_bind_i64(st, 4, TIME_FOREVER);
	return db_run(st, err);
}

enum status store_evidence_apply(struct db *db, const struct store_snapshot_place *p, enum evidence_kind_id kind,
				 struct err *err)
{
	return evidence_kinds[kind].event ? apply_events(db, p, kind, err) : apply_states(db, p, kind, err);
}

#define NAME_OF(column)                                                                                                \
	SQL("SELECT " column                                                                                           \
	    " FROM ev_@kind@ WHERE unit_id = $1 AND id = $2 AND seen_from <= $3 AND seen_to > $3 AND " column          \
	    " IS NOT NULL ORDER BY file_id DESC, record LIMIT 1")

enum status store_evidence_name(struct db *db, enum evidence_kind_id kind, str unit, str id, int64_t at_ms,
				struct arena *a, str *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	bool named = evidence_column_find(&evidence_kinds[kind], S("name")) >= 0;
	*out = (str){NULL, 0};
	if (!named && evidence_column_find(&evidence_kinds[kind], S("title")) < 0)
		return OK;
	TRY(store_evidence_prepare(db, kind, named ? NAME_OF("name") : NAME_OF("title"), &st, err));
	db_bind_text(st, 1, unit);
	db_bind_text(st, 2, id);
	db_bind_i64(st, 3, at_ms);
	TRY(db_step(st, &row, err));
	str name = row ? str_copy(a, db_text(st, 0)) : (str){NULL, 0};
	db_reset(st);
	if (row && !name.p)
		return err_full(err);
	*out = name;
	return OK;
}

static enum status fill_record(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_record *out = to;
	*out = (struct store_record){str_copy(a, db_text(st, 0)),
				     str_copy(a, db_text(st, 1)),
				     str_copy(a, db_text(st, 2)),
				     db_i64(st, 3),
				     db_i64(st, 4),
				     db_i64(st, 5)};
	return out->feed.p && out->file.p && out->sha256.p ? OK : err_full(err);
}

enum status store_evidence_read_records(struct db_stmt *st, struct arena *a, struct store_record **out, size_t *n,
					struct err *err)
{
	struct store_rows rows;
	TRY(store_rows_read(st, a, sizeof **out, fill_record, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

enum status store_evidence_records(struct db *db, enum evidence_kind_id kind, str unit, str id, int64_t at_ms,
				   struct arena *a, struct store_record **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	TRY(store_evidence_prepare(
	    db, kind,
	    SQL("SELECT d.name, f.name, f.sha256, e.record, e.line, n.observed_at FROM ev_@kind@ e "
		"JOIN feed d ON d.id = e.feed_id JOIN snapshot_file f ON f.id = e.file_id "
		"JOIN snapshot n ON n.id = f.snapshot_id WHERE e.unit_id = $1 AND e.id = $2 AND e.seen_from <= $3 AND "
		"e.seen_to > $3 AND (d.retired_at IS NULL OR d.retired_at > $3) "
		"ORDER BY n.observed_at DESC, f.id DESC, e.record"),
	    &st, err));
	db_bind_text(st, 1, unit);
	db_bind_text(st, 2, id);
	db_bind_i64(st, 3, at_ms);
	return store_evidence_read_records(st, a, out, n, err);
}
