#include "core/score_inside.h"

#include <string.h>

#include "base/limits.h"
#include "base/time.h"

static bool frame_init(struct score_frame *f, const struct score_input *in, struct arena *a)
{
	f->tallies = arena_new(a, struct measure_tally, in->model->n_objectives);
	f->evidenced = arena_new(a, struct measure_tally, in->model->n_objectives);
	f->valid_until_ms = TIME_FOREVER;
	return f->tallies && f->evidenced;
}

static void frame_clear(struct score_frame *f, size_t n_objectives)
{
	struct score_frame empty = {.tallies = f->tallies, .evidenced = f->evidenced, .valid_until_ms = TIME_FOREVER};
	memset(f->tallies, 0, n_objectives * sizeof *f->tallies);
	memset(f->evidenced, 0, n_objectives * sizeof *f->evidenced);
	*f = empty;
}

static void keep_earlier(int64_t *until, int64_t other)
{
	if (other < *until)
		*until = other;
}

bool score_frame_counts(const struct unit_tree *tree, int unit)
{
	return unit_is_leaf(tree, unit) && tree->units[unit].deployment;
}

void score_frame_place(struct score_frame *f, const struct unit_tree *tree, int unit)
{
	const struct unit *u = &tree->units[unit];
	bool leaf = unit_is_leaf(tree, unit);
	f->deployment |= u->deployment;
	if (leaf)
		f->silent[u->deployment] += u->size;
	f->leaves += score_frame_counts(tree, unit);
}

struct score_own score_frame_part(const struct score_input *in, int unit, int objective, struct score_own own)
{
	const struct model_objective *o = &in->model->objectives[objective];
	const struct unit *u = &in->tree->units[unit];
	if (!own.present || o->scope == MODEL_SCOPE_PROGRAM) {
		own.tally = own.evidenced = (struct measure_tally){0, 0, 0};
	} else if (unit_is_leaf(in->tree, unit) && u->deployment & o->deployment) {
		own.tally.unknown -= u->size;
		own.evidenced.unknown -= u->size;
	}
	return own;
}

/* Adds what a unit's measures say, and whether one of them is not stale; *at stands on its first measure and ends
   behind its last. */
static bool frame_add_measures(struct score_frame *f, const struct score_input *in, int unit, size_t *at)
{
	bool fresh = false;
	while (*at < in->n_measures && in->measures[*at].unit == unit) {
		const struct measure *group = &in->measures[*at];
		int objective = group->objective;
		size_t n = 0;
		for (;
		     *at < in->n_measures && in->measures[*at].unit == unit && in->measures[*at].objective == objective;
		     ++*at)
			n++;
		struct score_own own = score_frame_part(in, unit, objective, score_own(in, unit, objective, group, n));
		keep_earlier(&f->valid_until_ms, own.valid_until_ms);
		fresh |= own.fresh;
		f->tallies[objective] = measure_add(f->tallies[objective], own.tally);
		f->evidenced[objective] = measure_add(f->evidenced[objective], own.evidenced);
	}
	return fresh;
}

/* Adds a unit: its place, and what it says in every part. at: by part, as above. */
static void frame_add_unit(struct score_frame *f, const struct score_input *parts, size_t n, int unit, size_t *at)
{
	bool fresh = false;
	score_frame_place(f, parts->tree, unit);
	for (size_t i = 0; i < n; i++)
		fresh |= frame_add_measures(f, &parts[i], unit, &at[i]);
	f->known += fresh && score_frame_counts(parts->tree, unit);
}

void score_frame_add(struct score_frame *f, const struct score_frame *child, size_t n_objectives)
{
	for (size_t o = 0; o < n_objectives; o++) {
		f->tallies[o] = measure_add(f->tallies[o], child->tallies[o]);
		f->evidenced[o] = measure_add(f->evidenced[o], child->evidenced[o]);
	}
	for (size_t d = 0; d <= MODEL_ANY_DEPLOYMENT; d++)
		f->silent[d] += child->silent[d];
	f->deployment |= child->deployment;
	f->leaves += child->leaves;
	f->known += child->known;
	keep_earlier(&f->valid_until_ms, child->valid_until_ms);
}

