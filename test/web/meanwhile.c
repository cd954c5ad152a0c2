/**
 * A file takes a while to read. What was allowed when the request came may be over when its turn to write has come:
 * then nothing is written.
 */
#include "web/house.h"

enum { MANY = 5000 }; /* records: so many that their reader tells how far it is */

enum event { NOTHING, TOKEN_REVOKED, SESSION_ENDED, ROLE_TAKEN, DISABLED };

struct meanwhile {
	const struct room *room;
	enum event event;
	str user;
	int times;
};

static void happen(const struct room *room, const struct meanwhile *m)
{
	struct house h;
	struct view_token token;
	struct view_grant grant;
	struct view_user user;
	int64_t n;
	ask(&h, room, now);
	if (m->event == TOKEN_REVOKED)
		RUN(app_token_revoke(&h.app, 1, &token, err));
	if (m->event == SESSION_ENDED)
		RUN(app_session_revoke_all(&h.app, m->user, (str){0}, &n, err));
	if (m->event == ROLE_TAKEN)
		RUN(app_user_revoke(&h.app, m->user, ACCESS_ASSESSOR, S("north"), &grant, err));
	if (m->event == DISABLED)
		RUN(app_user_disable(&h.app, m->user, &user, err));
	answered(&h);
}

static void happens(void *ctx, str what, int64_t done, int64_t all)
{
	struct meanwhile *m = ctx;
	struct room other = *m->room;
	(void)what;
	(void)done;
	(void)all;
	if (m->times++)
		return;
	other.db = open_again(&other, DB_WRITE);
	happen(&other, m);
	db_close(other.db);
}

/* -> the status of HTTP. */
static int import(const struct room *room, const struct visitor *who, struct meanwhile *m, str *said, struct arena *a)
{
	struct buf text = BUF(TEXT_BYTES);
	struct visit v;
	buf_printf(&text, "id,name\n");
	for (int i = 0; i < MANY; i++)
		buf_printf(&text, "p%d,P\n", i);
	visit_begin(&v, room, S("/api/v1/feeds/hr?observed=2024-01-01&format=person&unit=north"));
	visit_as(&v, who);
	visit_send(&v, S("text/csv"), buf_str(&text));
	v.house.app.progress = happens;
	v.house.app.progress_ctx = m;
	int status = visit_answer(&v, "POST");
	*said = str_copy(a, buf_str(&v.r.body));
	visit_end(&v);
	buf_release(&text);
	assert_true(m->times >= 1);
	return status;
}

static void a_write_asks_once_more_who_asks_when_its_turn_has_come(void **state)
{
	static const struct {
		enum event event;
		const char *user;
		bool session;
		int status;
		const char *said;
	} cases[] = {
	    {TOKEN_REVOKED, "ada", false, 401, "token"},
	    {SESSION_ENDED, "ben", true, 401, "the session is over"},
	    {DISABLED, "cy", true, 401, "the session is over"},
	    {ROLE_TAKEN, "dee", true, 403, "needs"},
	    {NOTHING, "eve", true, 200, "\"new\":5000"},
	};
	const struct room *room = *state;
	struct arena a = ARENA(1 << 20);
	organise(room);
	use_small_model(room);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		str user = str_from(cases[i].user), said;
		struct app_token token = {.name = S("t"), .user = user, .role = ACCESS_ASSESSOR, .unit = S("north")};
		struct meanwhile m = {.room = room, .event = cases[i].event, .user = user};
		add_user(room, user, ACCESS_ASSESSOR, S("north"));
		set_password(room, user, password);
		struct visitor who = cases[i].session ? visitor_of(room, user, &a) : token_of(room, &token, &a);
		assert_int_equal(number(room->db, SQL("SELECT count(*) FROM snapshot")), 0);
		int status = import(room, &who, &m, &said, &a);
		if (status != cases[i].status || str_find(said, str_from(cases[i].said)) < 0)
			fail_msg("case %zu: %d %.*s", i, status, STR_ARG(said));
	}
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM snapshot")), 1);
	arena_release(&a);
}

#define CASES(X) X(a_write_asks_once_more_who_asks_when_its_turn_has_come)

STORE_MAIN("meanwhile")
