/**
 * Users: the first one, what they are granted, the last administrator, links and passwords.
 */
#include "app/people_house.h"

static enum status set_up(const struct room *room, str name, str text, struct err *why)
{
	struct house h;
	struct view_opened out;
	struct app_user_setup setup = {.name = name, .password = text, .address = S("192.0.2.1")};
	*why = (struct err){0};
	ask(&h, room, now);
	enum status status = app_user_setup(&h.app, &setup, &out, why);
	answered(&h);
	return status;
}

static bool nobody_is_there(const struct room *room)
{
	struct house h;
	bool none;
	ask(&h, room, now);
	RUN(app_user_none(&h.app, &none, err));
	answered(&h);
	return none;
}

static void the_first_administrator_is_set_up_once_before_there_are_units(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct house h;
	struct access who;
	struct unit_tree none = {0};
	assert_true(nobody_is_there(room));
	assert_int_equal(set_up(room, S("grace"), S("short"), &why), E_INVALID);
	assert_int_equal(set_up(room, S(" grace"), password, &why), E_INVALID);
	assert_true(nobody_is_there(room));
	assert_int_equal(set_up(room, S("grace"), password, &why), OK);
	assert_false(nobody_is_there(room));
	assert_int_equal(set_up(room, S("mallory"), password, &why), E_CONFLICT);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM user_account")), 1);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM session")), 1);
	ask(&h, room, now);
	be(&h, S("grace"), &who);
	assert_int_equal(access_role_at(&who, &none, 0), ACCESS_ADMIN);
	RUN(app_people_admin(&h.app, err));
	answered(&h);
	assert_int_equal(sign_in(room, now, S("grace"), password, S(""), NULL, &why), OK);
}

static void names_differ_in_more_than_capitals(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_user v;
	add_user(room, S("Grace"), ACCESS_NONE, S(""));
	static const struct {
		str name;
		enum status status;
	} names[] = {{S("grace"), E_CONFLICT}, {S("GRACE"), E_CONFLICT}, {S(""), E_INVALID}, {S("a\nb"), E_INVALID},
		     {S("x "), E_INVALID},     {S("\xff"), E_INVALID},   {S("grâce"), OK},   {S("' OR 1=1 --"), OK}};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct app_user user = {.name = names[i].name};
		ask(&h, room, now);
		assert_int_equal(app_user_add(&h.app, &user, &v, NULL), names[i].status);
		answered(&h);
	}
	ask(&h, room, now);
	RUN(app_user_show(&h.app, S("gRACE"), &v, err));
	assert_true(str_eq(v.name, S("Grace")));
	answered(&h);
}

static void a_grant_that_was_taken_back_keeps_by_whom_and_when(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_grant g;
	struct view_user v;
	organise(room);
	add_user(room, S("kofi"), ACCESS_LEAD, S("north"));
	ask(&h, room, now + 1);
	RUN(app_user_grant(&h.app, S("kofi"), ACCESS_LEAD, S("north"), &g, err));
	assert_true(g.unchanged);
	RUN(app_user_grant(&h.app, S("kofi"), ACCESS_READER, S("acme"), &g, err));
	assert_true(str_eq(g.unit, S("acme")));
	assert_int_equal(app_user_grant(&h.app, S("kofi"), ACCESS_READER, S("nowhere"), &g, NULL), E_NOT_FOUND);
	assert_int_equal(app_user_grant(&h.app, S("nobody"), ACCESS_READER, S(""), &g, NULL), E_NOT_FOUND);
	assert_int_equal(app_user_grant(&h.app, S("kofi"), ACCESS_ADMIN, S("north"), &g, NULL), E_INVALID);
	assert_int_equal(app_user_grant(&h.app, S("kofi"), ACCESS_NONE, S(""), &g, NULL), E_INVALID);
	h.app.actor = S("ada");
	h.app.now_ms = now + 2;
	RUN(app_user_revoke(&h.app, S("kofi"), ACCESS_LEAD, S("north"), &g, err));
	assert_int_equal(app_user_revoke(&h.app, S("kofi"), ACCESS_LEAD, S("north"), &g, NULL), E_NOT_FOUND);
	RUN(app_user_show(&h.app, S("kofi"), &v, err));
	assert_int_equal(v.n_grants, 2);
	assert_int_equal(v.grants[0].recorded_ms, now);
	assert_int_equal(v.grants[0].ended_ms, now + 2);
	assert_true(str_eq(v.grants[0].author, S("tester")) && str_eq(v.grants[0].ended_by, S("ada")));
	assert_int_equal(v.grants[1].ended_ms, TIME_FOREVER);
	RUN(app_user_revoke(&h.app, S("kofi"), ACCESS_READER, S(""), &g, err)); /* the root by no name */
	answered(&h);
}

