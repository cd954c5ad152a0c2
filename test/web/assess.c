/**
 * Answering, reviewing and deciding through the pages: a request in, bytes out. What people write is shown as text, two
 * people lose nothing, and each action leads where it should.
 */
#include "app/roles_house.h"

#include "app/answer.h"
#include "app/review.h"
#include "app/target.h"
#include "app/user.h"
#include "core/view_answer.h"
#include "web/page.h"
#include "web/presence.h"

#define HOSTILE "<script>alert(1)</script>"

enum { FIELDS = 24 };

struct visit {
	struct house house;
	struct request_field form[FIELDS], query[FIELDS];
	struct request q;
	struct reply r;
};

static void visit(struct visit *v, const struct room *room, str actor, const struct access *who, const char *part)
{
	*v = (struct visit){.r = {.body = BUF(LIMIT_PAGE_BYTES)}};
	ask_as(&v->house, room, now, actor, who);
	v->q.arena = &v->house.arena;
	v->q.app = &v->house.app;
	v->q.file.fd = -1;
	v->q.form = (struct request_fields){.cap = FIELDS, .list = v->form};
	v->q.query = (struct request_fields){.cap = FIELDS, .list = v->query};
	v->q.part[0] = str_from(part);
	v->q.path = S("/");
	v->q.user_shown = actor;
}

static void left(struct visit *v)
{
	buf_release(&v->r.body);
	answered(&v->house);
}

static void field(struct request_fields *f, str name, str value)
{
	assert_true(f->n < f->cap);
	f->list[f->n++] = (struct request_field){name, value};
}

static bool says(const struct visit *v, const char *text)
{
	return str_find(buf_str(&v->r.body), str_from(text)) >= 0;
}

static bool leads(const struct visit *v, const char *text)
{
	return str_find(v->r.location, str_from(text)) >= 0;
}

/* The form as the page sends it. */
static void fill_form(struct visit *v, str answer, str because, str expected)
{
	struct request_fields *f = &v->q.form;
	field(f, S("unit"), S("cards"));
	field(f, S("answer"), answer);
	field(f, S("population"), S("1"));
	field(f, S("because"), because);
	field(f, S("expected"), expected);
	field(f, S("here"), S("/assess/GOV-02.1?unit=cards&of=acme"));
	field(f, S("next"), S("/assess/IAM-02.1?unit=cards&of=acme"));
}

static struct view_answer_now now_at(const struct room *room, struct house *h)
{
	struct view_answer_now n;
	ask(h, room, now);
	RUN(app_answer_now(&h->app, S("GOV-02.1"), S("cards"), &n, err));
	return n;
}

static void an_answer_is_saved_and_the_next_question_comes(void **state)
{
	const struct room *room = *state;
	struct visit v;
	struct house h;
	people_prepare(room);
	visit(&v, room, S("ada"), NULL, "GOV-02.1");
	fill_form(&v, S("count"), S("seen"), S("0"));
	field(&v.q.form, S("yes"), S("5"));
	field(&v.q.form, S("no"), S("1"));
	field(&v.q.form, S("unknown"), S("1"));
	field(&v.q.form, S("go"), S("next"));
	RUN(page_answer_post(&v.q, &v.r, err));
	assert_true(leads(&v, "/assess/IAM-02.1?unit=cards&of=acme&saved="));
	left(&v);
	struct view_answer_now n = now_at(room, &h);
	assert_int_equal(n.said.tally.yes, 5);
	assert_int_equal(n.said.tally.no, 1);
	assert_int_equal(n.said.tally.unknown, 1);
	assert_true(str_eq(n.said.author, S("ada")));
	answered(&h);
}

static void a_script_is_told_where_to_go_on(void **state)
{
	const struct room *room = *state;
	struct visit v;
	people_prepare(room);
	visit(&v, room, S("ada"), NULL, "GOV-02.1");
	v.q.htmx = true;
	fill_form(&v, S("met"), S("seen"), S("0"));
	field(&v.q.form, S("go"), S("next"));
	RUN(page_answer_post(&v.q, &v.r, err));
	assert_int_equal(v.r.status, 201);
	assert_true(leads(&v, "/assess/IAM-02.1?unit=cards&of=acme&saved="));
	left(&v);
}

