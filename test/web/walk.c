/**
 * Every route, asked by everybody there is: what comes back is what the table says. Then what the table cannot say: the
 * unit that is not one's own.
 */
#include "web/house.h"

#include "app/answer.h"
#include "app/approval.h"
#include "app/comment.h"
#include "app/dismiss.h"
#include "app/target.h"

enum who { NOBODY, RESPONDENT, READER, ASSESSOR, LEAD, ADMIN, FEEDER, READER_SOUTH, ASSESSOR_SOUTH, LEAD_SOUTH, ALL };

static const struct {
	const char *name;
	enum access_role role;
	const char *unit;
} people[ALL] = {
    [NOBODY] = {NULL, ACCESS_NONE, ""},
    [RESPONDENT] = {"respondent", ACCESS_RESPONDENT, ""},
    [READER] = {"reader", ACCESS_READER, ""},
    [ASSESSOR] = {"assessor", ACCESS_ASSESSOR, ""},
    [LEAD] = {"lead", ACCESS_LEAD, ""},
    [ADMIN] = {"admin", ACCESS_ADMIN, ""},
    [FEEDER] = {NULL, ACCESS_NONE, ""},
    [READER_SOUTH] = {"reader-south", ACCESS_READER, "south"},
    [ASSESSOR_SOUTH] = {"assessor-south", ACCESS_ASSESSOR, "south"},
    [LEAD_SOUTH] = {"lead-south", ACCESS_LEAD, "south"},
};

struct town {
	const struct room *room;
	struct arena arena;
	struct visitor visitors[ALL];
};

static void build(struct town *t, const struct room *room)
{
	struct house h;
	struct view_assignment assignment;
	*t = (struct town){.room = room, .arena = ARENA(1 << 20)};
	organise(room);
	use_small_model(room);
	add_user(room, S("victim"), ACCESS_RESPONDENT, S("north"));
	for (int i = 0; i < ALL; i++)
		if (people[i].name) {
			str name = str_from(people[i].name);
			add_user(room, name, people[i].role, str_from(people[i].unit));
			set_password(room, name, password);
			t->visitors[i] = visitor_of(room, name, &t->arena);
		}
	hand_in(room, S("hr"), S("north"), S("id,unit,active\np1,north,true\n"));
	hand_in(room, S("hr-south"), S("south"), S("id,unit,active\np9,south,true\n"));
	t->visitors[FEEDER] =
	    token_of(room, &(struct app_token){.name = S("f"), .user = S("lead"), .feed = S("hr"), .unit = S("north")},
		     &t->arena);
	ask(&h, room, now);
	struct app_assign assign = {.objective = S("GOV-02.1"), .unit = S("north"), .user = S("respondent")};
	RUN(app_assign_add(&h.app, &assign, &assignment, err));
	answered(&h);
}

/* The pattern with something that is there in each pair of braces. */
static void address_of(const struct route *route, struct buf *b)
{
	static const struct {
		str after, value;
	} fill[] = {
	    {S("/category/"), S("GOV")},        {S("/categories/"), S("GOV")}, {S("/objectives/"), S("GOV-02.1")},
	    {S("/objective/"), S("GOV-02.1")},  {S("/feeds/"), S("hr")},       {S("/feed/"), S("hr")},
	    {S("/models/"), S("active")},       {S("/tokens/"), S("99")},      {S("/users/"), S("victim")},
	    {S("/help/"), S("units")},          {S("/targets/"), S("GOV")},    {S("/assess/"), S("GOV-02.1")},
	    {S("/registers/"), S("ai_system")},
	};
	str rest = route->pattern, segment;
	while (rest.n) {
		(void)str_cut(rest, '/', &segment, &rest);
		if (!str_starts(segment, S("{"))) {
			buf_add(b, segment);
			if (rest.n || str_eq(route->pattern, S("/")))
				buf_char(b, '/');
			continue;
		}
		str value = S("x");
		for (size_t i = 0; i < sizeof fill / sizeof fill[0]; i++)
			if (str_ends(buf_str(b), fill[i].after))
				value = fill[i].value;
		buf_add(b, value);
		if (rest.n)
			buf_char(b, '/');
	}
}

static const char *method_of(const struct route *route)
{
	static const char *const words[REQUEST_METHODS] = {"GET", "POST", "PUT", "DELETE"};
	return words[route->method];
}

