/**
 * The tree of units with their levels: see core/view_unit_map.h.
 */
#ifndef APP_UNIT_MAP_H
#define APP_UNIT_MAP_H

#include "app/lens.h"
#include "core/view_unit_map.h"

struct app_unit_map {
	struct app_lens lens; /* unit empty: every unit the person may read, whichever parts of the tree they are */
	const str *open;      /* ids of units whose children are shown; a topmost unit's always are */
	size_t n_open;
	const str *shut; /* ids of units whose children are not, whatever else opens them */
	size_t n_shut;
	bool all;      /* open everything */
	int64_t few;   /* open everything as long as no more units than that are in scope; 0: not */
	int64_t from;  /* of the children of the first row: the first that is shown */
	int64_t limit; /* children of one unit that are shown; 0: all. Then VIEW_UNIT_MAP_ROWS rows at most, too */
};

/* One pass over the measures, whatever the number of units. E_DENIED unless the person may read the unit. */
MUST_USE enum status app_unit_map(struct app *app, const struct app_unit_map *map, struct view_unit_map *out,
				  struct err *err);

#endif
