/**
 * Answers in more than one pair of hands: reviewed, returned, taken back, given at the same time by two people, and the
 * documents behind them.
 */
#include "app/roles_house.h"

#include "app/answer.h"
#include "app/evidence.h"
#include "app/review.h"
#include "core/view_answer.h"
#include "store/fact.h"

enum { MINUTE = 60 * 1000 };

static int64_t say_as(const struct room *room, int64_t at_ms, str actor, struct app_answer a)
{
	struct house h;
	struct view_answer v;
	ask_as(&h, room, at_ms, actor, NULL);
	RUN(app_answer(&h.app, &a, &v, err));
	int64_t seq = v.seq;
	answered(&h);
	return seq;
}

static struct app_answer yes_at(str unit)
{
	return (struct app_answer){
	    .objective = S("GOV-02.1"), .unit = unit, .tally = {1, 0, 0}, .observed = at_time(DAY(40))};
}

/* The tally at a unit, and what of it is evidenced. */
static struct score_objective tally_at(const struct room *room, str unit, int64_t at_ms)
{
	struct house h;
	struct view_score v;
	ask(&h, room, at_ms);
	RUN(app_score(&h.app, unit, (struct app_time){0}, &v, err));
	struct score_objective s = v.score.objectives[0];
	answered(&h);
	return s;
}

static enum status confirm(const struct room *room, int64_t at_ms, str actor, struct app_review r, int64_t *seq,
			   struct err *why)
{
	struct house h;
	struct view_reviewed v = {0};
	*why = (struct err){0};
	ask_as(&h, room, at_ms, actor, NULL);
	enum status status = app_review_confirm(&h.app, &r, &v, why);
	if (seq)
		*seq = v.seq;
	answered(&h);
	return status;
}

static enum status give_back(const struct room *room, int64_t at_ms, str actor, int64_t seq, str comment,
			     struct err *why)
{
	struct house h;
	struct view_reviewed v;
	struct app_review r = {.seq = seq, .comment = comment};
	*why = (struct err){0};
	ask_as(&h, room, at_ms, actor, NULL);
	enum status status = app_review_return(&h.app, &r, &v, why);
	answered(&h);
	return status;
}

static enum status undo_review(const struct room *room, int64_t at_ms, str actor, int64_t seq, struct err *why)
{
	struct house h;
	struct view_reviewed v;
	*why = (struct err){0};
	ask_as(&h, room, at_ms, actor, NULL);
	enum status status = app_review_undo(&h.app, seq, &v, why);
	answered(&h);
	return status;
}

static enum status undo_answer(const struct room *room, int64_t at_ms, str actor, int64_t seq, int64_t *then,
			       struct err *why)
{
	struct house h;
	struct view_answer_now v = {0};
	*why = (struct err){0};
	ask_as(&h, room, at_ms, actor, NULL);
	enum status status = app_answer_undo(&h.app, seq, &v, why);
	if (then)
		*then = v.said.seq;
	answered(&h);
	return status;
}

static int64_t waiting(const struct room *room, str unit, int64_t at_ms)
{
	struct house h;
	struct view_reviews v;
	ask(&h, room, at_ms);
	RUN(app_review_list(&h.app, unit, 0, 1, &v, err));
	int64_t n = v.waiting;
	answered(&h);
	return n;
}

