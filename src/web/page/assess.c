#include "web/page/assess.h"

#include <string.h>

#include "app/answer.h"
#include "app/question.h"
#include "app/queue.h"
#include "base/limits.h"
#include "core/view_step.h"
#include "web/presence.h"

static void begin(struct page_assess *out, struct request *q, struct page *p)
{
	*out = (struct page_assess){
	    .q = q, .u = &p->ui, .a = q->arena, .frame = &p->frame, .at = -1, .prev = -1, .next = -1};
	out->run.interview = str_eq(request_field(&q->query, S("run")), S("diagnose"));
}

/* The queue of a unit and below; the run is that unit's from now on. */
static enum status load_queue(struct page_assess *p, str unit, struct err *err)
{
	struct app_queue ask = {.unit = unit, .interview = p->run.interview};
	TRY(app_queue(p->q->app, &ask, &p->queue, err));
	p->run.of = unit.n ? unit : p->queue.tree->units[0].id;
	return OK;
}

/* ---- the queue as a page ---- */

static void head_sentence(const struct page_assess *p)
{
	const struct view_queue *v = &p->queue;
	struct buf *b = p->u->b;
	int64_t open = p->run.interview ? v->of - v->done : 0;
	for (int k = 0; k < VIEW_QUEUE_PARTS && !p->run.interview; k++)
		open += v->counts[k];
	html_raw(b, "<h1>");
	if (p->run.interview)
		html_raw(b, "Diagnose in an afternoon");
	else if (!open)
		html_raw(b, "No question waits for you");
	else
		ui_plural(b, open, S("question waits for you"), S("questions wait for you"));
	html_raw(b, "</h1><p class=\"sub lead\">");
	if (p->run.interview) {
		html_raw(
		    b, "The objectives of levels 2 and 3 that apply to your deployment types, level by level. Stop at "
		       "any question: what you saved is kept, and the interview goes on where you left it. ");
		ui_plural(b, open, S("question is open."), S("questions are open."));
	} else {
		html_raw(b,
			 "One at a time, the next level first. Answer what you know; what nobody knows stays unknown, "
			 "which is an answer, too.");
	}
	html_raw(b, "</p>");
}

static int first_open(const struct view_queue *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (!v->list[i].done)
			return (int)i;
	return -1;
}

static void begin_button(const struct page_assess *p)
{
	const struct view_queue *v = &p->queue;
	int first = first_open(v);
	struct buf *b = p->u->b;
	if (first < 0 && p->run.interview && v->of) {
		html_raw(b, "<p class=\"gap-t\">");
		ui_a(p->u, "btn go", S("/"), (str){0});
		html_raw(b, "See where the program stands</a></p>");
	}
	if (first < 0)
		return;
	html_raw(b, "<p class=\"gap-t row\"><a class=\"btn go\" data-key=\"j\" href=\"");
	(void)ui_answer_address(p->u, "/assess/", v->list[first].objective->id, v->tree->units[v->list[first].unit].id,
				&p->run);
	buf_add(b, v->done ? S("\">Go on") : S("\">Begin"));
	html_raw(b, " <kbd aria-hidden=\"true\">J</kbd></a>");
	if (!p->run.interview && v->top != UNIT_NONE) {
		html_raw(b, "<a class=\"btn\" href=\"/assess");
		struct ui_address a = ui_address(p->u, (str){0});
		ui_more(&a, S("run"), S("diagnose"));
		html_raw(b, "\">Guided interview</a>");
	}
	html_raw(b, "</p>");
}

static void items(const struct page_assess *p, int first, int n, bool done)
{
	html_raw(p->u->b, "<ul>");
	for (int i = first; i < first + n; i++)
		if (p->queue.list[i].done == done)
			page_assess_item(p, i);
	html_raw(p->u->b, "</ul>");
}

