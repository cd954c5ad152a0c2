/* Rules 1 to 4, by hand: what one unit says about one objective. */
#include "score_fixture.h"

/* The objective that most tests ask about: the one of level 2. */
enum { ASKED = 0 };

static struct score_own own_of(struct world *w, const char *unit)
{
	world_settle(w);
	int u = unit_find(&w->tree, str_from(unit));
	size_t first = 0, n = score_group(&w->in, u, ASKED, &first);
	return score_own(&w->in, u, ASKED, w->measures + first, n);
}

#define EXPECT_EAST(w_, yes_, no_, unknown_) EXPECT_TALLY(own_of(w_, "east").tally, yes_, no_, unknown_)

/* ---- rule 1 ---- */

static void the_newest_measure_of_a_source_is_current(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 3, 0, 0)->observed_ms = NOW - DAY;
	world_say(w, "east", ASKED, 0, 3, 0)->observed_ms = NOW - 2 * DAY; /* recorded later, observed earlier */
	EXPECT_EAST(w, 3, 0, 0);
}

static void of_equal_instants_the_one_recorded_last_is_current(void **state)
{
	struct world *w = *state;
	struct measure *a = world_say(w, "east", ASKED, 3, 0, 0), *b = world_say(w, "east", ASKED, 0, 5, 0);
	EXPECT_EAST(w, 0, 5, 0);
	a->recorded = b->recorded + 1;
	EXPECT_EAST(w, 3, 0, 0);
}

static void what_was_observed_at_as_of_counts_and_a_millisecond_later_does_not(void **state)
{
	struct world *w = *state;
	struct measure *m = world_say(w, "east", ASKED, 3, 0, 0);
	EXPECT_EAST(w, 3, 0, 0);
	m->observed_ms = NOW + 1;
	struct score_own own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 0, 0, 1);
	assert_false(own.present);
	assert_int_equal(own.valid_until_ms, NOW);
}

static void a_measure_is_fresh_at_its_greatest_age_and_stale_a_millisecond_later(void **state)
{
	struct world *w = *state;
	struct measure *m = world_say(w, "east", ASKED, 3, 1, 0);
	m->observed_ms = NOW - WINDOW;
	struct score_own own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 3, 1, 0);
	assert_true(own.fresh);
	assert_int_equal(own.valid_until_ms, NOW);
	m->observed_ms--;
	own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 0, 0, 4);
	assert_true(own.present && own.applies && !own.fresh);
	assert_int_equal(own.valid_until_ms, TIME_FOREVER);
}

static void a_measure_is_fresh_at_its_expiry_and_stale_a_millisecond_later(void **state)
{
	struct world *w = *state;
	struct measure *m = world_say(w, "east", ASKED, 3, 1, 2);
	m->observed_ms = NOW - DAY;
	m->expires_ms = NOW;
	EXPECT_EAST(w, 3, 1, 2);
	m->expires_ms = NOW - 1;
	EXPECT_EAST(w, 0, 0, 6);
}

static void an_expiry_beyond_the_greatest_age_does_not_keep_a_measure_fresh(void **state)
{
	struct world *w = *state;
	struct measure *m = world_say(w, "east", ASKED, 3, 1, 0);
	m->observed_ms = NOW - WINDOW - 1;
	m->expires_ms = NOW + 100 * DAY;
	EXPECT_EAST(w, 0, 0, 4);
}

static void a_stale_empty_population_counts_as_one_unknown(void **state)
{
	struct world *w = *state;
	struct measure *m = world_say(w, "east", ASKED, 0, 0, 0);
	EXPECT_EAST(w, 0, 0, 0);
	m->expires_ms = NOW - 1;
	EXPECT_EAST(w, 0, 0, 1);
}

static void a_stale_not_applicable_record_counts_as_one_unknown(void **state)
{
	struct world *w = *state;
	world_na(w, "east", ASKED, MEASURE_REVIEWED)->expires_ms = NOW - 1;
	struct score_own own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 0, 0, 1);
	EXPECT_TALLY(own.evidenced, 0, 0, 1);
	assert_true(own.applies);
}

/* The stale measure says more than the size; it never turns into the size either. */
static void a_stale_measure_keeps_its_own_population_not_the_size_of_the_unit(void **state)
{
	struct world *w = *state;
	w->rows[world_row(w, "east")].size = 50;
	world_say(w, "east", ASKED, 7, 0, 0)->expires_ms = NOW - 1;
	EXPECT_EAST(w, 0, 0, 7);
}

