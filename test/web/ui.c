#include "web/ui.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define EXPECT(call_, text_)                                                                                           \
	do {                                                                                                           \
		struct buf buf_ = BUF(1 << 16), *b = &buf_;                                                            \
		call_;                                                                                                 \
		if (!str_eq(buf_str(b), S(text_)))                                                                     \
			fail_msg("%.*s", STR_ARG(buf_str(b)));                                                         \
		buf_release(b);                                                                                        \
	} while (0)

static void an_index_is_cut_and_never_rounded_up(void **state)
{
	(void)state;
	EXPECT(ui_index(b, 2289), "2.28");
	EXPECT(ui_index(b, 1000), "1.00");
	EXPECT(ui_index(b, 5000), "5.00");
	EXPECT(ui_index(b, -40), "−0.04");
	EXPECT(ui_change(b, 1225), "<b class=\"up\">+1.22</b>");
	EXPECT(ui_change(b, -40), "<b class=\"down\">−0.04</b>");
	EXPECT(ui_change(b, 0), "<b class=\"up\">+0.00</b>");
}

static void counts_and_shares_read_as_people_write_them(void **state)
{
	(void)state;
	EXPECT(ui_count(b, 0), "0");
	EXPECT(ui_count(b, 999), "999");
	EXPECT(ui_count(b, 4812), "4&#8239;812");
	EXPECT(ui_count(b, 1234567), "1&#8239;234&#8239;567");
	EXPECT(ui_count(b, -1000), "−1&#8239;000");
	EXPECT(ui_share(b, 988), "98.8&#8239;%");
	EXPECT(ui_share(b, 1000), "100&#8239;%");
	EXPECT(ui_plural(b, 1, S("unit"), S("units")), "1 unit");
	EXPECT(ui_plural(b, 0, S("unit"), S("units")), "0 units");
}

static void a_day_names_its_month(void **state)
{
	(void)state;
	EXPECT(ui_day(b, INT64_C(1795305600000)), "<time datetime=\"2026-11-22\">22&nbsp;Nov&nbsp;2026</time>");
}

static void the_text_of_a_user_cannot_be_markup(void **state)
{
	(void)state;
	EXPECT(ui_user(b, S("<b>\"&'")), "<span class=\"user\" dir=\"auto\">&lt;b&gt;&quot;&amp;&#39;</span>");
	EXPECT(ui_sentence(b, S("no unit \"x\"")), "<span class=\"user\" dir=\"auto\">No unit “x”.</span>");
	static const struct err binary = {.hint = "see docs/formats.md"};
	EXPECT(ui_hint(b, S(""), &binary), "<span class=\"user\" dir=\"auto\">See Formats in Help.</span> "
					   "<a class=\"link\" href=\"/help/formats\">Open it</a>");
	EXPECT(ui_sentence(b, S("self_hosted, paas")), "<span class=\"user\" dir=\"auto\">self_hosted, paas.</span>");
	EXPECT(ui_sentence(b, S("hr.csv: no")), "<span class=\"user\" dir=\"auto\">hr.csv: no.</span>");
	EXPECT(ui_sentence(b, S("empty: no")), "<span class=\"user\" dir=\"auto\">Empty: no.</span>");
	EXPECT(ui_sentence(b, S("ai2 is away")), "<span class=\"user\" dir=\"auto\">ai2 is away.</span>");
	EXPECT(ui_sentence(b, S("\u00e4 is small.")), "<span class=\"user\" dir=\"auto\">\u00e4 is small.</span>");
	EXPECT(ui_url(b, S("a/b c\u00e4&\"")), "a%2Fb%20c%C3%A4%26%22");
}

static void a_link_carries_the_lens(void **state)
{
	(void)state;
	struct app_lens lens = {
	    .unit = S("r&d/x"), .at = {true, INT64_C(1795305600000)}, .deployment = MODEL_SAAS | MODEL_PAAS};
	struct buf buf = BUF(4096);
	struct ui u = {.b = &buf, .lens = &lens};
	ui_a(&u, "plain", S("/category/"), S("GOV"));
	if (!str_eq(buf_str(&buf),
		    S("<a class=\"plain\" href=\"/category/GOV?unit=r%26d%2Fx&amp;at=2026-11-22T00%3A00%3A00Z&amp;"
		      "dep=paas,saas\">")))
		fail_msg("%.*s", STR_ARG(buf_str(&buf)));
	buf_release(&buf);
}

static void a_level_is_never_colour_alone(void **state)
{
	(void)state;
	struct buf buf = BUF(4096);
	ui_level(&buf, 3);
	assert_true(str_find(buf_str(&buf), S("<span class=\"vh\">Level </span>3</span>")) > 0);
	buf_clear(&buf);
	ui_level(&buf, 0);
	assert_true(str_find(buf_str(&buf), S("not applicable")) > 0);
	buf_release(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_index_is_cut_and_never_rounded_up),
	    cmocka_unit_test(counts_and_shares_read_as_people_write_them),
	    cmocka_unit_test(a_day_names_its_month),
	    cmocka_unit_test(the_text_of_a_user_cannot_be_markup),
	    cmocka_unit_test(a_link_carries_the_lens),
	    cmocka_unit_test(a_level_is_never_colour_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
