/** The store as a thing: its engine, its size, how much it keeps. */
#ifndef STORE_HEALTH_H
#define STORE_HEALTH_H

#include "base/err.h"

struct db;

struct store_health {
	bool postgres;
	int64_t bytes, schema, users, audit_rows, snapshots;
};
MUST_USE enum status store_health(struct db *db, struct store_health *out, struct err *err);

#endif
