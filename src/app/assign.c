#include "app/assign.h"

#include "app/change.h"
#include "app/load.h"
#include "app/people.h"
#include "base/limits.h"
#include "base/time.h"
#include "core/model.h"
#include "store/assign.h"
#include "store/store.h"

enum { SOON_DAYS = 7 };

struct job {
	struct app *app;
	const struct app_assign *add;
	const struct app_assign_filter *filter;
	struct view_assignment *one;
	const struct view_assignment **list;
	size_t *n;
};

static struct view_assignment show(const struct app *app, const struct store_assign *s)
{
	return (struct view_assignment){
	    .id = s->id,
	    .due_ms = s->due_ms,
	    .recorded_ms = s->recorded_ms,
	    .ended_ms = s->ended_ms,
	    .objective = s->objective,
	    .unit = s->unit,
	    .user = s->user,
	    .shown = s->shown,
	    .author = s->actor,
	    .ended_by = s->ended_by,
	    .overdue = s->ended_ms == TIME_FOREVER && s->due_ms < app->now_ms,
	};
}

/* The one that holds of this objective, unit and user; NULL when there is none. *n: how many the user has. */
static enum status find_there(struct app *app, int64_t user, str objective, str unit, struct store_assign **out,
			      size_t *n, struct err *err)
{
	struct store_assign *there = NULL;
	TRY(store_assign_list(app->db, user, false, app->arena, &there, n, err));
	*out = NULL;
	for (size_t i = 0; i < *n; i++)
		if (str_eq(there[i].objective, objective) && str_eq(there[i].unit, unit))
			*out = &there[i];
	return OK;
}

static enum status end_one(struct app *app, const struct store_assign *s, struct err *err)
{
	TRY(store_assign_end(app->db, s->id, app->now_ms, app->actor, err));
	return app_audit(app, S("assign.end"), s->user,
			 app_people_text(app->arena, "%.*s at %.*s", STR_ARG(s->objective), STR_ARG(s->unit)), err);
}

/* ---- adding ---- */

static enum status check_objective(struct app *app, str id, int unit, const struct model_objective **out,
				   struct err *err)
{
	const struct model *model;
	TRY(app_load_model(app, &model, err));
	TRY(app_load_objective(model, id, out, err));
	if ((*out)->scope != MODEL_SCOPE_PROGRAM || !unit)
		return OK;
	err_set(err, E_INVALID, "%.*s is answered at the root only", STR_ARG(id));
	err_hint(err, "leave the unit out");
	return E_INVALID;
}

static enum status keep(struct app *app, struct store_assign *s, struct err *err)
{
	char due[TIME_TEXT];
	str until = s->due_ms == TIME_FOREVER ? S("") : time_format(s->due_ms, due);
	TRY(store_assign_add(app->db, s, &s->id, err));
	return app_audit(app, S("assign.add"), s->user,
			 app_people_text(app->arena, "%.*s at %.*s%s%.*s", STR_ARG(s->objective), STR_ARG(s->unit),
					 until.n ? ", due " : "", STR_ARG(until)),
			 err);
}

static enum status add(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	const struct model_objective *objective;
	struct store_tree tree;
	struct store_user user;
	struct store_assign *there;
	int unit;
	size_t n;
	TRY(app_load_tree(app, app->now_ms, &tree, err));
	TRY(app_access_find(app, &tree.tree, job->add->unit, &unit, err));
	TRY(app_access(app, ACCESS_LEAD, &tree.tree, unit, err));
	TRY(check_objective(app, job->add->objective, unit, &objective, err));
	TRY(app_people_find(app, job->add->user, &user, err));
	if (user.disabled_ms != TIME_FOREVER)
		return err_set(err, E_CONFLICT, "\"%.*s\" is disabled", STR_ARG(user.name));
	TRY(find_there(app, user.id, objective->id, tree.tree.units[unit].id, &there, &n, err));
	struct store_assign s = {.user_id = user.id,
				 .objective = objective->id,
				 .unit = tree.tree.units[unit].id,
				 .user = user.name,
				 .shown = user.shown,
				 .due_ms = job->add->due.given ? job->add->due.ms : TIME_FOREVER,
				 .recorded_ms = app->now_ms,
				 .ended_ms = TIME_FOREVER,
				 .actor = app->actor};
	bool unchanged = there && there->due_ms == s.due_ms;
	if (!there && n >= LIMIT_USER_ASSIGNMENTS)
		return err_set(err, E_TOO_LARGE, "the user has %d assignments already", LIMIT_USER_ASSIGNMENTS);
	if (there && !unchanged)
		TRY(end_one(app, there, err));
	if (!unchanged)
		TRY(keep(app, &s, err));
	*job->one = show(app, unchanged ? there : &s);
	job->one->unchanged = unchanged;
	return OK;
}

