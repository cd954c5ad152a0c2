#include <stdio.h>

#include "app/approval.h"
#include "app/dismiss.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/page/evidence.h"
#include "web/page/register.h"

enum { ROWS = 50 };

/* ---- systems that no register knows ---- */

static const struct view_unresolved *name_of(const struct view_unresolved_list *all, str id)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->names[i].name, id))
			return &all->names[i];
	return NULL;
}

static void found_by(struct ui *u, const struct view_unresolved *name)
{
	struct buf *b = u->b;
	if (!name || !name->n_uses) {
		html_raw(b, "<span class=\"mut\">a feed of AI systems</span>");
		return;
	}
	for (size_t i = 0; i < name->n_uses && i < 4; i++) {
		if (i)
			html_raw(b, "<br>");
		ui_count(b, name->uses[i].rows);
		html_raw(b, " × ");
		html_text(b, evidence_kinds[name->uses[i].kind].title);
		html_raw(b, " in ");
		ui_a(u, "", S("/evidence/feed/"), name->uses[i].feed);
		ui_user(b, name->uses[i].feed);
		html_raw(b, "</a>");
	}
}

/* The row that a form belongs to: the same name may stand in several units. */
static struct ui_pair key_of(const struct view_register_row *row, struct arena *a)
{
	struct buf b = BUF(LIMIT_HEADER_BYTES);
	buf_add(&b, row->unit);
	buf_char(&b, ' ');
	buf_add(&b, row->id);
	struct ui_pair key = {S("row"), str_copy(a, buf_str(&b))};
	buf_release(&b);
	return key;
}

static void form(struct ui *u, str path, str summary, struct ui_pair key, const struct view_register_row *row,
		 const struct ui_field *field, str button)
{
	ui_fold(u, ui_is_again(u, path, key), summary);
	ui_post_of(u, path, "line", key);
	ui_hidden(u, S("name"), row->id);
	ui_hidden(u, S("in"), row->unit);
	ui_field(u, field);
	ui_button(u, button, false);
	html_raw(u->b, "</form>");
	ui_fold_end(u);
}

static void acts(struct request *q, struct page *p, const struct view_register_row *row,
		 const struct view_unresolved *name, int64_t at)
{
	char ids[2][32];
	struct ui_pair key = key_of(row, q->arena);
	for (int i = 0; i < 2; i++)
		(void)snprintf(ids[i], sizeof ids[i], "%s-%lld", i ? "why" : "system", (long long)at);
	if (page_register_may(q, p, ACCESS_ASSESSOR, (str){0}))
		form(&p->ui, S("/registers/link"), S("Link"), key, row,
		     &(struct ui_field){.id = str_from(ids[0]),
					.name = S("system"),
					.label = S("Id of the registered system"),
					.value = name && name->n_suggestions ? name->suggestions[0] : S(""),
					.required = true},
		     S("Link name"));
	if (page_register_may(q, p, ACCESS_ASSESSOR, row->unit))
		form(&p->ui, S("/registers/dismiss"), S("Dismiss"), key, row,
		     &(struct ui_field){.id = str_from(ids[1]),
					.name = S("because"),
					.label = S("Why it needs no register"),
					.hint = S("A test, no AI, gone since. It counts as before."),
					.required = true},
		     S("Dismiss"));
}

static void dismissed(struct request *q, struct page *p, const struct view_dismissal *d)
{
	struct ui *u = &p->ui;
	html_raw(u->b, "<p>");
	ui_user(u->b, d->reason);
	html_raw(u->b, "</p><p class=\"xs mut\">");
	page_person(u, d->author);
	html_raw(u->b, ", ");
	ui_day(u->b, d->recorded_ms);
	html_raw(u->b, ", for ");
	page_register_unit(u, d->unit);
	html_raw(u->b, " and below</p>");
	if (page_register_may(q, p, ACCESS_ASSESSOR, d->unit))
		ui_act(u, S("/registers/dismiss/end"), S("Take back"), (struct ui_pair){S("name"), d->name},
		       (struct ui_pair){S("in"), d->unit});
}

