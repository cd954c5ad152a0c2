/**
 * The JSON reader and writer. The first byte chooses: bit 0 JSON Lines, the rest the size of the pieces in which the
 * text is read a second time (0: it is not). Whole and in pieces must give the same events and the same error; what is
 * accepted is written and must be read back as the same events.
 */
#include <stdlib.h>
#include <string.h>

#include "../base/json_events.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool yes)
{
	if (!yes)
		abort();
}

/* Writes the current event; what the writer cannot write (a number that is no int64) is written as a text. */
static void write_event(struct json_writer *w, struct json_reader *r)
{
	int64_t v;
	switch (r->event) {
	case JSON_END:
		return;
	case JSON_OBJECT:
		json_object(w);
		return;
	case JSON_OBJECT_END:
		json_object_end(w);
		break;
	case JSON_ARRAY:
		json_array(w);
		return;
	case JSON_ARRAY_END:
		json_array_end(w);
		break;
	case JSON_KEY:
		json_key(w, r->text);
		return;
	case JSON_STRING:
		json_string(w, r->text);
		break;
	case JSON_NUMBER:
		if (json_i64(r, &v))
			json_int(w, v);
		else
			json_string(w, r->text);
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		json_bool(w, r->event == JSON_TRUE);
		break;
	case JSON_NULL:
		json_null(w);
		break;
	}
	if (w->depth == 0)
		buf_char(w->out, '\n');
}

/* The event as it will come back. */
static void note_event(struct buf *out, const struct json_reader *r)
{
	struct json_reader as = *r;
	struct buf number = BUF(64);
	int64_t v;
	if (r->event == JSON_NUMBER && json_i64(r, &v)) {
		buf_i64(&number, v);
		as.text = buf_str(&number);
	} else if (r->event == JSON_NUMBER) {
		as.event = JSON_STRING;
	}
	event_line(out, &as, false);
	buf_release(&number);
}

static void round_trip(str text, bool lines)
{
	struct arena a = ARENA((size_t)16 << 20);
	struct buf json = BUF(16 << 20), expected = BUF(16 << 20), again = BUF(16 << 20);
	struct json_writer w = json_writer(&json);
	struct source s = source_text(S("fuzz"), text);
	struct json_reader r;
	must((lines ? json_open_lines(&r, &s, &a, NULL) : json_open(&r, &s, &a, NULL)) == OK);
	do {
		must(json_next(&r, NULL) == OK);
		write_event(&w, &r);
		note_event(&expected, &r);
	} while (r.event != JSON_END);
	must(json.status == OK && w.depth == 0);
	must(!json.n || (str_is_utf8(buf_str(&json)) && str_find(buf_str(&json), S("</")) < 0));
	s = source_text(S("fuzz"), buf_str(&json));
	must(events_of(&s, lines ? EVENTS_LINES : EVENTS_PLAIN, &again, NULL) == OK);
	must(str_eq(buf_str(&expected), buf_str(&again)));
	arena_release(&a);
	buf_release(&json);
	buf_release(&expected);
	buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n == 0)
		return 0;
	bool lines = data[0] & 1;
	int mode = EVENTS_PLACES | (lines ? EVENTS_LINES : EVENTS_PLAIN);
	str text = {(const char *)data + 1, n - 1};
	struct buf whole = BUF(16 << 20), pieces = BUF(16 << 20);
	struct err err = {0}, err_pieces = {0};
	struct source s = source_text(S("pieces.json"), text);
	enum status status = events_of(&s, mode, &whole, &err);
	must(status == OK || (err.status == status && err.message[0] && strncmp(err.where, "pieces.json:", 12) == 0));
	if (data[0] >> 1 && text.n) {
		s = in_pieces(S("pieces.json"), text, data[0] >> 1);
		must(s.fd >= 0);
		must(events_of(&s, mode, &pieces, &err_pieces) == status);
		must(str_eq(buf_str(&whole), buf_str(&pieces)) && memcmp(&err, &err_pieces, sizeof err) == 0);
		source_close(&s);
	}
	if (status == OK)
		round_trip(text, lines);
	buf_release(&whole);
	buf_release(&pieces);
	return 0;
}
