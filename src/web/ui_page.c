#include "base/limits.h"
#include "base/time.h"
#include "web/asset.h"
#include "web/ui.h"

struct tab {
	enum ui_tab tab;
	str path, word;
	enum access_role role;
};

static const struct tab tabs[] = {
    {UI_TAB_PROGRAM, S("/"), S("Program"), ACCESS_READER},
    {UI_TAB_ASSESS, S("/assess"), S("Assess"), ACCESS_RESPONDENT},
    {UI_TAB_REVIEW, S("/review"), S("Review"), ACCESS_ASSESSOR},
    {UI_TAB_UNITS, S("/units"), S("Units"), ACCESS_READER},
    {UI_TAB_EVIDENCE, S("/evidence"), S("Evidence"), ACCESS_READER},
    {UI_TAB_REGISTERS, S("/registers"), S("Registers"), ACCESS_READER},
    {UI_TAB_TARGETS, S("/targets"), S("Targets"), ACCESS_READER},
};

static void head(struct ui *u, str title)
{
	struct buf *b = u->b;
	html_raw(b, "<!doctype html>\n<html lang=\"en\"");
	if (u->theme.n) {
		html_raw(b, " data-theme=\"");
		html_text(b, u->theme);
		html_raw(b, "\"");
	}
	if (str_eq(u->keys, S("off")))
		html_raw(b, " data-keys=\"off\"");
	html_raw(
	    b,
	    ">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
	    "<title>");
	html_text(b, title);
	if (u->frame && u->frame->organisation.n) {
		html_raw(b, " · ");
		html_text(b, u->frame->organisation);
	}
	html_raw(b, " · aismm</title><link rel=\"stylesheet\" href=\"");
	asset_address(b, S("aismm.css"));
	html_raw(b, "\"><link rel=\"icon\" href=\"");
	asset_address(b, S("mark.svg"));
	html_raw(b,
		 "\" type=\"image/svg+xml\"><meta name=\"htmx-config\" content=\"{&quot;allowEval&quot;:false,"
		 "&quot;includeIndicatorStyles&quot;:false,&quot;selfRequestsOnly&quot;:true}\"><script defer src=\"");
	asset_address(b, S("htmx.min.js"));
	html_raw(b, "\"></script><script defer src=\"");
	asset_address(b, S("aismm.js"));
	html_raw(b, "\"></script>");
	if (u->csrf.n) {
		html_raw(b, "<meta name=\"csrf\" content=\"");
		html_text(b, u->csrf);
		html_raw(b, "\"><meta name=\"user\" content=\"");
		html_text(b, u->user);
		html_raw(b, "\">");
	}
	if (u->who.n && u->ends_ms) {
		/* For the script, which warns before. */
		html_raw(b, "<meta name=\"session\" content=\"");
		buf_i64(b, LIMIT_SESSION_IDLE_MINUTES);
		html_raw(b, " ");
		buf_i64(b, u->ends_ms);
		html_raw(b, "\">");
	}
	html_raw(
	    b, "</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to content</a>"
	       "<svg class=\"sprite\" aria-hidden=\"true\" focusable=\"false\"><defs><pattern id=\"p-unk\" width=\"5\" "
	       "height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"5\" "
	       "height=\"5\" "
	       "class=\"p-bg\"/><path d=\"M0 0V5\" class=\"p-ln\"/></pattern></defs></svg>");
}

/* ---- the bar ---- */

/* What waits for the person there. */
static void badge(struct ui *u, enum ui_tab tab)
{
	const struct view_queue_waiting *w = &u->frame->waiting;
	int64_t n = tab == UI_TAB_ASSESS ? w->assess : tab == UI_TAB_REVIEW ? w->review : 0;
	if (!n)
		return;
	html_raw(u->b, "<span class=\"count\">");
	ui_count(u->b, n);
	html_raw(u->b, "<span class=\"vh\"> waiting</span></span>");
}

static void tab_links(struct ui *u, enum ui_tab current)
{
	struct buf *b = u->b;
	for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++) {
		const struct tab *t = &tabs[i];
		if (!u->frame || u->frame->most < t->role || (u->demo && t->tab == UI_TAB_ASSESS))
			continue;
		html_raw(b, "<a href=\"");
		buf_add(b, t->path);
		ui_lens_query(u);
		html_raw(b, "\"");
		if (t->tab == current)
			html_raw(b, " aria-current=\"page\"");
		html_raw(b, ">");
		html_text(b, t->word);
		badge(u, t->tab);
		html_raw(b, "</a>");
	}
}

