/**
 * Signing in: the same answer to every wrong try, waits that grow, second factors that are good once, and sessions that
 * end when they should.
 */
#include "app/people_house.h"

static void prepare(const struct room *room)
{
	organise(room);
	add_user(room, S("kofi"), ACCESS_LEAD, S("north"));
	set_password(room, S("kofi"), password);
}

static void a_session_says_who_asks_and_what_that_one_may(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_opened opened;
	struct view_caller caller;
	prepare(room);
	struct app_sign_in in = {.name = S("KOFI"), .password = password, .address = S("192.0.2.1"), .agent = S("x")};
	ask(&h, room, now);
	RUN(app_session_sign_in(&h.app, &in, &opened, err));
	assert_false(opened.waits);
	assert_int_equal(opened.expires_ms, now + 30 * minute_ms);
	RUN(app_session_find(&h.app, opened.cookie, &caller, err));
	assert_int_equal(caller.ends_ms, now + 12 * hour_ms);
	assert_true(str_eq(caller.name, S("kofi")) && str_eq(caller.access.user, S("kofi")));
	assert_true(str_eq(caller.csrf, opened.csrf) && !str_eq(caller.csrf, opened.cookie));
	assert_int_equal(caller.access.n_grants, 1);
	assert_int_equal(caller.access.grants[0].role, ACCESS_LEAD);
	assert_false(caller.waits || caller.linked || caller.second || caller.slides || caller.access.token);
	char flipped[SECRET_TEXT];
	(void)snprintf(flipped, sizeof flipped, "%.*s", STR_ARG(opened.cookie));
	flipped[0] = flipped[0] == 'A' ? 'B' : 'A';
	assert_int_equal(app_session_find(&h.app, str_from(flipped), &caller, NULL), E_DENIED);
	assert_int_equal(app_session_find(&h.app, (str){0}, &caller, NULL), E_DENIED);
	struct db_stmt *st = prepared(room->db, SQL("SELECT count(*) FROM session WHERE sha256 = $1"));
	bool row;
	db_bind_text(st, 1, opened.cookie);
	RUN(db_step(st, &row, err));
	assert_int_equal(db_i64(st, 0), 0); /* the value itself is not kept */
	db_reset(st);
	answered(&h);
}

static void every_wrong_try_gets_the_same_answer(void **state)
{
	const struct room *room = *state;
	struct err wrong, unknown, disabled, none;
	struct house h;
	struct view_user v;
	prepare(room);
	add_user(room, S("dina"), ACCESS_NONE, S(""));
	set_password(room, S("dina"), password);
	add_user(room, S("nopass"), ACCESS_NONE, S(""));
	ask(&h, room, now);
	RUN(app_user_disable(&h.app, S("dina"), &v, err));
	answered(&h);
	assert_int_equal(sign_in(room, now, S("kofi"), S("not my password"), S(""), NULL, &wrong), E_DENIED);
	assert_int_equal(sign_in(room, now, S("my secret in the wrong field"), password, S(""), NULL, &unknown),
			 E_DENIED);
	assert_int_equal(sign_in(room, now, S("dina"), password, S(""), NULL, &disabled), E_DENIED);
	assert_int_equal(sign_in(room, now, S("nopass"), S(""), S(""), NULL, &none), E_DENIED);
	assert_memory_equal(&wrong, &unknown, sizeof wrong);
	assert_memory_equal(&wrong, &disabled, sizeof wrong);
	assert_memory_equal(&wrong, &none, sizeof wrong);
	assert_int_equal(audit_acts(room, "session.refuse"), 4);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM audit WHERE object LIKE '%secret%' OR detail LIKE "
					      "'%secret%' OR detail LIKE '%kettle%'")),
			 0);
}

