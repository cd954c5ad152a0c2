#include <inttypes.h>

#include "app/approval.h"
#include "cli/cmd/cmd.h"
#include "cli/cmd/show.h"

static const struct out_paragraph plain = {0};

static str state_text(struct arena *a, const struct view_approval *v)
{
	if (v->state != APPROVAL_APPROVED)
		return approval_state_name(v->state);
	return out_print(a, "approved until %.*s", STR_ARG(out_time(a, v->expires_ms)));
}

static enum status show(struct cli *cli, const struct view_approval *v)
{
	struct arena *a = cli->arena;
	if (cli->json) {
		export_json_approval(out_export(cli->out), v);
		return OK;
	}
	out_wrap(cli->out,
		 out_print(a, "Request %" PRId64 ", %.*s in %.*s as %.*s: %.*s.", v->id, STR_ARG(v->system),
			   STR_ARG(v->unit), STR_ARG(cmd_explain_deployment(a, v->deployment)),
			   STR_ARG(state_text(a, v))),
		 plain);
	return OK;
}

static unsigned deployment_of(str word)
{
	return str_eq(word, S("self_hosted")) ? MODEL_SELF_HOSTED
	       : str_eq(word, S("paas"))      ? MODEL_PAAS
	       : str_eq(word, S("saas"))      ? MODEL_SAAS
					      : 0;
}

enum status cmd_approval_request(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct app_approval_request r = {.system = options_argument(o, 0),
					 .unit = cli_unit(cli),
					 .deployment = deployment_of(options_text(o, S("deployment"))),
					 .because = options_text(o, S("because"))};
	struct view_approval v;
	TRY(app_approval_request(&cli->app, &r, &v, err));
	return show(cli, &v);
}

static enum status take(struct cli *cli, enum approval_act act, str option, struct err *err)
{
	struct app_approval_step step = {.act = act, .words = options_text(&cli->options, option)};
	struct view_approval v;
	if (act == APPROVAL_APPROVE)
		step.expires = options_time(&cli->options, S("expires"));
	TRY(cmd_number(cli, "REQUEST", options_argument(&cli->options, 0), &step.id, err));
	TRY(app_approval_step(&cli->app, &step, &v, err));
	return show(cli, &v);
}

enum status cmd_approval_review(struct cli *cli, struct err *err)
{
	return take(cli, APPROVAL_REVIEW, S("finding"), err);
}

enum status cmd_approval_approve(struct cli *cli, struct err *err)
{
	return take(cli, APPROVAL_APPROVE, S("conditions"), err);
}

enum status cmd_approval_reject(struct cli *cli, struct err *err)
{
	return take(cli, APPROVAL_REJECT, S("because"), err);
}

enum status cmd_approval_withdraw(struct cli *cli, struct err *err)
{
	return take(cli, APPROVAL_WITHDRAW, S("because"), err);
}

enum status cmd_approval_list(struct cli *cli, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Request"), .right = true}, {.head = S("System"), .shrink = 8},
	    {.head = S("Unit"), .shrink = 8},      {.head = S("Deployment"), .drop = 2},
	    {.head = S("State"), .shrink = 8},     {.head = S("Asked by"), .drop = 1},
	};
	enum { COLUMNS = sizeof columns / sizeof columns[0] };
	struct arena *a = cli->arena;
	struct view_approvals v;
	TRY(app_approval_list(&cli->app, cli_unit(cli), options_given(&cli->options, S("pending")), &v, err));
	if (cli->json) {
		export_json_approval_list(out_export(cli->out), v.list, v.n);
		return OK;
	}
	struct out_table t = out_table(cli->out, a, columns, COLUMNS);
	t.indent = 0;
	if (!v.n)
		out_wrap(cli->out, S("No request: `aismm approval request` asks for one."), plain);
	for (size_t i = 0; i < v.n; i++) {
		const struct view_approval *x = &v.list[i];
		const struct view_approval_step *last = &x->steps[x->n_steps - 1];
		struct out_cell row[COLUMNS] = {
		    {.text = out_print(a, "%" PRId64, x->id), .style = OUT_BOLD},
		    {.text = x->system},
		    {.text = x->unit},
		    {.text = cmd_explain_deployment(a, x->deployment)},
		    {.text = state_text(a, x), .style = x->state == APPROVAL_APPROVED ? OUT_MET : OUT_PLAIN},
		    {.text = x->steps[0].actor},
		};
		out_table_row(&t, row);
		struct out_cell below[COLUMNS] = {
		    {.text = out_print(a, "%.*s: %.*s", STR_ARG(last->actor), STR_ARG(last->words)),
		     .style = OUT_DIM,
		     .span = COLUMNS - 1}};
		if (last->words.n)
			out_table_row(&t, below);
	}
	return out_table_end(&t, err);
}
