/**
 * The tree of units as it is kept and changed.
 */
#ifndef CORE_VIEW_UNIT_TREE_H
#define CORE_VIEW_UNIT_TREE_H

#include "core/unit_diff.h"

/* One tree of the store. */
struct view_unit_tree {
	int64_t id;
	int64_t since_ms; /* INT64_MIN: for all time */
	int64_t until_ms; /* the last instant at which it holds; TIME_FOREVER; below since_ms: another took its place */
	int64_t recorded_ms;
	str actor;
	int64_t units;
	bool now; /* it holds now */
};

/* A tree, with what it changed of the one recorded before it. */
struct view_unit_step {
	struct view_unit_tree tree;
	const struct unit_tree *units;
	const struct unit_tree *before; /* NULL: it is the first */
	struct unit_diff diff;
};

/* What an act did. */
struct view_unit_change {
	bool unchanged; /* it was so already; nothing was stored */
	str id, name;
	int64_t tree, before; /* the tree that was made, and the one it changed; 0: there was none */
	int64_t since_ms;     /* INT64_MIN: for all time */
	int64_t until_ms;     /* when a later tree takes over; TIME_FOREVER: none waits */
	int64_t below;        /* units that went with the one that was removed */
	bool known;           /* the id was used before: what was handed in for it counts again */
};

#endif
