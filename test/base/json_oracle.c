/**
 * The JSON reader against libjansson: random and mutated documents must be accepted or refused by both, and our events
 * must be a walk over its tree. Seed and number of documents may be given as arguments.
 *
 * Where the two differ on purpose:
 * - a byte order mark: we skip it, jansson refuses it (cut off here before jansson sees it)
 * - more than LIMIT_DEPTH levels: E_TOO_LARGE here, accepted there
 * - numbers that fit no int64 or double: given as written here, refused there
 * - \u0000 in a name: given here, refused there, whatever its flags
 * - a raw NUL byte: refused here; jansson 2.14 overlooks one behind a number (its lexer takes it for an empty buffer)
 * - a name twice in one object: each is given here; there the last one stays (or all is refused, with a flag)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Both libraries use these names; of jansson's we need none. */
#define JSON_OBJECT JANSSON_OBJECT
#define JSON_ARRAY JANSSON_ARRAY
#define JSON_STRING JANSSON_STRING
#define JSON_TRUE JANSSON_TRUE
#define JSON_FALSE JANSSON_FALSE
#define JSON_NULL JANSSON_NULL
#define json_object jansson_object
#define json_array jansson_array
#define json_string jansson_string
#define json_null jansson_null
#include <jansson.h>
#undef JSON_OBJECT
#undef JSON_ARRAY
#undef JSON_STRING
#undef JSON_TRUE
#undef JSON_FALSE
#undef JSON_NULL
#undef json_object
#undef json_array
#undef json_string
#undef json_null

#include "json_events.h"

enum { DOCUMENTS = 20000, MOST_BYTES = 64 << 10 };

/* ---- random documents ---- */

struct maker {
	uint64_t random;
	struct buf text;
};

static uint32_t below(struct maker *m, uint32_t n)
{
	m->random = m->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((m->random >> 33) % n);
}

static void pick(struct maker *m, const str *of, uint32_t n)
{
	buf_add(&m->text, of[below(m, n)]);
}

#define PICK(m_, ...)                                                                                                  \
	do {                                                                                                           \
		const str of_[] = {__VA_ARGS__};                                                                       \
		pick(m_, of_, sizeof of_ / sizeof of_[0]);                                                             \
	} while (0)

static void make_space(struct maker *m)
{
	if (below(m, 4) == 0)
		PICK(m, S(" "), S("\n"), S("\t"), S("\r\n"), S("    "), S("\n\n  "));
}

static void make_text(struct maker *m)
{
	buf_char(&m->text, '"');
	for (uint32_t n = below(m, 3) ? below(m, 6) : below(m, 40); n > 0; n--)
		PICK(m, S("a"), S("Z"), S("0"), S(" "), S("/"), S("'"), S("{"), S("]"), S(","), S("\x7F"),
		     S("abcdefgh"), S("\xC2\x80"), S("\xDF\xBF"), S("\xE0\xA0\x80"), S("\xED\x9F\xBF"),
		     S("\xEE\x80\x80"), S("\xEF\xBF\xBF"), S("\xF0\x90\x80\x80"), S("\xF4\x8F\xBF\xBF"), S("\\\""),
		     S("\\\\"), S("\\/"), S("\\b"), S("\\f"), S("\\n"), S("\\r"), S("\\t"), S("\\u001f"), S("\\u00E9"),
		     S("\\uFFFF"), S("\\uD800\\uDC00"), S("\\udbff\\udfff"), S("\\u20ac"));
	if (below(m, 500) == 0)
		buf_add(&m->text, S("\\u0000"));
	buf_char(&m->text, '"');
}

static void make_digits(struct maker *m, uint32_t most)
{
	for (uint32_t n = 1 + below(m, most); n > 0; n--)
		buf_char(&m->text, (char)('0' + below(m, 10)));
}

static void make_number(struct maker *m)
{
	if (below(m, 3) == 0)
		buf_char(&m->text, '-');
	if (below(m, 4) == 0) {
		buf_char(&m->text, '0');
	} else {
		buf_char(&m->text, (char)('1' + below(m, 9)));
		if (below(m, 2))
			make_digits(m, below(m, 10) ? 8 : 25);
	}
	if (below(m, 3) == 0) {
		buf_char(&m->text, '.');
		make_digits(m, 8);
	}
	if (below(m, 4) == 0) {
		PICK(m, S("e"), S("E"), S("e+"), S("E-"), S("e-"));
		make_digits(m, below(m, 10) ? 2 : 4);
	}
}

static void make_value(struct maker *m, int depth);

static void make_members(struct maker *m, int depth, bool object)
{
	buf_char(&m->text, object ? '{' : '[');
	make_space(m);
	for (uint32_t n = below(m, 5), i = 0; i < n; i++) {
		if (i)
			buf_char(&m->text, ',');
		make_space(m);
		if (object) {
			make_text(m);
			make_space(m);
			buf_char(&m->text, ':');
		}
		make_value(m, depth - 1);
	}
	buf_char(&m->text, object ? '}' : ']');
}

