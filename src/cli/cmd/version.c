#include "cli/cmd/cmd.h"

#include "export/json.h"

#ifndef AISMM_VERSION
#define AISMM_VERSION "0.0.0"
#endif

enum status cmd_version(struct cli *cli, struct err *err)
{
	(void)err;
	if (!cli->json) {
		out_raw(cli->out, "aismm " AISMM_VERSION);
		out_line(cli->out);
		return OK;
	}
	struct json_writer w = json_writer(&cli->out->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.version/1"));
	json_put_text(&w, S("version"), S(AISMM_VERSION));
	json_put_int(&w, S("rules"), SCORE_RULES);
	json_put_int(&w, S("views"), EVIDENCE_VIEWS_VERSION);
	json_object_end(&w);
	out_line(cli->out);
	return OK;
}
