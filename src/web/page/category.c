#include "app/ladder.h"
#include "base/time.h"
#include "chart/range.h"
#include "chart/trend.h"
#include "core/view_target.h"
#include "web/page.h"
#include "web/ui_view.h"

struct category {
	struct ui *u;
	const struct view_ladder *v;
	struct arena *a;
};

/* ---- head ---- */

static void title(const struct category *p)
{
	const struct model *m = p->v->model;
	const struct model_category *c = p->v->category;
	struct buf *b = p->u->b;
	html_raw(b, "<nav class=\"crumb\" aria-label=\"Position\">");
	ui_a(p->u, "", S("/"), (str){0});
	html_raw(b, "Program</a><span aria-hidden=\"true\">/</span><span>");
	html_text(b, m->domains[c->domain].title);
	html_raw(b, "</span></nav><div class=\"row between top\"><div><h1>");
	html_text(b, c->title);
	if (!str_eq(c->title, c->id)) {
		html_raw(b, " <span class=\"mut\">");
		html_text(b, c->id);
		html_raw(b, "</span>");
	}
	html_raw(b, "</h1><p class=\"sub lead\">");
	html_text(b, c->summary);
	html_raw(b, "</p></div>");
	if (p->u->frame->role >= ACCESS_LEAD && !p->u->frame->past && p->v->now.applicable) {
		ui_a(p->u, "btn", S("/targets/"), c->id);
		buf_add(b, p->v->target && !p->v->target->inherited ? S("Change target</a>") : S("Set target</a>"));
	}
	html_raw(b, "</div>");
}

static void fact(const struct category *p, str name)
{
	html_raw(p->u->b, "<div><dt>");
	html_text(p->u->b, name);
	html_raw(p->u->b, "</dt><dd>");
}

static void why(const struct category *p)
{
	html_raw(p->u->b, "</dd><dd class=\"why\">");
}

static void fact_end(const struct category *p)
{
	html_raw(p->u->b, "</dd></div>");
}

static void level_fact(const struct category *p, str name, int level)
{
	fact(p, name);
	ui_level_big(p->u->b, level, p->v->model->level_names[level - 1]);
	why(p);
}

/* Those that a second person can confirm; who may do so is led there. */
static void waiting(const struct category *p)
{
	struct buf *b = p->u->b;
	bool may = p->u->frame->most >= ACCESS_ASSESSOR;
	html_raw(b, "; ");
	if (may)
		ui_a(p->u, "", S("/review"), (str){0});
	ui_plural(b, p->v->waiting, S("answer"), S("answers"));
	buf_add(b, p->v->waiting == 1 ? S(" awaits review") : S(" await review"));
	if (may)
		html_raw(b, "</a>");
}

static void evidenced_why(const struct category *p)
{
	const struct view_ladder *v = p->v;
	struct buf *b = p->u->b;
	if (v->now.level_evidenced == v->now.level) {
		html_raw(b, "evidence carries it");
		return;
	}
	ui_plural(b, v->attested, S("measure"), S("measures"));
	if (v->attested_unit != UNIT_NONE) {
		html_raw(b, " from ");
		ui_user(b, v->lens.tree->units[v->attested_unit].name);
	}
	buf_add(b, v->attested == 1 ? S(" stands on people’s word") : S(" stand on people’s word"));
	if (v->waiting)
		waiting(p);
}

static void target_fact(const struct category *p)
{
	static const str words[] = {[TARGET_NONE] = S(""),
				    [TARGET_REACHED] = S(", reached"),
				    [TARGET_OPEN] = S(""),
				    [TARGET_LATE] = S(", late")};
	const struct view_target_level *t = p->v->target;
	struct buf *b = p->u->b;
	if (!t)
		return;
	level_fact(p, S("Target"), t->level);
	html_raw(b, "by ");
	ui_day(b, t->due_ms);
	html_text(b, words[t->state]);
	fact_end(p);
}

static void facts(const struct category *p)
{
	const struct score_category *now = &p->v->now;
	struct buf *b = p->u->b;
	html_raw(b, "<dl class=\"facts five\">");
	level_fact(p, S("Level"), now->level);
	html_raw(b, "index ");
	ui_index(b, now->index);
	fact_end(p);
	level_fact(p, S("Evidenced"), now->level_evidenced);
	evidenced_why(p);
	fact_end(p);
	level_fact(p, S("Possible now"), now->level_high);
	if (now->level_high > now->level) {
		html_raw(b, "if ");
		ui_count(b, p->v->unknown);
		html_raw(b, " unknown turn out well");
	} else {
		html_raw(b, "the unknown can lift nothing");
	}
	fact_end(p);
	target_fact(p);
	fact(p, S("Known"));
	ui_share(b, now->coverage);
	why(p);
	html_raw(b, "of the populations asked about");
	fact_end(p);
	html_raw(b, "</dl>");
}

