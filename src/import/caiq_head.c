#include <stdio.h>

#include "import/caiq.h"

static bool has_fold(str text, str word)
{
	for (size_t i = 0; i + word.n <= text.n; i++)
		if (str_eq_fold(str_slice(text, i, i + word.n), word))
			return true;
	return false;
}

static bool ends_fold(str text, str word)
{
	return text.n >= word.n && str_eq_fold(str_slice(text, text.n - word.n, text.n), word);
}

/* "Service Customer Responsibilities (Optional/Recommended)" without what is in brackets. */
static str bare(str name)
{
	ptrdiff_t bracket = str_find(name, S("("));
	return str_trim(bracket > 0 ? str_slice(name, 0, (size_t)bracket) : name);
}

static const struct {
	str name;
	enum import_caiq_column column;
} names[] = {
    {S("question id"), IMPORT_CAIQ_QUESTION},    {S("answer"), IMPORT_CAIQ_ANSWER},
    {S("ownership"), IMPORT_CAIQ_OWNERSHIP},     {S("ssrm control ownership"), IMPORT_CAIQ_OWNERSHIP},
    {S("description"), IMPORT_CAIQ_DESCRIPTION}, {S("comment"), IMPORT_CAIQ_DESCRIPTION},
    {S("comments"), IMPORT_CAIQ_DESCRIPTION},    {S("control id"), IMPORT_CAIQ_CONTROL},
    {S("aicm control id"), IMPORT_CAIQ_CONTROL}, {S("ccm control id"), IMPORT_CAIQ_CONTROL},
    {S("framework"), IMPORT_CAIQ_FRAMEWORK},     {S("questionnaire"), IMPORT_CAIQ_FRAMEWORK},
    {S("version"), IMPORT_CAIQ_VERSION},         {S("respondent"), IMPORT_CAIQ_RESPONDENT},
    {S("provider"), IMPORT_CAIQ_PROVIDER},       {S("provider id"), IMPORT_CAIQ_PROVIDER},
    {S("vendor"), IMPORT_CAIQ_PROVIDER},         {S("evidence"), IMPORT_CAIQ_EVIDENCE},
    {S("answered at"), IMPORT_CAIQ_ANSWERED_AT}, {S("answered by"), IMPORT_CAIQ_ANSWERED_BY},
    {S("reviewer"), IMPORT_CAIQ_REVIEWER},       {S("reviewer id"), IMPORT_CAIQ_REVIEWER},
    {S("reviewed at"), IMPORT_CAIQ_REVIEWED_AT},
};

/* -1: not read. */
static int column_of(str header)
{
	str name = bare(header);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (import_same_word(name, names[i].name))
			return (int)names[i].column;
	/* "Service Provider AI-CAIQ Answer", "CSP CAIQ Answer"; "CSP Implementation Description" */
	if (ends_fold(name, S("caiq answer")))
		return IMPORT_CAIQ_ANSWER;
	return ends_fold(name, S("implementation description")) ? IMPORT_CAIQ_DESCRIPTION : -1;
}

static bool has_column(const struct import_caiq_line *line, enum import_caiq_column column)
{
	for (size_t i = 0; i < line->n; i++)
		if (column_of(line->cells[i].text) == (int)column)
			return true;
	return false;
}

bool import_caiq_asks(const struct import_caiq_line *line)
{
	return has_column(line, IMPORT_CAIQ_QUESTION) && !has_column(line, IMPORT_CAIQ_ANSWER);
}

/* The columns say whose questionnaire it is. */
static void take_framework(struct import_caiq_head *head, str header)
{
	if (has_fold(header, S("ai-caiq")) || has_fold(header, S("aicm")))
		head->framework = S("ai-caiq");
	else if (!head->framework.n && (has_fold(header, S("caiq")) || has_fold(header, S("ccm"))))
		head->framework = S("caiq");
}

enum status import_caiq_header(const struct import_caiq_line *line, struct import_caiq_head *head, bool *found,
			       struct err *err)
{
	*found = has_column(line, IMPORT_CAIQ_QUESTION) && has_column(line, IMPORT_CAIQ_ANSWER);
	if (!*found)
		return OK;
	for (int i = 0; i < IMPORT_CAIQ_COLUMNS; i++)
		head->at[i] = -1;
	for (size_t i = 0; i < line->n; i++) {
		int column = column_of(line->cells[i].text);
		take_framework(head, line->cells[i].text);
		if (column < 0)
			continue;
		if (head->at[column] >= 0) {
			err_set(err, E_INVALID, "the columns %d and %zu mean the same", head->at[column] + 1, i + 1);
			err_hint(err, "remove one of them");
			return E_INVALID;
		}
		head->at[column] = (int)i;
	}
	return OK;
}

/* "1.1.0" at the beginning of the text, behind a v and blanks. */
static str version_at(str text)
{
	size_t n = 0;
	text = str_trim(text);
	if (text.n && (text.p[0] == 'v' || text.p[0] == 'V'))
		text = str_slice(text, 1, text.n);
	while (n < text.n && ((text.p[n] >= '0' && text.p[n] <= '9') || (n && text.p[n] == '.')))
		n++;
	while (n && text.p[n - 1] == '.')
		n--;
	return str_slice(text, 0, n);
}

/* "AI-CAIQv1.1.0", or CSA's stamp {"specification_name":"AI-CAIQ","specification_version":"1.1.0"}. */
enum status import_caiq_stamp(str text, struct arena *a, struct import_caiq_head *head, struct err *err)
{
	static const str mark = S("\"specification_version\":\"");
	ptrdiff_t json = str_find(text, mark);
	str version = {NULL, 0};
	if (!has_fold(text, S("caiq")))
		return OK;
	if (!head->framework.n)
		head->framework = has_fold(text, S("ai-caiq")) ? S("ai-caiq") : S("caiq");
	for (size_t i = 0; json < 0 && !version.n && i + 4 <= text.n; i++)
		if (str_eq_fold(str_slice(text, i, i + 4), S("caiq")))
			version = version_at(str_slice(text, i + 4, text.n));
	if (json >= 0)
		version = version_at(str_slice(text, (size_t)json + mark.n, text.n));
	if (head->version.n || !version.n)
		return OK;
	head->version = str_copy(a, version);
	return head->version.p ? OK : err_full(err);
}
