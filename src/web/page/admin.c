#include "web/page/admin.h"

#include "app/user.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"

enum { ROWS = 100 };

/* ---- what the pages share ---- */

static const struct ui_side parts[] = {
    {S("/admin"), S("People")},
    {S("/admin/assignments"), S("Assignments")},
    {S("/admin/tokens"), S("Tokens of the API")},
    {S("/evidence"), S("Feeds")},
    {S("/admin/settings"), S("Settings")},
    {S("/admin/audit"), S("Audit trail")},
    {S("/admin/backup"), S("Backup")},
    {S("/admin/health"), S("Health")},
};

enum status page_admin_open(struct request *q, struct reply *r, struct page *p, struct err *err)
{
	TRY(page_open(q, r, p, err));
	p->ui.lens = NULL; /* it is about no unit and no instant */
	return OK;
}

void page_admin_head(struct page *p, str title, str path)
{
	struct ui_head head = {.title = title};
	bool admin = p->frame.most == ACCESS_ADMIN;
	ui_page(&p->ui, &head);
	ui_side(&p->ui, S("Administration"), admin ? parts : parts + 1, admin ? sizeof parts / sizeof parts[0] : 1,
		path);
}

enum status page_admin_end(struct page *p, struct reply *r, struct err *err)
{
	struct ui_head head = {0};
	ui_side_end(&p->ui);
	ui_page_end(&p->ui, &head);
	return page_done(r, err);
}

void page_admin_title(struct request *q, struct page *p, str title, str lead)
{
	static const struct {
		str word, sentence;
	} receipts[] = {
	    {S("added"), S("Added. Make a sign-in link so that the person gets in.")},
	    {S("grant"), S("The role is granted.")},
	    {S("revoke"), S("The role is taken back.")},
	    {S("disable"), S("Disabled: the sessions have ended, and tokens and links are good for nothing.")},
	    {S("enable"), S("Enabled again.")},
	    {S("sessions"), S("All sessions have ended.")},
	    {S("token"), S("The token is revoked.")},
	    {S("setting"), S("The setting is saved.")},
	    {S("assigned"), S("Assigned.")},
	    {S("ended"), S("The assignment has ended.")},
	};
	struct buf *b = p->ui.b;
	str done = request_field(&q->query, S("done"));
	html_raw(b, "<h1>");
	ui_user(b, title);
	html_raw(b, "</h1><p class=\"sub lead\">");
	html_text(b, lead);
	html_raw(b, "</p>");
	ui_refusal(&p->ui);
	for (size_t i = 0; i < sizeof receipts / sizeof receipts[0]; i++)
		if (str_eq(done, receipts[i].word))
			ui_receipt_line(&p->ui, receipts[i].sentence);
}

/* ---- people ---- */

static void grants(const struct ui *u, const struct view_user *v)
{
	struct buf *b = u->b;
	size_t shown = 0;
	for (size_t i = 0; i < v->n_grants && shown < 4; i++) {
		if (v->grants[i].ended_ms != TIME_FOREVER)
			continue;
		if (shown++)
			html_raw(b, "<br>");
		html_text(b, access_role_name(v->grants[i].role));
		html_raw(b, " at ");
		ui_unit_name(u, v->grants[i].unit);
	}
	if (!shown)
		html_raw(b, "<span class=\"mut\">none</span>");
	if (v->n_grants > 4)
		html_raw(b, "<br>…");
}

static void person_row(struct ui *u, const struct view_user *v)
{
	struct buf *b = u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	ui_a(u, "", S("/admin/person/"), v->name);
	ui_user(b, v->shown);
	html_raw(b, "</a>");
	if (!str_eq(v->shown, v->name)) {
		html_raw(b, "<br><span class=\"xs mut\">");
		ui_user(b, v->name);
		html_raw(b, "</span>");
	}
	if (v->disabled_ms != TIME_FOREVER)
		html_raw(b, " <span class=\"pill\">disabled</span>");
	html_raw(b, "</th><td>");
	grants(u, v);
	html_raw(b, "</td><td>");
	buf_add(b, v->password_ms < 0 ? S("none") : S("set"));
	html_raw(b, "</td><td>");
	buf_add(b, v->second ? S("yes") : S("no"));
	html_raw(b, "</td><td class=\"nw\">");
	if (v->seen_ms < 0)
		html_raw(b, "<span class=\"mut\">not lately</span>");
	else
		ui_time(b, v->seen_ms);
	html_raw(b, "</td></tr>");
}

