#include "app/hold.h"

#include <pthread.h>
#include <stdatomic.h>

#include "app/access.h"
#include "app/hold_part.h"
#include "app/load.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/model.h"
#include "store/store.h"

/* One load of the store. When another takes its place it stays as it was for those that still look at it. */
struct held {
	struct arena arena; /* holds this struct, too */
	atomic_int users;   /* questions that use it, and the hold while it is the current one */
	struct app_base base;
	struct portfolio *portfolio; /* NULL: it would be too large, or a measure is stored under another spelling */
	struct store_measure_state facts; /* what it is made of */
};

/* The score of one unit at a past instant. */
struct past {
	struct arena arena;
	bool used;
	int64_t tree, at_ms, last_use;
	int unit;
	struct score score;
};

struct app_hold {
	pthread_rwlock_t lock; /* readers look at what is below, a writer changes it */
	struct held *held;     /* NULL: nothing yet; portfolio and facts change while it stands here, the rest never */
	struct past past[LIMIT_HELD_PAST];
	struct app_hold_parts *parts;
	atomic_llong uses;

	pthread_mutex_t turn;  /* who brings it up to date; taken before lock */
	atomic_llong now_ms;   /* the latest clock of a question: time does not run backwards between them */
	atomic_llong until_ms; /* the last instant at which the held scores hold */

	pthread_mutex_t watching; /* guards what follows */
	struct db *watch;
	int64_t version, until_told_ms, generation;
};

/* ---- its own memory ---- */

static void leave(void *payload)
{
	struct held *held = payload;
	if (!held || atomic_fetch_sub(&held->users, 1) != 1)
		return;
	struct arena arena = held->arena;
	arena_release(&arena);
}

static void close_hold(void *payload)
{
	struct app_hold *h = payload;
	leave(h->held);
	for (int i = 0; i < LIMIT_HELD_PAST; i++)
		arena_release(&h->past[i].arena);
	(void)pthread_rwlock_destroy(&h->lock);
	(void)pthread_mutex_destroy(&h->turn);
	(void)pthread_mutex_destroy(&h->watching);
}

enum status app_hold_open(const char *url, struct arena *a, struct app_hold **out, struct err *err)
{
	struct app_hold *h = arena_new(a, struct app_hold, 1);
	if (!h)
		return err_full(err);
	TRY(store_open(url, STORE_READ, a, &h->watch, err));
	TRY(store_version(h->watch, &h->version, err));
	TRY(app_hold_parts_new(a, &h->parts, err));
	atomic_store(&h->until_ms, TIME_FOREVER);
	h->until_told_ms = TIME_FOREVER;
	if (pthread_rwlock_init(&h->lock, NULL) != 0 || pthread_mutex_init(&h->turn, NULL) != 0 ||
	    pthread_mutex_init(&h->watching, NULL) != 0)
		return err_set(err, E_NO_MEMORY, "no memory for the locks of the held state");
	if (!arena_defer(a, close_hold, h))
		return err_full(err);
	*out = h;
	return OK;
}

/* ---- time ---- */

/* The instant at which a question is answered: its own clock, or a later one that another question has brought. */
static int64_t tell_time(struct app_hold *h, int64_t now_ms)
{
	long long known = atomic_load(&h->now_ms);
	while (now_ms > known && !atomic_compare_exchange_weak(&h->now_ms, &known, now_ms)) {
	}
	return now_ms > known ? now_ms : known;
}

/* The machine's clock was put back by more than two questions can differ. */
static bool is_put_back(const struct app_hold *h, int64_t now_ms)
{
	return atomic_load(&h->now_ms) > now_ms + LIMIT_HELD_BACK_MS;
}

/* ---- loading ---- */

struct loading {
	const struct app_base *base;
	struct portfolio *portfolio;
	int64_t as_of_ms;
};

static struct score_own own_of(const struct app_base *base, const struct store_measures *group, int unit, int objective,
			       int64_t as_of_ms)
{
	struct score_input in = {.model = base->model,
				 .tree = &base->tree.tree,
				 .measures = group->list,
				 .n_measures = group->n,
				 .retired = group->retired,
				 .n_retired = group->n_retired,
				 .as_of_ms = as_of_ms};
	return score_own(&in, unit, objective, group->list, group->n);
}

