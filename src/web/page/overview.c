#include "web/page.h"

enum status page_overview(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_score v;
	TRY(page_open(q, r, &p, err));
	struct ui *u = &p.ui;
	struct ui_head head = {.title = S("Program"), .tab = UI_TAB_PROGRAM};
	ui_page(u, &head);
	if (!p.frame.tree) {
		ui_empty(u, S("Nothing is known yet, and that is a fair place to start."),
			 S("Without evidence a program is at level 1, and might be anywhere up to 5."), S("/units"),
			 S("Import units"));
	} else {
		TRY(app_score(q->app, p.lens.unit, p.lens.at, &v, err));
		html_raw(u->b, "<h1>At ");
		ui_index(u->b, v.score.program.index);
		html_raw(u->b, ".</h1>");
	}
	ui_page_end(u, &head);
	return page_done(r, err);
}
