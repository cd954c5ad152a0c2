/**
 * The pages on which the tree of units is changed: what they share.
 */
#ifndef WEB_PAGE_UNIT_H
#define WEB_PAGE_UNIT_H

#include "app/unit.h"
#include "web/page/units.h"

/* ---- web/page/unit_form.c ---- */

/* The fields of a unit as they were written, and what was refused. */
struct page_unit_typed {
	str id, parent, name, size, since, day;
	unsigned deployment;
	enum app_unit_field at; /* of what `why` tells; APP_UNIT_FIELD_NONE: of the whole, when there is a message */
	struct err why;
};
/* From a form, also into what app/ takes. E_INVALID: a number or a day is none; at and why say so. */
MUST_USE enum status page_unit_read(const struct request *q, struct page_unit_typed *typed, struct app_unit_act *act);
/* Only from when it holds. */
MUST_USE enum status page_unit_read_when(const struct request *q, struct page_unit_typed *typed,
					 struct app_unit_when *when);
/* Why a field was refused; NULL: it was not. */
const struct err *page_unit_refused(const struct page_unit_typed *typed, enum app_unit_field field);
/* Name, types, size. */
void page_unit_fields(struct ui *u, const struct page_unit_typed *typed);
/* From when the change holds; day: the id of its field. */
void page_unit_when(struct ui *u, const struct page_unit_typed *typed, str day);
/* What is chosen before anybody chooses: while nothing is known, a change is a correction. */
str page_unit_since(const struct request *q, const struct view_frame *frame);

/* Is this a refusal that a form shows? Anything worse is a failure. */
bool page_unit_shows(enum status status);

/* ---- web/page/unit_tree.c ---- */

/* They are about the tree that holds now, whatever lens the address carries. */
MUST_USE enum status page_unit_open(struct request *q, struct reply *r, struct page *out, struct err *err);
/* The parts of the place beside the content. */
void page_unit_head(struct page *p, str title, str current);
MUST_USE enum status page_unit_end(struct page *p, struct reply *r, struct err *err);
/* After an act: back to the tree, which says what was done and takes it back when asked. */
MUST_USE enum status page_unit_done(struct request *q, struct reply *r, str act, const struct view_unit_change *change,
				    str since, struct err *err);
/* A form is shown again with what was typed. */
MUST_USE enum status page_unit_tree_again(struct request *q, struct reply *r, const struct page_unit_typed *typed,
					  enum status status, struct err *err);

/* ---- web/page/unit_history.c ---- */

/* What changed, unit by unit. */
void page_unit_changes(struct ui *u, const struct unit_diff *diff);
/* "for all time", "from 15 Nov 2026, 00:00 UTC on" */
void page_unit_from(struct buf *b, int64_t since_ms);

#endif
