/**
 * The schema: numbered steps, forward only, each in a transaction of its own, its checksum kept.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include <stdint.h>

#include "base/err.h"

struct db;

/* Brings the schema up to date. *made = true when the store was empty before. E_CONFLICT: newer than this program, or a
   step that was applied is not the one this program knows. */
MUST_USE enum status store_migrate(struct db *db, int64_t now_ms, bool *made, struct err *err);
/* OK when the schema is exactly this program's. E_NOT_FOUND: the store is empty. E_CONFLICT: older or newer. */
MUST_USE enum status store_migrate_check(struct db *db, struct err *err);
/* How many steps of the schema are there, which may be fewer than this program's. E_NOT_FOUND, E_CONFLICT as above. */
MUST_USE enum status store_migrate_found(struct db *db, int64_t *steps, struct err *err);
/* Drops the derived rows and makes their tables again. Inside a write transaction. */
MUST_USE enum status store_migrate_derived(struct db *db, struct err *err);

#endif
