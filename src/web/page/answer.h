/**
 * An answer and the discussion as parts of a page: of Assess and of the page of one objective.
 */
#ifndef WEB_PAGE_ANSWER_H
#define WEB_PAGE_ANSWER_H

#include "web/page.h"
#include "web/ui_answer.h"

struct page_answer {
	str objective, unit;
	const char *base;         /* of the page it stands on: "/assess/" or "/objective/" */
	const struct ui_run *run; /* may be NULL */
	str next;                 /* where "Save and next" leads; empty: nowhere else */
};

/* The form; for who may answer there. */
MUST_USE enum status page_answer_form(struct request *q, struct ui *u, const struct page_answer *a, struct err *err);
/* The receipt of the answer that the address says was just saved; nothing without. Undo comes back to the page of that
 * answer below base, with its run. */
MUST_USE enum status page_answer_receipt(struct request *q, struct ui *u, const char *base, const struct ui_run *run,
					 struct err *err);
/* The discussion; may_add: with its form. */
MUST_USE enum status page_answer_talk(struct request *q, struct ui *u, const struct page_answer *a, bool may_add,
				      struct err *err);

#endif
