#include "web/page/account.h"

#include "app/assign.h"
#include "app/second.h"
#include "app/session.h"
#include "app/user.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/route.h"
#include "web/session.h"

/* What the page says after an act; the word stands in the address. */
static const struct {
	str word, sentence;
} receipts[] = {
    {S("name"), S("Your shown name is saved.")},
    {S("password"), S("The new password holds. Your other sessions have ended.")},
    {S("second"), S("The second factor is removed.")},
    {S("session"), S("The session has ended.")},
    {S("sessions"), S("All your other sessions have ended.")},
    {S("token"), S("The token is good for nothing any more.")},
    {S("prefer"), S("Your preferences are saved.")},
};

static void said(struct ui *u, str done)
{
	for (size_t i = 0; i < sizeof receipts / sizeof receipts[0]; i++)
		if (str_eq(done, receipts[i].word))
			ui_receipt_line(u, receipts[i].sentence);
}

/* ---- who one is ---- */

static void name(struct page *p, const struct view_user *me)
{
	struct ui *u = &p->ui;
	ui_section(u, S("a-name"), S("You"), S(""));
	ui_post(u, S("/account/name"), "line");
	ui_field(u, &(struct ui_field){.id = S("shown"),
				       .name = S("shown"),
				       .label = S("Name that others see"),
				       .value = me->shown,
				       .complete = S("name"),
				       .required = true});
	ui_button(u, S("Save name"), false);
	html_raw(u->b, "</form><p class=\"sm mut gap-t\">You sign in as ");
	ui_user(u->b, me->name);
	html_raw(u->b, ".</p>");
	if (me->n_grants) {
		html_raw(u->b, "<ul class=\"sm gap-t\">");
		for (size_t i = 0; i < me->n_grants; i++) {
			if (me->grants[i].ended_ms != TIME_FOREVER)
				continue;
			html_raw(u->b, "<li>");
			html_text(u->b, access_role_name(me->grants[i].role));
			html_raw(u->b, " at ");
			ui_unit_name(u, me->grants[i].unit);
			html_raw(u->b, "</li>");
		}
		html_raw(u->b, "</ul>");
	}
	ui_section_end(u);
}

static void password(struct page *p, const struct view_user *me, bool linked)
{
	struct ui *u = &p->ui;
	ui_section(u, S("a-password"), S("Password"), S(""));
	if (me->password_ms >= 0) {
		html_raw(u->b, "<p class=\"sm sub\">Changed last on ");
		ui_time(u->b, me->password_ms);
		html_raw(u->b, ". If that was not you, change it now: all other sessions end.</p>");
	}
	ui_post(u, S("/account/password"), "stack narrow");
	if (!linked)
		ui_password(u, S("current"), S("current"), S("Password that holds now"), S("current-password"), S(""));
	ui_password(u, S("new"), S("new"), S("New password"), S("new-password"),
		    S("At least 12 characters. Length counts, nothing else is asked for."));
	ui_button(u, me->password_ms >= 0 ? S("Change password") : S("Set password"), false);
	html_raw(u->b, "</form>");
	ui_section_end(u);
}

static void second(struct page *p, const struct view_user *me, bool linked)
{
	struct ui *u = &p->ui;
	ui_section(u, S("a-second"), S("Second factor"), S(""));
	html_raw(u->b, "<p class=\"sm sub\">");
	buf_add(u->b,
		me->second
		    ? S("A code of your authenticator is asked for when you sign in.")
		    : S("With an authenticator app on your telephone, a password that was stolen is not enough."));
	html_raw(u->b, "</p>");
	ui_post(u, me->second ? S("/account/second/remove") : S("/account/second"), "stack narrow gap-t");
	if (!linked)
		ui_password(u, S("proof"), S("password"), S("Your password"), S("current-password"), S(""));
	ui_button(u, me->second ? S("Remove second factor") : S("Set up second factor"), false);
	html_raw(u->b, "</form>");
	ui_section_end(u);
}

