#include "app/file.h"

#include "app/access.h"
#include "app/load.h"
#include "store/feed.h"
#include "store/store.h"

enum { REFUSALS_SHOWN = 20 };

struct question {
	struct app *app;
	str text, feed;
	int64_t at_ms, limit;
	struct store_tree tree; /* empty when everything may be seen */
	struct view_files *files;
	struct view_file *list;
	size_t cap;
	struct view_history *history;
	struct view_refusal *refusals;
};

static bool passes(const struct question *q, const struct store_feed_entry *f)
{
	if (q->app->who && !app_access_may(q->app, ACCESS_READER, &q->tree.tree, f->unit))
		return false;
	return str_has_fold(f->file, q->text) || str_has_fold(f->feed, q->text) || str_has_fold(f->format, q->text) ||
	       str_has_fold(f->sha256, q->text);
}

static enum status add(void *ctx, const struct store_feed_entry *f, struct err *err)
{
	struct question *q = ctx;
	struct view_files *out = q->files;
	struct arena *a = q->app->arena;
	if (!passes(q, f) || out->total++ < out->offset || (int64_t)out->n >= q->limit)
		return OK;
	if (out->n == q->cap && !(q->list = arena_grow(a, q->list, out->n, out->n + 1, sizeof *q->list, &q->cap)))
		return err_full(err);
	struct view_file *v = &q->list[out->n++];
	*v = (struct view_file){.feed = str_copy(a, f->feed),
				.unit = str_copy(a, f->unit),
				.file = str_copy(a, f->file),
				.sha256 = str_copy(a, f->sha256),
				.format = str_copy(a, f->format),
				.author = str_copy(a, f->author),
				.observed_ms = f->observed_ms,
				.recorded_ms = f->recorded_ms,
				.bytes = f->bytes,
				.kept = f->kept};
	out->list = q->list;
	return v->feed.p && v->unit.p && v->file.p && v->sha256.p && v->format.p && v->author.p ? OK : err_full(err);
}

static enum status list(void *ctx, struct err *err)
{
	struct question *q = ctx;
	if (q->app->who)
		TRY(app_load_tree(q->app, q->app->now_ms, &q->tree, err));
	return store_feed_entries(q->app->db, 0, q->at_ms, add, q, err);
}

enum status app_file_list(struct app *app, str text, struct app_time as_of, int64_t offset, int64_t limit,
			  struct view_files *out, struct err *err)
{
	struct question q = {
	    .app = app, .text = text, .at_ms = app_load_time(app, as_of), .limit = limit, .files = out};
	*out = (struct view_files){.offset = offset};
	return store_read(app->db, list, &q, err);
}

static enum status add_refusal(void *ctx, const struct store_feed_refusal *r, struct err *err)
{
	struct question *q = ctx;
	struct arena *a = q->app->arena;
	struct view_refusal *v = &q->refusals[q->history->n_refusals++];
	*v = (struct view_refusal){str_copy(a, r->file), str_copy(a, r->reason), str_copy(a, r->author), r->failed_ms};
	return v->file.p && v->reason.p && v->author.p ? OK : err_full(err);
}

static enum status history(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct app *app = q->app;
	struct store_feed feed;
	TRY(app_access_find_feed(app, ACCESS_READER, q->feed, &feed, err));
	if (app->who)
		TRY(app_load_tree(app, app->now_ms, &q->tree, err));
	q->refusals = arena_new(app->arena, struct view_refusal, REFUSALS_SHOWN);
	if (!q->refusals)
		return err_full(err);
	TRY(store_feed_entries(app->db, feed.id, q->at_ms, add, q, err));
	TRY(store_feed_refusals(app->db, feed.id, q->at_ms, REFUSALS_SHOWN, add_refusal, q, err));
	q->history->refusals = q->refusals;
	return OK;
}

enum status app_file_history(struct app *app, str feed, struct app_time as_of, int64_t offset, int64_t limit,
			     struct view_history *out, struct err *err)
{
	struct question q = {.app = app,
			     .feed = feed,
			     .at_ms = app_load_time(app, as_of),
			     .limit = limit,
			     .files = &out->files,
			     .history = out};
	*out = (struct view_history){.files = {.offset = offset}};
	return store_read(app->db, history, &q, err);
}
