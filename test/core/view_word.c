/* What stands on people's word, what the unknown could lift, and what stands behind each rung of a ladder. */
#include "score_fixture.h"

#include "core/view_current.h"
#include "core/view_ladder.h"
#include "core/view_word.h"

static struct view_words words(struct world *w, const char *unit)
{
	struct view_words out;
	struct score s = world_score(w, unit);
	assert_int_equal(view_word_list(&w->in, 1, &s, &w->a, &out, &w->err), OK);
	return out;
}

/* Objective 0 measured, 1 attested at east alone, both met; 2 and 3 not met. */
static void attest_one(struct world *w)
{
	for (int o = 0; o < 4; o++)
		if (o != 1) {
			(void)world_say(w, "east", o, o == 0, o != 0, 0);
			(void)world_say(w, "west", o, o == 0, o != 0, 0);
		}
	(void)world_attest(w, "east", 1, 1, 0);
	(void)world_say(w, "west", 1, 1, 0, 0);
}

static void a_level_on_word_names_its_objectives_and_the_unit_that_says_so(void **state)
{
	struct world *w = *state;
	attest_one(w);
	struct view_words x = words(w, "acme");
	assert_int_equal(x.n_falls, 1);
	assert_int_equal(x.falls[0].from, 3);
	assert_int_equal(x.falls[0].to, 2);
	assert_int_equal(x.falls[0].n, 1);
	assert_int_equal(x.falls[0].objectives[0].objective, 1);
	assert_int_equal(x.falls[0].objectives[0].units, 1);
	assert_int_equal(x.falls[0].objectives[0].unit, unit_find(&w->tree, S("east")));
	assert_int_equal(x.n_rises, 0);
	assert_int_equal(words(w, "west").n_falls, 0);
}

static void several_units_are_counted_and_none_is_named(void **state)
{
	struct world *w = *state;
	attest_one(w);
	w->said[w->n_measures - 1].basis = MEASURE_ATTESTED;
	struct view_words x = words(w, "acme");
	assert_int_equal(x.falls[0].objectives[0].units, 2);
	assert_int_equal(x.falls[0].objectives[0].unit, UNIT_NONE);
}

static void an_exemption_on_word_alone_falls_too(void **state)
{
	struct world *w = *state;
	attest_one(w);
	w->n_measures -= 2;
	(void)world_na(w, "east", 1, MEASURE_ATTESTED);
	(void)world_na(w, "west", 1, MEASURE_REVIEWED);
	(void)world_say(w, "east", 2, 1, 0, 0);
	w->objectives[2].threshold_milli = 1; /* level 4 stands on a level 3 that does not apply */
	struct view_words x = words(w, "acme");
	assert_int_equal(x.n_falls, 1);
	assert_int_equal(x.falls[0].from, 4);
	assert_int_equal(x.falls[0].to, 2);
	assert_int_equal(x.falls[0].n, 1);
	assert_int_equal(x.falls[0].objectives[0].objective, 1);
}

static void what_could_turn_out_well_is_counted(void **state)
{
	struct world *w = *state;
	attest_one(w);
	world_say(w, "east", 2, 0, 0, 7)->source = 9;
	w->objectives[2].threshold_milli = 500; /* yes 0, no 2, unknown 7 */
	struct view_words x = words(w, "acme");
	assert_int_equal(x.n_rises, 1);
	assert_int_equal(x.rises[0].from, 3);
	assert_int_equal(x.rises[0].to, 4);
	assert_int_equal(x.rises[0].n_open, 1);
	assert_int_equal(x.rises[0].unknown, 7);
}

/* ---- what stands behind an objective ---- */

static struct view_backing backing(struct world *w, const char *unit, int check)
{
	struct view_backing *list;
	world_settle(w);
	assert_int_equal(
	    view_ladder_backing(&w->in, unit_find(&w->tree, str_from(unit)), 0, check, &w->a, &list, &w->err), OK);
	return list[0];
}

static void age_goes_from_none_over_fresh_and_soon_to_stale(void **state)
{
	struct world *w = *state;
	assert_int_equal(backing(w, "acme", -1).age, VIEW_AGE_NONE);
	struct measure *east = world_say(w, "east", 0, 1, 0, 0);
	assert_int_equal(backing(w, "acme", -1).age, VIEW_AGE_FRESH);
	east->observed_ms = NOW - 67 * DAY; /* of 90: 74.4 % */
	assert_int_equal(backing(w, "acme", -1).age, VIEW_AGE_FRESH);
	east->observed_ms = NOW - 68 * DAY; /* 75.6 % */
	assert_int_equal(backing(w, "acme", -1).age, VIEW_AGE_SOON);
	east->observed_ms = NOW - 91 * DAY;
	assert_int_equal(backing(w, "acme", -1).age, VIEW_AGE_STALE);
	(void)world_say(w, "west", 0, 1, 0, 0);
	struct view_backing b = backing(w, "acme", -1);
	assert_int_equal(b.age, VIEW_AGE_MIXED);
	assert_int_equal(b.measures, 2);
	assert_int_equal(b.stale, 1);
	assert_true(b.seen_ms == NOW && b.ends_ms == NOW + WINDOW);
}

