/**
 * HTML, appended to a buf. Markup is a literal: html_raw with a variable does not compile. Everything else is escaped.
 */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/buf.h"

/* Markup, as it is. */
#define html_raw(b, lit) buf_add((b), S(lit))
/* Text between tags, or inside an attribute's double quotes; also harmless in comments and titles. */
void html_text(struct buf *b, str text);
void html_int(struct buf *b, int64_t v);
/* A text of one or more paragraphs, separated by empty lines, as <p> elements. */
void html_paragraphs(struct buf *b, str text);
/* The same, with the addresses of base/link.h as links. */
void html_paragraphs_linked(struct buf *b, str text);
/* An embedded file as it is: a style sheet or script of this program. A missing one is a bug and asserts. */
void html_file(struct buf *b, str name);

#endif
