#include "chart/svg.h"

#include "base/html.h"

/* How an element of each kind begins. */
static const struct {
	str class;
	bool sized; /* its height is not the style sheet's */
} kinds[CHART_KINDS] = {
    [CHART_RULE] = {S("rule"), true},
    [CHART_RANGE] = {S("mini-r"), false},
    [CHART_TALLY] = {S("tally"), false},
    [CHART_TALLY_BIG] = {S("tally big"), false},
    [CHART_AGE] = {S(""), false},
    [CHART_RUNGS] = {S(""), false},
    [CHART_RADAR] = {S("radar"), false},
    [CHART_TREND] = {S("trend"), false},
    [CHART_TREND_SMALL] = {S("trend small"), false},
    [CHART_MEASURES] = {S("trend meas"), false},
    [CHART_SPARK] = {S("spark"), false},
    [CHART_STRIP] = {S("strip"), false},
    [CHART_FILL] = {S("fill"), false},
    [CHART_PROGRESS] = {S("prog"), false},
    [CHART_DISTRIBUTION] = {S("dist"), false},
};

static const str classes[CHART_ROLES] = {
    [CHART_PLAIN] = S(""),
    [CHART_LEVEL_1] = S("f1"),
    [CHART_LEVEL_2] = S("f2"),
    [CHART_LEVEL_3] = S("f3"),
    [CHART_LEVEL_4] = S("f4"),
    [CHART_LEVEL_5] = S("f5"),
    [CHART_PART_1] = S("t1"),
    [CHART_PART_2] = S("t2"),
    [CHART_PART_3] = S("t3"),
    [CHART_PART_4] = S("t4"),
    [CHART_PART_5] = S("t5"),
    [CHART_ON_1] = S("on1"),
    [CHART_ON_2] = S("on2"),
    [CHART_ON_3] = S("on3"),
    [CHART_ON_4] = S("on4"),
    [CHART_ON_5] = S("on5"),
    [CHART_INDEX] = S("idx"),
    [CHART_NOW] = S("cur"),
    [CHART_DOT] = S("dot"),
    [CHART_EVIDENCED] = S("ev"),
    [CHART_BAND] = S("band"),
    [CHART_POSSIBLE] = S("rng"),
    [CHART_POINT] = S("pt"),
    [CHART_FLOOR] = S("flo"),
    [CHART_TARGET] = S("tg"),
    [CHART_TARGET_SHAPE] = S("tgt"),
    [CHART_PAST] = S("lo"),
    [CHART_PAST_SHAPE] = S("old"),
    [CHART_YES] = S("y"),
    [CHART_UNKNOWN] = S("u"),
    [CHART_NO] = S("n"),
    [CHART_TICK] = S("t"),
    [CHART_HALO] = S("halo"),
    [CHART_YES_AREA] = S("ar-y"),
    [CHART_UNKNOWN_AREA] = S("ar-ub"),
    [CHART_NO_AREA] = S("ar-n"),
    [CHART_THRESHOLD] = S("thr"),
    [CHART_TRACK] = S("tr"),
    [CHART_ELAPSED] = S("el"),
    [CHART_OFF] = S("off"),
    [CHART_BOX_1] = S("bx f1"),
    [CHART_BOX_2] = S("bx f2"),
    [CHART_BOX_3] = S("bx f3"),
    [CHART_BOX_4] = S("bx f4"),
    [CHART_BOX_5] = S("bx f5"),
    [CHART_UNIT] = S("d"),
    [CHART_WHOLE] = S("m"),
    [CHART_BASE] = S("base"),
    [CHART_GRID] = S("grid"),
    [CHART_RING] = S("ring"),
    [CHART_RING_OUTER] = S("ring o"),
    [CHART_AXIS] = S("ax"),
    [CHART_AXIS_OFF] = S("cut"),
    [CHART_DROP] = S("drop"),
    [CHART_EVENT] = S("mk"),
    [CHART_NUMBER_BIG] = S("big"),
    [CHART_NUMBER] = S("hd"),
    [CHART_CAPTION] = S("lbl"),
    [CHART_LABEL] = S("lab"),
    [CHART_LABEL_2] = S("lab2"),
    [CHART_LEVEL_NAME] = S("lvn"),
    [CHART_CATEGORY] = S("cat"),
    [CHART_SCALE] = S("sc"),
};

static const str shows[] = {[CHART_ALWAYS] = S(""), [CHART_WIDE] = S("hide-n"), [CHART_NARROW] = S("only-n")};
static const str anchors[] = {[CHART_START] = S("start"), [CHART_MIDDLE] = S("middle"), [CHART_FINISH] = S("end")};

/* The chart, and what x and y count in where the pen is. */
struct pen {
	struct buf *b;
	const struct chart *c;
	bool x_percent, y_percent;
};

