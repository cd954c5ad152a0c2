#include "chart/radar.h"

#include <inttypes.h>

#include "base/limits.h"

/* Thousandths of a unit. A level is 27.6 wide, so the outer ring stands at 138. */
enum { CENTRE_X = 230000, CENTRE_Y = 200000, LEVEL = 27600, LABEL = 145728, WIDTH = 460000, HEIGHT = 400000 };

#define ONE INT64_C(1000000000)

/* The sine of 0 to a quarter of a turn (an angle in billionths), in billionths: the series up to the 11th power. */
static int64_t sine_quarter(int64_t angle)
{
	int64_t square = angle * angle / ONE, term = angle, sum = angle;
	for (int k = 2; k <= 10; k += 2) {
		term = -term * square / ONE / (k * (k + 1));
		sum += term;
	}
	return sum;
}

/* The sine of i / n of a turn, in billionths. The same on every machine. */
static int64_t sine(int64_t i, int64_t n)
{
	i = (i % n + n) % n;
	if (2 * i > n)
		return -sine(n - i, n);
	if (4 * i > n)
		i = n - 2 * i; /* half a turn minus the angle, in parts of 2 * n */
	else
		i = 2 * i;
	return sine_quarter(INT64_C(6283185307) * i / (2 * n));
}

/* To tenths of a unit. */
static int32_t tenths(int64_t thousandths)
{
	return (int32_t)((thousandths + (thousandths < 0 ? -50 : 50)) / 100 * 100);
}

struct spokes {
	int64_t n, sin[LIMIT_CHART_SPOKES], cos[LIMIT_CHART_SPOKES];
};

static struct chart_point at(const struct spokes *s, size_t i, int32_t radius)
{
	return (struct chart_point){tenths(CENTRE_X + s->sin[i] * radius / ONE),
				    tenths(CENTRE_Y - s->cos[i] * radius / ONE), false};
}

static int32_t radius_of(int32_t value)
{
	return chart_part(value, LEVEL, 1000);
}

static void rings(struct chart *c, const struct spokes *s)
{
	for (int32_t level = 1; level <= 5; level++) {
		struct chart_point *p = chart_points(c, (size_t)s->n);
		for (size_t i = 0; p && i < (size_t)s->n; i++)
			p[i] = at(s, i, level * LEVEL);
		chart_add(c, (struct chart_mark){.shape = CHART_PATH,
						 .role = level < 5 ? CHART_RING : CHART_RING_OUTER,
						 .n = p ? (size_t)s->n : 0,
						 .points = p,
						 .closed = true});
	}
}

static void axes(struct chart *c, const struct chart_radar *in, const struct spokes *s)
{
	for (size_t i = 0; i < in->n; i++) {
		struct chart_point end = at(s, i, 5 * LEVEL);
		chart_add(c,
			  (struct chart_mark){.shape = CHART_LINE,
					      .role = in->spokes[i].index == CHART_ABSENT ? CHART_AXIS_OFF : CHART_AXIS,
					      .x = CENTRE_X,
					      .y = CENTRE_Y,
					      .x2 = end.x,
					      .y2 = end.y});
	}
}

/* A value between two gaps: a dash across its spoke. */
static size_t dash(const struct spokes *s, size_t i, struct chart_point middle, struct chart_point *out)
{
	int32_t dx = tenths(s->cos[i] * 4000 / ONE), dy = tenths(s->sin[i] * 4000 / ONE);
	out[0] = (struct chart_point){middle.x - dx, middle.y - dy, true};
	out[1] = (struct chart_point){middle.x + dx, middle.y + dy, false};
	return 2;
}

/* Around all spokes; where a value is absent the line stops, and goes on behind the gap. */
static void shape(struct chart *c, enum chart_role role, const struct spokes *s, const int32_t *values)
{
	size_t n = (size_t)s->n, used = 0, start = 0, gaps = 0;
	struct chart_point *p = chart_points(c, 2 * n);
	for (size_t i = 0; i < n; i++) {
		gaps += values[i] == CHART_ABSENT;
		start = values[i] == CHART_ABSENT ? i : start;
	}
	if (!p || gaps == n)
		return;
	for (size_t k = 0; k < n; k++) {
		size_t i = (start + k) % n, before = (i + n - 1) % n, after = (i + 1) % n;
		if (values[i] == CHART_ABSENT)
			continue;
		struct chart_point point = at(s, i, radius_of(values[i]));
		if (values[before] == CHART_ABSENT && values[after] == CHART_ABSENT) {
			used += dash(s, i, point, p + used);
			continue;
		}
		point.moved = values[before] == CHART_ABSENT;
		p[used++] = point;
	}
	chart_add(c,
		  (struct chart_mark){.shape = CHART_PATH, .role = role, .n = used, .points = p, .closed = gaps == 0});
}

