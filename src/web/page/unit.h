/**
 * The pages on which the tree of units is changed: what they share.
 */
#ifndef WEB_PAGE_UNIT_H
#define WEB_PAGE_UNIT_H

#include "app/unit.h"
#include "web/page/units.h"

/* ---- web/page/unit_form.c ---- */

/* What a form was sent for, as app/ takes it. E_INVALID: a number or a day is none; *at is its field. */
MUST_USE enum status page_unit_read(const struct request *q, struct app_unit_act *act, enum app_unit_field *at,
				    struct err *err);
/* Only from when it holds. */
MUST_USE enum status page_unit_read_when(const struct request *q, struct app_unit_when *when, enum app_unit_field *at,
					 struct err *err);
/* As page_refuse; at: the field at fault, or none. */
MUST_USE enum status page_unit_refuse(struct request *q, struct reply *r, enum status status, const struct err *why,
				      enum app_unit_field at, str path,
				      enum status (*serve)(struct request *q, struct reply *r, struct err *err),
				      struct err *err);
/* Name, types, size. */
struct page_unit_shown {
	str name, size;
	unsigned deployment;
};
void page_unit_fields(struct ui *u, const struct page_unit_shown *shown);
/* From when the change holds; since: what is chosen before anybody chooses, day: the id of its field. */
void page_unit_when(struct ui *u, str since, str day);
/* What is chosen before anybody chooses: while nothing is known, a change is a correction. */
str page_unit_since(const struct request *q, const struct view_frame *frame);

/* ---- web/page/unit_tree.c ---- */

/* They are about the tree that holds now, whatever lens the address carries. */
MUST_USE enum status page_unit_open(struct request *q, struct reply *r, struct page *out, struct err *err);
/* The parts of the place beside the content. */
void page_unit_head(struct page *p, str title, str current);
MUST_USE enum status page_unit_end(struct page *p, struct reply *r, struct err *err);
/* After an act: back to the tree, which says what was done and takes it back when asked. */
MUST_USE enum status page_unit_done(struct request *q, struct reply *r, str act, const struct view_unit_change *change,
				    str since, struct err *err);

/* ---- web/page/unit_history.c ---- */

/* What changed, unit by unit. */
void page_unit_changes(struct ui *u, const struct unit_diff *diff);
/* "for all time", "from 15 Nov 2026, 00:00 UTC on" */
void page_unit_from(struct buf *b, int64_t since_ms);

#endif
