/* The JSON reader; the writer's tests are in json_write.c, what is JSON at all in json_conformance.c. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json_events.h"

static str repeat(struct buf *b, str piece, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_add(b, piece);
	assert_int_equal(b->status, OK);
	return buf_str(b);
}

/* The events of a text, or "status message where". */
static void expect_events(int mode, str text, const char *expected)
{
	for (int pieces = 0; pieces < 2; pieces++) {
		struct buf out = BUF(1 << 20);
		struct err err = {0};
		struct source s = pieces ? in_pieces(S("pieces.json"), text, 1) : source_text(S("pieces.json"), text);
		enum status status = events_of(&s, mode, &out, &err);
		if (status != OK)
			buf_printf(&out, "%d %s at %s", status, err.message, err.where);
		buf_char(&out, '\0');
		assert_string_equal(out.p, expected);
		buf_release(&out);
		source_close(&s);
	}
}

static void check_error(str text, enum status status, struct err *err)
{
	struct buf out = BUF(64 << 20);
	struct source s = source_text(S("a.json"), text);
	assert_int_equal(events_of(&s, EVENTS_PLAIN, &out, err), status);
	buf_release(&out);
}

static void events_carry_text_depth_and_place(void **state)
{
	(void)state;
	expect_events(EVENTS_PLACES, S("{\n  \"id\": 12,\n  \"tags\" : [ \"a\",true,\n\tfalse,null, {} ]\n}\n"),
		      "1:1 1 object\n"
		      "2:3 1 key 2:id\n"
		      "2:9 1 number 2:12\n"
		      "3:3 1 key 4:tags\n"
		      "3:12 2 array\n"
		      "3:14 2 text 1:a\n"
		      "3:18 2 true\n"
		      "4:2 2 false\n"
		      "4:8 2 null\n"
		      "4:14 3 object\n"
		      "4:15 2 object_end\n"
		      "4:17 1 array_end\n"
		      "5:1 0 object_end\n"
		      "6:1 0 end\n");
}

static void columns_count_bytes_and_not_the_byte_order_mark(void **state)
{
	(void)state;
	expect_events(EVENTS_PLACES, S("\xEF\xBB\xBF[\"\xE2\x82\xAC\", 1]"),
		      "1:1 1 array\n"
		      "1:2 1 text 3:\xE2\x82\xAC\n"
		      "1:9 1 number 1:1\n"
		      "1:10 0 array_end\n"
		      "1:11 0 end\n");
}

static void escapes_are_decoded(void **state)
{
	(void)state;
	expect_events(EVENTS_PLAIN, S("\"\\\"\\\\\\/\\b\\f\\n\\r\\t|\\u0041\\u00e9\\u20AC\\ud83d\\ude00|\""),
		      "0 text 20:\"\\/\b\f\n\r\t|A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80|\n0 end\n");
	expect_events(EVENTS_PLAIN, S("{\"a\\tb\":\"\"}"), "1 object\n1 key 3:a\tb\n1 text 0:\n0 object_end\n0 end\n");
	expect_events(EVENTS_PLAIN, S("[\"\\uFFFF\\uDBFF\\uDFFF\\u07ff\\u0800\"]"),
		      "1 array\n1 text 12:\xEF\xBF\xBF\xF4\x8F\xBF\xBF\xDF\xBF\xE0\xA0\x80\n0 array_end\n0 end\n");
}

static void an_escaped_nul_is_part_of_the_text(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct source s = source_text(S("a"), S("\"a\\u0000b\""));
	struct json_reader r;
	assert_int_equal(json_open(&r, &s, &a, NULL), OK);
	assert_int_equal(json_next(&r, NULL), OK);
	assert_true(str_eq(r.text, S("a\0b")));
	arena_release(&a);
}

