/**
 * Dismissing what evidence shows and no register knows ("a test", "no AI"), so that a list of hundreds can be worked
 * through. A dismissal says that somebody looked; it changes no measure, no score and no check, and whoever may read
 * the unit sees it with its reason. Facts: taken back, never deleted.
 */
#ifndef APP_DISMISS_H
#define APP_DISMISS_H

#include "app/app.h"
#include "core/unit.h"
#include "core/view_dismiss.h"

struct app_dismiss {
	str name; /* of the system, as evidence has it */
	str unit; /* there and below; empty: the root */
	str because;
};
/* Asks for assessor at the unit. E_NOT_FOUND: no evidence there shows an unregistered system of this name. E_CONFLICT:
 * a register knows it. */
MUST_USE enum status app_dismiss_add(struct app *app, const struct app_dismiss *d, struct view_dismissal *out,
				     struct err *err);
/* Asks the same. E_NOT_FOUND: nothing is dismissed by this name at this very unit. */
MUST_USE enum status app_dismiss_revoke(struct app *app, str name, str unit, struct view_dismissal *out,
					struct err *err);
/* By name and unit, of the units that the person may read; all: also those that were taken back. */
MUST_USE enum status app_dismiss_list(struct app *app, bool all, const struct view_dismissal **out, size_t *n,
				      struct err *err);

/* For the files of app/, inside their transaction: those that hold, and the one that holds for a name in a unit of the
 * tree, the nearest above; NULL: none. */
MUST_USE enum status app_dismiss_load(struct app *app, const struct view_dismissal **out, size_t *n, struct err *err);
const struct view_dismissal *app_dismiss_find(const struct view_dismissal *list, size_t n, const struct unit_tree *tree,
					      str name, str unit);

#endif
