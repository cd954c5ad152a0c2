#include "base/time.h"
#include "chart/bar.h"
#include "chart/svg.h"
#include "web/page/assess.h"

enum { SHOWN = 8 /* of each part beside a question */ };

enum status page_assess_progress(const struct page_assess *p, struct err *err)
{
	const struct view_queue *v = &p->queue;
	struct buf *b = p->u->b;
	struct chart bar;
	html_raw(b, "<div class=\"row between\"><b>");
	buf_add(b, p->run.interview ? S("The interview") : S("Your queue"));
	html_raw(b, "</b><span class=\"num sub\">");
	ui_count(b, v->done);
	html_raw(b, " of ");
	ui_count(b, v->of);
	html_raw(b, " done</span></div>");
	TRY(chart_bar_progress(v->done, v->of, p->a, &bar, err));
	chart_svg(b, &bar);
	return OK;
}

str page_assess_part(enum view_queue_part part)
{
	static const str words[VIEW_QUEUE_PARTS] = {[VIEW_QUEUE_ASSIGNED] = S("Assigned to you"),
						    [VIEW_QUEUE_RETURNED] = S("Returned to you"),
						    [VIEW_QUEUE_UNANSWERED] = S("Unanswered"),
						    [VIEW_QUEUE_EXPIRING] = S("Expiring"),
						    [VIEW_QUEUE_INTERVIEW] = S("Questions")};
	return words[part];
}

static void icon(struct buf *b, const struct view_queue_item *item)
{
	switch (item->part) {
	case VIEW_QUEUE_ASSIGNED:
		ui_icon(b, UI_PEOPLE, "mut");
		return;
	case VIEW_QUEUE_RETURNED:
		ui_icon(b, UI_REVIEWED, "mut");
		return;
	case VIEW_QUEUE_EXPIRING:
		ui_icon(b, UI_CLOCK, "stale");
		return;
	case VIEW_QUEUE_UNANSWERED:
	case VIEW_QUEUE_INTERVIEW:
	case VIEW_QUEUE_PARTS:
		ui_icon(b, item->done ? UI_SAVE : UI_OPEN, item->done ? "mut" : "v-open");
	}
}

/* Why it waits, in a few words. */
static void note(const struct page_assess *p, const struct view_queue_item *item)
{
	struct buf *b = p->u->b;
	int64_t now = p->q->app->now_ms;
	if (item->part == VIEW_QUEUE_EXPIRING && item->when_ms < now) {
		html_raw(b, " · expired");
	} else if (item->part == VIEW_QUEUE_EXPIRING) {
		html_raw(b, " · ends ");
		ui_ago(b, item->when_ms, now);
	} else if (item->part == VIEW_QUEUE_RETURNED) {
		html_raw(b, " · comment by ");
		page_person(p->u, item->by);
	} else if (item->part == VIEW_QUEUE_ASSIGNED && item->when_ms != TIME_FOREVER) {
		buf_add(b, item->when_ms < now ? S(" · was due ") : S(" · due "));
		ui_day(b, item->when_ms);
	}
	if (item->done)
		html_raw(b, " · done");
}

void page_assess_item(const struct page_assess *p, int at)
{
	const struct view_queue_item *item = &p->queue.list[at];
	const struct unit *unit = &p->queue.tree->units[item->unit];
	struct buf *b = p->u->b;
	html_raw(b, "<li><a href=\"");
	(void)ui_answer_address(p->u, "/assess/", item->objective->id, unit->id, &p->run);
	buf_add(b, at == p->at ? S("\" aria-current=\"step\">") : S("\">"));
	icon(b, item);
	html_raw(b, "<span>");
	html_text(b, item->objective->title);
	html_raw(b, "</span><small>");
	html_text(b, item->objective->id);
	html_raw(b, " · ");
	ui_user(b, unit->name);
	note(p, item);
	html_raw(b, "</small></a></li>");
}

/* One part: those around the question that is shown, or the first ones. */
static void part(const struct page_assess *p, int first, int n)
{
	enum view_queue_part which = p->queue.list[first].part;
	struct buf *b = p->u->b;
	int from = first, to = first + n;
	if (p->at >= first && p->at < to && n > SHOWN) {
		from = p->at - SHOWN / 2 < first ? first : p->at - SHOWN / 2;
		from = from + SHOWN > to ? to - SHOWN : from;
	}
	html_raw(b, "<h2>");
	html_text(b, page_assess_part(which));
	html_raw(b, "</h2><ul>");
	for (int i = from; i < to && i < from + SHOWN; i++)
		page_assess_item(p, i);
	html_raw(b, "</ul>");
	int64_t rest = p->queue.counts[which] - (to - from < SHOWN ? to - from : SHOWN);
	if (rest <= 0)
		return;
	html_raw(b, "<p class=\"xs\"><a href=\"/assess");
	struct ui_address a = {p->u, false};
	ui_more(&a, S("unit"), p->run.of);
	ui_more(&a, S("run"), p->run.interview ? S("diagnose") : S(""));
	html_raw(b, "\">and ");
	ui_count(b, rest);
	html_raw(b, " more</a></p>");
}

enum status page_assess_queue(const struct page_assess *p, struct err *err)
{
	const struct view_queue *v = &p->queue;
	html_raw(p->u->b, "<nav class=\"queue\" aria-label=\"Queue\">");
	TRY(page_assess_progress(p, err));
	for (int i = 0; i < (int)v->n;) {
		int n = 1;
		while (i + n < (int)v->n && v->list[i + n].part == v->list[i].part)
			n++;
		part(p, i, n);
		i += n;
	}
	html_raw(p->u->b, "</nav>");
	return OK;
}
