#include "app/session.h"
#include "app/user.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/page/admin.h"
#include "web/route.h"
#include "web/session.h"

/* "/admin/person/NAME" and what comes behind it, in the arena; p NULL when it is full. */
static str path_of(struct request *q, str name, str more)
{
	struct buf b = BUF(LIMIT_HEADER_BYTES);
	buf_add(&b, S("/admin/person/"));
	ui_url(&b, name);
	buf_add(&b, more);
	str out = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

static void grant_row(struct ui *u, const struct view_grant *g, str path)
{
	struct buf *b = u->b;
	str role = access_role_name(g->role);
	html_raw(b, "<tr><th scope=\"row\">");
	html_text(b, role);
	html_raw(b, "</th><td>");
	ui_unit_name(u, g->unit);
	html_raw(b, "</td><td>");
	page_person(u, g->author);
	html_raw(b, ", ");
	ui_day(b, g->recorded_ms);
	html_raw(b, "</td><td>");
	if (g->ended_ms == TIME_FOREVER) {
		ui_act(u, path, S("Take back"), (struct ui_pair){S("role"), role},
		       (struct ui_pair){S("unit"), g->unit});
	} else {
		html_raw(b, "<span class=\"mut\">ended by ");
		page_person(u, g->ended_by);
		html_raw(b, ", ");
		ui_day(b, g->ended_ms);
		html_raw(b, "</span>");
	}
	html_raw(b, "</td></tr>");
}

static enum status grants(struct request *q, struct ui *u, const struct view_user *v, struct err *err)
{
	str revoke = path_of(q, v->name, S("/revoke")), grant = path_of(q, v->name, S("/grant"));
	if (!revoke.p || !grant.p)
		return err_full(err);
	ui_section(u, S("p-roles"), S("Roles"), S("Each holds at its unit and all below it"));
	ui_table(u, S("Roles"));
	ui_head_cell(u, S("Role"), false);
	ui_head_cell(u, S("Unit"), false);
	ui_head_cell(u, S("Granted by"), false);
	ui_head_acts(u);
	ui_table_body(u);
	for (size_t i = 0; i < v->n_grants; i++)
		grant_row(u, &v->grants[i], revoke);
	if (!v->n_grants)
		ui_table_none(u, 4, S("No role was granted yet."));
	ui_table_close(u);
	ui_table_end(u);
	ui_post(u, grant, "line gap-t");
	ui_select(u, S("role"), S("role"), S("Role"));
	ui_roles(u, ACCESS_READER);
	ui_select_end(u);
	ui_field(u, &(struct ui_field){.id = S("unit"), .name = S("unit"), .label = S("Unit; empty: the root")});
	ui_button(u, S("Grant role"), false);
	html_raw(u->b, "</form>");
	ui_section_end(u);
	return OK;
}

static void facts(struct ui *u, const struct view_user *v)
{
	struct buf *b = u->b;
	ui_facts(u);
	ui_fact(u, S("Added"));
	ui_day(b, v->created_ms);
	html_raw(b, " by ");
	page_person(u, v->author);
	ui_fact_end(u);
	ui_fact(u, S("Password"));
	if (v->password_ms < 0)
		html_raw(b, "none yet");
	else
		ui_day(b, v->password_ms);
	ui_fact_end(u);
	ui_fact(u, S("Second factor"));
	buf_add(b, v->second ? S("yes") : S("no"));
	ui_fact_end(u);
	ui_fact(u, S("Assignments"));
	ui_count(b, v->assigned);
	ui_fact_end(u);
	if (v->disabled_ms != TIME_FOREVER) {
		ui_fact(u, S("Disabled"));
		ui_day(b, v->disabled_ms);
		html_raw(b, " by ");
		page_person(u, v->disabled_by);
		ui_fact_end(u);
	}
	ui_facts_end(u);
}

/* A link lets in whoever has it: the administrator shows first who asks for it. */
static enum status link_form(struct request *q, struct ui *u, const struct view_user *v, struct err *err)
{
	str path = path_of(q, v->name, S("/link"));
	if (!path.p)
		return err_full(err);
	ui_post(u, path, "line");
	if (!q->linked)
		ui_password(u, S("password"), S("password"), S("Your own password"), S("current-password"), S(""));
	if (v->second)
		html_raw(u->b, "<label class=\"check\"><input type=\"checkbox\" name=\"lost\" value=\"1\"><span>The "
			       "second factor is lost: remove it</span></label>");
	ui_button(u, S("Make a sign-in link"), false);
	html_raw(u->b, "</form>");
	return OK;
}

static enum status acts(struct request *q, struct ui *u, const struct view_user *v, struct err *err)
{
	bool off = v->disabled_ms != TIME_FOREVER;
	const struct {
		str path, word;
		bool shown;
	} list[] = {
	    {path_of(q, v->name, S("/sessions")), S("End all sessions"), !off},
	    {path_of(q, v->name, S("/disable")), S("Disable"), !off},
	    {path_of(q, v->name, S("/enable")), S("Enable again"), off},
	};
	ui_section(u, S("p-way"), S("The way in"),
		   S("A link signs in once, within minutes; the person then sets a password"));
	if (!off)
		TRY(link_form(q, u, v, err));
	html_raw(u->b, "<div class=\"row gap-t\">");
	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
		if (!list[i].path.p)
			return err_full(err);
		if (list[i].shown)
			ui_act(u, list[i].path, list[i].word, (struct ui_pair){0}, (struct ui_pair){0});
	}
	html_raw(u->b, "</div>");
	ui_section_end(u);
	return OK;
}

