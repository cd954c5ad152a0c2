/**
 * Discussion of an objective at a unit: plain text, never edited. Adding asks for assessor, looking for reader; that
 * the objective is assigned there is enough for both.
 */
#ifndef APP_COMMENT_H
#define APP_COMMENT_H

#include "app/app.h"
#include "core/view_answer.h"

/* unit empty: the root. */
MUST_USE enum status app_comment_add(struct app *app, str objective, str unit, str body, struct view_comment *out,
				     struct err *err);
/* before: 0 for the newest page; limit: at most LIMIT_PAGE. */
MUST_USE enum status app_comment_list(struct app *app, str objective, str unit, int64_t before, size_t limit,
				      struct view_comments *out, struct err *err);
/* Withdraws an own comment: that it was there stays, its words are no longer shown. E_DENIED: another person's. */
MUST_USE enum status app_comment_withdraw(struct app *app, int64_t id, struct view_comment *out, struct err *err);

#endif