static void waits_begin_after_five_failures_and_double_up_to_a_quarter_of_an_hour(void **state)
{
	const struct room *room = *state;
	struct err why;
	int64_t at = now;
	prepare(room);
	for (int i = 0; i < 4; i++)
		assert_int_equal(sign_in(room, at, S("kofi"), S("wrong and wrong"), S(""), NULL, &why), E_DENIED);
	assert_int_equal(sign_in(room, at, S("kofi"), password, S(""), NULL, &why), OK); /* begins again */
	for (int i = 0; i < 5; i++) {
		assert_int_equal(sign_in(room, at, S("kofi"), S("wrong and wrong"), S(""), NULL, &why), E_DENIED);
		assert_non_null(strstr(why.message, "wrong"));
	}
	for (int64_t wait = second_ms; wait < 900 * second_ms; wait *= 2) {
		assert_int_equal(sign_in(room, at + wait - 1, S("Kofi"), password, S(""), NULL, &why), E_DENIED);
		assert_non_null(strstr(why.message, "too many"));
		at += wait;
		assert_int_equal(sign_in(room, at, S("kofi"), S("wrong and wrong"), S(""), NULL, &why), E_DENIED);
		assert_non_null(strstr(why.message, "wrong"));
	}
	assert_int_equal(sign_in(room, at + 900 * second_ms - 1, S("kofi"), password, S(""), NULL, &why), E_DENIED);
	assert_int_equal(sign_in(room, at + 900 * second_ms, S("kofi"), password, S(""), NULL, &why), OK);
	assert_int_equal(sign_in(room, at, S("nobody at all"), password, S(""), NULL, &why), E_DENIED);
	assert_non_null(strstr(why.message, "wrong"));
}

static void an_address_that_tries_many_names_has_to_wait_too(void **state)
{
	const struct room *room = *state;
	struct err why;
	char name[16];
	prepare(room);
	for (int i = 0; i < LIMIT_SIGN_IN_ADDRESS; i++) {
		(void)snprintf(name, sizeof name, "user%d", i);
		assert_int_equal(sign_in(room, now, str_from(name), password, S("192.0.2.7"), NULL, &why), E_DENIED);
		assert_non_null(strstr(why.message, "wrong"));
	}
	assert_int_equal(sign_in(room, now, S("kofi"), password, S("192.0.2.7"), NULL, &why), E_DENIED);
	assert_non_null(strstr(why.message, "too many"));
	assert_int_equal(sign_in(room, now, S("kofi"), password, S("192.0.2.8"), NULL, &why), OK);
	assert_int_equal(sign_in(room, now + second_ms, S("kofi"), password, S("192.0.2.7"), NULL, &why), OK);
	/* Who may sign in does not free the address for trying others: only its own try is taken back. */
	assert_int_equal(sign_in(room, now + second_ms, S("user0"), password, S("192.0.2.7"), NULL, &why), E_DENIED);
	assert_int_equal(sign_in(room, now + second_ms, S("user1"), password, S("192.0.2.7"), NULL, &why), E_DENIED);
	assert_non_null(strstr(why.message, "too many"));
	/* A day later all is forgotten. */
	assert_int_equal(sign_in(room, now + 2 * TIME_DAY_MS, S("user1"), password, S("192.0.2.7"), NULL, &why),
			 E_DENIED);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM sign_in_failure")), 2);
}

static void a_network_of_ipv6_waits_as_one_address_and_is_recorded_as_the_address(void **state)
{
	const struct room *room = *state;
	struct err why;
	char name[16], address[32];
	prepare(room);
	for (int i = 0; i < LIMIT_SIGN_IN_ADDRESS; i++) {
		(void)snprintf(name, sizeof name, "user%d", i);
		(void)snprintf(address, sizeof address, "fd00:77::%d", i + 1);
		assert_int_equal(sign_in(room, now, str_from(name), password, str_from(address), NULL, &why), E_DENIED);
		assert_non_null(strstr(why.message, "wrong"));
	}
	assert_int_equal(sign_in(room, now, S("kofi"), password, S("fd00:77::ffff"), NULL, &why), E_DENIED);
	assert_non_null(strstr(why.message, "too many"));
	assert_int_equal(sign_in(room, now, S("kofi"), password, S("fd00:77:0:1::1"), NULL, &why), OK);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM session WHERE address = 'fd00:77:0:1::1'")), 1);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM audit WHERE detail LIKE '%from fd00:77::7'")), 1);
}