/* The population is what was counted: a field that is empty adds nobody, however many there were before. */
static void a_count_is_what_was_typed(void **state)
{
	static const struct {
		str yes, no, unknown, because;
		const char *refused;
		struct measure_tally then;
	} cases[] = {
	    {S("9"), S("0"), S(""), S("seen"), NULL, {9, 0, 0}},
	    {S("7"), S("2"), S("1"), S("seen"), NULL, {7, 2, 1}},
	    {S(""), S("3"), S(""), S(""), NULL, {0, 3, 0}},
	    {S("0"), S("0"), S("1"), S("nobody looked yet"), NULL, {0, 0, 1}},
	    {S(""), S(""), S(""), S("nobody looked yet"), NULL, {0, 0, 4}},
	    {S("0"), S("0"), S("1"), S("  "), "othing was counted: neither a yes nor a no", {0, 0, 0}},
	    {S(""), S(""), S(""), S(""), "othing was counted: neither a yes nor a no", {0, 0, 0}},
	    {S("0"), S("0"), S("0"), S("nobody is here"), "othing was counted: neither a yes nor a no", {0, 0, 0}},
	    {S("1"), S("-3"), S(""), S("seen"), "“-3” is no count for no", {0, 0, 0}},
	    {S("2000000000"), S(""), S(""), S("seen"), "from 0 to 1\u202f000\u202f000\u202f000.", {0, 0, 0}},
	};
	const struct room *room = *state;
	people_prepare(room);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct visit v;
		struct house h;
		struct view_answer_now before = now_at(room, &h);
		char expected[24];
		(void)snprintf(expected, sizeof expected, "%lld", (long long)before.said.seq);
		answered(&h);
		visit(&v, room, S("ada"), NULL, "GOV-02.1");
		fill_form(&v, S("count"), cases[i].because, str_from(expected));
		v.form[2].value = S("4"); /* the population before */
		field(&v.q.form, S("yes"), cases[i].yes);
		field(&v.q.form, S("no"), cases[i].no);
		field(&v.q.form, S("unknown"), cases[i].unknown);
		RUN(page_answer_post(&v.q, &v.r, err));
		if (v.r.status != (cases[i].refused ? 400 : 303) || (cases[i].refused && !says(&v, cases[i].refused)))
			fail_msg("case %zu: %d %.*s", i, v.r.status, STR_ARG(buf_str(&v.r.body)));
		left(&v);
		struct view_answer_now n = now_at(room, &h);
		struct measure_tally t = cases[i].refused ? n.said.tally : cases[i].then;
		assert_true((n.said.seq == before.said.seq) == (cases[i].refused != NULL));
		assert_int_equal(n.said.tally.yes, t.yes);
		assert_int_equal(n.said.tally.no, t.no);
		assert_int_equal(n.said.tally.unknown, t.unknown);
		answered(&h);
	}
}

/* Empty before there is an answer, its own numbers after it. */
static void a_count_begins_with_what_was_said(void **state)
{
	const struct room *room = *state;
	struct visit v;
	people_prepare(room);
	for (int i = 0; i < 2; i++) {
		visit(&v, room, S("ada"), NULL, "GOV-02.1");
		field(&v.q.query, S("unit"), S("cards"));
		RUN(page_assess_question(&v.q, &v.r, err));
		assert_true(says(&v, i ? "name=\"yes\" value=\"9\"" : "name=\"yes\" value=\"\""));
		assert_true(says(&v, i ? "name=\"no\" value=\"0\"" : "name=\"no\" value=\"\""));
		assert_true(says(&v, i ? "name=\"unknown\" value=\"0\"" : "name=\"unknown\" value=\"\""));
		assert_true(says(&v, i ? "9 yes + 0 no + 0 unknown = 9." : "add up to the population"));
		left(&v);
		if (i)
			break;
		visit(&v, room, S("ada"), NULL, "GOV-02.1");
		fill_form(&v, S("count"), S("seen"), S("0"));
		field(&v.q.form, S("yes"), S("9"));
		RUN(page_answer_post(&v.q, &v.r, err));
		left(&v);
	}
}

