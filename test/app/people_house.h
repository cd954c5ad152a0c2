/**
 * What the tests about people share: a small organisation, its users, and asking as one of them.
 */
#ifndef TEST_APP_PEOPLE_HOUSE_H
#define TEST_APP_PEOPLE_HOUSE_H

#include "app/house.h"

#include "app/assign.h"
#include "app/audit.h"
#include "app/people.h"
#include "app/second.h"
#include "app/session.h"
#include "app/setting.h"
#include "app/token.h"
#include "app/user.h"
#include "base/otp.h"

static const int64_t now = DAY(50);
static const int64_t second_ms = 1000, minute_ms = 60000, hour_ms = 3600000;
static const str password = S("kettle and ocean");

static inline void organise(const struct room *room)
{
	import_units(room, now, (struct app_time){0}, S("unit,parent\nacme,\nnorth,acme\nlab,north\nsouth,acme\n"));
}

/* GOV-03.1 is answered for the whole program, the others by unit. */
static inline void use_small_model(const struct room *room)
{
	static const char yaml[] =
	    "schema: aismm.model/1\nid: m\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\n"
	    "categories:\n  - id: GOV\n    domain: d\n    title: G\n    objectives:\n"
	    "      - {id: GOV-02.1, title: T, kpi: K, threshold: 1, window: P30D}\n"
	    "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P30D, scope: program}\n"
	    "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P30D}\n"
	    "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P30D}\n";
	use_model(room, now, str_from(yaml), S("m"));
}

/* As the command line. */
static inline void add_user(const struct room *room, str name, enum access_role role, str unit)
{
	struct house h;
	struct view_user v;
	struct app_user user = {.name = name, .role = role, .unit = unit};
	ask(&h, room, now);
	RUN(app_user_add(&h.app, &user, &v, err));
	answered(&h);
}

static inline void set_password(const struct room *room, str name, str text)
{
	struct house h;
	struct app_user_password p = {.user = name, .password = text};
	ask(&h, room, now);
	RUN(app_user_password(&h.app, &p, err));
	answered(&h);
}

/* What a user may, in the house's arena; ask() comes first. */
static inline void be(struct house *h, str name, struct access *who)
{
	struct store_user user;
	RUN(app_people_find(&h->app, name, &user, err));
	RUN(app_people_access(&h->app, user.id, user.name, who, err));
	h->app.who = who;
	h->app.actor = user.name;
}

static inline enum status sign_in(const struct room *room, int64_t at_ms, str name, str text, str address,
				  char cookie[SECRET_TEXT], struct err *why)
{
	struct house h;
	struct view_opened out = {0};
	struct app_sign_in in = {.name = name, .password = text, .address = address, .agent = S("test")};
	*why = (struct err){0};
	ask(&h, room, at_ms);
	enum status status = app_session_sign_in(&h.app, &in, &out, why);
	if (cookie)
		(void)snprintf(cookie, SECRET_TEXT, "%.*s", STR_ARG(out.cookie));
	answered(&h);
	return status;
}

static inline enum status find_session(const struct room *room, int64_t at_ms, const char *cookie,
				       struct view_caller *out)
{
	struct house h;
	ask(&h, room, at_ms);
	enum status status = app_session_find(&h.app, str_from(cookie), out, NULL);
	answered(&h); /* the texts of out are gone */
	return status;
}

/* What an authenticator shows for a secret. */
static inline uint32_t code_at(str secret_base32, int64_t at_ms)
{
	unsigned char bytes[OTP_SECRET_BYTES];
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint64_t bits = 0;
	int waiting = 0, n = 0;
	uint32_t code;
	for (size_t i = 0; i < secret_base32.n; i++) {
		bits = bits << 5 | (uint64_t)(strchr(letters, secret_base32.p[i]) - letters);
		waiting += 5;
		if (waiting >= 8)
			bytes[n++] = (unsigned char)(bits >> (waiting -= 8));
	}
	assert_int_equal(n, OTP_SECRET_BYTES);
	RUN(otp_code((str){(const char *)bytes, sizeof bytes}, otp_step(at_ms), &code, err));
	return code;
}

static inline int64_t audit_rows(const struct room *room)
{
	return number(room->db, SQL("SELECT count(*) FROM audit"));
}

static inline int64_t audit_acts(const struct room *room, const char *act)
{
	struct db_stmt *st = prepared(room->db, SQL("SELECT count(*) FROM audit WHERE act = $1"));
	bool row;
	db_bind_text(st, 1, str_from(act));
	RUN(db_step(st, &row, err));
	int64_t n = db_i64(st, 0);
	db_reset(st);
	return n;
}

#endif
