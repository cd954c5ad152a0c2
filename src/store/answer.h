/**
 * Answers: the measures of the source `answer`, with their documents, and what was taken back.
 *
 * Of a place (line, unit, objective) that answer is current which the first scoring rule takes: the greatest
 * observed time, of equals the greatest running number. What was taken back is none of them.
 */
#ifndef STORE_ANSWER_H
#define STORE_ANSWER_H

#include "base/arena.h"
#include "store/measure.h"

struct db;

struct store_answer {
	int64_t seq;               /* 0: there is none */
	struct store_measure said; /* without digest and file; texts as they were stored */
	str actor;
	int64_t recorded_ms;
};

struct store_answer_place {
	str line, unit, objective;
};

MUST_USE enum status store_answer_current(struct db *db, const struct store_answer_place *place, int64_t at_ms,
					  struct arena *a, struct store_answer *out, struct err *err);
/* By running number. */
MUST_USE enum status store_answer_find(struct db *db, int64_t seq, struct arena *a, struct store_answer *out,
				       struct err *err);
/* The running number of the answer recorded last; 0: there is none. */
MUST_USE enum status store_answer_last(struct db *db, const struct store_answer_place *place, int64_t *seq,
				       struct err *err);
/* The current attested answers of a line that were not returned, by running number. */
typedef enum status store_answer_fn(void *ctx, const struct store_answer *answer, struct err *err);
MUST_USE enum status store_answer_waiting(struct db *db, str line, int64_t at_ms, struct arena *a,
					  store_answer_fn *each, void *ctx, struct err *err);
/* The same counted, without the other texts. */
struct store_answer_count {
	str unit, objective, actor;
	int64_t n;
};
typedef enum status store_answer_count_fn(void *ctx, const struct store_answer_count *count, struct err *err);
MUST_USE enum status store_answer_waiting_count(struct db *db, str line, int64_t at_ms, store_answer_count_fn *each,
						void *ctx, struct err *err);
/* Current answers of one author that a second person returned, by the time of that. */
struct store_answer_returned {
	int64_t seq;
	str objective, unit, by;
	int64_t returned_ms;
};
typedef enum status store_answer_returned_fn(void *ctx, const struct store_answer_returned *returned, struct err *err);
MUST_USE enum status store_answer_returned(struct db *db, str line, str actor, struct arena *a,
					   store_answer_returned_fn *each, void *ctx, struct err *err);
/* When the place was answered last; 0: never. */
MUST_USE enum status store_answer_since(struct db *db, const struct store_answer_place *place, int64_t *recorded_ms,
					struct err *err);
MUST_USE enum status store_answer_undo(struct db *db, int64_t seq, struct store_stamp stamp, struct err *err);

struct store_answer_document {
	str name, media, sha256;
	int64_t bytes;
};
MUST_USE enum status store_answer_attach(struct db *db, int64_t seq, const struct store_answer_document *list, size_t n,
					 struct err *err);
/* In their order; of an answer that was given with one document and no name for it, that one. */
MUST_USE enum status store_answer_documents(struct db *db, int64_t seq, struct arena *a,
					    struct store_answer_document **out, size_t *n, struct err *err);

#endif