static void a_second_person_with_a_document_makes_an_answer_evidenced(void **state)
{
	const struct room *room = *state;
	struct err why;
	char path[PATH_BYTES];
	int64_t reviewed;
	people_prepare(room);
	str minutes = put_file(room, "minutes.txt", S("decided"), path);
	int64_t seq = say_as(room, now, S("ada"), yes_at(S("cards")));
	assert_int_equal(tally_at(room, S("cards"), now).evidenced.yes, 0);
	assert_int_equal(
	    confirm(room, now, S(" ada "), (struct app_review){.seq = seq, .evidence_file = minutes}, NULL, &why),
	    E_DENIED);
	assert_int_equal(confirm(room, now, S("grace"), (struct app_review){.seq = seq}, NULL, &why), E_INVALID);
	assert_int_equal(confirm(room, now, S("grace"), (struct app_review){.seq = seq + 7}, NULL, &why), E_NOT_FOUND);
	assert_int_equal(waiting(room, S(""), now), 1);
	RUN(confirm(room, now, S("grace"), (struct app_review){.seq = seq, .evidence_file = minutes}, &reviewed, err));
	assert_int_equal(waiting(room, S(""), now), 0);
	struct score_objective s = tally_at(room, S("cards"), now);
	assert_int_equal(s.tally.yes, 1);
	assert_int_equal(s.evidenced.yes, 1);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM measure WHERE basis = 1 AND actor = 'ada' AND "
					      "reviewer = 'grace'")),
			 1);
	/* the same observed time: it ages as the answer does */
	assert_int_equal(number(room->db, SQL("SELECT count(DISTINCT observed_at) FROM measure")), 1);
	assert_int_equal(confirm(room, now, S("ruth"), (struct app_review){.seq = seq}, NULL, &why), E_CONFLICT);
	assert_int_equal(confirm(room, now, S("ruth"), (struct app_review){.seq = reviewed}, NULL, &why), E_CONFLICT);
}

static void a_review_of_what_was_answered_again_is_a_conflict(void **state)
{
	const struct room *room = *state;
	struct err why;
	char path[PATH_BYTES], sum[HASH_TEXT], again[HASH_TEXT];
	people_prepare(room);
	struct app_answer a = yes_at(S("cards"));
	a.evidence_file = put_file(room, "minutes.txt", S("decided"), path);
	int64_t first = say_as(room, now, S("ada"), a);
	a.tally = (struct measure_tally){0, 1, 0};
	int64_t second = say_as(room, now + 1, S("ada"), a);
	content_of(room->db, true, sum);
	assert_int_equal(confirm(room, now + 2, S("grace"), (struct app_review){.seq = first}, NULL, &why), E_CONFLICT);
	assert_int_equal(give_back(room, now + 2, S("grace"), first, S("why"), &why), E_CONFLICT);
	content_of(room->db, true, again);
	assert_string_equal(sum, again);
	RUN(confirm(room, now + 2, S("grace"), (struct app_review){.seq = second}, NULL, err));
	assert_int_equal(tally_at(room, S("cards"), now + 2).evidenced.no, 1);
}

static void what_was_returned_stands_and_waits_to_be_given_again(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct house h;
	struct view_answer_now v;
	people_prepare(room);
	int64_t seq = say_as(room, now, S("ada"), yes_at(S("cards")));
	assert_int_equal(give_back(room, now, S("grace"), seq, S("  "), &why), E_INVALID);
	assert_int_equal(give_back(room, now, S("ada"), seq, S("mine"), &why), E_DENIED);
	RUN(give_back(room, now, S("grace"), seq, S("of last year"), err));
	assert_int_equal(waiting(room, S(""), now), 0);
	assert_int_equal(tally_at(room, S("cards"), now).tally.yes, 1);
	assert_int_equal(give_back(room, now, S("ruth"), seq, S("again"), &why), E_CONFLICT);
	ask(&h, room, now);
	RUN(app_answer_now(&h.app, S("GOV-02.1"), S("cards"), &v, err));
	assert_true(str_eq(v.said.returned_by, S("grace")));
	assert_true(str_eq(v.said.returned_because, S("of last year")));
	answered(&h);
	struct app_answer better = yes_at(S("cards"));
	better.because = S("minutes of this year");
	(void)say_as(room, now + 1, S("ada"), better);
	assert_int_equal(waiting(room, S(""), now + 1), 1);
	assert_int_equal(waiting(room, S("shop"), now + 1), 0);
}

