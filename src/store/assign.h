/**
 * Assignments: who is to answer an objective at a unit, and by when.
 */
#ifndef STORE_ASSIGN_H
#define STORE_ASSIGN_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct db;

struct store_assign {
	int64_t id, user_id;
	str objective, unit, user, shown, actor, ended_by;
	int64_t due_ms;                /* TIME_FOREVER: no date */
	int64_t recorded_ms, ended_ms; /* TIME_FOREVER: it holds */
};

/* id is given by the store; user, shown and what says about its end are not looked at. */
MUST_USE enum status store_assign_add(struct db *db, const struct store_assign *assign, int64_t *id, struct err *err);
MUST_USE enum status store_assign_end(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err);
/* Those of one user or of all (0) by due date and id; ended: also those that no longer hold. */
MUST_USE enum status store_assign_list(struct db *db, int64_t user, bool ended, struct arena *a,
				       struct store_assign **out, size_t *n, struct err *err);

#endif
