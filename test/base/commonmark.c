#include "base/commonmark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static str to_elsewhere(void *ctx, str url, struct arena *a)
{
	(void)ctx, (void)a;
	return str_eq(url, S("units.md")) ? S("/help/units") : url;
}

/* The HTML of a text, in the arena. */
static str html_of(const char *text, struct arena *a)
{
	struct buf b = BUF(1 << 16);
	struct err err;
	struct commonmark how = {.link = to_elsewhere};
	assert_int_equal(commonmark_html(str_from(text), &how, a, &b, &err), OK);
	str copy = str_copy(a, buf_str(&b));
	buf_release(&b);
	return copy;
}

static void expect(const char *text, const char *html)
{
	struct arena a = ARENA(1 << 20);
	str is = html_of(text, &a);
	if (!str_eq(is, str_from(html)))
		fail_msg("%.*s", STR_ARG(is));
	arena_release(&a);
}

static void markup_of_the_text_is_laid_out(void **state)
{
	(void)state;
	expect("# A title\n\nSome *words*.\n",
	       "<h1><span id=\"a-title\"></span>A title</h1>\n<p>Some <em>words</em>.</p>\n");
	expect("| a | b |\n|---|---|\n| 1 | 2 |\n", "<table "
						    "tabindex=\"0\">\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</"
						    "thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n"
						    "</tr>\n</tbody>\n</table>\n");
}

static void links_lead_where_the_caller_says(void **state)
{
	(void)state;
	expect("[units](units.md)\n", "<p><a href=\"/help/units\">units</a></p>\n");
}

static void pictures_are_left_out(void **state)
{
	(void)state;
	expect("before ![a picture](x.png) after\n", "<p>before  after</p>\n");
}

static void nothing_of_the_text_can_run(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	const char *const texts[] = {"<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b",
				     "[x](javascript:alert(1))", "[x](data:text/html,<script>alert(1)</script>)",
				     "# <b onclick=x>\"'&"};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		str is = html_of(texts[i], &a);
		assert_true(str_find(is, S("<script")) < 0);
		assert_true(str_find(is, S("<img")) < 0);
		assert_true(str_find(is, S("href=\"javascript")) < 0);
		assert_true(str_find(is, S("href=\"data")) < 0);
		assert_true(str_find(is, S("<b onclick")) < 0);
	}
	arena_release(&a);
}

static void an_id_is_made_as_the_links_of_the_manual_expect(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 16);
	assert_true(str_eq(commonmark_id(S("A verdict needs somebody"), &a), S("a-verdict-needs-somebody")));
	assert_true(str_eq(commonmark_id(S("`ai_system`, and more!"), &a), S("ai_system-and-more")));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(markup_of_the_text_is_laid_out),
	    cmocka_unit_test(links_lead_where_the_caller_says),
	    cmocka_unit_test(pictures_are_left_out),
	    cmocka_unit_test(nothing_of_the_text_can_run),
	    cmocka_unit_test(an_id_is_made_as_the_links_of_the_manual_expect),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
