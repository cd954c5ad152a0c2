#include "chart/line.h"

#include "base/limits.h"
#include "chart/axis.h"

int32_t chart_line_y(const struct chart_line_scale *s, int32_t value)
{
	return s->bottom - (int32_t)(((int64_t)value - s->low) * s->height / s->unit);
}

enum status chart_line_check(const struct chart_line *l, int32_t low, int32_t high, struct err *err)
{
	if (l->n > LIMIT_CHART_POINTS)
		return err_set(err, E_TOO_LARGE, "a line has more than %d points", LIMIT_CHART_POINTS);
	for (size_t i = 0; i < l->n; i++)
		TRY(chart_check(l->values[i], low, high, err));
	return OK;
}

/* Where the run of known values that starts at or after *from starts and ends; false when there is none. */
static bool run_next(const struct chart_line *l, const int32_t *also, size_t *from, size_t *to)
{
	size_t i = *from;
	while (i < l->n && (l->values[i] == CHART_ABSENT || (also && also[i] == CHART_ABSENT)))
		i++;
	*from = i;
	while (i < l->n && l->values[i] != CHART_ABSENT && (!also || also[i] != CHART_ABSENT))
		i++;
	*to = i;
	return *from < l->n;
}

/* A run of one value is given two points: a dash of a fiftieth of the width. */
static void edges(const struct chart_line *l, size_t i, int32_t *left, int32_t *right)
{
	int32_t dash = l->right / 50, x = chart_axis_x(i, l->n, l->right) - dash / 2;
	*left = x < 0 ? 0 : x > l->right - dash ? l->right - dash : x;
	*right = *left + dash;
}

static void add(struct chart *c, enum chart_role role, const struct chart_point *points, size_t n, bool closed)
{
	if (n)
		chart_add(c, (struct chart_mark){
				 .shape = CHART_PATH, .role = role, .n = n, .points = points, .closed = closed});
}

void chart_line(struct chart *c, enum chart_role role, const struct chart_line *l)
{
	struct chart_point *p = l->n ? chart_points(c, 2 * l->n) : NULL;
	size_t n = 0, to = 0;
	for (size_t from = 0; p && run_next(l, NULL, &from, &to); from = to) {
		int32_t left, right, y = chart_line_y(&l->scale, l->values[from]);
		if (to == from + 1) {
			edges(l, from, &left, &right);
			p[n++] = (struct chart_point){left, y, true};
			p[n++] = (struct chart_point){right, y, false};
			continue;
		}
		for (size_t i = from; i < to; i++)
			p[n++] = (struct chart_point){chart_axis_x(i, l->n, l->right),
						      chart_line_y(&l->scale, l->values[i]), i == from};
	}
	add(c, role, p, n, false);
}

void chart_line_steps(struct chart *c, enum chart_role role, const struct chart_line *l)
{
	struct chart_point *p = l->n ? chart_points(c, 2 * l->n) : NULL;
	size_t n = 0, to = 0;
	for (size_t from = 0; p && run_next(l, NULL, &from, &to); from = to) {
		int32_t left, right, y = chart_line_y(&l->scale, l->values[from]);
		edges(l, from, &left, &right);
		p[n++] = (struct chart_point){to == from + 1 ? left : chart_axis_x(from, l->n, l->right), y, true};
		for (size_t i = from + 1; i < to; i++) {
			int32_t x = chart_axis_x(i, l->n, l->right);
			bool changes = l->values[i] != l->values[i - 1];
			if (changes)
				p[n++] = (struct chart_point){x, y, false};
			y = chart_line_y(&l->scale, l->values[i]);
			if (changes || i + 1 == to)
				p[n++] = (struct chart_point){x, y, false};
		}
		if (to == from + 1)
			p[n++] = (struct chart_point){right, y, false};
	}
	add(c, role, p, n, false);
}

void chart_line_area(struct chart *c, enum chart_role role, const struct chart_line *upper, const int32_t *lower)
{
	struct chart_point *p = upper->n ? chart_points(c, 4 * upper->n) : NULL;
	size_t n = 0, to = 0;
	for (size_t from = 0; p && run_next(upper, lower, &from, &to); from = to) {
		size_t count = to == from + 1 ? 2 : to - from, back = n + 2 * count;
		for (size_t k = 0; k < count; k++) {
			size_t i = to == from + 1 ? from : from + k;
			int32_t x = chart_axis_x(i, upper->n, upper->right), left, right;
			edges(upper, i, &left, &right);
			if (to == from + 1)
				x = k == 0 ? left : right;
			p[n + k] = (struct chart_point){x, chart_line_y(&upper->scale, upper->values[i]), k == 0};
			p[back - 1 - k] = (struct chart_point){x, chart_line_y(&upper->scale, lower[i]), false};
		}
		n = back;
	}
	add(c, role, p, n, true);
}
