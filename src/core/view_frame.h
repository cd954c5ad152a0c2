/**
 * What every page of the web application shows around its content: whose program, at what instant, by which model.
 */
#ifndef CORE_VIEW_FRAME_H
#define CORE_VIEW_FRAME_H

#include "core/access.h"
#include "core/model.h"
#include "core/score.h"
#include "core/unit.h"
#include "core/view_queue.h"

struct view_frame {
	const struct model *model;
	const struct unit_tree *tree; /* NULL: no units were imported */
	int unit;                     /* of the lens; an index of the tree */
	int top;                      /* it, or the highest unit above it up to which the reader may see all */
	int64_t at_ms, vs_ms;
	bool none;                               /* there is no unit at all at that time */
	bool past;                               /* the lens names another instant than now: nothing can be written */
	bool ahead;                              /* it is in the future */
	unsigned deployment;                     /* 0: all types */
	enum access_role role, most;             /* at the unit, and the greatest anywhere */
	const struct score_category *categories; /* of the unit, by model.categories; NULL: not known here */
	int64_t evaluated_ms;                    /* the last run not later than at_ms; INT64_MIN: never */
	struct view_queue_waiting waiting;       /* for the person */
	str organisation;                        /* as a setting calls it; empty: nobody set it */
	str facts; /* SHA-256 (hex) that stands for everything stored: it changes when a fact is added */
};

#endif
