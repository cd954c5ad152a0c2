/**
 * Tokens: never more than their user may at that moment, and never more than they say.
 */
#include "app/people_house.h"

static enum status make(const struct room *room, struct app_token token, char value[64], int64_t *id)
{
	struct house h;
	struct view_token v = {0};
	token.name = S("test");
	ask(&h, room, now);
	enum status status = app_token_create(&h.app, &token, &v, NULL);
	if (value)
		(void)snprintf(value, 64, "%.*s", STR_ARG(v.value));
	if (id)
		*id = v.id;
	answered(&h);
	return status;
}

/* The role of a token at a unit; -1: the token is not good. */
static int role_at(const struct room *room, int64_t at_ms, const char *value, str unit)
{
	struct house h;
	struct view_caller caller;
	struct unit_tree tree;
	int role = -1;
	ask(&h, room, at_ms);
	if (app_token_find(&h.app, str_from(value), &caller, NULL) == OK) {
		RUN(app_people_tree(&h.app, &tree, err));
		assert_true(caller.access.token);
		role = (int)access_role_at(&caller.access, &tree, unit_find(&tree, unit));
	}
	answered(&h);
	return role;
}

static void a_token_is_the_lesser_role_at_the_lower_unit(void **state)
{
	const struct room *room = *state;
	char value[64];
	organise(room);
	add_user(room, S("kofi"), ACCESS_LEAD, S("north"));
	add_user(room, S("ada"), ACCESS_ADMIN, S(""));
	struct app_token token = {.user = S("kofi"), .role = ACCESS_READER, .unit = S("north")};
	assert_int_equal(make(room, token, value, NULL), OK);
	assert_int_equal(strlen(value), 49);
	assert_int_equal(role_at(room, now, value, S("acme")), ACCESS_NONE);
	assert_int_equal(role_at(room, now, value, S("north")), ACCESS_READER);
	assert_int_equal(role_at(room, now, value, S("lab")), ACCESS_READER);
	assert_int_equal(role_at(room, now, value, S("south")), ACCESS_NONE);
	token.unit = S("lab");
	token.role = ACCESS_LEAD;
	assert_int_equal(make(room, token, value, NULL), OK);
	assert_int_equal(role_at(room, now, value, S("north")), ACCESS_NONE);
	assert_int_equal(role_at(room, now, value, S("lab")), ACCESS_LEAD);
	token = (struct app_token){.user = S("ada"), .role = ACCESS_ASSESSOR, .unit = S("south")};
	assert_int_equal(make(room, token, value, NULL), OK);
	assert_int_equal(role_at(room, now, value, S("acme")), ACCESS_NONE);
	assert_int_equal(role_at(room, now, value, S("south")), ACCESS_ASSESSOR);
	token = (struct app_token){.user = S("ada"), .role = ACCESS_ADMIN};
	assert_int_equal(make(room, token, value, NULL), OK);
	assert_int_equal(role_at(room, now, value, S("acme")), ACCESS_ADMIN);
}

static void what_the_user_may_not_the_token_is_not_made_for(void **state)
{
	const struct room *room = *state;
	organise(room);
	add_user(room, S("kofi"), ACCESS_LEAD, S("north"));
	add_user(room, S("ada"), ACCESS_ADMIN, S(""));
	static const struct {
		struct app_token token;
		enum status status;
	} tries[] = {
	    {{.user = S("kofi"), .role = ACCESS_LEAD}, E_DENIED},
	    {{.user = S("kofi"), .role = ACCESS_READER}, E_DENIED},
	    {{.user = S("kofi"), .role = ACCESS_READER, .unit = S("south")}, E_DENIED},
	    {{.user = S("kofi"), .role = ACCESS_ADMIN, .unit = S("north")}, E_INVALID},
	    {{.user = S("kofi")}, E_INVALID},
	    {{.user = S("kofi"), .role = ACCESS_READER, .feed = S("x"), .unit = S("north")}, E_INVALID},
	    {{.user = S("nobody"), .role = ACCESS_READER}, E_NOT_FOUND},
	    {{.user = S("ada"), .role = ACCESS_READER, .unit = S("nowhere")}, E_NOT_FOUND},
	    {{.user = S("ada"), .role = ACCESS_READER, .expires = {true, DAY(50)}}, E_INVALID},
	    {{.user = S("ada"), .role = ACCESS_READER, .expires = {true, DAY(50 + 366) + 1}}, E_INVALID},
	    {{.user = S("ada"), .role = ACCESS_READER, .expires = {true, DAY(50 + 366)}}, OK},
	    {{.user = S("kofi"), .feed = S("prowler")}, E_DENIED},
	    {{.user = S("kofi"), .feed = S("prowler"), .unit = S("lab")}, OK},
	};
	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++)
		assert_int_equal(make(room, tries[i].token, NULL, NULL), tries[i].status);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM token")), 2);
	assert_int_equal(audit_acts(room, "token.create"), 2);
}

