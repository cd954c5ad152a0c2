#include "base/json_scan.h"

#include <ctype.h>
#include <string.h>

_Static_assert(JSON_SCAN_WINDOW <= LIMIT_VALUE_BYTES, "a text inside the window needs no other limit");

enum { PLAIN = 1, NUMBER = 2 };

/* PLAIN bytes stand for themselves inside quotes, NUMBER bytes may occur in a number. */
static const unsigned char class_of[256] = {
    [' '] = PLAIN,          ['!'] = PLAIN,          ['#' ... '*'] = PLAIN,
    ['+'] = PLAIN | NUMBER, [','] = PLAIN,          ['-'] = PLAIN | NUMBER,
    ['.'] = PLAIN | NUMBER, ['/'] = PLAIN,          ['0' ... '9'] = PLAIN | NUMBER,
    [':' ... 'D'] = PLAIN,  ['E'] = PLAIN | NUMBER, ['F' ... '['] = PLAIN,
    [']' ... 'd'] = PLAIN,  ['e'] = PLAIN | NUMBER, ['f' ... 0x7F] = PLAIN,
};

/* The bytes after a backslash, but u. */
static const char escape_of[256] = {
    ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',
};

static void place(struct json_state *s, int64_t at)
{
	err_at(&s->fault, s->from->name, s->line, at - s->line_at + 1);
}

static bool fill(struct json_state *s)
{
	if (s->ended)
		return false;
	size_t left = (size_t)(s->end - s->p);
	size_t n = 0;
	s->window_at = json_scan_offset(s);
	memmove(s->window, s->p, left);
	s->p = s->window;
	if (source_read(s->from, (char *)s->window + left, JSON_SCAN_WINDOW - left, &n, &s->fault) != OK)
		place(s, s->window_at + (int64_t)left);
	s->end = s->window + left + n;
	*s->end = '\0';
	s->ended = n == 0;
	return n > 0;
}

bool json_scan_have(struct json_state *s, size_t k)
{
	while ((size_t)(s->end - s->p) < k)
		if (!fill(s))
			return false;
	return true;
}

/* ---- errors: the first one stays in the state and is given to each later call ---- */

static void describe_end(struct json_state *s)
{
	if (s->depth == 0) {
		err_detail(&s->fault, "found the end of the file");
		return;
	}
	const struct json_scan_open *open = &s->opened[s->depth - 1];
	err_detail(&s->fault, "found the end of the file; the %s of line %lld, column %lld is still open",
		   open->object ? "object" : "array", (long long)open->line, (long long)open->column);
}

static void describe_word(struct json_state *s, int c)
{
	char word[16];
	int n = 0;
	while (n < 15 && json_scan_have(s, (size_t)n + 1) && isalnum(s->p[n])) {
		word[n] = (char)s->p[n];
		n++;
	}
	if (n > 1)
		err_detail(&s->fault, "found %.*s", n, word);
	else if (c > ' ' && c < 0x7F)
		err_detail(&s->fault, "found %c", c);
	else
		err_detail(&s->fault, c == ' ' ? "found a space" : "found byte 0x%02X", c);
}

bool json_scan_expected(struct json_state *s, const char *what)
{
	bool end = !json_scan_have(s, 1);
	if (s->fault.status != OK)
		return false;
	int64_t at = json_scan_offset(s);
	err_set(&s->fault, E_INVALID, "%s expected", what);
	if (end)
		describe_end(s);
	else if (*s->p == '\n')
		err_detail(&s->fault, "found the end of the line");
	else
		describe_word(s, *s->p);
	place(s, at);
	return false;
}

bool json_scan_refuse(struct json_state *s, int64_t at, const char *message, int byte, const char *hint)
{
	if (s->fault.status != OK)
		return false;
	err_set(&s->fault, E_INVALID, "%s", message);
	if (byte != JSON_SCAN_END)
		err_detail(&s->fault, "found byte 0x%02X", (unsigned)byte);
	err_hint(&s->fault, "%s", hint);
	place(s, at);
	return false;
}

bool json_scan_too_large(struct json_state *s, const char *more_than, long long limit, const char *unit)
{
	err_set(&s->fault, E_TOO_LARGE, "%s %lld %s", more_than, limit, unit);
	place(s, s->token_at);
	return false;
}

const char *json_scan_follows(const struct json_state *s)
{
	if (s->depth)
		return s->opened[s->depth - 1].object ? "a comma or }" : "a comma or ]";
	return s->lines ? "a line break" : "the end of the file";
}

