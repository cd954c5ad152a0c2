#include "base/time.h"
#include "db/db.h"
#include "store/feed.h"
#include "store/store.h"

enum status store_feed_set(struct db *db, int64_t feed, const struct store_feed_setting *s, int64_t at_ms, str actor,
			   struct err *err)
{
	struct db_stmt *st;
	int64_t id;
	TRY(store_next_id(db, S("feed_setting"), &id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO feed_setting (id, feed_id, owner, every_ms, recorded_at, actor) "
			   "VALUES ($1, $2, $3, $4, $5, $6)"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, feed);
	db_bind_text_or_null(st, 3, s->owner);
	if (s->every_ms < 0)
		db_bind_null(st, 4);
	else
		db_bind_i64(st, 4, s->every_ms);
	db_bind_i64(st, 5, at_ms);
	db_bind_text(st, 6, actor);
	return db_run(st, err);
}

enum status store_feed_setting(struct db *db, int64_t feed, int64_t at_ms, struct arena *a,
			       struct store_feed_setting *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	*out = (struct store_feed_setting){.every_ms = -1};
	TRY(db_prepare(db,
		       SQL("SELECT owner, every_ms FROM feed_setting WHERE feed_id = $1 AND recorded_at <= $2 "
			   "ORDER BY id DESC LIMIT 1"),
		       &st, err));
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, at_ms);
	TRY(db_step(st, &row, err));
	bool owned = row && !db_is_null(st, 0);
	if (owned)
		out->owner = str_copy(a, db_text(st, 0));
	if (row && !db_is_null(st, 1))
		out->every_ms = db_i64(st, 1);
	db_reset(st);
	return owned && !out->owner.p ? err_full(err) : OK;
}

enum status store_feed_fail(struct db *db, int64_t feed, str file, str reason, int64_t at_ms, str actor,
			    struct err *err)
{
	struct db_stmt *st;
	int64_t id;
	TRY(store_next_id(db, S("feed_failure"), &id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO feed_failure (id, feed_id, file, reason, failed_at, actor) "
			   "VALUES ($1, $2, $3, $4, $5, $6)"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, feed);
	db_bind_text(st, 3, file);
	db_bind_text(st, 4, reason);
	db_bind_i64(st, 5, at_ms);
	db_bind_text(st, 6, actor);
	return db_run(st, err);
}

enum status store_feed_mend(struct db *db, int64_t feed, str file, int64_t at_ms, str actor, struct arena *a,
			    struct err *err)
{
	struct store_feed_failure last;
	TRY(store_feed_failure(db, feed, at_ms, a, &last, err));
	if (last.failed_ms < 0 || last.failed_ms < last.written_ms)
		return OK;
	return store_feed_fail(db, feed, file, S(""), at_ms, actor, err);
}

static enum status last_written(struct db *db, int64_t feed, int64_t at_ms, int64_t *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT max(recorded_at) FROM snapshot WHERE feed_id = $1 AND recorded_at <= $2"), &st,
		       err));
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, at_ms);
	TRY(db_step(st, &row, err));
	*out = row && !db_is_null(st, 0) ? db_i64(st, 0) : -1;
	db_reset(st);
	return OK;
}

enum status store_feed_failure(struct db *db, int64_t feed, int64_t at_ms, struct arena *a,
			       struct store_feed_failure *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	*out = (struct store_feed_failure){.failed_ms = -1};
	TRY(last_written(db, feed, at_ms, &out->written_ms, err));
	TRY(db_prepare(db,
		       SQL("SELECT file, reason, failed_at FROM feed_failure WHERE feed_id = $1 AND failed_at <= $2 "
			   "ORDER BY id DESC LIMIT 1"),
		       &st, err));
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, at_ms);
	TRY(db_step(st, &row, err));
	bool failed = row && db_text(st, 1).n;
	if (failed)
		*out = (struct store_feed_failure){str_copy(a, db_text(st, 0)), str_copy(a, db_text(st, 1)),
						   db_i64(st, 2), out->written_ms};
	db_reset(st);
	return failed && (!out->file.p || !out->reason.p) ? err_full(err) : OK;
}
