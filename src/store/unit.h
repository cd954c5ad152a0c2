/**
 * Trees of units, each whole, with the instant from which it holds.
 */
#ifndef STORE_UNIT_H
#define STORE_UNIT_H

#include "core/unit.h"

struct db;

struct store_tree {
	int64_t id;
	int64_t since_ms; /* INT64_MIN: for all time before the next */
	int64_t until_ms; /* the last instant at which it holds; TIME_FOREVER: no later tree */
	struct unit_tree tree;
};

/* The tree that holds at an instant. E_NOT_FOUND: none does (none was imported, or the first holds only later). */
MUST_USE enum status store_unit_tree(struct db *db, int64_t at_ms, struct arena *a, struct store_tree *out,
				     struct err *err);
/* Adds a tree. has_since false: for all time when it is the first, else from now. *unchanged: the tree that holds then
 * is the same. */
MUST_USE enum status store_unit_add(struct db *db, const struct unit_tree *tree, bool has_since, int64_t since_ms,
				    int64_t now_ms, str actor, bool *unchanged, int64_t *since_out, struct err *err);
/* One that was added; E_NOT_FOUND: there is none of this number. out->until_ms is not filled. */
MUST_USE enum status store_unit_tree_of(struct db *db, int64_t id, struct arena *a, struct store_tree *out,
					struct err *err);
/* All of them, the last one added first. */
struct store_tree_head {
	int64_t id, since_ms, recorded_ms, units;
	str actor;
};
MUST_USE enum status store_unit_heads(struct db *db, struct arena *a, struct store_tree_head **out, size_t *n,
				      struct err *err);
/* The first instant after at_ms from which on a tree with the unit holds; *found. */
MUST_USE enum status store_unit_begin(struct db *db, str id, int64_t at_ms, bool *found, int64_t *since_ms,
				      struct err *err);
/* Is the unit in any tree ever? */
MUST_USE enum status store_unit_known(struct db *db, str id, bool *known, struct err *err);

#endif
