#include "app/dismiss.h"
#include "app/register.h"
#include "base/time.h"
#include "cli/cmd/cmd.h"
#include "export/json.h"

static const struct out_paragraph plain = {0};

enum status cmd_shadow_list(struct cli *cli, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("System"), .shrink = 16},
	    {.head = S("Unit"), .shrink = 8},
	    {.head = S("Last seen"), .drop = 1},
	    {.head = {0}, .shrink = 12},
	};
	enum { COLUMNS = sizeof columns / sizeof columns[0] };
	struct arena *a = cli->arena;
	const struct options *o = &cli->options;
	struct view_register v;
	struct app_register ask = {.lens = {.unit = options_text(o, S("unit")), .at = cli_as_of(cli)},
				   .kind = EVIDENCE_AI_SYSTEM,
				   .match = {{S("registered"), S("false")}},
				   .n_match = 1,
				   .of = options_given(o, S("dismissed")) ? APP_REGISTER_DISMISSED
					 : options_given(o, S("all"))     ? APP_REGISTER_ALL
									  : APP_REGISTER_TRIAGE,
				   .limit = -1};
	int seen = evidence_column_find(&evidence_kinds[EVIDENCE_AI_SYSTEM], S("last_seen_at"));
	TRY(app_register_list(&cli->app, &ask, &v, err));
	if (cli->json) {
		export_json_shadow_list(out_export(cli->out), &v);
		return OK;
	}
	str all = out_plural(a, v.open + v.dismissed, "AI system is", "AI systems are");
	out_wrap(cli->out,
		 v.dismissed ? out_print(a, "%.*s in no register and counted as unregistered, %lld of them dismissed.",
					 STR_ARG(all), (long long)v.dismissed)
			     : out_print(a, "%.*s in no register and counted as unregistered.", STR_ARG(all)),
		 plain);
	struct out_table t = out_table(cli->out, a, columns, COLUMNS);
	t.indent = 0;
	for (size_t i = 0; i < v.n; i++) {
		const struct view_register_row *r = &v.rows[i];
		const struct view_dismissal *d = r->dismissed;
		struct out_cell row[COLUMNS] = {
		    {.text = r->id},
		    {.text = r->unit},
		    {.text = r->values[seen].known ? out_time(a, r->values[seen].i64) : (str){0}},
		    {.text =
			 d ? out_print(a, "dismissed by %.*s: %.*s", STR_ARG(d->author), STR_ARG(d->reason)) : (str){0},
		     .style = OUT_DIM},
		};
		out_table_row(&t, row);
	}
	return out_table_end(&t, err);
}

static enum status show(struct cli *cli, const struct view_dismissal *d)
{
	struct arena *a = cli->arena;
	bool ended = d->ended_ms != TIME_FOREVER;
	if (cli->json) {
		export_json_shadow_one(out_export(cli->out), d);
		return OK;
	}
	if (ended)
		out_wrap(cli->out,
			 out_print(a, "%.*s is no longer dismissed at %.*s.", STR_ARG(d->name), STR_ARG(d->unit)),
			 plain);
	else
		out_wrap(cli->out,
			 out_print(a, "%.*s is dismissed%s at %.*s and below. It counts in every check as before.",
				   STR_ARG(d->name), d->unchanged ? " already" : "", STR_ARG(d->unit)),
			 plain);
	return OK;
}

enum status cmd_shadow_dismiss(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct app_dismiss d = {.name = options_argument(o, 0),
				.unit = options_text(o, S("unit")),
				.because = options_text(o, S("because"))};
	struct view_dismissal v;
	TRY(app_dismiss_add(&cli->app, &d, &v, err));
	return show(cli, &v);
}

enum status cmd_shadow_revoke(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct view_dismissal v;
	TRY(app_dismiss_revoke(&cli->app, options_argument(o, 0), options_text(o, S("unit")), &v, err));
	return show(cli, &v);
}
