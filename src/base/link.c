#include "base/link.h"

#include <string.h>

#define HTTPS S("https://")

static bool is_host(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
}

static bool is_path(char c)
{
	return is_host(c) || (c && strchr("/?#=&%+_~", c));
}

/* How many bytes at the start of the text are an address; 0: none. */
static size_t length(str text)
{
	size_t host = HTTPS.n, n;
	while (host < text.n && is_host(text.p[host]))
		host++;
	str name = str_slice(text, HTTPS.n, host);
	ptrdiff_t dot = str_find(name, S("."));
	if (dot <= 0 || (size_t)dot + 1 == name.n || str_find(name, S("..")) >= 0 || name.p[0] == '-')
		return 0;
	for (n = host; n < text.n && is_path(text.p[n]);)
		n++;
	if (n > host && !strchr("/?#", text.p[host]))
		return 0; /* what follows the host belongs to something else */
	if (n < text.n && (text.p[n] == '@' || text.p[n] == ':'))
		return 0; /* the host is another one, or at another door */
	while (n > HTTPS.n && strchr(".?-", text.p[n - 1]))
		n--;
	return n;
}

static bool begins_a_word(str text, size_t at)
{
	return at == 0 || !is_path(text.p[at - 1]);
}

bool link_next(str *rest, str *before, str *url)
{
	str text = *rest;
	size_t from = 0;
	ptrdiff_t found;
	while ((found = str_find(str_slice(text, from, text.n), HTTPS)) >= 0) {
		size_t at = from + (size_t)found, n = length(str_slice(text, at, text.n));
		if (n && begins_a_word(text, at)) {
			*before = str_slice(text, 0, at);
			*url = str_slice(text, at, at + n);
			*rest = str_slice(text, at + n, text.n);
			return true;
		}
		from = at + HTTPS.n;
	}
	*before = text;
	*rest = (str){NULL, 0};
	return false;
}
