#include "cli/cmd/cmd.h"

#include "export/json.h"

enum status cmd_source_retire(struct cli *cli, struct err *err)
{
	str name = options_argument(&cli->options, 0), unit = cli_unit(cli);
	struct app_time at = options_time(&cli->options, S("at"));
	int64_t at_ms = at.given ? at.ms : cli->app.now_ms;
	TRY(app_source_retire(&cli->app, name, unit, at, err));
	if (!cli->json) {
		out_wrap(cli->out,
			 out_print(cli->arena, "%.*s no longer counts for %.*s from %.*s on.", STR_ARG(name),
				   STR_ARG(unit.n ? unit : S("any unit")), STR_ARG(out_time(cli->arena, at_ms))),
			 (struct out_paragraph){0});
		return OK;
	}
	struct json_writer w = json_writer(&cli->out->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.source/1"));
	json_put_text(&w, S("source"), name);
	json_put_text(&w, S("unit"), unit.n ? unit : (str){0});
	json_put_time(&w, S("retired"), at_ms);
	json_object_end(&w);
	out_line(cli->out);
	return OK;
}
