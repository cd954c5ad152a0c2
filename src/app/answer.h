/**
 * The answer that is current at a place, and taking one's own back. Giving one: app_answer in app/app.h.
 */
#ifndef APP_ANSWER_H
#define APP_ANSWER_H

#include "app/app.h"
#include "core/view_answer.h"

/* unit empty: the root. Asks for reader, or that the objective is assigned there. */
MUST_USE enum status app_answer_now(struct app *app, str objective, str unit, struct view_answer_now *out,
				    struct err *err);
/**
 * Takes back an own answer within 15 minutes, while it is the one recorded last and nobody reviewed it. It is no
 * measure any more, at any instant; the answer before it is current again as it was. out: that one. E_DENIED: it is
 * another person's; E_CONFLICT: too late, or something newer stands on it.
 */
MUST_USE enum status app_answer_undo(struct app *app, int64_t seq, struct view_answer_now *out, struct err *err);

#endif
