/* The reader never breaks, and what is read, written and read again is the same (but for the quote before formulas). */
#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
	if (!ok)
		abort();
}

/* What the writer makes of a cell that came from the reader, which is UTF-8 without NUL. */
static bool same(str read, str again)
{
	if (str_eq(read, again))
		return true;
	return again.n == read.n + 1 && again.p[0] == '\'' && str_eq(read, str_slice(again, 1, again.n));
}

static bool is_dangerous(str s)
{
	while (str_starts(s, S("\xEF\xBB\xBF")))
		s = str_slice(s, 3, s.n);
	int64_t number;
	return s.n && strchr("=+-@\t\r\n", s.p[0]) && !str_to_i64(s, &number) && !memchr(s.p, '.', s.n) &&
	       !memchr(s.p, 'e', s.n) && !memchr(s.p, 'E', s.n) && s.n < 15;
}

static void write_and_read(const str *cells, size_t n)
{
	struct buf out = BUF((size_t)16 << 20);
	struct arena a = ARENA((size_t)16 << 20);
	struct csv_reader r;
	bool more;
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_char(&out, ',');
		buf_printf(&out, "c%zu", i);
	}
	buf_add(&out, S("\r\n"));
	csv_row(&out, cells, n);
	struct source from = source_text(S("again"), buf_str(&out));
	check(csv_open(&r, &from, &a, NULL) == OK && r.n_columns == n && r.separator == ',');
	check(csv_next(&r, &more, NULL) == OK && more);
	for (size_t i = 0; i < n; i++) {
		check(same(cells[i], r.cells[i]));
		check(!is_dangerous(r.cells[i]));
	}
	check(csv_next(&r, &more, NULL) == OK && !more);
	arena_release(&a);
	buf_release(&out);
}

static void check_error(enum status status, const struct err *err)
{
	check(status == err->status && err->message[0] && err->where[0]);
	check(str_is_utf8(str_from(err->message)));
}

static void check_places(const struct csv_reader *r, size_t size)
{
	int64_t line, column, last_line = 1, last_column = 0;
	for (size_t i = 0; i < r->n_columns; i++) {
		csv_place(r, i, &line, &column);
		check(line > last_line || (line == last_line && column > last_column));
		check(line <= (int64_t)size + 1 && column <= (int64_t)size + 1);
		last_line = line;
		last_column = column;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA((size_t)16 << 20);
	struct csv_reader r;
	struct err err = {0};
	struct source from = source_text(S("fuzz"), (str){(const char *)data, size});
	enum status status = csv_open(&r, &from, &a, &err);
	bool more = status == OK;
	while (more) {
		check_places(&r, size);
		for (size_t i = 0; i < r.n_columns; i++)
			check(str_is_utf8(r.cells[i]));
		write_and_read(r.cells, r.n_columns);
		status = csv_next(&r, &more, &err);
		if (status != OK)
			break;
	}
	if (status != OK)
		check_error(status, &err);
	arena_release(&a);
	/* Any bytes at all can be written, as a row of two cells. */
	struct buf out = BUF((size_t)16 << 20);
	csv_row(&out, (str[]){{(const char *)data, size / 2}, {(const char *)data + size / 2, size - size / 2}}, 2);
	check(out.status == OK && str_is_utf8(buf_str(&out)) && !memchr(out.p, '\0', out.n));
	buf_release(&out);
	return 0;
}
