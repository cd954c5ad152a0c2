#include "base/time_pattern.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const str letters = S("YmdbHIpMSza");

/* What a text says, before it is known to be a time. */
struct parts {
	int year, month, day, hour, minute, second, ms;
	bool half, afternoon; /* the hour is one of twelve */
	int64_t east_ms;
};

static bool has(str pattern, char letter)
{
	for (size_t i = 0; i + 1 < pattern.n; i++) {
		if (pattern.p[i] != '%')
			continue;
		if (pattern.p[++i] == letter)
			return true;
	}
	return false;
}

static const char *letters_flaw(str pattern)
{
	uint32_t had = 0;
	for (size_t i = 0; i < pattern.n; i++) {
		if (pattern.p[i] != '%')
			continue;
		if (++i == pattern.n)
			return "ends in a lone %";
		if (pattern.p[i] == '%')
			continue;
		const char *letter = memchr(letters.p, pattern.p[i], letters.n);
		if (!letter)
			return "has a letter behind % that is none of Y m d b H I p M S z a";
		uint32_t bit = UINT32_C(1) << (letter - letters.p);
		if (had & bit)
			return "has a letter twice";
		had |= bit;
	}
	return NULL;
}

const char *time_pattern_flaw(str pattern)
{
	const char *flaw = letters_flaw(pattern);
	if (flaw)
		return flaw;
	if (!has(pattern, 'Y') || !has(pattern, 'd') || has(pattern, 'm') == has(pattern, 'b'))
		return "needs a year %Y, a month (%m or %b) and a day %d";
	if (has(pattern, 'I') != has(pattern, 'p') || (has(pattern, 'I') && has(pattern, 'H')))
		return "needs either %H, or %I with %p";
	if ((has(pattern, 'M') && !has(pattern, 'H') && !has(pattern, 'I')) ||
	    (has(pattern, 'S') && !has(pattern, 'M')))
		return "has minutes without hours, or seconds without minutes";
	return NULL;
}

/* least to most digits; -1 otherwise. */
static int number(str *s, size_t least, size_t most)
{
	int value = 0;
	size_t n = 0;
	for (; n < most && n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++)
		value = value * 10 + (s->p[n] - '0');
	*s = str_slice(*s, n, s->n);
	return n < least ? -1 : value;
}

/* The number of the name, from 1, that the text starts with, whole or by its first three letters; -1: none. */
static int name(str *s, const str *names, int n)
{
	for (int i = 0; i < n; i++) {
		size_t whole = names[i].n;
		size_t taken = str_eq_fold(str_slice(*s, 0, whole), names[i])                ? whole
			       : str_eq_fold(str_slice(*s, 0, 3), str_slice(names[i], 0, 3)) ? 3
											     : 0;
		if (!taken)
			continue;
		*s = str_slice(*s, taken, s->n);
		return i + 1;
	}
	return -1;
}

static int month_name(str *s)
{
	static const str names[] = {S("January"),   S("February"), S("March"),    S("April"),
				    S("May"),       S("June"),     S("July"),     S("August"),
				    S("September"), S("October"),  S("November"), S("December")};
	return name(s, names, 12);
}

static int day_name(str *s)
{
	static const str names[] = {S("Monday"), S("Tuesday"),  S("Wednesday"), S("Thursday"),
				    S("Friday"), S("Saturday"), S("Sunday")};
	return name(s, names, 7);
}

static int read_seconds(str *s, struct parts *t)
{
	int second = number(s, 2, 2), digits = 0;
	t->ms = 0;
	if (s->n < 2 || (s->p[0] != '.' && s->p[0] != ',') || s->p[1] < '0' || s->p[1] > '9')
		return second;
	*s = str_slice(*s, 1, s->n);
	for (; s->n && s->p[0] >= '0' && s->p[0] <= '9'; *s = str_slice(*s, 1, s->n), digits++)
		if (digits < 3)
			t->ms = t->ms * 10 + (s->p[0] - '0');
	for (; digits < 3; digits++)
		t->ms *= 10;
	return second;
}

