#include "cli/cmd/cmd.h"

#include <inttypes.h>
#include <stdlib.h>

#include "export/json.h"

enum { LOST_SHOWN = 20 };

/* ---- stored models ---- */

static void show_model(struct cli *cli, const struct view_model *v, const char *what)
{
	struct arena *a = cli->arena;
	out_wrap(cli->out, out_print(a, "%.*s %s.", STR_ARG(v->name), what), (struct out_paragraph){0});
	out_fact(cli->out, "title", 10, v->title);
	out_fact(cli->out, "has", 10,
		 out_print(a, "%.*s, %.*s, %.*s", STR_ARG(out_plural(a, v->categories, "category", "categories")),
			   STR_ARG(out_plural(a, v->objectives, "objective", "objectives")),
			   STR_ARG(out_plural(a, v->checks, "check", "checks"))));
	if (v->base.p)
		out_fact(cli->out, "over", 10,
			 out_print(a, "%.*s, with the measures of %.*s", STR_ARG(v->base), STR_ARG(v->line)));
}

static enum status show_list(struct cli *cli, const struct view_model *models, size_t n, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}},
	    {.head = S("Model"), .shrink = 24},
	    {.head = S("Title"), .shrink = 12, .drop = 2},
	    {.head = S("Objectives"), .right = true, .drop = 1},
	    {.head = S("Checks"), .right = true, .drop = 3},
	    {.head = S("Measures"), .drop = 4},
	    {.head = S("Imported"), .drop = 5},
	};
	struct arena *a = cli->arena;
	struct out_table t = out_table(cli->out, a, columns, 7);
	t.indent = 0;
	for (size_t i = 0; i < n; i++) {
		struct out_cell row[7] = {
		    {.text = models[i].active ? S("*") : S(" "), .style = OUT_BOLD},
		    {.text = models[i].name},
		    {.text = models[i].title},
		    {.text = out_print(a, "%" PRId64, models[i].objectives)},
		    {.text = out_print(a, "%" PRId64, models[i].checks)},
		    {.text = models[i].line},
		    {.text = out_time(a, models[i].imported_ms)},
		};
		out_table_row(&t, row);
	}
	TRY(out_table_end(&t, err));
	out_wrap(cli->out, S("* active"), (struct out_paragraph){.style = OUT_DIM});
	return OK;
}

enum status cmd_model_list(struct cli *cli, struct err *err)
{
	const struct view_model *models;
	size_t n;
	TRY(app_model_list(&cli->app, &models, &n, err));
	if (!cli->json)
		return show_list(cli, models, n, err);
	export_json_model_list(out_export(cli->out), models, n);
	return OK;
}

static str lost_text(struct arena *a, const struct view_activation *v)
{
	str text = {NULL, 0};
	for (size_t i = 0; i < v->n_lost && i < LOST_SHOWN; i++)
		text = out_print(a, "%.*s%s%.*s", STR_ARG(text), i ? ", " : "", STR_ARG(v->lost[i]));
	if (v->n_lost > LOST_SHOWN)
		text = out_print(a, "%.*s and %zu more", STR_ARG(text), v->n_lost - LOST_SHOWN);
	return text;
}

/* Of the objectives that had measures: what still counts. */
static void show_activation(struct cli *cli, const struct view_model *m, const struct view_activation *v)
{
	struct arena *a = cli->arena;
	int64_t all = v->carry + v->judge + (int64_t)v->n_lost;
	str text = out_print(a, "under %.*s there are none", STR_ARG(v->previous));
	if (all && v->same_line)
		text = out_print(a, "%.*s shares those of %.*s: they carry over for %" PRId64 " of %.*s",
				 STR_ARG(m->name), STR_ARG(v->previous), v->carry + v->judge,
				 STR_ARG(out_plural(a, all, "objective", "objectives")));
	else if (all)
		text = out_print(a,
				 "those of %.*s stay with it and do not count here. Of %.*s with measures, %" PRId64
				 " %s for the same: `aismm evaluate` counts what a check can count, answers have to be "
				 "given again",
				 STR_ARG(v->previous_line), STR_ARG(out_plural(a, all, "objective", "objectives")),
				 v->carry, v->carry == 1 ? "asks" : "ask");
	if (v->judge)
		text = out_print(a, "%.*s; %" PRId64 " %s reworded: read both", STR_ARG(text), v->judge,
				 v->same_line ? "of them are" : "are");
	if (v->n_lost)
		text = out_print(a, "%.*s; %s: %.*s", STR_ARG(text),
				 v->same_line ? "not for what counts something else or is gone"
					      : "something else is counted, or it is gone",
				 STR_ARG(lost_text(a, v)));
	out_fact(cli->out, "measures", 10, text);
	if (all)
		out_fact(cli->out, "see", 10,
			 out_print(a, "`aismm model diff %.*s %.*s`", STR_ARG(v->previous), STR_ARG(m->name)));
}