/* May they, by the table alone? */
static bool may(const struct route *route, enum who who)
{
	if (route->kind & (ROUTE_OPEN | ROUTE_FILE))
		return true;
	if (who == FEEDER)
		return route->kind & ROUTE_FEEDER;
	if (route->kind & ROUTE_ANYBODY || people[who].role >= route->role)
		return true;
	return who == RESPONDENT && route->kind & ROUTE_ASSIGNED;
}

/* What the table allows and app/ refuses still: somebody else's token, which is named by its number. */
static bool decided_in_app(const struct route *route)
{
	return str_eq(route->pattern, S("/account/token/end")) ||
	       (route->document && str_eq(route->document->id, S("revokeToken")));
}

static void check_nobody(const struct route *route, const struct visit *v, int status)
{
	if (route->kind & ROUTE_SECRET) {
		assert_int_not_equal(status, 200); /* nothing was filled in */
	} else if (route->kind & (ROUTE_OPEN | ROUTE_FILE)) {
		assert_int_not_equal(status, 401);
		assert_int_not_equal(status, 403);
	} else if (v->q.json) {
		assert_int_equal(status, 401);
		assert_true(str_eq(v->r.authenticate, S("Bearer")));
		assert_true(str_eq(v->r.type, S("application/problem+json")));
	} else if (route->method == REQUEST_GET) {
		assert_int_equal(status, 303);
		assert_true(str_starts(v->r.location, S("/sign-in?to=")));
	} else {
		assert_true(visit_shows(v, "password")); /* the form asks again */
	}
}

/* Who only answers begins with what is to be answered, and not with a program that it may not see. */
static bool goes_elsewhere(const struct route *route, enum who who, const struct visit *v, int status)
{
	return who == RESPONDENT && str_eq(route->pattern, S("/")) && status == 303 &&
	       str_starts(v->r.location, S("/assess")) && !v->r.body.n;
}

static void check_one(const struct town *t, const struct route *route, enum who who, str address)
{
	struct visit v;
	visit_begin(&v, t->room, address);
	visit_as(&v, &t->visitors[who]);
	/* A token is for the API alone: on a page it is nobody. */
	bool nobody = who == NOBODY || (who == FEEDER && !v.q.json);
	int status = visit_answer(&v, method_of(route));
	bool denied = true;
	if (nobody)
		check_nobody(route, &v, status);
	else if (!may(route, who))
		denied = status == 403 || goes_elsewhere(route, who, &v, status);
	else if (!decided_in_app(route) && !(route->kind & ROUTE_SECRET) && status == 403)
		fail_msg("%s %.*s by %d: %s", method_of(route), STR_ARG(address), who, v.why.message);
	if (!denied || status == 500)
		fail_msg("%s %.*s by %d: %d", method_of(route), STR_ARG(address), who, status);
	visit_end(&v);
}

static void every_route_answers_everybody_as_its_table_says(void **state)
{
	struct town t;
	build(&t, *state);
	for (size_t i = 0; i < route_count; i++) {
		struct buf address = BUF(4096);
		address_of(&route_table[i], &address);
		if (str_starts(route_table[i].pattern, S("/api/v1/objectives/")))
			buf_add(&address, S("?unit=north"));
		for (int who = NOBODY; who <= FEEDER; who++)
			if (!str_eq(route_table[i].pattern, S("/sign-out")))
				check_one(&t, &route_table[i], (enum who)who, buf_str(&address));
		buf_release(&address);
	}
	arena_release(&t.arena);
}

