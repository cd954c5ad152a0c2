/**
 * Approval of a deployment: requested, reviewed, approved or rejected; later expired or withdrawn (core/approval.h).
 * Every step is evidence too, of the feed `approvals`: what was decided about a system joins its row in the register.
 */
#ifndef APP_APPROVAL_H
#define APP_APPROVAL_H

#include "app/app.h"
#include "core/view_approval.h"

struct app_approval_request {
	str system, unit;    /* unit empty: the root; the register shows the system there */
	unsigned deployment; /* one bit of enum model_deployment */
	str because;
};
/* Asks for assessor at the unit. E_NOT_FOUND: the register has no such system there; E_CONFLICT: a request for it is
   still undecided. */
MUST_USE enum status app_approval_request(struct app *app, const struct app_approval_request *request,
					  struct view_approval *out, struct err *err);

struct app_approval_step {
	int64_t id;
	enum approval_act act;   /* not APPROVAL_REQUEST */
	str words;               /* the finding, the conditions, the reason; required but for conditions */
	struct app_time expires; /* of APPROVAL_APPROVE: required, in the future */
};
/* A review asks for assessor at the unit, the others for lead; who asked for it may withdraw it. E_DENIED also for
   an own request; E_CONFLICT: the step is not possible in this state. */
MUST_USE enum status app_approval_step(struct app *app, const struct app_approval_step *step, struct view_approval *out,
				       struct err *err);
/* At the unit and below; pending: those that wait for a step. Asks for reader. */
MUST_USE enum status app_approval_list(struct app *app, str unit, bool pending, struct view_approvals *out,
				       struct err *err);

#endif