/* The first letters of the first two words. */
static void initials(struct buf *b, str name)
{
	str rest = name, word;
	for (int i = 0; i < 2 && rest.n; i++) {
		(void)str_cut(str_trim(rest), ' ', &word, &rest);
		size_t n = 1;
		while (n < word.n && ((unsigned char)word.p[n] & 0xC0) == 0x80)
			n++;
		html_text(b, str_slice(word, 0, n));
	}
}

static void tools(struct ui *u, enum ui_tab current)
{
	struct buf *b = u->b;
	html_raw(b, "<div class=\"tools\">");
	if (u->frame && u->frame->most >= ACCESS_READER) {
		html_raw(b, "<a class=\"find plain\" href=\"/search");
		ui_lens_query(u);
		html_raw(b, "\" id=\"find\">");
		ui_icon(b, UI_SEARCH, "");
		html_raw(b, "<span>Search everything</span><kbd aria-hidden=\"true\">/</kbd></a>");
	}
	if (u->frame) {
		html_raw(
		    b,
		    "<button class=\"btn bare menu\" type=\"button\" popovertarget=\"bar-menu\" aria-label=\"Menu\">");
		ui_icon(b, UI_MENU, "");
		html_raw(b, "</button><nav id=\"bar-menu\" class=\"pop\" popover aria-label=\"Menu\">");
		tab_links(u, current);
		html_raw(b, "</nav>");
	}
	if (u->who.n) {
		html_raw(b, "<button class=\"me\" type=\"button\" popovertarget=\"bar-account\">");
		initials(b, u->who);
		html_raw(b, "<span class=\"vh\">, ");
		html_text(b, u->who);
		html_raw(b, ", your account</span></button><div id=\"bar-account\" class=\"pop\" popover>"
			    "<p class=\"sm mut\">Signed in as</p><p class=\"b\">");
		ui_user(b, u->who);
		html_raw(b, "</p><a href=\"/account\">Your account</a><a href=\"/help\">Help</a>");
		if (u->frame && u->frame->most == ACCESS_ADMIN)
			html_raw(b, "<a href=\"/admin\">Administration</a>");
		if (u->frame && u->frame->most == ACCESS_LEAD)
			html_raw(b, "<a href=\"/admin/assignments\">Assignments</a>");
		html_raw(b, "<form method=\"post\" action=\"/sign-out\">");
		ui_csrf(u);
		html_raw(b, "<button class=\"btn\">Sign out</button></form></div>");
	}
	html_raw(b, "</div>");
}

static void bar(struct ui *u, enum ui_tab current)
{
	struct buf *b = u->b;
	html_raw(b, "<header class=\"bar\"><div class=\"in\"><a class=\"mark\" href=\"/");
	ui_lens_query(u);
	html_raw(
	    b,
	    "\"><svg viewBox=\"0 0 22 22\" aria-hidden=\"true\"><rect class=\"f1\" x=\"0\" y=\"15\" width=\"3.4\" "
	    "height=\"7\"/><rect class=\"f2\" x=\"4.6\" y=\"11.5\" width=\"3.4\" height=\"10.5\"/><rect class=\"f3\" "
	    "x=\"9.2\" y=\"8\" width=\"3.4\" height=\"14\"/><rect class=\"f4\" x=\"13.8\" y=\"4\" width=\"3.4\" "
	    "height=\"18\"/><rect class=\"f5\" x=\"18.4\" y=\"0\" width=\"3.4\" height=\"22\"/></svg>aismm");
	if (u->frame && u->frame->organisation.n) {
		html_raw(b, "<span class=\"of\">");
		ui_user(b, u->frame->organisation);
		html_raw(b, "</span>");
	}
	html_raw(b, "</a>");
	if (u->frame) {
		html_raw(b, "<nav class=\"nav\" aria-label=\"Main\">");
		tab_links(u, current);
		html_raw(b, "</nav>");
	}
	tools(u, current);
	html_raw(b, "</div></header>");
}

/* ---- the lens ---- */

static void pick(struct ui *u, const char *class, str before, const char *id)
{
	html_raw(u->b, "<button class=\"pick ");
	buf_add(u->b, str_from(class));
	html_raw(u->b, "\" type=\"button\" popovertarget=\"");
	buf_add(u->b, str_from(id));
	html_raw(u->b, "\">");
	html_text(u->b, before);
	html_raw(u->b, " <b>");
}

static void pick_end(struct ui *u)
{
	html_raw(u->b, "</b>");
	ui_icon(u->b, UI_DOWN, "");
	html_raw(u->b, "</button>");
}

