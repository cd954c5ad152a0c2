#include "cli/cmd/cmd.h"

#include "cli/cmd/show.h"
#include "export/json.h"

enum { FACT_COLUMNS = 12, SHORT = 60 };

static const str class_words[MODEL_DIFF_CLASSES] = {
    [MODEL_DIFF_SAME] = S("same"),         [MODEL_DIFF_REWORDED] = S("reworded"),
    [MODEL_DIFF_ADJUSTED] = S("adjusted"), [MODEL_DIFF_MEANING] = S("changed meaning"),
    [MODEL_DIFF_NEW] = S("new"),           [MODEL_DIFF_GONE] = S("gone"),
};
static const str step_words[] = {
    [MODEL_DIFF_NOTHING] = S("nothing"),
    [MODEL_DIFF_PATCH] = S("a patch"),
    [MODEL_DIFF_MINOR] = S("a minor version"),
    [MODEL_DIFF_MAJOR] = S("a major version"),
};

/* ---- the head ---- */

static str counts_text(struct arena *a, const struct model_diff *d)
{
	return out_print(a, "%d same, %d reworded, %d adjusted, %d changed meaning, %d new, %d gone",
			 d->counts[MODEL_DIFF_SAME], d->counts[MODEL_DIFF_REWORDED], d->counts[MODEL_DIFF_ADJUSTED],
			 d->counts[MODEL_DIFF_MEANING], d->counts[MODEL_DIFF_NEW], d->counts[MODEL_DIFF_GONE]);
}

static str carry_text(struct arena *a, const struct model_diff *d)
{
	int yes = d->carries[MODEL_DIFF_CARRIES], judge = d->carries[MODEL_DIFF_JUDGE];
	int wrong = d->carries[MODEL_DIFF_WRONG];
	if (!d->same_line)
		return out_print(a, "of %.*s do not count for %.*s; those of %d objectives would mean the same",
				 STR_ARG(d->from->line), STR_ARG(d->to->line), yes);
	return out_print(a, "of %.*s are shared: they carry over for %d objectives%s%s", STR_ARG(d->to->line), yes,
			 judge ? out_print(a, ", %d to judge", judge).p : "",
			 wrong ? out_print(a, ", %d would be wrong", wrong).p : "");
}

static void show_head(struct cli *cli, const struct model_diff *d)
{
	struct out *o = cli->out;
	struct arena *a = cli->arena;
	out_heading(o, out_print(a, "%.*s → %.*s", STR_ARG(d->from->name), STR_ARG(d->to->name)));
	if (d->to->base.p)
		out_fact(o, "overlay", FACT_COLUMNS,
			 out_print(a, "of %.*s: %.*s", STR_ARG(d->to->base), STR_ARG(cmd_model_overlay(a, d->to))));
	out_fact(o, "objectives", FACT_COLUMNS, counts_text(a, d));
	out_fact(o, "measures", FACT_COLUMNS, carry_text(a, d));
	if (d->same_id)
		out_fact(o, "version", FACT_COLUMNS,
			 out_print(a, "the number says %.*s; the change is %.*s", STR_ARG(step_words[d->said]),
				   STR_ARG(step_words[d->needed])));
	for (size_t i = 0; i < d->n_warnings; i++)
		out_fact(o, "warning", FACT_COLUMNS, d->warnings[i]);
}

/* ---- what differs ---- */

static bool is_short(str text)
{
	return out_width(text) <= SHORT && str_find(text, S("\n")) < 0;
}

static void show_field(struct cli *cli, const struct model_diff_field *f)
{
	struct arena *a = cli->arena;
	str what = out_print(a, "%.*s: ", STR_ARG(f->key));
	if (!is_short(f->from) || !is_short(f->to))
		what = out_print(a, "%.*s%s", STR_ARG(what),
				 !f->from.n ? "now there"
				 : !f->to.n ? "no longer there"
					    : "changed");
	else
		what = out_print(a, "%.*s%.*s → %.*s", STR_ARG(what), STR_ARG(f->from.n ? f->from : S("none")),
				 STR_ARG(f->to.n ? f->to : S("none")));
	out_wrap(cli->out, what, (struct out_paragraph){.indent = 4, .hang = 2});
}