static void slide(const struct room *room, int64_t at_ms, const char *cookie)
{
	struct house h;
	ask(&h, room, at_ms);
	RUN(app_session_slide(&h.app, str_from(cookie), err));
	answered(&h);
}

static void a_session_ends_unused_after_half_an_hour_and_in_any_case_after_twelve(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct view_caller caller;
	char cookie[SECRET_TEXT];
	prepare(room);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S(""), cookie, &why), OK);
	assert_int_equal(find_session(room, now + 30 * minute_ms - 1, cookie, &caller), OK);
	assert_int_equal(find_session(room, now + 30 * minute_ms, cookie, &caller), E_DENIED);
	assert_int_equal(find_session(room, now + minute_ms - 1, cookie, &caller), OK);
	assert_false(caller.slides);
	slide(room, now + minute_ms - 1, cookie); /* too soon: nothing is written */
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM session WHERE seen_at = created_at")), 1);
	assert_int_equal(find_session(room, now + minute_ms, cookie, &caller), OK);
	assert_true(caller.slides);
	for (int64_t at = now + 25 * minute_ms; at < now + 12 * hour_ms; at += 25 * minute_ms) {
		slide(room, at, cookie);
		assert_int_equal(find_session(room, at + 19 * minute_ms, cookie, &caller), OK);
	}
	assert_int_equal(caller.expires_ms, now + 12 * hour_ms);
	assert_int_equal(find_session(room, now + 12 * hour_ms - 1, cookie, &caller), OK);
	assert_int_equal(find_session(room, now + 12 * hour_ms, cookie, &caller), E_DENIED);
}

static void a_rotated_session_has_a_new_value_and_the_old_limit(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct house h;
	struct view_opened opened;
	struct view_caller caller;
	char cookie[SECRET_TEXT], fresh[SECRET_TEXT];
	prepare(room);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S(""), cookie, &why), OK);
	for (int64_t at = now + 25 * minute_ms; at < now + 12 * hour_ms; at += 25 * minute_ms)
		slide(room, at, cookie);
	ask(&h, room, now + 11 * hour_ms + 45 * minute_ms);
	RUN(app_session_rotate(&h.app, str_from(cookie), &opened, err));
	(void)snprintf(fresh, sizeof fresh, "%.*s", STR_ARG(opened.cookie));
	answered(&h);
	assert_string_not_equal(cookie, fresh);
	assert_int_equal(find_session(room, now + 11 * hour_ms + 45 * minute_ms, cookie, &caller), E_DENIED);
	assert_int_equal(find_session(room, now + 12 * hour_ms - 1, fresh, &caller), OK);
	assert_int_equal(find_session(room, now + 12 * hour_ms, fresh, &caller), E_DENIED);
}

static void sessions_are_listed_and_revoked_by_their_owner(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct house h;
	struct access who;
	struct view_caller caller;
	const struct view_session *list;
	size_t n;
	int64_t ended;
	char own[SECRET_TEXT], other[SECRET_TEXT], third[SECRET_TEXT];
	prepare(room);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S("192.0.2.1"), own, &why), OK);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S("192.0.2.2"), other, &why), OK);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S("192.0.2.3"), third, &why), OK);
	ask(&h, room, now);
	be(&h, S("kofi"), &who);
	RUN(app_session_list(&h.app, S(""), str_from(own), &list, &n, err));
	assert_int_equal(n, 3);
	assert_true(list[2].own && !list[1].own && !list[0].own);
	assert_true(str_eq(list[1].address, S("192.0.2.2")));
	RUN(app_session_revoke(&h.app, S(""), list[1].id, err));
	assert_int_equal(app_session_revoke(&h.app, S(""), list[1].id, NULL), E_NOT_FOUND);
	assert_int_equal(find_session(room, now, other, &caller), E_DENIED);
	assert_int_equal(find_session(room, now, third, &caller), OK);
	RUN(app_session_revoke_all(&h.app, S(""), str_from(own), &ended, err));
	assert_int_equal(ended, 1);
	assert_int_equal(find_session(room, now, own, &caller), OK);
	RUN(app_session_end(&h.app, str_from(own), err));
	RUN(app_session_end(&h.app, str_from(own), err));
	assert_int_equal(find_session(room, now, own, &caller), E_DENIED);
	answered(&h);
}

