#include "db/sandbox_guard.h"

#include <stdlib.h>
#include <string.h>

/* Tokens of a statement, WITH tables put in place; a long check of today has 400. */
enum { WEIGHT_MAX = 100000, WITH_MAX = 40, NO_DEFINITION = -1 };

struct token {
	str text;     /* of a name, without its quotes; of anything else one byte */
	bool is_name; /* a word, or anything in quotes: SQLite takes 'x' for a name as well */
	int partner;  /* of a parenthesis; -1: none */
	int meaning;  /* the first definition of this name, when the token may stand for a WITH table */
};

/* name AS (body), also of a window: that does no harm. */
struct definition {
	int name, from, to; /* indexes of tokens; the body with its parentheses */
	int64_t weight;
};

struct scan {
	struct token *tokens;
	int n, cap;
	struct definition definitions[WITH_MAX];
	int n_definitions;
};

static bool is_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
}

static size_t comment_length(str s)
{
	str rest = str_slice(s, 2, s.n);
	ptrdiff_t end = -1;
	if (str_starts(s, S("--")))
		end = str_find(rest, S("\n"));
	else if (str_starts(s, S("/*")))
		end = str_find(rest, S("*/"));
	else
		return 0;
	return end < 0 ? s.n : (size_t)end + 2 + (s.p[0] == '-' ? 1 : 2);
}

/* Doubled quotes make two tokens of one name: the weight can only grow by that. */
static size_t quote_length(str s)
{
	char end = *s.p == '[' ? ']' : *s.p;
	if (!memchr("'\"`[", *s.p, 4))
		return 0;
	const char *found = memchr(s.p + 1, end, s.n - 1);
	return found ? (size_t)(found - s.p) + 1 : s.n;
}

static size_t word_length(str s)
{
	size_t n = 0;
	while (n < s.n && is_word((unsigned char)s.p[n]))
		n++;
	return n;
}

/* The next token of *rest; false at the end. */
static bool next_token(str *rest, struct token *out)
{
	while (rest->n) {
		bool blank = memchr(" \t\r\n\f", *rest->p, 5);
		size_t skip = blank ? 1 : comment_length(*rest);
		if (!skip)
			break;
		*rest = str_slice(*rest, skip, rest->n);
	}
	if (!rest->n)
		return false;
	size_t quoted = quote_length(*rest);
	size_t word = quoted ? 0 : word_length(*rest);
	size_t n = quoted ? quoted : word ? word : 1;
	*out = (struct token){.is_name = quoted || word, .partner = -1, .meaning = NO_DEFINITION};
	out->text = quoted ? str_slice(*rest, 1, quoted > 1 ? quoted - 1 : 1) : str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->n);
	return true;
}

static bool is(const struct scan *s, int i, str word)
{
	return i >= 0 && i < s->n && str_eq_fold(s->tokens[i].text, word);
}

static void pair_up(struct scan *s)
{
	int open = -1; /* the innermost; while open, partner holds the next outer one */
	for (int i = 0; i < s->n; i++) {
		if (s->tokens[i].is_name)
			continue;
		if (is(s, i, S("("))) {
			s->tokens[i].partner = open;
			open = i;
		} else if (is(s, i, S(")")) && open >= 0) {
			int outer = s->tokens[open].partner;
			s->tokens[open].partner = i;
			s->tokens[i].partner = open;
			open = outer;
		}
	}
	while (open >= 0) {
		int outer = s->tokens[open].partner;
		s->tokens[open].partner = s->n - 1;
		open = outer;
	}
}

/* name [(columns)] AS [NOT] [MATERIALIZED] ( */
static bool definition_at(const struct scan *s, int as, struct definition *out)
{
	if (!is(s, as, S("AS")))
		return false;
	int body = as + 1;
	body += is(s, body, S("NOT"));
	body += is(s, body, S("MATERIALIZED"));
	int name = as - 1;
	if (is(s, name, S(")")) && s->tokens[name].partner >= 0)
		name = s->tokens[name].partner - 1;
	if (!is(s, body, S("(")) || s->tokens[body].is_name || name < 0)
		return false;
	*out = (struct definition){.name = name, .from = body, .to = s->tokens[body].partner, .weight = 1};
	return true;
}

static bool find_definitions(struct scan *s)
{
	for (int i = 1; i < s->n; i++) {
		struct definition d;
		if (!definition_at(s, i, &d))
			continue;
		if (s->n_definitions == WITH_MAX)
			return false;
		s->definitions[s->n_definitions++] = d;
	}
	return true;
}

static void find_meanings(struct scan *s)
{
	for (int i = 0; i < s->n; i++) {
		struct token *t = &s->tokens[i];
		bool qualifies = is(s, i + 1, S(".")) && !s->tokens[i + 1].is_name;
		for (int d = 0; d < s->n_definitions && t->is_name && !qualifies && t->meaning < 0; d++)
			if (is(s, s->definitions[d].name, t->text) && s->definitions[d].name != i)
				t->meaning = d;
	}
}

/* A name inside its own definition is a recursion, which SQLite does not copy. */
static int64_t weight_of_name(const struct scan *s, int at)
{
	const struct token *t = &s->tokens[at];
	int64_t most = 0;
	for (int d = t->meaning; d >= 0 && d < s->n_definitions; d++) {
		const struct definition *def = &s->definitions[d];
		if (!is(s, def->name, t->text) || (at > def->from && at < def->to))
			continue;
		if (def->weight > most)
			most = def->weight;
	}
	return most;
}

static int64_t weight_of(const struct scan *s, int from, int to)
{
	int64_t sum = 0;
	for (int i = from; i <= to && sum <= WEIGHT_MAX; i++)
		sum += 1 + weight_of_name(s, i);
	return sum;
}

/* A WITH table may name one that is defined after it, so this goes on until nothing grows. */
static bool is_too_heavy(struct scan *s)
{
	for (bool grows = true; grows;) {
		grows = false;
		for (int d = 0; d < s->n_definitions; d++) {
			struct definition *def = &s->definitions[d];
			int64_t weight = weight_of(s, def->from, def->to);
			if (weight > WEIGHT_MAX)
				return true;
			grows |= weight > def->weight;
			def->weight = weight;
		}
	}
	return weight_of(s, 0, s->n - 1) > WEIGHT_MAX;
}

enum status sandbox_weigh(str sql, struct err *err)
{
	struct scan s = {0};
	str rest = sql;
	s.cap = (int)sql.n + 1;
	s.tokens = calloc((size_t)s.cap, sizeof *s.tokens);
	if (!s.tokens)
		return err_set(err, E_NO_MEMORY, "no memory to read the check");
	while (s.n < s.cap && next_token(&rest, &s.tokens[s.n]))
		s.n++;
	pair_up(&s);
	bool too_heavy = !find_definitions(&s);
	if (!too_heavy) {
		find_meanings(&s);
		too_heavy = is_too_heavy(&s);
	}
	free(s.tokens);
	if (!too_heavy)
		return OK;
	(void)err_set(err, E_INVALID, "the check is too large once its WITH tables are put in place");
	err_hint(err, "name each WITH table in fewer places");
	return E_INVALID;
}