/* The receipt was lost on its way: the form is sent as it was, over the answer that was there before. */
static void an_answer_that_is_sent_twice_is_one(void **state)
{
	const struct room *room = *state;
	struct visit v;
	struct house h;
	people_prepare(room);
	int64_t first = 0;
	for (int i = 0; i < 2; i++) {
		visit(&v, room, S("ada"), NULL, "GOV-02.1");
		fill_form(&v, S("not"), S("seen"), S("0"));
		RUN(page_answer_post(&v.q, &v.r, err));
		assert_int_equal(v.r.status, 303);
		left(&v);
		int64_t seq = now_at(room, &h).said.seq;
		answered(&h);
		assert_true(!i || seq == first);
		first = seq;
	}
	static const struct {
		const char *who, *answer, *because;
	} others[] = {{"bob", "not", "seen"}, {"ada", "met", "seen"}, {"ada", "not", "seen again"}};
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		visit(&v, room, str_from(others[i].who), NULL, "GOV-02.1");
		fill_form(&v, str_from(others[i].answer), str_from(others[i].because), S("0"));
		RUN(page_answer_post(&v.q, &v.r, err));
		assert_int_equal(v.r.status, 409);
		left(&v);
	}
	assert_int_equal(now_at(room, &h).said.seq, first);
	answered(&h);
}

/* What is undone leads back to the page it stood on; an address of somebody else leads to the start. */
static void undo_comes_back_to_where_it_was(void **state)
{
	static const struct {
		const char *back, *leads;
	} cases[] = {
	    {"/objective/GOV-02.1?unit=cards", "/objective/GOV-02.1?unit=cards&undone=1"},
	    {"https://elsewhere.example/", "/?undone=1"},
	    {"//elsewhere.example/", "/?undone=1"},
	    {"/\\elsewhere.example/", "/?undone=1"},
	};
	const struct room *room = *state;
	struct visit v;
	struct house h;
	char seq[24];
	people_prepare(room);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct view_answer_now n = now_at(room, &h);
		(void)snprintf(seq, sizeof seq, "%lld", (long long)n.said.seq);
		answered(&h);
		visit(&v, room, S("ada"), NULL, "GOV-02.1");
		fill_form(&v, S("met"), S("seen"), str_from(seq));
		RUN(page_answer_post(&v.q, &v.r, err));
		left(&v);
		n = now_at(room, &h);
		(void)snprintf(seq, sizeof seq, "%lld", (long long)n.said.seq);
		answered(&h);
		visit(&v, room, S("ada"), NULL, "GOV-02.1");
		field(&v.q.form, S("seq"), str_from(seq));
		field(&v.q.form, S("back"), str_from(cases[i].back));
		RUN(page_answer_undo(&v.q, &v.r, err));
		assert_true(str_eq(v.r.location, str_from(cases[i].leads)));
		left(&v);
	}
	visit(&v, room, S("ada"), NULL, "GOV-02.1");
	fill_form(&v, S("met"), S("seen"), S("0"));
	RUN(page_answer_post(&v.q, &v.r, err));
	left(&v);
	int64_t last = now_at(room, &h).said.seq;
	answered(&h);
	(void)snprintf(seq, sizeof seq, "%lld", (long long)last);
	visit(&v, room, S("ada"), NULL, "GOV-02.1");
	field(&v.q.query, S("unit"), S("cards"));
	field(&v.q.query, S("saved"), str_from(seq));
	field(&v.q.query, S("saved_objective"), S("GOV-02.1"));
	field(&v.q.query, S("saved_unit"), S("cards"));
	RUN(page_objective(&v.q, &v.r, err));
	assert_true(says(&v, "name=\"back\" value=\"/objective/GOV-02.1?unit=cards\""));
	left(&v);
}

