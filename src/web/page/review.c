#include "app/review.h"

#include <stdio.h>

#include "app/evidence.h"
#include "base/limits.h"
#include "web/page.h"
#include "web/ui_answer.h"
#include "web/ui_form.h"
#include "web/ui_view.h"

enum { SHOWN = 20 };

struct review {
	struct request *q;
	struct page *p;
	struct ui *u;
	struct view_reviews v;
};

static enum status read_number(str text, const char *what, int64_t *out, struct err *err)
{
	*out = 0;
	if (!text.n || (str_to_i64(text, out) && *out >= 0))
		return OK;
	return err_set(err, E_INVALID, "\"%.*s\" is no %s", STR_ARG(text), what);
}

/* ---- one answer ---- */

static enum status head(const struct review *r, const struct view_review *one, const struct model_objective *o,
			struct err *err)
{
	const struct view_said *s = &one->said;
	struct buf *b = r->u->b;
	int unit = unit_find(r->p->frame.tree, s->unit);
	html_raw(b, "<div class=\"said\"><div><h2><a class=\"plain\" href=\"/objective/");
	ui_url(b, o->id);
	html_raw(b, "?unit=");
	ui_url(b, s->unit);
	html_raw(b, "\">");
	html_text(b, o->id);
	html_raw(b, " ");
	html_text(b, o->title);
	html_raw(b, "</a></h2><p class=\"sm sub\">");
	ui_level(b, o->level);
	html_raw(b, " for <b>");
	ui_user(b, unit == UNIT_NONE ? s->unit : r->p->frame.tree->units[unit].name);
	html_raw(b, "</b>, by ");
	ui_author(b, s->author, s->author_shown);
	html_raw(b, " on ");
	ui_time(b, s->recorded_ms);
	html_raw(b, "; observed ");
	ui_day(b, s->observed_ms);
	html_raw(b, "</p></div><div class=\"said-t\">");
	if (s->not_applicable) {
		ui_verdict(b, SCORE_NOT_APPLICABLE);
	} else {
		TRY(ui_answer_tally(r->u, s->tally, o->threshold_milli, r->q->arena, err));
	}
	html_raw(b, "</div></div><p class=\"sm\">");
	html_text(b, o->kpi);
	html_raw(b, "</p><blockquote class=\"sm\">");
	if (s->because.n)
		ui_user(b, s->because);
	else
		html_raw(b, "<span class=\"mut\">No words were given.</span>");
	html_raw(b, "</blockquote>");
	return OK;
}

static void comment(struct ui *u, str id)
{
	struct buf *b = u->b;
	html_raw(b, "<div class=\"fr\"><label for=\"");
	html_text(b, id);
	html_raw(b, "\">Comment</label><textarea rows=\"2\" dir=\"auto\" name=\"comment\" id=\"");
	html_text(b, id);
	html_raw(b, "\"");
	ui_fault(u, S("comment"), id, true);
	html_raw(b, ">");
	html_text(b, ui_typed(u, S("comment")));
	html_raw(b, "</textarea>");
	ui_fault_text(u, S("comment"), id);
	html_raw(b, "<span class=\"hint\" id=\"");
	html_text(b, id);
	html_raw(b, "-h\">Required to return it: say what is missing.</span></div>");
}

/* What was refused comes back, whichever of the two it was. */
static bool comes_back(const struct ui *u, str seq)
{
	struct ui_pair of = {S("seq"), seq};
	return ui_is_again(u, S("/review/confirm"), of) || ui_is_again(u, S("/review/return"), of);
}

static void form(const struct review *r, const struct view_review *one)
{
	const struct view_said *s = &one->said;
	struct buf *b = r->u->b;
	char seq[24], id[32];
	(void)snprintf(seq, sizeof seq, "%lld", (long long)s->seq);
	(void)snprintf(id, sizeof id, "r-c%s", seq);
	html_raw(b, "<form class=\"stack\" method=\"post\" enctype=\"multipart/form-data\" action=\"");
	(void)ui_address(r->u, S("/review/confirm"));
	html_raw(b, "\">");
	ui_csrf(r->u);
	r->u->again = comes_back(r->u, str_from(seq));
	ui_hidden(r->u, S("seq"), str_from(seq));
	ui_hidden(r->u, S("unit"), s->unit);
	comment(r->u, str_from(id));
	html_raw(b, "<label class=\"drop\">");
	ui_icon(b, UI_CLIP, "");
	buf_add(b, one->evident ? S("<span>Add evidence that you have seen</span>")
				: S("<span>No document stands behind it. To confirm it, add one.</span>"));
	html_raw(b, "<input type=\"file\" name=\"file\" multiple><span class=\"sm b\" data-chosen></span></label><div "
		    "class=\"row\"><button class=\"btn go\">Confirm</button><button class=\"btn\" formaction=\"");
	(void)ui_address(r->u, S("/review/return"));
	html_raw(b, "\">Return with comment</button></div></form>");
}

