/**
 * The overview: where a program stands, what moved it, what stands on people's word, what comes next.
 */
#ifndef CORE_VIEW_OVERVIEW_H
#define CORE_VIEW_OVERVIEW_H

#include "core/view.h"
#include "core/view_course.h"
#include "core/view_expiry.h"
#include "core/view_heat.h"
#include "core/view_lens.h"
#include "core/view_step.h"
#include "core/view_word.h"

struct view_target_level;

/* Why a feed is in trouble, from bad to less bad. */
enum view_trouble_kind {
	VIEW_TROUBLE_REFUSED, /* its last file was */
	VIEW_TROUBLE_STALE,   /* too old for some objective */
	VIEW_TROUBLE_LATE,    /* overdue */
	VIEW_TROUBLE_ENDING,  /* will be too old soon: so much of its time is over (VIEW_LADDER_SOON_PERCENT) */
	VIEW_TROUBLE_KINDS
};

struct view_trouble {
	enum view_trouble_kind kind;
	const struct view_feed *feed;
	int64_t ends_ms; /* the last instant at which no objective finds it too old; TIME_FOREVER: none reads it */
};

struct view_troubles {
	size_t feeds; /* all that are not retired and that the person may see */
	size_t n;
	const struct view_trouble *list;       /* by kind, then name */
	int64_t unlinked_rows, unlinked_names; /* of AI systems nobody knows; 0 for who may not see the whole */
};

struct view_overview {
	const struct model *model;
	struct view_lens lens;
	bool known; /* anything was said about the unit */
	struct score now;
	bool has_past; /* false: at vs_ms the unit was not there, or nothing was said about it */
	struct score past;
	struct view_counts counts;
	size_t n_holders;
	const int *holders;                           /* the categories at the floor */
	const struct view_heat *heat;                 /* category · MODEL_LEVELS + level - 1 */
	struct view_point points[VIEW_COURSE_POINTS]; /* oldest first; the last is now */
	struct view_moves moves;
	struct view_words words;
	size_t n_lifts;
	const struct view_lift *lifts; /* cheapest next levels */
	struct view_expiries expiries;
	struct view_troubles troubles;
	const struct view_target_level *targets; /* by model.categories; NULL: none are kept */
};

/* Is the feed in trouble at the instant? Everywhere by this one rule: its last file was refused, it is too old for some
   objective, it is overdue, or three quarters of its time are over. A
   retired feed never is, and one that aismm keeps itself never grows old. */
bool view_overview_find_trouble(const struct view_feed *feed, int64_t at_ms, struct view_trouble *out);
/* refused, stale, late, ending */
str view_overview_trouble(enum view_trouble_kind kind);
/* Is there something of the category to compare with? Not when nothing was known of it: unknown is not level 1. */
bool view_overview_has_past(const struct view_overview *v, size_t category);
/* The cells of the heat map, and who holds the floor; out->model and out->now are there. */
MUST_USE enum status view_overview_fill(struct view_overview *out, struct arena *a, struct err *err);

#endif