static enum status put_group(void *ctx, const struct store_measures *group, struct err *err)
{
	const struct loading *l = ctx;
	const struct measure *m = group->list;
	struct score_own own = own_of(l->base, group, m->unit, m->objective, l->as_of_ms);
	(void)err;
	portfolio_put(l->portfolio, m->unit, m->objective, &own);
	return OK;
}

/* The scores of a base, which must outlive them, at an instant; *out is NULL when they cannot be had this way. */
static enum status load_portfolio(struct app *app, const struct app_base *base, int64_t at_ms, struct arena *a,
				  struct portfolio **out, struct err *err)
{
	struct loading l = {.base = base, .as_of_ms = at_ms};
	struct arena rows = ARENA(LIMIT_HELD_BYTES);
	bool exact = false;
	*out = NULL;
	if (portfolio_bytes(base->model, &base->tree.tree) > LIMIT_HELD_BYTES / 2)
		return OK;
	TRY(portfolio_new(base->model, &base->tree.tree, at_ms, a, &l.portfolio, err));
	enum status status =
	    store_measure_each(app->db, base->model, &base->tree.tree, &rows, put_group, &l, &exact, err);
	arena_release(&rows);
	if (status != OK || !exact)
		return status;
	portfolio_finish(l.portfolio);
	*out = l.portfolio;
	return OK;
}

static enum status load_held(struct app *app, struct held *held, int64_t now_ms, struct err *err)
{
	struct store_model active;
	struct arena *a = &held->arena;
	TRY(store_model_active(app->db, a, &active, err));
	TRY(store_model_load(app->db, active.name, a, &held->base.model, err));
	TRY(store_unit_tree(app->db, now_ms, a, &held->base.tree, err));
	return load_portfolio(app, &held->base, now_ms, a, &held->portfolio, err);
}

static void forget_past(struct app_hold *h, int64_t from_ms)
{
	for (int i = 0; i < LIMIT_HELD_PAST; i++)
		if (h->past[i].used && h->past[i].at_ms >= from_ms) {
			arena_release(&h->past[i].arena);
			h->past[i].used = false;
		}
}

static int64_t valid_until(const struct held *held)
{
	int64_t until = held->base.tree.until_ms;
	if (held->portfolio && portfolio_valid_until(held->portfolio) < until)
		until = portfolio_valid_until(held->portfolio);
	return until;
}

/* Everything anew. The caller has its turn. */
static enum status load_anew(struct app *app, const struct store_measure_state *facts, int64_t now_ms, struct err *err)
{
	struct app_hold *h = app->hold;
	struct arena arena = ARENA(LIMIT_HELD_BYTES);
	struct held *held = arena_new(&arena, struct held, 1), *was;
	if (!held)
		return err_full(err);
	held->arena = arena;
	held->facts = *facts;
	atomic_store(&held->users, 1);
	enum status status = load_held(app, held, now_ms, err);
	if (status != OK) {
		leave(held);
		return status;
	}
	store_trim(app->db);
	(void)pthread_rwlock_wrlock(&h->lock);
	was = h->held;
	h->held = held;
	forget_past(h, INT64_MIN);
	app_hold_parts_clear(h->parts, facts, held->base.model->n_categories);
	atomic_store(&h->until_ms, valid_until(held));
	(void)pthread_rwlock_unlock(&h->lock);
	leave(was);
	return OK;
}

/* ---- following ---- */

/* What a change makes of one place. */
struct step {
	struct store_measure_place at;
	struct score_own own;
};

struct walk {
	struct arena arena;
	struct step *steps;
	size_t n, cap;
	int64_t earliest_ms;
	bool too_far; /* loading anew is quicker, or needed */
};

static enum status add_step(struct walk *w, struct store_measure_place at, struct err *err)
{
	if (w->n == w->cap && !(w->steps = arena_grow(&w->arena, w->steps, w->n, w->n + 1, sizeof *w->steps, &w->cap)))
		return err_full(err);
	w->steps[w->n++] = (struct step){.at = at};
	w->too_far |= w->n > LIMIT_HELD_CHANGES;
	return OK;
}

