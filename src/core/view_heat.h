/**
 * One level of one category: a cell of the heat map, a rung of the ladder.
 */
#ifndef CORE_VIEW_HEAT_H
#define CORE_VIEW_HEAT_H

#include "core/score.h"

enum view_heat_state {
	VIEW_HEAT_NOT_APPLICABLE, /* no objective of the level applies */
	VIEW_HEAT_START,          /* level 1: where everyone starts */
	VIEW_HEAT_AWARDED,        /* and evidence carries it */
	VIEW_HEAT_CLAIMED,        /* awarded, but only on people's word */
	VIEW_HEAT_HELD,           /* all met; a lower level is missing */
	VIEW_HEAT_POSSIBLE,       /* would be awarded if everything unknown turned out well */
	VIEW_HEAT_PARTIAL,
	VIEW_HEAT_BLANK, /* nothing of it is there */
	VIEW_HEAT_STATES
};

struct view_heat {
	enum view_heat_state state;
	int applicable, met, open; /* objectives of the level */
	int32_t attainment;        /* the mean of theirs, rounded down; 0 when none applies */
	bool possible;             /* held or not: it would be awarded if everything unknown turned out well */
};

/* level 1..5 */
struct view_heat view_heat_at(const struct model *m, const struct score *s, int category, int level);
/* awarded, claimed, … */
str view_heat_name(enum view_heat_state state);

/* Objectives by verdict. */
struct view_counts {
	int applicable, met, open, not_met;
	int known; /* of which something is known */
};
/* Of a category, or of the whole model when category is -1. */
struct view_counts view_heat_count(const struct model *m, const struct score *s, int category);

#endif
