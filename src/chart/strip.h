/**
 * How a category spreads over the units: a dot for each unit above the scale of levels, a line for the whole.
 */
#ifndef CHART_STRIP_H
#define CHART_STRIP_H

#include "chart/chart.h"

struct chart_strip {
	str what;        /* "GOV": for its name */
	str whole_words; /* "group" */
	int32_t whole;   /* 1000..5000 (thousandths) or CHART_ABSENT; anything else is E_BUG */
	const struct chart_strip_unit {
		str name;
		int32_t index; /* the same; absent: the unit is left out */
	} * units;
	size_t n; /* no unit with an index: an empty chart */
};

/**
 * Equal values are stacked, in the order of their names. A stack that is too high for the chart is pressed together; of
 * more than twelve the last dot stands for the rest and says how many. Of more than 200 units those within a percent of
 * the width share a stack.
 */
MUST_USE enum status chart_strip(const struct chart_strip *in, struct arena *a, struct chart *out, struct err *err);

#endif
