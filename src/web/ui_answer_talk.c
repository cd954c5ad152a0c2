#include "base/time.h"
#include "web/ui_answer.h"

/* ---- two answers side by side ---- */

static void tally_line(struct buf *b, str name, int64_t n)
{
	html_raw(b, "<div><dt>");
	html_text(b, name);
	html_raw(b, "</dt><dd class=\"num\">");
	ui_count(b, n);
	html_raw(b, "</dd></div>");
}

static void one_side(struct ui *u, const struct ui_conflict *c, const struct view_said *s, str title, str value,
		     str act, bool first)
{
	struct buf *b = u->b;
	html_raw(b, "<section class=\"card stack\"><h2>");
	html_text(b, title);
	html_raw(b, "</h2><p>");
	if (s->not_applicable) {
		ui_verdict(b, SCORE_NOT_APPLICABLE);
		html_raw(b, "</p>");
	} else {
		ui_verdict(b, score_verdict(s->tally, c->objective->threshold_milli));
		html_raw(b, "</p><dl class=\"meta\">");
		tally_line(b, S("Yes"), s->tally.yes);
		tally_line(b, S("No"), s->tally.no);
		tally_line(b, S("Unknown"), s->tally.unknown);
		html_raw(b, "</dl>");
	}
	html_raw(b, "<p class=\"sm sub\">");
	if (s->because.n)
		ui_user(b, s->because);
	else
		html_raw(b, "No words were given.");
	html_raw(b, "</p>");
	ui_answer_documents(u, s, false);
	buf_add(b, first ? S("<button class=\"btn go\" name=\"choice\" value=\"")
			 : S("<button class=\"btn\" name=\"choice\" value=\""));
	html_text(b, value);
	html_raw(b, "\">");
	html_text(b, act);
	html_raw(b, "</button></section>");
}

void ui_answer_conflict(struct ui *u, const struct ui_conflict *c)
{
	const struct view_said *theirs = &c->conflict->theirs;
	struct buf *b = u->b;
	html_raw(b, "<h1>Two answers to ");
	html_text(b, c->objective->id);
	html_raw(b, "</h1><p class=\"sub lead\">");
	if (c->conflict->there) {
		ui_author(b, theirs->author, theirs->author_shown);
		html_raw(b, " answered for ");
		ui_user(b, c->unit_name);
		html_raw(b, " on ");
		ui_time(b, theirs->recorded_ms);
		html_raw(b,
			 ", while you had the question open. Whichever you choose, both are kept; the other one does "
			 "not count.");
	} else {
		html_raw(b, "The answer that you saw for ");
		ui_user(b, c->unit_name);
		html_raw(b, " was taken back while you had the question open. Yours is not saved yet.");
	}
	html_raw(b, "</p><form method=\"post\" class=\"gap-s\" action=\"/objective/");
	ui_url(b, c->objective->id);
	html_raw(b, "/answer\">");
	ui_csrf(u);
	for (size_t i = 0; i < c->n_fields; i++)
		ui_hidden(u, c->fields[i].name, c->fields[i].value);
	html_raw(b, "<input type=\"hidden\" name=\"expected\" value=\"");
	html_int(b, theirs->seq);
	html_raw(b, "\"><div class=\"grid g-2\">");
	one_side(u, c, &c->mine, S("Yours"), S("mine"), S("Mine counts"), true);
	if (c->conflict->there)
		one_side(u, c, theirs, S("Theirs"), S("theirs"), S("Theirs counts"), false);
	html_raw(b, "</div></form>");
}

/* ---- the discussion ---- */

static void comment(struct ui *u, const struct ui_discussion *d, const struct view_comment *c)
{
	struct buf *b = u->b;
	html_raw(b, "<li class=\"say\" id=\"comment-");
	html_int(b, c->id);
	html_raw(b, "\"><span class=\"me\" aria-hidden=\"true\">");
	str first = str_slice(c->author_shown, 0, 4);
	size_t n = 1;
	while (n < first.n && ((unsigned char)first.p[n] & 0xC0) == 0x80)
		n++;
	html_text(b, str_slice(first, 0, n));
	html_raw(b, "</span><div><p class=\"sm\"><b>");
	ui_person(b, c->author, c->author_shown);
	html_raw(b, "</b> <span class=\"mut\">");
	ui_time(b, c->recorded_ms);
	html_raw(b, "</span></p>");
	if (!c->body.p) {
		html_raw(b, "<p class=\"mut\">Withdrawn on ");
		ui_day(b, c->withdrawn_ms);
		html_raw(b, ".</p></div></li>");
		return;
	}
	html_raw(b, "<p class=\"user words\" dir=\"auto\">");
	html_text(b, c->body);
	html_raw(b, "</p>");
	if (d->may_add && str_eq(c->author, d->user)) {
		html_raw(b, "<form method=\"post\" action=\"/comment/withdraw\">");
		ui_csrf(u);
		html_raw(b, "<input type=\"hidden\" name=\"id\" value=\"");
		html_int(b, c->id);
		html_raw(b, "\">");
		ui_hidden(u, S("here"), d->here);
		html_raw(b, "<button class=\"btn bare\">Withdraw</button></form>");
	}
	html_raw(b, "</div></li>");
}

void ui_answer_discussion(struct ui *u, const struct ui_discussion *d)
{
	const struct view_comments *v = d->comments;
	struct buf *b = u->b;
	ui_section(u, S("discussion"), S("Discussion"), (str){0});
	if (!v->n)
		html_raw(b, "<p class=\"sm sub\">Nobody has written anything here yet.</p>");
	html_raw(b, "<ol class=\"talk\">");
	for (size_t i = v->n; i-- > 0;)
		comment(u, d, &v->list[i]);
	html_raw(b, "</ol>");
	if (d->may_add) {
		html_raw(b, "<form class=\"stack gap-t\" method=\"post\" action=\"/objective/");
		ui_url(b, d->objective);
		html_raw(b, "/comment\">");
		ui_csrf(u);
		ui_hidden(u, S("unit"), d->unit);
		ui_hidden(u, S("here"), d->here);
		u->again = u->refused && str_ends(u->refused->path, S("/comment"));
		ui_words(u, S("c-body"), S("body"), S("Comment"), (str){0}, true);
		html_raw(b, "<div class=\"row end\"><button class=\"btn\">Add comment</button></div></form>");
	}
	ui_section_end(u);
}
