#include "chart/trend.h"

#include "base/limits.h"
#include "chart/axis.h"
#include "chart/line.h"

/* How the two sizes are laid out, in thousandths of a percent or a unit. */
struct layout {
	enum chart_kind kind;
	int32_t height, right, top,
	    bottom;  /* the plot: its right edge, where the highest level and the lower edge stand */
	int32_t low; /* the value at the lower edge */
	int32_t names_y, label_x, above; /* the words of the time axis; the labels; of a level's name above its line */
};
static const struct layout large = {CHART_TREND, 290000, 84000, 20000, 248000, 800, 268000, 85600, 5000};
static const struct layout little = {CHART_TREND_SMALL, 160000, 86000, 10000, 130000, 1000, 152000, 87500, 4000};

enum {
	BELOW = 14000,
	TEXT = 4000,
	NARROW_X = 88200,
	DISC = 9000,
	DISC_OF_SEVERAL = 12000,
	APART = 20000,
	NEAR = 2000,
	BESIDE = 24000
};

struct plot {
	struct chart *c;
	const struct chart_trend *in;
	const struct layout *at;
	int top;
	struct chart_line_scale scale;                   /* of the chart */
	struct chart_line index, high, evidenced, floor; /* in the area */
};

static int32_t y_of(const struct plot *p, int32_t value)
{
	return chart_line_y(&p->scale, value);
}

static void level_name(const struct plot *p, int level, int32_t y)
{
	bool named = p->in->levels && !p->in->small;
	chart_add(p->c,
		  (struct chart_mark){
		      .shape = CHART_WORDS,
		      .role = CHART_LEVEL_NAME,
		      .y = level == 1 && !p->in->small ? y + BELOW : y - p->at->above,
		      .text = chart_print(p->c, "%d", level),
		      .more = named ? chart_print(p->c, " %.*s", STR_ARG(p->in->levels[level - 1])) : (str){NULL, 0},
		      .more_show = CHART_WIDE,
		  });
}

static void grid(const struct plot *p)
{
	chart_add(p->c, (struct chart_mark){.shape = CHART_GROUP, .role = CHART_GRID});
	for (int level = 1; level <= p->top; level++) {
		int32_t y = y_of(p, level * 1000);
		chart_add(p->c, (struct chart_mark){.shape = CHART_LINE, .x2 = p->at->right, .y = y, .y2 = y});
		level_name(p, level, y);
	}
	chart_end(p->c);
}

static void lines(const struct plot *p)
{
	chart_add(p->c,
		  (struct chart_mark){.shape = CHART_AREA, .y = p->at->top, .x2 = p->at->right, .y2 = p->at->bottom});
	chart_line_area(p->c, CHART_BAND, &p->high, p->index.values);
	chart_line(p->c, CHART_POSSIBLE, &p->high);
	if (!p->in->small) {
		chart_line_steps(p->c, CHART_FLOOR, &p->floor);
		chart_line(p->c, CHART_EVIDENCED, &p->evidenced);
	}
	chart_line(p->c, CHART_INDEX, &p->index);
	if (p->in->small)
		chart_line_steps(p->c, CHART_FLOOR, &p->floor);
	chart_end(p->c);
}

static void target(const struct plot *p)
{
	int32_t y = y_of(p, p->in->target);
	chart_add(p->c,
		  (struct chart_mark){.shape = CHART_LINE, .role = CHART_TARGET, .x2 = p->at->right, .y = y, .y2 = y});
}

/* The index where an event stands; in a gap the last one before it, or the lowest level. */
static int32_t event_value(const struct chart_trend *in, size_t point)
{
	for (size_t i = point + 1; i-- > 0;) {
		if (in->points[i].index != CHART_ABSENT)
			return in->points[i].index;
	}
	return 1000;
}

static bool covered(const struct chart_point *at, size_t n, int32_t x, int32_t y)
{
	for (size_t i = 0; i < n; i++) {
		int32_t dx = x - at[i].x, dy = y - at[i].y;
		if (dx > -NEAR && dx < NEAR && dy > -APART && dy < APART)
			return true;
	}
	return false;
}

