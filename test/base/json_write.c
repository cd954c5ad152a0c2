/* The JSON writer: exact bytes, and that the reader gets back what was written. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/time.h"
#include "json_events.h"

/* What the writer makes of one text. */
static void expect_text(str text, const char *expected)
{
	struct buf out = BUF(1 << 20);
	struct json_writer w = json_writer(&out);
	json_string(&w, text);
	assert_int_equal(out.status, OK);
	buf_char(&out, '\0');
	assert_string_equal(out.p, expected);
	buf_release(&out);
}

/* true when the reader takes `json`, a single text, as `text`. */
static bool reads_as(str json, str text)
{
	struct arena a = ARENA(4 << 20);
	struct json_reader r;
	struct source s = source_text(S("a"), json);
	bool same = json_open(&r, &s, &a, NULL) == OK && json_next(&r, NULL) == OK && r.event == JSON_STRING &&
		    str_eq(r.text, text) && json_next(&r, NULL) == OK && r.event == JSON_END;
	arena_release(&a);
	return same;
}

static void commas_and_colons_are_kept_by_the_writer(void **state)
{
	(void)state;
	struct buf out = BUF(1 << 20);
	struct json_writer w = json_writer(&out);
	json_object(&w);
	json_key(&w, S("a"));
	json_array(&w);
	json_int(&w, 1);
	json_array(&w);
	json_array_end(&w);
	json_object(&w);
	json_object_end(&w);
	json_string(&w, S("x"));
	json_null(&w);
	json_array_end(&w);
	json_key(&w, S("b"));
	json_object(&w);
	json_put_int(&w, S("min"), INT64_MIN);
	json_put_int(&w, S("max"), INT64_MAX);
	json_put_bool(&w, S("t"), true);
	json_put_bool(&w, S("f"), false);
	json_key(&w, S("raw"));
	json_raw(&w, S("[1, {}]"));
	json_object_end(&w);
	json_key(&w, S("c"));
	for (int i = 0; i < 4; i++)
		json_array(&w);
	json_int(&w, 1);
	json_int(&w, 2);
	for (int i = 0; i < 4; i++)
		json_array_end(&w);
	json_object_end(&w);
	assert_int_equal(w.depth, 0);
	buf_char(&out, '\0');
	assert_string_equal(out.p,
			    "{\"a\":[1,[],{},\"x\",null],\"b\":{\"min\":-9223372036854775808,"
			    "\"max\":9223372036854775807,\"t\":true,\"f\":false,\"raw\":[1, {}]},\"c\":[[[[1,2]]]]}");
	buf_release(&out);
}

static void texts_and_times_may_be_absent(void **state)
{
	(void)state;
	struct buf out = BUF(1 << 20);
	struct json_writer w = json_writer(&out);
	json_object(&w);
	json_put_text(&w, S("absent"), (str){NULL, 0});
	json_put_text(&w, S("empty"), S(""));
	json_put_text(&w, S("text"), S("x"));
	json_put_time(&w, S("epoch"), 0);
	json_put_time(&w, S("never"), TIME_FOREVER);
	json_object_end(&w);
	buf_char(&out, '\0');
	assert_string_equal(out.p, "{\"absent\":null,\"empty\":\"\",\"text\":\"x\",\"epoch\":\"1970-01-01T00:00:00Z\","
				   "\"never\":null}");
	buf_release(&out);
}

static void control_bytes_quotes_and_backslashes_are_escaped(void **state)
{
	(void)state;
	expect_text(S("\x00\x01\x02\x03\x04\x05\x06\x07"),
		    "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\"");
	expect_text(S("\b\t\n\v\f\r\x0E\x0F"), "\"\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f\"");
	expect_text(S("\x10\x11\x12\x13\x14\x15\x16\x17"),
		    "\"\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\"");
	expect_text(S("\x18\x19\x1A\x1B\x1C\x1D\x1E\x1F \x7F"),
		    "\"\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f \\u007f\"");
	expect_text(S("\"quoted\" \\ /"), "\"\\\"quoted\\\" \\\\ /\"");
	expect_text(S(""), "\"\"");
}

