#include <inttypes.h>

#include "base/time.h"
#include "cli/cmd/cmd.h"
#include "export/json.h"

static const struct out_paragraph plain = {0};

/* "of the feed garak:x", "of every feed" */
static str where(struct arena *a, const struct view_link *v)
{
	return v->feed.p ? out_print(a, " in rows of the feed %.*s", STR_ARG(v->feed)) : S("");
}

static void show_one(struct cli *cli, const struct view_link *v)
{
	struct arena *a = cli->arena;
	str rows = out_plural(a, v->rows, "row", "rows");
	if (v->ended_ms != TIME_FOREVER)
		out_wrap(cli->out,
			 out_print(a, "%.*s no longer means %.*s%.*s; that concerns %.*s.", STR_ARG(v->name),
				   STR_ARG(v->system), STR_ARG(where(a, v)), STR_ARG(rows)),
			 plain);
	else
		out_wrap(cli->out,
			 out_print(a, "%.*s means %.*s%.*s%s; that concerns %.*s.", STR_ARG(v->name),
				   STR_ARG(v->system), STR_ARG(where(a, v)), v->unchanged ? " already" : "",
				   STR_ARG(rows)),
			 plain);
}

static enum status show(struct cli *cli, const struct view_link *links, size_t n)
{
	bool changed = false;
	if (cli->json) {
		export_json_link_list(out_export(cli->out), links, n);
		return OK;
	}
	for (size_t i = 0; i < n; i++) {
		show_one(cli, &links[i]);
		changed |= !links[i].unchanged;
	}
	if (changed)
		out_wrap(cli->out, S("Next: `aismm evaluate` brings the numbers up to date."), plain);
	return OK;
}

enum status cmd_link_add(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct app_link link = {
	    .name = options_argument(o, 0),
	    .system = options_argument(o, 1),
	    .feed = options_text(o, S("feed")),
	    .because = options_text(o, S("because")),
	};
	struct view_link view;
	TRY(app_link_add(&cli->app, &link, &view, err));
	return show(cli, &view, 1);
}

enum status cmd_link_import(struct cli *cli, struct err *err)
{
	struct source *from;
	const struct view_link *views;
	size_t n;
	TRY(cli_source(cli, options_argument(&cli->options, 0), &from, err));
	TRY(app_link_import(&cli->app, from, &views, &n, err));
	return show(cli, views, n);
}

enum status cmd_link_remove(struct cli *cli, struct err *err)
{
	struct view_link view;
	TRY(app_link_remove(&cli->app, options_argument(&cli->options, 0), options_text(&cli->options, S("feed")),
			    &view, err));
	return show(cli, &view, 1);
}

enum status cmd_link_list(struct cli *cli, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Name"), .shrink = 16},
	    {.head = S("Means"), .shrink = 8},
	    {.head = S("Feed"), .shrink = 8, .drop = 3},
	    {.head = S("By"), .shrink = 8, .drop = 2},
	    {.head = S("Since"), .drop = 4},
	    {.head = {0}, .drop = 1},
	};
	enum { COLUMNS = sizeof columns / sizeof columns[0] };
	struct arena *a = cli->arena;
	const struct view_link *links;
	size_t n;
	TRY(app_link_list(&cli->app, options_given(&cli->options, S("all")), &links, &n, err));
	if (cli->json) {
		export_json_link_list(out_export(cli->out), links, n);
		return OK;
	}
	struct out_table t = out_table(cli->out, a, columns, COLUMNS);
	t.indent = 0;
	if (!n)
		out_wrap(cli->out, S("No link yet: `aismm link unresolved` shows the names that want one."), plain);
	for (size_t i = 0; i < n; i++) {
		const struct view_link *v = &links[i];
		bool ended = v->ended_ms != TIME_FOREVER;
		enum out_style style = ended ? OUT_DIM : OUT_PLAIN;
		str note =
		    ended ? out_print(a, "until %.*s, by %.*s", STR_ARG(out_time(a, v->ended_ms)), STR_ARG(v->ended_by))
		    : v->idle ? S("not in a register")
			      : (str){0};
		struct out_cell row[COLUMNS] = {
		    {.text = v->name, .style = style},
		    {.text = v->system, .style = style},
		    {.text = v->feed.p ? v->feed : S("any"), .style = style},
		    {.text = v->author, .style = style},
		    {.text = out_time(a, v->recorded_ms), .style = style},
		    {.text = note, .style = v->idle ? OUT_OPEN : OUT_DIM},
		};
		out_table_row(&t, row);
		struct out_cell below[COLUMNS] = {{.text = v->reason, .style = OUT_DIM, .span = COLUMNS - 1}};
		if (v->reason.n)
			out_table_row(&t, below);
	}
	return out_table_end(&t, err);
}

