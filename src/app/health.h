/** How the store is; see core/view_health.h. */
#ifndef APP_HEALTH_H
#define APP_HEALTH_H

#include "app/app.h"
#include "core/view_health.h"

/* For administrators. */
MUST_USE enum status app_health(struct app *app, struct view_health *out, struct err *err);

#endif
