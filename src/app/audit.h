/**
 * The audit trail: what was done, by whom, to what. Never a secret.
 */
#ifndef APP_AUDIT_H
#define APP_AUDIT_H

#include "app/app.h"
#include "core/view_people.h"

/* Adds a row for the files of app/, inside the transaction of what it is about. act: "user.add"; object: the thing. */
MUST_USE enum status app_audit(struct app *app, str act, str object, str detail, struct err *err);

struct app_audit_filter {
	str actor, act; /* empty: any */
	int64_t below;  /* rows with a lower number alone; 0: from the newest */
	int64_t limit;  /* at most LIMIT_AUDIT_ROWS; 0: that many */
};
/* For administrators. */
MUST_USE enum status app_audit_list(struct app *app, const struct app_audit_filter *filter, struct view_audit_list *out,
				    struct err *err);
/* Walks all of it; expected: a sum that was written down earlier, or empty. For administrators. */
MUST_USE enum status app_audit_verify(struct app *app, str expected, struct view_audit_check *out, struct err *err);

#endif
