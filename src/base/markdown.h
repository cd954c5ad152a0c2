/**
 * Markdown (CommonMark with the tables of GitHub), appended to a buf. Markup is a literal; everything else is escaped,
 * so that no text can become a heading, a list, a link, markup or a formula, wherever it stands in a line.
 */
#ifndef BASE_MARKDOWN_H
#define BASE_MARKDOWN_H

#include "base/buf.h"

/* Markup, as it is. */
#define markdown_raw(b, lit) buf_add((b), S(lit))
/* Text on one line: white space, line ends too, becomes one space. */
void markdown_text(struct buf *b, str text);
/* The same, with the addresses of base/link.h as links. */
void markdown_text_linked(struct buf *b, str text);
/* A fenced block with exactly these bytes (but for what plain_next replaces); `language` is a literal. */
void markdown_code(struct buf *b, str text, const char *language);

#endif
