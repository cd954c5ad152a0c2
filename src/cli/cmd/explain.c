#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "base/time.h"
#include "cli/cmd/show.h"
#include "export/json.h"

enum { PAGE = 20, FACT_COLUMNS = 12 };

str cmd_explain_place(struct arena *a, const struct model *m, str unit, int64_t as_of_ms)
{
	return out_print(a, "%.*s, %.*s, %.*s", STR_ARG(unit), STR_ARG(out_time(a, as_of_ms)), STR_ARG(m->name));
}

/* ---- the head: what is asked, and why ---- */

str cmd_explain_deployment(struct arena *a, unsigned bits)
{
	if (bits == MODEL_ANY_DEPLOYMENT)
		return S("every deployment type");
	return out_print(a, "%s%s%s%s%s", bits & MODEL_SELF_HOSTED ? "self_hosted" : "",
			 bits & MODEL_SELF_HOSTED && bits & (MODEL_PAAS | MODEL_SAAS) ? ", " : "",
			 bits & MODEL_PAAS ? "paas" : "", bits & MODEL_PAAS && bits & MODEL_SAAS ? ", " : "",
			 bits & MODEL_SAAS ? "saas" : "");
}

static void show_question(struct cli *cli, const struct view_objective *v)
{
	static const char *const modes[] = {[MODEL_MANUAL] = "answered by people",
					    [MODEL_AUTOMATED] = "measured",
					    [MODEL_EITHER] = "measured or answered"};
	const struct model_objective *mo = v->objective;
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	out_heading(o, out_print(a, "%.*s  %.*s", STR_ARG(mo->id), STR_ARG(mo->title)));
	out_wrap(o, cmd_explain_place(a, v->model, v->unit_id, v->as_of_ms), (struct out_paragraph){.style = OUT_DIM});
	out_line(o);
	out_wrap(o, mo->kpi, (struct out_paragraph){0});
	if (mo->population.n)
		out_fact(o, "of", FACT_COLUMNS, mo->population);
	if (mo->condition.n)
		out_fact(o, "that", FACT_COLUMNS, mo->condition);
	cmd_model_needs(cli, mo, FACT_COLUMNS);
	str overlaid = cmd_model_overlaid(a, v->model, mo->overlaid);
	if (overlaid.n)
		out_fact(o, "overlay", FACT_COLUMNS, overlaid);
	out_fact(o, "looks back", FACT_COLUMNS,
		 out_print(a, "%" PRId64 " days; a measure holds for %" PRId64 " days", mo->window_ms / TIME_DAY_MS,
			   mo->max_age_ms / TIME_DAY_MS));
	out_fact(o, "applies to", FACT_COLUMNS, cmd_explain_deployment(a, mo->deployment));
	out_fact(o, "is", FACT_COLUMNS,
		 out_print(a, "%s, %s", modes[mo->mode],
			   mo->scope == MODEL_SCOPE_PROGRAM ? "once for the whole program" : "unit by unit"));
	if (mo->rationale.n)
		out_fact(o, "why", FACT_COLUMNS,
			 out_print(a, "It tells level %.*s: %.*s", STR_ARG(out_level(a, v->model, mo->level)),
				   STR_ARG(mo->rationale)));
	out_line(o);
}

/* ---- the verdict, with its arithmetic as the rule computes it ---- */

static void show_line(struct cli *cli, const char *what, int64_t yes, const struct view_objective *v)
{
	int64_t n = measure_total(v->score.tally), t = v->objective->threshold_milli;
	/* A sum stays below 2^53, so a thousand of it fits. */
	bool reaches = 1000 * yes >= t * n;
	out_fact(cli->out, what, 20,
		 out_print(cli->arena, "1000 × %" PRId64 " = %" PRId64 " %s %" PRId64 " × %" PRId64 " = %" PRId64, yes,
			   1000 * yes, reaches ? "≥" : "<", t, n, t * n));
}

