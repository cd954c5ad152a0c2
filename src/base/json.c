#include "base/json_scan.h"

#include <string.h>

/* The reader's public part is written here alone, so that an error leaves it as it was. */
static bool emit(struct json_reader *r, enum json_event event, str text)
{
	struct json_state *s = r->state;
	int64_t column = s->token_at - s->line_at + 1;
	if (s->fault.status != OK)
		return false;
	if (s->lines && column > (int64_t)LIMIT_RECORD_BYTES)
		return json_scan_too_large(s, "a line of more than", (long long)LIMIT_RECORD_BYTES, "bytes");
	r->event = event;
	r->text = text;
	r->depth = s->depth;
	r->line = s->line;
	r->column = column;
	return true;
}

/* The same for a value that is complete. */
static bool emit_value(struct json_reader *r, enum json_event event, str text)
{
	struct json_state *s = r->state;
	if (s->depth == 0)
		s->want = AFTER_VALUE;
	else
		s->want = s->opened[s->depth - 1].object ? AFTER_MEMBER : AFTER_ITEM;
	return emit(r, event, text);
}

static bool begin(struct json_reader *r, enum json_event event)
{
	struct json_state *s = r->state;
	if (s->depth == LIMIT_DEPTH)
		return json_scan_too_large(s, "nested deeper than", LIMIT_DEPTH, "levels");
	bool object = event == JSON_OBJECT;
	s->opened[s->depth++] = (struct json_scan_open){s->line, s->token_at - s->line_at + 1, object};
	s->want = object ? AT_MEMBER : AT_ITEM;
	s->p++;
	return emit(r, event, (str){0});
}

static bool finish(struct json_reader *r, enum json_event event)
{
	r->state->p++;
	r->state->depth--;
	return emit_value(r, event, (str){0});
}

/* A mistake that people and programs make often, and what to write instead. */
static const char *hint_for(const struct json_state *s)
{
	static const struct {
		const char *found, *hint;
	} hints[] = {
	    {"'", "texts and names stand in double quotes"},
	    {"/", "JSON has no comments"},
	    {"#", "JSON has no comments"},
	    {"NaN", "JSON has no NaN; write null"},
	    {"nan", "JSON has no NaN; write null"},
	    {"Inf", "JSON has no infinity; write null"},
	    {"inf", "JSON has no infinity; write null"},
	    {"None", "write null"},
	    {"undefined", "write null"},
	    {"NULL", "write null, in small letters"},
	    {"True", "write true, in small letters"},
	    {"False", "write false, in small letters"},
	    {"+", "a number starts with a digit or -"},
	    {".", "a number starts with a digit or -"},
	};
	for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
		if (str_starts((str){(const char *)s->p, (size_t)(s->end - s->p)}, str_from(hints[i].found)))
			return hints[i].hint;
	if ((*s->p == ']' && s->want == AFTER_ITEM) || (*s->p == '}' && s->want == AFTER_MEMBER))
		return "no comma stands after the last one";
	return "";
}

/* The error that another thing stands at p, with a hint. */
static bool other(struct json_state *s, const char *what)
{
	json_scan_expected(s, what);
	if (s->fault.status == E_INVALID)
		err_hint(&s->fault, "%s", hint_for(s));
	return false;
}

static bool literal(struct json_reader *r, str word, enum json_event event, const char *what)
{
	struct json_state *s = r->state;
	if (!json_scan_have(s, word.n) || memcmp(s->p, word.p, word.n) != 0)
		return other(s, what);
	s->p += word.n;
	return emit_value(r, event, (str){0});
}

/* A value that starts with byte c at p. */
static bool value(struct json_reader *r, int c, const char *what)
{
	str text;
	switch (c) {
	case '{':
		return begin(r, JSON_OBJECT);
	case '[':
		return begin(r, JSON_ARRAY);
	case '"':
		return json_scan_text(r->state, &text) && emit_value(r, JSON_STRING, text);
	case 't':
		return literal(r, S("true"), JSON_TRUE, what);
	case 'f':
		return literal(r, S("false"), JSON_FALSE, what);
	case 'n':
		return literal(r, S("null"), JSON_NULL, what);
	default:
		if (c != '-' && (c < '0' || c > '9'))
			return other(r->state, what);
		return json_scan_number(r->state, &text) && emit_value(r, JSON_NUMBER, text);
	}
}

static bool name(struct json_reader *r, int c, const char *what)
{
	struct json_state *s = r->state;
	str text;
	if (c != '"')
		return other(s, what);
	if (!json_scan_text(s, &text))
		return false;
	s->want = AFTER_NAME;
	return emit(r, JSON_KEY, text);
}

/* Takes the byte at p; the byte of the next token. */
static int skip_byte(struct json_state *s)
{
	s->p++;
	return json_scan_space(s);
}

static bool is_utf16(struct json_state *s)
{
	if (json_scan_have(s, 2) && s->p[0] >= 0xFE && s->p[1] >= 0xFE)
		return true;
	return json_scan_have(s, 4) && ((!s->p[0] && !s->p[2]) || (!s->p[1] && !s->p[3]));
}

