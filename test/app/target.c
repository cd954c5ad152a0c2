/**
 * Targets and the gap: decided with reasons, inherited, withdrawn, and compared with the score of an instant.
 */
#include "app/roles_house.h"

#include "app/target.h"

static enum status set_target(const struct room *room, int64_t at_ms, struct app_target t, int64_t *id, bool *unchanged,
			      struct err *why)
{
	struct house h;
	struct view_target v = {0};
	bool same = false;
	if (!t.because.p)
		t.because = S("we chose so");
	if (!t.owner.p)
		t.owner = S("J. Berg");
	if (!t.due.given)
		t.due = at_time(DAY(100));
	ask(&h, room, at_ms);
	enum status status = app_target_set(&h.app, &t, &v, &same, why);
	if (id)
		*id = v.id;
	if (unchanged)
		*unchanged = same;
	answered(&h);
	return status;
}

static void say(const struct room *room, str objective, str unit, int64_t yes, int64_t no)
{
	struct house h;
	struct view_answer v;
	struct app_answer a = {
	    .objective = objective, .unit = unit, .tally = {yes, no, 0}, .observed = at_time(DAY(40))};
	ask(&h, room, now);
	RUN(app_answer(&h.app, &a, &v, err));
	answered(&h);
}

static void a_target_without_what_it_needs_is_refused(void **state)
{
	const struct room *room = *state;
	char sum[HASH_TEXT], again[HASH_TEXT];
	people_prepare(room);
	content_of(room->db, true, sum);
	const struct {
		struct app_target t;
		enum status status;
	} wrong[] = {
	    {{.category = S("GOV"), .level = 0}, E_INVALID},
	    {{.category = S("GOV"), .level = 6}, E_INVALID},
	    {{.category = S("ZZZ"), .level = 3}, E_NOT_FOUND},
	    {{.category = S("GOV"), .unit = S("nowhere"), .level = 3}, E_NOT_FOUND},
	    {{.category = S("GOV"), .level = 3, .because = S("  ")}, E_INVALID},
	    {{.category = S("GOV"), .level = 3, .because = S("bad \x01")}, E_INVALID},
	    {{.category = S("GOV"), .level = 3, .owner = S(" ")}, E_INVALID},
	    {{.category = S("GOV"), .level = 3, .approver = S(" tester ")}, E_INVALID},
	    {{.category = S("GOV"), .level = 3, .approver = S("a\nb")}, E_INVALID},
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct err why = {0};
		enum status status = set_target(room, now, wrong[i].t, NULL, NULL, &why);
		if (status != wrong[i].status)
			fail_msg("wrong target %zu: status %d, %s", i, status, why.message);
		content_of(room->db, true, again);
		assert_string_equal(sum, again);
	}
}

/* On day 50: a day that is over is refused, unless it is the one of the target that holds already. */
static void a_new_target_is_for_today_or_later(void **state)
{
	const struct room *room = *state;
	struct err why = {0};
	people_prepare(room);
	struct app_target t = {.category = S("GOV"), .level = 3, .due = at_time(DAY(49))};
	assert_int_equal(set_target(room, now, t, NULL, NULL, &why), E_INVALID);
	assert_non_null(strstr(why.message, "is over"));
	t.due = at_time(DAY(50));
	assert_int_equal(set_target(room, now, t, NULL, NULL, &why), OK);
	t.owner = S("R. Okafor");
	assert_int_equal(set_target(room, DAY(60), t, NULL, NULL, &why), OK);
	t.due = at_time(DAY(51));
	assert_int_equal(set_target(room, DAY(60), t, NULL, NULL, &why), E_INVALID);
	t.due = at_time(DAY(50));
	t.unit = S("cards"); /* which has none of its own */
	assert_int_equal(set_target(room, DAY(60), t, NULL, NULL, &why), E_INVALID);
}

