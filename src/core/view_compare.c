#include "core/view_compare.h"

static bool same_tally(struct measure_tally a, struct measure_tally b)
{
	return a.yes == b.yes && a.no == b.no && a.unknown == b.unknown;
}

enum status view_compare_fill(struct view_compare *out, struct arena *a, struct err *err)
{
	const struct model *m = out->model;
	struct view_compare_objective *list = arena_new(a, struct view_compare_objective, m->n_objectives);
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < m->n_objectives; i++) {
		const struct score_objective *x = &out->a.score.objectives[i], *y = &out->b.score.objectives[i];
		bool verdict = x->verdict != y->verdict;
		if (!verdict && same_tally(x->tally, y->tally))
			continue;
		list[out->n++] = (struct view_compare_objective){(int)i, verdict};
		out->n_verdicts += verdict;
	}
	out->objectives = list;
	out->comparable = out->a.score.program.applicable && out->b.score.program.applicable;
	out->difference = out->comparable ? out->a.score.program.index - out->b.score.program.index : 0;
	return OK;
}

bool view_compare_category(const struct view_compare *v, size_t category, int32_t *difference)
{
	const struct score_category *a = &v->a.score.categories[category], *b = &v->b.score.categories[category];
	if (!a->applicable || !b->applicable)
		return false;
	*difference = a->index - b->index;
	return true;
}

bool view_compare_is_silent(const struct score_category *c)
{
	return c->applicable && c->coverage == 0 && c->level == 1;
}

/* Do both sides say something about the category? */
static bool is_known(const struct view_compare *v, size_t category)
{
	const struct score_category *a = &v->a.score.categories[category], *b = &v->b.score.categories[category];
	return a->applicable && b->applicable && !view_compare_is_silent(a) && !view_compare_is_silent(b);
}

bool view_compare_claimed(const struct view_compare *v, size_t category, int32_t *difference)
{
	return is_known(v, category) && view_compare_category(v, category, difference);
}

bool view_compare_evidenced(const struct view_compare *v, size_t category, int32_t *difference)
{
	if (!is_known(v, category))
		return false;
	*difference = v->a.score.categories[category].index_evidenced - v->b.score.categories[category].index_evidenced;
	return true;
}