/* A byte order mark is skipped and does not count as a column; UTF-16 gets an error that says so. */
static bool start(struct json_state *s)
{
	if (json_scan_have(s, 3) && memcmp(s->p, "\xEF\xBB\xBF", 3) == 0)
		s->p += 3;
	s->line_at = json_scan_offset(s);
	s->want = AT_VALUE;
	if (!is_utf16(s))
		return true;
	return json_scan_refuse(s, s->line_at, "UTF-8 expected", *s->p, "the file looks like UTF-16; save it as UTF-8");
}

static bool top(struct json_reader *r, int c)
{
	struct json_state *s = r->state;
	if (s->want == AFTER_VALUE) {
		if (c == JSON_SCAN_END)
			return emit(r, JSON_END, (str){0});
		if (!s->lines || c != '\n')
			return other(s, json_scan_follows(s));
		s->want = AT_VALUE;
		c = json_scan_space(s);
	}
	if (c == JSON_SCAN_END && s->lines)
		return emit(r, JSON_END, (str){0});
	return value(r, c, "a value");
}

static bool step(struct json_reader *r)
{
	struct json_state *s = r->state;
	if (s->want == AT_START && !start(s))
		return false;
	int c = json_scan_space(s);
	switch (s->want) {
	case AT_ITEM:
		return c == ']' ? finish(r, JSON_ARRAY_END) : value(r, c, "a value or ]");
	case AFTER_ITEM:
		if (c == ']')
			return finish(r, JSON_ARRAY_END);
		return c == ',' ? value(r, skip_byte(s), "a value") : other(s, json_scan_follows(s));
	case AT_MEMBER:
		return c == '}' ? finish(r, JSON_OBJECT_END) : name(r, c, "a name in quotes or }");
	case AFTER_MEMBER:
		if (c == '}')
			return finish(r, JSON_OBJECT_END);
		return c == ',' ? name(r, skip_byte(s), "a name in quotes") : other(s, json_scan_follows(s));
	case AFTER_NAME:
		return c == ':' ? value(r, skip_byte(s), "a value") : json_scan_expected(s, "a colon");
	case AT_START:
	case AT_VALUE:
	case AFTER_VALUE:
		break;
	}
	return top(r, c);
}

enum status json_next(struct json_reader *r, struct err *err)
{
	struct err *fault = &r->state->fault;
	if (fault->status == OK && step(r))
		return OK;
	if (err)
		*err = *fault;
	return fault->status;
}

enum status json_open(struct json_reader *r, struct source *from, struct arena *a, struct err *err)
{
	struct json_state *s = arena_new(a, struct json_state, 1);
	unsigned char *window = arena_alloc(a, JSON_SCAN_WINDOW + JSON_SCAN_WORD, 1);
	if (!s || !window)
		return err_full(err);
	*s = (struct json_state){.from = from, .arena = a, .window = window, .p = window, .end = window, .line = 1};
	*r = (struct json_reader){.line = 1, .column = 1, .state = s};
	return OK;
}

enum status json_open_lines(struct json_reader *r, struct source *from, struct arena *a, struct err *err)
{
	TRY(json_open(r, from, a, err));
	r->state->lines = true;
	return OK;
}

enum status json_skip(struct json_reader *r, struct err *err)
{
	if (r->event == JSON_KEY)
		TRY(json_next(r, err));
	if (r->event != JSON_OBJECT && r->event != JSON_ARRAY)
		return OK;
	int outside = r->depth - 1;
	while (r->depth > outside)
		TRY(json_next(r, err));
	return OK;
}

enum status json_expected(const struct json_reader *r, const char *what, struct err *err)
{
	err_set(err, E_INVALID, "%s expected", what);
	err_at(err, r->state->from->name, r->line, r->column);
	return E_INVALID;
}

/* The exponent at t.p[i], cut to a range in which no text can bring it back to zero. */
static int64_t exponent_at(str t, size_t i)
{
	const int64_t most = 2 * (int64_t)LIMIT_VALUE_BYTES;
	bool negative = t.p[i] == '-';
	int64_t e = 0;
	for (i += negative || t.p[i] == '+'; i < t.n; i++)
		e = e > most ? most : e * 10 + (t.p[i] - '0');
	return negative ? -e : e;
}

/* v times 10^zeros plus digit, away from zero; a zero stays one whatever follows it. */
static bool add_digit(int64_t *v, int64_t zeros, int digit, bool negative)
{
	for (; zeros > 0 && *v; zeros--)
		if (__builtin_mul_overflow(*v, 10, v))
			return false;
	return !__builtin_add_overflow(*v, negative ? -digit : digit, v);
}

bool json_i64(const struct json_reader *r, int64_t *out)
{
	str t = r->text;
	if (r->event != JSON_NUMBER)
		return false;
	bool negative = t.p[0] == '-', fraction = false;
	int64_t v = 0, shift = 0; /* the number so far is v * 10^(shift + zeros) */
	int64_t zeros = 0;        /* kept back: they may be the end of a fraction */
	size_t i = negative;
	for (; i < t.n && (t.p[i] | 0x20) != 'e'; i++) {
		if (t.p[i] == '.') {
			fraction = true;
			continue;
		}
		shift -= fraction;
		zeros++;
		if (t.p[i] == '0')
			continue;
		if (!add_digit(&v, zeros, t.p[i] - '0', negative))
			return false;
		zeros = 0;
	}
	shift += zeros;
	if (i < t.n)
		shift += exponent_at(t, i + 1);
	if ((shift < 0 && v) || !add_digit(&v, shift, 0, negative))
		return false;
	*out = v;
	return true;
}
