#include "core/framework.h"

#include <stdio.h>
#include <string.h>

#include "base/embed.h"

enum { CELLS = 10, SPELLING = 96 };

#define VERSIONS(list) sizeof(list) / sizeof(list)[0], list

static const str versions_aicm[] = {S("1.0.3"), S("1.1.0")};
static const str versions_rmf[] = {S("1.0"), S("600-1")};
static const str versions_42001[] = {S("2023")};
static const str versions_act[] = {S("2024")};
static const str versions_llm[] = {S("2025"), S("2026")};
static const str versions_agentic[] = {S("2026")};
static const str versions_atlas[] = {S("5.6.0"), S("2026.07"), S("2026.09")};
static const str versions_csf[] = {S("2.0")};

const struct framework framework_all[FRAMEWORKS] = {
    {S("csa-aicm"), S("CSA AI Controls Matrix"), VERSIONS(versions_aicm)},
    {S("nist-ai-rmf"), S("NIST AI Risk Management Framework"), VERSIONS(versions_rmf)},
    {S("iso-42001"), S("ISO/IEC 42001"), VERSIONS(versions_42001)},
    {S("eu-ai-act"), S("EU AI Act"), VERSIONS(versions_act)},
    {S("owasp-llm"), S("OWASP Top 10 for LLM Applications"), VERSIONS(versions_llm)},
    {S("owasp-agentic"), S("OWASP Top 10 for Agentic Applications"), VERSIONS(versions_agentic)},
    {S("mitre-atlas"), S("MITRE ATLAS"), VERSIONS(versions_atlas)},
    {S("nist-csf"), S("NIST Cybersecurity Framework"), VERSIONS(versions_csf)},
};

static const struct {
	str framework, other, version;
} aliases[] = {
    {S("csa-aicm"), S("1.1.1"), S("1.1.0")},
    {S("eu-ai-act"), S("2024/1689"), S("2024")},
};

/* One set of ids in one file: where its columns are, and which rows belong to it. */
struct catalogue {
	str framework, version, file;
	int id, title;
	bool group;
	struct {
		int column;
		str text; /* empty: every row */
	} only[2];
};

#define AICM S("frameworks/aicm.tsv")
#define RMF S("frameworks/nist_ai_rmf.tsv")
#define ATLAS S("frameworks/atlas.tsv")
#define CSF S("frameworks/csf2.tsv")
#define OWASP S("frameworks/owasp.tsv")
#define LLM                                                                                                            \
	{                                                                                                              \
		0, S("OWASP Top 10 for LLM Applications")                                                              \
	}
#define AGENTIC                                                                                                        \
	{                                                                                                              \
		0, S("OWASP Top 10 for Agentic Applications")                                                          \
	}

static const struct catalogue catalogues[] = {
    {S("csa-aicm"), S("1.0.3"), AICM, 3, 4, false, {{0, S("1.0.3")}}},
    {S("csa-aicm"), S("1.1.0"), AICM, 3, 4, false, {{0, S("1.1.0")}}},
    {S("nist-ai-rmf"), S("1.0"), RMF, 0, 0, true, {{0}}},
    {S("nist-ai-rmf"), S("1.0"), RMF, 1, 2, true, {{0}}},
    {S("nist-ai-rmf"), S("1.0"), RMF, 3, 4, false, {{0}}},
    {S("nist-ai-rmf"), S("600-1"), S("frameworks/nist_ai_600_1.tsv"), 0, 2, false, {{0}}},
    {S("iso-42001"), S("2023"), S("frameworks/iso42001.tsv"), 0, 1, true, {{0}}},
    {S("iso-42001"), S("2023"), S("frameworks/iso42001.tsv"), 2, 3, false, {{0}}},
    {S("iso-42001"), S("2023"), S("frameworks/iso42001_clauses.tsv"), 0, 1, false, {{0}}},
    {S("eu-ai-act"), S("2024"), S("frameworks/eu_ai_act.tsv"), 1, 2, false, {{0}}},
    {S("owasp-llm"), S("2025"), OWASP, 2, 3, false, {LLM, {1, S("2025")}}},
    {S("owasp-llm"), S("2026"), OWASP, 2, 3, false, {LLM, {1, S("2026")}}},
    {S("owasp-agentic"), S("2026"), OWASP, 2, 3, false, {AGENTIC, {1, S("2026")}}},
    {S("mitre-atlas"), S("5.6.0"), ATLAS, 1, 2, false, {{5, S("yes")}}},
    {S("mitre-atlas"), S("2026.07"), ATLAS, 1, 2, false, {{6, S("yes")}}},
    {S("mitre-atlas"), S("2026.09"), ATLAS, 1, 2, false, {{7, S("yes")}}},
    {S("nist-csf"), S("2.0"), CSF, 0, 1, true, {{0}}},
    {S("nist-csf"), S("2.0"), CSF, 2, 3, true, {{0}}},
    {S("nist-csf"), S("2.0"), CSF, 4, 5, false, {{0}}},
};

