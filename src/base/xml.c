#include "base/xml.h"

#include <expat.h>
#include <string.h>

#include "base/limits.h"

enum {
	WINDOW = 64 << 10,
	NAME_SLOTS = 2 * LIMIT_XML_NAMES, /* a power of two */
	QUEUE = 3                         /* the most that one tag gives: the text before it, its start, its end */
};

_Static_assert((NAME_SLOTS & (NAME_SLOTS - 1)) == 0, "a slot is found with a mask");

static const str xml_uri = S("http://www.w3.org/XML/1998/namespace");
static const str xmlns_uri = S("http://www.w3.org/2000/xmlns/");

/* An event that waits to be given; libexpat calls us with several at a time. */
struct queued {
	enum xml_event event;
	str name, namespace;
	int depth;
	int64_t line, column;
};

struct open_element {
	str qname, name, namespace;
	int64_t line, column;
};

struct binding {
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
	struct queued queue[QUEUE];
	int queued, taken;
	char *text; /* of the current text; in the queue when text_given */
	size_t text_n, text_cap;
	int64_t text_line, text_column;
	bool text_given;
	char *content; /* of xml_content */
	size_t content_n, content_cap;
	char *values; /* of the current attributes, one after the other */
	size_t values_cap;
	struct xml_attribute attributes[LIMIT_XML_ATTRIBUTES];
	size_t n_attributes;
	struct binding bindings[LIMIT_XML_NAMESPACES];
	int n_bindings;
	struct open_element opened[LIMIT_DEPTH];
	int depth;
	str *names; /* every name and namespace of the file, once: NAME_SLOTS of them */
	size_t n_names;
};

/* ---- errors: the first one stays in the state and is given to each later call ---- */

static int64_t line_of(const struct xml_state *s)
{
	return (int64_t)XML_GetCurrentLineNumber(s->parser);
}

static int64_t column_of(const struct xml_state *s)
{
	return (int64_t)XML_GetCurrentColumnNumber(s->parser) + 1;
}

static void place(struct xml_state *s)
{
	err_at(&s->fault, s->from->name, line_of(s), column_of(s));
}

static bool refuse(struct xml_state *s, const char *message, str what, const char *hint)
{
	if (s->fault.status != OK)
		return false;
	err_set(&s->fault, E_INVALID, "%s%s%.*s", message, what.n ? ": " : "", STR_ARG(what));
	err_hint(&s->fault, "%s", hint);
	place(s);
	return false;
}

static bool too_large(struct xml_state *s, const char *more_than, size_t limit, const char *unit)
{
	if (s->fault.status != OK)
		return false;
	err_set(&s->fault, E_TOO_LARGE, "%s %zu %s", more_than, limit, unit);
	place(s);
	return false;
}

static bool full(struct xml_state *s)
{
	if (s->fault.status == OK && err_full(&s->fault) != OK)
		place(s);
	return false;
}

static const struct {
	enum XML_Error code;
	const char *message, *hint;
} mistakes[] = {
    {XML_ERROR_NO_ELEMENTS, "an element expected", ""},
    {XML_ERROR_INVALID_TOKEN, "this is not XML",
     "a < or & inside a text is written &lt; or &amp;; the file must be UTF-8 without control characters"},
    {XML_ERROR_SYNTAX, "this is not XML", "only comments and instructions stand outside of the outermost element"},
    {XML_ERROR_PARTIAL_CHAR, "the file ends inside a character", "the file was cut off"},
    {XML_ERROR_UNCLOSED_TOKEN, "a tag that is not closed", "the file was cut off, or a < should be &lt;"},
    {XML_ERROR_UNCLOSED_CDATA_SECTION, "a CDATA section that is not closed", "it is closed with ]]>"},
    {XML_ERROR_TAG_MISMATCH, "an end tag that belongs to no open element", "elements are closed in reverse order"},
    {XML_ERROR_DUPLICATE_ATTRIBUTE, "an attribute that stands twice in one tag", "remove one of the two"},
    {XML_ERROR_JUNK_AFTER_DOC_ELEMENT, "the end of the file expected", "a file has one outermost element"},
    {XML_ERROR_UNDEFINED_ENTITY, "an entity that XML does not know",
     "only &lt; &gt; &amp; &quot; &apos; and numbers such as &#233; are known"},
    {XML_ERROR_BAD_CHAR_REF, "a number that is no character of XML", "NUL and control characters cannot be written"},
    {XML_ERROR_MISPLACED_XML_PI, "the XML declaration must be the first thing in the file",
     "remove what stands before <?xml"},
    {XML_ERROR_XML_DECL, "an XML declaration that is malformed", "it reads <?xml version=\"1.0\" encoding=\"UTF-8\"?>"},
};