static void names_are_escaped_like_texts(void **state)
{
	(void)state;
	struct buf out = BUF(1 << 20);
	struct json_writer w = json_writer(&out);
	json_object(&w);
	json_put_text(&w, S("a\"</\n\xFF"), S("v"));
	json_object_end(&w);
	assert_true(str_eq(buf_str(&out), S("{\"a\\\"<\\/\\n\xEF\xBF\xBD\":\"v\"}")));
	buf_release(&out);
}

static void json_inside_a_page_cannot_end_its_script(void **state)
{
	(void)state;
	expect_text(S("</script><!--<script>"), "\"<\\/script>\\u003c!--<script>\"");
	expect_text(S("a < b <"), "\"a < b <\"");
	expect_text(S("<</<<!/"), "\"<<\\/<\\u003c!/\"");
	assert_true(reads_as(S("\"<\\/script>\\u003c!--<script>\""), S("</script><!--<script>")));
}

static void each_bad_byte_becomes_a_replacement_character(void **state)
{
	(void)state;
#define BAD "\xEF\xBF\xBD"
	expect_text(S("\xFF"), "\"" BAD "\"");
	expect_text(S("a\x80z"), "\"a" BAD "z\"");
	expect_text(S("\xE2\x82"), "\"" BAD BAD "\"");
	expect_text(S("\xE2\x82x\xE2\x82\xAC"), "\"" BAD BAD "x\xE2\x82\xAC\"");
	expect_text(S("\xC0\xAF\xED\xA0\x80\xF4\x90\x80\x80"), "\"" BAD BAD BAD BAD BAD BAD BAD BAD BAD "\"");
	expect_text(S("\xF0\x9F\x98\x80\xF0\x9F\x98"), "\"\xF0\x9F\x98\x80" BAD BAD BAD "\"");
	expect_text(S("\xC3\"\xC3\n\xC3"), "\"" BAD "\\\"" BAD "\\n" BAD "\"");
}

static void every_character_of_unicode_is_read_back(void **state)
{
	(void)state;
	struct buf all = BUF(8 << 20), json = BUF(8 << 20);
	for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 13) {
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		char b[4];
		size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		b[0] = (char)(n == 1 ? c : (0xF00u >> n & 0xF0) | c >> (6 * (n - 1)));
		for (size_t i = 1; i < n; i++)
			b[i] = (char)(0x80 | (c >> (6 * (n - 1 - i)) & 0x3F));
		buf_add(&all, (str){b, n});
	}
	struct json_writer w = json_writer(&json);
	assert_true(str_is_utf8(buf_str(&all)));
	json_string(&w, buf_str(&all));
	assert_int_equal(json.status, OK);
	assert_true(reads_as(buf_str(&json), buf_str(&all)));
	buf_release(&all);
	buf_release(&json);
}

static void random_bytes_are_written_as_json(void **state)
{
	(void)state;
	uint64_t random = 42;
	struct buf json = BUF(1 << 20), out = BUF(1 << 20);
	for (int i = 0; i < 20000; i++) {
		char bytes[24];
		size_t n = (size_t)(i % 24);
		for (size_t k = 0; k < n; k++) {
			random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
			bytes[k] = (char)(random >> 56);
		}
		buf_clear(&json);
		buf_clear(&out);
		struct json_writer w = json_writer(&json);
		json_string(&w, (str){bytes, n});
		struct source s = source_text(S("a"), buf_str(&json));
		assert_int_equal(events_of(&s, EVENTS_PLAIN, &out, NULL), OK);
		assert_true(!str_is_utf8((str){bytes, n}) || reads_as(buf_str(&json), (str){bytes, n}));
	}
	buf_release(&json);
	buf_release(&out);
}

static void nesting_past_the_limit_makes_the_buffer_fail(void **state)
{
	(void)state;
	struct buf out = BUF(1 << 20);
	struct json_writer w = json_writer(&out);
	for (int i = 0; i < LIMIT_DEPTH; i++)
		json_array(&w);
	for (int i = 0; i < LIMIT_DEPTH; i++)
		json_array_end(&w);
	assert_int_equal(out.status, OK);
	assert_int_equal(out.n, 2 * LIMIT_DEPTH);
	w = json_writer(&out);
	for (int i = 0; i < LIMIT_DEPTH + 50; i++) {
		json_object(&w);
		json_key(&w, S("a"));
	}
	json_null(&w);
	for (int i = 0; i < LIMIT_DEPTH + 50; i++)
		json_object_end(&w);
	assert_int_equal(out.status, E_TOO_LARGE);
	assert_int_equal(w.depth, 0);
	buf_release(&out);
}

