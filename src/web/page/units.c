#include "app/access.h"
#include "app/unit_map.h"
#include "base/limits.h"
#include "chart/strip.h"
#include "web/page/units.h"
#include "web/ui_table.h"
#include "web/ui_view.h"

/* More leaf units than that and the spread is left out of the page; up to FEW units the map begins open; so many
   children of one unit are shown at once. */
enum { SPREAD_MOST = 400, FEW = 120, CHILDREN = 120 };

struct units {
	struct ui *u;
	const struct view_unit_map *v;
	struct arena *a;
	struct ui_unit_map_state state;
};

/* How many others are as low as the lowest. */
static void as_low(struct buf *b, const struct chart_strip_unit *units, size_t n)
{
	int32_t least = INT32_MAX;
	int64_t others = -1;
	for (size_t i = 0; i < n; i++)
		if (units[i].index != CHART_ABSENT && units[i].index < least)
			least = units[i].index;
	for (size_t i = 0; i < n; i++)
		others += units[i].index == least;
	if (others <= 0)
		return;
	html_raw(b, " and ");
	ui_count(b, others);
	buf_add(b, others == 1 ? S(" other") : S(" others"));
}

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
		as_low(b, units, n);
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

enum status page_units_list(struct request *q, const struct unit_tree *tree, enum access_role at_least,
			    struct ui_unit_list *out, struct err *err)
{
	int *units = arena_new(q->arena, int, (size_t)tree->n);
	size_t n = 0;
	if (!units)
		return err_full(err);
	for (int u = 0; u < tree->n; u++)
		if (app_access(q->app, at_least, tree, u, NULL) == OK)
			units[n++] = u;
	*out = (struct ui_unit_list){tree, units, n};
	return OK;
}

/* The units above, up to the highest that the person may read. */
static void crumb(const struct units *p)
{
	const struct view_frame *f = p->u->frame;
	int up[LIMIT_UNIT_DEPTH + 1], n = 0;
	struct buf *b = p->u->b;
	for (int i = f->unit; i != f->top && n <= LIMIT_UNIT_DEPTH; n++)
		up[n] = i = f->tree->units[i].parent;
	if (!n)
		return;
	html_raw(b, "<nav class=\"crumb\" aria-label=\"Position\">");
	while (n--) {
		ui_a_unit(p->u, "", S("/units"), (str){0}, f->tree->units[up[n]].id);
		ui_user(b, f->tree->units[up[n]].name);
		html_raw(b, "</a><span aria-hidden=\"true\">/</span>");
	}
	html_raw(b, "<span>");
	ui_user(b, f->tree->units[f->unit].name);
	html_raw(b, "</span></nav>");
}

static void title(const struct units *p)
{
	struct buf *b = p->u->b;
	if (p->u->lens->unit.n)
		crumb(p);
	html_raw(b, "<div class=\"row between top\"><div><h1>Units</h1><p class=\"sub lead\">");
	ui_plural(b, p->v->leaves, S("unit answers"), S("units answer"));
	html_raw(b,
		 "; a unit above them is the sum of the tallies below it and of what it says itself, never an average "
		 "of levels.</p></div>");
	html_raw(b, "<div class=\"row\">");
	ui_a(p->u, "btn", S("/compare"), (str){0});
	html_raw(b, "Compare</a>");
	ui_a(p->u, "btn", S("/units/roll-up"), (str){0});
	html_raw(b, "Check a sum</a>");
	if (p->u->frame->most == ACCESS_ADMIN && !p->u->frame->past) {
		ui_a(p->u, "btn", S("/units/tree"), (str){0});
		html_raw(b, "Change the tree</a>");
	}
	ui_a(p->u, "btn", S("/units.csv"), (str){0});
	ui_icon(b, UI_SAVE, "");
	html_raw(b, "CSV</a>");
	html_raw(b, "</div></div>");
}

static enum status list_of(const struct request *q, str name, const str **out, size_t *n, struct err *err)
{
	str *list = arena_new(q->arena, str, q->query.n);
	if (!list)
		return err_full(err);
	*n = 0;
	for (size_t i = 0; i < q->query.n; i++)
		if (str_eq(q->query.list[i].name, name))
			list[(*n)++] = q->query.list[i].value;
	*out = list;
	return OK;
}

/* The children of the first row, page by page. */
static void pager(const struct units *p)
{
	const struct view_unit_map_row *first = p->v->rows;
	if (p->v->cut)
		html_raw(p->u->b, "<p class=\"sm sub\">Too many units are open to show all of them; shut some.</p>");
	if (!p->v->n || (first->shown == first->children && !p->v->from))
		return;
	ui_pager(p->u, &(struct ui_pages){.path = S("/units"),
					  .offset = p->v->from,
					  .shown = first->shown,
					  .limit = CHILDREN,
					  .total = first->children});
}

static enum status map(struct request *q, const struct page *p, struct units *o, struct view_unit_map *v,
		       struct err *err)
{
	struct app_unit_map map = {.lens = p->lens, .few = FEW, .from = page_from(q), .limit = CHILDREN};
	TRY(list_of(q, S("open"), &map.open, &map.n_open, err));
	TRY(list_of(q, S("shut"), &map.shut, &map.n_shut, err));
	TRY(app_unit_map(q->app, &map, v, err));
	o->v = v;
	o->state = (struct ui_unit_map_state){map.open, map.shut, map.n_open, map.n_shut};
	return OK;
}

enum status page_units(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_unit_map v;
	TRY(page_open(q, r, &p, err));
	struct ui *u = &p.ui;
	struct ui_head head = {.title = S("Units"), .tab = UI_TAB_UNITS};
	struct units o = {.u = u, .a = q->arena};
	ui_page(u, &head);
	if (p.frame.tree) {
		TRY(map(q, &p, &o, &v, err));
		title(&o);
		html_raw(u->b, "<section class=\"gap-s\" id=\"map\" aria-labelledby=\"u-p\"><h2 class=\"vh\" "
			       "id=\"u-p\">Portfolio</h2>");
		ui_unit_map(u, &v, &o.state);
		pager(&o);
		html_raw(u->b, "</section>");
		TRY(spread(&o, err));
	} else {
		html_raw(u->b, "<h1>Units</h1>");
		ui_empty_start(u, S("No unit is known yet."),
			       S("A unit is a part of the organisation, in a tree. A table of them is the first thing "
				 "to import."));
	}
	ui_page_end(u, &head);
	return page_done(r, err);
}
