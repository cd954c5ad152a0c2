/**
 * The inside of the XML reader: what it knows between two events, and the names in it. For xml.c and xml_name.c alone.
 *
 * Functions give false after an error and leave it in the state's fault, where the first one stays.
 */
#ifndef BASE_XML_INSIDE_H
#define BASE_XML_INSIDE_H

#include <expat.h>

#include "base/limits.h"
#include "base/xml.h"

enum { XML_NAME_SLOTS = 2 * LIMIT_XML_NAMES }; /* a power of two */
enum { XML_QUEUE = 3 /* the most that one tag gives: the text before it, its start, its end */ };

_Static_assert((XML_NAME_SLOTS & (XML_NAME_SLOTS - 1)) == 0, "a slot is found with a mask");

/* An event that waits to be given; libexpat calls us with several at a time. */
struct xml_queued {
	enum xml_event event;
	str name, namespace;
	int depth;
	int64_t line, column;
};

struct xml_open_element {
	str qname, name, namespace;
	int64_t line, column;
};

struct xml_binding {
	str prefix, uri;
	int depth; /* of the element that declares it */
};

struct xml_state {
	struct source *from;
	struct arena *arena;
	XML_Parser parser;
	int64_t given; /* bytes handed to the parser; -1 before the first */
	bool ended, suspended;
	bool after_cr; /* the last byte read was a CR */
	bool stopped;  /* the parser has been asked to pause, in the current call */
	struct err fault;
	struct xml_queued queue[XML_QUEUE];
	int queued, taken;
	char *text; /* of the current text; in the queue when text_given */
	size_t text_n, text_cap;
	int64_t text_line, text_column;
	bool text_given;
	bool no_text;  /* nobody wants the text before the next tag */
	char *content; /* of xml_content */
	size_t content_n, content_cap;
	char *values; /* of the current attributes, one after the other */
	size_t values_cap;
	struct xml_attribute attributes[LIMIT_XML_ATTRIBUTES];
	size_t n_attributes;
	struct xml_binding bindings[LIMIT_XML_NAMESPACES];
	int n_bindings;
	struct xml_open_element opened[LIMIT_DEPTH];
	int depth;
	str *names; /* every name and namespace of the file, once: XML_NAME_SLOTS of them */
	size_t n_names;
};

/* Where the parser is, and the fault's place made so. */
int64_t xml_line(const struct xml_state *s);
int64_t xml_column(const struct xml_state *s);
void xml_place(struct xml_state *s);
/* The errors that something is wrong ("message: what") or too large, at that place; and that the arena is full. */
bool xml_refuse(struct xml_state *s, const char *message, str what, const char *hint);
bool xml_too_large(struct xml_state *s, const char *more_than, size_t limit, const char *unit);
bool xml_full(struct xml_state *s);

/**
 * The names of an element that is being opened: the declarations among its attributes take effect, the others go into
 * the state's attributes; *open gets the element's own names. s->depth counts the element already.
 */
bool xml_name_element(struct xml_state *s, const XML_Char *name, const XML_Char **atts, struct xml_open_element *open);

#endif
