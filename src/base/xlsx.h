/**
 * Workbooks of Excel and its like (Office Open XML, .xlsx), read row by row.
 *
 * What a cell shows is its value, as text: of a formula the value that was computed when the file was saved, of a date
 * the number of days (xlsx_time). Styles, merged cells, hidden rows and macros play no role, and nothing outside of the
 * file is opened. Shared texts are kept (LIMIT_XLSX_STRINGS, LIMIT_XLSX_STRING_BYTES), of the sheet only the current
 * row. Rows and cells must ascend. Workbooks that are protected by a password are no archives and refused there.
 */
#ifndef BASE_XLSX_H
#define BASE_XLSX_H

#include "base/archive.h"

enum xlsx_kind {
	XLSX_EMPTY,
	XLSX_TEXT,
	XLSX_NUMBER,
	XLSX_BOOL,    /* TRUE or FALSE */
	XLSX_ERROR,   /* #REF! and the like */
	XLSX_UNKNOWN, /* a formula that nobody has computed */
};

struct xlsx_sheet {
	str name;
	str part; /* entry of the archive; empty: no sheet of cells */
};

struct xlsx {
	struct archive *archive;
	struct arena *a;
	str name;
	bool since_1904; /* how days are counted */
	size_t n_sheets;
	struct xlsx_sheet *sheets; /* in the order of their tabs */
	str strings_part;
	bool has_strings;
	str *strings;
	size_t n_strings, strings_cap, string_bytes;
};

struct xlsx_cell {
	enum xlsx_kind kind;
	str text;
};

struct xlsx_rows {
	int64_t row;                   /* number of the current row, from 1 */
	size_t n;                      /* cells up to the last that is not empty */
	const struct xlsx_cell *cells; /* by column; valid until the next call */
	struct xlsx_state *state;
};

/* Everything lives as long as the arena. E_INVALID when the archive is no workbook. */
MUST_USE enum status xlsx_open(struct xlsx *x, struct source *from, struct arena *a, struct err *err);
/* The rows of sheet i. */
MUST_USE enum status xlsx_open_sheet(struct xlsx_rows *r, struct xlsx *x, size_t i, struct err *err);
/* The next row that the file has; *more = false at the end. */
MUST_USE enum status xlsx_next(struct xlsx_rows *r, bool *more, struct err *err);
/* A number of days, such as 45992.5, as time; false when it is none between 1900 and 9999. */
bool xlsx_time(const struct xlsx *x, str number, int64_t *ms);

#endif
