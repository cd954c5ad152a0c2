#include "store/feed.h"

#include "base/time.h"
#include "db/db.h"
#include "store/rows.h"
#include "store/store.h"

static enum status fill_feed(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_feed *out = to;
	*out = (struct store_feed){
	    .id = db_i64(st, 0),
	    .name = str_copy(a, db_text(st, 1)),
	    .unit = str_copy(a, db_text(st, 2)),
	    .retired_ms = db_is_null(st, 3) ? TIME_FOREVER : db_i64(st, 3),
	    .remarks = db_i64(st, 4) != 0,
	};
	return out->name.p && out->unit.p ? OK : err_full(err);
}

enum status store_feed_find(struct db *db, str name, struct arena *a, struct store_feed *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT id, name, unit, retired_at, remarks FROM feed WHERE name = $1"), &st, err));
	db_bind_text(st, 1, name);
	TRY(db_step(st, &row, err));
	*out = (struct store_feed){0};
	enum status status = row ? fill_feed(st, a, out, err) : OK;
	db_reset(st);
	return status;
}

enum status store_feed_remarks(struct db *db, struct arena *a, struct store_feed *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(
	    db, SQL("SELECT id, name, unit, retired_at, remarks FROM feed WHERE remarks = 1 ORDER BY id LIMIT 1"), &st,
	    err));
	TRY(db_step(st, &row, err));
	*out = (struct store_feed){0};
	enum status status = row ? fill_feed(st, a, out, err) : OK;
	db_reset(st);
	return status;
}

enum status store_feed_add(struct db *db, const struct store_feed *feed, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("feed"), id, err));
	TRY(db_prepare(db, SQL("INSERT INTO feed (id, name, unit, remarks) VALUES ($1, $2, $3, $4)"), &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_text(st, 2, feed->name);
	db_bind_text(st, 3, feed->unit);
	db_bind_i64(st, 4, feed->remarks);
	return db_run(st, err);
}

enum status store_feed_list(struct db *db, struct arena *a, struct store_feed **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db, SQL("SELECT id, name, unit, retired_at, remarks FROM feed ORDER BY name"), &st, err));
	TRY(store_rows_read(st, a, sizeof **out, fill_feed, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

enum status store_feed_retire(struct db *db, int64_t id, int64_t at_ms, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE feed SET retired_at = $2 WHERE id = $1"), &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, at_ms);
	return db_run(st, err);
}

enum status store_feed_has_file(struct db *db, int64_t feed, int64_t at_ms, str sha256, bool *found, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("SELECT 1 FROM snapshot s JOIN snapshot_file f ON f.snapshot_id = s.id WHERE s.feed_id = $1 AND "
		"s.observed_at = $2 AND f.sha256 = $3 LIMIT 1"),
	    &st, err));
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, at_ms);
	db_bind_text(st, 3, sha256);
	TRY(db_step(st, found, err));
	db_reset(st);
	return OK;
}

enum status store_feed_snapshot(struct db *db, const struct store_snapshot *s, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("snapshot"), id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO snapshot (id, feed_id, observed_at, recorded_at, actor, partial) VALUES ($1, "
			   "$2, $3, $4, $5, $6)"),
		       &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_i64(st, 2, s->feed_id);
	db_bind_i64(st, 3, s->observed_ms);
	db_bind_i64(st, 4, s->recorded_ms);
	db_bind_text(st, 5, s->actor);
	db_bind_i64(st, 6, s->partial);
	return db_run(st, err);
}

enum status store_feed_file(struct db *db, int64_t snapshot, str sha256, str name, str format, int64_t *id,
			    struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("snapshot_file"), id, err));
	TRY(db_prepare(
	    db, SQL("INSERT INTO snapshot_file (id, snapshot_id, sha256, name, format) VALUES ($1, $2, $3, $4, $5)"),
	    &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_i64(st, 2, snapshot);
	db_bind_text(st, 3, sha256);
	db_bind_text(st, 4, name);
	db_bind_text(st, 5, format);
	return db_run(st, err);
}

enum status store_feed_kinds(struct db *db, int64_t snapshot, const struct store_speech *speech, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("INSERT INTO snapshot_kind (snapshot_id, kind, covers, speaks) VALUES ($1, $2, $3, $4) "
			   "ON CONFLICT (snapshot_id, kind) DO UPDATE SET speaks = excluded.speaks "
			   "WHERE snapshot_kind.speaks < excluded.speaks"),
		       &st, err));
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		if (!(speech->can >> k & 1))
			continue;
		db_bind_i64(st, 1, snapshot);
		db_bind_text(st, 2, evidence_kinds[k].name);
		db_bind_i64(st, 3,
			    (int64_t)(speech->lists >> k & 1) + (int64_t)((speech->lists & speech->names) >> k & 1));
		db_bind_i64(st, 4, (int64_t)(speech->speaks >> k & 1));
		TRY(db_run(st, err));
	}
	return OK;
}

enum status store_feed_unit(struct db *db, int64_t feed, str unit, int64_t since_ms, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("INSERT INTO feed_unit (feed_id, unit, since) VALUES ($1, $2, $3) ON CONFLICT (feed_id, unit) "
		"DO UPDATE SET since = excluded.since WHERE feed_unit.since > excluded.since"),
	    &st, err));
	db_bind_i64(st, 1, feed);
	db_bind_text(st, 2, unit);
	db_bind_i64(st, 3, since_ms);
	return db_run(st, err);
}

static enum status fill_later(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_later *out = to;
	*out = (struct store_later){db_i64(st, 0), db_i64(st, 1), str_copy(a, db_text(st, 2)), db_i64(st, 3) != 0};
	return out->format.p ? OK : err_full(err);
}

