/**
 * A chart: numbers turned into geometry, once, for every pen.
 *
 * A chart is a list of marks in the order of drawing. A mark says what it is (its role: an index, a target, a level),
 * and never a colour, a font or a width of line; those belong to the pen. chart/svg.h draws with the classes of the
 * style sheet; another pen takes its colours from chart/token.h.
 *
 * Coordinates are integers, thousandths of what the frame counts in; y grows downwards. There are no fractions of a
 * machine in them, so equal input gives equal marks everywhere.
 */
#ifndef CHART_CHART_H
#define CHART_CHART_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

/* A number that is not known. Never zero: nothing is drawn for it. */
#define CHART_ABSENT INT32_MIN
/* The whole width, where x counts in percent. */
#define CHART_WIDTH 100000

/* Which chart it is: with the role of a mark it decides how the mark looks. */
enum chart_kind {
	CHART_RULE,
	CHART_RANGE,
	CHART_TALLY,
	CHART_TALLY_BIG,
	CHART_AGE,
	CHART_RUNGS,
	CHART_RADAR,
	CHART_TREND,
	CHART_TREND_SMALL,
	CHART_MEASURES,
	CHART_SPARK,
	CHART_STRIP,
	CHART_FILL,
	CHART_PROGRESS,
	CHART_DISTRIBUTION,
	CHART_KINDS
};

/* What coordinates count in. A unit is a pixel of the style sheet; text is never scaled but in a box. */
enum chart_frame {
	CHART_FLUID,     /* x in percent of the width, y in units */
	CHART_FLUID_ALL, /* x and y in percent */
	CHART_BOX,       /* a box of units that keeps its shape: icons and the radar */
	CHART_STRETCHED  /* a box of units that is stretched over the place it gets; lines keep their width */
};

enum chart_role {
	CHART_PLAIN,
	/* one of the five levels: a full surface, a part of one, text on one. LEVEL_1 + (level - 1). */
	CHART_LEVEL_1,
	CHART_LEVEL_2,
	CHART_LEVEL_3,
	CHART_LEVEL_4,
	CHART_LEVEL_5,
	CHART_PART_1,
	CHART_PART_2,
	CHART_PART_3,
	CHART_PART_4,
	CHART_PART_5,
	CHART_ON_1,
	CHART_ON_2,
	CHART_ON_3,
	CHART_ON_4,
	CHART_ON_5,
	/* program and categories */
	CHART_INDEX,     /* the line of the index */
	CHART_NOW,       /* the shape of the indexes in the radar */
	CHART_DOT,       /* a point of it; the target's triangle on the rule */
	CHART_EVIDENCED, /* the diamond or line of the evidenced index */
	CHART_BAND,      /* from the index to what is possible */
	CHART_POSSIBLE,  /* the same as a dotted line */
	CHART_POINT,     /* the line that stands at a value */
	CHART_FLOOR,
	CHART_TARGET,       /* a straight line */
	CHART_TARGET_SHAPE, /* in the radar */
	CHART_PAST,         /* the tick on the rule */
	CHART_PAST_SHAPE,   /* in the radar */
	/* tallies */
	CHART_YES,
	CHART_UNKNOWN,
	CHART_NO,
	CHART_TICK,
	CHART_HALO, /* under the tick */
	CHART_YES_AREA,
	CHART_UNKNOWN_AREA,
	CHART_NO_AREA,
	CHART_THRESHOLD,
	/* bars, rungs, dots */
	CHART_TRACK,
	CHART_ELAPSED,
	CHART_OFF,
	CHART_BOX_1, /* a part of the distribution: BOX_1 + (level - 1) */
	CHART_BOX_2,
	CHART_BOX_3,
	CHART_BOX_4,
	CHART_BOX_5,
	CHART_UNIT,  /* one unit */
	CHART_WHOLE, /* the line of the whole */
	/* scales */
	CHART_BASE,
	CHART_GRID, /* a group */
	CHART_RING,
	CHART_RING_OUTER,
	CHART_AXIS,
	CHART_AXIS_OFF, /* of a category that is not applicable */
	CHART_DROP,     /* from an event down to the time axis */
	CHART_EVENT,    /* a group: a disc and its number */
	/* text */
	CHART_NUMBER_BIG,
	CHART_NUMBER,
	CHART_CAPTION,
	CHART_LABEL,
	CHART_LABEL_2,
	CHART_LEVEL_NAME,
	CHART_CATEGORY,
	CHART_SCALE,
	CHART_ROLES
};

