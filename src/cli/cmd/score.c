#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "cli/cmd/show.h"
#include "export/json.h"

/* From this width on the levels are named and their cells are wide. */
enum { ROOMY = 76, FACT_COLUMNS = 10 };

/* How many of a category's applicable objectives have each verdict, and of how many something is known. */
struct counts {
	int applicable, met, open, known;
};

static struct counts count(const struct view_score *v, size_t first, size_t n, int level)
{
	struct counts c = {0};
	for (size_t i = first; i < first + n; i++) {
		const struct score_objective *s = &v->score.objectives[i];
		if (s->verdict == SCORE_NOT_APPLICABLE || (level && v->model->objectives[i].level != level))
			continue;
		c.applicable++;
		c.met += s->verdict == SCORE_MET;
		c.open += s->verdict == SCORE_OPEN;
		c.known += s->tally.yes + s->tally.no > 0;
	}
	return c;
}

static struct counts count_category(const struct view_score *v, size_t category, int level)
{
	const struct model_category *mc = &v->model->categories[category];
	return count(v, (size_t)mc->first_objective, (size_t)mc->n_objectives, level);
}

/* Is anything known about the category? */
static bool is_known(const struct view_score *v, size_t category)
{
	return count_category(v, category, 0).known > 0;
}

/* ---- the head ---- */

/* "DAT", "DAT and IR", "DAT, IR and 3 more": the categories at the floor. */
static void add_holders(struct buf *b, const struct view_score *v)
{
	size_t n = 0, shown = 0;
	for (size_t i = 0; i < v->model->n_categories; i++)
		n += v->score.categories[i].applicable && v->score.categories[i].level == v->score.program.floor;
	for (size_t i = 0; i < v->model->n_categories && shown < 3 && shown < n; i++) {
		if (!v->score.categories[i].applicable || v->score.categories[i].level != v->score.program.floor)
			continue;
		bool last = shown + 1 == n;
		buf_add(b, shown == 0 ? S("") : last ? S(" and ") : S(", "));
		buf_add(b, v->model->categories[i].id);
		shown++;
	}
	if (n > shown)
		buf_printf(b, " and %zu more", n - shown);
}

static void add_sentence(struct cli *cli, struct buf *b, const struct view_score *v)
{
	const struct score_mean *p = &v->score.program;
	struct counts all = count(v, 0, v->model->n_objectives, 0);
	if (!p->applicable) {
		buf_add(b, S("No objective of the model applies here."));
		return;
	}
	if (!all.known) {
		buf_add(b, S("Nothing is known yet, and that is a fair place to start: `aismm import` reads evidence, "
			     "`aismm answer` records what people know."));
		return;
	}
	buf_printf(b, "At %.*s", STR_ARG(out_index(cli->arena, p->index)));
	if (p->index_high != p->index)
		buf_printf(b, ", at most %.*s once the unknown is known",
			   STR_ARG(out_index(cli->arena, p->index_high)));
	if (p->index_evidenced != p->index)
		buf_printf(b, "; evidence alone carries %.*s", STR_ARG(out_index(cli->arena, p->index_evidenced)));
	buf_printf(b, ". The floor is level %d: ", p->floor);
	add_holders(b, v);
	buf_printf(b, ". Of %d objectives %d are met, %d open and %d not met.", all.applicable, all.met, all.open,
		   all.applicable - all.met - all.open);
}

