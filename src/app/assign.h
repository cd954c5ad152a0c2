/**
 * Assignments: who is to answer an objective at a unit, and by when. An assignment lets its user see and answer that
 * objective there, whatever else the user may.
 */
#ifndef APP_ASSIGN_H
#define APP_ASSIGN_H

#include "app/app.h"
#include "core/view_people.h"

struct app_assign {
	str objective, unit; /* unit empty: the root */
	str user;
	struct app_time due; /* not given: no date */
};
/* For leads at the unit. The same with another date takes the place of the one that is there. */
MUST_USE enum status app_assign_add(struct app *app, const struct app_assign *assign, struct view_assignment *out,
				    struct err *err);
/* For leads at the unit. E_NOT_FOUND: there is no such assignment. The date is not looked at. */
MUST_USE enum status app_assign_end(struct app *app, const struct app_assign *assign, struct view_assignment *out,
				    struct err *err);

struct app_assign_filter {
	bool own;  /* those of who asks */
	str user;  /* empty: of everybody whose units one may see */
	bool past; /* also those that ended */
};
/* By due date. One's own, and those at units where one is a reader. */
MUST_USE enum status app_assign_list(struct app *app, const struct app_assign_filter *filter,
				     const struct view_assignment **out, size_t *n, struct err *err);
/* Of the same list, without those that ended. */
MUST_USE enum status app_assign_count(struct app *app, const struct app_assign_filter *filter,
				      struct view_assignment_counts *out, struct err *err);

#endif