enum score_verdict score_verdict(struct measure_tally t, int32_t threshold_milli)
{
	__int128 n = (__int128)measure_total(t) * threshold_milli;
	if (n == 0)
		return SCORE_NOT_APPLICABLE;
	if ((__int128)t.yes * 1000 >= n)
		return SCORE_MET;
	return (__int128)(t.yes + t.unknown) * 1000 >= n ? SCORE_OPEN : SCORE_NOT_MET;
}

int32_t score_attainment(struct measure_tally t, int32_t threshold_milli)
{
	__int128 n = (__int128)measure_total(t) * threshold_milli;
	__int128 milli = n ? (__int128)t.yes * 1000000 / n : 0;
	return milli > 1000 ? 1000 : (int32_t)milli;
}

str score_verdict_name(enum score_verdict verdict)
{
	static const str names[] = {S("not_applicable"), S("met"), S("open"), S("not_met")};
	return names[verdict];
}

/* One category climbed with one set of verdicts (rules 6 and 7). */
struct ladder {
	int level, ceiling, next_level; /* ceiling 0: nothing applies; next_level 0: at the ceiling */
	int32_t index;
};

enum answer { ANSWER_NONE, ANSWER_NO, ANSWER_YES }; /* not applicable, applicable, applicable and met */

/* count: applicable objectives by level; met: those of them that are. */
static struct ladder climb_counted(const int count[MODEL_LEVELS + 1], const int met[MODEL_LEVELS + 1])
{
	struct ladder l = {.level = 1};
	bool climbing = true;
	for (int level = 2; level <= MODEL_LEVELS; level++) {
		if (count[level] == 0)
			continue;
		l.ceiling = level;
		climbing &= met[level] == count[level];
		if (climbing)
			l.level = level;
		else if (!l.next_level)
			l.next_level = level;
	}
	l.index = 1000 * l.level;
	if (l.next_level)
		l.index += 1000 * met[l.next_level] / count[l.next_level];
	return l;
}

static struct ladder climb(const struct model *m, const struct model_category *c, const unsigned char *answers)
{
	int count[MODEL_LEVELS + 1] = {0}, met[MODEL_LEVELS + 1] = {0};
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		count[m->objectives[i].level] += answers[i] != ANSWER_NONE;
		met[m->objectives[i].level] += answers[i] == ANSWER_YES;
	}
	return climb_counted(count, met);
}

int score_level(const struct model *m, const struct model_category *c, const struct score_objective *objectives)
{
	int count[MODEL_LEVELS + 1] = {0}, met[MODEL_LEVELS + 1] = {0};
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		count[m->objectives[i].level] += objectives[i].verdict != SCORE_NOT_APPLICABLE;
		met[m->objectives[i].level] += objectives[i].verdict == SCORE_MET;
	}
	struct ladder l = climb_counted(count, met);
	return l.ceiling ? l.level : 0;
}

static void fill_category(const struct model *m, const struct model_category *c, const struct score_answers *answers,
			  const struct score_objective *objectives, struct score_category *out)
{
	struct ladder plain = climb(m, c, answers->plain);
	struct ladder high = climb(m, c, answers->high);
	struct ladder evidenced = climb(m, c, answers->evidenced);
	int64_t attainment = 0, coverage = 0;
	int32_t next = 0, count = 0;
	*out = (struct score_category){0};
	if (!plain.ceiling)
		return;
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		const struct measure_tally *t = &objectives[i].tally;
		if (objectives[i].verdict == SCORE_NOT_APPLICABLE)
			continue;
		count++;
		coverage += (int64_t)((__int128)(t->yes + t->no) * 1000 / measure_total(*t));
		if (m->objectives[i].level == plain.next_level) {
			next++;
			attainment += objectives[i].attainment;
		}
	}
	*out = (struct score_category){
	    .applicable = true,
	    .level = plain.level,
	    .level_high = high.level,
	    .level_evidenced = evidenced.level,
	    .ceiling = plain.ceiling,
	    .next_level = plain.next_level,
	    .index = plain.index,
	    .index_high = high.index,
	    .index_evidenced = evidenced.index,
	    .progress = plain.next_level ? (int32_t)(attainment / next) : 1000,
	    .coverage = (int32_t)(coverage / count),
	};
}

