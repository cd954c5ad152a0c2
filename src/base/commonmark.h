/**
 * Markdown into HTML, for texts of this program and notes of its users, by cmark-gfm: CommonMark with the tables of
 * GitHub. Raw HTML in the text is left out, links with a dangerous scheme are emptied.
 */
#ifndef BASE_COMMONMARK_H
#define BASE_COMMONMARK_H

#include "base/arena.h"
#include "base/buf.h"

struct commonmark {
	/* Where a link leads to: gives another address, or the same. NULL: they stay as they are. */
	str (*link)(void *ctx, str url, struct arena *a);
	void *ctx;
	bool pictures; /* false: they are left out */
};

/* Appends the HTML; headings carry ids as GitHub makes them ("a-verdict-needs-somebody"). What may be wider than
 * the page, examples and tables, can have the focus. E_NO_MEMORY. */
MUST_USE enum status commonmark_html(str text, const struct commonmark *how, struct arena *a, struct buf *out,
				     struct err *err);
/* The id of a heading, and of a link to it. */
str commonmark_id(str heading, struct arena *a);

#endif
