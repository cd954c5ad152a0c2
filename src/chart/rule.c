#include "chart/rule.h"

/* Where things stand, in thousandths of a unit; the scale reaches from 0 to 93 percent. */
enum {
	LEVEL_WIDTH = 23250,
	SCALE_TOP = 66000,
	SCALE_BOTTOM = 104000,
	RANGE_Y = 56000,
	HEIGHT = 168000,
	HEIGHT_ALONE = 112000,
	ROW = 30000,
	MARKS = 3
};
/* Room that words take on the narrowest screen (300 px), as a share of the width. */
enum { WORDS_BIG = 27000, WORDS_HIGH = 28000, WORDS_NAME = 16000, WORDS_BELOW = 20000, EDGE = 8000 };

static int32_t place(int32_t value)
{
	return chart_part(value - 1000, LEVEL_WIDTH, 1000);
}

/* A line stands in the name of the level, which then gives way. */
static bool crosses(int32_t value, int32_t start)
{
	return value != CHART_ABSENT && place(value) > start + 1200 && place(value) < start + WORDS_NAME;
}

static void levels(struct chart *c, const struct chart_rule *in)
{
	for (int level = 1; level <= 5; level++) {
		int32_t x = (level - 1) * LEVEL_WIDTH;
		bool named = in->levels && level < 5 && !crosses(in->index, x) && !crosses(in->evidenced, x);
		chart_add(c, (struct chart_mark){.shape = CHART_BAR,
						 .role = CHART_LEVEL_1 + (level - 1),
						 .x = x,
						 .y = SCALE_TOP,
						 .x2 = level < 5 ? x + 23000 : 99750,
						 .y2 = SCALE_BOTTOM});
		chart_add(c, (struct chart_mark){.shape = CHART_WORDS,
						 .role = CHART_ON_1 + (level - 1),
						 .x = x + 1200,
						 .y = 90000,
						 .text = chart_print(c, "%d", level),
						 .more = named ? chart_print(c, " %.*s", STR_ARG(in->levels[level - 1]))
							       : (str){NULL, 0},
						 .more_show = CHART_WIDE});
	}
}

static void stroke(struct chart *c, int32_t x, int32_t y, int32_t y2)
{
	chart_add(c, (struct chart_mark){.shape = CHART_LINE, .role = CHART_POINT, .x = x, .x2 = x, .y = y, .y2 = y2});
}

/* The words stand right of the cap; where there is no room, left of it, and above the number when that is near, too. */
static void high(struct chart *c, const struct chart_rule *in)
{
	int32_t from = place(in->index), to = place(in->high);
	bool left = to + WORDS_HIGH > CHART_WIDTH;
	int32_t taken = from >= WORDS_BIG ? from : from + WORDS_BIG;
	chart_add(c,
		  (struct chart_mark){
		      .shape = CHART_LINE, .role = CHART_POSSIBLE, .x = from, .x2 = to, .y = RANGE_Y, .y2 = RANGE_Y});
	stroke(c, to, RANGE_Y - 5000, RANGE_Y + 5000);
	chart_add(c, (struct chart_mark){.shape = CHART_WORDS,
					 .role = CHART_CAPTION,
					 .x = left ? to : to + 1200,
					 .y = !left                      ? 59000
					      : to - WORDS_HIGH >= taken ? 46000
									 : 16000,
					 .anchor = left ? CHART_FINISH : CHART_START,
					 .text = S("at most "),
					 .more = chart_index(c, in->high),
					 .more_role = CHART_NUMBER});
}

static void index_number(struct chart *c, int32_t index)
{
	int32_t x = place(index);
	bool left = x >= WORDS_BIG;
	stroke(c, x, 50000, SCALE_BOTTOM);
	chart_add(c, (struct chart_mark){.shape = CHART_WORDS,
					 .role = CHART_NUMBER_BIG,
					 .x = left ? x - 1100 : x,
					 .y = left ? 53000 : 44000,
					 .anchor = left ? CHART_FINISH : CHART_START,
					 .text = chart_index(c, index)});
}

/* What stands below the scale: a mark, its number and its name. */
struct below {
	int32_t value;
	enum chart_role role;
	str words;
	int row;
};

