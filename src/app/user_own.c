#include "app/change.h"
#include "app/load.h"
#include "app/people.h"
#include "app/setting.h"
#include "app/user.h"
#include "base/limits.h"
#include "base/password.h"
#include "base/time.h"
#include "store/store.h"

struct job {
	struct app *app;
	const struct app_user_password *password;
	struct store_user user;
	str hash;
	str name, value;
	const struct view_preference **list;
	size_t *n;
};

/* ---- the password ---- */

static enum status find_user(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	str name = job->password->user.n || !app->who ? job->password->user : app->who->user;
	if (app->who && !app_people_is_self(app, name)) {
		err_set(err, E_DENIED, "nobody sets the password of somebody else");
		err_hint(err, "a one-time sign-in link lets the user in to set one");
		return E_DENIED;
	}
	TRY(app_people_person(app, err));
	return app_people_find(app, name, &job->user, err);
}

static enum status set_password(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	int64_t left;
	TRY(store_user_password_set(app->db, job->user.id, job->hash, app->now_ms, app->actor, err));
	TRY(app_people_end_others(app, job->user.id, job->password->cookie, &left, err));
	TRY(store_session_unlink(app->db, job->user.id, err));
	TRY(app_people_succeed(app, S("name"), job->user.name, false, err));
	return app_audit(app, S("user.password"), job->user.name, S(""), err);
}

enum status app_user_password(struct app *app, const struct app_user_password *password, struct err *err)
{
	char hash[SECRET_HASH];
	struct job job = {.app = app, .password = password};
	struct app_proof proof = {password->current, password->cookie};
	TRY(store_read(app->db, find_user, &job, err));
	TRY(password_check(password->password, job.user.name, err));
	if (app->who)
		TRY(app_people_prove(app, &job.user, &proof, err));
	TRY(secret_hash(password->password, hash, err));
	job.hash = str_from(hash);
	return app_change(app, set_password, &job, err);
}

/* ---- preferences ---- */

static enum status own(struct app *app, struct store_user *out, struct err *err)
{
	if (!app->who)
		return err_set(err, E_INVALID, "the command line has no preferences");
	if (!app_people_is_there(app, app->who->user)) {
		err_set(err, E_DENIED, "only who is signed in has preferences");
		return E_DENIED;
	}
	return app_people_find(app, app->who->user, out, err);
}

static enum status set_shown(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	TRY(own(app, &job->user, err));
	if (str_eq(job->user.shown, job->value))
		return OK;
	TRY(store_user_shown(app->db, job->user.id, job->value, err));
	return app_audit(app, S("user.shown"), job->user.name, job->value, err);
}

enum status app_user_shown(struct app *app, str shown, struct err *err)
{
	struct job job = {.app = app, .value = str_trim(shown)};
	TRY(app_load_check_line(job.value, "the shown name", LIMIT_SHOWN_CHARACTERS, err));
	return app_change(app, set_shown, &job, err);
}

static enum status prefer(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_preference *there = NULL;
	size_t n;
	bool known = false;
	TRY(own(app, &job->user, err));
	TRY(store_user_preferences(app->db, job->user.id, app->arena, &there, &n, err));
	for (size_t i = 0; i < n; i++)
		known |= str_eq(there[i].name, job->name);
	if (!known && n >= LIMIT_PREFERENCES)
		return err_set(err, E_TOO_LARGE, "there are %d preferences already", LIMIT_PREFERENCES);
	TRY(store_user_prefer(app->db, job->user.id, job->name, job->value, err));
	return app_audit(app, S("user.prefer"), job->user.name, job->name, err);
}

enum status app_user_prefer(struct app *app, str name, str value, struct err *err)
{
	struct job job = {.app = app, .name = name, .value = value.n ? value : S("")};
	TRY(app_setting_check(name, value, err));
	return app_change(app, prefer, &job, err);
}

static enum status preferences(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_preference *there = NULL;
	size_t n;
	TRY(own(app, &job->user, err));
	TRY(store_user_preferences(app->db, job->user.id, app->arena, &there, &n, err));
	struct view_preference *views = arena_new(app->arena, struct view_preference, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		views[i] = (struct view_preference){there[i].name, there[i].value};
	*job->list = views;
	*job->n = n;
	return OK;
}

enum status app_user_preferences(struct app *app, const struct view_preference **out, size_t *n, struct err *err)
{
	struct job job = {.app = app, .list = out, .n = n};
	return store_read(app->db, preferences, &job, err);
}
