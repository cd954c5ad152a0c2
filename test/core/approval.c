#include "core/approval.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/time.h"

/* Every act in every state: what is not in the table is not possible. */
static void only_the_drawn_ways_are_possible(void **state)
{
	(void)state;
	static const struct {
		enum approval_state from;
		enum approval_act act;
		enum approval_state to;
	} ways[] = {
	    {APPROVAL_NONE, APPROVAL_REQUEST, APPROVAL_REQUESTED},
	    {APPROVAL_REQUESTED, APPROVAL_REVIEW, APPROVAL_REVIEWED},
	    {APPROVAL_REQUESTED, APPROVAL_WITHDRAW, APPROVAL_WITHDRAWN},
	    {APPROVAL_REVIEWED, APPROVAL_APPROVE, APPROVAL_APPROVED},
	    {APPROVAL_REVIEWED, APPROVAL_REJECT, APPROVAL_REJECTED},
	    {APPROVAL_REVIEWED, APPROVAL_WITHDRAW, APPROVAL_WITHDRAWN},
	    {APPROVAL_APPROVED, APPROVAL_WITHDRAW, APPROVAL_WITHDRAWN},
	};
	int possible = 0;
	for (int s = 0; s < APPROVAL_STATES; s++)
		for (int a = 0; a < APPROVAL_ACTS; a++) {
			enum approval_state to = APPROVAL_STATES;
			bool way = false;
			for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
				way |= ways[i].from == (enum approval_state)s && ways[i].act == (enum approval_act)a;
			assert_int_equal(approval_next((enum approval_state)s, (enum approval_act)a, &to), way);
			assert_int_equal(to == APPROVAL_STATES, !way);
			possible += way;
		}
	assert_int_equal(possible, 7);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		enum approval_state to;
		assert_true(approval_next(ways[i].from, ways[i].act, &to));
		assert_int_equal(to, ways[i].to);
	}
}

static void the_state_is_what_the_steps_up_to_an_instant_lead_to(void **state)
{
	(void)state;
	const struct approval_step steps[] = {
	    {APPROVAL_REQUEST, 10, TIME_FOREVER, S("ada")},
	    {APPROVAL_REVIEW, 20, TIME_FOREVER, S("grace")},
	    {APPROVAL_APPROVE, 30, 100, S("ruth")},
	    {APPROVAL_WITHDRAW, 60, TIME_FOREVER, S("ruth")},
	};
	assert_int_equal(approval_state(steps, 4, 9), APPROVAL_NONE);
	assert_int_equal(approval_state(steps, 4, 10), APPROVAL_REQUESTED);
	assert_int_equal(approval_state(steps, 4, 20), APPROVAL_REVIEWED);
	assert_int_equal(approval_state(steps, 4, 30), APPROVAL_APPROVED);
	assert_int_equal(approval_state(steps, 4, 59), APPROVAL_APPROVED);
	assert_int_equal(approval_state(steps, 4, 60), APPROVAL_WITHDRAWN);
	assert_int_equal(approval_state(steps, 3, 99), APPROVAL_APPROVED);
	assert_int_equal(approval_state(steps, 3, 100), APPROVAL_EXPIRED);
	assert_int_equal(approval_state(steps, 0, 100), APPROVAL_NONE);
}

static void what_comes_after_its_end_changes_nothing(void **state)
{
	(void)state;
	const struct approval_step steps[] = {
	    {APPROVAL_REQUEST, 10, TIME_FOREVER, S("ada")},
	    {APPROVAL_REVIEW, 20, TIME_FOREVER, S("grace")},
	    {APPROVAL_APPROVE, 30, 50, S("ruth")},
	    {APPROVAL_WITHDRAW, 60, TIME_FOREVER, S("ruth")},
	};
	assert_int_equal(approval_state(steps, 4, 70), APPROVAL_EXPIRED);
	assert_true(approval_is_pending(APPROVAL_REQUESTED));
	assert_true(approval_is_pending(APPROVAL_REVIEWED));
	assert_false(approval_is_pending(APPROVAL_APPROVED));
	assert_true(str_eq(approval_state_name(APPROVAL_EXPIRED), S("expired")));
	assert_true(str_eq(approval_act_name(APPROVAL_WITHDRAW), S("withdraw")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_the_drawn_ways_are_possible),
	    cmocka_unit_test(the_state_is_what_the_steps_up_to_an_instant_lead_to),
	    cmocka_unit_test(what_comes_after_its_end_changes_nothing),
	};
	return cmocka_run_group_tests_name("core/approval", tests, NULL, NULL);
}
