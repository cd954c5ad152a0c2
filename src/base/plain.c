#include "base/plain.h"

static const str replacement = S("\xEF\xBF\xBD");

static size_t length_of(unsigned char first)
{
	return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static bool is_control(str c)
{
	unsigned char first = (unsigned char)c.p[0];
	if (c.n == 1)
		return (first < 0x20 && first != '\t' && first != '\n') || first == 0x7F;
	return c.n == 2 && first == 0xC2 && (unsigned char)c.p[1] < 0xA0;
}

/* U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069. */
static bool turns_text(str c)
{
	const unsigned char *p = (const unsigned char *)c.p;
	if (c.n == 2)
		return p[0] == 0xD8 && p[1] == 0x9C;
	if (c.n != 3 || p[0] != 0xE2)
		return false;
	return (p[1] == 0x80 && (p[2] == 0x8E || p[2] == 0x8F || (p[2] >= 0xAA && p[2] <= 0xAE))) ||
	       (p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9);
}

str plain_next(str *rest)
{
	size_t n = length_of((unsigned char)rest->p[0]);
	str c = str_slice(*rest, 0, n);
	bool good = c.n == n && str_is_utf8(c);
	if (!good)
		c = str_slice(*rest, 0, 1);
	*rest = str_slice(*rest, c.n, rest->n);
	return good && !is_control(c) && !turns_text(c) ? c : replacement;
}

bool plain_is_blank(str character)
{
	return character.n == 1 && (character.p[0] == ' ' || character.p[0] == '\t' || character.p[0] == '\n');
}
