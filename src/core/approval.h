/**
 * The approval of a deployment as a state machine. Pure.
 *
 *   requested ──► reviewed ──► approved ──► expired (by time alone)
 *                    └───────► rejected
 *   requested, reviewed, approved ──► withdrawn
 *
 * Four eyes: nobody reviews or decides an own request.
 */
#ifndef CORE_APPROVAL_H
#define CORE_APPROVAL_H

#include "base/str.h"

/* As they are stored. */
enum approval_act {
	APPROVAL_REQUEST,
	APPROVAL_REVIEW,
	APPROVAL_APPROVE,
	APPROVAL_REJECT,
	APPROVAL_WITHDRAW,
	APPROVAL_ACTS
};

enum approval_state {
	APPROVAL_NONE, /* nothing was done yet */
	APPROVAL_REQUESTED,
	APPROVAL_REVIEWED,
	APPROVAL_APPROVED,
	APPROVAL_REJECTED,
	APPROVAL_EXPIRED,
	APPROVAL_WITHDRAWN,
	APPROVAL_STATES
};

struct approval_step {
	enum approval_act act;
	int64_t at_ms;
	int64_t expires_ms; /* of APPROVAL_APPROVE; it no longer holds from then on */
	str actor;
};

/* false: the act is not possible in this state; *out untouched. */
bool approval_next(enum approval_state state, enum approval_act act, enum approval_state *out);
/* The state that the steps, in their order, lead to at an instant; later ones are not looked at. A step that was not
   possible is passed over. */
enum approval_state approval_state(const struct approval_step *steps, size_t n, int64_t at_ms);
/* Is the request still undecided? */
bool approval_is_pending(enum approval_state state);
str approval_state_name(enum approval_state state);
/* "request", "review", … */
str approval_act_name(enum approval_act act);

#endif