/* Something of every kind that pages have forms for. */
static void furnish(const struct town *t)
{
	struct house h;
	struct view_answer answer;
	struct view_comment comment;
	struct view_approval approval;
	struct view_target target;
	struct view_link link;
	bool unchanged;
	struct app_answer a = {
	    .objective = S("GOV-02.1"), .unit = S("north"), .tally = {1, 0, 0}, .because = S("a reason")};
	struct app_approval_request request = {
	    .system = S("x"), .unit = S("north"), .deployment = MODEL_SAAS, .because = S("a trial")};
	struct app_target aim = {.category = S("GOV"),
				 .level = 3,
				 .due = at_time(now + 90 * TIME_DAY_MS),
				 .because = S("a reason"),
				 .owner = S("victim")};
	struct app_link same = {.name = S("ex"), .system = S("x")};
	hand_in_as(t->room, S("reg"), S("north"), S("ai_system"), S("id,unit,name\nx,north,X\n"));
	hand_in_as(t->room, S("seen"), S("north"), S("agent"), S("id,unit,system_id\na1,north,shadowy\n"));
	ask(&h, t->room, now);
	h.app.actor = S("victim");
	RUN(app_answer(&h.app, &a, &answer, err));
	RUN(app_approval_request(&h.app, &request, &approval, err));
	h.app.actor = S("admin");
	RUN(app_comment_add(&h.app, S("GOV-02.1"), S(""), S("a word"), &comment, err));
	RUN(app_target_set(&h.app, &aim, &target, &unchanged, err));
	RUN(app_link_add(&h.app, &same, &link, err));
	answered(&h);
}

/* In what the page itself is: the frame has a form to sign out. */
static bool writes(const struct visit *v)
{
	str body = buf_str(&v->r.body);
	ptrdiff_t main = str_find(body, S("<main"));
	return main >= 0 && str_find(str_slice(body, (size_t)main, body.n), S("method=\"post\"")) >= 0;
}

/* -> how many pages are about the instant. */
static int look_at(const struct town *t, const char *at, int *today)
{
	int there = 0;
	for (size_t i = 0; i < route_count; i++) {
		const struct route *route = &route_table[i];
		struct buf address = BUF(4096);
		struct visit v;
		if (route->method != REQUEST_GET || route->document || route->kind & (ROUTE_FILE | ROUTE_OPEN))
			continue;
		address_of(route, &address);
		buf_add(&address, S("?unit=north&at="));
		buf_add(&address, str_from(at));
		visit_begin(&v, t->room, buf_str(&address));
		visit_as(&v, &t->visitors[ADMIN]);
		bool shown = visit_answer(&v, "GET") == 200, closed = visit_shows(&v, "Nothing can be changed here");
		if (shown && closed && writes(&v))
			fail_msg("%.*s says that nothing can be changed, and has a form", STR_ARG(buf_str(&address)));
		if (shown && !closed && writes(&v) && visit_shows(&v, "pick-at"))
			fail_msg("%.*s has a form and offers an instant", STR_ARG(buf_str(&address)));
		there += shown && closed;
		*today += shown && !closed && writes(&v);
		visit_end(&v);
		buf_release(&address);
	}
	return there;
}

static void at_another_instant_no_page_has_a_form_that_writes(void **state)
{
	struct town t;
	int today = 0;
	build(&t, *state);
	furnish(&t);
	assert_true(look_at(&t, "2024-01-04", &today) >= 20); /* the future, which has all that there is now */
	assert_true(look_at(&t, "2024-01-03T22:13:19Z", &today) >= 0);
	assert_true(today >= 10);
	arena_release(&t.arena);
}

static int asked(const struct town *t, enum who who, const char *method, const char *address, const char *hidden)
{
	struct visit v;
	visit_begin(&v, t->room, str_from(address));
	visit_as(&v, &t->visitors[who]);
	int status = visit_answer(&v, method);
	if (hidden && visit_shows(&v, hidden))
		fail_msg("%s shows %s", address, hidden);
	visit_end(&v);
	return status;
}

static int sent(const struct town *t, enum who who, const char *method, const char *address, const char *type,
		const char *body)
{
	struct visit v;
	visit_begin(&v, t->room, str_from(address));
	visit_as(&v, &t->visitors[who]);
	visit_send(&v, str_from(type), str_from(body));
	int status = visit_answer(&v, method);
	if (status >= 400)
		print_message("%s: %d %s\n", address, status, v.why.message);
	visit_end(&v);
	return status;
}

/* What somebody is told, with every * of what is asked written as a word. */
struct told {
	int status;
	str text; /* the word is a * again */
};

static str filled(struct arena *a, const char *pattern, const char *word)
{
	struct buf b = BUF(4096);
	for (; *pattern; pattern++)
		buf_add(&b, *pattern == '*' ? str_from(word) : (str){pattern, 1});
	str out = str_copy(a, buf_str(&b));
	buf_release(&b);
	return out;
}

