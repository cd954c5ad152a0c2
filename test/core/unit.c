#include "score_fixture.h"

#include <time.h>

#include "base/limits.h"

struct fixture {
	struct arena a;
	struct err err;
	struct unit_tree tree;
};

static int fixture_new(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	assert_non_null(f);
	f->a = ARENA((size_t)512 << 20);
	*state = f;
	return 0;
}

static int fixture_end(void **state)
{
	struct fixture *f = *state;
	arena_release(&f->a);
	free(f);
	return 0;
}

#define ROW(id_, parent_, line_)                                                                                       \
	{                                                                                                              \
		.id = S(id_), .parent = S(parent_), .size = 1, .line = line_                                           \
	}

static void expect_built(struct fixture *f, const struct unit_row *rows, size_t n)
{
	if (unit_tree_build(rows, n, S("units.csv"), &f->a, &f->tree, &f->err) != OK)
		fail_msg("%s", f->err.message);
}

static void expect_refused(struct fixture *f, const struct unit_row *rows, size_t n, enum status status,
			   const char *message, const char *where)
{
	f->tree.n = -7;
	assert_int_equal(unit_tree_build(rows, n, S("units.csv"), &f->a, &f->tree, &f->err), status);
	assert_int_equal(f->err.status, status);
	assert_string_equal(f->err.message, message);
	assert_string_equal(f->err.where, where);
	assert_int_equal(f->tree.n, -7); /* outputs are written only on success */
}

#define REFUSED(f_, rows_, status_, message_, where_)                                                                  \
	expect_refused(f_, rows_, sizeof(rows_) / sizeof *(rows_), status_, message_, where_)

static void a_tree_needs_a_row(void **state)
{
	struct fixture *f = *state;
	expect_refused(f, NULL, 0, E_INVALID, "no units: a tree needs at least its root", "");
}

static void one_unit_is_a_tree_and_a_leaf(void **state)
{
	struct fixture *f = *state;
	const struct unit_row rows[] = {ROW("acme", "", 2)};
	expect_built(f, rows, 1);
	assert_int_equal(f->tree.n, 1);
	const struct unit *u = f->tree.units;
	assert_true(u->parent == UNIT_NONE && u->span == 1 && u->depth == 0 && u->size == 1);
	assert_int_equal(u->declared, 0);
	assert_int_equal(u->deployment, MODEL_ANY_DEPLOYMENT);
	assert_true(unit_is_leaf(&f->tree, 0));
	assert_true(unit_below(&f->tree, 0, 0));
}

static void rows_in_any_order_give_the_same_tree_in_pre_order_with_siblings_in_byte_order(void **state)
{
	struct fixture *f = *state;
	const struct unit_row rows[] = {ROW("z", "m", 2),    ROW("b", "acme", 3), ROW("Z", "acme", 4),
					ROW("m", "acme", 5), ROW("acme", "", 6),  ROW("a", "m", 7),
					ROW("b.1", "b", 8),  ROW("b-1", "b", 9),  ROW("aa", "a", 10)};
	static const char *const order[] = {"acme", "Z", "b", "b-1", "b.1", "m", "a", "aa", "z"};
	static const int parents[] = {UNIT_NONE, 0, 0, 2, 2, 0, 5, 6, 5};
	static const int spans[] = {9, 1, 3, 1, 1, 4, 2, 1, 1};
	static const int depths[] = {0, 1, 1, 2, 2, 1, 2, 3, 2};
	struct unit_row turned[9];
	for (size_t i = 0; i < 9; i++)
		turned[i] = rows[8 - i];
	for (int times = 0; times < 2; times++) {
		expect_built(f, times ? turned : rows, 9);
		assert_int_equal(f->tree.n, 9);
		for (int i = 0; i < 9; i++) {
			const struct unit *u = &f->tree.units[i];
			assert_true(str_eq(u->id, str_from(order[i])));
			assert_true(u->parent == parents[i] && u->span == spans[i] && u->depth == depths[i]);
			assert_int_equal(unit_find(&f->tree, u->id), i);
			assert_int_equal(unit_is_leaf(&f->tree, i), spans[i] == 1);
			for (int j = 0; j < 9; j++)
				assert_int_equal(unit_below(&f->tree, j, i), j >= i && j < i + spans[i]);
		}
	}
}

