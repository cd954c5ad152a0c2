/**
 * CSV of one evidence kind: what the files of this format share.
 *
 * A header name means a column of the kind by the column's own name, by an alias of the kind, by a general alias, or by
 * its form ("is_shared" = shared, "created_date" = created_at). - . / and space count as _, letters are folded.
 */
#ifndef IMPORT_TABLE_H
#define IMPORT_TABLE_H

#include "base/csv.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

/* What a header name means: the index of a column of the kind, or one of these. */
enum { IMPORT_TABLE_UNUSED = -1, IMPORT_TABLE_ID = -2, IMPORT_TABLE_UNIT = -3, IMPORT_TABLE_OBSERVED = -4 };

struct import_table_words_flaw {
	struct import_flaw flaw;
	char first[IMPORT_WALK_SHOW];
};

/* What reading cells of one kind needs, and the flaws that it found. */
struct import_table_cells {
	enum evidence_kind_id kind;
	struct arena *scratch; /* for the texts of one record */
	int64_t line;          /* of that record */
	struct import_flaw placeholder;
	struct import_table_words_flaw words[EVIDENCE_COLUMNS_MAX];
};

struct import_table {
	struct import_input *in;
	enum evidence_kind_id kind;
	struct csv_reader csv;
	const int *targets;   /* per column of the file */
	struct arena scratch; /* of the current row */
	struct import_seen seen;
	struct import_table_cells cells;
};

/* ---- table_columns.c: the header ---- */

/* *exact: by the column's own name. */
int import_table_columns_find(enum evidence_kind_id kind, str header, bool *exact);
/* Fills the targets (arena of the input) and warns of columns that are not used. E_INVALID when two columns mean the
   same or none is the id. */
MUST_USE enum status import_table_columns_map(struct import_table *t, struct err *err);
/* 0..90: how well a header fits the kind. */
int import_table_columns_score(enum evidence_kind_id kind, const struct csv_reader *csv);

/* ---- table_values.c: cells ---- */

/* The value of a cell, which is trimmed and not empty, for column c of the kind. E_INVALID without a place. */
MUST_USE enum status import_table_value(struct import_table_cells *t, str cell, int c, struct evidence_value *out,
					struct err *err);
/* The same for a time, as for `observed`; *known = false for a placeholder. */
MUST_USE enum status import_table_time(struct import_table_cells *t, str cell, int64_t *ms, bool *known,
				       struct err *err);
/* "N/A", "null", "-" and the like. */
bool import_table_is_placeholder(str cell);
/* The warnings about placeholders and unknown words. */
MUST_USE enum status import_table_values_warn(const struct import_table_cells *t, const struct import_input *in,
					      struct err *err);

/* ---- table_words.c: data ---- */

struct import_table_alias {
	int kind; /* -1: every kind that has the column */
	str alias;
	str column; /* or "id", "unit", "observed" */
};
extern const struct import_table_alias import_table_aliases[]; /* an empty alias ends */

/* The words of a text column: "production=prod,live retired" lists the words and, behind =, other words for them. */
struct import_table_words {
	int kind;
	str column;
	str words;
};
extern const struct import_table_words import_table_words[]; /* an empty column ends */

/* Words of BOOL columns besides true and false. */
struct import_table_truth {
	str column, word;
	bool value;
};
extern const struct import_table_truth import_table_truths[]; /* an empty column ends */

#endif
