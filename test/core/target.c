#include "core/target.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/time.h"

enum { ACME, BANK, CARDS, SHOP };

/* acme > (bank > cards), shop: the numbers above are their places in pre-order */
static struct unit_tree tree_of(struct arena *a)
{
	const struct unit_row rows[] = {
	    {.id = S("acme"), .size = 1, .line = 2},
	    {.id = S("bank"), .parent = S("acme"), .size = 1, .line = 3},
	    {.id = S("cards"), .parent = S("bank"), .size = 1, .line = 4},
	    {.id = S("shop"), .parent = S("acme"), .size = 1, .line = 5},
	};
	struct unit_tree tree = {0};
	struct err err;
	assert_int_equal(unit_tree_build(rows, 4, S("units.csv"), a, &tree, &err), OK);
	return tree;
}

static const struct target list[] = {
    {.id = 1, .unit = ACME, .category = 0, .level = 3, .recorded_ms = 100, .withdrawn_ms = TIME_FOREVER},
    {.id = 2, .unit = BANK, .category = 0, .level = 4, .recorded_ms = 200, .withdrawn_ms = TIME_FOREVER},
    {.id = 3, .unit = BANK, .category = 0, .level = 2, .recorded_ms = 300, .withdrawn_ms = 400},
    {.id = 4, .unit = BANK, .category = 0, .level = 5, .recorded_ms = 200, .withdrawn_ms = 250},
    {.id = 5, .unit = SHOP, .category = 1, .level = 1, .recorded_ms = 100, .withdrawn_ms = TIME_FOREVER},
};
enum { N = sizeof list / sizeof *list };

static int64_t in_force(const struct unit_tree *tree, int unit, int category, int64_t at_ms)
{
	const struct target *t = target_in_force(list, N, tree, unit, category, at_ms);
	return t ? t->id : 0;
}

static void the_newest_that_is_not_withdrawn_holds_else_an_ancestors(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct unit_tree tree = tree_of(&a);
	static const struct {
		int unit, category;
		int64_t at_ms, wanted;
	} cases[] = {
	    {ACME, 0, 99, 0},                      /* before anything was decided */
	    {ACME, 0, 100, 1},                     /* from its instant on */
	    {CARDS, 0, 150, 1},                    /* inherited over two steps */
	    {BANK, 0, 200, 4},                     /* of equal instants the greater number */
	    {BANK, 0, 249, 4},  {BANK, 0, 250, 2}, /* withdrawn: the one before holds again */
	    {CARDS, 0, 250, 2}, {BANK, 0, 300, 3}, {BANK, 0, 400, 2},
	    {ACME, 0, 400, 1},  {SHOP, 0, 400, 1}, /* bank's are not its ancestor's */
	    {SHOP, 1, 400, 5},  {ACME, 1, 400, 0}, /* nothing goes up */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (in_force(&tree, cases[i].unit, cases[i].category, cases[i].at_ms) != cases[i].wanted)
			fail_msg("case %zu", i);
	assert_null(target_own(list, N, CARDS, 0, 400));
	assert_null(target_own(NULL, 0, ACME, 0, 400));
	arena_release(&a);
}

static void a_target_is_reached_at_its_level_and_late_after_its_day(void **state)
{
	(void)state;
	const struct target t = {.level = 3, .due_ms = 10 * TIME_DAY_MS};
	const struct score_category two = {.applicable = true, .level = 2}, three = {.applicable = true, .level = 3},
				    four = {.applicable = true, .level = 4}, none = {.applicable = false};
	assert_int_equal(target_state(&t, &two, 0), TARGET_OPEN);
	assert_int_equal(target_state(&t, &two, 11 * TIME_DAY_MS - 1), TARGET_OPEN);
	assert_int_equal(target_state(&t, &two, 11 * TIME_DAY_MS), TARGET_LATE);
	assert_int_equal(target_state(&t, &three, 11 * TIME_DAY_MS), TARGET_REACHED);
	assert_int_equal(target_state(&t, &four, 0), TARGET_REACHED);
	assert_int_equal(target_state(&t, &none, 11 * TIME_DAY_MS), TARGET_NONE);
	assert_int_equal(target_state(NULL, &two, 0), TARGET_NONE);
	assert_true(str_eq(target_state_name(TARGET_LATE), S("late")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_newest_that_is_not_withdrawn_holds_else_an_ancestors),
	    cmocka_unit_test(a_target_is_reached_at_its_level_and_late_after_its_day),
	};
	return cmocka_run_group_tests_name("core/target", tests, NULL, NULL);
}
