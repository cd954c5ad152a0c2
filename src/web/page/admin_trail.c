#include "app/audit.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/page/admin.h"

enum { ROWS = 100 };

static struct app_audit_filter read_filter(const struct request *q, int64_t limit)
{
	struct app_audit_filter f = {.actor = str_trim(request_field(&q->query, S("text"))),
				     .act = str_trim(request_field(&q->query, S("act"))),
				     .limit = limit};
	(void)str_to_i64(request_field(&q->query, S("below")), &f.below);
	f.below = f.below > 0 ? f.below : 0;
	return f;
}

static void row(struct ui *u, const struct view_audit *a)
{
	struct buf *b = u->b;
	html_raw(b, "<tr>");
	ui_count_cell(u, a->id);
	html_raw(b, "<td class=\"nw\">");
	ui_time(b, a->at_ms);
	html_raw(b, "</td><td>");
	if (a->actor.n)
		page_person(u, a->actor);
	else
		html_raw(b, "<span class=\"mut\">command line</span>");
	html_raw(b, "</td><th scope=\"row\">");
	html_text(b, a->act);
	html_raw(b, "</th><td>");
	ui_user(b, a->object);
	html_raw(b, "</td><td>");
	ui_user(b, a->detail);
	html_raw(b, "</td></tr>");
}

static void filter_form(struct ui *u, const struct app_audit_filter *f)
{
	ui_filter(u, S("/admin/audit"), S("By whom"), f->actor);
	html_raw(u->b, "<input type=\"text\" class=\"grow\" name=\"act\" aria-label=\"Act\" placeholder=\"Act, as in "
		       "user.add\" value=\"");
	html_text(u->b, f->act);
	html_raw(u->b, "\">");
	ui_filter_end(u, S("/admin/audit"), f->actor.n || f->act.n);
}

static void older(struct ui *u, const struct app_audit_filter *f, int64_t next)
{
	html_raw(u->b, "<div class=\"tfoot\"><span>");
	buf_add(u->b, f->below ? S("Older rows") : S("The newest rows"));
	struct ui_pair more[] = {{S("text"), f->actor}, {S("act"), f->act}};
	html_raw(u->b, "</span><span class=\"row\">");
	ui_csv_link(u, S("/admin/audit.csv"), more, 2);
	if (next) {
		html_raw(u->b, "<a class=\"btn\" href=\"");
		struct ui_address a = ui_address(u, S("/admin/audit"));
		ui_more(&a, S("text"), f->actor);
		ui_more(&a, S("act"), f->act);
		ui_more_int(&a, S("below"), next);
		html_raw(u->b, "\">Older ");
		ui_icon(u->b, UI_NEXT, "");
		html_raw(u->b, "</a>");
	}
	html_raw(u->b, "</span></div>");
}

enum status page_admin_audit(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_audit_list v;
	struct app_audit_filter f = read_filter(q, ROWS);
	TRY(page_admin_open(q, r, &p, err));
	TRY(app_audit_list(q->app, &f, &v, err));
	struct ui *u = &p.ui;
	page_admin_head(&p, S("Audit trail"), S("/admin/audit"));
	page_admin_title(q, &p, S("Audit trail"),
			 S("What was done, by whom, to what. Each row holds the sum of the one before it."));
	html_raw(u->b, "<form class=\"line gap-t\" action=\"/admin/audit/verify\">");
	ui_field(u, &(struct ui_field){.id = S("expected"),
				       .name = S("expected"),
				       .label = S("A sum that you wrote down earlier, if you have one")});
	ui_button(u, S("Verify the whole trail"), false);
	html_raw(u->b, "</form><div class=\"gap-s\">");
	filter_form(u, &f);
	ui_table(u, S("Audit trail"));
	ui_head_cell(u, S("No."), true);
	ui_head_cell(u, S("When"), false);
	ui_head_cell(u, S("By"), false);
	ui_head_cell(u, S("Act"), false);
	ui_head_cell(u, S("Object"), false);
	ui_head_cell(u, S("Detail"), false);
	ui_table_body(u);
	for (size_t i = 0; i < v.n; i++)
		row(u, &v.rows[i]);
	if (!v.n)
		ui_table_none(u, 6, S("No row fits."));
	ui_table_close(u);
	older(u, &f, v.next);
	ui_table_end(u);
	html_raw(u->b, "</div>");
	return page_admin_end(&p, r, err);
}

static void csv_line(struct buf *b, const struct view_audit *a)
{
	char id[24], at[TIME_TEXT];
	str cells[] = {
	    page_number(a->id, id), time_format(a->at_ms, at), a->actor, a->act, a->object, a->detail, a->sha256};
	csv_row(b, cells, sizeof cells / sizeof cells[0]);
}

/* All rows that fit, a thousand at a time. */
enum status page_admin_audit_csv(struct request *q, struct reply *r, struct err *err)
{
	static const str head[] = {S("id"), S("at"), S("actor"), S("act"), S("object"), S("detail"), S("sha256")};
	struct app_audit_filter f = read_filter(q, LIMIT_AUDIT_ROWS);
	struct view_audit_list v = {0};
	csv_row(&r->body, head, sizeof head / sizeof head[0]);
	do {
		TRY(app_audit_list(q->app, &f, &v, err));
		for (size_t i = 0; i < v.n; i++)
			csv_line(&r->body, &v.rows[i]);
		f.below = v.next;
	} while (v.next && r->body.status == OK);
	return page_csv(q, r, S("audit"), err);
}

enum status page_admin_audit_verify(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_audit_check v;
	str expected = str_trim(request_field(&q->query, S("expected")));
	TRY(page_admin_open(q, r, &p, err));
	TRY(app_audit_verify(q->app, expected, &v, err));
	struct ui *u = &p.ui;
	page_admin_head(&p, S("Audit trail"), S("/admin/audit"));
	html_raw(u->b, "<h1>The audit trail was looked at from its first row</h1><div class=\"gap-s stack\">");
	ui_note(u, v.broken || (v.expected && !v.met));
	if (v.broken) {
		html_raw(u->b, "<b>Row ");
		ui_count(u->b, v.broken);
		html_raw(u->b, " is not as it was written.</b> Those before it are.");
	} else {
		html_raw(u->b, "<b>");
		ui_plural(u->b, v.rows, S("row is"), S("rows are"));
		html_raw(u->b, " as written.</b>");
	}
	if (v.expected)
		buf_add(u->b,
			v.met ? S(" The sum that you gave is one of the trail’s.")
			      : S(" The sum that you gave is none of the trail’s: rows were taken away or changed."));
	ui_note_end(u);
	if (v.head.n)
		ui_once(u, S("The sum of the last good row"),
			S("Write it down elsewhere: with it, rows that are taken away later can be noticed."), v.head);
	html_raw(u->b, "<p><a class=\"btn\" href=\"/admin/audit\">Back to the trail</a></p></div>");
	return page_admin_end(&p, r, err);
}
