/* What expires next: by hand, and against the score of a world in which the same measures have expired. */
#include "score_fixture.h"

#include "core/view_expiry.h"

enum { SEEDS = 200, MOST = 100 };

static struct view_expiries expiries(struct world *w, const char *unit, int64_t days)
{
	struct view_expiries out;
	struct score s = world_score(w, unit);
	assert_int_equal(view_expiry_list(&w->in, 1, &s, days * DAY, MOST, &w->a, &out, &w->err), OK);
	return out;
}

/* Objectives 0..last are met at both leaves for a year. */
static void met(struct world *w, int last)
{
	for (int o = 0; o < 4; o++)
		w->objectives[o].max_age_ms = 365 * DAY;
	for (int o = 0; o <= last; o++) {
		(void)world_say(w, "east", o, 3, 0, 0);
		(void)world_say(w, "west", o, 3, 0, 0);
	}
}

static void a_measure_that_carries_a_level_is_listed_with_what_would_fall(void **state)
{
	struct world *w = *state;
	met(w, 1);
	w->said[0].expires_ms = NOW + 6 * DAY; /* objective 0 at east: without it level 3 falls to 1 */
	struct view_expiries x = expiries(w, "acme", 90);
	assert_int_equal(x.total, 1);
	assert_int_equal(x.list[0].objective, 0);
	assert_int_equal(x.list[0].from, 3);
	assert_int_equal(x.list[0].to, 1);
	assert_true(x.list[0].ends_ms == NOW + 6 * DAY);
	assert_int_equal(x.list[0].units, 1);
	assert_int_equal(x.list[0].unit, unit_find(&w->tree, S("east")));
	assert_int_equal(x.list[0].recorded, 1);
	EXPECT_TALLY(x.list[0].tally, 3, 0, 0);
	assert_int_equal(expiries(w, "west", 90).total, 0);
	assert_int_equal(expiries(w, "acme", 5).total, 0);
	assert_int_equal(expiries(w, "acme", 6).total, 1);
}

static void one_that_the_threshold_can_spare_is_not_listed(void **state)
{
	struct world *w = *state;
	met(w, 0);
	w->objectives[0].threshold_milli = 500;
	w->said[0].expires_ms = NOW + DAY;
	assert_int_equal(expiries(w, "acme", 90).total, 0);
	w->said[1].expires_ms = NOW + 2 * DAY; /* each alone can be spared */
	assert_int_equal(expiries(w, "acme", 90).total, 0);
}

static void measures_that_end_together_are_one_expiry(void **state)
{
	struct world *w = *state;
	met(w, 0);
	w->objectives[0].threshold_milli = 500;
	w->said[0].expires_ms = w->said[1].expires_ms = NOW + DAY;
	struct view_expiries x = expiries(w, "acme", 90);
	assert_int_equal(x.total, 1);
	assert_int_equal(x.list[0].units, 2);
	assert_int_equal(x.list[0].unit, UNIT_NONE);
	EXPECT_TALLY(x.list[0].tally, 6, 0, 0);
	w->said[1].source = 5; /* another source is another reason */
	assert_int_equal(expiries(w, "acme", 90).total, 0);
}

static void age_ends_a_measure_as_an_expiry_does(void **state)
{
	struct world *w = *state;
	met(w, 0);
	w->said[0].observed_ms = w->said[1].observed_ms = NOW - 300 * DAY;
	struct view_expiries x = expiries(w, "acme", 90);
	assert_int_equal(x.total, 1);
	assert_true(x.list[0].ends_ms == NOW + 65 * DAY);
}

static void an_override_that_ends_gives_way_to_what_was_measured(void **state)
{
	struct world *w = *state;
	met(w, 0);
	w->said[0].tally = (struct measure_tally){0, 3, 0}; /* measured: not met */
	struct measure *m = world_attest(w, "east", 0, 3, 0);
	m->overrides = true;
	m->override_until_ms = NOW + 10 * DAY;
	struct view_expiries x = expiries(w, "acme", 90);
	assert_int_equal(x.total, 1);
	assert_true(x.list[0].ends_ruling);
	assert_int_equal(x.list[0].basis, MEASURE_ATTESTED);
	assert_int_equal(x.list[0].from, 2);
	assert_int_equal(x.list[0].to, 1);
	assert_true(x.list[0].ends_ms == NOW + 10 * DAY);
}

static void a_not_applicable_record_that_ends_brings_the_question_back(void **state)
{
	struct world *w = *state;
	met(w, 1);
	w->n_measures = 2; /* objective 0 alone is measured; 1 does not apply to anybody */
	world_na(w, "east", 1, MEASURE_REVIEWED)->expires_ms = NOW + 3 * DAY;
	(void)world_na(w, "west", 1, MEASURE_REVIEWED);
	for (int o = 2; o < 4; o++) {
		(void)world_na(w, "east", o, MEASURE_REVIEWED);
		(void)world_na(w, "west", o, MEASURE_REVIEWED);
	}
	/* level 2 either way: an open objective of level 3 takes nothing away */
	assert_int_equal(expiries(w, "acme", 90).total, 0);
	(void)world_say(w, "east", 2, 1, 0, 0);
	for (size_t i = 0; i < w->n_measures; i++)
		if (w->said[i].objective == 2 && w->said[i].not_applicable)
			w->said[i].observed_ms = NOW - 800 * DAY;
	/* now level 4 stands on top of it, and would fall to 2 */
	w->said[w->n_measures - 1].tally.yes = 5;
	w->objectives[2].threshold_milli = 500;
	struct view_expiries x = expiries(w, "acme", 90);
	assert_int_equal(x.total, 1);
	assert_int_equal(x.list[0].from, 4);
	assert_int_equal(x.list[0].to, 2);
}

