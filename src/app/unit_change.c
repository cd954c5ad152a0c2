#include "app/change.h"
#include "app/unit_inside.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "core/model.h"
#include "store/score.h"
#include "store/store.h"

enum { MADE_ID_BYTES = 40, LARGEST_NUMBER = 100000 };

struct job {
	struct app *app;
	const struct app_unit_act *act;
	enum app_unit_field *at;
	struct view_unit_change *out;
	bool some;             /* there is a tree */
	struct store_tree now; /* the one that holds */
	struct unit_row *rows; /* as they will be; room for one more */
	size_t n;
	int64_t restored, expected; /* numbers of trees */
};

static enum status refuse(struct job *job, enum app_unit_field field, enum status status)
{
	*job->at = field;
	return status;
}

/* ---- the rows ---- */

static enum status list_rows(struct job *job, struct err *err)
{
	const struct unit_tree *t = &job->now.tree;
	size_t n = job->some ? (size_t)t->n : 0;
	job->rows = arena_new(job->app->arena, struct unit_row, n + 1);
	if (!job->rows)
		return err_full(err);
	for (job->n = 0; job->n < n; job->n++) {
		const struct unit *u = &t->units[job->n];
		job->rows[job->n] = (struct unit_row){
		    .id = u->id,
		    .parent = u->parent == UNIT_NONE ? (str){NULL, 0} : t->units[u->parent].id,
		    .name = u->name,
		    .deployment = u->declared,
		    .size = u->size,
		    .line = (int64_t)job->n + 1,
		};
	}
	return OK;
}

static enum status check_words(struct job *job, const struct app_unit *u, struct err *err)
{
	if (u->name.n && app_load_check_id(u->name, "the name", err) != OK)
		return refuse(job, APP_UNIT_FIELD_NAME, E_INVALID);
	if (u->size < 1 || u->size > UNIT_SIZE_MAX) {
		err_set(err, E_INVALID, "the size is not a whole number from 1 to %d", UNIT_SIZE_MAX);
		return refuse(job, APP_UNIT_FIELD_SIZE, E_INVALID);
	}
	if (u->deployment & ~(unsigned)MODEL_ANY_DEPLOYMENT)
		return err_set(err, E_INVALID, "these are not deployment types");
	return OK;
}

/* The unit above: there, and not below the one that moves (UNIT_NONE: none moves). */
static enum status check_parent(struct job *job, str parent, int moves, struct err *err)
{
	const struct unit_tree *t = &job->now.tree;
	int to;
	if (app_access_find(job->app, t, parent, &to, err) != OK)
		return refuse(job, APP_UNIT_FIELD_PARENT, E_NOT_FOUND);
	if (moves == UNIT_NONE || !unit_below(t, to, moves))
		return OK;
	err_set(err, E_INVALID, "\"%.*s\" cannot stand below itself", STR_ARG(t->units[moves].id));
	err_hint(err, "choose a unit that is not below it");
	return refuse(job, APP_UNIT_FIELD_PARENT, E_INVALID);
}

/* ---- from when on ---- */

static enum status since_of(struct job *job, const struct app_unit_when *when, int64_t *out, struct err *err)
{
	int64_t now_ms = job->app->now_ms, first = job->now.since_ms;
	char text[TIME_TEXT];
	switch (when->since) {
	case APP_UNIT_NOW:
		*out = now_ms > first ? now_ms : first;
		return OK;
	case APP_UNIT_ALWAYS:
		*out = first;
		return OK;
	case APP_UNIT_FROM:
		break;
	}
	*out = when->from_ms;
	if (*out >= first && *out <= now_ms)
		return OK;
	if (*out > now_ms) {
		err_set(err, E_INVALID, "that day lies ahead");
		err_hint(err, "a change to come is imported as a file, with the day from which it holds");
	} else {
		err_set(err, E_INVALID, "the tree that is changed holds only from %.*s on",
			STR_ARG(time_format(first, text)));
	}
	return refuse(job, APP_UNIT_FIELD_SINCE, E_INVALID);
}

/* Appends the tree. */
static enum status add_tree(struct job *job, const struct unit_tree *tree, const struct app_unit_when *when,
			    struct err *err)
{
	struct app *app = job->app;
	struct store_tree made;
	int64_t since = 0;
	if (job->some)
		TRY(since_of(job, when, &since, err));
	TRY(store_unit_add(app->db, tree, job->some, since, app->now_ms, app->actor, &job->out->unchanged,
			   &job->out->since_ms, err));
	TRY(store_unit_tree(app->db, app->now_ms, app->arena, &made, err));
	job->out->tree = made.id;
	job->out->before = job->some ? job->now.id : 0;
	job->out->until_ms = made.until_ms;
	return job->out->unchanged ? OK : store_score_forget_all(app->db, err);
}

