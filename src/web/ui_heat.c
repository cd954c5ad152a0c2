#include "chart/bar.h"
#include "chart/spark.h"
#include "core/view_shown.h"
#include "web/ui_table.h"
#include "web/ui_view.h"

struct map {
	struct ui *u;
	const struct view_overview *v;
	struct arena *a;
};

/* ---- a cell ---- */

static bool is_target(const struct map *m, size_t category, int level)
{
	return m->v->targets && m->v->targets[category].level == level;
}

static void cell_class(const struct map *m, const struct view_heat *h, size_t category, int level)
{
	struct buf *b = m->u->b;
	html_raw(b, "cell");
	if (h->state == VIEW_HEAT_START || h->state == VIEW_HEAT_AWARDED || h->state == VIEW_HEAT_CLAIMED)
		buf_printf(b, " a%d", level);
	if (h->state == VIEW_HEAT_CLAIMED)
		html_raw(b, " claim");
	if (h->state == VIEW_HEAT_HELD)
		html_raw(b, " held");
	if (h->possible && h->state != VIEW_HEAT_HELD)
		html_raw(b, " may");
	if (is_target(m, category, level))
		html_raw(b, " tgt");
}

static void cell_words(const struct map *m, const struct view_heat *h)
{
	static const str words[VIEW_HEAT_STATES] = {
	    [VIEW_HEAT_AWARDED] = S(", awarded"),
	    [VIEW_HEAT_CLAIMED] = S(", awarded on people’s word only"),
	    [VIEW_HEAT_HELD] = S(", all met but held by a lower level"),
	};
	struct buf *b = m->u->b;
	html_raw(b, "<span>");
	html_int(b, h->met);
	html_raw(b, "/");
	html_int(b, h->applicable);
	html_raw(b, "</span><span class=\"vh\"> objectives met, attainment ");
	ui_share(b, h->attainment);
	if (words[h->state].n)
		html_text(b, words[h->state]);
	if (h->possible)
		html_raw(b, ", possible once the unknown is known");
	html_raw(b, "</span>");
}

static enum status cell(const struct map *m, size_t category, int level, struct err *err)
{
	const struct model *model = m->v->model;
	const struct model_category *c = &model->categories[category];
	const struct view_heat *h = &m->v->heat[category * MODEL_LEVELS + (size_t)level - 1];
	struct buf *b = m->u->b;
	html_raw(b, "<td><a class=\"");
	cell_class(m, h, category, level);
	html_raw(b, "\" href=\"/category/");
	ui_url(b, c->id);
	ui_lens_query(m->u);
	buf_printf(b, "#level-%d\"><span class=\"vh\">", level);
	html_text(b, c->id);
	buf_printf(b, " level %d ", level);
	html_text(b, model->level_names[level - 1]);
	html_raw(b, ": </span>");
	if (h->state == VIEW_HEAT_START) {
		html_raw(b, "<span class=\"vh\">where everyone starts</span>");
	} else if (h->state == VIEW_HEAT_NOT_APPLICABLE) {
		html_raw(b, "<span aria-hidden=\"true\">–</span><span class=\"vh\">not applicable</span>");
	} else {
		struct chart fill;
		bool full = h->state == VIEW_HEAT_AWARDED || h->state == VIEW_HEAT_CLAIMED;
		TRY(chart_bar_fill(level, full ? CHART_ABSENT : h->attainment, m->a, &fill, err));
		chart_svg(b, &fill);
		if (h->state == VIEW_HEAT_HELD)
			ui_icon(b, UI_HELD, "");
		cell_words(m, h);
	}
	if (is_target(m, category, level))
		html_raw(b, "<span class=\"vh\">, target</span>");
	html_raw(b, "</a></td>");
	return OK;
}

/* ---- a row ---- */

static enum status course(const struct map *m, size_t category, struct err *err)
{
	int32_t *line = arena_new(m->a, int32_t, VIEW_COURSE_POINTS);
	struct chart spark;
	if (!line)
		return err_full(err);
	for (size_t i = 0; i < VIEW_COURSE_POINTS; i++) {
		const struct view_point *p = &m->v->points[i];
		bool known = p->known && p->score.categories[category].applicable;
		line[i] = known ? p->score.categories[category].index : CHART_ABSENT;
	}
	TRY(chart_spark(&(struct chart_spark){line, VIEW_COURSE_POINTS, 0}, m->a, &spark, err));
	html_raw(m->u->b, "<td class=\"x\">");
	chart_svg(m->u->b, &spark);
	html_raw(m->u->b, "</td>");
	return OK;
}

/* To both sides of the difference. */
static void change(const struct map *m, int32_t from, int32_t to)
{
	int32_t shown = view_shown_change(from, to);
	ui_a_compare(m->u, "plain", m->v->lens.vs_ms);
	if (shown >= 0)
		html_raw(m->u->b, "+");
	ui_index(m->u->b, shown);
	html_raw(m->u->b, "</a>");
}

static enum status row(const struct map *m, size_t i, struct err *err)
{
	const struct view_overview *v = m->v;
	const struct model_category *c = &v->model->categories[i];
	const struct score_category *now = &v->now.categories[i];
	struct buf *b = m->u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	ui_a(m->u, "", S("/category/"), c->id);
	html_raw(b, "<span class=\"code\">");
	html_text(b, c->id);
	html_raw(b, "</span><span class=\"nm\">");
	html_text(b, c->title);
	html_raw(b, "</span></a></th>");
	for (int level = 1; level <= MODEL_LEVELS; level++)
		TRY(cell(m, i, level, err));
	html_raw(b, "<td class=\"n b\">");
	if (now->applicable) {
		ui_a(m->u, "plain", S("/category/"), c->id);
		ui_index(b, now->index);
		html_raw(b, "</a>");
	} else {
		html_raw(b, "–");
	}
	html_raw(b, "</td>");
	html_raw(b, "<td class=\"n x sub\">");
	if (now->applicable && view_overview_has_past(v, i))
		change(m, v->past.categories[i].index, now->index);
	else if (now->applicable && v->has_past && v->past.categories[i].applicable)
		html_raw(b, "<span title=\"Nothing was known of it then\">–</span>");
	html_raw(b, "</td>");
	return course(m, i, err);
}