static void json_lines_are_values_on_lines_of_their_own(void **state)
{
	(void)state;
	expect_events(EVENTS_LINES | EVENTS_PLACES, S("\xEF\xBB\xBF{\"a\":1}\n\n  \t\r\n [2] \r\n\"x\"\n4"),
		      "1:1 1 object\n1:2 1 key 1:a\n1:6 1 number 1:1\n1:7 0 object_end\n"
		      "4:2 1 array\n4:3 1 number 1:2\n4:4 0 array_end\n"
		      "5:1 0 text 1:x\n"
		      "6:1 0 number 1:4\n6:2 0 end\n");
	expect_events(EVENTS_LINES, S(""), "0 end\n");
	expect_events(EVENTS_LINES, S("\n \n\n"), "0 end\n");
	expect_events(EVENTS_LINES, S("1\n"), "0 number 1:1\n0 end\n");
}

static void json_lines_refuse_a_second_value_on_a_line(void **state)
{
	(void)state;
	expect_events(EVENTS_LINES, S("1\n2 3\n"),
		      "0 number 1:1\n0 number 1:2\n"
		      "2 a line break expected at pieces.json:2:3");
	expect_events(EVENTS_LINES, S("{}{}"), "1 object\n0 object_end\n2 a line break expected at pieces.json:1:3");
	expect_events(EVENTS_LINES, S("{},\n{}"), "1 object\n0 object_end\n2 a line break expected at pieces.json:1:3");
	expect_events(EVENTS_LINES, S("true\rfalse"), "0 true\n2 a line break expected at pieces.json:1:6");
}

static void a_json_line_that_was_cut_off_is_refused_on_its_own_line(void **state)
{
	(void)state;
	expect_events(EVENTS_LINES, S("[1]\n[2,\n[3]\n"),
		      "1 array\n1 number 1:1\n0 array_end\n1 array\n1 number 1:2\n"
		      "2 a value expected at pieces.json:2:4");
	expect_events(EVENTS_LINES, S("{\n}"), "1 object\n2 a name in quotes or } expected at pieces.json:1:2");
	expect_events(EVENTS_LINES, S("\n{\"a\"\n:1}"), "1 object\n1 key 1:a\n2 a colon expected at pieces.json:2:5");
	expect_events(EVENTS_LINES, S("1\n2\n\"x\n3"),
		      "0 number 1:1\n0 number 1:2\n"
		      "2 a closing quote expected at pieces.json:3:3");
	expect_events(EVENTS_LINES, S("1\n2\nx\n3"),
		      "0 number 1:1\n0 number 1:2\n"
		      "2 a value expected at pieces.json:3:1");
}

static void json_lines_end_depends_on_no_final_line_break(void **state)
{
	(void)state;
	expect_events(EVENTS_LINES, S("[1"), "1 array\n1 number 1:1\n2 a comma or ] expected at pieces.json:1:3");
	expect_events(EVENTS_LINES, S("[]"), "1 array\n0 array_end\n0 end\n");
}

static void a_json_line_longer_than_the_limit_is_refused(void **state)
{
	(void)state;
	struct buf text = BUF(LIMIT_RECORD_BYTES + 100), out = BUF(1 << 10);
	struct err err = {0};
	buf_add(&text, S("[]\n["));
	char *spaces = malloc(LIMIT_RECORD_BYTES);
	assert_non_null(spaces);
	memset(spaces, ' ', LIMIT_RECORD_BYTES);
	buf_add(&text, (str){spaces, LIMIT_RECORD_BYTES});
	buf_add(&text, S("]\n"));
	free(spaces);
	struct source s = source_text(S("long.jsonl"), buf_str(&text));
	assert_int_equal(events_of(&s, EVENTS_LINES, &out, &err), E_TOO_LARGE);
	assert_true(str_starts(str_from(err.where), S("long.jsonl:2:")));
	buf_clear(&out);
	s = source_text(S("long.json"), buf_str(&text));
	assert_int_equal(events_of(&s, EVENTS_PLAIN, &out, &err), E_INVALID);
	s = source_text(S("long.json"), str_slice(buf_str(&text), 3, text.n));
	assert_int_equal(events_of(&s, EVENTS_PLAIN, &out, &err), OK);
	buf_release(&text);
	buf_release(&out);
}