/* Below 860 px only numbers remain. A pen for paper shows what is wide. */
enum chart_show { CHART_ALWAYS, CHART_WIDE, CHART_NARROW };
enum chart_anchor { CHART_START, CHART_MIDDLE, CHART_FINISH };

enum chart_shape {
	CHART_LINE, /* from (x, y) to (x2, y2) */
	CHART_BAR,  /* a rectangle with (x, y) and (x2, y2) as corners, x <= x2, y <= y2; r: of its corners, in units */
	CHART_DISC, /* around (x, y); r in units; title may be empty */
	CHART_PATH, /* points, joined; closed: back to the start of each piece */
	CHART_WORDS, /* the baseline starts, is centred or ends at (x, y): text, then more */
	CHART_GROUP, /* from here to its END */
	CHART_LINK,  /* a group that leads to `text` */
	CHART_AREA,  /* a group: a box of 100 by 100, stretched from (x, y) to (x2, y2) */
	CHART_PLACE, /* a group: units count from (x, y) */
	CHART_END
};

struct chart_point {
	int32_t x, y;
	bool moved; /* a new piece starts here; so it does at the first point */
};

struct chart_mark {
	enum chart_shape shape;
	enum chart_role role, more_role;
	enum chart_show show, more_show;
	enum chart_anchor anchor;
	bool closed;
	int32_t x, y, x2, y2, r;
	size_t n;
	const struct chart_point *points;
	str text, more, title; /* as they are; escaping belongs to the pen */
};

/* No marks: there is nothing to show, and the caller says so in a sentence. */
struct chart {
	enum chart_kind kind;
	enum chart_frame frame;
	int32_t width, height; /* thousandths; the width is CHART_WIDTH where x counts in percent */
	str label;             /* one sentence from the numbers; empty when the text beside the chart says it all */
	bool links;            /* some mark is a link */
	size_t n, cap;
	struct chart_mark *marks;
	struct arena *a;
	enum status status; /* OK or E_NO_MEMORY; sticks, so that many marks need one check */
};

/* ---- for the files of this room that turn numbers into marks ---- */

struct chart chart_new(enum chart_kind kind, enum chart_frame frame, int32_t width, int32_t height, struct arena *a);
void chart_add(struct chart *c, struct chart_mark mark);
void chart_end(struct chart *c);
/* Gives the chart out; E_NO_MEMORY when some mark or text found no room. */
MUST_USE enum status chart_done(struct chart *c, struct chart *out, struct err *err);
/* n points, zeroed; NULL, remembered in the status, when the arena is full. */
struct chart_point *chart_points(struct chart *c, size_t n);
/* A text in the arena; empty, remembered in the status, when it is full. */
str chart_print(struct chart *c, const char *format, ...) PRINTF(2, 3);
/* "2.28": an index or another value in thousandths, rounded down. */
str chart_index(struct chart *c, int32_t thousandths);
/* "95" or "95.5": thousandths as percent. */
str chart_percent(struct chart *c, int32_t thousandths);
/* a * b / c, rounded down; c > 0, a and b >= 0, no overflow on the way. The result must fit. */
int32_t chart_part(int64_t a, int64_t b, int64_t c);
/* E_BUG when a value is neither absent nor from low to high: a wrong number is not drawn. */
MUST_USE enum status chart_check(int32_t value, int32_t low, int32_t high, struct err *err);
/* The same for an index, 1000..5000. */
MUST_USE enum status chart_check_index(int32_t value, struct err *err);

#endif
