#include "store/second.h"

#include "db/db.h"
#include "store/store.h"

enum status store_second_find(struct db *db, int64_t user, struct arena *a, struct store_second *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db,
		       SQL("SELECT s.id, s.secret, s.confirmed_at, s.step, s.enrolled_at, (SELECT count(*) FROM "
			   "user_recovery r WHERE r.second_id = s.id AND r.used_at IS NULL) FROM user_second s "
			   "WHERE s.user_id = $1 AND s.removed_at IS NULL ORDER BY s.id DESC LIMIT 1"),
		       &st, err));
	db_bind_i64(st, 1, user);
	TRY(db_step(st, &row, err));
	*out = (struct store_second){0};
	if (row)
		*out = (struct store_second){
		    .id = db_i64(st, 0),
		    .secret = str_copy(a, db_text(st, 1)),
		    .confirmed = !db_is_null(st, 2),
		    .step = db_i64(st, 3),
		    .since_ms = db_i64(st, 4),
		    .codes = db_i64(st, 5),
		};
	db_reset(st);
	return row && !out->secret.p ? err_full(err) : OK;
}

static enum status forget(struct db *db, int64_t user, int64_t at_ms, str actor, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("UPDATE user_second SET secret = $4, removed_at = $2, removed_by = $3 "
			   "WHERE user_id = $1 AND removed_at IS NULL"),
		       &st, err));
	db_bind_i64(st, 1, user);
	db_bind_i64(st, 2, at_ms);
	db_bind_text(st, 3, actor);
	db_bind_blob(st, 4, S(""));
	return db_run(st, err);
}

enum status store_second_add(struct db *db, int64_t user, str secret, int64_t at_ms, struct err *err)
{
	struct db_stmt *st;
	int64_t id;
	TRY(forget(db, user, at_ms, S(""), err));
	TRY(store_next_id(db, S("user_second"), &id, err));
	TRY(db_prepare(
	    db, SQL("INSERT INTO user_second (id, user_id, secret, enrolled_at, step) VALUES ($1, $2, $3, $4, 0)"), &st,
	    err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, user);
	db_bind_blob(st, 3, secret);
	db_bind_i64(st, 4, at_ms);
	return db_run(st, err);
}

enum status store_second_accept(struct db *db, int64_t id, int64_t step, bool *fresh, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE user_second SET step = $2 WHERE id = $1 AND step < $2 AND removed_at IS NULL"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, step);
	TRY(db_run(st, err));
	*fresh = db_changed(st) == 1;
	return OK;
}

enum status store_second_confirm(struct db *db, int64_t id, int64_t at_ms, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE user_second SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL"), &st,
		       err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, at_ms);
	return db_run(st, err);
}

enum status store_second_remove(struct db *db, int64_t user, int64_t at_ms, str actor, struct err *err)
{
	return forget(db, user, at_ms, actor, err);
}

enum status store_second_code_add(struct db *db, int64_t id, str sha256, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("INSERT INTO user_recovery (second_id, sha256) VALUES ($1, $2)"), &st, err));
	db_bind_i64(st, 1, id);
	db_bind_text(st, 2, sha256);
	return db_run(st, err);
}

enum status store_second_code_use(struct db *db, int64_t id, str sha256, int64_t at_ms, bool *fresh, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db, SQL("UPDATE user_recovery SET used_at = $3 WHERE second_id = $1 AND sha256 = $2 AND used_at IS NULL"),
	    &st, err));
	db_bind_i64(st, 1, id);
	db_bind_text(st, 2, sha256);
	db_bind_i64(st, 3, at_ms);
	TRY(db_run(st, err));
	*fresh = db_changed(st) == 1;
	return OK;
}
