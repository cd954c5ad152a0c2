#include "core/access.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* acme > (bank > cards), shop */
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

static void the_greatest_role_that_reaches_a_unit_counts(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct unit_tree tree = tree_of(&a);
	const struct access_grant grants[] = {
	    {ACCESS_READER, S("acme")}, {ACCESS_LEAD, S("bank")}, {ACCESS_ADMIN, S("gone")}};
	struct access who = {.user = S("ada"), .n_grants = 3, .grants = grants};
	assert_int_equal(access_role_at(&who, &tree, unit_find(&tree, S("acme"))), ACCESS_READER);
	assert_int_equal(access_role_at(&who, &tree, unit_find(&tree, S("shop"))), ACCESS_READER);
	assert_int_equal(access_role_at(&who, &tree, unit_find(&tree, S("bank"))), ACCESS_LEAD);
	assert_int_equal(access_role_at(&who, &tree, unit_find(&tree, S("cards"))), ACCESS_LEAD);
	assert_int_equal(access_top(&who, &tree, ACCESS_READER), unit_find(&tree, S("acme")));
	assert_int_equal(access_top(&who, &tree, ACCESS_ASSESSOR), unit_find(&tree, S("bank")));
	assert_int_equal(access_top(&who, &tree, ACCESS_ADMIN), UNIT_NONE);
	arena_release(&a);
}

static void without_grants_nothing_is_allowed(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct unit_tree tree = tree_of(&a);
	const struct access_assigned assigned[] = {{S("GOV-02.1"), S("bank")}};
	struct access who = {.user = S("bo"), .n_assigned = 1, .assigned = assigned};
	for (int u = 0; u < tree.n; u++)
		assert_int_equal(access_role_at(&who, &tree, u), ACCESS_NONE);
	assert_int_equal(access_role_most(&who), ACCESS_NONE);
	assert_true(access_is_assigned(&who, S("GOV-02.1"), S("bank")));
	assert_false(access_is_assigned(&who, S("GOV-02.1"), S("cards")));
	assert_false(access_is_assigned(&who, S("GOV-02.2"), S("bank")));
	arena_release(&a);
}

static void who_reads_a_unit_answers_there_or_feeds_it_knows_of_it(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct unit_tree tree = tree_of(&a), none = {0};
	const struct access_grant grants[] = {{ACCESS_RESPONDENT, S("")}, {ACCESS_READER, S("shop")}};
	const struct access_assigned assigned[] = {{S("GOV-02.1"), S("cards")}};
	const struct access reader = {
	    .user = S("ada"), .n_grants = 2, .grants = grants, .n_assigned = 1, .assigned = assigned};
	const struct access feeder = {.user = S("bo"), .feed = S("hr"), .within = S("bank")};
	const struct access nobody = {.user = S("cy"), .n_grants = 1, .grants = grants};
	/* acme, bank, cards, shop */
	static const bool reads[] = {false, false, true, true}, feeds[] = {false, true, true, false};
	for (int u = 0; u < tree.n; u++) {
		assert_int_equal(access_sees(&reader, &tree, u), reads[u]);
		assert_int_equal(access_sees(&feeder, &tree, u), feeds[u]);
		assert_false(access_sees(&nobody, &tree, u));
	}
	assert_false(access_sees(&reader, &none, 0));
	arena_release(&a);
}

static void a_grant_without_a_unit_reaches_everything_even_without_a_tree(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct unit_tree tree = tree_of(&a), none = {0};
	const struct access_grant everywhere[] = {{ACCESS_ADMIN, S("")}}, somewhere[] = {{ACCESS_LEAD, S("acme")}};
	struct access root = {.user = S("ada"), .n_grants = 1, .grants = everywhere};
	struct access unit = {.user = S("bo"), .n_grants = 1, .grants = somewhere};
	for (int u = 0; u < tree.n; u++)
		assert_int_equal(access_role_at(&root, &tree, u), ACCESS_ADMIN);
	assert_int_equal(access_role_at(&root, &none, 0), ACCESS_ADMIN);
	assert_int_equal(access_role_at(&unit, &none, 0), ACCESS_NONE);
	arena_release(&a);
}

static void every_role_is_found_by_its_word(void **state)
{
	(void)state;
	for (int r = ACCESS_RESPONDENT; r < ACCESS_ROLES; r++)
		assert_int_equal(access_role_find(access_role_name((enum access_role)r)), r);
	assert_int_equal(access_role_find(S("none")), ACCESS_NONE);
	assert_int_equal(access_role_find(S("root")), ACCESS_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_greatest_role_that_reaches_a_unit_counts),
	    cmocka_unit_test(without_grants_nothing_is_allowed),
	    cmocka_unit_test(who_reads_a_unit_answers_there_or_feeds_it_knows_of_it),
	    cmocka_unit_test(a_grant_without_a_unit_reaches_everything_even_without_a_tree),
	    cmocka_unit_test(every_role_is_found_by_its_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
