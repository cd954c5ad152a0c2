/**
 * Discussion: comments on an objective at a unit. Added and withdrawn, never edited.
 */
#ifndef STORE_COMMENT_H
#define STORE_COMMENT_H

#include "base/arena.h"
#include "store/answer.h"

struct db;

struct store_comment {
	int64_t id; /* 0: there is none */
	str line, objective, unit, body, actor;
	int64_t recorded_ms;
	int64_t withdrawn_ms; /* TIME_FOREVER: it was not */
};

MUST_USE enum status store_comment_add(struct db *db, const struct store_comment *comment, int64_t *id,
				       struct err *err);
MUST_USE enum status store_comment_find(struct db *db, int64_t id, struct arena *a, struct store_comment *out,
					struct err *err);
MUST_USE enum status store_comment_withdraw(struct db *db, int64_t id, struct store_stamp stamp, struct err *err);
/* Those with an id below `before`, the newest first, at most `limit`. */
MUST_USE enum status store_comment_list(struct db *db, const struct store_answer_place *place, int64_t before,
					size_t limit, struct arena *a, struct store_comment **out, size_t *n,
					struct err *err);

#endif