struct score_mean score_mean_of(const struct model *m, const struct score_category *categories, int domain)
{
	int64_t weights = 0, index = 0, high = 0, evidenced = 0, coverage = 0, count = 0;
	int floor = MODEL_LEVELS;
	for (size_t i = 0; i < m->n_categories; i++) {
		const struct score_category *c = &categories[i];
		int64_t w = m->categories[i].weight;
		if (!c->applicable || (domain >= 0 && m->categories[i].domain != domain))
			continue;
		weights += w;
		index += w * c->index;
		high += w * c->index_high;
		evidenced += w * c->index_evidenced;
		coverage += c->coverage;
		count++;
		floor = c->level < floor ? c->level : floor;
	}
	if (!count)
		return (struct score_mean){0};
	return (struct score_mean){true,
				   (int32_t)(index / weights),
				   (int32_t)(high / weights),
				   (int32_t)(evidenced / weights),
				   (int32_t)(coverage / count),
				   floor};
}

enum status score_sheet_init(struct score_sheet *s, const struct model *m, struct arena *a, struct err *err)
{
	s->answers.plain = arena_new(a, unsigned char, m->n_objectives);
	s->answers.high = arena_new(a, unsigned char, m->n_objectives);
	s->answers.evidenced = arena_new(a, unsigned char, m->n_objectives);
	s->objectives = arena_new(a, struct score_objective, m->n_objectives);
	s->categories = arena_new(a, struct score_category, m->n_categories);
	s->domains = arena_new(a, struct score_mean, m->n_domains);
	return s->answers.plain && s->answers.high && s->answers.evidenced && s->objectives && s->categories &&
		       s->domains
		   ? OK
		   : err_full(err);
}

/* What the root says about an objective of the program; the part that has its measures says it. */
static struct score_own program_own(const struct score_input *parts, size_t n_parts, int objective)
{
	for (size_t i = 0; i < n_parts; i++) {
		size_t first, n = score_group(&parts[i], 0, objective, &first);
		if (n)
			return score_own(&parts[i], 0, objective, &parts[i].measures[first], n);
	}
	return score_own(parts, 0, objective, NULL, 0);
}

static enum status sheet_of(struct score_sheet *s, const struct score_input *parts, size_t n, struct arena *a,
			    struct err *err)
{
	const struct model *m = parts->model;
	TRY(score_sheet_init(s, m, a, err));
	s->program = arena_new(a, struct score_own, m->n_objectives);
	if (!s->program)
		return err_full(err);
	for (size_t o = 0; o < m->n_objectives; o++)
		if (m->objectives[o].scope == MODEL_SCOPE_PROGRAM)
			s->program[o] = program_own(parts, n, (int)o);
	return OK;
}

static void fill_objective(const struct score_input *in, const struct score_frame *f, struct score_sheet *s, size_t o)
{
	const struct model_objective *objective = &in->model->objectives[o];
	struct score_objective *out = &s->objectives[o];
	*out = (struct score_objective){.tally = f->tallies[o], .evidenced = f->evidenced[o]};
	if (objective->scope == MODEL_SCOPE_PROGRAM) {
		bool holds = f->deployment & objective->deployment;
		out->tally = holds ? s->program[o].tally : (struct measure_tally){0, 0, 0};
		out->evidenced = holds ? s->program[o].evidenced : (struct measure_tally){0, 0, 0};
	} else {
		for (unsigned d = 1; d <= MODEL_ANY_DEPLOYMENT; d++) {
			if (!(d & objective->deployment))
				continue;
			out->tally.unknown += f->silent[d];
			out->evidenced.unknown += f->silent[d];
		}
	}
	int32_t t = objective->threshold_milli;
	out->verdict = score_verdict(out->tally, t);
	out->attainment = score_attainment(out->tally, t);
	enum score_verdict evidenced = score_verdict(out->evidenced, t);
	bool applies = out->verdict != SCORE_NOT_APPLICABLE;
	s->answers.plain[o] = !applies ? ANSWER_NONE : out->verdict == SCORE_MET ? ANSWER_YES : ANSWER_NO;
	s->answers.high[o] = !applies ? ANSWER_NONE : out->verdict != SCORE_NOT_MET ? ANSWER_YES : ANSWER_NO;
	s->answers.evidenced[o] = evidenced == SCORE_NOT_APPLICABLE ? ANSWER_NONE
				  : evidenced == SCORE_MET          ? ANSWER_YES
								    : ANSWER_NO;
}

