#include "base/time.h"
#include "chart/bar.h"
#include "chart/measures.h"
#include "chart/svg.h"
#include "chart/tally.h"
#include "web/page/objective.h"
#include "web/ui_table.h"
#include "web/ui_view.h"

void page_objective_crumb(struct ui *u, const struct model *m, const struct model_objective *o, str here, bool whole)
{
	const struct model_category *c = &m->categories[o->category];
	struct buf *b = u->b;
	html_raw(b, "<nav class=\"crumb\" aria-label=\"Position\">");
	if (whole) {
		ui_a(u, "", S("/"), (str){0});
		html_raw(b, "Program</a><span aria-hidden=\"true\">/</span><span>");
		html_text(b, m->domains[c->domain].title);
		html_raw(b, "</span><span aria-hidden=\"true\">/</span>");
		ui_a(u, "", S("/category/"), c->id);
		html_text(b, c->title);
		html_raw(b, "</a><span aria-hidden=\"true\">/</span>");
	} else {
		html_raw(b, "<a href=\"/assess\">Assigned to you</a><span aria-hidden=\"true\">/</span><span>");
		html_text(b, c->title);
		html_raw(b, "</span><span aria-hidden=\"true\">/</span>");
	}
	if (here.n) {
		ui_a(u, "", S("/objective/"), o->id);
		html_text(b, o->id);
		html_raw(b, "</a><span aria-hidden=\"true\">/</span><span>");
		html_text(b, here);
	} else {
		html_raw(b, "<span>");
		html_text(b, o->id);
	}
	html_raw(b, "</span></nav>");
}

/* ---- the title ---- */

static void staleness(const struct page_objective *p)
{
	const struct view_objective *v = &p->v->objective;
	int64_t stale = 0;
	for (size_t i = 0; i < v->n_measures; i++)
		stale += v->measures[i].stale && v->measures[i].kept;
	if (!stale)
		return;
	html_raw(p->u->b, "<span class=\"pill is-stale\">");
	ui_icon(p->u->b, UI_CLOCK, "");
	ui_count(p->u->b, stale);
	html_raw(p->u->b, " of ");
	ui_plural(p->u->b, (int64_t)v->n_measures, S("measure"), S("measures"));
	html_raw(p->u->b, " stale</span>");
}

/* Who stands behind what counts: each basis once. */
static void bases(const struct page_objective *p)
{
	const struct view_objective *v = &p->v->objective;
	for (int basis = MEASURE_MEASURED; basis >= MEASURE_ATTESTED; basis--)
		for (size_t i = 0; i < v->n_measures; i++)
			if (v->measures[i].kept && v->measures[i].basis == (enum measure_basis)basis) {
				ui_basis(p->u->b, (enum measure_basis)basis);
				break;
			}
}

static void title(const struct page_objective *p)
{
	const struct view_objective *v = &p->v->objective;
	const struct model_objective *o = v->objective;
	struct buf *b = p->u->b;
	page_objective_crumb(p->u, v->model, o, (str){0}, p->v->whole);
	html_raw(b, "<h1 class=\"h-ob\">");
	html_text(b, o->title);
	html_raw(b, "</h1><div class=\"row idrow\"><span class=\"sub num\">");
	html_text(b, o->id);
	html_raw(b, "</span>");
	ui_level(b, o->level);
	html_raw(b, "<span class=\"sm sub\">");
	html_text(b, v->model->level_names[o->level - 1]);
	html_raw(b, "</span><span class=\"dotsep\">");
	ui_verdict(b, v->score.verdict);
	html_raw(b, "</span>");
	bases(p);
	staleness(p);
	html_raw(b, "</div><p class=\"kpi\">");
	html_text(b, o->kpi);
	html_raw(b, "</p>");
}

/* ---- the large tally ---- */

static void share(struct buf *b, int64_t part, int64_t n)
{
	html_raw(b, "&ensp;<span class=\"mut\">");
	ui_share(b, (int32_t)(part * 1000 / n));
	html_raw(b, "</span>");
}

static void counts(struct buf *b, struct measure_tally t)
{
	html_raw(b, "<div class=\"row between sm\"><span><b class=\"num\">");
	ui_count(b, t.yes);
	html_raw(b, "</b> yes");
	share(b, t.yes, measure_total(t));
	html_raw(b, "</span><span><b class=\"num\">");
	ui_count(b, t.unknown);
	html_raw(b, "</b> unknown&ensp;<b class=\"num\">");
	ui_count(b, t.no);
	html_raw(b, "</b> no&ensp;<span class=\"mut\">of ");
	ui_count(b, measure_total(t));
	html_raw(b, "</span></span></div>");
}

