#include "store/rows.h"

enum status store_rows_read(struct db_stmt *st, struct arena *a, size_t size, store_rows_fill *fill,
			    struct store_rows *out, struct err *err)
{
	char *list = NULL;
	size_t used = 0, cap = 0;
	bool row;
	for (;; used++) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		if (used == cap && !(list = arena_grow(a, list, used, used + 1, size, &cap)))
			return err_full(err);
		TRY(fill(st, a, list + used * size, err));
	}
	*out = (struct store_rows){list, used};
	return OK;
}