/* ---- what lifts it, and its year ---- */

static void step(const struct category *p, const struct view_step *s, size_t i)
{
	struct buf *b = p->u->b;
	ui_step(p->u, (int64_t)i + 1, s);
	if (s->score.tally.unknown) {
		html_raw(b, " ");
		ui_count(b, s->score.tally.unknown);
		buf_add(b, s->score.tally.unknown == 1 ? S(" is unknown.") : S(" are unknown."));
	}
	if (!s->in_next_level)
		html_raw(b, " It belongs to a lower level and has to be met again.");
	html_raw(b, "</span></li>");
}

static void lift(const struct category *p)
{
	const struct view_lift *l = &p->v->lift;
	struct buf *b = p->u->b;
	html_raw(b, "<section class=\"card\" aria-labelledby=\"h-l\"><div class=\"row between\"><h2 id=\"h-l\">");
	if (l->category < 0) {
		html_raw(
		    b, "Nothing is missing</h2></div><p class=\"sm sub\">The category stands at its highest level.</p>"
		       "</section>");
		return;
	}
	ui_plural(b, (int64_t)l->n_steps, S("objective"), S("objectives"));
	html_raw(b, " from level ");
	html_int(b, l->to);
	html_raw(b, "</h2><span class=\"sm sub\">about ");
	ui_plural(b, l->days, S("person-day"), S("person-days"));
	html_raw(b, "</span></div><ol class=\"lift\">");
	for (size_t i = 0; i < l->n_steps; i++)
		step(p, &l->steps[i], i);
	html_raw(b, "</ol></section>");
}

static enum status course(const struct category *p, struct err *err)
{
	struct chart_trend_point *points = arena_new(p->a, struct chart_trend_point, VIEW_COURSE_POINTS);
	size_t c = (size_t)(p->v->category - p->v->model->categories);
	struct chart chart;
	if (!points)
		return err_full(err);
	for (size_t i = 0; i < VIEW_COURSE_POINTS; i++) {
		const struct view_point *one = &p->v->points[i];
		const struct score_category *s = one->known ? &one->score.categories[c] : NULL;
		bool known = s && s->applicable;
		points[i] = (struct chart_trend_point){.at_ms = one->at_ms,
						       .index = known ? s->index : CHART_ABSENT,
						       .high = known ? s->index_high : CHART_ABSENT,
						       .evidenced = CHART_ABSENT,
						       .floor = known ? s->level * 1000 : CHART_ABSENT};
	}
	TRY(chart_trend(&(struct chart_trend){.what = p->v->category->id,
					      .span = S("twelve months"),
					      .points = points,
					      .n = VIEW_COURSE_POINTS,
					      .target = p->v->target ? p->v->target->level * 1000 : CHART_ABSENT,
					      .small = true},
			p->a, &chart, err));
	ui_section_begin(p->u, S("h-c"), S("Course"), (str){0});
	ui_a(p->u, "link", S("/compare"), (str){0});
	html_raw(p->u->b, "Compare two units or dates</a>");
	ui_section_begun(p->u);
	chart_svg(p->u->b, &chart);
	html_raw(p->u->b, "<p class=\"xs mut\">Index with its range; dotted: level.</p>");
	ui_section_end(p->u);
	return OK;
}

/* ---- by unit, by deployment type ---- */

/* A link to the rows of a table of this category. */
static void csv_link(const struct category *p, const char *table)
{
	struct buf *b = p->u->b;
	html_raw(b, "<a class=\"link\" href=\"/category/");
	ui_url(b, p->v->category->id);
	buf_add(b, str_from(table));
	ui_lens_query(p->u);
	html_raw(b, "\">CSV</a>");
}

static enum status unit_row(const struct category *p, const struct view_ladder_unit *one, struct err *err)
{
	const struct unit *unit = &p->v->lens.tree->units[one->unit];
	const struct score_category *s = &one->score;
	struct buf *b = p->u->b;
	struct chart range;
	TRY(chart_range(&(struct chart_range){.index = s->applicable ? s->index : CHART_ABSENT,
					      .high = s->applicable ? s->index_high : CHART_ABSENT,
					      .evidenced = s->applicable ? s->index_evidenced : CHART_ABSENT},
			p->a, &range, err));
	buf_add(b, one->leaf ? S("<tr><th scope=\"row\"") : S("<tr class=\"par\"><th scope=\"row\""));
	if (one->depth > 1)
		html_raw(b, " class=\"ind1\"");
	html_raw(b, ">");
	ui_a_unit(p->u, "", S("/category/"), p->v->category->id, unit->id);
	ui_user(b, unit->name);
	html_raw(b, "</a></th><td>");
	ui_level(b, s->applicable ? s->level : 0);
	html_raw(b, "</td><td class=\"wide\">");
	chart_svg(b, &range);
	html_raw(b, "</td>");
	ui_index_cell(p->u, s->applicable, s->index);
	html_raw(b, "</tr>");
	return OK;
}

