#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/time.h"
#include "base/xlsx.h"
#include "pack.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define ROOT                                                                                                           \
	"<Relationships><Relationship Id=\"a\" Type=\"" OFFICE                                                         \
	"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
#define LINKS                                                                                                          \
	"<Relationships><Relationship Id=\"r1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/one.xml\"/>"         \
	"<Relationship Id=\"r2\" Type=\"" OFFICE "/worksheet\" Target=\"/xl/two.xml\"/>"                               \
	"<Relationship Id=\"r3\" Type=\"" OFFICE "/chartsheet\" Target=\"chart.xml\"/>"                                \
	"<Relationship Id=\"r4\" Type=\"" OFFICE "/worksheet\" Target=\"http://x\" TargetMode=\"External\"/>"          \
	"<Relationship Id=\"s\" Type=\"" OFFICE "/sharedStrings\" Target=\"strings.xml\"/></Relationships>"
#define BOOK(properties, sheets)                                                                                       \
	"<workbook xmlns=\"m\" xmlns:r=\"" OFFICE "\">" properties "<sheets>" sheets "</sheets></workbook>"
#define TAB(name, id) "<sheet name=\"" name "\" r:id=\"" id "\"/>"
#define SHEET(rows) "<worksheet><cols><col/></cols><sheetData>" rows "</sheetData><mergeCells/></worksheet>"
#define STRINGS                                                                                                        \
	"<sst><si><t>zero</t></si><si><r><t>bo</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">ld </t></r>"         \
	"<rPh sb=\"0\" eb=\"1\"><t>hint</t></rPh></si><si><t>a_x000A_b_x0041_c_x00zz_</t></si><si/></sst>"

struct book {
	struct arena arena;
	str whole;
	struct source from;
	struct xlsx x;
	struct err err;
};

/* The first sheet has the rows; NULL leaves a part out. */
static enum status open_book(struct book *b, const char *root, const char *links, const char *workbook,
			     const char *strings, const char *sheet)
{
	const char *names[] = {"_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/strings.xml",
			       "xl/worksheets/one.xml"};
	const char *texts[] = {root, links, workbook, strings, sheet};
	struct pack_entry entries[6] = {{.name = "xl/two.xml", .text = S(SHEET(""))}};
	size_t n = 1;
	for (size_t i = 0; i < 5; i++)
		if (texts[i])
			entries[n++] = (struct pack_entry){.name = names[i], .text = str_from(texts[i])};
	*b = (struct book){.arena = ARENA((size_t)256 << 20), .whole = pack_zip(entries, n)};
	b->from = source_text(S("a.xlsx"), b->whole);
	return xlsx_open(&b->x, &b->from, &b->arena, &b->err);
}

static void close_book(struct book *b)
{
	arena_release(&b->arena);
	pack_free(b->whole);
}

static const char *letter(enum xlsx_kind kind)
{
	static const char *const letters[] = {"", "", "#", "?", "!", "~"};
	return letters[kind];
}

/* "3: zero | #7 |" */
static enum status show(struct book *b, char *out, size_t cap)
{
	struct xlsx_rows r;
	size_t at = 0;
	out[0] = '\0';
	TRY(xlsx_open_sheet(&r, &b->x, 0, &b->err));
	for (bool more;;) {
		TRY(xlsx_next(&r, &more, &b->err));
		if (!more)
			break;
		at += (size_t)snprintf(out + at, cap - at, "%d:", (int)r.row);
		for (size_t i = 0; i < r.n; i++)
			at += (size_t)snprintf(out + at, cap - at, "%s%.*s|", letter(r.cells[i].kind),
					       STR_ARG(r.cells[i].text));
	}
	bool more = true;
	TRY(xlsx_next(&r, &more, &b->err));
	assert_false(more);
	return OK;
}

