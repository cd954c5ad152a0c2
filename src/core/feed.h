/**
 * The state of a feed: is what it says still current, and does it come as often as was promised?
 */
#ifndef CORE_FEED_H
#define CORE_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* From good to bad; of several that hold the last is the state. */
enum feed_state {
	FEED_FRESH,
	FEED_LATE,    /* the next snapshot is overdue */
	FEED_STALE,   /* for at least one objective its newest snapshot is too old to count */
	FEED_FAILING, /* the last file for it was refused */
	FEED_RETIRED
};
enum { FEED_STATES = FEED_RETIRED + 1 };

/* Times in ms; what is not known or not said is negative. */
struct feed_facts {
	bool retired;
	bool too_old;       /* for an objective that reads it */
	int64_t newest_ms;  /* the newest snapshot */
	int64_t every_ms;   /* the longest time that was promised between two */
	int64_t failed_ms;  /* when a file was refused last */
	int64_t written_ms; /* when a file was taken last: wall clock, as failed_ms */
};

enum feed_state feed_state(const struct feed_facts *f, int64_t at_ms);
/* fresh, late, stale, failing, retired */
str feed_state_name(enum feed_state s);

#endif