static void unit_link(struct ui *u, int unit, bool current)
{
	const struct unit *one = &u->frame->tree->units[unit];
	ui_a_unit(u, current ? "b" : "", u->path, (str){0}, one->id);
	ui_user(u->b, one->name);
	html_raw(u->b, "</a>");
}

/* The way up, the unit, and what is directly below; the units page has the rest. */
static void unit_menu(struct ui *u)
{
	const struct view_frame *f = u->frame;
	const struct unit_tree *t = f->tree;
	int up[LIMIT_UNIT_DEPTH + 1], n = 0, shown = 0;
	html_raw(u->b, "<div id=\"pick-unit\" class=\"pop\" popover>");
	for (int i = f->unit; i != f->top && n <= LIMIT_UNIT_DEPTH; n++)
		up[n] = i = t->units[i].parent;
	while (n--)
		unit_link(u, up[n], false);
	unit_link(u, f->unit, true);
	for (int i = f->unit + 1; i < f->unit + t->units[f->unit].span && shown < 40; i += t->units[i].span, shown++)
		unit_link(u, i, false);
	html_raw(u->b, "<a class=\"mut\" href=\"/units");
	ui_lens_query(u);
	html_raw(u->b, "\">All units</a></div>");
}

static void date_menu(struct ui *u, const char *id, str name, str label, int64_t shown)
{
	char text[TIME_TEXT];
	struct app_lens kept = *u->lens, *now = &kept;
	struct ui form = *u;
	bool is_at = str_eq(name, S("at")), is_now = is_at && !kept.at.given;
	if (is_at)
		now->at.given = false;
	else
		now->vs.given = false;
	form.lens = now;
	html_raw(u->b, "<div id=\"");
	buf_add(u->b, str_from(id));
	html_raw(u->b, "\" class=\"pop\" popover><form class=\"fr\" action=\"");
	html_text(u->b, u->path);
	html_raw(u->b, "\"><label for=\"");
	buf_add(u->b, str_from(id));
	html_raw(u->b, "-day\">");
	html_text(u->b, label);
	html_raw(u->b, "</label><input type=\"date\" name=\"");
	buf_add(u->b, name);
	html_raw(u->b, "\" id=\"");
	buf_add(u->b, str_from(id));
	html_raw(u->b, "-day\" value=\"");
	html_text(u->b, time_format_day(shown, text));
	html_raw(u->b, "\">");
	if (!is_now)
		ui_exact(u, name, shown);
	ui_lens_fields(&form);
	html_raw(u->b, "<button class=\"btn\">Show</button></form>");
	html_raw(u->b, "<a href=\"");
	html_text(u->b, u->path);
	ui_lens_query(&form);
	html_raw(u->b, "\">");
	html_text(u->b, is_at ? S("Now") : S("The usual day"));
	html_raw(u->b, "</a></div>");
}

static str deployment_word(unsigned bits)
{
	static const str words[] = {S("all types"), S("self-hosted"), S("managed service"), S("two types"),
				    S("SaaS"),      S("two types"),   S("two types"),       S("all types")};
	return words[bits & MODEL_ANY_DEPLOYMENT];
}

static void deployment_menu(struct ui *u)
{
	static const unsigned choices[] = {0, MODEL_SAAS, MODEL_PAAS, MODEL_SELF_HOSTED};
	html_raw(u->b, "<div id=\"pick-dep\" class=\"pop\" popover>");
	for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
		struct app_lens other = *u->lens;
		struct ui link = *u;
		other.deployment = choices[i];
		link.lens = &other;
		ui_a(&link, choices[i] == u->lens->deployment ? "b" : "", u->path, (str){0});
		html_text(u->b, deployment_word(choices[i]));
		html_raw(u->b, "</a>");
	}
	html_raw(u->b, "</div>");
}

static void evaluated(struct ui *u)
{
	html_raw(u->b, "<span class=\"end\">");
	if (u->frame->evaluated_ms == INT64_MIN) {
		html_raw(u->b, "No check has run yet");
	} else {
		html_raw(u->b, "Evaluated ");
		ui_time(u->b, u->frame->evaluated_ms);
	}
	html_raw(u->b, "</span>");
}

