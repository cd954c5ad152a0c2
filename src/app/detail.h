/**
 * One objective of a unit in full: see core/view_detail.h.
 */
#ifndef APP_DETAIL_H
#define APP_DETAIL_H

#include "app/lens.h"
#include "core/view_detail.h"

/* E_NOT_FOUND: the model has no such objective; E_DENIED unless the person may read the unit, or has the objective
 * assigned there: then it alone is shown, and nothing of its category. No check is run. */
MUST_USE enum status app_detail(struct app *app, str objective, const struct app_lens *lens, struct view_detail *out,
				struct err *err);
/* Runs the check, which may take seconds. limit: subjects on the page. */
MUST_USE enum status app_detail_offenders(struct app *app, str objective, const struct app_lens *lens,
					  const struct view_filter *filter, int64_t offset, int64_t limit,
					  struct view_offenders *out, struct err *err);

#endif
