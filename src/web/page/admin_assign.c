#include "app/assign.h"
#include "base/time.h"
#include "web/page/admin.h"

enum { ROWS = 100 };

static void row(struct ui *u, const struct view_assignment *a)
{
	struct buf *b = u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	ui_a_unit(u, "", S("/objective/"), a->objective, a->unit);
	html_text(b, a->objective);
	html_raw(b, "</a></th><td>");
	ui_user(b, a->unit);
	html_raw(b, "</td><td>");
	ui_user(b, a->shown.n ? a->shown : a->user);
	html_raw(b, "</td><td class=\"nw\">");
	if (a->due_ms != TIME_FOREVER)
		ui_day(b, a->due_ms);
	if (a->overdue)
		html_raw(b, " <span class=\"pill warn\">overdue</span>");
	html_raw(b, "</td><td>");
	page_person(u, a->author);
	html_raw(b, "</td><td>");
	ui_post(u, S("/admin/assignment/end"), "act");
	ui_hidden(u, S("objective"), a->objective);
	ui_hidden(u, S("unit"), a->unit);
	ui_hidden(u, S("user"), a->user);
	html_raw(b, "<button class=\"btn small\">End</button></form></td></tr>");
}

static bool fits(const struct view_assignment *a, str text)
{
	return str_has_fold(a->objective, text) || str_has_fold(a->unit, text) || str_has_fold(a->user, text) ||
	       str_has_fold(a->shown, text);
}

enum status page_admin_assigned(struct request *q, struct reply *r, struct page *p, struct page_assigned *out,
				struct err *err)
{
	const struct view_assignment *all;
	size_t n;
	str text = str_trim(request_field(&q->query, S("text")));
	TRY(page_admin_open(q, r, p, err));
	TRY(app_assign_list(q->app, &(struct app_assign_filter){0}, &all, &n, err));
	struct view_assignment *list = arena_new(q->arena, struct view_assignment, n);
	if (!list)
		return err_full(err);
	*out = (struct page_assigned){.text = text, .list = list};
	for (size_t i = 0; i < n; i++)
		if (fits(&all[i], text))
			list[out->n++] = all[i];
	return OK;
}

static void table(struct ui *u, const struct page_assigned *v, int64_t from)
{
	int64_t shown = 0, total = (int64_t)v->n;
	ui_table(u, S("Assignments"));
	ui_head_cell(u, S("Objective"), false);
	ui_head_cell(u, S("Unit"), false);
	ui_head_cell(u, S("Of"), false);
	ui_head_cell(u, S("Due"), false);
	ui_head_cell(u, S("By"), false);
	ui_head_acts(u);
	ui_table_body(u);
	for (; from + shown < total && shown < ROWS; shown++)
		row(u, &v->list[from + shown]);
	if (!total)
		ui_table_none(u, 6, v->text.n ? S("None fits what you filter by.") : S("Nothing is assigned."));
	ui_table_close(u);
	struct ui_pair more[] = {{S("text"), v->text}};
	ui_pager(u, &(struct ui_pages){.path = S("/admin/assignments"),
				       .offset = from,
				       .shown = shown,
				       .limit = ROWS,
				       .total = total,
				       .more = more,
				       .n_more = 1,
				       .csv = S("/admin/assignments.csv"),
				       .csv_more = more,
				       .n_csv = 1});
	ui_table_end(u);
}

static void field(struct ui *u, str name, str label, str type, bool required)
{
	ui_field(u, &(struct ui_field){.id = name, .name = name, .label = label, .type = type, .required = required});
}

enum status page_admin_assignments(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct page_assigned v;
	TRY(page_admin_assigned(q, r, &p, &v, err));
	struct ui *u = &p.ui;
	page_admin_head(&p, S("Assignments"), S("/admin/assignments"));
	page_admin_title(
	    q, &p, S("Assignments"),
	    S("Who is to answer an objective at a unit, and by when. It lets that person see and answer it."));
	ui_post(u, S("/admin/assignment"), "line gap-t");
	field(u, S("objective"), S("Objective"), S(""), true);
	field(u, S("unit"), S("Unit; empty: the root"), S(""), false);
	field(u, S("user"), S("Person, by the name to sign in with"), S(""), true);
	field(u, S("due"), S("Due"), S("date"), false);
	ui_button(u, S("Assign"), true);
	html_raw(u->b, "</form><div class=\"gap-s\">");
	ui_filter(u, S("/admin/assignments"), S("Objective, unit or person"), v.text);
	ui_filter_end(u, S("/admin/assignments"), v.text.n > 0);
	table(u, &v, page_from(q));
	html_raw(u->b, "</div>");
	return page_admin_end(&p, r, err);
}

static enum status read_form(const struct request *q, struct app_assign *out, struct err *err)
{
	str due = str_trim(request_field(&q->form, S("due")));
	*out = (struct app_assign){.objective = str_trim(request_field(&q->form, S("objective"))),
				   .unit = str_trim(request_field(&q->form, S("unit"))),
				   .user = str_trim(request_field(&q->form, S("user")))};
	out->due.given = due.n > 0;
	if (!due.n || time_parse(due, &out->due.ms))
		return OK;
	return err_set(err, E_INVALID, "\"%.*s\" is not a day", STR_ARG(due));
}

static enum status change(struct request *q, struct reply *r,
			  enum status (*act)(struct app *app, const struct app_assign *assign,
					     struct view_assignment *out, struct err *err),
			  str done, struct err *err)
{
	static const struct page_again again = {
	    .path = S("/admin/assignments"), .serve = page_admin_assignments, .words = {{S("due"), S("due")}}};
	struct app_assign assign;
	struct view_assignment v;
	struct err why = {0};
	enum status status = read_form(q, &assign, &why);
	if (status == OK)
		status = act(q->app, &assign, &v, &why);
	if (status != OK)
		return page_refuse(q, r, status, &why, &again, err);
	return page_go(q, r, S("/admin/assignments?done="), done, err);
}

enum status page_admin_assign(struct request *q, struct reply *r, struct err *err)
{
	return change(q, r, app_assign_add, S("assigned"), err);
}

enum status page_admin_assign_end(struct request *q, struct reply *r, struct err *err)
{
	return change(q, r, app_assign_end, S("ended"), err);
}
