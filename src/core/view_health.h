/**
 * View of how the store is: nothing of what stands in it.
 */
#ifndef CORE_VIEW_HEALTH_H
#define CORE_VIEW_HEALTH_H

#include "core/view.h"

struct view_health {
	str version; /* of the program */
	bool postgres;
	int64_t store_bytes, schema;
	int64_t evaluated_ms;                        /* INT64_MIN: never */
	int64_t units, users, audit_rows, snapshots; /* what is kept */
	int64_t feeds[FEED_STATES];
};

#endif
