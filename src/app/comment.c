#include "app/comment.h"

#include "app/access.h"
#include "app/change.h"
#include "app/people.h"
#include "app/place.h"
#include "app/words.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/comment.h"
#include "store/store.h"

struct job {
	struct app *app;
	str objective, unit, body;
	int64_t id, before;
	size_t limit;
	struct view_comment *out;
	struct view_comments *list;
};

static enum status show(struct app *app, const struct store_comment *c, struct view_comment *out, struct err *err)
{
	bool withdrawn = c->withdrawn_ms != TIME_FOREVER;
	*out = (struct view_comment){.id = c->id,
				     .author = c->actor,
				     .body = withdrawn ? (str){NULL, 0} : c->body,
				     .recorded_ms = c->recorded_ms,
				     .withdrawn_ms = c->withdrawn_ms};
	return app_people_shown(app, c->actor, &out->author_shown, err);
}

static enum status add(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct app_place place;
	TRY(app_place_find(app, ACCESS_ASSESSOR, job->objective, job->unit, &place, err));
	struct store_comment c = {.line = place.key.line,
				  .objective = place.key.objective,
				  .unit = place.key.unit,
				  .body = str_trim(job->body),
				  .actor = app->actor,
				  .recorded_ms = app->now_ms,
				  .withdrawn_ms = TIME_FOREVER};
	TRY(store_comment_add(app->db, &c, &c.id, err));
	return show(app, &c, job->out, err);
}

enum status app_comment_add(struct app *app, str objective, str unit, str body, struct view_comment *out,
			    struct err *err)
{
	struct job job = {.app = app, .objective = objective, .unit = unit, .body = body, .out = out};
	TRY(app_words_check(body, true, "the comment", err));
	return app_change(app, add, &job, err);
}

static enum status list(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct app_place place;
	struct store_comment *stored = NULL;
	size_t n;
	TRY(app_place_find(app, ACCESS_READER, job->objective, job->unit, &place, err));
	TRY(store_comment_list(app->db, &place.key, job->before, job->limit + 1, app->arena, &stored, &n, err));
	bool more = n > job->limit;
	n = more ? job->limit : n;
	struct view_comment *views = arena_new(app->arena, struct view_comment, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		TRY(show(app, &stored[i], &views[i], err));
	*job->list = (struct view_comments){place.key.objective, place.key.unit, n, views, more ? views[n - 1].id : 0};
	return OK;
}

enum status app_comment_list(struct app *app, str objective, str unit, int64_t before, size_t limit,
			     struct view_comments *out, struct err *err)
{
	struct job job = {.app = app,
			  .objective = objective,
			  .unit = unit,
			  .before = before ? before : INT64_MAX,
			  .limit = limit < 1 || limit > LIMIT_PAGE ? LIMIT_PAGE : limit,
			  .list = out};
	return store_read(app->db, list, &job, err);
}

static enum status withdraw(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_comment c;
	bool known = true;
	TRY(store_comment_find(app->db, job->id, app->arena, &c, err));
	if (c.id)
		TRY(app_access_knows(app, c.unit, &known, err));
	if (!c.id || !known)
		return err_set(err, E_NOT_FOUND, "no comment number %lld", (long long)job->id);
	TRY(app_place_permit(app, ACCESS_ASSESSOR, c.objective, c.unit, true, err));
	if (!str_eq(c.actor, app->actor))
		return err_set(err, E_DENIED, "only \"%.*s\", who wrote this comment, may withdraw it",
			       STR_ARG(c.actor));
	if (c.withdrawn_ms == TIME_FOREVER) {
		TRY(store_comment_withdraw(app->db, c.id, (struct store_stamp){app->now_ms, app->actor}, err));
		c.withdrawn_ms = app->now_ms;
	}
	return show(app, &c, job->out, err);
}

enum status app_comment_withdraw(struct app *app, int64_t id, struct view_comment *out, struct err *err)
{
	struct job job = {.app = app, .id = id, .out = out};
	return app_change(app, withdraw, &job, err);
}