static enum status build(struct job *job, struct err *err)
{
	struct unit_tree tree;
	if (job->n > LIMIT_UNITS)
		return err_set(err, E_TOO_LARGE, "more than %d units", LIMIT_UNITS);
	TRY(unit_tree_build(job->rows, job->n, S("the tree"), job->app->arena, &tree, err));
	return add_tree(job, &tree, &job->act->when, err);
}

/* ---- add ---- */

/* "Web shop (EU)" -> "web-shop-eu"; a name without a letter of ASCII gives "unit". */
static str plain_id(str name, char out[MADE_ID_BYTES])
{
	size_t n = 0;
	for (size_t i = 0; i < name.n && n < MADE_ID_BYTES; i++) {
		char c = name.p[i];
		bool upper = c >= 'A' && c <= 'Z', plain = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (plain)
			out[n++] = upper ? (char)(c - 'A' + 'a') : c;
		else if (n && out[n - 1] != '-')
			out[n++] = '-';
	}
	while (n && out[n - 1] == '-')
		n--;
	return n ? (str){out, n} : S("unit");
}

/* An id that no tree has ever had, so that nothing old counts for the new unit. */
static enum status make_id(struct job *job, str name, str *out, struct err *err)
{
	char room[MADE_ID_BYTES];
	str base = plain_id(name, room);
	for (int i = 1; i < LARGEST_NUMBER; i++) {
		struct buf b = BUF(LIMIT_ID_BYTES);
		bool known;
		buf_add(&b, base);
		if (i > 1)
			buf_printf(&b, "-%d", i);
		str id = str_copy(job->app->arena, buf_str(&b));
		buf_release(&b);
		if (!id.p)
			return err_full(err);
		TRY(store_unit_known(job->app->db, id, &known, err));
		if (known)
			continue;
		*out = id;
		return OK;
	}
	err_set(err, E_CONFLICT, "no id is left that could be made of this name");
	return refuse(job, APP_UNIT_FIELD_ID, E_CONFLICT);
}

static enum status choose_id(struct job *job, const struct app_unit *u, str *out, struct err *err)
{
	if (!u->id.n && !u->name.n) {
		err_set(err, E_INVALID, "a unit needs a name");
		return refuse(job, APP_UNIT_FIELD_NAME, E_INVALID);
	}
	if (!u->id.n)
		return make_id(job, u->name, out, err);
	if (app_load_check_id(u->id, "the id", err) != OK)
		return refuse(job, APP_UNIT_FIELD_ID, E_INVALID);
	if (job->some && unit_find(&job->now.tree, u->id) != UNIT_NONE) {
		err_set(err, E_CONFLICT, "the unit \"%.*s\" is there already", STR_ARG(u->id));
		err_hint(err, "choose another id, or leave it empty to have one made of the name");
		return refuse(job, APP_UNIT_FIELD_ID, E_CONFLICT);
	}
	*out = u->id;
	return store_unit_known(job->app->db, u->id, &job->out->known, err);
}

static enum status add(void *ctx, struct err *err)
{
	struct job *job = ctx;
	const struct app_unit *u = &job->act->unit;
	str id;
	TRY(app_unit_allow(job->app, &job->some, &job->now, err));
	TRY(check_words(job, u, err));
	TRY(choose_id(job, u, &id, err));
	if (job->some && !u->parent.n) {
		err_set(err, E_INVALID, "a unit stands below another one; only the root does not");
		return refuse(job, APP_UNIT_FIELD_PARENT, E_INVALID);
	}
	if (job->some)
		TRY(check_parent(job, u->parent, UNIT_NONE, err));
	TRY(list_rows(job, err));
	job->rows[job->n++] = (struct unit_row){.id = id,
						.parent = job->some ? u->parent : (str){NULL, 0},
						.name = u->name,
						.deployment = u->deployment,
						.size = u->size,
						.line = (int64_t)job->n + 1};
	job->out->id = id;
	job->out->name = u->name.n ? u->name : id;
	return build(job, err);
}

/* ---- change ---- */

static bool says(const struct unit_row *row, const struct app_unit *u)
{
	return str_eq(row->parent, u->parent) && str_eq(row->name, u->name) && row->deployment == u->deployment &&
	       row->size == u->size;
}

