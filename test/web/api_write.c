/**
 * Writes of the API: sent again because the answer was lost, made on what was read before, and asked for by tokens that
 * may not.
 */
#include "web/house.h"

#include "base/shared.h"
#include "web/cache.h"

struct city {
	const struct room *room;
	struct arena arena;
	struct cache *retries;
	struct visitor lead, other;
};

static void found(struct city *c, const struct room *room)
{
	struct err err;
	*c = (struct city){.room = room, .arena = ARENA(1 << 20)};
	organise(room);
	use_small_model(room);
	c->lead = newcomer(room, S("lead"), ACCESS_LEAD, &c->arena);
	c->other =
	    token_of(room, &(struct app_token){.name = S("o"), .user = S("lead"), .role = ACCESS_LEAD}, &c->arena);
	assert_int_equal(cache_open(&c->arena, LIMIT_RETRY_BYTES, &c->retries, &err), OK);
}

static void leave(struct city *c)
{
	cache_close(c->retries);
	arena_release(&c->arena);
}

struct call {
	const struct visitor *who;
	const char *method, *address, *body, *key, *match;
};

/* -> the status; what was answered stays in v. */
static int ask_for(struct city *c, struct visit *v, const struct call *call)
{
	visit_begin(v, c->room, str_from(call->address));
	visit_as(v, call->who);
	v->q.retries = c->retries;
	if (call->body)
		visit_send(v, S("application/json"), str_from(call->body));
	if (call->key)
		v->q.idempotency_key = str_from(call->key);
	if (call->match)
		v->q.if_match = str_from(call->match);
	return visit_answer(v, call->method);
}

static int status_of(struct city *c, const struct call *call)
{
	struct visit v;
	int status = ask_for(c, &v, call);
	visit_end(&v);
	return status;
}

static int64_t comments(const struct city *c)
{
	return number(c->room->db, SQL("SELECT count(*) FROM comment"));
}

/* ---- sent again ---- */

#define SEEN "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"text\":\"seen\"}"
#define DONE "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"text\":\"done\"}"

static void a_write_that_is_sent_again_is_done_once(void **state)
{
	struct city c;
	struct visit v;
	found(&c, *state);
	struct call call = {&c.lead, "POST", "/api/v1/comments", SEEN, "4f1c", NULL};
	assert_int_equal(ask_for(&c, &v, &call), 200);
	assert_false(v.r.replayed);
	str first = str_copy(&c.arena, buf_str(&v.r.body));
	visit_end(&v);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(ask_for(&c, &v, &call), 200);
		assert_true(v.r.replayed);
		assert_true(str_eq(first, buf_str(&v.r.body)));
		assert_true(str_eq(v.r.type, S("application/json")));
		visit_end(&v);
	}
	assert_int_equal(comments(&c), 1);
	/* Without a key, under another one, by another token: that is another request. */
	call.key = NULL;
	assert_int_equal(status_of(&c, &call), 200);
	call.key = "4f1d";
	assert_int_equal(status_of(&c, &call), 200);
	call.key = "4f1c";
	call.who = &c.other;
	assert_int_equal(status_of(&c, &call), 200);
	assert_int_equal(comments(&c), 4);
	leave(&c);
}

static void a_key_is_for_one_request(void **state)
{
	struct city c;
	struct visit v;
	found(&c, *state);
	struct call call = {&c.lead, "POST", "/api/v1/comments", SEEN, "4f1c", NULL};
	assert_int_equal(status_of(&c, &call), 200);
	call.body = DONE;
	assert_int_equal(ask_for(&c, &v, &call), 422);
	assert_true(str_eq(v.r.type, S("application/problem+json")));
	assert_true(visit_shows(&v, "\"title\":\"This contradicts what was asked before\",\"status\":422"));
	visit_end(&v);
	struct call link = {&c.lead, "DELETE", "/api/v1/comments/1", NULL, "4f1c", NULL};
	assert_int_equal(status_of(&c, &link), 422);
	assert_int_equal(comments(&c), 1);
	leave(&c);
}

