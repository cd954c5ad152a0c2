/**
 * YAML 1.2 (through libyaml) as a small read-only tree with places, for files that people write.
 *
 * Scalars stay text: what they mean is the caller's business. Aliases are expanded by
 * reference, at most LIMIT_YAML_ALIASES of them; nesting is at most LIMIT_DEPTH, nodes at most LIMIT_YAML_NODES
 * (both counted as if expanded, so that a "billion laughs" file is refused: E_TOO_LARGE), anchors at most as many as
 * aliases; a duplicate key, a key that is not a scalar, a merge key, a tag other than the core ones, an alias inside
 * its own value, a NUL, text that is not UTF-8, the separators U+0085, U+2028 and U+2029, and a second document are
 * E_INVALID with line:column. Columns count characters, as editors show them. An aliased node keeps the place where it
 * was written.
 */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	str text;                      /* of a scalar */
	bool plain;                    /* a scalar without quotes and not a block */
	size_t n;                      /* items of a list, pairs of a map */
	const struct yaml_node **keys; /* of a map, in file order; scalars */
	const struct yaml_node **items;
	int64_t line, column; /* from 1 */
	int64_t text_line; /* the line where the scalar's text starts: for a block scalar the line after its | or > */
};

/* The single document of a text; *out is NULL when the text holds none. The tree lives in the arena. */
MUST_USE enum status yaml_read(str file, str text, struct arena *a, const struct yaml_node **out, struct err *err);
/**
 * Several documents one behind the other. yaml_next gives one after the other, each tree in the arena given; *out is
 * NULL behind the last. The limits hold for all documents together; anchors for their own. The text must outlive the
 * documents; they are closed with the arena of yaml_open. After an error each further call gives its status again.
 */
struct yaml_documents;
MUST_USE enum status yaml_open(str file, str text, struct arena *a, struct yaml_documents **out, struct err *err);
MUST_USE enum status yaml_next(struct yaml_documents *d, struct arena *a, const struct yaml_node **out,
			       struct err *err);
/* The value of a key; NULL when the node is not a map or has no such key. */
const struct yaml_node *yaml_get(const struct yaml_node *map, str key);
/* true when the node is NULL or a plain null (empty, ~, null, Null, NULL). */
bool yaml_is_null(const struct yaml_node *node);

#endif