static str blanked(struct arena *a, str text, const char *word)
{
	struct buf b = BUF(1 << 20);
	for (int64_t at; (at = str_find(text, str_from(word))) >= 0;) {
		buf_add(&b, str_slice(text, 0, (size_t)at));
		buf_char(&b, '*');
		text = str_slice(text, (size_t)at + strlen(word), text.n);
	}
	buf_add(&b, text);
	str out = str_copy(a, buf_str(&b));
	buf_release(&b);
	return out;
}

struct question {
	enum who who;
	const char *method, *address, *body; /* body NULL: nothing is sent */
};

static struct told tell(struct town *t, const struct question *ask, const char *word)
{
	struct visit v;
	struct told out;
	visit_begin(&v, t->room, filled(&t->arena, ask->address, word));
	visit_as(&v, &t->visitors[ask->who]);
	if (ask->body)
		visit_send(&v, ask->body[0] == '{' ? S("application/json") : S("text/csv"),
			   filled(&t->arena, ask->body, word));
	out.status = visit_answer(&v, ask->method);
	out.text = blanked(&t->arena, buf_str(&v.r.body), word);
	visit_end(&v);
	return out;
}

/* Everything that is asked with the id of a unit. */
static const struct question with_unit[] = {
    {READER_SOUTH, "GET", "/?unit=*", NULL},
    {READER_SOUTH, "GET", "/category/GOV?unit=*", NULL},
    {READER_SOUTH, "GET", "/units?unit=*", NULL},
    {READER_SOUTH, "GET", "/units.csv?unit=*", NULL},
    {READER_SOUTH, "GET", "/units/roll-up?unit=*&objective=GOV-02.1", NULL},
    {READER_SOUTH, "GET", "/units/roll-up.csv?unit=*&objective=GOV-02.1", NULL},
    {READER_SOUTH, "GET", "/compare?unit=south&with=*", NULL},
    {READER_SOUTH, "GET", "/compare?unit=*&with=south", NULL},
    {READER_SOUTH, "GET", "/compare.csv?unit=south&with=*", NULL},
    {READER_SOUTH, "GET", "/compare/objectives.csv?unit=*&with=south", NULL},
    {READER_SOUTH, "GET", "/objective/GOV-02.1?unit=*", NULL},
    {READER_SOUTH, "GET", "/objective/GOV-02.1/offenders.csv?unit=*", NULL},
    {READER_SOUTH, "GET", "/objective/GOV-02.1/measures.csv?unit=*", NULL},
    {READER_SOUTH, "GET", "/registers/shadow.csv?unit=*", NULL},
    {READER_SOUTH, "GET", "/targets?unit=*", NULL},
    {READER_SOUTH, "GET", "/registers?unit=*", NULL},
    {READER_SOUTH, "GET", "/evidence?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/score?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/score?unit=*&at=2023-01-01", NULL},
    {READER_SOUTH, "GET", "/api/v1/check?min=GOV=1&unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/overview?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/compare?unit=south&with_unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/units?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/units/map?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/units/*/roll-up?objective=GOV-02.1", NULL},
    {READER_SOUTH, "GET", "/api/v1/categories/GOV?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/objectives/GOV-02.1?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/objectives/GOV-02.1/history?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/gap?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/targets?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/targets/GOV?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/answers?objective=GOV-02.1&unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/comments?objective=GOV-02.1&unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/approvals?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/registers/person?unit=*", NULL},
    {READER_SOUTH, "GET", "/api/v1/queue?unit=*", NULL},
    {ASSESSOR_SOUTH, "GET", "/api/v1/reviews?unit=*", NULL},
    {ASSESSOR_SOUTH, "POST", "/api/v1/answers", "{\"objective\":\"GOV-02.1\",\"unit\":\"*\",\"answer\":\"met\"}"},
    {ASSESSOR_SOUTH, "POST", "/api/v1/comments", "{\"objective\":\"GOV-02.1\",\"unit\":\"*\",\"text\":\"so\"}"},
    {ASSESSOR_SOUTH, "POST", "/api/v1/documents?objective=GOV-02.1&unit=*&name=a.txt", "a"},
    {ASSESSOR_SOUTH, "POST", "/api/v1/dismissals", "{\"name\":\"a\",\"unit\":\"*\",\"because\":\"so\"}"},
    {ASSESSOR_SOUTH, "DELETE", "/api/v1/dismissals?name=a&unit=*", NULL},
    {ASSESSOR_SOUTH, "POST", "/api/v1/approvals",
     "{\"system\":\"a\",\"unit\":\"*\",\"deployment\":\"saas\",\"because\":\"so\"}"},
    {ASSESSOR_SOUTH, "POST", "/api/v1/feeds/fresh?observed=2024-01-01&format=person&unit=*",
     "id,unit,active\np2,south,true\n"},
    {ASSESSOR_SOUTH, "POST", "/api/v1/feeds/hr-south?observed=2024-01-01&format=person&replace=true",
     "id,unit,active\np2,*,true\n"},
    {LEAD_SOUTH, "PUT", "/api/v1/targets/GOV?unit=*",
     "{\"level\":3,\"by_date\":\"2030-01-01\",\"because\":\"so\",\"owner\":\"o\"}"},
    {LEAD_SOUTH, "DELETE", "/api/v1/targets/GOV?because=so&unit=*", NULL},
    {LEAD_SOUTH, "POST", "/api/v1/assignments", "{\"objective\":\"GOV-02.1\",\"unit\":\"*\",\"user\":\"victim\"}"},
    {LEAD_SOUTH, "DELETE", "/api/v1/assignments?objective=GOV-02.1&user=respondent&unit=*", NULL},
    {LEAD_SOUTH, "POST", "/api/v1/tokens",
     "{\"name\":\"t\",\"role\":\"reader\",\"unit\":\"*\",\"password\":\"kettle and ocean\"}"},
    {RESPONDENT, "GET", "/objective/GOV-02.1?unit=*", NULL},
    {RESPONDENT, "GET", "/api/v1/objectives/GOV-02.1?unit=*", NULL},
    {FEEDER, "POST", "/api/v1/feeds/hr?observed=2024-01-01&format=person&unit=*", "id,unit,active\np2,north,true\n"},
};

