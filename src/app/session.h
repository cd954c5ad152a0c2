/**
 * Signing in and out. A session is known by the value of its cookie, of which the store keeps the SHA-256. It ends
 * after LIMIT_SESSION_HOURS, or LIMIT_SESSION_IDLE_MINUTES unused; each step up (password, second factor) gives a new
 * value.
 */
#ifndef APP_SESSION_H
#define APP_SESSION_H

#include "app/app.h"
#include "core/view_people.h"

struct app_sign_in {
	str name, password; /* or: */
	str link;           /* the token of a one-time sign-in link */
	str address, agent; /* who asks, as text, for the record */
};
/**
 * By name and password. E_DENIED in the same words and time for a name that nobody has, a wrong password and a user
 * that is disabled; and while too many attempts have failed for the name or from the network (the hint says how long).
 * out->waits: the user has a second factor; the session is good for app_session_second alone.
 */
MUST_USE enum status app_session_sign_in(struct app *app, const struct app_sign_in *in, struct view_opened *out,
					 struct err *err);
/* By a one-time link; a second factor is asked for all the same. E_DENIED: it was used, or is too old. */
MUST_USE enum status app_session_link(struct app *app, const struct app_sign_in *in, struct view_opened *out,
				      struct err *err);
/* The second factor of a session that waits for it: a code of the authenticator, or a recovery code. E_DENIED: wrong,
   used already, or too many have failed. Gives a new session; the old one is over. */
MUST_USE enum status app_session_second(struct app *app, str cookie, str code, struct view_opened *out,
					struct err *err);

/* Who asks, on every request; writes nothing. E_DENIED: there is no such session, or it is over. When out->slides call
   app_session_slide, on a store that is open for writing. */
MUST_USE enum status app_session_find(struct app *app, str cookie, struct view_caller *out, struct err *err);
/* The same inside the caller's transaction. */
MUST_USE enum status app_session_find_within(struct app *app, str cookie, struct view_caller *out, struct err *err);
/* Notes that the session is used, so that it goes on; at most once in LIMIT_SESSION_NOTE_SECONDS. */
MUST_USE enum status app_session_slide(struct app *app, str cookie, struct err *err);
/* The same session under a new value; the old one is over. */
MUST_USE enum status app_session_rotate(struct app *app, str cookie, struct view_opened *out, struct err *err);
/* Signs out. Nothing happens when it is over already. */
MUST_USE enum status app_session_end(struct app *app, str cookie, struct err *err);

/* Those that go on, of oneself (user empty) or, for administrators, of anybody; cookie: the one that asks, or empty. */
MUST_USE enum status app_session_list(struct app *app, str user, str cookie, const struct view_session **out, size_t *n,
				      struct err *err);
/* Ends one by its number. E_NOT_FOUND: the user has no such session. */
MUST_USE enum status app_session_revoke(struct app *app, str user, int64_t id, struct err *err);
/* Ends all but the one that asks (cookie; empty: all). *n: how many. */
MUST_USE enum status app_session_revoke_all(struct app *app, str user, str cookie, int64_t *n, struct err *err);

#endif
