/** Looking for files and documents by name and sum, and for words of answers, comments and targets. ASCII letters are
 * folded. */
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

/* What somebody wrote at a unit. */
struct store_search_words {
	str unit, of; /* of: the objective; of a target the category */
	str words;
};
typedef enum status store_search_words_fn(void *ctx, const struct store_search_words *words, struct err *err);
/* Answers that stand at the instant and in whose words the text occurs; the newest first. */
MUST_USE enum status store_search_answers(struct db *db, str line, int64_t at_ms, str text, store_search_words_fn *take,
					  void *ctx, struct err *err);
/* The same of comments that were written by then and that nobody withdrew. */
MUST_USE enum status store_search_comments(struct db *db, str line, int64_t at_ms, str text,
					   store_search_words_fn *take, void *ctx, struct err *err);
/* The same of the reasons of targets that hold at the instant. */
MUST_USE enum status store_search_targets(struct db *db, str line, int64_t at_ms, str text, store_search_words_fn *take,
					  void *ctx, struct err *err);

struct store_search_document {
	str name, sha256, unit, objective; /* name: empty when the answer has none for it */
};
typedef enum status store_search_document_fn(void *ctx, const struct store_search_document *document, struct err *err);
/* Documents of answers that were given by the instant and not undone, in whose name the text occurs, or whose SHA-256
 * begins with it; once for each name, sum, unit and objective, the newest first. */
MUST_USE enum status store_search_documents(struct db *db, str line, int64_t at_ms, str text,
					    store_search_document_fn *take, void *ctx, struct err *err);

#endif
