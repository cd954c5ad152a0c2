/**
 * A year in monthly points, each computed from the facts of its date, and what moved the index between them.
 */
#ifndef CORE_VIEW_COURSE_H
#define CORE_VIEW_COURSE_H

#include "core/score.h"

enum { VIEW_COURSE_POINTS = 13, VIEW_COURSE_MOVES = 8 /* so many are listed; the rest is in `other` */ };

struct view_point {
	int64_t at_ms;
	bool known;         /* false: a gap. The unit was not there, or nobody had said anything about it */
	struct score score; /* of a known one */
};

enum view_move_kind {
	VIEW_MOVE_RISE,  /* categories reached a level */
	VIEW_MOVE_FALL,  /* categories fell to a level */
	VIEW_MOVE_COULD, /* they stay where they are, but a level became possible */
	VIEW_MOVE_KINDS
};

struct view_moved {
	int objective; /* index into model.objectives */
	struct score_objective before, after;
};

struct view_move {
	enum view_move_kind kind;
	int level;              /* reached, fallen to, or possible */
	int64_t from_ms, at_ms; /* the points between which it happened */
	int32_t effect;         /* on the index of the program, thousandths */
	int32_t shown;          /* the effect on the index that is shown; see core/view_shown.h */
	size_t n_categories, n_objectives;
	const int *categories;               /* indexes into model.categories */
	const struct view_moved *objectives; /* of the levels gained or lost, those whose verdict changed */
};

struct view_moves {
	bool known; /* false: fewer than two points have an index, and nothing can have moved */
	int64_t from_ms, at_ms;
	int32_t difference; /* of the program's index between the first and the last point that have one */
	int32_t other;      /* difference = the sum of all effects + other, exactly */
	int32_t shown_difference, shown_other; /* the same of what is shown, which adds up as exactly */
	size_t n;
	const struct view_move *list; /* by time, then kind, then level */
};

/* at_ms and the twelve months before it, oldest first. */
void view_course_times(int64_t at_ms, int64_t out[VIEW_COURSE_POINTS]);
/* What moved the program's index over the points, oldest first. */
MUST_USE enum status view_course_moves(const struct model *m, const struct view_point *points, size_t n,
				       struct arena *a, struct view_moves *out, struct err *err);
/* rise, fall, could */
str view_course_kind(enum view_move_kind kind);

#endif
