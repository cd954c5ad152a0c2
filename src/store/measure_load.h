/**
 * Measures read for the score: all of them, those of one objective, one group after the other, and which groups have
 * new ones. Those of units that are not in the tree, of objectives that are not in the model, and what was taken back
 * are left out.
 */
#ifndef STORE_MEASURE_LOAD_H
#define STORE_MEASURE_LOAD_H

#include "store/measure.h"

/* Measures of a line of models, ready for the score. */
struct store_measures {
	const struct measure *list; /* sorted by measure_order; never NULL */
	size_t n;
	const str *sources; /* by measure.source; in byte order */
	size_t n_sources;
	const struct measure_retired *retired;
	size_t n_retired;
	int check; /* the source "check"; -1 when nothing has it */
};
MUST_USE enum status store_measure_load(struct db *db, const struct model *m, const struct unit_tree *tree,
					struct arena *a, struct store_measures *out, struct err *err);

/* The same for n objectives from `first` on (indexes), written as the model writes them, at a unit and below. */
MUST_USE enum status store_measure_load_objectives(struct db *db, const struct model *m, const struct unit_tree *tree,
						   int first, int n, int unit, struct arena *a,
						   struct store_measures *out, struct err *err);
/* The same for one unit and objective. */
MUST_USE enum status store_measure_load_group(struct db *db, const struct model *m, const struct unit_tree *tree,
					      int unit, int objective, struct arena *a, struct store_measures *out,
					      struct err *err);

/**
 * Every unit and objective that has measures, once, with them; whatever there is, only one group is in memory. The
 * group's list and sources are theirs during the call; only equality of sources matters.
 *
 * *exact = false: some are stored under another spelling of an objective's id (an older version of the model wrote it
 * in other case). Then nothing but store_measure_load puts them together, and the calls say nothing.
 */
typedef enum status store_measure_group_fn(void *ctx, const struct store_measures *group, struct err *err);
MUST_USE enum status store_measure_each(struct db *db, const struct model *m, const struct unit_tree *tree,
					struct arena *a, store_measure_group_fn *group, void *ctx, bool *exact,
					struct err *err);

struct store_measure_place {
	int unit, objective;
};
/* Where measures with a running number greater than `after` stand, each place once; those of units that only another
   tree has stand at UNIT_NONE. *earliest_ms is the first instant that one of them was observed at (TIME_FOREVER: none
   is of this model). exact: as above. More than `most` measures: *n is SIZE_MAX, and there is no list. */
MUST_USE enum status store_measure_since(struct db *db, const struct model *m, const struct unit_tree *tree,
					 int64_t after, int64_t most, struct arena *a, struct store_measure_place **out,
					 size_t *n, int64_t *earliest_ms, bool *exact, struct err *err);

/* What the scores are made of, as running numbers: facts are appended, so equal numbers mean equal facts. */
struct store_measure_state {
	int64_t measure;
	int64_t retirement; /* of sources, and of single measures that were taken back */
	int64_t tree, activation;
};
MUST_USE enum status store_measure_state(struct db *db, struct store_measure_state *out, struct err *err);

#endif
