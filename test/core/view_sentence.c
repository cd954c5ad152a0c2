/* The sentences of the overview, in each case that the interface names. */
#include "score_fixture.h"

#include "core/view_overview.h"
#include "core/view_sentence.h"

/* Two categories of two levels: DAT "23" and GOV "23". */
static int sentence_setup(void **state)
{
	static const char *const ids[] = {"DAT-02.1", "DAT-03.1", "GOV-02.1", "GOV-03.1"};
	(void)world_setup(state);
	struct world *w = *state;
	w->model.n_categories = w->model.n_objectives = 0;
	(void)world_category(w, 0, "23");
	(void)world_category(w, 0, "23");
	for (int o = 0; o < 4; o++)
		w->objectives[o].id = str_from(ids[o]);
	w->categories[0].id = S("DAT");
	w->categories[0].title = S("Data Security");
	w->categories[1].id = S("GOV");
	w->categories[1].title = S("Governance");
	return 0;
}
#define SENTENCE(name) cmocka_unit_test_setup_teardown(name, sentence_setup, world_teardown)

static void say(struct world *w, int objective, int64_t yes, int64_t no, int64_t unknown)
{
	(void)world_say(w, "east", objective, yes, no, unknown);
	(void)world_na(w, "west", objective, MEASURE_REVIEWED);
}

/* What is met (y), open (u), not met (n) or does not apply (-), by objective. */
static void say_all(struct world *w, const char *verdicts)
{
	w->n_measures = 0;
	for (int o = 0; verdicts[o]; o++) {
		if (verdicts[o] == '-')
			(void)world_na(w, "east", o, MEASURE_REVIEWED);
		say(w, o, verdicts[o] == 'y', verdicts[o] == 'n', verdicts[o] == 'u');
	}
}

struct case_ {
	struct view_overview v;
	struct world *w;
};

static struct case_ stands(struct world *w, const char *now, const char *past)
{
	struct case_ c = {.w = w};
	c.v.model = &w->model;
	c.v.lens.at_ms = time_add_months(NOW, 12);
	c.v.lens.vs_ms = NOW;
	if (past) {
		say_all(w, past);
		c.v.past = world_score(w, "acme");
		c.v.has_past = true;
	}
	say_all(w, now);
	c.v.now = world_score(w, "acme");
	c.v.known = now[0] != 0;
	assert_int_equal(view_overview_fill(&c.v, &w->a, &w->err), OK);
	return c;
}

static void assert_said(const struct case_ *c, const char *head, const char *below)
{
	struct buf b = BUF(4096);
	view_sentence_head(&b, &c->v);
	buf_char(&b, '\0');
	assert_string_equal(b.p, head);
	buf_clear(&b);
	view_sentence_below(&b, &c->v);
	buf_char(&b, '\0');
	assert_string_equal(b.p, below);
	buf_release(&b);
}

static void with_a_past_the_change_and_the_floor_are_told(void **state)
{
	struct case_ c = stands(*state, "unyn", "nnnn");
	assert_said(
	    &c, "At 1.50, up 0.50 in a year. The floor is still level 1.",
	    "Data Security holds the floor: one objective of level 2 is open. Of 4 objectives 1 is met, 1 open and 2 "
	    "not met.");
}

static void without_a_past_only_what_is_now_is_told(void **state)
{
	struct case_ c = stands(*state, "nyyu", NULL);
	assert_said(
	    &c, "At 1.50. The floor is level 1.",
	    "Data Security holds the floor: one objective of level 2 is not met. Of 4 objectives 2 are met, 1 open "
	    "and 1 not met.");
}

static void on_the_first_day_nothing_is_known(void **state)
{
	struct case_ c = stands(*state, "", NULL);
	assert_said(&c, "Nothing is known yet, and that is a fair place to start.", "");
}

static void where_index_and_floor_are_the_same_no_one_holds_it(void **state)
{
	struct case_ c = stands(*state, "ynyn", "ynyn");
	assert_said(&c, "At 2.00, unchanged in a year. Every category stands at level 2.",
		    "Of 4 objectives 2 are met, 0 open and 2 not met.");
}

static void when_all_is_met_it_says_so(void **state)
{
	struct case_ c = stands(*state, "yyyy", "ynyy");
	assert_said(&c, "At 3.00, up 0.50 in a year. Everything that applies is met.", "All 4 objectives are met.");
	c = stands(*state, "y---", NULL);
	assert_said(&c, "At 2.00. Everything that applies is met.", "The one objective is met.");
}

static void where_nothing_applies_there_is_no_number(void **state)
{
	struct case_ c = stands(*state, "----", "ynyn");
	assert_said(&c, "No objective of the model applies here.", "");
	c = stands(*state, "ynyy", "----");
	assert_said(
	    &c, "At 2.50. The floor is level 2.",
	    "Data Security holds the floor: one objective of level 3 is not met. Of 4 objectives 3 are met, 0 open and "
	    "1 not met.");
}

static void a_fall_is_told_as_a_fall(void **state)
{
	struct case_ c = stands(*state, "nyyy", "yyyn");
	assert_said(
	    &c, "At 2.00, down 0.50 in a year. The floor fell to level 1.",
	    "Data Security holds the floor: one objective of level 2 is not met. Of 4 objectives 3 are met, 0 open and "
	    "1 not met.");
}

