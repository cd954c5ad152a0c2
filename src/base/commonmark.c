#include "base/commonmark.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

#include "base/html.h"

str commonmark_id(str heading, struct arena *a)
{
	char *p = arena_new(a, char, heading.n + 1);
	size_t n = 0;
	if (!p)
		return (str){0};
	for (size_t i = 0; i < heading.n; i++) {
		unsigned char c = (unsigned char)heading.p[i];
		bool keep = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c >= 0x80;
		if (c >= 'A' && c <= 'Z')
			p[n++] = (char)(c + ('a' - 'A'));
		else if (c == ' ')
			p[n++] = '-';
		else if (keep)
			p[n++] = (char)c;
	}
	return (str){p, n};
}

/* The words of a heading, without marks. */
static void words(cmark_node *heading, struct buf *out)
{
	cmark_iter *walk = cmark_iter_new(heading);
	while (walk && cmark_iter_next(walk) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(walk);
		cmark_node_type type = cmark_node_get_type(node);
		if (cmark_iter_get_event_type(walk) == CMARK_EVENT_ENTER &&
		    (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE))
			buf_add(out, str_from(cmark_node_get_literal(node)));
	}
	cmark_iter_free(walk);
}

static bool add_anchor(cmark_node *heading, struct arena *a)
{
	struct buf text = BUF(4096), tag = BUF(8192);
	cmark_node *anchor = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
	words(heading, &text);
	html_raw(&tag, "<span id=\"");
	html_text(&tag, commonmark_id(buf_str(&text), a));
	html_raw(&tag, "\"></span>");
	buf_char(&tag, 0);
	bool good = anchor && tag.status == OK && text.status == OK && cmark_node_set_on_enter(anchor, tag.p) &&
		    cmark_node_prepend_child(heading, anchor);
	if (!good && anchor)
		cmark_node_free(anchor);
	buf_release(&text);
	buf_release(&tag);
	return good;
}

static bool change_link(cmark_node *node, const struct commonmark *how, struct arena *a)
{
	if (!how->link)
		return true;
	const char *to = str_z(a, how->link(how->ctx, str_from(cmark_node_get_url(node)), a));
	return to && cmark_node_set_url(node, to);
}

/* Marks headings, turns links; pictures are listed, to be taken out after the walk. */
static bool prepare(cmark_node *document, const struct commonmark *how, struct arena *a, cmark_node **pictures,
		    size_t *n, size_t cap)
{
	bool good = true;
	cmark_iter *walk = cmark_iter_new(document);
	while (walk && good && cmark_iter_next(walk) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(walk);
		cmark_node_type type = cmark_node_get_type(node);
		if (cmark_iter_get_event_type(walk) != CMARK_EVENT_EXIT && type != CMARK_NODE_IMAGE)
			continue;
		if (type == CMARK_NODE_IMAGE && !how->pictures && *n < cap &&
		    cmark_iter_get_event_type(walk) == CMARK_EVENT_EXIT)
			pictures[(*n)++] = node;
		else if (type == CMARK_NODE_HEADING)
			good = add_anchor(node, a);
		else if (type == CMARK_NODE_LINK)
			good = change_link(node, how, a);
	}
	cmark_iter_free(walk);
	return good && walk;
}

/* What is wider than the page scrolls, and can have the focus so that it does by keyboard too. A heading of a table
 * that says nothing is no heading. */
static void add_html(struct buf *out, str html)
{
	static const struct {
		str from, to;
	} turns[] = {{S("<pre>"), S("<pre tabindex=\"0\">")},
		     {S("<table>"), S("<table tabindex=\"0\">")},
		     {S("<th></th>"), S("<td></td>")}};
	while (html.n) {
		size_t i = 0, n = sizeof turns / sizeof turns[0];
		while (i < n && !str_starts(html, turns[i].from))
			i++;
		buf_add(out, i < n ? turns[i].to : str_slice(html, 0, 1));
		html = str_slice(html, i < n ? turns[i].from.n : 1, html.n);
	}
}

enum { PICTURES = 64 };

static bool render(cmark_node *document, cmark_parser *parser, const struct commonmark *how, struct arena *a,
		   struct buf *out)
{
	cmark_node *pictures[PICTURES];
	size_t n = 0;
	if (!prepare(document, how, a, pictures, &n, PICTURES))
		return false;
	for (size_t i = 0; i < n; i++)
		cmark_node_free(pictures[i]);
	char *html = cmark_render_html(document, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser));
	if (html)
		add_html(out, str_from(html));
	free(html);
	return html != NULL;
}

enum status commonmark_html(str text, const struct commonmark *how, struct arena *a, struct buf *out, struct err *err)
{
	cmark_gfm_core_extensions_ensure_registered();
	cmark_syntax_extension *table = cmark_find_syntax_extension("table");
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
	if (parser && table)
		(void)cmark_parser_attach_syntax_extension(parser, table);
	if (parser)
		cmark_parser_feed(parser, text.p ? text.p : "", text.n);
	cmark_node *document = parser ? cmark_parser_finish(parser) : NULL;
	bool good = document && render(document, parser, how, a, out);
	if (document)
		cmark_node_free(document);
	if (parser)
		cmark_parser_free(parser);
	return good ? out->status : err_set(err, E_NO_MEMORY, "the text cannot be laid out");
}
