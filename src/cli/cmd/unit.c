#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "cli/cmd/show.h"
#include "export/json.h"

/* ---- import ---- */

static void show_import(struct cli *cli, const struct view_unit_import *v)
{
	struct arena *a = cli->arena;
	str since = v->since_ms == INT64_MIN ? S("for all time")
					     : out_print(a, "since %.*s", STR_ARG(out_time(a, v->since_ms)));
	if (v->unchanged)
		out_wrap(cli->out, S("The same tree was there already; nothing is changed."),
			 (struct out_paragraph){0});
	out_wrap(cli->out,
		 out_print(a, "%.*s, %.*s, below %.*s; the tree holds %.*s.",
			   STR_ARG(out_plural(a, v->units, "unit", "units")),
			   STR_ARG(out_plural(a, v->leaves, "leaf", "leaves")), STR_ARG(v->root_id), STR_ARG(since)),
		 (struct out_paragraph){0});
}

enum status cmd_unit_import(struct cli *cli, struct err *err)
{
	struct source *from;
	struct view_unit_import v;
	TRY(cli_source(cli, options_argument(&cli->options, 0), &from, err));
	TRY(app_unit_import(&cli->app, from, options_time(&cli->options, S("since")), &v, err));
	if (!cli->json) {
		show_import(cli, &v);
		return OK;
	}
	export_json_tree_import(out_export(cli->out), &v, NULL);
	return OK;
}

/* ---- list ---- */

static str deployments(struct arena *a, const struct unit *u)
{
	unsigned bits = u->deployment;
	return out_print(a, "%s%s%s", bits & MODEL_SELF_HOSTED ? "H" : "-", bits & MODEL_PAAS ? "P" : "-",
			 bits & MODEL_SAAS ? "S" : "-");
}

/* "  retail": the id, indented by its place below the first unit of the list. */
static str indented(struct arena *a, const struct view_unit *u, int depth)
{
	return out_print(a, "%*s%.*s", 2 * depth, "", STR_ARG(u->unit->id));
}

static void add_unit(struct out_table *t, struct arena *a, const struct view_unit *u, int depth)
{
	const struct score_mean *p = &u->program;
	struct out_cell row[7] = {
	    {.text = indented(a, u, depth)},
	    {.text = str_eq(u->unit->name, u->unit->id) ? (str){0} : u->unit->name},
	    {.text = deployments(a, u->unit), .style = OUT_DIM},
	};
	if (!p->applicable) {
		row[3] = (struct out_cell){.text = S("n/a"), .style = OUT_DIM};
	} else if (p->coverage == 0 && p->index == 1000) {
		row[3] = (struct out_cell){.text = S("not known yet"), .style = OUT_DIM};
	} else {
		row[3] = (struct out_cell){.text = out_index(a, p->index), .style = OUT_BOLD};
		row[4].text = out_print(a, "%d", p->floor);
		row[5].text = p->index_high != p->index ? out_index(a, p->index_high) : (str){0};
		row[6].text = out_percent(a, p->coverage);
	}
	out_table_row(t, row);
}

enum status cmd_unit_show_list(struct cli *cli, const struct view_units *v, int deepest, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Unit"), .shrink = 10},
	    {.head = S("Name"), .shrink = 10, .drop = 8},
	    {.head = S("Uses"), .drop = 9},
	    {.head = S("Index"), .right = true},
	    {.head = S("Floor"), .right = true},
	    {.head = S("Most"), .right = true, .drop = 7},
	    {.head = S("Known"), .right = true, .drop = 6},
	};
	struct out_table t = out_table(cli->out, cli->arena, columns, 7);
	int top = v->n ? v->units[0].unit->depth : 0;
	t.indent = 0;
	for (size_t i = 0; i < v->n; i++)
		if (v->units[i].unit->depth - top <= deepest)
			add_unit(&t, cli->arena, &v->units[i], v->units[i].unit->depth - top);
	TRY(out_table_end(&t, err));
	out_wrap(cli->out, S("Uses: H self-hosted models, P managed model services, S AI in products and APIs."),
		 (struct out_paragraph){.style = OUT_DIM});
	return OK;
}

enum status cmd_unit_list(struct cli *cli, struct err *err)
{
	struct view_units v;
	TRY(app_unit_list(&cli->app, cli_unit(cli), cli_as_of(cli), &v, err));
	if (!cli->json)
		return cmd_unit_show_list(cli, &v, INT32_MAX, err);
	export_json_unit_list(out_export(cli->out), &v);
	return OK;
}

/* ---- show ---- */

static enum status show_categories(struct cli *cli, const struct view_units *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}},        {.head = {0}, .shrink = 10, .drop = 9}, {.head = {0}, .drop = 8},
	    {.head = S("Level")}, {.head = S("Index"), .right = true},    {.head = S("Known"), .right = true},
	};
	struct arena *a = cli->arena;
	struct out_table t = out_table(cli->out, a, columns, 6);
	for (size_t i = 0; i < v->model->n_categories; i++) {
		const struct score_category *c = &v->units[0].categories[i];
		bool silent = c->applicable && c->coverage == 0 && c->index == 1000;
		struct out_cell row[6] = {
		    {.text = v->model->categories[i].id, .style = OUT_BOLD},
		    {.text = v->model->categories[i].title},
		    out_level_bar(cli->out, a, c, 1),
		    {.text = !c->applicable ? S("not applicable")
			     : silent       ? S("not known yet")
					    : out_level(a, v->model, c->level),
		     .style = c->applicable && !silent ? out_level_style(c->level) : OUT_DIM},
		};
		if (c->applicable && !silent) {
			row[4].text = out_index(a, c->index);
			row[5].text = out_percent(a, c->coverage);
		}
		out_table_row(&t, row);
	}
	return out_table_end(&t, err);
}

enum status cmd_unit_show(struct cli *cli, struct err *err)
{
	struct view_units v;
	struct arena *a = cli->arena;
	TRY(app_unit_list(&cli->app, options_argument(&cli->options, 0), cli_as_of(cli), &v, err));
	if (cli->json) {
		v.n = v.n ? 1 : 0;
		export_json_unit_list(out_export(cli->out), &v);
		return OK;
	}
	if (!v.n)
		return err_set(err, E_BUG, "the unit has no line in its own list");
	const struct view_unit *u = &v.units[0];
	out_heading(cli->out, out_print(a, "%.*s  %.*s", STR_ARG(u->unit->id), STR_ARG(u->unit->name)));
	if (v.model->base.p)
		out_fact(cli->out, "model", 8,
			 out_print(a, "%.*s, an overlay of %.*s: %.*s", STR_ARG(v.model->name), STR_ARG(v.model->base),
				   STR_ARG(cmd_model_overlay(a, v.model))));
	else
		out_fact(cli->out, "model", 8, v.model->name);
	if (u->parent_id.n)
		out_fact(cli->out, "below", 8, u->parent_id);
	out_fact(cli->out, "size", 8, out_print(a, "%" PRId64, u->unit->size));
	out_fact(cli->out, "tree", 8,
		 v.since_ms == INT64_MIN ? S("holds for all time")
					 : out_print(a, "holds since %.*s", STR_ARG(out_time(a, v.since_ms))));
	out_line(cli->out);
	TRY(show_categories(cli, &v, err));
	out_line(cli->out);
	return cmd_unit_show_list(cli, &v, 1, err);
}
