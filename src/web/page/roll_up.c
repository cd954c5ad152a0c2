#include "app/roll_up.h"

#include "base/csv.h"
#include "base/limits.h"
#include "web/page/objective.h"
#include "web/page/units.h"
#include "web/ui_form.h"
#include "web/ui_view.h"

/* So many units below are on one page; up to so many the sums are written out. */
enum { ROWS = 120, WRITTEN = 8 };

struct roll_up {
	struct request *q;
	struct ui *u;
	const struct view_roll_up *v;
	size_t from, end; /* of the parts: those on the page */
};

/* ---- what is asked ---- */

static void crumb(const struct roll_up *p)
{
	const struct view_frame *f = p->u->frame;
	struct buf *b = p->u->b;
	int up[LIMIT_UNIT_DEPTH + 1], n = 0;
	html_raw(b, "<nav class=\"crumb\" aria-label=\"Position\">");
	ui_a(p->u, "", S("/units"), (str){0});
	html_raw(b, "Units</a><span aria-hidden=\"true\">/</span>");
	for (int i = f->unit; i != f->top && n <= LIMIT_UNIT_DEPTH; n++)
		up[n] = i = f->tree->units[i].parent;
	while (n--) {
		struct app_lens lens = *p->u->lens;
		struct ui link = *p->u;
		lens.unit = f->tree->units[up[n]].id;
		link.lens = &lens;
		html_raw(b, "<a href=\"");
		struct ui_address to = ui_address(&link, S("/units/roll-up"));
		ui_more(&to, S("objective"), p->v->objective->id);
		html_raw(b, "\">");
		ui_user(b, f->tree->units[up[n]].name);
		html_raw(b, "</a><span aria-hidden=\"true\">/</span>");
	}
	html_raw(b, "<span>");
	ui_user(b, p->v->lens.unit_name);
	html_raw(b, "</span></nav>");
}

static void title(const struct roll_up *p)
{
	const struct model_objective *o = p->v->objective;
	struct buf *b = p->u->b;
	crumb(p);
	html_raw(b, "<h1>How ");
	html_text(b, o->id);
	html_raw(b, " adds up</h1><p class=\"sub lead\">");
	ui_a(p->u, "", S("/objective/"), o->id);
	html_text(b, o->title);
	html_raw(b, "</a>. ");
	html_text(b, o->kpi);
	html_raw(b, "</p>");
}

static void form(const struct roll_up *p)
{
	const struct model *m = p->v->model;
	struct ui *u = p->u;
	html_raw(u->b, "<form class=\"filter gap-s wide\" action=\"/units/roll-up\">");
	ui_lens_fields(u);
	ui_filter_select(u, S("objective"), S("Objective"));
	for (size_t i = 0; i < m->n_objectives; i++) {
		struct buf shown = BUF(LIMIT_VALUE_BYTES);
		buf_add(&shown, m->objectives[i].id);
		buf_char(&shown, ' ');
		buf_add(&shown, m->objectives[i].title);
		ui_option(u, m->objectives[i].id, buf_str(&shown), p->v->objective->id);
		buf_release(&shown);
	}
	ui_filter_select_end(u);
	ui_button(u, S("Show"), false);
	html_raw(u->b, "</form>");
}

static void rule(const struct roll_up *p)
{
	html_raw(p->u->b, "<p class=\"lead gap-t\">");
	if (p->v->program)
		html_raw(p->u->b, "This objective is asked once for the whole program: the root answers it, and its "
				  "tally holds at every unit with one of its deployment types.</p>");
	else
		html_raw(p->u->b, "The tally of a unit is what it says itself plus the tallies of the units directly "
				  "below it. The verdict is made of that sum, never of verdicts below.</p>");
}

/* ---- the rows ---- */

static void counts(const struct roll_up *p, struct measure_tally t)
{
	ui_count_cell(p->u, t.yes);
	ui_count_cell(p->u, t.no);
	ui_count_cell(p->u, t.unknown);
	ui_count_cell(p->u, measure_total(t));
}

/* Nothing is added, which is not a tally of zeros. */
static void nothing(const struct roll_up *p)
{
	html_raw(p->u->b, "<td class=\"n mut\">–</td><td class=\"n mut\">–</td><td class=\"n mut\">–</td><td class=\"n "
			  "mut\">–</td>");
}

