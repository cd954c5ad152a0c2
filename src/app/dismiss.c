#include "app/dismiss.h"

#include "app/access.h"
#include "app/change.h"
#include "app/load.h"
#include "app/words.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/dismiss.h"
#include "store/link.h"
#include "store/store.h"

struct job {
	struct app *app;
	const struct app_dismiss *add;
	struct view_dismissal *out;
	struct store_tree tree;
	int unit;
	bool all;
	const struct view_dismissal **list;
	size_t *n;
};

static struct view_dismissal show(const struct store_dismissal *d)
{
	return (struct view_dismissal){.name = d->name,
				       .unit = d->unit,
				       .reason = d->reason,
				       .author = d->actor,
				       .ended_by = d->ended_by,
				       .recorded_ms = d->recorded_ms,
				       .ended_ms = d->ended_ms};
}

/* The unit, which must be there today, and permission at it. */
static enum status open(struct job *job, struct err *err)
{
	struct app *app = job->app;
	TRY(app_load_tree(app, app->now_ms, &job->tree, err));
	if (job->add->unit.n)
		TRY(app_access_find(app, &job->tree.tree, job->add->unit, &job->unit, err));
	return app_access(app, ACCESS_ASSESSOR, &job->tree.tree, job->unit, err);
}

/* Do rows of this kind show, in the unit or below it, an unregistered system of this name? */
static enum status shown_by(struct job *job, const struct link_book *book, enum evidence_kind_id kind, bool *out,
			    struct err *err)
{
	struct app *app = job->app;
	const struct unit_tree *tree = &job->tree.tree;
	struct arena rows = ARENA(LIMIT_COMMAND_BYTES);
	struct store_named *named = NULL;
	size_t n = 0;
	enum status status = store_link_names(app->db, kind, app->now_ms, &rows, &named, &n, err);
	for (size_t i = 0; status == OK && i < n && !*out; i++) {
		int unit = unit_find(tree, named[i].unit);
		enum link_by by = link_find(book, named[i].feed_id, named[i].name).by;
		bool here = unit == UNIT_NONE ? job->unit == 0 : unit_below(tree, unit, job->unit);
		*out = here && str_eq(named[i].name, job->add->name) &&
		       (by == LINK_UNRESOLVED || by == LINK_DISCOVERED) &&
		       (named[i].discovered || store_link_sees(kind, &named[i], app->now_ms));
	}
	arena_release(&rows);
	return status;
}

static enum status check_name(struct job *job, struct err *err)
{
	struct app *app = job->app;
	str name = job->add->name;
	struct link_book book;
	bool shown = false;
	TRY(store_link_book(app->db, app->now_ms, app->arena, &book, err));
	/* Registers of others are as if they were not there. */
	bool whole = !app->who || access_role_at(app->who, &job->tree.tree, 0) >= ACCESS_READER;
	if (whole && link_find(&book, 0, name).by == LINK_EXACT) {
		err_set(err, E_CONFLICT, "\"%.*s\" stands in a register", STR_ARG(name));
		err_hint(err, "what is registered is ended there, not dismissed here");
		return E_CONFLICT;
	}
	for (int k = 0; k < EVIDENCE_KINDS && !shown; k++)
		TRY(shown_by(job, &book, (enum evidence_kind_id)k, &shown, err));
	if (shown)
		return OK;
	err_set(err, E_NOT_FOUND, "no evidence in \"%.*s\" shows an unregistered AI system \"%.*s\"",
		STR_ARG(job->tree.tree.units[job->unit].id), STR_ARG(name));
	err_hint(err, "see: aismm shadow list");
	return E_NOT_FOUND;
}

/* The one of this very name and unit that holds; NULL: none does. */
static enum status find_own(struct job *job, const struct store_dismissal **out, struct err *err)
{
	struct store_dismissal *list = NULL;
	size_t n = 0;
	str unit = job->tree.tree.units[job->unit].id;
	TRY(store_dismiss_list(job->app->db, false, job->app->arena, &list, &n, err));
	*out = NULL;
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].name, job->add->name) && str_eq(list[i].unit, unit))
			*out = &list[i];
	return OK;
}

