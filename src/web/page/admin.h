/**
 * What the pages of administration share.
 */
#ifndef WEB_PAGE_ADMIN_H
#define WEB_PAGE_ADMIN_H

#include "core/view_people.h"
#include "web/page.h"
#include "web/ui_form.h"
#include "web/ui_view.h"

/* Opens a page of administration with its parts beside it; `path` is the part that is shown. */
MUST_USE enum status page_admin_open(struct request *q, struct reply *r, struct page *p, struct err *err);
void page_admin_head(struct page *p, str title, str path);
MUST_USE enum status page_admin_end(struct page *p, struct reply *r, struct err *err);
/* The heading, and the receipt when the address says that something was done. */
void page_admin_title(struct request *q, struct page *p, str title, str lead);

/* The assignments that have the text which is filtered by. */
struct page_assigned {
	str text;
	const struct view_assignment *list;
	size_t n;
};
/* Opens their page, or their CSV. */
MUST_USE enum status page_admin_assigned(struct request *q, struct reply *r, struct page *p, struct page_assigned *out,
					 struct err *err);

#endif
