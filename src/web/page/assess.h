/** The parts of Assess, for its own files. */
#ifndef WEB_PAGE_ASSESS_H
#define WEB_PAGE_ASSESS_H

#include "core/view_queue.h"
#include "web/page/answer.h"

struct page_assess {
	struct request *q;
	struct ui *u;
	struct arena *a;
	const struct view_frame *frame;
	struct view_queue queue;
	struct ui_run run;
	struct view_question question; /* of one question: what follows */
	struct view_answer_now now;
	const struct unit *unit;
	int at;         /* its place in the queue; -1: it is not part of it */
	int prev, next; /* places in the queue; -1: none */
};

/* "11 of 18 done" with its bar. */
MUST_USE enum status page_assess_progress(const struct page_assess *p, struct err *err);
/* One place of the queue as a list item. */
void page_assess_item(const struct page_assess *p, int at);
/* The heading of a part; of an interview by level. */
str page_assess_part(enum view_queue_part part);
/* The queue beside a question. */
MUST_USE enum status page_assess_queue(const struct page_assess *p, struct err *err);
/* What it changes, why it is asked, what proves it, last time. */
void page_assess_side(const struct page_assess *p);

#endif
