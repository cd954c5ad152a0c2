#include "app/session.h"
#include "app/user.h"
#include "web/page.h"
#include "web/session.h"
#include "web/ui_table.h"

/* What was written into a form when its session was over; see again(). */
#define KEPT "kept."

static void field(struct ui *u, const char *id, str label, str attributes)
{
	html_raw(u->b, "<div class=\"fr\"><label for=\"");
	buf_add(u->b, str_from(id));
	html_raw(u->b, "\">");
	html_text(u->b, label);
	html_raw(u->b, "</label><input id=\"");
	buf_add(u->b, str_from(id));
	html_raw(u->b, "\" name=\"");
	buf_add(u->b, str_from(id));
	html_raw(u->b, "\" ");
	buf_add(u->b, attributes);
	html_raw(u->b, " required></div>");
}

static void begin(struct request *q, struct reply *r, struct page *p, struct ui_head *head, str title)
{
	page_bare(q, r, p);
	p->ui.who = (str){0};
	*head = (struct ui_head){.title = title, .narrow = true};
	ui_page(&p->ui, head);
	html_raw(p->ui.b, "<div class=\"door\"><h1>");
	html_text(p->ui.b, title);
	html_raw(p->ui.b, "</h1>");
}

static void refused(struct ui *u, const struct err *err)
{
	if (!err)
		return;
	html_raw(u->b, "<div class=\"note\" role=\"alert\">");
	ui_icon(u->b, UI_WARNING, "");
	html_raw(u->b, "<div><b>");
	ui_sentence(u->b, str_from(err->message));
	html_raw(u->b, "</b>");
	ui_hint(u->b, S("<br>"), err);
	html_raw(u->b, "</div></div>");
}

static enum status end(struct page *p, struct reply *r, const struct ui_head *head, struct err *err)
{
	html_raw(p->ui.b, "</div>");
	ui_page_end(&p->ui, head);
	return page_done(r, err);
}

/* ---- what was written before the session was over ---- */

static void keep(struct request *q, struct ui *u)
{
	bool again = str_eq(q->path, S("/sign-in"));
	for (size_t i = 0; i < q->form.n; i++) {
		const struct request_field *f = &q->form.list[i];
		bool kept = str_starts(f->name, S(KEPT));
		if (again ? !kept : str_eq(f->name, S("csrf")))
			continue;
		html_raw(u->b, "<input type=\"hidden\" name=\"");
		if (!again)
			html_raw(u->b, KEPT);
		html_text(u->b, f->name);
		html_raw(u->b, "\" value=\"");
		html_text(u->b, f->value);
		html_raw(u->b, "\">");
	}
}

/* The form as it was, ready to be sent again, after signing in. */
static enum status again(struct request *q, struct reply *r, str to, str csrf, struct err *err)
{
	struct page p;
	struct ui_head head;
	begin(q, r, &p, &head, S("You are signed in again"));
	p.ui.csrf = csrf;
	html_raw(p.ui.b,
		 "<p class=\"sub\">What you wrote is still here. Nothing has been saved yet.</p><form method=\"post\" "
		 "action=\"");
	html_text(p.ui.b, to);
	html_raw(p.ui.b, "\" class=\"stack\">");
	for (size_t i = 0; i < q->form.n; i++)
		if (str_starts(q->form.list[i].name, S(KEPT)))
			ui_hidden(&p.ui, str_slice(q->form.list[i].name, sizeof KEPT - 1, q->form.list[i].name.n),
				  q->form.list[i].value);
	ui_csrf(&p.ui);
	html_raw(p.ui.b,
		 "<button class=\"btn go\">Save it now</button> <a class=\"btn\" href=\"/\">Leave it</a></form>");
	return end(&p, r, &head, err);
}

static bool has_kept(const struct request *q)
{
	for (size_t i = 0; i < q->form.n; i++)
		if (str_starts(q->form.list[i].name, S(KEPT)))
			return true;
	return false;
}

/* ---- name and password ---- */

static enum status form(struct request *q, struct reply *r, str to, bool over, const struct err *why, struct err *err)
{
	struct page p;
	struct ui_head head;
	begin(q, r, &p, &head, S("Sign in"));
	struct ui *u = &p.ui;
	if (over)
		html_raw(
		    u->b,
		    "<p class=\"note info\" role=\"status\">Your session is over. What you wrote is kept: sign in, and "
		    "save it then.</p>");
	refused(u, why);
	html_raw(u->b, "<form method=\"post\" action=\"/sign-in\" class=\"stack\">");
	ui_hidden(u, S("to"), to);
	keep(q, u);
	field(u, "name", S("Name"),
	      S("type=\"text\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" "
		"autofocus"));
	field(u, "password", S("Password"), S("type=\"password\" autocomplete=\"current-password\""));
	html_raw(
	    u->b,
	    "<button class=\"btn go\">Sign in</button></form><p class=\"sm mut gap-t\">No password yet, or lost it? An "
	    "administrator can give you a link that signs you in once.</p>");
	return end(&p, r, &head, err);
}

