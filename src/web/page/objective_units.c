#include "base/time.h"
#include "chart/bar.h"
#include "chart/svg.h"
#include "web/page/objective.h"
#include "web/ui_table.h"
#include "web/ui_view.h"

static void indent(struct buf *b, int depth)
{
	static const str classes[] = {S("<th scope=\"row\">"), S("<th scope=\"row\" class=\"ind1\">"),
				      S("<th scope=\"row\" class=\"ind2\">"), S("<th scope=\"row\" class=\"ind3\">")};
	buf_add(b, classes[depth < 4 ? depth : 3]);
}

static enum status numbers(const struct page_objective *p, struct measure_tally t, struct err *err)
{
	html_raw(p->u->b, "<td class=\"w\">");
	TRY(ui_tally(p->u, t, p->v->objective.objective->threshold_milli, p->a, err));
	html_raw(p->u->b, "</td>");
	ui_count_cell(p->u, t.yes);
	ui_count_cell(p->u, t.no);
	ui_count_cell(p->u, t.unknown);
	return OK;
}

/* How much of its life a measure has used. */
static enum status fuse(const struct page_objective *p, const struct view_measure *m, struct err *err)
{
	struct buf *b = p->u->b;
	struct chart chart;
	int64_t at_ms = p->v->lens.at_ms, age = at_ms - m->seen_ms;
	bool ends = m->expires_ms != TIME_FOREVER && m->expires_ms > m->seen_ms;
	struct chart_bar_age in = {age, ends ? m->expires_ms - m->seen_ms : 0, m->stale};
	bool soon = chart_bar_age_state(&in) == CHART_BAR_SOON;
	TRY(chart_bar_age(&in, p->a, &chart, err));
	buf_add(b, m->stale ? S("<span class=\"age old\"><span>stale for ")
		   : soon   ? S("<span class=\"age soon\"><span>")
			    : S("<span class=\"age\"><span>"));
	html_int(b, (m->stale && ends ? at_ms - m->expires_ms : age) / TIME_DAY_MS);
	html_raw(b, " d");
	if (!m->stale && ends) {
		html_raw(b, " of ");
		html_int(b, (m->expires_ms - m->seen_ms) / TIME_DAY_MS);
	}
	html_raw(b, "</span>");
	chart_svg(b, &chart);
	html_raw(b, "</span>");
	return OK;
}

static void left_out(struct buf *b, enum view_left_out why)
{
	static const str words[] = {
	    [VIEW_BY_DEPLOYMENT] = S("for other deployment types"),
	    [VIEW_BY_NOT_APPLICABLE] = S("the unit says that it does not apply"),
	    [VIEW_BY_OVERRIDE] = S("an override is in force"),
	    [VIEW_BY_MEASUREMENT] = S("a fresh measurement counts instead"),
	};
	html_raw(b, "<span class=\"xs mut\">Left out: ");
	html_text(b, words[why]);
	html_raw(b, "</span>");
}

/* Who says so, and what he says beside it. That our own check measured needs no name. */
void page_objective_source(struct ui *u, const struct view_measure *m)
{
	struct buf *b = u->b;
	if (m->basis != MEASURE_MEASURED || !str_eq(m->source, S("check"))) {
		ui_user(b, m->source);
		html_raw(b, " ");
	}
	ui_basis(b, m->basis);
	if (m->basis != MEASURE_MEASURED && m->author.n) {
		html_raw(b, "<br><span class=\"xs mut\">by ");
		page_person(u, m->author);
		if (m->reviewer.n) {
			html_raw(b, ", confirmed by ");
			page_person(u, m->reviewer);
		}
		html_raw(b, "</span>");
	}
	if (m->justification.n) {
		html_raw(b, "<br><span class=\"xs sub\">");
		ui_user(b, m->justification);
		html_raw(b, "</span>");
	}
	if (m->error.n) {
		html_raw(b, "<br><span class=\"xs stale\">The check failed: ");
		ui_user(b, m->error);
		html_raw(b, "</span>");
	}
	if (m->overrides) {
		html_raw(b, "<br><span class=\"xs mut\">override until ");
		ui_day(b, m->override_until_ms);
		html_raw(b, "</span>");
	}
	if (!m->kept) {
		html_raw(b, "<br>");
		left_out(b, m->left_out);
	}
}

