/**
 * How the tally of an objective at a unit adds up: what the unit says itself, and the units directly below it, each
 * with all below. Rule 5 of the scoring rules, so that a reader can check it by hand.
 */
#ifndef CORE_VIEW_ROLL_UP_H
#define CORE_VIEW_ROLL_UP_H

#include "core/score.h"
#include "core/view.h"
#include "core/view_lens.h"

/* What the units of a part are counted for; each is counted once. */
struct view_roll_up_count {
	int64_t units;
	int64_t say;            /* a source has a measure there */
	int64_t silent;         /* leaves of which nothing is said: their size is unknown */
	int64_t other_type;     /* have no deployment type of the objective */
	int64_t not_applicable; /* say, with a reason, that it does not apply */
	int64_t pass;           /* inner units that say nothing themselves: the sum of those below */
};

struct view_roll_up_part {
	int unit; /* index into lens.tree */
	bool leaf;
	struct measure_tally tally;
	enum score_verdict verdict;
	struct view_roll_up_count count;
};

struct view_roll_up {
	const struct model *model;
	const struct model_objective *objective;
	struct view_lens lens;
	bool program;                 /* answered at the root alone: there are no parts */
	bool holds;                   /* of a program objective: a unit here has one of its deployment types */
	struct view_roll_up_part own; /* the unit by itself, without those below; of a program objective the root */
	size_t n;                     /* the units directly below */
	const struct view_roll_up_part *parts; /* in the tree's order */
	struct view_roll_up_part total;        /* own and all parts */
	size_t n_measures;
	const struct view_measure *measures; /* the unit's own */
};

/* Everything but lens and measures. unit, objective: indexes. */
MUST_USE enum status view_roll_up_fill(const struct score_input *in, int unit, int objective, struct arena *a,
				       struct view_roll_up *out, struct err *err);

#endif
