/**
 * How the tally of an objective at a unit adds up: see core/view_roll_up.h.
 */
#ifndef APP_ROLL_UP_H
#define APP_ROLL_UP_H

#include "app/lens.h"
#include "core/view_roll_up.h"

/* objective empty: the first of the model. E_NOT_FOUND: the model has no such objective; E_DENIED unless the person may
   read the unit. */
MUST_USE enum status app_roll_up(struct app *app, str objective, const struct app_lens *lens, struct view_roll_up *out,
				 struct err *err);

#endif
