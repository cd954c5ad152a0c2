/**
 * One's second factor: an authenticator app (TOTP), with recovery codes. To enrol and to remove it the password is
 * asked for again, or a session that a one-time link opened.
 */
#ifndef APP_SECOND_H
#define APP_SECOND_H

#include "app/app.h"
#include "app/proof.h"
#include "core/view_people.h"

/* A new secret; it does not hold before app_second_confirm. E_CONFLICT: there is a second factor already. */
MUST_USE enum status app_second_enrol(struct app *app, const struct app_proof *proof, struct view_second *out,
				      struct err *err);
/* The first code of the authenticator: from now on it is asked for. Gives the recovery codes, and ends all sessions but
   the one of the cookie. E_DENIED: wrong. */
MUST_USE enum status app_second_confirm(struct app *app, str code, str cookie, struct view_second *out,
					struct err *err);
/* One's own, and all sessions but the one of the proof's cookie end; app_user_link removes that of somebody else.
 * *removed = false: there was none. */
MUST_USE enum status app_second_remove(struct app *app, const struct app_proof *proof, bool *removed, struct err *err);

#endif
