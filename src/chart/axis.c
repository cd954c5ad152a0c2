#include "chart/axis.h"

#include <inttypes.h>

#include "base/time.h"

void chart_axis_spread(int32_t *y, size_t n, int32_t gap, int32_t bottom)
{
	for (size_t i = 1; i < n; i++) {
		if (y[i] < y[i - 1] + gap)
			y[i] = y[i - 1] + gap;
	}
	int32_t most = bottom;
	for (size_t i = n; i-- > 0 && y[i] > most;) {
		y[i] = most;
		most -= gap;
	}
}

int chart_axis_top(const int32_t *values, size_t n)
{
	int top = 2;
	for (size_t i = 0; i < n; i++) {
		if (values[i] == CHART_ABSENT)
			continue;
		while (top < 5 && values[i] > top * 1000)
			top++;
	}
	return top;
}

str chart_axis_date(struct chart *c, int64_t ms, enum chart_axis_date form)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	char text[TIME_TEXT];
	str day = time_format_day(ms, text); /* 2026-11-22 */
	int64_t m = 1, d = 1;
	(void)str_to_i64(str_slice(day, 5, 7), &m);
	(void)str_to_i64(str_slice(day, 8, 10), &d);
	switch (form) {
	case CHART_AXIS_MONTH_YEAR:
		return chart_print(c, "%s %.2s", months[m - 1], text + 2);
	case CHART_AXIS_DAY:
		return chart_print(c, "%" PRId64 " %s", d, months[m - 1]);
	case CHART_AXIS_MONTH:
		break;
	}
	return chart_print(c, "%s", months[m - 1]);
}

int32_t chart_axis_x(size_t i, size_t n, int32_t right)
{
	return n < 2 ? right : (int32_t)((int64_t)right * (int64_t)i / (int64_t)(n - 1));
}

/* Every how many points there is a name. */
static size_t stride_of(const struct chart_axis_time *t)
{
	static const size_t most[] = {[CHART_AXIS_ALL] = 12, [CHART_AXIS_QUARTERS] = 4, [CHART_AXIS_ENDS] = 1};
	size_t steps = t->n - 1, parts = most[t->names];
	return steps <= parts ? 1 : (steps + parts - 1) / parts;
}

static enum chart_axis_date form_of(const struct chart_axis_time *t, size_t i, size_t stride)
{
	int64_t span = t->at_ms[t->n - 1] - t->at_ms[0];
	if (t->n > 1 && span / (int64_t)(t->n - 1) * (int64_t)stride < 27 * TIME_DAY_MS)
		return CHART_AXIS_DAY;
	return i == 0 || i == t->n - 1 || span > 400 * TIME_DAY_MS ? CHART_AXIS_MONTH_YEAR : CHART_AXIS_MONTH;
}

static enum chart_anchor anchor_of(const struct chart_axis_time *t, size_t i)
{
	if (i == t->n - 1)
		return t->names == CHART_AXIS_ALL ? CHART_MIDDLE : CHART_FINISH;
	return i == 0 ? CHART_START : CHART_MIDDLE;
}

/* The first name has its year and stands to the right of its point: among many names the second one has no room. */
static bool is_crowded(const struct chart_axis_time *t, size_t i, size_t stride)
{
	return i == stride && (t->n - 1) / stride > 8;
}

void chart_axis_time(struct chart *c, const struct chart_axis_time *t)
{
	size_t stride = stride_of(t), last = t->n - 1;
	for (size_t i = 0; i <= last; i++) {
		bool named = i % stride == 0 && i + stride <= last && !is_crowded(t, i, stride);
		bool stays = i / stride % 3 == 0 && i + 2 * stride <= last;
		if (!named && i != last)
			continue;
		chart_add(c, (struct chart_mark){
				 .shape = CHART_WORDS,
				 .x = chart_axis_x(i, t->n, t->right),
				 .y = t->y,
				 .anchor = anchor_of(t, i),
				 .show = t->names == CHART_AXIS_ALL && !stays && i != last ? CHART_WIDE : CHART_ALWAYS,
				 .text = chart_axis_date(c, t->at_ms[i], form_of(t, i, stride)),
			     });
	}
}
