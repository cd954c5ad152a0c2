/**
 * What the exports of directories share: a JSON document that is a list of objects, or an object with the list in it;
 * truths and times; rows pushed under distinct ids.
 */
#ifndef IMPORT_DIRECTORY_H
#define IMPORT_DIRECTORY_H

#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

struct import_directory {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current entry */
	struct import_seen_rows rows;
	struct import_flaw no_zone;
	int64_t record, line; /* of the current entry */
};

/* Opens the document, standing on its first event. */
MUST_USE enum status import_directory_open(struct import_directory *d, struct import_input *in, struct err *err);
/* Standing on an entry: E_INVALID unless it is an object; else counts it and notes its place. */
MUST_USE enum status import_directory_entry(struct import_directory *d, const char *what, struct err *err);
/* After the value: nothing may follow; then the warnings about ids and times. what = "user". */
MUST_USE enum status import_directory_end(struct import_directory *d, const char *what, struct err *err);

/* Standing on a value: true, false or null, which leaves *out. */
MUST_USE enum status import_directory_truth(const struct import_walk *w, struct evidence_value *out, struct err *err);
/* A time as text; empty leaves *out. field names it in a refusal. */
MUST_USE enum status import_directory_time(struct import_directory *d, const char *field, str text,
					   struct evidence_value *out, struct err *err);
/* Seconds since 1970. */
MUST_USE enum status import_directory_seconds(const struct import_directory *d, const char *field,
					      const struct evidence_value *seconds, struct evidence_value *out,
					      struct err *err);
/* "entry 3: <what>", at its line. */
enum status import_directory_refuse(const struct import_directory *d, const char *what, const char *hint,
				    struct err *err);

void import_directory_set_time(struct evidence_record *r, str column, const struct evidence_value *v);
void import_directory_set_truth(struct evidence_record *r, str column, const struct evidence_value *v);
/* The later of the two, the known one when only one is. */
struct evidence_value import_directory_later(const struct evidence_value *a, const struct evidence_value *b);
/* Something was observed at this time. */
void import_directory_observed(const struct import_directory *d, const struct evidence_value *v);
/* a, separator, b in the scratch arena; p is NULL when it is full. */
str import_directory_join(struct import_directory *d, str a, char separator, str b);
/* Fills the record's place and pushes it. */
MUST_USE enum status import_directory_push(struct import_directory *d, struct evidence_record *r, struct err *err);

#endif
