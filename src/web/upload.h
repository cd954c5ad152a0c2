/**
 * Imports by upload: the files that were sent and wait to be imported, and how far an import has come. A table of fixed
 * size that all threads of the server share; who sent the files alone sees them, for LIMIT_UPLOAD_KEEP_MINUTES.
 */
#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H

#include <pthread.h>

#include "web/request.h"

enum {
	UPLOAD_SLOTS = 16,
	UPLOAD_EACH = 8 /* of one user, and the oldest of that user goes */,
	UPLOAD_ID = 32,
	UPLOAD_TEXT = 544 /* an option as it was written */
};

enum upload_state {
	UPLOAD_FREE,
	UPLOAD_RUNNING,
	UPLOAD_SEEN,    /* looked at, nothing stored */
	UPLOAD_STORED,  /* imported */
	UPLOAD_REFUSED, /* nothing was changed; err says why */
	UPLOAD_STATES
};

/* What was chosen beside the files; all may be empty. */
enum upload_option { UPLOAD_FORMAT, UPLOAD_FEED, UPLOAD_UNIT, UPLOAD_OBSERVED, UPLOAD_REPLACE, UPLOAD_OPTIONS };

struct upload_file {
	char name[UPLOAD_TEXT];
	int fd;
	int64_t bytes;
};

struct upload_slot {
	enum upload_state state;
	char id[UPLOAD_ID + 1];
	char user[UPLOAD_TEXT];
	char options[UPLOAD_OPTIONS][UPLOAD_TEXT];
	int64_t begun_ms;
	size_t n;
	struct upload_file files[REQUEST_FILES];
	char what[UPLOAD_TEXT]; /* what is being done, and how much of it */
	int64_t done, all;      /* all 0: not known */
	struct err err;
	struct buf kept; /* of the table alone */
	str receipt;     /* of a copy: the part of the page that shows what came out */
};

struct upload_table {
	pthread_mutex_t mutex;
	struct upload_slot slots[UPLOAD_SLOTS];
};

void upload_init(struct upload_table *t);
void upload_end(struct upload_table *t);
/* An id that nobody guesses. */
MUST_USE enum status upload_id(char out[UPLOAD_ID + 1], struct err *err);
/**
 * Takes the files of a request, which owns them no more, and marks them as running. The id is the form's, when it is
 * one and new; else another one is made. E_CONFLICT: every slot is in use.
 */
MUST_USE enum status upload_begin(struct upload_table *t, struct request *q, char out[UPLOAD_ID + 1], struct err *err);
/* Takes up one that was looked at or refused, once more. anew: with what the request's form says beside the files.
   E_NOT_FOUND: it is gone, or somebody else's; E_CONFLICT: it runs, or is stored. */
MUST_USE enum status upload_again(struct upload_table *t, const struct request *q, str id, bool anew, struct err *err);
/* How far it has come. */
void upload_progress(struct upload_table *t, str id, str what, int64_t done, int64_t all);
/* It is over. receipt: empty, or what is shown; longer than LIMIT_UPLOAD_RECEIPT_BYTES: a sentence says so instead. */
void upload_finish(struct upload_table *t, str id, enum upload_state state, str receipt, const struct err *err);
/* A copy in the request's arena; E_NOT_FOUND as above. Its files are the table's: they stay open until it is over. */
MUST_USE enum status upload_find(struct upload_table *t, const struct request *q, str id,
				 const struct upload_slot **out, struct err *err);

#endif
