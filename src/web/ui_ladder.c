#include "base/time.h"
#include "chart/bar.h"
#include "chart/tally.h"
#include "web/ui_view.h"

enum status ui_tally(struct ui *u, struct measure_tally t, int32_t threshold_milli, struct arena *a, struct err *err)
{
	struct chart chart;
	if (!measure_total(t)) {
		html_raw(u->b, "<span class=\"xs mut nw\">Empty population</span>");
		return OK;
	}
	TRY(chart_tally(&(struct chart_tally){.tally = t, .threshold = threshold_milli}, a, &chart, err));
	chart_svg(u->b, &chart);
	return OK;
}

/* ---- the fuse ---- */

static void age_words(struct ui *u, const struct view_backing *k, int64_t at_ms)
{
	struct buf *b = u->b;
	int64_t days = (at_ms - k->seen_ms) / TIME_DAY_MS, of = (k->ends_ms - k->seen_ms) / TIME_DAY_MS;
	switch (k->age) {
	case VIEW_AGE_FRESH:
		if (k->ends_ms == TIME_FOREVER) {
			html_int(b, days);
			html_raw(b, " d");
			return;
		}
		html_int(b, days);
		html_raw(b, " d of ");
		html_int(b, of);
		return;
	case VIEW_AGE_SOON:
		html_raw(b, "ends in ");
		html_int(b, (k->ends_ms - at_ms) / TIME_DAY_MS);
		html_raw(b, " d");
		return;
	case VIEW_AGE_MIXED:
		ui_count(b, k->stale);
		html_raw(b, " of ");
		ui_count(b, k->measures);
		html_raw(b, " stale");
		return;
	case VIEW_AGE_STALE:
		html_raw(b, "stale");
		return;
	case VIEW_AGE_NONE:
	case VIEW_AGES:
		html_raw(b, "no data");
	}
}

enum status ui_age(struct ui *u, const struct view_backing *k, int64_t at_ms, struct arena *a, struct err *err)
{
	static const str classes[VIEW_AGES] = {
	    [VIEW_AGE_SOON] = S(" soon"), [VIEW_AGE_MIXED] = S(" old"), [VIEW_AGE_STALE] = S(" old")};
	struct chart fuse;
	bool window = k->age != VIEW_AGE_NONE && k->ends_ms != TIME_FOREVER && k->ends_ms > k->seen_ms;
	bool stale = k->age == VIEW_AGE_STALE || k->age == VIEW_AGE_MIXED;
	TRY(chart_bar_age(&(struct chart_bar_age){.age_ms = at_ms - k->seen_ms,
						  .window_ms = window  ? k->ends_ms - k->seen_ms
							       : stale ? 1
								       : 0,
						  .stale = stale},
			  a, &fuse, err));
	html_raw(u->b, "<span class=\"age");
	buf_add(u->b, classes[k->age]);
	html_raw(u->b, "\"><span>");
	age_words(u, k, at_ms);
	html_raw(u->b, "</span>");
	chart_svg(u->b, &fuse);
	html_raw(u->b, "</span>");
	return OK;
}

/* ---- an objective ---- */

static void bases(struct ui *u, unsigned basis)
{
	static const struct {
		unsigned bit;
		str word;
	} words[] = {
	    {VIEW_BY_MEASURED, S("Measured")}, {VIEW_BY_REVIEWED, S("Reviewed")}, {VIEW_BY_ATTESTED, S("Attested")}};
	bool first = true;
	for (size_t i = 0; i < 3; i++) {
		if (!(basis & words[i].bit))
			continue;
		if (!first)
			html_raw(u->b, ", ");
		html_text(u->b, words[i].word);
		first = false;
	}
	if (first)
		html_raw(u->b, "Nothing known");
}

/* "84.5 % of 487 credentials" */
static void share(struct ui *u, const struct model_objective *o, struct measure_tally t)
{
	int64_t n = measure_total(t);
	if (!n)
		return;
	ui_share(u->b, (int32_t)((__int128)t.yes * 1000 / n));
	html_raw(u->b, " of ");
	ui_count(u->b, n);
	if (o->subject >= 0) {
		str noun = evidence_kinds[o->subject].title;
		html_raw(u->b, " ");
		html_text(u->b, noun);
	}
}