/* An event stands on the line. One that would cover another stands above it, or below where there is no room. */
static int32_t event_y(const struct plot *p, const struct chart_point *at, size_t n, size_t point, int32_t x)
{
	int32_t line = y_of(p, event_value(p->in, point));
	for (int32_t y = line; y >= DISC; y -= APART) {
		if (!covered(at, n, x, y))
			return y;
	}
	for (int32_t y = line; y <= p->at->bottom; y += APART) {
		if (!covered(at, n, x, y))
			return y;
	}
	return line;
}

/* Events first..last, counted from 1. */
static void badge(const struct plot *p, struct chart_point at, size_t first, size_t last)
{
	bool one = first == last;
	chart_add(p->c, (struct chart_mark){.shape = CHART_GROUP, .role = CHART_EVENT});
	chart_add(p->c,
		  (struct chart_mark){.shape = CHART_DISC, .x = at.x, .y = at.y, .r = one ? DISC : DISC_OF_SEVERAL});
	chart_add(p->c, (struct chart_mark){.shape = CHART_WORDS,
					    .x = at.x,
					    .y = at.y + TEXT,
					    .anchor = CHART_MIDDLE,
					    .text = one ? chart_print(p->c, "%zu", first)
							: chart_print(p->c, "%zu–%zu", first, last)});
	chart_end(p->c);
}

/* Those that follow each other at one point have one badge. */
static void events(const struct plot *p)
{
	size_t n = p->in->n_events, n_badges = 0;
	const size_t *points = p->in->events;
	struct chart_point *at = n ? chart_points(p->c, n) : NULL;
	if (!at)
		return;
	for (size_t i = 0, first = 0; i < n; i++) {
		if (i + 1 < n && points[i + 1] == points[i])
			continue;
		struct chart_point *here = &at[n_badges];
		here->x = chart_axis_x(points[i], p->in->n, p->at->right);
		here->y = event_y(p, at, n_badges++, points[i], here->x);
		badge(p, *here, first + 1, i + 1);
		first = i + 1;
	}
}

static void drops(const struct plot *p)
{
	for (size_t i = 0; i < p->in->n_events; i++) {
		size_t point = p->in->events[i];
		int32_t x = chart_axis_x(point, p->in->n, p->at->right);
		chart_add(p->c, (struct chart_mark){.shape = CHART_LINE,
						    .role = CHART_DROP,
						    .x = x,
						    .x2 = x,
						    .y = y_of(p, event_value(p->in, point)),
						    .y2 = p->at->bottom});
	}
}

/* A label at the end of a line. */
struct label {
	int32_t value, x, offset;
	enum chart_role role;
	str text;
};
enum { LABELS = 5 };

/* Sorts by value, the highest first, equal ones in the order given, and writes them where they keep their distance. */
static void labels(const struct plot *p, struct label *all, size_t n)
{
	int32_t y[LABELS];
	for (size_t i = 1; i < n; i++) {
		struct label l = all[i];
		size_t at = i;
		for (; at > 0 && all[at - 1].value < l.value; at--)
			all[at] = all[at - 1];
		all[at] = l;
	}
	for (size_t i = 0; i < n; i++)
		y[i] = y_of(p, all[i].value) + all[i].offset;
	chart_axis_spread(y, n, CHART_AXIS_GAP, p->at->bottom);
	for (size_t i = 0; i < n; i++)
		chart_add(
		    p->c,
		    (struct chart_mark){
			.shape = CHART_WORDS, .role = all[i].role, .x = all[i].x, .y = y[i], .text = all[i].text});
}

/* Adds a label for a value that is known. */
static void label(const struct plot *p, struct label *all, size_t *n, struct label l)
{
	if (l.value == CHART_ABSENT)
		return;
	str number = chart_index(p->c, l.value);
	l.text = chart_print(p->c, "%.*s%.*s", STR_ARG(l.text), STR_ARG(number));
	all[(*n)++] = l;
}

