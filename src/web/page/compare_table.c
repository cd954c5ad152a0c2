#include "chart/range.h"
#include "core/view_shown.h"
#include "web/page/compare.h"
#include "web/ui_table.h"
#include "web/ui_view.h"

/* What tells a side from the other: the unit, the instant or both. */
static void side_name(const struct page_compare *p, const struct view_compare_side *s)
{
	const struct view_compare *v = p->v;
	bool same_unit = str_eq(v->a.unit_id, v->b.unit_id), same_time = v->a.at_ms == v->b.at_ms;
	struct buf *b = p->u->b;
	if (!same_unit || same_time)
		ui_user(b, s->unit_name);
	if (!same_unit && !same_time)
		html_raw(b, ", ");
	if (!same_time)
		page_compare_instant(b, v, s->at_ms);
}

/* ---- categories ---- */

static void categories_head(const struct page_compare *p)
{
	struct buf *b = p->u->b;
	html_raw(
	    b, "<div class=\"tw\" tabindex=\"0\" role=\"region\" aria-label=\"Both sides by category\"><table "
	       "class=\"tb dense sided\"><caption class=\"vh\">Both sides by category</caption><thead><tr><td></td><th "
	       "scope=\"colgroup\" colspan=\"3\">");
	side_name(p, &p->v->a);
	html_raw(b, "</th><th scope=\"colgroup\" colspan=\"3\">");
	side_name(p, &p->v->b);
	html_raw(b, "</th><th scope=\"colgroup\" colspan=\"2\">Apart by</th></tr><tr>");
	ui_head_cell(p->u, S("Category"), false);
	for (int side = 0; side < 2; side++) {
		ui_head_cell(p->u, S("Claimed"), false);
		ui_head_cell(p->u, S("Evidenced"), false);
		ui_head_cell(p->u, S("Range"), false);
	}
	ui_head_cell(p->u, S("Claimed"), true);
	ui_head_cell(p->u, S("Evidenced"), true);
	html_raw(b, "</tr></thead><tbody>");
}

static void level_cell(struct buf *b, const char *class, int level, int32_t index)
{
	buf_printf(b, "<td class=\"%s\">", class);
	ui_level(b, level);
	html_raw(b, " <span class=\"num\">");
	ui_index(b, index);
	html_raw(b, "</span></td>");
}

static enum status side_cells(const struct page_compare *p, const struct score_category *s, struct err *err)
{
	struct buf *b = p->u->b;
	struct chart chart;
	if (!s->applicable) {
		html_raw(b, "<td colspan=\"3\" class=\"side-1 mut\">not applicable</td>");
		return OK;
	}
	bool silent = view_compare_is_silent(s);
	if (silent) {
		html_raw(b, "<td colspan=\"2\" class=\"side-1\"><span class=\"mut\">unknown,</span> <span class=\"xs "
			    "mut\">at most ");
		ui_index(b, s->index_high);
		html_raw(b, "</span></td>");
	} else {
		level_cell(b, "side-1 nw", s->level, s->index);
		level_cell(b, "nw", s->level_evidenced, s->index_evidenced);
	}
	TRY(chart_range(
	    &(struct chart_range){.index = s->index, .high = s->index_high, .evidenced = s->index_evidenced}, p->a,
	    &chart, err));
	html_raw(b, "<td class=\"rng-c\">");
	chart_svg(b, &chart);
	html_raw(b, "</td>");
	return OK;
}

/* How far the index of one side stands from that of the other, as both are shown. */
static void apart_cell(struct buf *b, bool known, int32_t one, int32_t other)
{
	int32_t apart = view_shown_change(other, one);
	html_raw(b, "<td class=\"n\">");
	if (!known)
		html_raw(b, "<span class=\"mut\">–</span>");
	else if (!apart)
		html_raw(b, "<span class=\"mut\">same</span>");
	else
		ui_change(b, apart);
	html_raw(b, "</td>");
}

static enum status category_row(const struct page_compare *p, size_t c, struct err *err)
{
	const struct view_compare *v = p->v;
	const struct score_category *one = &v->a.score.categories[c], *other = &v->b.score.categories[c];
	struct buf *b = p->u->b;
	int32_t exact;
	html_raw(b, "<tr><th scope=\"row\">");
	ui_a(p->u, "", S("/category/"), v->model->categories[c].id);
	html_text(b, v->model->categories[c].id);
	html_raw(b, "</a> <span class=\"sub nm\">");
	html_text(b, v->model->categories[c].title);
	html_raw(b, "</span></th>");
	TRY(side_cells(p, one, err));
	TRY(side_cells(p, other, err));
	apart_cell(b, view_compare_claimed(v, c, &exact), one->index, other->index);
	apart_cell(b, view_compare_evidenced(v, c, &exact), one->index_evidenced, other->index_evidenced);
	html_raw(b, "</tr>");
	return OK;
}

static enum status program_cells(const struct page_compare *p, const struct view_compare_side *s, struct err *err)
{
	const struct score_mean *m = &s->score.program;
	struct buf *b = p->u->b;
	struct chart chart;
	if (!m->applicable || !s->known) {
		buf_add(b, m->applicable ? S("<td colspan=\"3\" class=\"side-1 mut\">nothing is known</td>")
					 : S("<td colspan=\"3\" class=\"side-1 mut\">not applicable</td>"));
		return OK;
	}
	html_raw(b, "<td class=\"side-1 nw\">");
	ui_index(b, m->index);
	html_raw(b, " <span class=\"xs sub\">floor ");
	html_int(b, m->floor);
	html_raw(b, ", ");
	ui_share(b, m->coverage);
	html_raw(b, " known</span></td><td class=\"nw\">");
	ui_index(b, m->index_evidenced);
	TRY(chart_range(
	    &(struct chart_range){.index = m->index, .high = m->index_high, .evidenced = m->index_evidenced}, p->a,
	    &chart, err));
	html_raw(b, "</td><td class=\"rng-c\">");
	chart_svg(b, &chart);
	html_raw(b, "</td>");
	return OK;
}

