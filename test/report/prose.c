#include "report/prose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/embed.h"

static bool has(str text, const char *part)
{
	return str_find(text, str_from(part)) >= 0;
}

static void the_chapters_become_clean_html(void **state)
{
	static const str names[] = {S("book/levels.md"), S("book/reading.md")};
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct buf b = BUF(1 << 20);
		report_prose_html(&b, names[i]);
		str text = buf_str(&b);
		assert_int_equal(b.status, OK);
		/* No mark is left that the small reader did not understand. */
		assert_false(has(text, "**") || has(text, "`") || has(text, "|") || has(text, "###") ||
			     has(text, "\n- "));
		assert_true(has(text, "<h3>") && has(text, "<p>") && has(text, "<ul>") && has(text, "<thead><tr>"));
		buf_release(&b);
	}
}

static void marks_become_elements(void **state)
{
	struct buf b = BUF(1 << 20);
	(void)state;
	report_prose_html(&b, S("book/levels.md"));
	str text = buf_str(&b);
	assert_true(has(text, "at least <em>threshold</em> of"));
	assert_true(has(text, "<li><strong>Level</strong>: what"));
	assert_true(has(text, "<tr><th scope=\"row\">as it stands</th><td>2</td><td>2.50</td>"));
	assert_true(has(text, "<tr><td></td><th scope=\"col\">level</th>"));
	buf_release(&b);
}

static void as_markdown_a_chapter_is_the_file(void **state)
{
	struct buf b = BUF(1 << 20);
	(void)state;
	report_prose_markdown(&b, S("book/levels.md"));
	assert_true(str_eq(buf_str(&b), embed_find(S("book/levels.md"))));
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_chapters_become_clean_html),
	    cmocka_unit_test(marks_become_elements),
	    cmocka_unit_test(as_markdown_a_chapter_is_the_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
