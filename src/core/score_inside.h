/**
 * Inside core/: the sums of a node and the sheet its score is worked out on. For score.c, which goes through all
 * measures, and portfolio.c, which keeps the sums and follows single changes; both give the same numbers because both
 * call these.
 */
#ifndef CORE_SCORE_INSIDE_H
#define CORE_SCORE_INSIDE_H

#include "core/score.h"

/* What has been added up for a node. */
struct score_frame {
	struct measure_tally *tallies, *evidenced; /* by objective */
	int64_t
	    silent[MODEL_ANY_DEPLOYMENT + 1]; /* by deployment types: sizes of the leaves, as if none had measures */
	unsigned deployment;                  /* types of any unit in the subtree */
	int64_t leaves, known, valid_until_ms;
};

struct score_answers {
	unsigned char *plain, *high, *evidenced; /* by objective: not applicable, applicable, applicable and met */
};

/* The arrays a score needs, made once and filled for each node. */
struct score_sheet {
	struct score_answers answers;
	struct score_objective *objectives;
	struct score_category *categories;
	struct score_mean *domains;
	struct score_own *program; /* by objective: what the root says about program objectives */
};

/* Is the unit one of the leaves that are counted? */
bool score_frame_counts(const struct unit_tree *tree, int unit);
/* What the place of a unit in the tree gives its frame, whatever was measured. */
void score_frame_place(struct score_frame *f, const struct unit_tree *tree, int unit);
/* What a unit's own contribution adds to the tallies of its frame: nothing when no source has a measure or the whole
   program is asked; a leaf that says something is not silent, so its size goes out again. */
struct score_own score_frame_part(const struct score_input *in, int unit, int objective, struct score_own own);
/* Adds a subtree to the frame of the unit above it. */
void score_frame_add(struct score_frame *f, const struct score_frame *child, size_t n_objectives);

/* Without `program`, which is the caller's. */
MUST_USE enum status score_sheet_init(struct score_sheet *s, const struct model *m, struct arena *a, struct err *err);
/* Fills the objectives of one category, then the category. */
void score_sheet_category(const struct score_input *in, const struct score_frame *f, struct score_sheet *s, size_t c);
/* Fills all of it; the score shows the sheet's arrays. */
void score_sheet_fill(const struct score_input *in, const struct score_frame *f, int unit, struct score_sheet *s,
		      struct score *out);
#endif
