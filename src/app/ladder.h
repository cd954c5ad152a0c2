/**
 * One category of a unit as a ladder: see core/view_ladder.h.
 */
#ifndef APP_LADDER_H
#define APP_LADDER_H

#include "app/lens.h"
#include "core/view_ladder.h"

/* E_NOT_FOUND: the model has no such category; E_DENIED unless the person may read the unit. */
MUST_USE enum status app_ladder(struct app *app, str category, const struct app_lens *lens, struct view_ladder *out,
				struct err *err);

#endif
