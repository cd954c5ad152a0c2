#include "web/hint.h"

#include "base/buf.h"

/* How each face calls something; empty: it is not done there. */
struct words {
	str here[2]; /* by enum hint_face */
};

/* The longer one comes first. A command that is not here is for the terminal alone. */
static const struct {
	str command;
	struct words words;
} commands[] = {
    {S("approval list"), {{S("Approvals"), S("GET /api/v1/approvals")}}},
    {S("approval review"), {{S("Approvals"), S("POST /api/v1/approvals/{number}/review")}}},
    {S("approval withdraw"), {{S("Approvals"), S("POST /api/v1/approvals/{number}/withdraw")}}},
    {S("assign list"), {{S("Assignments"), S("GET /api/v1/assignments")}}},
    {S("explain"), {{S(""), S("GET /api/v1/objectives/{id}")}}},
    {S("evaluate"), {{S("Evidence"), S("POST /api/v1/evaluations")}}},
    {S("feed list"), {{S("Evidence"), S("GET /api/v1/feeds")}}},
    {S("help import"), {{S("the formats in Help"), S("/help/formats")}}},
    {S("import"), {{S("Import"), S("POST /api/v1/feeds/{name}")}}},
    {S("link list"), {{S("Links"), S("GET /api/v1/links")}}},
    {S("link remove"), {{S("Links"), S("DELETE /api/v1/links")}}},
    {S("link unresolved"), {{S("Unresolved names"), S("GET /api/v1/links/unresolved")}}},
    {S("model list"), {{S("the model in Help"), S("GET /api/v1/models")}}},
    {S("model show"), {{S("the model in Help"), S("GET /api/v1/models/{name}")}}},
    {S("review list"), {{S("Review"), S("GET /api/v1/reviews")}}},
    {S("shadow list --dismissed"), {{S("Not registered"), S("GET /api/v1/dismissals")}}},
    {S("shadow list"), {{S("Not registered"), S("GET /api/v1/registers/shadow")}}},
    {S("target list"), {{S("Targets"), S("GET /api/v1/targets")}}},
    {S("template"), {{S("the formats in Help"), S("/help/formats")}}},
    {S("token list"), {{S("your account"), S("GET /api/v1/tokens")}}},
    {S("unit import"), {{S("Import units"), S("POST /api/v1/tree/import")}}},
    {S("unit list"), {{S("Units"), S("GET /api/v1/units")}}},
    {S("user enable"), {{S("People"), S("POST /api/v1/users/{name}/enable")}}},
    {S("user grant"), {{S("People"), S("POST /api/v1/users/{name}/grants")}}},
    {S("user link"), {{S(""), S("")}}}, /* who reads this cannot come in */
    {S("user list"), {{S("People"), S("GET /api/v1/users")}}},
};

static const struct {
	str option;
	struct words words;
} options[] = {
    {S("because"), {{S("under \"How do you know?\""), S("\"because\"")}}},
    {S("by"), {{S(""), S("")}}}, /* who is signed in acts */
    {S("covers"), {{S(""), S("")}}},
    {S("evidence"), {{S("a document"), S("\"documents\"")}}},
    {S("feed"), {{S("\"Feed\""), S("{name} in the address")}}},
    {S("format"), {{S("\"Format\""), S("\"format\"")}}},
    {S("map"), {{S(""), S("")}}},
    {S("observed"), {{S("\"Observed\""), S("\"observed\"")}}},
    {S("replace"), {{S("\"It may end more than half of its feed\""), S("\"replace\"")}}},
    {S("reviewed-by"), {{S(""), S("")}}},
    {S("skip-bad"), {{S(""), S("")}}},
    {S("unit"), {{S("\"Unit\""), S("\"unit\"")}}},
};

/* Documents that ship with the program: "docs/formats.md" is the page of Help at /help/formats. */
static const struct {
	str document;
	struct words words;
} documents[] = {
    {S("docs/formats.md"), {{S("Formats in Help"), S("/help/formats")}}},
    {S("docs/maps.md"), {{S("Maps in Help"), S("/help/maps")}}},
};

static bool ends_word(str text, size_t at)
{
	return at >= text.n || !((text.p[at] >= 'a' && text.p[at] <= 'z') || text.p[at] == '-' || text.p[at] == '=');
}

/* ---- commands ---- */

static const struct words *command_at(str text)
{
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (str_starts(text, commands[i].command) && ends_word(text, commands[i].command.n))
			return &commands[i].words;
	return NULL;
}

