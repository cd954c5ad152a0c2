#include "chart/strip.h"

#include <stdlib.h>

enum { LEFT = 1500, LEVEL_WIDTH = 24200, HEIGHT = 50000, FIRST_Y = 23000, STEP = 8000, ROOM = 19000, DOT = 4000 };
enum { STACK = 12, MANY = 200, COLUMN = 1000 };

static int32_t place(int32_t value)
{
	return LEFT + chart_part(value - 1000, LEVEL_WIDTH, 1000);
}

static void scale(struct chart *c)
{
	for (int i = 0; i < 4; i++) {
		int32_t x = LEFT + i * LEVEL_WIDTH;
		chart_add(c, (struct chart_mark){.shape = CHART_BAR,
						 .role = CHART_LEVEL_1 + i,
						 .x = x,
						 .x2 = x + 24000,
						 .y = 30000,
						 .y2 = 34000});
	}
	for (int level = 1; level <= 5; level++)
		chart_add(c, (struct chart_mark){.shape = CHART_WORDS,
						 .role = CHART_SCALE,
						 .x = place(level * 1000),
						 .y = 46000,
						 .anchor = CHART_MIDDLE,
						 .text = chart_print(c, "%d", level)});
}

static int by_index(const void *a, const void *b)
{
	const struct chart_strip_unit *x = a, *y = b;
	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	return str_cmp(x->name, y->name);
}

/* The units with an index, in order; *n of them. NULL when the arena is full. */
static struct chart_strip_unit *sorted(const struct chart_strip *in, struct arena *a, size_t *n)
{
	struct chart_strip_unit *units = arena_new(a, struct chart_strip_unit, in->n + 1);
	*n = 0;
	for (size_t i = 0; units && i < in->n; i++) {
		if (in->units[i].index != CHART_ABSENT)
			units[(*n)++] = in->units[i];
	}
	if (units)
		qsort(units, *n, sizeof *units, by_index);
	return units;
}

/* Where a unit stands; of many they share columns. */
static int32_t column(const struct chart_strip_unit *u, size_t n)
{
	int32_t x = place(u->index);
	return n > MANY ? LEFT + (x - LEFT) / COLUMN * COLUMN : x;
}

/* How many from i on stand in one stack. */
static size_t stack(const struct chart_strip_unit *units, size_t n, size_t i)
{
	size_t end = i + 1;
	while (end < n && column(&units[end], n) == column(&units[i], n))
		end++;
	return end - i;
}

static int32_t step_of(const struct chart_strip_unit *units, size_t n)
{
	size_t highest = 1;
	for (size_t i = 0, count; i < n; i += count) {
		count = stack(units, n, i);
		highest = count > highest ? count : highest;
	}
	if (highest > STACK)
		highest = STACK;
	int32_t most = highest > 1 ? ROOM / (int32_t)(highest - 1) : STEP;
	return most < STEP ? most : STEP;
}

static void dots(struct chart *c, const struct chart_strip_unit *units, size_t n)
{
	int32_t step = step_of(units, n);
	for (size_t i = 0, count; i < n; i += count) {
		count = stack(units, n, i);
		size_t shown = count > STACK ? STACK : count;
		for (size_t k = 0; k < shown; k++) {
			const struct chart_strip_unit *u = &units[i + k];
			str number = chart_index(c, u->index);
			bool rest = k + 1 == STACK && count > STACK;
			chart_add(c,
				  (struct chart_mark){
				      .shape = CHART_DISC,
				      .role = CHART_UNIT,
				      .x = column(u, n),
				      .y = FIRST_Y - (int32_t)k * step,
				      .r = DOT,
				      .title = rest ? chart_print(c, "%zu more from %.*s", count - k, STR_ARG(number))
						    : chart_print(c, "%.*s %.*s", STR_ARG(u->name), STR_ARG(number)),
				  });
		}
	}
}

static str sentence(struct chart *c, const struct chart_strip *in, const struct chart_strip_unit *units, size_t n)
{
	const struct chart_strip_unit *low = &units[0], *high = &units[n - 1];
	str least = chart_index(c, low->index), most = chart_index(c, high->index);
	str text = chart_print(c, "%.*s: lowest %.*s %.*s, highest %.*s %.*s", STR_ARG(in->what), STR_ARG(low->name),
			       STR_ARG(least), STR_ARG(high->name), STR_ARG(most));
	if (n == 1)
		text = chart_print(c, "%.*s: %.*s %.*s", STR_ARG(in->what), STR_ARG(low->name), STR_ARG(least));
	if (in->whole == CHART_ABSENT)
		return text;
	str whole = chart_index(c, in->whole);
	return chart_print(c, "%.*s, %.*s %.*s", STR_ARG(text), STR_ARG(in->whole_words), STR_ARG(whole));
}

enum status chart_strip(const struct chart_strip *in, struct arena *a, struct chart *out, struct err *err)
{
	struct chart c = chart_new(CHART_STRIP, CHART_FLUID, CHART_WIDTH, HEIGHT, a);
	size_t n;
	TRY(chart_check_index(in->whole, err));
	for (size_t i = 0; i < in->n; i++)
		TRY(chart_check_index(in->units[i].index, err));
	struct chart_strip_unit *units = sorted(in, a, &n);
	if (!units)
		return err_full(err);
	if (n == 0)
		return chart_done(&c, out, err);
	scale(&c);
	dots(&c, units, n);
	if (in->whole != CHART_ABSENT)
		chart_add(&c, (struct chart_mark){.shape = CHART_LINE,
						  .role = CHART_WHOLE,
						  .x = place(in->whole),
						  .x2 = place(in->whole),
						  .y = 6000,
						  .y2 = 36000});
	c.label = sentence(&c, in, units, n);
	return chart_done(&c, out, err);
}