static void what_was_refused_is_asked_anew(void **state)
{
	struct city c;
	found(&c, *state);
	struct call call = {
	    &c.lead, "POST", "/api/v1/comments", "{\"objective\":\"GOV-99.9\",\"unit\":\"north\",\"text\":\"seen\"}",
	    "4f1c",  NULL};
	assert_int_equal(status_of(&c, &call), 404);
	call.body = SEEN;
	assert_int_equal(status_of(&c, &call), 200);
	call.key = "a key with spaces";
	assert_int_equal(status_of(&c, &call), 400);
	char long_key[LIMIT_RETRY_KEY_BYTES + 2];
	memset(long_key, 'k', sizeof long_key);
	long_key[sizeof long_key - 1] = 0;
	call.key = long_key;
	assert_int_equal(status_of(&c, &call), 400);
	assert_int_equal(comments(&c), 1);
	leave(&c);
}

static void a_secret_is_kept_under_no_key(void **state)
{
	struct city c;
	found(&c, *state);
	add_user(c.room, S("boss"), ACCESS_ADMIN, S(""));
	set_password(c.room, S("boss"), password);
	struct visitor boss = visitor_of(c.room, S("boss"), &c.arena);
	struct call call = {
	    &boss,  "POST", "/api/v1/tokens", "{\"name\":\"x\",\"role\":\"reader\",\"password\":\"kettle and ocean\"}",
	    "4f1c", NULL};
	assert_int_equal(status_of(&c, &call), 400);
	call.key = NULL;
	assert_int_equal(status_of(&c, &call), 200);
	assert_int_equal(number(c.room->db, SQL("SELECT count(*) FROM token")), 3);
	leave(&c);
}

static void who_may_no_more_does_not_hear_the_old_answer(void **state)
{
	struct city c;
	struct house h;
	struct view_token gone;
	found(&c, *state);
	struct call call = {&c.lead, "POST", "/api/v1/comments", SEEN, "4f1c", NULL};
	assert_int_equal(status_of(&c, &call), 200);
	ask(&h, c.room, now);
	RUN(app_token_revoke(&h.app, 1, &gone, err));
	answered(&h);
	assert_int_equal(status_of(&c, &call), 401);
	leave(&c);
}

/* ---- on what was read ---- */

#define THREE "{\"level\":3,\"by_date\":\"2030-01-01\",\"because\":\"so\",\"owner\":\"lead\"}"
#define FOUR "{\"level\":4,\"by_date\":\"2030-01-01\",\"because\":\"so\",\"owner\":\"lead\"}"

static const char *mark_of(struct city *c, const char *address)
{
	struct visit v;
	struct call call = {&c->lead, "GET", address, NULL, NULL, NULL};
	assert_int_equal(ask_for(c, &v, &call), 200);
	const char *mark = str_z(&c->arena, v.r.etag);
	visit_end(&v);
	return mark;
}

static void two_who_change_the_same_do_not_overwrite_each_other(void **state)
{
	static const char target[] = "/api/v1/targets/GOV?unit=north";
	struct city c;
	struct visit v;
	found(&c, *state);
	const char *mark = mark_of(&c, target);
	struct call call = {&c.lead, "PUT", target, THREE, NULL, mark};
	assert_int_equal(status_of(&c, &call), 200);
	/* The other one has read the same, and comes second. */
	call.body = FOUR;
	assert_int_equal(ask_for(&c, &v, &call), 412);
	assert_true(visit_shows(&v, "\"title\":\"It has changed meanwhile\",\"status\":412"));
	visit_end(&v);
	assert_int_equal(number(c.room->db, SQL("SELECT count(*) FROM target")), 1);
	call.match = mark_of(&c, target);
	assert_int_equal(status_of(&c, &call), 200);
	struct call end = {&c.lead, "DELETE", "/api/v1/targets/GOV?unit=north&because=so", NULL, NULL, mark};
	assert_int_equal(status_of(&c, &end), 412);
	end.match = mark_of(&c, target);
	assert_int_equal(status_of(&c, &end), 200);
	leave(&c);
}

