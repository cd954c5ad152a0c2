/**
 * The demo organisation, Halden Insurance, made from the files of content/demo that the program carries: the same
 * facts in the same order as content/demo/tour records, and a story compares the two.
 *
 * It has a day of its own, which its evidence is of: with another clock it ages, as it would at Halden.
 */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/app.h"

/* The instant at which it is shown. */
int64_t app_demo_now_ms(void);
/* Fills a store that has nothing in it, and no person: app->who must be NULL. Takes about a second. E_CONFLICT: there
   is something in it. */
MUST_USE enum status app_demo_make(struct app *app, struct err *err);

#endif
