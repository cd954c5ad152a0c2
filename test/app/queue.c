/**
 * What waits for an answer, for whom, and what an answer would change.
 */
#include "app/roles_house.h"

#include "app/answer.h"
#include "app/assign.h"
#include "app/queue.h"
#include "app/question.h"
#include "app/review.h"
#include "app/target.h"
#include "app/user.h"
#include "core/view_answer.h"

static int64_t say(const struct room *room, int64_t at_ms, str actor, str objective, str unit, int64_t yes)
{
	struct house h;
	struct view_answer v;
	struct app_answer a = {.objective = objective, .unit = unit, .tally = {yes, 0, 0}};
	ask_as(&h, room, at_ms, actor, NULL);
	RUN(app_answer(&h.app, &a, &v, err));
	int64_t seq = v.seq;
	answered(&h);
	return seq;
}

static void look_as(struct house *h, const struct room *room, int64_t at_ms, str actor, const struct access *who,
		    const struct app_queue *wanted, struct view_queue *out)
{
	ask_as(h, room, at_ms, actor, who);
	RUN(app_queue(&h->app, wanted, out, err));
}

static void expect_item(const struct view_queue *v, size_t i, const char *objective, const char *unit)
{
	assert_true(i < v->n);
	assert_true(str_eq(v->list[i].objective->id, str_from(objective)));
	assert_true(str_eq(v->tree->units[v->list[i].unit].id, str_from(unit)));
}

static void nothing_known_asks_every_leaf_and_the_next_level_first(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_queue v;
	people_prepare(room);
	look_as(&h, room, now, S("tester"), NULL, &(struct app_queue){0}, &v);
	/* nine objectives, two leaves */
	assert_int_equal(v.of, 18);
	assert_int_equal(v.done, 0);
	assert_int_equal(v.counts[VIEW_QUEUE_UNANSWERED], 18);
	assert_int_equal(v.n, 18);
	expect_item(&v, 0, "GOV-02.1", "cards");
	expect_item(&v, 1, "IAM-02.1", "cards");
	expect_item(&v, 2, "GOV-02.1", "shop");
	expect_item(&v, 3, "IAM-02.1", "shop");
	expect_item(&v, 4, "GOV-03.1", "cards");
	answered(&h);
	(void)say(room, now, S("ada"), S("GOV-02.1"), S("cards"), 1);
	look_as(&h, room, now, S("tester"), NULL, &(struct app_queue){.unit = S("bank")}, &v);
	assert_int_equal(v.of, 9);
	assert_int_equal(v.done, 1);
	expect_item(&v, 0, "GOV-03.1", "cards"); /* now the next level of GOV */
	expect_item(&v, 1, "IAM-02.1", "cards");
	answered(&h);
}

static void an_answer_is_asked_again_when_most_of_its_life_is_over(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_queue v;
	people_prepare(room);
	(void)say(room, now, S("ada"), S("GOV-02.1"), S("cards"), 1); /* counts for 90 days */
	look_as(&h, room, now + 67 * TIME_DAY_MS, S("ada"), NULL, &(struct app_queue){.unit = S("cards")}, &v);
	assert_int_equal(v.counts[VIEW_QUEUE_EXPIRING], 0);
	answered(&h);
	look_as(&h, room, now + 68 * TIME_DAY_MS, S("ada"), NULL, &(struct app_queue){.unit = S("cards")}, &v);
	assert_int_equal(v.counts[VIEW_QUEUE_EXPIRING], 1);
	assert_int_equal(v.done, 1);
	expect_item(&v, v.n - 1, "GOV-02.1", "cards");
	assert_true(v.list[v.n - 1].when_ms == now + 90 * TIME_DAY_MS);
	answered(&h);
	look_as(&h, room, now + 91 * TIME_DAY_MS, S("ada"), NULL, &(struct app_queue){.unit = S("cards")}, &v);
	assert_int_equal(v.counts[VIEW_QUEUE_EXPIRING], 1);
	assert_int_equal(v.done, 0);
	answered(&h);
}