/* What is done is folded away. */
static void one_part(const struct page_assess *p, int first, int n)
{
	const struct view_queue *v = &p->queue;
	enum view_queue_part which = v->list[first].part;
	struct buf *b = p->u->b;
	int done = 0;
	for (int i = first; i < first + n; i++)
		done += v->list[i].done;
	html_raw(b, "<section class=\"sec queue wide-q\" aria-labelledby=\"q-");
	html_text(b, view_queue_part_name(which));
	html_raw(b, "\"><header><h2 id=\"q-");
	html_text(b, view_queue_part_name(which));
	html_raw(b, "\">");
	html_text(b, page_assess_part(which));
	html_raw(b, "</h2><p>");
	if (v->counts[which] > n) {
		html_raw(b, "the first ");
		ui_count(b, n);
		html_raw(b, " of ");
	}
	ui_count(b, v->counts[which]);
	html_raw(b, "</p></header>");
	if (done < n)
		items(p, first, n, false);
	if (done) {
		html_raw(b, "<details class=\"data\"><summary>");
		ui_count(b, done);
		html_raw(b, " of them done</summary>");
		items(p, first, n, true);
		html_raw(b, "</details>");
	}
	html_raw(b, "</section>");
}

static void nothing(const struct page_assess *p)
{
	if (p->queue.top == UNIT_NONE && !p->queue.of)
		ui_empty(p->u, S("Nothing is yours to answer here."),
			 S("Who is an assessor of this unit answers for it; others answer what is assigned to them."),
			 (str){0}, (str){0});
	else
		ui_empty(
		    p->u, S("All is answered."),
		    S("Everything here has an answer or a measure that counts, and none of it ends within 30 days."),
		    S("/"), p->frame->most >= ACCESS_READER ? S("To the program") : (str){0});
}

enum status page_assess(struct request *q, struct reply *r, struct err *err)
{
	struct page page;
	struct page_assess p;
	q->today = true;
	TRY(page_open_place(q, r, &page, err));
	begin(&p, q, &page);
	TRY(load_queue(&p, request_field(&q->query, S("unit")), err));
	struct ui_head head = {.title = S("Assess"), .tab = UI_TAB_ASSESS};
	ui_page(p.u, &head);
	TRY(page_answer_receipt(q, p.u, "/assess/", &p.run, err));
	head_sentence(&p);
	html_raw(p.u->b, "<div class=\"run-at\">");
	TRY(page_assess_progress(&p, err));
	html_raw(p.u->b, "</div>");
	begin_button(&p);
	for (int i = 0; i < (int)p.queue.n;) {
		int n = 1;
		while (i + n < (int)p.queue.n && p.queue.list[i + n].part == p.queue.list[i].part)
			n++;
		one_part(&p, i, n);
		i += n;
	}
	if (!p.queue.n)
		nothing(&p);
	ui_page_end(p.u, &head);
	return page_done(r, err);
}

/* ---- one question ---- */

/* Where it stands in the queue, and what comes before and after it. */
static void find_place(struct page_assess *p)
{
	const struct view_queue *v = &p->queue;
	for (int i = 0; i < (int)v->n; i++)
		if (str_eq(v->list[i].objective->id, p->question.objective->id) &&
		    v->list[i].unit == p->question.unit) {
			p->at = i;
			break;
		}
	p->prev = p->at - 1;
	for (int i = p->at + 1; i < (int)v->n && p->next < 0; i++)
		if (!v->list[i].done)
			p->next = i;
	for (int i = 0; i < p->at && p->next < 0; i++)
		if (!v->list[i].done)
			p->next = i;
}

static str address_at(const struct page_assess *p, int at)
{
	const struct view_queue *v = &p->queue;
	struct buf b = BUF(LIMIT_HEADER_BYTES);
	if (at < 0) {
		buf_add(&b, S("/assess?unit="));
		ui_url(&b, p->run.of);
	} else {
		buf_add(&b, S("/assess/"));
		ui_url(&b, v->list[at].objective->id);
		buf_add(&b, S("?unit="));
		ui_url(&b, v->tree->units[v->list[at].unit].id);
		buf_add(&b, S("&of="));
		ui_url(&b, p->run.of);
	}
	if (p->run.interview)
		buf_add(&b, S("&run=diagnose"));
	str out = str_copy(p->a, buf_str(&b));
	buf_release(&b);
	return out;
}