static enum status objective(struct ui *u, const struct view_ladder *v, const struct view_ladder_objective *one,
			     struct arena *a, struct err *err)
{
	const struct model_objective *o = &v->model->objectives[one->objective];
	struct buf *b = u->b;
	html_raw(b, "<li class=\"ob\"><span class=\"id\">");
	html_text(b, o->id);
	html_raw(b, "</span><span class=\"ti\">");
	ui_a(u, "plain", S("/objective/"), o->id);
	html_text(b, o->title);
	html_raw(b, "</a><small>");
	bases(u, one->backing.basis);
	html_raw(b, "</small></span><span class=\"vd\">");
	ui_verdict(b, one->score.verdict);
	html_raw(b, "</span><span class=\"ta\">");
	TRY(ui_tally(u, one->score.tally, o->threshold_milli, a, err));
	html_raw(b, "<span class=\"sh\"><span>");
	share(u, o, one->score.tally);
	html_raw(b, "</span></span></span><span class=\"ag\">");
	TRY(ui_age(u, &one->backing, v->lens.at_ms, a, err));
	html_raw(b, "</span></li>");
	return OK;
}

/* ---- a rung ---- */

static void rung_class(struct ui *u, const struct view_rung *r)
{
	const struct view_heat *h = &r->heat;
	bool got = h->state == VIEW_HEAT_AWARDED || h->state == VIEW_HEAT_CLAIMED || h->state == VIEW_HEAT_START;
	buf_printf(u->b, "<section class=\"rung r%d", r->level);
	buf_add(u->b, got ? S(" got") : S(" part"));
	if (h->state == VIEW_HEAT_CLAIMED)
		html_raw(u->b, " claimed");
	if (h->possible)
		html_raw(u->b, " may");
	buf_printf(u->b, "\" id=\"level-%d\">", r->level);
}

static void rung_words(struct ui *u, const struct view_rung *r)
{
	const struct view_heat *h = &r->heat;
	struct buf *b = u->b;
	if (!h->applicable)
		return;
	html_raw(b, "<p class=\"num\"><b class=\"sub\">");
	html_int(b, h->met);
	html_raw(b, " of ");
	html_int(b, h->applicable);
	html_raw(b, " met</b>");
	if (h->possible)
		html_raw(b, " <span class=\"pill\">could be reached</span>");
	if (h->state == VIEW_HEAT_CLAIMED)
		html_raw(b, " <span class=\"pill warn\">on people’s word</span>");
	if (h->state == VIEW_HEAT_HELD)
		html_raw(b, " <span class=\"pill\">held by a lower level</span>");
	html_raw(b, "</p>");
}

static enum status rung(struct ui *u, const struct view_ladder *v, const struct view_rung *r, struct arena *a,
			struct err *err)
{
	struct buf *b = u->b;
	rung_class(u, r);
	html_raw(b, "<div class=\"lvl\"><h3>");
	ui_level(b, r->level);
	html_raw(b, " ");
	html_text(b, r->name);
	html_raw(b, "</h3><p>");
	html_text(b, r->text);
	html_raw(b, "</p>");
	rung_words(u, r);
	html_raw(b, "</div><div class=\"obs\">");
	if (r->n) {
		html_raw(b, "<ul>");
		for (size_t i = 0; i < r->n; i++)
			TRY(objective(u, v, &r->objectives[i], a, err));
		html_raw(b, "</ul>");
	} else if (r->level == 1) {
		html_raw(b, "<p class=\"sm sub\">Level 1 has no objectives.</p>");
	} else {
		html_raw(b, "<p class=\"sm sub\">The model has no objective of this level.</p>");
	}
	html_raw(b, "</div></section>");
	return OK;
}

enum status ui_ladder(struct ui *u, const struct view_ladder *v, struct arena *a, struct err *err)
{
	html_raw(u->b, "<div class=\"ladder\">");
	for (int level = MODEL_LEVELS; level >= 1; level--) {
		const struct view_rung *r = &v->rungs[level - 1];
		if (v->now.applicable && v->now.level == level) {
			html_raw(u->b, "<div class=\"here\"><span>You are here: level ");
			html_int(u->b, level);
			html_raw(u->b, ", ");
			html_text(u->b, r->name);
			html_raw(u->b, "</span></div>");
		}
		TRY(rung(u, v, r, a, err));
	}
	html_raw(u->b, "</div>");
	return OK;
}

void ui_step(struct ui *u, int64_t number, const struct view_step *s)
{
	struct buf *b = u->b;
	html_raw(b, "<li><span class=\"no\">");
	html_int(b, number);
	html_raw(b, "</span><span class=\"t\">");
	ui_a(u, "", S("/objective/"), s->objective->id);
	html_text(b, s->objective->id);
	html_raw(b, "</a> ");
	html_text(b, s->objective->title);
	html_raw(b, "</span><span class=\"sm sub nw\">");
	ui_plural(b, s->effort_days, S("day"), S("days"));
	html_raw(b, "</span><span class=\"d\">");
	ui_count(b, s->missing);
	html_raw(b, " more of ");
	ui_count(b, measure_total(s->score.tally));
	buf_add(b, s->missing == 1 ? S(" has to meet it.") : S(" have to meet it."));
}