/* ---- sessions ---- */

/* "Chrome on Linux" of what a browser says about itself; all of it where nothing is known. */
static void browser(struct buf *b, str agent)
{
	static const str browsers[][2] = {{S("Edg/"), S("Edge")},        {S("OPR/"), S("Opera")},
					  {S("Firefox/"), S("Firefox")}, {S("Chrome/"), S("Chrome")},
					  {S("Safari/"), S("Safari")},   {S("curl/"), S("curl")}};
	static const str systems[][2] = {{S("Windows"), S(" on Windows")}, {S("Android"), S(" on Android")},
					 {S("iPhone"), S(" on iPhone")},   {S("iPad"), S(" on iPad")},
					 {S("Mac OS"), S(" on macOS")},    {S("Linux"), S(" on Linux")}};
	for (size_t i = 0; i < sizeof browsers / sizeof browsers[0]; i++) {
		if (str_find(agent, browsers[i][0]) < 0)
			continue;
		html_text(b, browsers[i][1]);
		for (size_t k = 0; k < sizeof systems / sizeof systems[0]; k++)
			if (str_find(agent, systems[k][0]) >= 0) {
				html_text(b, systems[k][1]);
				return;
			}
		return;
	}
	ui_user(b, agent.n ? agent : S("unknown browser"));
}

static void session_row(struct ui *u, const struct view_session *s)
{
	struct buf *b = u->b;
	char id[24];
	html_raw(b, "<tr><th scope=\"row\">");
	browser(b, s->agent);
	if (s->own)
		html_raw(b, " <span class=\"pill ok\">this one</span>");
	html_raw(b, "</th><td>");
	ui_user(b, s->address);
	html_raw(b, "</td><td class=\"nw\">");
	ui_time(b, s->created_ms);
	html_raw(b, "</td><td class=\"nw\">");
	ui_time(b, s->seen_ms);
	html_raw(b, "</td><td>");
	buf_add(b, s->linked ? S("one-time link") : S("password"));
	if (s->second)
		html_raw(b, ", second factor");
	html_raw(b, "</td><td>");
	if (!s->own)
		ui_act(u, S("/account/session/end"), S("End"), (struct ui_pair){S("id"), page_number(s->id, id)},
		       (struct ui_pair){0});
	html_raw(b, "</td></tr>");
}

static void sessions(struct page *p, const struct view_session *list, size_t n)
{
	struct ui *u = &p->ui;
	ui_section(u, S("a-sessions"), S("Sessions"), S("Where you are signed in"));
	ui_table(u, S("Sessions"));
	ui_head_cell(u, S("Browser"), false);
	ui_head_cell(u, S("Address"), false);
	ui_head_cell(u, S("Since"), false);
	ui_head_cell(u, S("Last used"), false);
	ui_head_cell(u, S("By"), false);
	ui_head_acts(u);
	ui_table_body(u);
	for (size_t i = 0; i < n; i++)
		session_row(u, &list[i]);
	ui_table_close(u);
	ui_table_foot(u, (int64_t)n, S("/account/sessions.csv"), (struct ui_pair){0});
	ui_table_end(u);
	if (n > 1) {
		html_raw(u->b, "<div class=\"gap-t\">");
		ui_act(u, S("/account/session/end"), S("End all others"), (struct ui_pair){S("all"), S("1")},
		       (struct ui_pair){0});
		html_raw(u->b, "</div>");
	}
	ui_section_end(u);
}

static enum status load_sessions(struct request *q, const struct view_session **list, size_t *n, struct err *err)
{
	return app_session_list(q->app, (str){0}, session_value(q), list, n, err);
}

