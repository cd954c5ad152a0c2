#include "base/str.h"

#include <string.h>

#include "base/arena.h"

str str_from(const char *z)
{
	return (str){z, z ? strlen(z) : 0};
}

bool str_eq(str a, str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	if (order)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_eq_fold(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (fold(a.p[i]) != fold(b.p[i]))
			return false;
	return true;
}

bool str_starts(str s, str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(str s, str suffix)
{
	return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

ptrdiff_t str_find(str s, str needle)
{
	if (needle.n == 0)
		return 0;
	for (size_t i = 0; i + needle.n <= s.n; i++)
		if (s.p[i] == needle.p[0] && memcmp(s.p + i, needle.p, needle.n) == 0)
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t str_find_fold(str s, str needle)
{
	for (size_t i = 0; i + needle.n <= s.n; i++)
		if (str_eq_fold((str){s.p + i, needle.n}, needle))
			return (ptrdiff_t)i;
	return needle.n ? -1 : 0;
}

bool str_has_fold(str s, str needle)
{
	return str_find_fold(s, needle) >= 0;
}

str str_slice(str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from >= to)
		return (str){NULL, 0};
	return (str){s.p + from, to - from};
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

str str_trim(str s)
{
	while (s.n && is_space(s.p[0]))
		s.p++, s.n--;
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_cut(str s, char sep, str *head, str *tail)
{
	const char *at = s.n ? memchr(s.p, sep, s.n) : NULL;
	if (!at) {
		*head = s;
		*tail = (str){NULL, 0};
		return false;
	}
	size_t n = (size_t)(at - s.p);
	*tail = (str){at + 1, s.n - n - 1};
	*head = (str){s.p, n};
	return true;
}

const char *str_z(struct arena *a, str s)
{
	char *p = arena_alloc(a, s.n + 1, 1);
	if (!p)
		return NULL;
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

str str_copy(struct arena *a, str s)
{
	const char *p = str_z(a, s);
	return (str){p, p ? s.n : 0};
}

bool str_to_i64(str s, int64_t *out)
{
	bool negative = s.n && s.p[0] == '-';
	size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0;
	int64_t value = 0;
	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int digit = s.p[i] - '0';
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, negative ? -digit : digit, &value))
			return false;
	}
	*out = value;
	return true;
}

/* Length of the UTF-8 sequence at p (n bytes left); 0 when it is malformed. */
static size_t utf8_length(const unsigned char *p, size_t n)
{
	if (p[0] < 0x80)
		return 1;
	size_t len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
	if (p[0] < 0xC2 || p[0] > 0xF4 || n < len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF0 && p[1] < 0x90) ||
	    (p[0] == 0xF4 && p[1] > 0x8F))
		return 0;
	return len;
}

size_t str_utf8_prefix(str s)
{
	size_t i = 0;
	while (i < s.n) {
		uint64_t eight;
		if (s.n - i >= sizeof eight) { /* most text is ASCII: eight bytes at a time */
			memcpy(&eight, s.p + i, sizeof eight);
			if ((eight & UINT64_C(0x8080808080808080)) == 0) {
				i += sizeof eight;
				continue;
			}
		}
		size_t len = utf8_length((const unsigned char *)s.p + i, s.n - i);
		if (!len)
			break;
		i += len;
	}
	return i;
}

bool str_is_utf8(str s)
{
	return str_utf8_prefix(s) == s.n;
}
