/**
 * Two units, two instants, or both, side by side: see core/view_compare.h.
 */
#ifndef APP_COMPARE_H
#define APP_COMPARE_H

#include "app/lens.h"
#include "core/view_compare.h"

struct app_compare {
	str unit, with_unit; /* empty: the highest unit the person may read; with_unit: that of unit */
	struct app_time at,
	    with_at; /* not given: now; with_at: that of at for two units, for one as in struct app_lens */
	unsigned deployment;
};

/* E_NOT_FOUND: no tree holds at one of the instants, or it lacks the unit; E_DENIED unless both may be read there. */
MUST_USE enum status app_compare(struct app *app, const struct app_compare *sides, struct view_compare *out,
				 struct err *err);

#endif
