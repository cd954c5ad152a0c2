#include "core/view_roll_up.h"

/* What one unit says by itself, and what it is counted for. */
static void add_unit(const struct score_input *in, int unit, int objective, struct view_roll_up_part *to)
{
	const struct model_objective *o = &in->model->objectives[objective];
	size_t first, n = score_group(in, unit, objective, &first);
	struct score_own own = score_own(in, unit, objective, in->measures + first, n);
	struct view_roll_up_count *c = &to->count;
	c->units++;
	to->tally = measure_add(to->tally, own.tally);
	if (o->scope != MODEL_SCOPE_PROGRAM && !(in->tree->units[unit].deployment & o->deployment))
		c->other_type++;
	else if (!own.applies)
		c->not_applicable++;
	else if (own.present)
		c->say++;
	else if (measure_total(own.tally))
		c->silent++;
	else
		c->pass++;
}

static void add_part(struct view_roll_up_part *to, const struct view_roll_up_part *part)
{
	to->tally = measure_add(to->tally, part->tally);
	to->count.units += part->count.units;
	to->count.say += part->count.say;
	to->count.silent += part->count.silent;
	to->count.other_type += part->count.other_type;
	to->count.not_applicable += part->count.not_applicable;
	to->count.pass += part->count.pass;
}

static struct view_roll_up_part part_of(const struct score_input *in, int unit, int end, int objective)
{
	struct view_roll_up_part part = {.unit = unit, .leaf = unit_is_leaf(in->tree, unit)};
	for (int u = unit; u < end; u++)
		add_unit(in, u, objective, &part);
	part.verdict = score_verdict(part.tally, in->model->objectives[objective].threshold_milli);
	return part;
}

static bool has_type(const struct unit_tree *tree, int unit, unsigned deployment)
{
	for (int u = unit; u < unit + tree->units[unit].span; u++)
		if (tree->units[u].deployment & deployment)
			return true;
	return false;
}

/* The root speaks for every unit that has one of the deployment types below it (rule 4). */
static void fill_program(const struct score_input *in, int unit, int objective, struct view_roll_up *out)
{
	out->program = true;
	out->own = part_of(in, 0, 1, objective);
	out->holds = has_type(in->tree, unit, out->objective->deployment);
	out->total = out->own;
	if (out->holds)
		return;
	out->total.tally = (struct measure_tally){0, 0, 0};
	out->total.verdict = SCORE_NOT_APPLICABLE;
}

enum status view_roll_up_fill(const struct score_input *in, int unit, int objective, struct arena *a,
			      struct view_roll_up *out, struct err *err)
{
	const struct unit *units = in->tree->units;
	struct view_roll_up v = {.model = in->model, .objective = &in->model->objectives[objective]};
	int end = unit + units[unit].span;
	if (v.objective->scope == MODEL_SCOPE_PROGRAM) {
		fill_program(in, unit, objective, &v);
		*out = v;
		return OK;
	}
	for (int u = unit + 1; u < end; u += units[u].span)
		v.n++;
	struct view_roll_up_part *parts = arena_new(a, struct view_roll_up_part, v.n);
	if (!parts)
		return err_full(err);
	v.own = v.total = part_of(in, unit, unit + 1, objective);
	size_t n = 0;
	for (int u = unit + 1; u < end; u += units[u].span) {
		parts[n] = part_of(in, u, u + units[u].span, objective);
		add_part(&v.total, &parts[n++]);
	}
	v.total.verdict = score_verdict(v.total.tally, v.objective->threshold_milli);
	v.parts = parts;
	*out = v;
	return OK;
}
