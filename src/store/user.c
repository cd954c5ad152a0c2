#include "store/user.h"

#include "base/limits.h"
#include "base/time.h"
#include "db/db.h"
#include "store/rows.h"
#include "store/store.h"

/* The name with small letters (ASCII); empty when no user can have it. */
static str folded(str name, char room[LIMIT_USER_NAME_BYTES])
{
	if (name.n > LIMIT_USER_NAME_BYTES)
		return (str){0};
	for (size_t i = 0; i < name.n; i++)
		room[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] - 'A' + 'a') : name.p[i];
	return (str){room, name.n};
}

enum status store_user_add(struct db *db, const struct store_user *user, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	char room[LIMIT_USER_NAME_BYTES];
	TRY(store_next_id(db, S("user_account"), id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO user_account (id, name, folded, shown, created_at, actor) "
			   "VALUES ($1, $2, $3, $4, $5, $6)"),
		       &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_text(st, 2, user->name);
	db_bind_text(st, 3, folded(user->name, room));
	db_bind_text(st, 4, user->shown);
	db_bind_i64(st, 5, user->created_ms);
	db_bind_text(st, 6, user->actor);
	return db_run(st, err);
}

static enum status fill_user(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_user *out = to;
	*out = (struct store_user){
	    .id = db_i64(st, 0),
	    .name = str_copy(a, db_text(st, 1)),
	    .shown = str_copy(a, db_text(st, 2)),
	    .created_ms = db_i64(st, 3),
	    .actor = str_copy(a, db_text(st, 4)),
	    .disabled_ms = db_is_null(st, 5) ? TIME_FOREVER : db_i64(st, 5),
	    .password_ms = db_is_null(st, 7) ? -1 : db_i64(st, 7),
	    .second = db_i64(st, 8) > 0,
	    .seen_ms = db_is_null(st, 9) ? -1 : db_i64(st, 9),
	};
	if (out->disabled_ms != TIME_FOREVER)
		out->disabled_by = str_copy(a, db_text(st, 6));
	bool whole =
	    out->name.p && out->shown.p && out->actor.p && (out->disabled_ms == TIME_FOREVER || out->disabled_by.p);
	return whole ? OK : err_full(err);
}

enum status store_user_find(struct db *db, str name, struct arena *a, struct store_user *out, struct err *err)
{
	struct db_stmt *st;
	char room[LIMIT_USER_NAME_BYTES];
	bool row;
	TRY(db_prepare(db,
		       SQL("SELECT u.id, u.name, u.shown, u.created_at, u.actor, u.disabled_at, u.disabled_by, "
			   "(SELECT max(p.since) FROM user_password p WHERE p.user_id = u.id), "
			   "(SELECT count(*) FROM user_second s WHERE s.user_id = u.id AND s.confirmed_at IS NOT NULL "
			   "AND s.removed_at IS NULL), (SELECT max(e.seen_at) FROM session e WHERE e.user_id = u.id) "
			   "FROM user_account u WHERE u.folded = $1 LIMIT 1"),
		       &st, err));
	db_bind_text(st, 1, folded(name, room));
	TRY(db_step(st, &row, err));
	*out = (struct store_user){0};
	enum status status = row ? fill_user(st, a, out, err) : OK;
	db_reset(st);
	return status;
}

enum status store_user_list(struct db *db, struct arena *a, struct store_user **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db,
		       SQL("SELECT u.id, u.name, u.shown, u.created_at, u.actor, u.disabled_at, u.disabled_by, "
			   "(SELECT max(p.since) FROM user_password p WHERE p.user_id = u.id), "
			   "(SELECT count(*) FROM user_second s WHERE s.user_id = u.id AND s.confirmed_at IS NOT NULL "
			   "AND s.removed_at IS NULL), (SELECT max(e.seen_at) FROM session e WHERE e.user_id = u.id) "
			   "FROM user_account u ORDER BY u.folded"),
		       &st, err));
	TRY(store_rows_read(st, a, sizeof **out, fill_user, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

static enum status read_number(struct db_stmt *st, int64_t *out, struct err *err)
{
	bool row;
	TRY(db_step(st, &row, err));
	*out = row ? db_i64(st, 0) : 0;
	db_reset(st);
	return OK;
}

enum status store_user_count(struct db *db, int64_t *out, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("SELECT count(*) FROM user_account"), &st, err));
	return read_number(st, out, err);
}

enum status store_user_disable(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE user_account SET disabled_at = $2, disabled_by = $3 WHERE id = $1"), &st, err));
	db_bind_i64(st, 1, id);
	if (at_ms == TIME_FOREVER) {
		db_bind_null(st, 2);
		db_bind_text_or_null(st, 3, (str){0});
	} else {
		db_bind_i64(st, 2, at_ms);
		db_bind_text(st, 3, actor);
	}
	return db_run(st, err);
}

/* ---- passwords ---- */

enum status store_user_password(struct db *db, int64_t user, struct arena *a, str *hash, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT hash FROM user_password WHERE user_id = $1 ORDER BY id DESC LIMIT 1"), &st,
		       err));
	db_bind_i64(st, 1, user);
	TRY(db_step(st, &row, err));
	*hash = row ? str_copy(a, db_text(st, 0)) : (str){0};
	db_reset(st);
	return row && !hash->p ? err_full(err) : OK;
}