enum status page_account_sessions_csv(struct request *q, struct reply *r, struct err *err)
{
	const struct view_session *list;
	size_t n;
	TRY(load_sessions(q, &list, &n, err));
	csv_row(&r->body,
		(const str[]){S("browser"), S("address"), S("since"), S("last_used"), S("by"), S("second_factor"),
			      S("this_one")},
		7);
	for (size_t i = 0; i < n; i++) {
		const struct view_session *s = &list[i];
		char since[TIME_TEXT], used[TIME_TEXT];
		csv_row(&r->body,
			(const str[]){s->agent, s->address, time_format(s->created_ms, since),
				      time_format(s->seen_ms, used), s->linked ? S("link") : S("password"),
				      s->second ? S("true") : S("false"), s->own ? S("true") : S("false")},
			7);
	}
	return page_csv(q, r, S("sessions"), err);
}

/* ---- preferences ---- */

static void preferences(struct request *q, struct page *p)
{
	struct ui *u = &p->ui;
	ui_section(u, S("a-prefer"), S("Preferences"), S(""));
	ui_post(u, S("/account/prefer"), "stack narrow");
	ui_select(u, S("theme"), S("theme"), S("Colours"));
	ui_option(u, S("system"), S("As the system has them"), q->theme);
	ui_option(u, S("light"), S("Light"), q->theme);
	ui_option(u, S("dark"), S("Dark"), q->theme);
	ui_select_end(u);
	ui_select(u, S("keys"), S("keys"), S("Single keys (/ to search, g u to go to units, ? for all)"));
	ui_option(u, S("on"), S("On"), q->keys);
	ui_option(u, S("off"), S("Off"), q->keys);
	ui_select_end(u);
	ui_button(u, S("Save preferences"), false);
	html_raw(u->b, "</form>");
	ui_section_end(u);
}

/* ---- what is mine to answer ---- */

static void assignments(struct page *p, const struct view_assignment *list, size_t n)
{
	struct ui *u = &p->ui;
	if (!n)
		return;
	ui_section(u, S("a-mine"), S("Assigned to you"), S(""));
	ui_table(u, S("Assigned to you"));
	ui_head_cell(u, S("Objective"), false);
	ui_head_cell(u, S("Unit"), false);
	ui_head_cell(u, S("Due"), false);
	ui_head_cell(u, S("By"), false);
	ui_table_body(u);
	for (size_t i = 0; i < n; i++) {
		html_raw(u->b, "<tr><th scope=\"row\">");
		ui_a_unit(u, "", S("/objective/"), list[i].objective, list[i].unit);
		html_text(u->b, list[i].objective);
		html_raw(u->b, "</a></th><td>");
		ui_unit_name(u, list[i].unit);
		html_raw(u->b, "</td><td class=\"nw\">");
		if (list[i].due_ms != TIME_FOREVER)
			ui_day(u->b, list[i].due_ms);
		if (list[i].overdue)
			html_raw(u->b, " <span class=\"pill warn\">overdue</span>");
		html_raw(u->b, "</td><td>");
		page_person(u, list[i].author);
		html_raw(u->b, "</td></tr>");
	}
	ui_table_close(u);
	ui_table_end(u);
	ui_section_end(u);
}

/* ---- the page ---- */

void page_account_begin(struct page *p, str title)
{
	struct ui_head head = {.title = title, .narrow = true};
	p->ui.lens = NULL; /* it is about no unit and no instant */
	ui_page(&p->ui, &head);
	html_raw(p->ui.b, "<div class=\"account\"><h1>");
	html_text(p->ui.b, title);
	html_raw(p->ui.b, "</h1>");
}

enum status page_account_end(struct page *p, struct reply *r, struct err *err)
{
	struct ui_head head = {.narrow = true};
	html_raw(p->ui.b, "</div>");
	ui_page_end(&p->ui, &head);
	return page_done(r, err);
}

struct mine {
	struct view_user me;
	const struct view_session *sessions;
	const struct view_assignment *assigned;
	size_t n_sessions, n_assigned;
};

static enum status load(struct request *q, struct mine *out, struct err *err)
{
	*out = (struct mine){0};
	TRY(app_user_show(q->app, (str){0}, &out->me, err));
	TRY(load_sessions(q, &out->sessions, &out->n_sessions, err));
	TRY(app_assign_list(q->app, &(struct app_assign_filter){.own = true}, &out->assigned, &out->n_assigned, err));
	return OK;
}