static void a_check_is_as_old_as_the_feed_it_looked_at(void **state)
{
	struct world *w = *state;
	struct measure *m = world_say(w, "east", 0, 1, 0, 0); /* run today on evidence of 20 days ago */
	m->expires_ms = NOW - 20 * DAY + WINDOW;
	assert_true(backing(w, "acme", 0).seen_ms == NOW - 20 * DAY);
	assert_true(backing(w, "acme", -1).seen_ms == NOW);
}

static void the_one_that_ends_first_tells_the_age_and_every_basis_is_there(void **state)
{
	struct world *w = *state;
	world_say(w, "west", 0, 1, 0, 0)->observed_ms = NOW - 80 * DAY;
	(void)world_attest(w, "east", 0, 1, 0);
	world_attest(w, "acme", 0, 1, 0)->basis = MEASURE_REVIEWED;
	struct view_backing b = backing(w, "acme", -1);
	assert_int_equal(b.basis, VIEW_BY_ATTESTED | VIEW_BY_REVIEWED | VIEW_BY_MEASURED);
	assert_int_equal(b.age, VIEW_AGE_SOON);
	assert_true(b.ends_ms == NOW + 10 * DAY);
	assert_int_equal(b.attested, 1);
	assert_int_equal(b.attested_unit, unit_find(&w->tree, S("east")));
	assert_int_equal(backing(w, "west", -1).basis, VIEW_BY_MEASURED);
}

static void what_a_measurement_pushes_aside_stands_behind_nothing(void **state)
{
	struct world *w = *state;
	(void)world_attest(w, "east", 0, 1, 0);
	(void)world_say(w, "east", 0, 1, 0, 0);
	assert_int_equal(backing(w, "acme", -1).basis, VIEW_BY_MEASURED);
}

static void the_root_answers_for_the_program_wherever_it_applies(void **state)
{
	struct world *w = *state;
	w->objectives[0].scope = MODEL_SCOPE_PROGRAM;
	(void)world_say(w, "acme", 0, 1, 0, 0);
	(void)world_say(w, "east", 0, 0, 1, 0); /* nobody asked */
	assert_int_equal(backing(w, "acme", -1).measures, 1);
	assert_int_equal(backing(w, "west", -1).measures, 1);
	world_settle(w);
	assert_true(view_current_any(&w->in, 1, unit_find(&w->tree, S("west"))));
	w->objectives[0].scope = MODEL_SCOPE_UNIT;
	assert_false(view_current_any(&w->in, 1, unit_find(&w->tree, S("west"))));
	w->objectives[0].scope = MODEL_SCOPE_PROGRAM;
	w->objectives[0].deployment = MODEL_SAAS;
	w->rows[world_row(w, "west")].deployment = MODEL_PAAS;
	assert_int_equal(backing(w, "west", -1).measures, 0);
}

static void rungs_hold_their_objectives_and_what_could_lift_is_added_up(void **state)
{
	struct world *w = *state;
	struct view_ladder v = {.model = &w->model, .category = &w->categories[0]};
	attest_one(w);
	world_say(w, "east", 2, 0, 0, 7)->source = 9;
	w->objectives[2].threshold_milli = 500;
	w->categories[0].levels[1] = S("People sign in once.");
	struct score s = world_score(w, "acme");
	assert_int_equal(view_ladder_fill(&v, &w->in, &s, -1, &w->a, &w->err), OK);
	assert_int_equal(v.now.level, 3);
	assert_int_equal(v.rungs[0].n, 0);
	assert_int_equal(v.rungs[1].n, 1);
	assert_int_equal(v.rungs[2].objectives[0].objective, 1);
	assert_int_equal(v.rungs[2].heat.state, VIEW_HEAT_CLAIMED);
	assert_true(str_eq(v.rungs[1].text, S("People sign in once.")));
	assert_int_equal(v.unknown, 7);
	assert_int_equal(v.attested, 1);
	assert_int_equal(v.attested_unit, unit_find(&w->tree, S("east")));
	assert_int_equal(v.lift.to, 4);
	assert_int_equal(v.lift.n_open, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_level_on_word_names_its_objectives_and_the_unit_that_says_so),
	    TEST(several_units_are_counted_and_none_is_named),
	    TEST(an_exemption_on_word_alone_falls_too),
	    TEST(what_could_turn_out_well_is_counted),
	    TEST(age_goes_from_none_over_fresh_and_soon_to_stale),
	    TEST(a_check_is_as_old_as_the_feed_it_looked_at),
	    TEST(the_one_that_ends_first_tells_the_age_and_every_basis_is_there),
	    TEST(what_a_measurement_pushes_aside_stands_behind_nothing),
	    TEST(the_root_answers_for_the_program_wherever_it_applies),
	    TEST(rungs_hold_their_objectives_and_what_could_lift_is_added_up),
	};
	return cmocka_run_group_tests_name("core/view_word", tests, NULL, NULL);
}
