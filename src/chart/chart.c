#include "chart/chart.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

struct chart chart_new(enum chart_kind kind, enum chart_frame frame, int32_t width, int32_t height, struct arena *a)
{
	return (struct chart){.kind = kind, .frame = frame, .width = width, .height = height, .a = a};
}

void chart_add(struct chart *c, struct chart_mark mark)
{
	if (c->n == c->cap) {
		void *grown = arena_grow(c->a, c->marks, c->n, c->n + 1, sizeof(struct chart_mark), &c->cap);
		if (!grown) {
			c->status = E_NO_MEMORY;
			return;
		}
		c->marks = grown;
	}
	c->marks[c->n++] = mark;
	c->links = c->links || mark.shape == CHART_LINK;
}

void chart_end(struct chart *c)
{
	chart_add(c, (struct chart_mark){.shape = CHART_END});
}

enum status chart_done(struct chart *c, struct chart *out, struct err *err)
{
	if (c->status != OK)
		return err_full(err);
	*out = *c;
	return OK;
}

struct chart_point *chart_points(struct chart *c, size_t n)
{
	struct chart_point *points = arena_new(c->a, struct chart_point, n);
	if (!points)
		c->status = E_NO_MEMORY;
	return points;
}

str chart_print(struct chart *c, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	char *text = n >= 0 ? arena_new(c->a, char, (size_t)n + 1) : NULL;
	if (text)
		(void)vsnprintf(text, (size_t)n + 1, format, again);
	else
		c->status = E_NO_MEMORY;
	va_end(again);
	va_end(args);
	return (str){text, text ? (size_t)n : 0};
}

str chart_index(struct chart *c, int32_t thousandths)
{
	return chart_print(c, "%" PRId32 ".%02" PRId32, thousandths / 1000, thousandths % 1000 / 10);
}

str chart_percent(struct chart *c, int32_t thousandths)
{
	if (thousandths % 10 == 0)
		return chart_print(c, "%" PRId32, thousandths / 10);
	return chart_print(c, "%" PRId32 ".%" PRId32, thousandths / 10, thousandths % 10);
}

int32_t chart_part(int64_t a, int64_t b, int64_t c)
{
	__int128 part = (__int128)a * b / c;
	return (int32_t)part;
}

enum status chart_check(int32_t value, int32_t low, int32_t high, struct err *err)
{
	if (value == CHART_ABSENT || (value >= low && value <= high))
		return OK;
	return err_set(err, E_BUG, "a chart was given %" PRId32 ", which is not from %" PRId32 " to %" PRId32, value,
		       low, high);
}

enum status chart_check_index(int32_t value, struct err *err)
{
	return chart_check(value, 1000, 5000, err);
}
