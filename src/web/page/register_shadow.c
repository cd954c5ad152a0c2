#include "app/approval.h"
#include "base/time.h"
#include "web/page/register.h"

enum { ROWS = 50 };

/* ---- systems that no register knows ---- */

static const struct view_unresolved *name_of(const struct view_unresolved_list *all, str id)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->names[i].name, id))
			return &all->names[i];
	return NULL;
}

static void found_by(struct ui *u, const struct view_unresolved *name)
{
	struct buf *b = u->b;
	if (!name || !name->n_uses) {
		html_raw(b, "<span class=\"mut\">a feed of AI systems</span>");
		return;
	}
	for (size_t i = 0; i < name->n_uses && i < 4; i++) {
		if (i)
			html_raw(b, "<br>");
		ui_count(b, name->uses[i].rows);
		html_raw(b, " × ");
		html_text(b, evidence_kinds[name->uses[i].kind].title);
		html_raw(b, " in ");
		ui_a(u, "", S("/evidence/feed/"), name->uses[i].feed);
		ui_user(b, name->uses[i].feed);
		html_raw(b, "</a>");
	}
}

static void link_form(struct ui *u, str id, const struct view_unresolved *name)
{
	struct buf *b = u->b;
	html_raw(b, "<details class=\"data\"><summary>Link to a registered system</summary>");
	ui_post(u, S("/registers/link"), "line");
	ui_hidden(u, S("name"), id);
	html_raw(
	    b, "<input type=\"text\" name=\"system\" required dir=\"auto\" autocomplete=\"off\" aria-label=\"Id of the "
	       "registered system\" placeholder=\"Id of the registered system\" value=\"");
	if (name && name->n_suggestions)
		html_text(b, name->suggestions[0]);
	html_raw(b, "\">");
	ui_button(u, S("Link"), false);
	html_raw(b, "</form></details>");
}

static void shadow_row(struct request *q, struct page *p, const struct view_register_row *row,
		       const struct view_unresolved *name)
{
	struct ui *u = &p->ui;
	struct buf *b = u->b;
	const struct evidence_kind *kind = &evidence_kinds[EVIDENCE_AI_SYSTEM];
	int seen = evidence_column_find(kind, S("last_seen_at"));
	html_raw(b, "<tr><th scope=\"row\">");
	page_register_link(u, EVIDENCE_AI_SYSTEM, row->unit, row->id);
	ui_user(b, page_register_name(EVIDENCE_AI_SYSTEM, row));
	html_raw(b, "</a></th><td>");
	ui_user(b, row->unit);
	html_raw(b, "</td><td>");
	found_by(u, name);
	html_raw(b, "</td><td class=\"nw\">");
	page_register_value(b, &kind->columns[seen], &row->values[seen]);
	html_raw(b, "</td><td>");
	if (page_register_may(q, p, ACCESS_ASSESSOR, (str){0}))
		link_form(u, row->id, name);
	html_raw(b, "</td></tr>");
}

enum status page_register_shadow(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_register v;
	struct view_unresolved_list names;
	TRY(page_register_open(q, r, &p, err));
	struct app_register ask = {.lens = p.lens,
				   .kind = EVIDENCE_AI_SYSTEM,
				   .text = str_trim(request_field(&q->query, S("text"))),
				   .match = {{S("registered"), S("false")}},
				   .n_match = 1,
				   .order = S("last_seen_at"),
				   .down = true,
				   .offset = page_from(q),
				   .limit = ROWS};
	TRY(app_register_list(q->app, &ask, &v, err));
	TRY(app_link_unresolved(q->app, p.lens.at, &names, err));
	page_register_head(&p, S("Not registered"), S("/registers/shadow"));
	struct ui *u = &p.ui;
	html_raw(u->b,
		 "<h1>Not registered</h1><p class=\"sub lead\">AI systems that evidence shows and no register knows. "
		 "Each is a system of the register under another name, or one to register and approve, or one to "
		 "end.</p><div class=\"gap-s\">");
	if (request_field(&q->query, S("done")).n)
		ui_receipt_line(u, S("The name is linked. What it shows now belongs to the registered system."));
	ui_filter(u, S("/registers/shadow"), S("Name or any other text"), ask.text);
	ui_filter_end(u, S("/registers/shadow"), ask.text.n > 0);
	ui_table(u, S("AI systems that are not registered"));
	ui_head_cell(u, S("System"), false);
	ui_head_cell(u, S("Unit"), false);
	ui_head_cell(u, S("Found by"), false);
	ui_head_cell(u, S("Last seen"), false);
	ui_head_acts(u);
	ui_table_body(u);
	for (size_t i = 0; i < v.n; i++)
		shadow_row(q, &p, &v.rows[i], name_of(&names, v.rows[i].id));
	if (!v.n)
		ui_table_none(u, 5,
			      ask.text.n ? S("Nothing fits what you filter by.")
					 : S("Every system that was seen is registered."));
	ui_table_close(u);
	struct ui_pair more[] = {{S("text"), ask.text}, {S("registered"), S("false")}};
	ui_pager(u, &(struct ui_pages){.path = S("/registers/shadow"),
				       .offset = v.offset,
				       .shown = (int64_t)v.n,
				       .limit = ROWS,
				       .total = v.total,
				       .more = more,
				       .n_more = 1});
	ui_table_end(u);
	html_raw(u->b, "<p class=\"gap-t\">");
	ui_csv_link(u, S("/registers/ai_system.csv"), more, 2);
	html_raw(u->b, "</p></div>");
	return page_register_end(&p, r, err);
}

