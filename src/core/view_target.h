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

/* The target in force of one category, for a map or a chart. */
struct view_target_level {
	int level; /* 0: there is none */
	int64_t due_ms;
	enum target_state state;
	bool inherited;
};
/* What the targets are together, over the categories that apply. */
struct view_target_program {
	int categories, targets, below; /* that apply; that have a target; of these, that have not reached it */
	int64_t due_ms;                 /* the latest day of a target */
	int32_t index; /* that the program has at least when every target is reached and nothing else changes: of each
			  category the greater one of its target and what it has now. -1: one has no target */
};
/* levels: by model.categories; NULL: there are no targets. */
struct view_target_program view_target_program(const struct model *m, const struct score *s,
					       const struct view_target_level *levels);

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
