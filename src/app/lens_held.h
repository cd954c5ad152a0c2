/**
 * What a lens shows: the model, the tree and the measures that its unit and instants need. For the files of app/ alone,
 * inside the caller's transaction.
 */
#ifndef APP_LENS_HELD_H
#define APP_LENS_HELD_H

#include "app/access.h"
#include "app/lens.h"
#include "app/load.h"
#include "core/view_course.h"
#include "core/view_lens.h"

struct app_lens_tree;

/* What one call has read: the model, and a tree with its measures for each tree that its instants need. */
struct app_lens_held {
	struct app *app;
	const struct model *model;
	unsigned deployment; /* never 0 */
	str objective;       /* the only one that is looked at, which an assignment is enough for; empty: all of them */
	struct app_lens_tree *trees;
	struct view_lens view;
	const struct app_lens_tree *at; /* the tree of the lens */
};

/* One unit at one instant. */
struct app_lens_moment {
	bool there; /* false: no tree holds then, it lacks the unit, or the person may not read it there */
	bool known; /* something had been said about the unit */
	int unit;
	const struct app_state *state;
	const struct unit_tree *tree; /* of the state, seen through the deployment types of the lens */
	struct score_input *parts;    /* of the state at the instant, with that tree */
	size_t n_parts;
};

/* What the numbers of an instant are compared with: what the lens says; else as many months before as the setting says,
 * or the first at which anything of the model's line was observed, when that is later and before at_ms. One look into
 * an index. */
MUST_USE enum status app_lens_against(struct app *app, const struct app_lens *lens, const struct model *model,
				      int64_t at_ms, int64_t *out, struct err *err);
/* Reads the model and the state at the instant of the lens, finds the unit and asks for permission to read it. */
MUST_USE enum status app_lens_open(struct app *app, const struct app_lens *lens, struct app_lens_held *out,
				   struct err *err);
/* The same without measures, for what takes its numbers from elsewhere. */
MUST_USE enum status app_lens_view(struct app *app, const struct app_lens *lens, const struct model **model,
				   struct view_lens *out, struct err *err);
/* The same to look at one objective alone, which may also be assigned to the person there. Without a unit and a role
 * that reads one it is the first unit where it is assigned. */
MUST_USE enum status app_lens_open_objective(struct app *app, const struct app_lens *lens, str objective,
					     struct app_lens_held *out, struct err *err);
/* The unit at another instant; what was read for one instant serves all that the same tree holds for. */
MUST_USE enum status app_lens_moment(struct app_lens_held *held, str unit, int64_t at_ms, struct app_lens_moment *out,
				     struct err *err);
/* The lens's own unit and instant. */
MUST_USE enum status app_lens_now(const struct app_lens_held *held, struct app_lens_moment *out, struct err *err);
MUST_USE enum status app_lens_score(const struct app_lens_held *held, const struct app_lens_moment *moment,
				    struct score *out, struct err *err);
/* Of one category alone (an index), which costs less; nothing else in the score means anything. */
MUST_USE enum status app_lens_score_of(const struct app_lens_held *held, const struct app_lens_moment *moment,
				       int category, struct score *out, struct err *err);
/* Any unit at any instant, as app_lens_open finds its own: E_NOT_FOUND, E_DENIED. */
MUST_USE enum status app_lens_other(struct app_lens_held *held, str unit, int64_t at_ms, struct app_lens_moment *out,
				    struct err *err);
/* The same moment seen through fewer deployment types. */
MUST_USE enum status app_lens_mask(struct app_lens_held *held, struct app_lens_moment *moment, unsigned deployment,
				   struct err *err);
/* The score at another instant; *known = false, and no score, where the unit was not there or nothing had been said.
   category: of that one alone; APP_LENS_WHOLE: all of it. */
enum { APP_LENS_WHOLE = -1 };
MUST_USE enum status app_lens_past(struct app_lens_held *held, int64_t at_ms, int category, bool *known,
				   struct score *out, struct err *err);
/* The twelve months up to the instant of the lens; now: the score there. category: as above. */
MUST_USE enum status app_lens_course(struct app_lens_held *held, int category, bool known, const struct score *now,
				     struct view_point out[VIEW_COURSE_POINTS], struct err *err);

#endif