static void the_clock_alone_changes_no_mark(void **state)
{
	static const char feed[] = "/api/v1/feeds/hr";
	struct city c;
	found(&c, *state);
	hand_in(c.room, S("hr"), S("north"), S("id,unit,active\np1,north,true\n"));
	const char *mark = mark_of(&c, feed);
	struct call call = {&c.lead, "PUT", feed, "{\"every_days\":7}", NULL, mark};
	assert_int_equal(status_of(&c, &call), 200);
	assert_int_equal(status_of(&c, &call), 412);
	call.match = "*";
	assert_int_equal(status_of(&c, &call), 200);
	/* What can only be added has no mark to hold to. */
	struct call add = {&c.lead, "POST", "/api/v1/comments", SEEN, NULL, mark};
	assert_int_equal(status_of(&c, &add), 400);
	assert_int_equal(comments(&c), 0);
	leave(&c);
}

static void an_answer_in_between_is_a_conflict(void **state)
{
	static const char *const bodies[] = {
	    "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"answer\":\"met\",\"expected\":0}",
	    "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"answer\":\"not_met\",\"expected\":0}"};
	struct city c;
	found(&c, *state);
	struct call call = {&c.lead, "POST", "/api/v1/answers", bodies[0], NULL, NULL};
	assert_int_equal(status_of(&c, &call), 200);
	call.body = bodies[1];
	assert_int_equal(status_of(&c, &call), 409);
	assert_int_equal(number(c.room->db, SQL("SELECT count(*) FROM measure")), 1);
	leave(&c);
}

/* ---- documents ---- */

static void documents_are_read_as_strictly_as_the_rest(void **state)
{
	static const struct {
		const char *documents, *message;
	} bad[] = {
	    {"{}", "a list of documents expected"},
	    {"[\"a\"]", "an object with sha256, name and media expected"},
	    {"[{\"sha256\":\"0\"}]", "a document with sha256 and name expected"},
	    {"[{\"sha256\":\"0\",\"name\":\"a\",\"size\":1}]", "sha256, name and media, each once, expected"},
	    {"[{\"sha256\":\"0\",\"sha256\":\"0\"}]", "sha256, name and media, each once, expected"},
	    {"[{\"sha256\":\"0\",\"name\":3}]", "a text expected"},
	};
	struct city c;
	found(&c, *state);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct visit v;
		char body[256];
		(void)snprintf(body, sizeof body,
			       "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"answer\":\"met\",\"documents\":%s}",
			       bad[i].documents);
		struct call call = {&c.lead, "POST", "/api/v1/answers", body, NULL, NULL};
		int status = ask_for(&c, &v, &call);
		if (status != 400 || !strstr(v.why.message, bad[i].message))
			fail_msg("%s: %d %s", bad[i].documents, status, v.why.message);
		visit_end(&v);
	}
	/* One that nobody kept is not the asker's. */
	struct call call = {
	    &c.lead,
	    "POST",
	    "/api/v1/answers",
	    "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"answer\":\"met\",\"documents\":[{\"sha256\":"
	    "\"0000000000000000000000000000000000000000000000000000000000000000\",\"name\":\"a\"}]}",
	    NULL,
	    NULL};
	assert_int_equal(status_of(&c, &call), 403);
	assert_int_equal(number(c.room->db, SQL("SELECT count(*) FROM measure")), 0);
	leave(&c);
}

/* ---- tokens that may not ---- */

static void a_token_that_reads_writes_nothing(void **state)
{
	struct city c;
	int writes = 0;
	found(&c, *state);
	struct visitor reader = token_of(
	    c.room, &(struct app_token){.name = S("r"), .user = S("lead"), .role = ACCESS_READER, .unit = S("north")},
	    &c.arena);
	for (size_t i = 0; i < route_count; i++) {
		static const char *const methods[REQUEST_METHODS] = {"GET", "POST", "PUT", "DELETE"};
		const struct route *route = &route_table[i];
		if (!route->document || route->method == REQUEST_GET)
			continue;
		struct call call = {&reader, methods[route->method], str_z(&c.arena, route->pattern), NULL, NULL, NULL};
		int status = status_of(&c, &call);
		/* Its own tokens are named by number, or need members; a token makes none all the same. */
		if (status != 403 && !(route->kind & ROUTE_ANYBODY && (status == 400 || status == 404)))
			fail_msg("%s %s: %d", call.method, call.address, status);
		writes++;
	}
	assert_true(writes > 30);
	struct call make = {&reader, "POST", "/api/v1/tokens", "{\"name\":\"x\",\"role\":\"reader\"}", NULL, NULL};
	assert_int_equal(status_of(&c, &make), 403);
	leave(&c);
}

