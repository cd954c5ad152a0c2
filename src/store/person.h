/** Who the people are whose ids stand in evidence. */
#ifndef STORE_PERSON_H
#define STORE_PERSON_H

#include "base/err.h"
#include "base/str.h"

struct db;

struct store_person {
	str unit, id, name;
};
typedef enum status store_person_fn(void *ctx, const struct store_person *person, struct err *err);
/* Every row of a person who has a name, as feeds have them at the instant: by id, the newest first. */
MUST_USE enum status store_person_each(struct db *db, int64_t at_ms, store_person_fn *each, void *ctx, struct err *err);

#endif
