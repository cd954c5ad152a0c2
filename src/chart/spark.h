/**
 * The course of an index in a row of a table: a line without words; the number stands beside it.
 */
#ifndef CHART_SPARK_H
#define CHART_SPARK_H

#include "chart/chart.h"

struct chart_spark {
	const int32_t *index; /* 1000..5000, or CHART_ABSENT for a gap; anything else is E_BUG */
	size_t n;             /* 0, or nothing but gaps: an empty chart; more than LIMIT_CHART_POINTS is E_TOO_LARGE */
	int top; /* 2..5: the level at the upper edge, the same in all rows; 0: from the numbers, 4 or more. A value
		    above it: E_BUG */
};

MUST_USE enum status chart_spark(const struct chart_spark *in, struct arena *a, struct chart *out, struct err *err);

#endif
