#include "base/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/embed.h"

typedef void put_fn(struct buf *b, str text);

static void gives(put_fn *put, const char *text, const char *expected)
{
	struct buf b = BUF(4096);
	put(&b, str_from(text));
	if (!str_eq(buf_str(&b), str_from(expected)))
		fail_msg("expected %s, got %.*s", expected, STR_ARG(buf_str(&b)));
	buf_release(&b);
}

static void text_cannot_become_markup(void **state)
{
	(void)state;
	gives(html_text, "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
	gives(html_text, "a & b &lt; c", "a &amp; b &amp;lt; c");
	gives(html_text, "]]> --> <!-- </title>", "]]&gt; --&gt; &lt;!-- &lt;/title&gt;");
	gives(html_text, "", "");
}

static void text_cannot_leave_an_attribute(void **state)
{
	(void)state;
	gives(html_text, "x\" onload='y' z=`", "x&quot; onload=&#39;y&#39; z=`");
}

static void what_acts_on_a_reader_is_replaced(void **state)
{
	(void)state;
	gives(html_text,
	      "a\xE2\x80\xAE"
	      "b\x1b",
	      "a\xEF\xBF\xBD"
	      "b\xEF\xBF\xBD");
}

static void an_empty_line_starts_a_paragraph(void **state)
{
	(void)state;
	gives(html_paragraphs, "one\ntwo\n\nthree", "<p>one\ntwo</p>\n<p>three</p>\n");
	gives(html_paragraphs, "one\n  \t\n\n\ntwo\n", "<p>one</p>\n<p>two</p>\n");
	gives(html_paragraphs, "\n\n<p>\n\n", "<p>&lt;p&gt;</p>\n");
	gives(html_paragraphs, " \n ", "");
}

static void a_file_of_the_program_goes_out_as_it_is(void **state)
{
	(void)state;
	struct buf b = BUF(1 << 20);
	html_file(&b, S("book/book.js"));
	assert_true(str_eq(buf_str(&b), embed_find(S("book/book.js"))) && b.n > 0);
	buf_release(&b);
}

static void only_plain_https_addresses_become_links(void **state)
{
	(void)state;
	gives(html_paragraphs_linked, "See https://a.example/x?y=1&z, or not.",
	      "<p>See <a href=\"https://a.example/x?y=1&amp;z\" rel=\"noreferrer\">https://a.example/x?y=1&amp;z</a>, "
	      "or not.</p>\n");
	gives(html_paragraphs_linked, "(https://a.example). https://b.example\n\nc",
	      "<p>(<a href=\"https://a.example\" rel=\"noreferrer\">https://a.example</a>). <a "
	      "href=\"https://b.example\" rel=\"noreferrer\">https://b.example</a></p>\n<p>c</p>\n");
	gives(html_paragraphs_linked, "https://a.example/\"onload='x'><b>",
	      "<p><a href=\"https://a.example/\" rel=\"noreferrer\">https://a.example/</a>&quot;onload=&#39;x&#39;&gt;"
	      "&lt;b&gt;</p>\n");
	static const char *const none[] = {"http://a.example",
					   "javascript:https://",
					   "https://",
					   "https://a",
					   "https://.a",
					   "https://a..b",
					   "https://good.example@bad",
					   "https://a.example:8",
					   "xhttps://a.example",
					   "HTTPS://a.example",
					   "https://-a.example",
					   "https://a.example&x@b"};
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		struct buf b = BUF(4096);
		html_paragraphs_linked(&b, str_from(none[i]));
		if (str_find(buf_str(&b), S("<a ")) >= 0)
			fail_msg("%s became a link", none[i]);
		buf_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_cannot_become_markup),
	    cmocka_unit_test(text_cannot_leave_an_attribute),
	    cmocka_unit_test(what_acts_on_a_reader_is_replaced),
	    cmocka_unit_test(an_empty_line_starts_a_paragraph),
	    cmocka_unit_test(a_file_of_the_program_goes_out_as_it_is),
	    cmocka_unit_test(only_plain_https_addresses_become_links),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
