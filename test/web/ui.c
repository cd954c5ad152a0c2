#include "web/ui.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "web/page/overview.h"

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

enum { SIX = 6 };

static const struct model_objective objectives[SIX] = {{.id = S("GOV-01.1")}, {.id = S("GOV-01.2")},
						       {.id = S("GOV-01.3")}, {.id = S("GOV-01.4")},
						       {.id = S("GOV-01.5")}, {.id = S("GOV-01.6")}};
static const struct model_category two[2] = {{.id = S("GOV"), .title = S("G"), .weight = 1},
					     {.id = S("RSK"), .title = S("R"), .weight = 3}};
static const struct model_domain domain = {.id = S("lead"), .title = S("D")};
static const struct model small = {.n_domains = 1,
				   .n_categories = 2,
				   .n_objectives = SIX,
				   .domains = &domain,
				   .categories = two,
				   .objectives = objectives,
				   .level_names = {S("a"), S("b"), S("c"), S("d"), S("e")}};

static void contains(const struct buf *b, const char *text)
{
	if (str_find(buf_str(b), str_from(text)) < 0)
		fail_msg("no %s in %.*s", text, STR_ARG(buf_str(b)));
}

static void what_is_only_counted_is_folded_and_not_lost(void **state)
{
	(void)state;
	struct view_moved moved[SIX];
	struct view_word words[SIX];
	const int category = 0;
	for (int i = 0; i < SIX; i++) {
		moved[i] = (struct view_moved){.objective = i};
		words[i] = (struct view_word){.objective = i, .units = 1, .unit = UNIT_NONE};
	}
	struct view_move move = {.level = 2,
				 .at_ms = 1000,
				 .n_categories = 1,
				 .categories = &category,
				 .n_objectives = SIX,
				 .objectives = moved};
	struct view_word_fall fall = {.from = 2, .to = 1, .n = SIX, .objectives = words};
	struct view_overview v = {.model = &small,
				  .moves = {.known = true, .at_ms = 1000, .n = 1, .list = &move},
				  .words = {.n_falls = 1, .falls = &fall}};
	struct app_lens lens = {0};
	struct buf buf = BUF(1 << 16);
	struct ui u = {.b = &buf, .lens = &lens};
	struct page_overview p = {.u = &u, .v = &v};
	assert_int_equal(page_overview_moves(&p, NULL), OK);
	contains(&buf, "GOV-01.3</a><details class=\"data more\"><summary>and 3 more</summary><a "
		       "href=\"/objective/GOV-01.4\">GOV-01.4</a>, ");
	contains(&buf, "\"/objective/GOV-01.6\">GOV-01.6</a></details>");
	buf_clear(&buf);
	page_overview_words(&p);
	contains(&buf, "<summary>and 3 more</summary>");
	contains(&buf, "\"/objective/GOV-01.6\">GOV-01.6</a></details>");
	buf_clear(&buf);
	move.n_objectives = 4; /* these all stand there */
	assert_int_equal(page_overview_moves(&p, NULL), OK);
	assert_true(str_find(buf_str(&buf), S("<details")) < 0);
	contains(&buf, "GOV-01.4");
	buf_release(&buf);
}

static void every_number_of_the_map_leads_to_its_reason(void **state)
{
	(void)state;
	struct score_category now[2] = {{.applicable = true, .index = 2250}, {.applicable = true, .index = 1500}};
	struct score_category past[2] = {{.applicable = true, .index = 2000}, {.applicable = false}};
	struct score_mean mean_now = {.applicable = true, .index = 1687, .floor = 1};
	struct score_mean mean_past = {.applicable = true, .index = 2000, .floor = 1};
	struct view_heat heat[2 * MODEL_LEVELS] = {0};
	static struct view_overview v;
	v = (struct view_overview){.model = &small,
				   .lens = {.vs_ms = INT64_C(1795305600000)},
				   .now = {.domains = &mean_now, .categories = now},
				   .has_past = true,
				   .past = {.domains = &mean_past, .categories = past},
				   .heat = heat};
	struct app_lens lens = {.unit = S("north")};
	struct arena arena = ARENA(1 << 20);
	struct buf buf = BUF(1 << 18);
	struct ui u = {.b = &buf, .lens = &lens};
	assert_int_equal(ui_heat(&u, &v, &arena, NULL), OK);
	contains(&buf, "<tr class=\"dom\" id=\"domain-lead\">");
	contains(&buf, "href=\"#domain-lead\" title=\"The mean of GOV 2.25 and RSK 1.50 (weight 3)\">1.68</a>");
	contains(&buf, "<a class=\"plain\" href=\"/category/GOV?unit=north\">2.25</a>");
	contains(&buf,
		 "<a class=\"plain\" href=\"/compare?unit=north&amp;with_at=2026-11-22T00%3A00%3A00Z\">+0.25</a>");
	buf_release(&buf);
	arena_release(&arena);
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
	    cmocka_unit_test(what_is_only_counted_is_folded_and_not_lost),
	    cmocka_unit_test(every_number_of_the_map_leads_to_its_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