/* Every byte of the document comes to stand first in a window of 64 KiB, once. */
static void a_token_may_cross_the_border_of_the_window_anywhere(void **state)
{
	(void)state;
	const str doc = S("{\"k\\u00e9y\":[-12.5e+3,true,false,null,\"plain text\",\"\xF0\x9F\x98\x80\xE2\x82\xAC\","
			  "\"\\ud83d\\ude00\\n\"],\"\":{}}");
	enum { WINDOW = 64 << 10 };
	struct buf plain = BUF(1 << 20), moved = BUF(1 << 20), text = BUF(1 << 20);
	struct source s = source_text(S("a"), doc);
	assert_int_equal(events_of(&s, EVENTS_PLAIN, &plain, NULL), OK);
	for (size_t i = 0; i <= doc.n; i++) {
		buf_clear(&text);
		repeat(&text, S("\n"), WINDOW - i);
		buf_add(&text, doc);
		buf_clear(&moved);
		s = source_text(S("a"), buf_str(&text));
		assert_int_equal(events_of(&s, EVENTS_PLAIN, &moved, NULL), OK);
		assert_true(str_eq(buf_str(&plain), buf_str(&moved)));
	}
	buf_release(&plain);
	buf_release(&moved);
	buf_release(&text);
}

static void one_text_may_have_the_limit_and_not_a_byte_more(void **state)
{
	(void)state;
	static const str pieces[] = {{"x", 1}, {"\\u0041", 6}, {"7", 1}};
	for (size_t i = 0; i < 3; i++) {
		struct buf text = BUF(16 << 20), out = BUF(16 << 20);
		struct err err = {0};
		bool number = i == 2;
		buf_add(&text, number ? S("[") : S("[\""));
		repeat(&text, pieces[i], LIMIT_VALUE_BYTES);
		size_t at = text.n;
		buf_add(&text, number ? S("]") : S("\"]"));
		struct source s = source_text(S("a.json"), buf_str(&text));
		assert_int_equal(events_of(&s, EVENTS_PLAIN, &out, &err), OK);
		text.n = at;
		buf_add(&text, pieces[i]);
		buf_add(&text, number ? S("]") : S("\"]"));
		check_error(buf_str(&text), E_TOO_LARGE, &err);
		assert_string_equal(err.message, "a text of more than 1048576 bytes");
		assert_string_equal(err.where, "a.json:1:2");
		buf_release(&text);
		buf_release(&out);
	}
}

static void memory_does_not_grow_with_the_input(void **state)
{
	(void)state;
	struct buf text = BUF(16 << 20);
	struct arena a = ARENA(256 << 10);
	struct json_reader r;
	buf_char(&text, '[');
	repeat(&text, S("{\"name\":\"text with an \\\"escape\\\"\",\"n\":[1,2.5,null]},\n"), 100000);
	buf_add(&text, S("0]"));
	struct source s = source_text(S("a"), buf_str(&text));
	assert_int_equal(json_open(&r, &s, &a, NULL), OK);
	size_t events = 0;
	do {
		assert_int_equal(json_next(&r, NULL), OK);
		events++;
	} while (r.event != JSON_END);
	assert_int_equal(events, 100000 * 10 + 4);
	assert_int_equal(r.line, 100001);
	assert_true(a.used_bytes < 80 << 10);
	arena_release(&a);
	buf_release(&text);
}

static void a_full_arena_is_an_error_with_a_place(void **state)
{
	(void)state;
	struct arena none = ARENA(1000), some = ARENA(100 << 10);
	struct buf text = BUF(1 << 20);
	struct err err = {0};
	struct json_reader r;
	struct source s = source_text(S("a"), S("1"));
	assert_int_equal(json_open(&r, &s, &none, &err), E_TOO_LARGE);
	buf_add(&text, S("[\n\""));
	repeat(&text, S("\\n"), 200000);
	buf_add(&text, S("\"]"));
	s = source_text(S("a.json"), buf_str(&text));
	assert_int_equal(json_open(&r, &s, &some, &err), OK);
	assert_int_equal(json_next(&r, &err), OK);
	assert_int_equal(json_next(&r, &err), E_TOO_LARGE);
	assert_string_equal(err.where, "a.json:2:1");
	arena_release(&none);
	arena_release(&some);
	buf_release(&text);
}

