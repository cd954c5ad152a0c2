/* What the targets of a program are together: a number of the whole only when all of it was decided. */
#include "core/view_target.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { CATEGORIES = 3 };

static const struct model_category weights[CATEGORIES] = {{.weight = 1}, {.weight = 1}, {.weight = 2}};
static struct model model = {.n_categories = CATEGORIES};

static struct view_target_program of(const struct score_category *now, const struct view_target_level *levels)
{
	struct score s = {.categories = (struct score_category *)now};
	model.categories = (struct model_category *)weights;
	return view_target_program(&model, &s, levels);
}

static void one_category_without_a_target_leaves_the_whole_without(void **state)
{
	const struct score_category now[] = {{.applicable = true, .index = 1500},
					     {.applicable = true, .index = 2000},
					     {.applicable = true, .index = 3250}};
	const struct view_target_level levels[] = {{.level = 4, .due_ms = 7, .state = TARGET_OPEN}, {0}, {0}};
	(void)state;
	struct view_target_program t = of(now, levels);
	assert_int_equal(t.index, -1);
	assert_int_equal(t.targets, 1);
	assert_int_equal(t.categories, 3);
	assert_int_equal(of(now, NULL).index, -1);
	assert_int_equal(of(now, NULL).targets, 0);
}

static void with_a_target_for_each_the_greater_of_target_and_index_counts(void **state)
{
	const struct score_category now[] = {{.applicable = true, .index = 1500},
					     {.applicable = true, .index = 2000},
					     {.applicable = true, .index = 3250}};
	const struct view_target_level levels[] = {{.level = 4, .due_ms = 7, .state = TARGET_OPEN},
						   {.level = 2, .due_ms = 9, .state = TARGET_REACHED},
						   {.level = 3, .due_ms = 8, .state = TARGET_REACHED}};
	(void)state;
	struct view_target_program t = of(now, levels);
	assert_int_equal(t.index, 3125); /* (4.000 + 2.000 + 2 · 3.250) / 4 */
	assert_int_equal(t.below, 1);
	assert_true(t.due_ms == 9);
}

static void a_category_that_does_not_apply_needs_none(void **state)
{
	const struct score_category now[] = {{.applicable = true, .index = 1500}, {0}, {0}};
	const struct view_target_level levels[] = {{.level = 4, .due_ms = 7, .state = TARGET_LATE}, {0}, {0}};
	(void)state;
	struct view_target_program t = of(now, levels);
	assert_int_equal(t.index, 4000);
	assert_int_equal(t.categories, 1);
	assert_int_equal(t.below, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_category_without_a_target_leaves_the_whole_without),
	    cmocka_unit_test(with_a_target_for_each_the_greater_of_target_and_index_counts),
	    cmocka_unit_test(a_category_that_does_not_apply_needs_none),
	};
	return cmocka_run_group_tests_name("core/view_target", tests, NULL, NULL);
}
