#include "app/feed.h"

#include <stdlib.h>

#include "app/access.h"
#include "app/change.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/evidence.h"
#include "store/feed.h"
#include "store/store.h"

enum { FILES_SHOWN = 20 };

struct question {
	struct app *app;
	str name;
	int64_t at_ms;
	const struct app_feed_setting *setting;
	str file; /* that was refused */
	const struct err *why;
	bool *known;
	struct view_feed *out; /* one, or a list */
	struct view_feeds *list;
};

enum status app_feed_open(struct app *app, const struct model *m, int64_t at_ms, struct app_feed_demand *out,
			  struct err *err)
{
	static const struct unit_tree no_units = {0};
	out->model = m;
	TRY(app_verdict_open(app, out->model, &no_units, at_ms, &out->book, err));
	out->kinds = arena_new(app->arena, uint64_t, out->model->n_objectives);
	if (!out->kinds)
		return err_full(err);
	for (size_t i = 0; i < out->model->n_objectives; i++) {
		const struct model_objective *o = &out->model->objectives[i];
		out->kinds[i] = o->check.p && o->mode != MODEL_MANUAL ? app_verdict_reads(&out->book, o) : 0;
	}
	return OK;
}

static enum status open_active(struct app *app, int64_t at_ms, struct app_feed_demand *out, struct err *err)
{
	const struct model *m;
	TRY(app_load_model(app, &m, err));
	return app_feed_open(app, m, at_ms, out, err);
}

/* Does the objective read the feed, and is it too old for it? */
static bool reads(const struct app_feed_demand *d, size_t objective, int64_t feed_id, bool *too_old)
{
	bool read = false;
	*too_old = false;
	for (size_t k = 0; k < d->book.n_supply; k++) {
		const struct store_supply *s = &d->book.supply[k];
		if (s->feed_id != feed_id || !(d->kinds[objective] >> s->kind & 1))
			continue;
		read = true;
		*too_old |= !s->remarks && s->newest_ms < d->book.at_ms - d->model->objectives[objective].max_age_ms;
	}
	return read;
}

/* For how many objectives the feed is read, and for how many of them it is too old. */
static void judge(const struct app_feed_demand *d, int64_t feed_id, struct view_feed *out)
{
	out->max_age_ms = -1;
	for (size_t i = 0; i < d->model->n_objectives; i++) {
		int64_t max_age_ms = d->model->objectives[i].max_age_ms;
		bool too_old, read = reads(d, i, feed_id, &too_old);
		out->n_objectives += read;
		out->n_too_old += too_old;
		if (read && (out->max_age_ms < 0 || max_age_ms < out->max_age_ms))
			out->max_age_ms = max_age_ms;
	}
}

static enum status fill_care(const struct app_feed_demand *d, const struct store_feed *feed, struct view_feed *out,
			     struct err *err)
{
	struct app *app = d->book.app;
	int64_t at_ms = d->book.at_ms;
	struct store_feed_setting setting;
	struct store_feed_failure failure;
	TRY(store_feed_setting(app->db, feed->id, at_ms, app->arena, &setting, err));
	TRY(store_feed_failure(app->db, feed->id, at_ms, app->arena, &failure, err));
	if (!out->retired)
		judge(d, feed->id, out);
	out->owner = setting.owner;
	out->every_ms = setting.every_ms;
	out->due_ms = setting.every_ms < 0 || !out->snapshots ? TIME_FOREVER : out->newest_ms + setting.every_ms;
	out->overdue = !out->retired && out->due_ms < at_ms;
	struct feed_facts facts = {
	    .retired = out->retired,
	    .newest_ms = out->snapshots ? out->newest_ms : -1,
	    .every_ms = setting.every_ms,
	    .too_old = out->n_too_old > 0,
	    .failed_ms = failure.failed_ms,
	    .written_ms = failure.written_ms,
	};
	out->state = feed_state(&facts, at_ms);
	if (failure.failed_ms < 0 || failure.failed_ms < failure.written_ms)
		return OK;
	out->failed_file = failure.file;
	out->failed_reason = failure.reason;
	out->failed_ms = failure.failed_ms;
	return OK;
}

