#include "core/view_shown.h"

int32_t view_shown(int32_t thousandths)
{
	return thousandths / 10 * 10;
}

int32_t view_shown_change(int32_t from, int32_t to)
{
	return view_shown(to) - view_shown(from);
}