static void show_verdict(struct cli *cli, const struct view_objective *v)
{
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	struct measure_tally t = v->score.tally;
	int64_t n = measure_total(t);
	out_styled(o, out_verdict_style(v->score.verdict), out_verdict(v->score.verdict));
	if (n == 0) {
		out_raw(o, ": the population is empty, or the objective does not apply here");
		out_line(o);
		out_line(o);
		return;
	}
	int at = out_width(out_verdict(v->score.verdict));
	str share = out_percent(a, (int64_t)((__int128)1000 * t.yes / n));
	str sum = out_print(
	    a, ": %" PRId64 " of %" PRId64 " yes = %.*s, needs %.*s; %" PRId64 " no, %" PRId64 " unknown", t.yes, n,
	    STR_ARG(share), STR_ARG(out_percent(a, v->objective->threshold_milli)), t.no, t.unknown);
	if (t.yes + t.no == 0)
		sum = out_print(a, ": not known yet; needs %.*s of %" PRId64,
				STR_ARG(out_percent(a, v->objective->threshold_milli)), n);
	out_wrap(o, sum, (struct out_paragraph){.at = at, .hang = 2});
	struct out_cell bar = out_tally_bar(o, a, t, v->objective->threshold_milli, o->width > 64 ? 60 : o->width - 4);
	out_spaces(o, 2);
	buf_add(&o->text, bar.text);
	out_line(o);
	show_line(cli, "known yes", t.yes, v);
	if (t.unknown)
		show_line(cli, "if unknown were yes", t.yes + t.unknown, v);
	struct measure_tally e = v->score.evidenced;
	if (e.unknown != t.unknown)
		out_fact(o, "on evidence alone", 20,
			 out_print(a, "%" PRId64 " yes, %" PRId64 " no, %" PRId64 " unknown: %.*s", e.yes, e.no,
				   e.unknown, STR_ARG(out_verdict(score_verdict(e, v->objective->threshold_milli)))));
	out_line(o);
}

/* ---- by unit and source ---- */

static str left_out(enum view_left_out why)
{
	static const str reasons[] = {
	    [VIEW_KEPT] = S(""),
	    [VIEW_BY_DEPLOYMENT] = S("left out: the unit has other deployment types"),
	    [VIEW_BY_NOT_APPLICABLE] = S("left out: it does not apply to the unit"),
	    [VIEW_BY_OVERRIDE] = S("left out: an override is in force"),
	    [VIEW_BY_MEASUREMENT] = S("left out: a fresh measurement stands"),
	};
	return reasons[why];
}

static str age_text(struct arena *a, const struct view_objective *v, const struct view_measure *m)
{
	if (m->stale)
		return m->expires_ms < v->as_of_ms
			   ? out_print(a, "stale for %.*s", STR_ARG(out_span(a, v->as_of_ms - m->expires_ms)))
			   : S("stale");
	str age = out_span(a, v->as_of_ms - m->seen_ms);
	if (m->expires_ms == TIME_FOREVER)
		return age;
	return out_print(a, "%.*s of %.*s", STR_ARG(age), STR_ARG(out_span(a, m->expires_ms - m->seen_ms)));
}

static void add_part(struct buf *b, str text)
{
	if (text.n && b->n)
		buf_add(b, S("; "));
	buf_add(b, text);
}

/* All that has to be said about a measure beside its numbers. */
static str remarks(struct arena *a, const struct view_measure *m)
{
	struct buf b = BUF(65536);
	if (m->not_applicable && m->left_out == VIEW_BY_NOT_APPLICABLE)
		add_part(&b, S("says that it does not apply"));
	else
		add_part(&b, left_out(m->left_out));
	if (m->not_applicable && m->left_out != VIEW_BY_NOT_APPLICABLE)
		add_part(&b, S("does not apply"));
	if (m->stale && m->kept)
		add_part(&b, out_print(a, "its %" PRId64 " yes and %" PRId64 " no count as unknown", m->tally.yes,
				       m->tally.no));
	if (m->overrides)
		add_part(&b, out_print(a, "overrides until %.*s", STR_ARG(out_time(a, m->override_until_ms))));
	if (m->error.n)
		add_part(&b, out_print(a, "the check failed: %.*s", STR_ARG(m->error)));
	if (m->justification.n)
		add_part(&b, out_print(a, "\"%.*s\"", STR_ARG(m->justification)));
	if (m->note.n)
		add_part(&b, out_print(a, "\"%.*s\"", STR_ARG(m->note)));
	if (m->author.n && str_eq(m->source, S("answer")))
		add_part(&b, out_print(a, "by %.*s", STR_ARG(m->author)));
	if (m->reviewer.n)
		add_part(&b, out_print(a, "reviewed by %.*s", STR_ARG(m->reviewer)));
	if (m->file.n)
		add_part(&b, out_print(a, "%.*s, line %" PRId64 "; sha256 %.*s", STR_ARG(m->file), m->file_line,
				       STR_ARG(str_slice(m->file_sha256, 0, 12))));
	if (m->evidence_sha256.n)
		add_part(&b, out_print(a, "evidence %.*s", STR_ARG(str_slice(m->evidence_sha256, 0, 12))));
	str text = str_copy(a, buf_str(&b));
	buf_release(&b);
	return text;
}

