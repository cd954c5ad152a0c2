#include "chart/measures.h"

#include "base/limits.h"
#include "chart/axis.h"
#include "chart/line.h"

#define MOST (INT64_C(1) << 53)

enum { RIGHT = 86000, LABEL_X = 86800, TOP = 14000, BOTTOM = 184000, HEIGHT = 210000, NAMES_Y = 202000, TEXT = 4000 };
enum { NEAR = 13000 }; /* the words of two lines nearer than this would touch */

/* share: thousandths of all. */
static int32_t y_of(int32_t share)
{
	return BOTTOM - share * ((BOTTOM - TOP) / 1000);
}

static void words(struct chart *c, enum chart_role role, int32_t share)
{
	str percent = chart_percent(c, share);
	chart_add(c, (struct chart_mark){.shape = CHART_WORDS,
					 .role = role,
					 .x = LABEL_X,
					 .y = y_of(share) + TEXT,
					 .text = chart_print(c, "%.*s\u202f%%", STR_ARG(percent))});
}

/* The threshold's words matter more than those of a line beside it. */
static void grid(struct chart *c, int32_t threshold)
{
	chart_add(c, (struct chart_mark){.shape = CHART_GROUP, .role = CHART_GRID});
	for (int32_t share = 0; share < 1000; share += 250) {
		int32_t y = y_of(share), apart = threshold == CHART_ABSENT ? NEAR : y - y_of(threshold);
		chart_add(c, (struct chart_mark){.shape = CHART_LINE, .x2 = RIGHT, .y = y, .y2 = y});
		if (apart >= NEAR || apart <= -NEAR)
			words(c, CHART_LEVEL_NAME, share);
	}
	chart_end(c);
}

/* The borders between the three areas, thousandths of a percent; room for 4 * n. */
struct borders {
	int32_t *all, *known, *yes, *none;
};

static bool borders(const struct chart_measures *in, int32_t *values, struct borders *out)
{
	bool some = false;
	*out = (struct borders){values, values + in->n, values + 2 * in->n, values + 3 * in->n};
	for (size_t i = 0; i < in->n; i++) {
		struct measure_tally t = in->points[i].tally;
		int64_t n = measure_total(t);
		out->all[i] = n ? CHART_WIDTH : CHART_ABSENT;
		out->known[i] = n ? chart_part(t.yes + t.unknown, CHART_WIDTH, n) : CHART_ABSENT;
		out->yes[i] = n ? chart_part(t.yes, CHART_WIDTH, n) : CHART_ABSENT;
		out->none[i] = n ? 0 : CHART_ABSENT;
		some = some || n;
	}
	return some;
}

static void areas(struct chart *c, const struct borders *b, size_t n)
{
	struct chart_line_scale scale = {0, 100000, CHART_WIDTH, 100000};
	struct chart_line all = {b->all, n, 100000, scale}, open = {b->known, n, 100000, scale},
			  yes = {b->yes, n, 100000, scale};
	chart_add(c, (struct chart_mark){.shape = CHART_AREA, .y = TOP, .x2 = RIGHT, .y2 = BOTTOM});
	chart_line_area(c, CHART_NO_AREA, &all, b->known);
	chart_line_area(c, CHART_UNKNOWN_AREA, &open, b->yes);
	chart_line_area(c, CHART_YES_AREA, &yes, b->none);
	chart_end(c);
}

static str share_of(struct chart *c, int64_t part, struct measure_tally t)
{
	return chart_percent(c, chart_part(part, 1000, measure_total(t)));
}

static str sentence(struct chart *c, const struct chart_measures *in)
{
	const struct chart_measures_point *p = in->points, *last = &in->points[in->n - 1];
	while (measure_total(p->tally) == 0)
		p++;
	str from = share_of(c, p->tally.yes, p->tally), text;
	if (measure_total(last->tally) == 0) {
		text = chart_print(c, "Yes over %.*s from %.*s percent; not known at the end", STR_ARG(in->span),
				   STR_ARG(from));
	} else {
		str yes = share_of(c, last->tally.yes, last->tally);
		str unknown = share_of(c, last->tally.unknown, last->tally);
		str no = share_of(c, last->tally.no, last->tally);
		text = chart_print(c, "Yes over %.*s from %.*s to %.*s percent, now unknown %.*s and no %.*s percent",
				   STR_ARG(in->span), STR_ARG(from), STR_ARG(yes), STR_ARG(unknown), STR_ARG(no));
	}
	if (in->threshold == CHART_ABSENT)
		return text;
	str share = chart_percent(c, in->threshold);
	return chart_print(c, "%.*s; threshold %.*s percent", STR_ARG(text), STR_ARG(share));
}

static enum status check(const struct chart_measures *in, struct err *err)
{
	TRY(chart_check(in->threshold, 1, 1000, err));
	if (in->n > LIMIT_CHART_POINTS)
		return err_set(err, E_TOO_LARGE, "a line has more than %d points", LIMIT_CHART_POINTS);
	for (size_t i = 0; i < in->n; i++) {
		struct measure_tally t = in->points[i].tally;
		if (t.yes < 0 || t.yes > MOST || t.unknown < 0 || t.unknown > MOST || t.no < 0 || t.no > MOST)
			return err_set(err, E_BUG, "a chart was given a count that is not from 0 to 2^53");
	}
	return OK;
}

enum status chart_measures(const struct chart_measures *in, struct arena *a, struct chart *out, struct err *err)
{
	struct chart c = chart_new(CHART_MEASURES, CHART_FLUID, CHART_WIDTH, HEIGHT, a);
	struct borders b;
	TRY(check(in, err));
	int32_t *values = arena_new(a, int32_t, 4 * in->n + 1);
	int64_t *at_ms = arena_new(a, int64_t, in->n + 1);
	if (!values || !at_ms)
		return err_full(err);
	if (!borders(in, values, &b))
		return chart_done(&c, out, err);
	for (size_t i = 0; i < in->n; i++)
		at_ms[i] = in->points[i].at_ms;
	grid(&c, in->threshold);
	areas(&c, &b, in->n);
	if (in->threshold != CHART_ABSENT) {
		int32_t y = y_of(in->threshold);
		chart_add(&c, (struct chart_mark){
				  .shape = CHART_LINE, .role = CHART_THRESHOLD, .x2 = RIGHT, .y = y, .y2 = y});
		words(&c, CHART_LABEL, in->threshold);
	}
	chart_axis_time(&c, &(struct chart_axis_time){at_ms, in->n, RIGHT, NAMES_Y, CHART_AXIS_QUARTERS});
	c.label = sentence(&c, in);
	return chart_done(&c, out, err);
}