/* The counts, the verdict where there is one, the bar. */
static enum status numbers(const struct roll_up *p, bool counted, struct measure_tally t,
			   const enum score_verdict *verdict, struct err *err)
{
	struct buf *b = p->u->b;
	if (counted)
		counts(p, t);
	else
		nothing(p);
	html_raw(b, "<td>");
	if (verdict)
		ui_verdict(b, *verdict);
	html_raw(b, "</td><td class=\"w\">");
	if (counted && measure_total(t))
		TRY(ui_tally(p->u, t, p->v->objective->threshold_milli, p->q->arena, err));
	html_raw(b, "</td>");
	return OK;
}

/* "3 units say something", then ", 2 are silent" */
static void one_reason(struct buf *b, bool *some, int64_t n, str one, str many)
{
	if (!n)
		return;
	if (*some)
		html_raw(b, ", ");
	ui_count(b, n);
	if (!*some)
		buf_add(b, n == 1 ? S(" unit") : S(" units"));
	html_raw(b, " ");
	html_text(b, n == 1 ? one : many);
	*some = true;
}

/* What the units of a part are counted for, in words. */
static void reasons(const struct roll_up *p, const struct view_roll_up_part *part)
{
	const struct view_roll_up_count *c = &part->count;
	struct buf *b = p->u->b;
	bool some = false;
	if (c->units == 1 && c->silent) {
		html_raw(b, "nothing is said: its size counts as unknown");
	} else if (c->units == 1 && c->other_type) {
		html_raw(b, "has none of the deployment types");
	} else if (c->units == 1 && c->not_applicable) {
		html_raw(b, "says that it does not apply");
	} else if (c->units == 1) {
		buf_add(b, c->say ? S("its own measures") : S("says nothing itself"));
	} else {
		one_reason(b, &some, c->say, S("says something"), S("say something"));
		one_reason(b, &some, c->silent, S("is silent: its size counts as unknown"),
			   S("are silent: their size counts as unknown"));
		one_reason(b, &some, c->other_type, S("has none of the deployment types"),
			   S("have none of the deployment types"));
		one_reason(b, &some, c->not_applicable, S("says that it does not apply"),
			   S("say that it does not apply"));
		if (!some)
			html_raw(b, "nothing is said below");
	}
}

static void types(const struct roll_up *p, int unit)
{
	html_raw(p->u->b, "<td class=\"xs\">");
	ui_unit_type_words(p->u->b, p->v->lens.tree->units[unit].deployment);
	html_raw(p->u->b, "</td>");
}

static void unit_link(const struct roll_up *p, const struct view_roll_up_part *part)
{
	const struct unit *unit = &p->v->lens.tree->units[part->unit];
	struct app_lens lens = *p->u->lens;
	struct ui link = *p->u;
	lens.unit = unit->id;
	link.lens = &lens;
	html_raw(p->u->b, "<a href=\"");
	struct ui_address to = ui_address(&link, S("/units/roll-up"));
	ui_more(&to, S("objective"), p->v->objective->id);
	html_raw(p->u->b, "\">");
	ui_user(p->u->b, unit->name);
	html_raw(p->u->b, "</a>");
}

static enum status part_row(const struct roll_up *p, const struct view_roll_up_part *part, bool own, struct err *err)
{
	const struct unit *unit = &p->v->lens.tree->units[part->unit];
	struct buf *b = p->u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	if (own) {
		ui_user(b, unit->name);
		html_raw(b, ", by itself");
	} else {
		unit_link(p, part);
	}
	html_raw(b, "</th>");
	bool counted = part->count.say || measure_total(part->tally);
	TRY(numbers(p, counted, part->tally, own ? NULL : &part->verdict, err));
	html_raw(b, "<td class=\"src xs\">");
	reasons(p, part);
	html_raw(b, "</td>");
	types(p, part->unit);
	html_raw(b, "</tr>");
	return OK;
}

