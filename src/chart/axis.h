/**
 * What several charts need along an axis: where a level stands, names of months, labels that keep their distance.
 */
#ifndef CHART_AXIS_H
#define CHART_AXIS_H

#include "chart/chart.h"

/* Labels stand at least this far apart, in thousandths of a unit. */
#define CHART_AXIS_GAP 15000

/**
 * Moves labels apart. y: n places in the order wished, from the top down; each goes as little down as it must to be
 * `gap` below the one before it, and then up as it must so that the last is at most `bottom`. Where there is no room
 * for all the first ones leave the top.
 */
void chart_axis_spread(int32_t *y, size_t n, int32_t gap, int32_t bottom);
/* The lowest level, 2..5, that no value of the list is above; absent values do not count. 2 for none. */
int chart_axis_top(const int32_t *values, size_t n);
/* "Nov 26", "Nov" without the year, "22 Nov" with the day. */
enum chart_axis_date { CHART_AXIS_MONTH_YEAR, CHART_AXIS_MONTH, CHART_AXIS_DAY };
str chart_axis_date(struct chart *c, int64_t ms, enum chart_axis_date form);

/* A time axis of n points that stand at equal distances, 1 or more. */
struct chart_axis_time {
	const int64_t *at_ms; /* ascending */
	size_t n;
	int32_t right; /* percent, thousandths: where the last point stands; the first stands at 0 */
	int32_t y;     /* baseline of the words */
	enum chart_axis_names {
		CHART_AXIS_ALL,      /* at most 13 names, of which about five remain below 860 px */
		CHART_AXIS_QUARTERS, /* at most 5 */
		CHART_AXIS_ENDS      /* the first and the last */
	} names;
};
/* Percent, thousandths: where point i stands. A single point stands at the right end. */
int32_t chart_axis_x(size_t i, size_t n, int32_t right);
/* Writes the names: months, the first and the last with their years; days where months would repeat. Where there are
   many, the second one is left out. */
void chart_axis_time(struct chart *c, const struct chart_axis_time *t);

#endif
