#include "base/commonmark.h"
#include "base/embed.h"
#include "base/limits.h"
#include "web/page.h"

#define DOCS "docs/"

/* What one search shows. */
enum { FOUND_MOST = 40, SNIPPET_BYTES = 220 };

struct help {
	struct ui *u;
	struct arena *a;
	str name; /* of the page: "units" */
	int most; /* sections that a search shows */
};

/* "units" of "docs/units.md" */
static str name_of(struct embed_file f)
{
	return str_slice(f.name, sizeof DOCS - 1, f.name.n - 3);
}

static bool is_page(struct embed_file f)
{
	return str_starts(f.name, S(DOCS)) && str_ends(f.name, S(".md"));
}

/* The first heading. */
static str title_of(str text)
{
	str line, rest = text;
	while (rest.n) {
		(void)str_cut(rest, '\n', &line, &rest);
		if (str_starts(line, S("# ")))
			return str_trim(str_slice(line, 2, line.n));
	}
	return S("Help");
}

static str find_page(str name, struct arena *a)
{
	struct buf path = BUF(1024);
	buf_add(&path, S(DOCS));
	buf_add(&path, name);
	buf_add(&path, S(".md"));
	str bytes = path.status == OK ? embed_find(buf_str(&path)) : (str){0};
	buf_release(&path);
	(void)a;
	return bytes;
}

/* "units.md#trees" -> "/help/units#trees"; what is not a page of the manual stays in the text without a link. */
static str link_of(void *ctx, str url, struct arena *a)
{
	struct help *h = ctx;
	str path, anchor;
	struct buf to = BUF(4096);
	if (str_starts(url, S("https://")) || str_starts(url, S("#")))
		return url;
	bool has_anchor = str_cut(url, '#', &path, &anchor);
	if (str_eq(path, S("model/README.md")))
		path = S("book.md");
	bool known = str_ends(path, S(".md")) &&
		     (find_page(str_slice(path, 0, path.n - 3), h->a).p || str_eq(path, S("book.md")));
	if (!known)
		return S("/help");
	buf_add(&to, S("/help/"));
	if (!str_eq(path, S("README.md")))
		buf_add(&to, str_slice(path, 0, path.n - 3));
	if (has_anchor) {
		buf_char(&to, '#');
		buf_add(&to, anchor);
	}
	str made = str_copy(a, buf_str(&to));
	buf_release(&to);
	return made;
}

static void contents(const struct help *h)
{
	struct buf *b = h->u->b;
	html_raw(b, "<nav class=\"spine\" aria-label=\"Manual\"><h2>Manual</h2><ul>");
	for (size_t i = embed_before(S(DOCS)); i < embed_count() && str_starts(embed_at(i).name, S(DOCS)); i++) {
		struct embed_file f = embed_at(i);
		str name = name_of(f);
		if (!is_page(f))
			continue;
		html_raw(b, "<li><a href=\"/help");
		if (!str_eq(name, S("README"))) {
			html_raw(b, "/");
			ui_url(b, name);
		}
		html_raw(b, "\"");
		if (str_eq(name, h->name))
			html_raw(b, " aria-current=\"page\"");
		html_raw(b, "><span>");
		html_text(b, str_eq(name, S("README")) ? S("Contents") : title_of(f.bytes));
		html_raw(b, "</span></a></li>");
	}
	html_raw(b, "</ul><h2>Model</h2><ul><li><a href=\"/help/book\"><span>The model book</span></a></li><li><a "
		    "href=\"/demo/\"><span>The demo organisation</span></a></li></ul></nav>");
}

static void search_form(struct ui *u, str text)
{
	html_raw(
	    u->b,
	    "<form class=\"filter\" action=\"/help\" role=\"search\"><label class=\"vh\" for=\"help-q\">Search the "
	    "manual</label><input class=\"grow\" id=\"help-q\" name=\"q\" type=\"search\" placeholder=\"Search the "
	    "manual\" value=\"");
	html_text(u->b, text);
	html_raw(u->b, "\"><button class=\"btn\">Search</button></form>");
}

/* ---- search ---- */

static char folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static ptrdiff_t find_folded(str text, str word)
{
	for (size_t i = 0; word.n && i + word.n <= text.n; i++) {
		size_t k = 0;
		while (k < word.n && folded(text.p[i + k]) == folded(word.p[k]))
			k++;
		if (k == word.n)
			return (ptrdiff_t)i;
	}
	return -1;
}

static bool has_all(str text, str words)
{
	str one;
	bool any = false;
	while (words.n) {
		(void)str_cut(words, ' ', &one, &words);
		if (one.n && find_folded(text, one) < 0)
			return false;
		any |= one.n > 0;
	}
	return any;
}

/* Markdown without its marks: of [a link](to) its words. */
static void plain(struct buf *b, str text)
{
	while (text.n) {
		size_t n = 0;
		while (n < text.n && text.p[n] != '*' && text.p[n] != '`' && text.p[n] != '[' && text.p[n] != ']')
			n++;
		html_text(b, str_slice(text, 0, n));
		bool link = n + 1 < text.n && text.p[n] == ']' && text.p[n + 1] == '(';
		text = str_slice(text, n < text.n ? n + 1 : n, text.n);
		int64_t end = link ? str_find(text, S(")")) : -1;
		text = str_slice(text, end >= 0 ? (size_t)end + 1 : 0, text.n);
	}
}

