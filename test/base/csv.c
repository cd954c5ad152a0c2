#include "base/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"

/* A text written as all its records: cells between brackets, a line per record. */
static void append_record(struct buf *out, const str *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_char(out, '[');
		buf_add(out, cells[i]);
		buf_char(out, ']');
	}
	buf_char(out, '\n');
}

static enum status read_all(struct source *from, struct buf *out, struct err *err)
{
	struct arena a = ARENA((size_t)1 << 30);
	struct csv_reader r;
	enum status status = csv_open(&r, from, &a, err);
	bool more = status == OK;
	if (more)
		append_record(out, r.columns, r.n_columns);
	while (more) {
		status = csv_next(&r, &more, err);
		if (status != OK)
			break;
		if (more)
			append_record(out, r.cells, r.n_columns);
	}
	arena_release(&a);
	return status;
}

static void expect_text(str text, const char *want)
{
	struct buf got = BUF(1 << 20);
	struct err err = {0};
	struct source from = source_text(S("f.csv"), text);
	assert_string_equal((read_all(&from, &got, &err), err.message), "");
	buf_char(&got, '\0');
	assert_string_equal(got.p, want);
	buf_release(&got);
}

static void expect(const char *text, const char *want)
{
	expect_text(str_from(text), want);
}

static void refuse_text(str text, enum status status, const char *where, const char *message)
{
	struct buf got = BUF(1 << 20);
	struct err err = {0};
	struct source from = source_text(S("f.csv"), text);
	enum status is = read_all(&from, &got, &err);
	assert_string_equal(err.where, where);
	assert_string_equal(err.message, message);
	assert_int_equal(is, status);
	assert_int_equal(err.status, status);
	assert_true(err.hint[0] != '\0');
	buf_release(&got);
}

static void refuse(const char *text, const char *where, const char *message)
{
	refuse_text(str_from(text), E_INVALID, where, message);
}

static void records_are_read_with_any_line_end(void **state)
{
	(void)state;
	expect("a,b\n1,2\n3,4\n", "[a][b]\n[1][2]\n[3][4]\n");
	expect("a,b\r\n1,2\r\n3,4\r\n", "[a][b]\n[1][2]\n[3][4]\n");
	expect("a,b\r1,2\r3,4\r", "[a][b]\n[1][2]\n[3][4]\n");
	expect("a,b\n1,2\r3,4\r\n5,6", "[a][b]\n[1][2]\n[3][4]\n[5][6]\n");
	expect("a,b", "[a][b]\n");
	expect("a,b\n,\n", "[a][b]\n[][]\n");
	expect("a,b\n1,", "[a][b]\n[1][]\n");
}

static void quotes_hold_separators_line_ends_and_doubled_quotes(void **state)
{
	(void)state;
	expect("a,b\n\"1,2\",\"x\"\"y\"\n", "[a][b]\n[1,2][x\"y]\n");
	expect("a,b\n\"l1\nl2\r\nl3\rl4\",\"\"\"\"\n", "[a][b]\n[l1\nl2\r\nl3\rl4][\"]\n");
	expect("a,b\n\"\",\"\"\"\"\"\"", "[a][b]\n[][\"\"]\n");
	expect("\"a\",\"b\nc\"\r\n\"1\",2\r\n", "[a][b\nc]\n[1][2]\n");
}

static void cells_keep_their_spaces_and_names_lose_them(void **state)
{
	(void)state;
	expect(" a ,\" b\n\"\n 1 ,\"\t2 \"\n", "[a][b]\n[ 1 ][\t2 ]\n");
}

static void the_separator_is_the_one_of_the_header(void **state)
{
	(void)state;
	expect("a;b\n1,5;2\n", "[a][b]\n[1,5][2]\n");
	expect("a\tb\n1,5\t2;3\n", "[a][b]\n[1,5][2;3]\n");
	expect("\"a,,,,\";b\n1;2\n", "[a,,,,][b]\n[1][2]\n");
	expect("a;b,c\n1,2\n", "[a;b][c]\n[1][2]\n");
	expect("a;b\tc\n1;2\n", "[a][b\tc]\n[1][2]\n");
	expect("name\nx;y\n", "[name]\n[x;y]\n");
	expect("\n\r\n\na;b;c,d\n1;2;3\n", "[a][b][c,d]\n[1][2][3]\n");
}