/* "red-team results: 3, in the feed garak:gpt2" */
static str use_text(struct arena *a, const struct view_unresolved_use *u)
{
	return out_print(a, "%.*s: %" PRId64 ", in the feed %.*s", STR_ARG(evidence_kinds[u->kind].title), u->rows,
			 STR_ARG(u->feed));
}

/* The command that would link it, to be copied; quotes where a shell needs them. */
static str advice(struct arena *a, const struct view_unresolved *u)
{
	bool quote = false;
	for (size_t i = 0; i < u->name.n; i++) {
		char c = u->name.p[i];
		quote |= !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' ||
			   c == '/' || c == '.' || c == '-' || c == '_');
		if (c == '\'')
			return (str){0};
	}
	return out_print(a, "perhaps: aismm link add %s%.*s%s %.*s", quote ? "'" : "", STR_ARG(u->name),
			 quote ? "'" : "", STR_ARG(u->suggestions[0]));
}

static void show_unresolved(struct cli *cli, const struct view_unresolved *u)
{
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	out_line(o);
	out_heading(o, u->name);
	for (size_t i = 0; i < u->n_uses; i++)
		out_wrap(o, use_text(a, &u->uses[i]), (struct out_paragraph){.indent = 2});
	if (u->discovered && !u->shown)
		out_wrap(o, S("counts as an AI system that is not registered"), (struct out_paragraph){.indent = 2});
	if (u->n_suggestions)
		out_wrap(o, advice(a, u), (struct out_paragraph){.indent = 2, .style = OUT_DIM});
}

enum status cmd_link_unresolved(struct cli *cli, struct err *err)
{
	struct view_unresolved_list v;
	TRY(app_link_unresolved(&cli->app, cli_as_of(cli), &v, err));
	if (cli->json) {
		export_json_link_unresolved(out_export(cli->out), &v);
		return OK;
	}
	if (!v.n) {
		out_wrap(cli->out, S("Every AI system that evidence names stands in a register, or is linked to one."),
			 plain);
		return OK;
	}
	if (v.n_unknown)
		out_wrap(cli->out,
			 out_print(cli->arena, "%.*s for no AI system until you link %.*s:",
				   STR_ARG(out_plural(cli->arena, v.rows, "row counts", "rows count")),
				   STR_ARG(out_plural(cli->arena, (int64_t)v.n_unknown, "name", "names"))),
			 plain);
	for (size_t i = 0; i < v.n; i++) {
		if (i == v.n_unknown) {
			if (i)
				out_line(cli->out);
			out_wrap(
			    cli->out,
			    out_print(
				cli->arena, "%.*s discovered and in no register; link what has another name there:",
				STR_ARG(out_plural(cli->arena, (int64_t)(v.n - i), "AI system is", "AI systems are"))),
			    plain);
		}
		show_unresolved(cli, &v.names[i]);
		out_drain(cli->out);
	}
	return OK;
}

enum status cmd_link_resolve(struct cli *cli, struct err *err)
{
	struct arena *a = cli->arena;
	struct view_resolution v;
	TRY(app_link_resolve(&cli->app, options_argument(&cli->options, 0), options_text(&cli->options, S("feed")),
			     cli_as_of(cli), &v, err));
	if (cli->json) {
		export_json_link_resolve(out_export(cli->out), &v);
		return OK;
	}
	str text = {0};
	switch (v.found.by) {
	case LINK_EXACT:
		text = out_print(a, "%.*s is an AI system of the register.", STR_ARG(v.name));
		break;
	case LINK_ALIAS:
	case LINK_PATTERN:
		text = out_print(a, "%.*s means %.*s, by the %.*s %.*s.", STR_ARG(v.name), STR_ARG(v.found.system),
				 STR_ARG(export_json_link_by(v.found.by)), STR_ARG(v.found.rule->name));
		break;
	case LINK_DISCOVERED:
		text = out_print(a, "%.*s was discovered, and stands in no register.", STR_ARG(v.name));
		break;
	case LINK_UNRESOLVED:
		text = out_print(a, "Nobody knows %.*s.", STR_ARG(v.name));
		break;
	}
	out_wrap(cli->out, text, plain);
	for (size_t i = 0; i < v.n_suggestions; i++)
		out_wrap(cli->out, out_print(a, "like it: %.*s", STR_ARG(v.suggestions[i])),
			 (struct out_paragraph){.indent = 2, .style = OUT_DIM});
	return OK;
}
