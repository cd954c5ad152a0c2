/**
 * Documents that people bring, and where a stored file is referred to.
 */
#ifndef STORE_DOCUMENT_H
#define STORE_DOCUMENT_H

#include "base/arena.h"
#include "store/measure.h"

struct db;

MUST_USE enum status store_document_add(struct db *db, str sha256, struct store_stamp stamp, struct err *err);
/* Did this person bring it? */
MUST_USE enum status store_document_is_own(struct db *db, str sha256, str actor, bool *own, struct err *err);

enum store_document_use {
	STORE_DOCUMENT_ANSWER,  /* evidence of a measure */
	STORE_DOCUMENT_FEED,    /* a file of a snapshot; the unit is the feed's scope */
	STORE_DOCUMENT_MEASURES /* a table of measures: it speaks of every unit that it is listed with */
};
struct store_document_place {
	enum store_document_use use;
	str unit;
	str objective; /* of an answer; else p NULL */
};
/* Everything that refers to a file, each place once; what was taken back too. By use, unit and objective. */
MUST_USE enum status store_document_places(struct db *db, str sha256, struct arena *a,
					   struct store_document_place **out, size_t *n, struct err *err);

#endif
