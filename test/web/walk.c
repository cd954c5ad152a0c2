/**
 * Every route, asked by everybody there is: what comes back is what the table says. Then what the table cannot say: the
 * unit that is not one's own.
 */
#include "web/house.h"

enum who { NOBODY, RESPONDENT, READER, ASSESSOR, LEAD, ADMIN, FEEDER, READER_SOUTH, ASSESSOR_SOUTH, ALL };

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
	    {S("/category/"), S("GOV")},       {S("/categories/"), S("GOV")}, {S("/objectives/"), S("GOV-02.1")},
	    {S("/objective/"), S("GOV-02.1")}, {S("/feeds/"), S("hr")},       {S("/feed/"), S("hr")},
	    {S("/models/"), S("active")},      {S("/tokens/"), S("99")},      {S("/users/"), S("victim")},
	    {S("/help/"), S("units")},         {S("/targets/"), S("GOV")},
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

static void who_reads_one_unit_learns_nothing_of_another(void **state)
{
	static const char *const addresses[] = {
	    "/?unit=north",
	    "/category/GOV?unit=north",
	    "/units?unit=north",
	    "/units.csv?unit=north",
	    "/units/roll-up?unit=north&objective=GOV-02.1",
	    "/units/roll-up.csv?unit=north&objective=GOV-02.1",
	    "/compare?unit=south&with=north",
	    "/compare?unit=north&with=south",
	    "/compare.csv?unit=south&with=north",
	    "/compare/objectives.csv?unit=north&with=south",
	    "/units/tree",
	    "/units/tree.csv",
	    "/units/history",
	    "/api/v1/score?unit=north",
	    "/api/v1/score?unit=acme",
	    "/api/v1/score",
	    "/api/v1/check?min=GOV=1&unit=north",
	    "/api/v1/overview?unit=north",
	    "/api/v1/compare?unit=south&with_unit=north",
	    "/api/v1/units?unit=north",
	    "/api/v1/units",
	    "/api/v1/units/map?unit=north",
	    "/api/v1/units/north/roll-up?objective=GOV-02.1",
	    "/api/v1/units/acme/roll-up?objective=GOV-02.1",
	    "/api/v1/categories/GOV?unit=north",
	    "/api/v1/objectives/GOV-02.1?unit=north",
	    "/api/v1/objectives/GOV-02.1/history?unit=north",
	    "/api/v1/feeds/hr",
	    "/api/v1/feeds/hr/history",
	    "/api/v1/gap?unit=north",
	    "/api/v1/targets?unit=north",
	    "/api/v1/targets/GOV?unit=north",
	    "/api/v1/answers?objective=GOV-02.1&unit=north",
	    "/api/v1/comments?objective=GOV-02.1&unit=north",
	    "/api/v1/reviews?unit=north",
	    "/api/v1/approvals?unit=north",
	    "/api/v1/registers/person?unit=north",
	};
	struct town t;
	build(&t, *state);
	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		int status = asked(&t, READER_SOUTH, "GET", addresses[i], "\"index\"");
		if (status != 403)
			fail_msg("%s: %d", addresses[i], status);
	}
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
			 403);
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
			 403);
	assert_int_equal(
	    sent(&t, ASSESSOR_SOUTH, "POST", "/api/v1/documents?objective=GOV-02.1&unit=north&name=a.txt", file, csv),
	    403);
	assert_int_equal(sent(&t, ASSESSOR_SOUTH, "POST", "/api/v1/dismissals", json,
			      "{\"name\":\"a\",\"unit\":\"north\",\"because\":\"so\"}"),
			 403);
	assert_int_equal(asked(&t, ASSESSOR_SOUTH, "DELETE", "/api/v1/dismissals?name=a&unit=north", NULL), 403);
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
	static const char *const own[] = {"/objective/GOV-02.1", "/objective/GOV-02.1?unit=north",
					  "/objective/GOV-02.1/offenders?unit=north",
					  "/objective/GOV-02.1/units.csv?unit=north"};
	static const char *const others[] = {
	    "/objective/GOV-02.1?unit=acme",
	    "/objective/GOV-02.1?unit=lab",
	    "/objective/GOV-02.1?unit=south",
	    "/objective/GOV-04.1?unit=north",
	    "/objective/GOV-04.1",
	    "/objective/GOV-04.1/units.csv?unit=north",
	    "/objective/GOV-02.1/offenders?unit=acme",
	    "/objective/GOV-02.1/offenders.csv?unit=south",
	    "/category/GOV?unit=north",
	};
	struct town t;
	build(&t, *state);
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
		if (asked(&t, RESPONDENT, "GET", own[i], "/category/") != 200)
			fail_msg("%s is refused", own[i]);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (asked(&t, RESPONDENT, "GET", others[i], "GOV-05.1") != 403)
			fail_msg("%s is open", others[i]);
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
			 403);
	assert_int_equal(sent(&t, FEEDER, "POST", "/api/v1/feeds/fresh?observed=2024-01-01&format=person&unit=acme",
			      "text/csv", csv),
			 403);
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
	    X(who_writes_one_unit_changes_no_other), X(who_answers_sees_what_is_assigned_and_nothing_around_it),       \
	    X(a_feeder_writes_its_feed_and_nothing_else),                                                              \
	    X(a_feeder_of_a_feed_that_is_not_there_yet_stays_in_its_unit),                                             \
	    X(a_session_needs_its_origin_and_its_token_to_write)

STORE_MAIN("walk")
