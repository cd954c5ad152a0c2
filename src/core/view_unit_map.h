/**
 * The tree of units with the level of each in each category.
 */
#ifndef CORE_VIEW_UNIT_MAP_H
#define CORE_VIEW_UNIT_MAP_H

#include "core/score.h"
#include "core/view_lens.h"

/* More rows than that are not shown at once where the children of a unit are limited. */
enum { VIEW_UNIT_MAP_ROWS = 600 };

struct view_unit_map_row {
	int unit;              /* index into lens.tree */
	int depth;             /* below the first row's level; 0 also for each topmost unit a person may read */
	bool leaf, open;       /* open: its children are shown */
	int64_t children;      /* directly below and in scope */
	int64_t shown;         /* of those, as rows */
	int64_t leaves, known; /* leaf units below, and those with a measure that is not stale */
	struct score_mean program;
	const struct score_category *categories; /* by model.categories; +n possible is level_high - level, the stripe
						    stands where level_evidenced < level */
};

struct view_unit_map {
	const struct model *model;
	struct view_lens lens;
	int64_t units, leaves; /* in scope, shown or not */
	int64_t from;          /* of the children of the first row: the first that is shown */
	bool cut;              /* rows were left out, since there would be too many at once */
	size_t n;
	const struct view_unit_map_row *rows; /* pre-order; below a row that is not open nothing is shown */
	const int *spread_units;              /* the leaf units in scope, in pre-order: `leaves` of them */
	const int32_t *spread;                /* category · leaves + leaf: its index; 0 = does not apply there */
	const int *lowest; /* by category: the leaf of the least index, of equals the first; UNIT_NONE: none applies */
};

/* The unit of the least index of one category. */
int view_unit_map_lowest(const struct view_unit_map *v, size_t category);

#endif
