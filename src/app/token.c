#include "app/token.h"

#include <inttypes.h>

#include "app/change.h"
#include "app/load.h"
#include "app/people.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/feed.h"
#include "store/store.h"
#include "store/token.h"

#define PREFIX "aismm_"

enum { PREFIX_BYTES = sizeof PREFIX - 1, KNOWN_BYTES = 6 /* of the secret that are shown later */ };

struct job {
	struct app *app;
	struct unit_tree tree;
	const struct app_token *add;
	str value, user;
	int64_t id;
	bool all, past;
	struct view_token *one;
	struct view_caller *caller;
	const struct view_token **list;
	size_t *n;
};

static struct view_token show(const struct unit_tree *tree, const struct store_token *t)
{
	return (struct view_token){
	    .id = t->id,
	    .created_ms = t->created_ms,
	    .expires_ms = t->expires_ms,
	    .revoked_ms = t->revoked_ms,
	    .used_ms = t->used_ms,
	    .name = t->name,
	    .prefix = t->prefix,
	    .user = t->user,
	    .author = t->actor,
	    .revoked_by = t->revoked_by,
	    .role = t->role,
	    .unit = app_people_unit_shown(tree, t->unit),
	    .feed = t->feed,
	};
}

/* ---- making ---- */

/* A feed that is there says which unit it speaks about. */
static enum status choose_unit(struct job *job, str *out, struct err *err)
{
	struct store_feed feed = {0};
	str unit;
	TRY(app_people_unit(job->app, &job->tree, job->add->unit, &unit, err));
	if (job->add->feed.n)
		TRY(store_feed_find(job->app->db, job->add->feed, job->app->arena, &feed, err));
	if (feed.id) {
		str own;
		TRY(app_access_at(job->app, ACCESS_LEAD, &job->tree, feed.unit, err));
		TRY(app_people_unit(job->app, &job->tree, feed.unit, &own, err));
		if (job->add->unit.n && !str_eq(own, unit)) {
			err_set(err, E_CONFLICT, "the feed \"%.*s\" speaks about \"%.*s\"", STR_ARG(feed.name),
				STR_ARG(feed.unit));
			return E_CONFLICT;
		}
		unit = own;
	}
	*out = unit;
	return OK;
}

/* A token that could do nothing from its first moment is a mistake. */
static enum status check_user(struct job *job, const struct store_user *user, enum access_role role, str unit,
			      struct err *err)
{
	struct access access;
	int at = unit.n ? unit_find(&job->tree, unit) : 0;
	TRY(app_people_access(job->app, user->id, user->name, &access, err));
	struct app as_user = *job->app;
	as_user.who = &access;
	TRY(app_access(&as_user, role, &job->tree, at, err));
	if (user->disabled_ms != TIME_FOREVER)
		return err_set(err, E_CONFLICT, "\"%.*s\" is disabled", STR_ARG(user->name));
	return app_access(job->app, role, &job->tree, at, err);
}

static enum status check_expiry(const struct app *app, struct app_time expires, int64_t *out, struct err *err)
{
	int64_t most_ms = app->now_ms + LIMIT_TOKEN_DAYS * TIME_DAY_MS;
	*out = expires.given ? expires.ms : app->now_ms + LIMIT_TOKEN_DEFAULT_DAYS * TIME_DAY_MS;
	if (*out <= app->now_ms)
		return err_set(err, E_INVALID, "the token would be too old already");
	if (*out > most_ms)
		return err_set(err, E_INVALID, "a token is good for %d days at most", LIMIT_TOKEN_DAYS);
	return OK;
}

static enum status check_scope(const struct app_token *add, struct err *err)
{
	TRY(app_load_check_id(add->name, "the name", err));
	if (add->feed.n)
		TRY(app_load_check_id(add->feed, "the feed", err));
	if ((add->role == ACCESS_NONE) == (add->feed.n == 0) || add->role >= ACCESS_ROLES) {
		err_set(err, E_INVALID, "a token has a role or a feed");
		err_hint(err, "the roles are respondent, reader, assessor, lead and admin");
		return E_INVALID;
	}
	if (add->role == ACCESS_ADMIN && add->unit.n)
		return err_set(err, E_INVALID, "an administrator is one for everything, not for a unit");
	return OK;
}

static enum status check_number(struct app *app, int64_t user, struct err *err)
{
	struct store_token *there = NULL;
	size_t n;
	TRY(store_token_list(app->db, user, false, app->now_ms, app->arena, &there, &n, err));
	return n < LIMIT_USER_TOKENS ? OK
				     : err_set(err, E_TOO_LARGE, "the user has %d tokens already", LIMIT_USER_TOKENS);
}

