/**
 * Targets and the gap. Setting and withdrawing ask for the role lead at the unit, looking for reader.
 */
#ifndef APP_TARGET_H
#define APP_TARGET_H

#include "app/app.h"
#include "core/view_target.h"

struct app_target {
	str category, unit;  /* unit empty: the root */
	int level;           /* 1..5 */
	struct app_time due; /* cut to its day; required; today or later, unless the unit's own target has it already */
	str because, owner;  /* both required */
	str approver;        /* may be empty; a name, of another person than who sets it */
	bool has_expected;   /* set only if that is still the unit's own target: */
	int64_t expected;    /* its id; 0: there was none */
};
/* The same as the one that holds is not added again. E_CONFLICT: not the expected one holds. */
MUST_USE enum status app_target_set(struct app *app, const struct app_target *target, struct view_target *out,
				    bool *unchanged, struct err *err);
/* Withdraws the unit's own target; an older one of the unit, then an ancestor's, holds again. *then: which; id 0: none.
   E_NOT_FOUND: the unit has none of its own. */
MUST_USE enum status app_target_withdraw(struct app *app, str category, str unit, str because, struct view_target *out,
					 struct view_target *then, struct err *err);
/* Of the unit and everything below it; all: those that no longer hold too. Only of units the person may read. */
MUST_USE enum status app_target_list(struct app *app, str unit, bool all, struct view_targets *out, struct err *err);
/* Each category of the unit against the target in force, with what is missing up to it. */
MUST_USE enum status app_target_gap(struct app *app, str unit, struct app_time as_of, struct view_gaps *out,
				    struct err *err);

/* The targets in force of a unit at an instant, by category of the model; *out NULL: there is none at all. s: the score
   there. Inside the caller's transaction; for the files of app/ alone. */
MUST_USE enum status app_target_levels(struct app *app, const struct model *m, const struct unit_tree *tree,
				       int64_t at_ms, const struct score *s, const struct view_target_level **out,
				       struct err *err);

#endif