static void an_older_fresh_measure_does_not_replace_a_current_stale_one(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 9, 0, 0)->observed_ms = NOW - 2 * DAY;
	struct measure *m = world_say(w, "east", ASKED, 3, 0, 0);
	m->observed_ms = NOW - DAY;
	m->expires_ms = NOW - 1;
	EXPECT_EAST(w, 0, 0, 3);
}

static void a_retired_source_no_longer_counts_from_that_instant_on(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 3, 0, 0)->observed_ms = NOW - DAY;
	world_retire(w, 0, "east", NOW + 1);
	struct score_own own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 3, 0, 0);
	assert_int_equal(own.valid_until_ms, NOW);
	w->retired_said[0].at_ms = NOW;
	own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 0, 0, 1);
	assert_false(own.present);
	w->said[0].observed_ms = NOW; /* nor what it says later */
	EXPECT_EAST(w, 0, 0, 1);
}

static void a_source_is_retired_for_the_unit_that_is_named_or_for_all(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 3, 0, 0);
	world_retire(w, 0, "west", NOW - DAY);
	world_retire(w, 1, NULL, NOW - DAY);
	EXPECT_EAST(w, 3, 0, 0);
	w->retired_said[1].source = 0;
	EXPECT_EAST(w, 0, 0, 1);
}

static void a_source_retired_above_still_counts_below(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 3, 0, 0);
	world_retire(w, 0, "acme", NOW - DAY);
	EXPECT_EAST(w, 3, 0, 0);
}

/* ---- rule 2 ---- */

static void a_fresh_machine_leaves_people_out(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 3, 1, 0);
	struct measure *m = world_attest(w, "east", ASKED, 10, 0);
	EXPECT_EAST(w, 3, 1, 0);
	m->basis = MEASURE_REVIEWED;
	EXPECT_EAST(w, 3, 1, 0);
	w->objectives[ASKED].mode = MODEL_AUTOMATED;
	EXPECT_EAST(w, 3, 1, 0);
	m->expires_ms = NOW - 1; /* stale ones are left out as well */
	EXPECT_EAST(w, 3, 1, 0);
}

static void one_fresh_machine_keeps_the_stale_ones_and_leaves_people_out(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 3, 1, 0);
	struct measure *m = world_say(w, "east", ASKED, 5, 0, 0);
	m->source = 3;
	m->expires_ms = NOW - 1;
	world_attest(w, "east", ASKED, 10, 0);
	EXPECT_EAST(w, 3, 1, 5);
}

static void a_stale_machine_is_added_to_what_people_say(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 3, 1, 0)->expires_ms = NOW - 1;
	world_attest(w, "east", ASKED, 10, 0);
	EXPECT_EAST(w, 10, 0, 4);
}

static void several_sources_are_added(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 3, 1, 0);
	world_say(w, "east", ASKED, 20, 10, 5)->source = 3;
	EXPECT_EAST(w, 23, 11, 5);
}

static struct measure * override(struct world *w, int64_t until)
{
	struct measure *m = world_attest(w, "east", ASKED, 7, 0);
	m->overrides = true;
	m->override_until_ms = until;
	return m;
}

static void an_override_in_force_leaves_out_even_a_fresh_machine(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 0, 9, 0);
	override(w, NOW + DAY);
	struct score_own own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 7, 0, 0);
	assert_int_equal(own.valid_until_ms, NOW + DAY);
	w->objectives[ASKED].mode = MODEL_AUTOMATED;
	EXPECT_EAST(w, 7, 0, 0);
}

static void an_override_is_in_force_at_its_last_instant_and_not_a_millisecond_later(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 0, 9, 0);
	struct measure *m = override(w, NOW);
	EXPECT_EAST(w, 7, 0, 0);
	m->override_until_ms = NOW - 1;
	EXPECT_EAST(w, 0, 9, 0);
}

static void an_override_keeps_no_other_answer_of_people_and_no_stale_one(void **state)
{
	struct world *w = *state;
	override(w, NOW + DAY);
	struct measure *other = world_attest(w, "east", ASKED, 0, 100);
	other->source = 4;
	EXPECT_EAST(w, 7, 0, 0);
	other->expires_ms = NOW - 1;
	EXPECT_EAST(w, 7, 0, 0);
	other->expires_ms = TIME_FOREVER; /* two overrides in force are both kept */
	other->overrides = true;
	other->override_until_ms = NOW;
	EXPECT_EAST(w, 7, 100, 0);
}

static void a_stale_override_has_no_force(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 0, 9, 0);
	override(w, NOW + DAY)->expires_ms = NOW - 1;
	EXPECT_EAST(w, 0, 9, 0);
}