static void what_was_returned_waits_for_its_author_until_it_is_given_again(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct person p, other;
	struct view_queue v;
	struct view_queue_waiting w;
	struct view_reviewed back;
	people_prepare(room);
	const struct access *ada = person(&p, S("ada"), ACCESS_ASSESSOR, S("bank"));
	const struct access *bob = person(&other, S("bob"), ACCESS_ASSESSOR, S("acme"));
	int64_t seq = say(room, now, S("ada"), S("GOV-02.1"), S("cards"), 1);
	ask_as(&h, room, now, S("bob"), bob);
	RUN(app_review_return(&h.app, &(struct app_review){.seq = seq, .comment = S("which list?")}, &back, err));
	answered(&h);
	look_as(&h, room, now + 1, S("ada"), ada, &(struct app_queue){.unit = S("cards")}, &v);
	assert_int_equal(v.counts[VIEW_QUEUE_RETURNED], 1);
	expect_item(&v, 0, "GOV-02.1", "cards");
	assert_true(str_eq(v.list[0].by, S("bob")));
	assert_true(v.list[0].when_ms == now);
	RUN(app_queue_count(&h.app, v.model, v.tree, &w, err));
	assert_int_equal(w.assess, 1);
	answered(&h);
	look_as(&h, room, now + 1, S("bob"), bob, &(struct app_queue){.unit = S("cards")}, &v);
	assert_int_equal(v.counts[VIEW_QUEUE_RETURNED], 0);
	answered(&h);
	(void)say(room, now + 2, S("ada"), S("GOV-02.1"), S("cards"), 2);
	look_as(&h, room, now + 3, S("ada"), ada, &(struct app_queue){.unit = S("cards")}, &v);
	assert_int_equal(v.counts[VIEW_QUEUE_RETURNED], 0);
	RUN(app_queue_count(&h.app, v.model, v.tree, &w, err));
	assert_int_equal(w.assess, 0);
	assert_int_equal(w.review, 0); /* the own answer does not wait for its author */
	answered(&h);
	look_as(&h, room, now + 3, S("bob"), bob, &(struct app_queue){.unit = S("cards")}, &v);
	RUN(app_queue_count(&h.app, v.model, v.tree, &w, err));
	assert_int_equal(w.review, 1);
	answered(&h);
}

static void a_respondent_is_asked_what_is_assigned_and_nothing_else(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct person p;
	struct view_queue v;
	struct view_queue_waiting w;
	struct view_user user;
	struct view_assignment assignment;
	people_prepare(room);
	ask(&h, room, now);
	RUN(app_user_add(&h.app, &(struct app_user){.name = S("rob"), .role = ACCESS_RESPONDENT}, &user, err));
	answered(&h);
	ask(&h, room, now);
	RUN(app_assign_add(
	    &h.app,
	    &(struct app_assign){
		.objective = S("GOV-02.1"), .unit = S("cards"), .user = S("rob"), .due = at_time(DAY(60))},
	    &assignment, err));
	answered(&h);
	const struct access *rob = person(&p, S("rob"), ACCESS_RESPONDENT, S("acme"));
	look_as(&h, room, now + 1, S("rob"), rob, &(struct app_queue){0}, &v);
	assert_int_equal(v.top, UNIT_NONE);
	assert_int_equal(v.n, 1);
	assert_int_equal(v.of, 1);
	assert_int_equal(v.done, 0);
	expect_item(&v, 0, "GOV-02.1", "cards");
	assert_int_equal(v.list[0].part, VIEW_QUEUE_ASSIGNED);
	assert_true(v.list[0].when_ms == DAY(60));
	RUN(app_queue_count(&h.app, v.model, v.tree, &w, err));
	assert_int_equal(w.assess, 1);
	answered(&h);
	(void)say(room, now + 2, S("rob"), S("GOV-02.1"), S("cards"), 1);
	look_as(&h, room, now + 3, S("rob"), rob, &(struct app_queue){0}, &v);
	assert_int_equal(v.n, 0);
	assert_int_equal(v.done, 1);
	RUN(app_queue_count(&h.app, v.model, v.tree, &w, err));
	assert_int_equal(w.assess, 0);
	answered(&h);
}