static void expect(const char *rows, const char *expected)
{
	struct book b;
	char text[2000], sheet[4000];
	snprintf(sheet, sizeof sheet, SHEET("%s"), rows);
	assert_int_equal(open_book(&b, ROOT, LINKS, BOOK("", TAB("One", "r1")), STRINGS, sheet), OK);
	if (show(&b, text, sizeof text) != OK)
		fail_msg("%s (%s)", b.err.message, b.err.where);
	assert_string_equal(text, expected);
	close_book(&b);
}

static void refuse(const char *rows, enum status status, const char *message, const char *where)
{
	struct book b;
	char text[2000], sheet[4000];
	snprintf(sheet, sizeof sheet, SHEET("%s"), rows);
	assert_int_equal(open_book(&b, ROOT, LINKS, BOOK("", TAB("One", "r1")), STRINGS, sheet), OK);
	assert_int_equal(show(&b, text, sizeof text), status);
	if (!strstr(b.err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, b.err.message);
	assert_string_equal(b.err.where, where);
	close_book(&b);
}

static void refuse_book(const char *root, const char *links, const char *workbook, const char *message)
{
	struct book b;
	assert_int_not_equal(open_book(&b, root, links, workbook, STRINGS, SHEET("")), OK);
	if (!strstr(b.err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, b.err.message);
	close_book(&b);
}

static void sheets_come_in_the_order_of_the_workbook(void **state)
{
	(void)state;
	struct book b;
	assert_int_equal(open_book(&b, ROOT, LINKS,
				   BOOK("", TAB("B", "r2") TAB("A &amp; C", "r1") TAB("Chart", "r3") TAB("Far", "r4")
						TAB("None", "r9")),
				   STRINGS, SHEET("")),
			 OK);
	assert_int_equal(b.x.n_sheets, 5);
	assert_true(str_eq(b.x.sheets[0].name, S("B")) && str_eq(b.x.sheets[0].part, S("xl/two.xml")));
	assert_true(str_eq(b.x.sheets[1].name, S("A & C")));
	assert_true(str_eq(b.x.sheets[1].part, S("xl/worksheets/one.xml")));
	for (size_t i = 2; i < 5; i++)
		assert_int_equal(b.x.sheets[i].part.n, 0);
	assert_false(b.x.since_1904);
	close_book(&b);
}

static void texts_are_shared_or_inside_and_runs_are_joined(void **state)
{
	(void)state;
	expect("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
	       "<c r=\"C1\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r></is></c>"
	       "<c r=\"D1\" t=\"str\"><f>A1</f><v>made</v></c><c t=\"d\"><v>2026-10-07</v></c></row>",
	       "1:zero|bold |inline|made|2026-10-07|");
	expect("<row><c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c><c><v>5</v></c></row>", "1:a\nbAc_x00zz_||#5|");
}

static void gaps_keep_their_columns_and_rows_their_numbers(void **state)
{
	(void)state;
	expect("<row r=\"3\"><c r=\"B3\"><v>2</v></c><c><v>3</v></c><c r=\"AB3\" t=\"s\"><v>0</v></c></row><row><c "
	       "r=\"A4\">"
	       "<v>1</v></c></row><row r=\"9\"/>",
	       "3:|#2|#3|||||||||||||||||||||||||zero|4:#1|9:");
	expect("<row r=\"1\"><c r=\"A1\" s=\"4\"/><c r=\"XFD1\" s=\"4\"/></row>", "1:");
	expect("", "");
}

static void other_kinds_of_cells_are_told_apart(void **state)
{
	(void)state;
	expect("<row><c t=\"s\"><v>0</v></c><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#REF!</v></c>"
	       "<c><f>1/0</f></c><c t=\"str\"><f>A1</f></c><c><f>1+1</f><v>2</v></c><c t=\"n\"><v>-1.5E3</v></c></row>",
	       "1:zero|?TRUE|?FALSE|!#REF!|~|~|#2|#-1.5E3|");
}

static void rows_and_cells_out_of_order_are_refused(void **state)
{
	(void)state;
	refuse("<row r=\"2\"/><row r=\"2\"/>", E_INVALID, "the number of a row", "a.xlsx/xl/worksheets/one.xml:1:54");
	refuse("<row r=\"x\"/>", E_INVALID, "the number of a row", "a.xlsx/xl/worksheets/one.xml:1:42");
	refuse("<row r=\"1048577\"/>", E_INVALID, "the number of a row", "a.xlsx/xl/worksheets/one.xml:1:42");
	refuse("<row r=\"1\"><c r=\"B1\"/><c r=\"B1\"/></row>", E_INVALID, "the place of a cell",
	       "a.xlsx/xl/worksheets/one.xml:1:64");
	refuse("<row r=\"1\"><c r=\"B2\"/></row>", E_INVALID, "the place of a cell",
	       "a.xlsx/xl/worksheets/one.xml:1:53");
	refuse("<row r=\"1\"><c r=\"1B\"/></row>", E_INVALID, "the place of a cell",
	       "a.xlsx/xl/worksheets/one.xml:1:53");
	refuse("<row r=\"1\"><c r=\"ABCD1\"/></row>", E_INVALID, "the place of a cell",
	       "a.xlsx/xl/worksheets/one.xml:1:53");
	refuse("<row r=\"1\"><c r=\"A+1\"/></row>", E_INVALID, "the place of a cell",
	       "a.xlsx/xl/worksheets/one.xml:1:53");
}

static void values_that_lead_nowhere_are_refused(void **state)
{
	(void)state;
	refuse("<row><c t=\"s\"><v>4</v></c></row>", E_INVALID, "the number of a shared text",
	       "a.xlsx/xl/worksheets/one.xml:1:64");
	refuse("<row><c t=\"s\"><v>-1</v></c></row>", E_INVALID, "the number of a shared text",
	       "a.xlsx/xl/worksheets/one.xml:1:65");
	refuse("<row><c t=\"q\"><v>1</v></c></row>", E_INVALID, "a cell of a type",
	       "a.xlsx/xl/worksheets/one.xml:1:64");
	refuse("<row><c r=\"XFD1\"><v>1</v></c></row>", E_TOO_LARGE, "more than 1024 columns",
	       "a.xlsx/xl/worksheets/one.xml:1:67");
	refuse("<row></sheetData>", E_INVALID, "", "a.xlsx/xl/worksheets/one.xml:1:49");
}

static void archives_that_are_no_workbook_are_refused(void **state)
{
	(void)state;
	static const char none[] = "an archive that is no Excel workbook";
	refuse_book(NULL, LINKS, BOOK("", TAB("A", "r1")), none);
	refuse_book("<Relationships/>", LINKS, BOOK("", TAB("A", "r1")), none);
	refuse_book(ROOT, NULL, BOOK("", TAB("A", "r1")), none);
	refuse_book(ROOT, LINKS, NULL, "the archive has no entry \"xl/workbook.xml\"");
	refuse_book(ROOT, LINKS, BOOK("", ""), none);
	refuse_book(ROOT, LINKS, "<book/>", "a workbook expected");
	refuse_book("<x/>", LINKS, BOOK("", TAB("A", "r1")), "a list of relationships expected");
	refuse_book(ROOT, LINKS, "<!DOCTYPE a [<!ENTITY b \"c\">]><workbook/>", "");
}

static void a_workbook_without_its_parts_is_refused_when_they_are_asked_for(void **state)
{
	(void)state;
	struct book b;
	char text[100];
	assert_int_equal(open_book(&b, ROOT, LINKS, BOOK("", TAB("One", "r1")), STRINGS, NULL), OK);
	assert_int_equal(show(&b, text, sizeof text), E_NOT_FOUND);
	close_book(&b);
	assert_int_equal(open_book(&b, ROOT, LINKS, BOOK("", TAB("One", "r1")), NULL, SHEET("")), OK);
	assert_int_equal(show(&b, text, sizeof text), E_NOT_FOUND);
	close_book(&b);
	assert_int_equal(open_book(&b, ROOT, LINKS, BOOK("", TAB("One", "r1")), "<sst><si><t>a</t></sst>", SHEET("")),
			 OK);
	assert_int_equal(show(&b, text, sizeof text), E_INVALID);
	close_book(&b);
}

static void shared_texts_have_limits(void **state)
{
	(void)state;
	struct book b;
	char text[100];
	size_t n = 5 + 5 * (LIMIT_XLSX_STRINGS + 1) + 6;
	char *strings = malloc(n + 1), *p = strings;
	assert_non_null(strings);
	p = stpcpy(p, "<sst>");
	for (size_t i = 0; i <= LIMIT_XLSX_STRINGS; i++)
		p = stpcpy(p, "<si/>");
	(void)stpcpy(p, "</sst>");
	struct pack_entry entries[] = {{.name = "_rels/.rels", .text = S(ROOT)},
				       {.name = "xl/_rels/workbook.xml.rels", .text = S(LINKS)},
				       {.name = "xl/workbook.xml", .text = S(BOOK("", TAB("One", "r1")))},
				       {.name = "xl/strings.xml", .text = {strings, n}, .stored = true},
				       {.name = "xl/worksheets/one.xml", .text = S(SHEET(""))}};
	b = (struct book){.arena = ARENA((size_t)512 << 20), .whole = pack_zip(entries, 5)};
	b.from = source_text(S("a.xlsx"), b.whole);
	assert_int_equal(xlsx_open(&b.x, &b.from, &b.arena, &b.err), OK);
	assert_int_equal(show(&b, text, sizeof text), E_TOO_LARGE);
	assert_string_equal(b.err.message,
			    "the workbook has more than 1000000 shared texts, or they take more than 67108864 bytes");
	close_book(&b);
	free(strings);
}

static void days_become_times(void **state)
{
	(void)state;
	struct xlsx x = {.since_1904 = false};
	int64_t ms;
	char text[TIME_TEXT];
	assert_true(xlsx_time(&x, S("46300"), &ms));
	assert_string_equal(time_format(ms, text).p, "2026-10-05T00:00:00Z");
	assert_true(xlsx_time(&x, S("46300.75"), &ms));
	assert_string_equal(time_format(ms, text).p, "2026-10-05T18:00:00Z");
	assert_true(xlsx_time(&x, S("46300.999999999999"), &ms));
	assert_string_equal(time_format(ms, text).p, "2026-10-06T00:00:00Z");
	assert_true(xlsx_time(&x, S("61"), &ms));
	assert_string_equal(time_format(ms, text).p, "1900-03-01T00:00:00Z");
	x.since_1904 = true;
	assert_true(xlsx_time(&x, S("44838"), &ms));
	assert_string_equal(time_format(ms, text).p, "2026-10-05T00:00:00Z");
	static const char *const wrong[] = {"", ".", "-1", "1e5", "60", "99999999", "2958466.9", "1.2.3", "x"};
	x.since_1904 = false;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(xlsx_time(&x, str_from(wrong[i]), &ms));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sheets_come_in_the_order_of_the_workbook),
	    cmocka_unit_test(texts_are_shared_or_inside_and_runs_are_joined),
	    cmocka_unit_test(gaps_keep_their_columns_and_rows_their_numbers),
	    cmocka_unit_test(other_kinds_of_cells_are_told_apart),
	    cmocka_unit_test(rows_and_cells_out_of_order_are_refused),
	    cmocka_unit_test(values_that_lead_nowhere_are_refused),
	    cmocka_unit_test(archives_that_are_no_workbook_are_refused),
	    cmocka_unit_test(a_workbook_without_its_parts_is_refused_when_they_are_asked_for),
	    cmocka_unit_test(shared_texts_have_limits),
	    cmocka_unit_test(days_become_times),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
