#include "app/user.h"

#include "app/change.h"
#include "app/load.h"
#include "app/people.h"
#include "base/address.h"
#include "base/limits.h"
#include "base/password.h"
#include "base/time.h"
#include "store/assign.h"
#include "store/second.h"
#include "store/store.h"

struct job {
	struct app *app;
	struct unit_tree tree;
	str name, unit;
	enum access_role role;
	bool flag; /* disable, without_second */
	const struct app_user *add;
	const struct app_user_setup *setup;
	str hash;
	struct view_user *user;
	struct view_grant *grant;
	struct view_opened *opened;
	struct view_sign_in_link *link;
	const struct view_user **list;
	size_t *n;
};

/* ---- showing ---- */

static struct view_grant show_grant(const struct unit_tree *tree, const struct store_grant *g)
{
	return (struct view_grant){
	    .role = g->role,
	    .unit = app_people_unit_shown(tree, g->unit),
	    .author = g->actor,
	    .ended_by = g->ended_by,
	    .recorded_ms = g->recorded_ms,
	    .ended_ms = g->ended_ms,
	};
}

static enum status show_user(struct job *job, const struct store_user *u, const struct store_grant *grants, size_t n,
			     struct view_user *out, struct err *err)
{
	struct view_grant *views = arena_new(job->app->arena, struct view_grant, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		views[i] = show_grant(&job->tree, &grants[i]);
	*out = (struct view_user){
	    .name = u->name,
	    .shown = u->shown,
	    .author = u->actor,
	    .disabled_by = u->disabled_by,
	    .created_ms = u->created_ms,
	    .disabled_ms = u->disabled_ms,
	    .password_ms = u->password_ms,
	    .seen_ms = u->seen_ms,
	    .second = u->second,
	    .n_grants = n,
	    .grants = views,
	};
	return OK;
}

/* As it is now, with what it may do. */
static enum status show_again(struct job *job, const struct store_user *user, bool ended, struct err *err)
{
	struct app *app = job->app;
	struct store_user now;
	struct store_grant *grants = NULL;
	struct store_assign *assigned = NULL;
	size_t n, n_assigned;
	TRY(app_people_find(app, user->name, &now, err));
	TRY(store_user_grants(app->db, user->id, ended, app->arena, &grants, &n, err));
	TRY(store_assign_list(app->db, user->id, false, app->arena, &assigned, &n_assigned, err));
	TRY(show_user(job, &now, grants, n, job->user, err));
	job->user->assigned = (int64_t)n_assigned;
	return OK;
}

static enum status begin(struct job *job, struct err *err)
{
	TRY(app_people_tree(job->app, &job->tree, err));
	return app_people_admin(job->app, err);
}

/* ---- adding ---- */

static enum status check_name(str name, struct err *err)
{
	TRY(app_load_check_line(name, "the name", LIMIT_USER_NAME_BYTES, err));
	if (name.n > LIMIT_USER_NAME_BYTES)
		return err_set(err, E_INVALID, "the name is longer than %d bytes", LIMIT_USER_NAME_BYTES);
	if (str_trim(name).n != name.n)
		return err_set(err, E_INVALID, "the name begins or ends with a space");
	return OK;
}

static enum status add_user(struct app *app, str name, str shown, struct store_user *out, struct err *err)
{
	int64_t users;
	struct store_user u = {.name = name,
			       .shown = shown.n ? shown : name,
			       .created_ms = app->now_ms,
			       .disabled_ms = TIME_FOREVER,
			       .password_ms = -1,
			       .seen_ms = -1,
			       .actor = app->actor};
	TRY(check_name(name, err));
	TRY(app_load_check_line(u.shown, "the shown name", LIMIT_SHOWN_CHARACTERS, err));
	TRY(store_user_count(app->db, &users, err));
	if (users >= LIMIT_USERS)
		return err_set(err, E_TOO_LARGE, "there are %d users already", LIMIT_USERS);
	TRY(store_user_find(app->db, name, app->arena, out, err));
	if (out->id) {
		err_set(err, E_CONFLICT, "there is a user \"%.*s\"", STR_ARG(out->name));
		if (out->disabled_ms != TIME_FOREVER)
			err_hint(err, "it is disabled; to let it in again: aismm user enable '%.*s'",
				 STR_ARG(out->name));
		return E_CONFLICT;
	}
	*out = u;
	return store_user_add(app->db, &u, &out->id, err);
}

static enum status check_role(enum access_role role, str unit, struct err *err)
{
	if (role <= ACCESS_NONE || role >= ACCESS_ROLES) {
		err_set(err, E_INVALID, "there is no such role");
		err_hint(err, "the roles are respondent, reader, assessor, lead and admin");
		return E_INVALID;
	}
	if (role != ACCESS_ADMIN || !unit.n)
		return OK;
	err_set(err, E_INVALID, "an administrator is one for everything, not for a unit");
	err_hint(err, "leave the unit out, or grant the role \"lead\" there");
	return E_INVALID;
}

/* unit: as it is kept. */
static enum status add_grant(struct job *job, const struct store_user *user, enum access_role role, str unit,
			     struct view_grant *out, struct err *err)
{
	struct app *app = job->app;
	struct store_grant *there = NULL;
	size_t n;
	struct store_grant g = {.user_id = user->id,
				.role = role,
				.unit = unit,
				.recorded_ms = app->now_ms,
				.ended_ms = TIME_FOREVER,
				.actor = app->actor};
	TRY(check_role(role, unit, err));
	TRY(store_user_grants(app->db, user->id, false, app->arena, &there, &n, err));
	for (size_t i = 0; i < n; i++)
		if (there[i].role == role && str_eq(there[i].unit, unit)) {
			*out = show_grant(&job->tree, &there[i]);
			out->unchanged = true;
			return OK;
		}
	if (n >= LIMIT_USER_GRANTS)
		return err_set(err, E_TOO_LARGE, "the user has %d grants already", LIMIT_USER_GRANTS);
	TRY(store_user_grant(app->db, &g, err));
	*out = show_grant(&job->tree, &g);
	return app_audit(app, S("user.grant"), user->name,
			 app_people_text(app->arena, "%.*s at %.*s", STR_ARG(access_role_name(role)),
					 STR_ARG(out->unit.n ? out->unit : S("the root"))),
			 err);
}

static enum status add(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_user user;
	struct view_grant grant;
	str unit;
	TRY(begin(job, err));
	TRY(add_user(job->app, job->add->name, job->add->shown, &user, err));
	TRY(app_audit(job->app, S("user.add"), user.name, user.shown, err));
	if (job->add->role != ACCESS_NONE) {
		TRY(app_people_unit(job->app, &job->tree, job->add->unit, &unit, err));
		TRY(add_grant(job, &user, job->add->role, unit, &grant, err));
	}
	return show_again(job, &user, false, err);
}

enum status app_user_add(struct app *app, const struct app_user *user, struct view_user *out, struct err *err)
{
	struct job job = {.app = app, .add = user, .user = out};
	return app_change(app, add, &job, err);
}

/* ---- the first one ---- */

struct none {
	struct app *app;
	bool *out;
};

static enum status none(void *ctx, struct err *err)
{
	struct none *q = ctx;
	int64_t users;
	TRY(store_user_count(q->app->db, &users, err));
	*q->out = users == 0;
	return OK;
}

enum status app_user_none(struct app *app, bool *out, struct err *err)
{
	struct none q = {app, out};
	return store_read(app->db, none, &q, err);
}

static enum status set_up(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_user user;
	struct view_grant grant;
	char text[ADDRESS_TEXT];
	int64_t users;
	TRY(store_user_count(app->db, &users, err));
	if (users) {
		err_set(err, E_CONFLICT, "the first administrator is set up already");
		err_hint(err, "sign in, or ask for a one-time link: aismm user link NAME");
		return E_CONFLICT;
	}
	TRY(app_people_succeed(app, S("setup"), address_network(job->setup->address, text), false, err));
	TRY(app_people_tree(app, &job->tree, err));
	TRY(add_user(app, job->setup->name, job->setup->shown, &user, err));
	TRY(store_user_password_set(app->db, user.id, job->hash, app->now_ms, app->actor, err));
	TRY(app_audit(app, S("user.setup"), user.name, user.shown, err));
	TRY(add_grant(job, &user, ACCESS_ADMIN, S(""), &grant, err));
	struct app_people_opening opening = {.user_id = user.id,
					     .created_ms = app->now_ms,
					     .user = user.name,
					     .address = job->setup->address,
					     .agent = job->setup->agent};
	return app_people_open(app, &opening, job->opened, err);
}

enum status app_user_setup_code(struct app *app, str *out, struct err *err)
{
	return app_people_code(app, out, err);
}

/* Counted as wrong before it is looked at, as every attempt. */
static enum status try_code(void *ctx, struct err *err)
{
	struct job *job = ctx;
	char text[ADDRESS_TEXT];
	return app_people_attempt(job->app, S("setup"), address_network(job->setup->address, text), LIMIT_SIGN_IN_NAME,
				  err);
}

static enum status check_code(struct job *job, struct err *err)
{
	char typed[HASH_TEXT], wanted[HASH_TEXT];
	const struct app_user_setup *setup = job->setup;
	if (!setup->wanted.n)
		return OK;
	TRY(app_change(job->app, try_code, job, err));
	if (secret_equal(app_people_code_sum(setup->code, typed), app_people_code_sum(setup->wanted, wanted)))
		return OK;
	err_set(err, E_DENIED, "the set-up code is wrong");
	err_hint(err, "the server printed it when it was started");
	return E_DENIED;
}

enum status app_user_setup(struct app *app, const struct app_user_setup *setup, struct view_opened *out,
			   struct err *err)
{
	char hash[SECRET_HASH];
	bool empty;
	struct app as_user = *app; /* who sets it up is the user that is made */
	as_user.actor = setup->name;
	struct job job = {.app = &as_user, .setup = setup, .opened = out};
	TRY(check_name(setup->name, err));
	TRY(password_check(setup->password, setup->name, err));
	TRY(app_user_none(app, &empty, err));
	if (empty)
		TRY(check_code(&job, err));
	if (empty)
		TRY(secret_hash(setup->password, hash, err));
	else
		hash[0] = '\0'; /* it will be refused */
	job.hash = str_from(hash);
	return app_change(app, set_up, &job, err);
}

/* ---- looking ---- */

static enum status list(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_user *users = NULL;
	struct store_grant *grants = NULL;
	struct store_assign *assigned = NULL;
	size_t n, n_grants, n_assigned;
	TRY(begin(job, err));
	TRY(store_user_list(app->db, app->arena, &users, &n, err));
	TRY(store_user_grants(app->db, 0, false, app->arena, &grants, &n_grants, err));
	TRY(store_assign_list(app->db, 0, false, app->arena, &assigned, &n_assigned, err));
	struct view_user *views = arena_new(app->arena, struct view_user, n);
	struct store_grant *own = arena_new(app->arena, struct store_grant, n_grants);
	if (!views || !own)
		return err_full(err);
	for (size_t u = 0; u < n; u++) {
		size_t n_own = 0;
		for (size_t g = 0; g < n_grants; g++)
			if (grants[g].user_id == users[u].id)
				own[n_own++] = grants[g];
		TRY(show_user(job, &users[u], own, n_own, &views[u], err));
		for (size_t i = 0; i < n_assigned; i++)
			views[u].assigned += assigned[i].user_id == users[u].id;
	}
	*job->list = views;
	*job->n = n;
	return OK;
}

struct named {
	struct app *app;
	str name;
	str *shown;
};

static enum status find_shown(void *ctx, struct err *err)
{
	const struct named *n = ctx;
	return app_people_shown(n->app, n->name, n->shown, err);
}

enum status app_user_called(struct app *app, str name, str *out, struct err *err)
{
	struct named named = {app, name, out};
	return store_read(app->db, find_shown, &named, err);
}

enum status app_user_list(struct app *app, const struct view_user **out, size_t *n, struct err *err)
{
	struct job job = {.app = app, .list = out, .n = n};
	return store_read(app->db, list, &job, err);
}

static enum status show(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_user user;
	TRY(app_people_tree(job->app, &job->tree, err));
	TRY(app_people_meant(job->app, job->name, &user, err));
	return show_again(job, &user, true, err);
}

enum status app_user_show(struct app *app, str name, struct view_user *out, struct err *err)
{
	struct job job = {.app = app, .name = name, .user = out};
	return store_read(app->db, show, &job, err);
}

/* ---- changing ---- */

/* Whatever happened, somebody must be left who can undo it. */
static enum status keep_an_admin(struct app *app, int64_t before, struct err *err)
{
	int64_t after;
	TRY(store_user_admins(app->db, &after, err));
	if (after || !before)
		return OK;
	err_set(err, E_CONFLICT, "this is the last administrator");
	err_hint(err, "make somebody else one first: aismm user grant NAME admin");
	return E_CONFLICT;
}

static enum status disable(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_user user;
	int64_t before, ended;
	TRY(begin(job, err));
	TRY(app_people_find(app, job->name, &user, err));
	bool unchanged = (user.disabled_ms != TIME_FOREVER) == job->flag;
	if (!unchanged) {
		TRY(store_user_admins(app->db, &before, err));
		TRY(store_user_disable(app->db, user.id, job->flag ? app->now_ms : TIME_FOREVER, app->actor, err));
		TRY(keep_an_admin(app, before, err));
		TRY(store_session_end_all(app->db, user.id, 0, app->now_ms, &ended, err));
		TRY(app_audit(app, job->flag ? S("user.disable") : S("user.enable"), user.name, S(""), err));
	}
	TRY(show_again(job, &user, false, err));
	job->user->unchanged = unchanged;
	return OK;
}

enum status app_user_disable(struct app *app, str name, struct view_user *out, struct err *err)
{
	struct job job = {.app = app, .name = name, .flag = true, .user = out};
	return app_change(app, disable, &job, err);
}

enum status app_user_enable(struct app *app, str name, struct view_user *out, struct err *err)
{
	struct job job = {.app = app, .name = name, .user = out};
	return app_change(app, disable, &job, err);
}

static enum status grant(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_user user;
	str unit;
	TRY(begin(job, err));
	TRY(app_people_find(job->app, job->name, &user, err));
	TRY(app_people_unit(job->app, &job->tree, job->unit, &unit, err));
	return add_grant(job, &user, job->role, unit, job->grant, err);
}

enum status app_user_grant(struct app *app, str name, enum access_role role, str unit, struct view_grant *out,
			   struct err *err)
{
	struct job job = {.app = app, .name = name, .role = role, .unit = unit, .grant = out};
	return app_change(app, grant, &job, err);
}

/* The unit of a grant may be gone from the tree; then its own name still says which one is meant. */
static enum status end_grant(struct job *job, const struct store_user *user, struct err *err)
{
	struct app *app = job->app;
	struct store_grant *there = NULL;
	size_t n;
	int64_t before;
	TRY(store_user_admins(app->db, &before, err));
	TRY(store_user_grants(app->db, user->id, false, app->arena, &there, &n, err));
	for (size_t i = 0; i < n; i++) {
		str shown = app_people_unit_shown(&job->tree, there[i].unit);
		if (there[i].role != job->role || !(job->unit.n ? str_eq(shown, job->unit) : there[i].unit.n == 0))
			continue;
		TRY(store_user_grant_end(app->db, there[i].id, app->now_ms, app->actor, err));
		TRY(keep_an_admin(app, before, err));
		*job->grant = show_grant(&job->tree, &there[i]);
		job->grant->ended_ms = app->now_ms;
		job->grant->ended_by = app->actor;
		return app_audit(app, S("user.revoke"), user->name,
				 app_people_text(app->arena, "%.*s at %.*s", STR_ARG(access_role_name(job->role)),
						 STR_ARG(shown.n ? shown : S("the root"))),
				 err);
	}
	err_set(err, E_NOT_FOUND, "\"%.*s\" is not granted the role \"%.*s\" there", STR_ARG(user->name),
		STR_ARG(access_role_name(job->role)));
	err_hint(err, "see: aismm user list");
	return E_NOT_FOUND;
}

static enum status revoke(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_user user;
	TRY(begin(job, err));
	TRY(check_role(job->role, S(""), err));
	TRY(app_people_find(job->app, job->name, &user, err));
	return end_grant(job, &user, err);
}

enum status app_user_revoke(struct app *app, str name, enum access_role role, str unit, struct view_grant *out,
			    struct err *err)
{
	struct job job = {.app = app, .name = name, .role = role, .unit = unit, .grant = out};
	return app_change(app, revoke, &job, err);
}

/* ---- getting in ---- */

static enum status make_link(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_user user;
	char token[SECRET_TEXT], sum[HASH_TEXT];
	int64_t expires_ms = app->now_ms + LIMIT_LINK_MINUTES * APP_MINUTE_MS;
	TRY(begin(job, err));
	TRY(app_people_person(app, err));
	TRY(app_people_find(app, job->name, &user, err));
	if (user.disabled_ms != TIME_FOREVER) {
		err_set(err, E_CONFLICT, "\"%.*s\" is disabled", STR_ARG(user.name));
		err_hint(err, "aismm user enable '%.*s' lets it in again", STR_ARG(user.name));
		return E_CONFLICT;
	}
	bool removes = job->flag && user.second;
	if (removes) {
		TRY(store_second_remove(app->db, user.id, app->now_ms, app->actor, err));
		TRY(app_people_second_changed(app, user.id, (str){0}, false, err));
		TRY(app_audit(app, S("second.remove"), user.name, S("with a sign-in link"), err));
	}
	TRY(secret_text(token, err));
	TRY(store_session_link_add(app->db, user.id, hash_of(str_from(token), sum), app->now_ms, expires_ms, app->actor,
				   err));
	TRY(app_audit(app, S("user.link"), user.name, S(""), err));
	*job->link = (struct view_sign_in_link){.user = user.name,
						.path = app_people_text(app->arena, "/sign-in/%s", token),
						.expires_ms = expires_ms,
						.second_removed = removes};
	return job->link->path.p ? OK : err_full(err);
}

/* Who may not make one at all is not asked for a password. */
static enum status may_link(void *ctx, struct err *err)
{
	struct job *job = ctx;
	TRY(app_people_person(job->app, err));
	return app_people_admin(job->app, err);
}

enum status app_user_link(struct app *app, str name, bool without_second, const struct app_proof *proof,
			  struct view_sign_in_link *out, struct err *err)
{
	struct job job = {.app = app, .name = name, .flag = without_second, .link = out};
	TRY(store_read(app->db, may_link, &job, err));
	TRY(app_people_prove_self(app, proof ? proof : &(struct app_proof){0}, err));
	return app_change(app, make_link, &job, err);
}
