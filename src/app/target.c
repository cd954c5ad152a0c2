#include "app/target.h"

#include <stdlib.h>

#include "app/access.h"
#include "app/change.h"
#include "app/words.h"
#include "base/time.h"
#include "core/view_step.h"
#include "store/store.h"
#include "store/target.h"

/* Everything that is asked about targets starts from these. */
struct book {
	const struct model *model;
	struct store_tree tree;
	struct store_target *stored;
	struct target *list; /* those of the tree and the model */
	size_t *origin;      /* by list: which of the stored ones */
	size_t n_stored, n;
};

struct job {
	struct app *app;
	const struct app_target *set;
	str unit, because;
	bool all;
	int64_t as_of_ms;
	struct book book;
	struct view_target *one, *then;
	bool *unchanged;
	struct view_targets *list;
	struct view_gaps *gaps;
};

static enum status load(struct app *app, const struct model *m, const struct store_tree *tree, struct book *out,
			struct err *err)
{
	*out = (struct book){.model = m, .tree = *tree};
	TRY(store_target_list(app->db, m->line, app->arena, &out->stored, &out->n_stored, err));
	out->list = arena_new(app->arena, struct target, out->n_stored);
	out->origin = arena_new(app->arena, size_t, out->n_stored);
	if (!out->list || !out->origin)
		return err_full(err);
	for (size_t i = 0; i < out->n_stored; i++) {
		const struct store_target *t = &out->stored[i];
		const struct model_category *c = model_category_find(m, t->category);
		int unit = unit_find(&tree->tree, t->unit);
		if (!c || unit == UNIT_NONE)
			continue;
		out->origin[out->n] = i;
		out->list[out->n++] = (struct target){t->id,     unit,           (int)(c - m->categories), t->level,
						      t->due_ms, t->recorded_ms, t->withdrawn_ms};
	}
	return OK;
}

static enum status load_at(struct job *job, int64_t at_ms, struct err *err)
{
	const struct model *m = NULL;
	struct store_tree tree;
	TRY(app_load_model(job->app, &m, err));
	TRY(app_load_tree(job->app, at_ms, &tree, err));
	return load(job->app, m, &tree, &job->book, err);
}

static struct view_target show_stored(const struct store_target *t)
{
	return (struct view_target){
	    .id = t->id,
	    .unit = t->unit,
	    .category = t->category,
	    .level = t->level,
	    .due_ms = t->due_ms,
	    .recorded_ms = t->recorded_ms,
	    .because = t->reason,
	    .owner = t->owner,
	    .author = t->actor,
	    .approver = t->approver,
	    .withdrawn_ms = t->withdrawn_ms,
	    .withdrawn_by = t->withdrawn_by,
	    .withdrawn_because = t->withdrawn_reason,
	};
}

static struct view_target show(const struct book *b, const struct target *t, int64_t at_ms)
{
	struct view_target v = show_stored(&b->stored[b->origin[t - b->list]]);
	v.in_force = target_own(b->list, b->n, t->unit, t->category, at_ms) == t;
	return v;
}

static enum status find_category(const struct model *m, str id, const struct model_category **out, struct err *err)
{
	*out = model_category_find(m, id);
	if (*out)
		return OK;
	err_set(err, E_NOT_FOUND, "the model %.*s has no category \"%.*s\"", STR_ARG(m->name), STR_ARG(id));
	err_hint(err, "see: aismm model show");
	return E_NOT_FOUND;
}

static enum status check(const struct app *app, const struct app_target *t, struct err *err)
{
	if (t->level < 1 || t->level > MODEL_LEVELS)
		return err_set(err, E_INVALID, "a target is a level from 1 to %d", MODEL_LEVELS);
	if (!t->due.given)
		return err_set(err, E_INVALID, "a target needs the day by which it is to be reached");
	if (app_words_check(t->because, true, "the reason", err) != OK) {
		err_hint(err, "say why this level and not another; \"we chose not to\" is a reason");
		return E_INVALID;
	}
	TRY(app_words_check_name(t->owner, "the owner", err));
	if (!t->approver.n)
		return OK;
	TRY(app_words_check_name(t->approver, "the approver", err));
	if (!app_words_same(t->approver, app->actor))
		return OK;
	err_set(err, E_INVALID, "\"%.*s\" cannot approve an own target", STR_ARG(app->actor));
	err_hint(err, "a second person approves it; who sets it is named by --by");
	return E_INVALID;
}

/* Is this what holds already? */
static bool says_the_same(const struct store_target *a, const struct store_target *b)
{
	return a->level == b->level && a->due_ms == b->due_ms && str_eq(a->reason, b->reason) &&
	       str_eq(a->owner, b->owner) && str_eq(a->approver, b->approver) && str_eq(a->actor, b->actor);
}

static int64_t day_of(int64_t ms)
{
	int64_t within = ms % TIME_DAY_MS;
	return ms - (within < 0 ? within + TIME_DAY_MS : within);
}