/* A unit that is there and one that is not: who may not see the one is told the same of both. */
static void a_unit_that_may_not_be_seen_is_as_if_it_were_not_there(void **state)
{
	struct town t;
	build(&t, *state);
	for (size_t i = 0; i < sizeof with_unit / sizeof with_unit[0]; i++) {
		bool north = with_unit[i].who != RESPONDENT && with_unit[i].who != FEEDER;
		const char *const hidden[] = {"acme", north ? "north" : "south"};
		struct told none = tell(&t, &with_unit[i], "nowhere");
		if (none.status != 404)
			fail_msg("%s: %d %.*s", with_unit[i].address, none.status, STR_ARG(none.text));
		for (size_t k = 0; k < sizeof hidden / sizeof hidden[0]; k++) {
			struct told told = tell(&t, &with_unit[i], hidden[k]);
			if (told.status != none.status || !str_eq(told.text, none.text))
				fail_msg("%s by %d of %s: %d %.*s", with_unit[i].address, with_unit[i].who, hidden[k],
					 told.status, STR_ARG(told.text));
		}
	}
	/* Nor is its spelling told. */
	struct told nearly = tell(&t, &(struct question){READER_SOUTH, "GET", "/api/v1/score?unit=*", NULL}, "NORTH");
	assert_int_equal(nearly.status, 404);
	assert_true(str_find(nearly.text, S("did you mean")) < 0);
	arena_release(&t.arena);
}

/* A feed belongs to its unit. */
static void a_feed_of_another_unit_is_as_if_it_were_not_there(void **state)
{
	static const struct question asks[] = {
	    {READER_SOUTH, "GET", "/api/v1/feeds/*", NULL},
	    {READER_SOUTH, "GET", "/api/v1/feeds/*/history", NULL},
	    {LEAD_SOUTH, "PUT", "/api/v1/feeds/*", "{\"owner\":\"me\"}"},
	    {LEAD_SOUTH, "DELETE", "/api/v1/feeds/*", NULL},
	    {ASSESSOR_SOUTH, "POST", "/api/v1/links", "{\"name\":\"a\",\"system\":\"b\",\"feed\":\"*\"}"},
	};
	struct town t;
	build(&t, *state);
	for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
		struct told none = tell(&t, &asks[i], "nothing"), told = tell(&t, &asks[i], "hr");
		if (told.status != 404 || none.status != 404 || !str_eq(told.text, none.text))
			fail_msg("%s: %d %.*s", asks[i].address, told.status, STR_ARG(told.text));
	}
	arena_release(&t.arena);
}

