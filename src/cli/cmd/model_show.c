#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "base/time.h"
#include "cli/cmd/show.h"
#include "export/json.h"
#include "core/framework.h"

enum { FACT_COLUMNS = 12 };

static const str modes[] = {
    [MODEL_MANUAL] = S("manual"), [MODEL_AUTOMATED] = S("automated"), [MODEL_EITHER] = S("either")};

/* ---- what an overlay did ---- */

str cmd_model_overlay(struct arena *a, const struct model *m)
{
	static const char *const words[MODEL_OVERLAY_ACTS] = {
	    [MODEL_ADDED] = "added",       [MODEL_ADAPTED] = "adapted", [MODEL_TIGHTENED] = "tightened",
	    [MODEL_LOOSENED] = "loosened", [MODEL_RETIRED] = "retired",
	};
	int counts[MODEL_OVERLAY_ACTS];
	str text = {NULL, 0};
	model_overlay_count(m, counts);
	for (int act = 0; act < MODEL_OVERLAY_ACTS; act++)
		if (counts[act])
			text = out_print(a, "%.*s%s%d %s", STR_ARG(text), text.n ? ", " : "", counts[act], words[act]);
	return text.n ? text : S("changes nothing");
}

static str change_text(struct arena *a, const struct model_objective *base, const struct model_objective *now)
{
	str text = {NULL, 0};
	if (base->threshold_milli != now->threshold_milli)
		text = out_print(a, "the base asks %.*s, this overlay %.*s",
				 STR_ARG(out_percent(a, base->threshold_milli)),
				 STR_ARG(out_percent(a, now->threshold_milli)));
	if (base->max_age_ms != now->max_age_ms)
		text = out_print(a, "%.*s%sa measure holds for %" PRId64 " days, here for %" PRId64, STR_ARG(text),
				 text.n ? "; " : "", base->max_age_ms / TIME_DAY_MS, now->max_age_ms / TIME_DAY_MS);
	if (base->deployment != now->deployment)
		text = out_print(a, "%.*s%sit applies to %.*s, here to %.*s", STR_ARG(text), text.n ? "; " : "",
				 STR_ARG(cmd_explain_deployment(a, base->deployment)),
				 STR_ARG(cmd_explain_deployment(a, now->deployment)));
	return text.n ? text : S("owner, effort, evidence or guidance are the organisation's own");
}

str cmd_model_overlaid(struct arena *a, const struct model *m, const struct model_overlaid *mark)
{
	static const char *const words[MODEL_OVERLAY_ACTS] = {
	    [MODEL_ADDED] = "added",       [MODEL_ADAPTED] = "adapted", [MODEL_TIGHTENED] = "tightened",
	    [MODEL_LOOSENED] = "loosened", [MODEL_RETIRED] = "retired",
	};
	if (!mark)
		return (str){NULL, 0};
	str text = out_print(a, "%s by %.*s", words[mark->act], STR_ARG(m->id));
	const struct model_objective *now = mark->base ? model_objective_find(m, mark->base->id) : NULL;
	if (now)
		text = out_print(a, "%.*s: %.*s", STR_ARG(text), STR_ARG(change_text(a, mark->base, now)));
	if (mark->approver.n)
		text = out_print(a, "%.*s; approved by %.*s", STR_ARG(text), STR_ARG(mark->approver));
	if (mark->because.n)
		text = out_print(a, "%.*s: %.*s", STR_ARG(text), STR_ARG(mark->because));
	return text;
}

void cmd_model_needs(struct cli *cli, const struct model_objective *mo, int columns)
{
	struct arena *a = cli->arena;
	const struct model_objective *base = mo->overlaid ? mo->overlaid->base : NULL;
	str needs = out_percent(a, mo->threshold_milli);
	str why = mo->threshold_why.n ? out_print(a, ". %.*s", STR_ARG(mo->threshold_why)) : (str){NULL, 0};
	if (!base || base->threshold_milli == mo->threshold_milli) {
		out_fact(cli->out, "needs", columns, out_print(a, "%.*s%.*s", STR_ARG(needs), STR_ARG(why)));
		return;
	}
	str asks = out_percent(a, base->threshold_milli);
	out_fact(cli->out, "needs", columns, needs);
	out_fact(cli->out, "base", columns, out_print(a, "%.*s%.*s", STR_ARG(asks), STR_ARG(why)));
}

