/** Looking for files by name, and for words of answers. ASCII letters are folded. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "base/err.h"
#include "base/str.h"

struct db;

struct store_search_file {
	str name, sha256, feed, unit; /* unit: the scope of the feed that it was read for */
};
typedef enum status store_search_fn(void *ctx, const struct store_search_file *file, struct err *err);
/* Files of snapshots in whose name the text occurs, or whose SHA-256 begins with it; once for each name, sum and feed,
 * the newest first. */
MUST_USE enum status store_search_files(struct db *db, str text, store_search_fn *file, void *ctx, struct err *err);

struct store_search_answer {
	str unit, objective, words;
	int64_t observed_ms;
};
typedef enum status store_search_answer_fn(void *ctx, const struct store_search_answer *answer, struct err *err);
/* Answers that stand at the instant and in whose words the text occurs; the newest first. */
MUST_USE enum status store_search_answers(struct db *db, str line, int64_t at_ms, str text,
					  store_search_answer_fn *answer, void *ctx, struct err *err);

#endif
