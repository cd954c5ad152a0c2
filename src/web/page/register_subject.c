#include "app/approval.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/page/register.h"

struct shown {
	struct request *q;
	struct page *p;
	enum evidence_kind_id kind;
	const struct view_register_subject *v;
};

/* ---- what is known ---- */

static void head(const struct shown *s)
{
	struct buf *b = s->p->ui.b;
	const struct evidence_kind *kind = &evidence_kinds[s->kind];
	str name = page_register_name(s->kind, &s->v->row);
	html_raw(b, "<nav class=\"crumb\" aria-label=\"Breadcrumb\">");
	ui_a(&s->p->ui, "", S("/registers/"), kind->name);
	html_text(b, kind->title);
	html_raw(b, "</a></nav><h1>");
	ui_user(b, name);
	html_raw(b, "</h1><p class=\"sub lead\">");
	ui_user(b, s->v->row.id);
	html_raw(b, " at ");
	page_register_unit(&s->p->ui, s->v->row.unit);
	html_raw(b, ", last shown ");
	ui_day(b, s->v->row.observed_ms);
	html_raw(b, "</p>");
	if (!s->v->n_names)
		return;
	html_raw(b, "<p class=\"sm sub gap-t\">Also known as ");
	for (size_t i = 0; i < s->v->n_names; i++) {
		if (i)
			html_raw(b, ", ");
		ui_user(b, s->v->names[i]);
	}
	html_raw(b, "</p>");
}

static void set_aside(const struct shown *s)
{
	const struct view_dismissal *d = s->v->row.dismissed;
	struct buf *b = s->p->ui.b;
	if (!d)
		return;
	ui_note(&s->p->ui, false);
	html_raw(b, "<b>Dismissed by ");
	page_person(&s->p->ui, d->author);
	html_raw(b, " on ");
	ui_day(b, d->recorded_ms);
	html_raw(b, "</b>: ");
	ui_user(b, d->reason);
	html_raw(b, "<br>No register knows it, and it counts in every check as before. ");
	ui_a(&s->p->ui, "", S("/registers/shadow"), (str){0});
	html_raw(b, "All that are in no register</a>");
	ui_note_end(&s->p->ui);
}

static void columns(const struct shown *s)
{
	struct ui *u = &s->p->ui;
	const struct evidence_kind *kind = &evidence_kinds[s->kind];
	int unknown = 0;
	ui_section(u, S("r-known"), S("What is known"), S(""));
	ui_facts(u);
	for (int c = 0; c < kind->n_columns; c++) {
		if (!s->v->row.values[c].known) {
			unknown++;
			continue;
		}
		struct buf title = BUF(LIMIT_ID_BYTES);
		page_register_title(&title, kind->columns[c].name);
		ui_fact(u, buf_str(&title));
		buf_release(&title);
		page_register_cell(u->b, s->kind, &s->v->row, c);
		ui_fact_end(u);
	}
	ui_facts_end(u);
	if (unknown) {
		html_raw(u->b, "<details class=\"data\"><summary>");
		ui_plural(u->b, unknown, S("thing that nobody said"), S("things that nobody said"));
		html_raw(u->b, "</summary><ul class=\"sm\">");
		for (int c = 0; c < kind->n_columns; c++) {
			if (s->v->row.values[c].known)
				continue;
			html_raw(u->b, "<li><b>");
			page_register_title(u->b, kind->columns[c].name);
			html_raw(u->b, "</b>: ");
			html_text(u->b, kind->columns[c].doc);
			html_raw(u->b, "</li>");
		}
		html_raw(u->b, "</ul></details>");
	}
	ui_section_end(u);
}

static void records(const struct shown *s)
{
	struct ui *u = &s->p->ui;
	struct buf *b = u->b;
	ui_section(u, S("r-says"), S("Who says so"), S(""));
	ui_table(u, S("Who says so"));
	ui_head_cell(u, S("Feed"), false);
	ui_head_cell(u, S("File"), false);
	ui_head_cell(u, S("Record"), true);
	ui_head_cell(u, S("Since"), false);
	ui_table_body(u);
	for (size_t i = 0; i < s->v->n_records; i++) {
		const struct view_record *r = &s->v->records[i];
		bool opens = ui_sees_whole(u);
		html_raw(b, "<tr><th scope=\"row\">");
		if (opens)
			ui_a(u, "", S("/evidence/feed/"), r->feed);
		ui_user(b, r->feed);
		buf_add(b, opens ? S("</a></th><td>") : S("</th><td>"));
		if (opens)
			ui_a(u, "", S("/evidence/file/"), r->sha256);
		ui_user(b, r->file);
		buf_add(b, opens ? S("</a> ") : S(" "));
		ui_hash(b, r->sha256);
		html_raw(b, "</td>");
		ui_count_cell(u, r->record);
		html_raw(b, "<td class=\"nw\">");
		ui_day(b, r->observed_ms);
		html_raw(b, "</td></tr>");
	}
	if (!s->v->n_records)
		ui_table_none(u, 4, S("No row of its own: other evidence names it, or a link stands for it."));
	ui_table_close(u);
	ui_table_end(u);
	ui_section_end(u);
}