static void nesting_may_have_the_limit_and_not_a_level_more(void **state)
{
	(void)state;
	struct buf text = BUF(1 << 20);
	struct err err = {0};
	repeat(&text, S("{\"a\":["), LIMIT_DEPTH / 2);
	buf_add(&text, S("1"));
	repeat(&text, S("]}"), LIMIT_DEPTH / 2);
	check_error(buf_str(&text), OK, &err);
	buf_clear(&text);
	repeat(&text, S("{\"a\":["), LIMIT_DEPTH / 2);
	buf_add(&text, S("{"));
	check_error(buf_str(&text), E_TOO_LARGE, &err);
	assert_string_equal(err.message, "nested deeper than 128 levels");
	buf_release(&text);
}

static void an_error_leaves_the_reader_and_repeats(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct err first = {0}, second = {0};
	struct json_reader r;
	struct source s = source_text(S("a.json"), S("[\n1 2]"));
	assert_int_equal(json_open(&r, &s, &a, NULL), OK);
	assert_int_equal(json_next(&r, NULL), OK);
	assert_int_equal(json_next(&r, NULL), OK);
	assert_int_equal(json_next(&r, &first), E_INVALID);
	assert_int_equal(json_next(&r, &second), E_INVALID);
	assert_int_equal(json_next(&r, NULL), E_INVALID);
	assert_string_equal(first.where, "a.json:2:3");
	assert_memory_equal(&first, &second, sizeof first);
	assert_int_equal(r.event, JSON_NUMBER);
	assert_int_equal(r.line, 2);
	assert_int_equal(r.column, 1);
	arena_release(&a);
}

static void the_end_repeats(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct json_reader r;
	struct source s = source_text(S("a"), S("1"));
	assert_int_equal(json_open(&r, &s, &a, NULL), OK);
	assert_int_equal(json_next(&r, NULL), OK);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(json_next(&r, NULL), OK);
		assert_int_equal(r.event, JSON_END);
	}
	arena_release(&a);
}

static void a_read_that_fails_is_no_end_of_file(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "12", "{}", "[1,", "\"x", "tru"};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct arena a = ARENA(1 << 20);
		struct err err = {0};
		struct json_reader r;
		int ends[2];
		assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
		size_t n = strlen(texts[i]);
		if (n)
			assert_int_equal(send(ends[1], texts[i], n, 0), n);
		/* After the text the socket has nothing and does not wait: read fails. */
		assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
		struct source s = {.name = S("a.json"), .fd = ends[0]};
		assert_int_equal(json_open(&r, &s, &a, &err), OK);
		enum status status = OK;
		for (int k = 0; k < 10 && status == OK; k++) {
			status = json_next(&r, &err);
			assert_false(status == OK && (r.event == JSON_END || r.event == JSON_NUMBER) && i != 3);
		}
		assert_int_equal(status, E_IO);
		assert_true(str_starts(str_from(err.where), S("a.json:1:")));
		(void)close(ends[1]);
		source_close(&s);
		arena_release(&a);
	}
}

/* Reads up to the first event of a kind. */
static void go_to(struct json_reader *r, enum json_event event)
{
	do
		assert_int_equal(json_next(r, NULL), OK);
	while (r->event != event && r->event != JSON_END);
	assert_int_equal(r->event, event);
}

