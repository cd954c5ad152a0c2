#include "app/import.h"

#include <inttypes.h>

#include "base/buf.h"

enum { SAMPLE_ROWS = 10 };

/* ---- records that were left out ---- */

/* "true or false expected, found "x"; column active" */
static str reason_of(struct arena *a, const struct err *err)
{
	struct buf b = BUF(sizeof err->message + sizeof err->detail);
	buf_printf(&b, "%s%s%s", err->message, err->detail[0] ? "; " : "", err->detail);
	str text = str_copy(a, buf_str(&b));
	buf_release(&b);
	return text;
}

enum status app_import_skips_add(struct app_import_skips *skips, struct arena *a, int64_t record, struct err *err)
{
	if ((int64_t)skips->n >= skips->most) {
		err_hint(err, "%zu record%s before it %s a rule, too; --skip-bad %" PRId64 " leaves out no more",
			 skips->n, skips->n == 1 ? "" : "s", skips->n == 1 ? "breaks" : "break", skips->most);
		return err->status;
	}
	if (skips->n == skips->cap &&
	    !(skips->list = arena_grow(a, skips->list, skips->n, skips->n + 1, sizeof *skips->list, &skips->cap)))
		return err_full(err);
	struct view_skipped *s = &skips->list[skips->n++];
	*s = (struct view_skipped){record, str_copy(a, str_from(err->where)), reason_of(a, err)};
	return s->where.p && s->reason.p ? OK : err_full(err);
}

/* ---- the first rows ---- */

enum status app_import_sample_begin(struct app_import_sample *sample, struct arena *a, str kind, str unit, str id,
				    size_t n, struct view_cell **cells, struct err *err)
{
	*cells = NULL;
	if (sample->n == SAMPLE_ROWS)
		return OK;
	if (!sample->rows && !(sample->rows = arena_new(a, struct view_row, SAMPLE_ROWS)))
		return err_full(err);
	struct view_row *row = &sample->rows[sample->n++];
	*cells = arena_new(a, struct view_cell, n);
	*row = (struct view_row){.kind = kind, .unit = str_copy(a, unit), .id = str_copy(a, id), .cells = *cells};
	return row->unit.p && row->id.p && *cells ? OK : err_full(err);
}

enum status app_import_sample_add(struct app_import_sample *sample, struct arena *a, const struct evidence_record *r,
				  struct err *err)
{
	const struct evidence_kind *kind = &evidence_kinds[r->kind];
	struct view_cell *cells;
	TRY(app_import_sample_begin(sample, a, kind->name, r->unit, r->id, (size_t)kind->n_columns, &cells, err));
	for (int c = 0; cells && c < kind->n_columns; c++) {
		const struct evidence_value *v = &r->values[c];
		if (!v->known)
			continue;
		struct view_cell *cell = &cells[sample->rows[sample->n - 1].n_cells++];
		*cell = (struct view_cell){kind->columns[c].name, kind->columns[c].type, v->i64, {NULL, 0}};
		if (cell->type != EVIDENCE_TEXT)
			continue;
		cell->text = str_copy(a, v->text);
		if (!cell->text.p)
			return err_full(err);
	}
	return OK;
}

void app_import_sample_scope(struct app_import_sample *sample, str unit)
{
	for (size_t i = 0; i < sample->n; i++)
		if (sample->rows[i].unit.n == 0)
			sample->rows[i].unit = unit;
}
