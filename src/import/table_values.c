#include "import/table.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"

static enum status refuse(str cell, const char *what, const char *hint, struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	err_set(err, E_INVALID, "%s expected, found \"%s\"", what, import_walk_show(cell, shown));
	err_hint(err, "%s", hint);
	return E_INVALID;
}

bool import_table_is_placeholder(str cell)
{
	static const str words[] = {S("n/a"), S("na"), S("null"), S("none"), S("nil"), S("-"), S("--")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_fold(cell, words[i]))
			return true;
	return false;
}

static enum status read_bool(str cell, str column, struct evidence_value *out, struct err *err)
{
	static const str yes[] = {S("true"), S("yes"), S("y"), S("1"), S("t")};
	static const str no[] = {S("false"), S("no"), S("n"), S("0"), S("f")};
	for (size_t w = 0; w < sizeof yes / sizeof *yes; w++) {
		out->known = str_eq_fold(cell, yes[w]) || str_eq_fold(cell, no[w]);
		out->i64 = str_eq_fold(cell, yes[w]);
		if (out->known)
			return OK;
	}
	for (const struct import_table_truth *w = import_table_truths; w->column.n; w++) {
		if (!str_eq(column, w->column) || !import_same_word(cell, w->word))
			continue;
		*out = (struct evidence_value){.known = true, .i64 = w->value};
		return OK;
	}
	return refuse(cell, "true or false", "yes, no, 1 and 0 will do too; leave the cell empty when it is not known",
		      err);
}

static enum status read_int(str cell, struct evidence_value *out, struct err *err)
{
	int64_t v;
	if (!str_to_i64(cell, &v) || v < 0)
		return refuse(cell, "a whole number of 0 or more",
			      "digits only, without separators; leave the cell empty when it is not known", err);
	*out = (struct evidence_value){.known = true, .i64 = v};
	return OK;
}

static const char *time_hint(str cell)
{
	int64_t serial;
	if (memchr(cell.p, '/', cell.n) || memchr(cell.p, '.', cell.n))
		return "day and month cannot be told apart in other forms; write year-month-day";
	if (str_to_i64(cell, &serial))
		return "a bare number may be a spreadsheet's day count; format the column as YYYY-MM-DD before saving";
	return "leave the cell empty when it is not known";
}

enum status import_table_time(struct import_table_cells *t, str cell, int64_t *ms, bool *known, struct err *err)
{
	*known = !import_table_is_placeholder(cell);
	if (!*known) {
		import_flaw_note(&t->placeholder, t->line);
		return OK;
	}
	if (time_parse(cell, ms))
		return OK;
	return refuse(cell, "a date such as 2026-04-03, or a time such as 2026-04-03T10:00:00Z,", time_hint(cell), err);
}

/* Lower case, with _ for space and -. */
static enum status word_form(struct arena *scratch, str cell, bool is_word, str *out, struct err *err)
{
	char *p = arena_alloc(scratch, cell.n, 1);
	if (!p)
		return err_full(err);
	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + ('a' - 'A'));
		else if (is_word && (c == ' ' || c == '-'))
			c = '_';
		p[i] = c;
	}
	*out = (str){p, cell.n};
	return OK;
}

/* The word of the list that `cell` is, or is another word for; empty when there is none. */
static str find_word(str list, str cell)
{
	while (list.n) {
		str entry, word, others, other;
		str_cut(list, ' ', &entry, &list);
		str_cut(entry, '=', &word, &others);
		if (str_eq(cell, word))
			return word;
		while (others.n) {
			str_cut(others, ',', &other, &others);
			if (str_eq(cell, other))
				return word;
		}
	}
	return (str){NULL, 0};
}

static const struct import_table_words *words_of(const struct import_table_cells *t, int c)
{
	const struct import_table_words *w = import_table_words;
	while (w->column.n && (w->kind != (int)t->kind || !str_eq(w->column, evidence_kinds[t->kind].columns[c].name)))
		w++;
	return w->column.n ? w : NULL;
}

static enum status read_text(struct import_table_cells *t, str cell, int c, struct evidence_value *out, struct err *err)
{
	str name = evidence_kinds[t->kind].columns[c].name;
	const struct import_table_words *words = words_of(t, c);
	*out = (struct evidence_value){.known = true, .text = cell};
	if (str_eq(name, S("email")))
		return word_form(t->scratch, cell, false, &out->text, err);
	if (str_ends(name, S("_id")) && import_table_is_placeholder(cell)) {
		*out = (struct evidence_value){0};
		import_flaw_note(&t->placeholder, t->line);
	}
	if (!words)
		return OK;
	TRY(word_form(t->scratch, cell, true, &out->text, err));
	str word = find_word(words->words, out->text);
	if (word.n) {
		out->text = word;
		return OK;
	}
	if (t->words[c].flaw.count == 0)
		(void)import_walk_show(cell, t->words[c].first);
	import_flaw_note(&t->words[c].flaw, t->line);
	return OK;
}

enum status import_table_value(struct import_table_cells *t, str cell, int c, struct evidence_value *out,
			       struct err *err)
{
	const struct evidence_column *column = &evidence_kinds[t->kind].columns[c];
	if (column->type != EVIDENCE_TEXT && import_table_is_placeholder(cell)) {
		import_flaw_note(&t->placeholder, t->line);
		return OK;
	}
	switch (column->type) {
	case EVIDENCE_BOOL:
		return read_bool(cell, column->name, out, err);
	case EVIDENCE_INT:
		return read_int(cell, out, err);
	case EVIDENCE_TIME:
		return import_table_time(t, cell, &out->i64, &out->known, err);
	case EVIDENCE_TEXT:
		break;
	}
	return read_text(t, cell, c, out, err);
}

/* "a=b,c d" as "a, d". */
static void list_words(str words, char *out, size_t size)
{
	size_t at = 0;
	while (words.n && at < size) {
		str entry, word, others;
		str_cut(words, ' ', &entry, &words);
		str_cut(entry, '=', &word, &others);
		int n = snprintf(out + at, size - at, "%s%.*s", at ? ", " : "", STR_ARG(word));
		at += n < 0 ? 0 : (size_t)n;
	}
}

enum status import_table_values_warn(const struct import_table_cells *t, const struct import_input *in, struct err *err)
{
	TRY(import_flaw_warn(in, &t->placeholder, S("a placeholder such as N/A or - counts as not known"), err));
	for (int c = 0; c < evidence_kinds[t->kind].n_columns; c++) {
		char words[300], text[480];
		if (t->words[c].flaw.count == 0)
			continue;
		list_words(words_of(t, c)->words, words, sizeof words);
		int n = snprintf(text, sizeof text, "%.*s \"%s\" is none of %s: kept as it is, checks will not know it",
				 STR_ARG(evidence_kinds[t->kind].columns[c].name), t->words[c].first, words);
		TRY(import_flaw_warn(in, &t->words[c].flaw, (str){text, n < 0 ? 0 : (size_t)n}, err));
	}
	return OK;
}
