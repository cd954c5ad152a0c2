#include "chart/bar.h"

#include <inttypes.h>

#define MOST (INT64_C(1) << 40)

enum { LEAST = 1000 }; /* what is not nothing takes a percent */

static void bar(struct chart *c, enum chart_role role, int32_t x2, int32_t height)
{
	chart_add(c, (struct chart_mark){.shape = CHART_BAR, .role = role, .x2 = x2, .y2 = height, .r = height / 2});
}

/* part of whole as a width: nothing only for nothing, everything only for everything. */
static int32_t share(int64_t part, int64_t whole)
{
	int32_t width = chart_part(part, CHART_WIDTH, whole);
	if (part > 0 && width < LEAST)
		return LEAST;
	return part < whole && width > CHART_WIDTH - LEAST ? CHART_WIDTH - LEAST : width;
}

enum chart_bar_age_state chart_bar_age_state(const struct chart_bar_age *in)
{
	if (in->stale)
		return CHART_BAR_STALE;
	if (in->window_ms <= 0)
		return CHART_BAR_NO_DATA;
	return in->age_ms >= in->window_ms - in->window_ms / 4 ? CHART_BAR_SOON : CHART_BAR_FRESH;
}

enum status chart_bar_age(const struct chart_bar_age *in, struct arena *a, struct chart *out, struct err *err)
{
	struct chart c = chart_new(CHART_AGE, CHART_FLUID, CHART_WIDTH, 4000, a);
	enum chart_bar_age_state state = chart_bar_age_state(in);
	int64_t age = in->age_ms < 0 ? 0 : in->age_ms > in->window_ms ? in->window_ms : in->age_ms;
	if (state != CHART_BAR_NO_DATA)
		bar(&c, CHART_TRACK, CHART_WIDTH, c.height);
	if ((state == CHART_BAR_FRESH || state == CHART_BAR_SOON) && age > 0)
		bar(&c, CHART_ELAPSED, share(age, in->window_ms), c.height);
	return chart_done(&c, out, err);
}

enum status chart_bar_progress(int64_t done, int64_t total, struct arena *a, struct chart *out, struct err *err)
{
	struct chart c = chart_new(CHART_PROGRESS, CHART_FLUID, CHART_WIDTH, 6000, a);
	if (done < 0 || done > total)
		return err_set(err, E_BUG, "a chart was given a progress of %" PRId64 " of %" PRId64, done, total);
	if (total == 0)
		return chart_done(&c, out, err);
	bar(&c, CHART_TRACK, CHART_WIDTH, c.height);
	if (done > 0)
		bar(&c, CHART_ELAPSED, share(done, total), c.height);
	c.label = chart_print(&c, "%" PRId64 " of %" PRId64 " done", done, total);
	return chart_done(&c, out, err);
}

enum status chart_bar_fill(int level, int32_t attainment, struct arena *a, struct chart *out, struct err *err)
{
	struct chart c = chart_new(CHART_FILL, CHART_FLUID_ALL, CHART_WIDTH, CHART_WIDTH, a);
	TRY(chart_check(level, 1, 5, err));
	TRY(chart_check(attainment, 0, 1000, err));
	if (attainment != CHART_ABSENT && attainment > 0)
		chart_add(&c, (struct chart_mark){.shape = CHART_BAR,
						  .role = CHART_PART_1 + (level - 1),
						  .x2 = attainment * 100,
						  .y2 = CHART_WIDTH});
	return chart_done(&c, out, err);
}

enum status chart_bar_rungs(int level, struct arena *a, struct chart *out, struct err *err)
{
	struct chart c = chart_new(CHART_RUNGS, CHART_BOX, 15000, 11000, a);
	TRY(chart_check(level, 1, 5, err));
	for (int i = 0; i < 5; i++)
		chart_add(&c, (struct chart_mark){.shape = CHART_BAR,
						  .role = i < level ? CHART_PLAIN : CHART_OFF,
						  .x = i * 3200,
						  .y = 9000 - i * 2000,
						  .x2 = i * 3200 + 2200,
						  .y2 = 11000});
	return chart_done(&c, out, err);
}

/* The widths of the five parts: in proportion, but nothing only for nothing. The widest gives what the others get. */
static void widths(const int64_t counts[5], int64_t total, int32_t out[5])
{
	int32_t rest = CHART_WIDTH;
	int widest = 0;
	for (int i = 0; i < 5; i++) {
		out[i] = chart_part(counts[i], CHART_WIDTH, total);
		if (counts[i] > 0 && out[i] < LEAST)
			out[i] = LEAST;
		rest -= out[i];
		widest = counts[i] > counts[widest] ? i : widest;
	}
	out[widest] += rest;
}

enum status chart_bar_distribution(const struct chart_bar_distribution *in, struct arena *a, struct chart *out,
				   struct err *err)
{
	struct chart c = chart_new(CHART_DISTRIBUTION, CHART_FLUID, CHART_WIDTH, 19000, a);
	int64_t total = 0;
	int32_t width[5], x = 0;
	for (int i = 0; i < 5; i++) {
		if (in->counts[i] < 0 || in->counts[i] > MOST)
			return err_set(err, E_BUG, "a chart was given a count that is not from 0 to 2^40");
		total += in->counts[i];
	}
	if (total == 0)
		return chart_done(&c, out, err);
	widths(in->counts, total, width);
	c.label = chart_print(&c, "%" PRId64 " %.*s:", total, STR_ARG(in->noun));
	for (int i = 0; i < 5; i++) {
		if (in->counts[i] == 0)
			continue;
		chart_add(&c,
			  (struct chart_mark){
			      .shape = CHART_BAR, .role = CHART_BOX_1 + i, .x = x, .x2 = x + width[i], .y2 = c.height});
		c.label = chart_print(&c, "%.*s%s %" PRId64 " at level %d", STR_ARG(c.label), x ? "," : "",
				      in->counts[i], i + 1);
		x += width[i];
	}
	return chart_done(&c, out, err);
}
