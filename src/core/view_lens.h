/**
 * Through what a view was looked: the unit, the instants, the deployment types.
 */
#ifndef CORE_VIEW_LENS_H
#define CORE_VIEW_LENS_H

#include "core/unit.h"

struct view_lens {
	const struct unit_tree *tree; /* as it was at at_ms; its deployment types are those of the lens */
	int unit;
	str unit_id, unit_name;
	int64_t at_ms, vs_ms;
	unsigned deployment;  /* bits; 0 = all */
	int64_t evaluated_ms; /* the last evaluation up to at_ms; INT64_MIN: none */
};

#endif