static void a_stale_override_is_left_out_beside_one_in_force(void **state)
{
	struct world *w = *state;
	override(w, NOW + DAY);
	struct measure *stale = override(w, NOW + DAY);
	stale->source = 4;
	stale->expires_ms = NOW - 1;
	EXPECT_EAST(w, 7, 0, 0);
}

static void a_superseded_override_has_no_force(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 0, 9, 0);
	override(w, NOW + DAY)->observed_ms = NOW - DAY;
	world_attest(w, "east", ASKED, 5, 0);
	EXPECT_EAST(w, 0, 9, 0);
}

static void a_machine_cannot_override(void **state)
{
	struct world *w = *state;
	override(w, NOW + DAY)->basis = MEASURE_MEASURED;
	world_say(w, "east", ASKED, 0, 9, 0);
	EXPECT_EAST(w, 7, 9, 0);
}

static void on_manual_objectives_nothing_is_left_out_and_overrides_have_no_effect(void **state)
{
	struct world *w = *state;
	w->objectives[ASKED].mode = MODEL_MANUAL;
	world_say(w, "east", ASKED, 0, 9, 0);
	override(w, NOW + DAY);
	struct score_own own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 7, 9, 0);
	assert_int_equal(own.valid_until_ms, NOW + WINDOW); /* the end of the override changes nothing */
}

/* ---- rule 3 ---- */

static void a_unit_without_a_deployment_type_of_the_objective_contributes_nothing(void **state)
{
	struct world *w = *state;
	w->objectives[ASKED].deployment = MODEL_SELF_HOSTED | MODEL_PAAS;
	struct unit_row *east = &w->rows[world_row(w, "east")];
	world_say(w, "east", ASKED, 3, 1, 0);
	EXPECT_EAST(w, 3, 1, 0);
	east->deployment = MODEL_SAAS;
	struct score_own own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 0, 0, 0);
	EXPECT_TALLY(own.evidenced, 0, 0, 0);
	assert_true(!own.applies && own.present && own.fresh);
	east->deployment = MODEL_SAAS | MODEL_PAAS;
	EXPECT_EAST(w, 3, 1, 0);
}

static void a_silent_leaf_without_the_deployment_type_contributes_nothing_either(void **state)
{
	struct world *w = *state;
	w->objectives[ASKED].deployment = MODEL_PAAS;
	w->rows[world_row(w, "acme")].deployment = MODEL_SAAS; /* east inherits it */
	EXPECT_EAST(w, 0, 0, 0);
}

static void a_not_applicable_record_of_any_basis_takes_the_unit_out(void **state)
{
	struct world *w = *state;
	struct measure *m = world_na(w, "east", ASKED, MEASURE_ATTESTED);
	for (int basis = MEASURE_ATTESTED; basis <= MEASURE_MEASURED; basis++) {
		m->basis = (enum measure_basis)basis;
		struct score_own own = own_of(w, "east");
		EXPECT_TALLY(own.tally, 0, 0, 0);
		EXPECT_TALLY(own.evidenced, 0, 0, basis == MEASURE_ATTESTED);
		assert_true(!own.applies && own.present && own.fresh);
	}
}

static void a_not_applicable_record_is_looked_for_before_anything_is_left_out(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 9, 0, 0);
	world_na(w, "east", ASKED, MEASURE_ATTESTED); /* a person's, which rule 2 would leave out */
	EXPECT_EAST(w, 0, 0, 0);
	override(w, NOW + DAY); /* an override is no way round it either */
	EXPECT_EAST(w, 0, 0, 0);
}

static void a_superseded_not_applicable_record_has_no_effect(void **state)
{
	struct world *w = *state;
	world_na(w, "east", ASKED, MEASURE_REVIEWED)->observed_ms = NOW - DAY;
	world_say(w, "east", ASKED, 2, 0, 0)->source = 2; /* the same source, later */
	EXPECT_EAST(w, 2, 0, 0);
}

static void a_claim_of_not_applicable_counts_as_one_unknown_where_every_fresh_one_is_attested(void **state)
{
	struct world *w = *state;
	world_na(w, "east", ASKED, MEASURE_ATTESTED);
	struct measure *m = world_na(w, "east", ASKED, MEASURE_REVIEWED);
	m->source = 3;
	EXPECT_TALLY(own_of(w, "east").evidenced, 0, 0, 0);
	m->expires_ms = NOW - 1; /* the confirmation is stale: what is left is a claim */
	EXPECT_TALLY(own_of(w, "east").evidenced, 0, 0, 1);
	EXPECT_EAST(w, 0, 0, 0);
}

/* ---- rule 4 ---- */

