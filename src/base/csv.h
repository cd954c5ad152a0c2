/**
 * CSV, read as a stream of records (RFC 4180) and written safely.
 *
 * Reader: a UTF-8 byte order mark is skipped; the separator (`,` `;` or tab) is the one that
 * occurs most often outside quotes in the header line, `,` when there is none; quotes may span lines and are doubled
 * inside; CR LF, LF and CR end records; empty lines are skipped. Text must be UTF-8 without NUL. The
 * first record is the header: names are trimmed; duplicate or empty names are refused. A record with another number of
 * cells than the header is refused (E_INVALID with line and column), as are an open quote at the end and bytes after a
 * closing quote and a quote inside a cell that is not quoted. The first failure stays: it is
 * given again. A record is at most LIMIT_RECORD_BYTES, a cell LIMIT_VALUE_BYTES, a header LIMIT_CSV_COLUMNS.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/source.h"

struct csv_reader {
	size_t n_columns;
	const str *columns; /* the header's names, trimmed; live as long as the arena */
	char separator;
	const str *cells; /* n_columns of the current record, as written (not trimmed); valid until the next call */
	int64_t record;   /* number of the current data record, from 1; 0 before the first */
	int64_t line;     /* the line on which the current record starts, from 1 */
	bool
	    bare_quotes; /* the current record has a quote inside a cell that is not quoted; see csv_keep_bare_quotes */
	struct csv_state *state;
};

/* Reads the header. E_INVALID when the source is empty. */
MUST_USE enum status csv_open(struct csv_reader *r, struct source *from, struct arena *a, struct err *err);
/* The same without a header: csv_next gives the first record, too, and each has the cells that it has (n_columns). */
MUST_USE enum status csv_open_plain(struct csv_reader *r, struct source *from, struct arena *a, struct err *err);
/* The next data record; *more = false at the end, then cells are empty. */
MUST_USE enum status csv_next(struct csv_reader *r, bool *more, struct err *err);
/* From the next record on, a quote inside a cell that does not start with one is text: for tools that never quote. */
void csv_keep_bare_quotes(struct csv_reader *r);
/* Index of a column by name, ASCII case folded; -1 when the file has none. */
int csv_column(const struct csv_reader *r, str name);
/* Where each of n names stands in the header, -1 when it is absent: the first `required` must be there, and every
   column of the header must be one of the names (a typing mistake would otherwise change numbers in silence). E_INVALID
   names the column; the hint lists them. */
MUST_USE enum status csv_pick(const struct csv_reader *r, str file, const str *names, size_t n, size_t required,
			      int *at, struct err *err);
/* The line and column (from 1, in bytes) where cell i of the current record starts, for messages. */
void csv_place(const struct csv_reader *r, size_t i, int64_t *line, int64_t *column);
/* Sets err's where to file:line:column of cell i; returns E_INVALID. Call after err_set. */
enum status csv_at(const struct csv_reader *r, size_t i, struct err *err);

/* One cell: quoted when needed; a text that starts with = + - @ (also their wide forms), tab, CR or LF gets a leading '
   so that no spreadsheet runs it (a plain number such as -3 or +0.5 is left alone). NUL and bytes that are not UTF-8
   become U+FFFD, so that the reader takes what the writer gives. */
void csv_cell(struct buf *out, str text);
/* n cells with commas and CR LF; a single empty cell is written "", as an empty line would be skipped. */
void csv_row(struct buf *out, const str *cells, size_t n);

#endif
