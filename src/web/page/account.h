/**
 * The parts of the page about oneself, for its own files.
 */
#ifndef WEB_PAGE_ACCOUNT_H
#define WEB_PAGE_ACCOUNT_H

#include "core/view_people.h"
#include "web/page.h"
#include "web/ui_form.h"
#include "web/ui_view.h"

/* After an act: to /account, which says that it is done; or, when it was refused, the page again with the reason. Any
 * other failure is given on. */
MUST_USE enum status page_account_after(struct request *q, struct reply *r, enum status status, const struct err *why,
					str done, struct err *err);
/* After what changed how one gets in: the session goes on under a new value, so that a cookie which was taken before is
 * good for nothing. */
MUST_USE enum status page_account_renew(struct request *q, struct reply *r, struct err *err);
/* A page of its own within the account, for what is shown once. */
void page_account_begin(struct page *p, str title);
MUST_USE enum status page_account_end(struct page *p, struct reply *r, struct err *err);
/* The tokens of who asks, with the form for another one. */
MUST_USE enum status page_account_tokens(struct request *q, struct page *p, struct err *err);

#endif
