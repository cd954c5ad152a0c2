#include "app/people.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "app/change.h"
#include "app/load.h"
#include "app/setting.h"
#include "base/limits.h"
#include "base/otp.h"
#include "base/time.h"
#include "store/assign.h"
#include "store/store.h"

enum status app_people_tree(struct app *app, struct unit_tree *out, struct err *err)
{
	struct store_tree tree = {0};
	struct err why = {0};
	enum status status = app_load_tree(app, app->now_ms, &tree, &why);
	if (status != OK && status != E_NOT_FOUND) {
		if (err)
			*err = why;
		return status;
	}
	*out = status == OK ? tree.tree : (struct unit_tree){0};
	return OK;
}

enum status app_people_unit(const struct app *app, const struct unit_tree *tree, str id, str *out, struct err *err)
{
	int unit;
	if (!id.n) {
		*out = S("");
		return OK;
	}
	TRY(app_access_find(app, tree, id, &unit, err));
	*out = unit ? tree->units[unit].id : S("");
	return OK;
}

str app_people_unit_shown(const struct unit_tree *tree, str unit)
{
	return unit.n || !tree->n ? unit : tree->units[0].id;
}

enum status app_people_admin(struct app *app, struct err *err)
{
	struct unit_tree tree;
	if (!app->who)
		return OK;
	TRY(app_people_tree(app, &tree, err));
	return app_access_all(app, ACCESS_ADMIN, &tree, err);
}

bool app_people_is_self(const struct app *app, str user)
{
	return app->who && !app->who->feed.p && app->who->user.n && str_eq(app->who->user, user);
}

bool app_people_is_there(const struct app *app, str user)
{
	return app_people_is_self(app, user) && !app->who->token;
}

enum status app_people_person(const struct app *app, struct err *err)
{
	if (!app->who || (!app->who->token && !app->who->feed.p))
		return OK;
	err_set(err, E_DENIED, "a token may not do this");
	err_hint(err, "sign in: whoever makes or changes a secret has to be there in person");
	return E_DENIED;
}

static enum status no_user(str name, struct err *err)
{
	err_set(err, E_NOT_FOUND, "no user \"%.*s\"", STR_ARG(name));
	err_hint(err, "see: aismm user list");
	return E_NOT_FOUND;
}

enum status app_people_find(struct app *app, str name, struct store_user *out, struct err *err)
{
	struct store_user found;
	TRY(store_user_find(app->db, name, app->arena, &found, err));
	if (!found.id)
		return no_user(name, err);
	*out = found;
	return OK;
}

enum status app_people_shown(struct app *app, str name, str *out, struct err *err)
{
	struct store_user found;
	TRY(store_user_find(app->db, name, app->arena, &found, err));
	*out = found.id ? found.shown : name;
	return OK;
}

enum status app_people_meant(struct app *app, str name, struct store_user *out, struct err *err)
{
	str meant = name.n || !app->who ? name : app->who->user;
	if (!app_people_is_there(app, meant))
		TRY(app_people_admin(app, err));
	if (!meant.n)
		return err_set(err, E_INVALID, "no user is named");
	return app_people_find(app, meant, out, err);
}

static enum status load_grants(struct app *app, int64_t user, struct access *out, struct err *err)
{
	struct store_grant *grants = NULL;
	size_t n;
	TRY(store_user_grants(app->db, user, false, app->arena, &grants, &n, err));
	struct access_grant *list = arena_new(app->arena, struct access_grant, n);
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct access_grant){grants[i].role, grants[i].unit};
	out->grants = list;
	out->n_grants = n;
	return OK;
}

enum status app_people_access(struct app *app, int64_t user, str name, struct access *out, struct err *err)
{
	struct access access = {.user = name};
	struct store_assign *assigned = NULL;
	size_t n;
	TRY(load_grants(app, user, &access, err));
	TRY(store_assign_list(app->db, user, false, app->arena, &assigned, &n, err));
	struct access_assigned *list = arena_new(app->arena, struct access_assigned, n);
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct access_assigned){assigned[i].objective, assigned[i].unit};
	access.assigned = list;
	access.n_assigned = n;
	*out = access;
	return OK;
}

enum status app_people_asked(struct app *app, const struct access *access, bool *out, struct err *err)
{
	int64_t asked;
	TRY(app_setting_number(app, APP_SETTING_SECOND, &asked, err));
	*out = asked == APP_SETTING_SECOND_ALL ||
	       (asked == APP_SETTING_SECOND_ADMIN && access_role_most(access) == ACCESS_ADMIN);
	return OK;
}