static void lens(struct ui *u)
{
	const struct view_frame *f = u->frame;
	struct buf *b = u->b;
	html_raw(b,
		 "<section class=\"lens\" aria-label=\"What the numbers on this page are about\"><div class=\"in\">");
	pick(u, "", S(""), "pick-unit");
	ui_user(b, f->tree->units[f->unit].name);
	pick_end(u);
	unit_menu(u);
	if (!u->today) {
		pick(u, "", S("as of"), "pick-at");
		ui_day(b, f->at_ms);
		pick_end(u);
		date_menu(u, "pick-at", S("at"), S("Show the numbers as of"), f->at_ms);
	}
	pick(u, "opt2", S("against"), "pick-vs");
	ui_day(b, f->vs_ms);
	pick_end(u);
	date_menu(u, "pick-vs", S("vs"), S("Compare with"), f->vs_ms);
	pick(u, "opt2", S("deployment"), "pick-dep");
	html_text(b, deployment_word(f->deployment));
	pick_end(u);
	deployment_menu(u);
	evaluated(u);
	html_raw(b, "</div></section>");
	if (!f->past)
		return;
	html_raw(b, "<div class=\"in\"><p class=\"note info\" role=\"status\">");
	ui_icon(b, UI_CLOCK, "");
	html_raw(b, "<span>You see ");
	ui_day(b, f->at_ms);
	html_text(b, f->ahead ? S(", in the future: what holds if nothing is added.")
			      : S(", computed from the facts of that date."));
	html_raw(b, " Nothing can be changed here.</span></p></div>");
}

/* ---- the spine ---- */

static void spine(struct ui *u, str current)
{
	const struct view_frame *f = u->frame;
	const struct model *m = f->model;
	struct buf *b = u->b;
	html_raw(b, "<nav class=\"spine\" aria-label=\"Categories\">");
	for (size_t d = 0; d < m->n_domains; d++) {
		html_raw(b, "<h2>");
		html_text(b, m->domains[d].title);
		html_raw(b, "</h2><ul>");
		for (size_t c = 0; c < m->n_categories; c++) {
			const struct model_category *one = &m->categories[c];
			if (one->domain != (int)d)
				continue;
			html_raw(b, "<li><a href=\"/category/");
			ui_url(b, one->id);
			ui_lens_query(u);
			html_raw(b, "\"");
			if (str_eq(one->id, current))
				html_raw(b, " aria-current=\"true\"");
			html_raw(b, "><span class=\"cd b\">");
			html_text(b, one->id);
			html_raw(b, "</span><span class=\"nm\">");
			html_text(b, one->title);
			html_raw(b, "</span>");
			if (f->categories)
				ui_level(b, f->categories[c].applicable ? f->categories[c].level : 0);
			html_raw(b, "</a></li>");
		}
		html_raw(b, "</ul>");
	}
	html_raw(b, "</nav>");
}

/* ---- keys ---- */

static void keys(struct buf *b)
{
	html_raw(
	    b,
	    "<div id=\"bar-keys\" class=\"pop\" popover aria-label=\"Keys\"><h2>Keys</h2><ul "
	    "class=\"keylist\"><li><kbd>/</kbd> "
	    "search</li><li><kbd>g</kbd> <kbd>p</kbd> program</li><li><kbd>g</kbd> <kbd>a</kbd> "
	    "assess</li><li><kbd>g</kbd> "
	    "<kbd>u</kbd> units</li><li><kbd>g</kbd> <kbd>e</kbd> evidence</li><li><kbd>g</kbd> <kbd>r</kbd> "
	    "review</li><li>"
	    "<kbd>g</kbd> <kbd>h</kbd> help</li><li><kbd>←</kbd> <kbd>↑</kbd> <kbd>→</kbd> <kbd>↓</kbd> between the "
	    "cells of "
	    "a map</li><li><kbd>M</kbd> <kbd>N</kbd> <kbd>C</kbd> <kbd>A</kbd> answer, on Assess</li><li><kbd>E</kbd> "
	    "choose evidence, on Assess</li><li><kbd>J</kbd> "
	    "<kbd>K</kbd> next and previous, on Assess</li><li><kbd>S</kbd> go on without saving, on "
	    "Assess</li><li><kbd>Ctrl</kbd> <kbd>↵</kbd> save and next</li></ul><p "
	    "class=\"xs mut\">Your account can switch single keys off.</p></div>");
}

/* ---- the demo ---- */

/* Stands on every page of it. The way out leads to one's own organisation. */
static void demo_note(struct ui *u)
{
	if (u->demo)
		html_raw(
		    u->b,
		    "<aside class=\"demo\" aria-label=\"Demo organisation\"><div class=\"in\"><p><b>Demo "
		    "organisation.</b> Halden Insurance is invented, and nothing here is yours. Its clock stands at "
		    "20&nbsp;November&nbsp;2026; you look at it as a reader.</p><a class=\"btn\" "
		    "href=\"/welcome\">Leave the demo</a></div></aside>");
}

/* ---- no password yet ---- */

