/**
 * The pen that writes SVG for a page: places and sizes as attributes, roles as classes of content/web/aismm.css, no
 * style attribute, no script, every text escaped. Text is never scaled: lines and areas that stretch stand in an <svg>
 * of their own inside.
 */
#ifndef CHART_SVG_H
#define CHART_SVG_H

#include "base/buf.h"
#include "chart/chart.h"

/* The chart as one <svg> element; nothing for a chart without marks. A full buffer shows in its status. */
void chart_svg(struct buf *b, const struct chart *c);
/* The texture of "unknown", which tallies refer to: once, hidden, in every page that has one. */
void chart_svg_patterns(struct buf *b);

#endif
