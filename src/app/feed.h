/**
 * What the files of app/ ask about feeds; inside the caller's transaction.
 */
#ifndef APP_FEED_H
#define APP_FEED_H

#include "app/verdict.h"

/* What the objectives of a model ask of feeds at an instant. */
struct app_feed_demand {
	struct app_verdict_book book;
	const struct model *model;
	uint64_t *kinds; /* by objective: what its check reads */
};

MUST_USE enum status app_feed_open(struct app *app, const struct model *m, int64_t at_ms, struct app_feed_demand *out,
				   struct err *err);
/* By name the feeds that have handed in something by then, each with its state, and the kinds that nobody hands in.
 * count: with how many rows each holds. */
MUST_USE enum status app_feed_states(const struct app_feed_demand *d, bool count, struct view_feeds *out,
				     struct err *err);

#endif
