#include "cli/out.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"

static struct out plain(int width)
{
	return (struct out){.text = BUF(1 << 20), .width = width};
}

static void assert_out(const struct out *o, const char *wanted)
{
	assert_int_equal(o->text.status, OK);
	assert_string_equal(o->text.p ? o->text.p : "", wanted);
}

static void widths_are_those_of_a_terminal(void **state)
{
	static const struct {
		const char *text;
		int columns;
	} texts[] = {
	    {"", 0},          {"abc", 3},          {"é", 1},
	    {"e\xcc\x81", 1}, {"日本", 4},         {"한국", 4},
	    {"ｆｕｌｌ", 8},  {"\xe2\x80\x8b", 0}, {"\xf0\x9f\x94\x92", 2},
	    {"€", 1},         {"नमस्ते", 4},         {"\xff\xfe", 2},
	    {"a\tb", 3},      {"\x1b[0m", 4},      {"𠀀", 2},
	    {"…", 1},         {"█▒░·", 4},
	};
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_int_equal(out_width(str_from(texts[i].text)), texts[i].columns);
	assert_int_equal(out_width((str){"a\0b", 3}), 3);
	assert_int_equal(out_code_width(0x10FFFF), 1);
	assert_int_equal(out_code_width(0x1100), 2);
	assert_int_equal(out_code_width(0x0300), 0);
}

