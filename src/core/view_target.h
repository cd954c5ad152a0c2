/**
 * Views of targets and of the gap between them and the score.
 */
#ifndef CORE_VIEW_TARGET_H
#define CORE_VIEW_TARGET_H

#include "core/target.h"
#include "core/view.h"

struct view_target {
	int64_t id;
	str unit, category;
	int level;
	int64_t due_ms, recorded_ms;
	str because, owner, author;
	str approver;         /* p NULL: nobody approved it */
	int64_t withdrawn_ms; /* TIME_FOREVER: it was not */
	str withdrawn_by, withdrawn_because;
	bool in_force; /* of its own unit */
};

struct view_targets {
	int64_t as_of_ms;
	size_t n;
	const struct view_target *list; /* by unit in pre-order, category, the newest first */
};

/* One category against its target. */
struct view_gap_category {
	const struct model_category *category;
	struct score_category score;
	enum target_state state;
	const struct view_target *target; /* in force; NULL: none */
	bool inherited;                   /* it is an ancestor's */
	int difference;                   /* levels that are missing; negative: ahead. 0 without a target */
	size_t n_steps;                   /* objectives up to the target's level that are not met */
	const struct view_step *steps;    /* by level, then the cheapest first, then by id */
};

struct view_gaps {
	const struct model *model;
	str unit_id;
	int64_t as_of_ms;
	size_t n;
	const struct view_gap_category *categories; /* by model.categories */
};

#endif