/* A token would get round the second factor that its user has to set up first. */
static enum status check_second(struct app *app, const struct store_user *user, struct err *err)
{
	struct access access;
	bool asked;
	TRY(app_people_access(app, user->id, user->name, &access, err));
	TRY(app_people_asked(app, &access, &asked, err));
	if (!asked || user->second)
		return OK;
	err_set(err, E_DENIED, "a second factor has to be set up first");
	err_hint(err, "see: Your account, Second factor");
	return E_DENIED;
}

static enum status find_owner(struct app *app, str name, struct store_user *out, struct err *err)
{
	str meant = name.n || !app->who ? name : app->who->user;
	TRY(app_people_person(app, err));
	if (app->who && !app_people_is_self(app, meant)) {
		err_set(err, E_DENIED, "nobody makes a token of somebody else");
		err_hint(err, "what it does would be recorded under that name");
		return E_DENIED;
	}
	TRY(app_people_find(app, meant, out, err));
	return app->who ? check_second(app, out, err) : OK;
}

static enum status create(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_user user;
	char secret[SECRET_TEXT], sum[HASH_TEXT];
	struct store_token t = {.name = job->add->name,
				.role = job->add->role,
				.feed = job->add->feed.n ? job->add->feed : (str){0},
				.created_ms = app->now_ms,
				.actor = app->actor,
				.revoked_ms = TIME_FOREVER,
				.used_ms = -1};
	TRY(app_people_tree(app, &job->tree, err));
	TRY(find_owner(app, job->add->user, &user, err));
	TRY(choose_unit(job, &t.unit, err));
	TRY(check_user(job, &user, t.feed.p ? ACCESS_LEAD : t.role, t.unit, err));
	TRY(check_expiry(app, job->add->expires, &t.expires_ms, err));
	TRY(check_number(app, user.id, err));
	TRY(secret_text(secret, err));
	str value = app_people_text(app->arena, PREFIX "%s", secret);
	t.user_id = user.id;
	t.user = user.name;
	t.prefix = str_slice(value, 0, PREFIX_BYTES + KNOWN_BYTES);
	t.sha256 = hash_of(value, sum);
	if (!value.p)
		return err_full(err);
	TRY(store_token_add(app->db, &t, &t.id, err));
	*job->one = show(&job->tree, &t);
	job->one->value = value;
	str scope = t.feed.p ? t.feed : access_role_name(t.role);
	return app_audit(app, S("token.create"), user.name,
			 app_people_text(app->arena, "%" PRId64 " \"%.*s\": %s%.*s at %.*s", t.id, STR_ARG(t.name),
					 t.feed.p ? "the feed " : "", STR_ARG(scope),
					 STR_ARG(job->one->unit.n ? job->one->unit : S("the root"))),
			 err);
}

/* Who may not have one is not asked for a password. */
static enum status may_own(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_user user;
	return find_owner(job->app, job->add->user, &user, err);
}

enum status app_token_create(struct app *app, const struct app_token *token, struct view_token *out, struct err *err)
{
	struct job job = {.app = app, .add = token, .one = out};
	TRY(check_scope(token, err));
	TRY(store_read(app->db, may_own, &job, err));
	TRY(app_people_prove_self(app, &token->proof, err));
	return app_change(app, create, &job, err);
}

/* ---- using ---- */

static enum status no_token(struct err *err)
{
	err_set(err, E_DENIED, "the token is not good");
	err_hint(err, "it may be too old, revoked, or of a user who may no longer do this");
	return E_DENIED;
}

static enum status find_token(struct app *app, str value, struct store_token *out, struct err *err)
{
	char sum[HASH_TEXT];
	*out = (struct store_token){0};
	if (!str_starts(value, S(PREFIX)) || value.n != PREFIX_BYTES + SECRET_TEXT - 1)
		return no_token(err);
	TRY(store_token_find(app->db, hash_of(value, sum), app->now_ms, app->arena, out, err));
	return out->id ? OK : no_token(err);
}

/* What the user may, and no more than the token says: the lesser role, at the lower of two units. */
static enum status narrow(struct job *job, const struct store_token *t, const struct access *user, struct access *out,
			  struct err *err)
{
	const struct unit_tree *tree = &job->tree;
	int top = t->unit.n ? unit_find(tree, t->unit) : 0;
	bool answers = t->role == ACCESS_RESPONDENT || t->role >= ACCESS_ASSESSOR;
	struct access_grant *grants = arena_new(job->app->arena, struct access_grant, user->n_grants);
	struct access_assigned *assigned = arena_new(job->app->arena, struct access_assigned, user->n_assigned);
	if (!grants || !assigned)
		return err_full(err);
	*out = (struct access){.user = t->user, .token = true, .grants = grants, .assigned = assigned};
	if (top == UNIT_NONE)
		return OK;
	for (size_t i = 0; i < user->n_grants; i++) {
		const struct access_grant *g = &user->grants[i];
		int at = g->unit.n ? unit_find(tree, g->unit) : 0;
		enum access_role role = g->role < t->role ? g->role : t->role;
		if (at == UNIT_NONE)
			continue;
		if (at == top || !g->unit.n || unit_below(tree, top, at))
			grants[out->n_grants++] = (struct access_grant){role, t->unit};
		else if (!t->unit.n || unit_below(tree, at, top))
			grants[out->n_grants++] = (struct access_grant){role, g->unit};
	}
	for (size_t i = 0; answers && i < user->n_assigned; i++) {
		int at = unit_find(tree, user->assigned[i].unit);
		if (at != UNIT_NONE && unit_below(tree, at, top))
			assigned[out->n_assigned++] = user->assigned[i];
	}
	return OK;
}