/* ---- tokens ---- */

int json_scan_space(struct json_state *s)
{
	bool one_line = s->lines && s->want != AT_VALUE;
	for (;;) {
		while (*s->p == ' ' || *s->p == '\t' || *s->p == '\r')
			s->p++;
		if (*s->p == '\n' && !one_line) {
			s->p++;
			s->line++;
			s->line_at = json_scan_offset(s);
		} else if (s->p < s->end || !json_scan_have(s, 1)) {
			s->token_at = json_scan_offset(s);
			return s->p < s->end ? *s->p : JSON_SCAN_END;
		}
	}
}

/* Adds n bytes to the text that is being put together. */
static bool keep(struct json_state *s, const void *p, size_t n)
{
	if (n == 0)
		return true;
	if (n > LIMIT_VALUE_BYTES - s->text_n)
		return json_scan_too_large(s, "a text of more than", (long long)LIMIT_VALUE_BYTES, "bytes");
	if (s->text_n + n > s->text_cap) {
		char *grown = arena_grow(s->arena, s->text, s->text_cap, s->text_n + n, 1, &s->text_cap);
		if (!grown && err_full(&s->fault) != OK) {
			place(s, s->token_at);
			return false;
		}
		s->text = grown;
	}
	memcpy(s->text + s->text_n, p, n);
	s->text_n += n;
	return true;
}

/* true when the eight bytes at p are ASCII and none of them is a control, a quote or a backslash. */
static bool eight_plain(const unsigned char *p)
{
	const uint64_t ones = 0x0101010101010101, tops = ones << 7;
	uint64_t w;
	memcpy(&w, p, sizeof w);
	uint64_t quote = w ^ (ones * '"');
	uint64_t slash = w ^ (ones * '\\');
	/* Below 0x80 a subtraction reaches the top bit only where the byte was smaller. */
	return ((w | (w - ones * ' ') | (quote - ones) | (slash - ones)) & tops) == 0;
}

static size_t utf8_want(unsigned char lead)
{
	return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}

/* How many bytes from p on, inside the window, stand for themselves. */
static size_t plain_run(const struct json_state *s)
{
	const unsigned char *p = s->p;
	for (;;) {
		while (eight_plain(p))
			p += JSON_SCAN_WORD;
		while (class_of[*p] & PLAIN)
			p++;
		size_t n = utf8_want(*p);
		if (*p < 0x80 || (size_t)(s->end - p) < n || !str_is_utf8((str){(const char *)p, n}))
			return (size_t)(p - s->p);
		p += n;
	}
}

static bool hex4(struct json_state *s, uint32_t *out)
{
	uint32_t v = 0;
	for (int i = 0; i < 4; i++, s->p++) {
		if (!json_scan_have(s, 1) || !isxdigit(*s->p))
			return json_scan_expected(s, "a hexadecimal digit");
		v = v << 4 | (uint32_t)(*s->p <= '9' ? *s->p - '0' : (*s->p | 0x20) - 'a' + 10);
	}
	*out = v;
	return true;
}

static bool keep_utf8(struct json_state *s, uint32_t c)
{
	char b[4];
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		b[i] = (char)(0x80 | (c & 0x3F));
	static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
	b[0] = (char)(lead[n] | c);
	return keep(s, b, n);
}

