#include "app/second.h"
#include "web/page/account.h"
#include "web/session.h"

static void code_form(struct ui *u)
{
	ui_post(u, S("/account/second/confirm"), "line gap-t");
	ui_field(u, &(struct ui_field){.id = S("code"),
				       .name = S("code"),
				       .label = S("The code that it shows now"),
				       .complete = S("one-time-code"),
				       .required = true});
	ui_button(u, S("Confirm"), true);
	html_raw(u->b, "</form>");
}

enum status page_account_second(struct request *q, struct reply *r, struct err *err)
{
	struct app_proof proof = session_proof(q);
	struct view_second v;
	struct page p;
	struct err why = {0};
	enum status status = app_second_enrol(q->app, &proof, &v, &why);
	if (status != OK)
		return page_account_after(q, r, status, &why, S(""), err);
	TRY(page_open(q, r, &p, err));
	page_account_begin(&p, S("Set up your second factor"));
	struct ui *u = &p.ui;
	html_raw(u->b, "<p class=\"sub lead\">Scan this with your authenticator app, or type the secret into it. It is "
		       "not shown again.</p><div class=\"enrol\">");
	TRY(ui_qr(u, v.uri, S("QR code of the secret"), q->arena, err));
	html_raw(u->b, "<div class=\"stack\">");
	ui_once(u, S("Secret"), S("To type, where no camera is at hand."), v.secret);
	ui_once(u, S("Address"), S("For a program that takes it as text."), v.uri);
	code_form(u);
	html_raw(u->b, "</div></div>");
	return page_account_end(&p, r, err);
}

static enum status wrong_code(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	TRY(page_open(q, r, &p, err));
	page_account_begin(&p, S("Set up your second factor"));
	ui_refusal(&p.ui);
	html_raw(p.ui.b, "<p class=\"sub lead\">Wait for the next code and try again. If the secret is lost, <a "
			 "href=\"/account#a-second\">begin anew</a>.</p>");
	code_form(&p.ui);
	return page_account_end(&p, r, err);
}

enum status page_account_second_confirm(struct request *q, struct reply *r, struct err *err)
{
	struct view_second v;
	struct page p;
	struct err why = {0};
	static const struct page_again wrong = {
	    .path = S("/account"), .serve = wrong_code, .denied = true, .words = {{S("the code is wrong"), S("code")}}};
	enum status status =
	    app_second_confirm(q->app, str_trim(request_field(&q->form, S("code"))), session_value(q), &v, &why);
	if (status == E_DENIED || status == E_INVALID)
		return page_refuse(q, r, status, &why, &wrong, err);
	if (status != OK)
		return page_account_after(q, r, status, &why, S(""), err);
	TRY(page_account_renew(q, r, err));
	TRY(page_open(q, r, &p, err));
	page_account_begin(&p, S("Your second factor holds"));
	struct buf *b = p.ui.b;
	html_raw(b,
		 "<p class=\"sub lead\">Write these codes down and keep them apart from your telephone. Each stands in "
		 "once for a code of the authenticator. They are not shown again.</p><ol class=\"codes mono\">");
	for (size_t i = 0; i < v.n_codes; i++) {
		html_raw(b, "<li>");
		html_text(b, v.codes[i]);
		html_raw(b, "</li>");
	}
	html_raw(b, "</ol><p><a class=\"btn\" href=\"/account\">I have written them down</a></p>");
	return page_account_end(&p, r, err);
}

enum status page_account_second_remove(struct request *q, struct reply *r, struct err *err)
{
	struct app_proof proof = session_proof(q);
	struct err why = {0};
	bool removed;
	enum status status = app_second_remove(q->app, &proof, &removed, &why);
	if (status == OK)
		TRY(page_account_renew(q, r, err));
	return page_account_after(q, r, status, &why, S("second"), err);
}
