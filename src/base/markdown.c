#include "base/markdown.h"

#include <string.h>

#include "base/link.h"
#include "base/plain.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What would begin a heading, a list, a rule or an underline at the start of a line: how many bytes come before the
   character to escape; -1 when there is none. */
static ptrdiff_t start_of_block(str text)
{
	size_t digits = 0;
	if (text.n && memchr("#+-=", text.p[0], 4))
		return 0;
	while (digits < text.n && is_digit(text.p[digits]))
		digits++;
	bool numbered = digits && digits < text.n && (text.p[digits] == '.' || text.p[digits] == ')');
	bool alone = numbered && (digits + 1 == text.n || plain_is_blank(str_slice(text, digits + 1, digits + 2)));
	return alone ? (ptrdiff_t)digits : -1;
}

/* "://" and "www." would become links by themselves. */
static bool starts_link(str before, str c, str rest)
{
	if (c.p[0] == ':')
		return str_starts(rest, S("//"));
	return c.p[0] == '.' && before.n >= 3 && str_eq_fold(str_slice(before, before.n - 3, before.n), S("www"));
}

static bool is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Does this character mean something where it stands? An underscore inside a word and an ampersand alone do not. */
static bool is_special(str before, str c, str rest)
{
	if (c.p[0] == '_')
		return !before.n || !is_alnum(before.p[before.n - 1]) || !rest.n || !is_alnum(rest.p[0]);
	if (c.p[0] == '&')
		return rest.n && (is_alnum(rest.p[0]) || rest.p[0] == '#');
	return memchr("\\`*[]<>|~$", c.p[0], 10) || starts_link(before, c, rest);
}

void markdown_text(struct buf *b, str text)
{
	text = str_trim(text);
	ptrdiff_t block = start_of_block(text);
	const char *start = text.p;
	bool blank = false;
	while (text.n) {
		const char *at = text.p;
		str c = plain_next(&text);
		if (plain_is_blank(c)) {
			blank = true;
			continue;
		}
		if (blank)
			buf_char(b, ' ');
		blank = false;
		str before = {start, (size_t)(at - start)};
		if (is_special(before, c, text) || at - start == block)
			buf_char(b, '\\');
		buf_add(b, c);
	}
}

void markdown_text_linked(struct buf *b, str text)
{
	str before, url;
	text = str_trim(text);
	for (bool more = true, first = true; more && text.n; first = false) {
		more = link_next(&text, &before, &url);
		if (!first && before.n && plain_is_blank(str_slice(before, 0, 1)))
			buf_char(b, ' ');
		markdown_text(b, before);
		if (!more)
			break;
		if (str_trim(before).n && plain_is_blank(str_slice(before, before.n - 1, before.n)))
			buf_char(b, ' ');
		buf_char(b, '<');
		buf_add(b, url);
		buf_char(b, '>');
	}
}

static size_t longest_run(str text, char c)
{
	size_t longest = 0, run = 0;
	for (size_t i = 0; i < text.n; i++) {
		run = text.p[i] == c ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

void markdown_code(struct buf *b, str text, const char *language)
{
	size_t fence = longest_run(text, '`') + 1;
	fence = fence < 3 ? 3 : fence;
	for (size_t i = 0; i < fence; i++)
		buf_char(b, '`');
	buf_printf(b, "%s\n", language);
	bool ended = true;
	while (text.n) {
		str c = plain_next(&text);
		ended = c.p[0] == '\n';
		buf_add(b, c);
	}
	if (!ended)
		buf_char(b, '\n');
	for (size_t i = 0; i < fence; i++)
		buf_char(b, '`');
	buf_char(b, '\n');
}