static void the_same_decision_is_not_recorded_twice(void **state)
{
	const struct room *room = *state;
	struct err why = {0};
	int64_t first, second;
	bool unchanged;
	people_prepare(room);
	struct app_target t = {.category = S("GOV"), .level = 3, .approver = S("ruth")};
	assert_int_equal(set_target(room, now, t, &first, &unchanged, &why), OK);
	assert_false(unchanged);
	assert_int_equal(set_target(room, now + 5, t, &second, &unchanged, &why), OK);
	assert_true(unchanged);
	assert_int_equal(first, second);
	t.level = 2;
	assert_int_equal(set_target(room, now + 6, t, &second, &unchanged, &why), OK);
	assert_false(unchanged);
	/* Who looked at the first one does not overwrite the second unseen. */
	t.level = 4;
	t.has_expected = true;
	t.expected = first;
	assert_int_equal(set_target(room, now + 7, t, NULL, NULL, &why), E_CONFLICT);
	t.expected = 0;
	assert_int_equal(set_target(room, now + 7, t, NULL, NULL, &why), E_CONFLICT);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM target")), 2);
	t.expected = second;
	assert_int_equal(set_target(room, now + 7, t, NULL, NULL, &why), OK);
}

/**
 * GOV at acme: 02.1 has 1 of 1 at cards and 1 of 1 at shop: met. 03.1: cards yes, shop silent (0,0,1): open, 1 missing.
 * 04.1 and 04.2: nobody said anything (0,0,2): open, 2 missing each. So level 2; target 4 is two levels away, and the
 * steps are 03.1, then 04.2 (1 day) before 04.1 (2 days).
 */
static void the_gap_is_the_levels_and_objectives_up_to_the_target(void **state)
{
	const struct room *room = *state;
	struct err why = {0};
	struct house h;
	struct view_gaps v;
	people_prepare(room);
	say(room, S("GOV-02.1"), S("cards"), 1, 0);
	say(room, S("GOV-02.1"), S("shop"), 1, 0);
	say(room, S("GOV-03.1"), S("cards"), 1, 0);
	assert_int_equal(
	    set_target(room, DAY(45), (struct app_target){.category = S("GOV"), .level = 4}, NULL, NULL, &why), OK);
	ask(&h, room, now);
	RUN(app_target_gap(&h.app, S(""), (struct app_time){0}, &v, err));
	assert_int_equal(v.n, 2);
	const struct view_gap_category *g = &v.categories[0];
	assert_int_equal(g->score.level, 2);
	assert_int_equal(g->score.level_evidenced, 1);
	assert_int_equal(g->state, TARGET_OPEN);
	assert_int_equal(g->difference, 2);
	assert_false(g->inherited);
	assert_int_equal(g->n_steps, 3);
	assert_true(str_eq(g->steps[0].objective->id, S("GOV-03.1")));
	assert_true(str_eq(g->steps[1].objective->id, S("GOV-04.2")));
	assert_true(str_eq(g->steps[2].objective->id, S("GOV-04.1")));
	assert_int_equal(g->steps[0].missing, 1);
	assert_int_equal(g->steps[1].missing, 2);
	assert_true(g->steps[0].in_next_level);
	assert_false(g->steps[1].in_next_level);
	assert_null(v.categories[1].target);
	assert_int_equal(v.categories[1].state, TARGET_NONE);
	/* before it was set there is none; after its day it is late, with the answers stale by then */
	RUN(app_target_gap(&h.app, S("cards"), at_time(DAY(44)), &v, err));
	assert_null(v.categories[0].target);
	RUN(app_target_gap(&h.app, S("cards"), at_time(DAY(102)), &v, err));
	assert_true(v.categories[0].inherited);
	assert_true(str_eq(v.categories[0].target->unit, S("acme")));
	assert_int_equal(v.categories[0].score.level, 3);
	assert_int_equal(v.categories[0].state, TARGET_LATE);
	RUN(app_target_gap(&h.app, S("cards"), at_time(DAY(140)), &v, err));
	assert_int_equal(v.categories[0].score.level, 1);
	assert_int_equal(v.categories[0].difference, 3);
	answered(&h);
}

