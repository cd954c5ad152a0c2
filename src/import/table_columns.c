#include "import/table.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "import/near.h"

static int reserved(str name)
{
	if (import_same_word(name, S("id")))
		return IMPORT_TABLE_ID;
	if (import_same_word(name, S("unit")))
		return IMPORT_TABLE_UNIT;
	return import_same_word(name, S("observed")) ? IMPORT_TABLE_OBSERVED : IMPORT_TABLE_UNUSED;
}

/* By its own name; a reserved name comes first. */
static int own_name(enum evidence_kind_id kind, str name)
{
	const struct evidence_kind *k = &evidence_kinds[kind];
	int found = reserved(name);
	for (int c = 0; c < k->n_columns && found == IMPORT_TABLE_UNUSED; c++)
		if (import_same_word(name, k->columns[c].name))
			found = c;
	return found;
}

static int by_alias(enum evidence_kind_id kind, str header)
{
	for (const struct import_table_alias *a = import_table_aliases; a->alias.n; a++) {
		if ((a->kind != -1 && a->kind != (int)kind) || !import_same_word(header, a->alias))
			continue;
		int found = own_name(kind, a->column);
		if (found != IMPORT_TABLE_UNUSED)
			return found;
	}
	return IMPORT_TABLE_UNUSED;
}

/* Whether `header` is `a` and `b` one behind the other. */
static bool joined(str header, str a, str b)
{
	return header.n == a.n + b.n && import_same_word(str_slice(header, 0, a.n), a) &&
	       import_same_word(str_slice(header, a.n, header.n), b);
}

/* "is_shared" and "has_guardrail" for truths, "created" and "created_date" for created_at. */
static bool by_form(const struct evidence_column *column, str header)
{
	str stem = str_slice(column->name, 0, column->name.n >= 3 ? column->name.n - 3 : 0);
	if (column->type == EVIDENCE_BOOL)
		return joined(header, S("is_"), column->name) || joined(header, S("has_"), column->name);
	if (column->type != EVIDENCE_TIME)
		return false;
	return import_same_word(header, stem) || joined(header, stem, S("_date")) || joined(header, stem, S("_on"));
}

int import_table_columns_find(enum evidence_kind_id kind, str header, bool *exact)
{
	const struct evidence_kind *k = &evidence_kinds[kind];
	int found = own_name(kind, header);
	*exact = found != IMPORT_TABLE_UNUSED;
	if (*exact)
		return found;
	found = by_alias(kind, header);
	for (int c = 0; c < k->n_columns && found == IMPORT_TABLE_UNUSED; c++)
		if (by_form(&k->columns[c], header))
			found = c;
	if (found == IMPORT_TABLE_UNUSED && joined(header, k->name, S("_id")))
		found = IMPORT_TABLE_ID;
	return found;
}

static bool has_exact(enum evidence_kind_id kind, const struct csv_reader *csv, int target)
{
	for (size_t i = 0; i < csv->n_columns; i++)
		if (own_name(kind, csv->columns[i]) == target)
			return true;
	return false;
}

/* The meaning of column i, where an own name stands above an alias. */
static int meaning(enum evidence_kind_id kind, const struct csv_reader *csv, size_t i, bool *exact)
{
	int target = import_table_columns_find(kind, csv->columns[i], exact);
	if (!*exact && target != IMPORT_TABLE_UNUSED && has_exact(kind, csv, target))
		return IMPORT_TABLE_UNUSED;
	return target;
}

int import_table_columns_score(enum evidence_kind_id kind, const struct csv_reader *csv)
{
	int known = 0, all = 0;
	bool has_id = false;
	for (size_t i = 0; i < csv->n_columns; i++) {
		bool exact;
		int target = meaning(kind, csv, i, &exact);
		has_id = has_id || target == IMPORT_TABLE_ID;
		if (target < IMPORT_TABLE_UNUSED)
			continue;
		all++;
		if (target >= 0)
			known += exact ? 90 : 80;
	}
	return has_id && all ? known / all : 0;
}

static str nearest(enum evidence_kind_id kind, str header)
{
	const struct evidence_kind *k = &evidence_kinds[kind];
	struct import_near near = import_near(header);
	for (int c = 0; c < k->n_columns; c++)
		import_near_try(&near, k->columns[c].name);
	return near.found;
}

static enum status warn_unused(const struct import_table *t, const int *targets, struct err *err)
{
	struct buf b = BUF(600);
	int unused = 0, shown = 0;
	char name[IMPORT_WALK_SHOW];
	for (size_t i = 0; i < t->csv.n_columns; i++) {
		if (targets[i] != IMPORT_TABLE_UNUSED || unused++ >= 12)
			continue;
		str near = nearest(t->kind, t->csv.columns[i]);
		buf_printf(&b, "%s%s", shown++ ? ", " : "", import_walk_show(t->csv.columns[i], name));
		if (near.n)
			buf_printf(&b, " (did you mean %.*s?)", STR_ARG(near));
	}
	if (unused > shown)
		buf_printf(&b, " and %d more", unused - shown);
	enum status status = OK;
	if (unused) {
		char text[640];
		int n = snprintf(text, sizeof text, "%s not used: %.*s", unused == 1 ? "a column is" : "columns are",
				 STR_ARG(buf_str(&b)));
		status = t->in->sink->warn(t->in->sink->ctx, (str){text, n < 0 ? 0 : (size_t)n}, err);
	}
	buf_release(&b);
	return status;
}

static enum status refuse_double(const struct import_table *t, const int *targets, size_t i, struct err *err)
{
	char first[IMPORT_WALK_SHOW], second[IMPORT_WALK_SHOW];
	size_t k = 0;
	while (targets[k] != targets[i])
		k++;
	err_set(err, E_INVALID, "the columns \"%s\" and \"%s\" mean the same",
		import_walk_show(t->csv.columns[k], first), import_walk_show(t->csv.columns[i], second));
	err_hint(err, "keep one of them");
	return csv_at(&t->csv, i, err);
}

static enum status refuse_no_id(const struct import_table *t, struct err *err)
{
	err_set(err, E_INVALID, "a column id expected");
	err_detail(err, "a table of kind %.*s has one row per subject, named by its id",
		   STR_ARG(evidence_kinds[t->kind].name));
	err_hint(err, "add a column id; docs/formats.md lists the others");
	return csv_at(&t->csv, 0, err);
}

enum status import_table_columns_map(struct import_table *t, struct err *err)
{
	bool taken[EVIDENCE_COLUMNS_MAX - IMPORT_TABLE_OBSERVED] = {false};
	int *targets = arena_new(t->in->arena, int, t->csv.n_columns);
	if (!targets)
		return err_full(err);
	for (size_t i = 0; i < t->csv.n_columns; i++) {
		bool exact;
		targets[i] = meaning(t->kind, &t->csv, i, &exact);
		if (targets[i] == IMPORT_TABLE_UNUSED)
			continue;
		bool *slot = &taken[targets[i] - IMPORT_TABLE_OBSERVED];
		if (*slot)
			return refuse_double(t, targets, i, err);
		*slot = true;
	}
	if (!taken[IMPORT_TABLE_ID - IMPORT_TABLE_OBSERVED])
		return refuse_no_id(t, err);
	t->targets = targets;
	return warn_unused(t, targets, err);
}
