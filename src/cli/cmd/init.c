#include "cli/cmd/cmd.h"

#include "export/json.h"

enum status cmd_init(struct cli *cli, struct err *err)
{
	bool made;
	struct view_model model;
	TRY(app_init(&cli->app, &made, &model, err));
	if (cli->json) {
		export_json_model_one(out_export(cli->out), &model, S("created"), made);
		return OK;
	}
	out_wrap(cli->out,
		 out_print(cli->arena, "%s, with the model %.*s active (%.*s, %.*s).",
			   made ? "The store is created" : "The store was there already", STR_ARG(model.name),
			   STR_ARG(out_plural(cli->arena, model.categories, "category", "categories")),
			   STR_ARG(out_plural(cli->arena, model.objectives, "objective", "objectives"))),
		 (struct out_paragraph){0});
	if (model.waiting.p) {
		str from = model.base.p ? model.base : model.name;
		out_wrap(
		    cli->out,
		    out_print(cli->arena,
			      "%.*s is stored too, and not active. `aismm model diff %.*s %.*s` says what changed; "
			      "then `aismm model activate %.*s`%s.",
			      STR_ARG(model.waiting), STR_ARG(from), STR_ARG(model.waiting), STR_ARG(model.waiting),
			      model.base.p ? ", or a version of the overlay for it" : ""),
		    (struct out_paragraph){0});
	}
	if (made)
		out_wrap(
		    cli->out,
		    S("Next: `aismm unit import FILE.csv` for the organisation, then `aismm import` for evidence."),
		    (struct out_paragraph){.style = OUT_DIM});
	return OK;
}
