#include <sys/resource.h>

#include "app/backup.h"
#include "app/health.h"
#include "app/setting.h"
#include "app/token.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/page/admin.h"

/* ---- tokens of everybody ---- */

static void token_row(struct ui *u, const struct view_token *t)
{
	struct buf *b = u->b;
	char id[24];
	html_raw(b, "<tr><th scope=\"row\">");
	ui_user(b, t->name);
	html_raw(b, " <span class=\"hash\">");
	html_text(b, t->prefix);
	html_raw(b, "…</span></th><td>");
	ui_a(u, "", S("/admin/person/"), t->user);
	page_person(u, t->user);
	html_raw(b, "</a></td><td>");
	ui_token_cells(u, t);
	html_raw(b, "</td><td>");
	ui_act(u, S("/admin/token/end"), S("Revoke"), (struct ui_pair){S("id"), page_number(t->id, id)},
	       (struct ui_pair){0});
	html_raw(b, "</td></tr>");
}

enum status page_admin_tokens(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	const struct view_token *list;
	size_t n;
	TRY(page_admin_open(q, r, &p, err));
	TRY(app_token_list(q->app, (str){0}, true, false, &list, &n, err));
	struct ui *u = &p.ui;
	page_admin_head(&p, S("Tokens of the API"), S("/admin/tokens"));
	page_admin_title(q, &p, S("Tokens of the API"),
			 S("Those that hold. Each is made by the person for whom it speaks."));
	html_raw(u->b, "<div class=\"gap-s\">");
	ui_table(u, S("Tokens"));
	ui_head_cell(u, S("For"), false);
	ui_head_cell(u, S("Of"), false);
	ui_head_cell(u, S("May"), false);
	ui_head_cell(u, S("Good until"), false);
	ui_head_cell(u, S("Last used"), false);
	ui_head_acts(u);
	ui_table_body(u);
	for (size_t i = 0; i < n; i++)
		token_row(u, &list[i]);
	if (!n)
		ui_table_none(u, 6, S("There is no token."));
	ui_table_close(u);
	ui_table_foot(u, (int64_t)n, S("/admin/tokens.csv"), (struct ui_pair){0});
	ui_table_end(u);
	html_raw(u->b, "</div>");
	return page_admin_end(&p, r, err);
}

enum status page_admin_token_end(struct request *q, struct reply *r, struct err *err)
{
	struct view_token v;
	static const struct page_again again = {.path = S("/admin/tokens"), .serve = page_admin_tokens};
	struct err why = {0};
	int64_t id = 0;
	(void)str_to_i64(request_field(&q->form, S("id")), &id);
	enum status status = app_token_revoke(q->app, id, &v, &why);
	if (status != OK)
		return page_refuse(q, r, status, &why, &again, err);
	return page_go(q, r, S("/admin/tokens?done=token"), (str){0}, err);
}

/* ---- settings ---- */

/* By enum app_setting_id. */
static const struct {
	str title, label, hint;
} settings[APP_SETTINGS] = {
    {S("Organisation"), S("Name"),
     S("Stands beside “aismm” at the top of every page and in the title of the window. Empty: nothing does.")},
    {S("Against"), S("Months"),
     S("What everything is compared with where nobody chose a day: so many months before. Empty: 12.")},
    {S("Expires next"), S("Days"), S("The overview names the evidence that ends within so many days. Empty: 90.")},
    {S("Second factor"), S("Asked of"),
     S("Those who have none set one up before they see anything else. Tokens that exist keep working.")},
};

static const struct view_setting *setting_of(const struct view_setting *list, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].name, name))
			return &list[i];
	return NULL;
}

static void word(struct ui *u, const struct app_setting_of *of, str field, int id, str value)
{
	static const str shown[APP_SETTING_WORDS] = {S("Nobody: it is everybody's own choice"), S("Administrators"),
						     S("Everybody")};
	ui_select(u, field, S("value"), settings[id].label);
	for (int i = 0; i < APP_SETTING_WORDS; i++)
		ui_option(u, of->words[i], shown[i], value.n ? value : of->words[0]);
	ui_select_end(u);
	html_raw(u->b, "<p class=\"hint\">");
	html_text(u->b, settings[id].hint);
	html_raw(u->b, "</p>");
}

static void setting(struct ui *u, int id, const struct view_setting *there)
{
	const struct app_setting_of *of = &app_setting_all[id];
	str name = of->name, value = there ? there->value : (str){0};
	ui_section(u, name, settings[id].title, S(""));
	ui_post_of(u, S("/admin/settings"), "stack narrow", (struct ui_pair){S("name"), name});
	struct buf field = BUF(LIMIT_SETTING_NAME_BYTES + 8);
	buf_printf(&field, "v-%.*s", STR_ARG(name));
	if (of->words[0].n)
		word(u, of, buf_str(&field), id, value);
	else
		ui_field(u, &(struct ui_field){.id = buf_str(&field),
					       .name = S("value"),
					       .label = settings[id].label,
					       .value = value,
					       .hint = settings[id].hint});
	buf_release(&field);
	html_raw(u->b, "<div class=\"row\">");
	ui_button(u, S("Save setting"), false);
	if (there) {
		html_raw(u->b, "<span class=\"sm mut\">Set by ");
		page_person(u, there->author);
		html_raw(u->b, " on ");
		ui_day(u->b, there->recorded_ms);
		html_raw(u->b, "</span>");
	}
	html_raw(u->b, "</div></form>");
	ui_section_end(u);
}

