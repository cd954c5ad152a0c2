#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "app/compare.h"
#include "base/csv.h"
#include "cli/cmd/show.h"
#include "core/view_sentence.h"
#include "core/view_shown.h"

enum { TEXT_BYTES = 1 << 16 };

str cmd_compare_change(struct arena *a, int32_t shown)
{
	struct buf b = BUF(TEXT_BYTES);
	buf_add(&b, shown > 0 ? S("+") : S(""));
	view_sentence_index(&b, shown);
	str text = b.status == OK ? str_copy(a, buf_str(&b)) : (str){NULL, 0};
	buf_release(&b);
	return text;
}

/* What tells a side from the other: the unit, the instant or both. */
static str side_name(struct arena *a, const struct view_compare_side *s, const struct view_compare_side *other)
{
	str at = out_time(a, s->at_ms);
	if (s->at_ms == other->at_ms)
		return s->unit_id;
	if (str_eq(s->unit_id, other->unit_id))
		return at;
	return out_print(a, "%.*s, %.*s", STR_ARG(s->unit_id), STR_ARG(at));
}

static str whole_name(struct arena *a, const struct view_compare_side *s)
{
	return out_print(a, "%.*s, %.*s%s", STR_ARG(s->unit_id), STR_ARG(out_time(a, s->at_ms)),
			 s->known ? "" : " (nothing is known)");
}

static str category_text(struct cli *cli, const struct view_compare *v, const struct view_compare_side *s, size_t i)
{
	struct arena *a = cli->arena;
	const struct score_category *c = &s->score.categories[i];
	if (!c->applicable)
		return S("n/a");
	return out_print(a, "%.*s  %.*s", STR_ARG(out_level(a, v->model, c->level)), STR_ARG(out_index(a, c->index)));
}

static str mean_text(struct arena *a, const struct score_mean *m)
{
	if (!m->applicable)
		return S("n/a");
	return out_print(a, "floor %d  %.*s", m->floor, STR_ARG(out_index(a, m->index)));
}

/* Is there a difference to tell? What nothing is known of is not level 1. */
static bool both_known(const struct view_compare *v)
{
	return v->comparable && v->a.known && v->b.known;
}

static enum status show_categories(struct cli *cli, const struct view_compare *v, struct err *err)
{
	struct arena *a = cli->arena;
	const struct out_column columns[] = {
	    {.head = {0}},
	    {.head = {0}, .shrink = 10, .drop = 1},
	    {.head = side_name(a, &v->a, &v->b), .shrink = 16, .right = true},
	    {.head = side_name(a, &v->b, &v->a), .shrink = 16, .right = true},
	    {.head = S("Apart by"), .right = true},
	};
	struct out_table t = out_table(cli->out, a, columns, 5);
	t.indent = 0;
	for (size_t i = 0; i < v->model->n_categories; i++) {
		int32_t difference,
		    shown = view_shown_change(v->b.score.categories[i].index, v->a.score.categories[i].index);
		bool known = view_compare_claimed(v, i, &difference);
		struct out_cell row[5] = {
		    {.text = v->model->categories[i].id, .style = OUT_BOLD},
		    {.text = v->model->categories[i].title},
		    {.text = category_text(cli, v, &v->a, i)},
		    {.text = category_text(cli, v, &v->b, i)},
		    {.text = known ? cmd_compare_change(a, shown) : (str){0}},
		};
		out_table_row(&t, row);
	}
	int32_t shown = view_shown_change(v->b.score.program.index, v->a.score.program.index);
	struct out_cell sum[5] = {{.text = S("all"), .style = OUT_BOLD},
				  {.text = S("Program")},
				  {.text = mean_text(a, &v->a.score.program)},
				  {.text = mean_text(a, &v->b.score.program)},
				  {.text = both_known(v) ? cmd_compare_change(a, shown) : (str){0}}};
	out_table_row(&t, sum);
	return out_table_end(&t, err);
}

/* "met, 41 of 44" */
static str objective_text(struct arena *a, const struct score_objective *s)
{
	if (s->verdict == SCORE_NOT_APPLICABLE)
		return out_verdict(s->verdict);
	return out_print(a, "%.*s, %" PRId64 " of %" PRId64, STR_ARG(out_verdict(s->verdict)), s->tally.yes,
			 measure_total(s->tally));
}

static enum status show_objectives(struct cli *cli, const struct view_compare *v, struct err *err)
{
	struct arena *a = cli->arena;
	const struct out_column columns[] = {
	    {.head = S("Objective")},
	    {.head = {0}, .shrink = 12, .drop = 1},
	    {.head = side_name(a, &v->a, &v->b), .shrink = 12},
	    {.head = side_name(a, &v->b, &v->a), .shrink = 12},
	};
	out_line(cli->out);
	if (!v->n_verdicts) {
		out_wrap(cli->out, S("No objective has another verdict."), (struct out_paragraph){0});
		return OK;
	}
	struct out_table t = out_table(cli->out, a, columns, 4);
	t.indent = 0;
	for (size_t i = 0; i < v->n; i++) {
		int o = v->objectives[i].objective;
		const struct score_objective *x = &v->a.score.objectives[o], *y = &v->b.score.objectives[o];
		if (!v->objectives[i].verdict)
			continue;
		struct out_cell row[4] = {
		    {.text = v->model->objectives[o].id, .style = OUT_BOLD},
		    {.text = v->model->objectives[o].title},
		    {.text = objective_text(a, x), .style = out_verdict_style(x->verdict)},
		    {.text = objective_text(a, y), .style = out_verdict_style(y->verdict)},
		};
		out_table_row(&t, row);
	}
	return out_table_end(&t, err);
}

