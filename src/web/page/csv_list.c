#include "base/csv.h"

#include "app/app.h"
#include "app/approval.h"
#include "app/file.h"
#include "app/token.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/page/admin.h"
#include "web/page/evidence.h"
#include "web/page/register.h"

/* Empty for no instant. */
static str time_cell(int64_t ms, char out[TIME_TEXT])
{
	return ms < 0 || ms == TIME_FOREVER ? S("") : time_format(ms, out);
}

/* ---- approvals ---- */

static void approval_row(struct buf *b, const struct view_approval *a)
{
	char since[TIME_TEXT], last[TIME_TEXT], until[TIME_TEXT], id[24];
	bool begun = a->n_steps > 0;
	str cells[] = {page_number(a->id, id),
		       a->system,
		       a->unit,
		       page_csv_deployments(a->deployment),
		       approval_state_name(a->state),
		       begun ? a->steps[0].actor : S(""),
		       time_cell(begun ? a->steps[0].at_ms : -1, since),
		       time_cell(begun ? a->steps[a->n_steps - 1].at_ms : -1, last),
		       time_cell(a->expires_ms, until)};
	csv_row(b, cells, sizeof cells / sizeof cells[0]);
}

enum status page_csv_approvals(struct request *q, struct reply *r, struct err *err)
{
	static const str head[] = {S("approval"),     S("system"),    S("unit"),      S("deployment"), S("state"),
				   S("requested_by"), S("requested"), S("last_step"), S("good_until")};
	struct page p;
	struct view_approvals v;
	bool pending = request_field(&q->query, S("waiting")).n > 0;
	TRY(page_register_open(q, r, &p, err));
	TRY(app_approval_list(q->app, p.frame.tree->units[p.frame.unit].id, pending, &v, err));
	csv_row(&r->body, head, sizeof head / sizeof head[0]);
	for (size_t i = 0; i < v.n; i++)
		approval_row(&r->body, &v.list[i]);
	return page_csv(q, r, S("approvals"), err);
}

/* ---- assignments ---- */

enum status page_csv_assignments(struct request *q, struct reply *r, struct err *err)
{
	static const str head[] = {S("objective"), S("unit"), S("user"), S("shown"), S("due"), S("overdue"), S("by")};
	struct page p;
	struct page_assigned v;
	TRY(page_admin_assigned(q, r, &p, &v, err));
	csv_row(&r->body, head, sizeof head / sizeof head[0]);
	for (size_t i = 0; i < v.n; i++) {
		const struct view_assignment *a = &v.list[i];
		char due[TIME_TEXT];
		str cells[] = {a->objective,
			       a->unit,
			       a->user,
			       a->shown,
			       time_cell(a->due_ms, due),
			       a->overdue ? S("true") : S("false"),
			       a->author};
		csv_row(&r->body, cells, sizeof cells / sizeof cells[0]);
	}
	return page_csv(q, r, S("assignments"), err);
}

/* ---- tokens: never what they are ---- */

static enum status write_tokens(struct request *q, struct reply *r, bool everybody, struct err *err)
{
	static const str head[] = {S("token"), S("prefix"), S("user"),       S("role"),
				   S("unit"),  S("feed"),   S("good_until"), S("last_used")};
	const struct view_token *list;
	size_t n;
	TRY(app_token_list(q->app, (str){0}, everybody, false, &list, &n, err));
	csv_row(&r->body, head, sizeof head / sizeof head[0]);
	for (size_t i = 0; i < n; i++) {
		const struct view_token *t = &list[i];
		char until[TIME_TEXT], used[TIME_TEXT];
		str cells[] = {t->name,
			       t->prefix,
			       t->user,
			       t->feed.p ? S("") : access_role_name(t->role),
			       t->unit,
			       t->feed,
			       time_cell(t->expires_ms, until),
			       time_cell(t->used_ms, used)};
		csv_row(&r->body, cells, sizeof cells / sizeof cells[0]);
	}
	return page_csv(q, r, S("tokens"), err);
}

enum status page_csv_tokens(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	TRY(page_admin_open(q, r, &p, err));
	return write_tokens(q, r, true, err);
}

enum status page_csv_own_tokens(struct request *q, struct reply *r, struct err *err)
{
	return write_tokens(q, r, false, err);
}

/* ---- the snapshots of a feed, a row for each file ---- */

enum status page_csv_snapshots(struct request *q, struct reply *r, struct err *err)
{
	static const str head[] = {S("observed"), S("file"),     S("sha256"), S("bytes"),
				   S("format"),   S("imported"), S("by")};
	struct page p;
	struct view_history v;
	TRY(page_evidence_open(q, r, &p, err));
	TRY(app_file_history(q->app, q->part[0], p.lens.at, 0, LIMIT_PAGE_CSV_ROWS, &v, err));
	if (v.files.total > LIMIT_PAGE_CSV_ROWS)
		return err_set(err, E_TOO_LARGE, "more than %d rows", LIMIT_PAGE_CSV_ROWS);
	csv_row(&r->body, head, sizeof head / sizeof head[0]);
	for (size_t i = 0; i < v.files.n; i++) {
		const struct view_file *f = &v.files.list[i];
		char observed[TIME_TEXT], recorded[TIME_TEXT], bytes[24];
		str cells[] = {
		    time_format(f->observed_ms, observed), f->file,  f->sha256, page_number(f->bytes, bytes), f->format,
		    time_format(f->recorded_ms, recorded), f->author};
		csv_row(&r->body, cells, sizeof cells / sizeof cells[0]);
	}
	return page_csv(q, r, S("snapshots"), err);
}
