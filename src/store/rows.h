/**
 * The rows of a query as an array.
 */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

/* Makes one element, at out, of the row at hand. */
typedef enum status store_rows_fill(struct db_stmt *st, struct arena *a, void *out, struct err *err);

struct store_rows {
	void *list; /* of what fill makes, in the arena; NULL: there are none */
	size_t n;
};
/* All rows, in the order of the query. size: of an element. */
MUST_USE enum status store_rows_read(struct db_stmt *st, struct arena *a, size_t size, store_rows_fill *fill,
				     struct store_rows *out, struct err *err);

#endif