static enum status add(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	const struct store_dismissal *there;
	TRY(open(job, err));
	if (app_words_check(job->add->because, true, "the reason", err) != OK) {
		err_hint(err, "say why it needs no register: a test, no AI, gone since");
		return E_INVALID;
	}
	TRY(check_name(job, err));
	TRY(find_own(job, &there, err));
	struct store_dismissal made = {.name = job->add->name,
				       .unit = job->tree.tree.units[job->unit].id,
				       .reason = job->add->because,
				       .actor = app->actor,
				       .recorded_ms = app->now_ms,
				       .ended_ms = TIME_FOREVER};
	*job->out = show(there ? there : &made);
	job->out->unchanged = there != NULL;
	return there ? OK : store_dismiss_add(app->db, &made, &made.id, err);
}

enum status app_dismiss_add(struct app *app, const struct app_dismiss *d, struct view_dismissal *out, struct err *err)
{
	struct view_dismissal v;
	struct job job = {.app = app, .add = d, .out = &v};
	TRY(app_change(app, add, &job, err));
	*out = v;
	return OK;
}

static enum status revoke(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	const struct store_dismissal *there;
	TRY(open(job, err));
	TRY(find_own(job, &there, err));
	if (!there) {
		err_set(err, E_NOT_FOUND, "\"%.*s\" is not dismissed at \"%.*s\"", STR_ARG(job->add->name),
			STR_ARG(job->tree.tree.units[job->unit].id));
		err_hint(err, "see: aismm shadow list --dismissed");
		return E_NOT_FOUND;
	}
	*job->out = show(there);
	job->out->ended_ms = app->now_ms;
	job->out->ended_by = app->actor;
	return store_dismiss_end(app->db, there->id, app->now_ms, app->actor, err);
}

enum status app_dismiss_revoke(struct app *app, str name, str unit, struct view_dismissal *out, struct err *err)
{
	struct view_dismissal v;
	struct app_dismiss d = {.name = name, .unit = unit};
	struct job job = {.app = app, .add = &d, .out = &v};
	TRY(app_change(app, revoke, &job, err));
	*out = v;
	return OK;
}

static enum status load(struct app *app, bool all, const struct view_dismissal **out, size_t *n, struct err *err)
{
	struct store_dismissal *stored = NULL;
	TRY(store_dismiss_list(app->db, all, app->arena, &stored, n, err));
	struct view_dismissal *views = arena_new(app->arena, struct view_dismissal, *n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < *n; i++)
		views[i] = show(&stored[i]);
	*out = views;
	return OK;
}

enum status app_dismiss_load(struct app *app, const struct view_dismissal **out, size_t *n, struct err *err)
{
	return load(app, false, out, n, err);
}

static enum status list(void *ctx, struct err *err)
{
	struct job *job = ctx;
	const struct view_dismissal *found = NULL;
	size_t n = 0, kept = 0;
	TRY(app_load_tree(job->app, job->app->now_ms, &job->tree, err));
	TRY(load(job->app, job->all, &found, &n, err));
	struct view_dismissal *views = arena_new(job->app->arena, struct view_dismissal, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		if (app_access_may(job->app, ACCESS_READER, &job->tree.tree, found[i].unit))
			views[kept++] = found[i];
	*job->list = views;
	*job->n = kept;
	return OK;
}

enum status app_dismiss_list(struct app *app, bool all, const struct view_dismissal **out, size_t *n, struct err *err)
{
	struct job job = {.app = app, .all = all, .list = out, .n = n};
	return store_read(app->db, list, &job, err);
}

const struct view_dismissal *app_dismiss_find(const struct view_dismissal *list, size_t n, const struct unit_tree *tree,
					      str name, str unit)
{
	size_t low = 0, high = n;
	int at = unit_find(tree, unit), nearest = -1;
	const struct view_dismissal *found = NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_cmp(list[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = low; i < n && str_eq(list[i].name, name); i++) {
		int u = unit_find(tree, list[i].unit);
		bool covers = at == UNIT_NONE ? u == 0 : u != UNIT_NONE && unit_below(tree, at, u);
		if (covers && tree->units[u].depth > nearest) {
			nearest = tree->units[u].depth;
			found = &list[i];
		}
	}
	return found;
}