static enum status item(const struct review *r, const struct view_review *one, struct err *err)
{
	const struct model_objective *o = model_objective_find(r->p->frame.model, one->said.objective);
	struct buf *b = r->u->b;
	if (!o)
		return OK;
	html_raw(b, "<li class=\"card stack\" id=\"answer-");
	html_int(b, one->said.seq);
	html_raw(b, "\">");
	TRY(head(r, one, o, err));
	ui_answer_documents(r->u, &one->said, false);
	if (one->stale)
		html_raw(
		    b, "<p class=\"note\"><span>It is stale and counts for nothing, reviewed or not. Better return it: "
		       "the question has to be answered again.</span></p>");
	if (str_eq(one->said.author, r->q->app->actor)) {
		html_raw(b, "<p class=\"note info\"><span>This is your own answer. A second person confirms it");
		if (r->u->frame->most == ACCESS_ADMIN)
			html_raw(b, "; <a href=\"/admin\">Administration</a> lets one in");
		html_raw(b, ".</span></p>");
	} else {
		form(r, one);
	}
	html_raw(b, "</li>");
	return OK;
}

/* ---- the queue ---- */

static void receipt(const struct review *r)
{
	str seq = request_field(&r->q->query, S("done")), act = request_field(&r->q->query, S("act"));
	struct buf *b = r->u->b;
	if (!seq.n)
		return;
	html_raw(b, "<div class=\"receipt\" role=\"status\"><span>Answer ");
	html_text(b, seq);
	if (str_eq(act, S("undone"))) {
		html_raw(b, " waits for its review again.</span></div>");
		return;
	}
	buf_add(b, str_eq(act, S("returned")) ? S(" was <b>returned</b> to its author.</span>")
					      : S(" was <b>confirmed</b> and counts as evidenced.</span>"));
	ui_post(r->u, S("/review/undo"), "");
	ui_hidden(r->u, S("seq"), seq);
	html_raw(b, "<button class=\"btn bare\">Undo</button></form></div>");
}

static void title(const struct review *r)
{
	struct buf *b = r->u->b;
	html_raw(b, "<h1>");
	ui_plural(b, r->v.waiting, S("answer waits for a second person"), S("answers wait for a second person"));
	html_raw(b,
		 "</h1><p class=\"sub lead\">Until then they count as claimed and not as evidenced. Who confirms one "
		 "says: I have seen the evidence, and it is so.</p>");
}

static void older(const struct review *r)
{
	char after[24];
	if (!r->v.next)
		return;
	(void)snprintf(after, sizeof after, "%lld", (long long)r->v.next);
	html_raw(r->u->b, "<p class=\"gap-t\"><a class=\"btn\" href=\"");
	struct ui_address a = ui_address(r->u, S("/review"));
	ui_more(&a, S("after"), str_from(after));
	html_raw(r->u->b, "\">Next ");
	ui_icon(r->u->b, UI_NEXT, "");
	html_raw(r->u->b, "</a></p>");
}

enum status page_review(struct request *q, struct reply *reply, struct err *err)
{
	struct page p;
	int64_t after = 0;
	q->today = true;
	TRY(page_open(q, reply, &p, err));
	struct review r = {.q = q, .p = &p, .u = &p.ui};
	struct ui_head h = {.title = S("Review"), .tab = UI_TAB_REVIEW};
	TRY(read_number(request_field(&q->query, S("after")), "place in the queue", &after, err));
	if (q->refused && read_number(request_field(&q->form, S("seq")), "answer", &after, NULL) == OK && after)
		after--; /* what was refused stands first */
	ui_page(r.u, &h);
	ui_refusal(r.u);
	if (p.frame.tree) {
		TRY(app_review_list(q->app, p.frame.tree->units[p.frame.unit].id, after, SHOWN, &r.v, err));
		receipt(&r);
		title(&r);
		html_raw(p.ui.b, "<ol class=\"reviews gap-s\">");
		for (size_t i = 0; i < r.v.n; i++)
			TRY(item(&r, &r.v.list[i], err));
		html_raw(p.ui.b, "</ol>");
		older(&r);
	}
	if (!r.v.waiting)
		ui_empty(r.u, S("Nothing waits for review."),
			 S("Answers that people give appear here, until a second person confirms them with evidence or "
			   "returns "
			   "them with a comment."),
			 S("/assess"), S("To the questions"));
	ui_page_end(r.u, &h);
	return page_done(reply, err);
}

