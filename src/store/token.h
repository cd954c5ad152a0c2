/**
 * Tokens of the API. A token is known by its SHA-256 alone.
 */
#ifndef STORE_TOKEN_H
#define STORE_TOKEN_H

#include "base/arena.h"
#include "base/err.h"
#include "core/access.h"

struct db;

struct store_token {
	int64_t id, user_id;
	str sha256; /* when it is added; not read back */
	str prefix, name, user, shown, actor, revoked_by;
	str unit;              /* empty: the root */
	enum access_role role; /* ACCESS_NONE: a feeder */
	str feed;              /* of a feeder; else p NULL */
	int64_t created_ms, expires_ms;
	int64_t revoked_ms; /* TIME_FOREVER: it is not */
	int64_t used_ms;    /* -1: never */
};

/* id, user, shown and what comes after its expiry are not looked at. */
MUST_USE enum status store_token_add(struct db *db, const struct store_token *token, int64_t *id, struct err *err);
/* One that holds, of a user that is not disabled; id 0 when there is none. */
MUST_USE enum status store_token_find(struct db *db, str sha256, int64_t now_ms, struct arena *a,
				      struct store_token *out, struct err *err);
/* By its number; id 0 when there is none. */
MUST_USE enum status store_token_load(struct db *db, int64_t id, struct arena *a, struct store_token *out,
				      struct err *err);
/* Of one user or of all (0), the newest first; past: also those that were revoked or are too old. */
MUST_USE enum status store_token_list(struct db *db, int64_t user, bool past, int64_t now_ms, struct arena *a,
				      struct store_token **out, size_t *n, struct err *err);
MUST_USE enum status store_token_revoke(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err);
MUST_USE enum status store_token_used(struct db *db, int64_t id, int64_t at_ms, struct err *err);

#endif