static void two_who_answer_see_both_and_one_is_chosen(void **state)
{
	const struct room *room = *state;
	struct visit v;
	struct house h;
	people_prepare(room);
	visit(&v, room, S("ada"), NULL, "GOV-02.1");
	fill_form(&v, S("met"), S(HOSTILE), S("0"));
	RUN(page_answer_post(&v.q, &v.r, err));
	left(&v);
	int64_t first = now_at(room, &h).said.seq;
	answered(&h);

	visit(&v, room, S("bob"), NULL, "GOV-02.1");
	fill_form(&v, S("not"), S("mine"), S("0"));
	RUN(page_answer_post(&v.q, &v.r, err));
	assert_int_equal(v.r.status, 409);
	assert_true(says(&v, "Theirs counts"));
	assert_true(says(&v, "&lt;script&gt;alert(1)"));
	assert_false(says(&v, "<script>alert"));
	assert_true(says(&v, "name=\"because\" value=\"mine\""));
	left(&v);
	assert_true(now_at(room, &h).said.seq == first);
	answered(&h);

	/* Theirs: mine is recorded and taken back, and theirs stands as it was. */
	char expected[24];
	(void)snprintf(expected, sizeof expected, "%lld", (long long)first);
	visit(&v, room, S("bob"), NULL, "GOV-02.1");
	fill_form(&v, S("not"), S("mine"), str_from(expected));
	field(&v.q.form, S("choice"), S("theirs"));
	RUN(page_answer_post(&v.q, &v.r, err));
	left(&v);
	assert_true(now_at(room, &h).said.seq == first);
	answered(&h);

	visit(&v, room, S("bob"), NULL, "GOV-02.1");
	fill_form(&v, S("not"), S("mine"), str_from(expected));
	field(&v.q.form, S("choice"), S("mine"));
	RUN(page_answer_post(&v.q, &v.r, err));
	left(&v);
	struct view_answer_now n = now_at(room, &h);
	assert_true(n.said.seq > first + 1); /* the one that was taken back stays a fact between them */
	assert_int_equal(n.said.tally.no, 1);
	answered(&h);
}

static void who_else_has_a_question_open_is_told(void **state)
{
	const struct room *room = *state;
	struct presence_table here = {0};
	struct visit v;
	presence_init(&here);
	people_prepare(room);
	visit(&v, room, S("ada"), NULL, "GOV-02.1");
	field(&v.q.query, S("unit"), S("cards"));
	v.q.presence = &here;
	RUN(page_assess_question(&v.q, &v.r, err));
	assert_false(says(&v, "open too"));
	left(&v);
	visit(&v, room, S("bob"), NULL, "GOV-02.1");
	field(&v.q.query, S("unit"), S("cards"));
	v.q.presence = &here;
	v.q.user_shown = S(HOSTILE);
	RUN(page_assess_question(&v.q, &v.r, err));
	assert_true(says(&v, "ada</span> has this open too"));
	left(&v);
	visit(&v, room, S("ada"), NULL, "GOV-02.1");
	field(&v.q.query, S("unit"), S("cards"));
	v.q.presence = &here;
	RUN(page_assess_presence(&v.q, &v.r, err));
	assert_true(says(&v, "&lt;script&gt;alert(1)"));
	assert_false(says(&v, "<script>alert"));
	left(&v);
	visit(&v, room, S("ada"), NULL, "GOV-02.1");
	v.house.app.now_ms = now + PRESENCE_MS + 1;
	field(&v.q.query, S("unit"), S("cards"));
	v.q.presence = &here;
	RUN(page_assess_presence(&v.q, &v.r, err));
	assert_false(says(&v, "open too"));
	left(&v);
	presence_end(&here);
}

