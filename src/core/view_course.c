#include "core/view_course.h"

#include <stdlib.h>

#include "base/time.h"
#include "core/view_shown.h"

void view_course_times(int64_t at_ms, int64_t out[VIEW_COURSE_POINTS])
{
	for (int i = 0; i < VIEW_COURSE_POINTS; i++)
		out[i] = time_add_months(at_ms, i + 1 - VIEW_COURSE_POINTS);
}

str view_course_kind(enum view_move_kind kind)
{
	static const str names[VIEW_MOVE_KINDS] = {S("rise"), S("fall"), S("could")};
	return names[kind];
}

/* The walk from one point to the next: groups of categories are taken over one after the other, and the effect of each
 * is the difference of rule 9 before and after. So effects add up, whatever is rounded, and whatever begins or ceases
 * to apply. */
struct walk {
	const struct model *model;
	struct arena *arena;
	const struct view_point *from, *to;
	struct score_category *mixed; /* by model.categories: those of `from`, step by step replaced */
	int32_t index;                /* of the program with them */
	struct view_move *moves;
	size_t n, cap;
	int32_t other, shown_other;
};

/* The levels between which a category moved in the sense of a kind; false: it did not. */
static bool moved(const struct walk *w, size_t category, enum view_move_kind kind, int *low, int *high)
{
	const struct score_category *a = &w->from->score.categories[category];
	const struct score_category *b = &w->to->score.categories[category];
	bool could = kind == VIEW_MOVE_COULD;
	if (!a->applicable || !b->applicable || (could && (a->level != b->level || b->level_high <= b->level)))
		return false;
	int before = could ? a->level_high : a->level, after = could ? b->level_high : b->level;
	*low = before < after ? before : after;
	*high = before < after ? after : before;
	return kind == VIEW_MOVE_FALL ? after < before : after > before;
}

static bool in_group(const struct walk *w, size_t category, enum view_move_kind kind, int level, int *low, int *high)
{
	return moved(w, category, kind, low, high) && (kind == VIEW_MOVE_FALL ? *low : *high) == level;
}

static void list_objectives(const struct walk *w, int category, int low, int high, struct view_moved *list, size_t *n)
{
	const struct model_category *c = &w->model->categories[category];
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		const struct score_objective *a = &w->from->score.objectives[i], *b = &w->to->score.objectives[i];
		int level = w->model->objectives[i].level;
		if (level > low && level <= high && a->verdict != b->verdict)
			list[(*n)++] = (struct view_moved){i, *a, *b};
	}
}

/* Takes over the categories of one group, and notes the move. */
static enum status take_group(struct walk *w, enum view_move_kind kind, int level, struct err *err)
{
	size_t n_categories = 0, n_objectives = 0;
	int low, high;
	for (size_t i = 0; i < w->model->n_categories; i++)
		if (in_group(w, i, kind, level, &low, &high)) {
			n_categories++;
			n_objectives += (size_t)w->model->categories[i].n_objectives;
		}
	if (!n_categories)
		return OK;
	int *categories = arena_new(w->arena, int, n_categories);
	struct view_moved *objectives = arena_new(w->arena, struct view_moved, n_objectives);
	if (!categories || !objectives)
		return err_full(err);
	n_categories = n_objectives = 0;
	for (size_t i = 0; i < w->model->n_categories; i++) {
		if (!in_group(w, i, kind, level, &low, &high))
			continue;
		categories[n_categories++] = (int)i;
		w->mixed[i] = w->to->score.categories[i];
		list_objectives(w, (int)i, low, high, objectives, &n_objectives);
	}
	if (w->n == w->cap && !(w->moves = arena_grow(w->arena, w->moves, w->n, w->n + 1, sizeof *w->moves, &w->cap)))
		return err_full(err);
	int32_t index = score_mean_of(w->model, w->mixed, -1).index;
	w->moves[w->n++] = (struct view_move){.kind = kind,
					      .level = level,
					      .from_ms = w->from->at_ms,
					      .at_ms = w->to->at_ms,
					      .effect = index - w->index,
					      .shown = view_shown_change(w->index, index),
					      .n_categories = n_categories,
					      .categories = categories,
					      .n_objectives = n_objectives,
					      .objectives = objectives};
	w->index = index;
	return OK;
}

static enum status walk_on(struct walk *w, const struct view_point *from, const struct view_point *to, struct err *err)
{
	w->from = from;
	w->to = to;
	w->index = from->score.program.index;
	for (size_t i = 0; i < w->model->n_categories; i++)
		w->mixed[i] = from->score.categories[i];
	for (int kind = VIEW_MOVE_RISE; kind < VIEW_MOVE_KINDS; kind++)
		for (int level = 1; level <= MODEL_LEVELS; level++)
			TRY(take_group(w, (enum view_move_kind)kind, level, err));
	w->other += to->score.program.index - w->index;
	w->shown_other += view_shown_change(w->index, to->score.program.index);
	return OK;
}

static int32_t size_of(const struct view_move *m)
{
	return m->effect < 0 ? -m->effect : m->effect;
}

/* Is a told before b when there is no room for both: what moved a level, then what moved the index more, then the
 * later. */
static bool outranks(const struct view_move *a, const struct view_move *b)
{
	if ((a->kind == VIEW_MOVE_COULD) != (b->kind == VIEW_MOVE_COULD))
		return b->kind == VIEW_MOVE_COULD;
	return size_of(a) != size_of(b) ? size_of(a) > size_of(b) : a->at_ms > b->at_ms;
}

/* Drops the least until the rest may be listed; what is dropped goes to `other`. The order stays. */
static void keep_the_most(struct walk *w)
{
	while (w->n > VIEW_COURSE_MOVES) {
		size_t least = 0;
		for (size_t i = 1; i < w->n; i++)
			if (outranks(&w->moves[least], &w->moves[i]))
				least = i;
		w->other += w->moves[least].effect;
		w->shown_other += w->moves[least].shown;
		for (size_t i = least + 1; i < w->n; i++)
			w->moves[i - 1] = w->moves[i];
		w->n--;
	}
}

enum status view_course_moves(const struct model *m, const struct view_point *points, size_t n, struct arena *a,
			      struct view_moves *out, struct err *err)
{
	struct walk w = {.model = m, .arena = a, .mixed = arena_new(a, struct score_category, m->n_categories)};
	const struct view_point *first = NULL, *last = NULL;
	if (!w.mixed)
		return err_full(err);
	for (size_t i = 0; i < n; i++) {
		if (!points[i].known || !points[i].score.program.applicable)
			continue;
		if (last)
			TRY(walk_on(&w, last, &points[i], err));
		first = first ? first : &points[i];
		last = &points[i];
	}
	*out = (struct view_moves){.known = first != last};
	if (!out->known)
		return OK;
	keep_the_most(&w);
	out->from_ms = first->at_ms;
	out->at_ms = last->at_ms;
	out->difference = last->score.program.index - first->score.program.index;
	out->shown_difference = view_shown_change(first->score.program.index, last->score.program.index);
	out->other = w.other;
	out->shown_other = w.shown_other;
	out->list = w.moves;
	out->n = w.n;
	return OK;
}
