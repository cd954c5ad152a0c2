#include "store/store.h"

#include "db/db.h"

static void close_db(void *payload)
{
	db_close(payload);
}

enum status store_open(const char *url, enum store_mode mode, struct arena *a, struct db **out, struct err *err)
{
	static const enum db_mode modes[] = {DB_READ, DB_WRITE, DB_CREATE};
	struct db *db;
	TRY(db_open(url, modes[mode], &db, err));
	if (!arena_defer(a, close_db, db))
		return err_full(err);
	*out = db;
	return OK;
}

static enum status transact(struct db *db, bool stays, store_work *work, void *ctx, struct err *err)
{
	enum status status = work(ctx, err);
	if (status == OK && stays)
		status = db_commit(db, err);
	if (status != OK || !stays)
		db_rollback(db);
	return status;
}

enum status store_read(struct db *db, store_work *work, void *ctx, struct err *err)
{
	TRY(db_begin(db, false, err));
	return transact(db, true, work, ctx, err);
}

enum status store_change(struct db *db, store_work *work, void *ctx, struct err *err)
{
	TRY(db_begin(db, true, err));
	return transact(db, true, work, ctx, err);
}

enum status store_rehearse(struct db *db, store_work *work, void *ctx, struct err *err)
{
	TRY(db_begin(db, true, err));
	return transact(db, false, work, ctx, err);
}

enum status store_aside(struct db *db, store_work *work, void *ctx, struct err *err)
{
	TRY(db_begin_aside(db, err));
	return transact(db, true, work, ctx, err);
}

bool store_is_writing(const struct db *db)
{
	return db_is_writing(db);
}

enum status store_patience(struct db *db, int ms, struct err *err)
{
	return db_patience(db, ms, err);
}

enum status store_frugal(struct db *db, struct err *err)
{
	return db_frugal(db, err);
}

enum status store_version(struct db *db, int64_t *out, struct err *err)
{
	return db_version(db, out, err);
}

bool store_renewed(struct db *db)
{
	return db_renewed(db);
}

enum status store_defer(struct db *db, struct err *err)
{
	return db_defer(db, err);
}

enum status store_flush(struct db *db, struct err *err)
{
	return db_flush(db, err);
}

enum status store_tidy(struct db *db, struct err *err)
{
	return db_tidy(db, err);
}

enum status store_copy(struct db *db, const char *path, struct err *err)
{
	return db_copy(db, path, err);
}

enum status store_copy_check(struct db *db, struct err *err)
{
	return db_copy_check(db, err);
}

enum status store_check(struct db *db, struct err *err)
{
	return db_check(db, err);
}

void store_trim(struct db *db)
{
	db_trim(db);
}

enum status store_damaged(struct err *err, const char *what)
{
	err_set(err, E_IO, "the store is damaged: %s", what);
	err_hint(err, "restore the last good copy; nothing was changed");
	return E_IO;
}

enum status store_next_id(struct db *db, str table, int64_t *out, struct err *err)
{
	struct db_part part = {"@table@", table};
	struct db_sql sql;
	struct db_stmt *st;
	bool row;
	TRY(db_sql_table(db, SQL("SELECT coalesce(max(id), 0) + 1 FROM @table@"), &part, 1, &sql, err));
	TRY(db_prepare(db, sql, &st, err));
	TRY(db_step(st, &row, err));
	*out = db_i64(st, 0);
	db_reset(st);
	return OK;
}
