#include "core/evidence.h"

/* What exports are called whose rows are a part of a kind: approvals of AI systems, attestations of people. */
static const struct {
	str word;
	enum evidence_kind_id kind;
} other_words[] = {
    {S("approval"), EVIDENCE_AI_SYSTEM},
    {S("attestation"), EVIDENCE_PERSON},
    {S("waiver"), EVIDENCE_EXCEPTION},
    {S("tabletop"), EVIDENCE_EXERCISE},
};

static char word_byte(char c)
{
	if (c == '-' || c == ' ' || c == '.' || c == '/')
		return '_';
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool same_word(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (word_byte(a.p[i]) != word_byte(b.p[i]))
			return false;
	return true;
}

/* The word or its plural. */
static bool one_or_many(str given, str word)
{
	bool plural = given.n == word.n + 1 && (given.p[word.n] == 's' || given.p[word.n] == 'S');
	return same_word(plural ? str_slice(given, 0, word.n) : given, word);
}

int evidence_kind_named(str word)
{
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (one_or_many(word, evidence_kinds[k].name) || same_word(word, evidence_kinds[k].title))
			return k;
	for (size_t i = 0; i < sizeof other_words / sizeof *other_words; i++)
		if (one_or_many(word, other_words[i].word))
			return (int)other_words[i].kind;
	return -1;
}

const str *evidence_column_words(const struct evidence_column *column, size_t *n)
{
	static const struct {
		str column;
		size_t n;
		str words[5];
	} ordered[] = {
	    {S("tier"), 3, {S("high"), S("medium"), S("low")}},
	    {S("severity"), 5, {S("critical"), S("high"), S("medium"), S("low"), S("info")}},
	    {S("data_class"), 4, {S("restricted"), S("confidential"), S("internal"), S("public")}},
	    {S("stage"), 5, {S("idea"), S("pilot"), S("production"), S("retired"), S("discovered")}},
	};
	for (size_t i = 0; i < sizeof ordered / sizeof ordered[0]; i++)
		if (str_eq(column->name, ordered[i].column)) {
			*n = ordered[i].n;
			return ordered[i].words;
		}
	*n = 0;
	return NULL;
}