static void findings(const struct shown *s)
{
	struct ui *u = &s->p->ui;
	struct buf *b = u->b;
	const struct evidence_kind *kind = &evidence_kinds[EVIDENCE_FINDING];
	int severity = evidence_column_find(kind, S("severity")), status = evidence_column_find(kind, S("status"));
	const struct view_register *v = &s->v->findings;
	if (s->kind != EVIDENCE_AI_SYSTEM)
		return;
	ui_section(u, S("r-find"), S("Findings"), S("About this system"));
	ui_table(u, S("Findings"));
	ui_head_cell(u, S("Finding"), false);
	ui_head_cell(u, S("Severity"), false);
	ui_head_cell(u, S("Status"), false);
	ui_table_body(u);
	for (size_t i = 0; i < v->n; i++) {
		const struct view_register_row *row = &v->rows[i];
		html_raw(b, "<tr><th scope=\"row\">");
		page_register_link(u, EVIDENCE_FINDING, row->unit, row->id);
		ui_user(b, page_register_name(EVIDENCE_FINDING, row));
		html_raw(b, "</a></th><td>");
		page_register_value(b, &kind->columns[severity], &row->values[severity]);
		html_raw(b, "</td><td>");
		page_register_value(b, &kind->columns[status], &row->values[status]);
		html_raw(b, "</td></tr>");
	}
	if (!v->n)
		ui_table_none(u, 3, S("No finding names it."));
	ui_table_close(u);
	ui_table_end(u);
	if ((int64_t)v->n < v->total) {
		html_raw(b, "<p class=\"gap-t\"><a class=\"link\" href=\"");
		struct ui_address a = ui_address(u, S("/registers/finding"));
		ui_more(&a, S("text"), s->v->row.id);
		html_raw(b, "\">All ");
		ui_count(b, v->total);
		html_raw(b, "</a></p>");
	}
	ui_section_end(u);
}

/* ---- approval ---- */

static void state_pill(struct buf *b, enum approval_state state)
{
	bool good = state == APPROVAL_APPROVED, bad = state == APPROVAL_REJECTED || state == APPROVAL_EXPIRED;
	buf_add(b, good  ? S("<span class=\"pill ok\">")
		   : bad ? S("<span class=\"pill bad\">")
			 : S("<span class=\"pill\">"));
	html_text(b, approval_state_name(state));
	html_raw(b, "</span>");
}

static void steps(struct ui *u, const struct view_approval *a)
{
	static const str words[APPROVAL_ACTS] = {[APPROVAL_REQUEST] = S("Requested"),
						 [APPROVAL_REVIEW] = S("Reviewed"),
						 [APPROVAL_APPROVE] = S("Approved"),
						 [APPROVAL_REJECT] = S("Rejected"),
						 [APPROVAL_WITHDRAW] = S("Withdrawn")};
	struct buf *b = u->b;
	html_raw(b, "<ol class=\"items\">");
	for (size_t i = 0; i < a->n_steps; i++) {
		html_raw(b, "<li><span class=\"when\">");
		ui_time(b, a->steps[i].at_ms);
		html_raw(b, "</span><span class=\"t\">");
		html_text(b, words[a->steps[i].act]);
		html_raw(b, " by ");
		page_person(u, a->steps[i].actor);
		html_raw(b, "</span>");
		if (a->steps[i].words.n) {
			html_raw(b, "<span class=\"d\">");
			ui_user(b, a->steps[i].words);
			html_raw(b, "</span>");
		}
		html_raw(b, "</li>");
	}
	html_raw(b, "</ol>");
}

