#include "core/view_ladder.h"

#include "core/view_current.h"

str view_ladder_age(enum view_age age)
{
	static const str names[VIEW_AGES] = {S("none"), S("fresh"), S("soon"), S("mixed"), S("stale")};
	return names[age];
}

struct looking {
	const struct model_category *category;
	int check;
	struct view_backing *list; /* by place in the category */
};

static enum status note(void *ctx, const struct view_current *c, struct err *err)
{
	const struct looking *l = ctx;
	const struct measure *m = c->measure;
	int at = m->objective - l->category->first_objective;
	(void)err;
	if (at < 0 || at >= l->category->n_objectives)
		return OK;
	struct view_backing *b = &l->list[at];
	b->basis |= 1U << m->basis;
	b->measures++;
	if (c->stale) {
		b->stale++;
		return OK;
	}
	if (m->basis == MEASURE_ATTESTED)
		b->attested_unit = b->attested++ == 0 || b->attested_unit == m->unit ? m->unit : UNIT_NONE;
	if (b->measures - b->stale > 1 && c->ends_ms >= b->ends_ms)
		return OK;
	b->seen_ms = view_current_seen(m, c->objective, m->source == l->check);
	b->ends_ms = c->ends_ms;
	return OK;
}

static enum view_age age_of(const struct view_backing *b, int64_t at_ms)
{
	if (!b->measures)
		return VIEW_AGE_NONE;
	if (b->stale)
		return b->stale == b->measures ? VIEW_AGE_STALE : VIEW_AGE_MIXED;
	__int128 used = (__int128)(at_ms - b->seen_ms) * 100, life = (__int128)b->ends_ms - b->seen_ms;
	return used >= life * VIEW_LADDER_SOON_PERCENT ? VIEW_AGE_SOON : VIEW_AGE_FRESH;
}

enum status view_ladder_backing(const struct score_input *in, int unit, int category, int check, struct arena *a,
				struct view_backing **out, struct err *err)
{
	struct looking l = {.category = &in->model->categories[category], .check = check};
	l.list = arena_new(a, struct view_backing, (size_t)l.category->n_objectives);
	if (!l.list)
		return err_full(err);
	for (int i = 0; i < l.category->n_objectives; i++)
		l.list[i].attested_unit = UNIT_NONE;
	TRY(view_current_each(in, 1, unit, note, &l, err));
	for (int i = 0; i < l.category->n_objectives; i++)
		l.list[i].age = age_of(&l.list[i], in->as_of_ms);
	*out = l.list;
	return OK;
}

static enum status fill_rungs(struct view_ladder *out, const struct score *s, const struct view_backing *backing,
			      struct arena *a, struct err *err)
{
	const struct model_category *c = out->category;
	struct view_ladder_objective *list = arena_new(a, struct view_ladder_objective, (size_t)c->n_objectives);
	int at = 0;
	if (!list)
		return err_full(err);
	for (int level = 1; level <= MODEL_LEVELS; level++) {
		struct view_rung *r = &out->rungs[level - 1];
		*r = (struct view_rung){.level = level,
					.name = out->model->level_names[level - 1],
					.text = c->levels[level - 1],
					.heat = view_heat_at(out->model, s, (int)(c - out->model->categories), level),
					.objectives = list + at};
		for (; at < c->n_objectives && out->model->objectives[c->first_objective + at].level == level; at++) {
			int objective = c->first_objective + at;
			list[at] = (struct view_ladder_objective){objective, s->objectives[objective], backing[at]};
			r->n++;
		}
	}
	return OK;
}

/* What could still lift the category, and what of its level stands on somebody's word. */
static void add_up(struct view_ladder *out)
{
	out->attested_unit = UNIT_NONE;
	for (int level = 2; level <= MODEL_LEVELS; level++) {
		const struct view_rung *r = &out->rungs[level - 1];
		for (size_t i = 0; i < r->n; i++) {
			const struct view_ladder_objective *o = &r->objectives[i];
			bool above = level > out->now.level, possible = above && level <= out->now.level_high;
			if (possible && o->score.verdict == SCORE_OPEN)
				out->unknown += o->score.tally.unknown;
			if (above || !o->backing.attested)
				continue;
			bool same = !out->attested || out->attested_unit == o->backing.attested_unit;
			out->attested_unit = same ? o->backing.attested_unit : UNIT_NONE;
			out->attested += o->backing.attested;
		}
	}
}

enum status view_ladder_fill(struct view_ladder *out, const struct score_input *in, const struct score *s, int check,
			     struct arena *a, struct err *err)
{
	int category = (int)(out->category - out->model->categories);
	struct view_backing *backing;
	out->now = s->categories[category];
	TRY(view_ladder_backing(in, s->unit, category, check, a, &backing, err));
	TRY(fill_rungs(out, s, backing, a, err));
	TRY(view_step_lift(out->model, s, category, a, &out->lift, err));
	add_up(out);
	return OK;
}
