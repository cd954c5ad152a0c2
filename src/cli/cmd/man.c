#include "cli/cmd/cmd.h"

#include "export/json.h"
#include "cli/man.h"

#ifndef AISMM_VERSION
#define AISMM_VERSION "0.0.0"
#endif

enum status cmd_man(struct cli *cli, struct err *err)
{
	(void)err;
	if (!cli->json) {
		man_page(cli->out, AISMM_VERSION);
		return OK;
	}
	struct out page = {.text = BUF(SIZE_MAX / 4)};
	man_page(&page, AISMM_VERSION);
	struct json_writer w = json_writer(&cli->out->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.man/1"));
	json_put_text(&w, S("roff"), buf_str(&page.text));
	json_object_end(&w);
	out_line(cli->out);
	out_release(&page);
	return OK;
}