static void a_grant_at_the_root_outlives_the_name_of_the_root(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct access who;
	organise(room);
	add_user(room, S("ada"), ACCESS_ADMIN, S("acme"));
	add_user(room, S("kofi"), ACCESS_LEAD, S("north"));
	import_units(room, now + 1, at_time(now + 1), S("unit,parent\ngroup,\nacme,group\n"));
	ask(&h, room, now + 2);
	be(&h, S("ada"), &who);
	RUN(app_people_admin(&h.app, err));
	answered(&h);
	ask(&h, room, now + 2);
	be(&h, S("kofi"), &who);
	assert_int_equal(who.n_grants, 1);
	assert_int_equal(app_people_admin(&h.app, NULL), E_DENIED);
	answered(&h);
}

static void the_last_administrator_can_neither_go_nor_be_kept_out(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_grant g;
	struct view_user v;
	int64_t rows;
	add_user(room, S("ada"), ACCESS_ADMIN, S(""));
	add_user(room, S("bo"), ACCESS_ADMIN, S(""));
	ask(&h, room, now);
	RUN(app_user_disable(&h.app, S("bo"), &v, err));
	rows = audit_rows(room);
	assert_int_equal(app_user_disable(&h.app, S("ada"), &v, NULL), E_CONFLICT);
	assert_int_equal(app_user_revoke(&h.app, S("ada"), ACCESS_ADMIN, S(""), &g, NULL), E_CONFLICT);
	assert_int_equal(audit_rows(room), rows);
	RUN(app_user_revoke(&h.app, S("bo"), ACCESS_ADMIN, S(""), &g, err)); /* it counts for nothing */
	RUN(app_user_enable(&h.app, S("bo"), &v, err));
	assert_int_equal(app_user_disable(&h.app, S("ada"), &v, NULL), E_CONFLICT);
	RUN(app_user_grant(&h.app, S("bo"), ACCESS_ADMIN, S(""), &g, err));
	RUN(app_user_disable(&h.app, S("ada"), &v, err));
	assert_false(v.unchanged);
	RUN(app_user_disable(&h.app, S("ada"), &v, err));
	assert_true(v.unchanged);
	answered(&h);
}

static enum status follow(const struct room *room, int64_t at_ms, const char *path, char cookie[SECRET_TEXT])
{
	struct house h;
	struct view_opened out = {0};
	struct app_sign_in in = {.link = str_from(path + strlen("/sign-in/")), .address = S("192.0.2.1")};
	ask(&h, room, at_ms);
	enum status status = app_session_link(&h.app, &in, &out, NULL);
	if (cookie)
		(void)snprintf(cookie, SECRET_TEXT, "%.*s", STR_ARG(out.cookie));
	answered(&h);
	return status;
}

static void make_link(const struct room *room, int64_t at_ms, str name, char path[PATH_BYTES])
{
	struct house h;
	struct view_sign_in_link link;
	ask(&h, room, at_ms);
	RUN(app_user_link(&h.app, name, false, NULL, &link, err));
	assert_int_equal(link.expires_ms, at_ms + 15 * minute_ms);
	(void)snprintf(path, PATH_BYTES, "%.*s", STR_ARG(link.path));
	answered(&h);
}

static void a_link_signs_in_once_within_its_time_and_only_the_newest(void **state)
{
	const struct room *room = *state;
	char first[PATH_BYTES], newest[PATH_BYTES];
	add_user(room, S("kofi"), ACCESS_NONE, S(""));
	make_link(room, now, S("kofi"), first);
	make_link(room, now + 1, S("kofi"), newest);
	assert_int_equal(follow(room, now + 2, first, NULL), E_DENIED);
	assert_int_equal(follow(room, now + 2, "/sign-in/", NULL), E_DENIED);
	assert_int_equal(follow(room, now + 1 + 15 * minute_ms, newest, NULL), E_DENIED);
	assert_int_equal(follow(room, now + 15 * minute_ms, newest, NULL), OK);
	assert_int_equal(follow(room, now + 15 * minute_ms, newest, NULL), E_DENIED);
	make_link(room, now, S("kofi"), newest);
	struct house h;
	struct view_user v;
	struct view_sign_in_link link;
	ask(&h, room, now);
	RUN(app_user_disable(&h.app, S("kofi"), &v, err));
	assert_int_equal(app_user_link(&h.app, S("kofi"), false, NULL, &link, NULL), E_CONFLICT);
	answered(&h);
	assert_int_equal(follow(room, now + 1, newest, NULL), E_DENIED);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM audit WHERE detail LIKE '%sign-in/%'")), 0);
}