/* Without a unit an answer is about the part that may be read, as on the pages. */
static void who_reads_one_unit_is_answered_about_it(void **state)
{
	static const char *const addresses[] = {
	    "/",
	    "/units",
	    "/api/v1/score",
	    "/api/v1/check?min=GOV=1",
	    "/api/v1/overview",
	    "/api/v1/compare",
	    "/api/v1/units",
	    "/api/v1/units/map",
	    "/api/v1/categories/GOV",
	    "/api/v1/objectives/GOV-02.1",
	    "/api/v1/objectives/GOV-02.1/history",
	    "/api/v1/gap",
	    "/api/v1/targets",
	    "/api/v1/targets/GOV",
	    "/api/v1/answers?objective=GOV-02.1",
	    "/api/v1/comments?objective=GOV-02.1",
	    "/api/v1/approvals",
	    "/api/v1/queue",
	    "/api/v1/registers/person",
	};
	struct town t;
	build(&t, *state);
	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		int status = asked(&t, READER_SOUTH, "GET", addresses[i], "north");
		if (status != 200)
			fail_msg("%s: %d", addresses[i], status);
	}
	assert_int_equal(asked(&t, ASSESSOR_SOUTH, "GET", "/api/v1/reviews", "north"), 200);
	struct told own = tell(&t, &(struct question){READER_SOUTH, "GET", "/api/v1/score", NULL}, "*");
	assert_true(str_find(own.text, S("\"unit\":\"south\"")) >= 0);
	struct told whole = tell(&t, &(struct question){READER, "GET", "/api/v1/score", NULL}, "*");
	assert_true(str_find(whole.text, S("\"unit\":\"acme\"")) >= 0);
	/* Who may only answer reads no score, and of an objective what is assigned. */
	assert_int_equal(asked(&t, RESPONDENT, "GET", "/api/v1/score", "acme"), 403);
	assert_int_equal(asked(&t, RESPONDENT, "GET", "/api/v1/objectives/GOV-02.1", "acme"), 200);
	arena_release(&t.arena);
}

static void who_reads_one_unit_learns_nothing_of_another(void **state)
{
	struct town t;
	build(&t, *state);
	static const char *const administration[] = {"/units/tree", "/units/tree.csv", "/units/history"};
	for (size_t i = 0; i < sizeof administration / sizeof administration[0]; i++)
		assert_int_equal(asked(&t, READER_SOUTH, "GET", administration[i], "north"), 403);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/score?unit=south", "north"), 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/units?unit=south", "north"), 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/units/map", "north"), 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/units/south/roll-up?objective=GOV-02.1", "north"),
			 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/feeds", "\"hr\""), 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/assignments", "GOV-02.1"), 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/registers/person", "\"p1\""), 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/registers/person/p1", "north"), 404);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/registers/shadow", "north"), 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/files", "\"hr\""), 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/search?text=nort", "\"north\""), 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/targets?unit=south", "north"), 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/approvals?unit=south", "north"), 200);
	assert_int_equal(asked(&t, READER_SOUTH, "GET", "/api/v1/queue", "north"), 200);
	arena_release(&t.arena);
}

static void who_writes_one_unit_changes_no_other(void **state)
{
	static const char json[] = "application/json", file[] = "text/csv";
	static const char csv[] = "id,unit,active\np2,north,true\n";
	struct town t;
	build(&t, *state);
	assert_int_equal(sent(&t, ASSESSOR_SOUTH, "POST", "/api/v1/answers", json,
			      "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"answer\":\"met\"}"),
			 404);
	assert_int_equal(sent(&t, ASSESSOR_SOUTH, "POST", "/api/v1/answers", json,
			      "{\"objective\":\"GOV-02.1\",\"unit\":\"south\",\"answer\":\"met\"}"),
			 200);
	assert_int_equal(sent(&t, RESPONDENT, "POST", "/api/v1/answers", json,
			      "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"answer\":\"met\"}"),
			 200);
	assert_int_equal(sent(&t, RESPONDENT, "POST", "/api/v1/answers", json,
			      "{\"objective\":\"GOV-04.1\",\"unit\":\"north\",\"answer\":\"met\"}"),
			 403);
	assert_int_equal(sent(&t, ASSESSOR_SOUTH, "POST", "/api/v1/evaluations", json, "{}"), 403);
	assert_int_equal(
	    sent(&t, ASSESSOR_SOUTH, "POST", "/api/v1/feeds/hr?observed=2024-01-01&format=person", file, csv), 403);
	assert_int_equal(sent(&t, ASSESSOR_SOUTH, "POST", "/api/v1/comments", json,
			      "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"text\":\"so\"}"),
			 404);
	assert_int_equal(
	    sent(&t, ASSESSOR_SOUTH, "POST", "/api/v1/documents?objective=GOV-02.1&unit=north&name=a.txt", file, csv),
	    404);
	assert_int_equal(sent(&t, ASSESSOR_SOUTH, "POST", "/api/v1/dismissals", json,
			      "{\"name\":\"a\",\"unit\":\"north\",\"because\":\"so\"}"),
			 404);
	assert_int_equal(asked(&t, ASSESSOR_SOUTH, "DELETE", "/api/v1/dismissals?name=a&unit=north", NULL), 404);
	assert_int_equal(sent(&t, ASSESSOR_SOUTH, "POST", "/api/v1/links", json, "{\"name\":\"a\",\"system\":\"b\"}"),
			 403);
	arena_release(&t.arena);
}