/* Thousandths as a decimal number, as short as it goes. */
static void number(struct buf *b, int32_t thousandths)
{
	int64_t v = thousandths;
	if (v < 0)
		buf_char(b, '-');
	v = v < 0 ? -v : v;
	buf_i64(b, v / 1000);
	if (v % 1000 == 0)
		return;
	char digits[] = {(char)('0' + v / 100 % 10), (char)('0' + v / 10 % 10), (char)('0' + v % 10)};
	size_t n = v % 10 ? 3 : v % 100 ? 2 : 1;
	buf_char(b, '.');
	buf_add(b, (str){digits, n});
}

static void length(struct buf *b, str name, int32_t v, bool percent)
{
	buf_char(b, ' ');
	buf_add(b, name);
	html_raw(b, "=\"");
	number(b, v);
	if (percent && v != 0)
		buf_char(b, '%');
	buf_char(b, '"');
}

static void class(struct buf *b, enum chart_role role, enum chart_show show)
{
	if (role == CHART_PLAIN && show == CHART_ALWAYS)
		return;
	html_raw(b, " class=\"");
	buf_add(b, classes[role]);
	if (role != CHART_PLAIN && show != CHART_ALWAYS)
		buf_char(b, ' ');
	buf_add(b, shows[show]);
	buf_char(b, '"');
}

static void line(const struct pen *p, const struct chart_mark *m)
{
	html_raw(p->b, "<line");
	class(p->b, m->role, m->show);
	length(p->b, S("x1"), m->x, p->x_percent);
	length(p->b, S("x2"), m->x2, p->x_percent);
	length(p->b, S("y1"), m->y, p->y_percent);
	length(p->b, S("y2"), m->y2, p->y_percent);
	html_raw(p->b, "/>");
}

static void bar(const struct pen *p, const struct chart_mark *m)
{
	html_raw(p->b, "<rect");
	class(p->b, m->role, m->show);
	if (m->role == CHART_UNKNOWN)
		html_raw(p->b, " fill=\"url(#p-unk)\"");
	if (m->x != 0)
		length(p->b, S("x"), m->x, p->x_percent);
	if (m->y != 0)
		length(p->b, S("y"), m->y, p->y_percent);
	length(p->b, S("width"), m->x2 - m->x, p->x_percent);
	length(p->b, S("height"), m->y2 - m->y, p->y_percent);
	if (m->r != 0)
		length(p->b, S("rx"), m->r, false);
	html_raw(p->b, "/>");
}

static void disc(const struct pen *p, const struct chart_mark *m)
{
	html_raw(p->b, "<circle");
	class(p->b, m->role, m->show);
	length(p->b, S("cx"), m->x, p->x_percent);
	length(p->b, S("cy"), m->y, p->y_percent);
	length(p->b, S("r"), m->r, false);
	if (!m->title.n) {
		html_raw(p->b, "/>");
		return;
	}
	html_raw(p->b, "><title>");
	html_text(p->b, m->title);
	html_raw(p->b, "</title></circle>");
}

/* One closed piece is a polygon. */
static void polygon(const struct pen *p, const struct chart_mark *m)
{
	html_raw(p->b, "<polygon");
	class(p->b, m->role, m->show);
	html_raw(p->b, " points=\"");
	for (size_t i = 0; i < m->n; i++) {
		if (i)
			buf_char(p->b, ' ');
		number(p->b, m->points[i].x);
		buf_char(p->b, ',');
		number(p->b, m->points[i].y);
	}
	html_raw(p->b, "\"/>");
}

static void path(const struct pen *p, const struct chart_mark *m)
{
	html_raw(p->b, "<path");
	class(p->b, m->role, m->show);
	html_raw(p->b, " d=\"");
	for (size_t i = 0; i < m->n; i++) {
		bool starts = i == 0 || m->points[i].moved;
		if (starts && i && m->closed)
			buf_char(p->b, 'Z');
		buf_char(p->b, starts ? 'M' : 'L');
		number(p->b, m->points[i].x);
		buf_char(p->b, ' ');
		number(p->b, m->points[i].y);
	}
	if (m->closed)
		buf_char(p->b, 'Z');
	html_raw(p->b, "\"/>");
}

static void words(const struct pen *p, const struct chart_mark *m)
{
	html_raw(p->b, "<text");
	class(p->b, m->role, m->show);
	length(p->b, S("x"), m->x, p->x_percent);
	length(p->b, S("y"), m->y, p->y_percent);
	if (m->anchor != CHART_START) {
		html_raw(p->b, " text-anchor=\"");
		buf_add(p->b, anchors[m->anchor]);
		buf_char(p->b, '"');
	}
	buf_char(p->b, '>');
	html_text(p->b, m->text);
	if (m->more.n) {
		html_raw(p->b, "<tspan");
		class(p->b, m->more_role, m->more_show);
		buf_char(p->b, '>');
		html_text(p->b, m->more);
		html_raw(p->b, "</tspan>");
	}
	html_raw(p->b, "</text>");
}