static void a_token_shrinks_with_its_user_and_dies_with_it(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_grant g;
	struct view_user v;
	char value[64];
	organise(room);
	add_user(room, S("kofi"), ACCESS_LEAD, S(""));
	assert_int_equal(make(room, (struct app_token){.user = S("kofi"), .role = ACCESS_LEAD}, value, NULL), OK);
	ask(&h, room, now);
	RUN(app_user_grant(&h.app, S("kofi"), ACCESS_ASSESSOR, S("lab"), &g, err));
	RUN(app_user_revoke(&h.app, S("kofi"), ACCESS_LEAD, S(""), &g, err));
	assert_int_equal(role_at(room, now, value, S("north")), ACCESS_NONE);
	assert_int_equal(role_at(room, now, value, S("lab")), ACCESS_ASSESSOR);
	RUN(app_user_disable(&h.app, S("kofi"), &v, err));
	assert_int_equal(role_at(room, now, value, S("lab")), -1);
	RUN(app_user_enable(&h.app, S("kofi"), &v, err));
	assert_int_equal(role_at(room, now, value, S("lab")), ACCESS_ASSESSOR);
	RUN(app_user_revoke(&h.app, S("kofi"), ACCESS_ASSESSOR, S("lab"), &g, err));
	assert_int_equal(role_at(room, now, value, S("lab")), -1);
	answered(&h);
}

static void a_token_ends_by_time_or_when_it_is_revoked(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_token v;
	char value[64], wrong[64];
	int64_t id;
	organise(room);
	add_user(room, S("kofi"), ACCESS_READER, S(""));
	struct app_token token = {.user = S("kofi"), .role = ACCESS_READER, .expires = at_time(now + hour_ms)};
	assert_int_equal(make(room, token, value, &id), OK);
	assert_int_equal(role_at(room, now + hour_ms - 1, value, S("acme")), ACCESS_READER);
	assert_int_equal(role_at(room, now + hour_ms, value, S("acme")), -1);
	memcpy(wrong, value, sizeof wrong);
	wrong[48] = wrong[48] == 'A' ? 'E' : 'A';
	assert_int_equal(role_at(room, now, wrong, S("acme")), -1);
	assert_int_equal(role_at(room, now, "aismm_", S("acme")), -1);
	assert_int_equal(role_at(room, now, "", S("acme")), -1);
	ask(&h, room, now);
	RUN(app_token_revoke(&h.app, id, &v, err));
	RUN(app_token_revoke(&h.app, id, &v, err));
	assert_int_equal(v.revoked_ms, now);
	assert_int_equal(app_token_revoke(&h.app, id + 1, &v, NULL), E_NOT_FOUND);
	answered(&h);
	assert_int_equal(role_at(room, now, value, S("acme")), -1);
	assert_int_equal(audit_acts(room, "token.revoke"), 1);
}

static void use_is_noted_once_a_minute_and_the_value_is_nowhere(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_caller caller;
	const struct view_token *list;
	size_t n;
	char value[64];
	organise(room);
	add_user(room, S("kofi"), ACCESS_READER, S(""));
	assert_int_equal(make(room, (struct app_token){.user = S("kofi"), .role = ACCESS_READER}, value, NULL), OK);
	ask(&h, room, now);
	RUN(app_token_find(&h.app, str_from(value), &caller, err));
	assert_true(caller.slides);
	RUN(app_token_slide(&h.app, str_from(value), err));
	RUN(app_token_find(&h.app, str_from(value), &caller, err));
	assert_false(caller.slides);
	h.app.now_ms += minute_ms;
	RUN(app_token_find(&h.app, str_from(value), &caller, err));
	assert_true(caller.slides);
	RUN(app_token_list(&h.app, S(""), true, false, &list, &n, err));
	assert_int_equal(n, 1);
	assert_null(list[0].value.p);
	assert_int_equal(list[0].used_ms, now);
	assert_true(str_starts(str_from(value), list[0].prefix) && list[0].prefix.n == 12);
	answered(&h);
}