/* One measure of the unit: what was recorded, and what of it counts. */
static enum status measure_row(const struct roll_up *p, const struct view_measure *m, struct err *err)
{
	struct buf *b = p->u->b;
	html_raw(b, "<tr><th scope=\"row\" class=\"ind1 xs mut\">of which</th>");
	TRY(numbers(p, m->kept, m->counted, NULL, err));
	html_raw(b, "<td class=\"src\">");
	page_objective_source(p->u, m);
	if (m->kept && m->stale) {
		html_raw(b, "<br><span class=\"xs stale\">stale since ");
		ui_day(b, m->expires_ms);
		html_raw(b, ": all of it counts as unknown</span>");
	}
	html_raw(b, "</td><td></td></tr>");
	return OK;
}

static struct measure_tally elsewhere(const struct roll_up *p)
{
	struct measure_tally t = {0, 0, 0};
	for (size_t i = 0; i < p->v->n; i++)
		if (i < p->from || i >= p->end)
			t = measure_add(t, p->v->parts[i].tally);
	return t;
}

static enum status sums(const struct roll_up *p, struct err *err)
{
	struct buf *b = p->u->b;
	size_t others = p->v->n - (p->end - p->from);
	if (others) {
		html_raw(b, "<tr><th scope=\"row\">");
		ui_plural(b, (int64_t)others, S("unit on another page"), S("units on other pages"));
		html_raw(b, "</th>");
		TRY(numbers(p, true, elsewhere(p), NULL, err));
		html_raw(b, "<td></td><td></td></tr>");
	}
	html_raw(b, "<tr class=\"sum\"><th scope=\"row\">");
	ui_user(b, p->v->lens.unit_name);
	html_raw(b, ", together</th>");
	TRY(numbers(p, true, p->v->total.tally, &p->v->total.verdict, err));
	html_raw(b, "<td class=\"xs\">");
	if (p->v->program && !p->v->holds)
		html_raw(b, "no unit here has one of its deployment types");
	html_raw(b, "</td><td></td></tr>");
	return OK;
}

static enum status table(const struct roll_up *p, struct err *err)
{
	static const struct {
		str word;
		bool number;
	} heads[] = {{S("Unit"), false},   {S("Yes"), true},          {S("No"), true},
		     {S("Unknown"), true}, {S("All"), true},          {S("Verdict"), false},
		     {S("Tally"), false},  {S("What counts"), false}, {S("Deployment types"), false}};
	struct ui *u = p->u;
	struct ui_pair more = {S("objective"), p->v->objective->id};
	ui_table(u, S("What the tally is the sum of"));
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		ui_head_cell(u, heads[i].word, heads[i].number);
	ui_table_body(u);
	TRY(part_row(p, &p->v->own, true, err));
	for (size_t i = 0; i < p->v->n_measures; i++)
		TRY(measure_row(p, &p->v->measures[i], err));
	for (size_t i = p->from; i < p->end; i++)
		TRY(part_row(p, &p->v->parts[i], false, err));
	TRY(sums(p, err));
	ui_table_close(u);
	if (p->v->n > ROWS)
		ui_pager(u, &(struct ui_pages){.path = S("/units/roll-up"),
					       .offset = (int64_t)p->from,
					       .shown = (int64_t)(p->end - p->from),
					       .limit = ROWS,
					       .total = (int64_t)p->v->n,
					       .more = &more,
					       .n_more = 1});
	html_raw(u->b, "<div class=\"tfoot\">");
	ui_csv_link(u, S("/units/roll-up.csv"), &more, 1);
	html_raw(u->b, "</div>");
	ui_table_end(u);
	return OK;
}

/* ---- by hand ---- */

static int64_t column(struct measure_tally t, int i)
{
	return i == 0 ? t.yes : i == 1 ? t.no : t.unknown;
}

/* "yes 7 + 59 = 66": those that add something. */
static void written_sum(const struct roll_up *p, str word, int i)
{
	struct buf *b = p->u->b;
	bool some = column(p->v->own.tally, i) != 0;
	html_raw(b, "<li><b>");
	html_text(b, word);
	html_raw(b, "</b> <span class=\"num\">");
	if (some)
		ui_count(b, column(p->v->own.tally, i));
	for (size_t k = 0; k < p->v->n; k++) {
		int64_t n = column(p->v->parts[k].tally, i);
		if (!n)
			continue;
		buf_add(b, some ? S(" + ") : S(""));
		ui_count(b, n);
		some = true;
	}
	buf_add(b, some ? S(" = ") : S(""));
	ui_count(b, column(p->v->total.tally, i));
	html_raw(b, "</span></li>");
}