/* The name and the number of a spoke stand outside of the outer ring, above and below it in the middle. */
static void name(struct chart *c, const struct chart_radar_spoke *spoke, int64_t sin, int64_t cos)
{
	bool middle = sin > -ONE * 3 / 10 && sin < ONE * 3 / 10;
	int64_t y = CENTRE_Y + 1000 - cos * LABEL / ONE;
	if (middle)
		y += cos > 0 ? -21300 : 12200;
	struct chart_mark m = {.shape = CHART_WORDS,
			       .role = CHART_CATEGORY,
			       .x = tenths(CENTRE_X + sin * LABEL / ONE),
			       .y = tenths(y),
			       .anchor = middle    ? CHART_MIDDLE
					 : sin > 0 ? CHART_START
						   : CHART_FINISH,
			       .text = spoke->code};
	if (spoke->link.n)
		chart_add(c, (struct chart_mark){.shape = CHART_LINK, .text = spoke->link});
	chart_add(c, m);
	m.role = CHART_SCALE;
	m.y += 13000;
	m.text = spoke->index == CHART_ABSENT ? S("\u2013") : chart_index(c, spoke->index);
	chart_add(c, m);
	if (spoke->link.n)
		chart_end(c);
}

static void names(struct chart *c, const struct chart_radar *in, const struct spokes *s)
{
	for (size_t i = 0; i < in->n; i++) {
		int32_t index = in->spokes[i].index;
		if (index != CHART_ABSENT) {
			struct chart_point dot = at(s, i, radius_of(index));
			chart_add(c, (struct chart_mark){
					 .shape = CHART_DISC, .role = CHART_DOT, .x = dot.x, .y = dot.y, .r = 3000});
		}
		name(c, &in->spokes[i], s->sin[i], s->cos[i]);
	}
	for (int level = 2; level <= 4; level++)
		chart_add(c, (struct chart_mark){.shape = CHART_WORDS,
						 .role = CHART_SCALE,
						 .x = CENTRE_X + 4000,
						 .y = (CENTRE_Y - level * LEVEL + 4500) / 1000 * 1000,
						 .text = chart_print(c, "%d", level)});
}

static str sentence(struct chart *c, const struct chart_radar *in)
{
	const struct chart_radar_spoke *low = NULL, *high = NULL;
	size_t known = 0;
	for (size_t i = 0; i < in->n; i++) {
		const struct chart_radar_spoke *s = &in->spokes[i];
		if (s->index == CHART_ABSENT)
			continue;
		known++;
		low = !low || s->index < low->index ? s : low;
		high = !high || s->index > high->index ? s : high;
	}
	if (!low)
		return chart_print(c, "Radar of %zu categories, none of which is applicable", in->n);
	str least = chart_index(c, low->index), most = chart_index(c, high->index);
	return chart_print(
	    c,
	    "Radar of the indexes of %zu categories: lowest %.*s %.*s, highest %.*s %.*s; the table below "
	    "has the numbers",
	    known, STR_ARG(low->code), STR_ARG(least), STR_ARG(high->code), STR_ARG(most));
}

static enum status check(const struct chart_radar *in, struct err *err)
{
	if (in->n > LIMIT_CHART_SPOKES)
		return err_set(err, E_TOO_LARGE, "a radar has more than %d spokes", LIMIT_CHART_SPOKES);
	for (size_t i = 0; i < in->n; i++) {
		TRY(chart_check_index(in->spokes[i].index, err));
		TRY(chart_check_index(in->spokes[i].target, err));
		TRY(chart_check_index(in->spokes[i].past, err));
	}
	return OK;
}

static void shapes(struct chart *c, const struct chart_radar *in, const struct spokes *s)
{
	int32_t now[LIMIT_CHART_SPOKES], target[LIMIT_CHART_SPOKES], past[LIMIT_CHART_SPOKES];
	for (size_t i = 0; i < in->n; i++) {
		now[i] = in->spokes[i].index;
		target[i] = in->spokes[i].target;
		past[i] = in->spokes[i].past;
	}
	shape(c, CHART_TARGET_SHAPE, s, target);
	shape(c, CHART_PAST_SHAPE, s, past);
	shape(c, CHART_NOW, s, now);
}

enum status chart_radar(const struct chart_radar *in, struct arena *a, struct chart *out, struct err *err)
{
	struct chart c = chart_new(CHART_RADAR, CHART_BOX, WIDTH, HEIGHT, a);
	struct spokes s = {.n = (int64_t)in->n};
	TRY(check(in, err));
	if (in->n < 3)
		return chart_done(&c, out, err);
	for (int64_t i = 0; i < s.n; i++) {
		s.sin[i] = sine(i, s.n);
		s.cos[i] = sine(4 * i + s.n, 4 * s.n); /* a quarter of a turn further */
	}
	rings(&c, &s);
	axes(&c, in, &s);
	shapes(&c, in, &s);
	names(&c, in, &s);
	c.label = sentence(&c, in);
	return chart_done(&c, out, err);
}
