#include "store/measure_load.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "db/db.h"
#include "store/store.h"

/* Names seen so far, and what the last row resolved to: rows come sorted, so most look-ups are one comparison. */
struct loader {
	const struct model *model;
	const struct unit_tree *tree;
	struct arena *arena;
	struct measure *list;
	size_t n, cap;
	str *sources; /* in the order in which they were seen */
	int *sorted;  /* their numbers in byte order */
	size_t n_sources, sources_cap;
	struct measure_retired *retired;
	size_t n_retired;
	int unit, objective; /* of the row before; -2 = none yet */
	str unit_name, objective_name;
	bool exact; /* every objective was written as the model writes it */
};

static struct loader loader_of(const struct model *m, const struct unit_tree *tree, struct arena *a)
{
	return (struct loader){.model = m, .tree = tree, .arena = a, .unit = -2, .objective = -2, .exact = true};
}

/* ---- names ---- */

static enum status add_source(struct loader *l, str name, size_t place, struct err *err)
{
	if (l->n_sources == l->sources_cap) {
		size_t cap = 0;
		l->sources = arena_grow(l->arena, l->sources, l->n_sources, l->n_sources + 1, sizeof *l->sources, &cap);
		l->sorted =
		    arena_grow(l->arena, l->sorted, l->n_sources, l->n_sources + 1, sizeof *l->sorted, &l->sources_cap);
		if (!l->sources || !l->sorted)
			return err_full(err);
	}
	str copy = str_copy(l->arena, name);
	if (!copy.p)
		return err_full(err);
	memmove(l->sorted + place + 1, l->sorted + place, (l->n_sources - place) * sizeof *l->sorted);
	l->sorted[place] = (int)l->n_sources;
	l->sources[l->n_sources++] = copy;
	return OK;
}

/* The number of a source, a new one when it has none. */
static enum status source_number(struct loader *l, str name, int *out, struct err *err)
{
	size_t low = 0, high = l->n_sources;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_cmp(l->sources[l->sorted[middle]], name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == l->n_sources || !str_eq(l->sources[l->sorted[low]], name))
		TRY(add_source(l, name, low, err));
	*out = l->sorted[low];
	return OK;
}

/* Sources by their names' order, and every number of one with them. */
static enum status order_sources(struct loader *l, struct err *err)
{
	str *names = arena_new(l->arena, str, l->n_sources + 1);
	int *place = arena_new(l->arena, int, l->n_sources + 1);
	if (!names || !place)
		return err_full(err);
	for (size_t i = 0; i < l->n_sources; i++) {
		names[i] = l->sources[l->sorted[i]];
		place[l->sorted[i]] = (int)i;
	}
	for (size_t i = 0; i < l->n; i++)
		l->list[i].source = place[l->list[i].source];
	for (size_t i = 0; i < l->n_retired; i++)
		l->retired[i].source = place[l->retired[i].source];
	l->sources = names;
	return OK;
}

static enum status resolve_objective(struct loader *l, str name, struct err *err)
{
	const struct model_objective *o = model_objective_find(l->model, name);
	bool same = o && str_eq(o->id, name);
	l->objective = o ? (int)(o - l->model->objectives) : -1;
	l->exact &= !o || same;
	l->objective_name = same ? o->id : str_copy(l->arena, name);
	return l->objective_name.p ? OK : err_full(err);
}

static enum status resolve(struct loader *l, str unit, str objective, struct err *err)
{
	if (l->unit == -2 || !str_eq(unit, l->unit_name)) {
		l->unit = unit_find(l->tree, unit);
		l->unit_name = l->unit == UNIT_NONE ? str_copy(l->arena, unit) : l->tree->units[l->unit].id;
		if (!l->unit_name.p)
			return err_full(err);
	}
	if (l->objective == -2 || !str_eq(objective, l->objective_name))
		TRY(resolve_objective(l, objective, err));
	return OK;
}

/* ---- rows ---- */

#define COLUMNS                                                                                                        \
	"SELECT seq, unit, objective, source, basis, yes, no, unknown, not_applicable, observed_at, expires_at,"       \
	" override_until FROM measure "
/* What was taken back is no measure any more. */
#define STANDS " AND seq NOT IN (SELECT seq FROM measure_undo)"
#define ORDER " ORDER BY objective, unit, source, observed_at, seq"

static bool is_time(int64_t ms)
{
	return ms >= TIME_MIN_MS && ms <= TIME_MAX_MS;
}

static bool is_count(int64_t n)
{
	return n >= 0 && n <= LIMIT_COUNT;
}