static void labels_narrow(const struct plot *p, const struct chart_trend_point *last)
{
	struct label all[LABELS];
	size_t n = 0;
	int32_t target = p->in->target, x = p->at->label_x;
	if (target != CHART_ABSENT && last->index != CHART_ABSENT) {
		int32_t apart = y_of(p, target) - y_of(p, last->index);
		x = apart > -BESIDE && apart < BESIDE ? NARROW_X : x; /* an event may stand at the end of the line */
	}
	chart_add(p->c, (struct chart_mark){.shape = CHART_GROUP, .show = CHART_NARROW});
	label(p, all, &n, (struct label){target, x, TEXT, CHART_LABEL_2, S("")});
	label(p, all, &n, (struct label){last->index, NARROW_X, TEXT + 1000, CHART_LABEL, S("")});
	label(p, all, &n, (struct label){last->evidenced, NARROW_X, TEXT + 1000, CHART_LABEL_2, S("")});
	labels(p, all, n);
	chart_end(p->c);
}

static void labels_wide(const struct plot *p, const struct chart_trend_point *last)
{
	struct label all[LABELS];
	size_t n = 0;
	int32_t x = p->at->label_x, high = last->high > last->index ? last->high : CHART_ABSENT;
	chart_add(p->c, (struct chart_mark){.shape = CHART_GROUP, .show = CHART_WIDE});
	label(p, all, &n, (struct label){p->in->target, x, TEXT, CHART_LABEL_2, S("Target ")});
	label(p, all, &n, (struct label){high, x, TEXT, CHART_LABEL_2, S("at most ")});
	label(p, all, &n, (struct label){last->index, x, TEXT, CHART_LABEL, S("Index ")});
	label(p, all, &n, (struct label){last->evidenced, x, TEXT, CHART_LABEL_2, S("Evidenced ")});
	if (last->floor != CHART_ABSENT)
		all[n++] = (struct label){last->floor, x, TEXT, CHART_LABEL_2,
					  chart_print(p->c, "Floor %d", (int)(last->floor / 1000))};
	labels(p, all, n);
	chart_end(p->c);
}

static void labels_small(const struct plot *p, const struct chart_trend_point *last)
{
	struct label all[LABELS];
	size_t n = 0;
	if (p->in->target != CHART_ABSENT)
		all[n++] = (struct label){p->in->target, p->at->label_x, TEXT, CHART_LABEL_2, S("Target")};
	label(p, all, &n, (struct label){last->index, p->at->label_x, TEXT, CHART_LABEL, S("")});
	labels(p, all, n);
}

static void times(const struct plot *p)
{
	int64_t *at_ms = arena_new(p->c->a, int64_t, p->in->n);
	if (!at_ms) {
		p->c->status = E_NO_MEMORY;
		return;
	}
	for (size_t i = 0; i < p->in->n; i++)
		at_ms[i] = p->in->points[i].at_ms;
	chart_axis_time(p->c, &(struct chart_axis_time){at_ms, p->in->n, p->at->right, p->at->names_y,
							p->in->small ? CHART_AXIS_ENDS : CHART_AXIS_ALL});
}

static str with(struct chart *c, str sentence, const char *words, int32_t value)
{
	if (value == CHART_ABSENT)
		return sentence;
	str number = chart_index(c, value);
	return chart_print(c, "%.*s, %s %.*s", STR_ARG(sentence), words, STR_ARG(number));
}

/* Only what is known at the last point is said of now. */
static str sentence(struct chart *c, const struct chart_trend *in)
{
	const struct chart_trend_point *p = in->points, *last = &in->points[in->n - 1];
	while (p->index == CHART_ABSENT)
		p++;
	str from = chart_index(c, p->index);
	str text = chart_print(c, "%.*s over %.*s from %.*s", STR_ARG(in->what), STR_ARG(in->span), STR_ARG(from));
	if (last->index == CHART_ABSENT)
		return chart_print(c, "%.*s; not known at the end", STR_ARG(text));
	str to = chart_index(c, last->index);
	text = p == last ? chart_print(c, "%.*s: %.*s", STR_ARG(in->what), STR_ARG(to))
			 : chart_print(c, "%.*s to %.*s", STR_ARG(text), STR_ARG(to));
	if (!in->small) {
		text = with(c, text, "at most", last->high);
		text = with(c, text, "evidenced", last->evidenced);
		if (last->floor != CHART_ABSENT)
			text = chart_print(c, "%.*s, floor %d", STR_ARG(text), (int)(last->floor / 1000));
	}
	return with(c, text, "target", in->target);
}

