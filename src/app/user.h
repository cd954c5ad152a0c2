/**
 * Users: the first one, those after it, what they may do, and how they get in. All but what concerns oneself is for
 * administrators. Every change is written into the audit trail.
 */
#ifndef APP_USER_H
#define APP_USER_H

#include "app/app.h"
#include "app/proof.h"
#include "core/view_people.h"

/* Is there no user at all? Then, and only then, the first administrator may be set up. */
MUST_USE enum status app_user_none(struct app *app, bool *out, struct err *err);

struct app_user_setup {
	str name, shown, password; /* shown empty: the name */
	str address, agent;        /* of the session that is opened */
	str code, wanted;          /* what was typed, and what it has to be; wanted empty: no code is asked for */
};
/* A code that shows whoever sets up the first administrator to be who started the server: where others reach it, too.
 */
MUST_USE enum status app_user_setup_code(struct app *app, str *out, struct err *err);
/* The first administrator, with a session. E_CONFLICT: there is a user already; E_DENIED: the code is wrong, or too
   many were, from this network (base/address.h). */
MUST_USE enum status app_user_setup(struct app *app, const struct app_user_setup *setup, struct view_opened *out,
				    struct err *err);

struct app_user {
	str name, shown;       /* shown empty: the name */
	enum access_role role; /* a first grant; ACCESS_NONE: none */
	str unit;              /* empty: the root */
};
/* E_CONFLICT: there is a user of this name, capitals or not. */
MUST_USE enum status app_user_add(struct app *app, const struct app_user *user, struct view_user *out, struct err *err);
/* The name that is shown for one that stands beside a fact that is seen already; the name itself where no user has it.
 */
MUST_USE enum status app_user_called(struct app *app, str name, str *out, struct err *err);
MUST_USE enum status app_user_list(struct app *app, const struct view_user **out, size_t *n, struct err *err);
/* Oneself (name empty) or, for administrators, anybody; with the grants that ended. */
MUST_USE enum status app_user_show(struct app *app, str name, struct view_user *out, struct err *err);
/* Ends the sessions; tokens and links are good for nothing until it is enabled again. E_CONFLICT: the last
   administrator. */
MUST_USE enum status app_user_disable(struct app *app, str name, struct view_user *out, struct err *err);
MUST_USE enum status app_user_enable(struct app *app, str name, struct view_user *out, struct err *err);
/* unit empty: the root; an administrator is one there alone (E_INVALID elsewhere). */
MUST_USE enum status app_user_grant(struct app *app, str name, enum access_role role, str unit, struct view_grant *out,
				    struct err *err);
/* E_NOT_FOUND: it has no such grant; E_CONFLICT: the last administrator. */
MUST_USE enum status app_user_revoke(struct app *app, str name, enum access_role role, str unit, struct view_grant *out,
				     struct err *err);

/* A one-time sign-in link; those it had before are good no more. without_second: its second factor is removed, for who
   has lost it. proof: of the administrator who asks; E_DENIED without. The command line needs none (NULL). */
MUST_USE enum status app_user_link(struct app *app, str name, bool without_second, const struct app_proof *proof,
				   struct view_sign_in_link *out, struct err *err);

struct app_user_password {
	str user;     /* empty: oneself */
	str password; /* the new one */
	str current;  /* the one that holds now; the command line needs none */
	str cookie; /* the session that asks: it goes on, all others end; one that a link opened needs no current one */
};
/* Oneself only, in person; the command line for anybody. */
MUST_USE enum status app_user_password(struct app *app, const struct app_user_password *password, struct err *err);

/* The name that others see; in person. */
MUST_USE enum status app_user_shown(struct app *app, str shown, struct err *err);
/* One's own. name: at most LIMIT_SETTING_NAME_BYTES of a-z 0-9 . _ - */
MUST_USE enum status app_user_prefer(struct app *app, str name, str value, struct err *err);
MUST_USE enum status app_user_preferences(struct app *app, const struct view_preference **out, size_t *n,
					  struct err *err);

#endif
