/**
 * A second factor that is asked of people by a setting: who has none may do nothing before there is one.
 */
#include "web/house.h"

static int visit_to(const struct room *room, const struct visitor *who, const char *method, const char *address,
		    struct visit *v)
{
	visit_begin(v, room, str_from(address));
	visit_as(v, who);
	if (strcmp(method, "POST") == 0)
		visit_send(v, S("application/json"), S("{}"));
	return visit_answer(v, method);
}

static void ask_of(const struct room *room, str whom)
{
	struct house h;
	struct view_setting setting;
	ask(&h, room, now);
	RUN(app_setting_set(&h.app, S("second.factor"), whom, &setting, err));
	answered(&h);
}

static enum status make_token(const struct room *room, str user, struct err *why)
{
	struct house h;
	struct access who;
	struct view_token made;
	struct app_token token = {
	    .name = S("t"), .role = ACCESS_READER, .proof = {.password = password}, .expires = at_time(DAY(60))};
	*why = (struct err){0};
	ask(&h, room, now);
	be(&h, user, &who);
	enum status status = app_token_create(&h.app, &token, &made, why);
	answered(&h);
	return status;
}

static void is_open(const struct room *room, const struct visitor *who)
{
	struct visit v;
	assert_int_equal(visit_to(room, who, "GET", "/units", &v), 200);
	visit_end(&v);
	assert_int_equal(visit_to(room, who, "GET", "/api/v1/units", &v), 200);
	visit_end(&v);
}

static void is_shut(const struct room *room, const struct visitor *who)
{
	static const char note[] = "A second factor is asked of you";
	struct visit v;
	assert_int_equal(visit_to(room, who, "GET", "/units", &v), 303);
	assert_true(str_eq(v.r.location, S("/account")));
	visit_end(&v);
	assert_int_equal(visit_to(room, who, "GET", "/account", &v), 200);
	assert_true(visit_shows(&v, note));
	visit_end(&v);
	assert_int_equal(visit_to(room, who, "GET", "/help", &v), 200);
	assert_true(visit_shows(&v, note));
	visit_end(&v);
	assert_int_equal(visit_to(room, who, "GET", "/api/v1/units", &v), 403);
	assert_true(visit_shows(&v, "a second factor has to be set up first"));
	visit_end(&v);
	assert_int_equal(visit_to(room, who, "POST", "/api/v1/answers", &v), 403);
	visit_end(&v);
}

/* In the session of the visitor, who shows the first code. */
static void set_up(const struct room *room, str user, const struct visitor *who_asks)
{
	struct house h;
	struct access who;
	struct view_second v;
	char code[8];
	ask(&h, room, now);
	be(&h, user, &who);
	RUN(app_second_enrol(&h.app, &(struct app_proof){.password = password}, &v, err));
	(void)snprintf(code, sizeof code, "%06u", code_at(v.secret, now));
	RUN(app_second_confirm(&h.app, str_from(code), who_asks->cookie, &v, err));
	answered(&h);
}

static void remove_again(const struct room *room, str user, const struct visitor *who_asks)
{
	struct house h;
	struct access who;
	struct app_proof proof = {.password = password, .cookie = who_asks->cookie};
	bool removed;
	ask(&h, room, now);
	be(&h, user, &who);
	RUN(app_second_remove(&h.app, &proof, &removed, err));
	assert_true(removed);
	answered(&h);
}

static void is_over(const struct room *room, const struct visitor *who)
{
	struct visit v;
	assert_int_equal(visit_to(room, who, "GET", "/units", &v), 303);
	assert_true(str_starts(v.r.location, S("/sign-in")));
	visit_end(&v);
}

static void of_whom_it_is_asked_and_who_has_none_may_nothing_else(void **state)
{
	const struct room *room = *state;
	struct arena a = ARENA(1 << 20);
	struct err why;
	organise(room);
	use_small_model(room);
	add_user(room, S("ada"), ACCESS_ADMIN, S(""));
	add_user(room, S("rob"), ACCESS_READER, S(""));
	set_password(room, S("ada"), password);
	set_password(room, S("rob"), password);
	struct visitor ada = visitor_of(room, S("ada"), &a), rob = visitor_of(room, S("rob"), &a),
		       thief = visitor_of(room, S("ada"), &a);
	is_open(room, &ada);
	ask_of(room, S("administrators"));
	is_shut(room, &ada);
	is_open(room, &rob);
	assert_int_equal(make_token(room, S("ada"), &why), E_DENIED);
	assert_non_null(strstr(why.message, "second factor"));
	assert_int_equal(make_token(room, S("rob"), &why), OK);
	ask_of(room, S("everybody"));
	is_shut(room, &rob);
	set_up(room, S("ada"), &ada);
	is_open(room, &ada);
	is_over(room, &thief); /* who knew the password alone */
	assert_int_equal(make_token(room, S("ada"), &why), OK);
	remove_again(room, S("ada"), &ada);
	is_shut(room, &ada);
	ask_of(room, S(""));
	is_open(room, &rob);
	is_open(room, &ada);
	arena_release(&a);
}

#define CASES(X) X(of_whom_it_is_asked_and_who_has_none_may_nothing_else)

STORE_MAIN("second")