/* ---- the overview ---- */

struct shown {
	const struct model *m;
	struct export_json_model_filter filter;
};

static bool is_shown(const struct shown *s, const struct model_objective *mo)
{
	return (!s->filter.deployment || mo->deployment & s->filter.deployment) &&
	       (!s->filter.category || mo->category == s->filter.category - s->m->categories);
}

static int count(const struct shown *s, const struct model_category *mc, int level)
{
	int n = 0;
	for (int i = mc->first_objective; i < mc->first_objective + mc->n_objectives; i++)
		n += is_shown(s, &s->m->objectives[i]) && (!level || s->m->objectives[i].level == level);
	return n;
}

static int64_t count_texts(const struct model *m)
{
	int64_t n = 0;
	for (size_t i = 0; i < m->n_categories; i++)
		for (int l = 0; l < MODEL_LEVELS; l++)
			n += m->categories[i].levels[l].n > 0;
	return n;
}

static void show_head(struct cli *cli, const struct shown *s, const struct view_model *v)
{
	struct arena *a = cli->arena;
	const struct model *m = s->m;
	out_wrap(cli->out,
		 out_print(a, "%.*s %s.", STR_ARG(v->name),
			   v->active        ? "is the active model"
			   : v->imported_ms ? "is stored"
					    : "is not in the store"),
		 (struct out_paragraph){0});
	out_fact(cli->out, "title", FACT_COLUMNS, v->title);
	out_fact(cli->out, "has", FACT_COLUMNS,
		 out_print(a, "%.*s, %.*s, %.*s, %.*s", STR_ARG(out_plural(a, v->categories, "category", "categories")),
			   STR_ARG(out_plural(a, v->objectives, "objective", "objectives")),
			   STR_ARG(out_plural(a, v->checks, "check", "checks")),
			   STR_ARG(out_plural(a, count_texts(m), "text about a level", "texts about levels"))));
	out_fact(cli->out, "measures", FACT_COLUMNS, out_print(a, "are those of %.*s", STR_ARG(m->line)));
	if (m->base.p)
		out_fact(cli->out, "overlay", FACT_COLUMNS,
			 out_print(a, "of %.*s: %.*s", STR_ARG(m->base), STR_ARG(cmd_model_overlay(a, m))));
	if (m->notice.n)
		out_fact(cli->out, "notice", FACT_COLUMNS, m->notice);
	if (s->filter.deployment) {
		int n = 0;
		for (size_t i = 0; i < m->n_categories; i++)
			n += count(s, &m->categories[i], 0);
		out_fact(cli->out, "shown", FACT_COLUMNS,
			 out_print(a, "what applies to %.*s: %d of %.*s",
				   STR_ARG(cmd_explain_deployment(a, s->filter.deployment)), n,
				   STR_ARG(out_plural(a, v->objectives, "objective", "objectives"))));
	}
	out_line(cli->out);
}

static str mark_text(const struct model_objective *mo)
{
	return mo->overlaid ? export_json_model_act(mo->overlaid->act) : (str){NULL, 0};
}

static void add_category(struct out_table *t, struct arena *a, const struct shown *s, const struct model_category *mc)
{
	const struct model *m = s->m;
	str counts = {NULL, 0};
	if (s->filter.deployment)
		counts = out_print(a, "; levels 2 to 5: %d, %d, %d, %d", count(s, mc, 2), count(s, mc, 3),
				   count(s, mc, 4), count(s, mc, 5));
	struct out_cell head[6] = {
	    {.text = mc->id, .style = OUT_BOLD, .span = 1},
	    {.text = out_print(a, "%.*s (%.*s)%.*s", STR_ARG(mc->title), STR_ARG(m->domains[mc->domain].title),
			       STR_ARG(counts))},
	};
	out_table_row(t, head);
	for (int i = mc->first_objective; i < mc->first_objective + mc->n_objectives; i++) {
		const struct model_objective *mo = &m->objectives[i];
		struct out_cell row[6] = {
		    {.text = mo->id, .style = out_level_style(mo->level)},
		    {.text = mo->title},
		    {.text = out_percent(a, mo->threshold_milli)},
		    {.text = modes[mo->mode], .style = OUT_DIM},
		    {.text = mo->check.n ? S("check") : (str){0}, .style = OUT_DIM},
		    {.text = mark_text(mo), .style = OUT_OPEN},
		};
		if (is_shown(s, mo))
			out_table_row(t, row);
	}
}

