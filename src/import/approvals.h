/**
 * The steps of an approval as evidence. The program itself writes these files (app/approval.c), and nobody else can
 * hand one in: the rows come beside the text, which is kept so that a number can be opened down to it.
 *
 * A step is an `event` of kind approval. A decision is also what the register's row of the system says about it: the
 * columns approved, approved_at, approval_expires_at of `ai_system`.
 */
#ifndef IMPORT_APPROVALS_H
#define IMPORT_APPROVALS_H

#include "import/import.h"

struct import_approvals {
	str system, unit;
	int64_t at_ms; /* of the step */
	str event_id, title, owner, outcome;
	int64_t requested_ms, expires_ms; /* TIME_FOREVER: none */
	bool decided;                     /* somebody decided about the system's use, now or before */
	bool approved;
	int64_t decided_ms;
	int64_t until_ms; /* of what holds; TIME_FOREVER: none */
};

/* Not one of import_formats. The input's options: struct import_approvals. */
extern const struct import_format import_approvals_format;

#endif
