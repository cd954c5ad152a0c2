/**
 * The audit trail: rows numbered from 1 without a gap, each with the SHA-256 over the sum of the row before it and all
 * that the row itself says. Who changes, removes or puts in a row has to make every later sum anew, and the last sum,
 * written down elsewhere, shows that too.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"

struct db;

struct store_audit {
	int64_t id, at_ms;
	str actor, act, object, detail, sha256;
};

/* Adds a row; id and sha256 are not looked at. Inside the write transaction of what it is about. */
MUST_USE enum status store_audit_add(struct db *db, const struct store_audit *row, struct err *err);
/* At most `limit` rows below a number (0: from the newest), newest first; actor, act: empty is any. */
MUST_USE enum status store_audit_list(struct db *db, str actor, str act, int64_t below, int64_t limit, struct arena *a,
				      struct store_audit **out, size_t *n, struct err *err);

struct store_audit_check {
	int64_t rows;         /* that are as they were written, from the first on */
	int64_t broken;       /* the number of the first that is not; 0: all are */
	char head[HASH_TEXT]; /* the sum of the last good row; empty without one */
	bool met;             /* one of the sums is the one that was expected */
};
/* Walks the whole trail; expected: a sum that was written down, or empty. */
MUST_USE enum status store_audit_verify(struct db *db, str expected, struct store_audit_check *out, struct err *err);

#endif
