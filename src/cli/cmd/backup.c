#include "app/backup.h"

#include "cli/cmd/cmd.h"
#include "export/json.h"

enum status cmd_backup(struct cli *cli, struct err *err)
{
	struct view_backup v;
	str file = options_text(&cli->options, S("output"));
	const char *path = str_z(cli->arena, file);
	if (!path)
		return err_full(err);
	TRY(app_backup(&cli->app, path, &v, err));
	if (!cli->json) {
		out_wrap(cli->out,
			 out_print(cli->arena, "%.*s is a copy of the store as of %.*s, %lld bytes.", STR_ARG(file),
				   STR_ARG(out_time(cli->arena, v.at_ms)), (long long)v.bytes),
			 (struct out_paragraph){0});
		out_fact(cli->out, "sha256", 6, v.sha256);
		return OK;
	}
	struct json_writer w = json_writer(&cli->out->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.backup/1"));
	json_put_text(&w, S("file"), file);
	json_put_int(&w, S("bytes"), v.bytes);
	json_put_text(&w, S("sha256"), v.sha256);
	json_object_end(&w);
	out_line(cli->out);
	return OK;
}
