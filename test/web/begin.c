/**
 * The first steps: an organisation without a unit, and a person without a password.
 */
#include "web/house.h"

struct town {
	const struct room *room;
	struct arena arena;
};

static void enter(struct town *t, const struct room *room)
{
	*t = (struct town){.room = room, .arena = ARENA(1 << 20)};
	use_small_model(room);
}

static struct visitor settle(struct town *t, str name, enum access_role role)
{
	add_user(t->room, name, role, S(""));
	set_password(t->room, name, password);
	return visitor_of(t->room, name, &t->arena);
}

static int get(struct visit *v, const struct town *t, const struct visitor *who, str address)
{
	visit_begin(v, t->room, address);
	visit_as(v, who);
	return visit_answer(v, "GET");
}

/* ---- no unit ---- */

static void before_the_first_unit_every_page_says_how_one_begins(void **state)
{
	static const char *const pages[] = {"/assess",
					    "/assess/GOV-02.1",
					    "/category/GOV",
					    "/evidence",
					    "/evidence/files",
					    "/evidence/import",
					    "/evidence/links",
					    "/evidence/unresolved",
					    "/objective/GOV-02.1",
					    "/objective/GOV-02.1/offenders",
					    "/registers",
					    "/registers/approvals",
					    "/registers/model",
					    "/registers/other",
					    "/registers/shadow",
					    "/units/roll-up"};
	struct town t;
	enter(&t, *state);
	struct visitor admin = settle(&t, S("admin"), ACCESS_ADMIN), assessor = settle(&t, S("a"), ACCESS_ASSESSOR);
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		struct visit v;
		int status = get(&v, &t, &admin, str_from(pages[i]));
		if (status != 200 || !visit_shows(&v, "href=\"/start\"") || !visit_shows(&v, "No unit is known yet."))
			fail_msg("%s: %d: %.*s", pages[i], status, STR_ARG(buf_str(&v.r.body)));
		visit_end(&v);
		status = get(&v, &t, &assessor, str_from(pages[i]));
		if (status != 200 || visit_shows(&v, "href=\"/start\"") || !visit_shows(&v, "Ask an administrator"))
			fail_msg("%s: %d: %.*s", pages[i], status, STR_ARG(buf_str(&v.r.body)));
		visit_end(&v);
	}
	arena_release(&t.arena);
}

static void before_the_first_unit_no_page_of_one_address_fails(void **state)
{
	struct town t;
	enter(&t, *state);
	struct visitor admin = settle(&t, S("admin"), ACCESS_ADMIN);
	for (size_t i = 0; i < route_count; i++) {
		const struct route *route = &route_table[i];
		struct visit v;
		if (route->method != REQUEST_GET || route->document || str_find(route->pattern, S("{")) >= 0 ||
		    str_ends(route->pattern, S(".csv")))
			continue;
		int status = get(&v, &t, &admin, route->pattern);
		if (status != 200 && status != 303)
			fail_msg("%.*s: %d: %s", STR_ARG(route->pattern), status, v.why.message);
		visit_end(&v);
	}
	arena_release(&t.arena);
}

static void what_is_not_there_stays_not_there(void **state)
{
	static const char *const none[] = {"/evidence?unit=acme", "/help/nowhere", "/admin/person/nobody",
					   "/units/import/x"};
	struct town t;
	struct visit v;
	enter(&t, *state);
	struct visitor admin = settle(&t, S("admin"), ACCESS_ADMIN);
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		assert_int_equal(get(&v, &t, &admin, str_from(none[i])), 404);
		visit_end(&v);
	}
	organise(t.room);
	assert_int_equal(get(&v, &t, &admin, S("/category/NONE")), 404);
	visit_end(&v);
	assert_int_equal(get(&v, &t, &admin, S("/evidence")), 200);
	assert_false(visit_shows(&v, "No unit is known yet."));
	visit_end(&v);
	arena_release(&t.arena);
}

/* ---- no password ---- */

static str link_of(struct town *t, str name)
{
	struct house h;
	struct view_sign_in_link link;
	ask(&h, t->room, now);
	RUN(app_user_link(&h.app, name, false, NULL, &link, err));
	str path = str_copy(&t->arena, link.path);
	answered(&h);
	return path;
}

/* -> where it leads; who: the session. */
static str follow(struct town *t, str name, struct visitor *who)
{
	struct visit v;
	str cookie, rest, equals;
	visit_begin(&v, t->room, link_of(t, name));
	assert_int_equal(visit_answer(&v, "POST"), 303);
	str to = str_copy(&t->arena, v.r.location);
	assert_true(str_cut(v.r.cookie, '=', &equals, &rest));
	assert_true(str_cut(rest, ';', &cookie, &rest));
	*who = (struct visitor){.cookie = str_copy(&t->arena, cookie)};
	visit_end(&v);
	return to;
}

static void who_came_by_a_link_is_led_to_a_password_until_there_is_one(void **state)
{
	static const char note[] = "You have no password yet";
	struct town t;
	struct visit v;
	struct visitor who;
	enter(&t, *state);
	organise(t.room);
	add_user(t.room, S("grace"), ACCESS_READER, S(""));
	assert_true(str_eq(follow(&t, S("grace"), &who), S("/account")));
	assert_int_equal(get(&v, &t, &who, S("/units")), 200);
	assert_true(visit_shows(&v, note));
	visit_end(&v);
	assert_int_equal(get(&v, &t, &who, S("/account")), 200);
	assert_true(visit_shows(&v, note));
	assert_true(visit_shows(&v, "Set password"));
	visit_end(&v);
	set_password(t.room, S("grace"), password);
	struct visitor signed_in = visitor_of(t.room, S("grace"), &t.arena);
	assert_int_equal(get(&v, &t, &signed_in, S("/units")), 200);
	assert_false(visit_shows(&v, note));
	visit_end(&v);
	/* A password that was lost is there all the same. */
	assert_true(str_eq(follow(&t, S("grace"), &who), S("/")));
	assert_int_equal(get(&v, &t, &who, S("/units")), 200);
	assert_false(visit_shows(&v, note));
	visit_end(&v);
	arena_release(&t.arena);
}

#define CASES(X)                                                                                                       \
	X(before_the_first_unit_every_page_says_how_one_begins),                                                       \
	    X(before_the_first_unit_no_page_of_one_address_fails), X(what_is_not_there_stays_not_there),               \
	    X(who_came_by_a_link_is_led_to_a_password_until_there_is_one)

STORE_MAIN("web/begin")
