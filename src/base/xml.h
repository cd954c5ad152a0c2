/**
 * XML 1.0 with namespaces (through libexpat), read as a stream of events. No tree is ever built.
 *
 * The reader is strict and takes only what asks for no trust: UTF-8 (a byte order mark at the start is skipped; another
 * encoding, declared or seen, is refused), no document type declaration, and so no entities but the five of XML and
 * nothing outside of the file. Nesting is at most LIMIT_DEPTH, a tag, comment or instruction LIMIT_XML_TAG_BYTES, a
 * text that is given and an attribute LIMIT_VALUE_BYTES; an element has at most LIMIT_XML_ATTRIBUTES attributes, a
 * file LIMIT_XML_NAMES different names of at most LIMIT_XML_NAME_BYTES. Memory is a window, the current tag, the
 * current text and those names, whatever the size of the input. Comments and instructions are skipped.
 */
#ifndef BASE_XML_H
#define BASE_XML_H

#include "base/arena.h"
#include "base/err.h"
#include "base/source.h"

enum xml_event {
	XML_EOF,   /* after the last element */
	XML_START, /* <name …>; an empty element <name/> gives its end, too */
	XML_TEXT,  /* decoded, joined up to the next tag, CDATA too; white space alone is a text */
	XML_END    /* </name> */
};

struct xml_attribute {
	str name;      /* without prefix */
	str namespace; /* empty unless it has a prefix */
	str value;
};

struct xml_reader {
	enum xml_event event; /* the current one */
	str name;             /* of XML_START and XML_END, without prefix; lives as long as the arena */
	str namespace;        /* its URI; empty when it is in none; lives as long as the arena */
	str text;             /* of XML_TEXT; valid until the next call */
	size_t n_attributes;  /* of XML_START; declarations of namespaces are left out */
	const struct xml_attribute *attributes; /* in the order of the file; values are valid until the next call */
	int depth;                              /* open elements after the event */
	int64_t line, column;                   /* where the event starts, from 1; column counts characters */
	struct xml_state *state;
};

/* What the reader holds goes when the arena is released; the source must outlive the reader. */
MUST_USE enum status xml_open(struct xml_reader *r, struct source *from, struct arena *a, struct err *err);
/* Advances to the next event; XML_EOF repeats. Errors (E_INVALID, E_TOO_LARGE, E_IO, E_NO_MEMORY) name file:line:column
   and what is wrong; the reader then stays as it was, and each further call gives the same error. */
MUST_USE enum status xml_next(struct xml_reader *r, struct err *err);
/* The same to the next tag or the end: text before it is skipped, however long. */
MUST_USE enum status xml_tag(struct xml_reader *r, struct err *err);
/* Standing on XML_START: consumes the element whole, standing on its XML_END after. Texts in it may be of any length.
 */
MUST_USE enum status xml_skip(struct xml_reader *r, struct err *err);
/* The same; *out: all text inside, that of elements below it too, in order. Valid until the next call. */
MUST_USE enum status xml_content(struct xml_reader *r, str *out, struct err *err);
/* The next XML_START below the element that is open at the given depth, on *more; without one the reader stands on that
   element's XML_END. Text between is skipped, however long. */
MUST_USE enum status xml_child(struct xml_reader *r, int depth, bool *more, struct err *err);
/* Standing on XML_START: an attribute without a namespace; false when there is none, *out is then empty. */
bool xml_attribute(const struct xml_reader *r, str name, str *out);
/* Standing on XML_START or XML_END: whether the element has that name, whatever its namespace. */
bool xml_is(const struct xml_reader *r, str name);
/* E_INVALID at the reader's place: "<what> expected". For importers that find a wrong element or value. */
enum status xml_expected(const struct xml_reader *r, const char *what, struct err *err);

#endif