/* The places with new measures, and those whose time is over. */
static enum status find_steps(struct app *app, const struct held *held, int64_t now_ms, struct walk *w, struct err *err)
{
	const struct app_base *base = &held->base;
	struct store_measure_place *list = NULL, due = {0, 0};
	size_t n = 0;
	bool exact = true;
	TRY(store_measure_since(app->db, base->model, &base->tree.tree, held->facts.measure, LIMIT_HELD_CHANGES,
				&w->arena, &list, &n, &w->earliest_ms, &exact, err));
	w->too_far = n == SIZE_MAX || !exact;
	for (size_t i = 0; i < n && !w->too_far; i++)
		TRY(add_step(w, list[i], err));
	while (!w->too_far && portfolio_due(held->portfolio, now_ms, &due.unit, &due.objective)) {
		TRY(add_step(w, due, err));
		due.objective++;
	}
	return OK;
}

static enum status work_out(struct app *app, const struct held *held, int64_t now_ms, struct walk *w, struct err *err)
{
	const struct app_base *base = &held->base;
	for (size_t i = 0; i < w->n; i++) {
		struct step *s = &w->steps[i];
		struct store_measures group;
		if (s->at.unit == UNIT_NONE) /* it says something about the past alone */
			continue;
		TRY(store_measure_load_group(app->db, base->model, &base->tree.tree, s->at.unit, s->at.objective,
					     &w->arena, &group, err));
		s->own = own_of(base, &group, s->at.unit, s->at.objective, now_ms);
	}
	return OK;
}

/* Nothing of it is seen before all of it is. */
static void take_steps(struct app_hold *h, const struct store_measure_state *facts, int64_t now_ms,
		       const struct walk *w)
{
	struct held *held = h->held;
	const struct model *m = held->base.model;
	(void)pthread_rwlock_wrlock(&h->lock);
	portfolio_move(held->portfolio, now_ms);
	for (size_t i = 0; i < w->n; i++) {
		const struct step *s = &w->steps[i];
		if (s->at.unit != UNIT_NONE)
			portfolio_change(held->portfolio, s->at.unit, s->at.objective, &s->own);
		if (facts->measure > held->facts.measure)
			app_hold_parts_change(h->parts, m->objectives[s->at.objective].category, facts);
	}
	app_hold_parts_follow(h->parts, facts);
	held->facts = *facts;
	forget_past(h, w->earliest_ms);
	atomic_store(&h->until_ms, valid_until(held));
	(void)pthread_rwlock_unlock(&h->lock);
}

static enum status follow(struct app *app, const struct store_measure_state *facts, int64_t now_ms, bool *followed,
			  struct err *err)
{
	struct app_hold *h = app->hold;
	struct walk w = {.arena = ARENA(LIMIT_HELD_BYTES), .earliest_ms = TIME_FOREVER};
	enum status status = find_steps(app, h->held, now_ms, &w, err);
	if (status == OK && !w.too_far)
		status = work_out(app, h->held, now_ms, &w, err);
	*followed = status == OK && !w.too_far;
	if (*followed)
		take_steps(h, facts, now_ms, &w);
	arena_release(&w.arena);
	return status;
}

static bool is_same_base(const struct store_measure_state *a, const struct store_measure_state *b)
{
	return a->tree == b->tree && a->activation == b->activation;
}

/* Brings what is held to the facts of this transaction. The caller has its turn. */
static enum status catch_up(struct app *app, const struct store_measure_state *facts, int64_t now_ms, struct err *err)
{
	struct app_hold *h = app->hold;
	const struct held *held = h->held;
	bool followed = false;
	bool same = held && is_same_base(&held->facts, facts) && held->facts.retirement == facts->retirement &&
		    now_ms <= held->base.tree.until_ms;
	if (same && held->portfolio)
		TRY(follow(app, facts, now_ms, &followed, err));
	return followed ? OK : load_anew(app, facts, now_ms, err);
}

/* ---- using ---- */

/* Is what is held the truth for this transaction? `scores`: the scores, too; else model and tree alone. */
static bool shows(const struct held *held, const struct store_measure_state *facts, int64_t now_ms, int64_t until_ms,
		  bool scores)
{
	if (!held || !is_same_base(&held->facts, facts) || now_ms > held->base.tree.until_ms)
		return false;
	if (!scores || !held->portfolio)
		return true;
	return held->facts.measure >= facts->measure && held->facts.retirement >= facts->retirement &&
	       now_ms <= until_ms;
}

