/**
 * Two units or two instants side by side: what its files share.
 */
#ifndef WEB_PAGE_COMPARE_H
#define WEB_PAGE_COMPARE_H

#include "app/compare.h"
#include "web/page/units.h"

struct page_compare {
	struct ui *u, *other; /* links to the one side, and to the other one */
	const struct view_compare *v;
	struct arena *a;
};

/* The instant of a side: its day, with the clock where both are of one day. */
void page_compare_instant(struct buf *b, const struct view_compare *v, int64_t ms);
/* web/page/compare_table.c: the categories with the program, then the objectives of which the sides say different
 * things. */
MUST_USE enum status page_compare_categories(const struct page_compare *p, struct err *err);
void page_compare_objectives(const struct page_compare *p);

#endif