static void what_was_withdrawn_gives_way_to_the_one_before_and_to_an_ancestors(void **state)
{
	const struct room *room = *state;
	struct err why = {0};
	struct house h;
	struct view_target gone, then;
	struct view_targets list;
	int64_t acme, first, second;
	people_prepare(room);
	struct app_target t = {.category = S("GOV"), .level = 5};
	assert_int_equal(set_target(room, DAY(10), t, &acme, NULL, &why), OK);
	t.unit = S("bank");
	t.level = 3;
	assert_int_equal(set_target(room, DAY(11), t, &first, NULL, &why), OK);
	t.level = 2;
	assert_int_equal(set_target(room, DAY(12), t, &second, NULL, &why), OK);
	ask(&h, room, now);
	assert_int_equal(app_target_withdraw(&h.app, S("GOV"), S("bank"), S(" "), &gone, &then, &why), E_INVALID);
	RUN(app_target_withdraw(&h.app, S("GOV"), S("bank"), S("a mistake"), &gone, &then, err));
	assert_int_equal(gone.id, second);
	assert_int_equal(then.id, first);
	RUN(app_target_withdraw(&h.app, S("GOV"), S("bank"), S("this too"), &gone, &then, err));
	assert_int_equal(gone.id, first);
	assert_int_equal(then.id, acme);
	assert_int_equal(app_target_withdraw(&h.app, S("GOV"), S("bank"), S("once more"), &gone, &then, &why),
			 E_NOT_FOUND);
	RUN(app_target_list(&h.app, S(""), false, &list, err));
	assert_int_equal(list.n, 1);
	RUN(app_target_list(&h.app, S("bank"), true, &list, err));
	assert_int_equal(list.n, 2);
	assert_int_equal(list.list[0].id, second);
	assert_true(str_eq(list.list[0].withdrawn_because, S("a mistake")));
	answered(&h);
}

static enum status call_set(struct app *app, void *ctx, struct err *err)
{
	struct app_target t = {.category = S("GOV"),
			       .unit = S("bank"),
			       .level = 3,
			       .due = at_time(DAY(100)),
			       .because = S("so"),
			       .owner = S("me")};
	struct view_target v;
	bool same;
	(void)ctx;
	return app_target_set(app, &t, &v, &same, err);
}

static enum status call_withdraw(struct app *app, void *ctx, struct err *err)
{
	struct view_target v, then;
	(void)ctx;
	return app_target_withdraw(app, S("GOV"), S("bank"), S("so"), &v, &then, err);
}

static enum status call_list(struct app *app, void *ctx, struct err *err)
{
	struct view_targets v;
	(void)ctx;
	return app_target_list(app, S("bank"), true, &v, err);
}

static enum status call_gap(struct app *app, void *ctx, struct err *err)
{
	struct view_gaps v;
	(void)ctx;
	return app_target_gap(app, S("bank"), (struct app_time){0}, &v, err);
}

static void leads_decide_and_readers_look(void **state)
{
	const struct room *room = *state;
	people_prepare(room);
	people_expect(room, "set", call_set, NULL, S("bank"), S("shop"), ACCESS_LEAD, false);
	people_expect(room, "withdraw", call_withdraw, NULL, S("bank"), S("shop"), ACCESS_LEAD, false);
	people_expect(room, "list", call_list, NULL, S("bank"), S("shop"), ACCESS_READER, false);
	people_expect(room, "gap", call_gap, NULL, S("bank"), S("shop"), ACCESS_READER, false);
}

#define CASES(ON)                                                                                                      \
	ON(a_target_without_what_it_needs_is_refused), ON(a_new_target_is_for_today_or_later),                         \
	    ON(the_same_decision_is_not_recorded_twice), ON(the_gap_is_the_levels_and_objectives_up_to_the_target),    \
	    ON(what_was_withdrawn_gives_way_to_the_one_before_and_to_an_ancestors), ON(leads_decide_and_readers_look)
STORE_MAIN("app/target")
