/**
 * Sessions, one-time sign-in links, and the sign-ins that failed. A secret is known by its SHA-256 alone.
 */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct db;

enum store_session_second { STORE_SECOND_NONE, STORE_SECOND_WAITS, STORE_SECOND_GIVEN };

struct store_session {
	int64_t id, user_id;
	str sha256; /* when it is added; not read back */
	str user, shown, csrf, address, agent;
	str theme, keys; /* preferences of the user; empty: none. Filled by store_session_find alone */
	int64_t created_ms, seen_ms, expires_ms;
	bool linked;
	bool locked_out; /* once it is over: its user has no password. Filled by store_session_find alone */
	enum store_session_second second;
};

/* id, user and shown are not looked at. */
MUST_USE enum status store_session_add(struct db *db, const struct store_session *session, int64_t *id,
				       struct err *err);
/* One that goes on, of a user that is not disabled; id 0 when there is none. */
MUST_USE enum status store_session_find(struct db *db, str sha256, int64_t now_ms, struct arena *a,
					struct store_session *out, struct err *err);
MUST_USE enum status store_session_seen(struct db *db, int64_t id, int64_t seen_ms, int64_t expires_ms,
					struct err *err);
/* *ended: false when it is not the user's or is over. */
MUST_USE enum status store_session_end(struct db *db, int64_t user, int64_t id, int64_t now_ms, bool *ended,
				       struct err *err);
/* All of a user but one (0: none is left out); *n: how many went on until now. */
MUST_USE enum status store_session_end_all(struct db *db, int64_t user, int64_t but, int64_t now_ms, int64_t *n,
					   struct err *err);
/* Whether a code stands behind it. */
MUST_USE enum status store_session_second(struct db *db, int64_t id, enum store_session_second second, struct err *err);
/* Ends every session and every one-time link, of whomever. */
MUST_USE enum status store_session_end_every(struct db *db, int64_t now_ms, struct err *err);
/* The sessions of a user no longer count as opened by a link: it has a password. */
MUST_USE enum status store_session_unlink(struct db *db, int64_t user, struct err *err);
/* Those that go on, the newest first. */
MUST_USE enum status store_session_list(struct db *db, int64_t user, int64_t now_ms, struct arena *a,
					struct store_session **out, size_t *n, struct err *err);
/* Those that expired before an instant are gone. */
MUST_USE enum status store_session_forget(struct db *db, int64_t before_ms, struct err *err);

/* A link for a user; those it had before are good no more. */
MUST_USE enum status store_session_link_add(struct db *db, int64_t user, str sha256, int64_t now_ms, int64_t expires_ms,
					    str actor, struct err *err);
/* Uses a link: *user 0 when it is none, was used, or is too old. */
MUST_USE enum status store_session_link_use(struct db *db, str sha256, int64_t now_ms, int64_t *user, struct err *err);

struct store_failures {
	int64_t n, last_ms, free_ms;
};
/* Zeros when nothing failed. */
MUST_USE enum status store_session_failures(struct db *db, str sha256, struct store_failures *out, struct err *err);
MUST_USE enum status store_session_failures_set(struct db *db, str sha256, const struct store_failures *f,
						struct err *err);
/* Those whose last was before an instant are forgotten. */
MUST_USE enum status store_session_failures_forget(struct db *db, int64_t before_ms, struct err *err);

#endif
