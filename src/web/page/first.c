#include "app/frame.h"
#include "web/page.h"

enum status page_first_due(struct request *q, bool *due, struct err *err)
{
	struct view_frame frame;
	*due = false;
	if (request_field(&q->query, S("unit")).n)
		return OK;
	TRY(app_frame(q->app, &(struct app_lens){0}, &frame, err));
	*due = frame.none;
	return OK;
}

static enum ui_tab tab_of(str path)
{
	static const struct {
		str path;
		enum ui_tab tab;
	} tabs[] = {{S("/assess"), UI_TAB_ASSESS},
		    {S("/units"), UI_TAB_UNITS},
		    {S("/evidence"), UI_TAB_EVIDENCE},
		    {S("/registers"), UI_TAB_REGISTERS},
		    {S("/targets"), UI_TAB_TARGETS}};
	for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++)
		if (str_starts(path, tabs[i].path))
			return tabs[i].tab;
	return UI_TAB_NONE;
}

enum status page_first(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	buf_clear(&r->body); /* of what was begun */
	TRY(page_open(q, r, &p, err));
	struct ui_head head = {.title = S("No unit yet"), .tab = tab_of(q->path)};
	ui_page(&p.ui, &head);
	html_raw(p.ui.b, "<h1 class=\"vh\">No unit yet</h1>");
	ui_empty_start(&p.ui, S("No unit is known yet."),
		       S("Questions, evidence and registers belong to units. The first is the organisation itself."));
	ui_page_end(&p.ui, &head);
	return page_done(r, err);
}
