#include "core/view_target.h"

struct view_target_program view_target_program(const struct model *m, const struct score *s,
					       const struct view_target_level *levels)
{
	struct view_target_program out = {.due_ms = INT64_MIN, .index = -1};
	int64_t sum = 0, weights = 0;
	for (size_t i = 0; i < m->n_categories; i++) {
		const struct score_category *c = &s->categories[i];
		if (!c->applicable)
			continue;
		out.categories++;
		if (!levels || !levels[i].level)
			continue;
		int32_t aimed = levels[i].level * 1000;
		out.targets++;
		out.below += levels[i].state != TARGET_REACHED;
		out.due_ms = levels[i].due_ms > out.due_ms ? levels[i].due_ms : out.due_ms;
		sum += m->categories[i].weight * (aimed > c->index ? aimed : c->index);
		weights += m->categories[i].weight;
	}
	if (weights && out.targets == out.categories)
		out.index = (int32_t)(sum / weights);
	return out;
}