/* Opens an <svg> inside: a box that is stretched, or a place that units count from. */
static void nest(const struct pen *p, const struct chart_mark *m)
{
	html_raw(p->b, "<svg");
	length(p->b, S("x"), m->x, p->x_percent);
	length(p->b, S("y"), m->y, p->y_percent);
	if (m->shape == CHART_PLACE) {
		html_raw(p->b, " width=\"1\" height=\"1\">");
		return;
	}
	length(p->b, S("width"), m->x2 - m->x, p->x_percent);
	length(p->b, S("height"), m->y2 - m->y, p->y_percent);
	html_raw(p->b, " viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\">");
}

static void open_group(const struct pen *p, const struct chart_mark *m)
{
	if (m->shape == CHART_LINK) {
		html_raw(p->b, "<a href=\"");
		html_text(p->b, m->text);
		html_raw(p->b, "\"");
	} else {
		html_raw(p->b, "<g");
	}
	class(p->b, m->role, m->show);
	buf_char(p->b, '>');
}

static void close_group(const struct pen *p, enum chart_shape shape)
{
	if (shape == CHART_LINK)
		html_raw(p->b, "</a>");
	else if (shape == CHART_GROUP)
		html_raw(p->b, "</g>");
	else
		html_raw(p->b, "</svg>");
}

static void draw(const struct pen *p, const struct chart_mark *m)
{
	switch (m->shape) {
	case CHART_LINE:
		line(p, m);
		break;
	case CHART_BAR:
		bar(p, m);
		break;
	case CHART_DISC:
		disc(p, m);
		break;
	case CHART_PATH:
		if (m->closed && p->c->kind == CHART_RADAR)
			polygon(p, m);
		else
			path(p, m);
		break;
	case CHART_WORDS:
		words(p, m);
		break;
	case CHART_GROUP:
	case CHART_LINK:
		open_group(p, m);
		break;
	case CHART_AREA:
	case CHART_PLACE:
		nest(p, m);
		break;
	case CHART_END:
		break;
	}
}

static void head(struct buf *b, const struct chart *c)
{
	html_raw(b, "<svg");
	if (kinds[c->kind].class.n) {
		html_raw(b, " class=\"");
		buf_add(b, kinds[c->kind].class);
		buf_char(b, '"');
	}
	if (kinds[c->kind].sized)
		length(b, S("height"), c->height, false);
	if (c->frame == CHART_BOX || c->frame == CHART_STRETCHED) {
		html_raw(b, " viewBox=\"0 0 ");
		number(b, c->width);
		buf_char(b, ' ');
		number(b, c->height);
		buf_char(b, '"');
	}
	if (c->frame == CHART_STRETCHED)
		html_raw(b, " preserveAspectRatio=\"none\"");
	if (!c->label.n) {
		html_raw(b, " aria-hidden=\"true\">");
		return;
	}
	if (c->links)
		html_raw(b, " role=\"group\"");
	else
		html_raw(b, " role=\"img\"");
	html_raw(b, " aria-label=\"");
	html_text(b, c->label);
	html_raw(b, "\">");
}

void chart_svg(struct buf *b, const struct chart *c)
{
	enum { DEEPEST = 8 }; /* groups are written by this room alone, three deep at most */
	enum chart_shape opened[DEEPEST];
	size_t depth = 0;
	if (c->n == 0)
		return;
	struct pen fluid = {b, c, c->frame == CHART_FLUID || c->frame == CHART_FLUID_ALL, c->frame == CHART_FLUID_ALL};
	struct pen inside = {b, c, false, false};
	size_t nested = 0; /* how many of the open groups count in units of their own */
	head(b, c);
	for (size_t i = 0; i < c->n; i++) {
		const struct chart_mark *m = &c->marks[i];
		const struct pen *p = nested ? &inside : &fluid;
		draw(p, m);
		if (m->shape == CHART_END && depth) {
			close_group(p, opened[--depth]);
			nested -= opened[depth] == CHART_AREA || opened[depth] == CHART_PLACE;
		} else if (m->shape >= CHART_GROUP && m->shape != CHART_END && depth < DEEPEST) {
			opened[depth++] = m->shape;
			nested += m->shape == CHART_AREA || m->shape == CHART_PLACE;
		}
	}
	html_raw(b, "</svg>");
}

void chart_svg_patterns(struct buf *b)
{
	html_raw(
	    b, "<svg class=\"sprite\" aria-hidden=\"true\" focusable=\"false\"><defs><pattern id=\"p-unk\" width=\"5\" "
	       "height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"5\" "
	       "height=\"5\" class=\"p-bg\"/><path d=\"M0 0V5\" class=\"p-ln\"/></pattern></defs></svg>");
}
