#include "cli/cmd/show.h"

#include <inttypes.h>

/* ---- the state ---- */

static bool anything_known(const struct view_category *v)
{
	for (size_t i = 0; i < v->n_objectives; i++)
		if (v->objectives[i].tally.yes + v->objectives[i].tally.no > 0)
			return true;
	return false;
}

static str state_text(struct arena *a, const struct view_category *v)
{
	const struct score_category *s = &v->score;
	if (!s->applicable)
		return S("Not applicable: none of its objectives applies here.");
	if (!anything_known(v))
		return out_print(a, "Not known yet; at most %.*s.", STR_ARG(out_index(a, s->index_high)));
	bool range = s->index_high != s->index;
	return out_print(a, "Level %.*s, index %.*s%s%.*s. Evidence alone carries level %d (%.*s). %.*s known.",
			 STR_ARG(out_level(a, v->model, s->level)), STR_ARG(out_index(a, s->index)),
			 range ? ", at most " : "", STR_ARG(range ? out_index(a, s->index_high) : (str){0}),
			 s->level_evidenced, STR_ARG(out_index(a, s->index_evidenced)),
			 STR_ARG(out_percent(a, s->coverage)));
}

/* ---- what would lift it ---- */

static str missing_text(struct arena *a, const struct view_step *s)
{
	int64_t n = measure_total(s->score.tally);
	if (n == 1)
		return s->score.tally.unknown ? S("to be answered, and yes") : S("to become a yes");
	str unknown =
	    s->score.tally.unknown ? out_print(a, "; %" PRId64 " unknown now", s->score.tally.unknown) : (str){0};
	return out_print(a, "%" PRId64 " more yes of %" PRId64 "%.*s", s->missing, n, STR_ARG(unknown));
}

static enum status show_steps(struct cli *cli, const struct view_category *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}, .right = true},
	    {.head = {0}},
	    {.head = {0}, .shrink = 12},
	    {.head = {0}},
	    {.head = {0}, .right = true, .drop = 1},
	};
	struct arena *a = cli->arena;
	struct out_table t = out_table(cli->out, a, columns, 5);
	int64_t days = 0;
	if (v->target_level == 0)
		return OK;
	for (size_t i = 0; i < v->n_steps; i++) {
		const struct view_step *s = &v->steps[i];
		days += s->effort_days;
		struct out_cell row[5] = {
		    {.text = out_print(a, "%zu", i + 1), .style = OUT_DIM},
		    {.text = s->objective->id, .style = OUT_BOLD},
		    {.text = s->objective->title},
		    {.text = out_verdict(s->score.verdict), .style = out_verdict_style(s->score.verdict)},
		    {.text = s->effort_days ? out_print(a, "%" PRId64 " d", s->effort_days) : (str){0},
		     .style = OUT_DIM},
		};
		out_table_row(&t, row);
		struct out_cell below[5] = {{.text = out_print(a, "%.*s%s", STR_ARG(missing_text(a, s)),
							       s->in_next_level ? "" : "; a lower level asks for it"),
					     .style = OUT_DIM,
					     .span = 6}};
		out_table_row(&t, below);
	}
	str count = out_plural(a, (int64_t)v->n_steps, "objective", "objectives");
	str effort = days ? out_print(a, ", about %" PRId64 " person-days", days) : (str){0};
	out_heading(cli->out, out_print(a, "%.*s from level %.*s%.*s", STR_ARG(count),
					STR_ARG(out_level(a, v->model, v->target_level)), STR_ARG(effort)));
	TRY(out_table_end(&t, err));
	out_line(cli->out);
	return OK;
}

/* ---- the ladder ---- */

static str mark_text(struct arena *a, const struct model_objective *mo)
{
	if (!mo->overlaid)
		return mo->title;
	return out_print(a, "%.*s (%.*s)", STR_ARG(mo->title), STR_ARG(export_json_model_act(mo->overlaid->act)));
}

