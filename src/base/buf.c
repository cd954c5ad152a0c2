#include "base/buf.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for `more` bytes and a NUL behind them. */
static bool buf_reserve(struct buf *b, size_t more)
{
	if (b->status != OK)
		return false;
	if (more > b->limit || b->n > b->limit - more) {
		b->status = E_TOO_LARGE;
		return false;
	}
	if (more > SIZE_MAX / 4 || b->n > SIZE_MAX / 4) {
		b->status = E_NO_MEMORY;
		return false;
	}
	size_t need = b->n + more + 1;
	if (need <= b->cap)
		return true;
	size_t cap = b->cap ? b->cap : 256;
	while (cap < need)
		cap *= 2;
	char *p = realloc(b->p, cap);
	if (!p) {
		b->status = E_NO_MEMORY;
		return false;
	}
	b->p = p;
	b->cap = cap;
	return true;
}

void buf_add(struct buf *b, str s)
{
	if (s.n == 0 || !buf_reserve(b, s.n))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
	b->p[b->n] = '\0';
}

void buf_char(struct buf *b, char c)
{
	buf_add(b, (str){&c, 1});
}

void buf_i64(struct buf *b, int64_t v)
{
	buf_printf(b, "%" PRId64, v);
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0 && b->status == OK)
		b->status = E_TOO_LARGE; /* longer than an int can say */
	if (n > 0 && buf_reserve(b, (size_t)n)) {
		(void)vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->status = OK;
}

str buf_str(const struct buf *b)
{
	return (str){b->p, b->n};
}

void buf_release(struct buf *b)
{
	free(b->p);
	*b = (struct buf){.limit = b->limit};
}
