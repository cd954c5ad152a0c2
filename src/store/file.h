/**
 * Raw files, each kept once by its SHA-256, in pieces.
 */
#ifndef STORE_FILE_H
#define STORE_FILE_H

#include "base/err.h"
#include "base/source.h"

struct db;

/* Hashes a source to its end. out: 65 bytes. */
MUST_USE enum status store_file_hash(struct source *from, char out[65], int64_t *bytes, struct err *err);
/* Keeps the bytes under their hash unless they are kept already. The source is read from where it stands; NULL: only
   the hash and the size are kept. */
MUST_USE enum status store_file_add(struct db *db, struct source *from, str sha256, int64_t bytes, int64_t now_ms,
				    struct err *err);
/* *found = false: nobody handed it in. bytes: its size, also when only the hash was kept. */
MUST_USE enum status store_file_find(struct db *db, str sha256, bool *found, int64_t *bytes, struct err *err);
/* The kept bytes, piece by piece; *bytes: how many there were, 0 where only the hash was kept. */
typedef enum status store_file_fn(void *ctx, str piece, struct err *err);
MUST_USE enum status store_file_read(struct db *db, str sha256, store_file_fn *piece, void *ctx, int64_t *bytes,
				     struct err *err);

#endif
