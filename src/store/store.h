/**
 * The store as a whole: opened here, and the transactions of everything above.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "base/err.h"

struct db;

enum store_mode { STORE_READ, STORE_WRITE, STORE_CREATE };

/* Closed when the arena is released. The schema is not looked at; see store/migrate.h. */
MUST_USE enum status store_open(const char *url, enum store_mode mode, struct arena *a, struct db **out,
				struct err *err);

/* Runs work(ctx) in one transaction: commits when it gives OK, else undoes everything and gives its status. */
typedef enum status store_work(void *ctx, struct err *err);
MUST_USE enum status store_read(struct db *db, store_work *work, void *ctx, struct err *err);
MUST_USE enum status store_change(struct db *db, store_work *work, void *ctx, struct err *err);
/* The same for work that only stages rows (store/evidence.h): what it reads is one state of the store, and nobody waits
   for it. */
MUST_USE enum status store_aside(struct db *db, store_work *work, void *ctx, struct err *err);
/* As store_change, but always undoes everything: to see what a change would do. */
MUST_USE enum status store_rehearse(struct db *db, store_work *work, void *ctx, struct err *err);

/* Is the store inside store_change, store_rehearse or store_aside? */
bool store_is_writing(const struct db *db);
/* How long a change waits for those of others; see db_patience. */
MUST_USE enum status store_patience(struct db *db, int ms, struct err *err);
/* Keeps little in memory between small changes; see db_frugal. */
MUST_USE enum status store_frugal(struct db *db, struct err *err);
/* A number that changes when another connection commits a change; see db_version. */
MUST_USE enum status store_version(struct db *db, int64_t *out, struct err *err);
/* Was the connection lost and made anew since this was asked last? See db_renewed. */
bool store_renewed(struct db *db);
/* Many changes made durable at once, and the log kept short; see db_defer, db_flush and db_tidy. */
MUST_USE enum status store_defer(struct db *db, struct err *err);
MUST_USE enum status store_flush(struct db *db, struct err *err);
MUST_USE enum status store_tidy(struct db *db, struct err *err);
/* A copy of the whole store, whether there can be one, and whether a store is whole; see db_copy and db_check. */
MUST_USE enum status store_copy_check(struct db *db, struct err *err);
MUST_USE enum status store_copy(struct db *db, const char *path, struct err *err);
MUST_USE enum status store_check(struct db *db, struct err *err);
/* Gives back memory that only makes the next reading quicker. */
void store_trim(struct db *db);

/* The next number of a table whose ids count from 1; inside a write transaction, where writers take turns. */
MUST_USE enum status store_next_id(struct db *db, str table, int64_t *out, struct err *err);

/* E_IO: a row of the store holds what this program never writes; `what` says which. */
MUST_USE enum status store_damaged(struct err *err, const char *what);

#endif
