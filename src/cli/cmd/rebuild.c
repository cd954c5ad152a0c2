#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "export/json.h"

enum status cmd_rebuild(struct cli *cli, struct err *err)
{
	struct view_rebuild v;
	TRY(app_rebuild(&cli->app, &v, err));
	if (!cli->json) {
		out_wrap(cli->out,
			 out_print(cli->arena, "%.*s of %.*s made anew; %s.",
				   STR_ARG(out_plural(cli->arena, v.rows, "derived row", "derived rows")),
				   STR_ARG(out_plural(cli->arena, v.units, "unit", "units")),
				   v.same ? "they were the same before" : "they were NOT the same before"),
			 (struct out_paragraph){0});
		out_fact(cli->out, "sha256", 6, v.sha256);
		return OK;
	}
	struct json_writer w = json_writer(&cli->out->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.rebuild/1"));
	json_put_int(&w, S("units"), v.units);
	json_put_int(&w, S("rows"), v.rows);
	json_put_text(&w, S("sha256"), v.sha256);
	json_put_bool(&w, S("same"), v.same);
	json_object_end(&w);
	out_line(cli->out);
	return OK;
}