static enum status show_measures(struct cli *cli, const struct view_objective *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Unit"), .shrink = 8}, {.head = S("Source"), .shrink = 8, .drop = 1},
	    {.head = S("Basis"), .drop = 3},  {.head = S("Yes"), .right = true},
	    {.head = S("No"), .right = true}, {.head = S("Unknown"), .right = true},
	    {.head = S("Age"), .drop = 2},
	};
	struct arena *a = cli->arena;
	struct out_table t = out_table(cli->out, a, columns, 7);
	out_heading(cli->out, S("By unit and source"));
	if (v->n_measures == 0)
		out_wrap(cli->out, S("no measure yet"), (struct out_paragraph){.indent = 2});
	for (size_t i = 0; i < v->n_measures; i++) {
		const struct view_measure *m = &v->measures[i];
		enum out_style style = m->kept ? OUT_PLAIN : OUT_DIM;
		struct measure_tally shown = m->kept ? m->counted : m->tally; /* what it says, when it adds nothing */
		struct out_cell row[7] = {
		    {.text = m->unit, .style = style},
		    {.text = m->source, .style = style},
		    {.text = measure_basis_name(m->basis), .style = style},
		    {.text = out_print(a, "%" PRId64, shown.yes), .style = style},
		    {.text = out_print(a, "%" PRId64, shown.no), .style = style},
		    {.text = out_print(a, "%" PRId64, shown.unknown), .style = style},
		    {.text = age_text(a, v, m), .style = m->stale ? OUT_OPEN : style},
		};
		out_table_row(&t, row);
		struct out_cell below[7] = {{.text = remarks(a, m), .style = OUT_DIM, .span = 5}};
		if (below[0].text.n)
			out_table_row(&t, below);
	}
	TRY(out_table_end(&t, err));
	return OK;
}

static void show_silent(struct cli *cli, const struct view_objective *v)
{
	struct arena *a = cli->arena;
	if (!v->n_silent)
		return;
	struct buf b = BUF(SIZE_MAX / 4);
	str n =
	    out_plural(a, (int64_t)v->n_silent, "unit has no measure and counts", "units have no measure and count");
	buf_printf(&b, "%.*s as unknown: ", STR_ARG(n));
	for (size_t i = 0; i < v->n_silent_listed; i++) {
		buf_add(&b, i ? S(", ") : S(""));
		buf_add(&b, v->silent[i].unit);
		if (v->silent[i].size != 1)
			buf_printf(&b, " (%" PRId64 ")", v->silent[i].size);
	}
	if (v->n_silent > v->n_silent_listed)
		buf_printf(&b, " and %zu more", v->n_silent - v->n_silent_listed);
	out_wrap(cli->out, buf_str(&b), (struct out_paragraph){.indent = 2});
	buf_release(&b);
}

/* "12 rows count for no AI system, as they name 2 that nobody knows" */
static str unresolved_text(struct arena *a, int64_t rows, int64_t names)
{
	return out_print(a, "%.*s for no AI system: %s %" PRId64 " that nobody knows",
			 STR_ARG(out_plural(a, rows, "row counts", "rows count")), rows == 1 ? "it names" : "they name",
			 names);
}

/* "log_source: 3 of 10 units have no fresh feed; the feed siem is stale, its newest snapshot is of 12 Aug 2026" */
static void show_gaps(struct cli *cli, const struct view_objective *v)
{
	struct arena *a = cli->arena;
	if (!v->n_gaps)
		return;
	out_line(cli->out);
	out_heading(cli->out, S("What nobody looks at"));
	for (size_t i = 0; i < v->n_gaps; i++) {
		const struct view_gap *g = &v->gaps[i];
		struct buf b = BUF(65536);
		if (g->units && g->of == 1)
			add_part(&b, S("no fresh feed"));
		else if (g->units)
			add_part(&b,
				 out_print(a, "no fresh feed for %" PRId64 " of %" PRId64 " units", g->units, g->of));
		if (g->stale_feed.n)
			add_part(&b, out_print(a, "the feed %.*s is stale, its newest snapshot is of %.*s",
					       STR_ARG(g->stale_feed), STR_ARG(out_time(a, g->stale_ms))));
		if (g->late_feed.n)
			add_part(&b, out_print(a, "the feed %.*s is overdue since %.*s%s%.*s", STR_ARG(g->late_feed),
					       STR_ARG(out_time(a, g->late_due_ms)), g->late_owner.n ? ", ask " : "",
					       STR_ARG(g->late_owner)));
		if (g->unresolved_rows)
			add_part(&b, out_print(a, "%.*s; see `aismm link unresolved`",
					       STR_ARG(unresolved_text(a, g->unresolved_rows, g->unresolved_names))));
		out_wrap(cli->out, out_print(a, "%.*s: %.*s", STR_ARG(g->kind), STR_ARG(buf_str(&b))),
			 (struct out_paragraph){.indent = 2});
		buf_release(&b);
	}
}

/* ---- who fails ---- */

