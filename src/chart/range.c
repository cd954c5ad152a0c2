#include "chart/range.h"

enum { LEVEL_WIDTH = 24000, LEFT = 2000, MIDDLE = 7000 };

static int32_t place(int32_t value)
{
	return LEFT + chart_part(value - 1000, LEVEL_WIDTH, 1000);
}

static void levels(struct chart *c)
{
	for (int i = 0; i < 4; i++) {
		int32_t x = LEFT + i * LEVEL_WIDTH;
		chart_add(c, (struct chart_mark){.shape = CHART_BAR,
						 .role = CHART_LEVEL_1 + i,
						 .x = x,
						 .y = 12000,
						 .x2 = x + 23700,
						 .y2 = 16000});
	}
}

static void high(struct chart *c, int32_t from, int32_t to)
{
	chart_add(c, (struct chart_mark){
			 .shape = CHART_LINE, .role = CHART_POSSIBLE, .x = from, .x2 = to, .y = MIDDLE, .y2 = MIDDLE});
	chart_add(
	    c,
	    (struct chart_mark){
		.shape = CHART_LINE, .role = CHART_POINT, .x = to, .x2 = to, .y = MIDDLE - 4000, .y2 = MIDDLE + 4000});
}

static void evidenced(struct chart *c, int32_t x)
{
	static const struct chart_point diamond[] = {
	    {0, -4500, true}, {4500, 0, false}, {0, 4500, false}, {-4500, 0, false}};
	chart_add(c, (struct chart_mark){.shape = CHART_PLACE, .x = x, .y = MIDDLE});
	chart_add(c, (struct chart_mark){
			 .shape = CHART_PATH, .role = CHART_EVIDENCED, .n = 4, .points = diamond, .closed = true});
	chart_end(c);
}

static str with(struct chart *c, str label, const char *words, int32_t value)
{
	if (value == CHART_ABSENT)
		return label;
	str number = chart_index(c, value);
	return chart_print(c, "%.*s, %s %.*s", STR_ARG(label), words, STR_ARG(number));
}

enum status chart_range(const struct chart_range *in, struct arena *a, struct chart *out, struct err *err)
{
	TRY(chart_check_index(in->index, err));
	TRY(chart_check_index(in->high, err));
	TRY(chart_check_index(in->evidenced, err));
	struct chart c = chart_new(CHART_RANGE, CHART_FLUID, CHART_WIDTH, 18000, a);
	if (in->index == CHART_ABSENT)
		return chart_done(&c, out, err);
	levels(&c);
	if (in->high > in->index)
		high(&c, place(in->index), place(in->high));
	if (in->evidenced != CHART_ABSENT && in->evidenced != in->index)
		evidenced(&c, place(in->evidenced));
	chart_add(&c, (struct chart_mark){
			  .shape = CHART_DISC, .role = CHART_DOT, .x = place(in->index), .y = MIDDLE, .r = 4500});
	str number = chart_index(&c, in->index);
	c.label = chart_print(&c, "index %.*s", STR_ARG(number));
	c.label = with(&c, c.label, "evidenced", in->evidenced);
	c.label = with(&c, c.label, "at most", in->high);
	return chart_done(&c, out, err);
}
