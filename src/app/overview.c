#include "app/overview.h"

#include <stdlib.h>

#include "app/feed.h"
#include "app/lens_held.h"
#include "app/link.h"
#include "app/setting.h"
#include "app/target.h"
#include "base/time.h"
#include "store/store.h"

enum { EXPIRIES_LISTED = 100 };

struct question {
	struct app *app;
	const struct app_lens *lens;
	struct app_lens_held held;
	struct app_lens_moment now;
	struct app_feed_demand demand;
	struct view_overview out;
};

/* ---- expires next ---- */

/* Of a check: the feed whose age ends it. */
static str feed_of(const struct question *q, const struct view_expiry *e)
{
	const struct app_verdict_book *book = &q->demand.book;
	int64_t max_age_ms = q->held.model->objectives[e->objective].max_age_ms;
	for (size_t i = 0; i < book->n_supply; i++) {
		const struct store_supply *s = &book->supply[i];
		if (q->demand.kinds[e->objective] >> s->kind & 1 && s->newest_ms + max_age_ms == e->ends_ms)
			return s->feed;
	}
	return (str){NULL, 0};
}

/* Who said it; of the few that are listed. */
static enum status name_origin(struct question *q, struct view_expiry *e, struct err *err)
{
	struct store_measure_more more;
	const struct store_measures *measures = &q->now.state->measures[e->part];
	e->source_name = measures->sources[e->source];
	if (e->source == measures->check) {
		e->feed = feed_of(q, e);
		return OK;
	}
	TRY(store_measure_more(q->app->db, e->recorded, q->app->arena, &more, err));
	e->author = more.actor;
	e->reviewer = more.reviewer;
	return OK;
}

static enum status list_expiries(struct question *q, struct err *err)
{
	struct view_expiries *x = &q->out.expiries;
	int64_t days;
	TRY(app_setting_number(q->app, APP_SETTING_EXPIRY, &days, err));
	TRY(view_expiry_list(q->now.parts, q->now.n_parts, &q->out.now, days * TIME_DAY_MS, EXPIRIES_LISTED,
			     q->app->arena, x, err));
	struct view_expiry *named = arena_new(q->app->arena, struct view_expiry, x->n);
	if (!named)
		return err_full(err);
	for (size_t i = 0; i < x->n; i++) {
		named[i] = x->list[i];
		TRY(name_origin(q, &named[i], err));
	}
	x->list = named;
	return OK;
}

/* ---- feeds in trouble ---- */

/* Does the feed speak for the unit or for a part of it, and may the person see it? */
static bool concerns(const struct question *q, const struct view_feed *f)
{
	const struct unit_tree *tree = q->out.lens.tree;
	int scope = unit_find(tree, f->unit), unit = q->out.lens.unit;
	if (scope == UNIT_NONE || f->retired)
		return false;
	if (!unit_below(tree, scope, unit) && !unit_below(tree, unit, scope))
		return false;
	return app_access(q->app, ACCESS_READER, tree, scope, NULL) == OK;
}

static int order_troubles(const void *left, const void *right)
{
	const struct view_trouble *a = left, *b = right;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return str_cmp(a->feed->name, b->feed->name);
}

static enum status list_troubles(struct question *q, struct err *err)
{
	struct view_troubles *t = &q->out.troubles;
	int64_t at_ms = q->out.lens.at_ms;
	struct view_feeds feeds;
	TRY(app_feed_states(&q->demand, false, &feeds, err));
	struct view_trouble *list = arena_new(q->app->arena, struct view_trouble, feeds.n);
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < feeds.n; i++) {
		if (!concerns(q, &feeds.list[i]))
			continue;
		t->feeds++;
		t->n += view_overview_find_trouble(&feeds.list[i], at_ms, &list[t->n]);
	}
	qsort(list, t->n, sizeof *list, order_troubles);
	t->list = list;
	if (app_access_all(q->app, ACCESS_READER, q->out.lens.tree, NULL) != OK)
		return OK;
	return app_link_count(q->app, &q->demand.book.links, at_ms, &t->unlinked_rows, &t->unlinked_names, err);
}

/* ---- what moved it ---- */

/* Between the instant that it is compared with and now, by the months in between; without one, over the whole course.
 */
static enum status list_moves(struct question *q, struct err *err)
{
	struct view_overview *out = &q->out;
	struct view_point points[VIEW_COURSE_POINTS + 1];
	size_t n = 0;
	if (out->has_past)
		points[n++] = (struct view_point){out->lens.vs_ms, true, out->past};
	for (size_t i = 0; i < VIEW_COURSE_POINTS; i++)
		if (!out->has_past || out->points[i].at_ms > out->lens.vs_ms)
			points[n++] = out->points[i];
	return view_course_moves(out->model, points, n, q->app->arena, &out->moves, err);
}

/* ---- the whole ---- */

static enum status look(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct app *app = q->app;
	struct view_overview *out = &q->out;
	TRY(app_lens_open(app, q->lens, &q->held, err));
	TRY(app_lens_now(&q->held, &q->now, err));
	out->model = q->held.model;
	out->lens = q->held.view;
	out->known = q->now.known;
	TRY(app_lens_score(&q->held, &q->now, &out->now, err));
	TRY(app_lens_past(&q->held, out->lens.vs_ms, APP_LENS_WHOLE, &out->has_past, &out->past, err));
	TRY(view_overview_fill(out, app->arena, err));
	TRY(app_target_levels(app, out->model, out->lens.tree, out->lens.at_ms, &out->now, &out->targets, err));
	TRY(app_lens_course(&q->held, APP_LENS_WHOLE, out->known, &out->now, out->points, err));
	TRY(list_moves(q, err));
	TRY(view_word_list(q->now.parts, q->now.n_parts, &out->now, app->arena, &out->words, err));
	TRY(view_step_lifts(out->model, &out->now, app->arena, &out->lifts, &out->n_lifts, err));
	TRY(app_feed_open(app, out->model, out->lens.at_ms, &q->demand, err));
	TRY(list_expiries(q, err));
	return list_troubles(q, err);
}

enum status app_overview(struct app *app, const struct app_lens *lens, struct view_overview *out, struct err *err)
{
	struct question q = {.app = app, .lens = lens};
	TRY(store_read(app->db, look, &q, err));
	*out = q.out;
	return OK;
}
