#include "app/detail.h"

#include <string.h>

#include "app/explain_inside.h"
#include "app/lens_held.h"
#include "store/feed.h"
#include "store/store.h"

struct question {
	struct app *app;
	str word;
	const struct app_lens *lens;
	struct app_lens_held held;
	struct app_lens_moment now;
	struct app_explain explain;
	const struct model_objective *objective;
	bool whole; /* the person may read the unit, and not this objective alone */
	struct view_detail *out;
	struct view_offenders *offenders;
	struct view_detail_file *files;
	size_t files_cap;
};

/* Looks through the lens: the explanation starts from its tree, unit and instant. */
static enum status look(struct question *q, struct view_objective *objective, struct err *err)
{
	struct app_explain *e = &q->explain;
	TRY(app_lens_open_objective(q->app, q->lens, q->word, &q->held, err));
	TRY(app_lens_now(&q->held, &q->now, err));
	q->whole = app_access_may(q->app, ACCESS_READER, q->held.view.tree, q->held.view.unit_id);
	TRY(app_load_objective(q->held.model, q->word, &q->objective, err));
	e->app = q->app;
	e->as_of_ms = q->held.view.at_ms;
	e->node = q->now.unit;
	e->objective = objective;
	e->state = *q->now.state;
	e->state.tree.tree = *q->held.view.tree;
	e->state.parts = q->now.parts;
	TRY(app_lens_score(&q->held, &q->now, &e->score, err));
	return app_explain_fill(e, q->objective, err);
}

/* ---- by unit ---- */

static struct measure_tally own_tally(const struct score_input *in, int unit, int objective, bool *own)
{
	size_t first, n = score_group(in, unit, objective, &first);
	struct score_own s = score_own(in, unit, objective, in->measures + first, n);
	*own = s.present || (s.applies && measure_total(s.tally));
	return s.tally;
}

/* Of a unit of the span: what it says with all below it, whether it says anything itself, and whether any of them does.
 */
struct said {
	struct measure_tally sum;
	bool own, any;
};

/* Children come after their parents, so one pass back adds up. */
static void add_up(const struct question *q, struct said *said)
{
	int objective = (int)(q->objective - q->held.model->objectives), first, end;
	const struct score_input *in = &q->now.parts[app_load_part(q->now.state, objective)];
	const struct unit *units = in->tree->units;
	app_explain_span(&q->explain, q->objective, &first, &end);
	for (int u = first; u < end; u++) {
		struct said *s = &said[u - first];
		s->sum = own_tally(in, u, objective, &s->own);
		s->any = s->own;
	}
	for (int u = end - 1; u > first; u--) {
		struct said *above = &said[units[u].parent - first];
		above->sum = measure_add(above->sum, said[u - first].sum);
		above->any |= said[u - first].any;
	}
}

/* The measures of a unit; they stand in the order of the units. */
static void find_measures(const struct view_detail *out, str unit, struct view_detail_unit *row, size_t *at)
{
	const struct view_objective *v = &out->objective;
	size_t from = *at;
	while (*at < v->n_measures && !str_eq(v->measures[*at].unit, unit))
		++*at;
	row->first = *at;
	while (*at < v->n_measures && str_eq(v->measures[*at].unit, unit))
		++*at;
	row->n = *at - row->first;
	*at = row->n ? *at : from;
}

static enum status list_units(struct question *q, struct err *err)
{
	struct view_detail *out = q->out;
	const struct unit_tree *tree = out->lens.tree;
	int first, end;
	app_explain_span(&q->explain, q->objective, &first, &end);
	size_t n = (size_t)(end - first), at = 0;
	struct view_detail_unit *rows = arena_new(q->app->arena, struct view_detail_unit, n);
	struct said *said = arena_new(q->app->arena, struct said, n);
	if (!rows || !said)
		return err_full(err);
	add_up(q, said);
	out->cut = n > VIEW_DETAIL_UNITS;
	for (int u = first; u < end; u++) {
		const struct unit *unit = &tree->units[u];
		int depth = unit->depth - tree->units[first].depth;
		const struct said *s = &said[u - first];
		if ((out->cut && depth > 1) || (depth && !s->any))
			continue;
		struct view_detail_unit *row = &rows[out->n_units++];
		*row = (struct view_detail_unit){.unit = u,
						 .depth = depth,
						 .leaf = unit_is_leaf(tree, u),
						 .own = s->own,
						 .tally = s->sum,
						 .verdict = score_verdict(s->sum, q->objective->threshold_milli)};
		find_measures(out, unit->id, row, &at);
	}
	out->units = rows;
	return OK;
}

