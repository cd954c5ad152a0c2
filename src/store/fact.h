/**
 * The facts as a whole.
 */
#ifndef STORE_FACT_H
#define STORE_FACT_H

#include "base/err.h"
#include "base/hash.h"

struct db;

/* A SHA-256 that stands for everything the scores are made of, and for what people decided and said about them. Facts
 * are only appended, so that the greatest numbers, how many were taken back, and the digest of the newest measure say
 * which facts there are. */
MUST_USE enum status store_fact_mark(struct db *db, char out[HASH_TEXT], struct err *err);

#endif