/* ---- what a second person does ---- */

static enum status done(struct request *q, struct reply *r, int64_t seq, const char *act, struct err *err)
{
	struct buf b = BUF(LIMIT_HEADER_BYTES);
	buf_add(&b, S("/review?"));
	if (q->query_text.n) {
		buf_add(&b, q->query_text);
		buf_add(&b, S("&"));
	}
	buf_add(&b, S("done="));
	buf_i64(&b, seq);
	buf_add(&b, S("&act="));
	buf_add(&b, str_from(act));
	str location = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	if (!location.p)
		return err_full(err);
	request_redirect(r, location);
	return OK;
}

static enum status add_file(struct request *q, const struct request_file *f, const struct view_said *said,
			    struct app_document *list, size_t *n, struct err *err)
{
	struct source from = {.name = f->name, .fd = f->fd};
	struct view_document_of d;
	if (f->fd < 0)
		return OK;
	TRY(app_evidence_add(q->app, said->objective, said->unit, &from, f->name, (str){0}, &d, err));
	list[(*n)++] = (struct app_document){d.sha256, d.name, d.media};
	return OK;
}

/* The answer, looked up by its number in what waits. */
static enum status find(struct request *q, int64_t seq, struct view_said *out, struct err *err)
{
	struct view_reviews v;
	TRY(app_review_list(q->app, request_field(&q->form, S("unit")), seq - 1, 1, &v, err));
	if (v.n && v.list[0].said.seq == seq) {
		*out = v.list[0].said;
		return OK;
	}
	err_set(err, E_CONFLICT, "answer %lld does not wait for a review any more", (long long)seq);
	err_hint(err, "somebody else was quicker, or it was answered again");
	return E_CONFLICT;
}

static enum status confirm(struct request *q, int64_t *seq, struct err *err)
{
	struct app_document documents[REQUEST_FILES];
	struct app_review review = {.comment = request_field(&q->form, S("comment")), .documents = documents};
	struct view_said said;
	struct view_reviewed out;
	TRY(read_number(request_field(&q->form, S("seq")), "answer", &review.seq, err));
	*seq = review.seq;
	if (q->file.fd >= 0) {
		TRY(find(q, review.seq, &said, err));
		TRY(add_file(q, &q->file, &said, documents, &review.n_documents, err));
		for (size_t i = 0; i < q->n_more; i++)
			TRY(add_file(q, &q->more[i], &said, documents, &review.n_documents, err));
	}
	enum status status = app_review_confirm(q->app, &review, &out, err);
	if (status == E_INVALID)
		err_hint(err, "add one, or return the answer with a comment");
	return status;
}

static enum status give_back(struct request *q, int64_t *seq, struct err *err)
{
	struct app_review review = {.comment = request_field(&q->form, S("comment"))};
	struct view_reviewed out;
	TRY(read_number(request_field(&q->form, S("seq")), "answer", &review.seq, err));
	*seq = review.seq;
	return app_review_return(q->app, &review, &out, err);
}

static enum status undo(struct request *q, int64_t *seq, struct err *err)
{
	struct view_reviewed out;
	TRY(read_number(request_field(&q->form, S("seq")), "answer", seq, err));
	return app_review_undo(q->app, *seq, &out, err);
}

static enum status act(struct request *q, struct reply *r,
		       enum status (*what)(struct request *q, int64_t *seq, struct err *err), const char *word,
		       struct err *err)
{
	static const struct page_again again = {
	    .path = S("/review"), .serve = page_review, .words = {{S("the comment"), S("comment")}}};
	struct err why = {0};
	int64_t seq = 0;
	enum status status = what(q, &seq, &why);
	return status == OK ? done(q, r, seq, word, err) : page_refuse(q, r, status, &why, &again, err);
}

enum status page_review_confirm(struct request *q, struct reply *r, struct err *err)
{
	return act(q, r, confirm, "confirmed", err);
}

enum status page_review_return(struct request *q, struct reply *r, struct err *err)
{
	return act(q, r, give_back, "returned", err);
}

enum status page_review_undo(struct request *q, struct reply *r, struct err *err)
{
	return act(q, r, undo, "undone", err);
}
