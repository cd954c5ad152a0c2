/**
 * Settings of the whole store. Of each name the last value holds; who set the earlier ones, and when, is kept.
 */
#ifndef APP_SETTING_H
#define APP_SETTING_H

#include "app/app.h"
#include "core/view_people.h"

/* For administrators. name: at most LIMIT_SETTING_NAME_BYTES of a-z 0-9 . _ - */
MUST_USE enum status app_setting_set(struct app *app, str name, str value, struct view_setting *out, struct err *err);
/* For administrators. By name. */
MUST_USE enum status app_setting_list(struct app *app, const struct view_setting **out, size_t *n, struct err *err);
/* For the faces themselves, before anybody has signed in: asks no permission. value p NULL: it was never set. */
MUST_USE enum status app_setting_find(struct app *app, str name, struct view_setting *out, struct err *err);
/* E_INVALID: the name or the value is none. */
MUST_USE enum status app_setting_check(str name, str value, struct err *err);

#endif
