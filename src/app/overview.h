/**
 * The overview of a unit: see core/view_overview.h.
 */
#ifndef APP_OVERVIEW_H
#define APP_OVERVIEW_H

#include "app/lens.h"
#include "core/view_overview.h"

/* E_DENIED unless the person may read the unit. Of the past only what the person might have read then is shown; of
 * feeds those whose own unit the person may read and that speak for the unit or a part of it. */
MUST_USE enum status app_overview(struct app *app, const struct app_lens *lens, struct view_overview *out,
				  struct err *err);

#endif
