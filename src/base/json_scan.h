/**
 * The inside of the JSON reader: bytes to tokens, and where they stand. For json.c alone.
 *
 * Functions give false after an error and leave it in the state's fault, where the first one stays.
 */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include "base/json.h"

/* Instead of a byte: the source has ended. */
enum { JSON_SCAN_END = -1 };
enum { JSON_SCAN_WINDOW = 64 << 10, JSON_SCAN_WORD = sizeof(uint64_t) };

/* What the reader stands before. */
enum json_scan_want { AT_START, AT_VALUE, AFTER_VALUE, AT_ITEM, AFTER_ITEM, AT_MEMBER, AFTER_MEMBER, AFTER_NAME };

struct json_scan_open {
	int64_t line, column;
	bool object;
};

struct json_state {
	struct source *from;
	struct arena *arena;
	unsigned char *window;  /* JSON_SCAN_WORD longer than used: a scan looks a word ahead */
	unsigned char *p, *end; /* the unread part; *end is always NUL, so that scans over a byte class stop there */
	int64_t window_at;      /* offset of the window's first byte in the source */
	int64_t token_at;       /* offset of the current token */
	int64_t line, line_at;  /* the current line, and the offset of its first byte */
	bool lines, ended;
	enum json_scan_want want;
	int depth;
	char *text; /* a text that had escapes or crossed the window's border */
	size_t text_n, text_cap;
	struct json_scan_open opened[LIMIT_DEPTH];
	struct err fault;
};

#pragma GCC visibility push(hidden)

/* The offset of p in the source. */
static inline int64_t json_scan_offset(const struct json_state *s)
{
	return s->window_at + (s->p - s->window);
}

/* Tries to have k bytes unread. Moves the window: texts in it are gone. */
bool json_scan_have(struct json_state *s, size_t k);
/**
 * Skips to a byte that is not white space and starts a token there; the byte stays unread. In JSON Lines a line break
 * inside a value is not white space: a record that was cut off is refused on its own line, not on the next one.
 */
int json_scan_space(struct json_state *s);
/* A text in quotes. It is borrowed from the window when it lies there whole and without escapes. */
bool json_scan_text(struct json_state *s, str *out);
bool json_scan_number(struct json_state *s, str *out);

/* What may stand after a whole value. */
const char *json_scan_follows(const struct json_state *s);
/* The error that something else stands at p. */
bool json_scan_expected(struct json_state *s, const char *what);
/* Any other error, at an offset of the current line; byte: the one found there, or JSON_SCAN_END. */
bool json_scan_refuse(struct json_state *s, int64_t at, const char *message, int byte, const char *hint);
/* E_TOO_LARGE at the current token: "<more_than> <limit> <unit>". */
bool json_scan_too_large(struct json_state *s, const char *more_than, long long limit, const char *unit);

#pragma GCC visibility pop

#endif
