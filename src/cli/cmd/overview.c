#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "app/overview.h"
#include "base/time.h"
#include "cli/cmd/show.h"
#include "core/view_sentence.h"
#include "core/view_shown.h"

enum { FACT_COLUMNS = 10, LIFTS_SHOWN = 3, EXPIRIES_SHOWN = 10, TEXT_BYTES = 1 << 16 };

static const struct out_paragraph plain = {0};

static str taken(struct arena *a, struct buf *b)
{
	str text = b->status == OK ? str_copy(a, buf_str(b)) : (str){NULL, 0};
	buf_release(b);
	return text;
}

static str day_text(struct arena *a, int64_t ms)
{
	struct buf b = BUF(TEXT_BYTES);
	view_sentence_day(&b, ms);
	return taken(a, &b);
}

static str level_move(struct arena *a, int from, int to)
{
	return out_print(a, "%d → %d", from, to);
}

/* ---- the head ---- */

static void show_facts(struct cli *cli, const struct view_overview *v)
{
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	const struct score_mean *p = &v->now.program;
	if (p->applicable) {
		bool range = p->index_high != p->index;
		out_fact(o, "index", FACT_COLUMNS,
			 out_print(a, "%.*s%s%.*s", STR_ARG(out_index(a, p->index)), range ? ", at most " : "",
				   STR_ARG(range ? out_index(a, p->index_high) : (str){0})));
		out_fact(o, "evidenced", FACT_COLUMNS, out_index(a, p->index_evidenced));
		out_fact(o, "floor", FACT_COLUMNS, out_level(a, v->model, p->floor));
		out_fact(o, "known", FACT_COLUMNS, out_percent(a, p->coverage));
	}
	out_fact(o, "as of", FACT_COLUMNS, out_time(a, v->lens.at_ms));
	out_fact(o, "against", FACT_COLUMNS,
		 out_print(a, "%.*s%s", STR_ARG(out_time(a, v->lens.vs_ms)),
			   v->has_past ? "" : ", of which nothing is known"));
	if (v->lens.deployment)
		out_fact(o, "only", FACT_COLUMNS, cmd_explain_deployment(a, v->lens.deployment));
	out_fact(o, "evaluated", FACT_COLUMNS,
		 v->lens.evaluated_ms == INT64_MIN ? S("never") : out_time(a, v->lens.evaluated_ms));
	out_fact(o, "model", FACT_COLUMNS,
		 out_print(a, "%.*s, scoring rules %d", STR_ARG(v->model->name), SCORE_RULES));
}

static void show_head(struct cli *cli, const struct view_overview *v)
{
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	struct buf head = BUF(TEXT_BYTES), below = BUF(TEXT_BYTES);
	bool named = !str_eq(v->lens.unit_name, v->lens.unit_id);
	out_heading(o, named ? out_print(a, "%.*s (%.*s)", STR_ARG(v->lens.unit_name), STR_ARG(v->lens.unit_id))
			     : v->lens.unit_id);
	view_sentence_head(&head, v);
	view_sentence_below(&below, v);
	out_wrap(o, taken(a, &head), plain);
	str more = taken(a, &below);
	if (more.n)
		out_wrap(o, more, plain);
	out_line(o);
	show_facts(cli, v);
}

/* ---- the map ---- */

static struct out_cell heat_cell(struct arena *a, const struct view_heat *h)
{
	static const char *const marks[VIEW_HEAT_STATES] = {
	    [VIEW_HEAT_CLAIMED] = "?",
	    [VIEW_HEAT_POSSIBLE] = "+",
	    [VIEW_HEAT_HELD] = "^",
	};
	enum out_style style = h->state == VIEW_HEAT_AWARDED || h->state == VIEW_HEAT_CLAIMED ? OUT_PLAIN : OUT_DIM;
	if (h->state == VIEW_HEAT_NOT_APPLICABLE)
		return (struct out_cell){.text = S("–"), .style = OUT_DIM};
	return (struct out_cell){
	    .text = out_print(a, "%d/%d%s", h->met, h->applicable, marks[h->state] ? marks[h->state] : " "),
	    .style = style};
}

