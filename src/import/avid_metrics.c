#include "import/avid.h"

#include <stddef.h>

#define AT(member) offsetof(struct import_avid_row, member)

static const struct import_walk_field row_fields[] = {
    {.key = S("detector"), .type = IMPORT_WALK_TEXT, .at = AT(detector)},
    {.key = S("passed"), .type = IMPORT_WALK_INT, .at = AT(passed)},
    {.key = S("total"), .type = IMPORT_WALK_INT, .at = AT(total)},
    {.key = S("total_evaluated"), .type = IMPORT_WALK_INT, .at = AT(total_evaluated)},
    {.key = {NULL, 0}},
};

static enum status add_row(struct import_walk *w, struct import_avid_report *x, struct import_avid_row **out,
			   struct err *err)
{
	struct import_avid_row *row = arena_new(w->texts, struct import_avid_row, 1);
	if (!row)
		return err_full(err);
	row->line = w->json.line;
	if (x->last)
		x->last->next = row;
	else
		x->first = row;
	x->last = row;
	*out = row;
	return OK;
}

/* ---- row by row: [{"detector": …, "passed": …}] ---- */

static enum status read_row(struct import_walk *w, void *record, struct err *err)
{
	struct import_avid_row *row = NULL;
	if (w->json.event != JSON_OBJECT)
		return json_skip(&w->json, err);
	TRY(add_row(w, record, &row, err));
	return import_walk_members(w, row_fields, row, err);
}

static enum status read_rows(struct import_walk *w, void *record, struct err *err)
{
	struct import_avid_report *x = record;
	if (w->json.event != JSON_ARRAY)
		return json_skip(&w->json, err);
	x->has_rows = true;
	return import_walk_each(w, read_row, x, err);
}

/* ---- column by column, as garak writes it: {"detector": {"0": …}, "passed": {"0": …}} ---- */

/* The row of a key: the first column makes the rows, the others name them in the same order. */
static enum status find_row(struct import_walk *w, struct import_avid_report *x, struct import_avid_row **out,
			    struct err *err)
{
	if (!x->has_columns) {
		TRY(add_row(w, x, out, err));
		(*out)->key = str_copy(w->texts, w->json.text);
		if (!(*out)->key.p)
			return err_full(err);
		if (!x->table)
			x->table = *out;
		return OK;
	}
	if (!x->cursor || !str_eq(x->cursor->key, w->json.text))
		return json_expected(&w->json, "the rows of the first column, in their order,", err);
	*out = x->cursor;
	x->cursor = x->cursor->next;
	return OK;
}

static enum status read_cell(struct import_walk *w, const struct import_walk_field *field, struct import_avid_row *row,
			     struct err *err)
{
	void *at = (char *)row + field->at;
	TRY(json_next(&w->json, err));
	return field->type == IMPORT_WALK_TEXT ? import_walk_text(w, at, err) : import_walk_int(w, at, err);
}

static enum status read_column(struct import_walk *w, struct import_avid_report *x,
			       const struct import_walk_field *field, struct err *err)
{
	if (w->json.event != JSON_OBJECT)
		return json_skip(&w->json, err);
	x->cursor = x->table;
	for (;;) {
		struct import_avid_row *row = NULL;
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT_END)
			break;
		TRY(find_row(w, x, &row, err));
		TRY(read_cell(w, field, row, err));
	}
	if (x->has_columns && x->cursor)
		return json_expected(&w->json, "the rows of the first column, in their order,", err);
	x->has_columns = true;
	return OK;
}

#define COLUMN(name, index)                                                                                            \
	static enum status read_##name(struct import_walk *w, void *record, struct err *err)                           \
	{                                                                                                              \
		return read_column(w, record, &row_fields[index], err);                                                \
	}
COLUMN(detector, 0)
COLUMN(passed, 1)
COLUMN(total, 2)
COLUMN(total_evaluated, 3)

/* What a metric holds is free: what has not the shape of counts per detector is another measure and is passed over.
   `score` is left alone: it is the share that passed, in a metric that says it counts failures. */
enum status import_avid_metrics(struct import_walk *w, void *report, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("rows"), .type = IMPORT_WALK_CALL, .call = read_rows},
	    {.key = S("detector"), .type = IMPORT_WALK_CALL, .call = read_detector},
	    {.key = S("passed"), .type = IMPORT_WALK_CALL, .call = read_passed},
	    {.key = S("total"), .type = IMPORT_WALK_CALL, .call = read_total},
	    {.key = S("total_evaluated"), .type = IMPORT_WALK_CALL, .call = read_total_evaluated},
	    {.key = {NULL, 0}},
	};
	struct import_avid_report *x = report;
	x->table = x->cursor = NULL;
	x->has_rows = x->has_columns = false;
	if (w->json.event == JSON_ARRAY)
		return read_rows(w, x, err);
	if (w->json.event != JSON_OBJECT)
		return json_skip(&w->json, err);
	TRY(import_walk_members(w, fields, x, err));
	return x->has_rows && x->has_columns ? json_expected(&w->json, "results by rows or by columns, not both,", err)
					     : OK;
}