static void who_is_disabled_is_out_at_once_and_stays_out_when_enabled(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct house h;
	struct view_user v;
	struct view_caller caller;
	char cookie[SECRET_TEXT];
	prepare(room);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S(""), cookie, &why), OK);
	ask(&h, room, now);
	RUN(app_user_disable(&h.app, S("kofi"), &v, err));
	assert_int_equal(find_session(room, now, cookie, &caller), E_DENIED);
	RUN(app_user_enable(&h.app, S("kofi"), &v, err));
	answered(&h);
	assert_int_equal(find_session(room, now, cookie, &caller), E_DENIED);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S(""), cookie, &why), OK);
}

static void of_too_many_sessions_the_oldest_ends(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_caller caller;
	struct view_opened opened;
	struct store_user user;
	char first[SECRET_TEXT];
	prepare(room);
	ask(&h, room, now);
	RUN(app_people_find(&h.app, S("kofi"), &user, err));
	for (int i = 0; i <= LIMIT_USER_SESSIONS; i++) {
		struct app_people_opening o = {.user_id = user.id, .created_ms = now, .user = user.name};
		RUN(db_begin(room->db, true, err));
		RUN(app_people_open(&h.app, &o, &opened, err));
		RUN(db_commit(room->db, err));
		if (i == 0)
			(void)snprintf(first, sizeof first, "%.*s", STR_ARG(opened.cookie));
	}
	assert_int_equal(app_session_find(&h.app, opened.cookie, &caller, NULL), OK);
	answered(&h);
	assert_int_equal(find_session(room, now, first, &caller), E_DENIED);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM session WHERE ended_at IS NULL")),
			 LIMIT_USER_SESSIONS);
}

static void long_and_hostile_texts_of_a_browser_are_cut(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_opened opened;
	char agent[LIMIT_SESSION_TEXT_BYTES + 2];
	prepare(room);
	memset(agent, 'a', sizeof agent);
	memcpy(&agent[LIMIT_SESSION_TEXT_BYTES - 1], "\xc3\xa9x", 3); /* cut in the middle of a letter */
	struct app_sign_in in = {
	    .name = S("kofi"), .password = password, .address = S("192.0.2.1\x1b[2J"), .agent = {agent, sizeof agent}};
	ask(&h, room, now);
	RUN(app_session_sign_in(&h.app, &in, &opened, err));
	answered(&h);
	assert_int_equal(number(room->db, SQL("SELECT length(agent) FROM session")), LIMIT_SESSION_TEXT_BYTES - 1);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM session WHERE address = '192.0.2.1'")), 1);
}

/* ---- the second factor ---- */

struct factor {
	char secret[OTP_SECRET_TEXT];
	char codes[LIMIT_RECOVERY_CODES][24];
};

static str six(uint32_t code, char room[8])
{
	(void)snprintf(room, 8, "%06u", code);
	return str_from(room);
}

