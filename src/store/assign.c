#include "store/assign.h"

#include "base/time.h"
#include "db/db.h"
#include "store/rows.h"
#include "store/store.h"

enum status store_assign_add(struct db *db, const struct store_assign *assign, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("assignment"), id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO assignment (id, objective, unit_id, user_id, due_at, recorded_at, actor) "
			   "VALUES ($1, $2, $3, $4, $5, $6, $7)"),
		       &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_text(st, 2, assign->objective);
	db_bind_text(st, 3, assign->unit);
	db_bind_i64(st, 4, assign->user_id);
	if (assign->due_ms == TIME_FOREVER)
		db_bind_null(st, 5);
	else
		db_bind_i64(st, 5, assign->due_ms);
	db_bind_i64(st, 6, assign->recorded_ms);
	db_bind_text(st, 7, assign->actor);
	return db_run(st, err);
}

enum status store_assign_end(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE assignment SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, at_ms);
	db_bind_text(st, 3, actor);
	return db_run(st, err);
}

static enum status fill_assign(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_assign *out = to;
	*out = (struct store_assign){
	    .id = db_i64(st, 0),
	    .user_id = db_i64(st, 1),
	    .objective = str_copy(a, db_text(st, 2)),
	    .unit = str_copy(a, db_text(st, 3)),
	    .user = str_copy(a, db_text(st, 4)),
	    .shown = str_copy(a, db_text(st, 5)),
	    .due_ms = db_is_null(st, 6) ? TIME_FOREVER : db_i64(st, 6),
	    .recorded_ms = db_i64(st, 7),
	    .actor = str_copy(a, db_text(st, 8)),
	    .ended_ms = db_is_null(st, 9) ? TIME_FOREVER : db_i64(st, 9),
	};
	if (out->ended_ms != TIME_FOREVER)
		out->ended_by = str_copy(a, db_text(st, 10));
	bool whole = out->objective.p && out->unit.p && out->user.p && out->shown.p && out->actor.p &&
		     (out->ended_ms == TIME_FOREVER || out->ended_by.p);
	return whole ? OK : err_full(err);
}

static enum status prepare_list(struct db *db, int64_t user, bool ended, struct db_stmt **out, struct err *err)
{
	TRY(db_prepare(db,
		       user ? SQL("SELECT s.id, s.user_id, s.objective, s.unit_id, u.name, u.shown, s.due_at, "
				  "s.recorded_at, s.actor, s.ended_at, s.ended_by FROM assignment s JOIN user_account "
				  "u ON u.id = s.user_id WHERE s.user_id = $2 AND ($1 = 1 OR s.ended_at IS NULL) "
				  "ORDER BY s.due_at NULLS LAST, s.id")
			    : SQL("SELECT s.id, s.user_id, s.objective, s.unit_id, u.name, u.shown, s.due_at, "
				  "s.recorded_at, s.actor, s.ended_at, s.ended_by FROM assignment s JOIN user_account "
				  "u ON u.id = s.user_id WHERE $1 = 1 OR s.ended_at IS NULL "
				  "ORDER BY s.due_at NULLS LAST, s.id"),
		       out, err));
	db_bind_i64(*out, 1, ended);
	if (user)
		db_bind_i64(*out, 2, user);
	return OK;
}

enum status store_assign_list(struct db *db, int64_t user, bool ended, struct arena *a, struct store_assign **out,
			      size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(prepare_list(db, user, ended, &st, err));
	TRY(store_rows_read(st, a, sizeof **out, fill_assign, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}
