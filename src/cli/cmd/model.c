#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "cli/json_view.h"

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
}

static enum status show_list(struct cli *cli, const struct view_model *models, size_t n, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}},
	    {.head = S("Model"), .shrink = 16},
	    {.head = S("Title"), .shrink = 12, .drop = 2},
	    {.head = S("Objectives"), .right = true, .drop = 1},
	    {.head = S("Checks"), .right = true, .drop = 3},
	    {.head = S("Imported"), .drop = 4},
	};
	struct arena *a = cli->arena;
	struct out_table t = out_table(cli->out, a, columns, 6);
	t.indent = 0;
	for (size_t i = 0; i < n; i++) {
		struct out_cell row[6] = {
		    {.text = models[i].active ? S("*") : S(" "), .style = OUT_BOLD},
		    {.text = models[i].name},
		    {.text = models[i].title},
		    {.text = out_print(a, "%" PRId64, models[i].objectives)},
		    {.text = out_print(a, "%" PRId64, models[i].checks)},
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
	json_model_list(cli->out, models, n);
	return OK;
}

enum status cmd_model_activate(struct cli *cli, struct err *err)
{
	struct view_model v;
	TRY(app_model_activate(&cli->app, options_argument(&cli->options, 0), &v, err));
	if (cli->json)
		json_model_one(cli->out, &v, S("activated"), true);
	else
		show_model(cli, &v, "is active");
	return OK;
}

static void add_category(struct out_table *t, struct arena *a, const struct model *m, const struct model_category *mc)
{
	static const str modes[] = {
	    [MODEL_MANUAL] = S("manual"), [MODEL_AUTOMATED] = S("automated"), [MODEL_EITHER] = S("either")};
	struct out_cell head[5] = {
	    {.text = mc->id, .style = OUT_BOLD, .span = 1},
	    {.text = out_print(a, "%.*s (%.*s)", STR_ARG(mc->title), STR_ARG(m->domains[mc->domain].title))},
	};
	out_table_row(t, head);
	for (int i = mc->first_objective; i < mc->first_objective + mc->n_objectives; i++) {
		const struct model_objective *mo = &m->objectives[i];
		struct out_cell row[5] = {
		    {.text = mo->id, .style = out_level_style(mo->level)},
		    {.text = mo->title},
		    {.text = out_percent(a, mo->threshold_milli)},
		    {.text = modes[mo->mode], .style = OUT_DIM},
		    {.text = mo->check.n ? S("check") : (str){0}, .style = OUT_DIM},
		};
		out_table_row(t, row);
	}
}

enum status cmd_model_show(struct cli *cli, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}},
	    {.head = {0}, .shrink = 12},
	    {.head = {0}, .right = true},
	    {.head = {0}, .drop = 1},
	    {.head = {0}, .drop = 2},
	};
	const struct model *m;
	struct view_model v;
	TRY(app_model_show(&cli->app, options_argument(&cli->options, 0), &m, &v, err));
	if (cli->json) {
		json_model_show(cli->out, m);
		return OK;
	}
	show_model(cli, &v, v.active ? "is the active model" : "is stored");
	if (m->notice.n)
		out_fact(cli->out, "notice", 10, m->notice);
	out_line(cli->out);
	struct out_table t = out_table(cli->out, cli->arena, columns, 5);
	for (size_t i = 0; i < m->n_categories; i++)
		add_category(&t, cli->arena, m, &m->categories[i]);
	return out_table_end(&t, err);
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
	const char *path = str_z(cli->arena, options_argument(&cli->options, 0));
	if (!path)
		return err_full(err);
	TRY(app_model_lint(path, cli->arena, &problems, &model, err));
	if (cli->json)
		json_model_problems(cli->out, &problems, strict);
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
		json_model_one(cli->out, &v, S("added"), added);
	else
		show_model(cli, &v,
			   added ? "is stored; `aismm model activate` makes it the one that scores"
				 : "was there already");
	return OK;
}
