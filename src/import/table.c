#include "import/table.h"

#include <inttypes.h>

#include "base/limits.h"

static enum status read_value(struct import_table *t, size_t i, str cell, struct evidence_record *r,
			      struct evidence_value *observed, struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	int target = t->targets[i];
	enum status status = target == IMPORT_TABLE_OBSERVED
				 ? import_table_time(&t->cells, cell, &observed->i64, &observed->known, err)
				 : import_table_value(&t->cells, cell, target, &r->values[target], err);
	if (status != E_INVALID)
		return status;
	err_detail(err, "column %s", import_walk_show(t->csv.columns[i], shown));
	return csv_at(&t->csv, i, err);
}

static enum status read_cell(struct import_table *t, size_t i, struct evidence_record *r,
			     struct evidence_value *observed, struct err *err)
{
	str cell = str_trim(t->csv.cells[i]);
	if (cell.n == 0 || t->targets[i] == IMPORT_TABLE_UNUSED)
		return OK;
	if (t->targets[i] >= 0 || t->targets[i] == IMPORT_TABLE_OBSERVED)
		return read_value(t, i, cell, r, observed, err);
	if (cell.n > LIMIT_ID_BYTES) {
		err_set(err, E_INVALID, "an id or unit of at most 512 bytes expected");
		return csv_at(&t->csv, i, err);
	}
	*(t->targets[i] == IMPORT_TABLE_ID ? &r->id : &r->unit) = cell;
	return OK;
}

static size_t id_cell(const struct import_table *t)
{
	size_t i = 0;
	while (t->targets[i] != IMPORT_TABLE_ID)
		i++;
	return i;
}

/* What the row says; an error here is the row's alone. */
static enum status read_row(struct import_table *t, struct evidence_record *r, struct evidence_value *observed,
			    struct err *err)
{
	for (size_t i = 0; i < t->csv.n_columns; i++)
		TRY(read_cell(t, i, r, observed, err));
	if (r->id.n && !import_table_is_placeholder(r->id))
		return OK;
	err_set(err, E_INVALID, "an id expected");
	return csv_at(&t->csv, id_cell(t), err);
}

/* One row per unit and id. */
static enum status check_once(struct import_table *t, const struct evidence_record *r, struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	struct import_seen_entry *e;
	TRY(import_seen_add(&t->seen, r->unit, r->id, &e, err));
	if (e->count == 1) {
		e->line = r->line;
		return OK;
	}
	err_set(err, E_INVALID, "the id \"%s\" stands twice: on line %" PRId64 " and on line %" PRId64,
		import_walk_show(r->id, shown), e->line, r->line);
	err_hint(err, "each subject has one row per unit");
	return csv_at(&t->csv, id_cell(t), err);
}

static enum status push_row(struct import_table *t, const struct evidence_record *r,
			    const struct evidence_value *observed, struct err *err)
{
	struct import_facts *facts = t->in->facts;
	TRY(check_once(t, r, err));
	if (observed->known && (!facts->has_time || observed->i64 > facts->observed_ms))
		facts->observed_ms = observed->i64;
	facts->has_time = facts->has_time || observed->known;
	return t->in->sink->record(t->in->sink->ctx, r, err);
}

static enum status take_row(struct import_table *t, struct err *err)
{
	struct evidence_record r = {.kind = t->kind, .main = true, .record = t->csv.record, .line = t->csv.line};
	struct evidence_value observed = {0};
	t->cells.line = t->csv.line;
	t->in->facts->records++;
	enum status status = read_row(t, &r, &observed, err);
	return status == OK ? push_row(t, &r, &observed, err) : import_skip(t->in, status, r.record, err);
}

static enum status read_rows(struct import_table *t, struct err *err)
{
	TRY(csv_open(&t->csv, t->in->from, t->in->arena, err));
	TRY(import_table_columns_map(t, err));
	for (;;) {
		bool more;
		TRY(csv_next(&t->csv, &more, err));
		if (!more)
			return import_table_values_warn(&t->cells, t->in, err);
		enum status status = take_row(t, err);
		arena_release(&t->scratch);
		TRY(status);
	}
}

static enum status read_kind(struct import_input *in, enum evidence_kind_id kind, struct err *err)
{
	struct import_table *t = arena_new(in->arena, struct import_table, 1);
	if (!t)
		return err_full(err);
	*t = (struct import_table){.in = in,
				   .kind = kind,
				   .scratch = ARENA(LIMIT_RECORD_BYTES),
				   .seen.arena = in->arena,
				   .cells = {.kind = kind, .scratch = &t->scratch}};
	return read_rows(t, err);
}

/* ---- detection ---- */

static bool open_head(str head, struct source *from, struct arena *a, struct csv_reader *csv)
{
	*from = source_text(S("head"), head);
	return import_walk_shape(head) == IMPORT_WALK_OTHER && csv_open(csv, from, a, NULL) == OK;
}

bool import_table_has(str head, str column)
{
	struct arena a = ARENA((size_t)8 << 20);
	struct source from;
	struct csv_reader csv;
	bool found = open_head(head, &from, &a, &csv) && csv_column(&csv, column) >= 0;
	arena_release(&a);
	return found;
}

static int sniff_kind(str head, enum evidence_kind_id kind)
{
	struct arena a = ARENA((size_t)8 << 20);
	struct source from;
	struct csv_reader csv;
	int score = open_head(head, &from, &a, &csv) ? import_table_columns_score(kind, &csv) : 0;
	arena_release(&a);
	return score;
}

/* The formats differ in their kind only. */
#define TABLE_FORMAT(kind_name, id, words)                                                                             \
	static int sniff_##kind_name(str head, bool complete)                                                          \
	{                                                                                                              \
		(void)complete;                                                                                        \
		return sniff_kind(head, id);                                                                           \
	}                                                                                                              \
	static enum status read_##kind_name(struct import_input *in, struct err *err)                                  \
	{                                                                                                              \
		return read_kind(in, id, err);                                                                         \
	}                                                                                                              \
	const struct import_format import_table_##kind_name = {.name = S(#kind_name),                                  \
							       .title = S(words),                                      \
							       .names_units = true,                                    \
							       .skips = true,                                          \
							       .kinds = EVIDENCE_BIT(id),                              \
							       .always = EVIDENCE_BIT(id),                             \
							       .sniff = sniff_##kind_name,                             \
							       .read = read_##kind_name};

IMPORT_TABLE_FORMATS(TABLE_FORMAT)
