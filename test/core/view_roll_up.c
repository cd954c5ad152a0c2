/* How a tally adds up, by hand: what the unit says itself and the parts below it, each counted for what it is. */
#include "score_fixture.h"

#include "core/view_roll_up.h"

static struct view_roll_up roll_up(struct world *w, const char *unit, int objective)
{
	struct view_roll_up v;
	world_settle(w);
	int u = unit_find(&w->tree, str_from(unit));
	assert_int_equal(view_roll_up_fill(&w->in, u, objective, &w->a, &v, &w->err), OK);
	return v;
}

static void expect(struct measure_tally t, int64_t yes, int64_t no, int64_t unknown)
{
	assert_int_equal(t.yes, yes);
	assert_int_equal(t.no, no);
	assert_int_equal(t.unknown, unknown);
}

/* acme: 6 yes of its own; east: 15 and 1 no; north with n1 (7, 6 no), n2 (does not apply) and n3 (other type);
   west: silent, of size 4. */
static void prepare(struct world *w)
{
	int n3;
	(void)world_unit(w, "north", "acme");
	(void)world_unit(w, "n1", "north");
	(void)world_unit(w, "n2", "north");
	n3 = world_unit(w, "n3", "north");
	w->rows[n3].deployment = MODEL_SAAS;
	w->rows[world_row(w, "west")].size = 4;
	w->objectives[0].deployment = MODEL_SELF_HOSTED | MODEL_PAAS;
	w->objectives[0].threshold_milli = 800;
	(void)world_say(w, "acme", 0, 6, 0, 0);
	(void)world_say(w, "east", 0, 15, 1, 0);
	(void)world_say(w, "n1", 0, 7, 6, 0);
	(void)world_na(w, "n2", 0, MEASURE_REVIEWED);
	(void)world_say(w, "n3", 0, 100, 0, 0); /* of another type: not counted */
}

static void the_parts_and_what_a_unit_says_itself_add_up_to_its_tally(void **state)
{
	struct world *w = *state;
	prepare(w);
	struct view_roll_up v = roll_up(w, "acme", 0);
	assert_int_equal(v.n, 3); /* east, north, west */
	expect(v.own.tally, 6, 0, 0);
	expect(v.parts[0].tally, 15, 1, 0);
	expect(v.parts[1].tally, 7, 6, 0);
	expect(v.parts[2].tally, 0, 0, 4);
	expect(v.total.tally, 28, 7, 4);
	/* 28 000 < 800 · 39 = 31 200 <= 32 000 */
	assert_int_equal(v.total.verdict, SCORE_OPEN);
	assert_int_equal(v.parts[0].verdict, SCORE_MET);
	assert_int_equal(v.parts[1].verdict, SCORE_NOT_MET);
	struct score s = world_score(w, "acme");
	assert_true(world_same_tally(v.total.tally, s.objectives[0].tally));
	assert_int_equal(v.total.verdict, s.objectives[0].verdict);
}

static void each_unit_is_counted_once_for_what_it_is(void **state)
{
	struct world *w = *state;
	prepare(w);
	struct view_roll_up v = roll_up(w, "acme", 0);
	const struct view_roll_up_count *north = &v.parts[1].count, *all = &v.total.count;
	assert_int_equal(north->units, 4);
	assert_int_equal(north->say, 1);
	assert_int_equal(north->not_applicable, 1);
	assert_int_equal(north->other_type, 1);
	assert_int_equal(north->pass, 1); /* north itself says nothing */
	assert_int_equal(v.parts[2].count.silent, 1);
	assert_int_equal(all->units, 7);
	assert_int_equal(all->say + all->silent + all->other_type + all->not_applicable + all->pass, 7);
}

static void a_leaf_is_what_it_says_itself(void **state)
{
	struct world *w = *state;
	prepare(w);
	struct view_roll_up v = roll_up(w, "n1", 0);
	assert_int_equal(v.n, 0);
	assert_true(v.own.leaf);
	expect(v.total.tally, 7, 6, 0);
	v = roll_up(w, "n3", 0);
	expect(v.total.tally, 0, 0, 0);
	assert_int_equal(v.total.verdict, SCORE_NOT_APPLICABLE);
}

static void a_program_objective_is_the_roots_wherever_one_of_its_types_is(void **state)
{
	struct world *w = *state;
	prepare(w);
	w->objectives[0].scope = MODEL_SCOPE_PROGRAM;
	struct view_roll_up v = roll_up(w, "north", 0);
	assert_true(v.program && v.holds);
	assert_int_equal(v.n, 0);
	expect(v.total.tally, 6, 0, 0);
	v = roll_up(w, "n3", 0);
	assert_false(v.holds);
	expect(v.own.tally, 6, 0, 0);
	expect(v.total.tally, 0, 0, 0);
	assert_int_equal(v.total.verdict, SCORE_NOT_APPLICABLE);
	assert_int_equal(world_score(w, "n3").objectives[0].verdict, SCORE_NOT_APPLICABLE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(the_parts_and_what_a_unit_says_itself_add_up_to_its_tally),
	    TEST(each_unit_is_counted_once_for_what_it_is),
	    TEST(a_leaf_is_what_it_says_itself),
	    TEST(a_program_objective_is_the_roots_wherever_one_of_its_types_is),
	};
	return cmocka_run_group_tests_name("core/view_roll_up", tests, NULL, NULL);
}