static void of_many_places_the_oldest_is_forgotten(void **state)
{
	static struct presence_table here;
	struct arena a = ARENA(LIMIT_COMMAND_BYTES);
	const str *others;
	size_t n;
	char user[16];
	(void)state;
	presence_init(&here);
	for (int i = 0; i <= PRESENCE_SLOTS; i++) {
		(void)snprintf(user, sizeof user, "u%d", i);
		RUN(presence_meet(&here, &(struct presence_place){S("o"), S("u")}, str_from(user), str_from(user),
				  1000 + i, &a, &others, &n, err));
	}
	for (int i = 0; i < PRESENCE_SLOTS; i++)
		assert_string_not_equal(here.slots[i].shown, "u0");
	assert_int_equal(n, PRESENCE_SHOWN);
	presence_end(&here);
	arena_release(&a);
}

static void a_respondent_sees_only_the_question_that_is_assigned(void **state)
{
	const struct room *room = *state;
	struct visit v;
	struct person p;
	struct err why = {0};
	struct house h;
	struct view_user user;
	people_prepare(room);
	ask(&h, room, now);
	RUN(app_user_add(&h.app, &(struct app_user){.name = S("rob"), .role = ACCESS_RESPONDENT}, &user, err));
	answered(&h);
	const struct access *rob = person(&p, S("rob"), ACCESS_RESPONDENT, S("acme"));
	visit(&v, room, S("rob"), rob, "GOV-02.1");
	field(&v.q.query, S("unit"), S("cards"));
	RUN(page_assess_question(&v.q, &v.r, err));
	assert_true(says(&v, "action=\"/objective/GOV-02.1/answer\""));
	assert_false(says(&v, "IAM-02.1"));
	assert_false(says(&v, "shop"));
	left(&v);
	visit(&v, room, S("rob"), rob, "IAM-02.1");
	field(&v.q.query, S("unit"), S("cards"));
	assert_int_equal(page_assess_question(&v.q, &v.r, &why), E_DENIED);
	left(&v);
	visit(&v, room, S("rob"), rob, "IAM-02.1");
	fill_form(&v, S("met"), S(""), S("0"));
	assert_int_equal(page_answer_post(&v.q, &v.r, &why), E_DENIED);
	left(&v);
}

static void a_second_person_sees_what_waits_and_returns_it(void **state)
{
	const struct room *room = *state;
	struct visit v;
	struct house h;
	people_prepare(room);
	visit(&v, room, S("ada"), NULL, "GOV-02.1");
	fill_form(&v, S("met"), S(HOSTILE), S("0"));
	RUN(page_answer_post(&v.q, &v.r, err));
	left(&v);
	char seq[24];
	(void)snprintf(seq, sizeof seq, "%lld", (long long)now_at(room, &h).said.seq);
	answered(&h);
	visit(&v, room, S("bob"), NULL, "");
	RUN(page_review(&v.q, &v.r, err));
	assert_true(says(&v, "1 answer waits for a second person"));
	assert_true(says(&v, "&lt;script&gt;alert(1)"));
	assert_false(says(&v, "<script>alert"));
	assert_true(says(&v, "Return with comment"));
	left(&v);
	visit(&v, room, S("ada"), NULL, "");
	RUN(page_review(&v.q, &v.r, err));
	assert_true(says(&v, "This is your own answer."));
	assert_false(says(&v, "Return with comment"));
	left(&v);
	visit(&v, room, S("bob"), NULL, "");
	field(&v.q.form, S("seq"), str_from(seq));
	field(&v.q.form, S("comment"), S("which list?"));
	v.q.query_text = S("unit=acme");
	RUN(page_review_return(&v.q, &v.r, err));
	assert_true(leads(&v, "/review?unit=acme&done="));
	left(&v);
	assert_true(str_eq(now_at(room, &h).said.returned_because, S("which list?")));
	answered(&h);
}