static struct held *enter(struct app_hold *h, const struct store_measure_state *facts, int64_t now_ms, bool scores)
{
	(void)pthread_rwlock_rdlock(&h->lock);
	struct held *held = h->held;
	if (shows(held, facts, now_ms, atomic_load(&h->until_ms), scores))
		atomic_fetch_add(&held->users, 1);
	else
		held = NULL;
	(void)pthread_rwlock_unlock(&h->lock);
	return held;
}

/* Another transaction that saw more has been here since this one began: what is held is not set back for it. */
static bool is_ahead(const struct held *held, const struct store_measure_state *facts)
{
	return held && (held->facts.tree > facts->tree || held->facts.activation > facts->activation ||
			held->facts.retirement > facts->retirement || held->facts.measure > facts->measure);
}

static enum status wait_and_enter(struct app *app, const struct store_measure_state *facts, bool scores,
				  struct held **out, struct err *err)
{
	struct app_hold *h = app->hold;
	enum status status = OK;
	(void)pthread_mutex_lock(&h->turn);
	bool put_back = is_put_back(h, app->now_ms);
	if (put_back)
		atomic_store(&h->now_ms, app->now_ms);
	int64_t now_ms = tell_time(h, app->now_ms);
	*out = put_back ? NULL : enter(h, facts, now_ms, scores);
	if (!*out && !is_ahead(h->held, facts)) {
		status = put_back ? load_anew(app, facts, now_ms, err) : catch_up(app, facts, now_ms, err);
		*out = status == OK ? enter(h, facts, now_ms, scores) : NULL;
	}
	(void)pthread_mutex_unlock(&h->turn);
	/* A store without units or model: whoever needs them says so in the words of the question. */
	return status == E_NOT_FOUND ? OK : status;
}

/* Behind a new connection may be another server that lacks the newest facts, and gives their numbers to others. */
static void forget(struct app_hold *h)
{
	(void)pthread_mutex_lock(&h->turn);
	(void)pthread_rwlock_wrlock(&h->lock);
	struct held *was = h->held;
	h->held = NULL;
	forget_past(h, INT64_MIN);
	app_hold_parts_clear(h->parts, &(struct store_measure_state){0}, 0);
	atomic_store(&h->until_ms, TIME_FOREVER);
	(void)pthread_rwlock_unlock(&h->lock);
	(void)pthread_mutex_unlock(&h->turn);
	leave(was);
}

/* What is held, up to date with the transaction and the caller's until its arena is released; NULL: nothing can be.
   Inside a write transaction nothing is brought up to date, because what it sees may yet be undone. */
static enum status use(struct app *app, bool scores, struct held **out, struct err *err)
{
	struct app_hold *h = app->hold;
	struct store_measure_state facts;
	*out = NULL;
	if (!h)
		return OK;
	if (store_renewed(app->db))
		forget(h);
	TRY(store_measure_state(app->db, &facts, err));
	bool put_back = is_put_back(h, app->now_ms);
	if (!put_back)
		*out = enter(h, &facts, tell_time(h, app->now_ms), scores);
	if (!*out && !store_is_writing(app->db))
		TRY(wait_and_enter(app, &facts, scores, out, err));
	if (*out && !arena_defer(app->arena, leave, *out)) {
		*out = NULL;
		return err_full(err);
	}
	return OK;
}

enum status app_hold_base(struct app *app, struct app_base *out, bool *held, struct err *err)
{
	struct held *used = NULL;
	TRY(use(app, false, &used, err));
	*held = used != NULL;
	if (used)
		*out = used->base;
	return OK;
}

enum status app_hold_is_exact(struct app *app, bool *out, struct err *err)
{
	struct held *used = NULL;
	TRY(use(app, true, &used, err));
	*out = used && used->portfolio;
	return OK;
}

/* ---- measures ---- */

static enum status read_part(struct app *app, const struct store_measure_state *facts, const struct app_base *base,
			     int category, struct store_measures *out, struct err *err)
{
	const struct model_category *c = &base->model->categories[category];
	struct arena rows = ARENA(LIMIT_HELD_BYTES);
	struct arena *a = store_is_writing(app->db) ? app->arena : &rows; /* what it sees may yet be undone */
	enum status status = store_measure_load_objectives(app->db, base->model, &base->tree.tree, c->first_objective,
							   c->n_objectives, 0, a, out, err);
	if (status == OK && a == &rows)
		status = app_hold_parts_keep(app->hold->parts, facts, base->tree.id, category, app->now_ms, out,
					     app->arena, out, err);
	arena_release(&rows);
	return status;
}

