#include "store/health.h"

#include "db/db.h"

static enum status one(struct db *db, struct db_sql sql, int64_t *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, sql, &st, err));
	TRY(db_step(st, &row, err));
	*out = row ? db_i64(st, 0) : 0;
	db_reset(st);
	return OK;
}

enum status store_health(struct db *db, struct store_health *out, struct err *err)
{
	struct store_health h = {.postgres = db_engine(db) == DB_POSTGRES};
	struct db_sql size = h.postgres ? SQL("SELECT pg_database_size(current_database()) LIMIT 1")
					: SQL("SELECT (SELECT page_count FROM pragma_page_count()) * (SELECT page_size "
					      "FROM pragma_page_size()) LIMIT 1");
	TRY(one(db, size, &h.bytes, err));
	TRY(one(db, SQL("SELECT max(version) FROM migration LIMIT 1"), &h.schema, err));
	TRY(one(db, SQL("SELECT count(*) FROM user_account LIMIT 1"), &h.users, err));
	TRY(one(db, SQL("SELECT count(*) FROM audit LIMIT 1"), &h.audit_rows, err));
	TRY(one(db, SQL("SELECT count(*) FROM snapshot LIMIT 1"), &h.snapshots, err));
	*out = h;
	return OK;
}