/* "The mean of GOV 2.25 and RSK 1.50"; a weight where it is not one. */
static void mean_of(const struct map *m, size_t d)
{
	const struct view_overview *v = m->v;
	struct buf *b = m->u->b;
	size_t n = 0, i = 0, all = 0;
	for (size_t k = 0; k < v->model->n_categories; k++)
		all += v->model->categories[k].domain == (int)d && v->now.categories[k].applicable;
	html_raw(b, "The mean of ");
	for (; i < v->model->n_categories; i++) {
		const struct model_category *c = &v->model->categories[i];
		if (c->domain != (int)d || !v->now.categories[i].applicable)
			continue;
		if (n++)
			buf_add(b, n == all ? S(" and ") : S(", "));
		html_text(b, c->id);
		html_raw(b, " ");
		ui_index(b, v->now.categories[i].index);
		if (c->weight != 1) {
			html_raw(b, " (weight ");
			html_int(b, c->weight);
			html_raw(b, ")");
		}
	}
}

static void domain(const struct map *m, size_t d)
{
	const struct view_overview *v = m->v;
	const struct score_mean *now = &v->now.domains[d];
	struct buf *b = m->u->b;
	html_raw(b, "<tr class=\"dom\" id=\"domain-");
	html_text(b, v->model->domains[d].id);
	html_raw(b, "\"><th scope=\"rowgroup\" colspan=\"6\">");
	html_text(b, v->model->domains[d].title);
	html_raw(b, "</th><td class=\"num\">");
	if (now->applicable) {
		html_raw(b, "<span class=\"vh\">domain index </span><a class=\"plain\" href=\"#domain-");
		ui_url(b, v->model->domains[d].id);
		html_raw(b, "\" title=\"");
		mean_of(m, d);
		html_raw(b, "\">");
		ui_index(b, now->index);
		html_raw(b, "</a>");
	}
	html_raw(b, "</td><td class=\"num x\">");
	if (now->applicable && v->has_past && v->past.domains[d].applicable) {
		html_raw(b, "<span class=\"vh\">change </span>");
		change(m, v->past.domains[d].index, now->index);
	}
	html_raw(b, "</td><td class=\"x\">");
	if (now->applicable) {
		html_raw(b, "floor ");
		html_int(b, now->floor);
	}
	html_raw(b, "</td></tr>");
}

static void head(const struct map *m)
{
	const struct model *model = m->v->model;
	struct buf *b = m->u->b;
	html_raw(
	    b,
	    "<div class=\"tw-x\" tabindex=\"0\" role=\"region\" aria-label=\"Heat map\"><table class=\"hm\"><caption "
	    "class=\"vh\">Categories by levels: objectives met, level awarded, claimed and possible</caption>"
	    "<colgroup><col class=\"c-name\"><col class=\"c-lv\" span=\"5\"><col class=\"c-idx\"><col class=\"c-d\">"
	    "<col class=\"c-spark\"></colgroup><thead><tr><th scope=\"col\">Category</th>");
	for (int level = 1; level <= MODEL_LEVELS; level++) {
		html_raw(b, "<th scope=\"col\"><b>");
		html_int(b, level);
		html_raw(b, "</b><span>");
		html_text(b, model->level_names[level - 1]);
		html_raw(b, "</span></th>");
	}
	html_raw(b,
		 "<th scope=\"col\" class=\"n\">Index</th><th scope=\"col\" class=\"n x\">Change</th><th scope=\"col\" "
		 "class=\"x\"><span class=\"vh\">Course over twelve months</span></th></tr></thead>");
}

static void key(const struct map *m)
{
	struct buf *b = m->u->b;
	html_raw(b, "<p class=\"key gap-key\"><span><i class=\"cell kc a2\"></i><i class=\"cell kc a3\"></i>awarded, "
		    "evidenced</span><span><i class=\"cell kc a3 claim\"></i>awarded on people’s word</span><span><i "
		    "class=\"cell kc may\"></i>possible once the unknown is known</span><span>");
	ui_icon(b, UI_HELD, "");
	html_raw(b, "all met, held by a lower level</span>");
	if (m->v->targets)
		html_raw(b, "<span><i class=\"cell kc tgt\"></i>target</span>");
	html_raw(b, "<span class=\"mut\">2/3: objectives met; tint: attainment"
		    "</span></p>");
}

enum status ui_heat(struct ui *u, const struct view_overview *v, struct arena *a, struct err *err)
{
	struct map m = {u, v, a};
	head(&m);
	for (size_t d = 0; d < v->model->n_domains; d++) {
		html_raw(u->b, "<tbody>");
		domain(&m, d);
		for (size_t i = 0; i < v->model->n_categories; i++) {
			if (v->model->categories[i].domain != (int)d)
				continue;
			TRY(row(&m, i, err));
			html_raw(u->b, "</tr>");
		}
		html_raw(u->b, "</tbody>");
	}
	html_raw(u->b, "</table></div>");
	key(&m);
	return OK;
}
