#include "app/queue.h"

#include "app/access.h"
#include "app/load.h"
#include "app/people.h"
#include "app/words.h"
#include "base/time.h"
#include "store/answer.h"
#include "store/assign.h"
#include "store/store.h"

enum { EXPIRES_DAYS = 30, INTERVIEW_LEVEL = 3 };

/* The parts while they are filled; what is unanswered comes in two: of the next level, and beyond. */
enum bin { ASSIGNED, RETURNED, NEXT, LATER, EXPIRING, INTERVIEW, BINS };

static const enum view_queue_part parts[BINS] = {VIEW_QUEUE_ASSIGNED,   VIEW_QUEUE_RETURNED, VIEW_QUEUE_UNANSWERED,
						 VIEW_QUEUE_UNANSWERED, VIEW_QUEUE_EXPIRING, VIEW_QUEUE_INTERVIEW};

struct job {
	struct app *app;
	const struct app_queue *ask;
	struct app_state state;
	int *answers; /* by part of the state: the source of answers in its measures; -1: nothing has it */
	struct bin_list {
		struct view_queue_item *list;
		size_t n;
	} bins[BINS];
	struct view_queue out;
};

static bool waits_already(const struct job *job, const struct model_objective *o, int unit)
{
	for (int bin = ASSIGNED; bin <= RETURNED; bin++)
		for (size_t i = 0; i < job->bins[bin].n; i++)
			if (job->bins[bin].list[i].objective == o && job->bins[bin].list[i].unit == unit)
				return true;
	return false;
}

static void put(struct job *job, enum bin bin, struct view_queue_item item)
{
	struct bin_list *to = &job->bins[bin];
	item.part = parts[bin];
	job->out.counts[item.part]++;
	if (to->n < VIEW_QUEUE_SHOWN)
		to->list[to->n++] = item;
}

/* ---- what is said about a place ---- */

struct place {
	struct score_own own;
	int64_t ends_ms; /* of the answer that is current; TIME_FOREVER: there is none, or it has no end */
	bool answered;   /* there is one, and nothing measured counts instead */
	bool soon;       /* three quarters of its life are over, or all of it */
};

static struct place look_at(const struct job *job, int unit, int objective)
{
	size_t part = app_load_part(&job->state, objective);
	const struct score_input *in = &job->state.parts[part];
	const struct model_objective *o = &in->model->objectives[objective];
	size_t first = 0, n = score_group(in, unit, objective, &first), at = 0;
	const struct measure *group = in->measures + first, *m;
	struct score_facts facts = score_facts(in, objective, group, n);
	struct place p = {.own = score_own(in, unit, objective, group, n), .ends_ms = TIME_FOREVER};
	while ((m = score_next(in, group, n, &at)))
		if (m->source == job->answers[part] && score_keeps(o, &facts, m, in->as_of_ms)) {
			p.answered = true;
			p.ends_ms = score_fresh_until(m, o);
			p.soon = (in->as_of_ms - m->observed_ms) / 3 >= (p.ends_ms - m->observed_ms) / 4;
		}
	return p;
}

static bool concerns(const struct job *job, const struct model_objective *o, int unit)
{
	const struct unit_tree *tree = job->out.tree;
	if (!(o->deployment & tree->units[unit].deployment))
		return false;
	return o->scope == MODEL_SCOPE_PROGRAM ? unit == 0 : unit_is_leaf(tree, unit);
}

static bool may_answer(const struct job *job, int unit)
{
	const struct access *who = job->app->who;
	return !who || access_role_at(who, job->out.tree, unit) >= ACCESS_ASSESSOR;
}

/* ---- the queue of a unit and below ---- */

static void take(struct job *job, int unit, int objective, bool next)
{
	const struct model_objective *o = &job->out.model->objectives[objective];
	struct view_queue_item item = {.objective = o, .unit = unit, .when_ms = TIME_FOREVER};
	if (!concerns(job, o, unit))
		return;
	struct place p = look_at(job, unit, objective);
	job->out.of++;
	job->out.done += p.own.fresh;
	if (waits_already(job, o, unit))
		return;
	if (p.answered && p.soon && p.ends_ms <= job->app->now_ms + EXPIRES_DAYS * TIME_DAY_MS) {
		item.when_ms = p.ends_ms;
		put(job, EXPIRING, item);
	} else if (!p.own.fresh) {
		put(job, next ? NEXT : LATER, item);
	}
}