enum status app_hold_part(struct app *app, const struct app_base *base, int category, struct store_measures *out,
			  bool *held, struct err *err)
{
	struct store_measure_state facts;
	bool found;
	TRY(app_hold_is_exact(app, held, err));
	if (!*held)
		return OK;
	TRY(store_measure_state(app->db, &facts, err));
	TRY(app_hold_parts_find(app->hold->parts, &facts, base->tree.id, category, app->now_ms, app->arena, out, &found,
				err));
	return found ? OK : read_part(app, &facts, base, category, out, err);
}

/* ---- looking ---- */

static enum status look_now(struct app *app, const struct held *held, app_hold_look_fn *look, void *ctx,
			    struct err *err)
{
	(void)pthread_rwlock_rdlock(&app->hold->lock);
	enum status status = look(ctx, &held->base, held->portfolio, err);
	(void)pthread_rwlock_unlock(&app->hold->lock);
	return status;
}

/* Another instant has scores of its own, made for this look. */
static enum status look_then(struct app *app, const struct app_base *base, int64_t at_ms, app_hold_look_fn *look,
			     void *ctx, bool *looked, struct err *err)
{
	struct arena a = ARENA(LIMIT_HELD_BYTES);
	struct portfolio *p = NULL;
	enum status status = load_portfolio(app, base, at_ms, &a, &p, err);
	if (status == OK && p)
		status = look(ctx, base, p, err);
	*looked = p != NULL;
	arena_release(&a);
	return status;
}

static enum status base_then(struct app *app, const struct held *held, int64_t at_ms, struct app_base *out,
			     struct err *err)
{
	*out = held->base;
	bool same = at_ms >= held->base.tree.since_ms && at_ms <= held->base.tree.until_ms;
	return same ? OK : store_unit_tree(app->db, at_ms, app->arena, &out->tree, err);
}

enum status app_hold_look(struct app *app, int64_t at_ms, app_hold_look_fn *look, void *ctx, bool *looked,
			  struct err *err)
{
	struct held *held = NULL;
	struct app_base base;
	TRY(use(app, true, &held, err));
	*looked = held && held->portfolio;
	if (!*looked)
		return OK;
	if (at_ms == app->now_ms)
		return look_now(app, held, look, ctx, err);
	TRY(base_then(app, held, at_ms, &base, err));
	return look_then(app, &base, at_ms, look, ctx, looked, err);
}

/* ---- one unit ---- */

struct wanted {
	struct app *app;
	int unit;
	struct score *out;
};

static enum status take_score(void *ctx, const struct app_base *base, const struct portfolio *p, struct err *err)
{
	const struct wanted *w = ctx;
	(void)base;
	return portfolio_score(p, w->unit, w->app->arena, w->out, err);
}

static enum status copy_score(const struct model *m, const struct score *s, struct arena *a, struct score *out,
			      struct err *err)
{
	struct score_mean *domains = arena_new(a, struct score_mean, m->n_domains);
	struct score_category *categories = arena_new(a, struct score_category, m->n_categories);
	struct score_objective *objectives = arena_new(a, struct score_objective, m->n_objectives);
	if (!domains || !categories || !objectives)
		return err_full(err);
	for (size_t i = 0; i < m->n_domains; i++)
		domains[i] = s->domains[i];
	for (size_t i = 0; i < m->n_categories; i++)
		categories[i] = s->categories[i];
	for (size_t i = 0; i < m->n_objectives; i++)
		objectives[i] = s->objectives[i];
	*out = *s;
	out->domains = domains;
	out->categories = categories;
	out->objectives = objectives;
	return OK;
}