static void only_a_units_whole_id_finds_it(void **state)
{
	struct fixture *f = *state;
	const struct unit_row rows[] = {ROW("acme", "", 2), ROW("east", "acme", 3), ROW("eastern", "acme", 4)};
	expect_built(f, rows, 3);
	assert_int_equal(unit_find(&f->tree, S("east")), 1);
	assert_int_equal(unit_find(&f->tree, S("eastern")), 2);
	static const char *const none[] = {"", "eas", "easte", "EAST", "zzz", "east "};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_int_equal(unit_find(&f->tree, str_from(none[i])), UNIT_NONE);
}

static void a_unit_without_a_name_is_called_by_its_id(void **state)
{
	struct fixture *f = *state;
	struct unit_row rows[] = {ROW("acme", "", 2), ROW("east", "acme", 3)};
	rows[1].name = S("East of Acme");
	expect_built(f, rows, 2);
	assert_true(str_eq(f->tree.units[0].name, S("acme")));
	assert_true(str_eq(f->tree.units[1].name, S("East of Acme")));
}

static void the_tree_keeps_its_own_copy_of_every_text(void **state)
{
	struct fixture *f = *state;
	char id[] = "acme", name[] = "Acme";
	struct unit_row row = {.id = str_from(id), .name = str_from(name), .size = 9, .line = 2};
	expect_built(f, &row, 1);
	memset(id, 'x', 4);
	memset(name, 'x', 4);
	assert_true(str_eq(f->tree.units[0].id, S("acme")));
	assert_true(str_eq(f->tree.units[0].name, S("Acme")));
	assert_int_equal(f->tree.units[0].size, 9);
}

static void deployment_types_come_from_the_nearest_ancestor_that_declares_some(void **state)
{
	struct fixture *f = *state;
	struct unit_row rows[] = {ROW("a", "", 2), ROW("b", "a", 3), ROW("c", "b", 4), ROW("d", "c", 5),
				  ROW("e", "a", 6)};
	rows[1].deployment = MODEL_PAAS;
	rows[3].deployment = MODEL_SAAS | MODEL_SELF_HOSTED;
	static const unsigned in_force[] = {MODEL_ANY_DEPLOYMENT, MODEL_PAAS, MODEL_PAAS,
					    MODEL_SAAS | MODEL_SELF_HOSTED, MODEL_ANY_DEPLOYMENT};
	expect_built(f, rows, 5);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(f->tree.units[i].declared, rows[i].deployment);
		assert_int_equal(f->tree.units[i].deployment, in_force[i]);
	}
}

static void a_unit_that_stands_twice_is_refused_at_its_second_line(void **state)
{
	struct fixture *f = *state;
	const struct unit_row rows[] = {ROW("east", "acme", 9), ROW("acme", "", 2), ROW("east", "acme", 4)};
	REFUSED(f, rows, E_INVALID, "unit \"east\" stands twice", "units.csv:9");
	assert_string_equal(f->err.detail, "it stands on line 4 already");
}

static void two_roots_are_refused(void **state)
{
	struct fixture *f = *state;
	const struct unit_row rows[] = {ROW("zulu", "", 2), ROW("acme", "", 3), ROW("east", "acme", 4)};
	REFUSED(f, rows, E_INVALID, "two roots: \"zulu\" and \"acme\" have no parent", "units.csv:3");
	const struct unit_row turned[] = {ROW("acme", "", 2), ROW("zulu", "", 3)};
	REFUSED(f, turned, E_INVALID, "two roots: \"acme\" and \"zulu\" have no parent", "units.csv:3");
}

static void an_unknown_parent_is_refused_at_the_row_that_names_it(void **state)
{
	struct fixture *f = *state;
	const struct unit_row rows[] = {ROW("acme", "", 2), ROW("east", "Acme", 3)};
	REFUSED(f, rows, E_INVALID, "unit \"east\" names the parent \"Acme\", which is not in the file", "units.csv:3");
}

static void a_unit_that_is_its_own_parent_is_a_circle(void **state)
{
	struct fixture *f = *state;
	const struct unit_row with_root[] = {ROW("acme", "", 2), ROW("east", "east", 3)};
	REFUSED(f, with_root, E_INVALID, "the units go round in a circle: east < east", "units.csv:3");
	const struct unit_row alone[] = {ROW("acme", "acme", 2)};
	REFUSED(f, alone, E_INVALID, "the units go round in a circle: acme < acme", "units.csv:2");
}