/* saves: going there saves what was answered here. */
static void step_link(const struct page_assess *p, int at, const char *key, str word, bool saves)
{
	struct buf *b = p->u->b;
	if (at < 0)
		return;
	html_raw(b, "<a class=\"btn bare\" data-key=\"");
	buf_add(b, str_from(key));
	buf_add(b, saves ? S("\" data-saves href=\"") : S("\" href=\""));
	html_text(b, address_at(p, at));
	html_raw(b, "\">");
	html_text(b, word);
	html_raw(b, " <kbd aria-hidden=\"true\">");
	buf_char(b, (char)(*key - 'a' + 'A'));
	html_raw(b, "</kbd></a>");
}

static void question_head(const struct page_assess *p)
{
	const struct view_question *v = &p->question;
	const struct model_objective *o = v->objective;
	struct buf *b = p->u->b;
	html_raw(b, "<div class=\"row between\"><div class=\"row\"><a class=\"num sub\" href=\"/objective/");
	ui_url(b, o->id);
	html_raw(b, "?unit=");
	ui_url(b, p->unit->id);
	html_raw(b, "\">");
	html_text(b, o->id);
	html_raw(b, "</a>");
	ui_level(b, o->level);
	html_raw(b, "<span class=\"sub sm\">for <b>");
	ui_user(b, p->unit->name);
	html_raw(b, "</b></span></div><span class=\"row\">");
	step_link(p, p->prev, "k", S("Previous"), true);
	step_link(p, p->next, "s", S("Skip"), false);
	step_link(p, p->next, "j", S("Next"), true);
	html_raw(b, "</span></div><h1 class=\"kpi big\">");
	html_text(b, o->kpi);
	html_raw(b, ": how many?</h1>");
}

static void question_terms(const struct page_assess *p)
{
	const struct view_question *v = &p->question;
	const struct model_objective *o = v->objective;
	struct buf *b = p->u->b;
	struct measure_tally none = {0, 0, v->population};
	html_raw(b, "<dl class=\"asked sm\"><div><dt>Counted are</dt><dd>");
	html_text(b, o->population.n ? o->population : S("all that the question names"));
	html_raw(b, "</dd></div>");
	if (o->condition.n) {
		html_raw(b, "<div><dt>Each meets it when</dt><dd>");
		html_text(b, o->condition);
		html_raw(b, "</dd></div>");
	}
	html_raw(b, "<div><dt>Met needs</dt><dd>");
	ui_share(b, o->threshold_milli);
	html_raw(b, ": <b class=\"num\">");
	ui_count(b, view_step_missing(none, o->threshold_milli));
	html_raw(b, " of ");
	ui_count(b, v->population);
	html_raw(b, "</b>, as far as the population is known</dd></div></dl>");
}

static void returned(const struct page_assess *p)
{
	const struct view_said *s = &p->now.said;
	struct buf *b = p->u->b;
	if (!s->returned_by.n)
		return;
	html_raw(b, "<div class=\"note\">");
	ui_icon(b, UI_REVIEWED, "");
	html_raw(b, "<div><b>");
	ui_author(b, s->returned_by, s->returned_by_shown);
	html_raw(b, " returned this answer.</b> ");
	ui_user(b, s->returned_because);
	html_raw(b, "</div></div>");
}

static void keys(struct buf *b)
{
	html_raw(
	    b,
	    "<p class=\"keys\"><span><kbd>M</kbd> met</span><span><kbd>N</kbd> not met</span><span><kbd>C</kbd> "
	    "count</span><span><kbd>A</kbd> not applicable</span><span><kbd>E</kbd> evidence</span><span><kbd>J</kbd> "
	    "<kbd>K</kbd> next, previous</span><span><kbd>S</kbd> skip</span><span><kbd>?</kbd> all keys</span></p>");
}