static void show_facts(struct cli *cli, const struct view_score *v)
{
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	const struct score_mean *p = &v->score.program;
	if (p->applicable) {
		bool range = p->index_high != p->index;
		out_fact(o, "index", FACT_COLUMNS,
			 out_print(a, "%.*s%s%.*s", STR_ARG(out_index(a, p->index)), range ? ", at most " : "",
				   STR_ARG(range ? out_index(a, p->index_high) : (str){0})));
		out_fact(o, "evidenced", FACT_COLUMNS, out_index(a, p->index_evidenced));
		out_fact(o, "floor", FACT_COLUMNS, out_level(a, v->model, p->floor));
		out_fact(o, "known", FACT_COLUMNS,
			 out_print(a, "%.*s; %" PRId64 " of %.*s current evidence or answers",
				   STR_ARG(out_percent(a, p->coverage)), v->score.known,
				   STR_ARG(out_plural(a, v->score.leaves, "leaf unit has", "leaf units have"))));
	}
	out_fact(o, "as of", FACT_COLUMNS, out_time(a, v->as_of_ms));
	out_fact(o, "model", FACT_COLUMNS,
		 out_print(a, "%.*s, scoring rules %d", STR_ARG(v->model->name), SCORE_RULES));
	if (v->model->base.p)
		out_fact(o, "overlay", FACT_COLUMNS,
			 out_print(a, "of %.*s: %.*s; `aismm model diff %.*s %.*s` opens it", STR_ARG(v->model->base),
				   STR_ARG(cmd_model_overlay(a, v->model)), STR_ARG(v->model->base),
				   STR_ARG(v->model->name)));
}

static enum status show_head(struct cli *cli, const struct view_score *v, struct err *err)
{
	struct out *o = cli->out;
	struct buf sentence = BUF(65536);
	bool named = v->unit_name.n && !str_eq(v->unit_name, v->unit_id);
	out_heading(o, named ? out_print(cli->arena, "%.*s (%.*s)", STR_ARG(v->unit_name), STR_ARG(v->unit_id))
			     : v->unit_id);
	add_sentence(cli, &sentence, v);
	if (sentence.status != OK) {
		buf_release(&sentence);
		return err_full(err);
	}
	out_wrap(o, buf_str(&sentence), (struct out_paragraph){0});
	buf_release(&sentence);
	out_line(o);
	show_facts(cli, v);
	out_line(o);
	return OK;
}

/* ---- the categories ---- */

static str missing_text(struct cli *cli, const struct view_score *v, size_t category)
{
	const struct model_category *mc = &v->model->categories[category];
	const struct score_category *sc = &v->score.categories[category];
	struct counts all = count_category(v, category, 0), next = count_category(v, category, sc->next_level);
	struct buf b = BUF(65536);
	if (!all.known) {
		buf_printf(&b, "not known yet: no evidence and no answer for %s %d %s",
			   all.applicable == 1 ? "its" : "any of its", all.applicable,
			   all.applicable == 1 ? "objective" : "objectives");
	} else if (!sc->next_level) {
		buf_add(&b, S("everything that applies is met"));
	} else {
		buf_printf(&b, "%d of %d met for level %d", next.met, next.applicable, sc->next_level);
		if (next.open)
			buf_printf(&b, ", %d open", next.open);
		buf_add(&b, S("; next: "));
		bool first = true;
		for (int i = mc->first_objective; i < mc->first_objective + mc->n_objectives; i++) {
			enum score_verdict verdict = v->score.objectives[i].verdict;
			if (v->model->objectives[i].level != sc->next_level || verdict == SCORE_MET ||
			    verdict == SCORE_NOT_APPLICABLE)
				continue;
			buf_add(&b, first ? S("") : S(", "));
			buf_add(&b, v->model->objectives[i].id);
			first = false;
		}
	}
	str text = str_copy(cli->arena, buf_str(&b));
	buf_release(&b);
	return text;
}