static enum status change_password(const struct room *room, int64_t at_ms, str user, str current, const char *cookie,
				   str text)
{
	struct house h;
	struct access who;
	struct app_user_password p = {
	    .user = user, .password = text, .current = current, .cookie = cookie ? str_from(cookie) : (str){0}};
	ask(&h, room, at_ms);
	be(&h, S("kofi"), &who);
	enum status status = app_user_password(&h.app, &p, NULL);
	answered(&h);
	return status;
}

static void a_password_is_changed_with_the_old_one_or_a_session_of_a_link(void **state)
{
	const struct room *room = *state;
	char path[PATH_BYTES], linked[SECRET_TEXT], plain[SECRET_TEXT];
	struct view_caller caller;
	struct err why;
	const str next = S("three quiet lanterns"), third = S("marble under rainfall");
	add_user(room, S("kofi"), ACCESS_ADMIN, S(""));
	add_user(room, S("bo"), ACCESS_NONE, S(""));
	make_link(room, now, S("kofi"), path);
	assert_int_equal(follow(room, now, path, linked), OK);
	assert_int_equal(change_password(room, now, S(""), S(""), NULL, password), E_DENIED);
	assert_int_equal(change_password(room, now, S("bo"), S(""), linked, password), E_DENIED);
	assert_int_equal(change_password(room, now, S(""), S(""), linked, S("kofi12345678")), E_INVALID);
	assert_int_equal(change_password(room, now, S(""), S(""), linked, password), OK);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S(""), plain, &why), OK);
	assert_int_equal(change_password(room, now, S(""), S("wrong and wrong"), plain, next), E_DENIED);
	assert_int_equal(change_password(room, now, S(""), S(""), linked, next), E_DENIED); /* it has one now */
	assert_int_equal(change_password(room, now, S("kofi"), password, plain, next), OK);
	assert_int_equal(find_session(room, now, plain, &caller), OK); /* the one that asked goes on */
	assert_int_equal(find_session(room, now, linked, &caller), E_DENIED);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S(""), NULL, &why), E_DENIED);
	assert_int_equal(sign_in(room, now, S("kofi"), next, S(""), NULL, &why), OK);
	set_password(room, S("kofi"), third);
	assert_int_equal(find_session(room, now, plain, &caller), E_DENIED);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM user_password WHERE hash <> ''")), 1);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM user_password")), 3);
}

static void preferences_are_ones_own_and_bounded(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct access who;
	const struct view_preference *list;
	size_t n;
	char name[16];
	add_user(room, S("kofi"), ACCESS_NONE, S(""));
	ask(&h, room, now);
	assert_int_equal(app_user_prefer(&h.app, S("theme"), S("dark"), NULL), E_INVALID); /* the command line */
	be(&h, S("kofi"), &who);
	RUN(app_user_prefer(&h.app, S("theme"), S("dark"), err));
	RUN(app_user_prefer(&h.app, S("theme"), S("light"), err));
	assert_int_equal(app_user_prefer(&h.app, S("The me"), S("x"), NULL), E_INVALID);
	assert_int_equal(app_user_prefer(&h.app, S("x"), S("\xff"), NULL), E_INVALID);
	RUN(app_user_preferences(&h.app, &list, &n, err));
	assert_int_equal(n, 1);
	assert_true(str_eq(list[0].name, S("theme")) && str_eq(list[0].value, S("light")));
	for (int i = 1; i < LIMIT_PREFERENCES; i++) {
		(void)snprintf(name, sizeof name, "p%d", i);
		RUN(app_user_prefer(&h.app, str_from(name), S(""), err));
	}
	assert_int_equal(app_user_prefer(&h.app, S("more"), S("x"), NULL), E_TOO_LARGE);
	RUN(app_user_prefer(&h.app, S("theme"), S("dark"), err));
	answered(&h);
}

