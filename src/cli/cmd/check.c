#include "cli/cmd/cmd.h"

#include "cli/json_view.h"

static void show_json(struct cli *cli, const struct view_bound *bounds, size_t n, int below)
{
	struct json_writer w = json_writer(&cli->out->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.check/1"));
	json_put_text(&w, S("unit"), cli_unit(cli).n ? cli_unit(cli) : (str){0});
	struct app_time as_of = cli_as_of(cli);
	json_put_time(&w, S("as_of"), as_of.given ? as_of.ms : cli->app.now_ms);
	json_put_int(&w, S("below"), below);
	json_key(&w, S("bounds"));
	json_array(&w);
	for (size_t i = 0; i < n; i++) {
		json_object(&w);
		json_put_text(&w, S("category"), bounds[i].category);
		json_put_int(&w, S("wanted"), bounds[i].wanted);
		if (bounds[i].found)
			json_put_int(&w, S("found"), bounds[i].found);
		else
			json_put_bool(&w, S("applicable"), false);
		json_put_bool(&w, S("holds"), bounds[i].holds);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_object_end(&w);
	out_line(cli->out);
}

static enum status show(struct cli *cli, const struct view_bound *bounds, size_t n, struct err *err)
{
	static const struct out_column columns[] = {{.head = {0}}, {.head = {0}}, {.head = {0}, .shrink = 8}};
	struct out_table t = out_table(cli->out, cli->arena, columns, 3);
	t.indent = 0;
	for (size_t i = 0; i < n; i++) {
		const struct view_bound *b = &bounds[i];
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
	return out_table_end(&t, err);
}

enum status cmd_check(struct cli *cli, struct err *err)
{
	const struct view_bound *bounds;
	size_t n;
	int below;
	TRY(app_check(&cli->app, cli_unit(cli), options_text(&cli->options, S("min")), cli_as_of(cli), &bounds, &n,
		      &below, err));
	if (cli->json)
		show_json(cli, bounds, n, below);
	else
		TRY(show(cli, bounds, n, err));
	if (below > 0)
		cli->exit = CLI_BELOW;
	return OK;
}