static void a_full_buffer_is_noticed_at_the_end(void **state)
{
	(void)state;
	struct buf out = BUF(10);
	struct json_writer w = json_writer(&out);
	json_array(&w);
	json_string(&w, S("longer than ten bytes"));
	json_array_end(&w);
	assert_int_equal(out.status, E_TOO_LARGE);
	assert_true(out.n <= 10);
	buf_release(&out);
}

static void values_with_line_breaks_between_them_are_json_lines(void **state)
{
	(void)state;
	struct buf out = BUF(1 << 20), events = BUF(1 << 20);
	struct json_writer w = json_writer(&out);
	for (int i = 0; i < 3; i++) {
		json_object(&w);
		json_put_int(&w, S("i"), i);
		json_put_text(&w, S("t"), S("a\nb"));
		json_object_end(&w);
		buf_char(&out, '\n');
	}
	struct source s = source_text(S("a"), buf_str(&out));
	assert_int_equal(events_of(&s, EVENTS_LINES, &events, NULL), OK);
	assert_true(str_ends(buf_str(&events), S("1 number 1:2\n1 key 1:t\n1 text 3:a\nb\n0 object_end\n0 end\n")));
	buf_release(&out);
	buf_release(&events);
}

static void key_in_array(struct json_writer *w)
{
	json_array(w);
	json_key(w, S("a"));
}

static void value_without_key(struct json_writer *w)
{
	json_object(w);
	json_int(w, 1);
}

static void key_after_key(struct json_writer *w)
{
	json_object(w);
	json_key(w, S("a"));
	json_key(w, S("b"));
}

static void key_at_the_top(struct json_writer *w)
{
	json_key(w, S("a"));
}

static void object_ended_as_array(struct json_writer *w)
{
	json_object(w);
	json_array_end(w);
}

static void end_after_key(struct json_writer *w)
{
	json_object(w);
	json_key(w, S("a"));
	json_object_end(w);
}

static void end_without_begin(struct json_writer *w)
{
	json_object_end(w);
}

static void misuse_asserts(void **state)
{
	(void)state;
#ifdef NDEBUG
	skip();
#endif
	static void (*const misuses[])(struct json_writer *) = {
	    key_in_array,          value_without_key, key_after_key,     key_at_the_top,
	    object_ended_as_array, end_after_key,     end_without_begin,
	};
	for (size_t i = 0; i < sizeof misuses / sizeof misuses[0]; i++) {
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			struct buf out = BUF(1 << 10);
			struct json_writer w = json_writer(&out);
			(void)signal(SIGABRT, SIG_DFL);
			(void)close(STDERR_FILENO);
			misuses[i](&w);
			_exit(0);
		}
		int how = 0;
		assert_int_equal(waitpid(child, &how, 0), child);
		assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGABRT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(commas_and_colons_are_kept_by_the_writer),
	    cmocka_unit_test(texts_and_times_may_be_absent),
	    cmocka_unit_test(control_bytes_quotes_and_backslashes_are_escaped),
	    cmocka_unit_test(names_are_escaped_like_texts),
	    cmocka_unit_test(json_inside_a_page_cannot_end_its_script),
	    cmocka_unit_test(each_bad_byte_becomes_a_replacement_character),
	    cmocka_unit_test(every_character_of_unicode_is_read_back),
	    cmocka_unit_test(random_bytes_are_written_as_json),
	    cmocka_unit_test(nesting_past_the_limit_makes_the_buffer_fail),
	    cmocka_unit_test(a_full_buffer_is_noticed_at_the_end),
	    cmocka_unit_test(values_with_line_breaks_between_them_are_json_lines),
	    cmocka_unit_test(misuse_asserts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
