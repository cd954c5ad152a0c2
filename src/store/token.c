#include "store/token.h"

#include "base/time.h"
#include "db/db.h"
#include "store/rows.h"
#include "store/store.h"

enum status store_token_add(struct db *db, const struct store_token *token, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("token"), id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO token (id, sha256, prefix, name, user_id, role, unit_id, feed, created_at, "
			   "actor, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
		       &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_text(st, 2, token->sha256);
	db_bind_text(st, 3, token->prefix);
	db_bind_text(st, 4, token->name);
	db_bind_i64(st, 5, token->user_id);
	db_bind_text_or_null(st, 6, token->role == ACCESS_NONE ? (str){0} : access_role_name(token->role));
	db_bind_text(st, 7, token->unit);
	db_bind_text_or_null(st, 8, token->feed);
	db_bind_i64(st, 9, token->created_ms);
	db_bind_text(st, 10, token->actor);
	db_bind_i64(st, 11, token->expires_ms);
	return db_run(st, err);
}

static enum status fill_token(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_token *out = to;
	bool feeder = !db_is_null(st, 8);
	*out = (struct store_token){
	    .id = db_i64(st, 0),
	    .user_id = db_i64(st, 1),
	    .prefix = str_copy(a, db_text(st, 2)),
	    .name = str_copy(a, db_text(st, 3)),
	    .user = str_copy(a, db_text(st, 4)),
	    .shown = str_copy(a, db_text(st, 5)),
	    .role = feeder ? ACCESS_NONE : access_role_find(db_text(st, 6)),
	    .unit = str_copy(a, db_text(st, 7)),
	    .created_ms = db_i64(st, 9),
	    .actor = str_copy(a, db_text(st, 10)),
	    .expires_ms = db_i64(st, 11),
	    .revoked_ms = db_is_null(st, 12) ? TIME_FOREVER : db_i64(st, 12),
	    .used_ms = db_is_null(st, 14) ? -1 : db_i64(st, 14),
	};
	if (feeder)
		out->feed = str_copy(a, db_text(st, 8));
	if (out->revoked_ms != TIME_FOREVER)
		out->revoked_by = str_copy(a, db_text(st, 13));
	bool whole = out->prefix.p && out->name.p && out->user.p && out->shown.p && out->unit.p && out->actor.p &&
		     (!feeder || out->feed.p) && (out->revoked_ms == TIME_FOREVER || out->revoked_by.p);
	return whole ? OK : err_full(err);
}

static enum status one_token(struct db_stmt *st, struct arena *a, struct store_token *out, struct err *err)
{
	bool row;
	TRY(db_step(st, &row, err));
	*out = (struct store_token){0};
	enum status status = row ? fill_token(st, a, out, err) : OK;
	db_reset(st);
	return status;
}

enum status store_token_find(struct db *db, str sha256, int64_t now_ms, struct arena *a, struct store_token *out,
			     struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("SELECT t.id, t.user_id, t.prefix, t.name, u.name, u.shown, t.role, t.unit_id, t.feed, "
			   "t.created_at, t.actor, t.expires_at, t.revoked_at, t.revoked_by, t.used_at FROM token t "
			   "JOIN user_account u ON u.id = t.user_id WHERE t.sha256 = $1 AND t.expires_at > $2 AND "
			   "t.revoked_at IS NULL AND u.disabled_at IS NULL LIMIT 1"),
		       &st, err));
	db_bind_text(st, 1, sha256);
	db_bind_i64(st, 2, now_ms);
	return one_token(st, a, out, err);
}

enum status store_token_load(struct db *db, int64_t id, struct arena *a, struct store_token *out, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("SELECT t.id, t.user_id, t.prefix, t.name, u.name, u.shown, t.role, t.unit_id, t.feed, "
			   "t.created_at, t.actor, t.expires_at, t.revoked_at, t.revoked_by, t.used_at FROM token t "
			   "JOIN user_account u ON u.id = t.user_id WHERE t.id = $1 LIMIT 1"),
		       &st, err));
	db_bind_i64(st, 1, id);
	return one_token(st, a, out, err);
}

enum status store_token_list(struct db *db, int64_t user, bool past, int64_t now_ms, struct arena *a,
			     struct store_token **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db,
		       SQL("SELECT t.id, t.user_id, t.prefix, t.name, u.name, u.shown, t.role, t.unit_id, t.feed, "
			   "t.created_at, t.actor, t.expires_at, t.revoked_at, t.revoked_by, t.used_at FROM token t "
			   "JOIN user_account u ON u.id = t.user_id WHERE ($1 = 0 OR t.user_id = $1) AND ($2 = 1 OR "
			   "(t.expires_at > $3 AND t.revoked_at IS NULL)) ORDER BY t.id DESC"),
		       &st, err));
	db_bind_i64(st, 1, user);
	db_bind_i64(st, 2, past);
	db_bind_i64(st, 3, now_ms);
	TRY(store_rows_read(st, a, sizeof **out, fill_token, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

enum status store_token_revoke(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("UPDATE token SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, at_ms);
	db_bind_text(st, 3, actor);
	return db_run(st, err);
}

enum status store_token_used(struct db *db, int64_t id, int64_t at_ms, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE token SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at < $2)"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, at_ms);
	return db_run(st, err);
}
