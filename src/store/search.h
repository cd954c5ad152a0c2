/** Looking for files by name. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "base/err.h"
#include "base/str.h"

struct db;

struct store_search_file {
	str name, sha256, feed, unit; /* unit: the scope of the feed that it was read for */
};
typedef enum status store_search_fn(void *ctx, const struct store_search_file *file, struct err *err);
/* Files of snapshots in whose name the text occurs, ASCII letters folded, or whose SHA-256 begins with it; once for
 * each name, sum and feed, the newest first. */
MUST_USE enum status store_search_files(struct db *db, str text, store_search_fn *file, void *ctx, struct err *err);

#endif