enum status app_people_end_others(struct app *app, int64_t user, str cookie, int64_t *left, struct err *err)
{
	struct store_session asks = {0};
	char sum[HASH_TEXT];
	int64_t ended;
	if (cookie.n)
		TRY(store_session_find(app->db, hash_of(cookie, sum), app->now_ms, app->arena, &asks, err));
	*left = asks.user_id == user ? asks.id : 0;
	return store_session_end_all(app->db, user, *left, app->now_ms, &ended, err);
}

enum status app_people_second_changed(struct app *app, int64_t user, str cookie, bool given, struct err *err)
{
	int64_t left;
	TRY(app_people_end_others(app, user, cookie, &left, err));
	return left ? store_session_second(app->db, left, given ? STORE_SECOND_GIVEN : STORE_SECOND_NONE, err) : OK;
}

str app_people_text(struct arena *a, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *text = n < 0 ? NULL : arena_new(a, char, (size_t)n + 1);
	if (text)
		(void)vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	return text ? (str){text, (size_t)n} : (str){0};
}

/* ---- codes ---- */

enum status app_people_code(struct app *app, str *out, struct err *err)
{
	enum { CHARACTERS = 16, GROUP = 4, ROOM = CHARACTERS + CHARACTERS / GROUP };
	unsigned char bytes[OTP_SECRET_BYTES];
	char text[OTP_SECRET_TEXT], *code = arena_new(app->arena, char, ROOM);
	size_t n = 0;
	if (!code)
		return err_full(err);
	TRY(secret_bytes(bytes, sizeof bytes, err));
	(void)otp_secret_text(bytes, text);
	for (int i = 0; i < CHARACTERS; i++) {
		if (i && i % GROUP == 0)
			code[n++] = '-';
		code[n++] = text[i];
	}
	*out = (str){code, n};
	return OK;
}

str app_people_code_sum(str code, char out[HASH_TEXT])
{
	struct hash h;
	hash_init(&h);
	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i] >= 'a' && code.p[i] <= 'z' ? (char)(code.p[i] - 'a' + 'A') : code.p[i];
		if (c != ' ' && c != '-')
			hash_add(&h, (str){&c, 1});
	}
	return hash_hex(&h, out);
}

/* ---- sessions ---- */

/* At most so many bytes, and no half character at the end. */
static str shortened(str text)
{
	str cut = str_slice(text, 0, LIMIT_SESSION_TEXT_BYTES);
	str clean = str_slice(cut, 0, str_utf8_prefix(cut));
	for (size_t i = 0; i < clean.n; i++)
		if ((unsigned char)clean.p[i] < 0x20)
			return str_slice(clean, 0, i);
	return clean.n ? clean : S("");
}

/* Lets the oldest end, so that one more is not too many. */
static enum status make_room(struct app *app, int64_t user, struct err *err)
{
	struct store_session *list = NULL;
	size_t n;
	bool ended;
	TRY(store_session_forget(app->db, app->now_ms - LIMIT_SESSION_KEPT_DAYS * TIME_DAY_MS, err));
	TRY(store_session_list(app->db, user, app->now_ms, app->arena, &list, &n, err));
	for (size_t i = LIMIT_USER_SESSIONS - 1; i < n; i++)
		TRY(store_session_end(app->db, user, list[i].id, app->now_ms, &ended, err));
	return OK;
}

enum status app_people_open(struct app *app, const struct app_people_opening *opening, struct view_opened *out,
			    struct err *err)
{
	char cookie[SECRET_TEXT], csrf[SECRET_TEXT], sum[HASH_TEXT];
	bool waits = opening->second == STORE_SECOND_WAITS;
	int64_t idle_ms = (waits ? LIMIT_SESSION_WAITS_MINUTES : LIMIT_SESSION_IDLE_MINUTES) * APP_MINUTE_MS;
	int64_t most_ms = opening->created_ms + (int64_t)LIMIT_SESSION_HOURS * APP_HOUR_MS, id;
	TRY(secret_text(cookie, err));
	TRY(secret_text(csrf, err));
	TRY(make_room(app, opening->user_id, err));
	struct store_session s = {
	    .sha256 = hash_of(str_from(cookie), sum),
	    .user_id = opening->user_id,
	    .created_ms = opening->created_ms,
	    .seen_ms = app->now_ms,
	    .expires_ms = app->now_ms + idle_ms < most_ms ? app->now_ms + idle_ms : most_ms,
	    .csrf = str_from(csrf),
	    .address = shortened(opening->address),
	    .agent = shortened(opening->agent),
	    .linked = opening->linked,
	    .second = opening->second,
	};
	TRY(store_session_add(app->db, &s, &id, err));
	*out = (struct view_opened){.user = opening->user,
				    .cookie = str_copy(app->arena, str_from(cookie)),
				    .csrf = str_copy(app->arena, s.csrf),
				    .waits = waits,
				    .expires_ms = s.expires_ms};
	return out->cookie.p && out->csrf.p ? OK : err_full(err);
}

