/**
 * Small bars: the age of evidence, progress, a part of a cell, the rungs of a level, a distribution over levels.
 */
#ifndef CHART_BAR_H
#define CHART_BAR_H

#include "chart/chart.h"

/* The fuse: how much of its window a piece of evidence has used. The words beside it carry the meaning. */
struct chart_bar_age {
	int64_t age_ms;    /* below zero counts as zero */
	int64_t window_ms; /* 0 or less: no data, and an empty chart */
	bool stale;        /* as the scoring rules say: the fuse has burnt down, whatever the age */
};
enum chart_bar_age_state { CHART_BAR_FRESH, CHART_BAR_SOON, CHART_BAR_STALE, CHART_BAR_NO_DATA };
/* Soon: three quarters of the window are used. */
enum chart_bar_age_state chart_bar_age_state(const struct chart_bar_age *in);
MUST_USE enum status chart_bar_age(const struct chart_bar_age *in, struct arena *a, struct chart *out, struct err *err);

/* done of total; done is 0..total, else E_BUG. A total of 0 gives an empty chart. Full only when all is done. */
MUST_USE enum status chart_bar_progress(int64_t done, int64_t total, struct arena *a, struct chart *out,
					struct err *err);

/* The part of a cell of the heat map: level 1..5, attainment 0..1000, else E_BUG; 0 and absent give an empty chart. */
MUST_USE enum status chart_bar_fill(int level, int32_t attainment, struct arena *a, struct chart *out, struct err *err);

/* Five rising bars, `level` of them filled; level 1..5, else E_BUG. */
MUST_USE enum status chart_bar_rungs(int level, struct arena *a, struct chart *out, struct err *err);

/* How many stand at each level, 0 or more each, at most 2^40, else E_BUG; none at all gives an empty chart. */
struct chart_bar_distribution {
	int64_t counts[5];
	str noun; /* what is counted, in the plural: "units" */
};
MUST_USE enum status chart_bar_distribution(const struct chart_bar_distribution *in, struct arena *a, struct chart *out,
					    struct err *err);

#endif
