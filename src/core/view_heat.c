#include "core/view_heat.h"

static enum view_heat_state state_of(const struct score_category *c, const struct view_heat *h, int level)
{
	if (level == 1)
		return c->applicable ? VIEW_HEAT_START : VIEW_HEAT_NOT_APPLICABLE;
	if (!h->applicable)
		return VIEW_HEAT_NOT_APPLICABLE;
	if (level <= c->level)
		return level <= c->level_evidenced ? VIEW_HEAT_AWARDED : VIEW_HEAT_CLAIMED;
	if (h->met == h->applicable)
		return VIEW_HEAT_HELD;
	if (h->possible)
		return VIEW_HEAT_POSSIBLE;
	return h->attainment ? VIEW_HEAT_PARTIAL : VIEW_HEAT_BLANK;
}

struct view_heat view_heat_at(const struct model *m, const struct score *s, int category, int level)
{
	const struct model_category *c = &m->categories[category];
	const struct score_category *sc = &s->categories[category];
	struct view_heat h = {0};
	int64_t attainment = 0;
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		const struct score_objective *o = &s->objectives[i];
		if (m->objectives[i].level != level || o->verdict == SCORE_NOT_APPLICABLE)
			continue;
		h.applicable++;
		h.met += o->verdict == SCORE_MET;
		h.open += o->verdict == SCORE_OPEN;
		attainment += o->attainment;
	}
	if (h.applicable)
		h.attainment = (int32_t)(attainment / h.applicable);
	h.possible = h.applicable && level > sc->level && level <= sc->level_high;
	h.state = state_of(sc, &h, level);
	return h;
}

str view_heat_name(enum view_heat_state state)
{
	static const str names[VIEW_HEAT_STATES] = {
	    [VIEW_HEAT_NOT_APPLICABLE] = S("not_applicable"),
	    [VIEW_HEAT_START] = S("start"),
	    [VIEW_HEAT_AWARDED] = S("awarded"),
	    [VIEW_HEAT_CLAIMED] = S("claimed"),
	    [VIEW_HEAT_HELD] = S("held"),
	    [VIEW_HEAT_POSSIBLE] = S("possible"),
	    [VIEW_HEAT_PARTIAL] = S("partial"),
	    [VIEW_HEAT_BLANK] = S("blank"),
	};
	return names[state];
}

struct view_counts view_heat_count(const struct model *m, const struct score *s, int category)
{
	struct view_counts c = {0};
	for (size_t i = 0; i < m->n_objectives; i++) {
		const struct score_objective *o = &s->objectives[i];
		if (o->verdict == SCORE_NOT_APPLICABLE || (category >= 0 && m->objectives[i].category != category))
			continue;
		c.applicable++;
		c.met += o->verdict == SCORE_MET;
		c.open += o->verdict == SCORE_OPEN;
		c.not_met += o->verdict == SCORE_NOT_MET;
		c.known += o->tally.yes + o->tally.no > 0;
	}
	return c;
}