static void skip_consumes_one_value_whole(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct json_reader r;
	struct source s = source_text(S("a"), S("{\"a\":{\"b\":[{},[],\"]\"]},\"c\":7,\"d\":[[1],2],\"e\":true}"));
	assert_int_equal(json_open(&r, &s, &a, NULL), OK);
	go_to(&r, JSON_KEY);
	assert_int_equal(json_skip(&r, NULL), OK);
	assert_int_equal(r.event, JSON_OBJECT_END);
	assert_int_equal(r.depth, 1);
	go_to(&r, JSON_KEY);
	assert_int_equal(json_skip(&r, NULL), OK);
	assert_int_equal(r.event, JSON_NUMBER);
	assert_int_equal(json_skip(&r, NULL), OK);
	assert_int_equal(r.event, JSON_NUMBER);
	go_to(&r, JSON_ARRAY);
	assert_int_equal(json_skip(&r, NULL), OK);
	assert_int_equal(r.event, JSON_ARRAY_END);
	go_to(&r, JSON_KEY);
	assert_true(str_eq(r.text, S("e")));
	assert_int_equal(json_skip(&r, NULL), OK);
	assert_int_equal(r.event, JSON_TRUE);
	go_to(&r, JSON_END);
	assert_int_equal(json_skip(&r, NULL), OK);
	assert_int_equal(r.event, JSON_END);
	arena_release(&a);
}

static void skip_finds_errors_inside_what_it_skips(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct err err = {0};
	struct json_reader r;
	struct source s = source_text(S("a.json"), S("{\"a\":[1,\n[\"\xFF\"]]}"));
	assert_int_equal(json_open(&r, &s, &a, NULL), OK);
	go_to(&r, JSON_KEY);
	assert_int_equal(json_skip(&r, &err), E_INVALID);
	assert_string_equal(err.where, "a.json:2:3");
	arena_release(&a);
}

static void a_wrong_type_is_reported_at_its_place(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct err err = {0};
	struct json_reader r;
	struct source s = source_text(S("a.json"), S("{\n \"id\": [] }"));
	assert_int_equal(json_open(&r, &s, &a, NULL), OK);
	go_to(&r, JSON_ARRAY);
	assert_int_equal(json_expected(&r, "a text", &err), E_INVALID);
	assert_int_equal(err.status, E_INVALID);
	assert_string_equal(err.message, "a text expected");
	assert_string_equal(err.where, "a.json:2:8");
	assert_int_equal(json_expected(&r, "a text", NULL), E_INVALID);
	arena_release(&a);
}

static void errors_say_what_was_found_and_what_to_do(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message, *detail, *hint;
	} cases[] = {
	    {"[1,]", "a value expected", "found ]", "no comma stands after the last one"},
	    {"{\"a\":1,}", "a name in quotes expected", "found }", "no comma stands after the last one"},
	    {"{\"a\":}", "a value expected", "found }", ""},
	    {"[NaN]", "a value or ] expected", "found NaN", "JSON has no NaN; write null"},
	    {"{'a':1}", "a name in quotes or } expected", "found '", "texts and names stand in double quotes"},
	    {"// x\n1", "a value expected", "found /", "JSON has no comments"},
	    {"[007]", "a comma or ] expected", "found 0", "a number does not start with 0"},
	    {"[1 \x01]", "a comma or ] expected", "found byte 0x01", ""},
	    {"\n[\n {\"a\":1", "a comma or } expected",
	     "found the end of the file; the object of line 3, column 2 is still open", ""},
	    {"[\"abc\n", "a closing quote expected",
	     "found the end of the line; the text of line 1, column 2 is still open",
	     "a line break inside a text is written \\n"},
	    {"[\"\xE9\"]", "UTF-8 expected", "found byte 0xE9", "save the file as UTF-8"},
	    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a value expected", "found aaaaaaaaaaaaaaa", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct err err = {0};
		check_error(str_from(cases[i].text), E_INVALID, &err);
		assert_string_equal(err.message, cases[i].message);
		assert_string_equal(err.detail, cases[i].detail);
		assert_string_equal(err.hint, cases[i].hint);
	}
}

static bool number_of(const char *text, int64_t *out)
{
	struct arena a = ARENA(4 << 20);
	struct json_reader r;
	struct source s = source_text(S("a"), str_from(text));
	assert_int_equal(json_open(&r, &s, &a, NULL), OK);
	assert_int_equal(json_next(&r, NULL), OK);
	bool ok = json_i64(&r, out);
	arena_release(&a);
	return ok;
}

