/** The parts of the overview, for its own files. */
#ifndef WEB_PAGE_OVERVIEW_H
#define WEB_PAGE_OVERVIEW_H

#include "web/page.h"
#include "web/ui_view.h"

struct page_overview {
	struct ui *u;
	const struct view_overview *v;
	struct arena *a;
};

/* overview_chart.c */
MUST_USE enum status page_overview_hero(const struct page_overview *p, struct err *err);
MUST_USE enum status page_overview_shape(const struct page_overview *p, struct err *err);
MUST_USE enum status page_overview_course(const struct page_overview *p, struct err *err);
/* overview_list.c */
void page_overview_facts(const struct page_overview *p);
void page_overview_words(const struct page_overview *p);
MUST_USE enum status page_overview_moves(const struct page_overview *p, struct err *err);
void page_overview_lifts(const struct page_overview *p);
void page_overview_expiries(const struct page_overview *p);
MUST_USE enum status page_overview_troubles(const struct page_overview *p, struct err *err);

#endif
