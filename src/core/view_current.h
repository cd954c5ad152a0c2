/**
 * The current measures behind the tallies of a unit, each with the instant at which it ends.
 */
#ifndef CORE_VIEW_CURRENT_H
#define CORE_VIEW_CURRENT_H

#include "core/score.h"

struct view_current {
	const struct measure *measure;
	const struct model_objective *objective;
	bool stale;
	int64_t ends_ms;             /* the last instant at which it counts for what it says */
	bool ends_ruling;            /* then it is still fresh, but its override ends */
	const struct measure *group; /* all measures of its unit and objective, as in the input */
	size_t n_group;
};

/**
 * Calls fn for every current measure that counts at the instant: of the units below (the unit included), and of the
 * root for objectives of the program. What rule 2 leaves out and what does not apply is not among them; where a
 * not-applicable record is in force it alone counts. The measures may stand in parts, as score_at_parts has them: part
 * after part, in each by unit, objective, source; the root's come first.
 */
typedef enum status view_current_fn(void *ctx, const struct view_current *c, struct err *err);
MUST_USE enum status view_current_each(const struct score_input *parts, size_t n, int unit, view_current_fn *fn,
				       void *ctx, struct err *err);
/* When the evidence behind a measure was seen: a check looks at feeds, and what it says ends when the oldest of them is
   too old. Its age is the time since then, everywhere. by_check: the measure is one of a check. */
int64_t view_current_seen(const struct measure *m, const struct model_objective *o, bool by_check);
/* Was anything said about the unit up to the instant, by it, by a unit below or by the root about the program? */
bool view_current_any(const struct score_input *parts, size_t n, int unit);
/* Deployment types of the unit and all below it, as bits. */
unsigned view_current_deployment(const struct unit_tree *tree, int unit);

#endif
