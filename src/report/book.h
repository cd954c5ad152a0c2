/**
 * The book of a model: everything a person has to know to use it, made from the model alone, so that the same model
 * always gives the same bytes. One HTML page that needs nothing beside it, or a folder of Markdown pages.
 *
 * The model may be a stranger's: its texts are escaped everywhere, and no name of a file is made from them but for the
 * ids of categories.
 */
#ifndef REPORT_BOOK_H
#define REPORT_BOOK_H

#include "base/arena.h"
#include "core/view.h"

enum report_book_format { REPORT_BOOK_HTML, REPORT_BOOK_MARKDOWN };

/* HTML: one document without a name. Markdown: README.md first, then a page per category and the two of references. */
MUST_USE enum status report_book(const struct view_book *view, enum report_book_format format, struct arena *a,
				 struct view_documents *out, struct err *err);

#endif