/* "people.csv, record 211, line 212 (c41e77d209aa, 1 Nov 2026)" */
static str record_text(struct arena *a, const struct view_record *r)
{
	str place = {0};
	if (r->line > 0)
		place = out_print(a, ", line %" PRId64, r->line);
	else if (r->record > 0)
		place = out_print(a, ", record %" PRId64, r->record);
	return out_print(a, "%.*s in %.*s%.*s; sha256 %.*s, %.*s", STR_ARG(r->kind), STR_ARG(r->file), STR_ARG(place),
			 STR_ARG(str_slice(r->sha256, 0, 12)), STR_ARG(out_time(a, r->observed_ms)));
}

static enum status show_page(struct cli *cli, const struct view_objective *v, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Subject"), .shrink = 12},
	    {.head = S("Name"), .shrink = 8, .drop = 2},
	    {.head = S("Unit"), .shrink = 8, .drop = 1},
	    {.head = {0}},
	};
	struct out_table t = out_table(cli->out, cli->arena, columns, 4);
	for (size_t i = 0; i < v->n_subjects; i++) {
		const struct view_subject *s = &v->subjects[i];
		struct out_cell row[4] = {
		    {.text = s->id},
		    {.text = s->name},
		    {.text = s->unit},
		    {.text = s->meets == 0 ? S("no") : S("unknown"), .style = s->meets == 0 ? OUT_NOT_MET : OUT_OPEN},
		};
		out_table_row(&t, row);
		for (size_t r = 0; r < s->n_records; r++) {
			struct out_cell below[4] = {
			    {.text = record_text(cli->arena, &s->records[r]), .style = OUT_DIM, .span = 5}};
			out_table_row(&t, below);
		}
	}
	return out_table_end(&t, err);
}

static enum status show_subjects(struct cli *cli, const struct view_objective *v, struct err *err)
{
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	int64_t all = v->subjects_not_met + v->subjects_unknown, end = v->offset + (int64_t)v->n_subjects;
	if (!v->has_check || (v->subjects_known && !all && !v->subjects_note.n))
		return OK;
	out_line(o);
	if (!v->subjects_known) {
		out_heading(o, S("Who fails"));
		out_wrap(o, v->subjects_note.n ? v->subjects_note : S("not known"),
			 (struct out_paragraph){.indent = 2});
		return OK;
	}
	out_heading(o, out_print(a, "Who fails: %" PRId64 " no, %" PRId64 " unknown", v->subjects_not_met,
				 v->subjects_unknown));
	if (v->subjects_note.n)
		out_wrap(o, v->subjects_note, (struct out_paragraph){.indent = 2, .style = OUT_OPEN});
	TRY(show_page(cli, v, err));
	if (v->n_subjects && (int64_t)v->n_subjects < all)
		out_wrap(o,
			 end < all
			     ? out_print(a, "%" PRId64 " to %" PRId64 " of %" PRId64 "; the next: --offset %" PRId64,
					 v->offset + 1, end, all, end)
			     : out_print(a, "%" PRId64 " to %" PRId64 " of %" PRId64, v->offset + 1, end, all),
			 (struct out_paragraph){.indent = 2, .style = OUT_DIM});
	else if (!v->n_subjects && all && v->offset)
		out_wrap(o, out_print(a, "none from --offset %" PRId64 " on", v->offset),
			 (struct out_paragraph){.indent = 2, .style = OUT_DIM});
	return OK;
}

enum status cmd_explain_objective(struct cli *cli, const struct view_objective *v, struct err *err)
{
	show_question(cli, v);
	show_verdict(cli, v);
	TRY(show_measures(cli, v, err));
	show_silent(cli, v);
	show_gaps(cli, v);
	return show_subjects(cli, v, err);
}

static enum status explain_objective(struct cli *cli, str id, struct err *err)
{
	struct view_objective v;
	int64_t limit = options_count(&cli->options, S("limit"), PAGE);
	int64_t offset = options_count(&cli->options, S("offset"), 0);
	TRY(app_explain_objective(&cli->app, id, cli_unit(cli), cli_as_of(cli), offset, limit, &v, err));
	if (!cli->json)
		return cmd_explain_objective(cli, &v, err);
	export_json_explain_objective(out_export(cli->out), &v);
	return OK;
}

enum status cmd_explain(struct cli *cli, struct err *err)
{
	str word = options_argument(&cli->options, 0);
	bool category;
	TRY(app_explain_is_category(&cli->app, word, &category, err));
	if (!category)
		return explain_objective(cli, word, err);
	if (options_given(&cli->options, S("limit")) || options_given(&cli->options, S("offset")))
		return cli_usage(cli, err, "--limit and --offset page the subjects of an objective; %.*s is a category",
				 STR_ARG(word));
	struct view_category v;
	TRY(app_explain_category(&cli->app, word, cli_unit(cli), cli_as_of(cli), &v, err));
	if (!cli->json)
		return cmd_explain_category(cli, &v, err);
	export_json_explain_category(out_export(cli->out), &v);
	return OK;
}
