#include "db/sandbox.h"
#include "store/lens.h"

enum { SHARED = 3 /* unit_id, id and observed_at stand before the kind's own columns */ };

struct giver {
	const struct evidence_kind *kind;
	store_lens_list_fn *row;
	void *ctx;
};

static struct sandbox_value value_of(const struct evidence_value *v, bool text)
{
	return (struct sandbox_value){.is_null = !v->known, .is_text = text, .i64 = v->i64, .text = v->text};
}

static enum status give(void *ctx, const struct sandbox_value *values, struct err *err)
{
	const struct giver *g = ctx;
	struct evidence_value own[EVIDENCE_COLUMNS_MAX];
	struct store_lens_row row = {values[0].text, values[1].text, values[2].i64, own};
	for (int c = 0; c < g->kind->n_columns; c++) {
		const struct sandbox_value *v = &values[SHARED + c];
		own[c] = (struct evidence_value){!v->is_null, v->i64, v->text};
	}
	return g->row(g->ctx, &row, err);
}

enum status store_lens_list(struct store_lens *lens, const struct store_lens_question *question,
			    store_lens_list_fn *row, void *ctx, int64_t *total, struct err *err)
{
	const struct evidence_kind *kind = &evidence_kinds[question->kind];
	struct sandbox_match match[STORE_LENS_MATCHES];
	struct giver giver = {kind, row, ctx};
	if (question->n_match > STORE_LENS_MATCHES || !(lens->filled & EVIDENCE_BIT(question->kind)))
		return err_set(err, E_BUG, "rows of %.*s that were not laid out", STR_ARG(kind->name));
	for (size_t i = 0; i < question->n_match; i++) {
		int c = question->match[i].column;
		bool text = c < STORE_LENS_OBSERVED || (c >= 0 && kind->columns[c].type == EVIDENCE_TEXT);
		match[i] = (struct sandbox_match){SHARED + c, value_of(&question->match[i].value, text)};
	}
	size_t n_words = 0;
	const str *words =
	    question->order < 0 ? NULL : evidence_column_words(&kind->columns[question->order], &n_words);
	struct sandbox_question q = {
	    .table = (int)question->kind,
	    .match = match,
	    .n_match = question->n_match,
	    .text = question->text,
	    .order = SHARED + question->order,
	    .down = question->down,
	    .words = words,
	    .n_words = n_words,
	    .offset = question->offset,
	    .limit = question->limit,
	};
	return sandbox_list(lens->sandbox, &q, give, &giver, total, err);
}
