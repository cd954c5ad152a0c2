/**
 * Word and evidence: which levels stand on people's word alone, and which the unknown could still lift.
 */
#ifndef CORE_VIEW_WORD_H
#define CORE_VIEW_WORD_H

#include "core/score.h"

/* An objective that is met only because people say so. */
struct view_word {
	int objective; /* index into model.objectives */
	int units;     /* in which something attested counts for it */
	int unit;      /* the only one; UNIT_NONE: several */
};

/* A category whose level falls on evidence alone. */
struct view_word_fall {
	int category, from, to; /* level and level_evidenced */
	size_t n;
	const struct view_word *objectives; /* of the levels between, those that are not met on evidence alone */
};

/* A category whose level rises if everything unknown turns out well. */
struct view_word_rise {
	int category, from, to; /* level and level_high */
	int n_open;             /* open objectives of the levels between */
	int64_t unknown;        /* members of their populations of whom nobody knows */
};

struct view_words {
	size_t n_falls, n_rises;
	const struct view_word_fall *falls; /* in the model's order, as the rises */
	const struct view_word_rise *rises;
};

/* s: the score of the parts at its unit, as score_at_parts gives it. */
MUST_USE enum status view_word_list(const struct score_input *parts, size_t n, const struct score *s, struct arena *a,
				    struct view_words *out, struct err *err);

#endif
