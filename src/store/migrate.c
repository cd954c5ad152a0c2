#include "store/migrate.h"

#include "base/embed.h"
#include "base/hash.h"
#include "db/db.h"
#include "store/store.h"

/* Never edited once released; a new step goes to the end. */
static const str steps[] = {S("store/sql/0001_start.sql"),  S("store/sql/0002_more_kinds.sql"),
			    S("store/sql/0003_links.sql"),  S("store/sql/0004_people.sql"),
			    S("store/sql/0005_work.sql"),   S("store/sql/0006_hold.sql"),
			    S("store/sql/0007_triage.sql"), S("store/sql/0008_first.sql")};
enum { STEPS = sizeof steps / sizeof steps[0] };

static enum status table_exists(struct db *db, bool *exists, struct err *err)
{
	struct db_stmt *st;
	struct db_sql sql = db_engine(db) == DB_SQLITE
				? SQL("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'")
				: SQL("SELECT 1 FROM information_schema.tables WHERE table_name = 'migration' AND "
				      "table_schema = current_schema()");
	TRY(db_prepare(db, sql, &st, err));
	TRY(db_step(st, exists, err));
	db_reset(st);
	return OK;
}

static enum status newer(struct err *err, int64_t found)
{
	err_set(err, E_CONFLICT, "the store was written by a newer version of aismm");
	err_detail(err, "its schema is %lld, this program knows %d", (long long)found, (int)STEPS);
	err_hint(err, "use the newer program; nothing was changed");
	return E_CONFLICT;
}

/* How many steps are applied; each must be the one this program knows. */
static enum status applied_steps(struct db *db, int64_t *applied, struct err *err)
{
	struct db_stmt *st;
	bool row;
	int64_t n = 0;
	TRY(db_prepare(db, SQL("SELECT version, sha256 FROM migration ORDER BY version"), &st, err));
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		n = db_i64(st, 0);
		if (n < 1) {
			db_reset(st);
			return store_damaged(err, "its schema has an impossible version");
		}
		if (n > STEPS)
			continue;
		char known[HASH_TEXT];
		if (!str_eq(db_text(st, 1), hash_of(embed_find(steps[n - 1]), known))) {
			db_reset(st);
			err_set(err, E_CONFLICT, "step %lld of the store's schema is not the one this program knows",
				(long long)n);
			err_hint(err, "the store was made by another build; use that one");
			return E_CONFLICT;
		}
	}
	if (n > STEPS)
		return newer(err, n);
	*applied = n;
	return OK;
}

static enum status apply(struct db *db, int64_t version, int64_t now_ms, struct err *err)
{
	str script = embed_find(steps[version - 1]);
	struct db_stmt *st;
	char sum[HASH_TEXT];
	if (!script.p)
		return err_set(err, E_BUG, "the schema step %.*s is not in the program", STR_ARG(steps[version - 1]));
	TRY(db_script(db, script, err));
	TRY(db_prepare(db, SQL("INSERT INTO migration (version, sha256, applied_at) VALUES ($1, $2, $3)"), &st, err));
	db_bind_i64(st, 1, version);
	db_bind_text(st, 2, hash_of(script, sum));
	db_bind_i64(st, 3, now_ms);
	return db_run(st, err);
}

enum status store_migrate_derived(struct db *db, struct err *err)
{
	str script = embed_find(S("store/sql/derived.sql"));
	if (!script.p)
		return err_set(err, E_BUG, "sql/derived.sql is not in the program");
	return db_script(db, script, err);
}

static enum status migrate_inside(struct db *db, int64_t now_ms, bool *made, struct err *err)
{
	bool exists;
	int64_t applied = 0;
	TRY(table_exists(db, &exists, err));
	if (exists)
		TRY(applied_steps(db, &applied, err));
	else
		TRY(db_script(db,
			      S("CREATE TABLE migration (version @i64@ PRIMARY KEY, sha256 @text@ NOT NULL, "
				"applied_at @i64@ NOT NULL) @strict@;"),
			      err));
	for (int64_t v = applied + 1; v <= STEPS; v++)
		TRY(apply(db, v, now_ms, err));
	if (applied < STEPS)
		TRY(store_migrate_derived(db, err));
	*made = applied == 0;
	return OK;
}

enum status store_migrate(struct db *db, int64_t now_ms, bool *made, struct err *err)
{
	bool fresh = false;
	TRY(db_begin(db, true, err));
	enum status status = migrate_inside(db, now_ms, &fresh, err);
	if (status != OK) {
		db_rollback(db);
		return status;
	}
	TRY(db_commit(db, err));
	*made = fresh;
	return OK;
}

enum status store_migrate_found(struct db *db, int64_t *steps_, struct err *err)
{
	bool exists;
	TRY(table_exists(db, &exists, err));
	if (exists)
		return applied_steps(db, steps_, err);
	err_set(err, E_NOT_FOUND, "the store is empty");
	err_hint(err, "run: aismm init");
	return E_NOT_FOUND;
}

enum status store_migrate_check(struct db *db, struct err *err)
{
	int64_t applied;
	TRY(store_migrate_found(db, &applied, err));
	if (applied < STEPS) {
		err_set(err, E_CONFLICT, "the store's schema is older than this program");
		err_detail(err, "its schema is %lld, this program needs %d", (long long)applied, (int)STEPS);
		err_hint(err, "back the store up, then run: aismm init");
		return E_CONFLICT;
	}
	return OK;
}
