#include "core/approval.h"

bool approval_next(enum approval_state state, enum approval_act act, enum approval_state *out)
{
	static const enum approval_state next[APPROVAL_STATES][APPROVAL_ACTS] = {
	    [APPROVAL_NONE] = {[APPROVAL_REQUEST] = APPROVAL_REQUESTED},
	    [APPROVAL_REQUESTED] = {[APPROVAL_REVIEW] = APPROVAL_REVIEWED, [APPROVAL_WITHDRAW] = APPROVAL_WITHDRAWN},
	    [APPROVAL_REVIEWED] = {[APPROVAL_APPROVE] = APPROVAL_APPROVED,
				   [APPROVAL_REJECT] = APPROVAL_REJECTED,
				   [APPROVAL_WITHDRAW] = APPROVAL_WITHDRAWN},
	    [APPROVAL_APPROVED] = {[APPROVAL_WITHDRAW] = APPROVAL_WITHDRAWN},
	};
	if (next[state][act] == APPROVAL_NONE)
		return false;
	*out = next[state][act];
	return true;
}

enum approval_state approval_state(const struct approval_step *steps, size_t n, int64_t at_ms)
{
	enum approval_state state = APPROVAL_NONE;
	int64_t expires_ms = 0;
	for (size_t i = 0; i < n; i++) {
		if (steps[i].at_ms > at_ms)
			break;
		if (state == APPROVAL_APPROVED && steps[i].at_ms >= expires_ms)
			return APPROVAL_EXPIRED;
		if (approval_next(state, steps[i].act, &state) && state == APPROVAL_APPROVED)
			expires_ms = steps[i].expires_ms;
	}
	return state == APPROVAL_APPROVED && at_ms >= expires_ms ? APPROVAL_EXPIRED : state;
}

bool approval_is_pending(enum approval_state state)
{
	return state == APPROVAL_REQUESTED || state == APPROVAL_REVIEWED;
}

str approval_state_name(enum approval_state state)
{
	static const str names[APPROVAL_STATES] = {S("none"),     S("requested"), S("reviewed"), S("approved"),
						   S("rejected"), S("expired"),   S("withdrawn")};
	return names[state];
}

str approval_act_name(enum approval_act act)
{
	static const str names[APPROVAL_ACTS] = {S("request"), S("review"), S("approve"), S("reject"), S("withdraw")};
	return names[act];
}
