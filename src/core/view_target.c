#include "core/view_target.h"

int32_t view_target_index(const struct model *m, const struct score *s, const struct view_target_level *levels)
{
	int64_t sum = 0, weights = 0;
	bool some = false;
	for (size_t i = 0; i < m->n_categories; i++) {
		const struct score_category *c = &s->categories[i];
		int32_t aimed = levels[i].level * 1000;
		if (!c->applicable)
			continue;
		some |= levels[i].level > 0;
		sum += m->categories[i].weight * (aimed > c->index ? aimed : c->index);
		weights += m->categories[i].weight;
	}
	return some ? (int32_t)(sum / weights) : -1;
}