enum status page_account(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct mine mine;
	TRY(page_open(q, r, &p, err));
	TRY(load(q, &mine, err));
	page_account_begin(&p, S("Your account"));
	ui_refusal(&p.ui);
	if (!q->refused)
		said(&p.ui, request_field(&q->query, S("done")));
	assignments(&p, mine.assigned, mine.n_assigned);
	html_raw(p.ui.b, "<div class=\"grid g-2\">");
	name(&p, &mine.me);
	preferences(q, &p);
	password(&p, &mine.me, q->linked);
	second(&p, &mine.me, q->linked);
	html_raw(p.ui.b, "</div>");
	sessions(&p, mine.sessions, mine.n_sessions);
	TRY(page_account_tokens(q, &p, err));
	return page_account_end(&p, r, err);
}

enum status page_account_after(struct request *q, struct reply *r, enum status status, const struct err *why, str done,
			       struct err *err)
{
	if (status == OK)
		return page_go(q, r, S("/account?done="), done, err);
	static const struct page_again again = {.path = S("/account"),
						.serve = page_account,
						.denied = true,
						.words = {{S("the password is wrong"), S("current")},
							  {S("the password is wrong"), S("password")},
							  {S("the password"), S("new")},
							  {S("the shown name"), S("shown")},
							  {S("the token would"), S("expires")},
							  {S("a token is good for"), S("expires")},
							  {S("a token has a role"), S("feed")},
							  {S("the feed"), S("feed")}}};
	return page_refuse(q, r, status, why, &again, err);
}

enum status page_account_renew(struct request *q, struct reply *r, struct err *err)
{
	struct view_opened opened;
	TRY(app_session_rotate(q->app, session_value(q), &opened, err));
	q->csrf = opened.csrf;
	return session_cookie(q, opened.cookie, &r->cookie, err);
}

enum status page_account_name(struct request *q, struct reply *r, struct err *err)
{
	struct err why = {0};
	enum status status = app_user_shown(q->app, request_field(&q->form, S("shown")), &why);
	return page_account_after(q, r, status, &why, S("name"), err);
}

enum status page_account_password(struct request *q, struct reply *r, struct err *err)
{
	struct app_user_password p = {.password = request_field(&q->form, S("new")),
				      .current = request_field(&q->form, S("current")),
				      .cookie = session_value(q)};
	struct err why = {0};
	enum status status = app_user_password(q->app, &p, &why);
	if (status == OK)
		TRY(page_account_renew(q, r, err));
	return page_account_after(q, r, status, &why, S("password"), err);
}

enum status page_account_session_end(struct request *q, struct reply *r, struct err *err)
{
	struct err why = {0};
	int64_t id = 0, n;
	bool all = request_field(&q->form, S("all")).n > 0;
	(void)str_to_i64(request_field(&q->form, S("id")), &id);
	enum status status = all ? app_session_revoke_all(q->app, (str){0}, session_value(q), &n, &why)
				 : app_session_revoke(q->app, (str){0}, id, &why);
	return page_account_after(q, r, status, &why, all ? S("sessions") : S("session"), err);
}

static enum status prefer(struct request *q, struct err *err)
{
	str theme = request_field(&q->form, S("theme")), keys = request_field(&q->form, S("keys"));
	bool known = str_eq(theme, S("light")) || str_eq(theme, S("dark"));
	TRY(app_user_prefer(q->app, S("theme"), known ? theme : S(""), err));
	return app_user_prefer(q->app, S("keys"), str_eq(keys, S("off")) ? keys : S(""), err);
}

enum status page_account_prefer(struct request *q, struct reply *r, struct err *err)
{
	struct err why = {0};
	enum status status = prefer(q, &why);
	return page_account_after(q, r, status, &why, S("prefer"), err);
}
