#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "cli/json_view.h"

static void show_json(struct out *o, const struct view_evaluation *v)
{
	struct json_writer w = json_writer(&o->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.evaluation/1"));
	json_put_time(&w, S("as_of"), v->as_of_ms);
	json_put_int(&w, S("checks"), v->checks);
	json_put_int(&w, S("measures"), v->measures);
	json_put_int(&w, S("unchanged"), v->unchanged);
	json_put_int(&w, S("silent"), v->silent);
	json_put_int(&w, S("reruns"), v->reruns);
	json_put_int(&w, S("unresolved_rows"), v->unresolved_rows);
	json_put_int(&w, S("unresolved_names"), v->unresolved_names);
	json_key(&w, S("failures"));
	json_array(&w);
	for (size_t i = 0; i < v->n_failures; i++) {
		json_object(&w);
		json_put_text(&w, S("objective"), v->failures[i].objective);
		json_put_text(&w, S("message"), v->failures[i].message);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_import_texts(&w, S("warnings"), v->warnings, v->n_warnings);
	json_object_end(&w);
	out_line(o);
}

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
		show_json(cli->out, v);
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
