#include "app/load.h"

#include "base/time.h"
#include "store/evidence.h"
#include "store/feed.h"
#include "store/store.h"

enum { FILES_SHOWN = 20 };

struct question {
	struct app *app;
	str name;
	int64_t at_ms;
	struct view_feed *out; /* one, or a list */
	const struct view_feed **list;
	size_t *n;
};

static enum status fill(struct app *app, const struct store_feed *feed, int64_t at_ms, struct view_feed *out,
			struct err *err)
{
	struct store_feed_totals totals;
	TRY(store_feed_total(app->db, feed->id, at_ms, app->arena, &totals, err));
	*out = (struct view_feed){
	    .name = feed->name,
	    .unit = feed->unit,
	    .format = totals.format,
	    .retired = feed->retired_ms <= at_ms,
	    .retired_ms = feed->retired_ms,
	    .first_ms = totals.first_ms,
	    .newest_ms = totals.newest_ms,
	    .snapshots = totals.snapshots,
	};
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		int64_t rows;
		TRY(store_evidence_rows(app->db, feed->id, (enum evidence_kind_id)k, at_ms, &rows, err));
		if (!rows || out->retired)
			continue;
		out->rows += rows;
		out->kinds[out->n_kinds++] = (struct view_kind_count){(enum evidence_kind_id)k, rows};
	}
	return OK;
}

static enum status list(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct store_feed *feeds = NULL;
	size_t n = 0;
	TRY(store_feed_list(q->app->db, q->app->arena, &feeds, &n, err));
	struct view_feed *views = arena_new(q->app->arena, struct view_feed, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		TRY(fill(q->app, &feeds[i], q->at_ms, &views[i], err));
	*q->list = views;
	*q->n = n;
	return OK;
}

enum status app_feed_list(struct app *app, struct app_time as_of, const struct view_feed **out, size_t *n,
			  struct err *err)
{
	struct question q = {.app = app, .at_ms = app_load_time(app, as_of), .list = out, .n = n};
	return store_read(app->db, list, &q, err);
}

static enum status find(struct question *q, struct store_feed *feed, struct err *err)
{
	TRY(store_feed_find(q->app->db, q->name, q->app->arena, feed, err));
	if (feed->id)
		return OK;
	err_set(err, E_NOT_FOUND, "no feed \"%.*s\"", STR_ARG(q->name));
	err_hint(err, "see: aismm feed list");
	return E_NOT_FOUND;
}

static enum status show_files(struct question *q, int64_t feed, struct err *err)
{
	struct store_feed_file_row *rows = NULL;
	size_t n = 0;
	TRY(store_feed_files(q->app->db, feed, FILES_SHOWN, q->app->arena, &rows, &n, err));
	struct view_feed_file *files = arena_new(q->app->arena, struct view_feed_file, n);
	if (!files)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		files[i] =
		    (struct view_feed_file){rows[i].file, rows[i].sha256, rows[i].observed_ms, rows[i].recorded_ms};
	q->out->files = files;
	q->out->n_files = n;
	return OK;
}

static enum status show_units(struct question *q, int64_t feed, struct err *err)
{
	struct store_cover *covers = NULL;
	size_t n = 0, used = 0;
	TRY(store_feed_covers(q->app->db, q->at_ms, q->app->arena, &covers, &n, err));
	str *units = arena_new(q->app->arena, str, n);
	if (!units)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		if (covers[i].feed_id == feed)
			units[used++] = covers[i].unit;
	q->out->units = units;
	q->out->n_units = used;
	return OK;
}

static enum status show(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct store_feed feed;
	TRY(find(q, &feed, err));
	TRY(fill(q->app, &feed, q->at_ms, q->out, err));
	TRY(show_files(q, feed.id, err));
	return show_units(q, feed.id, err);
}

enum status app_feed_show(struct app *app, str name, struct app_time as_of, struct view_feed *out, struct err *err)
{
	struct question q = {.app = app, .name = name, .at_ms = app_load_time(app, as_of), .out = out};
	return store_read(app->db, show, &q, err);
}

static enum status retire(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct store_feed feed;
	TRY(find(q, &feed, err));
	if (feed.retired_ms != TIME_FOREVER) {
		char text[TIME_TEXT];
		err_set(err, E_CONFLICT, "the feed \"%.*s\" is retired since %.*s already", STR_ARG(feed.name),
			STR_ARG(time_format(feed.retired_ms, text)));
		return E_CONFLICT;
	}
	TRY(store_feed_retire(q->app->db, feed.id, q->at_ms, err));
	feed.retired_ms = q->at_ms;
	return fill(q->app, &feed, q->at_ms, q->out, err);
}

enum status app_feed_retire(struct app *app, str name, struct app_time at, struct view_feed *out, struct err *err)
{
	struct question q = {.app = app, .name = name, .at_ms = app_load_time(app, at), .out = out};
	return store_change(app->db, retire, &q, err);
}