static void empty_lines_are_skipped_but_an_empty_quoted_cell_is_a_record(void **state)
{
	(void)state;
	expect("a,b\n\n1,2\n\r\n\r\r3,4\n\n\n", "[a][b]\n[1][2]\n[3][4]\n");
	expect("a\n\n\"\"\n\nx\n", "[a]\n[]\n[x]\n");
	expect("a\n \n", "[a]\n[ ]\n");
}

static void a_byte_order_mark_is_skipped_only_at_the_start(void **state)
{
	(void)state;
	expect("\xEF\xBB\xBF"
	       "a,b\n1,2\n",
	       "[a][b]\n[1][2]\n");
	expect("\xEF\xBB\xBF\"a\",b\n\xEF\xBB\xBF,2\n", "[a][b]\n[\xEF\xBB\xBF][2]\n");
	refuse("\xEF\xBB\xBF", "f.csv:1:1", "a header line was expected, but the file is empty");
	refuse("\xEF\xBB", "f.csv:1:1", "text in UTF-8 was expected, not the byte 0xEF");
	refuse("\xEF\xBB\xBF"
	       "a,a",
	       "f.csv:1:3", "the columns 1 and 2 have the same name \"a\"");
}

static void an_empty_file_is_refused(void **state)
{
	(void)state;
	refuse("", "f.csv:1:1", "a header line was expected, but the file is empty");
	refuse("\n\r\n\r", "f.csv:4:1", "a header line was expected, but the file is empty");
}

static void header_names_must_be_there_and_differ(void **state)
{
	(void)state;
	refuse("a,,c\n", "f.csv:1:3", "column 2 has no name");
	refuse("a,b,\n", "f.csv:1:5", "column 3 has no name");
	refuse("a,\" \",c\n", "f.csv:1:3", "column 2 has no name");
	refuse("unit,b, UNIT \n", "f.csv:1:8", "the columns 1 and 3 have the same name \"UNIT\"");
	refuse("\"\"\n", "f.csv:1:1", "column 1 has no name");
}

static void a_record_of_another_width_is_refused_with_both_numbers(void **state)
{
	(void)state;
	refuse("a,b\n1\n", "f.csv:2:2", "the record has 1 cell, the header has 2");
	refuse("a,b\n1,2,3,4\n", "f.csv:2:5", "the record has 4 cells, the header has 2");
	refuse("a,b,c\n\"1\n2\",3\n", "f.csv:3:5", "the record has 2 cells, the header has 3");
	refuse("a\n1,2\n", "f.csv:2:3", "the record has 2 cells, the header has 1");
	refuse("a,b\n1,2\n\n \n", "f.csv:4:2", "the record has 1 cell, the header has 2");
}

static void misplaced_quotes_are_refused_where_they_stand(void **state)
{
	(void)state;
	refuse("a,b\n1,\"x\ny\n", "f.csv:2:3", "the quote that opens here is never closed");
	refuse("a,b\n1,\"x\"\"\n", "f.csv:2:3", "the quote that opens here is never closed");
	refuse("a,b\n\"l1\nl2\"x,2\n", "f.csv:3:4",
	       "a separator or the end of the line was expected after the closing quote");
	refuse("a,b\n\"1\" ,2\n", "f.csv:2:4",
	       "a separator or the end of the line was expected after the closing quote");
	refuse("a,b\n1,19\" rack\n", "f.csv:2:5", "a quote inside a cell that does not start with one");
	refuse("a, \"b,c\"\n", "f.csv:1:4", "a quote inside a cell that does not start with one");
	refuse("\"a,b\n", "f.csv:1:1", "the quote that opens here is never closed");
}

