#include "core/target.h"

#include "base/time.h"

const struct target *target_own(const struct target *list, size_t n, int unit, int category, int64_t at_ms)
{
	const struct target *best = NULL;
	for (size_t i = 0; i < n; i++) {
		const struct target *t = &list[i];
		if (t->unit != unit || t->category != category || t->recorded_ms > at_ms || t->withdrawn_ms <= at_ms)
			continue;
		if (!best || t->recorded_ms > best->recorded_ms ||
		    (t->recorded_ms == best->recorded_ms && t->id > best->id))
			best = t;
	}
	return best;
}

const struct target *target_in_force(const struct target *list, size_t n, const struct unit_tree *tree, int unit,
				     int category, int64_t at_ms)
{
	const struct target *t = NULL;
	for (int u = unit; u != UNIT_NONE && !t; u = tree->units[u].parent)
		t = target_own(list, n, u, category, at_ms);
	return t;
}

enum target_state target_state(const struct target *t, const struct score_category *now, int64_t at_ms)
{
	if (!t || !now->applicable)
		return TARGET_NONE;
	if (now->level >= t->level)
		return TARGET_REACHED;
	return at_ms < t->due_ms + TIME_DAY_MS ? TARGET_OPEN : TARGET_LATE;
}

str target_state_name(enum target_state state)
{
	static const str names[] = {S("none"), S("reached"), S("open"), S("late")};
	return names[state];
}