static void a_silent_leaf_counts_its_size(void **state)
{
	struct world *w = *state;
	EXPECT_EAST(w, 0, 0, 1);
	w->rows[world_row(w, "east")].size = UNIT_SIZE_MAX;
	struct score_own own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 0, 0, 1000000000);
	EXPECT_TALLY(own.evidenced, 0, 0, 1000000000);
	assert_true(own.applies && !own.present && !own.fresh);
	assert_int_equal(own.valid_until_ms, TIME_FOREVER);
}

static void an_inner_unit_contributes_only_what_it_has_itself(void **state)
{
	struct world *w = *state;
	w->rows[world_row(w, "acme")].size = 50;
	world_say(w, "east", ASKED, 9, 0, 0);
	EXPECT_TALLY(own_of(w, "acme").tally, 0, 0, 0);
	world_say(w, "acme", ASKED, 2, 1, 0);
	EXPECT_TALLY(own_of(w, "acme").tally, 2, 1, 0);
}

static void an_empty_population_is_said_with_zeros(void **state)
{
	struct world *w = *state;
	w->rows[world_row(w, "east")].size = 50;
	world_say(w, "east", ASKED, 0, 0, 0);
	struct score_own own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 0, 0, 0);
	assert_true(own.applies && own.present && own.fresh);
}

static void an_unanswered_program_objective_is_one_unknown_whatever_the_size(void **state)
{
	struct world *w = *state;
	w->objectives[ASKED].scope = MODEL_SCOPE_PROGRAM;
	w->rows[world_row(w, "acme")].size = 50;
	EXPECT_TALLY(own_of(w, "acme").tally, 0, 0, 1);
	world_say(w, "acme", ASKED, 1, 0, 0);
	EXPECT_TALLY(own_of(w, "acme").tally, 1, 0, 0);
}

/* ---- level_evidenced's reading of a tally (rule 6) ---- */

static void attested_yes_and_no_are_unknown_in_the_evidenced_reading(void **state)
{
	struct world *w = *state;
	struct measure *m = world_attest(w, "east", ASKED, 8, 2);
	m->tally.unknown = 5;
	struct score_own own = own_of(w, "east");
	EXPECT_TALLY(own.tally, 8, 2, 5);
	EXPECT_TALLY(own.evidenced, 0, 0, 15);
	m->basis = MEASURE_REVIEWED;
	EXPECT_TALLY(own_of(w, "east").evidenced, 8, 2, 5);
}

static void an_attested_override_hides_the_machine_in_the_evidenced_reading_too(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 9, 0, 0);
	override(w, NOW + DAY);
	EXPECT_TALLY(own_of(w, "east").evidenced, 0, 0, 7);
}

/* ---- until when it holds ---- */

static void a_superseded_measure_does_not_end_a_score(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 3, 0, 0)->observed_ms = NOW - WINDOW + 1;
	world_say(w, "east", ASKED, 3, 0, 0);
	assert_int_equal(own_of(w, "east").valid_until_ms, NOW + WINDOW);
}

static void the_first_thing_that_happens_ends_a_score(void **state)
{
	struct world *w = *state;
	struct measure *m = world_say(w, "east", ASKED, 3, 0, 0);
	m->expires_ms = NOW + 9;
	assert_int_equal(own_of(w, "east").valid_until_ms, NOW + 9);
	world_say(w, "east", ASKED, 3, 0, 0)->observed_ms = NOW + 9;
	assert_int_equal(own_of(w, "east").valid_until_ms, NOW + 8);
	world_retire(w, 0, NULL, NOW + 8);
	assert_int_equal(own_of(w, "east").valid_until_ms, NOW + 7);
	world_retire(w, 3, "east", NOW + 2); /* a source that says nothing here */
	world_retire(w, 0, "west", NOW + 2);
	assert_int_equal(own_of(w, "east").valid_until_ms, NOW + 7);
}

/* ---- the small functions that the explanations use ---- */

static void the_measures_of_a_unit_and_an_objective_stand_together(void **state)
{
	struct world *w = *state;
	world_say(w, "east", 1, 1, 0, 0);
	world_say(w, "west", 0, 1, 0, 0);
	world_say(w, "east", 3, 1, 0, 0);
	world_say(w, "east", 1, 1, 0, 0)->source = 5;
	world_settle(w);
	int east = unit_find(&w->tree, S("east")), west = unit_find(&w->tree, S("west"));
	size_t first = 99;
	assert_int_equal(score_group(&w->in, east, 0, &first), 0);
	assert_int_equal(score_group(&w->in, east, 1, &first), 2);
	assert_int_equal(first, 0);
	assert_int_equal(score_group(&w->in, east, 2, &first), 0);
	assert_int_equal(score_group(&w->in, east, 3, &first), 1);
	assert_int_equal(first, 2);
	assert_int_equal(score_group(&w->in, west, 0, &first), 1);
	assert_int_equal(first, 3);
	assert_int_equal(score_group(&w->in, west, 3, &first), 0);
}

