/**
 * The shares of yes, unknown and no of an objective over time, against its threshold.
 */
#ifndef CHART_MEASURES_H
#define CHART_MEASURES_H

#include "chart/chart.h"
#include "core/measure.h"

struct chart_measures_point {
	int64_t at_ms;
	struct measure_tally tally; /* counts 0..2^53, else E_BUG; all zero: a gap */
};

struct chart_measures {
	str span;                                  /* "twelve months": for its name */
	const struct chart_measures_point *points; /* in order of time, at equal distances */
	size_t n;          /* 0, or a tally in none: an empty chart; more than LIMIT_CHART_POINTS is E_TOO_LARGE */
	int32_t threshold; /* thousandths, 1..1000, or CHART_ABSENT */
};

MUST_USE enum status chart_measures(const struct chart_measures *in, struct arena *a, struct chart *out,
				    struct err *err);

#endif