/* \uXXXX, or a pair of them for a character above U+FFFF. */
static bool unicode_escape(struct json_state *s)
{
	static const char hint[] =
	    "a character above U+FFFF is written as a pair, \\ud800-\\udbff then \\udc00-\\udfff";
	int64_t at = json_scan_offset(s);
	uint32_t c, low;
	s->p += 2;
	if (!hex4(s, &c))
		return false;
	if (c < 0xD800 || c > 0xDFFF)
		return keep_utf8(s, c);
	if (c >= 0xDC00)
		return json_scan_refuse(s, at, "the second half of a surrogate pair stands alone", JSON_SCAN_END, hint);
	if (!json_scan_have(s, 2) || s->p[0] != '\\' || s->p[1] != 'u')
		return json_scan_refuse(s, at, "the first half of a surrogate pair stands alone", JSON_SCAN_END, hint);
	s->p += 2;
	if (!hex4(s, &low))
		return false;
	if (low < 0xDC00 || low > 0xDFFF)
		return json_scan_refuse(s, at, "the first half of a surrogate pair stands alone", JSON_SCAN_END, hint);
	return keep_utf8(s, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
}

static bool escape(struct json_state *s)
{
	unsigned char c = json_scan_have(s, 2) ? s->p[1] : 0;
	if (c == 'u')
		return unicode_escape(s);
	s->p++;
	if (!escape_of[c])
		return json_scan_expected(s, "one of \" \\ / b f n r t u after a backslash");
	s->p++;
	return keep(s, &escape_of[c], 1);
}

static bool open_text(struct json_state *s, const char *found)
{
	json_scan_expected(s, "a closing quote");
	if (s->fault.status != E_INVALID)
		return false;
	err_detail(&s->fault, "found %s; the text of line %lld, column %lld is still open", found, (long long)s->line,
		   (long long)(s->token_at - s->line_at + 1));
	err_hint(&s->fault, "a line break inside a text is written \\n");
	return false;
}

/* Stands where plain_run ended, not on a quote or backslash: goes on at the window's border, else refuses. */
static bool border(struct json_state *s)
{
	if (s->p == s->end)
		return json_scan_have(s, 1) || open_text(s, "the end of the file");
	int64_t at = json_scan_offset(s);
	unsigned char c = *s->p;
	if (c == '\n')
		return open_text(s, "the end of the line");
	if (c < ' ')
		return json_scan_refuse(s, at, "a control byte inside a text", c,
					"write it as an escape, such as \\u001b");
	size_t n = utf8_want(c);
	if (json_scan_have(s, n) && str_is_utf8((str){(const char *)s->p, n}))
		return true;
	return json_scan_refuse(s, at, "UTF-8 expected", c, "save the file as UTF-8");
}

bool json_scan_text(struct json_state *s, str *out)
{
	s->text_n = 0;
	s->p++;
	for (;;) {
		size_t n = plain_run(s);
		if (s->p[n] == '"' && s->text_n == 0) {
			*out = (str){(const char *)s->p, n};
			s->p += n + 1;
			return true;
		}
		if (!keep(s, s->p, n))
			return false;
		s->p += n;
		if (*s->p == '"') {
			s->p++;
			*out = (str){s->text, s->text_n};
			return true;
		}
		if (!(*s->p == '\\' ? escape(s) : border(s)))
			return false;
	}
}

static bool is_digit(str t, size_t i)
{
	return i < t.n && t.p[i] >= '0' && t.p[i] <= '9';
}

static bool is_one_of(str t, size_t i, char a, char b)
{
	return i < t.n && (t.p[i] == a || t.p[i] == b);
}

/* Follows digits from *i on; false when there is none. */
static bool digits(str t, size_t *i)
{
	size_t from = *i;
	while (is_digit(t, *i))
		++*i;
	return *i > from;
}

/* How much of t the grammar of numbers takes; *whole when it may end there. */
static size_t number_length(str t, bool *whole)
{
	size_t i = is_one_of(t, 0, '-', '-');
	*whole = false;
	if (is_one_of(t, i, '0', '0'))
		i++;
	else if (!digits(t, &i))
		return i;
	if (is_one_of(t, i, '.', '.') && (i++, !digits(t, &i)))
		return i;
	if (is_one_of(t, i, 'e', 'E')) {
		i++;
		i += is_one_of(t, i, '+', '-');
		if (!digits(t, &i))
			return i;
	}
	*whole = true;
	return i;
}

/* All bytes that may belong to a number; the grammar comes after. */
static bool number_bytes(struct json_state *s, str *out)
{
	s->text_n = 0;
	for (;;) {
		size_t n = 0;
		while (class_of[s->p[n]] & NUMBER)
			n++;
		if (s->text_n == 0 && s->p + n < s->end) {
			*out = (str){(const char *)s->p, n};
			s->p += n;
			return true;
		}
		if (!keep(s, s->p, n))
			return false;
		s->p += n;
		if (s->p < s->end || !json_scan_have(s, 1)) {
			*out = (str){s->text, s->text_n};
			return true;
		}
	}
}

bool json_scan_number(struct json_state *s, str *out)
{
	bool whole;
	if (!number_bytes(s, out))
		return false;
	size_t n = number_length(*out, &whole);
	if (whole && n == out->n)
		return true;
	if (n == out->n)
		return json_scan_expected(s, "a digit");
	err_set(&s->fault, E_INVALID, "%s expected", whole ? json_scan_follows(s) : "a digit");
	err_detail(&s->fault, "found %c", out->p[n]);
	if (whole && out->p[n - 1] == '0' && is_digit(*out, n))
		err_hint(&s->fault, "a number does not start with 0");
	place(s, s->token_at + (int64_t)n);
	return false;
}
