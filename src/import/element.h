/**
 * What the XML formats share: reading elements by a table of what is wanted, and peeking at the head of a file.
 *
 * A table says which attributes and children of an element are wanted and where they go; everything else is skipped,
 * and so are children in another namespace than their parent's, which are somebody's extensions. What is
 * wanted once and stands there twice is refused: two readers of such a file would see two different things. An empty
 * text leaves a field unknown.
 */
#ifndef IMPORT_ELEMENT_H
#define IMPORT_ELEMENT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/xml.h"

struct import_element {
	struct xml_reader xml;
	struct arena *texts; /* where texts are copied */
};

/* Standing on XML_START; may leave the reader anywhere up to the element's XML_END. */
typedef enum status (*import_element_fn)(struct import_element *e, void *record, struct err *err);

enum import_element_type {
	IMPORT_ELEMENT_ATTRIBUTE, /* str */
	IMPORT_ELEMENT_TEXT,      /* str: all text inside the child, without white space around it */
	IMPORT_ELEMENT_MEMBERS,   /* `members` of the child fill the same record */
	IMPORT_ELEMENT_CALL,      /* `call` for the child */
	IMPORT_ELEMENT_EACH       /* the same, as often as it stands there */
};

struct import_element_field {
	str name; /* empty ends the table */
	enum import_element_type type;
	size_t at; /* offset in the record; of ATTRIBUTE and TEXT */
	const struct import_element_field *members;
	import_element_fn call;
};

enum { IMPORT_ELEMENT_FIELDS_MAX = 64 };

/* Standing on XML_START: reads the element whole. */
MUST_USE enum status import_element_members(struct import_element *e, const struct import_element_field *fields,
					    void *record, struct err *err);
/* The same for its text alone: a copy of it. */
MUST_USE enum status import_element_text(struct import_element *e, str *out, struct err *err);
/* Standing on XML_START: a copy of an attribute; empty when there is none. */
MUST_USE enum status import_element_attribute(struct import_element *e, str name, str *out, struct err *err);

/* Whether a head begins as markup does. */
bool import_element_is_markup(str head);
/* The outermost element of a head, which may end anywhere; copies in the arena. The error is the reader's. */
MUST_USE enum status import_element_root(str head, str file, struct arena *a, struct xml_reader *root, struct err *err);
/* Whether it has the name, in a namespace that begins so; with an empty one, in none. */
bool import_element_root_is(str head, str name, str namespace);

#endif
