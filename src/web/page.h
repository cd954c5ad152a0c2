/**
 * The pages. Each asks app/ for a view and writes it with components; nothing is computed here.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "web/request.h"
#include "web/ui.h"

/* A page with its lens and frame read from the request. */
struct page {
	struct ui ui;
	struct app_lens lens;
	struct view_frame frame;
};

/* Reads the lens, loads the frame, points ui at the reply's body. E_INVALID: the lens is not what it should be. */
MUST_USE enum status page_open(struct request *q, struct reply *r, struct page *out, struct err *err);
/* The same for a page that is about nothing: sign in, errors. */
void page_bare(struct request *q, struct reply *r, struct page *out);
/* OK unless the page became too large. */
MUST_USE enum status page_done(struct reply *r, struct err *err);

/* What went wrong, as a page or (htmx) as the part of one. */
void page_failure(struct request *q, struct reply *r, const struct err *err);

MUST_USE enum status page_overview(struct request *q, struct reply *r, struct err *err);

#endif