/* What is still open, for an error that something else was found. */
static void describe_open(struct xml_state *s, enum XML_Error code)
{
	bool end = code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN;
	if (s->depth == 0) {
		if (end)
			err_detail(&s->fault, "found the end of the file");
		return;
	}
	const struct open_element *open = &s->opened[s->depth - 1];
	err_detail(&s->fault, "%sthe element %.*s of line %lld, column %lld is still open",
		   end ? "found the end of the file; " : "", STR_ARG(open->qname), (long long)open->line,
		   (long long)open->column);
}

static bool parser_refuses(struct xml_state *s)
{
	enum XML_Error code = XML_GetErrorCode(s->parser);
	const char *message = NULL, *hint = "";
	if (s->fault.status != OK)
		return false;
	if (code == XML_ERROR_NO_MEMORY) {
		err_set(&s->fault, E_NO_MEMORY, "the machine has no memory left for this XML file");
		place(s);
		return false;
	}
	for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
		if (mistakes[i].code == code) {
			message = mistakes[i].message;
			hint = mistakes[i].hint;
		}
	}
	if (code == XML_ERROR_NO_ELEMENTS && s->depth)
		message = "an end tag expected";
	if (message)
		refuse(s, message, (str){0}, hint);
	else
		refuse(s, "this is not XML", str_from(XML_ErrorString(code)), "");
	describe_open(s, code);
	return false;
}

/* ---- names ---- */

/* Where a name stands among those of the file, or the empty slot where it would. */
static str *name_slot(const struct xml_state *s, str name)
{
	uint64_t hash = 0xcbf29ce484222325; /* FNV-1a */
	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (unsigned char)name.p[i]) * 0x100000001b3;
	size_t i = (size_t)(hash ^ hash >> 32) & (NAME_SLOTS - 1);
	while (s->names[i].p && !str_eq(s->names[i], name))
		i = (i + 1) & (NAME_SLOTS - 1);
	return &s->names[i];
}

/**
 * One copy of a name, for the whole file. libexpat keeps every name for itself, too, and has no limit; this one is for
 * both.
 */
static bool keep_name(struct xml_state *s, const XML_Char *z, str *out)
{
	str name = str_from(z);
	if (name.n > LIMIT_XML_NAME_BYTES)
		return too_large(s, "a name of more than", LIMIT_XML_NAME_BYTES, "bytes");
	str *slot = name_slot(s, name);
	if (!slot->p) {
		if (s->n_names == LIMIT_XML_NAMES)
			return too_large(s, "more than", LIMIT_XML_NAMES, "different names");
		*slot = str_copy(s->arena, name);
		if (!slot->p)
			return full(s);
		s->n_names++;
	}
	*out = *slot;
	return true;
}

static bool starts_name(str local)
{
	char c = local.n ? local.p[0] : '-';
	return c != '-' && c != '.' && (c < '0' || c > '9');
}

/* prefix:local; without a colon the prefix is empty. */
static bool split_name(struct xml_state *s, str qname, str *prefix, str *local)
{
	if (!str_cut(qname, ':', prefix, local)) {
		*local = qname;
		*prefix = (str){0};
		return true;
	}
	str head, tail;
	if (prefix->n == 0 || !starts_name(*local) || str_cut(*local, ':', &head, &tail))
		return refuse(s, "not a name with a prefix", qname, "a name is written prefix:name");
	return true;
}

