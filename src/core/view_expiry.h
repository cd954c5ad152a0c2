/**
 * What expires next and would take a level with it.
 *
 * Measures of one objective and one source that end at the same instant end for one reason (a feed grows too old, an
 * answer runs out), so they are one expiry. What would happen is computed by the same rules: as if these measures alone
 * were stale, or their override over.
 */
#ifndef CORE_VIEW_EXPIRY_H
#define CORE_VIEW_EXPIRY_H

#include "core/score.h"

struct view_expiry {
	int objective;
	size_t part;      /* which has its measures */
	int source;       /* as in that part */
	int64_t ends_ms;  /* the last instant at which they count */
	bool ends_ruling; /* what ends is an override */
	int from, to;     /* levels of the objective's category, now and then */
	enum measure_basis basis;
	int units;                  /* in which measures end */
	int unit;                   /* the only one; UNIT_NONE: several */
	struct measure_tally tally; /* what ends, added up */
	int64_t recorded;           /* the running number of the newest of the measures */
	str source_name;            /* filled by app/, as the rest */
	str author, reviewer, feed; /* who or what it came from; p NULL: not known, or not of that kind */
};

struct view_expiries {
	int64_t within_ms; /* how far ahead was looked */
	size_t total;      /* all there are; the first are listed */
	size_t n;
	const struct view_expiry *list; /* by time, then objective, then source */
};

/* Those within so many ms that change the level of a category. s: the score of the parts at its unit, as score_at_parts
   gives it. */
MUST_USE enum status view_expiry_list(const struct score_input *parts, size_t n, const struct score *s,
				      int64_t within_ms, size_t most, struct arena *a, struct view_expiries *out,
				      struct err *err);

#endif
