/**
 * The XML reader. The first byte chooses the size of the pieces in which the text is read a second time (0: it is not):
 * whole and in pieces must give the same events, or an error of the same kind (libexpat may find another one of two
 * mistakes first). Names, depth and text keep their promises.
 */
#include <stdlib.h>
#include <string.h>

#include "../base/xml_events.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool yes)
{
	if (!yes)
		abort();
}

static void check_event(const struct xml_reader *r, int depth)
{
	must(r->depth == depth + (r->event == XML_START) - (r->event == XML_END) && r->depth <= LIMIT_DEPTH);
	must(r->line >= 1 && r->column >= 1 && r->n_attributes <= LIMIT_XML_ATTRIBUTES);
	must(r->text.n <= LIMIT_VALUE_BYTES && str_is_utf8(r->text) && (r->text.n > 0) == (r->event == XML_TEXT));
	must((r->name.n > 0) == (r->event == XML_START || r->event == XML_END));
	for (size_t i = 0; i < r->n_attributes; i++) {
		must(r->attributes[i].name.n > 0 && str_is_utf8(r->attributes[i].value));
		must(!memchr(r->attributes[i].name.p, ':', r->attributes[i].name.n));
	}
}

/* The tags alone are those among all events. */
static void tags(str text)
{
	struct arena a = ARENA((size_t)64 << 20);
	struct source s = source_text(S("a.xml"), text), t = source_text(S("a.xml"), text);
	struct xml_reader all, r;
	enum status status = OK;
	must(xml_open(&all, &s, &a, NULL) == OK && xml_open(&r, &t, &a, NULL) == OK);
	do {
		do
			status = xml_next(&all, NULL);
		while (status == OK && all.event == XML_TEXT);
		must(xml_tag(&r, NULL) == status || status == E_TOO_LARGE);
		must(status != OK || (r.event == all.event && r.depth == all.depth && str_eq(r.name, all.name)));
	} while (status == OK && r.event != XML_EOF);
	arena_release(&a);
}

/* Every event, and the content of every element below the outermost as one. */
static void walk(str text, bool content)
{
	struct arena a = ARENA((size_t)64 << 20);
	struct source s = source_text(S("a.xml"), text);
	struct xml_reader r;
	str all = {0};
	int depth = 0;
	must(xml_open(&r, &s, &a, NULL) == OK);
	while (xml_next(&r, NULL) == OK) {
		check_event(&r, depth);
		depth = r.depth;
		if (r.event == XML_EOF)
			break;
		if (!content || r.event != XML_START || depth == 1)
			continue;
		if (xml_content(&r, &all, NULL) != OK)
			break;
		must(r.depth == --depth && r.event == XML_END && str_is_utf8(all));
	}
	arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n == 0)
		return 0;
	str text = {(const char *)data + 1, n - 1};
	struct buf whole = BUF(64 << 20), pieces = BUF(64 << 20);
	struct err err = {0}, err_pieces = {0};
	struct source s = source_text(S("a.xml"), text);
	enum status status = events_of(&s, true, &whole, &err);
	must(status == OK || (err.status == status && err.message[0] && strncmp(err.where, "a.xml:", 6) == 0));
	if (data[0] && text.n) {
		s = in_pieces(S("a.xml"), text, data[0]);
		must(s.fd >= 0);
		must(events_of(&s, true, &pieces, &err_pieces) == status);
		must(status != OK || str_eq(buf_str(&whole), buf_str(&pieces)));
		must(err.status == err_pieces.status);
		source_close(&s);
	}
	walk(text, data[0] & 1);
	tags(text);
	buf_release(&whole);
	buf_release(&pieces);
	return 0;
}