static void a_floor_that_rose_and_another_date(void **state)
{
	struct case_ c = stands(*state, "ynyy", "nnyy");
	c.v.lens.vs_ms = time_add_months(c.v.lens.at_ms, -1);
	assert_said(
	    &c, "At 2.50, up 0.50 since 27 Aug 1973. The floor rose to level 2.",
	    "Data Security holds the floor: one objective of level 3 is not met. Of 4 objectives 3 are met, 0 open and "
	    "1 not met.");
	struct buf b = BUF(256);
	c.v.lens.at_ms = c.v.lens.at_ms / TIME_DAY_MS * TIME_DAY_MS + TIME_DAY_MS / 2;
	c.v.lens.vs_ms = c.v.lens.at_ms - TIME_DAY_MS / 4; /* of one day: the clock tells them apart */
	view_sentence_head(&b, &c.v);
	buf_char(&b, '\0');
	assert_string_equal(b.p, "At 2.50, up 0.50 since 06:00 UTC of 27 Sep 1973. The floor rose to level 2.");
	buf_release(&b);
}

static void the_change_is_that_of_the_numbers_beside_it(void **state)
{
	struct case_ c = stands(*state, "unyn", "nnnn");
	struct buf b = BUF(256);
	c.v.now.program.index = 2180;
	c.v.past.program.index = 1229; /* 0.951 apart, and 2.18 - 1.22 is 0.96 */
	view_sentence_head(&b, &c.v);
	c.v.now.program.index = 2189;
	c.v.past.program.index = 2181;
	buf_add(&b, S(" "));
	view_sentence_head(&b, &c.v);
	buf_char(&b, '\0');
	assert_string_equal(b.p, "At 2.18, up 0.96 in a year. The floor is still level 1. "
				 "At 2.18, up less than 0.01 in a year. The floor is still level 1.");
	buf_release(&b);
}

static void an_event_reads_as_a_sentence(void **state)
{
	struct world *w = *state;
	int categories[] = {0, 1};
	world_settle(w);
	struct view_move m = {.kind = VIEW_MOVE_RISE, .level = 2, .n_categories = 2, .categories = categories};
	struct buf b = BUF(256);
	view_sentence_move(&b, &w->model, &m);
	m.kind = VIEW_MOVE_FALL;
	m.n_categories = 1;
	buf_add(&b, S(". "));
	view_sentence_move(&b, &w->model, &m);
	m.kind = VIEW_MOVE_COULD;
	buf_add(&b, S(". "));
	view_sentence_move(&b, &w->model, &m);
	buf_char(&b, '\0');
	assert_string_equal(b.p, "DAT and GOV reach level 2. DAT falls to level 2. DAT could be level 2");
	buf_release(&b);
}

static void a_feed_says_what_its_trouble_is(void **state)
{
	(void)state;
	struct view_feed f = {.newest_ms = NOW,
			      .n_too_old = 2,
			      .n_objectives = 3,
			      .max_age_ms = 30 * DAY,
			      .due_ms = NOW + DAY,
			      .failed_reason = S("m.csv:4:7: expected a date, found \"n/a\"")};
	struct view_trouble t = {.feed = &f};
	static const char *const wanted[] = {
	    "m.csv:4:7: expected a date, found \"n/a\". Nothing was changed.",
	    "Its newest snapshot, of 27 Sep 1972, is too old for 2 of 3 objectives that read it.",
	    "The next snapshot was due on 28 Sep 1972; the last one still counts.", "26 of 30 days old."};
	for (int kind = 0; kind < VIEW_TROUBLE_KINDS; kind++) {
		struct buf b = BUF(256);
		t.kind = (enum view_trouble_kind)kind;
		view_sentence_trouble(&b, &t, NOW + 26 * DAY);
		buf_char(&b, '\0');
		assert_string_equal(b.p, wanted[kind]);
		buf_release(&b);
	}
}

static void indexes_are_cut_towards_zero(void **state)
{
	(void)state;
	struct buf b = BUF(64);
	view_sentence_index(&b, 2999);
	buf_char(&b, ' ');
	view_sentence_index(&b, -1219);
	buf_char(&b, ' ');
	view_sentence_index(&b, -9);
	buf_char(&b, '\0');
	assert_string_equal(b.p, "2.99 −1.21 0.00");
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    SENTENCE(with_a_past_the_change_and_the_floor_are_told),
	    SENTENCE(without_a_past_only_what_is_now_is_told),
	    SENTENCE(on_the_first_day_nothing_is_known),
	    SENTENCE(where_index_and_floor_are_the_same_no_one_holds_it),
	    SENTENCE(when_all_is_met_it_says_so),
	    SENTENCE(where_nothing_applies_there_is_no_number),
	    SENTENCE(a_fall_is_told_as_a_fall),
	    SENTENCE(a_floor_that_rose_and_another_date),
	    SENTENCE(the_change_is_that_of_the_numbers_beside_it),
	    SENTENCE(an_event_reads_as_a_sentence),
	    cmocka_unit_test(a_feed_says_what_its_trouble_is),
	    cmocka_unit_test(indexes_are_cut_towards_zero),
	};
	return cmocka_run_group_tests_name("core/view_sentence", tests, NULL, NULL);
}
