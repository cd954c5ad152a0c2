/**
 * Views of approvals of deployments.
 */
#ifndef CORE_VIEW_APPROVAL_H
#define CORE_VIEW_APPROVAL_H

#include "core/approval.h"
#include "core/view.h"

struct view_approval {
	int64_t id;
	str system, unit;
	unsigned deployment; /* one bit of enum model_deployment */
	enum approval_state state;
	int64_t expires_ms; /* of an approval; TIME_FOREVER: it was not approved */
	size_t n_steps;
	const struct view_approval_step {
		enum approval_act act;
		str actor, words; /* why, the finding, the conditions, the reason */
		int64_t at_ms;
	} * steps;
	str sha256; /* after a step: the file that the feed `approvals` got; else p NULL */
};

struct view_approvals {
	size_t n;
	const struct view_approval *list; /* the newest first */
};

#endif
