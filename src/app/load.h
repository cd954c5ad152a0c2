/**
 * What most questions start from: the active model, the tree of units, the measures. For the files of app/ alone.
 * All of these run inside the caller's transaction.
 */
#ifndef APP_LOAD_H
#define APP_LOAD_H

#include "app/app.h"
#include "store/measure_load.h"
#include "store/unit.h"

/* The state at an instant. Its measures stand in parts, as score_at_parts has them: one, or one for each category. */
struct app_state {
	const struct model *model;
	struct store_tree tree;
	size_t n_parts;
	struct score_input *parts;             /* they show the tree of this struct, which must not be moved */
	const struct store_measures *measures; /* by part */
};

MUST_USE enum status app_load_model(struct app *app, const struct model **out, struct err *err);
/* The tree that holds at an instant. Of a tree that is yet to hold only who reads the whole organisation is told: units
   of others may stand below one's own there; everybody else gets today's. */
MUST_USE enum status app_load_tree(struct app *app, int64_t at_ms, struct store_tree *out, struct err *err);
MUST_USE enum status app_load_state(struct app *app, int64_t as_of_ms, struct app_state *out, struct err *err);
/* The same when the model and the tree are there. */
MUST_USE enum status app_load_parts(struct app *app, int64_t as_of_ms, struct app_state *out, struct err *err);
/* The part with the measures of an objective (an index). */
size_t app_load_part(const struct app_state *s, int objective);
/* The same measures seen at another instant of the same tree, or through fewer deployment types: a tree of the same
   units. */
MUST_USE enum status app_load_parts_at(struct app *app, const struct app_state *s, const struct unit_tree *tree,
				       int64_t as_of_ms, struct score_input **out, struct err *err);
/* The score of one unit, as app_access_look finds it, and what it stands on. Reads the measures only when nothing is
   held. */
struct app_scored {
	const struct model *model;
	struct store_tree tree;
	int node;
	struct score score;
};
MUST_USE enum status app_load_score(struct app *app, int64_t as_of_ms, str unit, struct app_scored *out,
				    struct err *err);
/* The state for one objective at a unit and below, as app_access_look_objective finds it: of the measures perhaps only
   its own. */
MUST_USE enum status app_load_objective_state(struct app *app, int64_t as_of_ms, str objective, str unit, int *node,
					      struct app_state *out, struct err *err);
/* The objective; E_NOT_FOUND with a hint. */
MUST_USE enum status app_load_objective(const struct model *m, str id, const struct model_objective **out,
					struct err *err);
/* Writes the derived rows that are missing or past their time; inside a write transaction. units: how
   many units were written; may be NULL. */
MUST_USE enum status app_load_repair(struct app *app, int64_t *units, struct err *err);
/* The instant asked for, else now. */
int64_t app_load_time(const struct app *app, struct app_time t);
/* E_INVALID when an observed time lies in the future or before 2015. */
MUST_USE enum status app_load_check_observed(const struct app *app, int64_t observed_ms, struct err *err);
/* E_CONFLICT: the bytes that were parsed are not those that were hashed. */
MUST_USE enum status app_load_changed(str file, struct err *err);
/* An identifier from outside: not empty, at most LIMIT_ID_BYTES, UTF-8, no control characters. `what` for the message.
 */
MUST_USE enum status app_load_check_id(str id, const char *what, struct err *err);
/* The same for a line of text: at most so many characters, whatever their bytes. */
MUST_USE enum status app_load_check_line(str text, const char *what, size_t characters, struct err *err);

#endif