/* A feeder has no grants; it goes on while its user may import there. */
static enum status find(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_token t;
	struct access user, access;
	TRY(find_token(app, job->value, &t, err));
	TRY(app_people_tree(app, &job->tree, err));
	TRY(app_people_access(app, t.user_id, t.user, &user, err));
	TRY(narrow(job, &t, &user, &access, err));
	if (t.feed.p) {
		int at = t.unit.n ? unit_find(&job->tree, t.unit) : 0;
		if (at == UNIT_NONE || access_role_at(&user, &job->tree, at) < ACCESS_ASSESSOR)
			return no_token(err);
		access = (struct access){.user = t.user, .feed = t.feed, .within = t.unit, .token = true};
	} else if (!access.n_grants && !access.n_assigned) {
		return no_token(err);
	}
	*job->caller = (struct view_caller){
	    .name = t.user,
	    .shown = t.shown,
	    .access = access,
	    .slides = t.used_ms < 0 || app->now_ms - t.used_ms >= LIMIT_SESSION_NOTE_SECONDS * APP_SECOND_MS,
	    .id = t.id,
	    .expires_ms = t.expires_ms,
	    .unit = t.unit,
	};
	return OK;
}

enum status app_token_find(struct app *app, str value, struct view_caller *out, struct err *err)
{
	struct job job = {.app = app, .value = value, .caller = out};
	return store_read(app->db, find, &job, err);
}

enum status app_token_find_within(struct app *app, str value, struct view_caller *out, struct err *err)
{
	struct job job = {.app = app, .value = value, .caller = out};
	return find(&job, err);
}

static enum status slide(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_token t;
	TRY(find_token(job->app, job->value, &t, err));
	return store_token_used(job->app->db, t.id, job->app->now_ms, err);
}

enum status app_token_slide(struct app *app, str value, struct err *err)
{
	struct job job = {.app = app, .value = value};
	return store_change(app->db, slide, &job, err);
}

/* ---- keeping ---- */

static enum status list(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_user user = {0};
	struct store_token *there = NULL;
	size_t n;
	TRY(app_people_tree(app, &job->tree, err));
	if (job->all)
		TRY(app_people_admin(app, err));
	else
		TRY(app_people_meant(app, job->user, &user, err));
	TRY(store_token_list(app->db, user.id, job->past, app->now_ms, app->arena, &there, &n, err));
	struct view_token *views = arena_new(app->arena, struct view_token, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		views[i] = show(&job->tree, &there[i]);
	*job->list = views;
	*job->n = n;
	return OK;
}

enum status app_token_list(struct app *app, str user, bool all, bool past, const struct view_token **out, size_t *n,
			   struct err *err)
{
	struct job job = {.app = app, .user = user, .all = all, .past = past, .list = out, .n = n};
	return store_read(app->db, list, &job, err);
}

static enum status revoke(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_token t;
	TRY(app_people_tree(app, &job->tree, err));
	TRY(store_token_load(app->db, job->id, app->arena, &t, err));
	if (!t.id || !app_people_is_there(app, t.user))
		TRY(app_people_admin(app, err));
	if (!t.id) {
		err_set(err, E_NOT_FOUND, "no token %" PRId64, job->id);
		err_hint(err, "see: aismm token list");
		return E_NOT_FOUND;
	}
	bool holds = t.revoked_ms == TIME_FOREVER;
	*job->one = show(&job->tree, &t);
	if (!holds)
		return OK;
	job->one->revoked_ms = app->now_ms;
	job->one->revoked_by = app->actor;
	TRY(store_token_revoke(app->db, t.id, app->now_ms, app->actor, err));
	return app_audit(app, S("token.revoke"), t.user,
			 app_people_text(app->arena, "%" PRId64 " \"%.*s\"", t.id, STR_ARG(t.name)), err);
}

enum status app_token_revoke(struct app *app, int64_t id, struct view_token *out, struct err *err)
{
	struct job job = {.app = app, .id = id, .one = out};
	return app_change(app, revoke, &job, err);
}
