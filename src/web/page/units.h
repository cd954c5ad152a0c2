/**
 * Pages about units: what they share.
 */
#ifndef WEB_PAGE_UNITS_H
#define WEB_PAGE_UNITS_H

#include "web/page.h"
#include "web/ui_unit.h"

/* The units at which the role holds, as a list for a form. */
MUST_USE enum status page_units_list(struct request *q, const struct unit_tree *tree, enum access_role at_least,
				     struct ui_unit_list *out, struct err *err);

#endif