static enum status take_unit(void *ctx, const struct score *s, struct err *err)
{
	struct job *job = ctx;
	const struct model *m = job->out.model;
	(void)err;
	if (!unit_below(job->out.tree, s->unit, job->out.top) || !may_answer(job, s->unit))
		return OK;
	for (size_t i = 0; i < m->n_objectives; i++) {
		const struct model_objective *o = &m->objectives[i];
		take(job, s->unit, (int)i, o->level <= s->categories[o->category].next_level);
	}
	return OK;
}

/* ---- the interview: level by level, and each objective of all units together ---- */

static void interview_at(struct job *job, int objective, int unit)
{
	const struct model_objective *o = &job->out.model->objectives[objective];
	if (!concerns(job, o, unit) || !may_answer(job, unit))
		return;
	struct place p = look_at(job, unit, objective);
	job->out.of++;
	job->out.done += p.own.fresh;
	put(job, INTERVIEW,
	    (struct view_queue_item){.objective = o, .unit = unit, .done = p.own.fresh, .when_ms = TIME_FOREVER});
}

/* Room for what is open is made by leaving out what is answered, when all of it is more than is shown. */
static void drop_done(struct job *job)
{
	struct bin_list *all = &job->bins[INTERVIEW];
	size_t kept = 0;
	for (size_t i = 0; i < all->n; i++)
		if (!all->list[i].done)
			all->list[kept++] = all->list[i];
	all->n = kept;
}

static void interview(struct job *job)
{
	const struct model *m = job->out.model;
	const struct unit_tree *tree = job->out.tree;
	int top = job->out.top;
	for (int level = 2; level <= INTERVIEW_LEVEL; level++)
		for (size_t i = 0; i < m->n_objectives; i++) {
			if (m->objectives[i].level != level)
				continue;
			if (job->bins[INTERVIEW].n == VIEW_QUEUE_SHOWN)
				drop_done(job);
			for (int u = top; u < top + tree->units[top].span; u++)
				interview_at(job, (int)i, u);
		}
}

/* ---- what is the person's own ---- */

/* The assignments that hold of who asks, in person. */
static enum status find_assigned(struct app *app, struct store_assign **out, size_t *n, struct err *err)
{
	struct store_user user;
	*n = 0;
	if (!app->who || !app->who->n_assigned || !app_people_is_self(app, app->who->user))
		return OK;
	TRY(app_people_find(app, app->who->user, &user, err));
	return store_assign_list(app->db, user.id, false, app->arena, out, n, err);
}

/* Was it answered since it was assigned? */
static enum status is_answered(struct app *app, const struct model *m, const struct store_assign *s, bool *out,
			       struct err *err)
{
	struct store_answer_place place = {m->line, s->unit, s->objective};
	int64_t last = 0;
	TRY(store_answer_since(app->db, &place, &last, err));
	*out = last >= s->recorded_ms;
	return OK;
}

static enum status list_assigned(struct job *job, struct err *err)
{
	struct app *app = job->app;
	struct store_assign *all = NULL;
	size_t n = 0;
	TRY(find_assigned(app, &all, &n, err));
	for (size_t i = 0; i < n; i++) {
		const struct model_objective *o = model_objective_find(job->out.model, all[i].objective);
		int unit = unit_find(job->out.tree, all[i].unit);
		bool done;
		if (!o || unit == UNIT_NONE)
			continue;
		TRY(is_answered(app, job->out.model, &all[i], &done, err));
		bool alone =
		    job->out.top == UNIT_NONE || !may_answer(job, unit); /* it is not counted as an assessor's */
		job->out.of += alone;
		job->out.done += alone && done;
		if (!done)
			put(job, ASSIGNED, (struct view_queue_item){o, unit, 0, false, all[i].due_ms, all[i].actor});
	}
	return OK;
}

static enum status add_returned(void *ctx, const struct store_answer_returned *r, struct err *err)
{
	struct job *job = ctx;
	const struct model_objective *o = model_objective_find(job->out.model, r->objective);
	int unit = unit_find(job->out.tree, r->unit);
	(void)err;
	if (!o || unit == UNIT_NONE || waits_already(job, o, unit))
		return OK;
	if (app_access_objective(job->app, ACCESS_ASSESSOR, o->id, job->out.tree, unit, NULL) != OK)
		return OK;
	put(job, RETURNED, (struct view_queue_item){o, unit, 0, false, r->returned_ms, r->by});
	return OK;
}

/* ---- the whole ---- */

static enum status find_answers(struct job *job, struct err *err)
{
	job->answers = arena_new(job->app->arena, int, job->state.n_parts);
	if (!job->answers)
		return err_full(err);
	for (size_t p = 0; p < job->state.n_parts; p++) {
		const struct store_measures *m = &job->state.measures[p];
		job->answers[p] = -1;
		for (size_t i = 0; i < m->n_sources; i++)
			if (str_eq(m->sources[i], S("answer")))
				job->answers[p] = (int)i;
	}
	return OK;
}

