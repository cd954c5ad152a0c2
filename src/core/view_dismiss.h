/**
 * Views of dismissals: an AI system that no register knows, set aside by somebody for a reason. It counts in every
 * check as before.
 */
#ifndef CORE_VIEW_DISMISS_H
#define CORE_VIEW_DISMISS_H

#include "base/str.h"

struct view_dismissal {
	str name, unit; /* there and below */
	str reason, author, ended_by;
	int64_t recorded_ms, ended_ms; /* TIME_FOREVER: it holds */
	bool unchanged;                /* it held already */
};

#endif
