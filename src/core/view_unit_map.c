#include "core/view_unit_map.h"

int view_unit_map_lowest(const struct view_unit_map *v, size_t category)
{
	const int32_t *of = v->spread + category * (size_t)v->leaves;
	int lowest = UNIT_NONE;
	int32_t least = 0;
	for (int64_t i = 0; i < v->leaves; i++)
		if (of[i] && (lowest == UNIT_NONE || of[i] < least)) {
			lowest = v->spread_units[i];
			least = of[i];
		}
	return lowest;
}
