/**
 * The fixed chapters of documents: Markdown files of this program (content/book), shown as HTML.
 *
 * They are ours, so a small part of the language is enough: paragraphs, ### headings, lists with "- ", tables,
 * **strong**, *emphasis* and `code`. Every other character is text.
 */
#ifndef REPORT_PROSE_H
#define REPORT_PROSE_H

#include "base/buf.h"

/* The embedded file as HTML. A missing one is a bug and asserts. */
void report_prose_html(struct buf *b, str name);
/* The same as Markdown, as it stands in the file. */
void report_prose_markdown(struct buf *b, str name);

#endif
