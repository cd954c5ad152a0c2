#include "report/prose.h"

#include <assert.h>

#include "base/embed.h"
#include "base/html.h"

/* Text up to the mark, as the element; false when the mark does not come again. */
static bool put_marked(struct buf *b, str *text, str mark, const char *element)
{
	str rest = str_slice(*text, mark.n, text->n);
	ptrdiff_t end = str_find(rest, mark);
	if (!str_starts(*text, mark) || end <= 0)
		return false;
	buf_printf(b, "<%s>", element);
	html_text(b, str_slice(rest, 0, (size_t)end));
	buf_printf(b, "</%s>", element);
	*text = str_slice(rest, (size_t)end + mark.n, rest.n);
	return true;
}

static void put_inline(struct buf *b, str text)
{
	while (text.n) {
		if (put_marked(b, &text, S("**"), "strong") || put_marked(b, &text, S("*"), "em") ||
		    put_marked(b, &text, S("`"), "code"))
			continue;
		size_t n = 1;
		while (n < text.n && text.p[n] != '*' && text.p[n] != '`')
			n++;
		html_text(b, str_slice(text, 0, n));
		text = str_slice(text, n, text.n);
	}
}

static void put_row(struct buf *b, str line, bool head)
{
	str cell;
	line = str_trim(line);
	line = str_slice(line, 1, line.n - 1);
	html_raw(b, "<tr>");
	for (bool more = true, first = true; more; first = false) {
		more = str_cut(line, '|', &cell, &line);
		cell = str_trim(cell);
		if (head)
			buf_add(b, cell.n ? S("<th scope=\"col\">") : S("<td>"));
		else
			buf_add(b, first ? S("<th scope=\"row\">") : S("<td>"));
		put_inline(b, cell);
		buf_add(b, (head && cell.n) || (!head && first) ? S("</th>") : S("</td>"));
	}
	html_raw(b, "</tr>\n");
}

static str line_next(str *rest)
{
	str line;
	(void)str_cut(*rest, '\n', &line, rest);
	return line;
}

static void put_table(struct buf *b, str *rest)
{
	html_raw(b, "<div class=\"scroll\"><table class=\"plain\">\n<thead>");
	put_row(b, line_next(rest), true);
	html_raw(b, "</thead>\n<tbody>\n");
	(void)line_next(rest); /* |---| */
	while (str_starts(*rest, S("|")))
		put_row(b, line_next(rest), false);
	html_raw(b, "</tbody></table></div>\n");
}

/* Lines up to an empty one, or one that starts something else. */
static str block_next(str *rest)
{
	str start = *rest;
	size_t n = 0;
	do
		n += line_next(rest).n + 1;
	while (rest->n && !str_starts(*rest, S("\n")) && !str_starts(*rest, S("- ")));
	return str_slice(start, 0, n);
}

static void put_list(struct buf *b, str *rest)
{
	html_raw(b, "<ul>\n");
	while (str_starts(*rest, S("- "))) {
		str item = block_next(rest);
		html_raw(b, "<li>");
		put_inline(b, str_trim(str_slice(item, 2, item.n)));
		html_raw(b, "</li>\n");
	}
	html_raw(b, "</ul>\n");
}

void report_prose_html(struct buf *b, str name)
{
	str rest = embed_find(name);
	assert(rest.p);
	while (rest.n) {
		if (rest.p[0] == '\n') {
			(void)line_next(&rest);
		} else if (str_starts(rest, S("### "))) {
			str line = line_next(&rest);
			html_raw(b, "<h3>");
			put_inline(b, str_slice(line, 4, line.n));
			html_raw(b, "</h3>\n");
		} else if (rest.p[0] == '|') {
			put_table(b, &rest);
		} else if (str_starts(rest, S("- "))) {
			put_list(b, &rest);
		} else {
			html_raw(b, "<p>");
			put_inline(b, str_trim(block_next(&rest)));
			html_raw(b, "</p>\n");
		}
	}
}

void report_prose_markdown(struct buf *b, str name)
{
	str text = embed_find(name);
	assert(text.p);
	buf_add(b, text);
}