/* ---- attempts ---- */

static str key_sum(str kind, str key, char out[HASH_TEXT])
{
	struct hash h;
	hash_init(&h);
	hash_add_field(&h, kind);
	for (size_t i = 0; i < key.n; i++) {
		char c = key.p[i] >= 'A' && key.p[i] <= 'Z' ? (char)(key.p[i] - 'A' + 'a') : key.p[i];
		hash_add(&h, (str){&c, 1});
	}
	return hash_hex(&h, out);
}

/* The first `free` failures cost nothing; then a second, and each time twice as long. */
static int64_t wait_after(int64_t failures, int64_t free)
{
	int64_t doublings = failures - free, most_ms = (int64_t)LIMIT_SIGN_IN_WAIT_SECONDS * APP_SECOND_MS;
	if (doublings < 0)
		return 0;
	int64_t wait_ms = doublings < 20 ? (int64_t)APP_SECOND_MS << doublings : most_ms;
	return wait_ms < most_ms ? wait_ms : most_ms;
}

enum status app_people_attempt(struct app *app, str kind, str key, int64_t free, struct err *err)
{
	struct store_failures f;
	char sum[HASH_TEXT];
	TRY(store_session_failures_forget(app->db, app->now_ms - (int64_t)LIMIT_SIGN_IN_KEPT_HOURS * APP_HOUR_MS, err));
	TRY(store_session_failures(app->db, key_sum(kind, key, sum), &f, err));
	if (f.free_ms > app->now_ms) {
		err_set(err, E_DENIED, "too many attempts have failed");
		err_hint(err, "the next one may be made in %" PRId64 " s",
			 (f.free_ms - app->now_ms + APP_SECOND_MS - 1) / APP_SECOND_MS);
		return E_DENIED;
	}
	f.n++;
	f.last_ms = app->now_ms;
	f.free_ms = app->now_ms + wait_after(f.n, free);
	return store_session_failures_set(app->db, str_from(sum), &f, err);
}

enum status app_people_succeed(struct app *app, str kind, str key, bool one, struct err *err)
{
	struct store_failures f;
	char sum[HASH_TEXT];
	TRY(store_session_failures(app->db, key_sum(kind, key, sum), &f, err));
	if (!f.n)
		return OK;
	f.n = one ? f.n - 1 : 0;
	f.free_ms = app->now_ms;
	return store_session_failures_set(app->db, str_from(sum), &f, err);
}

/* ---- proof ---- */

struct proof {
	struct app *app;
	const struct store_user *user;
	const struct app_proof *given;
	str hash;
	bool linked;
};

static enum status look_for_proof(void *ctx, struct err *err)
{
	struct proof *p = ctx;
	struct app *app = p->app;
	struct store_session session = {0};
	char sum[HASH_TEXT];
	if (p->given->cookie.n)
		TRY(store_session_find(app->db, hash_of(p->given->cookie, sum), app->now_ms, app->arena, &session,
				       err));
	p->linked =
	    session.id && session.user_id == p->user->id && session.linked && session.second != STORE_SECOND_WAITS;
	if (p->linked)
		return OK;
	TRY(app_people_attempt(app, S("name"), p->user->name, LIMIT_SIGN_IN_NAME, err));
	return store_user_password(app->db, p->user->id, app->arena, &p->hash, err);
}

static enum status proved(void *ctx, struct err *err)
{
	const struct proof *p = ctx;
	return app_people_succeed(p->app, S("name"), p->user->name, false, err);
}

enum status app_people_prove(struct app *app, const struct store_user *user, const struct app_proof *proof,
			     struct err *err)
{
	struct proof p = {.app = app, .user = user, .given = proof};
	TRY(app_change(app, look_for_proof, &p, err));
	if (p.linked)
		return OK;
	if (p.hash.n && secret_verify(proof->password, p.hash))
		return app_change(app, proved, &p, err);
	err_set(err, E_DENIED, "the password is wrong");
	err_hint(err, "who has forgotten it asks an administrator for a one-time sign-in link");
	return E_DENIED;
}

struct self {
	struct app *app;
	struct store_user user;
};

static enum status find_self(void *ctx, struct err *err)
{
	struct self *self = ctx;
	return app_people_find(self->app, self->app->who->user, &self->user, err);
}

enum status app_people_prove_self(struct app *app, const struct app_proof *proof, struct err *err)
{
	struct self self = {.app = app};
	if (!app->who)
		return OK;
	TRY(app_people_person(app, err));
	if (!app_people_is_self(app, app->who->user))
		return err_set(err, E_DENIED, "only who is signed in may do this");
	TRY(store_read(app->db, find_self, &self, err));
	return app_people_prove(app, &self.user, proof, err);
}
