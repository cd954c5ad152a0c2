/**
 * What the JSON formats share: reading objects by a table of fields, and peeking at the head of a file.
 *
 * A table says which members of an object are wanted and where they go; everything else is skipped. A wanted member
 * that stands twice in one object is refused: two readers of such a file would see two different things. null leaves a
 * field unknown.
 */
#ifndef IMPORT_WALK_H
#define IMPORT_WALK_H

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"
#include "core/evidence.h"
#include "import/import.h"

struct import_walk {
	struct json_reader json;
	struct arena *texts; /* where texts are copied */
};

/* Standing on the first event of a value; must leave the reader on the value's last event. */
typedef enum status (*import_walk_fn)(struct import_walk *w, void *record, struct err *err);

enum import_walk_type {
	IMPORT_WALK_TEXT,   /* str; a number is taken as written */
	IMPORT_WALK_INT,    /* struct evidence_value */
	IMPORT_WALK_OBJECT, /* `members` fills the same record */
	IMPORT_WALK_ARRAY,  /* `call` for every element */
	IMPORT_WALK_CALL    /* `call` for the value, null included */
};

struct import_walk_field {
	str key; /* empty ends the table */
	enum import_walk_type type;
	size_t at; /* offset in the record; of TEXT and INT */
	const struct import_walk_field *members;
	import_walk_fn call;
};

enum { IMPORT_WALK_FIELDS_MAX = 64 };

/* Standing on JSON_OBJECT: reads it whole. */
MUST_USE enum status import_walk_members(struct import_walk *w, const struct import_walk_field *fields, void *record,
					 struct err *err);
/* Standing on a value: a copy of the text (of a number too); null gives the empty text. A NUL inside is refused. */
MUST_USE enum status import_walk_text(struct import_walk *w, str *out, struct err *err);
/* The first line of a text that is not blank, at most IMPORT_WALK_TITLE bytes of it. */
enum { IMPORT_WALK_TITLE = 400 };
str import_walk_title(str text);
/* Standing on a text: this line of it, in w->texts; null leaves *out. */
MUST_USE enum status import_walk_line(struct import_walk *w, str *out, struct err *err);
/* Standing on a value: an integer; null leaves *out. */
MUST_USE enum status import_walk_int(struct import_walk *w, struct evidence_value *out, struct err *err);
/* Standing on a value: calls for every element of an array; null is an empty one. */
MUST_USE enum status import_walk_each(struct import_walk *w, import_walk_fn call, void *record, struct err *err);

/* Texts made of texts; p is NULL when the arena is full. The n parts, empty ones too, with the separator between. */
str import_walk_join(struct arena *texts, const str *parts, size_t n, char separator);
/* The same without the empty ones; at most 8. */
str import_walk_join_some(struct arena *texts, const str *parts, size_t n, char separator);
/* ASCII letters made small. */
str import_walk_lower(struct arena *texts, str text);

/* What a file's head begins with. */
enum import_walk_shape { IMPORT_WALK_OTHER, IMPORT_WALK_IS_OBJECT, IMPORT_WALK_IS_LIST, IMPORT_WALK_IS_EMPTY_LIST };
enum import_walk_shape import_walk_shape(str head);
/* Whether the first object of a head (of a list: its first element) has the member; with value, whether it has that
   value too. The head may end anywhere. */
bool import_walk_has(str head, str key);
bool import_walk_is(str head, str key, str value);

/* For messages: at most 60 bytes of a text from a file, without control characters. */
enum { IMPORT_WALK_SHOW = 72 };
const char *import_walk_show(str text, char out[IMPORT_WALK_SHOW]);

#endif
