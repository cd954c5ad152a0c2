/* A model by whatever name a person has for it, and the questions that need no more than models. */
#include "app/load.h"
#include "app/model_files.h"
#include "core/model_coverage.h"
#include "core/model_diff.h"
#include "store/model.h"
#include "store/store.h"

static bool is_path(str text)
{
	return str_find(text, S("/")) >= 0 || str_ends(text, S(".yaml")) || str_ends(text, S(".yml"));
}

static bool is_built_in(str text)
{
	return str_eq(text, S("builtin"));
}

bool app_model_is_stored(str text)
{
	return !is_built_in(text) && !is_path(text);
}

static void fill(const struct model *m, struct view_model *out)
{
	*out = (struct view_model){.name = m->name,
				   .id = m->id,
				   .version = m->version,
				   .title = m->title,
				   .line = m->line,
				   .base = m->base,
				   .objectives = (int64_t)m->n_objectives,
				   .categories = (int64_t)m->n_categories};
	for (size_t i = 0; i < m->n_objectives; i++)
		out->checks += m->objectives[i].check.p != NULL;
	model_overlay_count(m, out->overlay);
}

/* The first error, at its place; all of them are shown by `aismm model lint`. */
static enum status broken(str path, const struct model_problems *problems, struct err *err)
{
	const struct model_problem *first = NULL;
	for (size_t i = 0; i < problems->n && !first; i++)
		if (!problems->list[i].warning)
			first = &problems->list[i];
	err_set(err, E_INVALID, "%.*s", STR_ARG(first ? first->message : S("the model has errors")));
	if (first)
		err_at(err, first->place.file, first->place.line, first->place.column);
	err_hint(err, "`aismm model lint %.*s` shows all that is wrong", STR_ARG(path));
	return E_INVALID;
}

static enum status open_path(struct app *app, str text, const char *base, const struct model **out, struct err *err)
{
	struct app_model_files files = {0};
	struct model_problems problems = {0};
	const char *path = str_z(app->arena, text);
	if (!path)
		return err_full(err);
	TRY(app_model_files_read(path, app->arena, &files, err));
	TRY(app_model_files_with_base(app, &files, base, err));
	TRY(model_read(files.list, files.n, app->arena, &problems, out, err));
	return *out ? OK : broken(text, &problems, err);
}

/* Without a store there is one model, and it may be called by its own name. */
static enum status open_without_store(struct app *app, str text, const struct model **out, struct err *err)
{
	struct app_model_files files = {0};
	TRY(app_model_read_built_in(app->arena, &files, out, err));
	if (!text.n || is_built_in(text) || str_eq(text, (*out)->name) || str_eq(text, (*out)->id))
		return OK;
	err_set(err, E_NOT_FOUND, "no model \"%.*s\": there is no store, and the built-in one is %.*s", STR_ARG(text),
		STR_ARG((*out)->name));
	err_hint(err, "the path of a model is written with a / or ends with .yaml");
	return E_NOT_FOUND;
}

enum status app_model_open(struct app *app, str text, const char *base, const struct model **out,
			   struct view_model *view, struct err *err)
{
	const struct model *m = NULL;
	if (is_path(text))
		TRY(open_path(app, text, base, &m, err));
	else if (is_built_in(text) || !app->db)
		TRY(open_without_store(app, text, &m, err));
	else
		return app_model_show(app, text, out, view, err);
	fill(m, view);
	*out = m;
	return OK;
}

enum status app_model_objective(const struct model *m, str id, const struct model_objective **out, struct err *err)
{
	return app_load_objective(m, id, out, err);
}

enum status app_model_diff(struct app *app, str from, str to, const char *base, struct model_diff *out, struct err *err)
{
	const struct model *a = NULL, *b = NULL;
	struct view_model view;
	TRY(app_model_open(app, from, base, &a, &view, err));
	TRY(app_model_open(app, to, base, &b, &view, err));
	return model_diff(a, b, app->arena, out, err);
}

enum status app_model_coverage(struct app *app, str model, str framework, str version, struct model_coverage *out,
			       struct err *err)
{
	const struct model *m = NULL;
	struct view_model view;
	TRY(app_model_open(app, model, NULL, &m, &view, err));
	return model_coverage(m, framework, version, app->arena, out, err);
}
