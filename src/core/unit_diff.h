/**
 * What one tree of units says other than another.
 */
#ifndef CORE_UNIT_DIFF_H
#define CORE_UNIT_DIFF_H

#include "core/unit.h"

/* A unit that one of the trees lacks, or of which they say different things. */
struct unit_diff_row {
	str id;
	const struct unit *was, *is;           /* was NULL: added; is NULL: removed */
	str was_parent, parent;                /* ids; empty: the root */
	bool moved, renamed, retyped, resized; /* of one that both have */
};

struct unit_diff {
	int64_t added, removed, changed;
	size_t n;
	const struct unit_diff_row *rows; /* in byte order of ids */
};

/* was NULL: there was none, so that every unit is added. The rows show the trees' own units and texts. */
MUST_USE enum status unit_diff(const struct unit_tree *was, const struct unit_tree *is, struct arena *a,
			       struct unit_diff *out, struct err *err);

#endif