enum status page_sign_in(struct request *q, struct reply *r, struct err *err)
{
	bool nobody = false;
	TRY(app_user_none(q->app, &nobody, err));
	if (nobody)
		return page_go(q, r, S("/welcome"), (str){0}, err);
	return form(q, r, session_next(request_field(&q->query, S("to"))), false, NULL, err);
}

enum status page_sign_in_again(struct request *q, struct reply *r, struct err *err)
{
	r->status = 401;
	return form(q, r, session_next(q->path), true, NULL, err);
}

/* Signed in: on to where it was meant to go, or to the second factor first. Who has no password yet sets one. */
static enum status enter(struct request *q, struct reply *r, const struct view_opened *opened, struct err *err)
{
	str to = opened->locked_out ? S("/account") : session_next(request_field(&q->form, S("to")));
	TRY(session_cookie(q, opened->cookie, &r->cookie, err));
	if (opened->waits)
		return page_go(q, r, S("/sign-in/second?to="), to, err);
	if (has_kept(q))
		return again(q, r, to, opened->csrf, err);
	request_redirect(r, to);
	return OK;
}

static struct app_sign_in who_asks(const struct request *q)
{
	return (struct app_sign_in){.name = str_trim(request_field(&q->form, S("name"))),
				    .password = request_field(&q->form, S("password")),
				    .address = q->address,
				    .agent = q->agent};
}

enum status page_sign_in_post(struct request *q, struct reply *r, struct err *err)
{
	struct app_sign_in in = who_asks(q);
	struct view_opened opened;
	struct err why = {0};
	enum status status = app_session_sign_in(q->app, &in, &opened, &why);
	if (status == OK)
		return enter(q, r, &opened, err);
	if (status != E_DENIED && status != E_INVALID) {
		*err = why;
		return status;
	}
	r->status = 401;
	return form(q, r, session_next(request_field(&q->form, S("to"))), false, &why, err);
}

/* ---- the second factor ---- */

static enum status second_form(struct request *q, struct reply *r, str to, const struct err *why, struct err *err)
{
	struct page p;
	struct ui_head head;
	begin(q, r, &p, &head, S("One more step"));
	struct ui *u = &p.ui;
	html_raw(u->b,
		 "<p class=\"sub\">Enter the code that your authenticator shows, or one of your recovery codes.</p>");
	refused(u, why);
	html_raw(u->b, "<form method=\"post\" action=\"/sign-in/second\" class=\"stack\">");
	ui_hidden(u, S("to"), to);
	ui_csrf(u);
	field(u, "code", S("Code"), S("type=\"text\" inputmode=\"text\" autocomplete=\"one-time-code\" autofocus"));
	html_raw(u->b, "<button class=\"btn go\">Sign in</button></form>");
	return end(&p, r, &head, err);
}

enum status page_sign_in_second(struct request *q, struct reply *r, struct err *err)
{
	return second_form(q, r, session_next(request_field(&q->query, S("to"))), NULL, err);
}

enum status page_sign_in_second_post(struct request *q, struct reply *r, struct err *err)
{
	struct view_opened opened;
	struct err why = {0};
	enum status status =
	    app_session_second(q->app, session_value(q), str_trim(request_field(&q->form, S("code"))), &opened, &why);
	if (status == OK)
		return enter(q, r, &opened, err);
	if (status != E_DENIED && status != E_INVALID) {
		*err = why;
		return status;
	}
	r->status = 401;
	return second_form(q, r, session_next(request_field(&q->form, S("to"))), &why, err);
}

/* ---- a link that works once ---- */

/* Mail programs open links to look at them: it is the button that uses it up. */
enum status page_sign_in_link(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct ui_head head;
	begin(q, r, &p, &head, S("Sign in with this link"));
	html_raw(p.ui.b, "<p class=\"sub\">It works once.</p><form method=\"post\" action=\"/sign-in/");
	ui_url(p.ui.b, q->part[0]);
	html_raw(p.ui.b, "\"><button class=\"btn go\" autofocus>Sign in</button></form>");
	return end(&p, r, &head, err);
}

enum status page_sign_in_link_post(struct request *q, struct reply *r, struct err *err)
{
	struct app_sign_in in = {.link = q->part[0], .address = q->address, .agent = q->agent};
	struct view_opened opened;
	TRY(app_session_link(q->app, &in, &opened, err));
	return enter(q, r, &opened, err);
}

enum status page_sign_in_out(struct request *q, struct reply *r, struct err *err)
{
	TRY(app_session_end(q->app, session_value(q), err));
	TRY(session_cookie(q, (str){0}, &r->cookie, err));
	r->clear_site = true;
	return page_go(q, r, S("/sign-in"), (str){0}, err);
}
