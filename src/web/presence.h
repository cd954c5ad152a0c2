/**
 * Who else has a question open. A table of fixed size in the server's memory that all threads share: what is not seen
 * again within PRESENCE_MS is gone, and of more than PRESENCE_SLOTS the oldest is.
 */
#ifndef WEB_PRESENCE_H
#define WEB_PRESENCE_H

#include <pthread.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"

enum { PRESENCE_SLOTS = 256, PRESENCE_NAME = 128, PRESENCE_MS = 40 * 1000, PRESENCE_SHOWN = 8 };

struct presence_table {
	pthread_mutex_t mutex;
	struct presence_slot {
		int64_t seen_ms; /* 0: free */
		char place[HASH_TEXT], user[HASH_TEXT];
		char shown[PRESENCE_NAME]; /* cut at a character */
	} slots[PRESENCE_SLOTS];
};

struct presence_place {
	str objective, unit;
};

void presence_init(struct presence_table *t);
void presence_end(struct presence_table *t);
/* Notes that the user is there, and lists the others, at most PRESENCE_SHOWN. */
MUST_USE enum status presence_meet(struct presence_table *t, const struct presence_place *place, str user, str shown,
				   int64_t now_ms, struct arena *a, const str **others, size_t *n, struct err *err);

#endif
