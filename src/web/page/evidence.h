/**
 * What the pages about evidence share.
 */
#ifndef WEB_PAGE_EVIDENCE_H
#define WEB_PAGE_EVIDENCE_H

#include "web/page.h"
#include "web/ui_evidence.h"
#include "web/ui_view.h"

/* Opens a page with the parts of evidence beside it; page_evidence_end closes and ends it. */
MUST_USE enum status page_evidence_open(struct request *q, struct reply *r, struct page *p, struct err *err);
void page_evidence_head(struct page *p, enum ui_part part, str title);
MUST_USE enum status page_evidence_end(struct page *p, struct reply *r, struct err *err);
/* May the person do that at a unit (empty: the root), now and not in the past? */
bool page_evidence_may(const struct request *q, const struct page *p, enum access_role at_least, str unit);
/* The button that runs every check, for who may; what comes out is shown in #evaluated. primary: it is the next act. */
void page_evidence_evaluate_form(const struct request *q, struct page *p, bool primary);
/* Where a name stands, as text: "2 tool in mcp; 1 agent in iam". */
void page_evidence_uses(struct buf *b, const struct view_unresolved *name);

#endif
