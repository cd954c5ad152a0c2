#include "app/target.h"
#include "base/time.h"
#include "cli/cmd/cmd.h"
#include "export/json.h"

static const struct out_paragraph plain = {0};

/* "level 3 by 31 Dec 2026" */
static str goal(struct arena *a, const struct view_target *v)
{
	return out_print(a, "level %d by %.*s", v->level, STR_ARG(out_time(a, v->due_ms)));
}

enum status cmd_target_set(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct arena *a = cli->arena;
	struct app_target target = {
	    .category = options_argument(o, 0),
	    .unit = cli_unit(cli),
	    .level = (int)options_count(o, S("level"), 0),
	    .due = options_time(o, S("by-date")),
	    .because = options_text(o, S("because")),
	    .owner = options_text(o, S("owner")),
	    .approver = options_text(o, S("approver")),
	};
	struct view_target view;
	bool unchanged;
	TRY(app_target_set(&cli->app, &target, &view, &unchanged, err));
	if (cli->json) {
		export_json_target_list(out_export(cli->out), &view, 1);
		return OK;
	}
	out_wrap(cli->out,
		 out_print(a, "%.*s at %.*s: %.*s%s.", STR_ARG(view.category), STR_ARG(view.unit),
			   STR_ARG(goal(a, &view)), unchanged ? ", as before" : ""),
		 plain);
	out_fact(cli->out, "because", 10, view.because);
	out_fact(cli->out, "owner", 10, view.owner);
	if (view.approver.p)
		out_fact(cli->out, "approver", 10, view.approver);
	return OK;
}

enum status cmd_target_withdraw(struct cli *cli, struct err *err)
{
	struct arena *a = cli->arena;
	struct view_target view, then;
	TRY(app_target_withdraw(&cli->app, options_argument(&cli->options, 0), cli_unit(cli),
				options_text(&cli->options, S("because")), &view, &then, err));
	if (cli->json) {
		const struct view_target both[] = {view, then};
		export_json_target_list(out_export(cli->out), both, then.id ? 2 : 1);
		return OK;
	}
	str next = then.id ? out_print(a, "%.*s, set for %.*s, holds now", STR_ARG(goal(a, &then)), STR_ARG(then.unit))
			   : S("it has no target now");
	out_wrap(cli->out,
		 out_print(a, "%.*s at %.*s: %.*s was withdrawn; %.*s.", STR_ARG(view.category), STR_ARG(view.unit),
			   STR_ARG(goal(a, &view)), STR_ARG(next)),
		 plain);
	return OK;
}

enum status cmd_target_list(struct cli *cli, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Unit"), .shrink = 8},
	    {.head = S("Category")},
	    {.head = S("Level"), .right = true},
	    {.head = S("By")},
	    {.head = S("Owner"), .shrink = 8, .drop = 2},
	    {.head = S("Approved by"), .shrink = 8, .drop = 3},
	    {.head = {0}, .drop = 1},
	};
	enum { COLUMNS = sizeof columns / sizeof columns[0] };
	struct arena *a = cli->arena;
	struct view_targets v;
	TRY(app_target_list(&cli->app, cli_unit(cli), options_given(&cli->options, S("all")), &v, err));
	if (cli->json) {
		export_json_target_list(out_export(cli->out), v.list, v.n);
		return OK;
	}
	struct out_table t = out_table(cli->out, a, columns, COLUMNS);
	t.indent = 0;
	if (!v.n)
		out_wrap(cli->out, S("No target yet: `aismm target set` decides for one."), plain);
	for (size_t i = 0; i < v.n; i++) {
		const struct view_target *x = &v.list[i];
		enum out_style style = x->in_force ? OUT_PLAIN : OUT_DIM;
		str note = x->withdrawn_ms != TIME_FOREVER ? out_print(a, "withdrawn by %.*s", STR_ARG(x->withdrawn_by))
			   : x->in_force                   ? (str){0}
							   : S("replaced");
		struct out_cell row[COLUMNS] = {
		    {.text = x->unit, .style = style},
		    {.text = x->category, .style = style},
		    {.text = out_print(a, "%d", x->level), .style = style},
		    {.text = out_time(a, x->due_ms), .style = style},
		    {.text = x->owner, .style = style},
		    {.text = x->approver.p ? x->approver : (str){0}, .style = style},
		    {.text = note, .style = OUT_DIM},
		};
		out_table_row(&t, row);
		struct out_cell below[COLUMNS] = {{.text = x->because, .style = OUT_DIM, .span = COLUMNS - 1}};
		out_table_row(&t, below);
	}
	return out_table_end(&t, err);
}
