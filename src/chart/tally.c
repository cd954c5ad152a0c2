#include "chart/tally.h"

#include <inttypes.h>

#define MOST (INT64_C(1) << 53)

/* A pixel of the narrowest bar: 80 px in a dense table, 300 px alone. */
enum { LEAST = CHART_WIDTH / 80, LEAST_BIG = (CHART_WIDTH + 299) / 300 };

struct shape {
	int32_t top, bottom, no_top, no_bottom, halo_top, halo_bottom, tick_top, tick_bottom, height;
};
static const struct shape small = {5000, 13000, 7200, 10700, 2000, 16000, 1000, 17000, 18000};
static const struct shape big = {8000, 32000, 14700, 25300, 5000, 35000, 4000, 36000, 54000};

static int32_t within(int32_t v, int32_t low, int32_t high)
{
	return v < low ? low : v > high ? high : v;
}

/* A cut moves only on its side of the tick. Rounding down keeps the side: the tick stands at a whole number. */
static int32_t on_its_side(int32_t cut, int32_t exact, int32_t tick)
{
	if (tick == CHART_ABSENT)
		return within(cut, 0, CHART_WIDTH);
	return exact >= tick ? within(cut, tick, CHART_WIDTH) : within(cut, 0, tick - 1);
}

static void halve(struct chart_tally_cuts *cuts, bool met)
{
	if (met)
		cuts->unknown = cuts->yes + (CHART_WIDTH - cuts->yes) / 2;
	else
		cuts->yes = cuts->unknown / 2;
}

struct chart_tally_cuts chart_tally_cuts(struct measure_tally t, int32_t threshold, int32_t least)
{
	int64_t n = t.yes + t.unknown + t.no;
	int32_t tick = threshold == CHART_ABSENT ? CHART_ABSENT : threshold * 100;
	int32_t yes = chart_part(t.yes, CHART_WIDTH, n), unknown = chart_part(t.yes + t.unknown, CHART_WIDTH, n);
	int32_t for_yes = t.yes ? least : 0, for_unknown = t.unknown ? least : 0, for_no = t.no ? least : 0;
	struct chart_tally_cuts cuts = {yes, unknown};
	if (cuts.yes < for_yes)
		cuts.yes = for_yes;
	if (cuts.unknown < cuts.yes + for_unknown)
		cuts.unknown = cuts.yes + for_unknown;
	if (cuts.unknown > CHART_WIDTH - for_no)
		cuts.unknown = CHART_WIDTH - for_no;
	if (cuts.yes > cuts.unknown - for_unknown)
		cuts.yes = cuts.unknown - for_unknown;
	cuts.yes = on_its_side(cuts.yes, yes, tick);
	cuts.unknown = on_its_side(cuts.unknown, unknown, tick);
	if (!t.unknown)
		cuts.unknown = cuts.yes;
	else if (cuts.yes >= cuts.unknown) /* pressed together by a tick at the very end: they share what is there */
		halve(&cuts, yes >= tick);
	return cuts;
}

static void part(struct chart *c, enum chart_role role, int32_t from, int32_t to, const struct shape *s)
{
	bool no = role == CHART_NO;
	if (from < to)
		chart_add(c, (struct chart_mark){.shape = CHART_BAR,
						 .role = role,
						 .x = from,
						 .x2 = to,
						 .y = no ? s->no_top : s->top,
						 .y2 = no ? s->no_bottom : s->bottom});
}

static void tick(struct chart *c, int32_t x, const struct shape *s)
{
	chart_add(
	    c, (struct chart_mark){
		   .shape = CHART_LINE, .role = CHART_HALO, .x = x, .x2 = x, .y = s->halo_top, .y2 = s->halo_bottom});
	chart_add(
	    c, (struct chart_mark){
		   .shape = CHART_LINE, .role = CHART_TICK, .x = x, .x2 = x, .y = s->tick_top, .y2 = s->tick_bottom});
}

static void needs(struct chart *c, int32_t threshold)
{
	int32_t x = threshold * 100;
	str share = chart_percent(c, threshold);
	chart_add(c, (struct chart_mark){.shape = CHART_WORDS,
					 .x = x,
					 .y = 50000,
					 .anchor = x > 90000   ? CHART_FINISH
						   : x < 10000 ? CHART_START
							       : CHART_MIDDLE,
					 .text = chart_print(c, "needs %.*s\u202f%%", STR_ARG(share))});
}

static str sentence(struct chart *c, const struct chart_tally *in)
{
	str label = chart_print(c, "%" PRId64 " yes, %" PRId64 " unknown, %" PRId64 " no", in->tally.yes,
				in->tally.unknown, in->tally.no);
	if (in->threshold == CHART_ABSENT)
		return label;
	str share = chart_percent(c, in->threshold);
	return chart_print(c, "%.*s; threshold %.*s percent", STR_ARG(label), STR_ARG(share));
}

static bool countable(int64_t count)
{
	return count >= 0 && count <= MOST;
}

enum status chart_tally(const struct chart_tally *in, struct arena *a, struct chart *out, struct err *err)
{
	const struct shape *s = in->big ? &big : &small;
	struct chart c = chart_new(in->big ? CHART_TALLY_BIG : CHART_TALLY, CHART_FLUID, CHART_WIDTH, s->height, a);
	TRY(chart_check(in->threshold, 1, 1000, err));
	if (!countable(in->tally.yes) || !countable(in->tally.unknown) || !countable(in->tally.no))
		return err_set(err, E_BUG, "a chart was given a count that is not from 0 to 2^53");
	if (measure_total(in->tally) == 0)
		return chart_done(&c, out, err);
	struct chart_tally_cuts cuts = chart_tally_cuts(in->tally, in->threshold, in->big ? LEAST_BIG : LEAST);
	part(&c, CHART_YES, 0, cuts.yes, s);
	part(&c, CHART_UNKNOWN, cuts.yes, cuts.unknown, s);
	part(&c, CHART_NO, cuts.unknown, CHART_WIDTH, s);
	if (in->threshold != CHART_ABSENT)
		tick(&c, in->threshold * 100, s);
	if (in->big && in->threshold != CHART_ABSENT)
		needs(&c, in->threshold);
	c.label = sentence(&c, in);
	return chart_done(&c, out, err);
}