static void a_review_can_be_taken_back_at_once_by_who_gave_it(void **state)
{
	const struct room *room = *state;
	struct err why;
	char path[PATH_BYTES];
	int64_t reviewed;
	people_prepare(room);
	struct app_answer a = yes_at(S("cards"));
	a.evidence_file = put_file(room, "minutes.txt", S("decided"), path);
	int64_t seq = say_as(room, now, S("ada"), a);
	RUN(confirm(room, now, S("grace"), (struct app_review){.seq = seq}, &reviewed, err));
	assert_int_equal(undo_review(room, now, S("ruth"), seq, &why), E_DENIED);
	assert_int_equal(undo_review(room, now + 15 * MINUTE, S("grace"), seq, &why), E_CONFLICT);
	RUN(undo_review(room, now + 15 * MINUTE - 1, S("grace"), seq, err));
	assert_int_equal(undo_review(room, now, S("grace"), seq, &why), E_NOT_FOUND);
	struct score_objective s = tally_at(room, S("cards"), now);
	assert_int_equal(s.tally.yes, 1);
	assert_int_equal(s.evidenced.yes, 0);
	assert_int_equal(waiting(room, S(""), now), 1);
	RUN(confirm(room, now, S("grace"), (struct app_review){.seq = seq}, &reviewed, err));
	assert_int_equal(tally_at(room, S("cards"), now).evidenced.yes, 1);
	(void)say_as(room, now + 1, S("ada"), yes_at(S("cards")));
	assert_int_equal(undo_review(room, now + 2, S("grace"), seq, &why), E_CONFLICT);
	/* nothing was deleted on the way: two answers, two confirmations, one of which is taken back */
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM measure")), 4);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM measure_undo")), 1);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM review")), 2);
}

static void a_return_can_be_taken_back_too(void **state)
{
	const struct room *room = *state;
	people_prepare(room);
	int64_t seq = say_as(room, now, S("ada"), yes_at(S("cards")));
	RUN(give_back(room, now, S("grace"), seq, S("no"), err));
	RUN(undo_review(room, now + 1, S("grace"), seq, err));
	assert_int_equal(waiting(room, S(""), now), 1);
}

/* Ada says yes on day 40, then no on day 45, then takes the no back: on every day it is as if it was never said. */
static void an_answer_taken_back_leaves_the_one_before_as_it_was(void **state)
{
	const struct room *room = *state;
	struct err why;
	int64_t then = -1;
	people_prepare(room);
	int64_t first = say_as(room, now, S("ada"), yes_at(S("cards")));
	struct score_objective before = tally_at(room, S("cards"), now);
	struct app_answer no = yes_at(S("cards"));
	no.tally = (struct measure_tally){0, 1, 0};
	no.observed = at_time(DAY(45));
	int64_t second = say_as(room, now + MINUTE, S("ada"), no);
	assert_int_equal(tally_at(room, S("cards"), now + MINUTE).tally.no, 1);
	assert_int_equal(undo_answer(room, now + 2 * MINUTE, S("grace"), second, NULL, &why), E_DENIED);
	assert_int_equal(undo_answer(room, now + 2 * MINUTE, S("ada"), first, NULL, &why), E_CONFLICT);
	assert_int_equal(undo_answer(room, now + 16 * MINUTE, S("ada"), second, NULL, &why), E_CONFLICT);
	RUN(undo_answer(room, now + 2 * MINUTE, S("ada"), second, &then, err));
	assert_int_equal(then, first);
	struct score_objective after = tally_at(room, S("cards"), now + 2 * MINUTE);
	assert_int_equal(before.verdict, after.verdict);
	assert_memory_equal(&before.tally, &after.tally, sizeof before.tally);
	assert_memory_equal(&before.evidenced, &after.evidenced, sizeof before.evidenced);
	assert_int_equal(before.attainment, after.attainment);
	assert_int_equal(undo_answer(room, now + 2 * MINUTE, S("ada"), second, NULL, &why), E_NOT_FOUND);
	/* the first one as well: then nobody said anything */
	RUN(undo_answer(room, now + 3 * MINUTE, S("ada"), first, &then, err));
	assert_int_equal(then, 0);
	assert_int_equal(tally_at(room, S("cards"), now + 3 * MINUTE).tally.unknown, 1);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM measure")), 2);
	/* and may be said again */
	assert_int_not_equal(say_as(room, now + 4 * MINUTE, S("ada"), yes_at(S("cards"))), 0);
	assert_int_equal(tally_at(room, S("cards"), now + 4 * MINUTE).tally.yes, 1);
}

