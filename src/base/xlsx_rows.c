#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/xlsx_inside.h"

struct xlsx_state {
	struct xlsx *workbook;
	struct source from;
	struct xml_reader xml;
	bool in_data;
	int data_depth;
	struct buf text; /* of the current row's cells */
	struct xlsx_cell *cells;
	size_t at[LIMIT_XLSX_COLUMNS]; /* where a cell's text is in `text`, when it is there and not shared */
	bool own[LIMIT_XLSX_COLUMNS];
};

/* "AB12": column 27 (from 0) of row 12; false when it is no place. */
static bool read_place(str place, size_t *column, int64_t *row)
{
	size_t i = 0, n = 0;
	for (; i < place.n && i < 3 && place.p[i] >= 'A' && place.p[i] <= 'Z'; i++)
		n = n * 26 + (size_t)(place.p[i] - 'A') + 1;
	if (!n || i == place.n || place.p[i] == '+' || place.p[i] == '-' ||
	    !str_to_i64(str_slice(place, i, place.n), row))
		return false;
	*column = n - 1;
	return *row > 0;
}

/* ---- the value of a cell ---- */

struct raw {
	str type;
	char type_text[16];
	bool formula, has_value, inline_text;
	size_t from; /* of its text in the state's */
};

static enum status read_value(struct xlsx_state *s, struct raw *raw, struct err *err)
{
	str value;
	TRY(xml_content(&s->xml, &value, err));
	raw->has_value = true;
	buf_add(&s->text, value);
	return s->text.status == OK ? OK : err_set(err, s->text.status, "the row does not fit into memory");
}

static enum status read_parts(struct xlsx_state *s, struct raw *raw, struct err *err)
{
	int depth = s->xml.depth;
	for (bool more;;) {
		TRY(xml_child(&s->xml, depth, &more, err));
		if (!more)
			return OK;
		if (xml_is(&s->xml, S("v")) && !raw->has_value) {
			TRY(read_value(s, raw, err));
		} else if (xml_is(&s->xml, S("is")) && str_eq(raw->type, S("inlineStr"))) {
			raw->inline_text = true;
			TRY(xlsx_text_read(&s->xml, &s->text, err));
		} else {
			raw->formula = raw->formula || xml_is(&s->xml, S("f"));
			TRY(xml_skip(&s->xml, err));
		}
	}
}

static enum status shared(struct xlsx_state *s, const struct raw *raw, struct xlsx_cell *cell, struct err *err)
{
	int64_t i;
	str number = str_trim(str_slice(buf_str(&s->text), raw->from, buf_str(&s->text).n));
	if (!str_to_i64(number, &i) || i < 0 || (uint64_t)i >= s->workbook->n_strings)
		return xml_expected(&s->xml, "the number of a shared text", err);
	*cell = (struct xlsx_cell){XLSX_TEXT, s->workbook->strings[i]};
	s->text.n = raw->from;
	return OK;
}

/* Its kind; the text is taken when the row is whole, as the buffer may move. */
static enum status decide(struct xlsx_state *s, const struct raw *raw, size_t column, struct err *err)
{
	struct xlsx_cell *cell = &s->cells[column];
	str text = str_slice(buf_str(&s->text), raw->from, buf_str(&s->text).n);
	s->own[column] = true;
	s->at[column] = raw->from;
	if (!raw->has_value && !raw->inline_text) {
		cell->kind = raw->formula ? XLSX_UNKNOWN : XLSX_EMPTY;
	} else if (str_eq(raw->type, S("s"))) {
		s->own[column] = false;
		return shared(s, raw, cell, err);
	} else if (str_eq(raw->type, S("b"))) {
		bool yes = str_eq(str_trim(text), S("1")) || str_eq(str_trim(text), S("true"));
		s->own[column] = false;
		*cell = (struct xlsx_cell){XLSX_BOOL, yes ? S("TRUE") : S("FALSE")};
		s->text.n = raw->from;
	} else if (str_eq(raw->type, S("e"))) {
		cell->kind = XLSX_ERROR;
	} else if (!raw->type.n || str_eq(raw->type, S("n"))) {
		cell->kind = text.n ? XLSX_NUMBER : raw->formula ? XLSX_UNKNOWN : XLSX_EMPTY;
	} else if (str_eq(raw->type, S("str")) || str_eq(raw->type, S("inlineStr")) || str_eq(raw->type, S("d"))) {
		cell->kind = XLSX_TEXT;
	} else {
		return xml_expected(&s->xml, "a cell of a type of Office Open XML", err);
	}
	return OK;
}

/* ---- a row ---- */

static enum status find_column(struct xlsx_state *s, struct xlsx_rows *r, size_t *next, size_t *column, struct err *err)
{
	str place;
	int64_t row = r->row;
	*column = *next;
	if (xml_attribute(&s->xml, S("r"), &place) &&
	    (!read_place(place, column, &row) || row != r->row || *column < *next))
		return xml_expected(&s->xml, "the place of a cell of this row, behind the one before", err);
	*next = *column + 1;
	return OK;
}