enum status app_assign_add(struct app *app, const struct app_assign *assign, struct view_assignment *out,
			   struct err *err)
{
	struct job job = {.app = app, .add = assign, .one = out};
	return app_change(app, add, &job, err);
}

/* ---- ending ---- */

/* The unit may be gone from the tree; then a lead of everything ends it. */
static enum status end(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct unit_tree tree;
	struct store_user user;
	struct store_assign *there;
	size_t n;
	TRY(app_people_tree(app, &tree, err));
	str id = job->add->unit.n ? job->add->unit : app_people_unit_shown(&tree, S(""));
	if (!app_access_may(app, ACCESS_LEAD, &tree, (str){0})) {
		int unit;
		TRY(app_access_find(app, &tree, job->add->unit, &unit, err));
		TRY(app_access(app, ACCESS_LEAD, &tree, unit, err));
	}
	TRY(app_people_find(app, job->add->user, &user, err));
	TRY(find_there(app, user.id, job->add->objective, id, &there, &n, err));
	if (!there) {
		err_set(err, E_NOT_FOUND, "%.*s at \"%.*s\" is not assigned to \"%.*s\"", STR_ARG(job->add->objective),
			STR_ARG(id), STR_ARG(user.name));
		err_hint(err, "see: aismm assign list");
		return E_NOT_FOUND;
	}
	TRY(end_one(app, there, err));
	*job->one = show(app, there);
	job->one->ended_ms = app->now_ms;
	job->one->ended_by = app->actor;
	job->one->overdue = false;
	return OK;
}

enum status app_assign_end(struct app *app, const struct app_assign *assign, struct view_assignment *out,
			   struct err *err)
{
	struct job job = {.app = app, .add = assign, .one = out};
	return app_change(app, end, &job, err);
}

/* ---- looking ---- */

static bool may_see(const struct app *app, const struct unit_tree *tree, const struct store_assign *s)
{
	int unit = unit_find(tree, s->unit);
	return !app->who || app_people_is_self(app, s->user) ||
	       access_role_at(app->who, tree, unit == UNIT_NONE ? 0 : unit) >= ACCESS_READER;
}

/* Nobody's list: who is not signed in sees none, and so does a feeder. */
static enum status check_asker(const struct app *app, const struct app_assign_filter *filter, struct err *err)
{
	if (!app->who && filter->own)
		return err_set(err, E_INVALID, "the command line has no assignments of its own");
	if (!app->who || app_people_is_self(app, app->who->user))
		return OK;
	err_set(err, E_DENIED, "only who is signed in has assignments");
	return E_DENIED;
}

static enum status list(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct unit_tree tree;
	struct store_user user = {0};
	struct store_assign *there = NULL;
	size_t n, used = 0;
	str name = job->filter->own && app->who ? app->who->user : job->filter->user;
	TRY(check_asker(app, job->filter, err));
	TRY(app_people_tree(app, &tree, err));
	if (name.n) {
		if (!app_people_is_self(app, name))
			TRY(app_access_all(app, ACCESS_READER, &tree, err));
		TRY(app_people_find(app, name, &user, err));
	}
	TRY(store_assign_list(app->db, user.id, job->filter->past, app->arena, &there, &n, err));
	struct view_assignment *views = arena_new(app->arena, struct view_assignment, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		if (may_see(app, &tree, &there[i]))
			views[used++] = show(app, &there[i]);
	*job->list = views;
	*job->n = used;
	return OK;
}

enum status app_assign_list(struct app *app, const struct app_assign_filter *filter, const struct view_assignment **out,
			    size_t *n, struct err *err)
{
	struct job job = {.app = app, .filter = filter, .list = out, .n = n};
	return store_read(app->db, list, &job, err);
}

enum status app_assign_count(struct app *app, const struct app_assign_filter *filter,
			     struct view_assignment_counts *out, struct err *err)
{
	struct app_assign_filter open = {filter->own, filter->user, false};
	struct view_assignment_counts counts = {0};
	const struct view_assignment *list_ = NULL;
	size_t n = 0;
	TRY(app_assign_list(app, &open, &list_, &n, err));
	for (size_t i = 0; i < n; i++) {
		counts.open++;
		counts.overdue += list_[i].overdue;
		counts.soon += !list_[i].overdue && list_[i].due_ms < app->now_ms + SOON_DAYS * TIME_DAY_MS;
	}
	*out = counts;
	return OK;
}