static void what_was_reviewed_is_no_longer_the_authors_to_take_back(void **state)
{
	const struct room *room = *state;
	struct err why;
	char path[PATH_BYTES];
	int64_t reviewed;
	people_prepare(room);
	struct app_answer a = yes_at(S("cards"));
	a.evidence_file = put_file(room, "minutes.txt", S("decided"), path);
	int64_t seq = say_as(room, now, S("ada"), a);
	RUN(confirm(room, now, S("grace"), (struct app_review){.seq = seq}, &reviewed, err));
	assert_int_equal(undo_answer(room, now, S("ada"), seq, NULL, &why), E_CONFLICT);
	assert_int_equal(undo_answer(room, now, S("ada"), reviewed, NULL, &why), E_CONFLICT);
}

static void nobody_overwrites_what_came_in_between_unseen(void **state)
{
	const struct room *room = *state;
	struct err why = {0};
	struct house h;
	struct view_answer v;
	struct view_answer_conflict conflict = {0};
	char sum[HASH_TEXT], again[HASH_TEXT];
	people_prepare(room);
	struct app_answer a = yes_at(S("cards"));
	a.expected.given = true; /* nobody had answered yet */
	int64_t first = say_as(room, now, S("ada"), a);
	a.tally = (struct measure_tally){0, 1, 0};
	a.conflict = &conflict;
	content_of(room->db, true, sum);
	ask_as(&h, room, now, S("grace"), NULL);
	assert_int_equal(app_answer(&h.app, &a, &v, &why), E_CONFLICT);
	assert_non_null(strstr(why.message, "ada"));
	assert_true(conflict.there);
	assert_int_equal(conflict.theirs.seq, first);
	assert_int_equal(conflict.theirs.tally.yes, 1);
	assert_true(str_eq(conflict.theirs.author, S("ada")));
	answered(&h);
	content_of(room->db, true, again);
	assert_string_equal(sum, again);
	a.forced = true;
	ask_as(&h, room, now, S("grace"), NULL);
	RUN(app_answer(&h.app, &a, &v, err));
	answered(&h);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM measure")), 2);
	assert_int_equal(tally_at(room, S("cards"), now).tally.no, 1);
	a.forced = false;
	a.expected.seq = first + 1;
	a.tally = (struct measure_tally){2, 0, 0};
	(void)say_as(room, now, S("ada"), a);
}

static void the_mark_of_the_facts_tells_what_was_taken_back(void **state)
{
	const struct room *room = *state;
	char before[HASH_TEXT], said[HASH_TEXT], after[HASH_TEXT];
	people_prepare(room);
	RUN(store_fact_mark(room->db, before, err));
	int64_t seq = say_as(room, now, S("ada"), yes_at(S("cards")));
	RUN(store_fact_mark(room->db, said, err));
	assert_string_not_equal(before, said);
	RUN(undo_answer(room, now, S("ada"), seq, NULL, err));
	RUN(store_fact_mark(room->db, after, err));
	assert_string_not_equal(said, after);
	assert_string_not_equal(before, after);
}

/* ---- documents ---- */

static str add_document(const struct room *room, str actor, const struct access *who, str text, char sum[HASH_TEXT])
{
	struct house h;
	struct view_document_of d;
	struct source from = source_text(S("upload"), text);
	ask_as(&h, room, now, actor, who);
	RUN(app_evidence_add(&h.app, S("GOV-02.1"), S("cards"), &from, S("a.txt"), S("text/plain"), &d, err));
	assert_int_equal(d.bytes, text.n);
	(void)snprintf(sum, HASH_TEXT, "%.*s", STR_ARG(d.sha256));
	answered(&h);
	return str_from(sum);
}

static enum status collect(void *ctx, str piece, struct err *err)
{
	struct buf *b = ctx;
	buf_add(b, piece);
	return b->status == OK ? OK : err_set(err, b->status, "full");
}

static enum status read_as(const struct room *room, str actor, const struct access *who, str sha256, str expected)
{
	struct house h;
	struct err why = {0};
	struct buf b = BUF(1 << 20);
	ask_as(&h, room, now, actor, who);
	enum status status = app_evidence_open(&h.app, sha256, collect, &b, &why);
	if (status == OK)
		assert_true(str_eq(buf_str(&b), expected));
	buf_release(&b);
	answered(&h);
	return status;
}

