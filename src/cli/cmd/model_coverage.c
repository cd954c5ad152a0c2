#include "cli/cmd/cmd.h"

#include "cli/cmd/show.h"
#include "export/json.h"

/* So many objectives stand beside an id, more below it. */
enum { FACT_COLUMNS = 12, FEW = 3 };

static str objectives_text(struct cli *cli, const struct model *m, const int *list, size_t n)
{
	struct buf b = BUF(1 << 20);
	for (size_t i = 0; i < n; i++) {
		buf_add(&b, i ? S(" ") : S(""));
		buf_add(&b, m->objectives[list[i]].id);
	}
	str text = str_copy(cli->arena, buf_str(&b));
	buf_release(&b);
	return text;
}

static void show_head(struct cli *cli, const struct model_coverage *c)
{
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	out_heading(o,
		    out_print(a, "%.*s %.*s in %.*s", STR_ARG(c->title), STR_ARG(c->version), STR_ARG(c->model->name)));
	out_fact(o, "reached", FACT_COLUMNS,
		 out_print(a, "%d of %d ids, by %.*s", c->reached, c->ids,
			   STR_ARG(out_plural(a, c->objectives, "objective", "objectives"))));
	out_fact(o, "not reached", FACT_COLUMNS,
		 out_print(a, "%d, of which the model leaves out %d on purpose", c->ids - c->reached, c->left_out));
	if (c->other.p)
		out_fact(o, "translated", FACT_COLUMNS,
			 out_print(a, "references to version %.*s, by the table of ids that moved", STR_ARG(c->other)));
	if (c->elsewhere)
		out_fact(o, "elsewhere", FACT_COLUMNS,
			 out_print(a, "%.*s to other versions, which do not count here",
				   STR_ARG(out_plural(a, c->elsewhere, "reference", "references"))));
}

/* "now LOG-15; matched by its text, look at both" */
static str moved_text(struct cli *cli, const struct model_coverage *c, const struct model_coverage_id *id)
{
	if (!id->moves || (str_eq(id->moved, id->id) && !id->review))
		return (str){NULL, 0};
	if (!id->moved.n)
		return out_print(cli->arena, "not in %.*s", STR_ARG(c->other));
	return out_print(cli->arena, "in %.*s: %.*s%s", STR_ARG(c->other), STR_ARG(id->moved),
			 id->review ? " (matched by its text: look at both)" : "");
}

static void add_id(struct out_table *t, struct cli *cli, const struct model_coverage *c,
		   const struct model_coverage_id *id)
{
	bool reached = id->n_objectives > 0, many = id->n_objectives > FEW;
	str all = objectives_text(cli, c->model, id->objectives, id->n_objectives);
	struct out_cell row[3] = {
	    {.text = id->id, .style = reached ? OUT_BOLD : OUT_DIM},
	    {.text = id->title},
	    {.text = many             ? out_print(cli->arena, "%zu objectives:", id->n_objectives)
		     : reached        ? all
		     : id->left_out.p ? S("left out")
				      : S("not reached"),
	     .style = reached ? OUT_MET : OUT_DIM},
	};
	out_table_row(t, row);
	str left_out = reached || !id->left_out.p ? (str){NULL, 0}
						  : out_print(cli->arena, "left out: %.*s", STR_ARG(id->left_out));
	str notes[3] = {many ? all : (str){NULL, 0}, moved_text(cli, c, id), left_out};
	for (int i = 0; i < 3; i++) {
		struct out_cell below[3] = {{.text = notes[i], .style = i ? OUT_DIM : OUT_MET, .span = 5}};
		if (notes[i].n)
			out_table_row(t, below);
	}
}

static bool is_shown(const struct model_coverage_id *id, enum export_json_model_which which)
{
	return which == EXPORT_MODEL_ALL || (which == EXPORT_MODEL_REACHED) == (id->n_objectives > 0);
}

static enum status show_group(struct cli *cli, const struct model_coverage *c, const struct model_coverage_group *g,
			      enum export_json_model_which which, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}},
	    {.head = {0}, .shrink = 16},
	    {.head = {0}},
	};
	struct arena *a = cli->arena;
	size_t shown = 0;
	for (size_t i = 0; i < g->n; i++)
		shown += is_shown(&g->ids[i], which);
	if (!shown)
		return OK;
	out_line(cli->out);
	str title = str_eq(g->id, g->title) ? (str){NULL, 0} : g->title;
	if (g->id.n)
		out_heading(cli->out, out_print(a, "%.*s%s%.*s: %d of %d", STR_ARG(g->id), title.n ? " " : "",
						STR_ARG(title), g->reached, g->n_ids));
	if (g->n_objectives)
		out_wrap(cli->out,
			 out_print(a, "the whole group: %.*s",
				   STR_ARG(objectives_text(cli, c->model, g->objectives, g->n_objectives))),
			 (struct out_paragraph){.indent = 2});
	struct out_table t = out_table(cli->out, a, columns, 3);
	for (size_t i = 0; i < g->n; i++)
		if (is_shown(&g->ids[i], which))
			add_id(&t, cli, c, &g->ids[i]);
	return out_table_end(&t, err);
}

enum status cmd_model_show_coverage(struct cli *cli, const struct model_coverage *c, enum export_json_model_which which,
				    struct err *err)
{
	show_head(cli, c);
	for (size_t i = 0; i < c->n; i++) {
		TRY(show_group(cli, c, &c->groups[i], which, err));
		out_drain(cli->out);
	}
	return OK;
}

enum status cmd_model_coverage(struct cli *cli, struct err *err)
{
	struct model_coverage c;
	bool missing = options_given(&cli->options, S("missing")), reached = options_given(&cli->options, S("reached"));
	enum export_json_model_which which = missing   ? EXPORT_MODEL_MISSING
					     : reached ? EXPORT_MODEL_REACHED
						       : EXPORT_MODEL_ALL;
	str model = options_text(&cli->options, S("model"));
	if (missing && reached)
		return cli_usage(cli, err, "--missing and --reached exclude each other; without both all are shown");
	TRY(cmd_model_store(cli, app_model_is_stored(model), err));
	TRY(app_model_coverage(&cli->app, model, options_argument(&cli->options, 0),
			       options_text(&cli->options, S("version")), &c, err));
	if (cli->json) {
		export_json_model_coverage(out_export(cli->out), &c, which);
		return OK;
	}
	return cmd_model_show_coverage(cli, &c, which, err);
}