/* The steps that are possible next, of those that the person may take; nobody reviews or decides an own request. */
static void next_step(const struct shown *s, const struct view_approval *a)
{
	static const struct {
		enum approval_act act;
		enum access_role role;
		str label, button;
		bool words;
	} acts[] = {
	    {APPROVAL_REVIEW, ACCESS_ASSESSOR, S("Finding of your review"), S("Save review"), true},
	    {APPROVAL_APPROVE, ACCESS_LEAD, S("Conditions, if any"), S("Approve deployment"), false},
	    {APPROVAL_REJECT, ACCESS_LEAD, S("Why it is rejected"), S("Reject request"), true},
	    {APPROVAL_WITHDRAW, ACCESS_LEAD, S("Why it is withdrawn"), S("Withdraw request"), true},
	};
	static const str step_path = S("/registers/approval/step");
	struct ui *u = &s->p->ui;
	char id[24], word[32];
	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
		enum approval_state to;
		str act = approval_act_name(acts[i].act);
		bool own = a->n_steps && str_eq(a->steps[0].actor, s->q->app->actor);
		bool may = acts[i].act == APPROVAL_WITHDRAW
			       ? own || page_register_may(s->q, s->p, acts[i].role, a->unit)
			       : !own && page_register_may(s->q, s->p, acts[i].role, a->unit);
		if (!may || s->p->frame.past || !approval_next(a->state, acts[i].act, &to))
			continue;
		struct ui_pair of = {S("act"), act};
		ui_fold(u, ui_is_again(u, step_path, of), ui_upper(act, word));
		ui_post_of(u, step_path, "stack narrow", of);
		ui_hidden(u, S("id"), page_number(a->id, id));
		ui_hidden(u, S("system"), a->system);
		ui_hidden(u, S("in"), a->unit);
		ui_words(u, act, S("words"), acts[i].label, (str){0}, acts[i].words);
		if (acts[i].act == APPROVAL_APPROVE)
			ui_field(u, &(struct ui_field){.id = S("expires"),
						       .name = S("expires"),
						       .label = S("Good until"),
						       .type = S("date"),
						       .required = true});
		ui_button(u, acts[i].button, true);
		html_raw(u->b, "</form>");
		ui_fold_end(u);
	}
}

static void request_form(const struct shown *s)
{
	struct ui *u = &s->p->ui;
	int c = evidence_column_find(&evidence_kinds[s->kind], S("deployment"));
	str now = s->v->row.values[c].text;
	if (!page_register_may(s->q, s->p, ACCESS_ASSESSOR, s->v->row.unit))
		return;
	ui_fold(u, ui_is_again(u, S("/registers/approval"), (struct ui_pair){0}), S("Request an approval"));
	ui_post(u, S("/registers/approval"), "stack narrow");
	ui_hidden(u, S("system"), s->v->row.id);
	ui_hidden(u, S("in"), s->v->row.unit);
	ui_select(u, S("deployment"), S("deployment"), S("Deployment type"));
	ui_option(u, S("saas"), S("SaaS"), now);
	ui_option(u, S("paas"), S("Managed service"), now);
	ui_option(u, S("self_hosted"), S("Self-hosted"), now);
	ui_select_end(u);
	ui_words(u, S("because"), S("because"), S("What it is to be used for, and why"), (str){0}, true);
	ui_button(u, S("Request approval"), true);
	html_raw(u->b, "</form>");
	ui_fold_end(u);
}

static void approvals(const struct shown *s)
{
	struct ui *u = &s->p->ui;
	bool pending = false;
	if (s->kind != EVIDENCE_AI_SYSTEM)
		return;
	ui_section(u, S("r-approval"), S("Approval"),
		   S("Requested, reviewed, then approved or rejected; each by another person"));
	for (size_t i = 0; i < s->v->n_approvals; i++) {
		const struct view_approval *a = &s->v->approvals[i];
		pending |= approval_is_pending(a->state);
		html_raw(u->b, "<div class=\"approval\"><p class=\"row\">");
		state_pill(u->b, a->state);
		if (a->expires_ms != TIME_FOREVER) {
			html_raw(u->b, " <span class=\"sm sub\">until ");
			ui_day(u->b, a->expires_ms);
			html_raw(u->b, "</span>");
		}
		html_raw(u->b, "</p>");
		steps(u, a);
		next_step(s, a);
		html_raw(u->b, "</div>");
	}
	if (!s->v->n_approvals)
		html_raw(u->b, "<p class=\"sm sub\">Nobody has asked for one.</p>");
	if (!pending)
		request_form(s);
	ui_section_end(u);
}

/* ---- the page ---- */

