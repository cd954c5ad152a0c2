#include "base/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void gives(const char *text, const char *expected)
{
	struct buf b = BUF(4096);
	markdown_text(&b, str_from(text));
	if (!str_eq(buf_str(&b), str_from(expected)))
		fail_msg("expected %s, got %.*s", expected, STR_ARG(buf_str(&b)));
	buf_release(&b);
}

static void plain_words_stay_plain(void **state)
{
	(void)state;
	gives("At least 90 % of ai_system rows (pilot) - as of 2026-11-01, Risk & Provider.",
	      "At least 90 % of ai_system rows (pilot) - as of 2026-11-01, Risk & Provider.");
	gives("", "");
}

static void text_cannot_become_markup(void **state)
{
	(void)state;
	gives("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>");
	gives("*a* _b_ `c` ~~d~~ $e$ \\f", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\$e\\$ \\\\f");
	gives("[x](javascript:y) ![z](w)", "\\[x\\](javascript:y) !\\[z\\](w)");
	gives("&lt; &#60; & R&D", "\\&lt; \\&#60; & R\\&D");
	gives("__init__ a_b_c _", "\\_\\_init\\_\\_ a_b_c \\_");
	gives("see https://evil.example and WWW.evil.example", "see https\\://evil.example and WWW\\.evil.example");
}

static void text_cannot_leave_its_cell_or_line(void **state)
{
	(void)state;
	gives("a | b", "a \\| b");
	gives("  a\n\n# b\n\tc  ", "a # b c");
	gives("a\r\nb", "a\xEF\xBF\xBD b");
}

static void text_cannot_begin_a_block(void **state)
{
	(void)state;
	gives("# a", "\\# a");
	gives("- a", "\\- a");
	gives("+ a", "\\+ a");
	gives("=== a", "\\=== a");
	gives("1. a", "1\\. a");
	gives("20) a", "20\\) a");
	gives("> a", "\\> a");
	gives("2026 was", "2026 was");
	gives("1.5 times", "1.5 times");
	gives("7.", "7\\.");
}

static void a_fence_is_longer_than_any_in_the_code(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
	} table[] = {
	    {"SELECT 1\n", "```sql\nSELECT 1\n```\n"},
	    {"SELECT 1", "```sql\nSELECT 1\n```\n"},
	    {"a ``` b", "````sql\na ``` b\n````\n"},
	    {"`````\n</details>", "``````sql\n`````\n</details>\n``````\n"},
	    {"", "```sql\n```\n"},
	    {"a\xE2\x80\xAE", "```sql\na\xEF\xBF\xBD\n```\n"},
	};
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct buf b = BUF(4096);
		markdown_code(&b, str_from(table[i].text), "sql");
		if (!str_eq(buf_str(&b), str_from(table[i].expected)))
			fail_msg("expected %s, got %.*s", table[i].expected, STR_ARG(buf_str(&b)));
		buf_release(&b);
	}
}

static void addresses_become_links_where_they_may(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {
	    {"See https://a.example/b_c_ now.", "See <https://a.example/b_c_> now."},
	    {"https://a.example", "<https://a.example>"},
	    {"a (https://a.example): *b*", "a (<https://a.example>): \\*b\\*"},
	    {"http://a.example", "http\\://a.example"},
	    {"https://a.example@b", "https\\://a.example@b"},
	    {" [x](https://a.example) ", "\\[x\\](<https://a.example>)"},
	};
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		struct buf b = BUF(4096);
		markdown_text_linked(&b, str_from(pairs[i][0]));
		if (!str_eq(buf_str(&b), str_from(pairs[i][1])))
			fail_msg("%s gives %.*s", pairs[i][0], STR_ARG(buf_str(&b)));
		buf_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plain_words_stay_plain),
	    cmocka_unit_test(text_cannot_become_markup),
	    cmocka_unit_test(text_cannot_leave_its_cell_or_line),
	    cmocka_unit_test(text_cannot_begin_a_block),
	    cmocka_unit_test(a_fence_is_longer_than_any_in_the_code),
	    cmocka_unit_test(addresses_become_links_where_they_may),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
