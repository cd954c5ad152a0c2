#include "app/app.h"
#include "report/book.h"
#include "store/lens.h"

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

enum status app_model_book(struct app *app, str model, const char *base, bool markdown, struct view_documents *out,
			   struct err *err)
{
	struct view_model about;
	struct view_book view = {0};
	TRY(app_model_open(app, model, base, &view.model, &about, err));
	TRY(find_reads(app->arena, view.model, &view.reads, err));
	return report_book(&view, markdown ? REPORT_BOOK_MARKDOWN : REPORT_BOOK_HTML, app->arena, out, err);
}
