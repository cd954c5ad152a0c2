#include "import/caiq.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/limits.h"

/* A header stands below a title at most. */
enum { HEADER_BY_ROW = 10 };

/* Sets err's where to cell i of the current row. */
static enum status place(const struct import_caiq *c, size_t i, struct err *err)
{
	if (!c->is_workbook)
		return csv_at(&c->csv, i, err);
	err_at(err, c->in->from->name, c->line.line, (int64_t)i + 1);
	err_detail(err, "in row %" PRId64 " of the sheet \"%.*s\"", c->line.line, STR_ARG(c->sheet));
	return E_INVALID;
}

enum status import_caiq_refuse(const struct import_caiq *c, enum import_caiq_column column, const char *what,
			       const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "%s", what);
	err_hint(err, "%s", hint);
	return place(c, c->head.at[column] >= 0 ? (size_t)c->head.at[column] : 0, err);
}

/* ---- rows, of either form ---- */

static enum status next_of_csv(struct import_caiq *c, bool *more, struct err *err)
{
	TRY(csv_next(&c->csv, more, err));
	size_t n = *more ? c->csv.n_columns : 0;
	for (size_t i = 0; i < n; i++)
		c->csv_cells[i] =
		    (struct xlsx_cell){c->csv.cells[i].n ? XLSX_TEXT : XLSX_EMPTY, str_trim(c->csv.cells[i])};
	c->line = (struct import_caiq_line){c->csv_cells, n, c->csv.line};
	return OK;
}

static enum status next_line(struct import_caiq *c, bool *more, struct err *err)
{
	if (!c->is_workbook)
		return next_of_csv(c, more, err);
	TRY(xlsx_next(&c->rows, more, err));
	c->line = (struct import_caiq_line){c->rows.cells, *more ? c->rows.n : 0, c->rows.row};
	return OK;
}

/* Reads to the header; what stands above it may name the questionnaire. asks: there were questions without answers. */
static enum status find_header(struct import_caiq *c, bool *found, bool *asks, struct err *err)
{
	bool more = true;
	*found = false;
	for (int row = 0; row < HEADER_BY_ROW; row++) {
		TRY(next_line(c, &more, err));
		if (!more)
			return OK;
		if (import_caiq_header(&c->line, &c->head, found, err) != OK)
			return place(c, 0, err);
		*asks = *asks || import_caiq_asks(&c->line);
		if (*found)
			return OK;
		for (size_t i = 0; i < c->line.n; i++)
			TRY(import_caiq_stamp(c->line.cells[i].text, c->in->arena, &c->head, err));
	}
	return OK;
}

static enum status read_lines(struct import_caiq *c, struct err *err)
{
	for (bool more;;) {
		TRY(next_line(c, &more, err));
		if (!more)
			return OK;
		enum status status = import_caiq_row(c, err);
		arena_release(&c->scratch);
		TRY(status);
	}
}

/* ---- CSV ---- */

static enum status read_csv(struct import_caiq *c, struct err *err)
{
	bool found, asks = false;
	c->csv_cells = arena_new(c->in->arena, struct xlsx_cell, LIMIT_CSV_COLUMNS);
	if (!c->csv_cells)
		return err_full(err);
	TRY(csv_open_plain(&c->csv, c->in->from, c->in->arena, err));
	TRY(find_header(c, &found, &asks, err));
	if (found)
		return read_lines(c, err);
	err_set(err, E_INVALID,
		asks ? "the file asks questions, but has no column of answers"
		     : "columns Question ID and answer expected");
	err_at(err, c->in->from->name, 1, 0);
	err_hint(err, "the header stands in one of the first %d lines", HEADER_BY_ROW);
	return E_INVALID;
}

/* ---- workbooks ---- */

/* What was found instead. */
static enum status refuse_workbook(const struct import_caiq *c, bool asks, struct err *err)
{
	char names[200], shown[IMPORT_WALK_SHOW];
	size_t at = 0;
	names[0] = '\0';
	for (size_t i = 0; i < c->workbook.n_sheets && at < sizeof names; i++) {
		int n = snprintf(names + at, sizeof names - at, "%s%s", i ? ", " : "",
				 import_walk_show(c->workbook.sheets[i].name, shown));
		at += n > 0 ? (size_t)n : 0;
	}
	err_set(err, E_INVALID,
		asks ? "a workbook with questions, but without a column of answers"
		     : "a workbook that is no answered questionnaire");
	err_at(err, c->in->from->name, 0, 0);
	err_detail(err, "its sheets are %s", names);
	err_hint(err, "of workbooks the AI-CAIQ and CAIQ questionnaires are read; other sheets save as CSV UTF-8");
	return E_INVALID;
}