static bool half_day(str *s, bool *afternoon)
{
	str word = str_slice(*s, 0, 2);
	*afternoon = str_eq_fold(word, S("PM"));
	*s = str_slice(*s, 2, s->n);
	return *afternoon || str_eq_fold(word, S("AM"));
}

bool time_pattern_zone(str text, int64_t *east_ms)
{
	char whole[40];
	int64_t with, without;
	if (str_eq(text, S("UTC")) || str_eq(text, S("GMT")))
		text = S("Z");
	if (text.n == 0 || text.n > 6 || !memchr("Zz+-", text.p[0], 4))
		return false;
	int n = snprintf(whole, sizeof whole, "2000-01-02T00:00:00%.*s", STR_ARG(text));
	bool has_zone = false;
	if (!time_parse_zone((str){whole, (size_t)n}, &with, &has_zone) || !has_zone ||
	    !time_parse(S("2000-01-02"), &without))
		return false;
	*east_ms = without - with;
	return true;
}

/* The longest start of the text that is a zone. */
static bool read_zone(str *s, int64_t *east_ms)
{
	for (size_t n = s->n < 6 ? s->n : 6; n > 0; n--) {
		if (!time_pattern_zone(str_slice(*s, 0, n), east_ms))
			continue;
		*s = str_slice(*s, n, s->n);
		return true;
	}
	return false;
}

/* One letter of a pattern off the text. */
static bool read_part(char letter, str *s, struct parts *t)
{
	switch (letter) {
	case 'Y':
		return (t->year = number(s, 4, 4)) >= 0;
	case 'm':
		return (t->month = number(s, 1, 2)) >= 0;
	case 'b':
		return (t->month = month_name(s)) >= 0;
	case 'd':
		return (t->day = number(s, 1, 2)) >= 0;
	case 'a':
		return day_name(s) >= 0;
	case 'H':
		return (t->hour = number(s, 1, 2)) >= 0;
	case 'I':
		t->half = true;
		t->hour = number(s, 1, 2);
		return t->hour >= 1 && t->hour <= 12;
	case 'p':
		return half_day(s, &t->afternoon);
	case 'M':
		return (t->minute = number(s, 2, 2)) >= 0;
	case 'S':
		return (t->second = read_seconds(s, t)) >= 0;
	case 'z':
		return read_zone(s, &t->east_ms);
	default:
		return false;
	}
}

/* Whether it is a time is base/time.h's to say. */
static bool compose(const struct parts *t, int64_t *out_ms)
{
	char text[64];
	int minutes = (int)(t->east_ms / 60000), hour = t->half ? t->hour % 12 + (t->afternoon ? 12 : 0) : t->hour;
	int east = minutes < 0 ? -minutes : minutes;
	int n = snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%c%02d:%02d", t->year, t->month, t->day,
			 hour, t->minute, t->second, t->ms, minutes < 0 ? '-' : '+', east / 60, east % 60);
	return n > 0 && (size_t)n < sizeof text && time_parse((str){text, (size_t)n}, out_ms);
}

bool time_pattern_read(str pattern, str text, int64_t east_ms, int64_t *out_ms)
{
	struct parts t = {.east_ms = east_ms};
	for (size_t i = 0; i < pattern.n; i++) {
		char c = pattern.p[i];
		bool letter = c == '%' && i + 1 < pattern.n && pattern.p[i + 1] != '%';
		if (c == '%')
			c = pattern.p[++i];
		if (letter) {
			if (!read_part(c, &text, &t))
				return false;
			continue;
		}
		if (text.n == 0 || text.p[0] != c)
			return false;
		text = str_slice(text, 1, text.n);
	}
	return text.n == 0 && compose(&t, out_ms);
}
