/**
 * One question: what an answer to it would mean at a unit.
 */
#ifndef CORE_VIEW_QUESTION_H
#define CORE_VIEW_QUESTION_H

#include "core/score.h"

/* What it would change at one unit if the unit that is asked met the objective wholly. */
struct view_question_effect {
	int unit;
	struct score_objective now;
	int64_t missing; /* how many more yes make it met there */
	bool met;        /* it would be met there */
	int from, to;    /* level of the category, now and then; 0: it does not apply there */
};

struct view_question {
	const struct model *model;
	const struct unit_tree *tree;
	const struct model_objective *objective;
	int unit;
	bool applies;
	struct measure_tally own; /* what counts for the unit itself */
	int64_t population;       /* how many the unit has, as far as is known; at least 1 */
	bool measured;            /* a check has measured it: to count alone an answer needs an override */
	bool measured_stale;      /* but too long ago: its population counts as unknown, beside an answer */
	size_t n_effects;
	struct view_question_effect effects[2]; /* at the unit, and at the root: those that the person may read */
};

#endif
