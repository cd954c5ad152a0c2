/**
 * The small scale in a row of a table: a diamond for evidenced, a dot for the index, dotted to "at most".
 */
#ifndef CHART_RANGE_H
#define CHART_RANGE_H

#include "chart/chart.h"

/* Each value is 1000..5000 (thousandths) or CHART_ABSENT; anything else is E_BUG. */
struct chart_range {
	int32_t index;           /* absent: nothing applies, and the chart is empty */
	int32_t high, evidenced; /* not drawn where they are the index */
};

MUST_USE enum status chart_range(const struct chart_range *in, struct arena *a, struct chart *out, struct err *err);

#endif
