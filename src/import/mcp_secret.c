#include "import/mcp.h"

#include <string.h>

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_one_of(str word, const str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_fold(word, words[i]))
			return true;
	return false;
}

#define ONE_OF(word, words) is_one_of(word, words, sizeof(words) / sizeof *(words))

/* The next word of a name: letters and digits, a new one where a capital follows a small letter. */
static str next_word(str name, size_t *at)
{
	size_t i = *at, start;
	while (i < name.n && !is_lower(name.p[i]) && !is_upper(name.p[i]) && !is_digit(name.p[i]))
		i++;
	for (start = i; i < name.n && (is_lower(name.p[i]) || is_upper(name.p[i]) || is_digit(name.p[i])); i++)
		if (i > start && is_upper(name.p[i]) && is_lower(name.p[i - 1]))
			break;
	*at = i;
	return str_slice(name, start, i);
}

static bool names_secret(str name)
{
	static const str keys[] = {S("key"),        S("apikey"),      S("token"), S("secret"),
				   S("password"),   S("passwd"),      S("pwd"),   S("authorization"),
				   S("credential"), S("credentials"), S("auth"),  S("bearer"),
				   S("passphrase"), S("cookie"),      S("pat"),   S("jwt")};
	/* What tells where or which, and is none itself. */
	static const str about[] = {S("file"),   S("path"),   S("dir"),  S("url"),    S("uri"),     S("endpoint"),
				    S("id"),     S("name"),   S("type"), S("expiry"), S("ttl"),     S("limit"),
				    S("region"), S("header"), S("env"),  S("mode"),   S("enabled"), S("provider"),
				    S("server"), S("host"),   S("port"), S("method"), S("scope"),   S("scopes")};
	bool found = false;
	str word, last = {NULL, 0};
	for (size_t at = 0; (word = next_word(name, &at)).n; last = word) {
		if (str_eq_fold(word, S("public")))
			return false;
		found = found || ONE_OF(word, keys);
	}
	return found && !ONE_OF(last, about);
}

static bool contains(str text, str part)
{
	for (size_t i = 0; i + part.n <= text.n; i++)
		if (str_eq_fold(str_slice(text, i, i + part.n), part))
			return true;
	return false;
}

static bool is_path(str v)
{
	return str_starts(v, S("/")) || str_starts(v, S("~")) || str_starts(v, S("./")) || str_starts(v, S("../")) ||
	       (v.n > 2 && v.p[1] == ':' && (v.p[2] == '\\' || v.p[2] == '/'));
}

/* Filled in by somebody or something else. */
static bool is_placeholder(str v)
{
	static const str parts[] = {S("${"),  S("{{"),  S("your_"),    S("your-"),       S("your "),    S("xxx"),
				    S("***"), S("..."), S("changeme"), S("placeholder"), S("change_me")};
	static const str starts[] = {S("$"),    S("<"),     S("["),         S("{"),      S("%"),
				     S("env:"), S("op://"), S("keychain:"), S("vault:"), S("input:")};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (contains(v, parts[i]))
			return true;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(v, starts[i]))
			return true;
	return false;
}

static str without_scheme(str v)
{
	static const str schemes[] = {S("bearer "), S("basic "), S("token "), S("apikey ")};
	v = str_trim(v);
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (v.n > schemes[i].n && str_eq_fold(str_slice(v, 0, schemes[i].n), schemes[i]))
			return str_trim(str_slice(v, schemes[i].n, v.n));
	return v;
}

bool import_mcp_secret(str name, str value)
{
	static const str words[] = {S("true"),   S("false"), S("none"),   S("null"),     S("basic"),
				    S("bearer"), S("oauth"), S("oauth2"), S("required"), S("optional")};
	if (import_mcp_secret_shaped(value))
		return true;
	str v = without_scheme(value);
	return v.n >= 4 && names_secret(name) && !is_placeholder(v) && !is_path(v) && !ONE_OF(v, words) &&
	       !contains(v, S("://"));
}

/* scheme://user:password@host */
static bool has_password(str v)
{
	size_t at = 0;
	while (at + 3 <= v.n && memcmp(v.p + at, "://", 3) != 0)
		at++;
	if (at + 3 > v.n)
		return false;
	size_t colon = 0;
	for (at += 3; at < v.n && v.p[at] != '/' && v.p[at] != '?' && v.p[at] != '#' && v.p[at] != ' '; at++) {
		if (v.p[at] == ':' && !colon)
			colon = at;
		if (v.p[at] == '@')
			return colon && at > colon + 1 && !is_placeholder(str_slice(v, colon + 1, at));
	}
	return false;
}

bool import_mcp_secret_shaped(str value)
{
	static const str starts[] = {S("sk-"),     S("ghp_"),    S("gho_"),     S("ghs_"),    S("github_pat_"),
				     S("glpat-"),  S("xoxb-"),   S("xoxp-"),    S("xapp-"),   S("AKIA"),
				     S("AIza"),    S("hf_"),     S("eyJ"),      S("npm_"),    S("pplx-"),
				     S("sk_live"), S("sk_test"), S("ntn_"),     S("secret_"), S("lin_api_"),
				     S("figd_"),   S("tvly-"),   S("dckr_pat_")};
	enum { SHORTEST = 16 };
	str v = without_scheme(value);
	if (has_password(v))
		return true;
	if (v.n < SHORTEST || is_placeholder(v) || memchr(v.p, ' ', v.n))
		return false;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(v, starts[i]))
			return true;
	return false;
}

static bool query_secret(str text)
{
	str rest, pair, name, value;
	if (!contains(text, S("://")) || !str_cut(text, '?', &pair, &rest))
		return false;
	while (rest.n) {
		(void)str_cut(rest, '&', &pair, &rest);
		if (str_cut(pair, '=', &name, &value) && import_mcp_secret(name, value))
			return true;
	}
	return false;
}

/* name=value, and "name: value" of a header. */
static bool pair_secret(str text)
{
	str name, value;
	return (str_cut(text, '=', &name, &value) && import_mcp_secret(name, value)) ||
	       (str_cut(text, ':', &name, &value) && !str_starts(value, S("//")) && import_mcp_secret(name, value));
}

bool import_mcp_words_secret(const struct import_mcp_word *words)
{
	str option = {NULL, 0};
	for (const struct import_mcp_word *x = words; x; x = x->next) {
		str text = x->text;
		bool is_option = str_starts(text, S("-"));
		if (query_secret(text) || import_mcp_secret_shaped(text))
			return true;
		if (!contains(text, S("://")) && pair_secret(text))
			return true;
		if (option.n && !is_option && import_mcp_secret(option, text))
			return true;
		option = is_option ? text : (str){NULL, 0};
	}
	return false;
}
