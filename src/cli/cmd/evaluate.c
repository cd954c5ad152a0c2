#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "export/json.h"

static void show(struct cli *cli, const struct view_evaluation *v)
{
	struct arena *a = cli->arena;
	out_wrap(cli->out,
		 out_print(a, "%.*s run on the evidence of %.*s.", STR_ARG(out_plural(a, v->checks, "check", "checks")),
			   STR_ARG(out_time(a, v->as_of_ms))),
		 (struct out_paragraph){0});
	out_fact(cli->out, "recorded", 10, out_plural(a, v->measures, "measure", "measures"));
	out_fact(cli->out, "unchanged", 10, out_plural(a, v->unchanged, "unit and objective", "units and objectives"));
	if (v->silent)
		out_fact(cli->out, "silent", 10,
			 out_print(a, "%.*s without a fresh feed: nothing recorded",
				   STR_ARG(out_plural(a, v->silent, "unit and objective", "units and objectives"))));
	if (v->reruns)
		out_fact(cli->out, "again", 10,
			 out_plural(a, v->reruns, "later run looked at", "later runs looked at"));
	if (v->unresolved_rows)
		out_fact(cli->out, "unresolved", 10,
			 out_print(a, "%.*s in %.*s that no register and no link knows: see `aismm link unresolved`",
				   STR_ARG(out_plural(a, v->unresolved_names, "name", "names")),
				   STR_ARG(out_plural(a, v->unresolved_rows, "row", "rows"))));
	for (size_t i = 0; i < v->n_failures; i++)
		cli_note(cli, "warning: the check of %.*s failed: %.*s", STR_ARG(v->failures[i].objective),
			 STR_ARG(v->failures[i].message));
	for (size_t i = 0; i < v->n_warnings; i++)
		cli_note(cli, "warning: %.*s", STR_ARG(v->warnings[i]));
}

void cmd_evaluate_show(struct cli *cli, const struct view_evaluation *v)
{
	if (cli->json)
		export_json_evaluation(out_export(cli->out), v);
	else
		show(cli, v);
}

enum status cmd_evaluate(struct cli *cli, struct err *err)
{
	struct view_evaluation v;
	TRY(app_evaluate(&cli->app, cli_as_of(cli), &v, err));
	cmd_evaluate_show(cli, &v);
	return OK;
}
