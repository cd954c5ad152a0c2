#include "cli/out.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* What may wait in memory before it is written; a listing of a million units is longer than that. */
#define DRAIN_BYTES ((size_t)64 << 10)
#define REPLACEMENT "\xEF\xBF\xBD"

static const str codes[OUT_STYLES] = {
    [OUT_PLAIN] = S("\x1b[0m"),    [OUT_BOLD] = S("\x1b[1m"),     [OUT_DIM] = S("\x1b[2m"),
    [OUT_MET] = S("\x1b[32m"),     [OUT_OPEN] = S("\x1b[33m"),    [OUT_NOT_MET] = S("\x1b[31m"),
    [OUT_LEVEL_1] = S("\x1b[33m"), [OUT_LEVEL_2] = S("\x1b[32m"), [OUT_LEVEL_3] = S("\x1b[36m"),
    [OUT_LEVEL_4] = S("\x1b[94m"), [OUT_LEVEL_5] = S("\x1b[95m"),
};

/* ---- the stream ---- */

/* What the terminal says; else what COLUMNS says; else `usual`. */
static int width_of(int fd, bool terminal, int usual)
{
	struct winsize size = {0};
	int64_t columns = 0;
	if (terminal && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		columns = size.ws_col;
	else if (!str_to_i64(str_from(getenv("COLUMNS")), &columns) || columns <= 0)
		columns = usual;
	return columns < OUT_WIDTH_MIN ? OUT_WIDTH_MIN : columns > OUT_WIDTH_MAX ? OUT_WIDTH_MAX : (int)columns;
}

struct out out_open(FILE *to)
{
	const char *plain = getenv("NO_COLOR"), *term = getenv("TERM");
	bool terminal = isatty(fileno(to)) == 1;
	bool dumb = !term || !*term || strcmp(term, "dumb") == 0;
	return (struct out){
	    .text = BUF(SIZE_MAX / 4),
	    .to = to,
	    .width = width_of(fileno(to), terminal, terminal ? OUT_WIDTH_TERMINAL : OUT_WIDTH_PIPE),
	    .terminal = terminal && !dumb,
	    .colour = terminal && !dumb && !(plain && *plain),
	};
}

static void write_waiting(struct out *o)
{
	if (!o->to)
		return;
	errno = 0;
	if (!o->failed && o->text.n && fwrite(o->text.p, 1, o->text.n, o->to) != o->text.n)
		o->failed = errno ? errno : EIO;
	buf_clear(&o->text);
}

void out_drain(struct out *o)
{
	if (o->text.status == OK && o->text.n >= DRAIN_BYTES)
		write_waiting(o);
}

static void drain(void *ctx)
{
	out_drain(ctx);
}

struct export out_export(struct out *o)
{
	return (struct export){&o->text, drain, o};
}

bool out_flush(struct out *o)
{
	if (o->text.status != OK && !o->failed)
		o->failed = ENOMEM;
	write_waiting(o);
	errno = 0;
	if (o->to && fflush(o->to) != 0 && !o->failed)
		o->failed = errno ? errno : EIO;
	return o->failed == 0;
}

void out_release(struct out *o)
{
	buf_release(&o->text);
}

/* ---- text ---- */

struct glyph {
	str bytes; /* what to write for it */
	int columns;
};

static uint32_t decode(const unsigned char *p, size_t n)
{
	static const unsigned char first[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	uint32_t code = p[0] & first[n];
	for (size_t i = 1; i < n; i++)
		code = code << 6 | (p[i] & 0x3F);
	return code;
}

/* Things that act on a terminal or on the reading direction, or that hide text, and are never part of a name. */
static bool is_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F) || c == 0xFEFF ||
	       (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

/* The next character of *rest; white space of every kind is a space. */
static bool next_glyph(str *rest, struct glyph *g)
{
	if (rest->n == 0)
		return false;
	const unsigned char *p = (const unsigned char *)rest->p;
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	bool valid = n <= rest->n && str_utf8_prefix(str_slice(*rest, 0, n)) == n;
	if (!valid)
		n = 1;
	uint32_t code = valid ? decode(p, n) : 0;
	if (code == '\t' || code == '\n' || code == '\r')
		*g = (struct glyph){S(" "), 1};
	else if (!valid || is_unsafe(code))
		*g = (struct glyph){S(REPLACEMENT), 1};
	else
		*g = (struct glyph){str_slice(*rest, 0, n), out_code_width(code)};
	*rest = str_slice(*rest, n, rest->n);
	return true;
}

void out_clean(struct buf *b, str text)
{
	struct glyph g;
	while (next_glyph(&text, &g))
		buf_add(b, g.bytes);
}

void out_text(struct out *o, str text)
{
	out_clean(&o->text, text);
}

int out_width(str text)
{
	struct glyph g;
	int64_t columns = 0;
	while (next_glyph(&text, &g))
		columns += g.columns;
	return columns < INT32_MAX / 2 ? (int)columns : INT32_MAX / 2;
}

int out_cut(struct out *o, str text, int columns)
{
	struct glyph g;
	if (columns <= 0)
		return 0;
	bool cut = out_width(text) > columns;
	int room = columns - (cut ? 1 : 0), used = 0;
	while (next_glyph(&text, &g) && used + g.columns <= room) {
		buf_add(&o->text, g.bytes);
		used += g.columns;
	}
	if (cut) {
		out_raw(o, "…");
		used++;
	}
	return used;
}

void out_spaces(struct out *o, int n)
{
	for (; n > 0; n--)
		buf_char(&o->text, ' ');
}

void out_left(struct out *o, str text, int columns)
{
	out_spaces(o, columns - out_cut(o, text, columns));
}

void out_right(struct out *o, str text, int columns)
{
	int wide = out_width(text);
	out_spaces(o, columns - wide);
	(void)out_cut(o, text, columns);
}

void out_line(struct out *o)
{
	while (o->text.n && o->text.p[o->text.n - 1] == ' ')
		o->text.n--;
	buf_char(&o->text, '\n');
	out_drain(o);
}

void out_style(struct out *o, enum out_style style)
{
	if (o->colour)
		buf_add(&o->text, codes[style]);
}

void out_styled(struct out *o, enum out_style style, str text)
{
	if (style != OUT_PLAIN)
		out_style(o, style);
	out_text(o, text);
	if (style != OUT_PLAIN)
		out_style(o, OUT_PLAIN);
}

/* ---- paragraphs ---- */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next word of *rest; *paragraph: an empty line stands before it. */
static str next_word(str *rest, bool *paragraph)
{
	size_t i = 0, ends = 0, from;
	for (; i < rest->n && is_space(rest->p[i]); i++)
		ends += rest->p[i] == '\n';
	*paragraph = ends > 1;
	from = i;
	while (i < rest->n && !is_space(rest->p[i]))
		i++;
	str word = str_slice(*rest, from, i);
	*rest = str_slice(*rest, i, rest->n);
	return word;
}

static void open_line(struct out *o, const struct out_paragraph *how, int indent)
{
	out_spaces(o, indent);
	if (how->style != OUT_PLAIN)
		out_style(o, how->style);
}

static void close_line(struct out *o, const struct out_paragraph *how)
{
	if (how->style != OUT_PLAIN)
		out_style(o, OUT_PLAIN);
	out_line(o);
}

void out_wrap(struct out *o, str text, struct out_paragraph how)
{
	bool paragraph, first = true;
	int start = how.at ? how.at : how.indent, at = start, later = how.indent + how.hang;
	open_line(o, &how, how.at ? 0 : how.indent);
	for (str word = next_word(&text, &paragraph); word.n; word = next_word(&text, &paragraph)) {
		int wide = out_width(word);
		bool fresh = at == start;
		if (!first && (paragraph || (!fresh && at + 1 + wide > o->width))) {
			close_line(o, &how);
			if (paragraph)
				out_line(o);
			open_line(o, &how, later);
			at = start = later;
			fresh = true;
		}
		if (!fresh) {
			buf_char(&o->text, ' ');
			at++;
		}
		struct glyph g;
		while (next_glyph(&word, &g)) {
			if (at + g.columns > o->width) {
				close_line(o, &how);
				open_line(o, &how, later);
				at = start = later;
			}
			buf_add(&o->text, g.bytes);
			at += g.columns;
		}
		first = false;
	}
	close_line(o, &how);
}

void out_heading(struct out *o, str text)
{
	out_wrap(o, text, (struct out_paragraph){.style = OUT_BOLD});
}

void out_fact(struct out *o, const char *name, int columns, str text)
{
	out_spaces(o, 2);
	out_style(o, OUT_DIM);
	out_left(o, str_from(name), columns);
	out_style(o, OUT_PLAIN);
	out_spaces(o, 2);
	out_wrap(o, text, (struct out_paragraph){.indent = columns + 4, .at = columns + 4});
}
