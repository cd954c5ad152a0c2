#include "app/demo.h"
#include "cli/cmd/cmd.h"
#include "export/json.h"

enum status cmd_demo(struct cli *cli, struct err *err)
{
	TRY(app_demo_make(&cli->app, err));
	if (cli->json) {
		struct json_writer w = json_writer(&cli->out->text);
		json_object(&w);
		json_put_text(&w, S("schema"), S("aismm.demo/1"));
		json_put_time(&w, S("now"), app_demo_now_ms());
		json_object_end(&w);
		out_line(cli->out);
		return OK;
	}
	out_wrap(
	    cli->out,
	    out_print(cli->arena,
		      "Halden Insurance is in %s, as it was on %.*s. Its evidence ages like any other: set AISMM_NOW "
		      "to that instant to see it as it was.",
		      cli_store(cli), STR_ARG(out_time(cli->arena, app_demo_now_ms()))),
	    (struct out_paragraph){0});
	return OK;
}