/* The first paragraph of a section: no code, no table, no picture. */
static str first_words(str body)
{
	str rest = body, line;
	bool code = false;
	while (rest.n) {
		str before = rest;
		(void)str_cut(rest, '\n', &line, &rest);
		line = str_trim(line);
		bool fence = str_starts(line, S("```"));
		bool skip = code || fence || !line.n || str_starts(line, S("|")) || str_starts(line, S("!")) ||
			    str_starts(line, S("<"));
		code ^= fence;
		if (skip)
			continue;
		int64_t end = str_find(before, S("\n\n"));
		return str_slice(before, 0, end >= 0 ? (size_t)end : before.n);
	}
	return (str){0};
}

struct hit {
	str page, title, heading, line;
};

static void show(const struct help *h, const struct hit *hit)
{
	struct buf *b = h->u->b;
	html_raw(b, "<li><span class=\"t\"><a href=\"/help/");
	if (!str_eq(hit->page, S("README")))
		ui_url(b, hit->page);
	if (hit->heading.n) {
		html_raw(b, "#");
		html_text(b, commonmark_id(hit->heading, h->a));
	}
	html_raw(b, "\">");
	html_text(b, hit->title);
	if (hit->heading.n) {
		html_raw(b, ": ");
		plain(b, hit->heading);
	}
	html_raw(b, "</a></span><span class=\"d\">");
	str shown = str_slice(hit->line, 0, SNIPPET_BYTES);
	plain(b, str_slice(shown, 0, str_utf8_prefix(shown)));
	html_raw(b, "</span></li>");
}

/* Sections of a page that hold all words: a heading with its text up to the next one. */
static int search_page(const struct help *h, struct embed_file f, str words, int shown)
{
	str rest = f.bytes, line, heading = {0}, start = rest;
	struct hit hit = {.page = name_of(f), .title = title_of(f.bytes)};
	while (shown < h->most) {
		bool more = rest.n > 0;
		str before = rest;
		if (more)
			(void)str_cut(rest, '\n', &line, &rest);
		if (more && !str_starts(line, S("#")))
			continue;
		str section = str_slice(start, 0, (size_t)(before.p - start.p));
		if (section.n && has_all(section, words)) {
			str body;
			hit.heading = heading;
			(void)str_cut(section, '\n', &hit.line, &body);
			hit.line = first_words(body);
			show(h, &hit);
			shown++;
		}
		if (!more)
			break;
		start = before;
		while (str_starts(line, S("#")))
			line = str_slice(line, 1, line.n);
		heading = str_trim(line);
	}
	return shown;
}

static int found(const struct help *h, str words)
{
	int shown = 0;
	html_raw(h->u->b, "<ul class=\"items found\">");
	for (size_t i = embed_before(S(DOCS)); i < embed_count() && str_starts(embed_at(i).name, S(DOCS)); i++)
		if (is_page(embed_at(i)))
			shown = search_page(h, embed_at(i), words, shown);
	html_raw(h->u->b, "</ul>");
	return shown;
}

int page_help_found(struct ui *u, struct arena *a, str words, int most)
{
	struct help h = {u, a, {0}, most};
	return found(&h, words);
}

static void search(const struct help *h, str words)
{
	struct buf *b = h->u->b;
	html_raw(b, "<h1>Search</h1>");
	search_form(h->u, words);
	if (!found(h, words))
		html_raw(b, "<p class=\"sub\">No section of the manual has all of these words.</p>");
}

/* ---- a page ---- */

static enum status manual(const struct help *h, str text, struct err *err)
{
	struct commonmark how = {.link = link_of, .ctx = (void *)(uintptr_t)h};
	search_form(h->u, (str){0});
	html_raw(h->u->b, "<article class=\"prose\">");
	TRY(commonmark_html(text, &how, h->a, h->u->b, err));
	if (str_eq(h->name, S("api")))
		page_help_api(h->u);
	html_raw(h->u->b, "</article>");
	return OK;
}

enum status page_help(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	str words = str_trim(request_field(&q->query, S("q")));
	str name = q->part[0].n ? q->part[0] : S("README");
	str text = find_page(name, q->arena);
	if (!text.p)
		return err_set(err, E_NOT_FOUND, "the manual has no page of this name");
	TRY(page_open(q, r, &p, err));
	struct help h = {&p.ui, q->arena, words.n ? (str){0} : name, FOUND_MOST};
	struct ui_head head = {.title = words.n ? S("Search the manual") : title_of(text)};
	ui_page(&p.ui, &head);
	html_raw(p.ui.b, "<div class=\"split\">");
	contents(&h);
	html_raw(p.ui.b, "<div>");
	if (words.n)
		search(&h, words);
	else
		TRY(manual(&h, text, err));
	html_raw(p.ui.b, "</div></div>");
	ui_page_end(&p.ui, &head);
	return page_done(r, err);
}

enum status page_help_book(struct request *q, struct reply *r, struct err *err)
{
	struct view_documents book;
	TRY(app_model_book(q->app, (str){0}, NULL, false, &book, err));
	buf_add(&r->body, book.n ? book.list[0].text : (str){0});
	r->own_policy = true;
	return page_done(r, err);
}
