/**
 * AVID reports (JSON, a list, or JSON Lines): what the files of this format share.
 *
 * A report names what was tested and holds metrics; those that count attempts per detector become red-team results.
 * Only one report is kept at a time.
 */
#ifndef IMPORT_AVID_H
#define IMPORT_AVID_H

#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

/* Counts of one detector. */
struct import_avid_row {
	struct import_avid_row *next;
	str key; /* of the row, where a table stands column by column */
	str detector;
	struct evidence_value passed, total, total_evaluated;
	int64_t line;
};

/* A report as it stands in the file; its texts live in the scratch arena. */
struct import_avid_report {
	int64_t record, line;
	str type, report_id, problem, description, reported;
	str artifact; /* the only one */
	int64_t n_artifacts;
	struct import_avid_row *first, *last;
	/* the table that is being read */
	struct import_avid_row *table, *cursor;
	bool has_rows, has_columns;
};

struct import_avid {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current report */
	bool has_system, several;
	str shared_system;
	struct import_seen_rows rows;
	struct import_flaw no_counts, no_date, many_artifacts;
};

/* avid_metrics.c: standing on the results of a metric. */
MUST_USE enum status import_avid_metrics(struct import_walk *w, void *report, struct err *err);
/* avid_row.c: checks a report and pushes its rows. */
MUST_USE enum status import_avid_row(struct import_avid *a, const struct import_avid_report *x, struct err *err);

#endif
