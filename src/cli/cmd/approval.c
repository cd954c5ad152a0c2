#include <inttypes.h>

#include "app/approval.h"
#include "base/time.h"
#include "cli/cmd/cmd.h"
#include "cli/cmd/show.h"

static const struct out_paragraph plain = {0};

static void put_approval(struct json_writer *w, struct arena *a, const struct view_approval *v)
{
	json_object(w);
	json_put_int(w, S("id"), v->id);
	json_put_text(w, S("system"), v->system);
	json_put_text(w, S("unit"), v->unit);
	json_put_text(w, S("deployment"), cmd_explain_deployment(a, v->deployment));
	json_put_text(w, S("state"), approval_state_name(v->state));
	json_put_time(w, S("expires"), v->expires_ms);
	json_key(w, S("steps"));
	json_array(w);
	for (size_t i = 0; i < v->n_steps; i++) {
		json_object(w);
		json_put_text(w, S("act"), approval_act_name(v->steps[i].act));
		json_put_text(w, S("by"), v->steps[i].actor);
		json_put_time(w, S("at"), v->steps[i].at_ms);
		json_put_text(w, S("words"), v->steps[i].words);
		json_object_end(w);
	}
	json_array_end(w);
	json_put_text(w, S("sha256"), v->sha256);
	json_object_end(w);
}

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
		struct json_writer w = json_writer(&cli->out->text);
		put_approval(&w, a, v);
		out_line(cli->out);
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

static void list_json(struct cli *cli, const struct view_approvals *v)
{
	struct out *o = cli->out;
	struct json_writer w = json_writer(&o->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.approvals/1"));
	json_key(&w, S("approvals"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		put_approval(&w, cli->arena, &v->list[i]);
		out_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	out_line(o);
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
		list_json(cli, &v);
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