/* Stands on every page of one's own until there is a password. */
static void note(struct ui *u, str text, const char *path, str act)
{
	html_raw(u->b, "<div class=\"in\"><p class=\"note lift-t\" role=\"status\">");
	ui_icon(u->b, UI_WARNING, "");
	html_raw(u->b, "<span>");
	html_text(u->b, text);
	html_raw(u->b, " <a href=\"");
	html_text(u->b, str_from(path));
	html_raw(u->b, "\">");
	html_text(u->b, act);
	html_raw(u->b, "</a></span></p></div>");
}

static void account_notes(struct ui *u)
{
	if (u->demo || !u->who.n)
		return;
	if (u->locked_out)
		note(u,
		     S("You have no password yet, and your link is used up: once this session ends, you cannot sign "
		       "in."),
		     "/account#a-password", S("Set a password"));
	if (u->owes)
		note(u,
		     S("A second factor is asked of you. Until you have one, you see your account and the manual "
		       "alone."),
		     "/account#a-second", S("Set up a second factor"));
}

/* ---- all together ---- */

void ui_page(struct ui *u, const struct ui_head *h)
{
	struct buf *b = u->b;
	head(u, h->title);
	bar(u, h->tab);
	demo_note(u);
	if (u->frame && u->frame->tree && u->lens)
		lens(u);
	account_notes(u);
	html_raw(b, "<main id=\"main\" class=\"in page\" tabindex=\"-1\">");
	if (h->spine) {
		html_raw(b, "<div class=\"split\">");
		spine(u, h->category);
		html_raw(b, "<div>");
	}
}

void ui_page_end(struct ui *u, const struct ui_head *h)
{
	struct buf *b = u->b;
	if (h->spine)
		html_raw(b, "</div></div>");
	html_raw(b, "</main><footer class=\"foot\"><div class=\"in\">");
	if (u->frame) {
		html_raw(b, "<span>Model ");
		html_text(b, u->frame->model->id);
		html_raw(b, " ");
		html_text(b, u->frame->model->version);
		html_raw(b, "</span><span>Scoring rules ");
		html_int(b, SCORE_RULES);
		html_raw(b, "</span><span>Facts <span class=\"hash\">");
		html_text(b, str_slice(u->frame->facts, 0, 8));
		html_raw(b, "…");
		html_text(b, str_slice(u->frame->facts, 60, 64));
		html_raw(b, "</span></span>");
	}
	html_raw(b,
		 "<span>Reference content is original work and not the text of the Cloud Security Alliance</span></div>"
		 "</footer>");
	if (u->frame)
		keys(b);
	html_raw(b, "\n</body>\n</html>\n");
}

static void section(struct ui *u, str id, str title, str note)
{
	struct buf *b = u->b;
	html_raw(b, "<section class=\"sec\" aria-labelledby=\"");
	html_text(b, id);
	html_raw(b, "\"><header><h2 id=\"");
	html_text(b, id);
	html_raw(b, "\">");
	html_text(b, title);
	html_raw(b, "</h2>");
	if (note.n) {
		html_raw(b, "<p>");
		html_text(b, note);
		html_raw(b, "</p>");
	}
}

void ui_section(struct ui *u, str id, str title, str note)
{
	section(u, id, title, note);
	html_raw(u->b, "</header>");
}

void ui_section_begin(struct ui *u, str id, str title, str note)
{
	section(u, id, title, note);
	html_raw(u->b, "<span class=\"end\">");
}

void ui_section_begun(struct ui *u)
{
	html_raw(u->b, "</span></header>");
}

void ui_section_end(struct ui *u)
{
	html_raw(u->b, "</section>");
}

void ui_empty_start(struct ui *u, str title, str text)
{
	bool may = u->frame->most == ACCESS_ADMIN;
	ui_empty(u, title, text, may ? S("/start") : S(""), may ? S("Begin") : S(""));
	if (!may)
		html_raw(u->b, "<p class=\"sm sub\">Ask an administrator to name the first one.</p>");
}

void ui_empty(struct ui *u, str title, str text, str path, str act)
{
	struct buf *b = u->b;
	html_raw(b, "<div class=\"empty\"><h2>");
	html_text(b, title);
	html_raw(b, "</h2><p class=\"sub\">");
	html_text(b, text);
	html_raw(b, "</p>");
	if (act.n) {
		html_raw(b, "<p class=\"gap-t\"><a class=\"btn go\" href=\"");
		html_text(b, path);
		ui_lens_query(u);
		html_raw(b, "\">");
		html_text(b, act);
		html_raw(b, "</a></p>");
	}
	html_raw(b, "</div>");
}
