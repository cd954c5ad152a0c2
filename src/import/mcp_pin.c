#include "import/mcp.h"

#include <string.h>

enum { UNKNOWN = -1, LOOSE = 0, FIXED = 1 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 1.2, 1.2.3, 1.2.3-beta.1: digits and points, then what it likes but no wildcard or range. */
static bool is_version(str v)
{
	size_t points = 0, i = 0;
	if (!v.n || !is_digit(v.p[0]))
		return false;
	for (; i < v.n && (is_digit(v.p[i]) || v.p[i] == '.'); i++)
		points += v.p[i] == '.';
	if (!points || v.p[i - 1] == '.')
		return false;
	for (; i < v.n; i++)
		if (v.p[i] == '*' || v.p[i] == ' ' || v.p[i] == ',' || v.p[i] == '|' || v.p[i] == '<')
			return false;
	return true;
}

/* name, name@version, @scope/name@version; an address or a path does not tell. */
static int npm_pinned(str spec)
{
	str name, version;
	if (!spec.n || spec.p[0] == '.' || spec.p[0] == '/' || str_find(spec, S(":")) >= 0)
		return UNKNOWN;
	size_t skip = spec.p[0] == '@';
	if (!skip && str_find(spec, S("/")) >= 0)
		return UNKNOWN;
	if (!str_cut(str_slice(spec, skip, spec.n), '@', &name, &version))
		return LOOSE;
	/* For npm 1.2 is a range: any 1.2.x. */
	ptrdiff_t first = str_find(version, S("."));
	bool three = first >= 0 && str_find(str_slice(version, (size_t)first + 1, version.n), S(".")) >= 0;
	return is_version(version) && three ? FIXED : LOOSE;
}

/* name, name==version, name@version. */
static int python_pinned(str spec)
{
	str name, version;
	if (!spec.n || spec.p[0] == '.' || spec.p[0] == '/' || str_find(spec, S(":")) >= 0 ||
	    str_find(spec, S("+")) >= 0)
		return UNKNOWN;
	ptrdiff_t at = str_find(spec, S("=="));
	if (at >= 0)
		return is_version(str_slice(spec, (size_t)at + 2, spec.n)) ? FIXED : LOOSE;
	return str_cut(spec, '@', &name, &version) && is_version(version) ? FIXED : LOOSE;
}

/* An image by its digest is fixed; by a tag it may move, and which word is the image cannot be told. */
static int image_pinned(const struct import_mcp_word *words)
{
	enum { DIGEST = 64 };
	for (; words; words = words->next) {
		ptrdiff_t at = str_find(words->text, S("@sha256:"));
		if (at > 0 && words->text.n == (size_t)at + 8 + DIGEST)
			return FIXED;
	}
	return UNKNOWN;
}

struct runner {
	str name;
	str package;       /* the option that names the package */
	str package_short; /* its short form; empty when that means something else */
	int (*pinned)(str spec);
};

/* Options that take no value; behind any other one it is not clear which word is the package. */
static bool is_flag(str word)
{
	static const str flags[] = {S("-y"),         S("--yes"),   S("-q"),   S("--quiet"),         S("--silent"),
				    S("-s"),         S("--bun"),   S("--no"), S("--offline"),       S("--isolated"),
				    S("--no-cache"), S("--force"), S("-n"),   S("--prefer-offline")};
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (str_eq(word, flags[i]))
			return true;
	return false;
}

static int package_pinned(const struct runner *r, const struct import_mcp_word *x)
{
	str name, value;
	for (; x; x = x->next) {
		bool names = str_eq(x->text, r->package) || (r->package_short.n && str_eq(x->text, r->package_short));
		if (names)
			return x->next ? r->pinned(x->next->text) : UNKNOWN;
		if (str_cut(x->text, '=', &name, &value) && str_eq(name, r->package))
			return r->pinned(value);
		if (!str_starts(x->text, S("-")))
			return r->pinned(x->text);
		if (!is_flag(x->text))
			return UNKNOWN;
	}
	return UNKNOWN;
}

/* The last part of a path, without .exe or .cmd. */
static str program(str path)
{
	size_t start = path.n;
	while (start && path.p[start - 1] != '/' && path.p[start - 1] != '\\')
		start--;
	path = str_slice(path, start, path.n);
	bool ends = path.n > 4 && (str_eq_fold(str_slice(path, path.n - 4, path.n), S(".exe")) ||
				   str_eq_fold(str_slice(path, path.n - 4, path.n), S(".cmd")));
	return ends ? str_slice(path, 0, path.n - 4) : path;
}

int import_mcp_pinned(const struct import_mcp_word *words)
{
	static const struct runner runners[] = {
	    {S("npx"), S("--package"), S("-p"), npm_pinned},
	    {S("bunx"), S("--package"), S("-p"), npm_pinned},
	    {S("uvx"), S("--from"), {NULL, 0}, python_pinned},
	};
	if (words && words->next && str_eq_fold(program(words->text), S("cmd")) &&
	    str_eq_fold(words->next->text, S("/c")))
		words = words->next->next;
	if (!words)
		return UNKNOWN;
	str name = program(words->text);
	if (str_eq(name, S("docker")) || str_eq(name, S("podman")))
		return image_pinned(words);
	for (size_t i = 0; i < sizeof runners / sizeof *runners; i++)
		if (str_eq(name, runners[i].name))
			return package_pinned(&runners[i], words->next);
	return UNKNOWN;
}
