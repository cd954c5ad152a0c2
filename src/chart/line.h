/**
 * A line through values at equal distances, with a gap wherever one is absent. Never smoothed, never bridged.
 */
#ifndef CHART_LINE_H
#define CHART_LINE_H

#include "chart/chart.h"

/* A scale: the value `low` stands at y `bottom`, each `unit` above it `height` higher (both thousandths). */
struct chart_line_scale {
	int32_t low, bottom, unit, height;
};
int32_t chart_line_y(const struct chart_line_scale *s, int32_t value);

/* n values over the width 0..right; E_TOO_LARGE for more than LIMIT_CHART_POINTS. */
struct chart_line {
	const int32_t *values;
	size_t n;
	int32_t right;
	struct chart_line_scale scale;
};
/* The line; a value with gaps on both sides is a short dash. Adds nothing when all are absent. */
void chart_line(struct chart *c, enum chart_role role, const struct chart_line *l);
/* The same as steps: each value holds until the next one. */
void chart_line_steps(struct chart *c, enum chart_role role, const struct chart_line *l);
/* The area between two lines, where both are known. */
void chart_line_area(struct chart *c, enum chart_role role, const struct chart_line *upper, const int32_t *lower);
MUST_USE enum status chart_line_check(const struct chart_line *l, int32_t low, int32_t high, struct err *err);

#endif