enum status page_admin_person(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_user v;
	TRY(page_admin_open(q, r, &p, err));
	TRY(app_user_show(q->app, q->part[0], &v, err));
	page_admin_head(&p, v.shown, S("/admin"));
	page_admin_title(q, &p, v.shown, v.name);
	html_raw(p.ui.b, "<div class=\"account gap-s\">");
	facts(&p.ui, &v);
	TRY(grants(q, &p.ui, &v, err));
	TRY(acts(q, &p.ui, &v, err));
	html_raw(p.ui.b, "</div>");
	return page_admin_end(&p, r, err);
}

/* ---- acts ---- */

static enum status show_link(struct request *q, struct reply *r, const struct view_sign_in_link *link, struct err *err)
{
	struct page p;
	struct buf url = BUF(LIMIT_HEADER_BYTES);
	TRY(page_admin_open(q, r, &p, err));
	page_admin_head(&p, link->user, S("/admin"));
	buf_add(&url, q->tls ? S("https://") : S("http://"));
	buf_add(&url, q->host);
	buf_add(&url, link->path);
	html_raw(p.ui.b, "<h1>A link for ");
	ui_user(p.ui.b, link->user);
	html_raw(p.ui.b, "</h1><div class=\"gap-s stack\">");
	if (link->second_removed)
		ui_receipt_line(&p.ui, S("The second factor is removed."));
	ui_once(&p.ui, S("Sign-in link"),
		S("Hand it over yourself. It is not shown again, and links made before it are good no more."),
		buf_str(&url));
	html_raw(p.ui.b, "<p class=\"sm sub\">Good once, until ");
	ui_time(p.ui.b, link->expires_ms);
	html_raw(p.ui.b, ".</p><p>");
	ui_a(&p.ui, "btn", S("/admin/person/"), link->user);
	html_raw(p.ui.b, "Back</a></p></div>");
	buf_release(&url);
	return page_admin_end(&p, r, err);
}

static enum status act(struct request *q, str word, struct err *err)
{
	struct view_user user;
	struct view_grant grant;
	int64_t n;
	str name = q->part[0], unit = str_trim(request_field(&q->form, S("unit")));
	enum access_role role = access_role_find(request_field(&q->form, S("role")));
	if (str_eq(word, S("grant")))
		return app_user_grant(q->app, name, role, unit, &grant, err);
	if (str_eq(word, S("revoke")))
		return app_user_revoke(q->app, name, role, unit, &grant, err);
	if (str_eq(word, S("disable")))
		return app_user_disable(q->app, name, &user, err);
	if (str_eq(word, S("enable")))
		return app_user_enable(q->app, name, &user, err);
	if (str_eq(word, S("sessions")))
		return app_session_revoke_all(q->app, name, (str){0}, &n, err);
	return err_set(err, E_NOT_FOUND, "there is no such act");
}

enum status page_admin_person_act(struct request *q, struct reply *r, struct err *err)
{
	str word = q->part[1];
	bool makes_link = str_eq(word, S("link")), lost = request_field(&q->form, S("lost")).n > 0;
	struct page_again again = {.path = path_of(q, q->part[0], S("")),
				   .serve = page_admin_person,
				   .denied = makes_link,
				   .words = {{S("password"), S("password")}}};
	struct app_proof proof = session_proof(q);
	struct view_sign_in_link link;
	struct err why = {0};
	enum status status =
	    makes_link ? app_user_link(q->app, q->part[0], lost, &proof, &link, &why) : act(q, word, &why);
	if (status != OK)
		return page_refuse(q, r, status, &why, &again, err);
	if (makes_link)
		return show_link(q, r, &link, err);
	return page_go(q, r, path_of(q, q->part[0], S("?done=")), word, err);
}
