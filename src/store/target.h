/**
 * Targets as facts: set, and withdrawn by another fact.
 */
#ifndef STORE_TARGET_H
#define STORE_TARGET_H

#include "base/arena.h"
#include "store/measure.h"

struct db;

struct store_target {
	int64_t id; /* given by the store */
	str line, unit, category;
	int level;
	int64_t due_ms;
	str reason, owner, actor;
	str approver; /* p NULL: nobody */
	int64_t recorded_ms;
	int64_t withdrawn_ms; /* TIME_FOREVER: it was not; then the two texts have p NULL */
	str withdrawn_by, withdrawn_reason;
};

/* What says about its end is not looked at. */
MUST_USE enum status store_target_add(struct db *db, const struct store_target *t, int64_t *id, struct err *err);
MUST_USE enum status store_target_withdraw(struct db *db, int64_t id, str reason, struct store_stamp stamp,
					   struct err *err);
/* All of a line of models, withdrawn ones too, by id. */
MUST_USE enum status store_target_list(struct db *db, str line, struct arena *a, struct store_target **out, size_t *n,
				       struct err *err);

#endif
