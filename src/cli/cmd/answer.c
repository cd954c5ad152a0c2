#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "base/time.h"
#include "export/json.h"

/* Which of the four forms was chosen; exactly one must be. */
static enum status read_form(struct cli *cli, struct app_answer *answer, struct err *err)
{
	const struct options *o = &cli->options;
	bool met = options_given(o, S("met")), not_met = options_given(o, S("not-met")), na = options_given(o, S("na"));
	bool yes = options_given(o, S("yes")), no = options_given(o, S("no")), unknown = options_given(o, S("unknown"));
	bool count = yes || no || unknown;
	int forms = met + not_met + na + count;
	if (forms != 1) {
		(void)cli_usage(cli, err, forms ? "more than one answer is given" : "no answer is given");
		err_hint(err, "one of --met, --not-met, --yes N --no N [--unknown N], or --na");
		return E_INVALID;
	}
	if (count && !(yes && no)) {
		(void)cli_usage(cli, err, "a count needs both --yes N and --no N");
		err_hint(err, "--unknown N is 0 when it is left out");
		return E_INVALID;
	}
	answer->not_applicable = na;
	answer->tally = (struct measure_tally){
	    .yes = met ? 1 : options_count(o, S("yes"), 0),
	    .no = not_met ? 1 : options_count(o, S("no"), 0),
	    .unknown = options_count(o, S("unknown"), 0),
	};
	return OK;
}

static void show(struct cli *cli, const struct view_answer *v)
{
	struct arena *a = cli->arena;
	str said = v->not_applicable ? S("does not apply")
				     : out_print(a, "%" PRId64 " yes, %" PRId64 " no, %" PRId64 " unknown",
						 v->tally.yes, v->tally.no, v->tally.unknown);
	str basis = measure_basis_name(v->basis);
	out_wrap(cli->out,
		 out_print(a, "%.*s at %.*s: %.*s, %.*s%s.", STR_ARG(v->objective), STR_ARG(v->unit), STR_ARG(said),
			   STR_ARG(basis), v->unchanged ? "; the same answer was recorded already" : ""),
		 (struct out_paragraph){0});
	out_fact(cli->out, "observed", 10, out_time(a, v->observed_ms));
	if (v->expires_ms != TIME_FOREVER)
		out_fact(cli->out, "expires", 10, out_time(a, v->expires_ms));
	if (v->override_until_ms != INT64_MIN && v->override_until_ms != TIME_FOREVER)
		out_fact(cli->out, "overrides", 10,
			 out_print(a, "until %.*s", STR_ARG(out_time(a, v->override_until_ms))));
	if (v->evidence_sha256.n)
		out_fact(cli->out, "evidence", 10, out_print(a, "sha256 %.*s", STR_ARG(v->evidence_sha256)));
}

enum status cmd_answer(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct app_answer answer = {
	    .objective = options_argument(o, 0),
	    .unit = cli_unit(cli),
	    .reviewed = options_given(o, S("reviewed-by")),
	    .because = options_text(o, S("because")),
	    .evidence_file = options_text(o, S("evidence")),
	    .reviewer = options_text(o, S("reviewed-by")),
	    .observed = options_time(o, S("observed")),
	    .expires = options_time(o, S("expires")),
	    .override_until = options_time(o, S("override-until")),
	};
	struct view_answer view;
	TRY(read_form(cli, &answer, err));
	TRY(app_answer(&cli->app, &answer, &view, err));
	if (cli->json)
		export_json_answer(out_export(cli->out), &view);
	else
		show(cli, &view);
	return OK;
}