/* Takes the four lines apart; values: room for 4 * n + 1, the target last. */
static void take_apart(struct plot *p, int32_t *values)
{
	const struct chart_trend *in = p->in;
	size_t n = in->n;
	for (size_t i = 0; i < n; i++) {
		values[i] = in->points[i].index;
		values[n + i] = in->points[i].high;
		values[2 * n + i] = in->points[i].evidenced;
		values[3 * n + i] = in->points[i].floor;
	}
	values[4 * n] = in->target;
	int least = chart_axis_top(values, 4 * n + 1);
	p->top = in->top ? in->top : least > 4 ? least : 4;
	int32_t span = p->top * 1000 - p->at->low;
	struct chart_line_scale area = {p->at->low, 100000, span, 100000};
	p->scale = (struct chart_line_scale){p->at->low, p->at->bottom, span, p->at->bottom - p->at->top};
	p->index = (struct chart_line){values, n, 100000, area};
	p->high = (struct chart_line){values + n, n, 100000, area};
	p->evidenced = (struct chart_line){values + 2 * n, n, 100000, area};
	p->floor = (struct chart_line){values + 3 * n, n, 100000, area};
}

static enum status check(const struct plot *p, struct err *err)
{
	if (p->in->top != 0)
		TRY(chart_check(p->in->top, 2, 5, err));
	int32_t top = p->top * 1000;
	TRY(chart_line_check(&p->index, 1000, top, err));
	TRY(chart_line_check(&p->high, 1000, top, err));
	TRY(chart_line_check(&p->evidenced, 1000, top, err));
	TRY(chart_line_check(&p->floor, 1000, top, err));
	TRY(chart_check(p->in->target, 1000, top, err));
	if (p->in->n_events > LIMIT_CHART_EVENTS)
		return err_set(err, E_TOO_LARGE, "a chart has more than %d events", LIMIT_CHART_EVENTS);
	for (size_t i = 0; i < p->in->n_events; i++) {
		if (p->in->events[i] >= p->in->n)
			return err_set(err, E_BUG, "a chart was given an event at a point that it does not have");
	}
	return OK;
}

static bool known(const struct chart_trend *in)
{
	for (size_t i = 0; i < in->n; i++) {
		if (in->points[i].index != CHART_ABSENT)
			return true;
	}
	return false;
}

static void draw(const struct plot *p)
{
	const struct chart_trend_point *last = &p->in->points[p->in->n - 1];
	grid(p);
	if (!p->in->small)
		drops(p);
	lines(p);
	if (p->in->target != CHART_ABSENT)
		target(p);
	if (p->in->small) {
		labels_small(p, last);
		times(p);
		return;
	}
	events(p);
	times(p);
	labels_narrow(p, last);
	labels_wide(p, last);
}

enum status chart_trend(const struct chart_trend *in, struct arena *a, struct chart *out, struct err *err)
{
	struct plot p = {.in = in, .at = in->small ? &little : &large};
	struct chart c = chart_new(p.at->kind, CHART_FLUID, CHART_WIDTH, p.at->height, a);
	if (in->n > LIMIT_CHART_POINTS)
		return err_set(err, E_TOO_LARGE, "a line has more than %d points", LIMIT_CHART_POINTS);
	int32_t *values = arena_new(a, int32_t, 4 * in->n + 1);
	if (!values)
		return err_full(err);
	p.c = &c;
	take_apart(&p, values);
	TRY(check(&p, err));
	if (!known(in))
		return chart_done(&c, out, err);
	draw(&p);
	c.label = sentence(&c, in);
	return chart_done(&c, out, err);
}
