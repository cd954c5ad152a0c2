/**
 * Dismissals in the store: AI systems that no register knows and that somebody set aside.
 */
#ifndef STORE_DISMISS_H
#define STORE_DISMISS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct db;

struct store_dismissal {
	int64_t id;
	str name, unit, reason, actor, ended_by;
	int64_t recorded_ms, ended_ms; /* TIME_FOREVER: it holds */
};

/* id is given by the store; what says about its end is not looked at. */
MUST_USE enum status store_dismiss_add(struct db *db, const struct store_dismissal *d, int64_t *id, struct err *err);
MUST_USE enum status store_dismiss_end(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err);
/* By name, unit and id; ended: also those that no longer hold. */
MUST_USE enum status store_dismiss_list(struct db *db, bool ended, struct arena *a, struct store_dismissal **out,
					size_t *n, struct err *err);

#endif