static void enrol(const struct room *room, struct factor *f)
{
	struct house h;
	struct access who;
	struct view_second v;
	char text[8];
	ask(&h, room, now);
	be(&h, S("kofi"), &who);
	struct app_proof wrong = {.password = S("wrong and wrong")}, right = {.password = password};
	assert_int_equal(app_second_enrol(&h.app, &wrong, &v, NULL), E_DENIED);
	assert_int_equal(app_second_confirm(&h.app, S("123456"), (str){0}, &v, NULL), E_CONFLICT);
	RUN(app_second_enrol(&h.app, &right, &v, err));
	RUN(app_second_enrol(&h.app, &right, &v, err)); /* once more: the first secret is gone */
	(void)snprintf(f->secret, sizeof f->secret, "%.*s", STR_ARG(v.secret));
	assert_true(str_starts(v.uri, S("otpauth://totp/aismm:kofi?secret=")));
	uint32_t code = code_at(v.secret, now);
	assert_int_equal(app_second_confirm(&h.app, six((code + 1) % 1000000, text), (str){0}, &v, NULL), E_DENIED);
	RUN(app_second_confirm(&h.app, six(code, text), (str){0}, &v, err));
	assert_int_equal(v.n_codes, LIMIT_RECOVERY_CODES);
	for (int i = 0; i < LIMIT_RECOVERY_CODES; i++)
		(void)snprintf(f->codes[i], sizeof f->codes[i], "%.*s", STR_ARG(v.codes[i]));
	assert_int_equal(app_second_enrol(&h.app, &right, &v, NULL), E_CONFLICT);
	answered(&h);
}

static enum status give(const struct room *room, int64_t at_ms, const char *cookie, str code, char fresh[SECRET_TEXT])
{
	struct house h;
	struct view_opened out = {0};
	ask(&h, room, at_ms);
	enum status status = app_session_second(&h.app, str_from(cookie), code, &out, NULL);
	if (fresh)
		(void)snprintf(fresh, SECRET_TEXT, "%.*s", STR_ARG(out.cookie));
	answered(&h);
	return status;
}

static void with_a_second_factor_a_password_alone_opens_nothing(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct factor f;
	struct house h;
	struct view_caller caller;
	struct view_opened opened;
	char cookie[SECRET_TEXT], fresh[SECRET_TEXT], text[8];
	prepare(room);
	enrol(room, &f);
	const int64_t later = now + 5 * minute_ms;
	assert_int_equal(sign_in(room, later, S("kofi"), password, S(""), cookie, &why), OK);
	ask(&h, room, later);
	RUN(app_session_find(&h.app, str_from(cookie), &caller, err));
	assert_true(caller.waits);
	assert_int_equal(caller.access.user.n + caller.access.n_grants + caller.access.n_assigned, 0);
	assert_int_equal(app_session_rotate(&h.app, str_from(cookie), &opened, NULL), E_DENIED);
	answered(&h);
	assert_int_equal(give(room, later, cookie, S("000 00"), NULL), E_DENIED);
	assert_int_equal(give(room, later, cookie, six(code_at(str_from(f.secret), later), text), fresh), OK);
	assert_int_equal(find_session(room, later, cookie, &caller), E_DENIED);
	assert_int_equal(find_session(room, later, fresh, &caller), OK);
	assert_true(caller.second && !caller.waits && caller.access.n_grants == 1);
	assert_int_equal(give(room, later, fresh, six(code_at(str_from(f.secret), later + 30000), text), NULL),
			 E_DENIED);
	/* The same code again, seen over a shoulder. */
	assert_int_equal(sign_in(room, later, S("kofi"), password, S(""), cookie, &why), OK);
	assert_int_equal(give(room, later, cookie, six(code_at(str_from(f.secret), later), text), NULL), E_DENIED);
	assert_int_equal(give(room, later, cookie, six(code_at(str_from(f.secret), later + 30000), text), NULL), OK);
	/* Waiting has its own end. */
	assert_int_equal(sign_in(room, later, S("kofi"), password, S(""), cookie, &why), OK);
	assert_int_equal(find_session(room, later + 10 * minute_ms, cookie, &caller), E_DENIED);
}