static void the_current_measures_come_one_per_source(void **state)
{
	struct world *w = *state;
	world_say(w, "east", ASKED, 1, 0, 0)->observed_ms = NOW - DAY;
	world_say(w, "east", ASKED, 2, 0, 0);
	world_say(w, "east", ASKED, 3, 0, 0)->source = 1; /* retired */
	struct measure *later = world_say(w, "east", ASKED, 4, 0, 0);
	later->source = 2;
	later->observed_ms = NOW + 1;
	world_say(w, "east", ASKED, 5, 0, 0)->source = 3;
	world_retire(w, 1, NULL, NOW);
	world_settle(w);
	size_t at = 0;
	const struct measure *m = score_next(&w->in, w->measures, w->n_measures, &at);
	assert_true(m && m->tally.yes == 2);
	m = score_next(&w->in, w->measures, w->n_measures, &at);
	assert_true(m && m->tally.yes == 5);
	assert_null(score_next(&w->in, w->measures, w->n_measures, &at));
	assert_null(score_next(&w->in, w->measures, w->n_measures, &at));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(the_newest_measure_of_a_source_is_current),
	    TEST(of_equal_instants_the_one_recorded_last_is_current),
	    TEST(what_was_observed_at_as_of_counts_and_a_millisecond_later_does_not),
	    TEST(a_measure_is_fresh_at_its_greatest_age_and_stale_a_millisecond_later),
	    TEST(a_measure_is_fresh_at_its_expiry_and_stale_a_millisecond_later),
	    TEST(an_expiry_beyond_the_greatest_age_does_not_keep_a_measure_fresh),
	    TEST(a_stale_empty_population_counts_as_one_unknown),
	    TEST(a_stale_not_applicable_record_counts_as_one_unknown),
	    TEST(a_stale_measure_keeps_its_own_population_not_the_size_of_the_unit),
	    TEST(an_older_fresh_measure_does_not_replace_a_current_stale_one),
	    TEST(a_retired_source_no_longer_counts_from_that_instant_on),
	    TEST(a_source_is_retired_for_the_unit_that_is_named_or_for_all),
	    TEST(a_source_retired_above_still_counts_below),
	    TEST(a_fresh_machine_leaves_people_out),
	    TEST(one_fresh_machine_keeps_the_stale_ones_and_leaves_people_out),
	    TEST(a_stale_machine_is_added_to_what_people_say),
	    TEST(several_sources_are_added),
	    TEST(an_override_in_force_leaves_out_even_a_fresh_machine),
	    TEST(an_override_is_in_force_at_its_last_instant_and_not_a_millisecond_later),
	    TEST(an_override_keeps_no_other_answer_of_people_and_no_stale_one),
	    TEST(a_stale_override_has_no_force),
	    TEST(a_stale_override_is_left_out_beside_one_in_force),
	    TEST(a_superseded_override_has_no_force),
	    TEST(a_machine_cannot_override),
	    TEST(on_manual_objectives_nothing_is_left_out_and_overrides_have_no_effect),
	    TEST(a_unit_without_a_deployment_type_of_the_objective_contributes_nothing),
	    TEST(a_silent_leaf_without_the_deployment_type_contributes_nothing_either),
	    TEST(a_not_applicable_record_of_any_basis_takes_the_unit_out),
	    TEST(a_not_applicable_record_is_looked_for_before_anything_is_left_out),
	    TEST(a_superseded_not_applicable_record_has_no_effect),
	    TEST(a_claim_of_not_applicable_counts_as_one_unknown_where_every_fresh_one_is_attested),
	    TEST(a_silent_leaf_counts_its_size),
	    TEST(an_inner_unit_contributes_only_what_it_has_itself),
	    TEST(an_empty_population_is_said_with_zeros),
	    TEST(an_unanswered_program_objective_is_one_unknown_whatever_the_size),
	    TEST(attested_yes_and_no_are_unknown_in_the_evidenced_reading),
	    TEST(an_attested_override_hides_the_machine_in_the_evidenced_reading_too),
	    TEST(a_superseded_measure_does_not_end_a_score),
	    TEST(the_first_thing_that_happens_ends_a_score),
	    TEST(the_measures_of_a_unit_and_an_objective_stand_together),
	    TEST(the_current_measures_come_one_per_source),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
