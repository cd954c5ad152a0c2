#include "web/page/evidence.h"

#include <stdlib.h>

#include "app/access.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "core/view_overview.h"

enum { ROWS = 100 };

/* ---- what the pages share ---- */

enum status page_evidence_open(struct request *q, struct reply *r, struct page *p, struct err *err)
{
	TRY(page_open(q, r, p, err));
	if (!p->frame.tree) {
		err_set(err, E_NOT_FOUND, "there are no units yet");
		err_hint(err, "import them first; evidence belongs to a unit");
		return E_NOT_FOUND;
	}
	return OK;
}

void page_evidence_head(struct page *p, enum ui_part part, str title)
{
	struct ui_head head = {.title = title, .tab = UI_TAB_EVIDENCE};
	ui_page(&p->ui, &head);
	ui_parts(&p->ui, part);
}

enum status page_evidence_end(struct page *p, struct reply *r, struct err *err)
{
	struct ui_head head = {.tab = UI_TAB_EVIDENCE};
	ui_parts_end(&p->ui);
	ui_page_end(&p->ui, &head);
	return page_done(r, err);
}

bool page_evidence_may(const struct request *q, const struct page *p, enum access_role at_least, str unit)
{
	return p->frame.tree && !p->frame.past && app_access_may(q->app, at_least, p->frame.tree, unit);
}

/* ---- feeds ---- */

struct row {
	const struct view_feed *feed;
	int rank;
};

/* In trouble first: failing, stale, late, ending; then fresh, retired. */
static int rank_of(const struct view_feed *f, int64_t at_ms, bool *in_trouble)
{
	struct view_trouble trouble;
	*in_trouble = view_overview_find_trouble(f, at_ms, &trouble);
	if (*in_trouble)
		return (int)trouble.kind;
	return f->retired ? VIEW_TROUBLE_KINDS + 1 : VIEW_TROUBLE_KINDS;
}

/* Of equals by name. */
static int order_feeds(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	return a->rank != b->rank ? a->rank - b->rank : str_cmp(a->feed->name, b->feed->name);
}

static bool passes(const struct view_feed *f, str text, str state)
{
	return (!state.n || str_eq(state, feed_state_name(f->state))) &&
	       (str_has_fold(f->name, text) || str_has_fold(f->unit, text) || str_has_fold(f->owner, text) ||
		str_has_fold(f->format, text));
}

struct feeds {
	struct ui *u;
	str text, state;
	int64_t at_ms, offset, trouble, all;
	struct row *list; /* those that pass, in trouble first */
	size_t n;
	struct view_feeds v;
};

static enum status find(struct request *q, struct page *p, struct feeds *out, struct err *err)
{
	*out = (struct feeds){.u = &p->ui,
			      .text = str_trim(request_field(&q->query, S("text"))),
			      .state = request_field(&q->query, S("state")),
			      .at_ms = p->frame.at_ms,
			      .offset = page_from(q)};
	TRY(app_feed_list(q->app, p->lens.at, &out->v, err));
	out->list = arena_new(q->arena, struct row, out->v.n);
	if (!out->list)
		return err_full(err);
	for (size_t i = 0; i < out->v.n; i++) {
		const struct view_feed *f = &out->v.list[i];
		bool in_trouble;
		int rank = rank_of(f, out->at_ms, &in_trouble);
		out->trouble += in_trouble;
		if (passes(f, out->text, out->state))
			out->list[out->n++] = (struct row){f, rank};
	}
	qsort(out->list, out->n, sizeof *out->list, order_feeds);
	return OK;
}

static uint64_t kinds_of(const struct view_feed *f)
{
	uint64_t kinds = 0;
	for (size_t i = 0; i < f->n_kinds; i++)
		kinds |= EVIDENCE_BIT(f->kinds[i].kind);
	return kinds;
}