static void make_value(struct maker *m, int depth)
{
	uint32_t kind = below(m, depth > 0 ? 9 : 5);
	make_space(m);
	if (kind >= 5)
		make_members(m, depth, kind & 1);
	else if (kind == 4)
		make_number(m);
	else if (kind >= 2)
		make_text(m);
	else
		PICK(m, S("true"), S("false"), S("null"));
	make_space(m);
}

static void make_document(struct maker *m)
{
	uint32_t deep = below(m, 50) ? 0 : below(m, 140);
	buf_clear(&m->text);
	if (below(m, 30) == 0)
		buf_add(&m->text, S("\xEF\xBB\xBF"));
	for (uint32_t i = 0; i < deep; i++)
		buf_char(&m->text, '[');
	make_value(m, 4);
	for (uint32_t i = 0; i < deep; i++)
		buf_char(&m->text, ']');
}

/* Replaces n bytes at `at` by other ones. */
static void splice(struct maker *m, size_t at, size_t n, str by)
{
	struct buf out = BUF(MOST_BYTES);
	buf_add(&out, str_slice(buf_str(&m->text), 0, at));
	buf_add(&out, by);
	buf_add(&out, str_slice(buf_str(&m->text), at + n, m->text.n));
	buf_release(&m->text);
	m->text = out;
}

static void mutate(struct maker *m)
{
	static const char bytes[] =
	    "{}[]\",:\\0123456789-+.eEtrufalsn \n\t/*'u\x01\x1F\x7F\x80\xBF\xC0\xE2\xED\xF4\xFF";
	for (uint32_t n = 1 + below(m, 3); n > 0 && m->text.n; n--) {
		size_t at = below(m, (uint32_t)m->text.n);
		char byte = bytes[below(m, sizeof bytes)];
		size_t from = below(m, (uint32_t)m->text.n);
		char copy[12];
		str piece = str_slice(buf_str(&m->text), from, from + 1 + below(m, sizeof copy));
		memcpy(copy, piece.p, piece.n);
		switch (below(m, 6)) {
		case 0:
			m->text.p[at] = (char)(m->text.p[at] ^ (1 << below(m, 8)));
			break;
		case 1:
			splice(m, at, 1, (str){&byte, 1});
			break;
		case 2:
			splice(m, at, 0, (str){&byte, 1});
			break;
		case 3:
			splice(m, at, 1 + below(m, 4), (str){NULL, 0});
			break;
		case 4:
			splice(m, at, 0, (str){copy, piece.n});
			break;
		default:
			if (below(m, 4) == 0)
				m->text.n = at;
			break;
		}
	}
}

/* ---- the comparison ---- */

struct tally {
	size_t both_accept, both_refuse, depth, range, nul_name, raw_nul, twice;
};

static bool same_number(const struct json_reader *r, const json_t *j)
{
	char text[256];
	int64_t v;
	bool whole = json_i64(r, &v);
	if (r->event != JSON_NUMBER || r->text.n >= sizeof text)
		return false;
	memcpy(text, r->text.p, r->text.n);
	text[r->text.n] = '\0';
	if (json_typeof(j) == JSON_INTEGER)
		return whole && v == json_integer_value(j);
	double d = strtod(text, NULL);
	return memcmp(&d, &(double){json_real_value(j)}, sizeof d) == 0 && (!whole || (double)v == d);
}

static bool step(struct json_reader *r, enum json_event event)
{
	return json_next(r, NULL) == OK && r->event == event;
}

static bool same(struct json_reader *r, json_t *j);

static bool same_object(struct json_reader *r, json_t *j)
{
	for (void *i = json_object_iter(j); i; i = json_object_iter_next(j, i)) {
		str name = {json_object_iter_key(i), json_object_iter_key_len(i)};
		if (!step(r, JSON_KEY) || !str_eq(r->text, name) || json_next(r, NULL) != OK ||
		    !same(r, json_object_iter_value(i)))
			return false;
	}
	return step(r, JSON_OBJECT_END);
}

static bool same_array(struct json_reader *r, json_t *j)
{
	for (size_t i = 0; i < json_array_size(j); i++)
		if (json_next(r, NULL) != OK || !same(r, json_array_get(j, i)))
			return false;
	return step(r, JSON_ARRAY_END);
}

/* r stands on the first event of the value, which must be j; on its last one after. */
static bool same(struct json_reader *r, json_t *j)
{
	switch (json_typeof(j)) {
	case JANSSON_OBJECT:
		return r->event == JSON_OBJECT && same_object(r, j);
	case JANSSON_ARRAY:
		return r->event == JSON_ARRAY && same_array(r, j);
	case JANSSON_STRING:
		return r->event == JSON_STRING && str_eq(r->text, (str){json_string_value(j), json_string_length(j)});
	case JSON_INTEGER:
	case JSON_REAL:
		return same_number(r, j);
	case JANSSON_TRUE:
		return r->event == JSON_TRUE;
	case JANSSON_FALSE:
		return r->event == JSON_FALSE;
	case JANSSON_NULL:
		return r->event == JSON_NULL;
	}
	return false;
}

