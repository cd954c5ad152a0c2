/**
 * What the routes of the API share: what is read, what is refused and how that is told, marks, pages and counting.
 */
#include "web/house.h"

#include "web/rate.h"

static void prepare(const struct room *room, struct arena *a, struct visitor *out)
{
	organise(room);
	use_small_model(room);
	*out = newcomer(room, S("lead"), ACCESS_LEAD, a);
}

struct city {
	const struct room *room;
	struct arena arena;
	struct visitor lead;
};

static void found(struct city *c, const struct room *room)
{
	*c = (struct city){.room = room, .arena = ARENA(1 << 20)};
	prepare(room, &c->arena, &c->lead);
}

static int get(struct city *c, struct visit *v, const char *address)
{
	visit_begin(v, c->room, str_from(address));
	visit_as(v, &c->lead);
	return visit_answer(v, "GET");
}

static int post(struct city *c, struct visit *v, const char *address, const char *type, const char *body)
{
	visit_begin(v, c->room, str_from(address));
	visit_as(v, &c->lead);
	visit_send(v, str_from(type), str_from(body));
	return visit_answer(v, "POST");
}

/* ---- what is read ---- */

static void json_is_read_strictly_and_its_faults_have_a_place(void **state)
{
	static const struct {
		const char *body, *message;
		int line, column;
	} bad[] = {
	    {"[]", "an object expected", 1, 1},
	    {"{\"objective\":\"GOV-02.1\",\n \"units\":\"north\"}", "there is no member \"units\" here", 2, 2},
	    {"{\"objective\":\"GOV-02.1\",\"objective\":\"GOV-02.1\"}", "\"objective\" is given twice", 1, 25},
	    {"{\"objective\":2}", "a text expected", 1, 14},
	    {"{\"objective\":\"GOV-02.1\",\"yes\":\"1\"}", "a count expected", 1, 31},
	    {"{\"objective\":\"GOV-02.1\",\"yes\":1.5}", "\"1.5\" is not a count", 1, 31},
	    {"{\"objective\":\"GOV-02.1\",\"yes\":-1}", "\"-1\" is not a count", 1, 31},
	    {"{\"objective\":\"GOV-02.1\",\"observed\":\"soon\"}", "\"soon\" is not a time", 1, 36},
	    {"{\"objective\":\"GOV-02.1\",\"answer\":\"maybe\"}", "is not one of: met not_met not_applicable", 1, 34},
	    {"{\"objective\":\"a\\u0000b\"}", "the text holds a NUL", 1, 14},
	    {"{\"objective\":\"GOV-02.1\"} x", "", 1, 26},
	    {"{\"objective\":", "", 1, 14},
	    {"{\"unit\":\"north\"}", "the member \"objective\" is required", 0, 0},
	    {"", "the member \"objective\" is required", 0, 0},
	};
	struct city c;
	found(&c, *state);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct visit v;
		char place[64];
		assert_int_equal(post(&c, &v, "/api/v1/answers", "application/json", bad[i].body), 400);
		if (!strstr(v.why.message, bad[i].message))
			fail_msg("%s: %s", bad[i].body, v.why.message);
		(void)snprintf(place, sizeof place, "\"line\":%d,\"column\":%d", bad[i].line, bad[i].column);
		if (bad[i].line && !visit_shows(&v, place))
			fail_msg("%s: %.*s", bad[i].body, STR_ARG(buf_str(&v.r.body)));
		visit_end(&v);
	}
	assert_int_equal(number(c.room->db, SQL("SELECT count(*) FROM measure")), 0);
	arena_release(&c.arena);
}

static void parameters_are_those_of_the_document(void **state)
{
	static const struct {
		const char *address, *message;
	} bad[] = {
	    {"/api/v1/score?units=north", "there is no parameter \"units\" here"},
	    {"/api/v1/score?unit=north&unit=south", "the parameter \"unit\" is given twice"},
	    {"/api/v1/score?at=soon", "\"soon\" is not a time"},
	    {"/api/v1/score?cursor=1", "there is no parameter \"cursor\" here"},
	    {"/api/v1/check", "the parameter \"min\" is required"},
	    {"/api/v1/units?limit=0", "a page has between 1 and 1000 rows"},
	    {"/api/v1/units?limit=1001", "a page has between 1 and 1000 rows"},
	    {"/api/v1/units?limit=-1", "\"-1\" is not a count"},
	    {"/api/v1/units?cursor=x", "this is not a cursor of this server"},
	    {"/api/v1/overview?deployment=cloud", "\"cloud\" is no deployment type"},
	    {"/api/v1/links?past=yes", "\"yes\" is not true or false"},
	};
	struct city c;
	found(&c, *state);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct visit v;
		int status = get(&c, &v, bad[i].address);
		if (status != 400 || !strstr(v.why.message, bad[i].message))
			fail_msg("%s: %d %s", bad[i].address, status, v.why.message);
		visit_end(&v);
	}
	arena_release(&c.arena);
}

