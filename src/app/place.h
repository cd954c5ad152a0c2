/**
 * A place: one objective at one unit, as the model and the tree are today. For the files of app/ alone; inside the
 * caller's transaction.
 */
#ifndef APP_PLACE_H
#define APP_PLACE_H

#include "app/access.h"
#include "app/load.h"
#include "core/view_answer.h"
#include "store/answer.h"

struct app_place {
	const struct model *model;
	struct store_tree tree;
	const struct model_objective *objective;
	int unit;
	struct store_answer_place key;
};

/* To read: as app_access_look_objective finds it. To write: the unit that is named, and the root when none is. */
MUST_USE enum status app_place_find(struct app *app, enum access_role at_least, str objective, str unit,
				    struct app_place *out, struct err *err);
/* The same question about a fact that is stored: where the unit is no more, the role must hold at the root. assigned:
   whether it is enough that the objective is assigned. */
MUST_USE enum status app_place_permit(struct app *app, enum access_role at_least, str objective, str unit,
				      bool assigned, struct err *err);
/* An answer with its documents and what became of it. */
MUST_USE enum status app_place_show(struct app *app, const struct store_answer *answer, struct view_said *out,
				    struct err *err);
/* Forgets the derived rows that a measure of an objective at a unit touches, in today's tree. NULL: an objective that
   the model does not have. */
MUST_USE enum status app_place_forget(struct app *app, const struct model_objective *o, str unit, struct err *err);
MUST_USE enum status app_place_forget_answer(struct app *app, const struct store_answer *answer, struct err *err);
/* How long somebody may take back what was just done. */
#define APP_PLACE_UNDO_MS (INT64_C(15) * 60 * 1000)

#endif
