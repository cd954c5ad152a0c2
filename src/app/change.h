/**
 * Every write that a person asks for, as one transaction. It may have waited long for its turn, behind another writer
 * or while a file was read; so the first thing in it is to ask the face again for the time and for who asks (struct
 * app_again). For the files of app/ alone. What proves by itself who asks, such as signing in, and what nobody asks for
 * goes without (store_change).
 */
#ifndef APP_CHANGE_H
#define APP_CHANGE_H

#include "app/app.h"
#include "store/store.h"

/* store_change. E_DENIED: who asks may no longer. */
MUST_USE enum status app_change(struct app *app, store_work *work, void *ctx, struct err *err);
/* store_rehearse: the same, undone in the end. */
MUST_USE enum status app_change_rehearse(struct app *app, store_work *work, void *ctx, struct err *err);

#endif