/* Numbers that this program writes; anything else would be computed with all the same. */
static bool is_possible(const struct measure *m)
{
	return m->basis <= MEASURE_MEASURED && is_count(m->tally.yes) && is_count(m->tally.no) &&
	       is_count(m->tally.unknown) && is_time(m->observed_ms) &&
	       (m->expires_ms == TIME_FOREVER || is_time(m->expires_ms)) &&
	       (!m->overrides || is_time(m->override_until_ms));
}

/* Adds the row, whose unit and objective are resolved. */
static enum status add_row(struct loader *l, struct db_stmt *st, struct err *err)
{
	int source = 0;
	TRY(source_number(l, db_text(st, 3), &source, err));
	struct measure m = {
	    .unit = l->unit,
	    .objective = l->objective,
	    .source = source,
	    .basis = (enum measure_basis)db_i64(st, 4),
	    .tally = {db_i64(st, 5), db_i64(st, 6), db_i64(st, 7)},
	    .not_applicable = db_i64(st, 8),
	    .observed_ms = db_i64(st, 9),
	    .expires_ms = db_is_null(st, 10) ? TIME_FOREVER : db_i64(st, 10),
	    .overrides = !db_is_null(st, 11),
	    .override_until_ms = db_i64(st, 11),
	    .recorded = db_i64(st, 0),
	};
	if (!is_possible(&m))
		return store_damaged(err, "a measure has an impossible number");
	if (l->n == l->cap && !(l->list = arena_grow(l->arena, l->list, l->n, l->n + 1, sizeof *l->list, &l->cap)))
		return err_full(err);
	l->list[l->n++] = m;
	return OK;
}

static enum status load_retired(struct db *db, struct loader *l, struct err *err)
{
	struct db_stmt *st;
	size_t cap = 0;
	bool row;
	TRY(db_prepare(db, SQL("SELECT source, unit, at FROM retirement ORDER BY seq"), &st, err));
	for (;;) {
		struct measure_retired r = {.unit = UNIT_NONE};
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		if (!db_is_null(st, 1) && (r.unit = unit_find(l->tree, db_text(st, 1))) == UNIT_NONE)
			continue;
		TRY(source_number(l, db_text(st, 0), &r.source, err));
		r.at_ms = db_i64(st, 2);
		if (l->n_retired == cap && !(l->retired = arena_grow(l->arena, l->retired, l->n_retired,
								     l->n_retired + 1, sizeof *l->retired, &cap)))
			return err_full(err);
		l->retired[l->n_retired++] = r;
	}
}

static struct store_measures measures_of(const struct loader *l)
{
	return (struct store_measures){.list = l->list,
				       .n = l->n,
				       .sources = l->sources,
				       .n_sources = l->n_sources,
				       .retired = l->retired,
				       .n_retired = l->n_retired,
				       .check = -1};
}

/* Takes the rows of a prepared statement that stand at the unit or below. */
static enum status take_rows(struct db_stmt *st, struct loader *l, int top, struct err *err)
{
	bool row;
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		TRY(resolve(l, db_text(st, 1), db_text(st, 2), err));
		if (l->unit >= 0 && l->objective >= 0 && unit_below(l->tree, l->unit, top))
			TRY(add_row(l, st, err));
	}
}

/* What was taken, in the order of the score. */
static enum status finish(struct db *db, struct loader *l, struct store_measures *out, struct err *err)
{
	if (!l->list && !(l->list = arena_new(l->arena, struct measure, 1)))
		return err_full(err);
	TRY(load_retired(db, l, err));
	TRY(order_sources(l, err));
	qsort(l->list, l->n, sizeof *l->list, measure_order);
	*out = measures_of(l);
	for (size_t i = 0; i < l->n_sources; i++)
		if (str_eq(l->sources[i], S("check")))
			out->check = (int)i;
	return OK;
}

enum status store_measure_load(struct db *db, const struct model *m, const struct unit_tree *tree, struct arena *a,
			       struct store_measures *out, struct err *err)
{
	struct loader l = loader_of(m, tree, a);
	struct db_stmt *st;
	TRY(db_prepare(db, SQL(COLUMNS "WHERE line = $1" STANDS ORDER), &st, err));
	db_bind_text(st, 1, m->line);
	TRY(take_rows(st, &l, 0, err));
	return finish(db, &l, out, err);
}

enum status store_measure_load_objectives(struct db *db, const struct model *m, const struct unit_tree *tree, int first,
					  int n, int unit, struct arena *a, struct store_measures *out, struct err *err)
{
	struct loader l = loader_of(m, tree, a);
	for (int i = first; i < first + n; i++) {
		struct db_stmt *st;
		TRY(db_prepare(db, SQL(COLUMNS "WHERE line = $1 AND objective = $2" STANDS ORDER), &st, err));
		db_bind_text(st, 1, m->line);
		db_bind_text(st, 2, m->objectives[i].id);
		TRY(take_rows(st, &l, unit, err));
	}
	return finish(db, &l, out, err);
}

