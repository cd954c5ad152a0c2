/**
 * A growing text with a ceiling.
 *
 * The first failure sticks in `status`, so twenty appends need one check. The bytes are malloc'd
 * and given back by buf_release; buf_str borrows them until the next append.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/err.h"
#include "base/str.h"

struct buf {
	char *p;
	size_t n, cap, limit;
	enum status status; /* OK, E_TOO_LARGE or E_NO_MEMORY */
};

/* An empty buffer that may hold `max` bytes. */
#define BUF(max) ((struct buf){.limit = (max)})

void buf_add(struct buf *b, str s);
void buf_char(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *format, ...) PRINTF(2, 3);
/* Forgets the text, keeps the memory and clears the status. */
void buf_clear(struct buf *b);
str buf_str(const struct buf *b);
void buf_release(struct buf *b);

#endif