enum status store_feed_later(struct db *db, int64_t feed, int64_t after_ms, struct arena *a, struct store_later **out,
			     size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db,
		       SQL("SELECT s.id, s.observed_at, f.format, s.partial FROM snapshot s JOIN snapshot_file f ON "
			   "f.snapshot_id = s.id "
			   "WHERE s.feed_id = $1 AND s.observed_at > $2 ORDER BY s.observed_at, s.id, f.id"),
		       &st, err));
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, after_ms);
	TRY(store_rows_read(st, a, sizeof **out, fill_later, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

static int64_t time_or_never(struct db_stmt *st, int column)
{
	return db_is_null(st, column) ? INT64_MIN : db_i64(st, column);
}

enum status store_feed_supply(struct db *db, int64_t at_ms, struct arena *a, struct store_supply **out, size_t *n,
			      struct err *err)
{
	struct db_stmt *st;
	struct store_supply *list = NULL;
	size_t used = 0, cap = 0;
	bool row;
	TRY(db_prepare(
	    db,
	    SQL("SELECT f.id, f.name, f.unit, k.kind, max(s.observed_at), "
		"max(CASE WHEN k.covers >= 1 THEN s.observed_at END), "
		"max(CASE WHEN k.covers = 2 THEN s.observed_at END), "
		"max(CASE WHEN k.covers >= 1 AND s.partial = 0 THEN s.observed_at END), "
		"max(CASE WHEN k.covers = 2 AND s.partial = 0 THEN s.observed_at END), max(f.remarks) FROM feed f "
		"JOIN snapshot s ON s.feed_id = f.id JOIN snapshot_kind k ON k.snapshot_id = s.id "
		"WHERE k.speaks = 1 AND s.observed_at <= $1 AND (f.retired_at IS NULL OR f.retired_at > $1) "
		"GROUP BY f.id, f.name, f.unit, k.kind ORDER BY f.id, k.kind"),
	    &st, err));
	db_bind_i64(st, 1, at_ms);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		int kind = evidence_kind_find(db_text(st, 3));
		if (kind < 0)
			continue;
		if (used == cap && !(list = arena_grow(a, list, used, used + 1, sizeof *list, &cap)))
			return err_full(err);
		list[used] = (struct store_supply){
		    .feed_id = db_i64(st, 0),
		    .feed = str_copy(a, db_text(st, 1)),
		    .unit = str_copy(a, db_text(st, 2)),
		    .kind = (enum evidence_kind_id)kind,
		    .newest_ms = db_i64(st, 4),
		    .listed_ms = time_or_never(st, 5),
		    .named_ms = time_or_never(st, 6),
		    .listed_whole_ms = time_or_never(st, 7),
		    .named_whole_ms = time_or_never(st, 8),
		    .remarks = db_i64(st, 9) != 0,
		};
		if (!list[used].feed.p || !list[used].unit.p)
			return err_full(err);
		used++;
	}
	*out = list;
	*n = used;
	return OK;
}

static enum status fill_cover(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_cover *out = to;
	*out = (struct store_cover){db_i64(st, 0), str_copy(a, db_text(st, 1)), db_i64(st, 2)};
	return out->unit.p ? OK : err_full(err);
}

enum status store_feed_covers(struct db *db, int64_t at_ms, struct arena *a, struct store_cover **out, size_t *n,
			      struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db, SQL("SELECT feed_id, unit, since FROM feed_unit WHERE since <= $1 ORDER BY feed_id, unit"),
		       &st, err));
	db_bind_i64(st, 1, at_ms);
	TRY(store_rows_read(st, a, sizeof **out, fill_cover, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

enum status store_feed_total(struct db *db, int64_t feed, int64_t at_ms, struct arena *a, struct store_feed_totals *out,
			     struct err *err)
{
	struct db_stmt *st;
	bool row;
	*out = (struct store_feed_totals){0};
	TRY(db_prepare(db,
		       SQL("SELECT count(*), min(observed_at), max(observed_at) FROM snapshot WHERE feed_id = $1 AND "
			   "observed_at <= $2"),
		       &st, err));
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, at_ms);
	TRY(db_step(st, &row, err));
	out->snapshots = db_i64(st, 0);
	out->first_ms = db_i64(st, 1);
	out->newest_ms = db_i64(st, 2);
	db_reset(st);
	TRY(db_prepare(
	    db,
	    SQL("SELECT f.format FROM snapshot s JOIN snapshot_file f ON f.snapshot_id = s.id "
		"WHERE s.feed_id = $1 AND s.observed_at <= $2 ORDER BY s.observed_at DESC, s.id DESC, f.id LIMIT 1"),
	    &st, err));
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, at_ms);
	TRY(db_step(st, &row, err));
	out->format = row ? str_copy(a, db_text(st, 0)) : (str){NULL, 0};
	db_reset(st);
	return row && !out->format.p ? err_full(err) : OK;
}

static enum status fill_file(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_feed_file_row *out = to;
	*out = (struct store_feed_file_row){str_copy(a, db_text(st, 0)), str_copy(a, db_text(st, 1)), db_i64(st, 2),
					    db_i64(st, 3)};
	return out->file.p && out->sha256.p ? OK : err_full(err);
}

enum status store_feed_files(struct db *db, int64_t feed, int64_t limit, struct arena *a,
			     struct store_feed_file_row **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db,
		       SQL("SELECT f.name, f.sha256, s.observed_at, s.recorded_at FROM snapshot s "
			   "JOIN snapshot_file f ON f.snapshot_id = s.id WHERE s.feed_id = $1 "
			   "ORDER BY s.observed_at DESC, s.id DESC, f.id DESC LIMIT $2"),
		       &st, err));
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, limit);
	TRY(store_rows_read(st, a, sizeof **out, fill_file, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}