static void add_category(struct out_table *t, struct cli *cli, const struct view_overview *v, size_t i)
{
	struct arena *a = cli->arena;
	const struct score_category *c = &v->now.categories[i];
	bool compared = c->applicable && view_overview_has_past(v, i);
	struct out_cell row[10] = {
	    {.text = v->model->categories[i].id, .style = OUT_BOLD},
	    {.text = v->model->categories[i].title},
	    {.text = c->applicable ? out_print(a, "%d", c->level) : S("n/a"), .style = out_level_style(c->level)},
	};
	for (int level = 2; level <= MODEL_LEVELS; level++)
		row[level + 1] = heat_cell(a, &v->heat[i * MODEL_LEVELS + (size_t)level - 1]);
	if (c->applicable) {
		row[7] = (struct out_cell){.text = out_index(a, c->index), .style = OUT_BOLD};
		row[8].text = c->index_high != c->index ? out_index(a, c->index_high) : (str){0};
	}
	if (compared)
		row[9].text = cmd_compare_change(a, view_shown_change(v->past.categories[i].index, c->index));
	out_table_row(t, row);
}

static void add_domain(struct out_table *t, struct cli *cli, const struct view_overview *v, size_t d)
{
	struct arena *a = cli->arena;
	const struct score_mean *m = &v->now.domains[d];
	struct out_cell row[10] = {{.text = v->model->domains[d].title, .style = OUT_BOLD, .span = 1}};
	bool compared = v->has_past && m->applicable && v->past.domains[d].applicable;
	row[1].style = OUT_DIM;
	row[1].text =
	    !m->applicable
		? S("not applicable")
		: out_print(a, "%.*s%s%.*s, floor %d", STR_ARG(out_index(a, m->index)), compared ? ", " : "",
			    STR_ARG(compared
					? cmd_compare_change(a, view_shown_change(v->past.domains[d].index, m->index))
					: (str){0}),
			    m->floor);
	out_table_row(t, row);
	for (size_t i = 0; i < v->model->n_categories; i++)
		if (v->model->categories[i].domain == (int)d)
			add_category(t, cli, v, i);
}

static enum status show_map(struct cli *cli, const struct view_overview *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}},
	    {.head = {0}, .shrink = 10, .drop = 9},
	    {.head = S("Level")},
	    {.head = S("2 "), .right = true, .drop = 3},
	    {.head = S("3 "), .right = true, .drop = 4},
	    {.head = S("4 "), .right = true, .drop = 5},
	    {.head = S("5 "), .right = true, .drop = 6},
	    {.head = S("Index"), .right = true},
	    {.head = S("Most"), .right = true, .drop = 8},
	    {.head = S("Change"), .right = true, .drop = 7},
	};
	out_line(cli->out);
	struct out_table t = out_table(cli->out, cli->arena, columns, 10);
	for (size_t d = 0; d < v->model->n_domains; d++)
		add_domain(&t, cli, v, d);
	TRY(out_table_end(&t, err));
	out_wrap(
	    cli->out,
	    S("2/3: objectives met; ? on people's word, + possible once the unknown is known, ^ all met but held by "
	      "a lower level"),
	    (struct out_paragraph){.style = OUT_DIM});
	return OK;
}

/* ---- what moved it ---- */

static void show_section(struct cli *cli, const char *title)
{
	out_line(cli->out);
	out_heading(cli->out, str_from(title));
}

static str moved_objectives(struct arena *a, const struct model *m, const struct view_move *move)
{
	struct buf b = BUF(TEXT_BYTES);
	for (size_t i = 0; i < move->n_objectives; i++) {
		const struct view_moved *o = &move->objectives[i];
		buf_printf(&b, "%s%.*s %.*s", i ? ", " : "", STR_ARG(m->objectives[o->objective].id),
			   STR_ARG(out_verdict(o->after.verdict)));
	}
	return taken(a, &b);
}