/* A score of the past that is kept; *found. */
static enum status recall(struct app *app, const struct held *held, const struct app_base *base, int64_t at_ms,
			  const struct wanted *w, bool *found, struct err *err)
{
	struct app_hold *h = app->hold;
	enum status status = OK;
	*found = false;
	(void)pthread_rwlock_rdlock(&h->lock);
	for (int i = 0; i < LIMIT_HELD_PAST && h->held == held && !*found; i++) {
		struct past *past = &h->past[i];
		if (!past->used || past->at_ms != at_ms || past->unit != w->unit || past->tree != base->tree.id)
			continue;
		*found = true;
		status = copy_score(base->model, &past->score, app->arena, w->out, err);
	}
	(void)pthread_rwlock_unlock(&h->lock);
	return status;
}

/* Keeps it in the place of the one that has been there longest, unless the facts have moved on meanwhile. */
static void remember(struct app_hold *h, const struct held *held, const struct store_measure_state *facts,
		     const struct app_base *base, int64_t at_ms, int unit, const struct score *score)
{
	(void)pthread_rwlock_wrlock(&h->lock);
	bool current = h->held == held && is_same_base(&held->facts, facts) && held->facts.measure == facts->measure &&
		       held->facts.retirement == facts->retirement;
	struct past *place = &h->past[0];
	for (int i = 1; i < LIMIT_HELD_PAST; i++)
		if (!h->past[i].used || (place->used && h->past[i].last_use < place->last_use))
			place = &h->past[i];
	if (current) {
		arena_release(&place->arena);
		*place = (struct past){.arena = ARENA(LIMIT_HELD_BYTES / LIMIT_HELD_PAST),
				       .tree = base->tree.id,
				       .at_ms = at_ms,
				       .last_use = atomic_fetch_add(&h->uses, 1),
				       .unit = unit};
		place->used = copy_score(base->model, score, &place->arena, &place->score, NULL) == OK;
	}
	(void)pthread_rwlock_unlock(&h->lock);
}

static enum status score_then(struct app *app, const struct held *held, const struct app_base *base, int64_t at_ms,
			      struct wanted *w, bool *found, struct err *err)
{
	struct store_measure_state facts;
	TRY(recall(app, held, base, at_ms, w, found, err));
	if (*found)
		return OK;
	TRY(store_measure_state(app->db, &facts, err));
	TRY(look_then(app, base, at_ms, take_score, w, found, err));
	if (*found)
		remember(app->hold, held, &facts, base, at_ms, w->unit, w->out);
	return OK;
}

enum status app_hold_score(struct app *app, int64_t at_ms, str unit, struct app_base *base, int *node,
			   struct score *out, bool *held, struct err *err)
{
	struct held *used = NULL;
	struct wanted w = {app, 0, out};
	TRY(use(app, true, &used, err));
	*held = used && used->portfolio;
	if (!*held)
		return OK;
	TRY(base_then(app, used, at_ms, base, err));
	TRY(app_access_look(app, ACCESS_READER, &base->tree.tree, unit, &w.unit, err));
	*node = w.unit;
	if (at_ms == app->now_ms)
		return look_now(app, used, take_score, &w, err);
	return score_then(app, used, base, at_ms, &w, held, err);
}

/* ---- for the server ---- */

static enum status warm(void *ctx, struct err *err)
{
	struct held *used = NULL;
	return use(ctx, true, &used, err);
}

enum status app_hold_warm(struct app *app, struct err *err)
{
	return store_read(app->db, warm, app, err);
}

enum status app_hold_generation(const struct app *app, int64_t *out, struct err *err)
{
	struct app_hold *h = app->hold;
	int64_t version = 0;
	(void)pthread_mutex_lock(&h->watching);
	enum status status = store_version(h->watch, &version, err);
	if (status == OK) {
		bool put_back = is_put_back(h, app->now_ms);
		int64_t until = atomic_load(&h->until_ms);
		bool over = tell_time(h, app->now_ms) > until && until != h->until_told_ms;
		if (version != h->version || over || put_back)
			h->generation++;
		h->version = version;
		if (over)
			h->until_told_ms = until;
		*out = h->generation;
	}
	(void)pthread_mutex_unlock(&h->watching);
	return status;
}

enum status app_hold_defer(const struct app *app, struct err *err)
{
	return store_defer(app->db, err);
}

enum status app_hold_flush(const struct app *app, struct err *err)
{
	return store_flush(app->db, err);
}

enum status app_hold_tidy(const struct app *app, struct err *err)
{
	if (app_hold_parts_tidy(app->hold->parts, app->now_ms))
		arena_trim();
	return store_tidy(app->db, err);
}
