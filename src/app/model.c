#include "app/load.h"

#include "app/model_files.h"
#include "core/model_diff.h"
#include "store/lens.h"
#include "store/measure.h"
#include "store/model.h"
#include "store/score.h"
#include "store/store.h"

/* The line and column of byte `offset` of a check. */
static struct model_place place_in(const struct model_objective *o, str sql, int offset)
{
	struct model_place p = o->check_place;
	for (int i = 0; i < offset && (size_t)i < sql.n; i++)
		if (sql.p[i] == '\n')
			p.line++;
	return p;
}

/* warn = false: the objective is not the author's but of the base of an overlay. */
struct sql_lint {
	struct store_lens lens;
	const struct model *model;
	struct arena *a;
	struct model_problems *problems;
};

/* Nobody is warned about the base of an overlay; what does not run is an error wherever it is. */
static enum status check_sql(struct sql_lint *l, const struct model_objective *o, struct err *err)
{
	struct err why;
	uint64_t kinds;
	int offset = -1;
	bool own = !l->model->base.p || (o->overlaid && o->overlaid->act == MODEL_ADDED);
	if (!o->check.p)
		return OK;
	if (store_lens_compile(&l->lens, o->check, &kinds, &offset, &why) == OK) {
		if (!own || o->subject < 0 || kinds >> o->subject & 1)
			return OK;
		return model_problem_add(l->problems, l->a, true, o->check_place, err,
					 "%.*s: the check does not read %.*s, the kind of its population",
					 STR_ARG(o->id), STR_ARG(evidence_kinds[o->subject].name));
	}
	return model_problem_add(l->problems, l->a, false, place_in(o, o->check, offset), err,
				 "%.*s: the check does not run: %s%s%s", STR_ARG(o->id), why.message,
				 why.detail[0] ? ": " : "", why.detail);
}

static enum status lint(const struct app_model_files *files, struct arena *a, struct model_problems *problems,
			const struct model **model, struct err *err)
{
	struct sql_lint l = {.a = a, .problems = problems};
	TRY(model_read(files->list, files->n, a, problems, &l.model, err));
	*model = NULL;
	if (!l.model)
		return OK;
	TRY(store_lens_open(a, &l.lens, err));
	for (size_t i = 0; i < l.model->n_objectives; i++)
		TRY(check_sql(&l, &l.model->objectives[i], err));
	model_problems_sort(problems);
	if (!problems->n_errors)
		*model = l.model;
	return OK;
}

enum status app_model_lint(struct app *app, const char *path, const char *base, struct model_problems *out,
			   const struct model **model, struct err *err)
{
	struct app_model_files files = {0};
	TRY(app_model_files_read(path, app->arena, &files, err));
	TRY(app_model_files_with_base(app, &files, base, err));
	return lint(&files, app->arena, out, model, err);
}

static void fill(const struct store_model *stored, const struct model *m, struct view_model *out)
{
	*out = (struct view_model){
	    .name = stored->name,
	    .id = stored->id,
	    .version = stored->version,
	    .title = m->title,
	    .line = m->line,
	    .base = m->base,
	    .active = stored->active,
	    .imported_ms = stored->imported_ms,
	    .objectives = (int64_t)m->n_objectives,
	    .categories = (int64_t)m->n_categories,
	};
	for (size_t i = 0; i < m->n_objectives; i++)
		out->checks += m->objectives[i].check.p != NULL;
}

struct job {
	struct app *app;
	str id;
	const struct app_model_files *files;
	struct model_problems *problems;
	const char *path;
	const struct model *model;
	struct view_model *out;
	const struct view_model **list;
	size_t *n;
	bool *added;
};

/**
 * Models of one line share their measures. An objective that means something else than in a stored model of that line
 * would inherit a wrong tally where there is one: an overlay's own objective is refused then, because another id costs
 * nothing; for the rest the author is told.
 */
