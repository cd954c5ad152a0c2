#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "base/time.h"
#include "export/json.h"

enum { FACT_COLUMNS = 10, LACKS_SHOWN = 8 };

static enum out_style state_style(enum feed_state s)
{
	static const enum out_style styles[FEED_STATES] = {
	    [FEED_FRESH] = OUT_MET,       [FEED_LATE] = OUT_OPEN,   [FEED_STALE] = OUT_NOT_MET,
	    [FEED_FAILING] = OUT_NOT_MET, [FEED_RETIRED] = OUT_DIM,
	};
	return styles[s];
}

/* "overdue since 3 Nov 2026"; what is wrong with a feed, for the line below it. Empty: nothing. */
static str trouble(struct cli *cli, const struct view_feed *f)
{
	struct arena *a = cli->arena;
	str what = {0}, late = {0};
	if (f->overdue)
		late = out_print(a, "overdue since %.*s", STR_ARG(out_time(a, f->due_ms)));
	if (f->state == FEED_STALE)
		what = out_print(a, "too old for %zu of the %.*s that read it", f->n_too_old,
				 STR_ARG(out_plural(a, (int64_t)f->n_objectives, "objective", "objectives")));
	if (f->state == FEED_FAILING)
		what = out_print(a, "%.*s was refused on %.*s: %.*s", STR_ARG(f->failed_file),
				 STR_ARG(out_time(a, f->failed_ms)), STR_ARG(f->failed_reason));
	if (!what.n)
		return late;
	return late.n ? out_print(a, "%.*s; %.*s", STR_ARG(late), STR_ARG(what)) : what;
}

/* What to connect next: the kinds that most objectives read and nobody hands in. */
static enum status show_lacks(struct cli *cli, const struct view_feeds *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Nobody hands in")},
	    {.head = S("Read by"), .right = true},
	};
	struct arena *a = cli->arena;
	size_t shown = v->n_lacks < LACKS_SHOWN ? v->n_lacks : LACKS_SHOWN;
	if (!shown)
		return OK;
	out_line(cli->out);
	struct out_table t = out_table(cli->out, a, columns, 2);
	t.indent = 0;
	for (size_t i = 0; i < shown; i++) {
		struct out_cell row[2] = {
		    {.text = evidence_kinds[v->lacks[i].kind].name},
		    {.text = out_plural(a, (int64_t)v->lacks[i].n_objectives, "objective", "objectives")},
		};
		out_table_row(&t, row);
	}
	TRY(out_table_end(&t, err));
	if (shown < v->n_lacks)
		out_wrap(cli->out, out_print(a, "and %zu more kinds", v->n_lacks - shown),
			 (struct out_paragraph){.style = OUT_DIM});
	return OK;
}

static enum status show_list(struct cli *cli, const struct view_feeds *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Feed"), .shrink = 28},
	    {.head = S("State")},
	    {.head = S("Unit"), .shrink = 8, .drop = 3},
	    {.head = S("Owner"), .shrink = 8, .drop = 2},
	    {.head = S("Format"), .shrink = 8, .drop = 4},
	    {.head = S("Newest")},
	    {.head = S("Rows"), .right = true, .drop = 1},
	    {.head = S("Files"), .right = true, .drop = 5},
	};
	enum { COLUMNS = sizeof columns / sizeof columns[0] };
	struct arena *a = cli->arena;
	struct out_table t = out_table(cli->out, a, columns, COLUMNS);
	t.indent = 0;
	if (!v->n)
		out_wrap(cli->out, S("No feed yet: `aismm import FILE…` begins one."), (struct out_paragraph){0});
	for (size_t i = 0; i < v->n; i++) {
		const struct view_feed *f = &v->list[i];
		struct out_cell row[COLUMNS] = {
		    {.text = f->name},
		    {.text = feed_state_name(f->state), .style = state_style(f->state)},
		    {.text = f->unit},
		    {.text = f->owner},
		    {.text = f->format},
		    {.text = out_time(a, f->newest_ms)},
		    {.text = out_print(a, "%" PRId64, f->rows)},
		    {.text = out_print(a, "%" PRId64, f->snapshots)},
		};
		out_table_row(&t, row);
		struct out_cell below[COLUMNS] = {{.text = trouble(cli, f), .style = OUT_DIM, .span = COLUMNS - 1}};
		if (below[0].text.n)
			out_table_row(&t, below);
	}
	TRY(out_table_end(&t, err));
	return show_lacks(cli, v, err);
}

enum status cmd_feed_list(struct cli *cli, struct err *err)
{
	struct view_feeds feeds;
	TRY(app_feed_list(&cli->app, cli_as_of(cli), &feeds, err));
	if (!cli->json)
		return show_list(cli, &feeds, err);
	export_json_feed_list(out_export(cli->out), &feeds);
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
	out_fact(o, "state", FACT_COLUMNS, feed_state_name(v->state));
	str wrong = trouble(cli, v);
	if (wrong.n)
		out_fact(o, "", FACT_COLUMNS, wrong);
	out_fact(o, "owner", FACT_COLUMNS, v->owner.p ? v->owner : S("nobody"));
	if (v->every_ms >= 0)
		out_fact(o, "comes", FACT_COLUMNS,
			 out_print(a, "every %.*s, next by %.*s", STR_ARG(out_span(a, v->every_ms)),
				   STR_ARG(out_time(a, v->due_ms))));
	if (v->n_objectives)
		out_fact(o, "counts for", FACT_COLUMNS,
			 out_print(a, "%.*s, the strictest wants it no older than %.*s",
				   STR_ARG(out_plural(a, (int64_t)v->n_objectives, "objective", "objectives")),
				   STR_ARG(out_span(a, v->max_age_ms))));
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
		export_json_feed_show(out_export(cli->out), &view);
		return OK;
	}
	show_facts(cli, &view);
	out_line(cli->out);
	return show_files(cli, &view, err);
}

enum status cmd_feed_set(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	bool nobody = options_given(o, S("no-owner"));
	struct app_feed_setting setting = {
	    .owner_given = nobody || options_given(o, S("owner")),
	    .owner = options_text(o, S("owner")),
	    .every_given = options_given(o, S("every")),
	    .every_ms = options_count(o, S("every"), 0) * TIME_DAY_MS,
	};
	struct view_feed view;
	if (nobody && options_given(o, S("owner")))
		return cli_usage(cli, err, "--owner and --no-owner exclude each other");
	if (!setting.owner_given && !setting.every_given)
		return cli_usage(cli, err, "say what is expected of it: --owner or --no-owner, --every, or both");
	TRY(app_feed_set(&cli->app, options_argument(o, 0), &setting, &view, err));
	if (cli->json)
		export_json_feed_show(out_export(cli->out), &view);
	else
		show_facts(cli, &view);
	return OK;
}

enum status cmd_feed_retire(struct cli *cli, struct err *err)
{
	struct view_feed view;
	TRY(app_feed_retire(&cli->app, options_argument(&cli->options, 0), options_time(&cli->options, S("at")), &view,
			    err));
	if (cli->json)
		export_json_feed_show(out_export(cli->out), &view);
	else
		out_wrap(cli->out,
			 out_print(cli->arena, "%.*s is retired: from %.*s on what it said no longer counts.",
				   STR_ARG(view.name), STR_ARG(out_time(cli->arena, view.retired_ms))),
			 (struct out_paragraph){0});
	return OK;
}