static void show_moves(struct cli *cli, const struct view_overview *v)
{
	struct arena *a = cli->arena;
	const struct view_moves *m = &v->moves;
	if (!m->known)
		return;
	show_section(cli, "What moved it");
	for (size_t i = 0; i < m->n; i++) {
		struct buf b = BUF(TEXT_BYTES);
		view_sentence_move(&b, v->model, &m->list[i]);
		str text = taken(a, &b);
		out_wrap(cli->out,
			 out_print(a, "%.*s by %.*s: %.*s", STR_ARG(cmd_compare_change(a, m->list[i].shown)),
				   STR_ARG(day_text(a, m->list[i].at_ms)), STR_ARG(text)),
			 (struct out_paragraph){.indent = 2, .hang = 2});
		str objectives = moved_objectives(a, v->model, &m->list[i]);
		if (objectives.n)
			out_wrap(cli->out, objectives, (struct out_paragraph){.indent = 9, .style = OUT_DIM});
	}
	out_wrap(cli->out,
		 out_print(a, "%.*s other; %.*s in all since %.*s", STR_ARG(cmd_compare_change(a, m->shown_other)),
			   STR_ARG(cmd_compare_change(a, m->shown_difference)), STR_ARG(day_text(a, m->from_ms))),
		 (struct out_paragraph){.indent = 2});
}

/* ---- word and evidence ---- */

static void add_word(struct buf *b, const struct view_overview *v, const struct view_word *w)
{
	buf_add(b, v->model->objectives[w->objective].id);
	if (w->unit != UNIT_NONE)
		buf_printf(b, " (%.*s)", STR_ARG(v->lens.tree->units[w->unit].id));
}

static void show_words(struct cli *cli, const struct view_overview *v)
{
	struct arena *a = cli->arena;
	const struct out_paragraph line = {.indent = 2, .hang = 2};
	if (!v->words.n_falls && !v->words.n_rises)
		return;
	show_section(cli, "Word and evidence");
	for (size_t i = 0; i < v->words.n_falls; i++) {
		const struct view_word_fall *f = &v->words.falls[i];
		struct buf b = BUF(TEXT_BYTES);
		for (size_t k = 0; k < f->n; k++) {
			buf_add(&b, k ? S(", ") : S(""));
			add_word(&b, v, &f->objectives[k]);
		}
		str objectives = taken(a, &b);
		out_wrap(cli->out,
			 out_print(a, "%.*s %.*s on evidence alone: %.*s attested, not reviewed",
				   STR_ARG(v->model->categories[f->category].id),
				   STR_ARG(level_move(a, f->from, f->to)), STR_ARG(objectives)),
			 line);
	}
	for (size_t i = 0; i < v->words.n_rises; i++) {
		const struct view_word_rise *r = &v->words.rises[i];
		out_wrap(cli->out,
			 out_print(a, "%.*s %.*s if the unknown turns out well: %d open",
				   STR_ARG(v->model->categories[r->category].id),
				   STR_ARG(level_move(a, r->from, r->to)), r->n_open),
			 line);
	}
}

/* ---- what comes next ---- */

/* "GOV-02.1 needs 9 more of 96" */
static str step_text(struct arena *a, const struct view_step *s)
{
	return out_print(a, "%.*s needs %" PRId64 " more of %" PRId64, STR_ARG(s->objective->id), s->missing,
			 measure_total(s->score.tally));
}

static void show_lifts(struct cli *cli, const struct view_overview *v)
{
	struct arena *a = cli->arena;
	if (!v->n_lifts)
		return;
	show_section(cli, "Cheapest next levels");
	for (size_t i = 0; i < v->n_lifts && i < LIFTS_SHOWN; i++) {
		const struct view_lift *l = &v->lifts[i];
		struct buf b = BUF(TEXT_BYTES);
		buf_printf(&b, "%.*s to level %d, %.*s: ", STR_ARG(v->model->categories[l->category].id), l->to,
			   STR_ARG(out_plural(a, l->days, "day", "days")));
		for (size_t k = 0; k < l->n_steps; k++)
			buf_printf(&b, "%s%.*s", k ? ", " : "", STR_ARG(step_text(a, &l->steps[k])));
		if (l->floor_to > v->now.program.floor)
			buf_printf(&b, ". Lifts the floor of the program to %d", l->floor_to);
		out_wrap(cli->out, taken(a, &b), (struct out_paragraph){.indent = 2, .hang = 2});
	}
}