static void show_levels(struct cli *cli, const struct model *m, const struct model_category *mc)
{
	out_heading(cli->out, out_print(cli->arena, "%.*s  %.*s", STR_ARG(mc->id), STR_ARG(mc->title)));
	if (mc->summary.n)
		out_wrap(cli->out, mc->summary, (struct out_paragraph){0});
	for (int l = 0; l < MODEL_LEVELS; l++)
		if (mc->levels[l].n)
			out_wrap(cli->out,
				 out_print(cli->arena, "%.*s: %.*s", STR_ARG(out_level(cli->arena, m, l + 1)),
					   STR_ARG(mc->levels[l])),
				 (struct out_paragraph){.indent = 2, .hang = 2, .style = out_level_style(l + 1)});
	out_line(cli->out);
}

static void show_retired(struct cli *cli, const struct shown *s)
{
	bool first = true;
	for (size_t i = 0; i < s->m->n_retired; i++) {
		const struct model_overlaid *r = &s->m->retired[i];
		if (!is_shown(s, r->base))
			continue;
		if (first) {
			out_line(cli->out);
			out_heading(cli->out, S("Retired by the overlay"));
		}
		first = false;
		out_wrap(cli->out,
			 out_print(cli->arena, "%.*s  %.*s; approved by %.*s: %.*s", STR_ARG(r->base->id),
				   STR_ARG(r->base->title), STR_ARG(r->approver), STR_ARG(r->because)),
			 (struct out_paragraph){.indent = 2, .hang = 2});
	}
}

enum status cmd_model_show_overview(struct cli *cli, const struct model *m, const struct view_model *v,
				    const struct export_json_model_filter *filter, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = {0}},
	    {.head = {0}, .shrink = 12},
	    {.head = {0}, .right = true},
	    {.head = {0}, .drop = 1},
	    {.head = {0}, .drop = 2},
	    {.head = {0}},
	};
	const struct shown s = {m, *filter};
	show_head(cli, &s, v);
	if (filter->category)
		show_levels(cli, m, filter->category);
	struct out_table t = out_table(cli->out, cli->arena, columns, 6);
	for (size_t i = 0; i < m->n_categories; i++)
		if (!filter->category || filter->category == &m->categories[i])
			add_category(&t, cli->arena, &s, &m->categories[i]);
	TRY(out_table_end(&t, err));
	show_retired(cli, &s);
	return OK;
}

/* ---- one objective ---- */

static void show_links(struct cli *cli, const struct model *m, const struct model_objective *mo)
{
	for (size_t i = 0; i < mo->n_requires; i++) {
		const struct model_objective *first = &m->objectives[mo->requires[i]];
		out_fact(cli->out, i ? "" : "comes after", FACT_COLUMNS,
			 out_print(cli->arena, "%.*s %.*s", STR_ARG(first->id), STR_ARG(first->title)));
	}
	bool any = false;
	for (size_t i = 0; i < m->n_objectives; i++) {
		if (!model_objective_requires(m, &m->objectives[i], mo))
			continue;
		out_fact(
		    cli->out, any ? "" : "comes before", FACT_COLUMNS,
		    out_print(cli->arena, "%.*s %.*s", STR_ARG(m->objectives[i].id), STR_ARG(m->objectives[i].title)));
		any = true;
	}
}