/* By the name that a person is shown under, wherever an answer says whose it is. */
static void an_answer_is_by_the_name_that_is_shown(void **state)
{
	static const struct app_user users[] = {{.name = S("ada"), .shown = S("Ada Lovelace")},
						{.name = S("bob"), .shown = S("Bob " HOSTILE)}};
	const struct room *room = *state;
	struct visit v;
	struct house h;
	struct view_user user;
	people_prepare(room);
	ask(&h, room, now);
	for (size_t i = 0; i < 2; i++)
		RUN(app_user_add(&h.app, &users[i], &user, err));
	answered(&h);
	visit(&v, room, S("ada"), NULL, "GOV-02.1");
	fill_form(&v, S("met"), S("seen"), S("0"));
	RUN(page_answer_post(&v.q, &v.r, err));
	left(&v);
	struct view_answer_now n = now_at(room, &h);
	char seq[24];
	(void)snprintf(seq, sizeof seq, "%lld", (long long)n.said.seq);
	assert_true(str_eq(n.said.author, S("ada")));
	answered(&h);
	visit(&v, room, S("bob"), NULL, "");
	RUN(page_review(&v.q, &v.r, err));
	assert_true(says(&v, "by <span class=\"user\" dir=\"auto\">Ada Lovelace</span> <span class=\"mut\">(<span "
			     "class=\"user\" dir=\"auto\">ada</span>)"));
	assert_true(says(&v, "1 yes + 0 no + 0 unknown = 1."));
	left(&v);
	visit(&v, room, S("bob"), NULL, "GOV-02.1");
	fill_form(&v, S("not"), S("mine"), S("0"));
	RUN(page_answer_post(&v.q, &v.r, err));
	assert_int_equal(v.r.status, 409);
	assert_true(
	    says(&v, "Ada Lovelace</span> <span class=\"mut\">(<span class=\"user\" dir=\"auto\">ada</span>)</span> "
		     "answered for"));
	left(&v);
	visit(&v, room, S("bob"), NULL, "");
	field(&v.q.form, S("seq"), str_from(seq));
	field(&v.q.form, S("comment"), S("which list?"));
	RUN(page_review_return(&v.q, &v.r, err));
	left(&v);
	visit(&v, room, S("ada"), NULL, "GOV-02.1");
	field(&v.q.query, S("unit"), S("cards"));
	RUN(page_assess_question(&v.q, &v.r, err));
	assert_true(says(&v,
			 "Bob &lt;script&gt;alert(1)&lt;/script&gt;</span> <span class=\"mut\">(<span class=\"user\" "
			 "dir=\"auto\">bob</span>)</span> returned this answer."));
	assert_false(says(&v, "<script>alert"));
	left(&v);
}

static void a_target_stands_in_the_list_the_map_and_the_category(void **state)
{
	const struct room *room = *state;
	struct visit v;
	people_prepare(room);
	visit(&v, room, S("lea"), NULL, "GOV");
	field(&v.q.form, S("unit"), S("acme"));
	field(&v.q.form, S("level"), S("3"));
	field(&v.q.form, S("due"), S("2030-06-30"));
	field(&v.q.form, S("because"), S(HOSTILE));
	field(&v.q.form, S("owner"), S("Ines"));
	RUN(page_targets_set(&v.q, &v.r, err));
	assert_true(leads(&v, "/targets?set=GOV"));
	left(&v);
	visit(&v, room, S("lea"), NULL, "");
	RUN(page_targets(&v.q, &v.r, err));
	assert_true(says(&v, "0 of 1 target is reached"));
	assert_true(says(&v, "&lt;script&gt;alert(1)"));
	assert_false(says(&v, "<script>alert"));
	assert_true(says(&v, "Open</span>, <span class=\"nw\">2 levels to go"));
	left(&v);
	visit(&v, room, S("lea"), NULL, "");
	RUN(page_overview(&v.q, &v.r, err));
	assert_true(says(&v, "tgt\" href=\"/category/GOV#level-3\""));
	left(&v);
	visit(&v, room, S("lea"), NULL, "GOV");
	RUN(page_category(&v.q, &v.r, err));
	assert_true(says(&v, "Change target"));
	left(&v);
	visit(&v, room, S("lea"), NULL, "");
	RUN(page_targets_csv(&v.q, &v.r, err));
	assert_true(says(&v, "GOV,1,1,3,2030-06-30,open,Ines,,"));
	left(&v);
}