static enum status find_unit(struct job *job, int *at, struct err *err)
{
	TRY(app_unit_allow(job->app, &job->some, &job->now, err));
	if (!job->some)
		return err_set(err, E_NOT_FOUND, "no units yet");
	if (!job->act->unit.id.n)
		return err_set(err, E_INVALID, "no unit is named");
	TRY(app_access_find(job->app, &job->now.tree, job->act->unit.id, at, err));
	TRY(list_rows(job, err));
	const struct unit_row *row = &job->rows[*at];
	job->out->id = row->id;
	job->out->name = row->name;
	if (!job->act->expected || says(row, job->act->expected))
		return OK;
	err_set(err, E_CONFLICT, "somebody changed this unit meanwhile");
	err_detail(err, "it is now called \"%.*s\" and stands below \"%.*s\"", STR_ARG(row->name),
		   STR_ARG(row->parent));
	err_hint(err, "look at what it is now, and save again if your change still holds");
	return E_CONFLICT;
}

static enum status set(void *ctx, struct err *err)
{
	struct job *job = ctx;
	const struct app_unit *u = &job->act->unit;
	int at;
	TRY(find_unit(job, &at, err));
	TRY(check_words(job, u, err));
	if (at && !u->parent.n) {
		err_set(err, E_INVALID, "a unit stands below another one; only the root does not");
		return refuse(job, APP_UNIT_FIELD_PARENT, E_INVALID);
	}
	if (!at && u->parent.n) {
		err_set(err, E_INVALID, "the root stands below nothing");
		return refuse(job, APP_UNIT_FIELD_PARENT, E_INVALID);
	}
	if (at)
		TRY(check_parent(job, u->parent, at, err));
	struct unit_row *row = &job->rows[at];
	row->parent = u->parent;
	row->name = u->name.n ? u->name : row->id;
	row->deployment = u->deployment;
	row->size = u->size;
	job->out->name = row->name;
	return build(job, err);
}

/* ---- remove ---- */

static enum status take_out(void *ctx, struct err *err)
{
	struct job *job = ctx;
	int at;
	TRY(find_unit(job, &at, err));
	if (!at) {
		err_set(err, E_INVALID, "the root cannot be removed");
		err_hint(err, "import another tree to begin anew");
		return E_INVALID;
	}
	size_t first = (size_t)at, span = (size_t)job->now.tree.units[at].span;
	for (size_t i = first + span; i < job->n; i++)
		job->rows[i - span] = job->rows[i];
	job->n -= span;
	job->out->below = (int64_t)span - 1;
	return build(job, err);
}

/* ---- take back ---- */

static enum status restore(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_tree earlier;
	TRY(app_unit_allow(job->app, &job->some, &job->now, err));
	if (!job->some)
		return err_set(err, E_NOT_FOUND, "no units yet");
	if (job->expected && job->expected != job->now.id) {
		err_set(err, E_CONFLICT, "somebody changed the tree meanwhile");
		err_hint(err, "see the history: it lists every tree with what it changed");
		return E_CONFLICT;
	}
	TRY(store_unit_tree_of(job->app->db, job->restored, job->app->arena, &earlier, err));
	job->out->id = earlier.tree.units[0].id;
	job->out->name = earlier.tree.units[0].name;
	return add_tree(job, &earlier.tree, &job->act->when, err);
}

/* ---- from outside ---- */

static enum status run(struct app *app, store_work *work, struct job *job, enum app_unit_field *at,
		       struct view_unit_change *out, struct err *err)
{
	struct view_unit_change change = {0};
	enum app_unit_field field = APP_UNIT_FIELD_NONE;
	job->app = app;
	job->at = &field;
	job->out = &change;
	enum status status = app_change(app, work, job, err);
	*at = field;
	TRY(status);
	*out = change;
	return OK;
}

enum status app_unit_add(struct app *app, const struct app_unit_act *act, enum app_unit_field *at,
			 struct view_unit_change *out, struct err *err)
{
	struct job job = {.act = act};
	return run(app, add, &job, at, out, err);
}

enum status app_unit_set(struct app *app, const struct app_unit_act *act, enum app_unit_field *at,
			 struct view_unit_change *out, struct err *err)
{
	struct job job = {.act = act};
	return run(app, set, &job, at, out, err);
}

enum status app_unit_remove(struct app *app, const struct app_unit_act *act, enum app_unit_field *at,
			    struct view_unit_change *out, struct err *err)
{
	struct job job = {.act = act};
	return run(app, take_out, &job, at, out, err);
}

enum status app_unit_restore(struct app *app, int64_t tree, int64_t expected, const struct app_unit_when *when,
			     enum app_unit_field *at, struct view_unit_change *out, struct err *err)
{
	struct app_unit_act act = {.when = *when};
	struct job job = {.act = &act, .restored = tree, .expected = expected};
	return run(app, restore, &job, at, out, err);
}
