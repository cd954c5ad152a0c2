/**
 * Two units, two instants, or both, side by side.
 */
#ifndef CORE_VIEW_COMPARE_H
#define CORE_VIEW_COMPARE_H

#include "core/score.h"

struct view_compare_side {
	str unit_id, unit_name;
	int64_t at_ms;
	bool known; /* something had been said about it */
	struct score score;
};

/* An objective of which the sides say different things. */
struct view_compare_objective {
	int objective; /* index into model.objectives */
	bool verdict;  /* they differ in the verdict, not in the counts alone */
};

struct view_compare {
	const struct model *model;
	unsigned deployment; /* bits; 0 = all */
	struct view_compare_side a, b;
	bool comparable;    /* both have an index */
	int32_t difference; /* of the program's index: a minus b */
	size_t n;
	const struct view_compare_objective *objectives; /* in the model's order */
	size_t n_verdicts;                               /* those that differ in the verdict */
};

/* The difference and the objectives; model, a and b are there. */
MUST_USE enum status view_compare_fill(struct view_compare *out, struct arena *a, struct err *err);
/* By how much a category of a stands above that of b; false when it does not apply to one of them. */
bool view_compare_category(const struct view_compare *v, size_t category, int32_t *difference);
/* The same for what is claimed and for what is evidenced, where both sides are known: false, too, when nothing is known
 * of the category at one of them, because unknown is not level 1. */
bool view_compare_claimed(const struct view_compare *v, size_t category, int32_t *difference);
bool view_compare_evidenced(const struct view_compare *v, size_t category, int32_t *difference);
/* Is nothing known of the category there, although it applies? */
bool view_compare_is_silent(const struct score_category *c);

#endif
