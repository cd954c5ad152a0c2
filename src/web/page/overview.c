#include "web/page/overview.h"

#include "app/overview.h"
#include "web/ui_table.h"

static enum status map_and_shape(const struct page_overview *p, struct err *err)
{
	struct buf *b = p->u->b;
	html_raw(b, "<div class=\"grid g-main gap\">");
	ui_section_begin(p->u, S("h-hm"), S("Where the program stands"), S("Objectives met, by category and level"));
	ui_csv_link(p->u, S("/overview.csv"), NULL, 0);
	ui_section_begun(p->u);
	TRY(ui_heat(p->u, p->v, p->a, err));
	ui_section_end(p->u);
	html_raw(b, "<div class=\"shape\">");
	TRY(page_overview_shape(p, err));
	page_overview_words(p);
	html_raw(b, "</div></div>");
	return OK;
}

static enum status content(const struct page_overview *p, struct err *err)
{
	struct buf *b = p->u->b;
	TRY(page_overview_hero(p, err));
	page_overview_facts(p);
	TRY(map_and_shape(p, err));
	html_raw(b, "<div class=\"grid g-main gap\">");
	TRY(page_overview_course(p, err));
	TRY(page_overview_moves(p, err));
	html_raw(b, "</div><div class=\"grid g-3 next gap\">");
	page_overview_lifts(p);
	page_overview_expiries(p);
	TRY(page_overview_troubles(p, err));
	html_raw(b, "</div>");
	return OK;
}

enum status page_overview(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_overview v;
	TRY(page_open(q, r, &p, err));
	struct ui *u = &p.ui;
	struct ui_head head = {.title = S("Program"), .tab = UI_TAB_PROGRAM};
	ui_page(u, &head);
	if (p.frame.tree) {
		TRY(app_overview(q->app, &p.lens, &v, err));
		struct page_overview o = {u, &v, q->arena};
		TRY(content(&o, err));
	} else {
		html_raw(u->b, "<h1 class=\"vh\">Program</h1>");
		ui_empty_start(
		    u, S("Nothing is known yet, and that is a fair place to start."),
		    S("Without evidence a program is at level 1, and might be anywhere up to 5. The first thing "
		      "that is "
		      "needed are the units of the organisation."));
	}
	ui_page_end(u, &head);
	return page_done(r, err);
}