/* What stands before the command, without what leads over to it. */
static str lead_of(str text)
{
	static const str overs[] = {S("`"), S("see"), S("run"), S(":")};
	text = str_trim(text);
	for (size_t i = 0; i < sizeof overs / sizeof overs[0];) {
		bool has = str_ends(text, overs[i]);
		text = has ? str_trim(str_slice(text, 0, text.n - overs[i].n)) : text;
		i = has ? 0 : i + 1;
	}
	return text;
}

static void put_command(struct buf *b, enum hint_face face, str lead, const struct words *w)
{
	str word = w->here[face];
	buf_add(b, lead);
	if (lead.n && word.n)
		buf_add(b, S(": "));
	if (word.n && (face == HINT_PAGE || !lead.n))
		buf_add(b, face == HINT_PAGE ? S("see ") : S("see: "));
	buf_add(b, word);
}

/* ---- documents ---- */

static void put_text(struct buf *b, enum hint_face face, str text)
{
	while (text.n) {
		ptrdiff_t first = -1;
		size_t which = 0;
		for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
			ptrdiff_t at = str_find(text, documents[i].document);
			if (at >= 0 && (first < 0 || at < first)) {
				first = at;
				which = i;
			}
		}
		if (first < 0) {
			buf_add(b, text);
			return;
		}
		buf_add(b, str_slice(text, 0, (size_t)first));
		buf_add(b, documents[which].words.here[face]);
		text = str_slice(text, (size_t)first + documents[which].document.n, text.n);
	}
}

/* ---- options ---- */

/* *n: how long the option is, with the word in capitals that stands for its value. */
static const struct words *option_at(str text, size_t *n)
{
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
		size_t end = 2 + options[i].option.n;
		if (!str_starts(str_slice(text, 2, text.n), options[i].option) || !ends_word(text, end))
			continue;
		size_t value = end + 1;
		while (value < text.n && text.p[value] >= 'A' && text.p[value] <= 'Z')
			value++;
		*n = value > end + 1 ? value : end;
		return &options[i].words;
	}
	return NULL;
}

/* Appends a clause with the options of this face; false: one of them has no counterpart, and nothing was appended. */
static bool put_options(struct buf *b, enum hint_face face, str text)
{
	size_t before = b->n, n;
	for (ptrdiff_t at; (at = str_find(text, S("--"))) >= 0; text = str_slice(text, n, text.n)) {
		const struct words *w = option_at(str_slice(text, (size_t)at, text.n), &n);
		if (w && !w->here[face].n) {
			b->n = before;
			return false;
		}
		put_text(b, face, str_slice(text, 0, (size_t)at));
		buf_add(b, w ? w->here[face] : S("--"));
		n = (size_t)at + (w ? n : 2);
	}
	put_text(b, face, text);
	return true;
}

/* ---- the whole ---- */

static void put(struct buf *b, enum hint_face face, str hint)
{
	while (hint.n) {
		ptrdiff_t end = str_find(hint, S("; ")), at = str_find(hint, S("aismm "));
		str clause = end < 0 ? hint : str_slice(hint, 0, (size_t)end);
		bool has = at >= 0 && (size_t)at < clause.n;
		const struct words *w = has ? command_at(str_slice(hint, (size_t)at + 6, hint.n)) : NULL;
		size_t before = b->n;
		buf_add(b, b->n ? S("; ") : S(""));
		size_t begun = b->n;
		if (w)
			put_command(b, face, lead_of(str_slice(clause, 0, (size_t)at)), w);
		else if (has)
			buf_add(b, clause);
		else
			(void)put_options(b, face, clause);
		if (b->n == begun)
			b->n = before;
		if (w || end < 0) /* of a command the rest of the hint is part: names may hold anything */
			return;
		hint = str_slice(hint, (size_t)end + 2, hint.n);
	}
}

str hint_help(str hint)
{
	for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++)
		if (str_find(hint, documents[i].document) >= 0)
			return documents[i].words.here[HINT_API];
	return S("");
}

str hint_word(enum hint_face face, str hint, char room[HINT_ROOM])
{
	struct buf b = BUF(HINT_ROOM);
	put(&b, face, hint);
	size_t n = b.status == OK ? b.n : 0;
	for (size_t i = 0; i < n; i++)
		room[i] = b.p[i];
	buf_release(&b);
	return (str){room, n};
}