static void the_list_is_cut_and_the_total_is_not(void **state)
{
	struct world *w = *state;
	met(w, 3);
	struct view_expiries out;
	for (int i = 0; i < 8; i++)
		w->said[i].expires_ms = NOW + (8 - i) * DAY;
	struct score s = world_score(w, "acme");
	assert_int_equal(view_expiry_list(&w->in, 1, &s, 90 * DAY, 3, &w->a, &out, &w->err), OK);
	assert_int_equal(out.total, 8);
	assert_int_equal(out.n, 3);
	assert_true(out.list[0].ends_ms == NOW + DAY && out.list[1].ends_ms == NOW + 2 * DAY);
}

/* ---- against the score ---- */

static uint32_t roll(uint64_t *state, uint32_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33) % n;
}

static void populate(struct world *w, uint64_t *dice)
{
	static const char *const units[] = {"acme", "east", "west"};
	for (int o = 0; o < 4; o++) {
		w->objectives[o].threshold_milli = 500 + (int32_t)roll(dice, 501);
		w->objectives[o].max_age_ms = (10 + roll(dice, 200)) * DAY;
		w->objectives[o].mode = (enum model_mode)roll(dice, 3);
	}
	for (int i = 0; i < 30; i++) {
		int o = (int)roll(dice, 4);
		const char *unit = units[roll(dice, 3)];
		struct measure *m = roll(dice, 9) ? world_say(w, unit, o, roll(dice, 5), roll(dice, 2), 0)
						  : world_na(w, unit, o, MEASURE_REVIEWED);
		m->basis = (enum measure_basis)roll(dice, 3);
		m->source = (int)roll(dice, 3);
		m->observed_ms = NOW - roll(dice, 60) * DAY;
		if (roll(dice, 2))
			m->expires_ms = NOW + roll(dice, 100) * DAY;
		if (roll(dice, 5) == 0) {
			m->overrides = true;
			m->override_until_ms = NOW + roll(dice, 50) * DAY;
		}
	}
}

/* Does the override of a measure end before the measure does? */
static bool rules_until(const struct world *w, const struct measure *m, int64_t fresh)
{
	return m->overrides && !m->not_applicable && m->basis != MEASURE_MEASURED &&
	       w->objectives[m->objective].mode != MODEL_MANUAL && m->override_until_ms >= NOW &&
	       m->override_until_ms < fresh;
}

/* The level when everything that the expiry stands for has ended, found by ending it in the world and scoring that. */
static int level_after(struct world *w, const struct view_expiry *e)
{
	for (size_t i = 0; i < w->n_measures; i++) {
		struct measure *m = &w->said[i];
		int64_t fresh = score_fresh_until(m, &w->objectives[m->objective]);
		if (m->objective != e->objective || m->source != e->source || m->observed_ms > NOW)
			continue;
		if (e->ends_ruling && m->overrides && m->override_until_ms == e->ends_ms)
			m->override_until_ms = NOW - 1;
		else if (!e->ends_ruling && fresh == e->ends_ms && !rules_until(w, m, fresh))
			m->expires_ms = NOW - 1;
	}
	return world_score(w, "acme").categories[0].level;
}

static void what_is_listed_is_what_the_score_would_say(void **state)
{
	size_t listed = 0;
	(void)state;
	for (int seed = 1; seed <= SEEDS; seed++) {
		static struct measure kept[WORLD_MEASURES];
		uint64_t dice = (uint64_t)seed;
		void *made;
		(void)world_setup(&made);
		struct world *w = made;
		populate(w, &dice);
		struct view_expiries x = expiries(w, "acme", 365);
		memcpy(kept, w->said, sizeof kept);
		for (size_t i = 0; i < x.n; i++) {
			int level = level_after(w, &x.list[i]);
			if (level != x.list[i].to)
				fail_msg("seed %d: objective %d ends: level %d, listed as %d", seed,
					 x.list[i].objective, level, x.list[i].to);
			memcpy(w->said, kept, sizeof kept);
		}
		listed += x.n;
		world_end(w);
	}
	assert_true(listed > SEEDS / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_measure_that_carries_a_level_is_listed_with_what_would_fall),
	    TEST(one_that_the_threshold_can_spare_is_not_listed),
	    TEST(measures_that_end_together_are_one_expiry),
	    TEST(age_ends_a_measure_as_an_expiry_does),
	    TEST(an_override_that_ends_gives_way_to_what_was_measured),
	    TEST(a_not_applicable_record_that_ends_brings_the_question_back),
	    TEST(the_list_is_cut_and_the_total_is_not),
	    cmocka_unit_test(what_is_listed_is_what_the_score_would_say),
	};
	return cmocka_run_group_tests_name("core/view_expiry", tests, NULL, NULL);
}
