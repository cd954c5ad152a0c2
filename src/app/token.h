/**
 * Tokens of the API. A token speaks for a user with at most one role at one unit and below, or writes one feed and
 * nothing else; never for more than the user may at that very moment. Its value is shown once; the store keeps the
 * SHA-256.
 */
#ifndef APP_TOKEN_H
#define APP_TOKEN_H

#include "app/app.h"
#include "app/proof.h"
#include "core/view_people.h"

struct app_token {
	str name;              /* what it is for */
	str user;              /* whose it is; empty: oneself. Of somebody else: the command line alone */
	enum access_role role; /* or: */
	str feed;              /* of a feeder */
	str unit;              /* empty: the root; of a feeder: the unit its feed speaks about, else the feed's own */
	struct app_time expires;
	struct app_proof proof; /* of who asks; the command line needs none */
};
/* In person. E_DENIED: the proof is wrong, or the user may not do as much; for a feeder it has to be a lead at the
 * unit. */
MUST_USE enum status app_token_create(struct app *app, const struct app_token *token, struct view_token *out,
				      struct err *err);
/* Who asks; writes nothing. E_DENIED: no such token, revoked, too old, its user disabled, or no longer allowed
   anything. When out->slides call app_token_slide, on a store that is open for writing. */
MUST_USE enum status app_token_find(struct app *app, str value, struct view_caller *out, struct err *err);
/* The same inside the caller's transaction. */
MUST_USE enum status app_token_find_within(struct app *app, str value, struct view_caller *out, struct err *err);
/* Notes that the token is used. */
MUST_USE enum status app_token_slide(struct app *app, str value, struct err *err);
/* Of oneself (user empty); of another, and of everybody (all), for administrators. past: also those that do not hold
   any more. */
MUST_USE enum status app_token_list(struct app *app, str user, bool all, bool past, const struct view_token **out,
				    size_t *n, struct err *err);
/* One's own in person, or for administrators anybody's. E_NOT_FOUND. */
MUST_USE enum status app_token_revoke(struct app *app, int64_t id, struct view_token *out, struct err *err);

#endif