static void a_feeder_has_its_feed_and_nothing_else(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_caller caller;
	struct view_grant g;
	struct unit_tree tree;
	char value[64];
	organise(room);
	add_user(room, S("kofi"), ACCESS_LEAD, S("north"));
	struct app_token token = {.user = S("kofi"), .feed = S("prowler"), .unit = S("lab")};
	assert_int_equal(make(room, token, value, NULL), OK);
	ask(&h, room, now);
	RUN(app_token_find(&h.app, str_from(value), &caller, err));
	RUN(app_people_tree(&h.app, &tree, err));
	assert_true(str_eq(caller.access.feed, S("prowler")) && str_eq(caller.unit, S("lab")));
	assert_int_equal(access_role_most(&caller.access), ACCESS_NONE);
	assert_int_equal(caller.access.n_assigned, 0);
	/* It goes on while its user may import there. */
	RUN(app_user_grant(&h.app, S("kofi"), ACCESS_ASSESSOR, S("north"), &g, err));
	RUN(app_user_revoke(&h.app, S("kofi"), ACCESS_LEAD, S("north"), &g, err));
	RUN(app_token_find(&h.app, str_from(value), &caller, err));
	RUN(app_user_grant(&h.app, S("kofi"), ACCESS_READER, S(""), &g, err));
	RUN(app_user_revoke(&h.app, S("kofi"), ACCESS_ASSESSOR, S("north"), &g, err));
	assert_int_equal(app_token_find(&h.app, str_from(value), &caller, NULL), E_DENIED);
	answered(&h);
}

static void assignments_go_with_a_token_that_may_answer_and_covers_them(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_assignment v;
	struct view_caller caller;
	char value[64];
	organise(room);
	use_small_model(room);
	add_user(room, S("kofi"), ACCESS_RESPONDENT, S(""));
	ask(&h, room, now);
	struct app_assign at_lab = {.objective = S("GOV-02.1"), .unit = S("lab"), .user = S("kofi")};
	struct app_assign at_south = {.objective = S("GOV-02.1"), .unit = S("south"), .user = S("kofi")};
	RUN(app_assign_add(&h.app, &at_lab, &v, err));
	RUN(app_assign_add(&h.app, &at_south, &v, err));
	answered(&h);
	struct app_token token = {.user = S("kofi"), .role = ACCESS_RESPONDENT, .unit = S("north")};
	assert_int_equal(make(room, token, value, NULL), OK);
	ask(&h, room, now);
	RUN(app_token_find(&h.app, str_from(value), &caller, err));
	assert_int_equal(caller.access.n_assigned, 1);
	assert_true(access_is_assigned(&caller.access, S("GOV-02.1"), S("lab")));
	answered(&h);
	add_user(room, S("ada"), ACCESS_LEAD, S(""));
	ask(&h, room, now);
	at_lab.user = S("ada");
	RUN(app_assign_add(&h.app, &at_lab, &v, err));
	answered(&h);
	assert_int_equal(make(room, (struct app_token){.user = S("ada"), .role = ACCESS_READER}, value, NULL), OK);
	ask(&h, room, now);
	RUN(app_token_find(&h.app, str_from(value), &caller, err));
	assert_int_equal(caller.access.n_assigned, 0); /* a reader changes nothing */
	answered(&h);
}

#define CASES(X)                                                                                                       \
	X(a_token_is_the_lesser_role_at_the_lower_unit), X(what_the_user_may_not_the_token_is_not_made_for),           \
	    X(a_token_shrinks_with_its_user_and_dies_with_it), X(a_token_ends_by_time_or_when_it_is_revoked),          \
	    X(use_is_noted_once_a_minute_and_the_value_is_nowhere), X(a_feeder_has_its_feed_and_nothing_else),         \
	    X(assignments_go_with_a_token_that_may_answer_and_covers_them)

STORE_MAIN("tokens")
