/**
 * A tally as a bar: yes, unknown, no from the left, and a tick at the threshold.
 *
 * The tick is the verdict, exactly: it stands in yes if and only if 1000 * yes >= threshold * n (met), right of
 * everything that is not no if and only if 1000 * (yes + unknown) < threshold * n (not met), and in between otherwise
 * (open). "Stands in" means that the part reaches the tick or passes it. Each part that is not nothing is widened to a
 * pixel of the narrowest bar, as far as the tick allows.
 */
#ifndef CHART_TALLY_H
#define CHART_TALLY_H

#include "chart/chart.h"
#include "core/measure.h"

struct chart_tally {
	struct measure_tally tally; /* counts 0..2^53, else E_BUG; all zero: an empty population, and an empty chart */
	int32_t threshold;          /* thousandths, 1..1000; CHART_ABSENT: no tick */
	bool big;                   /* with the words "needs 90 %" */
};

/* Where the parts end, in thousandths of a percent: yes from 0, unknown from yes, no from unknown to CHART_WIDTH. */
struct chart_tally_cuts {
	int32_t yes, unknown;
};

MUST_USE enum status chart_tally(const struct chart_tally *in, struct arena *a, struct chart *out, struct err *err);
/* least: what a part that is not nothing takes at least. The population is not empty. */
struct chart_tally_cuts chart_tally_cuts(struct measure_tally t, int32_t threshold, int32_t least);

#endif
