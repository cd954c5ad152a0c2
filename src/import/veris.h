/**
 * VERIS incidents (JSON, a list, or JSON Lines): what the files of this format share.
 *
 * VERIS dates the first compromise, and tells discovery and containment as durations from there. It has no word for AI:
 * an organisation says it in `plus`, the place of the standard for what is its own. Only one incident is kept at a
 * time.
 */
#ifndef IMPORT_VERIS_H
#define IMPORT_VERIS_H

#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

/* A span of time as the file tells it; the unit is lower case, empty = not told. */
struct import_veris_span {
	str unit;
	struct evidence_value value;
	bool part; /* the value is no whole number */
};

/* An incident as it stands in the file; its texts live in the scratch arena. */
struct import_veris_incident {
	int64_t record, line;
	str id, source, status, summary, rating, time;
	struct evidence_value year, month, day;
	struct import_veris_span discovery, containment, *span; /* span: the one that is being read */
	uint64_t actions;                                       /* a bit per category that is told */
	/* plus.aismm */
	struct evidence_value ai;
	str kind, system;
};

struct import_veris {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current incident */
	bool named, several;  /* an incident has named its source; they do not share one */
	str source;
	struct import_seen_rows rows;
	struct import_flaw not_one, not_ai, not_told, no_day, clock, zone, coarse, backwards, rating;
};

/* veris_row.c: checks an incident and pushes its row. */
MUST_USE enum status import_veris_row(struct import_veris *v, const struct import_veris_incident *x, struct err *err);
/* A category of action by its index; n = 0 behind the last. */
str import_veris_row_action(size_t index);

#endif
