#include "app/change.h"
#include "app/load.h"

#include "app/model_line.h"
#include "app/people.h"
#include "store/lens.h"
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
	model_overlay_count(m, out->overlay);
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

static enum status refuse(const struct job *job, struct err *err)
{
	err_set(err, E_INVALID, "the model has %zu error%s; nothing was stored", job->problems->n_errors,
		job->problems->n_errors == 1 ? "" : "s");
	err_at(err, str_from(job->path), 0, 0);
	return E_INVALID;
}

/* A base that came with its overlay and that nobody knows is imported with it, so that its name means it from now on.
 */
static enum status add_carried(struct job *job, struct err *err)
{
	const struct app_model_files *files = job->files;
	struct app_model_files base = {.list = files->carried_list, .n = files->n_carried};
	struct model_problems problems = {0};
	const struct model *m = NULL;
	bool added;
	if (!files->carried)
		return OK;
	TRY(lint(&base, job->app->arena, &problems, &m, err));
	if (!m) {
		err_set(err, E_INVALID, "the base %.*s beside the overlay has errors of its own",
			STR_ARG(files->carried->name));
		err_hint(err, "see: aismm model lint, with the files of the base alone");
		return E_INVALID;
	}
	TRY(app_model_line_compare(job->app, m, job->problems, err));
	return app_model_line_add(job->app, m, &base, &added, err);
}

static enum status add(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_model stored;
	TRY(app_people_admin(job->app, err));
	TRY(app_model_line_compare(job->app, job->model, job->problems, err));
	model_problems_sort(job->problems);
	if (job->problems->n_errors)
		return refuse(job, err);
	TRY(add_carried(job, err));
	TRY(app_model_line_add(job->app, job->model, job->files, job->added, err));
	TRY(store_model_find(job->app->db, job->model->name, job->app->arena, &stored, err));
	fill(&stored, job->model, job->out);
	if (job->files->carried)
		job->out->carried = job->files->carried->name;
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
	return app_change(app, add, &job, err);
}

static enum status activate(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_model stored, before;
	const struct view_activation *activation = NULL;
	const struct model *was = NULL;
	TRY(app_people_admin(app, err));
	TRY(store_model_find(app->db, job->id, app->arena, &stored, err));
	TRY(store_model_load(app->db, stored.name, app->arena, &job->model, err));
	if (!stored.active) {
		TRY(app_model_line_activate(app, job->model, err));
		enum status status = store_model_active(app->db, app->arena, &before, err);
		if (status == OK)
			status = store_model_load(app->db, before.name, app->arena, &was, err);
		if (status == OK)
			status = app_model_line_activation(app, was, job->model, &activation, err);
		if (status != OK && status != E_NOT_FOUND)
			return status;
		TRY(store_model_activate(app->db, stored.name, app->now_ms, app->actor, err));
		TRY(store_score_forget_all(app->db, err));
	}
	stored.active = true;
	fill(&stored, job->model, job->out);
	job->out->activation = activation;
	return OK;
}

enum status app_model_activate(struct app *app, str id, struct view_model *out, struct err *err)
{
	struct job job = {.app = app, .id = id, .out = out};
	return app_change(app, activate, &job, err);
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
