#include "import/mcp.h"

#include <string.h>

/* A path segment that may be a key: long and with a digit, or very long. Names of variables stay. */
static bool is_opaque(str segment)
{
	enum { LONG = 16, VERY_LONG = 40 };
	bool digit = false;
	if (segment.n < LONG || str_find(segment, S("{")) >= 0)
		return false;
	for (size_t i = 0; i < segment.n; i++)
		digit = digit || (segment.p[i] >= '0' && segment.p[i] <= '9');
	return digit || segment.n >= VERY_LONG;
}

static bool is_web(str scheme)
{
	return str_eq_fold(scheme, S("http")) || str_eq_fold(scheme, S("https"));
}

static size_t put(char *p, size_t at, str text)
{
	if (text.n)
		memcpy(p + at, text.p, text.n);
	return at + text.n;
}

/* A path, empty or from its first /, segment by segment. */
static size_t put_path(char *p, size_t at, str path)
{
	while (path.n) {
		size_t end = 1;
		while (end < path.n && path.p[end] != '/')
			end++;
		str segment = str_slice(path, 1, end);
		at = put(p, put(p, at, S("/")), is_opaque(segment) ? S("*") : segment);
		path = str_slice(path, end, path.n);
	}
	return at;
}

static bool query_has_key(str query)
{
	str pair, name, value;
	while (query.n) {
		(void)str_cut(query, '&', &pair, &query);
		if (str_cut(pair, '=', &name, &value) && import_mcp_secret(name, value))
			return true;
	}
	return false;
}

enum status import_mcp_address(struct arena *texts, str address, str *out, bool *has_key, struct err *err)
{
	str text = str_trim(address), host, user, rest, query, fragment;
	ptrdiff_t colon = str_find(text, S("://"));
	*out = (str){NULL, 0};
	*has_key = false;
	if (colon <= 0 || !is_web(str_slice(text, 0, (size_t)colon)))
		return OK;
	str scheme = str_slice(text, 0, (size_t)colon + 3);
	text = str_slice(text, scheme.n, text.n);
	*has_key = import_mcp_secret_shaped(address);
	(void)str_cut(text, '#', &text, &fragment);
	(void)str_cut(text, '?', &text, &query);
	*has_key = *has_key || query_has_key(query);
	ptrdiff_t slash = str_find(text, S("/"));
	size_t end = slash < 0 ? text.n : (size_t)slash;
	host = str_slice(text, 0, end);
	while (str_cut(host, '@', &user, &rest))
		host = rest;
	if (!host.n)
		return OK;
	char *p = arena_alloc(texts, address.n + 1, 1);
	if (!p)
		return err_full(err);
	size_t at = put(p, put(p, 0, scheme), host);
	*out = (str){p, put_path(p, at, str_slice(text, end, text.n))};
	return OK;
}

str import_mcp_transport(str word)
{
	static const struct {
		str word, transport;
	} words[] = {
	    {S("stdio"), S("stdio")},          {S("local"), S("stdio")},         {S("http"), S("http")},
	    {S("streamable_http"), S("http")}, {S("streamablehttp"), S("http")}, {S("sse"), S("sse")},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (import_same_word(word, words[i].word))
			return words[i].transport;
	return (str){NULL, 0};
}
