/**
 * Measures: one tally (yes, no, unknown) for a unit, an objective and a source, observed at a time.
 */
#ifndef CORE_MEASURE_H
#define CORE_MEASURE_H

#include "base/err.h"
#include "base/str.h"

enum measure_basis {
	MEASURE_ATTESTED, /* a person says so */
	MEASURE_REVIEWED, /* a second person confirmed it with evidence */
	MEASURE_MEASURED  /* a check or a machine computed it */
};

/* The greatest count of a measure, LIMIT_COUNT, as people read it. */
#define MEASURE_COUNT_MOST "1\u202f000\u202f000\u202f000"

/* Each count is 0..LIMIT_COUNT in a measure; sums over units stay below 2^53. */
struct measure_tally {
	int64_t yes, no, unknown;
};

/* As the score needs it. The arrays that the score reads are sorted by measure_order. */
struct measure {
	int unit;      /* index into the unit tree */
	int objective; /* index into the model */
	int source;    /* index into a table of names; only equality matters here */
	enum measure_basis basis;
	bool not_applicable; /* with its justification; then the tally is zero */
	bool overrides;      /* carries an override, until override_until_ms */
	struct measure_tally tally;
	int64_t observed_ms;
	int64_t expires_ms; /* explicit expiry; TIME_FOREVER = none */
	int64_t override_until_ms;
	int64_t recorded; /* running number: of equal instants the greater one is current */
};

/* From `at_ms` on a source no longer counts for a unit. */
struct measure_retired {
	int source;
	int unit; /* UNIT_NONE: for every unit */
	int64_t at_ms;
};

struct measure_tally measure_add(struct measure_tally a, struct measure_tally b);
int64_t measure_total(struct measure_tally t);
/* -1 when the word is none of attested, reviewed, measured. */
int measure_basis_find(str word);
str measure_basis_name(enum measure_basis basis);
/* For qsort: by unit, objective, source, observed, recorded. */
int measure_order(const void *a, const void *b);

#endif