static void shadow_row(struct request *q, struct page *p, const struct view_register_row *row,
		       const struct view_unresolved *name, int64_t at)
{
	struct ui *u = &p->ui;
	struct buf *b = u->b;
	const struct evidence_kind *kind = &evidence_kinds[EVIDENCE_AI_SYSTEM];
	int seen = evidence_column_find(kind, S("last_seen_at"));
	html_raw(b, "<tr><th scope=\"row\">");
	page_register_link(u, EVIDENCE_AI_SYSTEM, row->unit, row->id);
	ui_user(b, page_register_name(EVIDENCE_AI_SYSTEM, row));
	html_raw(b, "</a></th><td>");
	page_register_unit(u, row->unit);
	html_raw(b, "</td><td>");
	found_by(u, name);
	html_raw(b, "</td><td class=\"nw\">");
	page_register_value(b, &kind->columns[seen], &row->values[seen]);
	html_raw(b, "</td><td class=\"acts\">");
	if (row->dismissed)
		dismissed(q, p, row->dismissed);
	else
		acts(q, p, row, name, at);
	html_raw(b, "</td></tr>");
}

static void table(struct request *q, struct page *p, const struct view_register *v,
		  const struct view_unresolved_list *names, const struct app_register *ask)
{
	struct ui *u = &p->ui;
	bool aside = ask->of == APP_REGISTER_DISMISSED;
	struct ui_pair more[] = {{S("text"), ask->text}, {S("of"), aside ? S("dismissed") : S("")}};
	ui_table(u, aside ? S("AI systems that were dismissed") : S("AI systems that are not registered"));
	ui_head_cell(u, S("System"), false);
	ui_head_cell(u, S("Unit"), false);
	ui_head_cell(u, S("Found by"), false);
	ui_head_cell(u, S("Last seen"), false);
	if (aside)
		ui_head_cell(u, S("Dismissed because"), false);
	else
		ui_head_acts(u);
	ui_table_body(u);
	for (size_t i = 0; i < v->n; i++)
		shadow_row(q, p, &v->rows[i], name_of(names, v->rows[i].id), v->offset + (int64_t)i);
	if (!v->n)
		ui_table_none(u, 5,
			      ask->text.n    ? S("Nothing fits what you filter by.")
			      : aside        ? S("None was dismissed.")
			      : v->dismissed ? S("Every system that was seen is registered, or was dismissed.")
					     : S("Every system that was seen is registered."));
	ui_table_close(u);
	ui_pager(u, &(struct ui_pages){.path = S("/registers/shadow"),
				       .offset = v->offset,
				       .shown = (int64_t)v->n,
				       .limit = ROWS,
				       .total = v->total,
				       .more = more,
				       .n_more = 2,
				       .csv = S("/registers/shadow.csv"),
				       .csv_more = more,
				       .n_csv = 2});
	ui_table_end(u);
}

/* Both lists, with how many each has; what is dismissed is never out of sight. */
static void tab(struct ui *u, str word, str of, int64_t n, bool here, str text)
{
	html_raw(u->b, "<a href=\"");
	struct ui_address a = ui_address(u, S("/registers/shadow"));
	ui_more(&a, S("text"), text);
	ui_more(&a, S("of"), of);
	buf_add(u->b, here ? S("\" aria-current=\"true\">") : S("\">"));
	html_text(u->b, word);
	html_raw(u->b, " <span class=\"num\">");
	ui_count(u->b, n);
	html_raw(u->b, "</span></a>");
}

static void head(struct request *q, struct ui *u, const struct view_register *v, const struct app_register *ask)
{
	static const struct {
		str word, sentence;
	} receipts[] = {
	    {S("1"), S("The name is linked. What it shows now belongs to the registered system.")},
	    {S("dismissed"), S("Dismissed. It counts in every check as before, and stands under Dismissed.")},
	    {S("back"), S("The dismissal is taken back.")},
	};
	bool aside = ask->of == APP_REGISTER_DISMISSED;
	html_raw(u->b, "<h1>");
	ui_plural(u->b, v->open + v->dismissed, S("AI system is in no register"), S("AI systems are in no register"));
	html_raw(
	    u->b,
	    "</h1><p class=\"sub lead\">Evidence shows them. Each is a system of the register under another name, or "
	    "one to register and approve, or one to end. Until then all of them count as unregistered; to "
	    "dismiss one says that somebody looked, and changes no number.</p>");
	ui_refusal(u);
	for (size_t i = 0; i < sizeof receipts / sizeof receipts[0] && !q->refused; i++)
		if (str_eq(request_field(&q->query, S("done")), receipts[i].word))
			ui_receipt_line(u, receipts[i].sentence);
	html_raw(u->b, "<nav class=\"tabs gap-t\" aria-label=\"Lists\">");
	tab(u, S("To look at"), S(""), v->open, !aside, ask->text);
	tab(u, S("Dismissed"), S("dismissed"), v->dismissed, aside, ask->text);
	html_raw(u->b, "</nav>");
}