/* A day that is over is nobody's aim; that of the target which holds may stay. */
static enum status refuse_day(int64_t due_ms, struct err *err)
{
	char day[TIME_TEXT];
	err_set(err, E_INVALID, "the date \"%.*s\" is over", STR_ARG(time_format_day(due_ms, day)));
	err_hint(err, "a target is set for today or later");
	return E_INVALID;
}

static enum status set(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	const struct app_target *given = job->set;
	const struct model_category *c = NULL;
	int unit = 0;
	TRY(load_at(job, app->now_ms, err));
	const struct unit_tree *tree = &job->book.tree.tree;
	TRY(app_access_find(app, tree, given->unit, &unit, err));
	TRY(app_access(app, ACCESS_LEAD, tree, unit, err));
	TRY(check(app, given, err));
	TRY(find_category(job->book.model, given->category, &c, err));
	struct store_target t = {
	    .line = job->book.model->line,
	    .unit = tree->units[unit].id,
	    .category = c->id,
	    .level = given->level,
	    .due_ms = day_of(given->due.ms),
	    .reason = str_trim(given->because),
	    .owner = str_trim(given->owner),
	    .approver = given->approver.n ? str_trim(given->approver) : (str){NULL, 0},
	    .actor = app->actor,
	    .recorded_ms = app->now_ms,
	    .withdrawn_ms = TIME_FOREVER,
	};
	const struct target *now =
	    target_own(job->book.list, job->book.n, unit, (int)(c - job->book.model->categories), app->now_ms);
	const struct store_target *there = now ? &job->book.stored[job->book.origin[now - job->book.list]] : NULL;
	*job->unchanged = there && says_the_same(there, &t);
	if (!*job->unchanged && given->has_expected && given->expected != (there ? there->id : 0)) {
		err_set(err, E_CONFLICT, "the target was changed meanwhile, by %.*s",
			STR_ARG(there ? there->actor : S("who withdrew it")));
		err_hint(err, "look at it once more, then decide");
		return E_CONFLICT;
	}
	if (!*job->unchanged && t.due_ms < day_of(app->now_ms) && (!there || there->due_ms != t.due_ms))
		return refuse_day(t.due_ms, err);
	if (!*job->unchanged)
		TRY(store_target_add(app->db, &t, &t.id, err));
	*job->one = show_stored(*job->unchanged ? there : &t);
	job->one->in_force = true;
	return OK;
}

enum status app_target_set(struct app *app, const struct app_target *target, struct view_target *out, bool *unchanged,
			   struct err *err)
{
	struct job job = {.app = app, .set = target, .one = out, .unchanged = unchanged};
	return app_change(app, set, &job, err);
}

static enum status withdraw(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	const struct model_category *c = NULL;
	int unit = 0;
	TRY(load_at(job, app->now_ms, err));
	struct book *b = &job->book;
	TRY(app_access_find(app, &b->tree.tree, job->unit, &unit, err));
	TRY(app_access(app, ACCESS_LEAD, &b->tree.tree, unit, err));
	TRY(app_words_check(job->because, true, "the reason", err));
	TRY(find_category(b->model, job->set->category, &c, err));
	int category = (int)(c - b->model->categories);
	const struct target *t = target_own(b->list, b->n, unit, category, app->now_ms);
	if (!t) {
		err_set(err, E_NOT_FOUND, "\"%.*s\" has no target of its own for %.*s",
			STR_ARG(b->tree.tree.units[unit].id), STR_ARG(c->id));
		err_hint(err, "see: aismm target list");
		return E_NOT_FOUND;
	}
	TRY(store_target_withdraw(app->db, t->id, str_trim(job->because), (struct store_stamp){app->now_ms, app->actor},
				  err));
	b->list[t - b->list].withdrawn_ms = app->now_ms;
	*job->one = show(b, t, app->now_ms);
	job->one->withdrawn_ms = app->now_ms;
	job->one->withdrawn_by = app->actor;
	job->one->withdrawn_because = str_trim(job->because);
	const struct target *next = target_in_force(b->list, b->n, &b->tree.tree, unit, category, app->now_ms);
	*job->then = next ? show(b, next, app->now_ms) : (struct view_target){0};
	return OK;
}

enum status app_target_withdraw(struct app *app, str category, str unit, str because, struct view_target *out,
				struct view_target *then, struct err *err)
{
	struct app_target named = {.category = category};
	struct job job = {.app = app, .set = &named, .unit = unit, .because = because, .one = out, .then = then};
	return app_change(app, withdraw, &job, err);
}

struct listed {
	struct view_target view;
	int unit, category;
};

static int order_listed(const void *left, const void *right)
{
	const struct listed *a = left, *b = right;
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	if (a->category != b->category)
		return a->category < b->category ? -1 : 1;
	return a->view.id > b->view.id ? -1 : a->view.id < b->view.id;
}