static void feed_row(const struct feeds *p, const struct view_feed *f)
{
	struct buf *b = p->u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	ui_a(p->u, "", S("/evidence/feed/"), f->name);
	ui_user(b, f->name);
	html_raw(b, "</a><br><span class=\"xs mut\">");
	ui_unit_name(p->u, f->unit);
	html_raw(b, "</span></th><td>");
	ui_feed_state(b, f, p->at_ms);
	html_raw(b, "</td><td class=\"nw\">");
	if (f->snapshots) {
		ui_day(b, f->newest_ms);
		html_raw(b, " <span class=\"xs mut\">");
		ui_ago(b, f->newest_ms, p->at_ms);
		html_raw(b, "</span>");
	} else {
		html_raw(b, "<span class=\"mut\">never</span>");
	}
	html_raw(b, "</td><td>");
	if (f->every_ms > 0)
		ui_span(b, f->every_ms);
	else
		html_raw(b, "<span class=\"mut\">not said</span>");
	html_raw(b, "</td><td>");
	if (f->owner.n)
		page_person(p->u, f->owner);
	else
		html_raw(b, "<span class=\"mut\">nobody</span>");
	html_raw(b, "</td>");
	ui_count_cell(p->u, f->rows);
	html_raw(b, "<td class=\"sm sub\">");
	ui_kinds(b, kinds_of(f));
	html_raw(b, "</td>");
	ui_count_cell(p->u, (int64_t)f->n_objectives);
	html_raw(b, "</tr>");
}

static void filter(const struct feeds *p)
{
	struct buf *b = p->u->b;
	html_raw(b, "<form class=\"filter\" role=\"search\" aria-label=\"Filter feeds\" action=\"/evidence\">");
	ui_lens_fields(p->u);
	html_raw(b, "<label class=\"vh\" for=\"fe-text\">Feed, unit, owner or format</label><input class=\"grow\" "
		    "id=\"fe-text\" "
		    "name=\"text\" type=\"text\" dir=\"auto\" placeholder=\"Feed, unit, owner or format\" value=\"");
	html_text(b, p->text);
	html_raw(b, "\"><label class=\"vh\" for=\"fe-state\">State</label><select class=\"auto\" id=\"fe-state\" "
		    "name=\"state\">");
	ui_option(p->u, S(""), S("All states"), p->state);
	for (int s = 0; s < FEED_STATES; s++)
		ui_option(p->u, feed_state_name((enum feed_state)s), feed_state_name((enum feed_state)s), p->state);
	html_raw(b, "</select><button class=\"btn\">Filter</button></form>");
}

static void feed_table(const struct feeds *p)
{
	static const struct {
		str word;
		bool number;
	} heads[] = {{S("Feed"), false},  {S("State"), false}, {S("Newest"), false}, {S("Promised every"), false},
		     {S("Owner"), false}, {S("Rows"), true},   {S("Kinds"), false},  {S("Objectives"), true}};
	struct ui_pair more[] = {{S("text"), p->text}, {S("state"), p->state}};
	size_t first = p->offset < (int64_t)p->n ? (size_t)p->offset : p->n;
	size_t n = p->n - first < ROWS ? p->n - first : ROWS;
	ui_table(p->u, S("Feeds"));
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		ui_head_cell(p->u, heads[i].word, heads[i].number);
	ui_table_body(p->u);
	for (size_t i = 0; i < n; i++)
		feed_row(p, p->list[first + i].feed);
	if (!n)
		ui_table_none(p->u, 8, S("No feed fits the filter."));
	ui_table_close(p->u);
	ui_pager(p->u, &(struct ui_pages){.path = S("/evidence"),
					  .offset = (int64_t)first,
					  .shown = (int64_t)n,
					  .limit = ROWS,
					  .total = (int64_t)p->n,
					  .more = more,
					  .n_more = 2});
	ui_table_end(p->u);
}