enum { CATALOGUES = sizeof catalogues / sizeof catalogues[0] };

const struct framework *framework_find(str id)
{
	for (int f = 0; f < FRAMEWORKS; f++)
		if (str_eq(framework_all[f].id, id))
			return &framework_all[f];
	return NULL;
}

str framework_version(str framework, str version)
{
	const struct framework *f = framework_find(framework);
	if (!f)
		return (str){NULL, 0};
	for (size_t a = 0; a < sizeof aliases / sizeof aliases[0]; a++)
		if (str_eq(aliases[a].framework, framework) && str_eq(aliases[a].other, version))
			return aliases[a].version;
	for (size_t v = 0; v < f->n_versions; v++)
		if (str_eq(f->versions[v], version))
			return f->versions[v];
	return (str){NULL, 0};
}

/* What the ids of a file stand under: its columns; -1: no title of its own. */
static const struct {
	str file;
	int id, title;
} groups[] = {
    {AICM, 1, 2},
    {RMF, 0, 0},
    {S("frameworks/nist_ai_600_1.tsv"), 1, -1},
    {S("frameworks/iso42001.tsv"), 0, 1},
    {S("frameworks/eu_ai_act.tsv"), 3, 4},
    {CSF, 0, 1},
};

/* Tactics and mitigations of ATLAS, the annexes of the act and the clauses of ISO have no column for it. */
static void group_read(const struct catalogue *c, const str *cells, struct framework_entry *out)
{
	str rest;
	for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
		if (!str_eq(groups[g].file, c->file))
			continue;
		out->of = cells[groups[g].id];
		out->of_title = groups[g].title < 0 ? (str){NULL, 0} : cells[groups[g].title];
	}
	if (str_eq(c->file, S("frameworks/iso42001_clauses.tsv")))
		(void)str_cut(out->id, '.', &out->of, &rest);
	else if (str_eq(c->file, ATLAS) && str_eq(cells[0], S("tactic")))
		out->of = S("tactics");
	else if (str_eq(c->file, ATLAS) && str_eq(cells[0], S("mitigation")))
		out->of = S("mitigations");
	else if (str_eq(c->file, ATLAS))
		(void)str_cut(cells[4], '|', &out->of, &rest);
	else if (str_eq(c->framework, S("eu-ai-act")) && str_eq(cells[0], S("annex")))
		out->of = S("annexes");
}

/* Splits a line into cells; true when the row belongs to the catalogue. */
static bool row_read(const struct catalogue *c, str line, struct framework_entry *out)
{
	str cells[CELLS] = {{0}};
	bool more = line.n > 0;
	for (int i = 0; i < CELLS && more; i++)
		more = str_cut(line, '\t', &cells[i], &line);
	for (int i = 0; i < 2; i++)
		if (c->only[i].text.n && !str_eq(cells[c->only[i].column], c->only[i].text))
			return false;
	*out = (struct framework_entry){.id = cells[c->id], .title = cells[c->title], .group = c->group};
	group_read(c, cells, out);
	return out->id.n > 0;
}

/* The rows of an embedded file, without its header. */
static str rows_of(const struct catalogue *c)
{
	str head, rows;
	(void)str_cut(embed_find(c->file), '\n', &head, &rows);
	return rows;
}

/* Looks for the bytes of the id first, so that only the lines which have them are split. */
static bool line_find(const struct catalogue *c, str id, str *found, struct framework_entry *out)
{
	str rows = rows_of(c);
	while (rows.n >= id.n) {
		const char *at = memmem(rows.p, rows.n, id.p, id.n);
		if (!at)
			return false;
		const char *start = memrchr(rows.p, '\n', (size_t)(at - rows.p));
		start = start ? start + 1 : rows.p;
		str line, rest, tail = {start, rows.n - (size_t)(start - rows.p)};
		(void)str_cut(tail, '\n', &line, &rest);
		*found = line;
		if (row_read(c, line, out) && str_eq(out->id, id))
			return true;
		rows = rest;
	}
	return false;
}