static void a_recovery_code_is_good_once(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct factor f;
	char cookie[SECRET_TEXT], small[24];
	prepare(room);
	enrol(room, &f);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S(""), cookie, &why), OK);
	for (int i = 0; (small[i] = f.codes[3][i]) != '\0'; i++)
		small[i] = small[i] >= 'A' && small[i] <= 'Z' ? (char)(small[i] + 32) : small[i];
	assert_int_equal(give(room, now, cookie, str_from(small), NULL), OK);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S(""), cookie, &why), OK);
	assert_int_equal(give(room, now, cookie, str_from(f.codes[3]), NULL), E_DENIED);
	assert_int_equal(give(room, now, cookie, str_from(f.codes[4]), NULL), OK);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM user_recovery WHERE used_at IS NULL")), 8);
}

static void codes_that_fail_make_the_next_one_wait(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct factor f;
	char cookie[SECRET_TEXT];
	prepare(room);
	enrol(room, &f);
	assert_int_equal(sign_in(room, now, S("kofi"), password, S(""), cookie, &why), OK);
	for (int i = 0; i < LIMIT_SIGN_IN_NAME; i++)
		assert_int_equal(give(room, now, cookie, S("abc"), NULL), E_DENIED);
	assert_int_equal(give(room, now, cookie, str_from(f.codes[0]), NULL), E_DENIED);
	assert_int_equal(give(room, now + second_ms, cookie, str_from(f.codes[0]), NULL), OK);
	assert_int_equal(audit_acts(room, "second.refuse"), LIMIT_SIGN_IN_NAME);
}

static void a_second_factor_is_removed_by_its_owner_or_with_a_link(void **state)
{
	const struct room *room = *state;
	struct factor f;
	struct house h;
	struct access who;
	struct view_sign_in_link link;
	struct view_opened opened;
	bool removed;
	prepare(room);
	enrol(room, &f);
	struct app_proof right = {.password = password}, wrong = {.password = S("x")};
	ask(&h, room, now);
	be(&h, S("kofi"), &who);
	assert_int_equal(app_second_remove(&h.app, &wrong, &removed, NULL), E_DENIED);
	RUN(app_second_remove(&h.app, &right, &removed, err));
	assert_true(removed);
	RUN(app_second_remove(&h.app, &right, &removed, err));
	assert_false(removed);
	answered(&h);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM user_second WHERE length(secret) > 0")), 0);
	enrol(room, &f);
	ask(&h, room, now);
	RUN(app_user_link(&h.app, S("kofi"), false, NULL, &link, err));
	assert_false(link.second_removed);
	struct app_sign_in in = {.link = str_slice(link.path, strlen("/sign-in/"), link.path.n)};
	RUN(app_session_link(&h.app, &in, &opened, err));
	assert_true(opened.waits); /* a link stands for the password alone */
	RUN(app_user_link(&h.app, S("kofi"), true, NULL, &link, err));
	assert_true(link.second_removed);
	in.link = str_slice(link.path, strlen("/sign-in/"), link.path.n);
	RUN(app_session_link(&h.app, &in, &opened, err));
	assert_false(opened.waits);
	answered(&h);
}

#define CASES(X)                                                                                                       \
	X(a_session_says_who_asks_and_what_that_one_may), X(every_wrong_try_gets_the_same_answer),                     \
	    X(waits_begin_after_five_failures_and_double_up_to_a_quarter_of_an_hour),                                  \
	    X(an_address_that_tries_many_names_has_to_wait_too),                                                       \
	    X(a_network_of_ipv6_waits_as_one_address_and_is_recorded_as_the_address),                                  \
	    X(a_session_ends_unused_after_half_an_hour_and_in_any_case_after_twelve),                                  \
	    X(a_rotated_session_has_a_new_value_and_the_old_limit), X(sessions_are_listed_and_revoked_by_their_owner), \
	    X(who_is_disabled_is_out_at_once_and_stays_out_when_enabled), X(of_too_many_sessions_the_oldest_ends),     \
	    X(long_and_hostile_texts_of_a_browser_are_cut), X(with_a_second_factor_a_password_alone_opens_nothing),    \
	    X(a_recovery_code_is_good_once), X(codes_that_fail_make_the_next_one_wait),                                \
	    X(a_second_factor_is_removed_by_its_owner_or_with_a_link)

STORE_MAIN("sessions")
