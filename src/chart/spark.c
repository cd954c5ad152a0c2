#include "chart/spark.h"

#include "chart/axis.h"
#include "chart/line.h"

enum { WIDTH = 100000, HEIGHT = 24000, BASE = 22000, ROOM = 20000 };

enum status chart_spark(const struct chart_spark *in, struct arena *a, struct chart *out, struct err *err)
{
	struct chart c = chart_new(CHART_SPARK, CHART_STRETCHED, WIDTH, HEIGHT, a);
	int least = chart_axis_top(in->index, in->n), top = in->top ? in->top : least > 4 ? least : 4;
	struct chart_line line = {in->index, in->n, WIDTH, {1000, BASE, (top - 1) * 1000, ROOM}};
	if (in->top != 0)
		TRY(chart_check(in->top, 2, 5, err));
	TRY(chart_line_check(&line, 1000, top * 1000, err));
	chart_add(&c, (struct chart_mark){.shape = CHART_LINE, .role = CHART_BASE, .x2 = WIDTH, .y = BASE, .y2 = BASE});
	chart_line(&c, CHART_PLAIN, &line);
	if (c.n == 1)
		c.n = 0; /* a base without a line says nothing */
	return chart_done(&c, out, err);
}
