#include "base/html.h"

#include <assert.h>

#include "base/embed.h"
#include "base/link.h"
#include "base/plain.h"

static str escape_of(char c)
{
	switch (c) {
	case '&':
		return S("&amp;");
	case '<':
		return S("&lt;");
	case '>':
		return S("&gt;");
	case '"':
		return S("&quot;");
	case '\'':
		return S("&#39;");
	default:
		return (str){NULL, 0};
	}
}

void html_text(struct buf *b, str text)
{
	while (text.n) {
		str c = plain_next(&text);
		str escape = escape_of(c.p[0]);
		buf_add(b, escape.n ? escape : c);
	}
}

void html_int(struct buf *b, int64_t v)
{
	buf_i64(b, v);
}

/* The text up to the next empty line; what follows stays in *rest. */
static str paragraph_next(str *rest)
{
	str text = *rest;
	for (size_t i = 0; i < text.n; i++) {
		size_t end = i;
		if (text.p[i] != '\n')
			continue;
		do
			end++;
		while (end < text.n && (text.p[end] == ' ' || text.p[end] == '\t' || text.p[end] == '\r'));
		if (end < text.n && text.p[end] == '\n') {
			*rest = str_slice(text, end + 1, text.n);
			return str_trim(str_slice(text, 0, i));
		}
	}
	*rest = (str){NULL, 0};
	return str_trim(text);
}

void html_paragraphs(struct buf *b, str text)
{
	while (text.n) {
		str one = paragraph_next(&text);
		if (!one.n)
			continue;
		html_raw(b, "<p>");
		html_text(b, one);
		html_raw(b, "</p>\n");
	}
}

void html_paragraphs_linked(struct buf *b, str text)
{
	str before, url;
	while (text.n) {
		str one = paragraph_next(&text);
		if (!one.n)
			continue;
		html_raw(b, "<p>");
		for (bool more = true; more && one.n;) {
			more = link_next(&one, &before, &url);
			html_text(b, before);
			if (!more)
				break;
			html_raw(b, "<a href=\"");
			html_text(b, url);
			html_raw(b, "\" rel=\"noreferrer\">");
			html_text(b, url);
			html_raw(b, "</a>");
		}
		html_raw(b, "</p>\n");
	}
}

void html_file(struct buf *b, str name)
{
	str bytes = embed_find(name);
	assert(bytes.p);
	buf_add(b, bytes);
}