static bool find_namespace(struct xml_state *s, str prefix, str *uri)
{
	if (str_eq(prefix, S("xml"))) {
		*uri = xml_uri;
		return true;
	}
	for (int i = s->n_bindings - 1; i >= 0; i--) {
		if (str_eq(s->bindings[i].prefix, prefix)) {
			*uri = s->bindings[i].uri;
			return true;
		}
	}
	if (prefix.n)
		return refuse(s, "a prefix without a namespace", prefix, "declare it with xmlns:prefix=\"…\"");
	*uri = (str){0};
	return true;
}

/* xmlns="…" or xmlns:prefix="…" of the element that is being opened. */
static bool declare(struct xml_state *s, str prefix, const XML_Char *z)
{
	str uri;
	if (!keep_name(s, z, &uri))
		return false;
	bool reserved = str_eq(uri, xml_uri) || str_eq(uri, xmlns_uri);
	if (str_eq(prefix, S("xml")) && str_eq(uri, xml_uri))
		return true;
	if (str_eq(prefix, S("xml")) || str_eq(prefix, S("xmlns")) || reserved)
		return refuse(s, "a namespace that cannot be declared", reserved ? uri : prefix,
			      "the prefixes xml and xmlns have their own");
	if (prefix.n && uri.n == 0)
		return refuse(s, "a prefix without a namespace", prefix, "an empty namespace has no prefix");
	if (s->n_bindings == LIMIT_XML_NAMESPACES)
		return too_large(s, "more than", LIMIT_XML_NAMESPACES, "open namespaces");
	s->bindings[s->n_bindings++] = (struct binding){prefix, uri, s->depth};
	return true;
}

/* ---- events ---- */

static void push(struct xml_state *s, struct queued event)
{
	s->queue[s->queued++] = event;
}

static void push_text(struct xml_state *s)
{
	if (s->text_n == 0 || s->text_given)
		return;
	s->text_given = true;
	push(s, (struct queued){XML_TEXT, {0}, {0}, s->depth, s->text_line, s->text_column});
}

/* Adds n bytes to one of the reader's texts. */
static bool append(struct xml_state *s, char **text, size_t *used, size_t *cap, str more)
{
	if (more.n > LIMIT_VALUE_BYTES - *used)
		return too_large(s, "a text of more than", LIMIT_VALUE_BYTES, "bytes");
	if (more.n > *cap - *used) {
		char *grown = arena_grow(s->arena, *text, *cap, *used + more.n, 1, cap);
		if (!grown)
			return full(s);
		*text = grown;
	}
	if (more.n)
		memcpy(*text + *used, more.p, more.n);
	*used += more.n;
	return true;
}

static bool fits(struct xml_state *s)
{
	if ((size_t)XML_GetCurrentByteCount(s->parser) <= LIMIT_XML_TAG_BYTES)
		return true;
	return too_large(s, "a tag or comment of more than", LIMIT_XML_TAG_BYTES, "bytes");
}

/* Room for the values of the current attributes. */
static bool make_room(struct xml_state *s, const XML_Char **atts)
{
	size_t need = 0;
	for (size_t i = 0; atts[i]; i += 2) {
		size_t n = strlen(atts[i + 1]);
		if (n > LIMIT_VALUE_BYTES)
			return too_large(s, "an attribute of more than", LIMIT_VALUE_BYTES, "bytes");
		need += n; /* all of them came out of one tag */
	}
	if (need <= s->values_cap)
		return true;
	char *grown = arena_grow(s->arena, s->values, s->values_cap, need, 1, &s->values_cap);
	if (grown)
		s->values = grown;
	return grown || full(s);
}

/* The declarations among the attributes take effect, the others are kept with their names as written. */
static bool sort_attributes(struct xml_state *s, const XML_Char **atts)
{
	size_t used = 0;
	s->n_attributes = 0;
	for (size_t i = 0; atts[i]; i += 2) {
		str qname, prefix, local;
		if (i / 2 == LIMIT_XML_ATTRIBUTES)
			return too_large(s, "more than", LIMIT_XML_ATTRIBUTES, "attributes");
		if (!keep_name(s, atts[i], &qname) || !split_name(s, qname, &prefix, &local))
			return false;
		bool is_default = prefix.n == 0 && str_eq(local, S("xmlns"));
		if (is_default || str_eq(prefix, S("xmlns"))) {
			if (!declare(s, is_default ? (str){0} : local, atts[i + 1]))
				return false;
			continue;
		}
		str value = {s->values + used, strlen(atts[i + 1])};
		if (value.n)
			memcpy(s->values + used, atts[i + 1], value.n);
		used += value.n;
		s->attributes[s->n_attributes++] = (struct xml_attribute){local, prefix, value};
	}
	return true;
}

