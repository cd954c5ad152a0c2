/**
 * For the JSON tests: a whole event stream as text.
 */
#ifndef TEST_JSON_EVENTS_H
#define TEST_JSON_EVENTS_H

#include <inttypes.h>

#include "base/json.h"
#include "pieces.h"

static inline const char *event_name(enum json_event event)
{
	static const char *const names[] = {"end",  "object", "object_end", "array", "array_end", "key",
					    "text", "number", "true",       "false", "null"};
	return names[event];
}

/* One line an event: [line:column ]depth name[ bytes:text]. */
static inline void event_line(struct buf *out, const struct json_reader *r, bool places)
{
	if (places)
		buf_printf(out, "%" PRId64 ":%" PRId64 " ", r->line, r->column);
	buf_printf(out, "%d %s", r->depth, event_name(r->event));
	if (r->event == JSON_KEY || r->event == JSON_STRING || r->event == JSON_NUMBER) {
		buf_printf(out, " %zu:", r->text.n);
		buf_add(out, r->text);
	}
	buf_char(out, '\n');
}

enum events_mode { EVENTS_PLAIN = 0, EVENTS_PLACES = 1, EVENTS_LINES = 2 };

/* All events up to the end or the first error, which is returned. */
static inline enum status events_of(struct source *from, int mode, struct buf *out, struct err *err)
{
	struct arena a = ARENA((size_t)16 << 20);
	struct json_reader r;
	enum status status = mode & EVENTS_LINES ? json_open_lines(&r, from, &a, err) : json_open(&r, from, &a, err);
	while (status == OK) {
		status = json_next(&r, err);
		if (status != OK)
			break;
		event_line(out, &r, mode & EVENTS_PLACES);
		if (r.event == JSON_END)
			break;
	}
	arena_release(&a);
	return status;
}

#endif
