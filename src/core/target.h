/**
 * Targets: the level that a unit has decided to reach in a category, and by when. Pure.
 *
 * At an instant the newest target of (unit, category) holds that was recorded by then and not withdrawn; where a unit
 * has none, that of its nearest ancestor that has one.
 */
#ifndef CORE_TARGET_H
#define CORE_TARGET_H

#include "core/score.h"
#include "core/unit.h"

struct target {
	int64_t id;     /* running: of equal instants the greater one is newer */
	int unit;       /* index in the tree */
	int category;   /* index in the model */
	int level;      /* 1..5 */
	int64_t due_ms; /* the day by which; that day still counts */
	int64_t recorded_ms;
	int64_t withdrawn_ms; /* TIME_FOREVER: it was not */
};

enum target_state {
	TARGET_NONE,    /* nobody decided, or the category does not apply */
	TARGET_REACHED, /* the level is there */
	TARGET_OPEN,    /* not yet, and there is time */
	TARGET_LATE     /* not yet, and the day has passed */
};

/* The unit's own target at an instant; NULL when it has none. The list in any order. */
const struct target *target_own(const struct target *list, size_t n, int unit, int category, int64_t at_ms);
/* The one that holds for the unit, its own or inherited. */
const struct target *target_in_force(const struct target *list, size_t n, const struct unit_tree *tree, int unit,
				     int category, int64_t at_ms);
/* now: the category's score at the unit; t may be NULL. The target's level is reached at the level that is claimed. */
enum target_state target_state(const struct target *t, const struct score_category *now, int64_t at_ms);
str target_state_name(enum target_state state);

#endif
