/**
 * Second factors and the codes that stand in for a lost one.
 */
#ifndef STORE_SECOND_H
#define STORE_SECOND_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct db;

struct store_second {
	int64_t id;
	str secret;       /* bytes */
	bool confirmed;   /* it holds */
	int64_t step;     /* the last that was accepted */
	int64_t codes;    /* recovery codes that are left */
	int64_t since_ms; /* when it was enrolled */
};

/* The last one of a user that is not removed; id 0 when there is none. */
MUST_USE enum status store_second_find(struct db *db, int64_t user, struct arena *a, struct store_second *out,
				       struct err *err);
/* A new one, not confirmed. Those that were there and not confirmed are gone. */
MUST_USE enum status store_second_add(struct db *db, int64_t user, str secret, int64_t at_ms, struct err *err);
/* Accepts a step: *fresh false when this or a later one was accepted already. */
MUST_USE enum status store_second_accept(struct db *db, int64_t id, int64_t step, bool *fresh, struct err *err);
MUST_USE enum status store_second_confirm(struct db *db, int64_t id, int64_t at_ms, struct err *err);
/* All of a user; their secrets are gone, that they were there is kept. */
MUST_USE enum status store_second_remove(struct db *db, int64_t user, int64_t at_ms, str actor, struct err *err);
MUST_USE enum status store_second_code_add(struct db *db, int64_t id, str sha256, struct err *err);
/* *fresh false when it is none of the codes, or was used. */
MUST_USE enum status store_second_code_use(struct db *db, int64_t id, str sha256, int64_t at_ms, bool *fresh,
					   struct err *err);

#endif