static void a_reader_answers_nothing_and_an_assessor_only_below_the_own_unit(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct person p;
	struct view_queue v;
	people_prepare(room);
	look_as(&h, room, now, S("r"), person(&p, S("r"), ACCESS_READER, S("acme")), &(struct app_queue){0}, &v);
	assert_int_equal(v.top, UNIT_NONE);
	assert_int_equal(v.n, 0);
	assert_int_equal(v.of, 0);
	answered(&h);
	look_as(&h, room, now, S("a"), person(&p, S("a"), ACCESS_ASSESSOR, S("bank")), &(struct app_queue){0}, &v);
	assert_int_equal(v.of, 9);
	for (size_t i = 0; i < v.n; i++)
		assert_true(str_eq(v.tree->units[v.list[i].unit].id, S("cards")));
	answered(&h);
	struct app_queue beside = {.unit = S("shop")};
	ask_as(&h, room, now, S("a"), person(&p, S("a"), ACCESS_ASSESSOR, S("bank")));
	assert_int_equal(app_queue(&h.app, &beside, &v, NULL), E_NOT_FOUND);
	answered(&h);
}

static void the_interview_goes_level_by_level_and_keeps_what_is_done(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_queue v;
	people_prepare(room);
	(void)say(room, now, S("ada"), S("IAM-02.1"), S("cards"), 1);
	look_as(&h, room, now, S("ada"), NULL, &(struct app_queue){.interview = true}, &v);
	assert_int_equal(v.of, 8); /* two objectives of level 2, two of level 3, two leaves */
	assert_int_equal(v.done, 1);
	assert_int_equal(v.n, 8);
	expect_item(&v, 0, "GOV-02.1", "cards");
	expect_item(&v, 1, "GOV-02.1", "shop");
	expect_item(&v, 2, "IAM-02.1", "cards");
	assert_true(v.list[2].done);
	assert_false(v.list[3].done);
	expect_item(&v, 4, "GOV-03.1", "cards");
	expect_item(&v, 6, "IAM-03.1", "cards");
	answered(&h);
}

static void a_question_tells_what_meeting_it_would_change(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_question v;
	people_prepare(room);
	ask(&h, room, now);
	RUN(app_question(&h.app, S("IAM-02.1"), S("cards"), &v, err));
	assert_int_equal(v.population, 1);
	assert_false(v.measured);
	assert_int_equal(v.n_effects, 2);
	assert_int_equal(v.effects[0].from, 1);
	assert_int_equal(v.effects[0].to, 2);
	/* the whole needs both leaves */
	assert_int_equal(v.effects[1].unit, 0);
	assert_int_equal(v.effects[1].now.tally.unknown, 2);
	assert_int_equal(v.effects[1].missing, 2);
	assert_false(v.effects[1].met);
	assert_int_equal(v.effects[1].to, 1);
	answered(&h);
	(void)say(room, now, S("ada"), S("IAM-02.1"), S("cards"), 7);
	ask(&h, room, now + 1);
	RUN(app_question(&h.app, S("IAM-02.1"), S("shop"), &v, err));
	assert_true(v.effects[1].met);
	assert_int_equal(v.effects[1].to, 2);
	assert_int_equal(v.effects[1].now.tally.yes, 7);
	RUN(app_question(&h.app, S("IAM-02.1"), S("cards"), &v, err));
	assert_int_equal(v.population, 7);
	answered(&h);
}

static enum status call_question(struct app *app, void *ctx, struct err *err)
{
	(void)ctx;
	return app_question(app, S("GOV-02.1"), S("cards"), &(struct view_question){0}, err);
}

static void a_question_is_shown_to_who_may_read_it(void **state)
{
	const struct room *room = *state;
	people_prepare(room);
	people_expect(room, "question", call_question, NULL, S("cards"), S("shop"), ACCESS_READER, true);
}

#define CASES(ON)                                                                                                      \
	ON(nothing_known_asks_every_leaf_and_the_next_level_first),                                                    \
	    ON(an_answer_is_asked_again_when_most_of_its_life_is_over),                                                \
	    ON(what_was_returned_waits_for_its_author_until_it_is_given_again),                                        \
	    ON(a_respondent_is_asked_what_is_assigned_and_nothing_else),                                               \
	    ON(a_reader_answers_nothing_and_an_assessor_only_below_the_own_unit),                                      \
	    ON(the_interview_goes_level_by_level_and_keeps_what_is_done),                                              \
	    ON(a_question_tells_what_meeting_it_would_change), ON(a_question_is_shown_to_who_may_read_it)
STORE_MAIN("app/queue")
