#include "cli/cmd/cmd.h"

#include "export/json.h"
#include "core/evidence.h"

static str type_words(enum evidence_type type)
{
	static const str words[] = {
	    [EVIDENCE_TEXT] = S("text"),
	    [EVIDENCE_INT] = S("count"),
	    [EVIDENCE_BOOL] = S("true or false"),
	    [EVIDENCE_TIME] = S("date or time"),
	};
	return words[type];
}

static enum status show_kinds(struct cli *cli, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Name")},
	    {.head = S("Evidence about"), .shrink = 12},
	    {.head = S("Rows are"), .drop = 2},
	    {.head = S("Columns"), .right = true, .drop = 1},
	};
	struct out_table t = out_table(cli->out, cli->arena, columns, 4);
	t.indent = 0;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		const struct evidence_kind *kind = &evidence_kinds[k];
		struct out_cell row[4] = {
		    {.text = kind->name, .style = OUT_BOLD},
		    {.text = kind->title},
		    {.text = kind->event ? S("events") : S("states"), .style = OUT_DIM},
		    {.text = out_print(cli->arena, "%d", kind->n_columns)},
		};
		out_table_row(&t, row);
	}
	return out_table_end(&t, err);
}

enum { NAME_COLUMNS = 24 };

static enum status show_column(struct cli *cli, str name, str type, str doc, struct err *err)
{
	const char *label = str_z(cli->arena, name);
	if (!label)
		return err_full(err);
	out_fact(cli->out, label, NAME_COLUMNS, out_print(cli->arena, "%.*s; %.*s", STR_ARG(type), STR_ARG(doc)));
	return OK;
}

/* id, unit, then the columns of the kind. */
static enum status show_columns(struct cli *cli, const struct evidence_kind *kind, struct err *err)
{
	TRY(show_column(cli, S("id"), S("text"), S("what tells one from another; needed, once for each unit"), err));
	TRY(show_column(cli, S("unit"), S("text"), S("the unit it belongs to; empty = that of the import"), err));
	for (int c = 0; c < kind->n_columns; c++)
		TRY(show_column(cli, kind->columns[c].name, type_words(kind->columns[c].type), kind->columns[c].doc,
				err));
	return OK;
}

static void show_head(struct cli *cli, const struct evidence_kind *kind)
{
	out_raw(cli->out, "id,unit");
	for (int c = 0; c < kind->n_columns; c++) {
		out_raw(cli->out, ",");
		out_text(cli->out, kind->columns[c].name);
	}
	out_line(cli->out);
}

static enum status as_json(struct cli *cli, int kind, struct err *err)
{
	size_t n = 0;
	while (app_import_format(n).n)
		n++;
	struct view_format *formats = arena_new(cli->arena, struct view_format, n);
	if (!formats)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		formats[i] = (struct view_format){app_import_format(i), app_import_kinds(i)};
	export_json_template(out_export(cli->out), kind, formats, n);
	return OK;
}

enum status cmd_template(struct cli *cli, struct err *err)
{
	str name = options_argument(&cli->options, 0);
	int k = name.n ? evidence_kind_named(name) : 0;
	if (k < 0) {
		err_set(err, E_INVALID, "there is no kind of evidence \"%.*s\"", STR_ARG(name));
		err_hint(err, "`aismm template` lists them");
		return E_INVALID;
	}
	if (cli->json)
		return as_json(cli, name.n ? k : -1, err);
	if (!name.n)
		return show_kinds(cli, err);
	if (options_given(&cli->options, S("columns")))
		return show_columns(cli, &evidence_kinds[k], err);
	show_head(cli, &evidence_kinds[k]);
	return OK;
}
