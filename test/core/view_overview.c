/* What the overview gathers: which feeds are in trouble. */
#include "score_fixture.h"

#include "core/view_overview.h"

static struct view_feed feed_of(enum feed_state state, int64_t age_days)
{
	return (struct view_feed){.name = S("f"),
				  .state = state,
				  .snapshots = 1,
				  .n_objectives = 2,
				  .newest_ms = NOW - age_days * DAY,
				  .max_age_ms = 90 * DAY};
}

static void a_feed_is_in_trouble_by_its_state_or_when_three_quarters_of_its_time_are_over(void **state)
{
	static const struct {
		enum feed_state state;
		int64_t age_days;
		bool in_trouble;
		enum view_trouble_kind kind;
	} cases[] = {
	    {FEED_FRESH, 0, false, VIEW_TROUBLE_ENDING},   {FEED_FRESH, 67, false, VIEW_TROUBLE_ENDING},
	    {FEED_FRESH, 68, true, VIEW_TROUBLE_ENDING},   {FEED_FRESH, 90, true, VIEW_TROUBLE_ENDING},
	    {FEED_LATE, 1, true, VIEW_TROUBLE_LATE},       {FEED_STALE, 91, true, VIEW_TROUBLE_STALE},
	    {FEED_FAILING, 0, true, VIEW_TROUBLE_REFUSED}, {FEED_RETIRED, 90, false, VIEW_TROUBLE_REFUSED},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct view_feed f = feed_of(cases[i].state, cases[i].age_days);
		struct view_trouble trouble;
		assert_int_equal(view_overview_find_trouble(&f, NOW, &trouble), cases[i].in_trouble);
		assert_true(trouble.feed == &f && trouble.ends_ms == f.newest_ms + 90 * DAY);
		if (cases[i].in_trouble)
			assert_int_equal(trouble.kind, cases[i].kind);
	}
}

static void a_feed_that_nothing_reads_never_ends(void **state)
{
	struct view_feed f = feed_of(FEED_FRESH, 400);
	struct view_trouble trouble;
	(void)state;
	f.n_objectives = 0;
	f.max_age_ms = -1;
	assert_false(view_overview_find_trouble(&f, NOW, &trouble));
	assert_true(trouble.ends_ms == TIME_FOREVER);
}

static void a_feed_that_aismm_keeps_itself_never_ends(void **state)
{
	struct view_feed f = feed_of(FEED_FRESH, 89);
	struct view_trouble trouble;
	(void)state;
	assert_true(view_overview_find_trouble(&f, NOW, &trouble));
	f.kept = true;
	assert_false(view_overview_find_trouble(&f, NOW, &trouble));
	assert_true(trouble.ends_ms == TIME_FOREVER);
}

/* What may be seven days old would else be about to end from its first day on. */
static void what_may_be_a_week_old_ends_on_the_sixth_day(void **state)
{
	static const struct {
		int64_t age_days;
		bool in_trouble;
	} cases[] = {{0, false}, {4, false}, {5, false}, {6, true}, {7, true}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct view_feed f = feed_of(FEED_FRESH, cases[i].age_days);
		struct view_trouble trouble;
		f.max_age_ms = 7 * DAY;
		assert_int_equal(view_overview_find_trouble(&f, NOW, &trouble), cases[i].in_trouble);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_feed_is_in_trouble_by_its_state_or_when_three_quarters_of_its_time_are_over),
	    cmocka_unit_test(a_feed_that_nothing_reads_never_ends),
	    cmocka_unit_test(a_feed_that_aismm_keeps_itself_never_ends),
	    cmocka_unit_test(what_may_be_a_week_old_ends_on_the_sixth_day),
	};
	return cmocka_run_group_tests_name("view_overview", tests, NULL, NULL);
}
