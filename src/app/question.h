/** One question as it is put to a person; see core/view_question.h. */
#ifndef APP_QUESTION_H
#define APP_QUESTION_H

#include "app/app.h"
#include "core/view_question.h"

/* unit empty: the root. Asks for reader there, or that the objective is assigned. */
MUST_USE enum status app_question(struct app *app, str objective, str unit, struct view_question *out, struct err *err);

#endif
