/**
 * What waits for an answer of the person who asks.
 */
#ifndef APP_QUEUE_H
#define APP_QUEUE_H

#include "app/app.h"
#include "core/view_queue.h"

struct app_queue {
	str unit;       /* at and below it; empty: everywhere */
	bool interview; /* the guided one through levels 2 and 3, instead of the queue */
};
/* Only places that the person may answer: as an assessor, or because they are assigned. Leaf units, and the root for
   objectives of the whole program. Who may answer nothing gets an empty queue. */
MUST_USE enum status app_queue(struct app *app, const struct app_queue *ask, struct view_queue *out, struct err *err);
/* How much waits for the person. Inside the caller's transaction; for the files of app/ alone. */
MUST_USE enum status app_queue_count(struct app *app, const struct model *m, const struct unit_tree *tree,
				     struct view_queue_waiting *out, struct err *err);

#endif