static enum status read_sheet(struct import_caiq *c, size_t i, bool *found, bool *asks, struct err *err)
{
	c->head = (struct import_caiq_head){.framework = {NULL, 0}};
	c->sheet = c->workbook.sheets[i].name;
	if (!c->workbook.sheets[i].part.n)
		return OK;
	TRY(import_caiq_stamp(c->sheet, c->in->arena, &c->head, err));
	TRY(xlsx_open_sheet(&c->rows, &c->workbook, i, err));
	TRY(find_header(c, found, asks, err));
	return *found ? read_lines(c, err) : OK;
}

static enum status read_workbook(struct import_caiq *c, struct err *err)
{
	bool found = false, asks = false;
	TRY(xlsx_open(&c->workbook, c->in->from, c->in->arena, err));
	for (size_t i = 0; i < c->workbook.n_sheets && !found; i++)
		TRY(read_sheet(c, i, &found, &asks, err));
	return found ? OK : refuse_workbook(c, asks, err);
}

/* ---- the file ---- */

static enum status warn(const struct import_caiq *c, struct err *err)
{
	const struct {
		const struct import_flaw *flaw;
		str message;
	} flaws[] = {
	    {&c->blank, S("a question is not answered")},
	    {&c->word, S("an answer is none of yes, no, NA and partly: it stays unknown")},
	    {&c->formula, S("an answer is a formula or an error and no word: it stays unknown")},
	    {&c->no_owner, S("a yes names no owner of the control: the answer stays unknown")},
	    {&c->no_reason, S("a \"not applicable\" gives no reason: the answer stays unknown")},
	    {&c->owner_word, S("an ownership is none of the form's: it stays unknown")},
	    {&c->no_respondent, S("whose control it is depends on the role of who answered, which the file does not "
				  "say: it stays unknown; "
				  "add a column respondent with CSP, MP, OSP, AP or AIC")},
	    {&c->no_zone, S("a time names no zone: taken as UTC")},
	};
	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++)
		TRY(import_flaw_warn(c->in, flaws[i].flaw, flaws[i].message, err));
	return OK;
}

/* Archives begin with the letters PK. */
static enum status peek(struct import_caiq *c, struct err *err)
{
	char first[2];
	size_t n = 0, got = 1;
	str text = c->in->from->text;
	while (n < sizeof first && got) {
		TRY(source_read(c->in->from, first + n, sizeof first - n, &got, err));
		n += got;
	}
	c->is_workbook = n == 2 && first[0] == 'P' && first[1] == 'K';
	return source_rewind(c->in->from, text, err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct import_caiq *c = arena_new(in->arena, struct import_caiq, 1);
	if (!c)
		return err_full(err);
	*c = (struct import_caiq){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .questions.arena = in->arena};
	TRY(peek(c, err));
	TRY(c->is_workbook ? read_workbook(c, err) : read_csv(c, err));
	TRY(import_caiq_provider(c, err));
	return warn(c, err);
}

bool import_caiq_is_workbook(str head)
{
	return str_starts(head, S("PK\x03\x04")) && str_find(head, S("xl/")) >= 0;
}

static bool has_header(struct import_caiq *c)
{
	bool found, asks = false;
	return csv_open_plain(&c->csv, c->in->from, c->in->arena, NULL) == OK &&
	       find_header(c, &found, &asks, NULL) == OK && found;
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_caiq_is_workbook(head))
		return 90;
	if (import_walk_shape(head) != IMPORT_WALK_OTHER)
		return 0;
	struct arena a = ARENA((size_t)8 << 20);
	struct source from = source_text(S("head"), head);
	struct import_input in = {.from = &from, .arena = &a};
	struct import_caiq c = {.in = &in, .csv_cells = arena_new(&a, struct xlsx_cell, LIMIT_CSV_COLUMNS)};
	int sure = c.csv_cells && has_header(&c) ? 95 : 0;
	arena_release(&a);
	return sure;
}

const struct import_format import_caiq = {
    .name = S("caiq"),
    .title = S("answered AI-CAIQ, CAIQ (Excel workbook or CSV) or another questionnaire (CSV)"),
    .kinds = EVIDENCE_BIT(EVIDENCE_CONTROL_ANSWER) | EVIDENCE_BIT(EVIDENCE_PROVIDER),
    .glimpses = EVIDENCE_BIT(EVIDENCE_PROVIDER),
    .always = EVIDENCE_BIT(EVIDENCE_CONTROL_ANSWER),
    .sniff = sniff,
    .read = read_file};
