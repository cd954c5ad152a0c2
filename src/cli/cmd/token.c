#include "app/token.h"

#include <inttypes.h>

#include "base/time.h"
#include "cli/cmd/cmd.h"
#include "export/json.h"

static const struct out_paragraph plain = {0};

/* "reader at acme", "the feed prowler at cloud" */
static str scope_text(struct arena *a, const struct view_token *v)
{
	str where = cmd_user_where(a, v->unit);
	if (v->feed.p)
		return out_print(a, "the feed %.*s%.*s", STR_ARG(v->feed), STR_ARG(where));
	return out_print(a, "%.*s%.*s", STR_ARG(access_role_name(v->role)), STR_ARG(where));
}

enum status cmd_token_create(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct app_token token = {.name = options_argument(o, 0),
				  .user = options_text(o, S("user")),
				  .feed = options_text(o, S("feed")),
				  .unit = options_text(o, S("unit")),
				  .expires = options_time(o, S("expires"))};
	struct view_token v;
	TRY(cmd_user_role(cli, options_text(o, S("role")), &token.role, err));
	if ((token.role == ACCESS_NONE) == (token.feed.n == 0))
		return cli_usage(cli, err, "give one of --role and --feed");
	TRY(app_token_create(&cli->app, &token, &v, err));
	if (cli->json) {
		export_json_people_tokens(out_export(cli->out), &v, 1);
		return OK;
	}
	out_text(cli->out, v.value);
	out_line(cli->out);
	cli_note(cli, "%.*s, for %.*s, until %.*s; it is not shown again", STR_ARG(scope_text(cli->arena, &v)),
		 STR_ARG(v.user), STR_ARG(out_time(cli->arena, v.expires_ms)));
	return OK;
}

static str state_text(struct cli *cli, const struct view_token *v)
{
	struct arena *a = cli->arena;
	if (v->revoked_ms != TIME_FOREVER)
		return out_print(a, "revoked by %.*s", STR_ARG(v->revoked_by));
	return out_print(a, "%s %.*s", v->expires_ms <= cli->app.now_ms ? "was good until" : "until",
			 STR_ARG(out_time(a, v->expires_ms)));
}

enum status cmd_token_list(struct cli *cli, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("No"), .right = true},      {.head = S("Name"), .shrink = 12},
	    {.head = S("User"), .shrink = 8},      {.head = S("May"), .shrink = 16},
	    {.head = S("Begins with"), .drop = 2}, {.head = S("State"), .drop = 1},
	    {.head = S("Last used"), .drop = 3},
	};
	enum { COLUMNS = sizeof columns / sizeof columns[0] };
	struct arena *a = cli->arena;
	const struct view_token *tokens;
	str user = options_text(&cli->options, S("user"));
	size_t n;
	TRY(app_token_list(&cli->app, user, !user.n, options_given(&cli->options, S("all")), &tokens, &n, err));
	if (cli->json) {
		export_json_people_tokens(out_export(cli->out), tokens, n);
		return OK;
	}
	struct out_table t = out_table(cli->out, a, columns, COLUMNS);
	t.indent = 0;
	if (!n)
		out_wrap(cli->out, S("No token: `aismm token create` makes one."), plain);
	for (size_t i = 0; i < n; i++) {
		const struct view_token *v = &tokens[i];
		bool good = v->revoked_ms == TIME_FOREVER && v->expires_ms > cli->app.now_ms;
		enum out_style style = good ? OUT_PLAIN : OUT_DIM;
		struct out_cell row[COLUMNS] = {
		    {.text = out_print(a, "%" PRId64, v->id), .style = style},
		    {.text = v->name, .style = style},
		    {.text = v->user, .style = style},
		    {.text = scope_text(a, v), .style = style},
		    {.text = v->prefix, .style = style},
		    {.text = state_text(cli, v), .style = style},
		    {.text = v->used_ms < 0 ? S("never") : out_time(a, v->used_ms), .style = style},
		};
		out_table_row(&t, row);
	}
	return out_table_end(&t, err);
}

enum status cmd_token_revoke(struct cli *cli, struct err *err)
{
	struct view_token v;
	int64_t id;
	if (!str_to_i64(options_argument(&cli->options, 0), &id))
		return cli_usage(cli, err, "NUMBER: \"%.*s\" is no number",
				 STR_ARG(options_argument(&cli->options, 0)));
	TRY(app_token_revoke(&cli->app, id, &v, err));
	if (cli->json) {
		export_json_people_tokens(out_export(cli->out), &v, 1);
		return OK;
	}
	out_wrap(cli->out,
		 out_print(cli->arena, "The token %" PRId64 " (%.*s) of %.*s is good no more.", v.id, STR_ARG(v.name),
			   STR_ARG(v.user)),
		 plain);
	return OK;
}
