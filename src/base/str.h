/**
 * Text with a length.
 *
 * A `str` borrows: it points into memory that somebody else owns, may hold NUL bytes and
 * is cut, never copied, unless an arena is named. The empty str is { NULL, 0 } or any n = 0.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

typedef struct {
	const char *p;
	size_t n;
} str;

/* A literal as str; S(variable) does not compile. */
#define S(lit) ((str){"" lit, sizeof(lit) - 1})
/* For printf's "%.*s"; a text longer than an int can say is cut. */
#define STR_ARG(s) (int)((s).n < INT32_MAX ? (s).n : INT32_MAX), ((s).p ? (s).p : "")

/* The str over a NUL-terminated text; NULL gives the empty str. */
str str_from(const char *z);
bool str_eq(str a, str b);
/* Byte order, as memcmp: <0, 0, >0; a prefix sorts first. */
int str_cmp(str a, str b);
/* Equal when ASCII letters are folded; other bytes must be the same. */
bool str_eq_fold(str a, str b);
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
/* Where needle starts in s; -1 when it does not occur. */
ptrdiff_t str_find(str s, str needle);
/* Where it occurs first when ASCII letters are folded, -1: nowhere. The empty text occurs at 0. */
ptrdiff_t str_find_fold(str s, str needle);
bool str_has_fold(str s, str needle);
/* Bytes from..to, both clamped to the text. */
str str_slice(str s, size_t from, size_t to);
/* Without leading and trailing space, tab, CR and LF. */
str str_trim(str s);
/* Splits at the first sep: head before it, tail after it. false when sep is absent: head = s, tail empty. */
bool str_cut(str s, char sep, str *head, str *tail);
/* A copy in the arena with a NUL behind it (not counted). p is NULL when the arena is full. */
str str_copy(struct arena *a, str s);
/* The same as a NUL-terminated text; NULL when the arena is full. NUL bytes inside stay. */
const char *str_z(struct arena *a, str s);
/* Decimal integer, optional sign, nothing around it. false on anything else or on overflow; out untouched. */
bool str_to_i64(str s, int64_t *out);
/* true when s is well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF). */
bool str_is_utf8(str s);
/* How many bytes at the start of s are well-formed UTF-8; s.n when all are. */
size_t str_utf8_prefix(str s);

#endif