/* ---- over time ---- */

static enum status fill_point(struct question *q, int64_t at_ms, struct view_detail_point *out, struct err *err)
{
	struct app_lens_moment moment;
	int objective = (int)(q->objective - q->held.model->objectives);
	bool program = q->objective->scope == MODEL_SCOPE_PROGRAM, own, some = false;
	*out = (struct view_detail_point){.at_ms = at_ms};
	TRY(app_lens_moment(&q->held, q->held.view.unit_id, at_ms, &moment, err));
	if (!moment.there)
		return OK;
	const struct score_input *in = &moment.parts[app_load_part(moment.state, objective)];
	int first = program ? 0 : moment.unit, end = program ? 1 : first + in->tree->units[first].span;
	for (int u = first; u < end; u++) {
		size_t at, n = score_group(in, u, objective, &at);
		for (size_t i = at; i < at + n && !some; i++)
			some = in->measures[i].observed_ms <= at_ms;
		out->tally = measure_add(out->tally, own_tally(in, u, objective, &own));
	}
	out->known = some;
	return OK;
}

static enum status list_points(struct question *q, struct err *err)
{
	int64_t times[VIEW_COURSE_POINTS];
	view_course_times(q->held.view.at_ms, times);
	for (int i = 0; i < VIEW_COURSE_POINTS; i++)
		TRY(fill_point(q, times[i], &q->out->points[i], err));
	return OK;
}

/* ---- the files behind ---- */

static enum status add_file(struct question *q, struct view_detail_file file, struct err *err)
{
	struct view_detail *out = q->out;
	for (size_t i = 0; i < out->n_files; i++)
		if (str_eq(q->files[i].sha256, file.sha256) && str_eq(q->files[i].feed, file.feed))
			return OK;
	if (out->n_files == q->files_cap && !(q->files = arena_grow(q->app->arena, q->files, out->n_files,
								    out->n_files + 1, sizeof *q->files, &q->files_cap)))
		return err_full(err);
	q->files[out->n_files++] = file;
	return OK;
}

static enum status add_feed_file(void *ctx, const struct store_feed_entry *f, struct err *err)
{
	struct question *q = ctx;
	const struct unit_tree *tree = q->out->lens.tree;
	int scope = unit_find(tree, f->unit), node = q->now.unit;
	bool program = q->objective->scope == MODEL_SCOPE_PROGRAM;
	if (scope == UNIT_NONE || !(program || unit_below(tree, scope, node) || unit_below(tree, node, scope)))
		return OK;
	struct view_detail_file file = {
	    .name = str_copy(q->app->arena, f->file),
	    .sha256 = str_copy(q->app->arena, f->sha256),
	    .feed = str_copy(q->app->arena, f->feed),
	    .unit = tree->units[scope].id,
	    .observed_ms = f->observed_ms,
	    .stale = f->observed_ms < q->held.view.at_ms - q->objective->max_age_ms,
	    .may_open = app_access_may(q->app, ACCESS_READER, tree, f->unit),
	};
	return file.name.p && file.sha256.p && file.feed.p ? add_file(q, file, err) : err_full(err);
}

