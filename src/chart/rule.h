/**
 * The scale from 1 to 5 of a program or category, with what is known about it: index, at most, evidenced, past, target.
 */
#ifndef CHART_RULE_H
#define CHART_RULE_H

#include "chart/chart.h"

/* Each value is 1000..5000 (thousandths) or CHART_ABSENT; anything else is E_BUG. */
struct chart_rule {
	int32_t index;     /* absent: nothing applies, and the chart is empty */
	int32_t high;      /* at most; drawn when it is above the index */
	int32_t evidenced; /* absent while nothing is known */
	int32_t past;
	str past_words; /* "a year ago" */
	int32_t target;
	const str *levels; /* five names; NULL: numerals alone */
};

/* 168 units high, 112 when nothing stands below the scale; 30 more for each row of labels that would collide. */
MUST_USE enum status chart_rule(const struct chart_rule *in, struct arena *a, struct chart *out, struct err *err);

#endif
