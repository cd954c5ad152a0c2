/**
 * For the tests of charts: a chart as SVG, that its SVG is XML, that its marks stay inside.
 */
#ifndef TEST_CHART_SEEN_H
#define TEST_CHART_SEEN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/xml.h"
#include "chart/chart.h"
#include "chart/svg.h"

/* The chart as SVG, NUL-terminated, in the arena. */
static inline const char *svg_of(const struct chart *c, struct arena *a)
{
	struct buf b = BUF(64 << 20);
	chart_svg(&b, c);
	assert_int_equal(b.status, OK);
	const char *z = str_z(a, buf_str(&b));
	buf_release(&b);
	assert_non_null(z);
	return z;
}

/* The project's own strict reader takes it, and finds elements that all end. */
static inline void expect_xml(const char *svg)
{
	struct arena a = ARENA((size_t)64 << 20);
	struct source from = source_text(S("chart.svg"), str_from(svg));
	struct err err = {0};
	struct xml_reader r;
	size_t elements = 0;
	if (*svg == '\0')
		return;
	if (xml_open(&r, &from, &a, &err) != OK)
		fail_msg("%s", err.message);
	do {
		if (xml_next(&r, &err) != OK)
			fail_msg("%s at %s in %s", err.message, err.where, svg);
		elements += r.event == XML_START;
	} while (r.event != XML_EOF);
	assert_true(elements > 0);
	assert_null(strstr(svg, "style="));
	arena_release(&a);
}

struct bounds {
	int32_t right, bottom;
};

static inline void expect_point(const struct chart_mark *m, int32_t x, int32_t y, struct bounds in)
{
	if (x < 0 || x > in.right || y < 0 || y > in.bottom)
		fail_msg("a mark of shape %d, role %d at %d, %d is outside of %d by %d", m->shape, m->role, x, y,
			 in.right, in.bottom);
}

/* Every mark is inside of the chart, or of the box that it stands in; groups are closed. Small signs at a place are
   not looked at. */
static inline void expect_inside(const struct chart *c)
{
	static const struct bounds area = {100000, 100000};
	const struct bounds whole = {c->width, c->height};
	struct bounds in = whole;
	size_t depth = 0;
	bool sign = false;
	for (size_t i = 0; i < c->n; i++) {
		const struct chart_mark *m = &c->marks[i];
		if (m->shape == CHART_END) {
			assert_true(depth > 0);
			depth--;
			in = whole;
			sign = false;
			continue;
		}
		bool corners = m->shape == CHART_LINE || m->shape == CHART_BAR || m->shape == CHART_AREA;
		if (!sign)
			expect_point(m, m->x, m->y, in);
		if (corners)
			expect_point(m, m->x2, m->y2, in);
		if (m->shape == CHART_BAR)
			assert_true(m->x <= m->x2 && m->y <= m->y2);
		for (size_t k = 0; !sign && k < m->n; k++)
			expect_point(m, m->points[k].x, m->points[k].y, in);
		depth += m->shape >= CHART_GROUP;
		if (m->shape == CHART_AREA)
			in = area;
		sign = sign || m->shape == CHART_PLACE;
	}
	assert_int_equal(depth, 0);
}

/* The marks of a role. */
static inline size_t count_of(const struct chart *c, enum chart_role role)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += c->marks[i].role == role && c->marks[i].shape != CHART_END;
	return n;
}

/* The nth mark of a role, from 0. */
static inline const struct chart_mark *mark_of(const struct chart *c, enum chart_role role, size_t nth)
{
	for (size_t i = 0; i < c->n; i++) {
		if (c->marks[i].role == role && c->marks[i].shape != CHART_END && nth-- == 0)
			return &c->marks[i];
	}
	fail_msg("there is no such mark of role %d", role);
	return NULL;
}

/* The text mark with that text (without what follows in it), or NULL. */
static inline const struct chart_mark *words_of(const struct chart *c, const char *text)
{
	for (size_t i = 0; i < c->n; i++) {
		if (c->marks[i].shape == CHART_WORDS && str_eq(c->marks[i].text, str_from(text)))
			return &c->marks[i];
	}
	return NULL;
}

static inline void expect_label(const struct chart *c, const char *label)
{
	if (!str_eq(c->label, str_from(label)))
		fail_msg("expected the name \"%s\", got \"%.*s\"", label, STR_ARG(c->label));
}

#endif
