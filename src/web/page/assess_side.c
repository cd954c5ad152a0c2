#include "base/time.h"
#include "web/page/assess.h"

/* ---- what it changes ---- */

static void moves(struct buf *b, const struct view_question *q, const struct view_question_effect *e)
{
	const struct model_category *c = &q->model->categories[q->objective->category];
	if (!e->to) {
		html_raw(b, " has nothing in ");
		html_text(b, c->id);
		html_raw(b, " that applies.");
		return;
	}
	if (e->to > e->from) {
		html_raw(b, " rises from level ");
		html_int(b, e->from);
		html_raw(b, " to ");
		html_int(b, e->to);
		html_raw(b, " in ");
		html_text(b, c->id);
		html_raw(b, " when all of the unit meets it.");
		return;
	}
	html_raw(b, " stays at level ");
	html_int(b, e->from);
	html_raw(b, " in ");
	html_text(b, c->id);
	if (e->met && q->objective->level > e->from + 1) {
		html_raw(b, ": level ");
		html_int(b, e->from + 1);
		html_raw(b, " comes first");
	} else if (e->met && q->objective->level == e->from + 1) {
		html_raw(b, ": other objectives of level ");
		html_int(b, q->objective->level);
		html_raw(b, " are missing");
	}
	html_raw(b, ".");
}

static void effect(const struct page_assess *p, const struct view_question_effect *e)
{
	const struct view_question *q = &p->question;
	struct buf *b = p->u->b;
	html_raw(b, "<li>");
	ui_icon(b, e->to > e->from ? UI_NEXT : UI_FALLS, "mut");
	html_raw(b, "<span><b>");
	ui_user(b, q->tree->units[e->unit].name);
	html_raw(b, "</b>");
	moves(b, q, e);
	if (e->now.verdict != SCORE_NOT_APPLICABLE) {
		html_raw(b, " Tally ");
		ui_count(b, e->now.tally.yes);
		html_raw(b, " of ");
		ui_count(b, measure_total(e->now.tally));
		if (e->now.verdict == SCORE_MET) {
			html_raw(b, ": it is met.");
		} else {
			html_raw(b, "; ");
			ui_count(b, e->missing);
			buf_add(b, e->missing == 1 ? S(" more is needed.") : S(" more are needed."));
		}
	}
	html_raw(b, "</span></li>");
}

static void changes(const struct page_assess *p)
{
	if (!p->question.n_effects)
		return;
	ui_section(p->u, S("s-c"), S("What it changes"), (str){0});
	html_raw(p->u->b, "<ul class=\"what\">");
	for (size_t i = 0; i < p->question.n_effects; i++)
		effect(p, &p->question.effects[i]);
	html_raw(p->u->b, "</ul>");
	ui_section_end(p->u);
}

/* ---- why, and what proves it ---- */

static void proofs(const struct page_assess *p)
{
	const struct model_objective *o = p->question.objective;
	struct buf *b = p->u->b;
	if (!o->n_evidence && !o->check.p)
		return;
	ui_section(p->u, S("s-p"), S("What proves it"), (str){0});
	html_raw(b, "<ul class=\"what\">");
	for (size_t i = 0; i < o->n_evidence; i++) {
		html_raw(b, "<li>");
		ui_icon(b, UI_FILE, "mut");
		html_raw(b, "<span>");
		html_text(b, o->evidence[i]);
		html_raw(b, "</span></li>");
	}
	if (o->check.p) {
		html_raw(b, "<li>");
		ui_icon(b, UI_FEED, "mut");
		html_raw(b, "<span>Or <a href=\"/evidence/import");
		ui_lens_query(p->u);
		html_raw(b,
			 "\">bring the evidence</a>: a check then measures it, and nobody has to answer.</span></li>");
	}
	html_raw(b, "</ul>");
	ui_section_end(p->u);
}

static void last_time(const struct page_assess *p)
{
	const struct view_said *s = &p->now.said;
	const struct model_objective *o = p->question.objective;
	struct buf *b = p->u->b;
	ui_section(p->u, S("s-l"), S("Last time"), (str){0});
	html_raw(b, "<p class=\"sm sub\">");
	if (s->seq) {
		const struct measure m = {.observed_ms = s->observed_ms, .expires_ms = s->expires_ms};
		int64_t ends = score_fresh_until(&m, o);
		ui_answer_said(p->u, s, o->threshold_milli);
		buf_add(b, ends < p->q->app->now_ms ? S("; expired.") : S("."));
	} else {
		html_raw(b, "Nobody has answered this yet.");
	}
	html_raw(b, "</p>");
	if (s->returned_by.n) {
		html_raw(b, "<p class=\"sm gap-t\"><b>Returned by ");
		ui_person(b, s->returned_by, s->returned_by_shown);
		html_raw(b, ":</b> ");
		ui_user(b, s->returned_because);
		html_raw(b, "</p>");
	}
	ui_section_end(p->u);
}

void page_assess_side(const struct page_assess *p)
{
	struct buf *b = p->u->b;
	html_raw(b, "<aside class=\"side\" aria-label=\"About this objective\">");
	changes(p);
	ui_section(p->u, S("s-w"), S("Why it is asked"), (str){0});
	html_raw(b, "<div class=\"sm sub stack\">");
	html_paragraphs(b, p->question.objective->rationale);
	html_raw(b, "</div>");
	ui_section_end(p->u);
	proofs(p);
	last_time(p);
	html_raw(b, "</aside>");
}
