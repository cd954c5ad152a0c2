/**
 * The organisation as a tree of units.
 *
 * A built tree is in pre-order: the root first, children of a unit in byte order of their ids, and the subtree of
 * unit i is the range i .. i + span(i) - 1. So "everything below" is a slice, and every loop over it is linear.
 */
#ifndef CORE_UNIT_H
#define CORE_UNIT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { UNIT_NONE = -1, UNIT_SIZE_MAX = 1000000000 };

/* One row as a person writes it. */
struct unit_row {
	str id, parent, name; /* parent empty: the root */
	unsigned deployment;  /* bits of enum model_deployment it declares; 0 = none declared: the nearest ancestor's */
	int64_t size;         /* population to assume while nothing is known; 1..UNIT_SIZE_MAX */
	int64_t line;         /* for messages */
};

struct unit {
	str id, name;
	int parent;          /* index; UNIT_NONE for the root */
	int span;            /* units in the subtree, itself included; 1 for a leaf */
	int depth;           /* 0 for the root */
	unsigned declared;   /* as in the row */
	unsigned deployment; /* in force: declared, else inherited, else all three; 0 only after unit_tree_mask */
	int64_t size;
};

struct unit_tree {
	int n;
	const struct unit *units; /* pre-order */
	const int *sorted;        /* indexes in byte order of ids */
};

/**
 * Builds and checks a tree.
 *
 * @return E_INVALID: no rows, two roots, none, an unknown parent, a duplicate id, a cycle (its units are named);
 * E_TOO_LARGE: LIMIT_UNITS or LIMIT_UNIT_DEPTH. The place is file:line of the row at fault; texts are copied into the
 * arena.
 */
MUST_USE enum status unit_tree_build(const struct unit_row *rows, size_t n, str file, struct arena *a,
				     struct unit_tree *out, struct err *err);
/* The same tree seen through some deployment types (bits): each unit has those of its types that are among them. A unit
 * left without any contributes nothing to a score. Texts stay shared. */
MUST_USE enum status unit_tree_mask(const struct unit_tree *tree, unsigned deployment, struct arena *a,
				    struct unit_tree *out, struct err *err);
/* Index of a unit; UNIT_NONE when the tree has none of this id. */
int unit_find(const struct unit_tree *tree, str id);
bool unit_is_leaf(const struct unit_tree *tree, int unit);
/* Is `unit` in the subtree of `top`? */
bool unit_below(const struct unit_tree *tree, int unit, int top);

#endif
