#include "web/cursor.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"

static bool is_mark(str text)
{
	bool good = text.n == CURSOR_MARK;
	for (size_t i = 0; i < text.n; i++)
		good &= (text.p[i] >= '0' && text.p[i] <= '9') || (text.p[i] >= 'a' && text.p[i] <= 'f');
	return good;
}

enum status cursor_read(str text, struct cursor *out, struct err *err)
{
	str at, rest, offset, mark;
	struct cursor c = {.given = true};
	if (!text.n) {
		*out = (struct cursor){0};
		return OK;
	}
	bool good = str_cut(text, '.', &at, &rest) && str_cut(rest, '.', &offset, &mark) && str_to_i64(at, &c.at_ms) &&
		    str_to_i64(offset, &c.offset) && c.offset > 0 && is_mark(mark);
	if (!good) {
		err_set(err, E_INVALID, "this is not a cursor of this server");
		err_hint(err, "take it from the header Link of the page before, or begin without one");
		return E_INVALID;
	}
	memcpy(c.mark, mark.p, CURSOR_MARK);
	*out = c;
	return OK;
}

str cursor_write(const struct cursor *c, struct arena *a)
{
	char text[80];
	int n = snprintf(text, sizeof text, "%" PRId64 ".%" PRId64 ".%s", c->at_ms, c->offset, c->mark);
	return str_copy(a, (str){text, (size_t)n});
}

void cursor_mark(str key, char out[CURSOR_MARK + 1])
{
	char text[HASH_TEXT];
	(void)hash_of(key, text);
	memcpy(out, text, CURSOR_MARK);
	out[CURSOR_MARK] = 0;
}

enum status cursor_lost(struct err *err)
{
	err_set(err, E_CONFLICT, "the list has changed, and the row that the page before ended with is gone");
	err_hint(err, "begin again without a cursor");
	return E_CONFLICT;
}
