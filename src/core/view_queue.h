/**
 * What waits for an answer: places (an objective at a unit) in the order in which they are asked.
 */
#ifndef CORE_VIEW_QUEUE_H
#define CORE_VIEW_QUEUE_H

#include "core/model.h"
#include "core/unit.h"

/* A place stands in one part only. */
enum view_queue_part {
	VIEW_QUEUE_ASSIGNED,   /* to the person, and not answered since */
	VIEW_QUEUE_RETURNED,   /* an own answer came back from its review */
	VIEW_QUEUE_UNANSWERED, /* nothing was said, or nothing that still counts; of the next level first */
	VIEW_QUEUE_EXPIRING,   /* an answer ends soon, or has ended */
	VIEW_QUEUE_INTERVIEW,  /* a question of the guided interview, answered or not */
	VIEW_QUEUE_PARTS
};

enum { VIEW_QUEUE_SHOWN = 200 /* of each part at most */ };

struct view_queue_item {
	const struct model_objective *objective;
	int unit;
	enum view_queue_part part;
	bool done;       /* in an interview: it is answered */
	int64_t when_ms; /* due, returned, or the last instant at which it counts; TIME_FOREVER: none */
	str by;          /* who assigned or returned it; p NULL: nobody */
};

struct view_queue {
	const struct model *model;
	const struct unit_tree *tree;
	int top;          /* the unit at and below which was looked; UNIT_NONE: the person may answer nowhere there */
	int64_t done, of; /* of: the places that the person may answer there; done: those with something that counts */
	int64_t counts[VIEW_QUEUE_PARTS]; /* all of a part, shown or not */
	size_t n;
	const struct view_queue_item *list; /* by part */
};

/* What waits for one person, for the bar. */
struct view_queue_waiting {
	int64_t assess, review;
};

/* assigned, returned, unanswered, expiring, interview */
str view_queue_part_name(enum view_queue_part part);

#endif