/* The form of a target, with the target that it was opened over. */
static void decide(struct visit *v, const struct room *room, const char *who, const char *level, const char *due,
		   str because, str expected)
{
	visit(v, room, str_from(who), NULL, "GOV");
	v->q.path = S("/targets/GOV");
	field(&v->q.form, S("unit"), S("cards"));
	field(&v->q.form, S("level"), str_from(level));
	field(&v->q.form, S("due"), str_from(due));
	field(&v->q.form, S("because"), because);
	field(&v->q.form, S("owner"), S("Ines"));
	field(&v->q.form, S("approver"), S(""));
	field(&v->q.form, S("expected"), expected);
	RUN(page_targets_set(&v->q, &v->r, err));
}

static void of_two_who_decide_the_second_sees_what_the_first_set(void **state)
{
	const struct room *room = *state;
	struct visit v;
	people_prepare(room);
	decide(&v, room, "lea", "4", "2030-06-30", S("the board " HOSTILE), S("0"));
	assert_true(leads(&v, "/targets?set=GOV"));
	left(&v);
	decide(&v, room, "ada", "2", "2029-03-31", S("enough for cards"), S("0"));
	assert_int_equal(v.r.status, 409);
	static const char *const shown[] = {"Decided meanwhile",
					    "What holds now was set by",
					    "lea",
					    "2030-06-30",
					    "2029-03-31",
					    "the board &lt;script&gt;alert(1)",
					    "enough for cards",
					    "name=\"expected\" value=\"1\""};
	for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
		if (!says(&v, shown[i]))
			fail_msg("no %s in %.*s", shown[i], STR_ARG(buf_str(&v.r.body)));
	assert_false(says(&v, "<script>alert"));
	left(&v);
	/* Another refusal has nothing to compare. */
	decide(&v, room, "ada", "2", "2029-03-31", S(""), S("1"));
	assert_int_equal(v.r.status, 400);
	assert_false(says(&v, "Decided meanwhile"));
	left(&v);
	decide(&v, room, "ada", "2", "2029-03-31", S("enough for cards"), S("1"));
	assert_true(leads(&v, "/targets?set=GOV"));
	left(&v);
}

static void a_target_for_a_day_that_is_over_is_refused_at_its_field(void **state)
{
	const struct room *room = *state;
	struct visit v;
	people_prepare(room);
	decide(&v, room, "lea", "4", "2020-05-01", S("long ago"), S("0"));
	assert_int_equal(v.r.status, 400);
	assert_true(says(&v, "The date “2020-05-01” is over."));
	assert_true(says(&v, "aria-describedby=\"t-due-e\""));
	left(&v);
}

#define CASES(ON)                                                                                                      \
	ON(of_two_who_decide_the_second_sees_what_the_first_set),                                                      \
	    ON(a_target_for_a_day_that_is_over_is_refused_at_its_field),                                               \
	    ON(an_answer_is_saved_and_the_next_question_comes), ON(undo_comes_back_to_where_it_was),                   \
	    ON(two_who_answer_see_both_and_one_is_chosen), ON(a_script_is_told_where_to_go_on),                        \
	    ON(an_answer_that_is_sent_twice_is_one), ON(who_else_has_a_question_open_is_told),                         \
	    ON(of_many_places_the_oldest_is_forgotten), ON(a_respondent_sees_only_the_question_that_is_assigned),      \
	    ON(a_second_person_sees_what_waits_and_returns_it), ON(a_count_is_what_was_typed),                         \
	    ON(a_count_begins_with_what_was_said), ON(an_answer_is_by_the_name_that_is_shown),                         \
	    ON(a_target_stands_in_the_list_the_map_and_the_category)
STORE_MAIN("web/assess")