/* Opens the page with the rows that are asked for. */
static enum status find(struct request *q, struct reply *r, int64_t limit, struct page *p, struct app_register *ask,
			struct view_register *v, struct view_unresolved_list *names, struct err *err)
{
	TRY(page_register_open(q, r, p, err));
	bool aside = str_eq(request_field(&q->query, S("of")), S("dismissed"));
	*ask = (struct app_register){.lens = p->lens,
				     .kind = EVIDENCE_AI_SYSTEM,
				     .text = str_trim(request_field(&q->query, S("text"))),
				     .match = {{S("registered"), S("false")}},
				     .n_match = 1,
				     .of = aside ? APP_REGISTER_DISMISSED : APP_REGISTER_TRIAGE,
				     .order = S("last_seen_at"),
				     .down = true,
				     .offset = limit == ROWS ? page_from(q) : 0,
				     .limit = limit};
	TRY(app_register_list(q->app, ask, v, err));
	return app_link_unresolved(q->app, p->lens.at, names, err);
}

enum status page_register_shadow(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct app_register ask;
	struct view_register v;
	struct view_unresolved_list names;
	TRY(find(q, r, ROWS, &p, &ask, &v, &names, err));
	bool aside = ask.of == APP_REGISTER_DISMISSED;
	page_register_head(&p, S("Not registered"), S("/registers/shadow"));
	struct ui *u = &p.ui;
	head(q, u, &v, &ask);
	html_raw(u->b, "<div class=\"gap-t\">");
	ui_filter(u, S("/registers/shadow"), S("Name or any other text"), ask.text);
	if (aside)
		ui_hidden(u, S("of"), S("dismissed"));
	ui_filter_end(u, S("/registers/shadow"), ask.text.n > 0);
	table(q, &p, &v, &names, &ask);
	html_raw(u->b, "</div>");
	return page_register_end(&p, r, err);
}

static enum status shadow_csv_row(struct buf *b, const struct view_register_row *row,
				  const struct view_unresolved *name, struct err *err)
{
	const struct evidence_kind *kind = &evidence_kinds[EVIDENCE_AI_SYSTEM];
	const struct evidence_value *seen = &row->values[evidence_column_find(kind, S("last_seen_at"))];
	const struct view_dismissal *d = row->dismissed;
	struct buf uses = BUF(LIMIT_PAGE_BYTES);
	char seen_at[TIME_TEXT], dismissed_at[TIME_TEXT];
	if (name)
		page_evidence_uses(&uses, name);
	csv_row(b,
		(const str[]){row->id, page_register_name(EVIDENCE_AI_SYSTEM, row), row->unit, buf_str(&uses),
			      seen->known ? time_format(seen->i64, seen_at) : S(""), d ? d->reason : S(""),
			      d ? d->author : S(""), d ? time_format(d->recorded_ms, dismissed_at) : S(""),
			      d ? d->unit : S("")},
		9);
	enum status status = uses.status;
	buf_release(&uses);
	return status == OK ? OK : err_set(err, status, "the row of a system is too long");
}

enum status page_register_shadow_csv(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct app_register ask;
	struct view_register v;
	struct view_unresolved_list names;
	TRY(find(q, r, LIMIT_PAGE_CSV_ROWS, &p, &ask, &v, &names, err));
	if (v.total > LIMIT_PAGE_CSV_ROWS)
		return err_set(err, E_TOO_LARGE, "more than %d rows", LIMIT_PAGE_CSV_ROWS);
	csv_row(&r->body,
		(const str[]){S("system"), S("name"), S("unit"), S("found_by"), S("last_seen"), S("dismissed_because"),
			      S("dismissed_by"), S("dismissed"), S("dismissed_for")},
		9);
	for (size_t i = 0; i < v.n; i++)
		TRY(shadow_csv_row(&r->body, &v.rows[i], name_of(&names, v.rows[i].id), err));
	return page_csv(q, r, S("not-registered"), err);
}

static const struct page_again shadow = {.path = S("/registers/shadow"),
					 .serve = page_register_shadow,
					 .words = {{S("the reason"), S("because")}, {S("AI system"), S("system")}}};