static enum status fill(const struct app_feed_demand *d, const struct store_feed *feed, bool count,
			struct view_feed *out, struct err *err)
{
	struct app *app = d->book.app;
	struct store_feed_totals totals;
	int64_t at_ms = d->book.at_ms;
	TRY(store_feed_total(app->db, feed->id, at_ms, app->arena, &totals, err));
	*out = (struct view_feed){
	    .name = feed->name,
	    .unit = feed->unit,
	    .format = totals.format,
	    .retired = feed->retired_ms <= at_ms,
	    .retired_ms = feed->retired_ms,
	    .kept = feed->remarks,
	    .first_ms = totals.first_ms,
	    .newest_ms = totals.newest_ms,
	    .snapshots = totals.snapshots,
	};
	for (int k = 0; count && k < EVIDENCE_KINDS; k++) {
		int64_t rows;
		TRY(store_evidence_rows(app->db, feed->id, (enum evidence_kind_id)k, at_ms, &rows, err));
		if (!rows || out->retired)
			continue;
		out->rows += rows;
		out->kinds[out->n_kinds++] = (struct view_kind_count){(enum evidence_kind_id)k, rows};
	}
	return fill_care(d, feed, out, err);
}

static int order_lacks(const void *left, const void *right)
{
	const struct view_lack *a = left, *b = right;
	if (a->n_objectives != b->n_objectives)
		return a->n_objectives > b->n_objectives ? -1 : 1;
	return a->kind < b->kind ? -1 : a->kind > b->kind;
}

/* The kinds that checks read and no feed that counts has ever spoken for. */
static void find_lacks(const struct app_feed_demand *d, struct view_feeds *out)
{
	uint64_t supplied = 0;
	for (size_t k = 0; k < d->book.n_supply; k++)
		if (!d->book.supply[k].remarks)
			supplied |= EVIDENCE_BIT(d->book.supply[k].kind);
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		size_t readers = 0;
		for (size_t i = 0; i < d->model->n_objectives; i++)
			readers += d->kinds[i] >> k & 1;
		if (readers && !(supplied >> k & 1))
			out->lacks[out->n_lacks++] = (struct view_lack){(enum evidence_kind_id)k, readers};
	}
	qsort(out->lacks, out->n_lacks, sizeof *out->lacks, order_lacks);
}

/* Feeds of units that the person may not read are left out. */
static enum status keep_seen(struct app *app, struct view_feeds *out, struct err *err)
{
	struct view_feed *list = (struct view_feed *)out->list;
	struct store_tree tree;
	size_t kept = 0;
	if (!app->who)
		return OK;
	TRY(app_load_tree(app, app->now_ms, &tree, err));
	for (size_t i = 0; i < out->n; i++)
		if (app_access_may(app, ACCESS_READER, &tree.tree, list[i].unit))
			list[kept++] = list[i];
	out->n = kept;
	return OK;
}

enum status app_feed_states(const struct app_feed_demand *d, bool count, struct view_feeds *out, struct err *err)
{
	struct app *app = d->book.app;
	struct store_feed *feeds = NULL;
	size_t n = 0, spoken = 0;
	TRY(store_feed_list(app->db, app->arena, &feeds, &n, err));
	struct view_feed *views = arena_new(app->arena, struct view_feed, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++) {
		TRY(fill(d, &feeds[i], count, &views[spoken], err));
		spoken += views[spoken].snapshots > 0;
	}
	*out = (struct view_feeds){.n = spoken, .list = views};
	find_lacks(d, out);
	return keep_seen(app, out, err);
}

static enum status list(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct app_feed_demand demand;
	TRY(open_active(q->app, q->at_ms, &demand, err));
	return app_feed_states(&demand, true, q->list, err);
}

enum status app_feed_list(struct app *app, struct app_time as_of, struct view_feeds *out, struct err *err)
{
	struct question q = {.app = app, .at_ms = app_load_time(app, as_of), .list = out};
	return store_read(app->db, list, &q, err);
}

static enum status find(struct question *q, enum access_role at_least, struct store_feed *feed, struct err *err)
{
	return app_access_find_feed(q->app, at_least, q->name, feed, err);
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

static enum status show_readers(struct question *q, const struct app_feed_demand *d, int64_t feed, struct err *err)
{
	struct view_reader *list = arena_new(q->app->arena, struct view_reader, d->model->n_objectives);
	bool too_old;
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < d->model->n_objectives && !q->out->retired; i++)
		if (reads(d, i, feed, &too_old))
			list[q->out->n_readers++] = (struct view_reader){&d->model->objectives[i], too_old};
	q->out->readers = list;
	return OK;
}

/* Before its first snapshot a feed has no state, and so it is not fresh either. */
static enum status check_spoken(const struct question *q, struct err *err)
{
	char text[TIME_TEXT];
	if (q->out->snapshots)
		return OK;
	return err_set(err, E_NOT_FOUND, "the feed \"%.*s\" had handed in nothing by %.*s", STR_ARG(q->name),
		       STR_ARG(time_format_day(q->at_ms, text)));
}

