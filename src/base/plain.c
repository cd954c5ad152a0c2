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

static uint32_t code_of(str c)
{
	static const unsigned char first[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	uint32_t code = (unsigned char)c.p[0] & first[c.n];
	for (size_t i = 1; i < c.n; i++)
		code = code << 6 | ((unsigned char)c.p[i] & 0x3F);
	return code;
}

struct range {
	uint32_t from, to;
	bool useful; /* beside what can be seen */
};

/* What nobody sees: spaces, fillers, joiners and the ignorable ones (Unicode's Default_Ignorable_Code_Point). */
static const struct range unseen[] = {
    {0x09, 0x0A, false},       {0x20, 0x20, true},        {0xA0, 0xA0, true},      {0xAD, 0xAD, false},
    {0x034F, 0x034F, true},    {0x115F, 0x1160, false},   {0x1680, 0x1680, true},  {0x17B4, 0x17B5, false},
    {0x180B, 0x180F, true},    {0x2000, 0x200A, true},    {0x200B, 0x200B, false}, {0x200C, 0x200D, true},
    {0x2028, 0x2029, false},   {0x202F, 0x202F, true},    {0x205F, 0x205F, true},  {0x2060, 0x2065, false},
    {0x206A, 0x206F, false},   {0x2800, 0x2800, false},   {0x3000, 0x3000, true},  {0x3164, 0x3164, false},
    {0xFE00, 0xFE0F, true},    {0xFEFF, 0xFEFF, false},   {0xFFA0, 0xFFA0, false}, {0xFFF0, 0xFFFB, false},
    {0x1D173, 0x1D17A, false}, {0xE0000, 0xE0FFF, false},
};

bool plain_is_clear(str name)
{
	bool seen = false;
	while (name.n) {
		str at = name, c = plain_next(&name);
		if (c.p != at.p)
			return false;
		uint32_t code = code_of(c);
		const struct range *r = NULL;
		for (size_t i = 0; !r && i < sizeof unseen / sizeof unseen[0]; i++)
			if (code >= unseen[i].from && code <= unseen[i].to)
				r = &unseen[i];
		if (r && !r->useful)
			return false;
		seen |= !r;
	}
	return seen;
}
