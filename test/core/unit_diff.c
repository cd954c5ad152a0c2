/* What one tree says other than another: a line for each unit that differs, and what of it. */
#include "score_fixture.h"

#include "core/unit_diff.h"

static void build(struct world *w, const struct unit_row *rows, size_t n, struct unit_tree *out)
{
	if (unit_tree_build(rows, n, S("units.csv"), &w->a, out, &w->err) != OK)
		fail_msg("%s", w->err.message);
}

static void every_difference_is_told_once_with_what_it_was(void **state)
{
	struct world *w = *state;
	static const struct unit_row before[] = {
	    {.id = S("acme"), .name = S("Acme"), .size = 1},
	    {.id = S("east"), .parent = S("acme"), .name = S("East"), .size = 4},
	    {.id = S("gone"), .parent = S("east"), .size = 1},
	    {.id = S("same"), .parent = S("acme"), .size = 1},
	    {.id = S("west"), .parent = S("acme"), .name = S("West"), .deployment = MODEL_SAAS, .size = 1},
	};
	static const struct unit_row after[] = {
	    {.id = S("west"), .parent = S("east"), .name = S("Wild West"), .deployment = MODEL_PAAS, .size = 1},
	    {.id = S("same"), .parent = S("acme"), .size = 1},
	    {.id = S("new"), .parent = S("west"), .size = 1},
	    {.id = S("east"), .parent = S("acme"), .name = S("East"), .size = 5},
	    {.id = S("acme"), .name = S("Acme"), .size = 1},
	};
	struct unit_tree was, is;
	struct unit_diff d;
	build(w, before, 5, &was);
	build(w, after, 5, &is);
	assert_int_equal(unit_diff(&was, &is, &w->a, &d, &w->err), OK);
	assert_int_equal(d.added, 1);
	assert_int_equal(d.removed, 1);
	assert_int_equal(d.changed, 2);
	assert_int_equal(d.n, 4); /* east, gone, new, west */
	assert_true(str_eq(d.rows[0].id, S("east")));
	assert_true(d.rows[0].resized && !d.rows[0].moved && !d.rows[0].renamed && !d.rows[0].retyped);
	assert_true(str_eq(d.rows[1].id, S("gone")) && d.rows[1].was && !d.rows[1].is);
	assert_true(str_eq(d.rows[2].id, S("new")) && !d.rows[2].was && d.rows[2].is);
	assert_true(str_eq(d.rows[3].id, S("west")));
	assert_true(d.rows[3].moved && d.rows[3].renamed && d.rows[3].retyped && !d.rows[3].resized);
	assert_true(str_eq(d.rows[3].was_parent, S("acme")) && str_eq(d.rows[3].parent, S("east")));
	assert_int_equal(d.rows[3].was->declared, MODEL_SAAS);
}

static void equal_trees_have_no_difference_and_the_first_tree_adds_all(void **state)
{
	struct world *w = *state;
	static const struct unit_row rows[] = {{.id = S("acme"), .size = 1},
					       {.id = S("east"), .parent = S("acme"), .size = 1}};
	struct unit_tree t, again;
	struct unit_diff d;
	build(w, rows, 2, &t);
	build(w, rows, 2, &again);
	assert_int_equal(unit_diff(&t, &again, &w->a, &d, &w->err), OK);
	assert_int_equal(d.n, 0);
	assert_int_equal(d.added + d.removed + d.changed, 0);
	assert_int_equal(unit_diff(NULL, &t, &w->a, &d, &w->err), OK);
	assert_int_equal(d.added, 2);
	assert_int_equal(d.n, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(every_difference_is_told_once_with_what_it_was),
	    TEST(equal_trees_have_no_difference_and_the_first_tree_adds_all),
	};
	return cmocka_run_group_tests_name("core/unit_diff", tests, NULL, NULL);
}
