#include "chart/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/embed.h"

static str style_sheet(void)
{
	str css = embed_find(S("web/aismm.css"));
	assert_non_null(css.p);
	return css;
}

/* What stands between that opening and the brace that closes its block, in which there is no other one. */
static str block(const char *opening)
{
	str css = style_sheet();
	ptrdiff_t at = str_find(css, str_from(opening));
	assert_true(at >= 0);
	css = str_slice(css, (size_t)at + strlen(opening), css.n);
	ptrdiff_t end = str_find(css, S("}"));
	assert_true(end >= 0);
	return str_slice(css, 0, (size_t)end);
}

/* Takes the next "--name:#rrggbb;" off *rest. */
static bool colour_next(str *rest, str *name, str *value)
{
	for (;;) {
		ptrdiff_t at = str_find(*rest, S("--"));
		str word;
		if (at < 0)
			return false;
		*rest = str_slice(*rest, (size_t)at + 2, rest->n);
		str tail = *rest;
		if (!str_cut(tail, ':', name, &tail) || !str_cut(tail, ';', &word, &tail))
			return false;
		if (!str_starts(word, S("#")))
			continue;
		*value = word;
		*rest = tail;
		return true;
	}
}

static void expect_block(const char *opening, bool dark)
{
	str rest = block(opening), name, value;
	size_t n = 0;
	for (; colour_next(&rest, &name, &value); n++) {
		struct chart_token t;
		char wanted[16];
		if (!chart_token_find(name, &t))
			fail_msg("--%.*s of the style sheet is not in the table", STR_ARG(name));
		(void)snprintf(wanted, sizeof wanted, "#%06x", (unsigned)(dark ? t.dark : t.light));
		if (!str_eq(value, str_from(wanted)))
			fail_msg("--%.*s is %.*s in the style sheet and %s in the table", STR_ARG(name), STR_ARG(value),
				 wanted);
	}
	assert_int_equal(n, chart_token_count());
}

static void the_style_sheet_has_the_colours_of_the_table_in_all_three_blocks(void **state)
{
	(void)state;
	expect_block(":root{\n  color-scheme:light;", false);
	expect_block("@media screen and (prefers-color-scheme:dark){\n  :root:not([data-theme=light]){", true);
	expect_block("@media screen{\n  :root[data-theme=dark]{", true);
}

static void every_colour_that_the_style_sheet_uses_has_a_name(void **state)
{
	(void)state;
	str css = style_sheet();
	size_t colours = 0;
	for (size_t i = 0; i + 7 < css.n; i++) {
		bool hex = css.p[i] == '#' && css.p[i - 1] == ':';
		for (size_t k = 1; hex && k < 7; k++)
			hex = strchr("0123456789abcdef", css.p[i + k]) != NULL;
		colours += hex;
	}
	assert_int_equal(colours, 3 * chart_token_count());
}

static void a_colour_is_found_by_its_name(void **state)
{
	(void)state;
	struct chart_token t = {.light = 7};
	assert_true(chart_token_find(S("ink"), &t));
	assert_int_equal(t.light, 0x16202c);
	assert_int_equal(t.dark, 0xe8ebf0);
	assert_false(chart_token_find(S("in"), &t));
	assert_false(chart_token_find(S(""), &t));
	assert_int_equal(t.light, 0x16202c);
}

static void names_differ_and_come_in_the_order_of_the_table(void **state)
{
	(void)state;
	assert_true(chart_token_count() > 40);
	assert_true(str_eq(chart_token_at(0).name, S("paper")));
	for (size_t i = 0; i < chart_token_count(); i++) {
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(chart_token_at(i).name, chart_token_at(k).name));
	}
}

static void the_font_travels_with_its_licence(void **state)
{
	(void)state;
	assert_true(str_starts(embed_find(S("web/inter.woff2")), S("wOF2")));
	assert_true(str_find(embed_find(S("web/inter-LICENSE.txt")), S("SIL Open Font License, Version 1.1")) >= 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_style_sheet_has_the_colours_of_the_table_in_all_three_blocks),
	    cmocka_unit_test(every_colour_that_the_style_sheet_uses_has_a_name),
	    cmocka_unit_test(a_colour_is_found_by_its_name),
	    cmocka_unit_test(names_differ_and_come_in_the_order_of_the_table),
	    cmocka_unit_test(the_font_travels_with_its_licence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
