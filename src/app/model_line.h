/**
 * Models of one line share their measures, and a name means one model: what has to be asked before one is stored or
 * becomes active. For the files of app/ alone; all of it runs inside the caller's transaction.
 */
#ifndef APP_MODEL_LINE_H
#define APP_MODEL_LINE_H

#include "app/model_files.h"

/* Stores a model. *added = false: one that says the same is there, whatever its files are called. E_CONFLICT: one that
 * says something else. */
MUST_USE enum status app_model_line_add(struct app *app, const struct model *m, const struct app_model_files *files,
					bool *added, struct err *err);
/**
 * Notes a problem for each objective that has measures of another model of the line, in which it counts something else
 * (or, where people answered, perhaps): an error when an overlay adds it, because another id costs nothing; else a
 * warning.
 */
MUST_USE enum status app_model_line_compare(struct app *app, const struct model *m, struct model_problems *problems,
					    struct err *err);
/* E_CONFLICT when an objective that an overlay adds has measures that were recorded under another meaning. */
MUST_USE enum status app_model_line_activate(struct app *app, const struct model *m, struct err *err);
/* What becomes of the measures of the model that was active before. */
MUST_USE enum status app_model_line_activation(struct app *app, const struct model *before, const struct model *m,
					       const struct view_activation **out, struct err *err);

#endif
