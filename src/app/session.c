#include "app/session.h"

#include <inttypes.h>

#include "app/change.h"
#include "app/people.h"
#include "base/limits.h"
#include "store/store.h"

struct job {
	struct app *app;
	str cookie, user;
	int64_t id, *n;
	struct view_caller *caller;
	struct view_opened *opened;
	const struct view_session **list;
};

static enum status over(struct err *err)
{
	err_set(err, E_DENIED, "the session is over");
	err_hint(err, "sign in again");
	return E_DENIED;
}

/* id 0: there is none. */
static enum status find_session(struct app *app, str cookie, struct store_session *out, struct err *err)
{
	char sum[HASH_TEXT];
	*out = (struct store_session){0};
	if (cookie.n != SECRET_TEXT - 1)
		return OK;
	return store_session_find(app->db, hash_of(cookie, sum), app->now_ms, app->arena, out, err);
}

static enum status need_session(struct app *app, str cookie, struct store_session *out, struct err *err)
{
	TRY(find_session(app, cookie, out, err));
	return out->id ? OK : over(err);
}

/* ---- on every request ---- */

static enum status find(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_session s;
	struct access access = {0};
	bool owes = false;
	TRY(need_session(app, job->cookie, &s, err));
	bool waits = s.second == STORE_SECOND_WAITS;
	if (!waits)
		TRY(app_people_access(app, s.user_id, s.user, &access, err));
	if (s.second == STORE_SECOND_NONE)
		TRY(app_people_asked(app, &access, &owes, err));
	if (owes)
		access = (struct access){.user = s.user};
	*job->caller = (struct view_caller){
	    .name = s.user,
	    .shown = s.shown,
	    .access = access,
	    .waits = waits,
	    .second = s.second == STORE_SECOND_GIVEN,
	    .slides = !waits && app->now_ms - s.seen_ms >= LIMIT_SESSION_NOTE_SECONDS * APP_SECOND_MS,
	    .linked = s.linked,
	    .locked_out = s.locked_out,
	    .owes = owes,
	    .id = s.id,
	    .expires_ms = s.expires_ms,
	    .ends_ms = s.created_ms + (int64_t)LIMIT_SESSION_HOURS * APP_HOUR_MS,
	    .csrf = s.csrf,
	    .theme = s.theme,
	    .keys = s.keys,
	};
	return OK;
}

enum status app_session_find(struct app *app, str cookie, struct view_caller *out, struct err *err)
{
	struct job job = {.app = app, .cookie = cookie, .caller = out};
	return store_read(app->db, find, &job, err);
}

enum status app_session_find_within(struct app *app, str cookie, struct view_caller *out, struct err *err)
{
	struct job job = {.app = app, .cookie = cookie, .caller = out};
	return find(&job, err);
}

static enum status slide(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_session s;
	TRY(need_session(app, job->cookie, &s, err));
	if (s.second == STORE_SECOND_WAITS || app->now_ms - s.seen_ms < LIMIT_SESSION_NOTE_SECONDS * APP_SECOND_MS)
		return OK;
	int64_t most_ms = s.created_ms + (int64_t)LIMIT_SESSION_HOURS * APP_HOUR_MS;
	int64_t idle_ms = app->now_ms + LIMIT_SESSION_IDLE_MINUTES * APP_MINUTE_MS;
	return store_session_seen(app->db, s.id, app->now_ms, idle_ms < most_ms ? idle_ms : most_ms, err);
}

enum status app_session_slide(struct app *app, str cookie, struct err *err)
{
	struct job job = {.app = app, .cookie = cookie};
	return store_change(app->db, slide, &job, err);
}

static enum status rotate(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_session s;
	bool ended;
	TRY(need_session(app, job->cookie, &s, err));
	if (s.second == STORE_SECOND_WAITS)
		return over(err);
	TRY(store_session_end(app->db, s.user_id, s.id, app->now_ms, &ended, err));
	struct app_people_opening opening = {.user_id = s.user_id,
					     .created_ms = s.created_ms,
					     .user = s.user,
					     .address = s.address,
					     .agent = s.agent,
					     .linked = s.linked,
					     .second = s.second};
	return app_people_open(app, &opening, job->opened, err);
}

enum status app_session_rotate(struct app *app, str cookie, struct view_opened *out, struct err *err)
{
	struct job job = {.app = app, .cookie = cookie, .opened = out};
	return store_change(app->db, rotate, &job, err);
}

static enum status end(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_session s;
	bool ended;
	TRY(find_session(job->app, job->cookie, &s, err));
	if (!s.id)
		return OK;
	struct app as_user = *job->app;
	as_user.actor = s.user;
	TRY(store_session_end(as_user.db, s.user_id, s.id, as_user.now_ms, &ended, err));
	return app_audit(&as_user, S("session.end"), s.user, S(""), err);
}

enum status app_session_end(struct app *app, str cookie, struct err *err)
{
	struct job job = {.app = app, .cookie = cookie};
	return store_change(app->db, end, &job, err);
}

/* ---- a list of them ---- */

static enum status list(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_user user;
	struct store_session own, *there = NULL;
	size_t n;
	TRY(app_people_meant(app, job->user, &user, err));
	TRY(find_session(app, job->cookie, &own, err));
	TRY(store_session_list(app->db, user.id, app->now_ms, app->arena, &there, &n, err));
	struct view_session *views = arena_new(app->arena, struct view_session, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		views[i] = (struct view_session){.id = there[i].id,
						 .created_ms = there[i].created_ms,
						 .seen_ms = there[i].seen_ms,
						 .expires_ms = there[i].expires_ms,
						 .address = there[i].address,
						 .agent = there[i].agent,
						 .linked = there[i].linked,
						 .second = there[i].second == STORE_SECOND_GIVEN,
						 .waits = there[i].second == STORE_SECOND_WAITS,
						 .own = there[i].id == own.id};
	*job->list = views;
	*job->n = (int64_t)n;
	return OK;
}

enum status app_session_list(struct app *app, str user, str cookie, const struct view_session **out, size_t *n,
			     struct err *err)
{
	int64_t found = 0;
	struct job job = {.app = app, .user = user, .cookie = cookie, .list = out, .n = &found};
	TRY(store_read(app->db, list, &job, err));
	*n = (size_t)found;
	return OK;
}

static enum status revoke(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_user user;
	bool ended;
	TRY(app_people_meant(app, job->user, &user, err));
	TRY(store_session_end(app->db, user.id, job->id, app->now_ms, &ended, err));
	if (!ended)
		return err_set(err, E_NOT_FOUND, "\"%.*s\" has no session %" PRId64, STR_ARG(user.name), job->id);
	return app_audit(app, S("session.revoke"), user.name, S("one"), err);
}

enum status app_session_revoke(struct app *app, str user, int64_t id, struct err *err)
{
	struct job job = {.app = app, .user = user, .id = id};
	return app_change(app, revoke, &job, err);
}

static enum status revoke_all(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_user user;
	struct store_session own;
	TRY(app_people_meant(app, job->user, &user, err));
	TRY(find_session(app, job->cookie, &own, err));
	TRY(store_session_end_all(app->db, user.id, own.user_id == user.id ? own.id : 0, app->now_ms, job->n, err));
	return app_audit(app, S("session.revoke"), user.name, app_people_text(app->arena, "%" PRId64, *job->n), err);
}

enum status app_session_revoke_all(struct app *app, str user, str cookie, int64_t *n, struct err *err)
{
	struct job job = {.app = app, .user = user, .cookie = cookie, .n = n};
	return app_change(app, revoke_all, &job, err);
}
