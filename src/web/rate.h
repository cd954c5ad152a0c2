/**
 * How often somebody may ask: a bucket for each, in a table of fixed size. A bucket holds as many requests as are
 * allowed in a minute and fills evenly. Whoever has not asked for longest loses a place that is needed; that only makes
 * the bucket full again.
 */
#ifndef WEB_RATE_H
#define WEB_RATE_H

#include "base/arena.h"
#include "base/err.h"

struct rate;

struct rate_state {
	int64_t limit, remaining; /* requests a minute, and those that are left now */
	int64_t reset_s;          /* seconds until the bucket is full */
	int64_t retry_s;          /* seconds until there is one more; 0: there is */
};

MUST_USE enum status rate_open(struct arena *a, struct rate **out, struct err *err);
/* Takes one. false: none is left. kind and key say whose bucket it is; of the kind "address", all of its network
   (base/address.h). Any thread may ask. */
bool rate_take(struct rate *r, str kind, str key, int64_t limit, int64_t now_ms, struct rate_state *out);

#endif