static enum status add_measure_files(struct question *q, struct err *err)
{
	const struct view_objective *v = &q->out->objective;
	for (size_t i = 0; i < v->n_measures; i++) {
		const struct view_measure *m = &v->measures[i];
		struct view_detail_file file = {
		    .unit = m->unit,
		    .observed_ms = m->observed_ms,
		    .stale = m->stale,
		    .may_open = app_access_may(q->app, ACCESS_READER, q->out->lens.tree, m->unit),
		};
		if (m->evidence_sha256.p) {
			file.name = S("Evidence of an answer");
			file.sha256 = m->evidence_sha256;
			TRY(add_file(q, file, err));
		}
		if (m->file_sha256.p) {
			file.name = m->file;
			file.sha256 = m->file_sha256;
			/* A table of measures may list any unit: it is open to who reads all. */
			file.may_open = app_access_may(q->app, ACCESS_READER, q->out->lens.tree, (str){0});
			TRY(add_file(q, file, err));
		}
	}
	return OK;
}

static enum status list_files(struct question *q, struct err *err)
{
	struct view_detail *out = q->out;
	TRY(add_measure_files(q, err));
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (q->explain.reads >> k & 1)
			TRY(store_feed_behind(q->app->db, (enum evidence_kind_id)k, out->lens.at_ms, add_feed_file, q,
					      err));
	out->reads = q->explain.reads;
	out->files = q->files;
	out->n_files_listed = out->n_files < VIEW_DETAIL_FILES ? out->n_files : VIEW_DETAIL_FILES;
	return OK;
}

/* ---- all together ---- */

static enum status list_steps(struct question *q, struct err *err)
{
	struct view_detail *out = q->out;
	if (measure_total(out->objective.score.tally))
		out->missing = view_step_missing(out->objective.score.tally, q->objective->threshold_milli);
	if (!q->whole) /* the others of its category are not for the person to see */
		return OK;
	TRY(view_step_lift(q->held.model, &q->explain.score, q->objective->category, q->app->arena, &out->lift, err));
	for (size_t i = 0; i < out->lift.n_steps; i++)
		out->lifts |= out->lift.steps[i].objective == q->objective;
	return OK;
}

static enum status detail(void *ctx, struct err *err)
{
	struct question *q = ctx;
	memset(q->out, 0, sizeof *q->out);
	TRY(look(q, &q->out->objective, err));
	q->out->lens = q->held.view;
	q->out->whole = q->whole;
	TRY(list_units(q, err));
	TRY(list_points(q, err));
	TRY(list_files(q, err));
	return list_steps(q, err);
}

enum status app_detail(struct app *app, str objective, const struct app_lens *lens, struct view_detail *out,
		       struct err *err)
{
	struct question q = {.app = app, .word = objective, .lens = lens, .out = out};
	return store_read(app->db, detail, &q, err);
}

/* What the numbers are made of beside those who can be named. */
static void add_numbers(const struct view_objective *v, struct view_offenders *out)
{
	out->tally = v->score.tally;
	out->n_silent = v->n_silent;
	for (size_t i = 0; i < v->n_measures; i++) {
		const struct view_measure *m = &v->measures[i];
		if (!m->kept)
			continue;
		out->counted |= m->basis != MEASURE_MEASURED || !str_eq(m->source, S("check"));
		out->stale |= m->stale;
	}
}

static enum status offenders(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct view_objective objective;
	TRY(look(q, &objective, err));
	*q->offenders = (struct view_offenders){.model = q->held.model, .objective = q->objective};
	if (objective.has_check)
		TRY(app_explain_subjects(&q->explain, q->objective, q->offenders, err));
	else
		q->offenders->note = S("it has no check: people answer it");
	add_numbers(&objective, q->offenders);
	q->offenders->lens = q->held.view;
	q->offenders->whole = q->whole;
	return OK;
}

enum status app_detail_offenders(struct app *app, str objective, const struct app_lens *lens,
				 const struct view_filter *filter, int64_t offset, int64_t limit,
				 struct view_offenders *out, struct err *err)
{
	struct question q = {.app = app,
			     .word = objective,
			     .lens = lens,
			     .explain = {.filter = filter, .offset = offset, .limit = limit},
			     .offenders = out};
	return store_read(app->db, offenders, &q, err);
}