enum status page_register_link_post(struct request *q, struct reply *r, struct err *err)
{
	struct app_link link = {.name = request_field(&q->form, S("name")),
				.system = str_trim(request_field(&q->form, S("system"))),
				.because = str_trim(request_field(&q->form, S("because")))};
	struct view_link v;
	struct err why = {0};
	enum status status = app_link_add(q->app, &link, &v, &why);
	if (status != OK)
		return page_refuse(q, r, status, &why, &shadow, err);
	return page_go(q, r, S("/registers/shadow?done=1"), (str){0}, err);
}

enum status page_register_dismiss(struct request *q, struct reply *r, struct err *err)
{
	struct app_dismiss d = {.name = request_field(&q->form, S("name")),
				.unit = request_field(&q->form, S("in")),
				.because = str_trim(request_field(&q->form, S("because")))};
	struct view_dismissal v;
	struct err why = {0};
	enum status status = app_dismiss_add(q->app, &d, &v, &why);
	if (status != OK)
		return page_refuse(q, r, status, &why, &shadow, err);
	return page_go(q, r, S("/registers/shadow?done=dismissed"), (str){0}, err);
}

enum status page_register_dismiss_end(struct request *q, struct reply *r, struct err *err)
{
	struct view_dismissal v;
	struct err why = {0};
	enum status status =
	    app_dismiss_revoke(q->app, request_field(&q->form, S("name")), request_field(&q->form, S("in")), &v, &why);
	if (status != OK)
		return page_refuse(q, r, status, &why, &shadow, err);
	return page_go(q, r, S("/registers/shadow?done=back"), (str){0}, err);
}

/* ---- approvals that wait ---- */

static void approval_row(struct ui *u, const struct view_approval *a)
{
	struct buf *b = u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	page_register_link(u, EVIDENCE_AI_SYSTEM, a->unit, a->system);
	ui_user(b, a->system);
	html_raw(b, "</a></th><td>");
	page_register_unit(u, a->unit);
	html_raw(b, "</td><td>");
	html_text(b, approval_state_name(a->state));
	html_raw(b, "</td><td>");
	if (a->n_steps)
		page_person(u, a->steps[0].actor);
	html_raw(b, "</td><td class=\"nw\">");
	if (a->n_steps)
		ui_day(b, a->steps[a->n_steps - 1].at_ms);
	html_raw(b, "</td><td class=\"nw\">");
	if (a->expires_ms != TIME_FOREVER)
		ui_day(b, a->expires_ms);
	html_raw(b, "</td></tr>");
}

enum status page_register_approvals(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_approvals v;
	TRY(page_register_open(q, r, &p, err));
	bool pending = request_field(&q->query, S("waiting")).n > 0;
	TRY(app_approval_list(q->app, p.frame.tree->units[p.frame.unit].id, pending, &v, err));
	page_register_head(&p, S("Approvals"), S("/registers/approvals"));
	struct ui *u = &p.ui;
	html_raw(
	    u->b,
	    "<h1>Approvals</h1><p class=\"sub lead\">Of deployments: requested, reviewed, then approved with "
	    "conditions and an end, or rejected. They begin on the page of a system.</p><p class=\"filter gap-s\"><a "
	    "class=\"link\" href=\"");
	struct ui_address a = ui_address(u, S("/registers/approvals"));
	ui_more(&a, S("waiting"), pending ? S("") : S("1"));
	buf_add(u->b, pending ? S("\">Show all</a></p>") : S("\">Only those that wait</a></p>"));
	ui_table(u, S("Approvals"));
	ui_head_cell(u, S("System"), false);
	ui_head_cell(u, S("Unit"), false);
	ui_head_cell(u, S("State"), false);
	ui_head_cell(u, S("Requested by"), false);
	ui_head_cell(u, S("Last step"), false);
	ui_head_cell(u, S("Good until"), false);
	ui_table_body(u);
	for (size_t i = 0; i < v.n; i++)
		approval_row(u, &v.list[i]);
	if (!v.n)
		ui_table_none(u, 6, pending ? S("None waits for a step.") : S("Nobody has asked for one."));
	ui_table_close(u);
	ui_table_foot(u, (int64_t)v.n, S("/registers/approvals.csv"),
		      (struct ui_pair){S("waiting"), pending ? S("1") : S("")});
	ui_table_end(u);
	return page_register_end(&p, r, err);
}
