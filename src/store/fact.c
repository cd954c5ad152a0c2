#include "store/fact.h"

#include "db/db.h"

enum status store_fact_mark(struct db *db, char out[HASH_TEXT], struct err *err)
{
	struct db_stmt *st;
	struct hash h;
	bool row;
	TRY(db_prepare(
	    db,
	    SQL("SELECT (SELECT coalesce(max(seq), 0) FROM measure),"
		" (SELECT coalesce(max(seq), 0) FROM retirement), (SELECT coalesce(max(id), 0) FROM snapshot),"
		" (SELECT coalesce(max(id), 0) FROM tree), (SELECT coalesce(max(seq), 0) FROM model_active),"
		" (SELECT digest FROM measure ORDER BY seq DESC LIMIT 1)"),
	    &st, err));
	TRY(db_step(st, &row, err));
	hash_init(&h);
	for (int c = 0; row && c < 5; c++) {
		int64_t v = db_i64(st, c);
		hash_add_field(&h, (str){(const char *)&v, sizeof v});
	}
	if (row)
		hash_add_field(&h, db_text(st, 5));
	(void)hash_hex(&h, out);
	db_reset(st);
	return OK;
}