static void types_that_are_not_read_or_given_are_refused(void **state)
{
	static const char body[] = "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"answer\":\"met\"}";
	static const struct {
		const char *accept;
		int status;
	} accepts[] = {
	    {"", 200},
	    {"*/*", 200},
	    {"application/json", 200},
	    {"text/html, application/*;q=0.5", 200},
	    {"text/html", 406},
	    {"application/json;q=0", 406},
	    {"text/*", 406},
	};
	struct city c;
	struct visit v;
	found(&c, *state);
	assert_int_equal(post(&c, &v, "/api/v1/answers", "text/plain", body), 415);
	visit_end(&v);
	assert_int_equal(post(&c, &v, "/api/v1/answers", "application/x-www-form-urlencoded", body), 415);
	visit_end(&v);
	assert_int_equal(post(&c, &v, "/api/v1/feeds/hr", "multipart/form-data; boundary=x", body), 415);
	visit_end(&v);
	assert_int_equal(post(&c, &v, "/api/v1/answers", "Application/JSON; charset=utf-8", body), 200);
	visit_end(&v);
	for (size_t i = 0; i < sizeof accepts / sizeof accepts[0]; i++) {
		visit_begin(&v, c.room, S("/api/v1/score"));
		visit_as(&v, &c.lead);
		v.q.accept = str_from(accepts[i].accept);
		if (visit_answer(&v, "GET") != accepts[i].status)
			fail_msg("%s: %d", accepts[i].accept, v.r.status);
		visit_end(&v);
	}
	arena_release(&c.arena);
}

static void an_address_says_which_methods_it_has(void **state)
{
	struct city c;
	struct visit v;
	found(&c, *state);
	visit_begin(&v, c.room, S("/api/v1/feeds/hr"));
	visit_as(&v, &c.lead);
	assert_int_equal(visit_answer(&v, "PATCH"), 405);
	assert_true(str_eq(v.r.allow, S("GET, HEAD, POST, PUT, DELETE")));
	visit_end(&v);
	visit_begin(&v, c.room, S("/api/v1/nothing"));
	assert_int_equal(visit_answer(&v, "GET"), 404);
	assert_true(str_eq(v.r.type, S("application/problem+json")));
	visit_end(&v);
	visit_begin(&v, c.room, S("/api/v1/score"));
	visit_as(&v, &c.lead);
	assert_int_equal(visit_answer(&v, "HEAD"), 200);
	visit_end(&v);
	arena_release(&c.arena);
}

/* ---- marks ---- */

static void who_has_the_answer_already_is_not_sent_it_again(void **state)
{
	struct city c;
	struct visit v;
	found(&c, *state);
	assert_int_equal(get(&c, &v, "/api/v1/score"), 200);
	str mark = str_copy(&c.arena, v.r.etag);
	visit_end(&v);
	assert_true(str_starts(mark, S("W/\"")));
	for (int later = 0; later < 3; later++) {
		visit_begin(&v, c.room, S("/api/v1/score"));
		visit_as(&v, &c.lead);
		v.q.if_none_match = later == 2 ? S("\"other\", *") : mark;
		v.house.app.now_ms = now + later * second_ms;
		assert_int_equal(visit_answer(&v, "GET"), 304);
		assert_int_equal(v.r.body.n, 0);
		visit_end(&v);
	}
	struct visit other;
	assert_int_equal(post(&c, &other, "/api/v1/answers", "application/json",
			      "{\"objective\":\"GOV-02.1\",\"unit\":\"south\",\"answer\":\"met\"}"),
			 200);
	visit_end(&other);
	visit_begin(&v, c.room, S("/api/v1/score"));
	visit_as(&v, &c.lead);
	v.q.if_none_match = mark;
	assert_int_equal(visit_answer(&v, "GET"), 200);
	visit_end(&v);
	assert_int_equal(get(&c, &v, "/api/v1/score?at=2024-01-01"), 200);
	assert_true(str_starts(v.r.etag, S("\"")));
	visit_end(&v);
	arena_release(&c.arena);
}

/* ---- pages ---- */

/* The address in the header Link, as a text of the arena; empty without one. */
static const char *next_of(struct city *c, const struct visit *v)
{
	str head, tail;
	if (!v->r.link.n)
		return "";
	assert_true(str_cut(str_slice(v->r.link, 1, v->r.link.n), '>', &head, &tail));
	assert_true(str_eq(tail, S("; rel=\"next\"")));
	return str_z(&c->arena, head);
}

static void a_list_is_walked_to_its_end(void **state)
{
	static const char *const wanted[] = {"acme", "north", "lab", "south"};
	const char *address = "/api/v1/units?limit=1&unit=acme";
	struct city c;
	found(&c, *state);
	for (size_t i = 0; i < 4; i++) {
		struct visit v;
		char id[32];
		assert_int_equal(get(&c, &v, address), 200);
		(void)snprintf(id, sizeof id, "{\"id\":\"%s\"", wanted[i]);
		assert_true(visit_shows(&v, id));
		for (size_t k = 0; k < 4; k++) {
			(void)snprintf(id, sizeof id, "{\"id\":\"%s\"", wanted[k]);
			assert_int_equal(visit_shows(&v, id), i == k);
		}
		address = next_of(&c, &v);
		assert_int_equal(!*address, i == 3);
		visit_end(&v);
	}
	arena_release(&c.arena);
}

