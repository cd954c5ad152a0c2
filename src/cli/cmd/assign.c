#include "app/assign.h"

#include "base/time.h"
#include "cli/cmd/cmd.h"
#include "export/json.h"

static const struct out_paragraph plain = {0};

static struct app_assign asked(const struct cli *cli)
{
	return (struct app_assign){.objective = options_argument(&cli->options, 0),
				   .user = options_argument(&cli->options, 1),
				   .unit = options_text(&cli->options, S("unit"))};
}

enum status cmd_assign_add(struct cli *cli, struct err *err)
{
	struct arena *a = cli->arena;
	struct app_assign assign = asked(cli);
	struct view_assignment v;
	assign.due = options_time(&cli->options, S("due"));
	TRY(app_assign_add(&cli->app, &assign, &v, err));
	if (cli->json) {
		export_json_people_assignments(out_export(cli->out), &v, 1);
		return OK;
	}
	str due = v.due_ms == TIME_FOREVER ? (str){0} : out_print(a, ", due %.*s", STR_ARG(out_time(a, v.due_ms)));
	out_wrap(cli->out,
		 out_print(a, "%.*s at %.*s is assigned to %.*s%s%.*s.", STR_ARG(v.objective), STR_ARG(v.unit),
			   STR_ARG(v.user), v.unchanged ? " already" : "", STR_ARG(due)),
		 plain);
	return OK;
}

enum status cmd_assign_end(struct cli *cli, struct err *err)
{
	struct app_assign assign = asked(cli);
	struct view_assignment v;
	TRY(app_assign_end(&cli->app, &assign, &v, err));
	if (cli->json) {
		export_json_people_assignments(out_export(cli->out), &v, 1);
		return OK;
	}
	out_wrap(cli->out,
		 out_print(cli->arena, "%.*s at %.*s is no longer assigned to %.*s.", STR_ARG(v.objective),
			   STR_ARG(v.unit), STR_ARG(v.user)),
		 plain);
	return OK;
}

enum status cmd_assign_list(struct cli *cli, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Due")},
	    {.head = S("Objective")},
	    {.head = S("Unit"), .shrink = 8},
	    {.head = S("User"), .shrink = 8},
	    {.head = S("By"), .shrink = 8, .drop = 2},
	    {.head = {0}, .drop = 1},
	};
	enum { COLUMNS = sizeof columns / sizeof columns[0] };
	struct arena *a = cli->arena;
	struct app_assign_filter filter = {.user = options_text(&cli->options, S("user")),
					   .past = options_given(&cli->options, S("all"))};
	const struct view_assignment *list;
	size_t n;
	TRY(app_assign_list(&cli->app, &filter, &list, &n, err));
	if (cli->json) {
		export_json_people_assignments(out_export(cli->out), list, n);
		return OK;
	}
	struct out_table t = out_table(cli->out, a, columns, COLUMNS);
	t.indent = 0;
	if (!n)
		out_wrap(cli->out, S("Nothing is assigned: `aismm assign add OBJECTIVE USER` does."), plain);
	for (size_t i = 0; i < n; i++) {
		const struct view_assignment *v = &list[i];
		bool ended = v->ended_ms != TIME_FOREVER;
		enum out_style style = ended ? OUT_DIM : OUT_PLAIN;
		str note =
		    ended ? out_print(a, "until %.*s, by %.*s", STR_ARG(out_time(a, v->ended_ms)), STR_ARG(v->ended_by))
		    : v->overdue ? S("overdue")
				 : (str){0};
		struct out_cell row[COLUMNS] = {
		    {.text = v->due_ms == TIME_FOREVER ? S("no date") : out_time(a, v->due_ms), .style = style},
		    {.text = v->objective, .style = style},
		    {.text = v->unit, .style = style},
		    {.text = v->user, .style = style},
		    {.text = v->author, .style = style},
		    {.text = note, .style = v->overdue ? OUT_OPEN : OUT_DIM},
		};
		out_table_row(&t, row);
	}
	return out_table_end(&t, err);
}
