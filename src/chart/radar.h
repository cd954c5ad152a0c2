/**
 * The shape of a program: one spoke for each category, clockwise from the top; now, target and past.
 */
#ifndef CHART_RADAR_H
#define CHART_RADAR_H

#include "chart/chart.h"

struct chart_radar {
	const struct chart_radar_spoke {
		str code, link; /* "GOV", and where it leads to */
		int32_t index, target,
		    past; /* 1000..5000 (thousandths) or CHART_ABSENT, a gap; anything else is E_BUG */
	} * spokes;
	size_t n; /* below 3: an empty chart; above LIMIT_CHART_SPOKES: E_TOO_LARGE */
};

/* A box of 460 by 400 units. A category without an index is not applicable: a gap in the shape and a dash at its name.
 */
MUST_USE enum status chart_radar(const struct chart_radar *in, struct arena *a, struct chart *out, struct err *err);

#endif