enum status page_register_link_post(struct request *q, struct reply *r, struct err *err)
{
	struct app_link link = {.name = request_field(&q->form, S("name")),
				.system = str_trim(request_field(&q->form, S("system"))),
				.because = str_trim(request_field(&q->form, S("because")))};
	struct view_link v;
	TRY(app_link_add(q->app, &link, &v, err));
	return page_go(q, r, S("/registers/shadow?done=1"), (str){0}, err);
}

/* ---- approvals that wait ---- */

static void approval_row(struct ui *u, const struct view_approval *a)
{
	struct buf *b = u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	page_register_link(u, EVIDENCE_AI_SYSTEM, a->unit, a->system);
	ui_user(b, a->system);
	html_raw(b, "</a></th><td>");
	ui_user(b, a->unit);
	html_raw(b, "</td><td>");
	html_text(b, approval_state_name(a->state));
	html_raw(b, "</td><td>");
	if (a->n_steps)
		ui_user(b, a->steps[0].actor);
	html_raw(b, "</td><td class=\"nw\">");
	if (a->n_steps)
		ui_day(b, a->steps[a->n_steps - 1].at_ms);
	html_raw(b, "</td><td class=\"nw\">");
	if (a->expires_ms != TIME_FOREVER)
		ui_day(b, a->expires_ms);
	html_raw(b, "</td></tr>");
}

enum status page_register_approvals(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_approvals v;
	TRY(page_register_open(q, r, &p, err));
	bool pending = request_field(&q->query, S("waiting")).n > 0;
	TRY(app_approval_list(q->app, p.frame.tree->units[p.frame.unit].id, pending, &v, err));
	page_register_head(&p, S("Approvals"), S("/registers/approvals"));
	struct ui *u = &p.ui;
	html_raw(u->b,
		 "<h1>Approvals</h1><p class=\"sub lead\">Of deployments: requested, reviewed, then approved with "
		 "conditions and an end, or rejected. They begin on the page of a system.</p><p class=\"gap-s\"><a "
		 "class=\"link\" href=\"");
	struct ui_address a = ui_address(u, S("/registers/approvals"));
	ui_more(&a, S("waiting"), pending ? S("") : S("1"));
	buf_add(u->b, pending ? S("\">Show all</a></p>") : S("\">Only those that wait</a></p>"));
	ui_table(u, S("Approvals"));
	ui_head_cell(u, S("System"), false);
	ui_head_cell(u, S("Unit"), false);
	ui_head_cell(u, S("State"), false);
	ui_head_cell(u, S("Requested by"), false);
	ui_head_cell(u, S("Last step"), false);
	ui_head_cell(u, S("Good until"), false);
	ui_table_body(u);
	for (size_t i = 0; i < v.n; i++)
		approval_row(u, &v.list[i]);
	if (!v.n)
		ui_table_none(u, 6, pending ? S("None waits for a step.") : S("Nobody has asked for one."));
	ui_table_close(u);
	ui_table_end(u);
	return page_register_end(&p, r, err);
}