static enum status meet(struct page_assess *p, const str **others, size_t *n, struct err *err)
{
	struct request *q = p->q;
	struct presence_place place = {p->question.objective->id, p->unit->id};
	*n = 0;
	if (!q->presence)
		return OK;
	return presence_meet(q->presence, &place, q->app->actor, q->user_shown, q->app->now_ms, q->arena, others, n,
			     err);
}

/* May the person answer here? */
static bool may_answer(const struct page_assess *p)
{
	const struct access *who = p->q->app->who;
	if (!p->question.applies)
		return false;
	return !who || access_role_at(who, p->question.tree, p->question.unit) >= ACCESS_ASSESSOR ||
	       access_is_assigned(who, p->question.objective->id, p->unit->id);
}

static void why_not(const struct page_assess *p)
{
	struct buf *b = p->u->b;
	html_raw(b, "<p class=\"note info\"><span>");
	if (!p->question.applies)
		html_raw(b,
			 "The objective does not apply to this unit, by its deployment types or because it was said so "
			 "with a reason.");
	else
		html_raw(b,
			 "You may read this, and not answer it: that needs the role assessor here, or an assignment.");
	html_raw(b, "</span></p>");
}

static enum status question(struct page_assess *p, struct err *err)
{
	const str *others = NULL;
	size_t n = 0;
	struct page_answer part = {.objective = p->question.objective->id,
				   .unit = p->unit->id,
				   .base = "/assess/",
				   .run = &p->run,
				   .next = address_at(p, p->next)};
	bool may = may_answer(p), again = p->now.said.seq && p->now.said.not_applicable;
	TRY(meet(p, &others, &n, err));
	html_raw(p->u->b, "<div class=\"q\">");
	ui_refusal(p->u);
	question_head(p);
	question_terms(p);
	ui_answer_presence(p->u, part.objective, part.unit, others, n);
	returned(p);
	TRY(page_answer_receipt(p->q, p->u, part.base, part.run, err));
	if (may || again)
		TRY(page_answer_form(p->q, p->u, &part, err));
	else
		why_not(p);
	keys(p->u->b);
	TRY(page_answer_talk(p->q, p->u, &part, may, err));
	html_raw(p->u->b, "</div>");
	return OK;
}

static enum status load_question(struct page_assess *p, struct err *err)
{
	struct request *q = p->q;
	str unit = request_field(&q->query, S("unit"));
	TRY(app_question(q->app, q->part[0], unit, &p->question, err));
	p->unit = &p->question.tree->units[p->question.unit];
	return app_answer_now(q->app, p->question.objective->id, p->unit->id, &p->now, err);
}

enum status page_assess_question(struct request *q, struct reply *r, struct err *err)
{
	struct page page;
	struct page_assess p;
	str of = request_field(&q->query, S("of"));
	q->today = true;
	TRY(page_open_place(q, r, &page, err));
	begin(&p, q, &page);
	TRY(load_question(&p, err));
	TRY(load_queue(&p, of.n ? of : p.unit->id, err));
	find_place(&p);
	struct ui_head head = {.title = p.question.objective->id, .tab = UI_TAB_ASSESS};
	ui_page(p.u, &head);
	html_raw(p.u->b, "<div class=\"run\">");
	TRY(page_assess_queue(&p, err));
	TRY(question(&p, err));
	page_assess_side(&p);
	html_raw(p.u->b, "</div>");
	ui_page_end(p.u, &head);
	return page_done(r, err);
}

enum status page_assess_presence(struct request *q, struct reply *r, struct err *err)
{
	struct page page;
	struct page_assess p;
	const str *others = NULL;
	size_t n = 0;
	page_bare(q, r, &page);
	begin(&p, q, &page);
	TRY(load_question(&p, err));
	TRY(meet(&p, &others, &n, err));
	ui_answer_presence(p.u, p.question.objective->id, p.unit->id, others, n);
	return page_done(r, err);
}