static void show_counting(struct cli *cli, const struct model *m, const struct model_objective *mo)
{
	static const char *const empties[] = {[MODEL_EMPTY_NOT_APPLICABLE] = "it does not apply",
					      [MODEL_EMPTY_UNKNOWN] = "it is not known",
					      [MODEL_EMPTY_NOT_MET] = "it is not met"};
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	str lacks = {NULL, 0}, overlaid = cmd_model_overlaid(a, m, mo->overlaid);
	if (mo->population.n)
		out_fact(o, "of", FACT_COLUMNS, mo->population);
	if (mo->condition.n)
		out_fact(o, "that", FACT_COLUMNS, mo->condition);
	cmd_model_needs(cli, mo, FACT_COLUMNS);
	if (overlaid.n)
		out_fact(o, "overlay", FACT_COLUMNS, overlaid);
	out_fact(o, "looks back", FACT_COLUMNS,
		 out_print(a, "%" PRId64 " days; a measure holds for %" PRId64 " days", mo->window_ms / TIME_DAY_MS,
			   mo->max_age_ms / TIME_DAY_MS));
	out_fact(o, "applies to", FACT_COLUMNS, cmd_explain_deployment(a, mo->deployment));
	out_fact(o, "is", FACT_COLUMNS,
		 out_print(a, "%.*s; asked %s; a %s", STR_ARG(modes[mo->mode]),
			   mo->scope == MODEL_SCOPE_PROGRAM ? "once for the whole program" : "unit by unit",
			   mo->sample ? "sample" : "census"));
	if (mo->subject >= 0)
		out_fact(o, "counts", FACT_COLUMNS, evidence_kinds[mo->subject].name);
	if (mo->check.n)
		out_fact(o, "if empty", FACT_COLUMNS, str_from(empties[mo->empty]));
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (mo->may_lack >> k & 1)
			lacks = out_print(a, "%.*s%s%.*s", STR_ARG(lacks), lacks.n ? ", " : "",
					  STR_ARG(evidence_kinds[k].name));
	if (lacks.n)
		out_fact(o, "may lack", FACT_COLUMNS, lacks);
}

static void show_work(struct cli *cli, const struct model *m, const struct model_objective *mo)
{
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	if (mo->rationale.n)
		out_fact(o, "why", FACT_COLUMNS, mo->rationale);
	if (mo->guidance.n)
		out_fact(o, "how", FACT_COLUMNS, mo->guidance);
	for (size_t i = 0; i < mo->n_evidence; i++)
		out_fact(o, i ? "" : "evidence", FACT_COLUMNS, mo->evidence[i]);
	out_fact(o, "effort", FACT_COLUMNS, out_plural(a, mo->effort_days, "person-day", "person-days"));
	if (mo->owner.n)
		out_fact(o, "owner", FACT_COLUMNS, mo->owner);
	show_links(cli, m, mo);
}

static enum status show_refs(struct cli *cli, const struct model_objective *mo, struct err *err)
{
	static const struct out_column columns[] = {{.head = {0}}, {.head = {0}}, {.head = {0}, .shrink = 12}};
	struct out_table t = out_table(cli->out, cli->arena, columns, 3);
	if (!mo->n_refs)
		return OK;
	out_line(cli->out);
	out_heading(cli->out, S("References"));
	for (size_t i = 0; i < mo->n_refs; i++)
		for (size_t k = 0; k < mo->refs[i].n_ids; k++) {
			const struct model_ref *ref = &mo->refs[i];
			struct out_cell row[3] = {
			    {.text = out_print(cli->arena, "%.*s %.*s", STR_ARG(ref->framework), STR_ARG(ref->version)),
			     .style = OUT_DIM},
			    {.text = ref->ids[k], .style = OUT_BOLD},
			    {.text = framework_title(ref->framework, ref->version, ref->ids[k])},
			};
			out_table_row(&t, row);
		}
	return out_table_end(&t, err);
}

