/**
 * What the files of app/ ask about names; inside the caller's transaction.
 */
#ifndef APP_LINK_H
#define APP_LINK_H

#include "app/load.h"
#include "core/link.h"

/* How many rows name AI systems that nobody knows at an instant, and how many names those are; the book is of then. */
MUST_USE enum status app_link_count(struct app *app, const struct link_book *book, int64_t at_ms, int64_t *rows,
				    int64_t *names, struct err *err);

#endif