static enum status open_job(struct job *job, struct err *err)
{
	struct app *app = job->app;
	struct view_queue *out = &job->out;
	struct unit_tree *tree = arena_new(app->arena, struct unit_tree, 1);
	if (!tree)
		return err_full(err);
	for (int i = 0; i < BINS; i++)
		if (!(job->bins[i].list = arena_new(app->arena, struct view_queue_item, VIEW_QUEUE_SHOWN)))
			return err_full(err);
	TRY(app_load_state(app, app->now_ms, &job->state, err));
	*tree = job->state.tree.tree;
	out->model = job->state.model;
	out->tree = tree;
	TRY(find_answers(job, err));
	if (job->ask->unit.n)
		TRY(app_access_find(app, tree, job->ask->unit, &out->top, err));
	if (!may_answer(job, out->top)) {
		int top = access_top(app->who, tree, ACCESS_ASSESSOR);
		out->top = top != UNIT_NONE && unit_below(tree, top, out->top) ? top : UNIT_NONE;
	}
	return OK;
}

static enum status join(struct job *job, struct err *err)
{
	struct view_queue *out = &job->out;
	struct view_queue_item *list = arena_new(job->app->arena, struct view_queue_item, BINS * VIEW_QUEUE_SHOWN);
	if (!list)
		return err_full(err);
	for (int bin = 0; bin < BINS; bin++)
		for (size_t i = 0; i < job->bins[bin].n; i++)
			list[out->n++] = job->bins[bin].list[i];
	out->list = list;
	return OK;
}

static enum status look(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	TRY(open_job(job, err));
	if (job->ask->interview) {
		if (job->out.top != UNIT_NONE)
			interview(job);
		return join(job, err);
	}
	TRY(list_assigned(job, err));
	TRY(store_answer_returned(app->db, job->out.model->line, app->actor, app->arena, add_returned, job, err));
	if (job->out.top != UNIT_NONE)
		TRY(score_all_parts(job->state.parts, job->state.n_parts, app->arena, take_unit, job, err));
	return join(job, err);
}

enum status app_queue(struct app *app, const struct app_queue *ask, struct view_queue *out, struct err *err)
{
	struct job job = {.app = app, .ask = ask};
	TRY(store_read(app->db, look, &job, err));
	*out = job.out;
	return OK;
}

/* ---- for the bar ---- */

struct count {
	struct app *app;
	const struct model *model;
	const struct unit_tree *tree;
	struct view_queue_waiting *out;
};

static enum status count_returned(void *ctx, const struct store_answer_returned *r, struct err *err)
{
	struct count *c = ctx;
	int unit = unit_find(c->tree, r->unit);
	(void)err;
	if (unit != UNIT_NONE && model_objective_find(c->model, r->objective) &&
	    app_access_objective(c->app, ACCESS_ASSESSOR, r->objective, c->tree, unit, NULL) == OK)
		c->out->assess++;
	return OK;
}

static enum status count_assigned(struct count *c, struct err *err)
{
	struct store_assign *all = NULL;
	size_t n = 0;
	TRY(find_assigned(c->app, &all, &n, err));
	for (size_t i = 0; i < n; i++) {
		bool done = true;
		if (unit_find(c->tree, all[i].unit) != UNIT_NONE && model_objective_find(c->model, all[i].objective))
			TRY(is_answered(c->app, c->model, &all[i], &done, err));
		c->out->assess += !done;
	}
	return OK;
}

static enum status count_waiting(void *ctx, const struct store_answer_count *count, struct err *err)
{
	struct count *c = ctx;
	int at = unit_find(c->tree, count->unit);
	(void)err;
	if (at != UNIT_NONE && !app_words_same(count->actor, c->app->actor) &&
	    access_role_at(c->app->who, c->tree, at) >= ACCESS_ASSESSOR)
		c->out->review += count->n;
	return OK;
}

enum status app_queue_count(struct app *app, const struct model *m, const struct unit_tree *tree,
			    struct view_queue_waiting *out, struct err *err)
{
	struct count c = {app, m, tree, out};
	*out = (struct view_queue_waiting){0};
	if (!app->who)
		return OK;
	bool assessor = access_role_most(app->who) >= ACCESS_ASSESSOR;
	if (app->who->n_assigned)
		TRY(count_assigned(&c, err));
	if (assessor || app->who->n_assigned)
		TRY(store_answer_returned(app->db, m->line, app->actor, app->arena, count_returned, &c, err));
	return assessor ? store_answer_waiting_count(app->db, m->line, app->now_ms, count_waiting, &c, err) : OK;
}
