#include "store/session.h"

#include "db/db.h"
#include "store/rows.h"
#include "store/store.h"

enum status store_session_add(struct db *db, const struct store_session *session, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("session"), id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO session (id, sha256, user_id, created_at, seen_at, expires_at, csrf, address, "
			   "agent, linked, second) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
		       &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_text(st, 2, session->sha256);
	db_bind_i64(st, 3, session->user_id);
	db_bind_i64(st, 4, session->created_ms);
	db_bind_i64(st, 5, session->seen_ms);
	db_bind_i64(st, 6, session->expires_ms);
	db_bind_text(st, 7, session->csrf);
	db_bind_text(st, 8, session->address);
	db_bind_text(st, 9, session->agent);
	db_bind_i64(st, 10, session->linked);
	db_bind_i64(st, 11, session->second);
	return db_run(st, err);
}

static enum status fill_session(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_session *out = to;
	*out = (struct store_session){
	    .id = db_i64(st, 0),
	    .user_id = db_i64(st, 1),
	    .user = str_copy(a, db_text(st, 2)),
	    .shown = str_copy(a, db_text(st, 3)),
	    .created_ms = db_i64(st, 4),
	    .seen_ms = db_i64(st, 5),
	    .expires_ms = db_i64(st, 6),
	    .csrf = str_copy(a, db_text(st, 7)),
	    .address = str_copy(a, db_text(st, 8)),
	    .agent = str_copy(a, db_text(st, 9)),
	    .linked = db_i64(st, 10) != 0,
	    .second = (enum store_session_second)db_i64(st, 11),
	};
	return out->user.p && out->shown.p && out->csrf.p && out->address.p && out->agent.p ? OK : err_full(err);
}

enum status store_session_find(struct db *db, str sha256, int64_t now_ms, struct arena *a, struct store_session *out,
			       struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db,
		       SQL("SELECT s.id, s.user_id, u.name, u.shown, s.created_at, s.seen_at, s.expires_at, s.csrf, "
			   "s.address, s.agent, s.linked, s.second, coalesce((SELECT t.value FROM preference t "
			   "WHERE t.user_id = s.user_id AND t.name = 'theme'), ''), coalesce((SELECT k.value FROM "
			   "preference k WHERE k.user_id = s.user_id AND k.name = 'keys'), ''), CASE WHEN s.linked = 0 "
			   "THEN 1 ELSE (SELECT count(*) FROM user_password p WHERE p.user_id = s.user_id) END "
			   "FROM session s "
			   "JOIN user_account u ON u.id = s.user_id WHERE s.sha256 = $1 AND s.expires_at > $2 AND "
			   "s.ended_at IS NULL AND "
			   "u.disabled_at IS NULL LIMIT 1"),
		       &st, err));
	db_bind_text(st, 1, sha256);
	db_bind_i64(st, 2, now_ms);
	TRY(db_step(st, &row, err));
	*out = (struct store_session){0};
	enum status status = row ? fill_session(st, a, out, err) : OK;
	if (out->id && status == OK) {
		out->theme = str_copy(a, db_text(st, 12));
		out->keys = str_copy(a, db_text(st, 13));
		out->locked_out = db_i64(st, 14) == 0;
		status = out->theme.p && out->keys.p ? OK : err_full(err);
	}
	db_reset(st);
	return status;
}

enum status store_session_seen(struct db *db, int64_t id, int64_t seen_ms, int64_t expires_ms, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("UPDATE session SET seen_at = $2, expires_at = $3 WHERE id = $1 AND seen_at < $2 AND ended_at IS NULL"),
	    &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, seen_ms);
	db_bind_i64(st, 3, expires_ms);
	return db_run(st, err);
}

enum status store_session_end(struct db *db, int64_t user, int64_t id, int64_t now_ms, bool *ended, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("UPDATE session SET ended_at = $3 WHERE id = $1 AND user_id = $2 AND ended_at IS NULL AND "
			   "expires_at > $3"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, user);
	db_bind_i64(st, 3, now_ms);
	TRY(db_run(st, err));
	*ended = db_changed(st) == 1;
	return OK;
}

enum status store_session_end_all(struct db *db, int64_t user, int64_t but, int64_t now_ms, int64_t *n, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("UPDATE session SET ended_at = $3 WHERE user_id = $1 AND id <> $2 AND ended_at IS NULL AND "
			   "expires_at > $3"),
		       &st, err));
	db_bind_i64(st, 1, user);
	db_bind_i64(st, 2, but);
	db_bind_i64(st, 3, now_ms);
	TRY(db_run(st, err));
	*n = db_changed(st);
	return OK;
}

