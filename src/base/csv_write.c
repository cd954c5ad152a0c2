#include "base/csv.h"

#include <string.h>

/* A number as every spreadsheet reads it: sign, digits, fraction, exponent. */
static bool is_number(str s)
{
	size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0;
	size_t digits = i;
	for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		continue;
	if (i == digits)
		return false;
	if (i < s.n && s.p[i] == '.') {
		digits = ++i;
		for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
			continue;
		if (i == digits)
			return false;
	}
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i += i + 1 < s.n && (s.p[i + 1] == '-' || s.p[i + 1] == '+') ? 2 : 1;
		digits = i;
		for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
			continue;
		if (i == digits)
			return false;
	}
	return i == s.n;
}

/* Would a spreadsheet run it? The wide forms of = + - @ count as the narrow ones in some of them. */
static bool is_formula(str s)
{
	static const str wide[] = {S("\xEF\xBC\x9D"), S("\xEF\xBC\x8B"), S("\xEF\xBC\x8D"), S("\xEF\xBC\xA0")};
	while (str_starts(s, S("\xEF\xBB\xBF")))
		s = str_slice(s, 3, s.n);
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (str_starts(s, wide[i]))
			return true;
	return s.n && memchr("=+-@\t\r\n", s.p[0], 7) && !is_number(s);
}

static bool needs_quotes(str s)
{
	if (s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ' || str_starts(s, S("\xEF\xBB\xBF"))))
		return true;
	for (size_t i = 0; i < s.n; i++)
		if (memchr(",;\t\"\r\n", s.p[i], 6))
			return true;
	return false;
}

/* The text, quotes doubled; what no reader would take (NUL, bytes that are not UTF-8) becomes U+FFFD. */
static void add_text(struct buf *out, str s)
{
	while (s.n) {
		size_t good = str_utf8_prefix(s), n = 0;
		while (n < good && s.p[n] != '"' && s.p[n] != '\0')
			n++;
		buf_add(out, (str){s.p, n});
		if (n < s.n)
			buf_add(out, n < good && s.p[n] == '"' ? S("\"\"") : S("\xEF\xBF\xBD"));
		s = str_slice(s, n + 1, s.n);
	}
}

void csv_cell(struct buf *out, str text)
{
	bool quotes = needs_quotes(text);
	if (quotes)
		buf_char(out, '"');
	if (is_formula(text))
		buf_char(out, '\'');
	add_text(out, text);
	if (quotes)
		buf_char(out, '"');
}

void csv_row(struct buf *out, const str *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_char(out, ',');
		csv_cell(out, cells[i]);
	}
	/* An empty line would be skipped. */
	if (n == 1 && cells[0].n == 0)
		buf_add(out, S("\"\""));
	buf_add(out, S("\r\n"));
}