static enum status compare_with(struct job *job, const struct store_model *stored, struct err *err)
{
	struct model_diff d;
	const struct model *other = NULL;
	TRY(store_model_load(job->app->db, stored->name, job->app->arena, &other, err));
	TRY(model_diff(other, job->model, job->app->arena, &d, err));
	for (size_t i = 0; i < d.n_objectives; i++) {
		const struct model_diff_entry *e = &d.objectives[i];
		if (e->class != MODEL_DIFF_MEANING)
			continue;
		bool own = e->overlaid && e->overlaid->act == MODEL_ADDED, measured;
		TRY(store_measure_objective(job->app->db, job->model->line, e->id, &measured, err));
		if (!measured)
			continue;
		TRY(model_problem_add(
		    job->problems, job->app->arena, !own, e->to->place, err,
		    "%.*s: in %.*s, which shares its measures, this id counts something else (%.*s); %s",
		    STR_ARG(e->id), STR_ARG(stored->name), STR_ARG(e->why),
		    own ? "give it another number" : "that needs a new major version"));
	}
	return OK;
}

static enum status compare_with_line(struct job *job, struct err *err)
{
	struct store_model *stored = NULL;
	size_t n = 0;
	TRY(store_model_list(job->app->db, job->app->arena, &stored, &n, err));
	for (size_t i = 0; i < n; i++)
		if (str_eq(stored[i].line, job->model->line) && !str_eq(stored[i].name, job->model->name))
			TRY(compare_with(job, &stored[i], err));
	return OK;
}

static enum status refuse(const struct job *job, struct err *err)
{
	err_set(err, E_INVALID, "the model has %zu error%s; nothing was stored", job->problems->n_errors,
		job->problems->n_errors == 1 ? "" : "s");
	err_at(err, str_from(job->path), 0, 0);
	return E_INVALID;
}

static enum status add(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_model stored;
	TRY(compare_with_line(job, err));
	model_problems_sort(job->problems);
	if (job->problems->n_errors)
		return refuse(job, err);
	TRY(store_model_add(job->app->db, job->model, job->files->list, job->files->n, job->app->now_ms, job->added,
			    err));
	TRY(store_model_find(job->app->db, job->model->name, job->app->arena, &stored, err));
	fill(&stored, job->model, job->out);
	return OK;
}

enum status app_model_import(struct app *app, const char *path, struct model_problems *problems, struct view_model *out,
			     bool *added, struct err *err)
{
	struct app_model_files files = {0};
	struct job job = {.app = app, .files = &files, .problems = problems, .path = path, .out = out, .added = added};
	TRY(app_model_files_read(path, app->arena, &files, err));
	TRY(app_model_files_with_base(app, &files, NULL, err));
	TRY(lint(&files, app->arena, problems, &job.model, err));
	if (!job.model)
		return refuse(&job, err);
	return store_change(app->db, add, &job, err);
}

static enum status activate(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_model stored;
	TRY(store_model_find(job->app->db, job->id, job->app->arena, &stored, err));
	TRY(store_model_load(job->app->db, stored.name, job->app->arena, &job->model, err));
	if (!stored.active) {
		TRY(store_model_activate(job->app->db, stored.name, job->app->now_ms, job->app->actor, err));
		TRY(store_score_forget_all(job->app->db, err));
	}
	stored.active = true;
	fill(&stored, job->model, job->out);
	return OK;
}

enum status app_model_activate(struct app *app, str id, struct view_model *out, struct err *err)
{
	struct job job = {.app = app, .id = id, .out = out};
	return store_change(app->db, activate, &job, err);
}

static enum status list(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_model *stored = NULL;
	size_t n = 0;
	TRY(store_model_list(app->db, app->arena, &stored, &n, err));
	struct view_model *views = arena_new(app->arena, struct view_model, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++) {
		const struct model *m = NULL;
		TRY(store_model_load(app->db, stored[i].name, app->arena, &m, err));
		fill(&stored[i], m, &views[i]);
	}
	*job->list = views;
	*job->n = n;
	return OK;
}

enum status app_model_list(struct app *app, const struct view_model **out, size_t *n, struct err *err)
{
	struct job job = {.app = app, .list = out, .n = n};
	return store_read(app->db, list, &job, err);
}

static enum status show(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_model stored;
	if (job->id.n)
		TRY(store_model_find(app->db, job->id, app->arena, &stored, err));
	else
		TRY(store_model_active(app->db, app->arena, &stored, err));
	TRY(store_model_load(app->db, stored.name, app->arena, &job->model, err));
	fill(&stored, job->model, job->out);
	return OK;
}

enum status app_model_show(struct app *app, str id, const struct model **out, struct view_model *view, struct err *err)
{
	struct job job = {.app = app, .id = id, .out = view};
	TRY(store_read(app->db, show, &job, err));
	*out = job.model;
	return OK;
}
