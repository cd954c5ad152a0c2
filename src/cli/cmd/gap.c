#include <inttypes.h>

#include "app/target.h"
#include "cli/cmd/cmd.h"
#include "cli/cmd/show.h"

static str state_text(struct arena *a, const struct view_gap_category *g)
{
	if (!g->score.applicable)
		return S("does not apply");
	switch (g->state) {
	case TARGET_NONE:
		return S("no target");
	case TARGET_REACHED:
		return g->score.level_evidenced >= g->target->level
			   ? S("reached")
			   : out_print(a, "reached, on evidence alone level %d", g->score.level_evidenced);
	case TARGET_OPEN:
		return out_plural(a, (int64_t)g->n_steps, "objective is missing", "objectives are missing");
	case TARGET_LATE:
		return out_print(
		    a, "late: %.*s",
		    STR_ARG(out_plural(a, (int64_t)g->n_steps, "objective is missing", "objectives are missing")));
	}
	return (str){0};
}

static enum out_style state_style(enum target_state state)
{
	static const enum out_style styles[] = {OUT_DIM, OUT_MET, OUT_OPEN, OUT_NOT_MET};
	return styles[state];
}

static enum status show_categories(struct cli *cli, const struct view_gaps *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Category")},
	    {.head = S("Level"), .right = true},
	    {.head = S("Evidenced"), .right = true, .drop = 3},
	    {.head = S("Target"), .right = true},
	    {.head = S("By"), .drop = 2},
	    {.head = S("Set for"), .shrink = 8, .drop = 4},
	    {.head = {0}, .shrink = 12, .drop = 1},
	};
	enum { COLUMNS = sizeof columns / sizeof columns[0] };
	struct arena *a = cli->arena;
	struct out_table t = out_table(cli->out, a, columns, COLUMNS);
	for (size_t i = 0; i < v->n; i++) {
		const struct view_gap_category *g = &v->categories[i];
		bool applies = g->score.applicable;
		struct out_cell row[COLUMNS] = {
		    {.text = g->category->id, .style = OUT_BOLD},
		    {.text = applies ? out_print(a, "%d", g->score.level) : (str){0}},
		    {.text = applies ? out_print(a, "%d", g->score.level_evidenced) : (str){0}},
		    {.text = g->target ? out_print(a, "%d", g->target->level) : (str){0}},
		    {.text = g->target ? out_time(a, g->target->due_ms) : (str){0}},
		    {.text = g->target ? g->target->unit : (str){0}},
		    {.text = state_text(a, g), .style = state_style(g->state)},
		};
		out_table_row(&t, row);
	}
	return out_table_end(&t, err);
}

static enum status show_steps(struct cli *cli, const struct view_gap_category *g, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}}, {.head = {0}, .shrink = 12}, {.head = {0}}, {.head = {0}, .right = true, .drop = 1}};
	struct arena *a = cli->arena;
	struct out_table t = out_table(cli->out, a, columns, 4);
	out_line(cli->out);
	out_heading(cli->out, out_print(a, "%.*s, up to level %d", STR_ARG(g->category->id), g->target->level));
	out_wrap(cli->out, g->target->because, (struct out_paragraph){.indent = 2, .style = OUT_DIM});
	for (size_t i = 0; i < g->n_steps; i++) {
		const struct view_step *s = &g->steps[i];
		struct out_cell row[4] = {
		    {.text = s->objective->id, .style = OUT_BOLD},
		    {.text = s->objective->title},
		    {.text =
			 out_print(a, "%" PRId64 " more yes of %" PRId64, s->missing, measure_total(s->score.tally)),
		     .style = out_verdict_style(s->score.verdict)},
		    {.text = s->effort_days ? out_print(a, "%" PRId64 " d", s->effort_days) : (str){0},
		     .style = OUT_DIM},
		};
		out_table_row(&t, row);
	}
	return out_table_end(&t, err);
}

enum status cmd_gap(struct cli *cli, struct err *err)
{
	struct view_gaps v;
	TRY(app_target_gap(&cli->app, cli_unit(cli), cli_as_of(cli), &v, err));
	if (cli->json) {
		export_json_target_gap(out_export(cli->out), &v);
		return OK;
	}
	out_heading(cli->out, cmd_explain_place(cli->arena, v.model, v.unit_id, v.as_of_ms));
	TRY(show_categories(cli, &v, err));
	for (size_t i = 0; i < v.n; i++)
		if (v.categories[i].n_steps)
			TRY(show_steps(cli, &v.categories[i], err));
	return OK;
}
