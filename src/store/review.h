/**
 * Reviews as facts: what a second person did with an attested answer, and what was taken back of it.
 */
#ifndef STORE_REVIEW_H
#define STORE_REVIEW_H

#include "base/arena.h"
#include "store/measure.h"

struct db;

struct store_review {
	int64_t id; /* given by the store; 0: there is none */
	int64_t answer_seq;
	int64_t reviewed_seq; /* the measure that confirms it; 0: it was returned */
	str comment, actor;
	int64_t recorded_ms;
};

MUST_USE enum status store_review_add(struct db *db, const struct store_review *review, int64_t *id, struct err *err);
MUST_USE enum status store_review_undo(struct db *db, int64_t id, struct store_stamp stamp, struct err *err);
/* The last one of an answer that was not taken back. */
MUST_USE enum status store_review_of(struct db *db, int64_t answer_seq, struct arena *a, struct store_review *out,
				     struct err *err);
/* The one that a measure came out of; also when it was taken back. */
MUST_USE enum status store_review_made(struct db *db, int64_t reviewed_seq, struct arena *a, struct store_review *out,
				       struct err *err);

#endif
