/**
 * What the files about units share; for them alone, inside the caller's transaction.
 */
#ifndef APP_UNIT_INSIDE_H
#define APP_UNIT_INSIDE_H

#include "app/access.h"
#include "app/load.h"
#include "app/unit.h"

/* The tree that holds now, and whether there is one; asks whether the person may change it. */
MUST_USE enum status app_unit_allow(struct app *app, bool *some, struct store_tree *now, struct err *err);
/* A file as a tree: columns unit, parent, name, deployments, size. */
MUST_USE enum status app_unit_read(struct source *from, struct arena *a, struct unit_tree *out, struct err *err);

#endif
