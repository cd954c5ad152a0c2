#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "cli/json_view.h"

enum { FACT_COLUMNS = 10 };

static enum status show_list(struct cli *cli, const struct view_feed *feeds, size_t n, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Feed"), .shrink = 16},
	    {.head = S("Unit"), .shrink = 8, .drop = 2},
	    {.head = S("Format"), .shrink = 8, .drop = 3},
	    {.head = S("Newest")},
	    {.head = S("Rows"), .right = true},
	    {.head = S("Files"), .right = true, .drop = 4},
	    {.head = {0}, .drop = 1},
	};
	struct arena *a = cli->arena;
	struct out_table t = out_table(cli->out, a, columns, 7);
	t.indent = 0;
	if (!n)
		out_wrap(cli->out, S("No feed yet: `aismm import FILE…` begins one."), (struct out_paragraph){0});
	for (size_t i = 0; i < n; i++) {
		const struct view_feed *f = &feeds[i];
		struct out_cell row[7] = {
		    {.text = f->name},
		    {.text = f->unit},
		    {.text = f->format},
		    {.text = out_time(a, f->newest_ms)},
		    {.text = out_print(a, "%" PRId64, f->rows)},
		    {.text = out_print(a, "%" PRId64, f->snapshots)},
		    {.text = f->retired ? S("retired") : (str){0}, .style = OUT_DIM},
		};
		out_table_row(&t, row);
	}
	return out_table_end(&t, err);
}

enum status cmd_feed_list(struct cli *cli, struct err *err)
{
	const struct view_feed *feeds;
	size_t n;
	TRY(app_feed_list(&cli->app, cli_as_of(cli), &feeds, &n, err));
	if (!cli->json)
		return show_list(cli, feeds, n, err);
	json_feed_list(cli->out, feeds, n);
	return OK;
}

static enum status show_files(struct cli *cli, const struct view_feed *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("File"), .shrink = 12},
	    {.head = S("Sha256"), .shrink = 12},
	    {.head = S("Observed")},
	    {.head = S("Recorded"), .drop = 1},
	};
	struct arena *a = cli->arena;
	struct out_table t = out_table(cli->out, a, columns, 4);
	for (size_t i = 0; i < v->n_files; i++) {
		struct out_cell row[4] = {
		    {.text = v->files[i].file},
		    {.text = str_slice(v->files[i].sha256, 0, 12)},
		    {.text = out_time(a, v->files[i].observed_ms)},
		    {.text = out_time(a, v->files[i].recorded_ms)},
		};
		out_table_row(&t, row);
	}
	return out_table_end(&t, err);
}

static void show_facts(struct cli *cli, const struct view_feed *v)
{
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	out_heading(o, v->name);
	out_fact(o, "unit", FACT_COLUMNS, v->unit);
	out_fact(o, "format", FACT_COLUMNS, v->format);
	out_fact(o, "first", FACT_COLUMNS, out_time(a, v->first_ms));
	out_fact(o, "newest", FACT_COLUMNS, out_time(a, v->newest_ms));
	if (v->retired)
		out_fact(o, "retired", FACT_COLUMNS, out_time(a, v->retired_ms));
	for (size_t i = 0; i < v->n_kinds; i++)
		out_fact(
		    o, i ? "" : "holds", FACT_COLUMNS,
		    out_print(a, "%" PRId64 " %.*s", v->kinds[i].rows, STR_ARG(evidence_kinds[v->kinds[i].kind].name)));
	for (size_t i = 0; i < v->n_units; i++)
		out_fact(o, i ? "" : "names", FACT_COLUMNS, v->units[i]);
}

enum status cmd_feed_show(struct cli *cli, struct err *err)
{
	struct view_feed view;
	TRY(app_feed_show(&cli->app, options_argument(&cli->options, 0), cli_as_of(cli), &view, err));
	if (cli->json) {
		json_feed_show(cli->out, &view);
		return OK;
	}
	show_facts(cli, &view);
	out_line(cli->out);
	return show_files(cli, &view, err);
}

enum status cmd_feed_retire(struct cli *cli, struct err *err)
{
	struct view_feed view;
	TRY(app_feed_retire(&cli->app, options_argument(&cli->options, 0), options_time(&cli->options, S("at")), &view,
			    err));
	if (cli->json)
		json_feed_show(cli->out, &view);
	else
		out_wrap(cli->out,
			 out_print(cli->arena, "%.*s is retired: from %.*s on what it said no longer counts.",
				   STR_ARG(view.name), STR_ARG(out_time(cli->arena, view.retired_ms))),
			 (struct out_paragraph){0});
	return OK;
}