static void lacks(const struct feeds *p)
{
	struct buf *b = p->u->b;
	if (!p->v.n_lacks)
		return;
	html_raw(b, "<section class=\"sec gap-s\" aria-labelledby=\"e-l\"><header><h2 id=\"e-l\">What nobody hands "
		    "in</h2><p>Checks read these kinds, and no feed that counts supplies them</p></header><ul "
		    "class=\"items\">");
	for (size_t i = 0; i < p->v.n_lacks; i++) {
		const struct view_lack *l = &p->v.lacks[i];
		html_raw(b, "<li>");
		ui_icon(b, UI_UNLINKED, "mut");
		html_raw(b, "<span class=\"t\">");
		html_text(b, evidence_kinds[l->kind].title);
		html_raw(b, "</span><span class=\"when\">");
		ui_plural(b, (int64_t)l->n_objectives, S("objective reads them"), S("objectives read them"));
		html_raw(b, "</span></li>");
	}
	html_raw(b, "</ul></section>");
}

void page_evidence_evaluate_form(const struct request *q, struct page *p, bool primary)
{
	struct buf *b = p->ui.b;
	if (!page_evidence_may(q, p, ACCESS_ASSESSOR, (str){0}))
		return;
	html_raw(b, "<form method=\"post\" action=\"/evidence/evaluate");
	ui_lens_query(&p->ui);
	html_raw(b, "\" hx-post=\"/evidence/evaluate");
	ui_lens_query(&p->ui);
	html_raw(b, "\" hx-target=\"#evaluated\" hx-disabled-elt=\"find button\">");
	ui_csrf(&p->ui);
	html_raw(b, "<button class=\"btn");
	if (primary)
		html_raw(b, " go");
	html_raw(b, "\">Evaluate now</button></form>");
}

static void title(const struct request *q, struct page *p, const struct feeds *f)
{
	struct buf *b = p->ui.b;
	html_raw(b, "<div class=\"row between top\"><div><h1>Evidence</h1><p class=\"sub lead\">");
	if (!f->v.n) {
		html_raw(b, "No feed has handed in anything yet.");
	} else if (f->trouble) {
		html_raw(b, "<b>");
		ui_count(b, f->trouble);
		html_raw(b, "</b> of ");
		ui_plural(b, (int64_t)f->v.n, S("feed is"), S("feeds are"));
		html_raw(b, " in trouble.");
	} else {
		ui_plural(b, (int64_t)f->v.n, S("feed, and it is well."), S("feeds, and all of them are well."));
	}
	html_raw(b, "</p></div><div class=\"row\">");
	page_evidence_evaluate_form(q, p, false);
	if (p->frame.most >= ACCESS_ASSESSOR && !p->frame.past) {
		ui_a(&p->ui, "btn go", S("/evidence/import"), (str){0});
		html_raw(b, "Import</a>");
	}
	html_raw(b, "</div></div><div id=\"evaluated\" role=\"status\"></div>");
}

enum status page_evidence(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct feeds f;
	TRY(page_evidence_open(q, r, &p, err));
	TRY(find(q, &p, &f, err));
	page_evidence_head(&p, UI_PART_FEEDS, S("Evidence"));
	title(q, &p, &f);
	if (f.v.n) {
		html_raw(p.ui.b,
			 "<section class=\"sec gap-s\" aria-labelledby=\"e-f\"><header><h2 id=\"e-f\">Feeds</h2><span "
			 "class=\"end\">");
		ui_csv_link(&p.ui, S("/evidence/feeds.csv"), NULL, 0);
		html_raw(p.ui.b, "</span></header>");
		filter(&f);
		feed_table(&f);
		html_raw(p.ui.b, "</section>");
	} else {
		bool may = p.frame.most >= ACCESS_ASSESSOR && !p.frame.past;
		ui_empty(
		    &p.ui, S("Feeds will stand here."),
		    S("A feed is a source that hands in evidence again and again: a scanner, a directory, a register."),
		    S("/evidence/import"), may ? S("Import a first file") : (str){0});
	}
	lacks(&f);
	return page_evidence_end(&p, r, err);
}

static str time_or_nothing(bool known, int64_t ms, char out[TIME_TEXT])
{
	return known ? time_format(ms, out) : (str){0};
}