static enum status measure_cells(const struct page_objective *p, const struct view_measure *m,
				 const enum score_verdict *verdict, struct err *err)
{
	struct buf *b = p->u->b;
	html_raw(b, "<td class=\"src\">");
	page_objective_source(p->u, m);
	html_raw(b, "</td>");
	TRY(numbers(p, m->counted, err));
	html_raw(b, "<td>");
	if (verdict)
		ui_verdict(b, *verdict);
	html_raw(b, "</td><td>");
	TRY(fuse(p, m, err));
	html_raw(b, "</td></tr>");
	return OK;
}

static void unit_name(const struct page_objective *p, const struct view_detail_unit *row)
{
	const struct unit *unit = &p->v->lens.tree->units[row->unit];
	str name = unit->name.n ? unit->name : unit->id;
	if (row->depth && p->v->whole) {
		ui_a_unit(p->u, "", S("/objective/"), p->v->objective.objective->id, unit->id);
		ui_user(p->u->b, name);
		html_raw(p->u->b, "</a>");
	} else {
		ui_user(p->u->b, name);
	}
}

static void row_begin(const struct page_objective *p, const struct view_detail_unit *row)
{
	buf_add(p->u->b, row->depth ? S("<tr>") : S("<tr class=\"sum\">"));
	indent(p->u->b, row->depth);
	unit_name(p, row);
	html_raw(p->u->b, "</th>");
}

/* The unit's sum; a leaf with one source says both in one row. */
static enum status unit_rows(const struct page_objective *p, const struct view_detail_unit *row, struct err *err)
{
	const struct view_measure *own = p->v->objective.measures + row->first;
	struct buf *b = p->u->b;
	size_t from = 0;
	row_begin(p, row);
	if (row->leaf && row->n == 1) {
		TRY(measure_cells(p, own, &row->verdict, err));
		from = 1;
	} else {
		buf_add(b, row->leaf && !row->n ? S("<td class=\"mut\">nobody says anything</td>") : S("<td></td>"));
		TRY(numbers(p, row->tally, err));
		html_raw(b, "<td>");
		ui_verdict(b, row->verdict);
		html_raw(b, "</td><td></td></tr>");
	}
	for (size_t i = from; i < row->n; i++) {
		html_raw(b, "<tr>");
		indent(b, row->depth + 1);
		html_raw(b, "<span class=\"vh\">");
		html_text(b, p->v->lens.tree->units[row->unit].name);
		html_raw(b, ", by itself</span></th>");
		TRY(measure_cells(p, &own[i], NULL, err));
	}
	return OK;
}

static void sum_link(const struct page_objective *p)
{
	html_raw(p->u->b, "<span class=\"end\"><a class=\"link\" href=\"");
	struct ui_address to = ui_address(p->u, S("/units/roll-up"));
	ui_more(&to, S("objective"), p->v->objective.objective->id);
	html_raw(p->u->b, "\">Check the sum</a></span>");
}

void page_objective_csv_link(const struct page_objective *p, str table)
{
	html_raw(p->u->b, "<span class=\"end\"><a class=\"link\" href=\"/objective/");
	ui_url(p->u->b, p->v->objective.objective->id);
	html_text(p->u->b, table);
	ui_lens_query(p->u);
	html_raw(p->u->b, "\">CSV</a></span>");
}

enum status page_objective_units(const struct page_objective *p, struct err *err)
{
	static const struct {
		str word;
		bool number;
	} heads[] = {{S("Unit"), false}, {S("Source"), false}, {S("Tally"), false},   {S("Yes"), true},
		     {S("No"), true},    {S("Unknown"), true}, {S("Verdict"), false}, {S("Age"), false}};
	struct buf *b = p->u->b;
	html_raw(
	    b,
	    "<section class=\"sec\" aria-labelledby=\"o-t\"><header><h2 id=\"o-t\">By unit and source</h2><p>Tallies "
	    "add up: every row above is the sum of the rows below it</p>");
	if (p->v->whole)
		sum_link(p);
	page_objective_csv_link(p, S("/units.csv"));
	html_raw(b, "</header>");
	ui_table(p->u, S("Tally by unit and source"));
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		ui_head_cell(p->u, heads[i].word, heads[i].number);
	ui_table_body(p->u);
	for (size_t i = 0; i < p->v->n_units; i++)
		TRY(unit_rows(p, &p->v->units[i], err));
	ui_table_close(p->u);
	if (p->v->cut)
		html_raw(
		    b, "<div class=\"tfoot\"><span>Units further below are summed; open one to see them.</span></div>");
	ui_table_end(p->u);
	html_raw(b, "</section>");
	return OK;
}