static void an_answer_has_as_many_documents_as_it_needs(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_answer_now v;
	struct err why;
	char one[HASH_TEXT], two[HASH_TEXT], path[PATH_BYTES];
	people_prepare(room);
	struct app_document documents[] = {
	    {add_document(room, S("ada"), NULL, S("first"), one), S("charter.pdf"), S("application/pdf")},
	    {add_document(room, S("ada"), NULL, S("second"), two), S("list.csv"), S("")}};
	struct app_answer a = yes_at(S("cards"));
	a.documents = documents;
	a.n_documents = 1;
	(void)say_as(room, now, S("ada"), a);
	a.n_documents = 2;
	int64_t seq = say_as(room, now, S("ada"), a);
	assert_int_not_equal(seq, 0); /* another document makes it another answer */
	assert_int_equal(say_as(room, now, S("ada"), a), 0);
	RUN(confirm(room, now, S("grace"),
		    (struct app_review){.seq = seq, .evidence_file = put_file(room, "seen.txt", S("third"), path)},
		    NULL, err));
	ask(&h, room, now);
	RUN(app_answer_now(&h.app, S("GOV-02.1"), S("cards"), &v, err));
	assert_int_equal(v.said.basis, MEASURE_REVIEWED);
	assert_int_equal(v.said.n_documents, 3);
	assert_true(str_eq(v.said.documents[0].name, S("charter.pdf")));
	assert_true(str_eq(v.said.documents[0].sha256, str_from(one)));
	assert_int_equal(v.said.documents[0].bytes, 5);
	assert_true(str_eq(v.said.documents[2].name, S("seen.txt")));
	a.documents = &(struct app_document){S("0000"), S("x"), S("")};
	a.n_documents = 1;
	assert_int_equal(app_answer(&h.app, &a, &(struct view_answer){0}, &why), E_NOT_FOUND);
	answered(&h);
}

static void a_document_is_read_by_who_may_read_what_it_stands_behind(void **state)
{
	const struct room *room = *state;
	struct person p;
	char sum[HASH_TEXT];
	people_prepare(room);
	const struct access *ada = person(&p, S("ada"), ACCESS_RESPONDENT, S("cards"));
	str sha256 = add_document(room, S("ada"), ada, S("secret"), sum);
	assert_int_equal(read_as(room, S("ada"), ada, sha256, S("secret")), OK);
	struct person q;
	const struct access *bob = person(&q, S("bob"), ACCESS_READER, S("acme"));
	assert_int_equal(read_as(room, S("bob"), bob, sha256, S("secret")), E_DENIED); /* nothing refers to it yet */
	assert_int_equal(read_as(room, S("bob"), bob, S("no such hash"), S("")), E_DENIED);
	assert_int_equal(read_as(room, S("root"), NULL, sha256, S("secret")), OK);
	assert_int_equal(read_as(room, S("root"), NULL, S("no such hash"), S("")), E_NOT_FOUND);
	/* a hash alone does not open it by way of an own answer */
	struct house h;
	struct err why = {0};
	struct view_answer v;
	struct person r;
	struct app_answer theft = yes_at(S("shop"));
	theft.documents = &(struct app_document){sha256, S("mine.txt"), S("")};
	theft.n_documents = 1;
	ask_as(&h, room, now, S("eve"), person(&r, S("eve"), ACCESS_ASSESSOR, S("shop")));
	assert_int_equal(app_answer(&h.app, &theft, &v, &why), E_DENIED);
	answered(&h);
	struct app_answer a = yes_at(S("cards"));
	a.documents = theft.documents;
	a.n_documents = 1;
	(void)say_as(room, now, S("ada"), a);
	assert_int_equal(read_as(room, S("bob"), bob, sha256, S("secret")), OK);
	for (int role = ACCESS_NONE; role < ACCESS_ROLES; role++) {
		const struct access *at_bank = person(&q, S("x"), (enum access_role)role, S("bank"));
		assert_int_equal(read_as(room, S("x"), at_bank, sha256, S("secret")),
				 role == ACCESS_NONE ? E_DENIED : OK);
		const struct access *at_shop = person(&q, S("x"), (enum access_role)role, S("shop"));
		assert_int_equal(read_as(room, S("x"), at_shop, sha256, S("secret")),
				 role == ACCESS_RESPONDENT ? OK : E_DENIED);
	}
}