static str origin(struct arena *a, const struct view_expiry *e)
{
	if (e->feed.p)
		return out_print(a, "feed %.*s", STR_ARG(e->feed));
	if (e->reviewer.p)
		return out_print(a, "reviewed by %.*s", STR_ARG(e->reviewer));
	if (e->author.p && e->basis != MEASURE_MEASURED)
		return out_print(a, "%.*s by %.*s", STR_ARG(measure_basis_name(e->basis)), STR_ARG(e->author));
	return out_print(a, "source %.*s", STR_ARG(e->source_name));
}

static enum status show_expiries(struct cli *cli, const struct view_overview *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}, .right = true},           {.head = {0}},
	    {.head = {0}, .shrink = 12, .drop = 2}, {.head = {0}},
	    {.head = {0}, .shrink = 12, .drop = 1},
	};
	struct arena *a = cli->arena;
	const struct view_expiries *x = &v->expiries;
	if (!x->total)
		return OK;
	show_section(cli, "Expires next, and what would fall");
	struct out_table t = out_table(cli->out, a, columns, 5);
	size_t shown = x->n < EXPIRIES_SHOWN ? x->n : EXPIRIES_SHOWN;
	for (size_t i = 0; i < shown; i++) {
		const struct view_expiry *e = &x->list[i];
		const struct model_objective *o = &v->model->objectives[e->objective];
		struct out_cell row[5] = {
		    {.text = out_span(a, e->ends_ms - v->lens.at_ms)},
		    {.text = o->id, .style = OUT_BOLD},
		    {.text = o->title},
		    {.text = level_move(a, e->from, e->to)},
		    {.text = origin(a, e), .style = OUT_DIM},
		};
		out_table_row(&t, row);
	}
	TRY(out_table_end(&t, err));
	if (shown < x->total)
		out_wrap(
		    cli->out,
		    out_print(a, "and %zu more within %" PRId64 " days", x->total - shown, x->within_ms / TIME_DAY_MS),
		    (struct out_paragraph){.indent = 2, .style = OUT_DIM});
	return OK;
}

static void show_troubles(struct cli *cli, const struct view_overview *v)
{
	struct arena *a = cli->arena;
	const struct view_troubles *t = &v->troubles;
	if (!t->n && !t->unlinked_names)
		return;
	show_section(cli, "Feeds in trouble");
	for (size_t i = 0; i < t->n; i++) {
		struct buf b = BUF(TEXT_BYTES);
		view_sentence_trouble(&b, &t->list[i], v->lens.at_ms);
		str text = taken(a, &b);
		out_wrap(cli->out,
			 out_print(a, "%.*s %.*s: %.*s", STR_ARG(t->list[i].feed->name),
				   STR_ARG(view_overview_trouble(t->list[i].kind)), STR_ARG(text)),
			 (struct out_paragraph){.indent = 2, .hang = 2});
	}
	if (t->unlinked_names)
		out_wrap(cli->out,
			 out_print(a, "%.*s for no AI system: `aismm link unresolved` names them.",
				   STR_ARG(out_plural(a, t->unlinked_rows, "row counts", "rows count"))),
			 (struct out_paragraph){.indent = 2, .hang = 2});
}

enum status cmd_overview_show(struct cli *cli, const struct view_overview *v, struct err *err)
{
	show_head(cli, v);
	TRY(show_map(cli, v, err));
	show_moves(cli, v);
	show_words(cli, v);
	show_lifts(cli, v);
	TRY(show_expiries(cli, v, err));
	show_troubles(cli, v);
	return OK;
}

enum status cmd_overview(struct cli *cli, struct err *err)
{
	struct view_overview view;
	struct app_lens lens = {
	    .unit = cli_unit(cli), .at = cli_as_of(cli), .vs = options_time(&cli->options, S("with-as-of"))};
	TRY(cli_deployment(cli, &lens.deployment, err));
	TRY(app_overview(&cli->app, &lens, &view, err));
	if (!cli->json)
		return cmd_overview_show(cli, &view, err);
	export_json_overview(out_export(cli->out), &view);
	return OK;
}
