#include "chart/radar.h"
#include "chart/rule.h"
#include "chart/trend.h"
#include "core/view_sentence.h"
#include "web/page/overview.h"

/* The index of a mean that may not apply. */
static int32_t index_of(const struct score_mean *m)
{
	return m->applicable ? m->index : CHART_ABSENT;
}

/* Where the program is when its targets are reached; unless every category has one, nobody decided that. */
static int32_t aimed(const struct view_overview *v)
{
	int32_t index = view_target_program(v->model, &v->now, v->targets).index;
	return index < 0 ? CHART_ABSENT : index;
}

/* The first of the sentences; its first number leads to the categories that it is the mean of. */
static void first_sentence(struct buf *b, str sentence)
{
	size_t from = 0, to;
	while (from < sentence.n && !(sentence.p[from] >= '0' && sentence.p[from] <= '9'))
		from++;
	for (to = from; to < sentence.n && sentence.p[to] != ',' && sentence.p[to] != ' ';)
		to++;
	to -= to > from && sentence.p[to - 1] == '.';
	html_text(b, str_slice(sentence, 0, from));
	if (to > from) {
		html_raw(b, "<a class=\"plain\" href=\"#h-hm\">");
		html_text(b, str_slice(sentence, from, to));
		html_raw(b, "</a>");
	}
	html_text(b, str_slice(sentence, to, sentence.n));
}

/* Each sentence keeps together where the line has room for it. */
static void head(struct buf *b, str text)
{
	int64_t end = str_find(text, S(". "));
	size_t n = end < 0 ? text.n : (size_t)end + 1;
	html_raw(b, "<span class=\"sentence\">");
	first_sentence(b, str_slice(text, 0, n));
	html_raw(b, "</span>");
	if (n < text.n) {
		html_raw(b, " <span class=\"sentence\">");
		html_text(b, str_slice(text, n + 1, text.n));
		html_raw(b, "</span>");
	}
}

/* The counts of objectives lead to the map, which has them by category and level. */
static void below(struct buf *b, str text)
{
	int64_t at = str_starts(text, S("Of ")) ? 0 : str_find(text, S(". Of "));
	size_t n = at < 0 ? text.n : at ? (size_t)at + 2 : 0;
	html_text(b, str_slice(text, 0, n));
	if (n == text.n)
		return;
	html_raw(b, "<a class=\"plain\" href=\"#h-hm\">");
	html_text(b, str_slice(text, n, text.n));
	html_raw(b, "</a>");
}

enum status page_overview_hero(const struct page_overview *p, struct err *err)
{
	const struct view_overview *v = p->v;
	const struct score_mean *now = &v->now.program;
	struct buf *b = p->u->b, text = BUF(2048);
	struct chart rule;
	TRY(chart_rule(
	    &(struct chart_rule){.index = index_of(now),
				 .high = now->applicable ? now->index_high : CHART_ABSENT,
				 .evidenced = now->applicable && v->known ? now->index_evidenced : CHART_ABSENT,
				 .past = v->has_past ? index_of(&v->past.program) : CHART_ABSENT,
				 .past_words = S("then"),
				 .target = aimed(v),
				 .levels = v->model->level_names},
	    p->a, &rule, err));
	html_raw(b, "<div class=\"hero\"><div><h1>");
	view_sentence_head(&text, v);
	head(b, buf_str(&text));
	html_raw(b, "</h1><p>");
	buf_clear(&text);
	view_sentence_below(&text, v);
	below(b, buf_str(&text));
	buf_release(&text);
	html_raw(b, "</p>");
	if (!v->known && !p->u->demo && p->u->frame->role >= ACCESS_ASSESSOR && !p->u->frame->past) {
		bool all = p->u->frame->most == ACCESS_ADMIN;
		html_raw(b, "<p class=\"gap-t\"><a class=\"btn go\" href=\"");
		buf_add(b, all ? S("/start\">Choose a way in</a></p>")
			       : S("/assess?run=diagnose\">Start the interview</a></p>"));
	}
	html_raw(b, "</div><figure>");
	chart_svg(b, &rule);
	html_raw(b, "<figcaption class=\"vh\">Program index on the scale from 1 to 5</figcaption></figure></div>");
	return OK;
}

/* ---- shape ---- */

static enum status radar(const struct page_overview *p, struct chart *out, struct err *err)
{
	const struct view_overview *v = p->v;
	size_t n = v->model->n_categories;
	struct chart_radar_spoke *spokes = arena_new(p->a, struct chart_radar_spoke, n);
	if (!spokes)
		return err_full(err);
	for (size_t i = 0; i < n; i++) {
		const struct score_category *now = &v->now.categories[i];
		bool past = view_overview_has_past(v, i);
		struct buf link = BUF(4096);
		struct ui u = *p->u;
		u.b = &link;
		html_raw(&link, "/category/");
		ui_url(&link, v->model->categories[i].id);
		ui_lens_query_plain(&u);
		spokes[i] = (struct chart_radar_spoke){
		    .code = v->model->categories[i].id,
		    .link = str_copy(p->a, buf_str(&link)),
		    .index = now->applicable ? now->index : CHART_ABSENT,
		    .target = v->targets && v->targets[i].level && now->applicable ? v->targets[i].level * 1000
										   : CHART_ABSENT,
		    .past = past ? v->past.categories[i].index : CHART_ABSENT,
		};
		buf_release(&link);
		if (!spokes[i].link.p)
			return err_full(err);
	}
	return chart_radar(&(struct chart_radar){spokes, n}, p->a, out, err);
}

