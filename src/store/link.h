/**
 * Links in the store, and the names that feeds use for AI systems.
 */
#ifndef STORE_LINK_H
#define STORE_LINK_H

#include "base/arena.h"
#include "core/evidence.h"
#include "core/link.h"
#include "store/evidence.h"

struct db;

struct store_link {
	int64_t id;
	str name, system; /* name: an alias or a pattern; see core/link.h */
	int64_t feed_id;  /* 0: of every feed; then feed.p is NULL */
	str feed, reason, actor, ended_by;
	int64_t recorded_ms, ended_ms; /* TIME_FOREVER: it holds */
};

/* id is given by the store; what says about its end is not looked at. */
MUST_USE enum status store_link_add(struct db *db, const struct store_link *link, int64_t *id, struct err *err);
MUST_USE enum status store_link_end(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err);
/* By name, feed and id; ended: also those that no longer hold. */
MUST_USE enum status store_link_list(struct db *db, bool ended, struct arena *a, struct store_link **out, size_t *n,
				     struct err *err);
/* The links that hold now, and the AI systems that feeds show at an instant. */
MUST_USE enum status store_link_book(struct db *db, int64_t at_ms, struct arena *a, struct link_book *out,
				     struct err *err);

/* A name for an AI system, as the rows of one feed, unit and kind use it. */
struct store_named {
	str name, feed, unit;
	int64_t feed_id, rows;
	bool discovered;     /* an AI system, and the feed says that it was only discovered */
	int64_t happened_ms; /* of events: the latest; else INT64_MIN */
	int64_t shown_ms;    /* the last snapshot that showed one of them; INT64_MIN: the newest of its feed */
};
/* What the rows of a kind call AI systems at an instant, by name, unit and feed; nothing for a kind that names none. Of
   ai_system: those which the feed says were only discovered. */
MUST_USE enum status store_link_names(struct db *db, enum evidence_kind_id kind, int64_t at_ms, struct arena *a,
				      struct store_named **out, size_t *n, struct err *err);
/* AI systems as feeds show them at an instant, by id, unit and feed. */
MUST_USE enum status store_link_systems(struct db *db, int64_t at_ms, struct arena *a, struct store_named **out,
					size_t *n, struct err *err);
enum { STORE_LINK_SIGHTING_DAYS = 365 /* an event that is older shows no system any more */ };
/* Whether such rows show that there is a system of this name. */
bool store_link_sees(enum evidence_kind_id kind, const struct store_named *named, int64_t at_ms);
/* The rows of a kind and unit that name a system so, newest first, at most `limit`. */
MUST_USE enum status store_link_sightings(struct db *db, enum evidence_kind_id kind, str unit, str name, int64_t at_ms,
					  int64_t limit, struct arena *a, struct store_record **out, size_t *n,
					  struct err *err);

#endif
