#include "store/comment.h"

#include "base/time.h"
#include "db/db.h"
#include "store/rows.h"
#include "store/store.h"

enum status store_comment_add(struct db *db, const struct store_comment *comment, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("comment"), id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO comment (id, line, objective, unit, body, recorded_at, actor) "
			   "VALUES ($1, $2, $3, $4, $5, $6, $7)"),
		       &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_text(st, 2, comment->line);
	db_bind_text(st, 3, comment->objective);
	db_bind_text(st, 4, comment->unit);
	db_bind_text(st, 5, comment->body);
	db_bind_i64(st, 6, comment->recorded_ms);
	db_bind_text(st, 7, comment->actor);
	return db_run(st, err);
}

enum status store_comment_withdraw(struct db *db, int64_t id, struct store_stamp stamp, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("INSERT INTO comment_withdrawal (comment_id, recorded_at, actor) VALUES ($1, $2, $3)"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, stamp.now_ms);
	db_bind_text(st, 3, stamp.actor);
	return db_run(st, err);
}

static enum status fill(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_comment *out = to;
	*out = (struct store_comment){
	    .id = db_i64(st, 0),
	    .line = str_copy(a, db_text(st, 1)),
	    .objective = str_copy(a, db_text(st, 2)),
	    .unit = str_copy(a, db_text(st, 3)),
	    .body = str_copy(a, db_text(st, 4)),
	    .recorded_ms = db_i64(st, 5),
	    .actor = str_copy(a, db_text(st, 6)),
	    .withdrawn_ms = db_is_null(st, 7) ? TIME_FOREVER : db_i64(st, 7),
	};
	return out->line.p && out->objective.p && out->unit.p && out->body.p && out->actor.p ? OK : err_full(err);
}

enum status store_comment_find(struct db *db, int64_t id, struct arena *a, struct store_comment *out, struct err *err)
{
	struct db_stmt *st;
	struct store_comment found = {0};
	bool row;
	TRY(db_prepare(
	    db,
	    SQL("SELECT c.id, c.line, c.objective, c.unit, c.body, c.recorded_at, c.actor, w.recorded_at FROM "
		"comment c LEFT JOIN comment_withdrawal w ON w.comment_id = c.id WHERE c.id = $1"),
	    &st, err));
	db_bind_i64(st, 1, id);
	TRY(db_step(st, &row, err));
	enum status status = row ? fill(st, a, &found, err) : OK;
	db_reset(st);
	if (status == OK)
		*out = found;
	return status;
}

enum status store_comment_list(struct db *db, const struct store_answer_place *place, int64_t before, size_t limit,
			       struct arena *a, struct store_comment **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(
	    db,
	    SQL("SELECT c.id, c.line, c.objective, c.unit, c.body, c.recorded_at, c.actor, w.recorded_at FROM "
		"comment c LEFT JOIN comment_withdrawal w ON w.comment_id = c.id WHERE c.line = $1 AND "
		"c.objective = $2 AND c.unit = $3 AND c.id < $4 ORDER BY c.id DESC LIMIT $5"),
	    &st, err));
	db_bind_text(st, 1, place->line);
	db_bind_text(st, 2, place->objective);
	db_bind_text(st, 3, place->unit);
	db_bind_i64(st, 4, before);
	db_bind_i64(st, 5, (int64_t)limit);
	TRY(store_rows_read(st, a, sizeof **out, fill, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}