enum status store_measure_load_group(struct db *db, const struct model *m, const struct unit_tree *tree, int unit,
				     int objective, struct arena *a, struct store_measures *out, struct err *err)
{
	struct loader l = loader_of(m, tree, a);
	struct db_stmt *st;
	TRY(db_prepare(db, SQL(COLUMNS "WHERE line = $1 AND objective = $2 AND unit = $3" STANDS ORDER), &st, err));
	db_bind_text(st, 1, m->line);
	db_bind_text(st, 2, m->objectives[objective].id);
	db_bind_text(st, 3, tree->units[unit].id);
	TRY(take_rows(st, &l, unit, err));
	return finish(db, &l, out, err);
}

/* ---- group by group ---- */

/* Gives the group that has been read, if it is one, and forgets it. */
static enum status give_group(struct loader *l, store_measure_group_fn *group, void *ctx, struct err *err)
{
	struct store_measures ms = measures_of(l);
	if (!l->n || !l->exact)
		return OK;
	l->n = 0;
	return group(ctx, &ms, err);
}

enum status store_measure_each(struct db *db, const struct model *m, const struct unit_tree *tree, struct arena *a,
			       store_measure_group_fn *group, void *ctx, bool *exact, struct err *err)
{
	struct loader l = loader_of(m, tree, a);
	struct db_stmt *st;
	bool row;
	TRY(load_retired(db, &l, err));
	TRY(db_prepare(db, SQL(COLUMNS "WHERE line = $1" STANDS ORDER), &st, err));
	db_bind_text(st, 1, m->line);
	while (l.exact) {
		int unit = l.unit, objective = l.objective;
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		TRY(resolve(&l, db_text(st, 1), db_text(st, 2), err));
		if (l.unit != unit || l.objective != objective)
			TRY(give_group(&l, group, ctx, err));
		if (l.unit >= 0 && l.objective >= 0)
			TRY(add_row(&l, st, err));
	}
	db_reset(st);
	*exact = l.exact;
	return give_group(&l, group, ctx, err);
}

/* ---- what is new ---- */

static int order_places(const void *left, const void *right)
{
	const struct store_measure_place *a = left, *b = right;
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	return (a->objective > b->objective) - (a->objective < b->objective);
}

static size_t keep_each_once(struct store_measure_place *list, size_t n)
{
	size_t kept = 0;
	if (n)
		qsort(list, n, sizeof *list, order_places);
	for (size_t i = 0; i < n; i++)
		if (!kept || order_places(&list[kept - 1], &list[i]) != 0)
			list[kept++] = list[i];
	return kept;
}

enum status store_measure_since(struct db *db, const struct model *m, const struct unit_tree *tree, int64_t after,
				int64_t most, struct arena *a, struct store_measure_place **out, size_t *n,
				int64_t *earliest_ms, bool *exact, struct err *err)
{
	struct loader l = loader_of(m, tree, a);
	struct store_measure_place *list = NULL;
	struct db_stmt *st;
	size_t used = 0, cap = 0;
	int64_t read = 0, earliest = TIME_FOREVER;
	bool row;
	TRY(db_prepare(db, SQL("SELECT line, unit, objective, observed_at FROM measure WHERE seq > $1 ORDER BY seq"),
		       &st, err));
	db_bind_i64(st, 1, after);
	for (;; read++) {
		TRY(db_step(st, &row, err));
		if (!row || read == most)
			break;
		if (!str_eq(db_text(st, 0), m->line))
			continue;
		TRY(resolve(&l, db_text(st, 1), db_text(st, 2), err));
		if (l.objective < 0)
			continue;
		if (used == cap && !(list = arena_grow(a, list, used, used + 1, sizeof *list, &cap)))
			return err_full(err);
		list[used++] = (struct store_measure_place){l.unit, l.objective};
		earliest = db_i64(st, 3) < earliest ? db_i64(st, 3) : earliest;
	}
	db_reset(st);
	*out = list;
	*n = row ? SIZE_MAX : keep_each_once(list, used);
	*earliest_ms = earliest;
	*exact = l.exact;
	return OK;
}

enum status store_measure_state(struct db *db, struct store_measure_state *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db,
		       SQL("SELECT coalesce((SELECT max(seq) FROM measure), 0), "
			   "coalesce((SELECT max(seq) FROM retirement), 0) + (SELECT count(*) FROM measure_undo), "
			   "coalesce((SELECT max(id) FROM tree), 0), "
			   "coalesce((SELECT max(seq) FROM model_active), 0) LIMIT 1"),
		       &st, err));
	TRY(db_step(st, &row, err));
	*out = (struct store_measure_state){db_i64(st, 0), db_i64(st, 1), db_i64(st, 2), db_i64(st, 3)};
	db_reset(st);
	return OK;
}