/* Each address that a page names is one that its reader may open. */
static void open_links(const struct town *t, enum who who, const char *address)
{
	struct visit v;
	visit_begin(&v, t->room, str_from(address));
	visit_as(&v, &t->visitors[who]);
	assert_int_equal(visit_answer(&v, "GET"), 200);
	str rest = buf_str(&v.r.body), link, before;
	int n = 0;
	for (int64_t at; (at = str_find(rest, S("href=\"/"))) >= 0; n++) {
		rest = str_slice(rest, (size_t)at + 6, rest.n);
		(void)str_cut(rest, '"', &link, &rest);
		(void)str_cut(link, '#', &before, &link);
		struct buf b = BUF(4096);
		while (before.n) {
			int64_t amp = str_find(before, S("&amp;"));
			buf_add(&b, str_slice(before, 0, amp < 0 ? before.n : (size_t)amp + 1));
			before = amp < 0 ? (str){0} : str_slice(before, (size_t)amp + 5, before.n);
		}
		buf_char(&b, '\0');
		if (!str_starts(buf_str(&b), S("/asset")) && asked(t, who, "GET", b.p, NULL) == 403)
			fail_msg("%s leads to %s", address, b.p);
		buf_release(&b);
	}
	assert_true(n > 4);
	visit_end(&v);
}

static void who_answers_sees_what_is_assigned_and_nothing_around_it(void **state)
{
	static const char *const own[] = {
	    "/objective/GOV-02.1", "/objective/GOV-02.1?unit=north", "/objective/GOV-02.1/offenders?unit=north",
	    "/objective/GOV-02.1/units.csv?unit=north", "/objective/GOV-02.1/measures.csv?unit=north"};
	static const char *const others[] = {
	    "/objective/GOV-04.1?unit=north",
	    "/objective/GOV-04.1",
	    "/objective/GOV-04.1/units.csv?unit=north",
	    "/objective/GOV-04.1/measures.csv?unit=north",
	    "/category/GOV?unit=north",
	};
	static const char *const unseen[] = {
	    "/objective/GOV-02.1?unit=acme",
	    "/objective/GOV-02.1?unit=lab",
	    "/objective/GOV-02.1?unit=south",
	    "/objective/GOV-02.1/offenders?unit=acme",
	    "/objective/GOV-02.1/offenders.csv?unit=south",
	    "/objective/GOV-02.1/measures.csv?unit=south",
	};
	struct town t;
	build(&t, *state);
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
		if (asked(&t, RESPONDENT, "GET", own[i], "/category/") != 200)
			fail_msg("%s is refused", own[i]);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (asked(&t, RESPONDENT, "GET", others[i], "GOV-05.1") != 403)
			fail_msg("%s is open", others[i]);
	for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
		if (asked(&t, RESPONDENT, "GET", unseen[i], "GOV-05.1") != 404)
			fail_msg("%s is open", unseen[i]);
	open_links(&t, RESPONDENT, "/objective/GOV-02.1?unit=north");
	open_links(&t, RESPONDENT, "/assess/GOV-02.1?unit=north");
	open_links(&t, RESPONDENT, "/account");
	open_links(&t, READER, "/objective/GOV-02.1?unit=north");
	open_links(&t, READER_SOUTH, "/objective/GOV-02.1?unit=south");
	arena_release(&t.arena);
}

