/**
 * Output for people and machines: everything a command shows goes through one struct out.
 *
 * Text from outside (names, titles, reasons) is cleaned on the way: control characters, escape sequences, marks that
 * change the direction of text and bytes that are not UTF-8 become U+FFFD, so no name can act on a terminal. Widths are
 * columns of a terminal: wide (CJK) characters count 2, combining ones 0. No line is longer than `width`.
 */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/measure.h"
#include "core/score.h"
#include "export/export.h"

enum { OUT_WIDTH_MIN = 40, OUT_WIDTH_MAX = 200, OUT_WIDTH_TERMINAL = 80, OUT_WIDTH_PIPE = 100 };

struct out {
	struct buf text; /* not yet written */
	FILE *to;        /* NULL: nothing is written, `text` keeps it all */
	int width;
	bool terminal, colour;
	int failed; /* errno of the first write that failed; 0 = none */
};

enum out_style {
	OUT_PLAIN,
	OUT_BOLD,
	OUT_DIM,
	OUT_MET,
	OUT_OPEN,
	OUT_NOT_MET,
	OUT_LEVEL_1,
	OUT_LEVEL_2,
	OUT_LEVEL_3,
	OUT_LEVEL_4,
	OUT_LEVEL_5,
	OUT_STYLES
};

/* For a stream: asks whether it is a terminal, how wide, and whether colours are wanted. */
struct out out_open(FILE *to);
/* Writes when much is waiting; for loops over rows. */
void out_drain(struct out *o);
/* Writes all that waits. false when this or an earlier write failed. */
bool out_flush(struct out *o);
void out_release(struct out *o);
/* For what is written as JSON. */
struct export out_export(struct out *o);

/* A literal, as it is. */
#define out_raw(o, lit) buf_add(&(o)->text, S(lit))
/* Text from anywhere, cleaned. */
void out_text(struct out *o, str text);
/* The same into any buffer. */
void out_clean(struct buf *b, str text);
/* Columns of the cleaned text. */
int out_width(str text);
/* Columns of one code point: 0, 1 or 2. */
int out_code_width(uint32_t code);
/* Cleaned, cut with … to at most `columns`. Returns the columns used. */
int out_cut(struct out *o, str text, int columns);
/* Cut and filled with spaces to exactly `columns`. */
void out_left(struct out *o, str text, int columns);
void out_right(struct out *o, str text, int columns);
void out_spaces(struct out *o, int n);
void out_line(struct out *o); /* ends the line */
void out_style(struct out *o, enum out_style style);
void out_styled(struct out *o, enum out_style style, str text);
/**
 * A paragraph: words wrapped at the width, every line indented by `indent`; `hang` more from the second line on. `at`
 * is the column where the first line stands already (then it is not indented). Ends the line. A word longer than a line
 * is cut into pieces. An empty line in the text starts a new paragraph.
 */
struct out_paragraph {
	int indent, hang, at;
	enum out_style style;
};
void out_wrap(struct out *o, str text, struct out_paragraph how);
/* A heading line, bold. */
void out_heading(struct out *o, str text);
/* "name   text": a line of facts; the name in a column of `columns`, the text wrapped behind it. */
void out_fact(struct out *o, const char *name, int columns, str text);

/* ---- tables ---- */

struct out_column {
	str head;
	bool right;
	int shrink; /* it may be cut to this many columns when the line is full; 0 = never */
	int drop;   /* 0 = never left out; the greatest goes first when cutting is not enough */
};

struct out_cell {
	str text;
	enum out_style style;
	int columns; /* > 0: the text is made by this program, of so many columns, and goes out as it is */
	int span;    /* in the first cell, > 0: no columns but one wrapped text, indented by span - 1; the second cell's
			text follows it */
};

enum { OUT_COLUMNS_MAX = 12 };

struct out_table {
	struct out *out;
	struct arena *arena;
	int indent;
	int n_columns;
	const struct out_column *columns;
	struct out_cell *cells; /* n_rows * n_columns; the texts are borrowed */
	size_t n_rows, cap;
	bool full; /* the arena was */
};

struct out_table out_table(struct out *o, struct arena *a, const struct out_column *columns, int n);
void out_table_row(struct out_table *t, const struct out_cell *cells);
/* Writes the table; a column without any text is left out. */
MUST_USE enum status out_table_end(struct out_table *t, struct err *err);

/* ---- numbers, times, bars ---- */

/* Printed into the arena; an empty str when it is full. */
str out_print(struct arena *a, const char *format, ...) PRINTF(2, 3);
/* 2412 -> "2.41": cut and not rounded, so 2.999 never shows as 3.00. */
str out_index(struct arena *a, int32_t thousandths);
/* 871 -> "87.1 %", 900 -> "90 %", 1000 -> "100 %". */
str out_percent(struct arena *a, int64_t thousandths);
/* "1 file", "3 files". */
str out_plural(struct arena *a, int64_t n, const char *one, const char *many);
/* "1 Nov 2026", with " 06:30 UTC" when it is not midnight; seconds only when there are some. */
str out_time(struct arena *a, int64_t ms);
/* "3 d", "5 h", "20 min": how long, cut. */
str out_span(struct arena *a, int64_t ms);
/* "2 Repeatable". */
str out_level(struct arena *a, const struct model *m, int level);
enum out_style out_level_style(int level);
enum out_style out_verdict_style(enum score_verdict verdict);
/* "met", "open", "not met", "not applicable". */
str out_verdict(enum score_verdict verdict);
/* Five cells of `cell` columns: evidenced █, on people's word ▒, possible ░, out of reach ·; blank above the ceiling.
 */
struct out_cell out_level_bar(struct out *o, struct arena *a, const struct score_category *c, int cell);
/* yes █, unknown ▒, no ─ and the threshold |: it stands in yes exactly when the verdict is met. */
struct out_cell out_tally_bar(struct out *o, struct arena *a, struct measure_tally t, int32_t threshold, int columns);

#endif