static void a_circle_names_its_units_and_not_those_that_hang_on_it(void **state)
{
	struct fixture *f = *state;
	const struct unit_row rows[] = {ROW("acme", "", 2), ROW("a", "x", 3), ROW("x", "y", 4), ROW("y", "z", 5),
					ROW("z", "x", 6)};
	assert_int_equal(unit_tree_build(rows, 5, S("units.csv"), &f->a, &f->tree, &f->err), E_INVALID);
	assert_null(strstr(f->err.message, "acme"));
	assert_null(strstr(f->err.message, " a"
					   " <"));
	assert_non_null(strstr(f->err.message, "x < y"));
	assert_non_null(strstr(f->err.message, "y < z"));
	assert_true(f->err.where[0] != 0);
}

static void without_any_root_the_units_are_a_circle(void **state)
{
	struct fixture *f = *state;
	const struct unit_row rows[] = {ROW("a", "b", 2), ROW("b", "a", 3)};
	assert_int_equal(unit_tree_build(rows, 2, S("units.csv"), &f->a, &f->tree, &f->err), E_INVALID);
	assert_non_null(strstr(f->err.message, "circle"));
}

static void a_circle_of_many_long_names_does_not_overflow_the_message(void **state)
{
	struct fixture *f = *state;
	enum { N = 300, LONG = 512 };
	char(*ids)[LONG + 1] = calloc(N, sizeof *ids);
	struct unit_row *rows = calloc(N, sizeof *rows);
	assert_true(ids && rows);
	for (int i = 0; i < N; i++) {
		char number[12];
		size_t start = i % 2 ? LONG - 11 : 0; /* long names and short ones */
		(void)snprintf(number, sizeof number, "%d", i);
		memset(ids[i], 'a', start);
		memcpy(ids[i] + start, number, strlen(number));
	}
	for (int i = 0; i < N; i++)
		rows[i] = (struct unit_row){
		    .id = str_from(ids[i]), .parent = str_from(ids[(i + 1) % N]), .size = 1, .line = i + 2};
	assert_int_equal(unit_tree_build(rows, N, S("units.csv"), &f->a, &f->tree, &f->err), E_INVALID);
	assert_non_null(strstr(f->err.message, "circle"));
	assert_true(strlen(f->err.message) < sizeof f->err.message);
	free(rows);
	free(ids);
}

/* A chain of n units: u0 above u1 above u2 … */
static struct unit_row *chain(size_t n, char (**ids)[24])
{
	struct unit_row *rows = calloc(n, sizeof *rows);
	*ids = calloc(n, sizeof **ids);
	assert_true(rows && *ids);
	for (size_t i = 0; i < n; i++) {
		(void)snprintf((*ids)[i], sizeof **ids, "u%zu", i);
		rows[i] = (struct unit_row){.id = str_from((*ids)[i]), .size = 1, .line = (int64_t)i + 2};
		if (i)
			rows[i].parent = rows[i - 1].id;
	}
	return rows;
}

static void the_deepest_tree_is_allowed_and_one_level_more_is_refused(void **state)
{
	struct fixture *f = *state;
	char(*ids)[24];
	struct unit_row *rows = chain(LIMIT_UNIT_DEPTH + 2, &ids);
	expect_built(f, rows, LIMIT_UNIT_DEPTH + 1);
	assert_int_equal(f->tree.units[LIMIT_UNIT_DEPTH].depth, LIMIT_UNIT_DEPTH);
	char where[32];
	(void)snprintf(where, sizeof where, "units.csv:%d", LIMIT_UNIT_DEPTH + 3);
	expect_refused(f, rows, LIMIT_UNIT_DEPTH + 2, E_TOO_LARGE, "the tree is deeper than 64 levels", where);
	free(rows);
	free(ids);
}

static void more_units_than_the_limit_are_refused_before_anything_is_read(void **state)
{
	struct fixture *f = *state;
	struct unit_row row = ROW("acme", "", 2);
	expect_refused(f, &row, LIMIT_UNITS + 1, E_TOO_LARGE, "more than 1000000 units", "");
}

static void an_arena_that_is_full_is_an_error_and_no_crash(void **state)
{
	struct fixture *f = *state;
	char(*ids)[24];
	struct unit_row *rows = chain(50, &ids);
	int refused = 0;
	for (size_t limit = 0; limit < 40000; limit += 97) {
		struct arena small = ARENA(limit);
		enum status status = unit_tree_build(rows, 50, S("units.csv"), &small, &f->tree, &f->err);
		assert_true(status == OK || status == E_TOO_LARGE || status == E_NO_MEMORY);
		refused += status != OK;
		arena_release(&small);
	}
	assert_true(refused > 10);
	free(rows);
	free(ids);
}