static enum status program_row(const struct page_compare *p, struct err *err)
{
	const struct view_compare *v = p->v;
	bool known = v->comparable && v->a.known && v->b.known;
	const struct score_mean *a = &v->a.score.program, *b = &v->b.score.program;
	html_raw(p->u->b, "<tr class=\"sum\"><th scope=\"row\">Program</th>");
	TRY(program_cells(p, &v->a, err));
	TRY(program_cells(p, &v->b, err));
	apart_cell(p->u->b, known, a->index, b->index);
	apart_cell(p->u->b, known, a->index_evidenced, b->index_evidenced);
	html_raw(p->u->b, "</tr></tbody></table></div>");
	return OK;
}

enum status page_compare_categories(const struct page_compare *p, struct err *err)
{
	categories_head(p);
	for (size_t c = 0; c < p->v->model->n_categories; c++)
		TRY(category_row(p, c, err));
	TRY(program_row(p, err));
	html_raw(
	    p->u->b,
	    "<p class=\"key gap-key\"><span>Range: ◇ evidenced, ● index, dotted up to what is possible</span><span>"
	    "A whole number is the level; the fraction counts the objectives of the next one that are met</span></p>");
	return OK;
}

/* ---- objectives ---- */

/* The verdict and the counts of one side, as a link to the objective there. */
static void objective_cell(const struct page_compare *p, struct ui *side, int objective,
			   const struct score_objective *s)
{
	struct buf *b = p->u->b;
	html_raw(b, "<td class=\"side-1\">");
	ui_verdict(b, s->verdict);
	html_raw(b, "</td><td class=\"nw\">");
	ui_a(side, "num", S("/objective/"), p->v->model->objectives[objective].id);
	if (s->verdict == SCORE_NOT_APPLICABLE) {
		html_raw(b, "nobody");
	} else if (!s->tally.yes && !s->tally.no) {
		html_raw(b, "unknown, all ");
		ui_count(b, s->tally.unknown);
	} else {
		ui_count(b, s->tally.yes);
		html_raw(b, " of ");
		ui_count(b, measure_total(s->tally));
	}
	html_raw(b, "</a>");
	if (s->tally.unknown && (s->tally.yes || s->tally.no)) {
		html_raw(b, " <span class=\"xs mut\">");
		ui_count(b, s->tally.unknown);
		html_raw(b, " unknown</span>");
	}
	html_raw(b, "</td>");
}

static void objective_row(const struct page_compare *p, int objective)
{
	const struct model_objective *o = &p->v->model->objectives[objective];
	struct buf *b = p->u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	html_text(b, o->id);
	html_raw(b, " <span class=\"sub\">");
	html_text(b, o->title);
	html_raw(b, "</span></th>");
	objective_cell(p, p->u, objective, &p->v->a.score.objectives[objective]);
	objective_cell(p, p->other, objective, &p->v->b.score.objectives[objective]);
	html_raw(b, "</tr>");
}

static void objectives_table(const struct page_compare *p, str label, bool verdict)
{
	struct buf *b = p->u->b;
	html_raw(b, "<div class=\"tw\" tabindex=\"0\" role=\"region\" aria-label=\"");
	html_text(b, label);
	html_raw(b, ", table\"><table class=\"tb dense sided both\"><caption class=\"vh\">");
	html_text(b, label);
	html_raw(b, "</caption><thead><tr><th scope=\"col\">Objective</th><th scope=\"colgroup\" colspan=\"2\">");
	side_name(p, &p->v->a);
	html_raw(b, "</th><th scope=\"colgroup\" colspan=\"2\">");
	side_name(p, &p->v->b);
	html_raw(b, "</th></tr></thead><tbody>");
	for (size_t i = 0; i < p->v->n; i++)
		if (p->v->objectives[i].verdict == verdict)
			objective_row(p, p->v->objectives[i].objective);
	html_raw(b, "</tbody></table></div>");
}

void page_compare_objectives(const struct page_compare *p)
{
	const struct view_compare *v = p->v;
	struct buf *b = p->u->b;
	size_t counts = v->n - v->n_verdicts;
	html_raw(b, "<div class=\"gap\">");
	ui_section(p->u, S("c-o"), S("Objectives with another verdict"),
		   S("Each tally leads to its objective, at its unit and date"));
	if (v->n_verdicts)
		objectives_table(p, S("Objectives with another verdict"), true);
	else
		html_raw(b, "<p class=\"sub\">No objective has another verdict.</p>");
	if (counts) {
		html_raw(b, "<details class=\"data gap-t\"><summary>");
		ui_plural(b, (int64_t)counts, S("objective has the same verdict with other counts"),
			  S("objectives have the same verdict with other counts"));
		html_raw(b, "</summary>");
		objectives_table(p, S("Objectives with other counts"), false);
		html_raw(b, "</details>");
	}
	ui_section_end(p->u);
	html_raw(b, "</div>");
}