static void mark_of(struct chart *c, const struct below *b)
{
	static const struct chart_point tick[] = {{0, 2000, true}, {0, 10000, false}};
	static const struct chart_point diamond[] = {
	    {0, 3000, true}, {6000, 9000, false}, {0, 15000, false}, {-6000, 9000, false}};
	static const struct chart_point triangle[] = {{0, 2000, true}, {6000, 12000, false}, {-6000, 12000, false}};
	struct chart_mark m = {.shape = CHART_PATH, .role = b->role, .n = 3, .points = triangle, .closed = true};
	if (b->role == CHART_EVIDENCED) {
		stroke(c, place(b->value), SCALE_TOP, 112000);
		m.n = 4;
		m.points = diamond;
	} else if (b->role == CHART_PAST) {
		m.n = 2;
		m.points = tick;
		m.closed = false;
	}
	chart_add(c, (struct chart_mark){.shape = CHART_PLACE, .x = place(b->value), .y = 105000});
	chart_add(c, m);
	chart_end(c);
}

static void words_of(struct chart *c, const struct below *b)
{
	int32_t x = place(b->value);
	struct chart_mark m = {.shape = CHART_WORDS,
			       .role = CHART_NUMBER,
			       .x = x,
			       .y = 135000 + b->row * ROW,
			       .anchor = x < EDGE                 ? CHART_START
					 : x > CHART_WIDTH - EDGE ? CHART_FINISH
								  : CHART_MIDDLE,
			       .text = chart_index(c, b->value)};
	chart_add(c, m);
	m.role = CHART_CAPTION;
	m.y += 15000;
	m.text = b->words;
	chart_add(c, m);
}

/* Those that are given, in order of value. */
static size_t collect(const struct chart_rule *in, struct below out[MARKS])
{
	const struct below all[MARKS] = {{in->past, CHART_PAST, in->past_words, 0},
					 {in->evidenced, CHART_EVIDENCED, S("evidenced"), 0},
					 {in->target, CHART_DOT, S("target"), 0}};
	size_t n = 0;
	for (size_t i = 0; i < MARKS; i++) {
		size_t at = n;
		if (all[i].value == CHART_ABSENT)
			continue;
		for (; at > 0 && out[at - 1].value > all[i].value; at--)
			out[at] = out[at - 1];
		out[at] = all[i];
		n++;
	}
	return n;
}

/* Labels that would collide go a row down. Gives the number of rows. */
static int rows(struct below *all, size_t n)
{
	int32_t free_from[MARKS] = {-WORDS_BELOW, -WORDS_BELOW, -WORDS_BELOW};
	int most = 0;
	for (size_t i = 0; i < n; i++) {
		int32_t x = place(all[i].value);
		while (free_from[all[i].row] > x)
			all[i].row++;
		free_from[all[i].row] = x + WORDS_BELOW;
		most = all[i].row + 1 > most ? all[i].row + 1 : most;
	}
	return most;
}

static str with(struct chart *c, str label, str words, int32_t value)
{
	if (value == CHART_ABSENT)
		return label;
	str number = chart_index(c, value);
	return chart_print(c, "%.*s, %.*s %.*s", STR_ARG(label), STR_ARG(words), STR_ARG(number));
}

static str sentence(struct chart *c, const struct chart_rule *in)
{
	str number = chart_index(c, in->index);
	str label = chart_print(c, "Scale from 1 to 5: index %.*s", STR_ARG(number));
	label = with(c, label, S("at most"), in->high);
	label = with(c, label, S("evidenced"), in->evidenced);
	label = with(c, label, in->past_words, in->past);
	return with(c, label, S("target"), in->target);
}

enum status chart_rule(const struct chart_rule *in, struct arena *a, struct chart *out, struct err *err)
{
	struct below below[MARKS];
	TRY(chart_check_index(in->index, err));
	TRY(chart_check_index(in->high, err));
	TRY(chart_check_index(in->evidenced, err));
	TRY(chart_check_index(in->past, err));
	TRY(chart_check_index(in->target, err));
	struct chart c = chart_new(CHART_RULE, CHART_FLUID, CHART_WIDTH, HEIGHT_ALONE, a);
	if (in->index == CHART_ABSENT)
		return chart_done(&c, out, err);
	size_t n = collect(in, below);
	if (n)
		c.height = HEIGHT + (rows(below, n) - 1) * ROW;
	levels(&c, in);
	if (in->high > in->index)
		high(&c, in);
	index_number(&c, in->index);
	for (size_t i = 0; i < n; i++) {
		mark_of(&c, &below[i]);
		words_of(&c, &below[i]);
	}
	c.label = sentence(&c, in);
	return chart_done(&c, out, err);
}