/* ---- permission ---- */

struct named {
	int64_t seq;
	str unit;
};

static enum status call_list(struct app *app, void *ctx, struct err *err)
{
	struct view_reviews v;
	const struct named *n = ctx;
	return app_review_list(app, n->unit, 0, 10, &v, err);
}

static enum status call_confirm(struct app *app, void *ctx, struct err *err)
{
	const struct named *n = ctx;
	return app_review_confirm(app, &(struct app_review){.seq = n->seq}, &(struct view_reviewed){0}, err);
}

static enum status call_return(struct app *app, void *ctx, struct err *err)
{
	const struct named *n = ctx;
	return app_review_return(app, &(struct app_review){.seq = n->seq, .comment = S("x")},
				 &(struct view_reviewed){0}, err);
}

static enum status call_now(struct app *app, void *ctx, struct err *err)
{
	const struct named *n = ctx;
	return app_answer_now(app, S("GOV-02.1"), n->unit, &(struct view_answer_now){0}, err);
}

static enum status call_answer(struct app *app, void *ctx, struct err *err)
{
	const struct named *n = ctx;
	struct app_answer a = yes_at(n->unit);
	return app_answer(app, &a, &(struct view_answer){0}, err);
}

static enum status call_add(struct app *app, void *ctx, struct err *err)
{
	const struct named *n = ctx;
	struct source from = source_text(S("upload"), S("x"));
	return app_evidence_add(app, S("GOV-02.1"), n->unit, &from, S("x"), S(""), &(struct view_document_of){0}, err);
}

static enum status call_claim(struct app *app, void *ctx, struct err *err)
{
	const struct named *n = ctx;
	struct app_answer a = yes_at(n->unit);
	a.reviewed = true;
	a.reviewer = S("grace");
	a.documents = &(struct app_document){S("0000"), S("x"), S("")};
	a.n_documents = 1;
	return app_answer(app, &a, &(struct view_answer){0}, err);
}

static void each_call_asks_for_its_role(void **state)
{
	const struct room *room = *state;
	people_prepare(room);
	struct named n = {say_as(room, now, S("ada"), yes_at(S("cards"))), S("cards")};
	people_expect(room, "review list", call_list, &n, n.unit, S("shop"), ACCESS_ASSESSOR, false);
	people_expect(room, "confirm", call_confirm, &n, n.unit, S("shop"), ACCESS_ASSESSOR, false);
	people_expect(room, "return", call_return, &n, n.unit, S("shop"), ACCESS_ASSESSOR, false);
	people_expect(room, "now", call_now, &n, n.unit, S("shop"), ACCESS_READER, true);
	people_expect(room, "add", call_add, &n, n.unit, S("shop"), ACCESS_ASSESSOR, true);
	people_expect(room, "answer", call_answer, &n, n.unit, S("shop"), ACCESS_ASSESSOR, true);
	people_expect(room, "claim", call_claim, &n, n.unit, S("shop"), ACCESS_ROLES, false);
}

#define CASES(ON)                                                                                                      \
	ON(a_second_person_with_a_document_makes_an_answer_evidenced),                                                 \
	    ON(a_review_of_what_was_answered_again_is_a_conflict),                                                     \
	    ON(what_was_returned_stands_and_waits_to_be_given_again),                                                  \
	    ON(a_review_can_be_taken_back_at_once_by_who_gave_it), ON(a_return_can_be_taken_back_too),                 \
	    ON(an_answer_taken_back_leaves_the_one_before_as_it_was),                                                  \
	    ON(what_was_reviewed_is_no_longer_the_authors_to_take_back),                                               \
	    ON(the_mark_of_the_facts_tells_what_was_taken_back), ON(nobody_overwrites_what_came_in_between_unseen),    \
	    ON(an_answer_has_as_many_documents_as_it_needs),                                                           \
	    ON(a_document_is_read_by_who_may_read_what_it_stands_behind), ON(each_call_asks_for_its_role)
STORE_MAIN("app/review")
