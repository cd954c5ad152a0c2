#include "cli/cmd/cmd.h"

#include <inttypes.h>

#include "base/limits.h"
#include "export/json.h"

#define NOTHING_STORED "  (nothing was stored)"
enum { FACT_COLUMNS = 10, CELL_COLUMNS = 24 };

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

static str cell_text(struct arena *a, const struct view_cell *cell)
{
	switch (cell->type) {
	case EVIDENCE_TEXT:
		return cell->text;
	case EVIDENCE_BOOL:
		return cell->i64 ? S("true") : S("false");
	case EVIDENCE_TIME:
		return out_time(a, cell->i64);
	case EVIDENCE_INT:
		break;
	}
	return out_print(a, "%" PRId64, cell->i64);
}

static void show_rows(struct cli *cli, const struct view_row *rows, size_t n)
{
	struct arena *a = cli->arena;
	for (size_t i = 0; i < n; i++) {
		out_raw(cli->out, "\n");
		out_heading(cli->out, out_print(a, "%.*s  %.*s", STR_ARG(rows[i].kind), STR_ARG(rows[i].id)));
		out_fact(cli->out, "unit", CELL_COLUMNS, rows[i].unit);
		for (size_t c = 0; c < rows[i].n_cells; c++)
			out_fact(cli->out, rows[i].cells[c].column.p, CELL_COLUMNS, cell_text(a, &rows[i].cells[c]));
	}
}

static void show_skipped(struct cli *cli, const struct view_receipt *v)
{
	struct arena *a = cli->arena;
	if (v->may_skip)
		out_fact(cli->out, "skipped", FACT_COLUMNS,
			 out_print(a, "%zu, at most %" PRId64, v->n_skipped, v->may_skip));
	for (size_t i = 0; i < v->n_skipped; i++)
		out_fact(cli->out, "", FACT_COLUMNS,
			 out_print(a, "record %" PRId64 ", %.*s: %.*s", v->skipped[i].record,
				   STR_ARG(v->skipped[i].where), STR_ARG(v->skipped[i].reason)));
}

static void show_receipt(struct cli *cli, const struct view_receipt *v)
{
	struct arena *a = cli->arena;
	out_heading(cli->out, out_print(a, "%.*s  %.*s%s", STR_ARG(v->file), STR_ARG(v->format),
					v->dry_run ? NOTHING_STORED : ""));
	out_fact(cli->out, "records", FACT_COLUMNS,
		 out_print(a,
			   "%" PRId64 " read: %" PRId64 " new, %" PRId64 " changed, %" PRId64 " unchanged, %" PRId64
			   " gone",
			   v->read, v->added, v->changed, v->unchanged, v->gone));
	out_fact(cli->out, "feed", FACT_COLUMNS,
		 out_print(a, "%.*s at %.*s, observed %.*s", STR_ARG(v->feed), STR_ARG(v->unit),
			   STR_ARG(out_time(a, v->observed_ms))));
	if (v->n_kinds)
		out_fact(cli->out, v->dry_run ? "would hold" : "holds now", FACT_COLUMNS, facts_text(cli, v));
	out_fact(cli->out, "sha256", FACT_COLUMNS, v->sha256);
	if (v->map.p)
		out_fact(cli->out, "map", FACT_COLUMNS,
			 out_print(a, "%.*s, sha256 %.*s", STR_ARG(v->map), STR_ARG(v->map_sha256)));
	show_skipped(cli, v);
	show_texts(cli, "warning", v->warnings, v->n_warnings);
	show_texts(cli, "unresolved", v->unresolved, v->n_unresolved);
	show_rows(cli, v->rows, v->n_rows);
}

static void show_measures(struct cli *cli, const struct view_measures_import *v)
{
	struct arena *a = cli->arena;
	out_heading(cli->out, out_print(a, "%.*s  measures%s", STR_ARG(v->file), v->dry_run ? NOTHING_STORED : ""));
	out_fact(
	    cli->out, "records", FACT_COLUMNS,
	    out_print(a, "%" PRId64 " read: %" PRId64 " new, %" PRId64 " unchanged", v->read, v->added, v->unchanged));
	out_fact(cli->out, "sha256", FACT_COLUMNS, v->sha256);
	show_texts(cli, "warning", v->warnings, v->n_warnings);
	show_rows(cli, v->rows, v->n_rows);
}

static enum status import_measures(struct cli *cli, struct err *err)
{
	static const struct {
		str name;
		const char *why;
	} foreign[] = {
	    {S("feed"), "each row says it itself"},     {S("unit"), "each row says it itself"},
	    {S("observed"), "each row says it itself"}, {S("covers"), "each row says it itself"},
	    {S("replace"), "each row says it itself"},  {S("map"), "they have columns of their own"},
	    {S("skip-bad"), "they are taken whole"},
	};
	const struct options *o = &cli->options;
	for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
		if (options_given(o, foreign[i].name))
			return cli_usage(cli, err, "--%.*s does not go with --format measures: %s",
					 STR_ARG(foreign[i].name), foreign[i].why);
	struct view_measures_import *views = arena_new(cli->arena, struct view_measures_import, o->n_arguments);
	if (!views)
		return err_full(err);
	TRY(app_measure_import(&cli->app, options_given(o, S("dry-run")), o->arguments, o->n_arguments, views, err));
	for (size_t i = 0; i < o->n_arguments; i++) {
		if (cli->json)
			export_json_import_measures(out_export(cli->out), &views[i]);
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
	    .map = options_text(o, S("map")),
	    .skip_bad = options_count(o, S("skip-bad"), 0),
	    .dry_run = options_given(o, S("dry-run")),
	};
	if (options.skip_bad > LIMIT_SKIPPED)
		return cli_usage(cli, err, "--skip-bad takes a number up to %d: a file with more needs another look",
				 LIMIT_SKIPPED);
	if (str_eq(options.format, S("measures")))
		return import_measures(cli, err);
	enum status status = options_list(o, S("covers"), cli->arena, &options.covers, &options.n_covers, err);
	cli->usage = status == E_INVALID;
	TRY(status);
	struct view_receipt *receipts = arena_new(cli->arena, struct view_receipt, o->n_arguments);
	if (!receipts)
		return err_full(err);
	status = app_import(&cli->app, &options, o->arguments, o->n_arguments, receipts, err);
	if (status != OK && options.feed.n && !options.dry_run)
		note_refusal(cli, options.feed, status, err);
	TRY(status);
	for (size_t i = 0; i < o->n_arguments; i++) {
		if (cli->json)
			export_json_import_receipt(out_export(cli->out), &receipts[i]);
		else
			show_receipt(cli, &receipts[i]);
	}
	return OK;
}