static void text_that_is_not_utf8_is_refused_at_its_byte(void **state)
{
	(void)state;
	static const struct {
		const char *text, *where;
		unsigned byte;
	} rows[] = {
	    {"a,b\nx\xFF,2\n", "f.csv:2:2", 0xFF},
	    {"\xC0\x80,b\n", "f.csv:1:1", 0xC0},
	    {"a,b\n\"1\n\xED\xA0\x80\",2\n", "f.csv:3:1", 0xED},
	    {"a,b\n1,\xC3", "f.csv:2:3", 0xC3},
	    {"a,b\n1,\xE2\x82", "f.csv:2:3", 0xE2},
	    {"a,b\n\xC3\xA9\xF4\x90\x80\x80,2\n", "f.csv:2:3", 0xF4},
	    {"\xFF\xFE"
	     "a",
	     "f.csv:1:1", 0xFF},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char message[80];
		(void)snprintf(message, sizeof message, "text in UTF-8 was expected, not the byte 0x%02X",
			       rows[i].byte);
		refuse(rows[i].text, rows[i].where, message);
	}
	expect("\xC3\xA9,\xF0\x9F\x98\x80\n\xE2\x82\xAC,\xF4\x8F\xBF\xBF\n",
	       "[\xC3\xA9][\xF0\x9F\x98\x80]\n[\xE2\x82\xAC][\xF4\x8F\xBF\xBF]\n");
}

static void nul_bytes_are_refused(void **state)
{
	(void)state;
	refuse_text(S("a,b\n1,x\0y\n"), E_INVALID, "f.csv:2:4", "a NUL byte in the text");
	refuse_text(S("a,b\n\"1\n\0\",2\n"), E_INVALID, "f.csv:3:1", "a NUL byte in the text");
	refuse_text(S("\0"), E_INVALID, "f.csv:1:1", "a NUL byte in the text");
	refuse_text(S("a\0,\0b\0"), E_INVALID, "f.csv:1:2", "a NUL byte in the text");
}

static void every_cell_knows_its_line_and_column(void **state)
{
	(void)state;
	static const int64_t want[][3][2] = {
	    {{2, 1}, {2, 3}, {2, 5}},
	    {{3, 1}, {5, 6}, {5, 11}},
	    {{7, 1}, {7, 4}, {9, 3}},
	    {{10, 1}, {10, 2}, {10, 3}},
	};
	struct arena a = ARENA(1 << 20);
	struct source from = source_text(S("f.csv"), S("a,b,c\r\n1,2,3\n\"x\r\ny\nz\"\"\",\xC3\xA9\xC3\xA9,9\n\n"
						       "\xC3\xA9,\"\r\n\n\",7\r,,"));
	struct csv_reader r;
	int64_t line, column;
	bool more;
	assert_int_equal(csv_open(&r, &from, &a, NULL), OK);
	assert_int_equal(r.record, 0);
	csv_place(&r, 2, &line, &column);
	assert_int_equal(line * 1000 + column, 1005);
	for (int k = 0; k < 4; k++) {
		assert_int_equal(csv_next(&r, &more, NULL), OK);
		assert_true(more);
		assert_int_equal(r.record, k + 1);
		assert_int_equal(r.line, want[k][0][0]);
		for (size_t i = 0; i < 3; i++) {
			csv_place(&r, i, &line, &column);
			assert_int_equal(line, want[k][i][0]);
			assert_int_equal(column, want[k][i][1]);
		}
	}
	struct err err;
	err_set(&err, E_INVALID, "x");
	assert_int_equal(csv_at(&r, 1, &err), E_INVALID);
	assert_string_equal(err.where, "f.csv:10:2");
	assert_int_equal(csv_next(&r, &more, NULL), OK);
	assert_false(more);
	assert_int_equal(r.cells[0].n + r.cells[1].n + r.cells[2].n, 0);
	assert_int_equal(csv_next(&r, &more, NULL), OK);
	assert_false(more);
	arena_release(&a);
}

static void columns_are_found_whatever_their_case(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct source from = source_text(S("f.csv"), S(" Unit ;objective;\xC3\x84\n"));
	struct csv_reader r;
	assert_int_equal(csv_open(&r, &from, &a, NULL), OK);
	assert_int_equal(r.separator, ';');
	assert_int_equal(csv_column(&r, S("unit")), 0);
	assert_int_equal(csv_column(&r, S("OBJECTIVE")), 1);
	assert_int_equal(csv_column(&r, S("\xC3\x84")), 2);
	assert_int_equal(csv_column(&r, S("\xC3\xA4")), -1);
	assert_int_equal(csv_column(&r, S("")), -1);
	assert_int_equal(csv_column(&r, S(" Unit ")), -1);
	arena_release(&a);
}