static enum status show(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct store_feed feed;
	struct app_feed_demand demand;
	TRY(find(q, ACCESS_READER, &feed, err));
	TRY(open_active(q->app, q->at_ms, &demand, err));
	TRY(fill(&demand, &feed, true, q->out, err));
	TRY(check_spoken(q, err));
	TRY(show_readers(q, &demand, feed.id, err));
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
	struct app_feed_demand demand;
	TRY(find(q, ACCESS_LEAD, &feed, err));
	if (feed.retired_ms != TIME_FOREVER) {
		char text[TIME_TEXT];
		err_set(err, E_CONFLICT, "the feed \"%.*s\" is retired since %.*s already", STR_ARG(feed.name),
			STR_ARG(time_format(feed.retired_ms, text)));
		return E_CONFLICT;
	}
	if (feed.remarks) {
		err_set(err, E_CONFLICT, "the feed \"%.*s\" is kept by aismm itself", STR_ARG(feed.name));
		err_hint(err, "withdraw an approval instead: aismm approval withdraw");
		return E_CONFLICT;
	}
	TRY(store_feed_retire(q->app->db, feed.id, q->at_ms, err));
	feed.retired_ms = q->at_ms;
	TRY(open_active(q->app, q->at_ms, &demand, err));
	return fill(&demand, &feed, true, q->out, err);
}

enum status app_feed_retire(struct app *app, str name, struct app_time at, struct view_feed *out, struct err *err)
{
	struct question q = {.app = app, .name = name, .at_ms = app_load_time(app, at), .out = out};
	return app_change(app, retire, &q, err);
}

/* Who would overwrite what somebody else has said meanwhile is shown it first. */
static enum status check_seen(const struct app_feed_setting *s, const struct store_feed_setting *now, struct err *err)
{
	int64_t every = now->every_ms > 0 ? now->every_ms : 0;
	if (!s->has_seen || (str_eq(s->seen_owner, now->owner) && s->seen_every_ms == every))
		return OK;
	err_set(err, E_CONFLICT, "what is expected of this feed was changed meanwhile");
	if (now->owner.n)
		err_detail(err, "its owner is now \"%.*s\"", STR_ARG(now->owner));
	err_hint(err, "look at it once more, then decide");
	return E_CONFLICT;
}

static enum status set(void *ctx, struct err *err)
{
	struct question *q = ctx;
	const struct app_feed_setting *s = q->setting;
	struct store_feed feed;
	struct store_feed_setting now;
	struct app_feed_demand demand;
	TRY(find(q, ACCESS_LEAD, &feed, err));
	TRY(store_feed_setting(q->app->db, feed.id, q->at_ms, q->app->arena, &now, err));
	struct store_feed_setting next = now;
	if (s->owner_given)
		next.owner = s->owner.n ? s->owner : (str){0};
	if (s->every_given)
		next.every_ms = s->every_ms > 0 ? s->every_ms : -1;
	if (next.every_ms != now.every_ms || !str_eq(next.owner, now.owner)) {
		TRY(check_seen(s, &now, err));
		TRY(store_feed_set(q->app->db, feed.id, &next, q->at_ms, q->app->actor, err));
	}
	TRY(open_active(q->app, q->at_ms, &demand, err));
	return fill(&demand, &feed, true, q->out, err);
}

enum status app_feed_set(struct app *app, str name, const struct app_feed_setting *setting, struct view_feed *out,
			 struct err *err)
{
	struct question q = {.app = app, .name = name, .at_ms = app->now_ms, .setting = setting, .out = out};
	if (setting->owner.n)
		TRY(app_load_check_id(setting->owner, "the owner", err));
	return app_change(app, set, &q, err);
}

static enum status fail(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct store_feed feed;
	struct store_tree tree;
	struct buf reason = BUF(LIMIT_RECORD_BYTES);
	TRY(store_feed_find(q->app->db, q->name, q->app->arena, &feed, err));
	*q->known = feed.id != 0;
	if (!feed.id)
		return OK;
	if (q->app->who) {
		TRY(app_load_tree(q->app, q->at_ms, &tree, err));
		TRY(app_access_feed(q->app, &tree.tree, feed.name, feed.unit, err));
	}
	buf_printf(&reason, "%s%s%s", q->why->where, q->why->where[0] ? ": " : "", q->why->message);
	enum status status =
	    store_feed_fail(q->app->db, feed.id, q->file, buf_str(&reason), q->at_ms, q->app->actor, err);
	buf_release(&reason);
	return status;
}

enum status app_feed_fail(struct app *app, str name, str file, const struct err *why, bool *known, struct err *err)
{
	struct question q = {.app = app, .name = name, .at_ms = app->now_ms, .file = file, .why = why, .known = known};
	return app_change(app, fail, &q, err);
}
