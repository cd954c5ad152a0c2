/**
 * Attempts of attacks, counted per run, target and attack: for formats whose records are single attempts.
 *
 * A row of the tally costs some 300 bytes of the arena, besides long texts; a file has as many as it names different
 * attacks and targets, however many attempts. An attempt that nobody judged is neither withstood nor successful.
 */
#ifndef IMPORT_TALLY_H
#define IMPORT_TALLY_H

#include "import/import.h"
#include "import/seen.h"

enum import_tally_outcome { IMPORT_TALLY_PASSED, IMPORT_TALLY_FAILED, IMPORT_TALLY_UNJUDGED };

struct import_tally_row {
	struct import_tally_row *next;
	str run, system, probe, class; /* the key; what is not known is empty */
	int64_t passed, failed;
	int64_t record, line; /* of the first attempt */
	bool has_time;
	int64_t first_ms, last_ms;
};

struct import_tally {
	struct import_input *in;
	str tool; /* of every row; empty when the file does not say */
	str feed; /* what the feed's name begins with */
	struct import_tally_row *first, *last;
	struct import_tally_row **table;
	size_t cap, n;
	bool class_in_id; /* for a class that the file says; one that we derive may change with the program */
	bool several_systems;
	struct import_seen_rows rows;
};

/* The row with the key's texts, added when it is new (record and line of the key are taken then). */
MUST_USE enum status import_tally_find(struct import_tally *t, const struct import_tally_row *key,
				       struct import_tally_row **out, struct err *err);
void import_tally_count(struct import_tally_row *row, enum import_tally_outcome outcome);
/* The earliest and latest attempt of the row. */
void import_tally_time(struct import_tally_row *row, int64_t ms);
/* Pushes every row in which something was judged, under run|system|probe (and |class); what is empty is left
   out. Warns. */
MUST_USE enum status import_tally_push(struct import_tally *t, struct err *err);
/* The feed's name, "feed:system", when all rows name the same; else nothing. */
MUST_USE enum status import_tally_name(struct import_tally *t, struct err *err);

#endif
