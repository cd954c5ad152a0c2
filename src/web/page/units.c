#include "app/unit_map.h"
#include "chart/strip.h"
#include "web/page.h"
#include "web/ui_view.h"

/* More leaf units than that and the spread is left out of the page. */
enum { SPREAD_MOST = 400 };

struct units {
	struct ui *u;
	const struct view_unit_map *v;
	struct arena *a;
};

static enum status strip(const struct units *p, size_t c, struct chart_strip_unit *units, struct err *err)
{
	const struct view_unit_map *v = p->v;
	const struct score_category *whole = v->n ? &v->rows[0].categories[c] : NULL;
	struct buf *b = p->u->b;
	struct chart chart;
	size_t n = (size_t)v->leaves;
	for (size_t i = 0; i < n; i++) {
		int32_t index = v->spread[c * n + i];
		units[i] = (struct chart_strip_unit){v->lens.tree->units[v->spread_units[i]].name,
						     index ? index : CHART_ABSENT};
	}
	TRY(chart_strip(&(struct chart_strip){.what = v->model->categories[c].id,
					      .whole_words = S("together"),
					      .whole = whole && whole->applicable ? whole->index : CHART_ABSENT,
					      .units = units,
					      .n = n},
			p->a, &chart, err));
	html_raw(b, "<div class=\"sm1\"><h3>");
	ui_a(p->u, "plain", S("/category/"), v->model->categories[c].id);
	html_text(b, v->model->categories[c].id);
	html_raw(b, "</a> <span class=\"num sub\">");
	if (whole && whole->applicable)
		ui_index(b, whole->index);
	else
		html_raw(b, "–");
	html_raw(b, "</span></h3>");
	chart_svg(b, &chart);
	if (v->lowest[c] != UNIT_NONE) {
		html_raw(b, "<p class=\"xs mut\">Lowest: ");
		ui_user(b, v->lens.tree->units[v->lowest[c]].name);
		html_raw(b, "</p>");
	}
	html_raw(b, "</div>");
	return OK;
}

static enum status spread(const struct units *p, struct err *err)
{
	const struct view_unit_map *v = p->v;
	if (v->leaves < 2 || v->leaves > SPREAD_MOST)
		return OK;
	struct chart_strip_unit *units = arena_new(p->a, struct chart_strip_unit, (size_t)v->leaves);
	if (!units)
		return err_full(err);
	html_raw(p->u->b, "<div class=\"gap\">");
	ui_section(p->u, S("u-d"), S("Spread over the units"),
		   S("Each dot is a unit’s index from 1 to 5; the line is all of them together"));
	html_raw(p->u->b, "<div class=\"strips\">");
	for (size_t c = 0; c < v->model->n_categories; c++)
		TRY(strip(p, c, units, err));
	html_raw(p->u->b, "</div>");
	ui_section_end(p->u);
	html_raw(p->u->b, "</div>");
	return OK;
}

static void title(const struct units *p)
{
	struct buf *b = p->u->b;
	html_raw(b, "<div class=\"row between top\"><div><h1>Units</h1><p class=\"sub lead\">");
	ui_plural(b, p->v->leaves, S("unit answers"), S("units answer"));
	html_raw(b, "; everything above them is the sum of their tallies, never an average of their levels.</p></div>");
	html_raw(b, "<div class=\"row\">");
	ui_a(p->u, "btn", S("/units.csv"), (str){0});
	ui_icon(b, UI_SAVE, "");
	html_raw(b, "CSV</a>");
	html_raw(b, "</div></div>");
}

enum status page_units(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_unit_map v;
	TRY(page_open(q, r, &p, err));
	struct ui *u = &p.ui;
	struct ui_head head = {.title = S("Units"), .tab = UI_TAB_UNITS};
	ui_page(u, &head);
	if (p.frame.tree) {
		struct app_unit_map map = {.lens = p.lens, .all = p.frame.tree->n <= 120};
		TRY(app_unit_map(q->app, &map, &v, err));
		struct units o = {u, &v, q->arena};
		title(&o);
		html_raw(u->b,
			 "<section class=\"gap-s\" aria-labelledby=\"u-p\"><h2 class=\"vh\" id=\"u-p\">Portfolio</h2>");
		TRY(ui_unit_map(u, &v, q->arena, err));
		html_raw(u->b, "</section>");
		TRY(spread(&o, err));
	} else {
		html_raw(u->b, "<h1>Units</h1>");
		ui_empty(
		    u, S("No unit is known yet."),
		    S("A unit is a part of the organisation, in a tree. A table of them is the first thing to import."),
		    S("/start"), S("Begin"));
	}
	ui_page_end(u, &head);
	return page_done(r, err);
}
