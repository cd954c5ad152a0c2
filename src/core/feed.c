#include "core/feed.h"

enum feed_state feed_state(const struct feed_facts *f, int64_t at_ms)
{
	if (f->retired)
		return FEED_RETIRED;
	if (f->failed_ms >= 0 && f->failed_ms >= f->written_ms)
		return FEED_FAILING;
	if (f->too_old)
		return FEED_STALE;
	bool promised = f->newest_ms >= 0 && f->every_ms >= 0;
	return promised && at_ms - f->newest_ms > f->every_ms ? FEED_LATE : FEED_FRESH;
}

str feed_state_name(enum feed_state s)
{
	static const str names[FEED_STATES] = {
	    [FEED_FRESH] = S("fresh"),     [FEED_LATE] = S("late"),       [FEED_STALE] = S("stale"),
	    [FEED_FAILING] = S("failing"), [FEED_RETIRED] = S("retired"),
	};
	return names[s];
}