enum status cmd_compare_show(struct cli *cli, const struct view_compare *v, struct err *err)
{
	out_heading(cli->out, out_print(cli->arena, "%.*s, and %.*s", STR_ARG(whole_name(cli->arena, &v->a)),
					STR_ARG(whole_name(cli->arena, &v->b))));
	if (v->deployment)
		out_wrap(
		    cli->out,
		    out_print(cli->arena, "Only %.*s.", STR_ARG(cmd_explain_deployment(cli->arena, v->deployment))),
		    (struct out_paragraph){0});
	out_line(cli->out);
	TRY(show_categories(cli, v, err));
	if (!v->a.known || !v->b.known)
		return OK;
	TRY(show_objectives(cli, v, err));
	size_t more = v->n - v->n_verdicts;
	if (more)
		out_wrap(cli->out,
			 out_print(cli->arena, "%.*s the same verdict with other counts; --json and --csv list them.",
				   STR_ARG(out_plural(cli->arena, (int64_t)more, "objective more has",
						      "objectives more have"))),
			 (struct out_paragraph){.style = OUT_DIM});
	return OK;
}

/* ---- CSV: categories, then objectives that differ ---- */

enum { CSV_COLUMNS = 12 };

/* 2333 -> "2.333", whole and exact. */
static str exact(struct arena *a, int32_t thousandths)
{
	int32_t size = thousandths < 0 ? -thousandths : thousandths;
	return out_print(a, "%s%" PRId32 ".%03" PRId32, thousandths < 0 ? "-" : "", size / 1000, size % 1000);
}

/* A title may come from anywhere, and the table may go to a terminal. */
static str cleaned(struct arena *a, str text)
{
	struct buf b = BUF(TEXT_BYTES);
	out_clean(&b, text);
	str clean = b.status == OK ? str_copy(a, buf_str(&b)) : (str){NULL, 0};
	buf_release(&b);
	return clean;
}

static void put_tally(struct arena *a, const struct score_objective *s, str *verdict, str counts[3])
{
	*verdict = score_verdict_name(s->verdict);
	counts[0] = out_print(a, "%" PRId64, s->tally.yes);
	counts[1] = out_print(a, "%" PRId64, s->tally.no);
	counts[2] = out_print(a, "%" PRId64, s->tally.unknown);
}

/* On a terminal and in a pipe a line ends with LF alone. */
static void print_row(struct cli *cli, const str cells[CSV_COLUMNS])
{
	struct buf *text = &cli->out->text;
	csv_row(text, cells, CSV_COLUMNS);
	if (text->status != OK)
		return;
	text->n -= 2;
	buf_char(text, '\n');
}

void cmd_compare_csv(struct cli *cli, const struct view_compare *v)
{
	static const str head[CSV_COLUMNS] = {S("category"),  S("objective"),  S("title"), S("a"),
					      S("b"),         S("difference"), S("a_yes"), S("a_no"),
					      S("a_unknown"), S("b_yes"),      S("b_no"),  S("b_unknown")};
	struct arena *a = cli->arena;
	const struct model *m = v->model;
	print_row(cli, head);
	for (size_t i = 0; i < m->n_categories; i++) {
		const struct score_category *x = &v->a.score.categories[i], *y = &v->b.score.categories[i];
		int32_t difference;
		str row[CSV_COLUMNS] = {m->categories[i].id, {NULL, 0}, cleaned(a, m->categories[i].title)};
		row[3] = x->applicable ? exact(a, x->index) : S("not_applicable");
		row[4] = y->applicable ? exact(a, y->index) : S("not_applicable");
		if (view_compare_category(v, i, &difference))
			row[5] = exact(a, difference);
		print_row(cli, row);
	}
	for (size_t i = 0; i < v->n; i++) {
		const struct model_objective *o = &m->objectives[v->objectives[i].objective];
		str row[CSV_COLUMNS] = {m->categories[o->category].id, o->id, cleaned(a, o->title)};
		put_tally(a, &v->a.score.objectives[v->objectives[i].objective], &row[3], &row[6]);
		put_tally(a, &v->b.score.objectives[v->objectives[i].objective], &row[4], &row[9]);
		print_row(cli, row);
	}
}

enum status cmd_compare(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct view_compare view;
	struct app_compare sides = {.unit = cli_unit(cli),
				    .with_unit = options_text(o, S("with-unit")),
				    .at = cli_as_of(cli),
				    .with_at = options_time(o, S("with-as-of"))};
	if (cli->json && options_given(o, S("csv")))
		return cli_usage(cli, err, "--json and --csv are two forms; take one");
	TRY(cli_deployment(cli, &sides.deployment, err));
	TRY(app_compare(&cli->app, &sides, &view, err));
	if (cli->json)
		export_json_compare(out_export(cli->out), &view);
	else if (options_given(o, S("csv")))
		cmd_compare_csv(cli, &view);
	else
		return cmd_compare_show(cli, &view, err);
	return OK;
}
