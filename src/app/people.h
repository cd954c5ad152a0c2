/**
 * What the files of app/ about people share; inside the caller's transaction where nothing else is said.
 */
#ifndef APP_PEOPLE_H
#define APP_PEOPLE_H

#include "app/access.h"
#include "app/audit.h"
#include "app/proof.h"
#include "base/hash.h"
#include "base/secret.h"
#include "core/view_people.h"
#include "store/session.h"
#include "store/user.h"

enum { APP_SECOND_MS = 1000, APP_MINUTE_MS = 60 * APP_SECOND_MS, APP_HOUR_MS = 60 * APP_MINUTE_MS };

/* The tree of now; an empty one while no units are known. */
MUST_USE enum status app_people_tree(struct app *app, struct unit_tree *out, struct err *err);
/* The unit as it is kept: empty for the root, which `id` may name or leave out. E_NOT_FOUND. */
MUST_USE enum status app_people_unit(const struct app *app, const struct unit_tree *tree, str id, str *out,
				     struct err *err);
/* The other way: the root's id for an empty one. */
str app_people_unit_shown(const struct unit_tree *tree, str unit);
/* E_DENIED unless it is an administrator who asks. */
MUST_USE enum status app_people_admin(struct app *app, struct err *err);
/* Is it this very user who asks, in person or by a token? Never the command line, never a feeder. */
bool app_people_is_self(const struct app *app, str user);
/* The same, in person alone. */
bool app_people_is_there(const struct app *app, str user);
/* E_DENIED when a token asks for what only a person may: to make or change a secret. */
MUST_USE enum status app_people_person(const struct app *app, struct err *err);
/* E_NOT_FOUND: there is no user of this name. */
MUST_USE enum status app_people_find(struct app *app, str name, struct store_user *out, struct err *err);
/* The name that is shown for one that stands beside a fact; the name itself where no user has it. */
MUST_USE enum status app_people_shown(struct app *app, str name, str *out, struct err *err);
/* The one who is meant: the name, else who asks. E_DENIED unless that is who asks in person, or an administrator asks.
 */
MUST_USE enum status app_people_meant(struct app *app, str name, struct store_user *out, struct err *err);
/* Everything a user may do. */
MUST_USE enum status app_people_access(struct app *app, int64_t user, str name, struct access *out, struct err *err);
/* Does the setting ask somebody who may do this for a second factor? Inside the caller's transaction. */
MUST_USE enum status app_people_asked(struct app *app, const struct access *access, bool *out, struct err *err);
/* Ends all sessions of a user but the one of the cookie (empty, or of another user: none is left out). *left: its id,
   or 0. Inside the caller's transaction. */
MUST_USE enum status app_people_end_others(struct app *app, int64_t user, str cookie, int64_t *left, struct err *err);
/* The second factor of a user has changed: all sessions end but the one of the cookie (empty: none is left out), behind
   which a code stands from now on, or none. Inside the caller's transaction. */
MUST_USE enum status app_people_second_changed(struct app *app, int64_t user, str cookie, bool given, struct err *err);
/* printf into the arena; empty when it is full. */
str app_people_text(struct arena *a, const char *format, ...) PRINTF(2, 3);

/* Eighty random bits to be typed by a person, as ABCD-EFGH-2345-6789; and the SHA-256 of what was typed, which does not
   look at hyphens, spaces and the size of letters. */
MUST_USE enum status app_people_code(struct app *app, str *out, struct err *err);
str app_people_code_sum(str code, char out[HASH_TEXT]);

/* Opens a session, with an id that nobody has had; the oldest end when there are too many. */
struct app_people_opening {
	int64_t user_id, created_ms; /* created_ms: when the person signed in */
	str user, address, agent;
	bool linked;
	enum store_session_second second;
};
MUST_USE enum status app_people_open(struct app *app, const struct app_people_opening *opening, struct view_opened *out,
				     struct err *err);

/* E_DENIED while failures under this key ask for a wait; else one more attempt is counted as failed, before it is known
   how it ends: who tries many at once gains nothing. */
MUST_USE enum status app_people_attempt(struct app *app, str kind, str key, int64_t free, struct err *err);
/* It did not fail: the count starts again, or (`one`) goes back by that one. */
MUST_USE enum status app_people_succeed(struct app *app, str kind, str key, bool one, struct err *err);

/* In no transaction: proves that it is the person who asks, before something that opens the door is made or changed.
   E_DENIED when neither is right. */
MUST_USE enum status app_people_prove(struct app *app, const struct store_user *user, const struct app_proof *proof,
				      struct err *err);
/* The same of whoever asks; nothing is asked of the command line. */
MUST_USE enum status app_people_prove_self(struct app *app, const struct app_proof *proof, struct err *err);

#endif
