#include "store/target.h"

#include "base/time.h"
#include "core/score.h"
#include "db/db.h"
#include "store/store.h"

enum status store_target_add(struct db *db, const struct store_target *t, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("target"), id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO target (id, line, unit, category, level, due_at, reason, owner, approver, "
			   "recorded_at, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
		       &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_text(st, 2, t->line);
	db_bind_text(st, 3, t->unit);
	db_bind_text(st, 4, t->category);
	db_bind_i64(st, 5, t->level);
	db_bind_i64(st, 6, t->due_ms);
	db_bind_text(st, 7, t->reason);
	db_bind_text(st, 8, t->owner);
	db_bind_text_or_null(st, 9, t->approver);
	db_bind_i64(st, 10, t->recorded_ms);
	db_bind_text(st, 11, t->actor);
	return db_run(st, err);
}

enum status store_target_withdraw(struct db *db, int64_t id, str reason, struct store_stamp stamp, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db, SQL("INSERT INTO target_withdrawal (target_id, reason, recorded_at, actor) VALUES ($1, $2, $3, $4)"),
	    &st, err));
	db_bind_i64(st, 1, id);
	db_bind_text(st, 2, reason);
	db_bind_i64(st, 3, stamp.now_ms);
	db_bind_text(st, 4, stamp.actor);
	return db_run(st, err);
}

static bool copy(struct arena *a, struct db_stmt *st, int column, str *out)
{
	if (db_is_null(st, column))
		return true;
	*out = str_copy(a, db_text(st, column));
	return out->p != NULL;
}

static enum status fill(struct db_stmt *st, struct arena *a, struct store_target *out, struct err *err)
{
	*out = (struct store_target){
	    .id = db_i64(st, 0),
	    .level = (int)db_i64(st, 3),
	    .due_ms = db_i64(st, 4),
	    .recorded_ms = db_i64(st, 8),
	    .withdrawn_ms = db_is_null(st, 10) ? TIME_FOREVER : db_i64(st, 10),
	};
	if (out->level < 1 || out->level > MODEL_LEVELS || out->due_ms < TIME_MIN_MS || out->due_ms > TIME_MAX_MS)
		return store_damaged(err, "a target has an impossible number");
	bool whole = copy(a, st, 1, &out->unit) && copy(a, st, 2, &out->category) && copy(a, st, 5, &out->reason) &&
		     copy(a, st, 6, &out->owner) && copy(a, st, 7, &out->approver) && copy(a, st, 9, &out->actor) &&
		     copy(a, st, 11, &out->withdrawn_by) && copy(a, st, 12, &out->withdrawn_reason);
	return whole ? OK : err_full(err);
}

enum status store_target_list(struct db *db, str line, struct arena *a, struct store_target **out, size_t *n,
			      struct err *err)
{
	struct db_stmt *st;
	struct store_target *list = NULL;
	size_t used = 0, cap = 0;
	bool row;
	TRY(db_prepare(db,
		       SQL("SELECT t.id, t.unit, t.category, t.level, t.due_at, t.reason, t.owner, t.approver, "
			   "t.recorded_at, t.actor, w.recorded_at, w.actor, w.reason FROM target t "
			   "LEFT JOIN target_withdrawal w ON w.target_id = t.id WHERE t.line = $1 ORDER BY t.id"),
		       &st, err));
	db_bind_text(st, 1, line);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		if (used == cap && !(list = arena_grow(a, list, used, used + 1, sizeof *list, &cap)))
			return err_full(err);
		TRY(fill(st, a, &list[used], err));
		list[used++].line = line;
	}
	*out = list;
	*n = used;
	return OK;
}