static bool same_events(struct source *from, json_t *j)
{
	struct arena a = ARENA(4 << 20);
	struct json_reader r;
	bool yes =
	    json_open(&r, from, &a, NULL) == OK && json_next(&r, NULL) == OK && same(&r, j) && step(&r, JSON_END);
	arena_release(&a);
	return yes;
}

/* What is wrong with a document that both know; NULL when they agree. */
static const char *compare(str text, struct tally *t)
{
	enum { FLAGS = JSON_DECODE_ANY | JSON_ALLOW_NUL };
	struct buf events = BUF(1 << 20);
	struct source s = source_text(S("a"), text);
	enum status status = events_of(&s, EVENTS_PLAIN, &events, NULL);
	buf_release(&events);
	if (text.n && memchr(text.p, '\0', text.n)) {
		t->raw_nul++;
		return status == OK ? "a raw NUL accepted" : NULL;
	}
	if (status == E_TOO_LARGE) {
		t->depth++;
		return NULL;
	}
	str bare = str_starts(text, S("\xEF\xBB\xBF")) ? str_slice(text, 3, text.n) : text;
	json_error_t e, twice;
	json_t *j = json_loadb(bare.p ? bare.p : "", bare.n, FLAGS, &e);
	json_t *unique = json_loadb(bare.p ? bare.p : "", bare.n, FLAGS | JSON_REJECT_DUPLICATES, &twice);
	const char *wrong = NULL;
	if (j && status == OK) {
		t->both_accept++;
		s = source_text(S("a"), text);
		struct source p = in_pieces(S("pieces.json"), text, 1 + text.n % 7);
		if (!unique && json_error_code(&twice) == json_error_duplicate_key)
			t->twice++;
		else if (!same_events(&s, j))
			wrong = "other events than jansson's tree";
		else if (!same_events(&p, j))
			wrong = "other events in pieces";
		source_close(&p);
	} else if (j) {
		wrong = "refused, jansson accepts";
	} else if (status != OK) {
		t->both_refuse++;
	} else if (json_error_code(&e) == json_error_numeric_overflow) {
		t->range++;
	} else if (json_error_code(&e) == json_error_null_byte_in_key) {
		t->nul_name++;
	} else {
		wrong = "accepted, jansson refuses";
	}
	json_decref(j);
	json_decref(unique);
	return wrong;
}

static void compare_or_fail(const struct maker *m, struct tally *t)
{
	const char *wrong = compare(buf_str(&m->text), t);
	if (wrong)
		fail_msg("%s: %.*s", wrong, STR_ARG(buf_str(&m->text)));
}

static struct {
	uint64_t seed;
	int documents;
} arguments = {20261101, DOCUMENTS};

static void random_documents_are_jansson_s_tree(void **state)
{
	(void)state;
	struct maker m = {.random = arguments.seed, .text = BUF(MOST_BYTES)};
	struct tally t = {0};
	for (int i = 0; i < arguments.documents; i++) {
		make_document(&m);
		compare_or_fail(&m, &t);
	}
	/* The makers make JSON only; and each known difference must have been seen. */
	assert_int_equal(t.both_refuse, 0);
	assert_true(t.both_accept > (size_t)arguments.documents / 2);
	assert_true(t.depth && t.range && t.nul_name && t.twice);
	print_message("%zu accepted (%zu with a name twice), %zu too deep, %zu out of range, %zu with NUL in a name\n",
		      t.both_accept, t.twice, t.depth, t.range, t.nul_name);
	buf_release(&m.text);
}

static void mutated_documents_are_accepted_or_refused_alike(void **state)
{
	(void)state;
	struct maker m = {.random = arguments.seed + 1, .text = BUF(MOST_BYTES)};
	struct tally t = {0};
	for (int i = 0; i < 2 * arguments.documents; i++) {
		make_document(&m);
		mutate(&m);
		compare_or_fail(&m, &t);
	}
	assert_true(t.both_refuse > (size_t)arguments.documents / 2 &&
		    t.both_accept > (size_t)arguments.documents / 10);
	print_message("%zu accepted, %zu refused by both, %zu with NUL refused\n", t.both_accept, t.both_refuse,
		      t.raw_nul);
	buf_release(&m.text);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(random_documents_are_jansson_s_tree),
	    cmocka_unit_test(mutated_documents_are_accepted_or_refused_alike),
	};
	if (argc > 1)
		arguments.seed = strtoull(argv[1], NULL, 10);
	if (argc > 2)
		arguments.documents = (int)strtol(argv[2], NULL, 10);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