static void the_first_failure_is_given_again(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct source from = source_text(S("f.csv"), S("a,b\n1\n2,3\n"));
	struct csv_reader r;
	struct err err;
	bool more = true;
	assert_int_equal(csv_open(&r, &from, &a, &err), OK);
	for (int i = 0; i < 2; i++) {
		memset(&err, 0, sizeof err);
		assert_int_equal(csv_next(&r, &more, &err), E_INVALID);
		assert_string_equal(err.where, "f.csv:2:2");
		assert_true(more);
		assert_int_equal(r.record, 0);
	}
	assert_int_equal(csv_next(&r, &more, NULL), E_INVALID);
	arena_release(&a);
}

/* `count` times the same text between a head and a tail, from the heap. */
static str repeated(struct buf *b, const char *head, const char *text, size_t count, const char *tail)
{
	*b = BUF((size_t)128 << 20);
	buf_add(b, str_from(head));
	for (size_t i = 0; i < count; i++)
		buf_add(b, str_from(text));
	buf_add(b, str_from(tail));
	assert_int_equal(b->status, OK);
	return buf_str(b);
}

static void limits_are_held_to_the_byte(void **state)
{
	(void)state;
	struct buf b, got = BUF((size_t)8 << 20);
	struct source from = source_text(S("f.csv"), repeated(&b, "a,b\n1,", "x", LIMIT_VALUE_BYTES, "\n"));
	assert_int_equal(read_all(&from, &got, NULL), OK);
	assert_int_equal(got.n, strlen("[a][b]\n[1][]\n") + LIMIT_VALUE_BYTES);
	buf_release(&got);
	buf_release(&b);
	refuse_text(repeated(&b, "a,b\n1,", "x", LIMIT_VALUE_BYTES + 1, "\n"), E_TOO_LARGE, "f.csv:2:3",
		    "the cell is larger than 1048576 bytes");
	buf_release(&b);
	refuse_text(repeated(&b, "a,b\n1,\"", "\"\"", LIMIT_VALUE_BYTES + 1, "\"\n"), E_TOO_LARGE, "f.csv:2:3",
		    "the cell is larger than 1048576 bytes");
	buf_release(&b);
	/* A quote that is never closed swallows the rest of the file, but not of the memory. */
	refuse_text(repeated(&b, "a,b\n1,\"2\n", "1,2\n", 1 << 20, ""), E_TOO_LARGE, "f.csv:2:3",
		    "the cell is larger than 1048576 bytes");
	buf_release(&b);
}

static void a_record_has_a_limit_too(void **state)
{
	(void)state;
	struct buf b;
	struct err err = {0};
	struct arena a = ARENA((size_t)8 << 20);
	struct csv_reader r;
	bool more;
	/* Cells that are not kept must not cost memory: far more of them than the header has. */
	str text = repeated(&b, "a,b\n", "12345678901234567890123456789,", LIMIT_RECORD_BYTES / 30 + 1, "\n");
	struct source from = source_text(S("f.csv"), text);
	assert_int_equal(csv_open(&r, &from, &a, &err), OK);
	assert_int_equal(csv_next(&r, &more, &err), E_TOO_LARGE);
	assert_string_equal(err.message, "the record is larger than 67108864 bytes");
	assert_string_equal(err.where, "f.csv:2:1");
	arena_release(&a);
	buf_release(&b);
}

static void a_header_has_at_most_1024_columns(void **state)
{
	(void)state;
	struct buf b = BUF(1 << 20), got = BUF(1 << 20);
	for (int i = 0; i < LIMIT_CSV_COLUMNS; i++)
		buf_printf(&b, "%sc%d", i ? "," : "", i);
	struct source from = source_text(S("f.csv"), buf_str(&b));
	assert_int_equal(read_all(&from, &got, NULL), OK);
	size_t column = b.n + 2;
	buf_add(&b, S(",x,y"));
	char where[40];
	(void)snprintf(where, sizeof where, "f.csv:1:%zu", column);
	refuse_text(buf_str(&b), E_TOO_LARGE, where, "the header has 1026 columns, at most 1024 are read");
	buf_release(&b);
	buf_release(&got);
}

