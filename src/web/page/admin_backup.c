#include "app/backup.h"
#include "app/session.h"
#include "base/limits.h"
#include "web/page/admin.h"
#include "web/session.h"

/* Did a one-time link open this session? It stands for the password, which may not be there yet. */
static enum status is_linked(struct request *q, bool *out, struct err *err)
{
	const struct view_session *list;
	size_t n;
	TRY(app_session_list(q->app, (str){0}, session_value(q), &list, &n, err));
	*out = false;
	for (size_t i = 0; i < n; i++)
		*out |= list[i].own && list[i].linked;
	return OK;
}

static void commands(struct ui *u, str text)
{
	html_raw(u->b, "<pre tabindex=\"0\" role=\"region\" aria-label=\"Commands\"><code>");
	html_text(u->b, text);
	html_raw(u->b, "</code></pre>");
}

static void form(struct ui *u, bool linked)
{
	ui_section(u, S("b-now"), S("Download a copy"), S(""));
	html_raw(
	    u->b,
	    "<p class=\"sm sub\">The store as it is at one instant, in one file, while everybody works on. It holds "
	    "everything: evidence with its raw files, names, the hashes of passwords. Keep it as you keep those. "
	    "The audit trail records who took it, with its SHA-256.</p>");
	ui_post(u, S("/admin/backup"), "stack narrow gap-t");
	if (!linked)
		ui_field(u, &(struct ui_field){.id = S("password"),
					       .name = S("password"),
					       .label = S("Your password"),
					       .type = S("password"),
					       .complete = S("current-password"),
					       .required = true});
	ui_button(u, S("Download copy of the store"), true);
	html_raw(u->b, "</form>");
	ui_section_end(u);
}

static void restore(struct ui *u)
{
	ui_section(u, S("b-back"), S("Put it back"), S("On the machine of the server, where no store is"));
	commands(
	    u, S("systemctl stop aismm\nmv acme.db acme-before.db    # and acme.db-wal, acme.db-shm if they are there\n"
		 "aismm restore aismm-2026-11-26-0612.db --db acme.db\nsystemctl start aismm\n"));
	html_raw(
	    u->b,
	    "<p class=\"sm sub gap-t\"><code>aismm restore</code> reads every page of the copy and walks its audit "
	    "trail before it makes a store of it. More in <a href=\"/help/operations\">Operations</a>.</p>");
	ui_section_end(u);
}

static void postgres(struct ui *u)
{
	ui_section(u, S("b-pg"), S("This store is on PostgreSQL"), S(""));
	html_raw(
	    u->b,
	    "<p class=\"sm sub\">PostgreSQL has tools of its own, which know its clusters, logs and replicas. Take "
	    "the copy on the machine of the database, or with your other databases.</p>");
	commands(u, S("pg_dump --format=custom aismm >aismm-2026-11-26.dump\n"
		      "pg_restore --dbname=aismm_restored aismm-2026-11-26.dump    # into an empty database\n"));
	html_raw(u->b, "<p class=\"sm sub gap-t\">More in <a href=\"/help/operations\">Operations</a>.</p>");
	ui_section_end(u);
}

static void last(struct ui *u, int64_t at_ms, str by)
{
	html_raw(u->b, "<p class=\"sm\">");
	if (at_ms == INT64_MIN) {
		html_raw(u->b, "No copy was taken by aismm yet.");
	} else {
		html_raw(u->b, "The last copy was taken on ");
		ui_time(u->b, at_ms);
		html_raw(u->b, " by ");
		page_person(u, by);
		html_raw(u->b, ".");
	}
	html_raw(u->b, "</p>");
}

enum status page_admin_backup(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	bool linked, remote;
	int64_t at_ms;
	str by = {0};
	TRY(page_admin_open(q, r, &p, err));
	TRY(app_backup_last(q->app, &at_ms, &by, &remote, err));
	TRY(is_linked(q, &linked, err));
	struct ui *u = &p.ui;
	page_admin_head(&p, S("Backup"), S("/admin/backup"));
	page_admin_title(q, &p, S("Backup"), S("A copy that was never put back is a hope. Try yours once a quarter."));
	html_raw(u->b, "<div class=\"account gap-s\">");
	if (remote) {
		postgres(u);
	} else {
		last(u, at_ms, by);
		form(u, linked);
		restore(u);
	}
	html_raw(u->b, "</div>");
	return page_admin_end(&p, r, err);
}

static enum status disposition(struct request *q, str name, str *out, struct err *err)
{
	struct buf b = BUF(LIMIT_ID_BYTES);
	buf_printf(&b, "attachment; filename=\"%.*s\"", STR_ARG(name));
	*out = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	return out->p ? OK : err_full(err);
}

enum status page_admin_backup_post(struct request *q, struct reply *r, struct err *err)
{
	static const struct page_again again = {.path = S("/admin/backup"),
						.serve = page_admin_backup,
						.denied = true,
						.words = {{S("password"), S("password")}}};
	struct app_proof proof = session_proof(q);
	struct view_backup v;
	struct err why = {0};
	int fd = -1;
	enum status status = app_backup_open(q->app, &proof, &fd, &v, &why);
	if (status != OK)
		return page_refuse(q, r, status, &why, &again, err);
	r->file = (struct reply_file){.is = true, .fd = fd, .bytes = v.bytes};
	r->type = S("application/vnd.sqlite3");
	return disposition(q, v.name, &r->disposition, err);
}
