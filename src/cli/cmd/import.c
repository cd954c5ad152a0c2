#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "cli/json_view.h"

enum { FACT_COLUMNS = 10 };

static void show_texts(struct cli *cli, const char *what, const str *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out_fact(cli->out, what, FACT_COLUMNS, texts[i]);
}

static str facts_text(struct cli *cli, const struct view_receipt *v)
{
	struct buf b = BUF(65536);
	for (size_t i = 0; i < v->n_kinds; i++)
		buf_printf(&b, "%s%" PRId64 " %.*s", i ? ", " : "", v->kinds[i].rows,
			   STR_ARG(evidence_kinds[v->kinds[i].kind].name));
	str text = str_copy(cli->arena, buf_str(&b));
	buf_release(&b);
	return text;
}

static void show_receipt(struct cli *cli, const struct view_receipt *v)
{
	struct arena *a = cli->arena;
	out_heading(cli->out, out_print(a, "%.*s  %.*s", STR_ARG(v->file), STR_ARG(v->format)));
	out_fact(cli->out, "records", FACT_COLUMNS,
		 out_print(a,
			   "%" PRId64 " read: %" PRId64 " new, %" PRId64 " changed, %" PRId64 " unchanged, %" PRId64
			   " gone",
			   v->read, v->added, v->changed, v->unchanged, v->gone));
	out_fact(cli->out, "feed", FACT_COLUMNS,
		 out_print(a, "%.*s at %.*s, observed %.*s", STR_ARG(v->feed), STR_ARG(v->unit),
			   STR_ARG(out_time(a, v->observed_ms))));
	if (v->n_kinds)
		out_fact(cli->out, "holds now", FACT_COLUMNS, facts_text(cli, v));
	out_fact(cli->out, "sha256", FACT_COLUMNS, v->sha256);
	show_texts(cli, "warning", v->warnings, v->n_warnings);
	show_texts(cli, "unresolved", v->unresolved, v->n_unresolved);
}

static void show_measures(struct cli *cli, const struct view_measures_import *v)
{
	struct arena *a = cli->arena;
	out_heading(cli->out, out_print(a, "%.*s  measures", STR_ARG(v->file)));
	out_fact(
	    cli->out, "records", FACT_COLUMNS,
	    out_print(a, "%" PRId64 " read: %" PRId64 " new, %" PRId64 " unchanged", v->read, v->added, v->unchanged));
	out_fact(cli->out, "sha256", FACT_COLUMNS, v->sha256);
	show_texts(cli, "warning", v->warnings, v->n_warnings);
}

static enum status import_measures(struct cli *cli, struct err *err)
{
	static const str foreign[] = {S("feed"), S("unit"), S("observed"), S("covers"), S("replace")};
	const struct options *o = &cli->options;
	for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
		if (options_given(o, foreign[i]))
			return cli_usage(cli, err, "--%.*s does not go with --format measures: each row says it itself",
					 STR_ARG(foreign[i]));
	struct view_measures_import *views = arena_new(cli->arena, struct view_measures_import, o->n_arguments);
	if (!views)
		return err_full(err);
	TRY(app_measure_import(&cli->app, o->arguments, o->n_arguments, views, err));
	for (size_t i = 0; i < o->n_arguments; i++) {
		if (cli->json)
			json_import_measures(cli->out, &views[i]);
		else
			show_measures(cli, &views[i]);
	}
	return OK;
}

/* A feed whose files are refused is failing, whoever asks later; that this cannot be noted is no news beside the error.
 */
static void note_refusal(struct cli *cli, str feed, enum status status, const struct err *why)
{
	const struct options *o = &cli->options;
	struct err ignored;
	bool known;
	str file = o->n_arguments == 1 ? o->arguments[0] : S("one of several files");
	if (cli_exit_code(status) == CLI_INPUT && !cli->usage)
		(void)!app_feed_fail(&cli->app, feed, file, why, &known, &ignored);
}

enum status cmd_import(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct app_import options = {
	    .format = options_text(o, S("format")),
	    .feed = options_text(o, S("feed")),
	    .unit = cli_unit(cli),
	    .observed = options_time(o, S("observed")),
	    .replace = options_given(o, S("replace")),
	};
	if (str_eq(options.format, S("measures")))
		return import_measures(cli, err);
	enum status status = options_list(o, S("covers"), cli->arena, &options.covers, &options.n_covers, err);
	cli->usage = status == E_INVALID;
	TRY(status);
	struct view_receipt *receipts = arena_new(cli->arena, struct view_receipt, o->n_arguments);
	if (!receipts)
		return err_full(err);
	status = app_import(&cli->app, &options, o->arguments, o->n_arguments, receipts, err);
	if (status != OK && options.feed.n)
		note_refusal(cli, options.feed, status, err);
	TRY(status);
	for (size_t i = 0; i < o->n_arguments; i++) {
		if (cli->json)
			json_import_receipt(cli->out, &receipts[i]);
		else
			show_receipt(cli, &receipts[i]);
	}
	return OK;
}
