/**
 * One category as a ladder: its levels with their objectives, what lifts it, its year, its units.
 */
#ifndef CORE_VIEW_LADDER_H
#define CORE_VIEW_LADDER_H

#include "core/view.h"
#include "core/view_course.h"
#include "core/view_heat.h"
#include "core/view_lens.h"
#include "core/view_step.h"

struct view_target_level;

/* More rows than that are cut to the children of the unit. */
enum { VIEW_LADDER_UNITS = 50, VIEW_LADDER_SOON_PERCENT = 75 };

enum view_age {
	VIEW_AGE_NONE, /* nothing was said */
	VIEW_AGE_FRESH,
	VIEW_AGE_SOON,  /* three quarters of its life are over */
	VIEW_AGE_MIXED, /* some of it is stale */
	VIEW_AGE_STALE,
	VIEW_AGES
};

/* Bits: who stands behind what counts. */
enum { VIEW_BY_ATTESTED = 1, VIEW_BY_REVIEWED = 2, VIEW_BY_MEASURED = 4 };

/* What stands behind an objective at a unit. */
struct view_backing {
	enum view_age age;
	unsigned basis;           /* VIEW_BY_… of everything that counts */
	int64_t measures, stale;  /* that count; of which are too old */
	int64_t attested;         /* that count, are fresh and attested */
	int64_t seen_ms, ends_ms; /* of the fresh one that ends first: when its evidence was seen, when it ends */
	int attested_unit;        /* the only unit with an attested one; UNIT_NONE: none or several */
};

struct view_ladder_objective {
	int objective; /* index into model.objectives */
	struct score_objective score;
	struct view_backing backing;
};

struct view_rung {
	int level;
	str name, text; /* of the level; what the category looks like there */
	struct view_heat heat;
	size_t n;
	const struct view_ladder_objective *objectives;
};

struct view_ladder_unit {
	int unit;  /* index into lens.tree */
	int depth; /* 1: directly below the unit looked at */
	bool leaf;
	struct score_category score;
};

/* A leaf unit below, for the spread. */
struct view_spread {
	int unit;
	int32_t index; /* 0: not applicable there */
};

struct view_ladder_type {
	unsigned deployment;
	int objectives, of;          /* objectives of the category that apply to the type, of all it has */
	struct score_category score; /* seen through this type alone */
};

struct view_ladder {
	const struct model *model;
	const struct model_category *category;
	struct view_lens lens;
	bool known;
	struct score_category now;
	bool has_past;
	struct score_category past;
	struct view_rung rungs[MODEL_LEVELS]; /* level 1 first; "you are here" is now.level */
	struct view_lift lift;                /* its category is -1 at the ceiling, or when nothing applies */
	int64_t unknown;   /* members of whom nobody knows, in what could still lift it: up to level_high */
	int64_t attested;  /* measures that stand on somebody's word, up to the level, wherever they came from */
	int attested_unit; /* the only unit they are of; UNIT_NONE: several, or none */
	int64_t waiting;   /* answers up to the level that the queue of reviews holds now; 0 in the past */
	struct view_point points[VIEW_COURSE_POINTS]; /* oldest first; of their categories this one */
	size_t n_units;
	const struct view_ladder_unit *units; /* pre-order: two levels below, or one when those are too many */
	size_t n_spread;
	const struct view_spread *spread; /* all leaf units below, in pre-order */
	int lowest;                       /* the leaf of the least index; UNIT_NONE: none applies */
	struct view_ladder_type types[3];
	const struct view_target_level *target; /* NULL: none is kept */
};

/* What stands behind each objective of a category, by place in it. check: the source of checks in the measures, or -1.
 */
MUST_USE enum status view_ladder_backing(const struct score_input *in, int unit, int category, int check,
					 struct arena *a, struct view_backing **out, struct err *err);
/* The rungs, the lift, and what is unknown or attested; out->model, category and lens are there. */
MUST_USE enum status view_ladder_fill(struct view_ladder *out, const struct score_input *in, const struct score *s,
				      int check, struct arena *a, struct err *err);
/* none, fresh, soon, mixed, stale */
str view_ladder_age(enum view_age age);

#endif
