/**
 * What the pages about registers share.
 */
#ifndef WEB_PAGE_REGISTER_H
#define WEB_PAGE_REGISTER_H

#include "app/register.h"
#include "web/page.h"
#include "web/ui_form.h"
#include "web/ui_view.h"

/* Opens a page with the registers beside it; `path` is the part that is shown. E_NOT_FOUND: there are no units yet. */
MUST_USE enum status page_register_open(struct request *q, struct reply *r, struct page *p, struct err *err);
void page_register_head(struct page *p, str title, str path);
MUST_USE enum status page_register_end(struct page *p, struct reply *r, struct err *err);
/* The kind that a part of the address names. E_NOT_FOUND. */
MUST_USE enum status page_register_kind(str name, enum evidence_kind_id *out, struct err *err);
/* "provider_id" as a heading: "Provider" */
void page_register_title(struct buf *b, str column);
/* The name of a unit; of one that the tree no longer has, its id. */
void page_register_unit(const struct ui *u, str id);
/* A column of a row, with the name of a person beside the id. */
void page_register_cell(struct buf *b, enum evidence_kind_id kind, const struct view_register_row *row, int column);
/* What a column says, as text; what nobody said is a dash. */
void page_register_value(struct buf *b, const struct evidence_column *column, const struct evidence_value *v);
/* The name of a row, where its kind has one and somebody said it; else its id. */
str page_register_name(enum evidence_kind_id kind, const struct view_register_row *row);
/* A link to the page of a subject, closed by </a>. */
void page_register_link(struct ui *u, enum evidence_kind_id kind, str unit, str id);
/* May the person do that at a unit, now and not in the past? */
bool page_register_may(const struct request *q, const struct page *p, enum access_role at_least, str unit);

#endif