static void integers_are_read_in_every_spelling(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t value;
	} cases[] = {
	    {"0", 0},
	    {"-0", 0},
	    {"-0.000e99", 0},
	    {"0e-99999999999999999999", 0},
	    {"0e99999999999999999999", 0},
	    {"1.0", 1},
	    {"1e3", 1000},
	    {"1E+3", 1000},
	    {"-12.50e1", -125},
	    {"1000e-3", 1},
	    {"0.001e3", 1},
	    {"0.0010e3", 1},
	    {"120.00", 120},
	    {"10203.0405e4", 102030405},
	    {"9223372036854775807", INT64_MAX},
	    {"-9223372036854775808", INT64_MIN},
	    {"-9223372036854775808.000", INT64_MIN},
	    {"922337203685477580700000e-5", INT64_MAX},
	    {"0.9223372036854775807e19", INT64_MAX},
	    {"1e18", INT64_C(1000000000000000000)},
	    {"100000000000000000000000000000e-29", 1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t v = -77;
		if (!number_of(cases[i].text, &v) || v != cases[i].value)
			fail_msg("%s gave %" PRId64, cases[i].text, v);
	}
}

static void what_is_no_integer_or_does_not_fit_leaves_the_output(void **state)
{
	(void)state;
	static const char *const cases[] = {
	    "0.5",
	    "1e-1",
	    "1.00000000000000000000001",
	    "9223372036854775808",
	    "-9223372036854775809",
	    "1e19",
	    "1e99999999999999999999",
	    "1e-99999999999999999999",
	    "123456789012345678901234567890",
	    "12345678901234567890123e-5",
	    "\"1\"",
	    "true",
	    "[1]",
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t v = -77;
		if (number_of(cases[i], &v) || v != -77)
			fail_msg("%s gave %" PRId64, cases[i], v);
	}
}

static void a_million_zeros_and_their_exponent_are_one(void **state)
{
	(void)state;
	struct buf text = BUF(4 << 20);
	int64_t v = 0;
	buf_add(&text, S("0."));
	repeat(&text, S("0"), 1000000);
	buf_add(&text, S("1e1000001"));
	buf_char(&text, '\0');
	assert_true(number_of(text.p, &v));
	assert_int_equal(v, 1);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(events_carry_text_depth_and_place),
	    cmocka_unit_test(columns_count_bytes_and_not_the_byte_order_mark),
	    cmocka_unit_test(escapes_are_decoded),
	    cmocka_unit_test(an_escaped_nul_is_part_of_the_text),
	    cmocka_unit_test(json_lines_are_values_on_lines_of_their_own),
	    cmocka_unit_test(json_lines_refuse_a_second_value_on_a_line),
	    cmocka_unit_test(a_json_line_that_was_cut_off_is_refused_on_its_own_line),
	    cmocka_unit_test(json_lines_end_depends_on_no_final_line_break),
	    cmocka_unit_test(a_json_line_longer_than_the_limit_is_refused),
	    cmocka_unit_test(a_token_may_cross_the_border_of_the_window_anywhere),
	    cmocka_unit_test(one_text_may_have_the_limit_and_not_a_byte_more),
	    cmocka_unit_test(memory_does_not_grow_with_the_input),
	    cmocka_unit_test(a_full_arena_is_an_error_with_a_place),
	    cmocka_unit_test(nesting_may_have_the_limit_and_not_a_level_more),
	    cmocka_unit_test(an_error_leaves_the_reader_and_repeats),
	    cmocka_unit_test(the_end_repeats),
	    cmocka_unit_test(a_read_that_fails_is_no_end_of_file),
	    cmocka_unit_test(skip_consumes_one_value_whole),
	    cmocka_unit_test(skip_finds_errors_inside_what_it_skips),
	    cmocka_unit_test(a_wrong_type_is_reported_at_its_place),
	    cmocka_unit_test(errors_say_what_was_found_and_what_to_do),
	    cmocka_unit_test(integers_are_read_in_every_spelling),
	    cmocka_unit_test(what_is_no_integer_or_does_not_fit_leaves_the_output),
	    cmocka_unit_test(a_million_zeros_and_their_exponent_are_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