static void add_level(struct out_table *t, struct arena *a, const struct view_category *v, int level)
{
	const struct model_objective *first = &v->model->objectives[v->category->first_objective];
	int met = 0, all = 0;
	for (size_t i = 0; i < v->n_objectives; i++) {
		if (first[i].level != level || v->objectives[i].verdict == SCORE_NOT_APPLICABLE)
			continue;
		all++;
		met += v->objectives[i].verdict == SCORE_MET;
	}
	bool here = v->score.applicable && level == v->score.level && anything_known(v);
	struct out_cell head[4] = {
	    {.text = out_print(a, "Level %.*s", STR_ARG(out_level(a, v->model, level))),
	     .style = out_level_style(level),
	     .span = 3},
	    {.text = all          ? out_print(a, "%d of %d met%s", met, all, here ? "; you are here" : "")
		     : level == 1 ? (here ? S("where everyone starts; you are here") : S("where everyone starts"))
				  : S("nothing applies"),
	     .style = OUT_DIM},
	};
	out_table_row(t, head);
	for (size_t i = 0; i < v->n_objectives; i++) {
		const struct score_objective *s = &v->objectives[i];
		int64_t n = measure_total(s->tally), known = s->tally.yes + s->tally.no;
		if (first[i].level != level)
			continue;
		struct out_cell row[4] = {
		    {.text = first[i].id, .style = OUT_BOLD},
		    {.text = mark_text(a, &first[i])},
		    {.text = out_verdict(s->verdict), .style = out_verdict_style(s->verdict)},
		    {.text = n == 0 ? (str){0}
			     : known == 0
				 ? S("not known yet")
				 : out_print(a, "%.*s of %" PRId64,
					     STR_ARG(out_percent(a, (int64_t)((__int128)1000 * s->tally.yes / n))), n)},
		};
		out_table_row(t, row);
	}
}

/* What the overlay did in this category: the words that show and diff use. */
static void show_overlay(struct cli *cli, const struct view_category *v)
{
	const struct model *m = v->model;
	const struct model_objective *first = &m->objectives[v->category->first_objective];
	const struct out_paragraph below = {.indent = 2, .hang = 2};
	struct arena *a = cli->arena;
	if (!m->base.p)
		return;
	out_line(cli->out);
	out_heading(cli->out, out_print(a, "The overlay of %.*s", STR_ARG(m->base)));
	int n = 0;
	for (size_t i = 0; i < m->n_retired; i++) {
		const struct model_overlaid *mark = &m->retired[i];
		if (mark->base->category != v->category - m->categories)
			continue;
		out_wrap(cli->out,
			 out_print(a, "%.*s %.*s: %.*s", STR_ARG(mark->base->id), STR_ARG(mark->base->title),
				   STR_ARG(cmd_model_overlaid(a, m, mark))),
			 below);
		n++;
	}
	for (size_t i = 0; i < v->n_objectives; i++) {
		if (!first[i].overlaid)
			continue;
		out_wrap(cli->out,
			 out_print(a, "%.*s: %.*s", STR_ARG(first[i].id),
				   STR_ARG(cmd_model_overlaid(a, m, first[i].overlaid))),
			 below);
		n++;
	}
	if (!n)
		out_wrap(cli->out, S("leaves this category as it is"), below);
}

enum status cmd_explain_category(struct cli *cli, const struct view_category *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}},
	    {.head = {0}, .shrink = 12},
	    {.head = {0}},
	    {.head = {0}, .drop = 1},
	};
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	out_heading(o, out_print(a, "%.*s  %.*s", STR_ARG(v->category->id), STR_ARG(v->category->title)));
	out_wrap(o, cmd_explain_place(a, v->model, v->unit_id, v->as_of_ms), (struct out_paragraph){.style = OUT_DIM});
	out_line(o);
	if (v->category->summary.n)
		out_wrap(o, v->category->summary, (struct out_paragraph){0});
	out_wrap(o, state_text(a, v), (struct out_paragraph){.style = OUT_BOLD});
	out_line(o);
	TRY(show_steps(cli, v, err));
	out_heading(o, S("The ladder"));
	struct out_table t = out_table(o, a, columns, 4);
	t.indent = 4;
	for (int level = MODEL_LEVELS; level >= 1; level--)
		add_level(&t, a, v, level);
	TRY(out_table_end(&t, err));
	show_overlay(cli, v);
	return OK;
}
