#include "app/load.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/limits.h"
#include "store/lens.h"
#include "store/model.h"
#include "store/score.h"
#include "store/store.h"

struct files {
	struct model_file *list;
	size_t n, cap, bytes;
};

static enum status read_file(struct files *f, const char *path, str name, struct arena *a, struct err *err)
{
	struct source from;
	struct buf text = BUF(LIMIT_MODEL_BYTES);
	char piece[8192];
	size_t n;
	TRY(source_open_file(&from, path, name, err));
	enum status status;
	do {
		status = source_read(&from, piece, sizeof piece, &n, err);
		if (status == OK)
			buf_add(&text, (str){piece, n});
	} while (status == OK && n && text.status == OK);
	source_close(&from);
	f->bytes += text.n;
	if (status == OK && (text.status != OK || f->bytes > LIMIT_MODEL_BYTES)) {
		status = err_set(err, E_TOO_LARGE, "the model is larger than %zu bytes", LIMIT_MODEL_BYTES);
		err_at(err, name, 0, 0);
	}
	struct model_file file = {str_copy(a, name), str_copy(a, buf_str(&text))};
	buf_release(&text);
	TRY(status);
	if (f->n == f->cap && !(f->list = arena_grow(a, f->list, f->n, f->n + 1, sizeof *f->list, &f->cap)))
		return err_full(err);
	f->list[f->n++] = file;
	return file.name.p && file.text.p ? OK : err_full(err);
}

static int is_model_file(const struct dirent *entry)
{
	str name = str_from(entry->d_name);
	return name.n && name.p[0] != '.' && (str_ends(name, S(".yaml")) || str_ends(name, S(".yml")));
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Names in messages: as the user wrote the folder, then the file. */
static enum status read_entry(struct files *f, const char *folder, const char *name, struct arena *a, struct err *err)
{
	struct buf path = BUF(LIMIT_MODEL_BYTES);
	size_t n = strlen(folder);
	while (n > 1 && folder[n - 1] == '/')
		n--;
	buf_printf(&path, "%.*s/%s", (int)n, folder, name);
	enum status status = path.status == OK ? read_file(f, path.p, buf_str(&path), a, err) : err_full(err);
	buf_release(&path);
	return status;
}

static enum status read_folder(struct files *f, const char *folder, struct arena *a, struct err *err)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_model_file, by_name);
	enum status status = OK;
	if (n < 0)
		return err_set(err, E_NOT_FOUND, "%s: the folder cannot be read: %s", folder, strerror(errno));
	for (int i = 0; i < n; i++) {
		if (status == OK)
			status = read_entry(f, folder, entries[i]->d_name, a, err);
		free(entries[i]);
	}
	free(entries);
	if (status != OK || n)
		return status;
	err_set(err, E_INVALID, "the folder holds no .yaml files");
	err_at(err, str_from(folder), 0, 0);
	err_hint(err, "a model folder has model.yaml with the head and one file per category");
	return E_INVALID;
}

static enum status read_path(const char *path, struct arena *a, struct files *out, struct err *err)
{
	struct stat st;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return read_folder(out, path, a, err);
	return read_file(out, path, str_from(path), a, err);
}

/* The line and column of byte `offset` of a check. */
static struct model_place place_in(const struct model_objective *o, str sql, int offset)
{
	struct model_place p = o->check_place;
	for (int i = 0; i < offset && (size_t)i < sql.n; i++)
		if (sql.p[i] == '\n')
			p.line++;
	return p;
}

static enum status check_sql(struct store_lens *lens, const struct model_objective *o, struct arena *a,
			     struct model_problems *problems, struct err *err)
{
	struct err why;
	uint64_t kinds;
	int offset = -1;
	if (!o->check.p)
		return OK;
	if (store_lens_compile(lens, o->check, &kinds, &offset, &why) == OK) {
		if (o->subject < 0 || kinds >> o->subject & 1)
			return OK;
		return model_problem_add(problems, a, true, o->check_place, err,
					 "%.*s: the check does not read %.*s, the kind of its population",
					 STR_ARG(o->id), STR_ARG(evidence_kinds[o->subject].name));
	}
	return model_problem_add(problems, a, false, place_in(o, o->check, offset), err,
				 "%.*s: the check does not run: %s%s%s", STR_ARG(o->id), why.message,
				 why.detail[0] ? ": " : "", why.detail);
}

static enum status lint(const struct files *files, struct arena *a, struct model_problems *problems,
			const struct model **model, struct err *err)
{
	struct store_lens lens;
	const struct model *m = NULL;
	TRY(model_read(files->list, files->n, a, problems, &m, err));
	*model = NULL;
	if (!m)
		return OK;
	TRY(store_lens_open(a, &lens, err));
	for (size_t i = 0; i < m->n_objectives; i++)
		TRY(check_sql(&lens, &m->objectives[i], a, problems, err));
	model_problems_sort(problems);
	if (!problems->n_errors)
		*model = m;
	return OK;
}

enum status app_model_lint(const char *path, struct arena *a, struct model_problems *out, const struct model **model,
			   struct err *err)
{
	struct files files = {0};
	TRY(read_path(path, a, &files, err));
	return lint(&files, a, out, model, err);
}

static void fill(const struct store_model *stored, const struct model *m, struct view_model *out)
{
	*out = (struct view_model){
	    .name = stored->name,
	    .id = stored->id,
	    .version = stored->version,
	    .title = m->title,
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
	const struct files *files;
	const struct model *model;
	struct view_model *out;
	const struct view_model **list;
	size_t *n;
	bool *added;
};

static enum status add(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_model stored;
	TRY(store_model_add(job->app->db, job->model, job->files->list, job->files->n, job->app->now_ms, job->added,
			    err));
	TRY(store_model_find(job->app->db, job->model->name, job->app->arena, &stored, err));
	fill(&stored, job->model, job->out);
	return OK;
}

enum status app_model_import(struct app *app, const char *path, struct model_problems *problems, struct view_model *out,
			     bool *added, struct err *err)
{
	struct files files = {0};
	struct job job = {.app = app, .files = &files, .out = out, .added = added};
	TRY(read_path(path, app->arena, &files, err));
	TRY(lint(&files, app->arena, problems, &job.model, err));
	if (!job.model) {
		err_set(err, E_INVALID, "the model has %zu error%s; nothing was stored", problems->n_errors,
			problems->n_errors == 1 ? "" : "s");
		err_at(err, str_from(path), 0, 0);
		return E_INVALID;
	}
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