enum status store_user_password_set(struct db *db, int64_t user, str hash, int64_t at_ms, str actor, struct err *err)
{
	struct db_stmt *st;
	int64_t id;
	TRY(db_prepare(db, SQL("UPDATE user_password SET hash = '' WHERE user_id = $1 AND hash <> ''"), &st, err));
	db_bind_i64(st, 1, user);
	TRY(db_run(st, err));
	TRY(store_next_id(db, S("user_password"), &id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO user_password (id, user_id, hash, since, actor) VALUES ($1, $2, $3, $4, $5)"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, user);
	db_bind_text(st, 3, hash);
	db_bind_i64(st, 4, at_ms);
	db_bind_text(st, 5, actor);
	return db_run(st, err);
}

/* ---- grants ---- */

enum status store_user_grant(struct db *db, const struct store_grant *grant, struct err *err)
{
	struct db_stmt *st;
	int64_t id;
	TRY(store_next_id(db, S("user_grant"), &id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO user_grant (id, user_id, role, unit_id, recorded_at, actor) "
			   "VALUES ($1, $2, $3, $4, $5, $6)"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, grant->user_id);
	db_bind_text(st, 3, access_role_name(grant->role));
	db_bind_text(st, 4, grant->unit);
	db_bind_i64(st, 5, grant->recorded_ms);
	db_bind_text(st, 6, grant->actor);
	return db_run(st, err);
}

enum status store_user_grant_end(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE user_grant SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, at_ms);
	db_bind_text(st, 3, actor);
	return db_run(st, err);
}

static enum status fill_grant(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_grant *out = to;
	*out = (struct store_grant){
	    .id = db_i64(st, 0),
	    .user_id = db_i64(st, 1),
	    .user = str_copy(a, db_text(st, 2)),
	    .role = access_role_find(db_text(st, 3)),
	    .unit = str_copy(a, db_text(st, 4)),
	    .recorded_ms = db_i64(st, 5),
	    .actor = str_copy(a, db_text(st, 6)),
	    .ended_ms = db_is_null(st, 7) ? TIME_FOREVER : db_i64(st, 7),
	};
	if (out->ended_ms != TIME_FOREVER)
		out->ended_by = str_copy(a, db_text(st, 8));
	bool whole = out->user.p && out->unit.p && out->actor.p && (out->ended_ms == TIME_FOREVER || out->ended_by.p);
	return whole ? OK : err_full(err);
}

static enum status prepare_grants(struct db *db, int64_t user, bool ended, struct db_stmt **out, struct err *err)
{
	TRY(db_prepare(db,
		       user ? SQL("SELECT g.id, g.user_id, u.name, g.role, g.unit_id, g.recorded_at, g.actor, "
				  "g.ended_at, g.ended_by FROM user_grant g JOIN user_account u ON u.id = g.user_id "
				  "WHERE g.user_id = $2 AND ($1 = 1 OR g.ended_at IS NULL) ORDER BY g.id")
			    : SQL("SELECT g.id, g.user_id, u.name, g.role, g.unit_id, g.recorded_at, g.actor, "
				  "g.ended_at, g.ended_by FROM user_grant g JOIN user_account u ON u.id = g.user_id "
				  "WHERE $1 = 1 OR g.ended_at IS NULL ORDER BY g.user_id, g.id"),
		       out, err));
	db_bind_i64(*out, 1, ended);
	if (user)
		db_bind_i64(*out, 2, user);
	return OK;
}

enum status store_user_grants(struct db *db, int64_t user, bool ended, struct arena *a, struct store_grant **out,
			      size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(prepare_grants(db, user, ended, &st, err));
	TRY(store_rows_read(st, a, sizeof **out, fill_grant, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

enum status store_user_shown(struct db *db, int64_t id, str shown, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE user_account SET shown = $2 WHERE id = $1"), &st, err));
	db_bind_i64(st, 1, id);
	db_bind_text(st, 2, shown);
	return db_run(st, err);
}

enum status store_user_admins(struct db *db, int64_t *out, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("SELECT count(DISTINCT g.user_id) FROM user_grant g JOIN user_account u ON u.id = g.user_id "
			   "WHERE g.role = 'admin' AND g.ended_at IS NULL AND u.disabled_at IS NULL"),
		       &st, err));
	return read_number(st, out, err);
}

/* ---- preferences ---- */

enum status store_user_prefer(struct db *db, int64_t user, str name, str value, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("INSERT INTO preference (user_id, name, value) VALUES ($1, $2, $3) "
			   "ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value"),
		       &st, err));
	db_bind_i64(st, 1, user);
	db_bind_text(st, 2, name);
	db_bind_text(st, 3, value);
	return db_run(st, err);
}

static enum status fill_preference(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_preference *out = to;
	*out = (struct store_preference){str_copy(a, db_text(st, 0)), str_copy(a, db_text(st, 1))};
	return out->name.p && out->value.p ? OK : err_full(err);
}

enum status store_user_preferences(struct db *db, int64_t user, struct arena *a, struct store_preference **out,
				   size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db, SQL("SELECT name, value FROM preference WHERE user_id = $1 ORDER BY name"), &st, err));
	db_bind_i64(st, 1, user);
	TRY(store_rows_read(st, a, sizeof **out, fill_preference, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}
