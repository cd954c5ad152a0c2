/**
 * The demo organisation beside one's own: who sees it, what it shows, and that nothing of it gets into the own store.
 */
#include "web/house.h"

#include "web/demo.h"

struct scene {
	struct arena arena;
	struct demo demo;
	struct visitor admin, respondent;
	const struct room *room;
};

static void begin(struct scene *s, const struct room *room)
{
	*s = (struct scene){.arena = ARENA(1 << 20), .room = room};
	organise(room);
	use_small_model(room);
	add_user(room, S("admin"), ACCESS_ADMIN, S(""));
	add_user(room, S("respondent"), ACCESS_RESPONDENT, S("north"));
	set_password(room, S("admin"), password);
	set_password(room, S("respondent"), password);
	s->admin = visitor_of(room, S("admin"), &s->arena);
	s->respondent = visitor_of(room, S("respondent"), &s->arena);
	demo_init(&s->demo);
}

static void end(struct scene *s)
{
	demo_end(&s->demo);
	arena_release(&s->arena);
}

static int look(struct scene *s, struct visit *v, const struct visitor *who, const char *method, const char *address)
{
	visit_begin(v, s->room, str_from(address));
	v->q.demo = &s->demo;
	if (who)
		visit_as(v, who);
	return visit_answer(v, method);
}

static int status_of(struct scene *s, const struct visitor *who, const char *method, const char *address)
{
	struct visit v;
	int status = look(s, &v, who, method, address);
	visit_end(&v);
	return status;
}

/* Links stay in it, but for those to what is one's own. */
static void check_links(struct scene *s)
{
	struct visit v;
	assert_int_equal(look(s, &v, &s->respondent, "GET", "/demo/units?unit=retail"), 200);
	assert_true(visit_shows(&v, "href=\"/demo/category/"));
	assert_true(visit_shows(&v, "action=\"/demo/units"));
	assert_true(visit_shows(&v, "href=\"/demo/?unit=retail\""));
	assert_true(visit_shows(&v, "href=\"/account\""));
	assert_true(visit_shows(&v, "href=\"/welcome\""));
	assert_true(visit_shows(&v, "href=\"/asset/"));
	assert_true(visit_shows(&v, "action=\"/sign-out\""));
	assert_false(visit_shows(&v, "href=\"/category/"));
	assert_false(visit_shows(&v, "href=\"/assess"));
	visit_end(&v);
}

/* What it has not is said inside it. */
static void check_failure(struct scene *s)
{
	struct visit v;
	assert_int_equal(look(s, &v, &s->admin, "GET", "/demo/objective/NOPE"), 404);
	assert_true(visit_shows(&v, "Leave the demo"));
	assert_true(visit_shows(&v, "href=\"/demo/\""));
	visit_end(&v);
	assert_int_equal(status_of(s, &s->admin, "GET", "/demo/units.csv"), 200);
}

static void it_shows_halden_and_the_own_store_stays_as_it_was(void **state)
{
	struct scene s;
	struct visit v;
	char before[HASH_TEXT], after[HASH_TEXT];
	begin(&s, *state);
	content_of(s.room->db, false, before);
	static const char *const addresses[] = {"/demo", "/demo/", "/demo/units", "/demo/category/IAM",
						"/demo/objective/IAM-02.3?unit=nordic"};
	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		assert_int_equal(look(&s, &v, &s.admin, "GET", addresses[i]), 200);
		assert_true(visit_shows(&v, "Halden"));
		assert_true(visit_shows(&v, "Leave the demo"));
		assert_false(visit_shows(&v, "Acme"));
		visit_end(&v);
	}
	check_links(&s);
	check_failure(&s);
	content_of(s.room->db, false, after);
	assert_string_equal(before, after);
	assert_int_equal(look(&s, &v, &s.admin, "GET", "/units"), 200);
	assert_false(visit_shows(&v, "Halden"));
	assert_false(visit_shows(&v, "Leave the demo"));
	visit_end(&v);
	end(&s);
}

static void nobody_who_is_not_signed_in_sees_it_and_nobody_writes_there(void **state)
{
	struct scene s;
	struct visit v;
	begin(&s, *state);
	assert_int_equal(look(&s, &v, NULL, "GET", "/demo/units"), 303);
	assert_true(str_starts(v.r.location, S("/sign-in?to=%2Fdemo%2Funits")));
	visit_end(&v);
	static const char *const closed[] = {"/demo/admin",       "/demo/account", "/demo/assess",
					     "/demo/targets/GOV", "/demo/start",   "/demo/api/v1/score",
					     "/demo/demo/units",  "/demonstration"};
	for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++)
		assert_int_equal(status_of(&s, &s.admin, "GET", closed[i]), 404);
	for (size_t i = 0; i < route_count; i++) {
		struct buf address = BUF(4096);
		buf_add(&address, S("/demo"));
		buf_add(&address, route_table[i].pattern);
		buf_char(&address, 0);
		for (int m = 0; m < 3 && !route_table[i].document; m++) {
			static const char *const writes[] = {"POST", "PUT", "DELETE"};
			int status = status_of(&s, &s.admin, writes[m], buf_str(&address).p);
			assert_true(status == 404 || status == 405);
		}
		buf_release(&address);
	}
	end(&s);
}

#define CASES(ON)                                                                                                      \
	ON(it_shows_halden_and_the_own_store_stays_as_it_was),                                                         \
	    ON(nobody_who_is_not_signed_in_sees_it_and_nobody_writes_there)

STORE_MAIN("web/demo")
