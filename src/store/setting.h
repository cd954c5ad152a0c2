/**
 * Settings of the whole store: a name and its value. Of each name the last value holds; the earlier ones stay.
 */
#ifndef STORE_SETTING_H
#define STORE_SETTING_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct db;

struct store_setting {
	str name, value, actor;
	int64_t recorded_ms;
};

MUST_USE enum status store_setting_add(struct db *db, const struct store_setting *setting, struct err *err);
/* p of the value NULL: it was never set. */
MUST_USE enum status store_setting_find(struct db *db, str name, struct arena *a, struct store_setting *out,
					struct err *err);
/* Those that hold, by name. */
MUST_USE enum status store_setting_list(struct db *db, struct arena *a, struct store_setting **out, size_t *n,
					struct err *err);

#endif
