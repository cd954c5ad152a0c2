/**
 * Requests to deploy an AI system, and their steps, as facts.
 */
#ifndef STORE_APPROVAL_H
#define STORE_APPROVAL_H

#include "base/arena.h"
#include "core/approval.h"
#include "store/measure.h"

struct db;

struct store_approval {
	int64_t id; /* given by the store; 0: there is none */
	str system, unit;
	unsigned deployment; /* one bit */
	struct approval_step *steps;
	str *words; /* by steps: why, the finding, the conditions, the reason */
	size_t n_steps;
};

/* A new request, still without its first step. */
MUST_USE enum status store_approval_add(struct db *db, const struct store_approval *approval, int64_t *id,
					struct err *err);
/* place: from 1. */
MUST_USE enum status store_approval_step(struct db *db, int64_t id, int64_t place, const struct approval_step *step,
					 str words, struct err *err);
MUST_USE enum status store_approval_find(struct db *db, int64_t id, struct arena *a, struct store_approval *out,
					 struct err *err);
/* By id; system empty: of every one. */
MUST_USE enum status store_approval_list(struct db *db, str system, struct arena *a, struct store_approval **out,
					 size_t *n, struct err *err);
/* Does some feed that is not kept by the program show the system in this unit? */
MUST_USE enum status store_approval_known(struct db *db, str system, str unit, int64_t at_ms, bool *known,
					  struct err *err);

#endif
