#include "base/json.h"

#include <assert.h>

#include "base/time.h"

struct json_writer json_writer(struct buf *out)
{
	return (struct json_writer){.out = out};
}

/* ---- text ---- */

/* How many bytes at text[i] are written as they are: one of ASCII, or a whole UTF-8 sequence; 0 for a byte to escape.
 */
static size_t plain_at(str text, size_t i)
{
	unsigned char c = (unsigned char)text.p[i];
	if (c < 0x80)
		return c >= ' ' && c != '"' && c != '\\' && c != '<' && c != 0x7F;
	size_t n = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
	return text.n - i >= n && str_is_utf8(str_slice(text, i, i + n)) ? n : 0;
}

static void write_escape(struct buf *out, unsigned char c, char next)
{
	static const char letters[] = "btn fr"; /* for 0x08 to 0x0D */
	if (c >= 0x80) {
		buf_add(out, S("\xEF\xBF\xBD"));
	} else if (c == '"' || c == '\\') {
		buf_char(out, '\\');
		buf_char(out, (char)c);
	} else if (c >= '\b' && c <= '\r' && c != '\v') {
		buf_char(out, '\\');
		buf_char(out, letters[c - '\b']);
	} else if (c == '<' && next != '!') {
		buf_add(out, next == '/' ? S("<\\") : S("<"));
	} else {
		buf_printf(out, "\\u%04x", c);
	}
}

static void write_text(struct buf *out, str text)
{
	size_t from = 0;
	buf_char(out, '"');
	for (size_t i = 0; i < text.n;) {
		size_t n = plain_at(text, i);
		i += n;
		if (n && i < text.n)
			continue;
		buf_add(out, str_slice(text, from, i));
		if (n == 0) {
			write_escape(out, (unsigned char)text.p[i], i + 1 < text.n ? text.p[i + 1] : '\0');
			i++;
		}
		from = i;
	}
	buf_char(out, '"');
}

/* ---- structure ---- */

static void comma(struct json_writer *w)
{
	if (w->depth == 0 || w->depth > LIMIT_DEPTH)
		return;
	if (w->comma[w->depth - 1])
		buf_char(w->out, ',');
	w->comma[w->depth - 1] = true;
}

/* Only the asserts ask. */
__attribute__((unused)) static bool in_object(const struct json_writer *w)
{
	return w->depth > 0 && w->depth <= LIMIT_DEPTH && w->object[w->depth - 1];
}

static void before_value(struct json_writer *w)
{
	assert(w->after_key || !in_object(w));
	if (!w->after_key)
		comma(w);
	w->after_key = false;
}

/* Past the limit only the depth is counted, so that the ends still match; the buffer keeps the failure. */
static void begin(struct json_writer *w, bool object)
{
	before_value(w);
	buf_char(w->out, object ? '{' : '[');
	if (w->depth < LIMIT_DEPTH) {
		w->comma[w->depth] = false;
		w->object[w->depth] = object;
	} else if (w->out->status == OK) {
		w->out->status = E_TOO_LARGE;
	}
	w->depth++;
}

static void finish(struct json_writer *w, bool object)
{
	assert(w->depth > 0 && !w->after_key && (w->depth > LIMIT_DEPTH || in_object(w) == object));
	w->depth--;
	buf_char(w->out, object ? '}' : ']');
}

void json_object(struct json_writer *w)
{
	begin(w, true);
}

void json_object_end(struct json_writer *w)
{
	finish(w, true);
}

void json_array(struct json_writer *w)
{
	begin(w, false);
}

void json_array_end(struct json_writer *w)
{
	finish(w, false);
}

void json_key(struct json_writer *w, str name)
{
	assert(!w->after_key && (w->depth > LIMIT_DEPTH || in_object(w)));
	comma(w);
	write_text(w->out, name);
	buf_char(w->out, ':');
	w->after_key = true;
}

/* ---- values ---- */

void json_string(struct json_writer *w, str text)
{
	before_value(w);
	write_text(w->out, text);
}

void json_int(struct json_writer *w, int64_t v)
{
	before_value(w);
	buf_i64(w->out, v);
}

void json_bool(struct json_writer *w, bool v)
{
	before_value(w);
	buf_add(w->out, v ? S("true") : S("false"));
}

void json_null(struct json_writer *w)
{
	before_value(w);
	buf_add(w->out, S("null"));
}

void json_raw(struct json_writer *w, str json)
{
	before_value(w);
	buf_add(w->out, json);
}

void json_put_text(struct json_writer *w, str name, str text)
{
	json_key(w, name);
	if (text.p)
		json_string(w, text);
	else
		json_null(w);
}

void json_put_int(struct json_writer *w, str name, int64_t v)
{
	json_key(w, name);
	json_int(w, v);
}

void json_put_bool(struct json_writer *w, str name, bool v)
{
	json_key(w, name);
	json_bool(w, v);
}

void json_put_time(struct json_writer *w, str name, int64_t ms)
{
	char text[TIME_TEXT];
	json_key(w, name);
	if (ms == TIME_FOREVER)
		json_null(w);
	else
		json_string(w, time_format(ms, text));
}
