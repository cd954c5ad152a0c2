#include "core/view_word.h"

#include "core/view_current.h"

/* Who attests, by objective. */
struct speakers {
	int *units, *last; /* last: the unit met last, + 1 */
};

static enum status note_speaker(void *ctx, const struct view_current *c, struct err *err)
{
	struct speakers *s = ctx;
	const struct measure *m = c->measure;
	(void)err;
	bool says = m->not_applicable || m->tally.yes + m->tally.no > 0;
	if (m->basis != MEASURE_ATTESTED || c->stale || !says || s->last[m->objective] == m->unit + 1)
		return OK;
	s->units[m->objective]++;
	s->last[m->objective] = m->unit + 1;
	return OK;
}

static bool falls(const struct model_objective *o, const struct score_objective *s)
{
	bool met = s->verdict == SCORE_MET || s->verdict == SCORE_NOT_APPLICABLE;
	enum score_verdict evidenced = score_verdict(s->evidenced, o->threshold_milli);
	return met && (evidenced == SCORE_OPEN || evidenced == SCORE_NOT_MET);
}

static enum status fill_fall(const struct model *m, const struct score *s, const struct speakers *speakers,
			     int category, struct arena *a, struct view_word_fall *out, struct err *err)
{
	const struct model_category *c = &m->categories[category];
	struct view_word *list = arena_new(a, struct view_word, (size_t)c->n_objectives);
	if (!list)
		return err_full(err);
	*out = (struct view_word_fall){.category = category,
				       .from = s->categories[category].level,
				       .to = s->categories[category].level_evidenced,
				       .objectives = list};
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		const struct model_objective *o = &m->objectives[i];
		if (o->level <= out->to || o->level > out->from || !falls(o, &s->objectives[i]))
			continue;
		list[out->n++] =
		    (struct view_word){.objective = i,
				       .units = speakers->units[i],
				       .unit = speakers->units[i] == 1 ? speakers->last[i] - 1 : UNIT_NONE};
	}
	return OK;
}

static void fill_rise(const struct model *m, const struct score *s, int category, struct view_word_rise *out)
{
	const struct model_category *c = &m->categories[category];
	*out = (struct view_word_rise){
	    .category = category, .from = s->categories[category].level, .to = s->categories[category].level_high};
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		int level = m->objectives[i].level;
		if (level <= out->from || level > out->to || s->objectives[i].verdict != SCORE_OPEN)
			continue;
		out->n_open++;
		out->unknown += s->objectives[i].tally.unknown;
	}
}

enum status view_word_list(const struct score_input *parts, size_t n, const struct score *s, struct arena *a,
			   struct view_words *out, struct err *err)
{
	const struct model *m = parts->model;
	struct speakers speakers = {arena_new(a, int, m->n_objectives), arena_new(a, int, m->n_objectives)};
	struct view_word_fall *falling = arena_new(a, struct view_word_fall, m->n_categories);
	struct view_word_rise *rising = arena_new(a, struct view_word_rise, m->n_categories);
	if (!speakers.units || !speakers.last || !falling || !rising)
		return err_full(err);
	TRY(view_current_each(parts, n, s->unit, note_speaker, &speakers, err));
	*out = (struct view_words){.falls = falling, .rises = rising};
	for (size_t i = 0; i < m->n_categories; i++) {
		const struct score_category *c = &s->categories[i];
		if (c->applicable && c->level_evidenced < c->level)
			TRY(fill_fall(m, s, &speakers, (int)i, a, &falling[out->n_falls++], err));
		if (c->applicable && c->level_high > c->level)
			fill_rise(m, s, (int)i, &rising[out->n_rises++]);
	}
	return OK;
}
