#include "app/token.h"
#include "base/time.h"
#include "web/page/account.h"
#include "web/session.h"

static void row(struct ui *u, const struct view_token *t)
{
	struct buf *b = u->b;
	char id[24];
	html_raw(b, "<tr><th scope=\"row\">");
	ui_user(b, t->name);
	html_raw(b, " <span class=\"hash\">");
	html_text(b, t->prefix);
	html_raw(b, "…</span></th><td>");
	ui_token_cells(u, t);
	html_raw(b, "</td><td>");
	ui_act(u, S("/account/token/end"), S("Revoke"), (struct ui_pair){S("id"), page_number(t->id, id)},
	       (struct ui_pair){0});
	html_raw(b, "</td></tr>");
}

static void list(struct ui *u, const struct view_token *tokens, size_t n)
{
	ui_table(u, S("Your tokens"));
	ui_head_cell(u, S("For"), false);
	ui_head_cell(u, S("May"), false);
	ui_head_cell(u, S("Good until"), false);
	ui_head_cell(u, S("Last used"), false);
	ui_head_acts(u);
	ui_table_body(u);
	for (size_t i = 0; i < n; i++)
		row(u, &tokens[i]);
	if (!n)
		ui_table_none(u, 5, S("You have no token."));
	ui_table_close(u);
	ui_table_foot(u, (int64_t)n, S("/account/tokens.csv"), (struct ui_pair){0});
	ui_table_end(u);
}

static void field(struct ui *u, str name, str label, str type, str hint, bool required)
{
	ui_field(u, &(struct ui_field){
			.id = name, .name = name, .label = label, .type = type, .hint = hint, .required = required});
}

static void form(struct ui *u, bool linked)
{
	ui_fold(u, ui_is_again(u, S("/account/token"), (struct ui_pair){0}), S("Create a token"));
	ui_post(u, S("/account/token"), "stack narrow");
	field(u, S("name"), S("What it is for"), S(""), S(""), true);
	ui_select(u, S("role"), S("role"), S("What it may do"));
	ui_option(u, S(""), S("Write one feed, named below"), S("reader"));
	ui_roles(u, ACCESS_READER);
	ui_select_end(u);
	field(u, S("feed"), S("Feed"), S(""), S("Only for a token that writes one feed."), false);
	field(u, S("unit"), S("Unit"), S(""), S("And all below it. Empty: everything that is yours."), false);
	field(u, S("expires"), S("Good until"), S("date"), S("Empty: 90 days."), false);
	if (!linked)
		ui_password(u, S("token-proof"), S("password"), S("Your password"), S("current-password"), S(""));
	ui_button(u, S("Create token"), true);
	html_raw(u->b, "</form>");
	ui_fold_end(u);
}

enum status page_account_tokens(struct request *q, struct page *p, struct err *err)
{
	const struct view_token *tokens;
	size_t n;
	TRY(app_token_list(q->app, (str){0}, false, false, &tokens, &n, err));
	ui_section(&p->ui, S("a-tokens"), S("Tokens of the API"),
		   S("A token speaks for you, never for more than you may"));
	list(&p->ui, tokens, n);
	form(&p->ui, q->linked);
	ui_section_end(&p->ui);
	return OK;
}

static enum status read_form(const struct request *q, struct app_token *out, struct err *err)
{
	str expires = str_trim(request_field(&q->form, S("expires")));
	*out = (struct app_token){.name = str_trim(request_field(&q->form, S("name"))),
				  .role = access_role_find(request_field(&q->form, S("role"))),
				  .feed = str_trim(request_field(&q->form, S("feed"))),
				  .unit = str_trim(request_field(&q->form, S("unit"))),
				  .proof = session_proof(q)};
	out->expires.given = expires.n > 0;
	if (!expires.n || time_parse(expires, &out->expires.ms))
		return OK;
	return err_set(err, E_INVALID, "\"%.*s\" is not a day", STR_ARG(expires));
}

enum status page_account_token(struct request *q, struct reply *r, struct err *err)
{
	struct app_token token;
	struct view_token v;
	struct page p;
	struct err why = {0};
	enum status status = read_form(q, &token, &why);
	if (status == OK)
		status = app_token_create(q->app, &token, &v, &why);
	if (status != OK)
		return page_account_after(q, r, status, &why, S(""), err);
	TRY(page_open(q, r, &p, err));
	page_account_begin(&p, S("Your new token"));
	ui_once(&p.ui, v.name, S("Copy it now. Only its SHA-256 is kept, and it is not shown again."), v.value);
	html_raw(p.ui.b, "<p><a class=\"btn\" href=\"/account#a-tokens\">Back to your account</a></p>");
	return page_account_end(&p, r, err);
}

enum status page_account_token_end(struct request *q, struct reply *r, struct err *err)
{
	struct view_token v;
	struct err why = {0};
	int64_t id = 0;
	(void)str_to_i64(request_field(&q->form, S("id")), &id);
	enum status status = app_token_revoke(q->app, id, &v, &why);
	return page_account_after(q, r, status, &why, S("token"), err);
}