static void of_a_setting_the_last_value_holds_and_all_are_kept(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_setting s;
	const struct view_setting *list;
	size_t n;
	ask(&h, room, now);
	RUN(app_setting_find(&h.app, S("title"), &s, err));
	assert_null(s.value.p);
	RUN(app_setting_set(&h.app, S("title"), S("Acme"), &s, err));
	RUN(app_setting_set(&h.app, S("title"), S("Acme AG"), &s, err));
	RUN(app_setting_set(&h.app, S("title"), S("Acme AG"), &s, err));
	RUN(app_setting_set(&h.app, S("a"), S(""), &s, err));
	RUN(app_setting_find(&h.app, S("title"), &s, err));
	assert_true(str_eq(s.value, S("Acme AG")));
	RUN(app_setting_list(&h.app, &list, &n, err));
	assert_int_equal(n, 2);
	assert_true(str_eq(list[0].name, S("a")) && str_eq(list[1].value, S("Acme AG")));
	answered(&h);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM setting")), 3);
}

static void what_the_program_reads_itself_takes_only_what_it_means(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_setting s;
	struct err why = {0};
	int64_t n;
	str line;
	ask(&h, room, now);
	RUN(app_setting_number(&h.app, APP_SETTING_AGAINST, &n, err));
	assert_int_equal(n, 12);
	RUN(app_setting_set(&h.app, S("against.months"), S("3"), &s, err));
	RUN(app_setting_number(&h.app, APP_SETTING_AGAINST, &n, err));
	assert_int_equal(n, 3);
	static const char *const bad[] = {"0", "121", "1.5", "x", " 3"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(app_setting_set(&h.app, S("against.months"), str_from(bad[i]), &s, &why), E_INVALID);
	RUN(app_setting_set(&h.app, S("against.months"), S(""), &s, err));
	RUN(app_setting_number(&h.app, APP_SETTING_AGAINST, &n, err));
	assert_int_equal(n, 12);
	assert_int_equal(app_setting_set(&h.app, S("organisation"), S("two\nlines"), &s, &why), E_INVALID);
	RUN(app_setting_set(&h.app, S("organisation"), S("Łódź Bank"), &s, err));
	RUN(app_setting_line(&h.app, APP_SETTING_ORGANISATION, &line, err));
	assert_true(str_eq(line, S("Łódź Bank")));
	RUN(app_setting_number(&h.app, APP_SETTING_SECOND, &n, err));
	assert_int_equal(n, APP_SETTING_SECOND_OPTIONAL);
	RUN(app_setting_set(&h.app, S("second.factor"), S("everybody"), &s, err));
	RUN(app_setting_number(&h.app, APP_SETTING_SECOND, &n, err));
	assert_int_equal(n, APP_SETTING_SECOND_ALL);
	assert_int_equal(app_setting_set(&h.app, S("second.factor"), S("1"), &s, &why), E_INVALID);
	answered(&h);
}

static void a_shown_name_has_up_to_300_characters_whatever_their_bytes(void **state)
{
	const struct room *room = *state;
	char shown[602];
	struct house h;
	struct view_user v;
	struct err why = {0};
	organise(room);
	for (size_t i = 0; i < 301; i++)
		memcpy(&shown[2 * i], "\xC3\xA9", 2);
	struct app_user user = {.name = S("grace"), .shown = {shown, 602}, .role = ACCESS_READER};
	ask(&h, room, now);
	assert_int_equal(app_user_add(&h.app, &user, &v, &why), E_INVALID);
	assert_string_equal(why.message, "the shown name is longer than 300 characters");
	user.shown.n = 601;
	assert_int_equal(app_user_add(&h.app, &user, &v, &why), E_INVALID);
	user.shown.n = 600;
	RUN(app_user_add(&h.app, &user, &v, err));
	RUN(app_user_show(&h.app, S("grace"), &v, err));
	assert_int_equal(v.shown.n, 600);
	answered(&h);
}

#define CASES(X)                                                                                                       \
	X(a_shown_name_has_up_to_300_characters_whatever_their_bytes),                                                 \
	    X(the_first_administrator_is_set_up_once_before_there_are_units), X(names_differ_in_more_than_capitals),   \
	    X(a_grant_that_was_taken_back_keeps_by_whom_and_when),                                                     \
	    X(a_grant_at_the_root_outlives_the_name_of_the_root),                                                      \
	    X(the_last_administrator_can_neither_go_nor_be_kept_out),                                                  \
	    X(a_link_signs_in_once_within_its_time_and_only_the_newest),                                               \
	    X(a_password_is_changed_with_the_old_one_or_a_session_of_a_link), X(preferences_are_ones_own_and_bounded), \
	    X(of_a_setting_the_last_value_holds_and_all_are_kept),                                                     \
	    X(what_the_program_reads_itself_takes_only_what_it_means)

STORE_MAIN("users")
