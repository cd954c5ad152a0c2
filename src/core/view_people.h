/**
 * What is shown about people: who they are, what they may do, how they come in, and what was done. Times are
 * milliseconds; TIME_FOREVER is "not" where something ends, -1 is "never" where something was.
 */
#ifndef CORE_VIEW_PEOPLE_H
#define CORE_VIEW_PEOPLE_H

#include "core/access.h"

/* Who asks, by a session or a token. */
struct view_caller {
	str name, shown;
	struct access access; /* for app->who; nothing at all while `waits` */
	bool waits;           /* the second factor is still to come: app_session_second, and nothing else */
	bool second;          /* it was given */
	bool slides;          /* its use is to be noted: app_session_slide, app_token_slide */
	bool linked;          /* by a one-time link: the password may be set without the old one */
	bool locked_out;      /* once the session is over: there is no password yet */
	bool owes;            /* has to set up a second factor, and may nothing else before */
	int64_t id;           /* of the session or token */
	int64_t expires_ms;
	int64_t ends_ms; /* of a session: when it is over however much it is used */
	str csrf;        /* of a session; what a form has to bring back */
	str theme, keys; /* of a session: what its user prefers ("light", "dark"; "off"); empty: nothing */
	str unit;        /* of a feeder: the unit its feed speaks about; empty: the root */
};

/* A session that was opened. The value of the cookie is shown this once. */
struct view_opened {
	str user, cookie, csrf;
	bool waits;      /* for the second factor */
	bool locked_out; /* by a link, and there is no password yet */
	int64_t expires_ms;
};

struct view_grant {
	enum access_role role;
	str unit; /* the root's own id, where there is a tree; else empty */
	str author, ended_by;
	int64_t recorded_ms, ended_ms;
	bool unchanged; /* it was there, or was not */
};

struct view_user {
	str name, shown, author, disabled_by;
	int64_t created_ms, disabled_ms, password_ms, seen_ms;
	bool second, unchanged;
	size_t n_grants;
	const struct view_grant *grants; /* that hold; of one user: also those that ended */
	int64_t assigned;                /* how many assignments it has */
};

struct view_sign_in_link {
	str user, path; /* /sign-in/TOKEN, good once */
	int64_t expires_ms;
	bool second_removed;
};

struct view_second {
	str secret, uri; /* while it is enrolled: to type, and as a QR code */
	const str *codes;
	size_t n_codes; /* once it is confirmed: to write down; shown this once */
};

struct view_session {
	int64_t id, created_ms, seen_ms, expires_ms;
	str address, agent;
	bool linked, second, waits;
	bool own; /* the one that asks */
};

struct view_token {
	int64_t id, created_ms, expires_ms, revoked_ms, used_ms;
	str name, prefix, user, author, revoked_by;
	enum access_role role; /* ACCESS_NONE: a feeder */
	str unit, feed;        /* unit as in view_grant; feed p NULL: no feeder */
	str value;             /* of one that was just made, this once; else p NULL */
};

struct view_assignment {
	int64_t id, due_ms, recorded_ms, ended_ms;
	str objective, unit, user, shown, author, ended_by;
	bool overdue, unchanged;
};

struct view_assignment_counts {
	int64_t open, overdue, soon; /* soon: due within seven days, and not overdue */
};

struct view_audit {
	int64_t id, at_ms;
	str actor, act, object, detail, sha256;
};

struct view_audit_list {
	const struct view_audit *rows; /* newest first */
	size_t n;
	int64_t next; /* the number to go on below; 0: that was all */
};

struct view_audit_check {
	int64_t rows;       /* that are as they were written, from the first on */
	int64_t broken;     /* the number of the first that is not; 0: all are */
	str head;           /* the sum of the last good one, to be written down elsewhere; empty without rows */
	bool expected, met; /* a sum was expected; it is one of the trail's */
};

struct view_preference {
	str name, value;
};

struct view_setting {
	str name, value, author;
	int64_t recorded_ms;
};

#endif
