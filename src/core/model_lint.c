/* Warnings about the texts of one objective: missing, too long, vague. */
#include "core/model_read.h"

enum { TITLE_MAX = 60, KPI_MAX = 200, RATIONALE_MAX = 240, SENTENCES_MIN = 3, SENTENCES_MAX = 6 };

static const str vague[] = {S("appropriate"),   S("regularly"), S("as needed"),  S("as-needed"), S("robust"),
			    S("comprehensive"), S("adequate"),  S("sufficient"), S("timely"),    {0}};

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The word is at the start of the text, in any case; its space stands for any white space. */
static bool begins_with(str text, str word)
{
	for (size_t i = 0; i < word.n; i++) {
		str a = str_slice(text, i, i + 1), b = str_slice(word, i, i + 1);
		if (!str_eq_fold(a, b) && !(word.p[i] == ' ' && is_blank(text.p[i])))
			return false;
	}
	return true;
}

static bool has_word(str text, str word)
{
	for (size_t i = 0; i + word.n <= text.n; i++) {
		bool begins = i == 0 || !is_word(text.p[i - 1]);
		bool ends = i + word.n == text.n || !is_word(text.p[i + word.n]);
		if (begins && ends && begins_with(str_slice(text, i, text.n), word))
			return true;
	}
	return false;
}

static size_t code_points(str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

static bool closes(char c)
{
	return c == '"' || c == '\'' || c == ')' || c == ']' || c == '.' || c == '!' || c == '?';
}

/* A sentence ends at . ! ? before a space and something that is not a small letter ("e.g. this" does not end). */
static int sentences(str s)
{
	int n = 0;
	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '.' && s.p[i] != '!' && s.p[i] != '?')
			continue;
		while (i + 1 < s.n && closes(s.p[i + 1]))
			i++;
		size_t next = i + 1;
		while (next < s.n && is_blank(s.p[next]))
			next++;
		bool apart = next > i + 1 && next < s.n;
		n += apart && !(s.p[next] >= 'a' && s.p[next] <= 'z');
	}
	return s.n ? n + 1 : 0;
}

static void text_lint(struct model_reader *r, const struct yaml_node *map, str key, str text, size_t most)
{
	size_t n = code_points(str_trim(text));
	if (n > most)
		model_read_warning(r, yaml_get(map, key), "%.*s has %zu characters; at most %zu are easy to read",
				   STR_ARG(key), n, most);
}

static void vague_lint(struct model_reader *r, const struct yaml_node *map, str key, str text)
{
	for (const str *word = vague; word->n; word++)
		if (has_word(text, *word))
			model_read_warning(r, yaml_get(map, key), "%.*s says \"%.*s\", which nobody can falsify",
					   STR_ARG(key), STR_ARG(*word));
}

static void missing_lint(struct model_reader *r, const struct yaml_node *map, const struct model_objective *o)
{
	const struct {
		str key;
		bool there;
	} wanted[] = {
	    {S("population"), o->population.n > 0}, {S("condition"), o->condition.n > 0},
	    {S("rationale"), o->rationale.n > 0},   {S("guidance"), o->guidance.n > 0},
	    {S("evidence"), o->n_evidence > 0},     {S("effort"), !yaml_is_null(yaml_get(map, S("effort")))},
	    {S("owner"), o->owner.n > 0},
	};
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		if (!wanted[i].there)
			model_read_warning(r, map, "%.*s is missing", STR_ARG(wanted[i].key));
}

static void refs_lint(struct model_reader *r, const struct yaml_node *map, const struct model_objective *o)
{
	const struct yaml_node *refs = yaml_get(map, S("refs"));
	for (size_t i = 0; i < o->n_refs; i++)
		if (str_eq(o->refs[i].framework, S("csa-aicm")))
			return;
	model_read_warning(r, refs ? refs : map, "no reference to csa-aicm");
}

void model_lint_levels(struct model_reader *r, const struct yaml_node *at, const str texts[MODEL_LEVELS],
		       const char *what)
{
	char list[3 * MODEL_LEVELS + 1] = "";
	size_t n = 0;
	for (int l = 0; l < MODEL_LEVELS; l++) {
		if (texts[l].n)
			continue;
		if (n) {
			list[n++] = ',';
			list[n++] = ' ';
		}
		list[n++] = (char)('1' + l);
	}
	if (n)
		model_read_warning(r, at, "level%s %s: no %s", n > 1 ? "s" : "", list, what);
}

void model_lint_objective(struct model_reader *r, const struct yaml_node *node, const struct model_objective *o)
{
	text_lint(r, node, S("title"), o->title, TITLE_MAX);
	text_lint(r, node, S("kpi"), o->kpi, KPI_MAX);
	text_lint(r, node, S("rationale"), o->rationale, RATIONALE_MAX);
	vague_lint(r, node, S("title"), o->title);
	vague_lint(r, node, S("kpi"), o->kpi);
	vague_lint(r, node, S("population"), o->population);
	vague_lint(r, node, S("condition"), o->condition);
	int n = sentences(o->guidance);
	if (o->guidance.n && (n < SENTENCES_MIN || n > SENTENCES_MAX))
		model_read_warning(r, yaml_get(node, S("guidance")), "guidance has %d sentences; %d to %d are expected",
				   n, SENTENCES_MIN, SENTENCES_MAX);
	missing_lint(r, node, o);
	refs_lint(r, node, o);
}