static void a_feeder_writes_its_feed_and_nothing_else(void **state)
{
	static const char file[] = "text/csv", csv[] = "id,unit,active\np2,north,true\n";
	struct town t;
	build(&t, *state);
	assert_int_equal(
	    sent(&t, FEEDER, "POST", "/api/v1/feeds/hr?observed=2024-01-01&format=person&replace=true", file, csv),
	    200);
	assert_int_equal(
	    sent(&t, FEEDER, "POST", "/api/v1/feeds/hr-south?observed=2024-01-01&format=person", file, csv), 403);
	assert_int_equal(sent(&t, FEEDER, "POST", "/api/v1/feeds/new?observed=2024-01-01&format=person", file, csv),
			 403);
	assert_int_equal(asked(&t, FEEDER, "GET", "/api/v1/feeds/hr", "person"), 403);
	assert_int_equal(asked(&t, FEEDER, "DELETE", "/api/v1/feeds/hr", NULL), 403);
	assert_int_equal(asked(&t, FEEDER, "GET", "/api/v1/models", "aismm.models"), 403);
	assert_int_not_equal(sent(&t, FEEDER, "POST",
				  "/api/v1/feeds/hr?observed=2024-01-01&format=person&unit=south&replace=true", file,
				  csv),
			     200);
	arena_release(&t.arena);
}

/* The first file of a feed says which unit it speaks about: a token for north cannot make it another. */
static void a_feeder_of_a_feed_that_is_not_there_yet_stays_in_its_unit(void **state)
{
	static const char csv[] = "id,unit,active\np2,south,true\n", north[] = "id,unit,active\np2,north,true\n";
	struct town t;
	build(&t, *state);
	struct app_token add = {.name = S("g"), .user = S("lead"), .feed = S("fresh"), .unit = S("north")};
	t.visitors[FEEDER] = token_of(t.room, &add, &t.arena);
	assert_int_equal(sent(&t, FEEDER, "POST", "/api/v1/feeds/fresh?observed=2024-01-01&format=person&unit=south",
			      "text/csv", csv),
			 404);
	assert_int_equal(sent(&t, FEEDER, "POST", "/api/v1/feeds/fresh?observed=2024-01-01&format=person&unit=acme",
			      "text/csv", csv),
			 404);
	assert_int_equal(
	    sent(&t, FEEDER, "POST", "/api/v1/feeds/fresh?observed=2024-01-01&format=person", "text/csv", north), 200);
	arena_release(&t.arena);
}

static void a_session_needs_its_origin_and_its_token_to_write(void **state)
{
	static const str body = S("{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"answer\":\"met\"}");
	struct town t;
	build(&t, *state);
	for (int wrong = 0; wrong < 4; wrong++) {
		struct visit v;
		visit_begin(&v, t.room, S("/api/v1/answers"));
		visit_as(&v, &t.visitors[ASSESSOR]);
		visit_send(&v, S("application/json"), body);
		if (wrong == 1)
			v.q.csrf_header = S("");
		if (wrong == 2)
			v.q.origin = S("http://elsewhere.example");
		if (wrong == 3)
			v.q.origin = S("");
		assert_int_equal(visit_answer(&v, "POST"), wrong ? 403 : 200);
		visit_end(&v);
	}
	arena_release(&t.arena);
}

#define CASES(X)                                                                                                       \
	X(every_route_answers_everybody_as_its_table_says), X(who_reads_one_unit_learns_nothing_of_another),           \
	    X(who_reads_one_unit_is_answered_about_it), X(a_unit_that_may_not_be_seen_is_as_if_it_were_not_there),     \
	    X(a_feed_of_another_unit_is_as_if_it_were_not_there), X(who_writes_one_unit_changes_no_other),             \
	    X(who_answers_sees_what_is_assigned_and_nothing_around_it), X(a_feeder_writes_its_feed_and_nothing_else),  \
	    X(a_feeder_of_a_feed_that_is_not_there_yet_stays_in_its_unit),                                             \
	    X(a_session_needs_its_origin_and_its_token_to_write), X(at_another_instant_no_page_has_a_form_that_writes)

STORE_MAIN("walk")
