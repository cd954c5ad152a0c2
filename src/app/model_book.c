#include "app/load.h"

#include "report/book.h"
#include "store/lens.h"

static enum status find_built_in(struct app *app, str id, const struct model **out, struct err *err)
{
	const struct model *m = NULL;
	TRY(app_built_in_model(app->arena, &m, err));
	if (id.n && !str_eq(id, m->id) && !str_eq(id, m->name)) {
		err_set(err, E_NOT_FOUND, "there is no store, and the built-in model is not %.*s", STR_ARG(id));
		err_hint(
		    err,
		    "name the store with --db, or a model's file or folder: one with a / in it, or a name in .yaml");
		return E_NOT_FOUND;
	}
	*out = m;
	return OK;
}

static enum status find_model(struct app *app, const struct app_book *ask, struct model_problems *problems,
			      const struct model **out, struct err *err)
{
	struct view_model view;
	if (!ask->path)
		return app->db ? app_model_show(app, ask->id, out, &view, err) : find_built_in(app, ask->id, out, err);
	TRY(app_model_lint(ask->path, app->arena, problems, out, err));
	if (*out)
		return OK;
	err_set(err, E_INVALID, "the model has %zu error%s; no book was made", problems->n_errors,
		problems->n_errors == 1 ? "" : "s");
	err_at(err, str_from(ask->path), 0, 0);
	return E_INVALID;
}

/* What a query reads. One that no longer compiles, because a stored model is older than the views, reads nothing. */
static enum status add_reads(struct store_lens *lens, str sql, uint64_t *kinds, struct err *err)
{
	uint64_t read = 0;
	int offset = -1;
	if (!sql.p)
		return OK;
	enum status status = store_lens_compile(lens, sql, &read, &offset, err);
	if (status != OK && status != E_INVALID)
		return status;
	*kinds |= status == OK ? read : 0;
	return OK;
}

static enum status find_reads(struct arena *a, const struct model *m, const uint64_t **out, struct err *err)
{
	struct store_lens lens;
	uint64_t *reads = arena_new(a, uint64_t, m->n_objectives);
	if (!reads)
		return err_full(err);
	TRY(store_lens_open(a, &lens, err));
	for (size_t i = 0; i < m->n_objectives; i++) {
		TRY(add_reads(&lens, m->objectives[i].check, &reads[i], err));
		TRY(add_reads(&lens, m->objectives[i].population_size, &reads[i], err));
	}
	*out = reads;
	return OK;
}

enum status app_model_book(struct app *app, const struct app_book *ask, struct model_problems *problems,
			   struct view_documents *out, struct err *err)
{
	struct view_book view = {0};
	TRY(find_model(app, ask, problems, &view.model, err));
	TRY(find_reads(app->arena, view.model, &view.reads, err));
	return report_book(&view, ask->markdown ? REPORT_BOOK_MARKDOWN : REPORT_BOOK_HTML, app->arena, out, err);
}