enum status store_session_end_every(struct db *db, int64_t now_ms, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE session SET ended_at = $1 WHERE ended_at IS NULL"), &st, err));
	db_bind_i64(st, 1, now_ms);
	TRY(db_run(st, err));
	TRY(db_prepare(db, SQL("UPDATE sign_in_link SET expires_at = $1 WHERE used_at IS NULL AND expires_at > $1"),
		       &st, err));
	db_bind_i64(st, 1, now_ms);
	return db_run(st, err);
}

enum status store_session_unlink(struct db *db, int64_t user, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE session SET linked = 0 WHERE user_id = $1 AND linked = 1"), &st, err));
	db_bind_i64(st, 1, user);
	return db_run(st, err);
}

enum status store_session_list(struct db *db, int64_t user, int64_t now_ms, struct arena *a, struct store_session **out,
			       size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db,
		       SQL("SELECT s.id, s.user_id, u.name, u.shown, s.created_at, s.seen_at, s.expires_at, s.csrf, "
			   "s.address, s.agent, s.linked, s.second FROM session s JOIN user_account u ON "
			   "u.id = s.user_id WHERE s.user_id = $1 AND s.expires_at > $2 AND s.ended_at IS NULL "
			   "ORDER BY s.id DESC"),
		       &st, err));
	db_bind_i64(st, 1, user);
	db_bind_i64(st, 2, now_ms);
	TRY(store_rows_read(st, a, sizeof **out, fill_session, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

enum status store_session_forget(struct db *db, int64_t before_ms, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("DELETE FROM session WHERE expires_at < $1"), &st, err));
	db_bind_i64(st, 1, before_ms);
	return db_run(st, err);
}

/* ---- links ---- */

enum status store_session_link_add(struct db *db, int64_t user, str sha256, int64_t now_ms, int64_t expires_ms,
				   str actor, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("UPDATE sign_in_link SET expires_at = $2 WHERE user_id = $1 AND used_at IS NULL AND "
			   "expires_at > $2"),
		       &st, err));
	db_bind_i64(st, 1, user);
	db_bind_i64(st, 2, now_ms);
	TRY(db_run(st, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO sign_in_link (sha256, user_id, created_at, actor, expires_at) "
			   "VALUES ($1, $2, $3, $4, $5)"),
		       &st, err));
	db_bind_text(st, 1, sha256);
	db_bind_i64(st, 2, user);
	db_bind_i64(st, 3, now_ms);
	db_bind_text(st, 4, actor);
	db_bind_i64(st, 5, expires_ms);
	return db_run(st, err);
}

enum status store_session_link_use(struct db *db, str sha256, int64_t now_ms, int64_t *user, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db,
		       SQL("SELECT user_id FROM sign_in_link WHERE sha256 = $1 AND used_at IS NULL AND "
			   "expires_at > $2 LIMIT 1"),
		       &st, err));
	db_bind_text(st, 1, sha256);
	db_bind_i64(st, 2, now_ms);
	TRY(db_step(st, &row, err));
	*user = row ? db_i64(st, 0) : 0;
	db_reset(st);
	TRY(db_prepare(db, SQL("UPDATE sign_in_link SET used_at = $2 WHERE sha256 = $1 AND used_at IS NULL"), &st,
		       err));
	db_bind_text(st, 1, sha256);
	db_bind_i64(st, 2, now_ms);
	return *user ? db_run(st, err) : OK;
}

/* ---- failures ---- */

enum status store_session_failures(struct db *db, str sha256, struct store_failures *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT failures, last_at, free_at FROM sign_in_failure WHERE sha256 = $1 LIMIT 1"), &st,
		       err));
	db_bind_text(st, 1, sha256);
	TRY(db_step(st, &row, err));
	*out = (struct store_failures){0};
	if (row)
		*out = (struct store_failures){db_i64(st, 0), db_i64(st, 1), db_i64(st, 2)};
	db_reset(st);
	return OK;
}

enum status store_session_failures_set(struct db *db, str sha256, const struct store_failures *f, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("INSERT INTO sign_in_failure (sha256, failures, last_at, free_at) VALUES ($1, $2, $3, $4) "
			   "ON CONFLICT (sha256) DO UPDATE SET failures = excluded.failures, "
			   "last_at = excluded.last_at, free_at = excluded.free_at"),
		       &st, err));
	db_bind_text(st, 1, sha256);
	db_bind_i64(st, 2, f->n);
	db_bind_i64(st, 3, f->last_ms);
	db_bind_i64(st, 4, f->free_ms);
	return db_run(st, err);
}

enum status store_session_failures_forget(struct db *db, int64_t before_ms, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("DELETE FROM sign_in_failure WHERE last_at < $1"), &st, err));
	db_bind_i64(st, 1, before_ms);
	return db_run(st, err);
}

enum status store_session_second(struct db *db, int64_t id, enum store_session_second second, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE session SET second = $2 WHERE id = $1"), &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, second);
	return db_run(st, err);
}
