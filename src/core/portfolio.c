#include "core/portfolio.h"

#include "base/time.h"
#include "core/score_inside.h"

struct portfolio {
	struct score_input in;      /* without measures */
	struct score_frame *frames; /* by unit: of its whole subtree; while it is being said, of the unit alone */
	int64_t *until;             /* by unit and objective: how long the own contribution holds */
	bool *fresh;                /* by unit and objective: has the unit a measure that is not stale? */
	int *n_fresh;               /* by unit: how many of those */
	struct score_category *categories; /* by unit and category */
	struct score_mean *programs;       /* by unit */
	struct score_sheet sheet;          /* to work on; its `program` is what the root says */
};

static size_t cell_of(const struct portfolio *p, int unit, int objective)
{
	return (size_t)unit * p->in.model->n_objectives + (size_t)objective;
}

size_t portfolio_bytes(const struct model *m, const struct unit_tree *tree)
{
	size_t unit = 2 * m->n_objectives * sizeof(struct measure_tally) +
		      m->n_objectives * (sizeof(int64_t) + sizeof(bool)) + sizeof(struct score_frame) + sizeof(int) +
		      m->n_categories * sizeof(struct score_category) + sizeof(struct score_mean);
	return (size_t)tree->n * unit;
}

static bool allocate(struct portfolio *p, struct arena *a)
{
	size_t units = (size_t)p->in.tree->n, objectives = p->in.model->n_objectives, cells = units * objectives;
	struct measure_tally *sums = arena_new(a, struct measure_tally, 2 * cells);
	p->frames = arena_new(a, struct score_frame, units);
	p->until = arena_new(a, int64_t, cells);
	p->fresh = arena_new(a, bool, cells);
	p->n_fresh = arena_new(a, int, units);
	p->categories = arena_new(a, struct score_category, units * p->in.model->n_categories);
	p->programs = arena_new(a, struct score_mean, units);
	p->sheet.program = arena_new(a, struct score_own, objectives);
	if (!sums || !p->frames || !p->until || !p->fresh || !p->n_fresh || !p->categories || !p->programs ||
	    !p->sheet.program)
		return false;
	for (size_t u = 0; u < units; u++) {
		p->frames[u].tallies = sums + 2 * u * objectives;
		p->frames[u].evidenced = p->frames[u].tallies + objectives;
	}
	for (size_t i = 0; i < cells; i++)
		p->until[i] = TIME_FOREVER;
	return true;
}

enum status portfolio_new(const struct model *m, const struct unit_tree *tree, int64_t as_of_ms, struct arena *a,
			  struct portfolio **out, struct err *err)
{
	struct portfolio *p = arena_new(a, struct portfolio, 1);
	if (!p)
		return err_full(err);
	p->in = (struct score_input){.model = m, .tree = tree, .as_of_ms = as_of_ms};
	TRY(score_sheet_init(&p->sheet, m, a, err));
	if (!allocate(p, a))
		return err_full(err);
	for (int u = 0; u < tree->n; u++)
		score_frame_place(&p->frames[u], tree, u);
	for (size_t o = 0; o < m->n_objectives; o++)
		if (m->objectives[o].scope == MODEL_SCOPE_PROGRAM)
			p->sheet.program[o] = score_own(&p->in, 0, (int)o, NULL, 0);
	*out = p;
	return OK;
}

/* What does not add up: how long it holds, whether it is known, and what the root says for the whole program. */
static void note(struct portfolio *p, int unit, int objective, const struct score_own *own)
{
	size_t cell = cell_of(p, unit, objective);
	p->until[cell] = own->valid_until_ms;
	p->n_fresh[unit] += own->fresh - p->fresh[cell];
	p->fresh[cell] = own->fresh;
	if (unit == 0 && p->in.model->objectives[objective].scope == MODEL_SCOPE_PROGRAM)
		p->sheet.program[objective] = *own;
}

void portfolio_put(struct portfolio *p, int unit, int objective, const struct score_own *own)
{
	struct score_own part = score_frame_part(&p->in, unit, objective, *own);
	p->frames[unit].tallies[objective] = part.tally;
	p->frames[unit].evidenced[objective] = part.evidenced;
	note(p, unit, objective, own);
}

static void refresh(struct portfolio *p, int unit, size_t category)
{
	struct score_category *own = &p->categories[(size_t)unit * p->in.model->n_categories];
	score_sheet_category(&p->in, &p->frames[unit], &p->sheet, category);
	own[category] = p->sheet.categories[category];
}

static void refresh_program(struct portfolio *p, int unit)
{
	p->programs[unit] = score_mean_of(p->in.model, portfolio_categories(p, unit), -1);
}

static int64_t own_until(const struct portfolio *p, int unit)
{
	const int64_t *until = &p->until[cell_of(p, unit, 0)];
	int64_t first = TIME_FOREVER;
	for (size_t o = 0; o < p->in.model->n_objectives; o++)
		first = until[o] < first ? until[o] : first;
	return first;
}

