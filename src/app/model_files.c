/* The files of a model: from a path, from inside the program, and those of an overlay's base. */
#include "app/model_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/embed.h"
#include "base/limits.h"
#include "core/model_diff.h"
#include "store/model.h"
#include "store/store.h"

#define BUILT_IN "models/aismm-reference/"

static enum status read_file(struct app_model_files *f, const char *path, str name, struct arena *a, struct err *err)
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
static enum status read_entry(struct app_model_files *f, const char *folder, const char *name, struct arena *a,
			      struct err *err)
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

static enum status read_folder(struct app_model_files *f, const char *folder, struct arena *a, struct err *err)
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

enum status app_model_files_read(const char *path, struct arena *a, struct app_model_files *out, struct err *err)
{
	struct stat st;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return read_folder(out, path, a, err);
	return read_file(out, path, str_from(path), a, err);
}

enum status app_model_files_built_in(struct arena *a, struct app_model_files *out, struct err *err)
{
	size_t first = embed_before(S(BUILT_IN)), all = embed_count();
	*out = (struct app_model_files){.list = arena_new(a, struct model_file, all - first + 1)};
	if (!out->list)
		return err_full(err);
	out->cap = all - first + 1;
	for (size_t i = first; i < all; i++) {
		struct embed_file f = embed_at(i);
		if (!str_starts(f.name, S(BUILT_IN)))
			break;
		if (str_ends(f.name, S(".yaml")))
			out->list[out->n++] =
			    (struct model_file){str_slice(f.name, sizeof BUILT_IN - 1, f.name.n), f.bytes};
	}
	return OK;
}

enum status app_model_read_built_in(struct arena *a, struct app_model_files *files, const struct model **out,
				    struct err *err)
{
	struct model_problems problems = {0};
	TRY(app_model_files_built_in(a, files, err));
	TRY(model_read(files->list, files->n, a, &problems, out, err));
	if (!*out)
		return err_set(err, E_BUG, "the built-in model does not read: %.*s",
			       STR_ARG(problems.n ? problems.list[0].message : S("no files")));
	return OK;
}

/* ---- the base of an overlay ---- */

struct base_job {
	struct app *app;
	str wanted;
	struct app_model_files *out;
	bool found;
};

static enum status stored_base(void *ctx, struct err *err)
{
	struct base_job *job = ctx;
	str name;
	TRY(store_model_find_base(job->app->db, job->wanted, job->app->arena, &name, &job->found, err));
	if (!job->found)
		return OK;
	return store_model_files(job->app->db, name, job->app->arena, &job->out->list, &job->out->n, err);
}

static enum status built_in_base(struct base_job *job, struct err *err)
{
	const struct model *m = NULL;
	TRY(app_model_read_built_in(job->app->arena, job->out, &m, err));
	job->found = str_eq(job->wanted, m->name) || str_eq(job->wanted, m->line);
	return OK;
}

static enum status find_base(struct base_job *job, const char *path, struct err *err)
{
	if (path) {
		job->found = true;
		return app_model_files_read(path, job->app->arena, job->out, err);
	}
	if (job->app->db)
		TRY(store_read(job->app->db, stored_base, job, err));
	return job->found ? OK : built_in_base(job, err);
}

/* ---- a base that the files bring along ---- */

struct carried {
	struct app *app;
	const struct model *base;
	const struct model *stored; /* NULL: none of that name */
};

static enum status stored_same_name(void *ctx, struct err *err)
{
	struct carried *c = ctx;
	str name;
	bool found;
	TRY(store_model_find_base(c->app->db, c->base->name, c->app->arena, &name, &found, err));
	if (found && str_eq(name, c->base->name))
		return store_model_load(c->app->db, name, c->app->arena, &c->stored, err);
	return OK;
}

static enum status carried_compare(const struct carried *c, const struct model *known, const char *what,
				   struct err *err)
{
	bool same;
	TRY(model_diff_same(known, c->base, c->app->arena, &same, err));
	if (same)
		return OK;
	err_set(err, E_CONFLICT, "the base %.*s beside the overlay is not the %s model of that name",
		STR_ARG(c->base->name), what);
	err_hint(err, "give the overlay alone: its base is found by its name; a changed base needs a name of its own");
	return E_CONFLICT;
}

/* *known: there is a model of that name, and this is it. */
static enum status carried_check(struct carried *c, bool *known, struct err *err)
{
	struct app_model_files files = {0};
	const struct model *built_in = NULL;
	if (c->app->db)
		TRY(store_read(c->app->db, stored_same_name, c, err));
	if (c->stored)
		TRY(carried_compare(c, c->stored, "stored", err));
	TRY(app_model_read_built_in(c->app->arena, &files, &built_in, err));
	bool is = str_eq(built_in->name, c->base->name);
	if (is)
		TRY(carried_compare(c, built_in, "built-in", err));
	*known = is || c->stored;
	return OK;
}

/* Several files: those beside the one overlay are its base. */
static enum status with_carried(struct app *app, struct app_model_files *files, struct err *err)
{
	struct model_problems problems = {0};
	struct carried c = {.app = app};
	bool is, known;
	str wanted;
	size_t n = 0;
	struct model_file *list = arena_new(app->arena, struct model_file, files->n);
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < files->n; i++) {
		TRY(model_overlay_base(&files->list[i], app->arena, &is, &wanted, err));
		if (!is)
			list[n++] = files->list[i];
	}
	if (n == files->n || n == 0)
		return OK; /* no overlay, or nothing but overlays: the reader says what is wrong */
	TRY(model_read(list, n, app->arena, &problems, &c.base, err));
	if (!c.base)
		return OK; /* the same */
	TRY(carried_check(&c, &known, err));
	if (known)
		return OK;
	files->carried = c.base;
	files->carried_list = list;
	files->n_carried = n;
	return OK;
}

enum status app_model_files_with_base(struct app *app, struct app_model_files *files, const char *base, struct err *err)
{
	struct app_model_files found = {0};
	struct base_job job = {.app = app, .out = &found};
	bool is = false;
	if (files->n > 1)
		return with_carried(app, files, err);
	if (files->n == 1)
		TRY(model_overlay_base(&files->list[0], app->arena, &is, &job.wanted, err));
	if (!is || !job.wanted.n)
		return OK;
	TRY(find_base(&job, base, err));
	if (!job.found)
		return OK; /* the reader says so, at the place where the overlay names it */
	struct model_file *both = arena_new(app->arena, struct model_file, found.n + 1);
	if (!both)
		return err_full(err);
	memcpy(both, found.list, found.n * sizeof *both);
	both[found.n] = files->list[0];
	*files = (struct app_model_files){.list = both, .n = found.n + 1, .cap = found.n + 1};
	return OK;
}
