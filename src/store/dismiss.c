#include "store/dismiss.h"

#include "base/time.h"
#include "db/db.h"
#include "store/rows.h"
#include "store/store.h"

enum status store_dismiss_add(struct db *db, const struct store_dismissal *d, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("dismissal"), id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO dismissal (id, name, unit, reason, recorded_at, actor) VALUES ($1, $2, $3, $4, "
			   "$5, $6)"),
		       &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_text(st, 2, d->name);
	db_bind_text(st, 3, d->unit);
	db_bind_text(st, 4, d->reason);
	db_bind_i64(st, 5, d->recorded_ms);
	db_bind_text(st, 6, d->actor);
	return db_run(st, err);
}

enum status store_dismiss_end(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("INSERT INTO dismissal_end (dismissal_id, recorded_at, actor) VALUES ($1, $2, $3)"), &st,
		       err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, at_ms);
	db_bind_text(st, 3, actor);
	return db_run(st, err);
}

static enum status fill(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_dismissal *out = to;
	bool ended = !db_is_null(st, 6);
	*out = (struct store_dismissal){
	    .id = db_i64(st, 0),
	    .name = str_copy(a, db_text(st, 1)),
	    .unit = str_copy(a, db_text(st, 2)),
	    .reason = str_copy(a, db_text(st, 3)),
	    .recorded_ms = db_i64(st, 4),
	    .actor = str_copy(a, db_text(st, 5)),
	    .ended_ms = ended ? db_i64(st, 6) : TIME_FOREVER,
	    .ended_by = ended ? str_copy(a, db_text(st, 7)) : (str){0},
	};
	return out->name.p && out->unit.p && out->reason.p && out->actor.p && (!ended || out->ended_by.p)
		   ? OK
		   : err_full(err);
}

enum status store_dismiss_list(struct db *db, bool ended, struct arena *a, struct store_dismissal **out, size_t *n,
			       struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db,
		       SQL("SELECT d.id, d.name, d.unit, d.reason, d.recorded_at, d.actor, e.recorded_at, e.actor "
			   "FROM dismissal d LEFT JOIN dismissal_end e ON e.dismissal_id = d.id "
			   "WHERE $1 = 1 OR e.dismissal_id IS NULL ORDER BY d.name, d.unit, d.id"),
		       &st, err));
	db_bind_i64(st, 1, ended);
	TRY(store_rows_read(st, a, sizeof **out, fill, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}
