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
	bool all; /* open everything */
};

/* One pass over the measures, whatever the number of units. E_DENIED unless the person may read the unit. */
MUST_USE enum status app_unit_map(struct app *app, const struct app_unit_map *map, struct view_unit_map *out,
				  struct err *err);

#endif
