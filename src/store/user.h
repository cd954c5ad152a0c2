/**
 * Users, their passwords, grants and preferences.
 */
#ifndef STORE_USER_H
#define STORE_USER_H

#include "base/arena.h"
#include "base/err.h"
#include "core/access.h"

struct db;

struct store_user {
	int64_t id;
	str name, shown, actor, disabled_by;
	int64_t created_ms, disabled_ms; /* TIME_FOREVER: not disabled */
	int64_t password_ms;             /* since when it has its password; -1: it has none */
	int64_t seen_ms;                 /* the last use of a session that is still kept; -1: none */
	bool second;                     /* it has a second factor */
};

/* id is given by the store. E_CONFLICT: there is a user of this name, capitals or not. */
MUST_USE enum status store_user_add(struct db *db, const struct store_user *user, int64_t *id, struct err *err);
/* Capitals do not matter; id 0 when there is none. */
MUST_USE enum status store_user_find(struct db *db, str name, struct arena *a, struct store_user *out, struct err *err);
/* In the order of their names. */
MUST_USE enum status store_user_list(struct db *db, struct arena *a, struct store_user **out, size_t *n,
				     struct err *err);
/* Renames nothing: the name it signs in with stays. */
MUST_USE enum status store_user_shown(struct db *db, int64_t id, str shown, struct err *err);
MUST_USE enum status store_user_count(struct db *db, int64_t *out, struct err *err);
/* at_ms TIME_FOREVER: enabled again. */
MUST_USE enum status store_user_disable(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err);

/* The hash of the password; p NULL: there is none. */
MUST_USE enum status store_user_password(struct db *db, int64_t user, struct arena *a, str *hash, struct err *err);
/* The new one holds; of the old ones it stays known when they were set, not their hash. */
MUST_USE enum status store_user_password_set(struct db *db, int64_t user, str hash, int64_t at_ms, str actor,
					     struct err *err);

struct store_grant {
	int64_t id, user_id;
	str user, unit, actor, ended_by; /* unit empty: the root */
	enum access_role role;
	int64_t recorded_ms, ended_ms; /* TIME_FOREVER: it holds */
};
/* id, user and what says about its end are not looked at. */
MUST_USE enum status store_user_grant(struct db *db, const struct store_grant *grant, struct err *err);
MUST_USE enum status store_user_grant_end(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err);
/* Those that hold, of one user or of all (0), by user and id; ended: also those that no longer hold. */
MUST_USE enum status store_user_grants(struct db *db, int64_t user, bool ended, struct arena *a,
				       struct store_grant **out, size_t *n, struct err *err);
/* How many users that are not disabled are administrators. */
MUST_USE enum status store_user_admins(struct db *db, int64_t *out, struct err *err);

struct store_preference {
	str name, value;
};
MUST_USE enum status store_user_prefer(struct db *db, int64_t user, str name, str value, struct err *err);
/* By name. */
MUST_USE enum status store_user_preferences(struct db *db, int64_t user, struct arena *a, struct store_preference **out,
					    size_t *n, struct err *err);

#endif
