/**
 * One objective of a unit in full: what its tally is made of, its year, the files behind it, those who fail.
 */
#ifndef CORE_VIEW_DETAIL_H
#define CORE_VIEW_DETAIL_H

#include "core/view.h"
#include "core/view_course.h"
#include "core/view_lens.h"
#include "core/view_step.h"

/* More rows than that are cut to the units directly below; more files are counted. */
enum { VIEW_DETAIL_UNITS = 120, VIEW_DETAIL_FILES = 30 };

/* A unit with what it and all below it say: every row is the sum of its own measures and of the rows below it. */
struct view_detail_unit {
	int unit;       /* index into lens.tree */
	int depth;      /* 0: the unit looked at */
	bool leaf, own; /* own: it has measures of its own, or is counted without any */
	struct measure_tally tally;
	enum score_verdict verdict;
	size_t first, n; /* its own measures, in objective.measures */
};

struct view_detail_point {
	int64_t at_ms;
	bool known; /* false: a gap */
	struct measure_tally tally;
};

/* A file that stands behind the numbers. */
struct view_detail_file {
	str name, sha256;
	str feed; /* p NULL: of an answer or a table of measures */
	str unit; /* the feed's scope, or the unit of the answer */
	int64_t observed_ms;
	bool stale;    /* too old for this objective */
	bool may_open; /* the person may read it */
};

struct view_detail {
	struct view_lens lens;
	bool whole; /* the person may read the unit; false: this objective alone, because it is assigned */
	struct view_objective objective; /* its subjects are not looked for */
	size_t n_units;
	const struct view_detail_unit *units; /* pre-order */
	bool cut;                             /* units further below were left out */
	struct view_detail_point points[VIEW_COURSE_POINTS];
	uint64_t reads;                 /* the kinds of evidence that its check reads, as bits */
	size_t n_files, n_files_listed; /* the newest are listed */
	const struct view_detail_file *files;
	int64_t missing;       /* how many more yes would make it met; 0 when it is */
	struct view_lift lift; /* of its category; empty unless whole */
	bool lifts;            /* it is one of the steps of the lift */
};

/* ---- those who are not met, or not known ---- */

struct view_filter {
	str text, unit, kind; /* empty: all; unit: with all below it */
	enum { VIEW_FILTER_ALL, VIEW_FILTER_NOT_MET, VIEW_FILTER_UNKNOWN } of;
};

struct view_offenders {
	const struct model *model;
	const struct model_objective *objective;
	struct view_lens lens;
	bool whole;                 /* as in view_detail */
	struct measure_tally tally; /* of the score: counts those too whom nobody can name */
	size_t n_silent;            /* units that say nothing */
	bool counted, stale;        /* some measure is numbers alone, from no check of ours; some is too old */
	bool known;                 /* the check could be run on the evidence of its measures */
	int64_t not_met, unknown;   /* all whom it names */
	int64_t passed;             /* that the filter lets through */
	uint64_t kinds;             /* that all of them have, as bits */
	int64_t offset;             /* of the page */
	size_t n;
	const struct view_subject *list; /* the page: not met first, then unknown; by unit and id */
	str note;                        /* why they are not known, or that evidence has changed since */
};

#endif