enum status page_register_subject(struct request *q, struct reply *r, struct err *err)
{
	enum evidence_kind_id kind;
	struct page p;
	struct view_register_subject v;
	TRY(page_register_open(q, r, &p, err));
	TRY(page_register_kind(q->part[0], &kind, err));
	TRY(app_register_subject(q->app, &p.lens, kind, q->part[1], request_field(&q->query, S("in")), &v, err));
	str path = kind == EVIDENCE_AI_SYSTEM ? S("/registers") : (str){0};
	page_register_head(&p, page_register_name(kind, &v.row), path);
	struct shown s = {q, &p, kind, &v};
	head(&s);
	ui_refusal(&p.ui);
	if (request_field(&q->query, S("done")).n && !q->refused)
		ui_receipt_line(&p.ui, S("The step is recorded, and is evidence of the feed approvals."));
	html_raw(p.ui.b, "<div class=\"account gap-s\">");
	set_aside(&s);
	columns(&s);
	approvals(&s);
	findings(&s);
	records(&s);
	html_raw(p.ui.b, "</div>");
	return page_register_end(&p, r, err);
}

/* After a step: back to the system. */
static enum status after(struct request *q, struct reply *r, struct err *err)
{
	str system = request_field(&q->form, S("system")), unit = request_field(&q->form, S("in"));
	struct buf b = BUF(LIMIT_HEADER_BYTES);
	buf_add(&b, S("/registers/ai_system/"));
	ui_url(&b, system);
	buf_add(&b, S("?done=1&in="));
	ui_url(&b, unit);
	str location = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	if (!location.p)
		return err_full(err);
	request_redirect(r, location);
	return OK;
}

/* The page of the system again, with what was typed. */
static enum status again(struct request *q, struct reply *r, enum status status, const struct err *why, struct err *err)
{
	struct page_again page = {.serve = page_register_subject,
				  .words = {{S("end that lies ahead"), S("expires")},
					    {S("the reason"), S("because")},
					    {S("the reason"), S("words")},
					    {S("the finding"), S("words")},
					    {S("the conditions"), S("words")},
					    {S("one deployment type"), S("deployment")}}};
	struct buf b = BUF(LIMIT_HEADER_BYTES);
	q->part[0] = evidence_kinds[EVIDENCE_AI_SYSTEM].name;
	q->part[1] = request_field(&q->form, S("system"));
	buf_add(&b, S("/registers/ai_system/"));
	ui_url(&b, q->part[1]);
	page.path = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	if (!page.path.p)
		return err_full(err);
	TRY(request_fields_add(&q->query, S("in"), request_field(&q->form, S("in")), q->arena, err));
	return page_refuse(q, r, status, why, &page, err);
}

enum status page_register_request(struct request *q, struct reply *r, struct err *err)
{
	struct app_approval_request ask = {.system = request_field(&q->form, S("system")),
					   .unit = request_field(&q->form, S("in")),
					   .deployment =
					       model_deployment_read(request_field(&q->form, S("deployment"))),
					   .because = request_field(&q->form, S("because"))};
	struct view_approval v;
	struct err why = {0};
	enum status status = app_approval_request(q->app, &ask, &v, &why);
	return status == OK ? after(q, r, err) : again(q, r, status, &why, err);
}

static enum status read_step(const struct request *q, struct app_approval_step *out, struct err *err)
{
	str act = request_field(&q->form, S("act")), expires = str_trim(request_field(&q->form, S("expires")));
	*out = (struct app_approval_step){.act = APPROVAL_ACTS, .words = request_field(&q->form, S("words"))};
	for (int i = APPROVAL_REVIEW; i < APPROVAL_ACTS; i++)
		if (str_eq(act, approval_act_name((enum approval_act)i)))
			out->act = (enum approval_act)i;
	if (out->act == APPROVAL_ACTS || !str_to_i64(request_field(&q->form, S("id")), &out->id))
		return err_set(err, E_INVALID, "this is no step of an approval");
	out->expires.given = expires.n > 0;
	if (!expires.n || time_parse(expires, &out->expires.ms))
		return OK;
	return err_set(err, E_INVALID, "\"%.*s\" is not a day", STR_ARG(expires));
}

enum status page_register_step(struct request *q, struct reply *r, struct err *err)
{
	struct app_approval_step step;
	struct view_approval v;
	struct err why = {0};
	enum status status = read_step(q, &step, &why);
	if (status == OK)
		status = app_approval_step(q->app, &step, &v, &why);
	return status == OK ? after(q, r, err) : again(q, r, status, &why, err);
}
