/**
 * What would lift a category by one level, cheapest first.
 */
#ifndef CORE_VIEW_STEP_H
#define CORE_VIEW_STEP_H

#include "core/view.h"

/* What lifts one category. */
struct view_lift {
	int category; /* index into model.categories; -1: nothing lifts it, it stands at its ceiling or does not apply
		       */
	int to;       /* the level that is reached: higher levels that are met already count again */
	int64_t days; /* effort of all steps */
	int n_open;   /* how many of the steps are open and not not met */
	bool holds_floor; /* the category stands at the floor of the program */
	int floor_to;     /* the floor when it is lifted; the floor of now when others hold it too */
	size_t n_steps;
	const struct view_step *steps; /* by effort, then id */
};

/* How many more of the population have to say yes for the objective to be met: the smallest k with 1000·(yes + k) >=
 * t·n. */
int64_t view_step_missing(struct measure_tally t, int32_t threshold_milli);
MUST_USE enum status view_step_lift(const struct model *m, const struct score *s, int category, struct arena *a,
				    struct view_lift *out, struct err *err);
/* Of every category that can be lifted: those that lift the floor of the program first, then by effort, then in the
 * model's order. */
MUST_USE enum status view_step_lifts(const struct model *m, const struct score *s, struct arena *a,
				     const struct view_lift **out, size_t *n, struct err *err);

#endif