enum status page_evidence_csv(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct feeds f;
	TRY(page_evidence_open(q, r, &p, err));
	TRY(find(q, &p, &f, err));
	csv_row(&r->body,
		(const str[]){S("feed"), S("unit"), S("format"), S("state"), S("newest"), S("owner"), S("due"),
			      S("rows"), S("objectives"), S("too_old"), S("every_hours"), S("kinds")},
		12);
	for (size_t i = 0; i < f.n; i++) {
		const struct view_feed *v = f.list[i].feed;
		char newest[TIME_TEXT], due[TIME_TEXT], rows[24], objectives[24], old[24], every[24];
		struct buf kinds = BUF(LIMIT_ID_BYTES * EVIDENCE_KINDS);
		for (int k = 0; k < EVIDENCE_KINDS; k++)
			if (kinds_of(v) >> k & 1) {
				buf_add(&kinds, kinds.n ? S(";") : S(""));
				buf_add(&kinds, evidence_kinds[k].name);
			}
		csv_row(&r->body,
			(const str[]){v->name, v->unit, v->format, feed_state_name(v->state),
				      time_or_nothing(v->snapshots > 0, v->newest_ms, newest), v->owner,
				      time_or_nothing(v->due_ms != TIME_FOREVER, v->due_ms, due),
				      page_number(v->rows, rows), page_number((int64_t)v->n_objectives, objectives),
				      page_number((int64_t)v->n_too_old, old),
				      v->every_ms > 0 ? page_number(v->every_ms / (TIME_DAY_MS / 24), every) : S(""),
				      buf_str(&kinds)},
			12);
		buf_release(&kinds);
	}
	return page_csv(q, r, S("feeds"), err);
}

/* ---- evaluating ---- */

static void evaluated(struct ui *u, const struct view_evaluation *v)
{
	struct buf *b = u->b;
	buf_add(b, v->n_failures ? S("<div class=\"receipt warn gap-t\"><div class=\"stack\"><p><b>")
				 : S("<div class=\"receipt gap-t\"><div class=\"stack\"><p><b>"));
	ui_plural(b, v->checks, S("check"), S("checks"));
	html_raw(b, "</b> ran on the evidence of ");
	ui_time(b, v->as_of_ms);
	html_raw(b, ": <b>");
	ui_plural(b, v->measures, S("measure"), S("measures"));
	html_raw(b, "</b> recorded, ");
	ui_count(b, v->unchanged);
	html_raw(b, " unchanged, ");
	ui_count(b, v->silent);
	html_raw(b, " without a fresh feed.</p>");
	if (v->unresolved_rows) {
		html_raw(b, "<p>");
		ui_plural(b, v->unresolved_rows, S("row counts"), S("rows count"));
		html_raw(b, " for nothing, because no register knows ");
		ui_plural(b, v->unresolved_names, S("name"), S("names"));
		html_raw(b, ". ");
		ui_a(u, "", S("/evidence/unresolved"), (str){0});
		html_raw(b, "Link them</a>.</p>");
	}
	html_raw(b, "<p>");
	ui_a(u, "", S("/"), (str){0});
	html_raw(b, "See where the program stands</a></p>");
	for (size_t i = 0; i < v->n_failures; i++) {
		html_raw(b, "<p>");
		ui_a(u, "", S("/objective/"), v->failures[i].objective);
		html_text(b, v->failures[i].objective);
		html_raw(b, "</a> failed: ");
		ui_user(b, v->failures[i].message);
		html_raw(b, "</p>");
	}
	html_raw(b, "</div></div>");
}

enum status page_evidence_evaluate(struct request *q, struct reply *r, struct err *err)
{
	struct view_evaluation v;
	struct page p;
	TRY(app_evaluate(q->app, (struct app_time){0}, &v, err));
	if (!q->htmx)
		return page_back(q, r, S("/evidence"), err);
	TRY(page_open(q, r, &p, err));
	evaluated(&p.ui, &v);
	return page_done(r, err);
}