/* Two attributes with different prefixes of one namespace are the same one; libexpat saw but the prefixes. */
static bool is_repeated(const struct xml_state *s, size_t i)
{
	const struct xml_attribute *a = &s->attributes[i];
	for (size_t j = 0; j < i; j++)
		if (str_eq(s->attributes[j].namespace, a->namespace) && str_eq(s->attributes[j].name, a->name))
			return true;
	return false;
}

static bool name_attributes(struct xml_state *s)
{
	for (size_t i = 0; i < s->n_attributes; i++) {
		struct xml_attribute *a = &s->attributes[i];
		if (a->namespace.n && !find_namespace(s, a->namespace, &a->namespace))
			return false;
		if (a->namespace.n && is_repeated(s, i))
			return refuse(s, "an attribute that stands twice in one tag", a->name, "remove one of the two");
	}
	return true;
}

static bool begin(struct xml_state *s, const XML_Char *z, const XML_Char **atts)
{
	struct open_element open = {.line = line_of(s), .column = column_of(s)};
	str prefix;
	if (!fits(s))
		return false;
	if (s->depth == LIMIT_DEPTH)
		return too_large(s, "nested deeper than", LIMIT_DEPTH, "levels");
	push_text(s);
	s->depth++;
	if (!keep_name(s, z, &open.qname) || !split_name(s, open.qname, &prefix, &open.name) || !make_room(s, atts) ||
	    !sort_attributes(s, atts) || !find_namespace(s, prefix, &open.namespace) || !name_attributes(s))
		return false;
	s->opened[s->depth - 1] = open;
	push(s, (struct queued){XML_START, open.name, open.namespace, s->depth, open.line, open.column});
	return true;
}

static void finish(struct xml_state *s)
{
	push_text(s);
	const struct open_element *open = &s->opened[--s->depth];
	push(s, (struct queued){XML_END, open->name, open->namespace, s->depth, line_of(s), column_of(s)});
	while (s->n_bindings && s->bindings[s->n_bindings - 1].depth > s->depth)
		s->n_bindings--;
}

/* Leaves the parser: for good after an error, else until xml_next wants more. */
static void leave(struct xml_state *s)
{
	bool good = s->fault.status == OK;
	if (!good || !s->stopped)
		(void)XML_StopParser(s->parser, good ? XML_TRUE : XML_FALSE);
	s->stopped = true;
}

/* ---- what libexpat calls; it goes on calling for a while after it was asked to stop ---- */

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **atts)
{
	struct xml_state *s = user;
	if (s->fault.status != OK)
		return;
	(void)begin(s, name, atts);
	leave(s);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
	struct xml_state *s = user;
	(void)name;
	if (s->fault.status != OK)
		return;
	finish(s);
	leave(s);
}

static void XMLCALL on_text(void *user, const XML_Char *p, int n)
{
	struct xml_state *s = user;
	if (s->fault.status != OK)
		return;
	if (s->text_n == 0) {
		s->text_line = line_of(s);
		s->text_column = column_of(s);
	}
	if (!append(s, &s->text, &s->text_n, &s->text_cap, (str){p, (size_t)n}))
		leave(s);
}

static void refuse_doctype(struct xml_state *s)
{
	refuse(s, "a document type declaration is not taken", (str){0},
	       "remove <!DOCTYPE …> and the entities it declares");
}

/* Whatever has no handler: comments, instructions, and the pieces of a document type declaration. */
static void XMLCALL on_other(void *user, const XML_Char *p, int n)
{
	struct xml_state *s = user;
	if (s->fault.status != OK)
		return;
	if (str_starts((str){p, (size_t)n}, S("<!DOCTYPE")))
		refuse_doctype(s);
	else if (fits(s))
		return;
	leave(s);
}