static void a_header_line_longer_than_the_window_is_read(void **state)
{
	(void)state;
	struct buf b, got = BUF(1 << 20);
	str text = repeated(&b, "\"", "x,", 100000, "\";b\n1;2\n");
	struct source from = source_text(S("f.csv"), text);
	assert_int_equal(read_all(&from, &got, NULL), OK);
	assert_true(str_ends(buf_str(&got), S("x,][b]\n[1][2]\n")));
	buf_release(&got);
	buf_release(&b);
}

/* A source whose bytes come one at a time: a child writes them into a pipe. */
static void read_slowly(str text, struct buf *out, enum status *status, struct err *err)
{
	for (size_t step = 1; step <= 3; step++) {
		int ends[2];
		assert_int_equal(pipe(ends), 0);
		struct source from = {.name = S("f.csv"), .fd = ends[0]};
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			for (size_t i = 0; i < text.n; i += step) {
				size_t n = step < text.n - i ? step : text.n - i;
				if (write(ends[1], text.p + i, n) < 0)
					_exit(1);
				(void)usleep(200);
			}
			_exit(0);
		}
		(void)close(ends[1]);
		buf_clear(out);
		*status = read_all(&from, out, err);
		source_close(&from);
	}
}

static void bytes_may_come_one_at_a_time(void **state)
{
	(void)state;
	struct buf got = BUF(1 << 20);
	struct err err;
	enum status status;
	read_slowly(S("\xEF\xBB\xBF\r\n\"a\";\xC3\xA9\r\n1;\"x\"\"\r\n\xF0\x9F\x98\x80\"\r2;3"), &got, &status, &err);
	assert_int_equal(status, OK);
	assert_true(str_eq(buf_str(&got), S("[a][\xC3\xA9]\n[1][x\"\r\n\xF0\x9F\x98\x80]\n[2][3]\n")));
	read_slowly(S("a,b\r\n1,\"\r\n\xF0\x9F\xFF\x98\","), &got, &status, &err);
	assert_int_equal(status, E_INVALID);
	assert_string_equal(err.where, "f.csv:3:1");
	buf_release(&got);
}

static void too_little_memory_is_an_error_at_every_size(void **state)
{
	(void)state;
	bool fits = false;
	for (size_t limit = 0; !fits; limit += limit < 200000 ? 4001 : 17) {
		struct arena a = ARENA(limit);
		struct csv_reader r;
		struct err err;
		struct source from = source_text(S("f.csv"), S("a,b\n1,2\n"));
		enum status status = csv_open(&r, &from, &a, &err);
		fits = status == OK;
		assert_true(fits || (status == E_TOO_LARGE && err.status == E_TOO_LARGE));
		assert_true(limit < 1 << 20);
		arena_release(&a);
	}
}

