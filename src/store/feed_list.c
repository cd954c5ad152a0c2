#include "db/db.h"
#include "store/feed.h"

/* Hands on each row of a query over feeds, snapshots and their files. */
static enum status each(struct db_stmt *st, store_feed_entry_fn *fn, void *ctx, struct err *err)
{
	bool row;
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		struct store_feed_entry f = {
		    .feed_id = db_i64(st, 0),
		    .feed = db_text(st, 1),
		    .unit = db_text(st, 2),
		    .file = db_text(st, 3),
		    .sha256 = db_text(st, 4),
		    .format = db_text(st, 5),
		    .author = db_text(st, 6),
		    .observed_ms = db_i64(st, 7),
		    .recorded_ms = db_i64(st, 8),
		    .bytes = db_i64(st, 9),
		    .kept = db_i64(st, 10),
		};
		enum status status = fn(ctx, &f, err);
		if (status != OK) {
			db_reset(st);
			return status;
		}
	}
}

enum status store_feed_entries(struct db *db, int64_t feed, int64_t at_ms, store_feed_entry_fn *fn, void *ctx,
			       struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("SELECT d.id, d.name, d.unit, f.name, f.sha256, f.format, s.actor, s.observed_at, s.recorded_at, "
		"r.bytes, "
		"CASE WHEN r.bytes = 0 OR EXISTS (SELECT 1 FROM file_piece p WHERE p.sha256 = f.sha256) THEN 1 ELSE 0 "
		"END "
		"FROM snapshot_file f JOIN snapshot s ON s.id = f.snapshot_id JOIN feed d ON d.id = s.feed_id "
		"JOIN file r ON r.sha256 = f.sha256 "
		"WHERE (CAST($1 AS BIGINT) = 0 OR d.id = $1) AND s.observed_at <= $2 "
		"ORDER BY s.observed_at DESC, f.id DESC"),
	    &st, err));
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, at_ms);
	return each(st, fn, ctx, err);
}

enum status store_feed_behind(struct db *db, enum evidence_kind_id kind, int64_t at_ms, store_feed_entry_fn *fn,
			      void *ctx, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("SELECT d.id, d.name, d.unit, f.name, f.sha256, f.format, s.actor, s.observed_at, "
			   "s.recorded_at, r.bytes, 1 "
			   "FROM feed d JOIN snapshot s ON s.feed_id = d.id "
			   "JOIN snapshot_kind k ON k.snapshot_id = s.id AND k.kind = $1 "
			   "JOIN snapshot_file f ON f.snapshot_id = s.id JOIN file r ON r.sha256 = f.sha256 "
			   "WHERE (d.retired_at IS NULL OR d.retired_at > $2) AND s.observed_at = "
			   "(SELECT max(n.observed_at) FROM snapshot n JOIN snapshot_kind o ON o.snapshot_id = n.id "
			   "WHERE n.feed_id = d.id AND o.kind = $1 AND n.observed_at <= $2) "
			   "ORDER BY s.observed_at DESC, f.id DESC"),
		       &st, err));
	db_bind_text(st, 1, evidence_kinds[kind].name);
	db_bind_i64(st, 2, at_ms);
	return each(st, fn, ctx, err);
}

enum status store_feed_refusals(struct db *db, int64_t feed, int64_t at_ms, int64_t limit, store_feed_refusal_fn *fn,
				void *ctx, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(
	    db,
	    SQL("SELECT file, reason, actor, failed_at FROM feed_failure WHERE feed_id = $1 AND reason <> '' "
		"AND failed_at <= $2 ORDER BY id DESC LIMIT $3"),
	    &st, err));
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, at_ms);
	db_bind_i64(st, 3, limit);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		struct store_feed_refusal r = {db_text(st, 0), db_text(st, 1), db_text(st, 2), db_i64(st, 3)};
		enum status status = fn(ctx, &r, err);
		if (status != OK) {
			db_reset(st);
			return status;
		}
	}
}
