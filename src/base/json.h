/**
 * JSON, read as a stream of events and written as text (RFC 8259). No tree is ever built.
 *
 * Reader: strict. UTF-8 is checked (a byte order mark at the start is skipped), escapes are
 * decoded (a lone surrogate is refused), numbers follow the grammar, nothing may follow the value, nesting is at most
 * LIMIT_DEPTH, one text at most LIMIT_VALUE_BYTES. A text may hold NUL (\u0000); a name may occur twice in an object,
 * and each is given. Memory is a window of the source plus the current text, whatever the size of the input. With
 * json_open_lines the source is JSON Lines: any number of values, each whole on a line of its own (at most
 * LIMIT_RECORD_BYTES long), blank lines between them; JSON_END comes at the end of the file, and the line counter tells
 * records apart. Lines end with LF; white space may stand before it, CR too.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/source.h"

/* Some names below are also in libjansson and would take their place when both are in one program. */
#pragma GCC visibility push(hidden)

enum json_event {
	JSON_END,    /* after the last value */
	JSON_OBJECT, /* { */
	JSON_OBJECT_END,
	JSON_ARRAY, /* [ */
	JSON_ARRAY_END,
	JSON_KEY,    /* text: the member's name, decoded */
	JSON_STRING, /* text: decoded */
	JSON_NUMBER, /* text: as written */
	JSON_TRUE,
	JSON_FALSE,
	JSON_NULL
};

struct json_reader {
	enum json_event event; /* the current one */
	str text;              /* of JSON_KEY, JSON_STRING, JSON_NUMBER; valid until the next call */
	int depth;             /* open objects and arrays after the event */
	int64_t line, column;  /* where the current event starts, from 1; column counts bytes */
	struct json_state *state;
};

/* The reader's window lives in the arena; the source must outlive the reader. */
MUST_USE enum status json_open(struct json_reader *r, struct source *from, struct arena *a, struct err *err);
MUST_USE enum status json_open_lines(struct json_reader *r, struct source *from, struct arena *a, struct err *err);
/* Advances to the next event; JSON_END repeats. Errors (E_INVALID, E_TOO_LARGE, E_IO) name file:line:column and what
   was expected; the reader then stays as it was, and each further call gives the same error. */
MUST_USE enum status json_next(struct json_reader *r, struct err *err);
/* Standing on a value's first event (or on its JSON_KEY): consumes it whole, standing on its last event after. */
MUST_USE enum status json_skip(struct json_reader *r, struct err *err);
/* E_INVALID at the reader's place: "<what> expected". For importers that find a wrong type. */
enum status json_expected(const struct json_reader *r, const char *what, struct err *err);
/* The current JSON_NUMBER as an integer; a fraction or exponent that leaves an integer (1.0, 1e3) counts.
   false when it is not one or does not fit; out untouched. */
bool json_i64(const struct json_reader *r, int64_t *out);

/**
 * Writer: appends to a buf and keeps the commas. Text is escaped and, where it is not UTF-8, each bad byte becomes
 * U+FFFD. `</` is written `<\/` and `<!` `\u003c!`, so that JSON inside a page cannot end its script. Misuse (a key in
 * an array) asserts; nesting deeper than LIMIT_DEPTH makes out's status E_TOO_LARGE.
 */
struct json_writer {
	struct buf *out;
	int depth;
	bool comma[LIMIT_DEPTH]; /* per depth: a value has been written */
	bool object[LIMIT_DEPTH];
	bool after_key;
};

struct json_writer json_writer(struct buf *out);
void json_object(struct json_writer *w);
void json_object_end(struct json_writer *w);
void json_array(struct json_writer *w);
void json_array_end(struct json_writer *w);
void json_key(struct json_writer *w, str name);
void json_string(struct json_writer *w, str text);
void json_int(struct json_writer *w, int64_t v);
void json_bool(struct json_writer *w, bool v);
void json_null(struct json_writer *w);
/* One whole value that is JSON already, as it stands: a file of ours, never what somebody sent. */
void json_raw(struct json_writer *w, str json);
/* key and value in one: the usual lines of a view. json_put_text writes null for a str whose p is NULL. */
void json_put_text(struct json_writer *w, str name, str text);
void json_put_int(struct json_writer *w, str name, int64_t v);
void json_put_bool(struct json_writer *w, str name, bool v);
/* ISO 8601 text; null for TIME_FOREVER. */
void json_put_time(struct json_writer *w, str name, int64_t ms);

#pragma GCC visibility pop

#endif
