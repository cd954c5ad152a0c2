/**
 * Where a list goes on: the instant it was made for, how far one got, and a mark of the last row that was given. The
 * row is looked for by its mark, so a list that changed meanwhile neither repeats a row nor leaves one out; when the
 * row is gone, that is said. For whoever carries it, a cursor is a word without meaning.
 */
#ifndef WEB_CURSOR_H
#define WEB_CURSOR_H

#include "base/arena.h"
#include "base/err.h"

enum { CURSOR_MARK = 16 };

struct cursor {
	bool given;
	int64_t at_ms, offset; /* offset: rows that went before */
	char mark[CURSOR_MARK + 1];
};

/* Empty: the beginning. E_INVALID: it is none of ours. */
MUST_USE enum status cursor_read(str text, struct cursor *out, struct err *err);
/* The word for it. */
str cursor_write(const struct cursor *c, struct arena *a);
/* The mark of a row; key: what tells it from all others of its list. */
void cursor_mark(str key, char out[CURSOR_MARK + 1]);
/* E_CONFLICT: the row with the cursor's mark is not in the list any more. */
enum status cursor_lost(struct err *err);

#endif
