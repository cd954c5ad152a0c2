/**
 * Changes of the tree of units. Each makes a tree anew from the one that holds now, and appends it: none is edited, so
 * that each can be taken back. Only who administers the whole may; while there is no tree, an administrator of
 * anything.
 */
#ifndef APP_UNIT_H
#define APP_UNIT_H

#include "app/app.h"
#include "core/view_unit_tree.h"

/* From when a change holds. */
enum app_unit_since {
	APP_UNIT_NOW,
	APP_UNIT_ALWAYS, /* as long as the tree that it changes: a correction */
	APP_UNIT_FROM    /* from a day on, not before the tree that it changes and not after today */
};
struct app_unit_when {
	enum app_unit_since since;
	int64_t from_ms; /* of APP_UNIT_FROM */
};

/* A unit as somebody wrote it. */
struct app_unit {
	str id;     /* to add: empty to have one made of the name */
	str parent; /* empty: the root, which alone has none */
	str name;   /* empty: the id */
	unsigned deployment;
	int64_t size;
};

/* What of it was refused. */
enum app_unit_field {
	APP_UNIT_FIELD_NONE,
	APP_UNIT_FIELD_ID,
	APP_UNIT_FIELD_PARENT,
	APP_UNIT_FIELD_NAME,
	APP_UNIT_FIELD_SIZE,
	APP_UNIT_FIELD_SINCE
};

struct app_unit_act {
	struct app_unit unit;
	struct app_unit_when when;
	const struct app_unit *expected; /* as it was seen before it was changed; NULL: do not look */
};

/* E_INVALID, E_CONFLICT (the id is in use), E_NOT_FOUND (no such parent): *at says which field. The first unit of a
   store is its root, and holds for all time. */
MUST_USE enum status app_unit_add(struct app *app, const struct app_unit_act *act, enum app_unit_field *at,
				  struct view_unit_change *out, struct err *err);
/* Name, parent, types and size; the id is kept for good. E_NOT_FOUND: no such unit; E_CONFLICT: it is another than the
   one expected, and nothing was changed; else as above. */
MUST_USE enum status app_unit_set(struct app *app, const struct app_unit_act *act, enum app_unit_field *at,
				  struct view_unit_change *out, struct err *err);
/* The unit of act and all below it; their history is kept. E_INVALID: it is the root. */
MUST_USE enum status app_unit_remove(struct app *app, const struct app_unit_act *act, enum app_unit_field *at,
				     struct view_unit_change *out, struct err *err);
/* What app_unit_import would do, with nothing stored: the difference to the tree that holds then. */
MUST_USE enum status app_unit_look(struct app *app, struct source *from, struct app_time since, struct unit_diff *diff,
				   struct view_unit_import *out, struct err *err);
/* A unit that no tree has at an instant: since when, after it, one has it. *found = false: none has, or the person may
   not read it there. */
MUST_USE enum status app_unit_begin(struct app *app, str unit, int64_t at_ms, bool *found, int64_t *since_ms,
				    struct err *err);
/* All trees, the last one recorded first. */
MUST_USE enum status app_unit_history(struct app *app, const struct view_unit_tree **out, size_t *n, struct err *err);
/* One of them, with what it changed. tree 0: the one that holds now. E_NOT_FOUND: there is none. */
MUST_USE enum status app_unit_step(struct app *app, int64_t tree, struct view_unit_step *out, struct err *err);
/* Makes an earlier tree hold again. expected: the number of the tree that holds, as it was seen; 0: do not look.
   E_CONFLICT: another one does. */
MUST_USE enum status app_unit_restore(struct app *app, int64_t tree, int64_t expected, const struct app_unit_when *when,
				      enum app_unit_field *at, struct view_unit_change *out, struct err *err);

#endif
