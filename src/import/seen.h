/**
 * Which ids a file has shown already. An id is kept as 128 bits of its SHA-256, what a row says as 64, so that a row
 * costs some 55 to 110 bytes however long its id is (half as much again while the table grows).
 */
#ifndef IMPORT_SEEN_H
#define IMPORT_SEEN_H

#include "import/import.h"

enum { IMPORT_SEEN_KEY = 16 };

struct import_seen_entry {
	unsigned char key[IMPORT_SEEN_KEY];
	uint64_t content;
	int64_t line;   /* of the first */
	uint32_t count; /* how often the id was added, at most UINT32_MAX; 0 = the slot is free */
};

struct import_seen {
	struct arena *arena; /* its end is the end of the table */
	struct arena *table; /* holds the slots alone, so that they go when the table has grown */
	struct import_seen_entry *slots;
	size_t cap, n;
};

/* Adds (scope, id), counting it; *out is valid until the next add. out->count is 1 when it is new; the caller sets
   line and content then. */
MUST_USE enum status import_seen_add(struct import_seen *s, str scope, str id, struct import_seen_entry **out,
				     struct err *err);

/* NULL when it was never added; valid until the next add. */
const struct import_seen_entry *import_seen_find(const struct import_seen *s, str scope, str id);

/* Forgets all, and gives the memory back. */
void import_seen_release(struct import_seen *s);

/* Rows pushed under distinct ids. */
struct import_seen_rows {
	struct import_seen seen;
	struct import_flaw same;      /* a row that an earlier one repeats: left out */
	struct import_flaw differs;   /* an id that an earlier row has with another content: gets "#2" and so on */
	struct import_flaw shortened; /* an id over LIMIT_ID_BYTES: its end is replaced by a digest */
};

/* Pushes the record, its id made distinct and short enough. `texts` takes the new id. */
MUST_USE enum status import_seen_push(struct import_seen_rows *rows, const struct import_input *in,
				      struct evidence_record *r, struct arena *texts, struct err *err);
/* The warnings about the three flaws; what = "finding". */
MUST_USE enum status import_seen_warn(const struct import_seen_rows *rows, const struct import_input *in,
				      const char *what, struct err *err);
/* At most LIMIT_ID_BYTES: longer ids end in "~" and the digest of the whole. p is NULL when the arena is full. */
str import_seen_fit(struct arena *texts, str id);

#endif
