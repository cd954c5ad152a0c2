#include "chart/token.h"

#include <assert.h>

#include "base/embed.h"

/* "#16202c" */
static bool colour(str text, uint32_t *out)
{
	uint32_t v = 0;
	if (text.n != 7 || text.p[0] != '#')
		return false;
	for (size_t i = 1; i < 7; i++) {
		char c = text.p[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
		v = v * 16 + (uint32_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	*out = v;
	return true;
}

/* Takes the next colour off *rest. The file is the program's own: a line that is none is a bug. */
static bool next(str *rest, struct chart_token *out)
{
	str line, light, dark;
	if (!rest->n)
		return false;
	str_cut(*rest, '\n', &line, rest);
	bool good = str_cut(line, '\t', &out->name, &line) && str_cut(line, '\t', &light, &dark) &&
		    colour(light, &out->light) && colour(dark, &out->dark);
	assert(good);
	return good;
}

/* What follows the head line. */
static str table(void)
{
	str head, rest = {NULL, 0};
	str_cut(embed_find(S("web/tokens.tsv")), '\n', &head, &rest);
	return rest;
}

size_t chart_token_count(void)
{
	struct chart_token t;
	size_t n = 0;
	for (str rest = table(); next(&rest, &t);)
		n++;
	return n;
}

struct chart_token chart_token_at(size_t i)
{
	struct chart_token t = {0};
	str rest = table();
	while (next(&rest, &t) && i > 0)
		i--;
	return t;
}

bool chart_token_find(str name, struct chart_token *out)
{
	struct chart_token t;
	for (str rest = table(); next(&rest, &t);) {
		if (!str_eq(t.name, name))
			continue;
		*out = t;
		return true;
	}
	return false;
}