static void a_list_that_changed_between_two_pages_says_so(void **state)
{
	struct city c;
	struct visit v;
	found(&c, *state);
	for (int i = 0; i < 3; i++) {
		char name[8] = {'u', (char)('0' + i), 0};
		add_user(c.room, str_from(name), ACCESS_READER, S(""));
	}
	c.lead = newcomer(c.room, S("boss"), ACCESS_ADMIN, &c.arena);
	assert_int_equal(get(&c, &v, "/api/v1/users?limit=2"), 200);
	const char *next = next_of(&c, &v);
	visit_end(&v);
	/* A row before it comes new: the next page begins where the last one ended all the same. */
	add_user(c.room, S("aaron"), ACCESS_READER, S(""));
	assert_int_equal(get(&c, &v, next), 200);
	assert_false(visit_shows(&v, "\"name\":\"aaron\""));
	assert_false(visit_shows(&v, "\"name\":\"boss\""));
	assert_false(visit_shows(&v, "\"name\":\"lead\""));
	assert_true(visit_shows(&v, "\"name\":\"u0\""));
	visit_end(&v);
	/* A cursor behind a row that is not in the list. */
	assert_int_equal(get(&c, &v, "/api/v1/users?cursor=1.2.ca978112ca1bbdca"), 409);
	visit_end(&v);
	arena_release(&c.arena);
}

/* ---- counting ---- */

static void strangers_are_counted_by_address_and_then_told_to_wait(void **state)
{
	struct city c;
	struct rate *rate = NULL;
	found(&c, *state);
	assert_int_equal(rate_open(&c.arena, &rate, NULL), OK);
	for (int i = 0; i <= LIMIT_API_STRANGER_MINUTE; i++) {
		struct visit v;
		visit_begin(&v, c.room, S("/api/v1/score"));
		v.q.rate = rate;
		v.q.authorization = S("Bearer aismm_guess");
		int status = visit_answer(&v, "GET");
		assert_int_equal(status, i < LIMIT_API_STRANGER_MINUTE ? 401 : 429);
		assert_true(v.r.rated);
		visit_end(&v);
	}
	struct visit v;
	visit_begin(&v, c.room, S("/api/v1/score"));
	visit_as(&v, &c.lead);
	v.q.rate = rate;
	assert_int_equal(visit_answer(&v, "GET"), 200); /* from the same address, with a token that is good */
	assert_int_equal(v.r.rate.limit, LIMIT_API_MINUTE);
	assert_int_equal(v.r.rate.remaining, LIMIT_API_MINUTE - 1);
	visit_end(&v);
	visit_begin(&v, c.room, S("/sign-in"));
	v.q.rate = rate;
	assert_int_equal(visit_answer(&v, "GET"), 200); /* pages are not counted */
	assert_false(v.r.rated);
	visit_end(&v);
	arena_release(&c.arena);
}

/* ---- uploads ---- */

static void a_file_that_is_refused_changes_nothing_and_names_its_place(void **state)
{
	struct city c;
	struct visit v;
	found(&c, *state);
	assert_int_equal(post(&c, &v, "/api/v1/feeds/hr?observed=2024-01-01&format=person&unit=north&file=people.csv",
			      "text/csv", "id,unit,active\np1,north,true\np2,north,maybe\n"),
			 400);
	assert_true(visit_shows(&v, "\"where\":\"people.csv:3:10\",\"line\":3,\"column\":10"));
	visit_end(&v);
	assert_int_equal(number(c.room->db, SQL("SELECT count(*) FROM feed")), 0);
	assert_int_equal(post(&c, &v, "/api/v1/feeds/hr?observed=2024-01-01&format=person&unit=north&dry_run=true",
			      "text/csv", "id,unit,active\np1,north,true\n"),
			 200);
	assert_true(visit_shows(&v, "\"dry_run\":true"));
	visit_end(&v);
	assert_int_equal(number(c.room->db, SQL("SELECT count(*) FROM feed")), 0);
	assert_int_equal(post(&c, &v, "/api/v1/feeds/hr?observed=2024-01-01&format=person&unit=north", "text/csv",
			      "id,unit,active\np1,north,true\n"),
			 200);
	assert_true(visit_shows(&v, "\"facts\":{\"person\":1}"));
	visit_end(&v);
	assert_int_equal(number(c.room->db, SQL("SELECT count(*) FROM feed")), 1);
	arena_release(&c.arena);
}

#define CASES(X)                                                                                                       \
	X(json_is_read_strictly_and_its_faults_have_a_place), X(parameters_are_those_of_the_document),                 \
	    X(types_that_are_not_read_or_given_are_refused), X(an_address_says_which_methods_it_has),                  \
	    X(who_has_the_answer_already_is_not_sent_it_again), X(a_list_is_walked_to_its_end),                        \
	    X(a_list_that_changed_between_two_pages_says_so),                                                          \
	    X(strangers_are_counted_by_address_and_then_told_to_wait),                                                 \
	    X(a_file_that_is_refused_changes_nothing_and_names_its_place)

STORE_MAIN("api")