static void radar_numbers(const struct page_overview *p)
{
	const struct view_overview *v = p->v;
	struct buf *b = p->u->b;
	ui_data(p->u, S("Radar data"));
	html_raw(b, "<thead><tr>");
	ui_head_cell(p->u, S("Category"), false);
	ui_head_cell(p->u, S("Now"), true);
	ui_head_cell(p->u, S("Target"), true);
	ui_head_cell(p->u, S("Then"), true);
	html_raw(b, "</tr></thead><tbody>");
	for (size_t i = 0; i < v->model->n_categories; i++) {
		const struct score_category *now = &v->now.categories[i];
		bool past = view_overview_has_past(v, i);
		html_raw(b, "<tr><th scope=\"row\">");
		html_text(b, v->model->categories[i].id);
		html_raw(b, " ");
		html_text(b, v->model->categories[i].title);
		html_raw(b, "</th>");
		ui_index_cell(p->u, now->applicable, now->index);
		ui_index_cell(p->u, v->targets && v->targets[i].level, v->targets ? v->targets[i].level * 1000 : 0);
		ui_index_cell(p->u, past, past ? v->past.categories[i].index : 0);
		html_raw(b, "</tr>");
	}
	html_raw(b, "</tbody>");
	ui_data_end(p->u);
}

enum status page_overview_shape(const struct page_overview *p, struct err *err)
{
	struct chart chart;
	struct buf *b = p->u->b;
	TRY(radar(p, &chart, err));
	ui_section(p->u, S("h-r"), S("Shape"), S("Index by category"));
	html_raw(b, "<figure>");
	chart_svg(b, &chart);
	html_raw(b, "</figure><p class=\"key keyc\">");
	ui_key(p->u, S("k1"), S("now"));
	if (p->v->targets)
		ui_key(p->u, S("k2"), S("target"));
	if (p->v->has_past)
		ui_key(p->u, S("k3"), S("then"));
	html_raw(b, "</p>");
	radar_numbers(p);
	ui_section_end(p->u);
	return OK;
}

/* ---- course ---- */

static enum status trend(const struct page_overview *p, struct chart *out, struct err *err)
{
	const struct view_overview *v = p->v;
	struct chart_trend_point *points = arena_new(p->a, struct chart_trend_point, VIEW_COURSE_POINTS);
	size_t *events = arena_new(p->a, size_t, v->moves.n + 1);
	if (!points || !events)
		return err_full(err);
	for (size_t i = 0; i < VIEW_COURSE_POINTS; i++) {
		const struct view_point *one = &v->points[i];
		const struct score_mean *m = &one->score.program;
		bool known = one->known && m->applicable;
		points[i] = (struct chart_trend_point){
		    .at_ms = one->at_ms,
		    .index = known ? m->index : CHART_ABSENT,
		    .high = known ? m->index_high : CHART_ABSENT,
		    .evidenced = known ? m->index_evidenced : CHART_ABSENT,
		    .floor = known ? m->floor * 1000 : CHART_ABSENT,
		};
	}
	for (size_t e = 0; e < v->moves.n; e++)
		for (size_t i = 0; i < VIEW_COURSE_POINTS; i++)
			if (v->points[i].at_ms == v->moves.list[e].at_ms)
				events[e] = i;
	return chart_trend(&(struct chart_trend){.what = S("Program index"),
						 .span = S("twelve months"),
						 .points = points,
						 .n = VIEW_COURSE_POINTS,
						 .target = aimed(v),
						 .events = events,
						 .n_events = v->moves.n,
						 .levels = v->model->level_names},
			   p->a, out, err);
}

static void trend_numbers(const struct page_overview *p)
{
	struct buf *b = p->u->b;
	ui_data(p->u, S("Course data"));
	html_raw(b, "<thead><tr>");
	ui_head_cell(p->u, S("Date"), false);
	ui_head_cell(p->u, S("Index"), true);
	ui_head_cell(p->u, S("At most"), true);
	ui_head_cell(p->u, S("Evidenced"), true);
	ui_head_cell(p->u, S("Floor"), true);
	html_raw(b, "</tr></thead><tbody>");
	for (size_t i = 0; i < VIEW_COURSE_POINTS; i++) {
		const struct view_point *one = &p->v->points[i];
		const struct score_mean *m = &one->score.program;
		bool known = one->known && m->applicable;
		html_raw(b, "<tr><th scope=\"row\">");
		ui_day(b, one->at_ms);
		html_raw(b, "</th>");
		ui_index_cell(p->u, known, m->index);
		ui_index_cell(p->u, known, m->index_high);
		ui_index_cell(p->u, known, m->index_evidenced);
		html_raw(b, "<td class=\"n\">");
		if (known)
			html_int(b, m->floor);
		else
			html_raw(b, "–");
		html_raw(b, "</td></tr>");
	}
	html_raw(b, "</tbody>");
	ui_data_end(p->u);
}

enum status page_overview_course(const struct page_overview *p, struct err *err)
{
	struct chart chart;
	struct buf *b = p->u->b;
	TRY(trend(p, &chart, err));
	ui_section_begin(p->u, S("h-t"), S("Course"), S("Twelve months, recomputed from the facts of each date"));
	if (chart.n) {
		html_raw(b, "<span class=\"key\">");
		ui_key(p->u, S("k1"), S("index"));
		ui_key(p->u, S("kb"), S("range"));
		ui_key(p->u, S("k4"), S("evidenced"));
		ui_key(p->u, S("k3"), S("floor"));
		if (aimed(p->v) != CHART_ABSENT)
			ui_key(p->u, S("k2"), S("target"));
		html_raw(b, "</span>");
	}
	ui_section_begun(p->u);
	if (chart.n) {
		html_raw(b, "<figure>");
		chart_svg(b, &chart);
		html_raw(b, "</figure>");
		trend_numbers(p);
	} else {
		html_raw(b, "<p class=\"sub\">The course begins with the first fact.</p>");
	}
	ui_section_end(p->u);
	return OK;
}
