/**
 * The scores of all units at one instant, kept so that a change costs what it touches.
 *
 * What every unit's subtree says about every objective stands added up; a unit's own contribution is that sum less its
 * children's, so it is not kept a second time. A change of one (unit, objective) adds its difference up the path to the
 * root and works out the category it belongs to and the program of the units on that path, no more; a program
 * objective, which speaks for every unit, does it for all. The scores are those of score_all over the same measures,
 * bit for bit.
 *
 * 57 bytes for each unit and objective, and some 60 for each unit and category: 9.4 MB for 1 000 units, 150 objectives
 * and 12 categories. The model and the tree stay the caller's and must outlive it. Reading from several threads is safe
 * while nobody changes it.
 */
#ifndef CORE_PORTFOLIO_H
#define CORE_PORTFOLIO_H

#include "core/score.h"

struct portfolio;

/* One in which nothing is known yet: say all with portfolio_put, then portfolio_finish. E_TOO_LARGE: it does not fit
   into the arena. */
MUST_USE enum status portfolio_new(const struct model *m, const struct unit_tree *tree, int64_t as_of_ms,
				   struct arena *a, struct portfolio **out, struct err *err);
/* What a unit says about an objective, once for each pair with measures. */
void portfolio_put(struct portfolio *p, int unit, int objective, const struct score_own *own);
void portfolio_finish(struct portfolio *p);
/* All of that from sorted measures. */
MUST_USE enum status portfolio_build(const struct score_input *in, struct arena *a, struct portfolio **out,
				     struct err *err);

/* Moves to a later instant: the caller then changes all that portfolio_due finds, and what was said since. */
void portfolio_move(struct portfolio *p, int64_t as_of_ms);
/* The next pair, from *unit and *objective on (both start at 0), whose contribution held only until before an instant;
   false when there is no more. */
bool portfolio_due(const struct portfolio *p, int64_t at_ms, int *unit, int *objective);
/* From now on the unit says this about the objective: score_own of its measures at the portfolio's instant. */
void portfolio_change(struct portfolio *p, int unit, int objective, const struct score_own *own);

/* The score at a unit, copied into the arena. */
MUST_USE enum status portfolio_score(const struct portfolio *p, int unit, struct arena *a, struct score *out,
				     struct err *err);
/* The program and the categories (by model.categories) of a unit; theirs until the next change. */
const struct score_mean *portfolio_program(const struct portfolio *p, int unit);
const struct score_category *portfolio_categories(const struct portfolio *p, int unit);
/* How many leaf units below a unit are counted, and how many of them have a measure that is not stale. */
void portfolio_leaves(const struct portfolio *p, int unit, int64_t *leaves, int64_t *known);
int64_t portfolio_as_of(const struct portfolio *p);
/* The last instant at which all of it holds if nothing is added; TIME_FOREVER. */
int64_t portfolio_valid_until(const struct portfolio *p);
/* What one takes in memory. */
size_t portfolio_bytes(const struct model *m, const struct unit_tree *tree);

#endif