static enum out_style class_style(enum model_diff_class class)
{
	static const enum out_style styles[MODEL_DIFF_CLASSES] = {
	    [MODEL_DIFF_SAME] = OUT_DIM,        [MODEL_DIFF_REWORDED] = OUT_DIM, [MODEL_DIFF_ADJUSTED] = OUT_OPEN,
	    [MODEL_DIFF_MEANING] = OUT_NOT_MET, [MODEL_DIFF_NEW] = OUT_MET,      [MODEL_DIFF_GONE] = OUT_NOT_MET,
	};
	return styles[class];
}

static void show_carry(struct cli *cli, const struct model_diff_entry *e)
{
	static const char *const words[] = {[MODEL_DIFF_CARRIES] = "measures carry over",
					    [MODEL_DIFF_JUDGE] = "measures carry over",
					    [MODEL_DIFF_WRONG] = "measures do not carry over",
					    [MODEL_DIFF_NONE] = "measures"};
	out_wrap(cli->out, out_print(cli->arena, "%s: %.*s", words[e->carries], STR_ARG(e->why)),
		 (struct out_paragraph){.indent = 4, .hang = 2, .style = OUT_DIM});
}

static void show_entry(struct cli *cli, const struct model_diff *d, const struct model_diff_entry *e, bool objective)
{
	struct out *o = cli->out;
	out_raw(o, "  ");
	out_styled(o, OUT_BOLD, e->id);
	out_raw(o, "  ");
	out_styled(o, class_style(e->class), class_words[e->class]);
	out_raw(o, "  ");
	int at = 6 + out_width(e->id) + out_width(class_words[e->class]);
	out_wrap(o, e->title, (struct out_paragraph){.at = at, .hang = 4});
	str overlaid = cmd_model_overlaid(cli->arena, d->to, e->overlaid);
	for (size_t i = 0; i < e->n_fields; i++) {
		bool said = overlaid.n && str_eq(e->fields[i].key, S("approval")) && !e->fields[i].from.n;
		if (!said)
			show_field(cli, &e->fields[i]);
	}
	if (overlaid.n && e->overlaid->act != MODEL_ADDED)
		out_wrap(o, overlaid, (struct out_paragraph){.indent = 4, .hang = 2});
	if (objective)
		show_carry(cli, e);
}

/* The gravest first. */
static void show_entries(struct cli *cli, const struct model_diff *d, bool objectives)
{
	static const enum model_diff_class order[] = {MODEL_DIFF_MEANING, MODEL_DIFF_GONE, MODEL_DIFF_NEW,
						      MODEL_DIFF_ADJUSTED, MODEL_DIFF_REWORDED};
	const struct model_diff_entry *list = objectives ? d->objectives : d->categories;
	size_t n = objectives ? d->n_objectives : d->n_categories;
	bool any = false;
	for (size_t k = 0; k < sizeof order / sizeof order[0]; k++)
		for (size_t i = 0; i < n; i++) {
			if (list[i].class != order[k])
				continue;
			if (!any) {
				out_line(cli->out);
				out_heading(cli->out, objectives ? S("Objectives") : S("Categories"));
			}
			any = true;
			show_entry(cli, d, &list[i], objectives);
			out_drain(cli->out);
		}
}

void cmd_model_show_diff(struct cli *cli, const struct model_diff *d)
{
	show_head(cli, d);
	if (d->n_head) {
		out_line(cli->out);
		out_heading(cli->out, S("Head"));
		for (size_t i = 0; i < d->n_head; i++)
			show_field(cli, &d->head[i]);
	}
	show_entries(cli, d, false);
	show_entries(cli, d, true);
}

enum status cmd_model_diff(struct cli *cli, struct err *err)
{
	struct model_diff d;
	str from = options_argument(&cli->options, 0), to = options_argument(&cli->options, 1);
	const char *base = NULL;
	TRY(cmd_model_base(cli, &base, err));
	TRY(cmd_model_store(cli, app_model_is_stored(from) || app_model_is_stored(to), err));
	TRY(app_model_diff(&cli->app, from, to, base, &d, err));
	if (cli->json)
		export_json_model_diff(out_export(cli->out), &d);
	else
		cmd_model_show_diff(cli, &d);
	if (d.differ && options_given(&cli->options, S("exit-code")))
		cli->exit = CLI_BELOW;
	return OK;
}