void score_sheet_category(const struct score_input *in, const struct score_frame *f, struct score_sheet *s, size_t c)
{
	const struct model_category *category = &in->model->categories[c];
	for (int i = 0; i < category->n_objectives; i++)
		fill_objective(in, f, s, (size_t)(category->first_objective + i));
	fill_category(in->model, category, &s->answers, s->objectives, &s->categories[c]);
}

void score_sheet_fill(const struct score_input *in, const struct score_frame *f, int unit, struct score_sheet *s,
		      struct score *out)
{
	const struct model *m = in->model;
	int64_t until = f->valid_until_ms;
	for (size_t o = 0; o < m->n_objectives; o++)
		if (m->objectives[o].scope == MODEL_SCOPE_PROGRAM)
			keep_earlier(&until, s->program[o].valid_until_ms);
	for (size_t c = 0; c < m->n_categories; c++)
		score_sheet_category(in, f, s, c);
	for (size_t d = 0; d < m->n_domains; d++)
		s->domains[d] = score_mean_of(m, s->categories, (int)d);
	*out = (struct score){
	    .unit = unit,
	    .leaves = f->leaves,
	    .known = f->known,
	    .program = score_mean_of(m, s->categories, -1),
	    .domains = s->domains,
	    .categories = s->categories,
	    .objectives = s->objectives,
	    .valid_until_ms = until,
	};
}

enum status score_at_parts(const struct score_input *parts, size_t n, int unit, struct arena *a, struct score *out,
			   struct err *err)
{
	struct score_sheet sheet;
	struct score_frame frame = {0};
	size_t *at = arena_new(a, size_t, n);
	TRY(sheet_of(&sheet, parts, n, a, err));
	if (!at || !frame_init(&frame, parts, a))
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		(void)score_group(&parts[i], unit, -1, &at[i]); /* the first measure of the unit or behind */
	for (int u = unit; u < unit + parts->tree->units[unit].span; u++)
		frame_add_unit(&frame, parts, n, u, at);
	score_sheet_fill(parts, &frame, unit, &sheet, out);
	return OK;
}

enum status score_at(const struct score_input *in, int unit, struct arena *a, struct score *out, struct err *err)
{
	return score_at_parts(in, 1, unit, a, out, err);
}

enum status score_all_parts(const struct score_input *parts, size_t n, struct arena *a, score_done_fn *done, void *ctx,
			    struct err *err)
{
	const struct unit_tree *tree = parts->tree;
	size_t n_objectives = parts->model->n_objectives, *at = arena_new(a, size_t, n);
	struct score_sheet sheet;
	struct score_frame stack[LIMIT_UNIT_DEPTH + 1] = {0};
	TRY(sheet_of(&sheet, parts, n, a, err));
	if (!at)
		return err_full(err);
	for (int u = 0; u < tree->n; u++) {
		int depth = tree->units[u].depth;
		if (!stack[depth].tallies && !frame_init(&stack[depth], parts, a))
			return err_full(err);
		frame_clear(&stack[depth], n_objectives);
		frame_add_unit(&stack[depth], parts, n, u, at);
		/* Close this unit and every ancestor whose subtree ends with it. */
		for (int top = u; top != UNIT_NONE && top + tree->units[top].span == u + 1;
		     top = tree->units[top].parent) {
			const struct score_frame *f = &stack[tree->units[top].depth];
			struct score s;
			score_sheet_fill(parts, f, top, &sheet, &s);
			TRY(done(ctx, &s, err));
			if (tree->units[top].depth > 0)
				score_frame_add(&stack[tree->units[top].depth - 1], f, n_objectives);
		}
	}
	return OK;
}

enum status score_all(const struct score_input *in, struct arena *a, score_done_fn *done, void *ctx, struct err *err)
{
	return score_all_parts(in, 1, a, done, ctx, err);
}