static enum status read_cell(struct xlsx_state *s, struct xlsx_rows *r, size_t *next, struct err *err)
{
	struct raw raw = {.from = buf_str(&s->text).n};
	size_t column;
	str type;
	TRY(find_column(s, r, next, &column, err));
	if (xml_attribute(&s->xml, S("t"), &type)) {
		(void)snprintf(raw.type_text, sizeof raw.type_text, "%.*s", STR_ARG(type));
		raw.type = str_from(raw.type_text);
	}
	TRY(read_parts(s, &raw, err));
	if (column < LIMIT_XLSX_COLUMNS) {
		TRY(decide(s, &raw, column, err));
		if (s->cells[column].kind != XLSX_EMPTY)
			r->n = column + 1;
		return OK;
	}
	/* Cells far to the right that have a style alone. */
	if (!raw.has_value && !raw.inline_text && !raw.formula)
		return OK;
	err_set(err, E_TOO_LARGE, "the sheet has more than %d columns", LIMIT_XLSX_COLUMNS);
	err_at(err, s->from.name, s->xml.line, s->xml.column);
	return E_TOO_LARGE;
}

static void take_texts(struct xlsx_state *s, struct xlsx_rows *r)
{
	str text = buf_str(&s->text);
	size_t end = text.n;
	for (size_t i = r->n; i-- > 0;) {
		if (!s->own[i])
			continue;
		s->cells[i].text = str_slice(text, s->at[i], end);
		end = s->at[i];
	}
}

static enum status read_row(struct xlsx_state *s, struct xlsx_rows *r, struct err *err)
{
	str number;
	int64_t row = r->row + 1;
	int depth = s->xml.depth;
	size_t next = 0;
	if (xml_attribute(&s->xml, S("r"), &number) && (!str_to_i64(number, &row) || row <= r->row || row > 1048576))
		return xml_expected(&s->xml, "the number of a row, greater than the one before", err);
	r->row = row;
	memset(s->cells, 0, r->n * sizeof *s->cells);
	memset(s->own, 0, sizeof s->own);
	r->n = 0;
	buf_clear(&s->text);
	for (bool more;;) {
		TRY(xml_child(&s->xml, depth, &more, err));
		if (!more)
			break;
		if (xml_is(&s->xml, S("c")))
			TRY(read_cell(s, r, &next, err));
		else
			TRY(xml_skip(&s->xml, err));
	}
	take_texts(s, r);
	return OK;
}

/* ---- the sheet ---- */

static void release_text(void *payload)
{
	buf_release(payload);
}

enum status xlsx_open_sheet(struct xlsx_rows *r, struct xlsx *x, size_t i, struct err *err)
{
	struct xlsx_state *s = arena_new(x->a, struct xlsx_state, 1);
	if (!s || !(s->cells = arena_new(x->a, struct xlsx_cell, LIMIT_XLSX_COLUMNS)))
		return err_full(err);
	s->workbook = x;
	s->text = BUF(LIMIT_RECORD_BYTES);
	*r = (struct xlsx_rows){.state = s, .cells = s->cells};
	if (!arena_defer(x->a, release_text, &s->text))
		return err_full(err);
	TRY(xlsx_text_load(x, err));
	TRY(archive_read(x->archive, x->sheets[i].part, &s->from, err));
	TRY(xml_open(&s->xml, &s->from, x->a, err));
	TRY(xml_next(&s->xml, err));
	return xml_is(&s->xml, S("worksheet")) ? OK : xml_expected(&s->xml, "a sheet of a workbook", err);
}

/* To the rows, which stand in sheetData; *more = false when there are none. */
static enum status find_data(struct xlsx_state *s, bool *more, struct err *err)
{
	for (;;) {
		TRY(xml_child(&s->xml, 1, more, err));
		if (!*more)
			return OK;
		if (xml_is(&s->xml, S("sheetData"))) {
			s->in_data = true;
			s->data_depth = s->xml.depth;
			return OK;
		}
		TRY(xml_skip(&s->xml, err));
	}
}

/* What stands behind the rows is read to the end: a sheet that is cut there is cut. */
static enum status finish(struct xlsx_state *s, struct err *err)
{
	while (s->xml.event != XML_EOF)
		TRY(xml_next(&s->xml, err));
	return OK;
}

enum status xlsx_next(struct xlsx_rows *r, bool *more, struct err *err)
{
	struct xlsx_state *s = r->state;
	if (!s->in_data) {
		TRY(find_data(s, more, err));
		if (!*more)
			return finish(s, err);
	}
	for (;;) {
		TRY(xml_child(&s->xml, s->data_depth, more, err));
		if (!*more)
			return finish(s, err);
		if (xml_is(&s->xml, S("row")))
			return read_row(s, r, err);
		TRY(xml_skip(&s->xml, err));
	}
}