static void add_category(struct out_table *t, struct cli *cli, const struct view_score *v, size_t i)
{
	struct arena *a = cli->arena;
	const struct score_category *c = &v->score.categories[i];
	bool roomy = cli->out->width >= ROOMY, known = c->applicable && is_known(v, i);
	struct out_cell row[8] = {
	    {.text = v->model->categories[i].id, .style = OUT_BOLD},
	    {.text = v->model->categories[i].title},
	    out_level_bar(cli->out, a, c, roomy ? 2 : 1),
	};
	if (!c->applicable) {
		row[2] = (struct out_cell){0};
		row[3] = (struct out_cell){.text = roomy ? S("not applicable") : S("n/a"), .style = OUT_DIM};
	} else if (!known) {
		row[3] = (struct out_cell){.text = roomy ? S("not known yet") : S("?"), .style = OUT_DIM};
		row[6] = (struct out_cell){.text = out_index(a, c->index_high), .style = OUT_DIM};
	} else {
		row[3] =
		    (struct out_cell){.text = roomy ? out_level(a, v->model, c->level) : out_print(a, "%d", c->level),
				      .style = out_level_style(c->level)};
		row[4].text = out_print(a, "%d", c->level_evidenced);
		row[5] = (struct out_cell){.text = out_index(a, c->index), .style = OUT_BOLD};
		row[6].text = c->index_high != c->index ? out_index(a, c->index_high) : (str){0};
		row[7].text = out_percent(a, c->coverage);
	}
	out_table_row(t, row);
	/* Where nothing at all is known the sentence above the table has said it for all of them. */
	bool said = roomy && !count(v, 0, v->model->n_objectives, 0).known;
	if (c->applicable && !said) {
		struct out_cell below[8] = {{.text = missing_text(cli, v, i), .style = OUT_DIM, .span = roomy ? 8 : 5}};
		out_table_row(t, below);
	}
}

static void add_domain(struct out_table *t, struct cli *cli, const struct view_score *v, size_t d)
{
	struct arena *a = cli->arena;
	const struct score_mean *m = &v->score.domains[d];
	struct out_cell row[8] = {{.text = v->model->domains[d].title, .style = OUT_BOLD, .span = 1}};
	bool any_known = false;
	for (size_t i = 0; i < v->model->n_categories; i++)
		any_known = any_known || (v->model->categories[i].domain == (int)d && is_known(v, i));
	if (!m->applicable) {
		row[1].text = S("not applicable");
	} else if (!any_known) {
		row[1].text = S("not known yet");
	} else {
		bool range = m->index_high != m->index;
		row[1].text = out_print(
		    a, "%.*s%s%.*s, evidenced %.*s, floor %d, %.*s known", STR_ARG(out_index(a, m->index)),
		    range ? ", at most " : "", STR_ARG(range ? out_index(a, m->index_high) : (str){0}),
		    STR_ARG(out_index(a, m->index_evidenced)), m->floor, STR_ARG(out_percent(a, m->coverage)));
	}
	row[1].style = OUT_DIM;
	out_table_row(t, row);
	for (size_t i = 0; i < v->model->n_categories; i++)
		if (v->model->categories[i].domain == (int)d)
			add_category(t, cli, v, i);
}

enum status cmd_score_show(struct cli *cli, const struct view_score *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}},
	    {.head = {0}, .shrink = 10, .drop = 9},
	    {.head = {0}, .drop = 1},
	    {.head = S("Level")},
	    {.head = S("Evid."), .right = true, .drop = 7},
	    {.head = S("Index"), .right = true},
	    {.head = S("Most"), .right = true, .drop = 8},
	    {.head = S("Known"), .right = true, .drop = 6},
	};
	TRY(show_head(cli, v, err));
	struct out_table t = out_table(cli->out, cli->arena, columns, 8);
	for (size_t d = 0; d < v->model->n_domains; d++)
		add_domain(&t, cli, v, d);
	TRY(out_table_end(&t, err));
	out_line(cli->out);
	out_wrap(
	    cli->out,
	    S("█ evidenced, ▒ on people's word, ░ possible once the unknown is known, · above. `aismm explain` opens a "
	      "category or an objective."),
	    (struct out_paragraph){.style = OUT_DIM});
	return OK;
}

enum status cmd_score(struct cli *cli, struct err *err)
{
	struct view_score view;
	TRY(app_score(&cli->app, cli_unit(cli), cli_as_of(cli), &view, err));
	if (!cli->json)
		return cmd_score_show(cli, &view, err);
	export_json_score(out_export(cli->out), &view);
	return OK;
}
