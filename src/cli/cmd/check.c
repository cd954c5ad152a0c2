#include "cli/cmd/cmd.h"

#include "cli/cmd/show.h"
#include "export/json.h"

static enum status show(struct cli *cli, const struct view_check *v, struct err *err)
{
	static const struct out_column columns[] = {{.head = {0}}, {.head = {0}}, {.head = {0}, .shrink = 8}};
	struct out_table t = out_table(cli->out, cli->arena, columns, 3);
	t.indent = 0;
	for (size_t i = 0; i < v->n; i++) {
		const struct view_bound *b = &v->bounds[i];
		struct out_cell row[3] = {
		    {.text = b->holds ? S("holds") : S("below"), .style = b->holds ? OUT_MET : OUT_NOT_MET},
		    {.text = b->category, .style = OUT_BOLD},
		};
		if (b->found)
			row[2].text = out_print(cli->arena, "level %d, at least %d wanted", b->found, b->wanted);
		else
			row[2].text = out_print(cli->arena, "not applicable, at least %d wanted", b->wanted);
		out_table_row(&t, row);
	}
	TRY(out_table_end(&t, err));
	str model = v->model->name;
	if (v->model->base.p)
		model = out_print(cli->arena, "%.*s, an overlay of %.*s: %.*s", STR_ARG(model), STR_ARG(v->model->base),
				  STR_ARG(cmd_model_overlay(cli->arena, v->model)));
	out_wrap(cli->out, out_print(cli->arena, "by %.*s", STR_ARG(model)), (struct out_paragraph){.style = OUT_DIM});
	return OK;
}

enum status cmd_check(struct cli *cli, struct err *err)
{
	struct view_check v;
	TRY(app_check(&cli->app, cli_unit(cli), options_text(&cli->options, S("min")), cli_as_of(cli), &v, err));
	if (cli->json)
		export_json_score_check(out_export(cli->out), &v);
	else
		TRY(show(cli, &v, err));
	if (v.below > 0)
		cli->exit = CLI_BELOW;
	return OK;
}
