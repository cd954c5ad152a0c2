/**
 * A portfolio that follows changes and time says what score_all says over the same measures, in every field.
 */
#include "core/portfolio.h"

#include "score_random.h"

struct follower {
	struct world *w;
	struct portfolio *p;
	uint64_t seed;
	int n, changes, moves, over; /* over: contributions whose time was over */
};

static enum status compare(void *ctx, const struct score *wanted, struct err *err)
{
	struct follower *f = ctx;
	struct score got = {0};
	TRY(portfolio_score(f->p, wanted->unit, &f->w->a, &got, err));
	const char *different = world_difference(&f->w->model, wanted, &got);
	if (!different && wanted->valid_until_ms != got.valid_until_ms)
		different = "valid_until";
	if (!different && !world_same_mean(&wanted->program, portfolio_program(f->p, wanted->unit)))
		different = "the kept program";
	int64_t leaves, known;
	portfolio_leaves(f->p, wanted->unit, &leaves, &known);
	if (!different && (leaves != wanted->leaves || known != wanted->known))
		different = "the kept leaves";
	for (size_t c = 0; c < f->w->model.n_categories && !different; c++)
		if (!world_same_category(&wanted->categories[c], &portfolio_categories(f->p, wanted->unit)[c]))
			different = "a kept category";
	if (different)
		fail_msg("world %llu, unit %d, as of %lld, after %d changes: %s", (unsigned long long)f->seed,
			 wanted->unit, (long long)f->w->in.as_of_ms, f->changes, different);
	f->n++;
	return OK;
}

static void compare_all(struct follower *f)
{
	f->n = 0;
	assert_int_equal(score_all(&f->w->in, &f->w->a, compare, f, &f->w->err), OK);
	assert_int_equal(f->n, f->w->tree.n);
	if (f->w->tree.n)
		assert_true(portfolio_valid_until(f->p) >= f->w->in.as_of_ms);
}

static void say_again(struct follower *f, int unit, int objective)
{
	size_t first, n = score_group(&f->w->in, unit, objective, &first);
	struct score_own own = score_own(&f->w->in, unit, objective, f->w->measures + first, n);
	portfolio_change(f->p, unit, objective, &own);
}

static void add_one(struct follower *f)
{
	struct world *w = f->w;
	const struct measure *m = &w->said[w->n_measures++];
	world_settle(w);
	say_again(f, unit_find(&w->tree, w->rows[m->unit].id), m->objective);
	f->changes++;
}

static void let_time_pass(struct follower *f, int64_t ms)
{
	f->w->in.as_of_ms += ms;
	portfolio_move(f->p, f->w->in.as_of_ms);
	f->moves++;
	for (int u = 0, o = 0; portfolio_due(f->p, f->w->in.as_of_ms, &u, &o);) {
		say_again(f, u, o);
		f->over++;
	}
}

static void follow(uint64_t seed, int *changes, int *over)
{
	struct follower f = {.w = random_world(seed), .seed = seed};
	struct world *w = f.w;
	struct dice d = {seed * 7919};
	size_t all = w->n_measures;
	w->n_measures = all ? (size_t)dice_below(&d, (int64_t)all + 1) : 0;
	w->in.as_of_ms = dice_below(&d, LAST_INSTANT / 2);
	world_settle(w);
	assert_int_equal(portfolio_build(&w->in, &w->a, &f.p, &w->err), OK);
	assert_int_equal(portfolio_as_of(f.p), w->in.as_of_ms);
	compare_all(&f);
	for (int step = 0; step < 24; step++) {
		if (w->n_measures < all && dice_percent(&d, 70))
			add_one(&f);
		else
			let_time_pass(&f, dice_below(&d, 8));
		compare_all(&f);
	}
	*changes += f.changes;
	*over += f.over;
	world_end(w);
}

static void random_changes_and_time_give_what_scoring_everything_gives(void **state)
{
	(void)state;
	int changes = 0, over = 0;
	for (uint64_t seed = 1; seed <= 1500; seed++)
		follow(seed, &changes, &over);
	assert_true(changes > 5000 && over > 1000);
}

static void a_change_at_a_leaf_reaches_the_root_and_no_neighbour(void **state)
{
	struct world *w = *state;
	struct portfolio *p = NULL;
	struct score s = {0};
	(void)world_say(w, "east", 0, 8, 2, 0);
	(void)world_say(w, "west", 0, 10, 0, 0);
	world_settle(w);
	assert_int_equal(portfolio_build(&w->in, &w->a, &p, &w->err), OK);
	struct score_own own = {.present = true,
				.fresh = true,
				.applies = true,
				.tally = {9, 1, 0},
				.evidenced = {9, 1, 0},
				.valid_until_ms = NOW + 5};
	portfolio_change(p, 1, 0, &own);
	assert_int_equal(portfolio_score(p, 0, &w->a, &s, &w->err), OK);
	EXPECT_TALLY(s.objectives[0].tally, 19, 1, 0);
	assert_int_equal(s.valid_until_ms, NOW + 5);
	assert_int_equal(s.known, 2);
	assert_int_equal(portfolio_score(p, 1, &w->a, &s, &w->err), OK);
	EXPECT_TALLY(s.objectives[0].tally, 9, 1, 0);
	assert_int_equal(portfolio_score(p, 2, &w->a, &s, &w->err), OK);
	EXPECT_TALLY(s.objectives[0].tally, 10, 0, 0);
	int unit = 0, objective = 0;
	assert_false(portfolio_due(p, NOW + 5, &unit, &objective));
	unit = objective = 0;
	assert_true(portfolio_due(p, NOW + 6, &unit, &objective));
	assert_int_equal(unit, 1);
	assert_int_equal(objective, 0);
}

static void a_thousand_units_and_150_objectives_fit_into_ten_megabytes(void **state)
{
	(void)state;
	struct model m = {.n_objectives = 150, .n_categories = 12, .n_domains = 3};
	struct unit_tree tree = {.n = 1000};
	assert_in_range(portfolio_bytes(&m, &tree), 1, 10 << 20);
}

static void one_that_does_not_fit_is_refused(void **state)
{
	struct world *w = *state;
	struct portfolio *p = NULL;
	struct arena small = ARENA(600);
	struct err err = {0};
	world_settle(w);
	assert_int_equal(portfolio_build(&w->in, &small, &p, &err), E_TOO_LARGE);
	assert_null(p);
	arena_release(&small);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(random_changes_and_time_give_what_scoring_everything_gives),
	    TEST(a_change_at_a_leaf_reaches_the_root_and_no_neighbour),
	    cmocka_unit_test(a_thousand_units_and_150_objectives_fit_into_ten_megabytes),
	    TEST(one_that_does_not_fit_is_refused),
	};
	return cmocka_run_group_tests_name("core/portfolio", tests, NULL, NULL);
}