enum status page_admin_settings(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	const struct view_setting *list;
	size_t n;
	TRY(page_admin_open(q, r, &p, err));
	TRY(app_setting_list(q->app, &list, &n, err));
	page_admin_head(&p, S("Settings"), S("/admin/settings"));
	page_admin_title(q, &p, S("Settings"), S("For everybody who uses this store. Earlier values stay known."));
	html_raw(p.ui.b, "<div class=\"account gap-s\">");
	for (int i = 0; i < APP_SETTINGS; i++)
		setting(&p.ui, i, setting_of(list, n, app_setting_all[i].name));
	html_raw(p.ui.b, "</div>");
	return page_admin_end(&p, r, err);
}

enum status page_admin_settings_post(struct request *q, struct reply *r, struct err *err)
{
	static const struct page_again again = {.path = S("/admin/settings"), .serve = page_admin_settings};
	struct view_setting v;
	struct err why = {0};
	enum status status = app_setting_set(q->app, str_trim(request_field(&q->form, S("name"))),
					     str_trim(request_field(&q->form, S("value"))), &v, &why);
	if (status != OK)
		return page_refuse(q, r, status, &why, &again, err);
	return page_go(q, r, S("/admin/settings?done=setting"), (str){0}, err);
}

/* ---- health ---- */

static void count(struct ui *u, str name, int64_t n)
{
	ui_fact(u, name);
	ui_count(u->b, n);
	ui_fact_end(u);
}

static void text(struct ui *u, str name, str value)
{
	ui_fact(u, name);
	html_text(u->b, value);
	ui_fact_end(u);
}

static void copies(struct ui *u, const struct view_health *v, int64_t copied_ms)
{
	ui_fact(u, S("Last copy"));
	if (v->postgres)
		html_raw(u->b, "by PostgreSQL’s own tools");
	else if (copied_ms == INT64_MIN)
		html_raw(u->b, "never");
	else
		ui_time(u->b, copied_ms);
	ui_fact_end(u);
}

static void store(struct ui *u, const struct view_health *v, int64_t copied_ms)
{
	ui_section(u, S("h-store"), S("Store"), S(""));
	ui_facts(u);
	text(u, S("Engine"), v->postgres ? S("PostgreSQL") : S("SQLite"));
	ui_fact(u, S("Size"));
	ui_bytes(u->b, v->store_bytes);
	ui_fact_end(u);
	count(u, S("Schema"), v->schema);
	count(u, S("Units"), v->units);
	count(u, S("People"), v->users);
	count(u, S("Snapshots of feeds"), v->snapshots);
	count(u, S("Rows of the audit trail"), v->audit_rows);
	ui_fact(u, S("Last evaluation"));
	if (v->evaluated_ms == INT64_MIN)
		html_raw(u->b, "never");
	else
		ui_time(u->b, v->evaluated_ms);
	ui_fact_end(u);
	copies(u, v, copied_ms);
	ui_facts_end(u);
	html_raw(u->b, "<p class=\"sm gap-t\"><a href=\"/admin/backup\">To the backup</a></p>");
	ui_section_end(u);
}

static void feeds(struct ui *u, const struct view_health *v)
{
	static const str words[FEED_STATES] = {[FEED_FRESH] = S("Fresh"),
					       [FEED_LATE] = S("Late"),
					       [FEED_STALE] = S("Stale"),
					       [FEED_FAILING] = S("Failing"),
					       [FEED_RETIRED] = S("Retired")};
	ui_section(u, S("h-feeds"), S("Feeds"), S(""));
	ui_facts(u);
	for (int i = 0; i < FEED_STATES; i++)
		count(u, words[i], v->feeds[i]);
	ui_facts_end(u);
	html_raw(u->b, "<p class=\"sm gap-t\"><a href=\"/evidence\">To the feeds</a></p>");
	ui_section_end(u);
}

static void server(struct ui *u, const struct request *q, const struct view_health *v)
{
	struct rusage used;
	ui_section(u, S("h-server"), S("Server"), S(""));
	ui_facts(u);
	text(u, S("Version"), v->version);
	if (getrusage(RUSAGE_SELF, &used) == 0) {
		ui_fact(u, S("Memory, at most so far"));
		ui_bytes(u->b, (int64_t)used.ru_maxrss * 1024);
		ui_fact_end(u);
	}
	if (q->server) {
		ui_fact(u, S("Started"));
		ui_time(u->b, q->server->started_ms);
		ui_fact_end(u);
		text(u, S("TLS"), q->server->tls ? S("built in") : q->server->proxy ? S("by the proxy") : S("none"));
		text(u, S("System calls"), q->server->confined.calls ? S("confined by seccomp") : S("not confined"));
		text(u, S("Files"), q->server->confined.files ? S("confined by Landlock") : S("not confined"));
	}
	ui_facts_end(u);
	ui_section_end(u);
}

enum status page_admin_health(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_health v;
	int64_t copied_ms;
	bool remote;
	str by = {0};
	TRY(page_admin_open(q, r, &p, err));
	TRY(app_health(q->app, &v, err));
	TRY(app_backup_last(q->app, &copied_ms, &by, &remote, err));
	page_admin_head(&p, S("Health"), S("/admin/health"));
	page_admin_title(q, &p, S("Health"), S("How the server and its store are."));
	html_raw(p.ui.b, "<div class=\"account gap-s\">");
	server(&p.ui, q, &v);
	store(&p.ui, &v, copied_ms);
	feeds(&p.ui, &v);
	html_raw(p.ui.b, "</div>");
	return page_admin_end(&p, r, err);
}