/* Should a declaration ever get past on_other. */
static void XMLCALL on_entity(void *user, const XML_Char *name, int is_parameter, const XML_Char *value, int n,
			      const XML_Char *base, const XML_Char *system, const XML_Char *public,
			      const XML_Char *notation)
{
	struct xml_state *s = user;
	(void)name, (void)is_parameter, (void)value, (void)n, (void)base, (void)system, (void)public, (void)notation;
	refuse_doctype(s);
	leave(s);
}

static void XMLCALL on_declaration(void *user, const XML_Char *version, const XML_Char *encoding, int standalone)
{
	struct xml_state *s = user;
	str name = str_from(encoding);
	(void)version, (void)standalone;
	if (!encoding || str_eq_fold(name, S("UTF-8")) || str_eq_fold(name, S("US-ASCII")) || s->fault.status != OK)
		return;
	refuse(s, "UTF-8 expected, not the encoding that the file names", str_slice(name, 0, 40),
	       "save the file as UTF-8");
	leave(s);
}

/* ---- reading ---- */

/* The next bytes into p; *n = 0 at the end. */
static bool read_bytes(struct xml_state *s, char *p, size_t cap, size_t *n)
{
	if (source_read(s->from, p, cap, n, &s->fault) == OK) {
		s->ended = *n == 0;
		return true;
	}
	place(s);
	return false;
}

static bool is_utf16(const unsigned char *p, size_t n)
{
	if (n >= 2 && p[0] >= 0xFE && p[1] >= 0xFE)
		return true;
	return n >= 4 && ((!p[0] && !p[2]) || (!p[1] && !p[3]));
}

/* The file's first bytes: a byte order mark goes, so that it counts as no column; UTF-16 gets an error that says so. */
static bool read_first(struct xml_state *s, char *p, size_t *n)
{
	size_t have = 0, more = 1;
	while (have < 4 && more) {
		if (!read_bytes(s, p + have, WINDOW - have, &more))
			return false;
		have += more;
	}
	if (is_utf16((const unsigned char *)p, have)) {
		err_set(&s->fault, E_INVALID, "UTF-8 expected");
		err_hint(&s->fault, "the file looks like UTF-16; save it as UTF-8");
		err_at(&s->fault, s->from->name, 1, 1);
		return false;
	}
	if (have >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
		have -= 3;
		memmove(p, p + 3, have);
	}
	*n = have;
	return true;
}

/* CR LF and CR become LF, as XML wants it; libexpat would count a CR LF between two windows as two lines. */
static size_t join_line_ends(struct xml_state *s, char *p, size_t n)
{
	size_t used = 0;
	if (!s->after_cr && (n == 0 || !memchr(p, '\r', n)))
		return n;
	for (size_t i = 0; i < n; i++) {
		bool second = p[i] == '\n' && s->after_cr;
		s->after_cr = p[i] == '\r';
		if (!second)
			p[used++] = s->after_cr ? '\n' : p[i];
	}
	return used;
}

static bool feed(struct xml_state *s, enum XML_Status *status)
{
	size_t n = 0;
	char *p = XML_GetBuffer(s->parser, WINDOW);
	if (!p)
		return parser_refuses(s);
	if (!(s->given < 0 ? read_first(s, p, &n) : read_bytes(s, p, WINDOW, &n)))
		return false;
	n = join_line_ends(s, p, n);
	s->given = (s->given < 0 ? 0 : s->given) + (int64_t)n;
	*status = XML_ParseBuffer(s->parser, (int)n, s->ended);
	return true;
}

/* Goes on until an event is there, or the parser wants more bytes. */
static bool advance(struct xml_state *s)
{
	enum XML_Status status = XML_STATUS_OK;
	if (s->text_given)
		s->text_n = 0;
	s->text_given = s->stopped = false;
	s->queued = s->taken = 0;
	if (s->suspended)
		status = XML_ResumeParser(s->parser);
	else if (!feed(s, &status))
		return false;
	s->suspended = status == XML_STATUS_SUSPENDED;
	if (s->fault.status != OK || status == XML_STATUS_ERROR)
		return parser_refuses(s);
	/* What the parser keeps back is one tag or comment that has not ended. */
	if (!s->suspended && s->given - (int64_t)XML_GetCurrentByteIndex(s->parser) > 2 * (int64_t)LIMIT_XML_TAG_BYTES)
		return too_large(s, "a tag or comment of more than", LIMIT_XML_TAG_BYTES, "bytes");
	if (s->ended && !s->suspended)
		push(s, (struct queued){XML_EOF, {0}, {0}, 0, line_of(s), column_of(s)});
	return true;
}