void portfolio_finish(struct portfolio *p)
{
	const struct unit_tree *tree = p->in.tree;
	for (int u = 0; u < tree->n; u++) {
		p->frames[u].valid_until_ms = own_until(p, u);
		p->frames[u].known = score_frame_counts(tree, u) && p->n_fresh[u];
	}
	for (int u = tree->n - 1; u > 0; u--)
		score_frame_add(&p->frames[tree->units[u].parent], &p->frames[u], p->in.model->n_objectives);
	for (int u = 0; u < tree->n; u++) {
		for (size_t c = 0; c < p->in.model->n_categories; c++)
			refresh(p, u, c);
		refresh_program(p, u);
	}
}

enum status portfolio_build(const struct score_input *in, struct arena *a, struct portfolio **out, struct err *err)
{
	struct portfolio *p = NULL;
	TRY(portfolio_new(in->model, in->tree, in->as_of_ms, a, &p, err));
	for (size_t at = 0, n; at < in->n_measures; at += n) {
		const struct measure *group = &in->measures[at];
		size_t first;
		n = score_group(in, group->unit, group->objective, &first);
		struct score_own own = score_own(in, group->unit, group->objective, group, n);
		portfolio_put(p, group->unit, group->objective, &own);
	}
	portfolio_finish(p);
	*out = p;
	return OK;
}

void portfolio_move(struct portfolio *p, int64_t as_of_ms)
{
	p->in.as_of_ms = as_of_ms;
}

bool portfolio_due(const struct portfolio *p, int64_t at_ms, int *unit, int *objective)
{
	int n = (int)p->in.model->n_objectives;
	while (*unit < p->in.tree->n) {
		if (p->frames[*unit].valid_until_ms >= at_ms) {
			*unit += p->in.tree->units[*unit].span;
			*objective = 0;
			continue;
		}
		for (; *objective < n; ++*objective)
			if (p->until[cell_of(p, *unit, *objective)] < at_ms)
				return true;
		++*unit;
		*objective = 0;
	}
	return false;
}

static struct measure_tally less(struct measure_tally a, struct measure_tally b)
{
	return (struct measure_tally){a.yes - b.yes, a.no - b.no, a.unknown - b.unknown};
}

/* What the unit alone has added to its frame so far. */
static struct score_own own_part(const struct portfolio *p, int unit, int objective)
{
	const struct unit *units = p->in.tree->units;
	struct measure_tally t = p->frames[unit].tallies[objective], e = p->frames[unit].evidenced[objective];
	for (int c = unit + 1; c < unit + units[unit].span; c += units[c].span) {
		t = less(t, p->frames[c].tallies[objective]);
		e = less(e, p->frames[c].evidenced[objective]);
	}
	return (struct score_own){.tally = t, .evidenced = e};
}

static int64_t subtree_until(const struct portfolio *p, int unit)
{
	const struct unit *units = p->in.tree->units;
	int64_t until = own_until(p, unit);
	for (int c = unit + 1; c < unit + units[unit].span; c += units[c].span)
		if (p->frames[c].valid_until_ms < until)
			until = p->frames[c].valid_until_ms;
	return until;
}

void portfolio_change(struct portfolio *p, int unit, int objective, const struct score_own *own)
{
	const struct model_objective *o = &p->in.model->objectives[objective];
	struct score_own part = score_frame_part(&p->in, unit, objective, *own), was = own_part(p, unit, objective);
	struct measure_tally tally = less(part.tally, was.tally), evidenced = less(part.evidenced, was.evidenced);
	bool leaf = score_frame_counts(p->in.tree, unit), known = leaf && p->n_fresh[unit];
	note(p, unit, objective, own);
	int more = (leaf && p->n_fresh[unit]) - known;
	for (int u = unit; u != UNIT_NONE; u = p->in.tree->units[u].parent) {
		struct score_frame *f = &p->frames[u];
		f->tallies[objective] = measure_add(f->tallies[objective], tally);
		f->evidenced[objective] = measure_add(f->evidenced[objective], evidenced);
		f->known += more;
		f->valid_until_ms = subtree_until(p, u);
	}
	bool everywhere = unit == 0 && o->scope == MODEL_SCOPE_PROGRAM;
	for (int u = everywhere ? p->in.tree->n - 1 : unit; u != UNIT_NONE;
	     u = everywhere ? u - 1 : p->in.tree->units[u].parent) {
		refresh(p, u, (size_t)o->category);
		refresh_program(p, u);
	}
}

enum status portfolio_score(const struct portfolio *p, int unit, struct arena *a, struct score *out, struct err *err)
{
	struct score_sheet sheet = {0};
	TRY(score_sheet_init(&sheet, p->in.model, a, err));
	sheet.program = p->sheet.program;
	score_sheet_fill(&p->in, &p->frames[unit], unit, &sheet, out);
	return OK;
}

const struct score_mean *portfolio_program(const struct portfolio *p, int unit)
{
	return &p->programs[unit];
}

const struct score_category *portfolio_categories(const struct portfolio *p, int unit)
{
	return &p->categories[(size_t)unit * p->in.model->n_categories];
}

void portfolio_leaves(const struct portfolio *p, int unit, int64_t *leaves, int64_t *known)
{
	*leaves = p->frames[unit].leaves;
	*known = p->frames[unit].known;
}

int64_t portfolio_as_of(const struct portfolio *p)
{
	return p->in.as_of_ms;
}

int64_t portfolio_valid_until(const struct portfolio *p)
{
	return p->frames[0].valid_until_ms;
}
