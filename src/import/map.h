/**
 * Reading JSON objects whose members are named by the file itself: servers by their name, results by their path.
 */
#ifndef IMPORT_MAP_H
#define IMPORT_MAP_H

#include "import/walk.h"

/* Standing on the first event of a member's value; must leave the reader on its last. The key lives in w->texts. */
typedef enum status (*import_map_fn)(struct import_walk *w, str key, void *record, struct err *err);

/* Standing on a value: calls for every member of an object; null is an empty one. A key with a NUL is refused; whether
   one may stand twice is the caller's to say. */
MUST_USE enum status import_map_each(struct import_walk *w, import_map_fn call, void *record, struct err *err);

#endif