static bool entry_exact(str framework, str version, str id, struct framework_entry *out)
{
	if (id.n == 0)
		return false;
	for (size_t i = 0; i < CATALOGUES; i++) {
		const struct catalogue *c = &catalogues[i];
		str line = {0};
		if (str_eq(c->framework, framework) && str_eq(c->version, version) && line_find(c, id, &line, out))
			return true;
	}
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "Article 15(5)" -> "Art. 15": the entry that a paragraph falls under. */
static str spelling_of_act(str id, char room[SPELLING])
{
	static const str words[] = {S("Article "), S("Art. "), S("Art."), S("Art ")};
	while (id.n && id.p[id.n - 1] == ')') {
		ptrdiff_t open = (ptrdiff_t)id.n - 2;
		while (open > 0 && id.p[open] != '(')
			open--;
		if (open <= 0 || open == (ptrdiff_t)id.n - 2)
			return id;
		id = str_trim(str_slice(id, 0, (size_t)open));
	}
	for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
		if (!str_starts(id, words[w]) || id.n == words[w].n || !is_digit(id.p[words[w].n]))
			continue;
		int n = snprintf(room, SPELLING, "Art. %.*s", STR_ARG(str_slice(id, words[w].n, id.n)));
		return (str){room, (size_t)n};
	}
	return id;
}

/* The list names its LLM ids with the edition and its agentic ones without; people write both. */
static str spelling_of_owasp(str id, str version, char room[SPELLING])
{
	str head, edition;
	if (str_cut(id, ':', &head, &edition))
		return str_eq(edition, version) ? head : id;
	int n = snprintf(room, SPELLING, "%.*s:%.*s", STR_ARG(id), STR_ARG(version));
	return (str){room, (size_t)n};
}

static bool entry_find(str framework, str version, str id, struct framework_entry *out)
{
	char room[SPELLING];
	version = framework_version(framework, version);
	if (!version.p || id.n > SPELLING / 2)
		return false;
	if (entry_exact(framework, version, id, out))
		return true;
	if (str_eq(framework, S("eu-ai-act")))
		id = spelling_of_act(id, room);
	else if (str_starts(framework, S("owasp-")))
		id = spelling_of_owasp(id, version, room);
	else if (str_eq(framework, S("iso-42001")) && str_starts(id, S("Clause ")))
		id = str_slice(id, S("Clause ").n, id.n);
	else
		return false;
	return entry_exact(framework, version, id, out);
}

str framework_id(str framework, str version, str id)
{
	struct framework_entry entry;
	return entry_find(framework, version, id, &entry) ? entry.id : (str){NULL, 0};
}

str framework_title(str framework, str version, str id)
{
	struct framework_entry entry;
	return entry_find(framework, version, id, &entry) ? entry.title : (str){NULL, 0};
}

bool framework_has(str framework, str version, str id)
{
	struct framework_entry entry;
	return entry_find(framework, version, id, &entry);
}

bool framework_next(struct framework_walk *w, struct framework_entry *out)
{
	str version = framework_version(w->framework, w->version);
	for (; version.p && w->catalogue < CATALOGUES; w->catalogue++, w->at = 0, w->group = (str){NULL, 0}) {
		const struct catalogue *c = &catalogues[w->catalogue];
		if (!str_eq(c->framework, w->framework) || !str_eq(c->version, version))
			continue;
		str rows = rows_of(c), line, rest;
		while (w->at < rows.n) {
			(void)str_cut(str_slice(rows, w->at, rows.n), '\n', &line, &rest);
			w->at = rows.n - rest.n;
			struct framework_entry entry;
			if (!row_read(c, line, &entry) || (c->group && str_eq(entry.id, w->group)))
				continue;
			w->group = entry.id;
			*out = entry;
			return true;
		}
	}
	return false;
}

/* Where a file keeps the heading of a row. */
static const struct {
	str file;
	int id, title;
} headings[] = {
    {AICM, 1, 2}, {RMF, 1, 2}, {S("frameworks/iso42001.tsv"), 0, 1}, {S("frameworks/eu_ai_act.tsv"), 3, 4}, {CSF, 2, 3},
};

static bool heading_read(const struct catalogue *c, str line, struct framework_heading *out)
{
	str cells[CELLS] = {{0}};
	bool more = line.n > 0;
	for (int i = 0; i < CELLS && more; i++)
		more = str_cut(line, '\t', &cells[i], &line);
	for (size_t h = 0; h < sizeof headings / sizeof headings[0]; h++) {
		if (!str_eq(headings[h].file, c->file))
			continue;
		*out = (struct framework_heading){cells[headings[h].id], cells[headings[h].title]};
		return out->title.n > 0;
	}
	return false;
}

bool framework_heading(str framework, str version, str id, struct framework_heading *out)
{
	struct framework_entry entry;
	version = framework_version(framework, version);
	if (!entry_find(framework, version, id, &entry) || entry.group)
		return false;
	for (size_t i = 0; i < CATALOGUES; i++) {
		const struct catalogue *c = &catalogues[i];
		str line = {0};
		if (str_eq(c->framework, framework) && str_eq(c->version, version) && !c->group &&
		    line_find(c, entry.id, &line, &entry))
			return heading_read(c, line, out);
	}
	return false;
}