/* Quadratic work would take minutes: 10^10 steps. */
static void a_hundred_thousand_units_are_built_at_once(void **state)
{
	struct fixture *f = *state;
	enum { N = 100000 };
	char(*ids)[24];
	struct unit_row *rows = chain(N, &ids);
	for (int shape = 0; shape < 3; shape++) {
		for (size_t i = 1; i < N; i++) /* a flat tree, one of ten each, a tree of 50 deep combs */
			rows[i].parent = rows[shape == 0 ? 0 : shape == 1 ? (i - 1) / 10 : i % 50 ? i - 1 : 0].id;
		clock_t start = clock();
		expect_built(f, rows, N);
		assert_true(clock() - start < 20 * (clock_t)CLOCKS_PER_SEC);
		assert_int_equal(f->tree.n, N);
		assert_int_equal(f->tree.units[0].span, N);
		for (int i = 1; i < N; i++) {
			const struct unit *u = &f->tree.units[i];
			assert_true(u->parent >= 0 && u->parent < i && unit_below(&f->tree, i, u->parent));
		}
		for (size_t i = 0; i < N; i += 997) {
			int at = unit_find(&f->tree, rows[i].id);
			assert_true(at >= 0 && str_eq(f->tree.units[at].id, rows[i].id));
		}
	}
	free(rows);
	free(ids);
}

static void a_tree_seen_through_some_types_keeps_all_else(void **state)
{
	struct fixture *f = *state;
	struct unit_row rows[] = {ROW("acme", "", 2), ROW("east", "acme", 3), ROW("west", "acme", 4)};
	struct unit_tree seen;
	rows[1].deployment = MODEL_SAAS;
	rows[2].deployment = MODEL_SELF_HOSTED | MODEL_PAAS;
	expect_built(f, rows, 3);
	assert_int_equal(unit_tree_mask(&f->tree, MODEL_SAAS | MODEL_PAAS, &f->a, &seen, &f->err), OK);
	assert_int_equal(seen.n, 3);
	assert_int_equal(seen.units[0].deployment, MODEL_SAAS | MODEL_PAAS);
	assert_int_equal(seen.units[1].deployment, MODEL_SAAS);
	assert_int_equal(seen.units[2].deployment, MODEL_PAAS);
	assert_int_equal(unit_find(&seen, S("west")), 2);
	assert_int_equal(seen.units[0].span, 3);
	assert_int_equal(f->tree.units[2].deployment, MODEL_SELF_HOSTED | MODEL_PAAS);
	assert_int_equal(unit_tree_mask(&f->tree, MODEL_SAAS, &f->a, &seen, &f->err), OK);
	assert_int_equal(seen.units[2].deployment, 0);
}

#undef TEST
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_new, fixture_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_tree_needs_a_row),
	    TEST(one_unit_is_a_tree_and_a_leaf),
	    TEST(rows_in_any_order_give_the_same_tree_in_pre_order_with_siblings_in_byte_order),
	    TEST(only_a_units_whole_id_finds_it),
	    TEST(a_unit_without_a_name_is_called_by_its_id),
	    TEST(the_tree_keeps_its_own_copy_of_every_text),
	    TEST(deployment_types_come_from_the_nearest_ancestor_that_declares_some),
	    TEST(a_unit_that_stands_twice_is_refused_at_its_second_line),
	    TEST(two_roots_are_refused),
	    TEST(an_unknown_parent_is_refused_at_the_row_that_names_it),
	    TEST(a_unit_that_is_its_own_parent_is_a_circle),
	    TEST(a_circle_names_its_units_and_not_those_that_hang_on_it),
	    TEST(without_any_root_the_units_are_a_circle),
	    TEST(a_circle_of_many_long_names_does_not_overflow_the_message),
	    TEST(the_deepest_tree_is_allowed_and_one_level_more_is_refused),
	    TEST(more_units_than_the_limit_are_refused_before_anything_is_read),
	    TEST(a_tree_seen_through_some_types_keeps_all_else),
	    TEST(an_arena_that_is_full_is_an_error_and_no_crash),
	    TEST(a_hundred_thousand_units_are_built_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