static void nothing_in_a_name_acts_on_the_terminal(void **state)
{
	static const struct {
		const char *text, *shown;
	} texts[] = {
	    {"\x1b[2J", "\xEF\xBF\xBD[2J"},
	    {"\x1b]0;owned\x07", "\xEF\xBF\xBD]0;owned\xEF\xBF\xBD"},
	    {"a\rb\nc\td", "a b c d"},
	    {"\x7f\x08", "\xEF\xBF\xBD\xEF\xBF\xBD"},
	    {"\xc2\x9b"
	     "2J",
	     "\xEF\xBF\xBD"
	     "2J"}, /* U+009B is a control sequence of its own */
	    {"\xe2\x80\xae"
	     "txt.exe",
	     "\xEF\xBF\xBD"
	     "txt.exe"}, /* right to left from here */
	    {"\xe2\x81\xa6x", "\xEF\xBF\xBDx"},
	    {"\xff", "\xEF\xBF\xBD"},
	    {"\xc0\xaf", "\xEF\xBF\xBD\xEF\xBF\xBD"},
	    {"\xed\xa0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* half of a surrogate pair */
	    {"ok \xe2\x82", "ok \xEF\xBF\xBD\xEF\xBF\xBD"},
	    {"日本é", "日本é"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct out o = plain(80);
		out_text(&o, str_from(texts[i].text));
		assert_out(&o, texts[i].shown);
		out_release(&o);
	}
}

static void cutting_never_splits_a_character(void **state)
{
	static const struct {
		const char *text;
		int columns;
		const char *shown;
	} cuts[] = {
	    {"abcdef", 6, "abcdef"},
	    {"abcdef", 5, "abcd…"},
	    {"abcdef", 1, "…"},
	    {"abcdef", 0, ""},
	    {"abc", -3, ""},
	    {"日本語", 6, "日本語"},
	    {"日本語", 5, "日本…"},
	    {"日本語", 4, "日…"},
	    {"日本語", 2, "…"},
	    {"e\xcc\x81"
	     "e\xcc\x81"
	     "e",
	     2, "e\xcc\x81…"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
		struct out o = plain(80);
		int used = out_cut(&o, str_from(cuts[i].text), cuts[i].columns);
		assert_out(&o, cuts[i].shown);
		assert_int_equal(used, out_width(str_from(cuts[i].shown)));
		out_clean(&o.text, S("|"));
		out_release(&o);
	}
	struct out o = plain(80);
	out_left(&o, S("日本語"), 4);
	out_raw(&o, "|");
	out_right(&o, S("7"), 3);
	assert_out(&o, "日… |  7");
	out_release(&o);
}

static void paragraphs_stay_inside_the_width(void **state)
{
	(void)state;
	struct out o = plain(20);
	out_wrap(&o, S("one two three four five six sevensevensevensevenseven"),
		 (struct out_paragraph){.indent = 2, .hang = 2});
	assert_out(&o, "  one two three four\n    five six\n    sevensevensevens\n    evenseven\n");
	out_release(&o);
	o = plain(20);
	out_wrap(&o, S("first\nline\n\nsecond"), (struct out_paragraph){0});
	assert_out(&o, "first line\n\nsecond\n");
	out_release(&o);
	o = plain(10);
	out_raw(&o, "usage: ");
	out_wrap(&o, S("日本語日本語"), (struct out_paragraph){.at = 7, .hang = 1});
	assert_out(&o, "usage: 日\n 本語日本\n 語\n");
	out_release(&o);
	o = plain(10);
	out_wrap(&o, (str){0}, (struct out_paragraph){.indent = 3});
	assert_out(&o, "\n");
	out_release(&o);
}

static void tables_cut_before_they_drop(void **state)
{
	static const struct out_column columns[] = {{.head = S("Id")},
						    {.head = S("Title"), .shrink = 6},
						    {.head = S("No"), .right = true},
						    {.head = S("Extra"), .drop = 1}};
	static const int widths[] = {60, 26, 17};
	static const char *const shown[] = {
	    ("  Id  Title          No  Extra\n  a   A rather long   7  yes\n"
	     "  b   short          10  no\n"),
	    "  Id  Title      No  Extra\n  a   A rather…   7  yes\n  b   short      10  no\n",
	    "  Id  Title    No\n  a   A rath…   7\n  b   short    10\n"};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct out o = plain(widths[i]);
		struct arena a = ARENA(1 << 16);
		struct err err;
		struct out_table t = out_table(&o, &a, columns, 4);
		out_table_row(
		    &t, (struct out_cell[]){
			    {.text = S("a")}, {.text = S("A rather long")}, {.text = S("7")}, {.text = S("yes")}});
		out_table_row(&t, (struct out_cell[]){
				      {.text = S("b")}, {.text = S("short")}, {.text = S("10")}, {.text = S("no")}});
		assert_int_equal(out_table_end(&t, &err), OK);
		assert_out(&o, shown[i]);
		out_release(&o);
		arena_release(&a);
	}
}

static void a_table_holds_any_number_of_rows(void **state)
{
	static const struct out_column columns[] = {
	    {.head = S("Id")}, {.head = S("N"), .right = true}, {.head = S("Empty")}};
	(void)state;
	struct out o = plain(40);
	struct arena a = ARENA(64 << 20);
	struct err err;
	struct out_table t = out_table(&o, &a, columns, 3);
	for (int i = 0; i < 1000; i++)
		out_table_row(&t,
			      (struct out_cell[]){{.text = S("x")}, {.text = out_print(&a, "%d", i)}, {.text = {0}}});
	assert_int_equal(out_table_end(&t, &err), OK);
	assert_int_equal(str_find(buf_str(&o.text), S("Empty")), -1);
	assert_true(str_ends(buf_str(&o.text), S("  x   999\n")));
	out_release(&o);
	arena_release(&a);
}

static void a_full_arena_is_an_error_and_not_a_short_table(void **state)
{
	static const struct out_column columns[] = {{.head = S("Id")}, {.head = {0}}};
	(void)state;
	struct out o = plain(40);
	struct arena a = ARENA(4096);
	struct err err;
	struct out_table t = out_table(&o, &a, columns, 2);
	for (int i = 0; i < 1000; i++)
		out_table_row(&t, (struct out_cell[]){{.text = S("x")}, {.text = {0}}});
	assert_int_equal(out_table_end(&t, &err), E_TOO_LARGE);
	assert_int_equal(o.text.n, 0);
	out_release(&o);
	arena_release(&a);
}

static void thousandths_are_cut_and_never_rounded_up(void **state)
{
	static const struct {
		int32_t index;
		const char *shown;
	} indexes[] = {{2412, "2.41"}, {2999, "2.99"}, {1000, "1.00"}, {5000, "5.00"}, {1009, "1.00"}, {1010, "1.01"}};
	static const struct {
		int64_t share;
		const char *shown;
	} shares[] = {{0, "0 %"}, {1, "0.1 %"}, {871, "87.1 %"}, {900, "90 %"}, {999, "99.9 %"}, {1000, "100 %"}};
	struct arena a = ARENA(1 << 16);
	(void)state;
	for (size_t i = 0; i < sizeof indexes / sizeof indexes[0]; i++)
		assert_string_equal(out_index(&a, indexes[i].index).p, indexes[i].shown);
	for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
		assert_string_equal(out_percent(&a, shares[i].share).p, shares[i].shown);
	arena_release(&a);
}

static void times_and_spans_are_short(void **state)
{
	struct arena a = ARENA(1 << 16);
	(void)state;
	assert_string_equal(out_time(&a, INT64_C(1793491200000)).p, "1 Nov 2026");
	assert_string_equal(out_time(&a, INT64_C(1793491200000) + 6 * 3600000 + 30 * 60000).p, "1 Nov 2026 06:30 UTC");
	assert_string_equal(out_time(&a, INT64_C(1793491200000) + 6 * 3600000 + 5000).p, "1 Nov 2026 06:00:05 UTC");
	assert_string_equal(out_time(&a, TIME_MIN_MS).p, "1 Jan 0001");
	assert_string_equal(out_span(&a, 3 * TIME_DAY_MS + 1).p, "3 d");
	assert_string_equal(out_span(&a, TIME_DAY_MS - 1).p, "23 h");
	assert_string_equal(out_span(&a, 59999).p, "0 min");
	assert_string_equal(out_span(&a, -5).p, "0 min");
	arena_release(&a);
}

/* Columns before the tick, and what stands left and right of it. */
static void check_tick(struct measure_tally t, int32_t threshold, int columns)
{
	struct arena a = ARENA(1 << 16);
	struct out o = plain(80);
	str bar = out_tally_bar(&o, &a, t, threshold, columns).text;
	ptrdiff_t tick = str_find(bar, S("|"));
	assert_int_equal(out_width(bar), columns);
	assert_true(tick >= 0);
	str before = str_slice(bar, 0, (size_t)tick);
	bool unknown_before = str_find(before, S("▒")) >= 0, no_before = str_find(before, S("─")) >= 0;
	enum score_verdict verdict = score_verdict(t, threshold);
	if (verdict == SCORE_MET)
		assert_false(unknown_before || no_before);
	else if (verdict == SCORE_OPEN)
		assert_true(!no_before && (unknown_before || before.n == 0));
	else
		assert_true(no_before || before.n == 0);
	arena_release(&a);
	out_release(&o);
}

static void the_tick_of_a_tally_is_the_verdict(void **state)
{
	static const int columns[] = {10, 11, 60};
	(void)state;
	for (int64_t yes = 0; yes <= 40; yes++)
		for (int64_t unknown = 0; yes + unknown <= 40; unknown += 3)
			for (int32_t threshold = 1; threshold <= 1000; threshold += 111)
				for (size_t c = 0; c < 3; c++)
					check_tick((struct measure_tally){yes, 40 - yes - unknown, unknown}, threshold,
						   columns[c]);
	check_tick((struct measure_tally){999999999, 1, 0}, 1000, 60);
	check_tick((struct measure_tally){INT64_C(1) << 52, 1, 0}, 1000, 60);
}

static void the_level_bar_tells_the_three_truths_apart(void **state)
{
	static const struct {
		struct score_category c;
		const char *bar;
	} bars[] = {
	    {{.applicable = true, .level = 3, .level_evidenced = 2, .level_high = 4, .ceiling = 5}, "██▒░·"},
	    {{.applicable = true, .level = 1, .level_evidenced = 1, .level_high = 1, .ceiling = 5}, "█····"},
	    {{.applicable = true, .level = 5, .level_evidenced = 5, .level_high = 5, .ceiling = 5}, "█████"},
	    {{.applicable = true, .level = 2, .level_evidenced = 1, .level_high = 3, .ceiling = 3}, "█▒░  "},
	    {{.applicable = false}, "     "},
	};
	(void)state;
	for (size_t i = 0; i < sizeof bars / sizeof bars[0]; i++) {
		struct arena a = ARENA(1 << 16);
		struct out o = plain(80);
		struct out_cell cell = out_level_bar(&o, &a, &bars[i].c, 1);
		assert_string_equal(cell.text.p, bars[i].bar);
		assert_int_equal(cell.columns, 5);
		o.colour = true;
		cell = out_level_bar(&o, &a, &bars[i].c, 2);
		assert_int_equal(cell.columns, 10);
		assert_true(str_find(cell.text, S("\x1b[")) >= 0);
		arena_release(&a);
		out_release(&o);
	}
}

static void a_full_disk_is_noticed(void **state)
{
	FILE *full = fopen("/dev/full", "w");
	(void)state;
	if (!full)
		skip();
	struct out o = out_open(full);
	assert_int_equal(o.width, OUT_WIDTH_PIPE);
	assert_false(o.colour);
	out_text(&o, S("x"));
	out_line(&o);
	assert_false(out_flush(&o));
	assert_true(o.failed != 0);
	assert_false(out_flush(&o)); /* it stays failed */
	out_release(&o);
	(void)fclose(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(widths_are_those_of_a_terminal),
	    cmocka_unit_test(nothing_in_a_name_acts_on_the_terminal),
	    cmocka_unit_test(cutting_never_splits_a_character),
	    cmocka_unit_test(paragraphs_stay_inside_the_width),
	    cmocka_unit_test(tables_cut_before_they_drop),
	    cmocka_unit_test(a_table_holds_any_number_of_rows),
	    cmocka_unit_test(a_full_arena_is_an_error_and_not_a_short_table),
	    cmocka_unit_test(thousandths_are_cut_and_never_rounded_up),
	    cmocka_unit_test(times_and_spans_are_short),
	    cmocka_unit_test(the_tick_of_a_tally_is_the_verdict),
	    cmocka_unit_test(the_level_bar_tells_the_three_truths_apart),
	    cmocka_unit_test(a_full_disk_is_noticed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
