/**
 * For the XML tests: a whole event stream as text.
 */
#ifndef TEST_XML_EVENTS_H
#define TEST_XML_EVENTS_H

#include <inttypes.h>

#include "base/buf.h"
#include "base/xml.h"
#include "pieces.h"

static inline void event_name(struct buf *out, str namespace, str name)
{
	if (namespace.n)
		buf_printf(out, "{%.*s}", STR_ARG(namespace));
	buf_add(out, name);
}

/* One line an event: [line:column ]depth <name attribute="value">, </name>, bytes:text or end. */
static inline void event_line(struct buf *out, const struct xml_reader *r, bool places)
{
	if (places)
		buf_printf(out, "%" PRId64 ":%" PRId64 " ", r->line, r->column);
	buf_printf(out, "%d ", r->depth);
	if (r->event == XML_EOF)
		buf_add(out, S("end"));
	if (r->event == XML_TEXT) {
		buf_printf(out, "%zu:", r->text.n);
		buf_add(out, r->text);
	}
	if (r->event == XML_START || r->event == XML_END) {
		buf_add(out, r->event == XML_START ? S("<") : S("</"));
		event_name(out, r->namespace, r->name);
	}
	for (size_t i = 0; i < r->n_attributes; i++) {
		buf_char(out, ' ');
		event_name(out, r->attributes[i].namespace, r->attributes[i].name);
		buf_add(out, S("=\""));
		buf_add(out, r->attributes[i].value);
		buf_char(out, '"');
	}
	buf_add(out, r->event == XML_START || r->event == XML_END ? S(">\n") : S("\n"));
}

/* All events up to the end or the first error, which is returned. */
static inline enum status events_of(struct source *from, bool places, struct buf *out, struct err *err)
{
	struct arena a = ARENA((size_t)64 << 20);
	struct xml_reader r;
	enum status status = xml_open(&r, from, &a, err);
	while (status == OK) {
		status = xml_next(&r, err);
		if (status != OK)
			break;
		event_line(out, &r, places);
		if (r.event == XML_EOF)
			break;
	}
	arena_release(&a);
	return status;
}

#endif