static void cells_are_written_so_that_no_spreadsheet_runs_them(void **state)
{
	(void)state;
	static const struct {
		str text, want;
	} rows[] = {
	    {S(""), S("")},
	    {S("plain"), S("plain")},
	    {S("a,b"), S("\"a,b\"")},
	    {S("a;b"), S("\"a;b\"")},
	    {S("say \"hi\""), S("\"say \"\"hi\"\"\"")},
	    {S("l1\nl2"), S("\"l1\nl2\"")},
	    {S("l1\rl2"), S("\"l1\rl2\"")},
	    {S(" x"), S("\" x\"")},
	    {S("x "), S("\"x \"")},
	    {S("=1+1"), S("'=1+1")},
	    {S("=cmd|'/C calc'!A0"), S("'=cmd|'/C calc'!A0")},
	    {S("=HYPERLINK(\"http://x\",\"y\")"), S("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")},
	    {S("+1+1"), S("'+1+1")},
	    {S("-1+1"), S("'-1+1")},
	    {S("@SUM(A1)"), S("'@SUM(A1)")},
	    {S("\t=1"), S("\"'\t=1\"")},
	    {S("\r=1"), S("\"'\r=1\"")},
	    {S("\n=1"), S("\"'\n=1\"")},
	    {S("\xEF\xBC\x9D"
	       "1"),
	     S("'\xEF\xBC\x9D"
	       "1")},
	    {S("\xEF\xBC\x8B"
	       "1"),
	     S("'\xEF\xBC\x8B"
	       "1")},
	    {S("\xEF\xBC\x8D"
	       "1"),
	     S("'\xEF\xBC\x8D"
	       "1")},
	    {S("\xEF\xBC\xA0"
	       "1"),
	     S("'\xEF\xBC\xA0"
	       "1")},
	    {S("\xEF\xBB\xBF=1"), S("\"'\xEF\xBB\xBF=1\"")},
	    {S("-"), S("'-")},
	    {S("+"), S("'+")},
	    {S("--3"), S("'--3")},
	    {S("-3"), S("-3")},
	    {S("+0.5"), S("+0.5")},
	    {S("-1e5"), S("-1e5")},
	    {S("-1.25E-7"), S("-1.25E-7")},
	    {S("-1e"), S("'-1e")},
	    {S("-1e+"), S("'-1e+")},
	    {S("-1."), S("'-1.")},
	    {S("-.5"), S("'-.5")},
	    {S("-1.5.2"), S("'-1.5.2")},
	    {S("-3 "), S("\"'-3 \"")},
	    {S("-0,5"), S("\"'-0,5\"")},
	    {S("+49 30 1234"), S("'+49 30 1234")},
	    {S("42"), S("42")},
	    {S("a=b"), S("a=b")},
	    {S("'=1"), S("'=1")},
	    {S("a\0b"), S("a\xEF\xBF\xBD"
			  "b")},
	    {S("a\xFF\xC3"), S("a\xEF\xBF\xBD\xEF\xBF\xBD")},
	    {S("\xFF\"="), S("\"\xEF\xBF\xBD\"\"=\"")},
	    {S("\xC3\xA9\xE2\x82\xAC"), S("\xC3\xA9\xE2\x82\xAC")},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = BUF(1000);
		csv_cell(&out, rows[i].text);
		buf_char(&out, '\0');
		assert_string_equal(out.p, rows[i].want.n ? rows[i].want.p : "");
		buf_release(&out);
	}
}

static void a_row_ends_with_cr_lf_and_never_is_an_empty_line(void **state)
{
	(void)state;
	struct buf out = BUF(1000);
	csv_row(&out, (str[]){S("a"), S(""), S("c,d")}, 3);
	csv_row(&out, (str[]){S("")}, 1);
	csv_row(&out, (str[]){S(""), S("")}, 2);
	assert_true(str_eq(buf_str(&out), S("a,,\"c,d\"\r\n\"\"\r\n,\r\n")));
	buf_release(&out);
}

static void what_is_written_is_read_again(void **state)
{
	(void)state;
	struct buf out = BUF(1000);
	csv_row(&out,
		(str[]){S("\xEF\xBB\xBF"
			  "a;;;;"),
			S("b\t\t\t"), S("c \"x\"")},
		3);
	csv_row(&out, (str[]){S("\n\n"), S("\""), S(" ")}, 3);
	csv_row(&out, (str[]){S("=x"), S("-3"), S("\r\n,")}, 3);
	expect_text(buf_str(&out), "[\xEF\xBB\xBF"
				   "a;;;;][b][c \"x\"]\n['\n\n][\"][ ]\n['=x][-3]['\r\n,]\n");
	buf_release(&out);
}

static void bare_quotes_are_kept_when_asked_for(void **state)
{
	(void)state;
	struct arena a = ARENA((size_t)1 << 20);
	struct source from = source_text(S("f.csv"), S("a,b\nthe \"root\",x\"\n\"q\"\"r\",y\nz,\"\" v\n"));
	struct csv_reader r;
	struct err err = {0};
	bool more;
	assert_int_equal(csv_open(&r, &from, &a, &err), OK);
	csv_keep_bare_quotes(&r);
	assert_int_equal(csv_next(&r, &more, &err), OK);
	assert_true(str_eq(r.cells[0], S("the \"root\"")) && str_eq(r.cells[1], S("x\"")) && r.bare_quotes);
	assert_int_equal(csv_next(&r, &more, &err), OK);
	assert_true(str_eq(r.cells[0], S("q\"r")) && str_eq(r.cells[1], S("y")) && !r.bare_quotes);
	/* A cell that starts with one is quoted all the same. */
	assert_int_equal(csv_next(&r, &more, &err), E_INVALID);
	assert_string_equal(err.where, "f.csv:4:5");
	arena_release(&a);
}

