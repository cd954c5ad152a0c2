/**
 * A JSON value as the tree that base/yaml.h gives, for formats that come as both. Texts are scalars that are not plain;
 * numbers, true, false and null are plain.
 */
#ifndef IMPORT_TREE_H
#define IMPORT_TREE_H

#include "base/yaml.h"
#include "import/walk.h"

/**
 * Standing on a value: the tree of it in w->texts, standing on its last event after. A member that stands twice in one
 * object and a NUL in a text are E_INVALID; the arena's ceiling bounds the tree.
 */
MUST_USE enum status import_tree_read(struct import_walk *w, const struct yaml_node **out, struct err *err);

/* A map that grows; both lists live in the arena. */
struct import_tree_map {
	struct yaml_node node;
	size_t cap_keys, cap_items;
};
MUST_USE enum status import_tree_add(struct import_walk *w, struct import_tree_map *map, const struct yaml_node *key,
				     const struct yaml_node *item, struct err *err);
/* Refuses a key that stands twice. */
MUST_USE enum status import_tree_keys(struct import_walk *w, const struct yaml_node *map, struct err *err);
/* The current event as a scalar. */
MUST_USE enum status import_tree_scalar(struct import_walk *w, const struct yaml_node **out, struct err *err);

#endif
