/**
 * Units in forms. As in ui.h: pure, from values to bytes.
 */
#ifndef WEB_UI_UNIT_H
#define WEB_UI_UNIT_H

#include "web/ui.h"

/* Up to so many units are a choice that is opened; of more an id is typed, and so many of them are offered. */
enum { UI_UNIT_CHOICE = 300, UI_UNIT_OFFERED = 2000 };

/* The units that may be chosen, as indexes of the tree in its order. */
struct ui_unit_list {
	const struct unit_tree *tree;
	const int *units;
	size_t n;
};

struct ui_unit_pick {
	str id, name, label;
	str value; /* as it was written; empty: nothing is chosen */
	str none;  /* what stands for nothing; empty: a unit has to be chosen */
};
/* A labelled choice of one unit, as ui_field for what is refused. `offered`: the id of the list that is offered, of
 * ui_unit_offer. */
void ui_unit_pick(struct ui *u, const struct ui_unit_list *list, const struct ui_unit_pick *pick, str offered);
/* What fields of this page offer while somebody types; nothing where units are a choice that is opened. */
void ui_unit_offer(struct ui *u, const struct ui_unit_list *list, str id);
/* The deployment types as boxes to tick, of the name `deployments`; bits: those that are ticked. */
void ui_unit_types(struct ui *u, unsigned bits, str legend, str hint);
/* "SaaS, managed service"; "as above" for none. */
void ui_unit_type_words(struct buf *b, unsigned bits);

#endif
