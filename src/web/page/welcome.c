#include "app/user.h"
#include "web/page.h"
#include "web/route.h"
#include "web/session.h"

static str wanted_code(const struct request *q)
{
	return q->server ? q->server->setup_code : (str){0};
}

static void code_field(struct ui *u, str typed)
{
	html_raw(u->b, "<div class=\"fr\"><label for=\"code\">Set-up code</label><input id=\"code\" name=\"code\" "
		       "type=\"text\" autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" required "
		       "aria-describedby=\"code-hint\" value=\"");
	html_text(u->b, typed);
	html_raw(u->b,
		 "\"><span class=\"hint\" id=\"code-hint\">The server printed it when it was started: it shows that "
		 "you are who runs it.</span></div>");
}

/* Without a code the server is for this machine alone. A page of a stranger could have its own name lead here: then
   the browser says that name. */
static enum status check_host(const struct request *q, struct err *err)
{
	str name = q->host, port;
	if (!q->server || wanted_code(q).n)
		return OK;
	if (!str_starts(name, S("[")))
		(void)str_cut(q->host, ':', &name, &port);
	bool number = str_starts(name, S("127."));
	for (size_t i = 0; i < name.n; i++)
		number &= name.p[i] == '.' || (name.p[i] >= '0' && name.p[i] <= '9');
	if (number || str_eq_fold(name, S("localhost")) || str_starts(name, S("[::1]")))
		return OK;
	err_set(err, E_DENIED, "the first person is set up on this machine: at localhost or 127.0.0.1");
	err_hint(err, "behind a proxy, start the server with --trust-proxy; it then prints a code for this");
	return E_DENIED;
}

static enum status administrator(struct request *q, struct reply *r, const struct err *why, struct err *err)
{
	struct page p;
	page_bare(q, r, &p);
	struct ui *u = &p.ui;
	struct ui_head head = {.title = S("Welcome"), .narrow = true};
	ui_page(u, &head);
	html_raw(
	    u->b,
	    "<div class=\"door\"><h1>Welcome</h1><p class=\"sub\">The first person here sets up the server and becomes "
	    "its administrator. There is no default password.</p>");
	if (why) {
		html_raw(u->b, "<div class=\"note\" role=\"alert\">");
		ui_icon(u->b, UI_WARNING, "");
		html_raw(u->b, "<div><b>");
		ui_sentence(u->b, str_from(why->message));
		html_raw(u->b, "</b>");
		ui_hint(u->b, S("<br>"), why);
		html_raw(u->b, "</div></div>");
	}
	html_raw(u->b, "<form method=\"post\" action=\"/welcome\" class=\"stack\">");
	if (wanted_code(q).n)
		code_field(u, request_field(&q->form, S("code")));
	html_raw(
	    u->b,
	    "<div class=\"fr\"><label for=\"shown\">Your "
	    "name</label><input id=\"shown\" name=\"shown\" type=\"text\" autocomplete=\"name\" required autofocus "
	    "value=\"");
	html_text(u->b, request_field(&q->form, S("shown")));
	html_raw(
	    u->b,
	    "\"></div><div class=\"fr\"><label for=\"name\">Name to sign in with</label><input id=\"name\" "
	    "name=\"name\" "
	    "type=\"text\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" required value=\"");
	html_text(u->b, request_field(&q->form, S("name")));
	html_raw(
	    u->b,
	    "\"></div><div class=\"fr\"><label for=\"password\">Password</label><input id=\"password\" "
	    "name=\"password\" type=\"password\" autocomplete=\"new-password\" required minlength=\"12\" "
	    "aria-describedby=\"password-hint\"><span class=\"hint\" id=\"password-hint\">At least 12 characters. "
	    "Length "
	    "counts, nothing else is asked for.</span></div><button class=\"btn go\">Set up</button></form></div>");
	ui_page_end(u, &head);
	return page_done(r, err);
}

enum status page_welcome(struct request *q, struct reply *r, struct err *err)
{
	bool nobody = false, due = false;
	TRY(app_user_none(q->app, &nobody, err));
	if (nobody)
		return administrator(q, r, NULL, err);
	TRY(page_start_due(q, &due, err));
	return page_go(q, r, due ? S("/start") : S("/"), (str){0}, err);
}

enum status page_welcome_post(struct request *q, struct reply *r, struct err *err)
{
	struct app_user_setup setup = {.name = str_trim(request_field(&q->form, S("name"))),
				       .shown = str_trim(request_field(&q->form, S("shown"))),
				       .password = request_field(&q->form, S("password")),
				       .code = request_field(&q->form, S("code")),
				       .wanted = wanted_code(q),
				       .address = q->address,
				       .agent = q->agent};
	struct view_opened opened;
	struct err why = {0};
	enum status status = check_host(q, &why);
	if (status == OK)
		status = app_user_setup(q->app, &setup, &opened, &why);
	if (status == E_INVALID || status == E_DENIED) {
		r->status = route_http_status(status);
		return administrator(q, r, &why, err);
	}
	if (status != OK) {
		*err = why;
		return status;
	}
	TRY(session_cookie(q, opened.cookie, &r->cookie, err));
	return page_go(q, r, S("/start"), (str){0}, err);
}