static enum status by_unit(const struct category *p, struct err *err)
{
	struct buf *b = p->u->b;
	ui_section_begin(p->u, S("h-u"), S("By unit"), (str){0});
	if (p->v->n_units)
		csv_link(p, "/units.csv");
	ui_section_begun(p->u);
	if (!p->v->n_units) {
		html_raw(b, "<p class=\"sub\">The unit has none below it.</p>");
		ui_section_end(p->u);
		return OK;
	}
	html_raw(b, "<table class=\"tb tight\"><thead><tr>");
	ui_head_cell(p->u, S("Unit"), false);
	ui_head_cell(p->u, S("Level"), false);
	html_raw(b, "<th scope=\"col\" class=\"wide\">Evidenced ◇, index ●, at most |</th>");
	ui_head_cell(p->u, S("Index"), true);
	html_raw(b, "</tr></thead><tbody>");
	for (size_t i = 0; i < p->v->n_units; i++)
		TRY(unit_row(p, &p->v->units[i], err));
	html_raw(b, "</tbody></table>");
	ui_section_end(p->u);
	return OK;
}

static void by_type(const struct category *p)
{
	static const str words[] = {
	    [MODEL_SELF_HOSTED] = S("Self-hosted"), [MODEL_PAAS] = S("Managed service"), [MODEL_SAAS] = S("SaaS")};
	struct buf *b = p->u->b;
	ui_section_begin(p->u, S("h-d"), S("By deployment type"), (str){0});
	csv_link(p, "/deployments.csv");
	ui_section_begun(p->u);
	html_raw(b, "<table class=\"tb tight\"><thead><tr>");
	ui_head_cell(p->u, S("Type"), false);
	ui_head_cell(p->u, S("Objectives"), true);
	ui_head_cell(p->u, S("Level"), false);
	html_raw(b, "</tr></thead><tbody>");
	for (size_t i = 0; i < 3; i++) {
		const struct view_ladder_type *t = &p->v->types[i];
		html_raw(b, "<tr><th scope=\"row\">");
		html_text(b, words[t->deployment]);
		html_raw(b, "</th><td class=\"n\">");
		html_int(b, t->objectives);
		html_raw(b, " of ");
		html_int(b, t->of);
		html_raw(b, "</td><td>");
		ui_level(b, t->score.applicable ? t->score.level : 0);
		html_raw(b, "</td></tr>");
	}
	html_raw(b, "</tbody></table>");
	ui_section_end(p->u);
}

static enum status content(const struct category *p, struct err *err)
{
	struct buf *b = p->u->b;
	title(p);
	if (!p->v->now.applicable) {
		html_raw(
		    b,
		    "<p class=\"note info gap-s\">No objective of this category applies to the deployment types of the "
		    "unit. It leaves every average.</p>");
	} else {
		facts(p);
		html_raw(b, "<div class=\"grid g-31 gap-s\">");
		lift(p);
		TRY(course(p, err));
		html_raw(b, "</div>");
	}
	html_raw(
	    b, "<section class=\"sec gap-s\" aria-labelledby=\"h-ld\"><header><h2 id=\"h-ld\">The ladder</h2><p "
	       "class=\"key\"><span><i class=\"sw y\"></i>yes</span><span><i class=\"sw u\"></i>unknown</span><span><i "
	       "class=\"sw n\"></i>no</span><span><i class=\"sw t\"></i>threshold</span></p><span class=\"end\"><a "
	       "class=\"link\" href=\"/category/");
	ui_url(b, p->v->category->id);
	html_raw(b, ".csv");
	ui_lens_query(p->u);
	html_raw(b, "\">CSV</a></span></header>");
	TRY(ui_ladder(p->u, p->v, p->a, err));
	html_raw(b, "</section><div class=\"grid g-31 gap\">");
	TRY(by_unit(p, err));
	html_raw(b, "<div class=\"side\">");
	by_type(p);
	html_raw(b, "</div></div>");
	return OK;
}

enum status page_category(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_ladder v;
	TRY(page_open(q, r, &p, err));
	TRY(app_ladder(q->app, q->part[0], &p.lens, &v, err));
	struct ui *u = &p.ui;
	struct ui_head head = {
	    .title = v.category->title, .tab = UI_TAB_PROGRAM, .spine = true, .category = v.category->id};
	ui_page(u, &head);
	struct category c = {u, &v, q->arena};
	TRY(content(&c, err));
	ui_page_end(u, &head);
	return page_done(r, err);
}
