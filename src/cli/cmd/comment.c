#include <inttypes.h>

#include "app/comment.h"
#include "base/time.h"
#include "cli/cmd/cmd.h"
#include "export/json.h"

static void show_one(struct cli *cli, const struct view_comment *c)
{
	struct arena *a = cli->arena;
	bool gone = c->withdrawn_ms != TIME_FOREVER;
	out_heading(cli->out, out_print(a, "%" PRId64 "  %.*s, %.*s", c->id, STR_ARG(c->author),
					STR_ARG(out_time(a, c->recorded_ms))));
	out_wrap(cli->out, gone ? S("withdrawn") : c->body,
		 (struct out_paragraph){.indent = 2, .style = gone ? OUT_DIM : OUT_PLAIN});
}

static enum status show(struct cli *cli, const struct view_comment *c)
{
	if (cli->json) {
		export_json_comment(out_export(cli->out), c);
		return OK;
	}
	show_one(cli, c);
	return OK;
}

enum status cmd_comment_add(struct cli *cli, struct err *err)
{
	struct view_comment c;
	TRY(app_comment_add(&cli->app, options_argument(&cli->options, 0), cli_unit(cli),
			    options_argument(&cli->options, 1), &c, err));
	return show(cli, &c);
}

enum status cmd_comment_withdraw(struct cli *cli, struct err *err)
{
	struct view_comment c;
	int64_t id;
	TRY(cmd_number(cli, "COMMENT", options_argument(&cli->options, 0), &id, err));
	TRY(app_comment_withdraw(&cli->app, id, &c, err));
	return show(cli, &c);
}

enum status cmd_comment_list(struct cli *cli, struct err *err)
{
	struct view_comments v;
	TRY(app_comment_list(&cli->app, options_argument(&cli->options, 0), cli_unit(cli),
			     options_count(&cli->options, S("before"), 0),
			     (size_t)options_count(&cli->options, S("limit"), 20), &v, err));
	if (cli->json) {
		export_json_comment_list(out_export(cli->out), &v);
		return OK;
	}
	if (!v.n)
		out_wrap(cli->out, S("Nobody said anything yet."), (struct out_paragraph){0});
	for (size_t i = 0; i < v.n; i++) {
		show_one(cli, &v.list[i]);
		out_drain(cli->out);
	}
	return OK;
}
