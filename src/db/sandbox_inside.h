/**
 * Inside db/sandbox: what sandbox.c (tables and runs) and sandbox_compile.c (what a statement may be) share.
 */
#ifndef DB_SANDBOX_INSIDE_H
#define DB_SANDBOX_INSIDE_H

#include <sqlite3.h>

#include "db/sandbox.h"
#include "db/sandbox_guard.h"

struct sandbox_table {
	const char *name;
	const struct sandbox_column *columns;
	size_t n_columns;
	sqlite3_stmt *insert;
};

struct sandbox {
	sqlite3 *h;
	struct sandbox_disk *disk;
	struct arena arena;
	struct sandbox_table tables[SANDBOX_TABLES_MAX];
	int n_tables;
	bool is_filling;     /* a transaction for sandbox_add is open */
	int64_t longest_row; /* bytes of text */

	/* While a statement is compiled or run. */
	uint64_t reads;
	char refused[200]; /* what the authorizer refused first */
	struct sandbox_budget budget;
	int64_t steps, until_ms, until_memory;
	const char *used_up; /* the budget that ended the run */
};

/* Ends the filling; then statements may be compiled. */
enum status sandbox_settle(struct sandbox *sb, struct err *err);
/* The error of SQLite's last call, as E_INVALID unless the system failed. */
enum status sandbox_fail(struct sandbox *sb, int rc, struct err *err);
/* A statement that has passed every rule; the authorizer stays on. Finalize it, then call sandbox_unguard. */
enum status sandbox_prepare(struct sandbox *sb, str sql, sqlite3_stmt **out, int *offset, struct err *err);
void sandbox_unguard(struct sandbox *sb);

#endif