/* The reader's public part is written here alone, so that an error leaves it as it was. */
static void give(struct xml_reader *r)
{
	struct xml_state *s = r->state;
	const struct queued *q = &s->queue[s->taken];
	s->taken += q->event != XML_EOF;
	r->event = q->event;
	r->name = q->name;
	r->namespace = q->namespace;
	r->text = q->event == XML_TEXT ? (str){s->text, s->text_n} : (str){0};
	r->n_attributes = q->event == XML_START ? s->n_attributes : 0;
	r->attributes = s->attributes;
	r->depth = q->depth;
	r->line = q->line;
	r->column = q->column;
}

enum status xml_next(struct xml_reader *r, struct err *err)
{
	struct xml_state *s = r->state;
	while (s->fault.status == OK && s->taken == s->queued)
		if (!advance(s))
			break;
	if (s->fault.status == OK)
		give(r);
	else if (err)
		*err = s->fault;
	return s->fault.status;
}

static void free_parser(void *parser)
{
	XML_ParserFree(parser);
}

enum status xml_open(struct xml_reader *r, struct source *from, struct arena *a, struct err *err)
{
	struct xml_state *s = arena_new(a, struct xml_state, 1);
	str *names = arena_new(a, str, NAME_SLOTS);
	if (!s || !names)
		return err_full(err);
	XML_Parser parser = XML_ParserCreate("UTF-8");
	if (!parser)
		return err_set(err, E_NO_MEMORY, "the machine has no memory left for an XML parser");
	if (!arena_defer(a, free_parser, parser))
		return err_full(err);
	*s = (struct xml_state){.from = from, .arena = a, .parser = parser, .given = -1, .names = names};
	XML_SetUserData(parser, s);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	XML_SetDefaultHandler(parser, on_other);
	XML_SetEntityDeclHandler(parser, on_entity);
	XML_SetXmlDeclHandler(parser, on_declaration);
	*r = (struct xml_reader){.line = 1, .column = 1, .state = s};
	return OK;
}

enum status xml_skip(struct xml_reader *r, struct err *err)
{
	int outside = r->depth - 1;
	while (r->depth > outside)
		TRY(xml_next(r, err));
	return OK;
}

enum status xml_content(struct xml_reader *r, str *out, struct err *err)
{
	struct xml_state *s = r->state;
	int outside = r->depth - 1;
	s->content_n = 0;
	while (r->depth > outside) {
		TRY(xml_next(r, err));
		if (r->event != XML_TEXT || append(s, &s->content, &s->content_n, &s->content_cap, r->text))
			continue;
		if (err)
			*err = s->fault;
		return s->fault.status;
	}
	*out = (str){s->content, s->content_n};
	return OK;
}

enum status xml_child(struct xml_reader *r, int depth, bool *more, struct err *err)
{
	for (;;) {
		TRY(xml_next(r, err));
		if ((r->event == XML_START && r->depth == depth + 1) || r->event == XML_EOF ||
		    (r->event == XML_END && r->depth < depth))
			break;
	}
	*more = r->event == XML_START;
	return OK;
}

bool xml_attribute(const struct xml_reader *r, str name, str *out)
{
	*out = (str){0};
	for (size_t i = 0; i < r->n_attributes; i++) {
		if (r->attributes[i].namespace.n == 0 && str_eq(r->attributes[i].name, name)) {
			*out = r->attributes[i].value;
			return true;
		}
	}
	return false;
}

bool xml_is(const struct xml_reader *r, str name)
{
	return (r->event == XML_START || r->event == XML_END) && str_eq(r->name, name);
}

enum status xml_expected(const struct xml_reader *r, const char *what, struct err *err)
{
	err_set(err, E_INVALID, "%s expected", what);
	if (r->event == XML_START)
		err_detail(err, "found the element %.*s", STR_ARG(r->name));
	err_at(err, r->state->from->name, r->line, r->column);
	return E_INVALID;
}