/* 1000 × 412 = 412 000 < 900 × 487 = 438 300 */
static bool product(struct buf *b, str who, int64_t yes, int64_t n, int32_t threshold)
{
	__int128 left = (__int128)1000 * yes, right = (__int128)threshold * n;
	html_raw(b, "<span>");
	html_text(b, who);
	html_raw(b, "</span><span>1000 × ");
	ui_count(b, yes);
	html_raw(b, " = <b>");
	ui_count(b, (int64_t)left);
	html_raw(b, "</b></span><span>");
	buf_add(b, left >= right ? S("≥ ") : S("&lt; "));
	html_int(b, threshold);
	html_raw(b, " × ");
	ui_count(b, n);
	html_raw(b, " = ");
	ui_count(b, (int64_t)right);
	html_raw(b, "</span><span class=\"r\">");
	return left >= right;
}

void page_objective_arithmetic(struct buf *b, struct measure_tally t, int32_t threshold, enum score_verdict verdict)
{
	int64_t n = measure_total(t);
	html_raw(b, "<div class=\"arith\" role=\"group\" aria-label=\"Arithmetic of the verdict\">");
	bool met = product(b, S("known yes"), t.yes, n, threshold);
	if (met)
		ui_verdict(b, verdict);
	else
		html_raw(b, "not yet met");
	html_raw(b, "</span>");
	if (!met) {
		(void)product(b, S("if unknown were yes"), t.yes + t.unknown, n, threshold);
		ui_verdict(b, verdict);
		html_raw(b, "</span>");
	}
	html_raw(b, "</div>");
}

static enum status tally(const struct page_objective *p, struct err *err)
{
	const struct view_objective *v = &p->v->objective;
	struct measure_tally t = v->score.tally;
	int32_t threshold = v->objective->threshold_milli;
	struct buf *b = p->u->b;
	struct chart chart;
	html_raw(b, "<figure class=\"bigt\">");
	if (!measure_total(t)) {
		html_raw(b, "<p>Nobody is in the population here, so the objective does not apply.</p></figure>");
		return OK;
	}
	counts(b, t);
	TRY(chart_tally(&(struct chart_tally){.tally = t, .threshold = threshold, .big = true}, p->a, &chart, err));
	chart_svg(b, &chart);
	page_objective_arithmetic(b, t, threshold, v->score.verdict);
	html_raw(b, "</figure>");
	return OK;
}

enum status page_objective_head(const struct page_objective *p, struct err *err)
{
	title(p);
	return tally(p, err);
}

/* ---- over time ---- */

static void year_table(const struct page_objective *p)
{
	struct buf *b = p->u->b;
	ui_data(p->u, S("Measures data"));
	html_raw(b, "<thead><tr>");
	ui_head_cell(p->u, S("Date"), false);
	ui_head_cell(p->u, S("Yes"), true);
	ui_head_cell(p->u, S("Unknown"), true);
	ui_head_cell(p->u, S("No"), true);
	html_raw(b, "</tr></thead><tbody>");
	for (int i = 0; i < VIEW_COURSE_POINTS; i++) {
		const struct view_detail_point *point = &p->v->points[i];
		html_raw(b, "<tr><th scope=\"row\">");
		ui_day(b, point->at_ms);
		html_raw(b, "</th>");
		if (point->known) {
			ui_count_cell(p->u, point->tally.yes);
			ui_count_cell(p->u, point->tally.unknown);
			ui_count_cell(p->u, point->tally.no);
		} else {
			html_raw(b, "<td class=\"n mut\" colspan=\"3\">nothing was said yet</td>");
		}
		html_raw(b, "</tr>");
	}
	html_raw(b, "</tbody>");
	ui_data_end(p->u);
}

enum status page_objective_year(const struct page_objective *p, struct err *err)
{
	struct chart_measures_point points[VIEW_COURSE_POINTS];
	struct buf *b = p->u->b;
	struct chart chart;
	for (int i = 0; i < VIEW_COURSE_POINTS; i++)
		points[i] = (struct chart_measures_point){p->v->points[i].at_ms, p->v->points[i].known
										     ? p->v->points[i].tally
										     : (struct measure_tally){0, 0, 0}};
	TRY(chart_measures(&(struct chart_measures){.span = S("twelve months"),
						    .points = points,
						    .n = VIEW_COURSE_POINTS,
						    .threshold = p->v->objective.objective->threshold_milli},
			   p->a, &chart, err));
	html_raw(b,
		 "<section class=\"sec gap-s\" aria-labelledby=\"o-m\"><header><h2 id=\"o-m\">Measures over time</h2>"
		 "<p class=\"key\"><span><i class=\"sw y\"></i>yes</span><span><i class=\"sw ub\"></i>unknown</span>"
		 "<span><i class=\"sw nb\"></i>no</span></p>");
	page_objective_csv_link(p, S("/measures.csv"));
	html_raw(b, "</header>");
	if (chart.n)
		chart_svg(b, &chart);
	else
		html_raw(b, "<p class=\"sub\">Nothing was said in these twelve months.</p>");
	year_table(p);
	html_raw(b, "</section>");
	return OK;
}