static void what_is_expected_of_a_feed_is_held_by_its_mark(void **state)
{
	struct city c;
	struct visit v;
	found(&c, *state);
	hand_in(c.room, S("hr"), S("north"), S("id,unit,active\np1,north,true\n"));
	struct call read = {&c.lead, "GET", "/api/v1/feeds/hr", NULL, NULL, NULL};
	assert_int_equal(ask_for(&c, &v, &read), 200);
	const char *mark = str_z(&c.arena, v.r.etag);
	visit_end(&v);
	struct call set = {&c.lead, "PUT", "/api/v1/feeds/hr", "{\"owner\":\"Ida\",\"every_days\":7}", NULL, mark};
	assert_int_equal(status_of(&c, &set), 200);
	struct call later = {&c.other, "PUT", "/api/v1/feeds/hr", "{\"owner\":\"Bo\"}", NULL, mark};
	assert_int_equal(status_of(&c, &later), 412);
	assert_int_equal(ask_for(&c, &v, &read), 200);
	assert_true(visit_shows(&v, "\"owner\":\"Ida\""));
	visit_end(&v);
	leave(&c);
}

static void sessions_are_ended_by_their_owner_and_by_administrators(void **state)
{
	struct city c;
	struct visit v;
	found(&c, *state);
	add_user(c.room, S("boss"), ACCESS_ADMIN, S(""));
	set_password(c.room, S("boss"), password);
	set_password(c.room, S("lead"), password);
	struct visitor first = visitor_of(c.room, S("lead"), &c.arena),
		       second = visitor_of(c.room, S("lead"), &c.arena);
	struct visitor boss = visitor_of(c.room, S("boss"), &c.arena);
	struct call list = {&first, "GET", "/api/v1/sessions", NULL, NULL, NULL};
	assert_int_equal(ask_for(&c, &v, &list), 200);
	assert_true(visit_shows(&v, "\"number\":1,\"asks\":true"));
	assert_true(visit_shows(&v, "\"number\":2,\"asks\":false"));
	visit_end(&v);
	/* A token is no session, and not that of somebody else. */
	struct call by_token = {&c.lead, "DELETE", "/api/v1/sessions", NULL, NULL, NULL};
	assert_int_equal(status_of(&c, &by_token), 403);
	struct call other = {&first, "DELETE", "/api/v1/sessions?user=boss", NULL, NULL, NULL};
	assert_int_equal(status_of(&c, &other), 403);
	struct call end = {&first, "DELETE", "/api/v1/sessions/2", NULL, NULL, NULL};
	assert_int_equal(status_of(&c, &end), 200);
	assert_int_equal(status_of(&c, &end), 404);
	list.who = &second;
	assert_int_equal(status_of(&c, &list), 401);
	struct call all = {&boss, "DELETE", "/api/v1/sessions?user=lead", NULL, NULL, NULL};
	assert_int_equal(status_of(&c, &all), 200);
	list.who = &first;
	assert_int_equal(status_of(&c, &list), 401);
	list.who = &boss;
	assert_int_equal(status_of(&c, &list), 200);
	leave(&c);
}

/* ---- the tree of units ---- */

static int64_t trees(const struct city *c)
{
	return number(c->room->db, SQL("SELECT count(*) FROM tree"));
}