static enum status list(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	int top = 0;
	size_t n = 0;
	TRY(load_at(job, app->now_ms, err));
	struct book *b = &job->book;
	TRY(app_access_look(app, ACCESS_READER, &b->tree.tree, job->unit, &top, err));
	struct listed *all = arena_new(app->arena, struct listed, b->n);
	struct view_target *out = arena_new(app->arena, struct view_target, b->n);
	if (!all || !out)
		return err_full(err);
	for (size_t i = 0; i < b->n; i++) {
		const struct target *t = &b->list[i];
		struct view_target v = show(b, t, app->now_ms);
		if (unit_below(&b->tree.tree, t->unit, top) && (v.in_force || job->all))
			all[n++] = (struct listed){v, t->unit, t->category};
	}
	if (n)
		qsort(all, n, sizeof *all, order_listed);
	for (size_t i = 0; i < n; i++)
		out[i] = all[i].view;
	*job->list = (struct view_targets){app->now_ms, n, out};
	return OK;
}

enum status app_target_list(struct app *app, str unit, bool all, struct view_targets *out, struct err *err)
{
	struct job job = {.app = app, .unit = unit, .all = all, .list = out};
	return store_read(app->db, list, &job, err);
}

/* ---- the gap ---- */

static int order_steps(const void *left, const void *right)
{
	const struct view_step *a = left, *b = right;
	if (a->objective->level != b->objective->level)
		return a->objective->level < b->objective->level ? -1 : 1;
	if (a->effort_days != b->effort_days)
		return a->effort_days < b->effort_days ? -1 : 1;
	return str_cmp(a->objective->id, b->objective->id);
}

/* What is not met of the levels up to the target's. */
static enum status list_steps(struct app *app, const struct model *m, const struct score *s,
			      struct view_gap_category *out, struct err *err)
{
	const struct model_category *c = out->category;
	struct view_step *steps = arena_new(app->arena, struct view_step, (size_t)c->n_objectives);
	if (!steps)
		return err_full(err);
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		const struct model_objective *o = &m->objectives[i];
		const struct score_objective *so = &s->objectives[i];
		if (o->level > out->target->level || (so->verdict != SCORE_OPEN && so->verdict != SCORE_NOT_MET))
			continue;
		steps[out->n_steps++] = (struct view_step){o, *so, view_step_missing(so->tally, o->threshold_milli),
							   o->effort_days, o->level == out->score.next_level};
	}
	if (out->n_steps)
		qsort(steps, out->n_steps, sizeof *steps, order_steps);
	out->steps = steps;
	return OK;
}

static enum status compare(struct job *job, const struct score *s, int unit, int category,
			   struct view_gap_category *out, struct err *err)
{
	const struct book *b = &job->book;
	*out =
	    (struct view_gap_category){.category = &b->model->categories[category], .score = s->categories[category]};
	const struct target *t = target_in_force(b->list, b->n, &b->tree.tree, unit, category, job->as_of_ms);
	out->state = target_state(t, &out->score, job->as_of_ms);
	if (!t)
		return OK;
	struct view_target *v = arena_new(job->app->arena, struct view_target, 1);
	if (!v)
		return err_full(err);
	*v = show(b, t, job->as_of_ms);
	out->target = v;
	out->inherited = t->unit != unit;
	if (!out->score.applicable)
		return OK;
	out->difference = t->level - out->score.level;
	return out->difference > 0 ? list_steps(job->app, b->model, s, out, err) : OK;
}

static enum status gap(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct app_state state;
	struct score score;
	int unit = 0;
	TRY(app_load_state(app, job->as_of_ms, &state, err));
	TRY(app_access_look(app, ACCESS_READER, &state.tree.tree, job->unit, &unit, err));
	TRY(load(app, state.model, &state.tree, &job->book, err));
	TRY(score_at_parts(state.parts, state.n_parts, unit, app->arena, &score, err));
	struct view_gap_category *categories =
	    arena_new(app->arena, struct view_gap_category, state.model->n_categories);
	if (!categories)
		return err_full(err);
	for (size_t c = 0; c < state.model->n_categories; c++)
		TRY(compare(job, &score, unit, (int)c, &categories[c], err));
	*job->gaps = (struct view_gaps){state.model, state.tree.tree.units[unit].id, job->as_of_ms,
					state.model->n_categories, categories};
	return OK;
}

enum status app_target_gap(struct app *app, str unit, struct app_time as_of, struct view_gaps *out, struct err *err)
{
	struct job job = {.app = app, .unit = unit, .as_of_ms = app_load_time(app, as_of), .gaps = out};
	return store_read(app->db, gap, &job, err);
}

/* ---- for maps and charts ---- */

enum status app_target_levels(struct app *app, const struct model *m, const struct unit_tree *tree, int64_t at_ms,
			      const struct score *s, const struct view_target_level **out, struct err *err)
{
	struct book b;
	bool some = false;
	TRY(load(app, m, &(struct store_tree){.tree = *tree}, &b, err));
	struct view_target_level *levels = arena_new(app->arena, struct view_target_level, m->n_categories);
	if (!levels)
		return err_full(err);
	for (size_t c = 0; c < m->n_categories; c++) {
		const struct target *t = target_in_force(b.list, b.n, tree, s->unit, (int)c, at_ms);
		if (!t)
			continue;
		some = true;
		levels[c] = (struct view_target_level){t->level, t->due_ms, target_state(t, &s->categories[c], at_ms),
						       t->unit != s->unit};
	}
	*out = some ? levels : NULL;
	return OK;
}