/* Line by line, as it is written. */
static void show_sql(struct cli *cli, str heading, str sql)
{
	str line;
	if (!sql.n)
		return;
	out_line(cli->out);
	out_heading(cli->out, heading);
	for (bool more = true; more && sql.n;) {
		more = str_cut(sql, '\n', &line, &sql);
		size_t indent = 0;
		while (indent < line.n && indent < 20 && line.p[indent] == ' ')
			indent++;
		out_wrap(cli->out, str_trim(line), (struct out_paragraph){.indent = 2 + (int)indent, .hang = 2});
	}
}

enum status cmd_model_show_objective(struct cli *cli, const struct model *m, const struct model_objective *mo,
				     struct err *err)
{
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	const struct model_category *mc = &m->categories[mo->category];
	out_heading(o, out_print(a, "%.*s  %.*s", STR_ARG(mo->id), STR_ARG(mo->title)));
	out_wrap(o,
		 out_print(a, "%.*s, level %.*s, %.*s", STR_ARG(mc->title), STR_ARG(out_level(a, m, mo->level)),
			   STR_ARG(m->name)),
		 (struct out_paragraph){.style = OUT_DIM});
	out_line(o);
	out_wrap(o, mo->kpi, (struct out_paragraph){0});
	show_counting(cli, m, mo);
	out_line(o);
	show_work(cli, m, mo);
	TRY(show_refs(cli, mo, err));
	show_sql(cli, S("Check"), mo->check);
	show_sql(cli, S("Size of the population"), mo->population_size);
	return OK;
}

/* ---- the command ---- */

/* GOV-02.1: a model's id has no capital letter, and its name has an @. */
static bool is_objective(str word)
{
	str head, tail;
	return str_cut(word, '.', &head, &tail) && str_find(word, S("@")) < 0 && str_find(word, S("/")) < 0 &&
	       str_find(head, S("-0")) > 0 && !str_ends(word, S(".yaml")) && !str_ends(word, S(".yml"));
}

static enum status words_read(struct cli *cli, str *model, str *objective, struct err *err)
{
	*objective = options_text(&cli->options, S("objective"));
	*model = (str){NULL, 0};
	for (size_t i = 0; i < cli->options.n_arguments; i++) {
		str word = options_argument(&cli->options, i);
		str *to = is_objective(word) ? objective : model;
		if (to->n)
			return cli_usage(cli, err, "%.*s and %.*s: one model and one objective at most", STR_ARG(*to),
					 STR_ARG(word));
		*to = word;
	}
	return OK;
}

static enum status filter_read(struct cli *cli, struct shown *s, struct err *err)
{
	str category = options_text(&cli->options, S("category"));
	TRY(cli_deployment(cli, &s->filter.deployment, err));
	if (category.n && !(s->filter.category = model_category_find(s->m, category))) {
		err_set(err, E_NOT_FOUND, "the model %.*s has no category \"%.*s\"", STR_ARG(s->m->name),
			STR_ARG(category));
		err_hint(err, "see: aismm model show");
		return E_NOT_FOUND;
	}
	return OK;
}

enum status cmd_model_show(struct cli *cli, struct err *err)
{
	struct shown s = {0};
	struct view_model v;
	str model, objective;
	const char *base = NULL;
	TRY(words_read(cli, &model, &objective, err));
	if (objective.n &&
	    (options_given(&cli->options, S("category")) || options_given(&cli->options, S("deployment"))))
		return cli_usage(cli, err, "--category and --deployment filter the overview; %.*s is one objective",
				 STR_ARG(objective));
	TRY(cmd_model_base(cli, &base, err));
	TRY(cmd_model_store(cli, app_model_is_stored(model), err));
	TRY(app_model_open(&cli->app, model, base, &s.m, &v, err));
	TRY(filter_read(cli, &s, err));
	if (!objective.n && cli->json)
		export_json_model_show(out_export(cli->out), s.m, &s.filter);
	if (!objective.n)
		return cli->json ? OK : cmd_model_show_overview(cli, s.m, &v, &s.filter, err);
	const struct model_objective *mo;
	TRY(app_model_objective(s.m, objective, &mo, err));
	if (!cli->json)
		return cmd_model_show_objective(cli, s.m, mo, err);
	export_json_model_objective(out_export(cli->out), s.m, mo);
	return OK;
}
