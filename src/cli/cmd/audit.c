#include "app/audit.h"

#include <inttypes.h>

#include "cli/cmd/cmd.h"
#include "export/json.h"

enum { ROWS_SHOWN = 50 };

static const struct out_paragraph plain = {0};

enum status cmd_audit_list(struct cli *cli, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("No"), .right = true}, {.head = S("When"), .drop = 1},
	    {.head = S("Who"), .shrink = 8},  {.head = S("Act")},
	    {.head = S("On"), .shrink = 8},   {.head = S("Detail"), .shrink = 12},
	};
	enum { COLUMNS = sizeof columns / sizeof columns[0] };
	struct arena *a = cli->arena;
	const struct options *o = &cli->options;
	struct app_audit_filter filter = {.actor = options_text(o, S("actor")),
					  .act = options_text(o, S("act")),
					  .below = options_count(o, S("below"), 0),
					  .limit = options_count(o, S("limit"), ROWS_SHOWN)};
	struct view_audit_list v;
	TRY(app_audit_list(&cli->app, &filter, &v, err));
	if (cli->json) {
		export_json_people_audit(out_export(cli->out), &v);
		return OK;
	}
	struct out_table t = out_table(cli->out, a, columns, COLUMNS);
	t.indent = 0;
	if (!v.n)
		out_wrap(cli->out, S("The audit trail has no such row."), plain);
	for (size_t i = 0; i < v.n; i++) {
		const struct view_audit *r = &v.rows[i];
		struct out_cell row[COLUMNS] = {
		    {.text = out_print(a, "%" PRId64, r->id)},
		    {.text = out_time(a, r->at_ms)},
		    {.text = r->actor.n ? r->actor : S("nobody")},
		    {.text = r->act},
		    {.text = r->object},
		    {.text = r->detail, .style = OUT_DIM},
		};
		out_table_row(&t, row);
	}
	TRY(out_table_end(&t, err));
	if (v.next)
		out_wrap(cli->out, out_print(a, "Older rows: --below %" PRId64, v.next),
			 (struct out_paragraph){.style = OUT_DIM});
	return OK;
}

enum status cmd_audit_verify(struct cli *cli, struct err *err)
{
	struct arena *a = cli->arena;
	struct view_audit_check v;
	TRY(app_audit_verify(&cli->app, options_text(&cli->options, S("expect")), &v, err));
	if (v.broken || (v.expected && !v.met))
		cli->exit = CLI_STORE;
	if (cli->json) {
		export_json_people_audit_check(out_export(cli->out), &v);
		return OK;
	}
	str rows = out_plural(a, v.rows, "row", "rows");
	if (v.broken)
		out_wrap(cli->out,
			 out_print(a, "Row %" PRId64 " is not as it was written; the %.*s before it %s good.", v.broken,
				   STR_ARG(rows), v.rows == 1 ? "is" : "are"),
			 plain);
	else
		out_wrap(cli->out, out_print(a, "%.*s, each as it was written.", STR_ARG(rows)), plain);
	if (v.expected)
		out_wrap(cli->out,
			 v.met ? S("The sum that was expected is there.")
			       : S("The sum that was expected is not there: rows were removed, or made anew."),
			 plain);
	if (v.head.n)
		out_fact(cli->out, "last sum", 10, v.head);
	return OK;
}
