/**
 * Settings of the whole store. Of each name the last value holds; who set the earlier ones, and when, is kept.
 */
#ifndef APP_SETTING_H
#define APP_SETTING_H

#include "app/app.h"
#include "core/view_people.h"

/* Those that the program reads itself; any other name is kept for programs of one's own. An empty value, or none: what
   is usual. */
enum app_setting_id {
	APP_SETTING_ORGANISATION, /* a line: what pages call the organisation beside the name of the program */
	APP_SETTING_AGAINST,      /* months that "against" looks back where no day is chosen */
	APP_SETTING_EXPIRY,       /* days of which "Expires next" tells */
	APP_SETTING_SECOND,       /* an enum app_setting_second: who has to have a second factor */
	APP_SETTINGS
};
enum app_setting_second { APP_SETTING_SECOND_OPTIONAL, APP_SETTING_SECOND_ADMIN, APP_SETTING_SECOND_ALL };
enum { APP_SETTING_WORDS = 3 };
struct app_setting_of {
	str name;
	int64_t usual, least, most;   /* of a number; all 0: it is a line, or a word */
	str words[APP_SETTING_WORDS]; /* of a word, the usual one first: stands for its place among them */
};
extern const struct app_setting_of app_setting_all[APP_SETTINGS];
/* What holds, for whoever asks; inside the caller's transaction. A value that is none (it was kept before the name
   meant anything) is the usual one. */
/* Of a number, or of a word its place. */
MUST_USE enum status app_setting_number(struct app *app, enum app_setting_id id, int64_t *out, struct err *err);
MUST_USE enum status app_setting_line(struct app *app, enum app_setting_id id, str *out, struct err *err);

/* For administrators. name: at most LIMIT_SETTING_NAME_BYTES of a-z 0-9 . _ -; E_INVALID also: the program reads it,
   and the value is none that it takes. */
MUST_USE enum status app_setting_set(struct app *app, str name, str value, struct view_setting *out, struct err *err);
/* For administrators. By name. */
MUST_USE enum status app_setting_list(struct app *app, const struct view_setting **out, size_t *n, struct err *err);
/* For the faces themselves, before anybody has signed in: asks no permission. value p NULL: it was never set. */
MUST_USE enum status app_setting_find(struct app *app, str name, struct view_setting *out, struct err *err);
/* E_INVALID: the name or the value is none. */
MUST_USE enum status app_setting_check(str name, str value, struct err *err);

#endif