static void by_hand(const struct roll_up *p)
{
	struct buf *b = p->u->b;
	if (!measure_total(p->v->total.tally))
		return;
	html_raw(b, "<div class=\"gap-s\">");
	ui_section(p->u, S("r-h"), S("By hand"), S("Whole numbers, as the rule computes them"));
	if (!p->v->program && p->v->n && p->v->n <= WRITTEN) {
		html_raw(b, "<ul class=\"by-hand\">");
		written_sum(p, S("Yes"), 0);
		written_sum(p, S("No"), 1);
		written_sum(p, S("Unknown"), 2);
		html_raw(b, "</ul>");
	}
	page_objective_arithmetic(b, p->v->total.tally, p->v->objective->threshold_milli, p->v->total.verdict);
	html_raw(b,
		 "<p class=\"sm sub gap-t\">Met: the known yes reach the threshold. Open: they would, if the unknown "
		 "were yes. <a href=\"/help/scoring\">All rules</a></p>");
	ui_section_end(p->u);
	html_raw(b, "</div>");
}

static void cut(struct roll_up *p)
{
	int64_t from = page_from(p->q);
	p->from = from < (int64_t)p->v->n ? (size_t)from : 0;
	p->end = p->v->n - p->from > ROWS ? p->from + ROWS : p->v->n;
}

enum status page_roll_up(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_roll_up v;
	struct roll_up o = {.q = q, .u = &p.ui, .v = &v};
	TRY(page_open(q, r, &p, err));
	TRY(app_roll_up(q->app, str_trim(request_field(&q->query, S("objective"))), &p.lens, &v, err));
	struct ui_head head = {.title = S("Sum of the units"), .tab = UI_TAB_UNITS};
	cut(&o);
	ui_page(&p.ui, &head);
	title(&o);
	rule(&o);
	form(&o);
	html_raw(p.ui.b, "<div class=\"gap-t\">");
	TRY(table(&o, err));
	html_raw(p.ui.b, "</div>");
	by_hand(&o);
	ui_page_end(&p.ui, &head);
	return page_done(r, err);
}

/* ---- as CSV ---- */

static void csv_part(struct buf *b, const struct view_roll_up *v, str row, const struct view_roll_up_part *part)
{
	char room[10][24];
	const struct view_roll_up_count *c = &part->count;
	const struct unit *unit = &v->lens.tree->units[part->unit];
	csv_row(b,
		(const str[]){row, unit->id, unit->name, page_number(part->tally.yes, room[0]),
			      page_number(part->tally.no, room[1]), page_number(part->tally.unknown, room[2]),
			      score_verdict_name(part->verdict), page_number(c->units, room[3]),
			      page_number(c->say, room[4]), page_number(c->silent, room[5]),
			      page_number(c->other_type, room[6]), page_number(c->not_applicable, room[7])},
		12);
}

enum status page_roll_up_csv(struct request *q, struct reply *r, struct err *err)
{
	static const str heads[] = {S("row"),
				    S("unit"),
				    S("name"),
				    S("yes"),
				    S("no"),
				    S("unknown"),
				    S("verdict"),
				    S("units"),
				    S("units_say"),
				    S("units_silent"),
				    S("units_of_other_type"),
				    S("units_not_applicable")};
	struct page p;
	struct view_roll_up v;
	TRY(page_open(q, r, &p, err));
	TRY(app_roll_up(q->app, str_trim(request_field(&q->query, S("objective"))), &p.lens, &v, err));
	csv_row(&r->body, heads, 12);
	csv_part(&r->body, &v, S("own"), &v.own);
	for (size_t i = 0; i < v.n; i++)
		csv_part(&r->body, &v, S("below"), &v.parts[i]);
	csv_part(&r->body, &v, S("total"), &v.total);
	return page_csv(q, r, S("roll-up"), err);
}
