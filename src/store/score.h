/**
 * Derived rows: current scores per unit, a cache that can be thrown away at any time.
 */
#ifndef STORE_SCORE_H
#define STORE_SCORE_H

#include "core/score.h"

struct db;

/* Throws away what a change at a unit touches: the unit and all above it. */
MUST_USE enum status store_score_forget(struct db *db, const struct unit_tree *tree, int unit, struct err *err);
MUST_USE enum status store_score_forget_all(struct db *db, struct err *err);
/* Writes the rows of one unit (replacing what is there): the program and every category. */
MUST_USE enum status store_score_put(struct db *db, const struct model *m, str unit, const struct score *s,
				     struct err *err);

/* One unit's rows. */
struct store_score {
	bool valid; /* complete, of this model and these rules, and valid at the instant asked for */
	struct score_mean program;
	struct score_category *categories; /* by model.categories */
};
/* By unit of the tree. */
MUST_USE enum status store_score_load(struct db *db, const struct model *m, const struct unit_tree *tree, int64_t at_ms,
				      struct arena *a, struct store_score **out, struct err *err);
/* SHA-256 over all rows in their order, and how many there are. */
MUST_USE enum status store_score_hash(struct db *db, char out[65], int64_t *rows, struct err *err);

#endif
