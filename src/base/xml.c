#include <assert.h>
#include <string.h>

#include "base/xml_inside.h"

enum { WINDOW = 64 << 10 };

/* ---- what the parser refuses; the first error stays in the state and is given to each later call ---- */

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
	const struct xml_open_element *open = &s->opened[s->depth - 1];
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
		xml_place(s);
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
		xml_refuse(s, message, (str){0}, hint);
	else
		xml_refuse(s, "this is not XML", str_from(XML_ErrorString(code)), "");
	describe_open(s, code);
	return false;
}

/* ---- events ---- */

static void push(struct xml_state *s, struct xml_queued event)
{
	assert(s->queued < XML_QUEUE);
	s->queue[s->queued++] = event;
}

static void push_text(struct xml_state *s)
{
	if (s->text_n == 0 || s->text_given)
		return;
	s->text_given = true;
	push(s, (struct xml_queued){XML_TEXT, {0}, {0}, s->depth, s->text_line, s->text_column});
}

/* Adds n bytes to one of the reader's texts. */
static bool append(struct xml_state *s, char **text, size_t *used, size_t *cap, str more)
{
	if (more.n > LIMIT_VALUE_BYTES - *used)
		return xml_too_large(s, "a text of more than", LIMIT_VALUE_BYTES, "bytes");
	if (more.n > *cap - *used) {
		char *grown = arena_grow(s->arena, *text, *cap, *used + more.n, 1, cap);
		if (!grown)
			return xml_full(s);
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
	return xml_too_large(s, "a tag or comment of more than", LIMIT_XML_TAG_BYTES, "bytes");
}

static bool begin(struct xml_state *s, const XML_Char *z, const XML_Char **atts)
{
	struct xml_open_element open = {.line = xml_line(s), .column = xml_column(s)};
	if (!fits(s))
		return false;
	if (s->depth == LIMIT_DEPTH)
		return xml_too_large(s, "nested deeper than", LIMIT_DEPTH, "levels");
	push_text(s);
	s->depth++;
	if (!xml_name_element(s, z, atts, &open))
		return false;
	s->opened[s->depth - 1] = open;
	push(s, (struct xml_queued){XML_START, open.name, open.namespace, s->depth, open.line, open.column});
	return true;
}

static void finish(struct xml_state *s)
{
	push_text(s);
	const struct xml_open_element *open = &s->opened[--s->depth];
	push(s, (struct xml_queued){XML_END, open->name, open->namespace, s->depth, xml_line(s), xml_column(s)});
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
	if (s->fault.status != OK || s->no_text)
		return;
	if (s->text_n == 0) {
		s->text_line = xml_line(s);
		s->text_column = xml_column(s);
	}
	if (!append(s, &s->text, &s->text_n, &s->text_cap, (str){p, (size_t)n}))
		leave(s);
}

static void refuse_doctype(struct xml_state *s)
{
	xml_refuse(s, "a document type declaration is not taken", (str){0},
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
	xml_refuse(s, "UTF-8 expected, not the encoding that the file names", str_slice(name, 0, 40),
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
	xml_place(s);
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
		return xml_too_large(s, "a tag or comment of more than", LIMIT_XML_TAG_BYTES, "bytes");
	if (s->ended && !s->suspended)
		push(s, (struct xml_queued){XML_EOF, {0}, {0}, 0, xml_line(s), xml_column(s)});
	return true;
}

/* The reader's public part is written here alone, so that an error leaves it as it was. */
static void give(struct xml_reader *r)
{
	struct xml_state *s = r->state;
	const struct xml_queued *q = &s->queue[s->taken];
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
	str *names = arena_new(a, str, XML_NAME_SLOTS);
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

enum status xml_tag(struct xml_reader *r, struct err *err)
{
	enum status status;
	r->state->no_text = true;
	do
		status = xml_next(r, err);
	while (status == OK && r->event == XML_TEXT);
	r->state->no_text = false;
	return status;
}

enum status xml_skip(struct xml_reader *r, struct err *err)
{
	int outside = r->depth - 1;
	while (r->depth > outside)
		TRY(xml_tag(r, err));
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
		TRY(xml_tag(r, err));
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