static void add_form(struct ui *u)
{
	ui_fold(u, ui_is_again(u, S("/admin/person"), (struct ui_pair){0}), S("Add a person"));
	ui_post(u, S("/admin/person"), "stack narrow");
	ui_field(u, &(struct ui_field){.id = S("name"),
				       .name = S("name"),
				       .label = S("Name to sign in with"),
				       .hint = S("It never changes: facts are recorded under it."),
				       .required = true});
	ui_field(u, &(struct ui_field){.id = S("shown"), .name = S("shown"), .label = S("Name that others see")});
	ui_select(u, S("role"), S("role"), S("First role"));
	ui_option(u, S(""), S("none yet"), S("reader"));
	ui_roles(u, ACCESS_READER);
	ui_select_end(u);
	ui_field(u, &(struct ui_field){
			.id = S("unit"), .name = S("unit"), .label = S("At the unit"), .hint = S("Empty: the root.")});
	ui_button(u, S("Add person"), true);
	html_raw(u->b, "</form>");
	ui_fold_end(u);
}

static bool fits(const struct view_user *v, str text)
{
	return str_has_fold(v->name, text) || str_has_fold(v->shown, text);
}

static void people_table(struct ui *u, const struct view_user *list, size_t n, str text, int64_t from)
{
	int64_t total = 0, shown = 0;
	ui_table(u, S("People"));
	ui_head_cell(u, S("Person"), false);
	ui_head_cell(u, S("Roles"), false);
	ui_head_cell(u, S("Password"), false);
	ui_head_cell(u, S("Second factor"), false);
	ui_head_cell(u, S("Last seen"), false);
	ui_table_body(u);
	for (size_t i = 0; i < n; i++) {
		if (!fits(&list[i], text))
			continue;
		if (total++ < from || shown == ROWS)
			continue;
		shown++;
		person_row(u, &list[i]);
	}
	if (!total)
		ui_table_none(u, 5, S("Nobody fits what you filter by."));
	ui_table_close(u);
	struct ui_pair more[] = {{S("text"), text}};
	ui_pager(u, &(struct ui_pages){.path = S("/admin"),
				       .offset = from,
				       .shown = shown,
				       .limit = ROWS,
				       .total = total,
				       .more = more,
				       .n_more = 1,
				       .csv = S("/admin/people.csv")});
	ui_table_end(u);
}

enum status page_admin(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	const struct view_user *list;
	size_t n;
	str text = str_trim(request_field(&q->query, S("text")));
	TRY(page_admin_open(q, r, &p, err));
	TRY(app_user_list(q->app, &list, &n, err));
	page_admin_head(&p, S("People"), S("/admin"));
	page_admin_title(q, &p, S("People"),
			 S("Who may sign in, and what each may do at which unit and all below it."));
	html_raw(p.ui.b, "<div class=\"gap-s\">");
	ui_filter(&p.ui, S("/admin"), S("Name"), text);
	ui_filter_end(&p.ui, S("/admin"), text.n > 0);
	people_table(&p.ui, list, n, text, page_from(q));
	add_form(&p.ui);
	html_raw(p.ui.b, "</div>");
	return page_admin_end(&p, r, err);
}

enum status page_admin_people_csv(struct request *q, struct reply *r, struct err *err)
{
	const struct view_user *list;
	size_t n;
	static const str head[] = {S("name"), S("shown"), S("role"), S("unit"), S("disabled"), S("second_factor")};
	TRY(app_user_list(q->app, &list, &n, err));
	csv_row(&r->body, head, 6);
	for (size_t i = 0; i < n; i++) {
		const struct view_user *v = &list[i];
		str cells[] = {v->name,
			       v->shown,
			       S(""),
			       S(""),
			       v->disabled_ms != TIME_FOREVER ? S("true") : S("false"),
			       v->second ? S("true") : S("false")};
		for (size_t g = 0; g < v->n_grants; g++) {
			cells[2] = access_role_name(v->grants[g].role);
			cells[3] = v->grants[g].unit;
			csv_row(&r->body, cells, 6);
		}
		if (!v->n_grants)
			csv_row(&r->body, cells, 6);
	}
	return page_csv(q, r, S("people"), err);
}

enum status page_admin_person_add(struct request *q, struct reply *r, struct err *err)
{
	struct app_user user = {.name = request_field(&q->form, S("name")),
				.shown = str_trim(request_field(&q->form, S("shown"))),
				.role = access_role_find(request_field(&q->form, S("role"))),
				.unit = str_trim(request_field(&q->form, S("unit")))};
	static const struct page_again again = {.path = S("/admin"),
						.serve = page_admin,
						.words = {{S("the shown name"), S("shown")}, {S("name"), S("name")}}};
	struct view_user v;
	struct err why = {0};
	enum status status = app_user_add(q->app, &user, &v, &why);
	if (status != OK)
		return page_refuse(q, r, status, &why, &again, err);
	struct buf b = BUF(LIMIT_HEADER_BYTES);
	buf_add(&b, S("/admin/person/"));
	ui_url(&b, v.name);
	buf_add(&b, S("?done=added"));
	str location = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	if (!location.p)
		return err_full(err);
	request_redirect(r, location);
	return OK;
}