static void without_a_header_every_record_has_its_own_cells(void **state)
{
	(void)state;
	struct arena a = ARENA((size_t)64 << 20);
	struct source from = source_text(S("a.csv"), S("\xEF\xBB\xBF\n\na;b;\n;\nc\n;;;d;e"));
	struct csv_reader r;
	struct err err = {0};
	struct buf out = BUF(1 << 20);
	assert_int_equal(csv_open_plain(&r, &from, &a, &err), OK);
	for (bool more;;) {
		assert_int_equal(csv_next(&r, &more, &err), OK);
		if (!more)
			break;
		append_record(&out, r.cells, r.n_columns);
	}
	buf_char(&out, '\0');
	assert_string_equal(out.p, "[a][b][]\n[][]\n[c]\n[][][][d][e]\n");
	assert_int_equal(r.record, 4);
	assert_int_equal(csv_at(&r, 0, &err), E_INVALID);
	buf_release(&out);
	from = source_text(S("a.csv"), S(""));
	assert_int_equal(csv_open_plain(&r, &from, &a, &err), OK);
	bool more = true;
	assert_int_equal(csv_next(&r, &more, &err), OK);
	assert_false(more);
	arena_release(&a);
}

static void a_record_without_a_header_has_a_limit_too(void **state)
{
	(void)state;
	struct arena a = ARENA((size_t)64 << 20);
	char text[LIMIT_CSV_COLUMNS + 2];
	struct csv_reader r;
	struct err err = {0};
	bool more;
	memset(text, ',', sizeof text);
	struct source from = source_text(S("a.csv"), (str){text, LIMIT_CSV_COLUMNS});
	assert_int_equal(csv_open_plain(&r, &from, &a, &err), OK);
	assert_int_equal(csv_next(&r, &more, &err), E_INVALID);
	assert_string_equal(err.message, "the record has 1025 cells, at most 1024");
	assert_int_equal(csv_next(&r, &more, &err), E_INVALID);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(records_are_read_with_any_line_end),
	    cmocka_unit_test(quotes_hold_separators_line_ends_and_doubled_quotes),
	    cmocka_unit_test(cells_keep_their_spaces_and_names_lose_them),
	    cmocka_unit_test(the_separator_is_the_one_of_the_header),
	    cmocka_unit_test(empty_lines_are_skipped_but_an_empty_quoted_cell_is_a_record),
	    cmocka_unit_test(a_byte_order_mark_is_skipped_only_at_the_start),
	    cmocka_unit_test(an_empty_file_is_refused),
	    cmocka_unit_test(header_names_must_be_there_and_differ),
	    cmocka_unit_test(a_record_of_another_width_is_refused_with_both_numbers),
	    cmocka_unit_test(misplaced_quotes_are_refused_where_they_stand),
	    cmocka_unit_test(text_that_is_not_utf8_is_refused_at_its_byte),
	    cmocka_unit_test(nul_bytes_are_refused),
	    cmocka_unit_test(every_cell_knows_its_line_and_column),
	    cmocka_unit_test(columns_are_found_whatever_their_case),
	    cmocka_unit_test(the_first_failure_is_given_again),
	    cmocka_unit_test(limits_are_held_to_the_byte),
	    cmocka_unit_test(a_record_has_a_limit_too),
	    cmocka_unit_test(a_header_has_at_most_1024_columns),
	    cmocka_unit_test(a_header_line_longer_than_the_window_is_read),
	    cmocka_unit_test(bytes_may_come_one_at_a_time),
	    cmocka_unit_test(too_little_memory_is_an_error_at_every_size),
	    cmocka_unit_test(cells_are_written_so_that_no_spreadsheet_runs_them),
	    cmocka_unit_test(a_row_ends_with_cr_lf_and_never_is_an_empty_line),
	    cmocka_unit_test(what_is_written_is_read_again),
	    cmocka_unit_test(bare_quotes_are_kept_when_asked_for),
	    cmocka_unit_test(without_a_header_every_record_has_its_own_cells),
	    cmocka_unit_test(a_record_without_a_header_has_a_limit_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
