#include "store/fact.h"

#include "db/db.h"

enum { NUMBERS = 12 };

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
		" (SELECT count(*) FROM measure_undo), (SELECT coalesce(max(id), 0) FROM target),"
		" (SELECT count(*) FROM target_withdrawal), (SELECT coalesce(max(id), 0) FROM review),"
		" (SELECT count(*) FROM review_undo), (SELECT coalesce(max(id), 0) FROM comment),"
		" (SELECT count(*) FROM comment_withdrawal),"
		" (SELECT digest FROM measure ORDER BY seq DESC LIMIT 1)"),
	    &st, err));
	TRY(db_step(st, &row, err));
	hash_init(&h);
	for (int c = 0; row && c < NUMBERS; c++) {
		int64_t v = db_i64(st, c);
		hash_add_field(&h, (str){(const char *)&v, sizeof v});
	}
	if (row)
		hash_add_field(&h, db_text(st, NUMBERS));
	(void)hash_hex(&h, out);
	db_reset(st);
	return OK;
}