enum status cmd_model_activate(struct cli *cli, struct err *err)
{
	struct view_model v;
	TRY(app_model_activate(&cli->app, options_argument(&cli->options, 0), &v, err));
	if (cli->json)
		export_json_model_one(out_export(cli->out), &v, S("activated"), true);
	else
		show_model(cli, &v, "is active");
	if (!cli->json && v.activation)
		show_activation(cli, &v, v.activation);
	return OK;
}

/* ---- a model by whatever name ---- */

enum status cmd_model_base(struct cli *cli, const char **path, struct err *err)
{
	*path = NULL;
	if (!options_given(&cli->options, S("base")))
		return OK;
	*path = str_z(cli->arena, options_text(&cli->options, S("base")));
	return *path ? OK : err_full(err);
}

/* Where nobody named a store and there is none, the built-in model will do. */
enum status cmd_model_store(struct cli *cli, bool wanted, struct err *err)
{
	const char *named = getenv("AISMM_DB");
	bool asked = options_given(&cli->options, S("db")) || (named && *named);
	if (!wanted)
		return OK;
	enum status status = cli_open(cli, APP_READS, err);
	if (status != E_NOT_FOUND || asked)
		return status;
	cli->no_store = false;
	cli->app.db = NULL;
	return OK;
}

/* ---- lint and import ---- */

static void put_problems(struct out *o, struct arena *a, const struct model_problems *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct model_problem *one = &p->list[i];
		out_text(o, one->place.file);
		if (one->place.line > 0)
			out_text(o, out_print(a, ":%" PRId64 ":%" PRId64, one->place.line, one->place.column));
		out_raw(o, ": ");
		out_styled(o, one->warning ? OUT_OPEN : OUT_NOT_MET, one->warning ? S("warning") : S("error"));
		out_raw(o, ": ");
		out_text(o, one->message);
		out_line(o);
	}
}

void cmd_model_problems(struct cli *cli, const struct model_problems *problems)
{
	struct out messages = out_open(stderr);
	put_problems(&messages, cli->arena, problems);
	(void)out_flush(&messages);
	out_release(&messages);
}

static str summary(struct arena *a, const struct model_problems *p)
{
	return out_print(a, "%.*s, %.*s", STR_ARG(out_plural(a, (int64_t)p->n_errors, "error", "errors")),
			 STR_ARG(out_plural(a, (int64_t)(p->n - p->n_errors), "warning", "warnings")));
}

enum status cmd_model_lint(struct cli *cli, struct err *err)
{
	struct model_problems problems = {0};
	const struct model *model;
	bool strict = options_given(&cli->options, S("strict"));
	const char *path = str_z(cli->arena, options_argument(&cli->options, 0)), *base;
	if (!path)
		return err_full(err);
	TRY(cmd_model_base(cli, &base, err));
	TRY(app_model_lint(&cli->app, path, base, &problems, &model, err));
	if (cli->json)
		export_json_model_problems(out_export(cli->out), &problems, strict);
	else
		put_problems(cli->out, cli->arena, &problems);
	if (problems.n_errors || (strict && problems.n))
		cli->exit = CLI_INPUT;
	str counts = summary(cli->arena, &problems);
	if (problems.n)
		cli_note(cli, "%s: %.*s", path, STR_ARG(counts));
	else if (!cli->json)
		out_wrap(cli->out, out_print(cli->arena, "%.*s: nothing to say", STR_ARG(model->name)),
			 (struct out_paragraph){0});
	return OK;
}

enum status cmd_model_import(struct cli *cli, struct err *err)
{
	struct model_problems problems = {0};
	struct view_model v;
	bool added;
	const char *path = str_z(cli->arena, options_argument(&cli->options, 0));
	if (!path)
		return err_full(err);
	enum status status = app_model_import(&cli->app, path, &problems, &v, &added, err);
	cmd_model_problems(cli, &problems);
	TRY(status);
	if (cli->json)
		export_json_model_one(out_export(cli->out), &v, S("added"), added);
	else
		show_model(cli, &v,
			   added ? "is stored; `aismm model activate` makes it the one that scores"
				 : "was there already");
	if (v.carried.p && !cli->json)
		out_fact(cli->out, "also", 10,
			 out_print(cli->arena, "%.*s, its base, came with it and was not known: it is stored as it is",
				   STR_ARG(v.carried)));
	return OK;
}
