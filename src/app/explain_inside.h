/**
 * How a number is explained: the parts of app_explain_objective. For the files of app/ alone; inside the caller's
 * transaction.
 */
#ifndef APP_EXPLAIN_INSIDE_H
#define APP_EXPLAIN_INSIDE_H

#include "app/access.h"
#include "app/verdict.h"
#include "core/view_detail.h"

/* A question: one objective or category of a unit at an instant. */
struct app_explain {
	struct app *app;
	str word, unit; /* objective or category; unit */
	int64_t as_of_ms, offset, limit;
	struct app_state state;
	int node;
	struct score score;
	struct view_objective *objective;
	struct view_category *category;
	const struct view_filter *filter; /* of subjects; NULL: all */
	uint64_t reads;                   /* the kinds that the check reads, from app_explain_gaps on */
};

/* The units whose own tally counts at the node: all below it, or the root for a program objective. */
void app_explain_span(const struct app_explain *q, const struct model_objective *o, int *first, int *end);
/* From a state, a node and its score: the measures, the silent units and the gaps; no check is run. */
MUST_USE enum status app_explain_fill(struct app_explain *q, const struct model_objective *o, struct err *err);
/* The same of the node's own measures alone, those of the root for a program objective. */
MUST_USE enum status app_explain_own(struct app_explain *q, const struct model_objective *o, struct err *err);
/* explain_gaps.c */
MUST_USE enum status app_explain_gaps(struct app_explain *q, const struct model_objective *o, struct err *err);
/* explain_subjects.c: runs the check on the evidence behind the measures, and gives a page of those who are not met or
   not known. After app_explain_fill: a check whose measure failed is not run again. */
MUST_USE enum status app_explain_subjects(struct app_explain *q, const struct model_objective *o,
					  struct view_offenders *out, struct err *err);

#endif
