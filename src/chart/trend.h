/**
 * The course of an index: with its range as a band, what is evidenced, the floor, the target and numbered events.
 */
#ifndef CHART_TREND_H
#define CHART_TREND_H

#include "chart/chart.h"

/* Indexes are 1000..5000 or CHART_ABSENT: a gap. The floor is a level 1..5, in thousandths (1000..5000), or absent. */
struct chart_trend_point {
	int64_t at_ms;
	int32_t index, high, evidenced, floor;
};

struct chart_trend {
	str what, span;                         /* "Program index", "twelve months": for its name */
	const struct chart_trend_point *points; /* in order of time, at equal distances */
	size_t n; /* 0, or no index in any: an empty chart; more than LIMIT_CHART_POINTS is E_TOO_LARGE */
	int32_t target;
	const size_t *events; /* the points at which event 1, 2, … happened; E_BUG when there is no such point */
	size_t n_events;      /* at most LIMIT_CHART_EVENTS, else E_TOO_LARGE */
	const str *levels;    /* five names; NULL: numerals alone */
	int top;    /* 2..5: the level at the upper edge; 0: from the numbers, 4 or more. Lower than one: E_BUG */
	bool small; /* without events, names of levels and the evidenced line; 160 units high instead of 290 */
};

MUST_USE enum status chart_trend(const struct chart_trend *in, struct arena *a, struct chart *out, struct err *err);

#endif