static void a_unit_that_was_changed_meanwhile_is_not_overwritten(void **state)
{
	struct city c;
	struct visit v;
	found(&c, *state);
	struct visitor boss = newcomer(c.room, S("boss"), ACCESS_ADMIN, &c.arena);
	struct call read = {&boss, "GET", "/api/v1/tree/units/lab", NULL, NULL, NULL};
	assert_int_equal(ask_for(&c, &v, &read), 200);
	const char *mark = str_z(&c.arena, v.r.etag);
	visit_end(&v);
	struct call add = {&boss, "POST", "/api/v1/tree/units", "{\"name\":\"Annexe\",\"parent\":\"south\"}",
			   NULL,  NULL};
	assert_int_equal(status_of(&c, &add), 200);
	/* Another unit changed: this one did not. */
	struct call name = {&boss, "PUT", "/api/v1/tree/units/lab", "{\"name\":\"Laboratory\"}", NULL, mark};
	assert_int_equal(status_of(&c, &name), 200);
	struct call size = {&boss, "PUT", "/api/v1/tree/units/lab", "{\"size\":12}", NULL, mark};
	assert_int_equal(status_of(&c, &size), 412);
	struct call end = {&boss, "DELETE", "/api/v1/tree/units/lab", NULL, NULL, mark};
	assert_int_equal(status_of(&c, &end), 412);
	size.match = NULL;
	assert_int_equal(status_of(&c, &size), 200); /* what it does not name stays */
	assert_int_equal(ask_for(&c, &v, &read), 200);
	assert_true(visit_shows(&v, "\"name\":\"Laboratory\",\"parent\":\"north\",\"declared\":[],\"size\":12"));
	visit_end(&v);
	leave(&c);
}

static void a_tree_is_looked_at_before_it_is_stored_and_taken_back_after(void **state)
{
	static const char file[] = "unit,parent\nacme,\nnorth,acme\n";
	struct city c;
	struct visit v;
	found(&c, *state);
	struct visitor boss = newcomer(c.room, S("boss"), ACCESS_ADMIN, &c.arena);
	struct call import = {&boss, "POST", "/api/v1/tree/import?dry_run=true", file, NULL, NULL};
	assert_int_equal(ask_for(&c, &v, &import), 200);
	assert_true(visit_shows(&v, "\"stored\":false,\"unchanged\":false,\"units\":2"));
	assert_true(visit_shows(&v, "\"added\":0,\"removed\":2,\"changed\":0"));
	visit_end(&v);
	assert_int_equal(trees(&c), 1);
	import.address = "/api/v1/tree/import";
	assert_int_equal(ask_for(&c, &v, &import), 200);
	assert_true(visit_shows(&v, "\"stored\":true"));
	visit_end(&v);
	assert_int_equal(trees(&c), 2);
	struct call back = {&boss, "POST", "/api/v1/tree/history/1/restore", "{\"expected\":1}", NULL, NULL};
	assert_int_equal(status_of(&c, &back), 409);
	back.body = "{\"expected\":2,\"since\":\"always\"}";
	assert_int_equal(status_of(&c, &back), 200);
	assert_int_equal(trees(&c), 3);
	struct call tree = {&boss, "GET", "/api/v1/tree", NULL, NULL, NULL};
	assert_int_equal(ask_for(&c, &v, &tree), 200);
	assert_true(visit_shows(&v, "\"id\":\"south\""));
	visit_end(&v);
	/* A mistake is told with its place, and changes nothing. */
	struct call wrong = {&boss, "PUT", "/api/v1/tree/units/north", "{\"parent\":\"lab\"}", NULL, NULL};
	assert_int_equal(ask_for(&c, &v, &wrong), 400);
	assert_true(visit_shows(&v, "\"where\":\"parent\""));
	visit_end(&v);
	wrong.body = "{\"since\":\"yesterday\"}";
	assert_int_equal(status_of(&c, &wrong), 400);
	wrong.address = "/api/v1/tree/units/nowhere";
	assert_int_equal(status_of(&c, &wrong), 404);
	assert_int_equal(trees(&c), 3);
	leave(&c);
}

#define CASES(X)                                                                                                       \
	X(a_write_that_is_sent_again_is_done_once), X(a_key_is_for_one_request), X(what_was_refused_is_asked_anew),    \
	    X(a_secret_is_kept_under_no_key), X(who_may_no_more_does_not_hear_the_old_answer),                         \
	    X(two_who_change_the_same_do_not_overwrite_each_other), X(the_clock_alone_changes_no_mark),                \
	    X(an_answer_in_between_is_a_conflict), X(documents_are_read_as_strictly_as_the_rest),                      \
	    X(a_token_that_reads_writes_nothing), X(what_is_expected_of_a_feed_is_held_by_its_mark),                   \
	    X(sessions_are_ended_by_their_owner_and_by_administrators),                                                \
	    X(a_unit_that_was_changed_meanwhile_is_not_overwritten),                                                   \
	    X(a_tree_is_looked_at_before_it_is_stored_and_taken_back_after)

STORE_MAIN("api writes")
